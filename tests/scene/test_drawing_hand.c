/* Gaussians and points by hand. */
#include "drawings.h"

/* One at (0.5, 0.2) with stds 0.3 and 0.1 in the part's units, in a part that stands elsewhere. */
static Drawing one_gaussian(void)
{
    Drawing d = {0};
    Part p = placed(part_of(PART_GAUSSIANS, "Gaussians"), -0.3, 0.1, 2, 0.4);
    p.gaussians = gaussians_create(1);
    assert_non_null(p.gaussians);
    p.gaussians->item[0] = (HandGaussian){{0.5, 0.2}, {0.3, 0.1}, 0.7, 1};
    add(&d, p);
    return d;
}

/* A place of the plane, in standard deviations along the axes from the first Gaussian of part 0. */
static void beside(const Drawing *d, double along, double across, double out[2])
{
    HandGaussian g = gaussian_in_plane(&d->part[0], 0);
    double c = cos(g.angle), s = sin(g.angle), x = along * g.std[0], y = across * g.std[1];
    out[0] = g.mean[0] + c * x - s * y;
    out[1] = g.mean[1] + s * x + c * y;
}

static void assert_hits(const Drawing *d, double along, double across, GaussianHandle handle, int side)
{
    GaussianHit hit;
    double at[2];
    beside(d, along, across, at);
    assert_true(drawing_gaussian_hit(d, at, 0.02, &hit));
    assert_int_equal(hit.part, 0);
    assert_int_equal(hit.index, 0);
    assert_int_equal(hit.handle, handle);
    assert_int_equal(hit.side, side);
}

static void every_handle_is_found_where_it_is(void **state)
{
    Drawing d = one_gaussian();
    GaussianHit hit;
    double at[2];
    (void)state;
    assert_hits(&d, 0.02, 0, GAUSSIAN_CENTRE, 1);
    assert_hits(&d, 1.02, 0, GAUSSIAN_AXIS, 1);
    assert_hits(&d, -0.99, 0, GAUSSIAN_AXIS, -1);
    assert_hits(&d, 0, 1.05, GAUSSIAN_ACROSS, 1);
    assert_hits(&d, 0, -0.95, GAUSSIAN_ACROSS, -1);
    assert_hits(&d, 0.6, 0.8, GAUSSIAN_EDGE, 1);
    assert_hits(&d, 0.63, 0.84, GAUSSIAN_EDGE, 1);
    beside(&d, 0.5, 0.3, at);
    assert_false(drawing_gaussian_hit(&d, at, 0.02, &hit));
    beside(&d, 0.9, 0.9, at);
    assert_false(drawing_gaussian_hit(&d, at, 0.02, &hit));
    beside(&d, 0, 0, at);
    d.part[0].shown = false;
    assert_false(drawing_gaussian_hit(&d, at, 0.02, &hit));
    drawing_free(&d);
}

static void of_two_in_one_place_the_upper_is_hit(void **state)
{
    Drawing d = {0};
    GaussianHit hit;
    (void)state;
    add_gaussian(&d, 0, 0, 0.1);
    add_gaussian(&d, 0, 0, 0.1);
    assert_true(drawing_gaussian_hit(&d, (double[]){0, 0}, 0.02, &hit));
    assert_int_equal(hit.index, 1);
    drawing_free(&d);
}

static HandGaussian dragged(GaussianHandle handle, int side, double along, double across)
{
    Drawing d = one_gaussian();
    double to[2];
    beside(&d, along, across, to);
    assert_true(drawing_gaussian_drag(&d, &(GaussianHit){0, 0, handle, side}, to));
    HandGaussian g = gaussian_in_plane(&d.part[0], 0);
    if (handle == GAUSSIAN_CENTRE) {
        assert_near(g.mean[0], to[0], 1e-12);
        assert_near(g.mean[1], to[1], 1e-12);
    }
    drawing_free(&d);
    return g;
}

static void the_centre_goes_where_it_is_dragged(void **state)
{
    HandGaussian g = dragged(GAUSSIAN_CENTRE, 1, 3, -2);
    (void)state;
    assert_near(g.std[0], 0.6, 1e-12);
    assert_near(g.std[1], 0.2, 1e-12);
    assert_near(g.angle, 1.1, 1e-12);
}

/* Both ends of both axes, dragged to twice and half their length in their own direction, or to another. */
static void an_axis_follows_and_the_other_keeps_its_length(void **state)
{
    (void)state;
    for (int side = -1; side <= 1; side += 2) {
        HandGaussian g = dragged(GAUSSIAN_AXIS, side, 2 * side, 0);
        assert_near(g.std[0], 1.2, 1e-12);
        assert_near(g.std[1], 0.2, 1e-12);
        assert_near(g.angle, 1.1, 1e-12);
        g = dragged(GAUSSIAN_ACROSS, side, 0, 0.5 * side);
        assert_near(g.std[0], 0.6, 1e-12);
        assert_near(g.std[1], 0.1, 1e-12);
        assert_near(g.angle, 1.1, 1e-12);
        g = dragged(GAUSSIAN_AXIS, side, side, 3 * side); /* as far across as along: both are 0.6 */
        assert_near(g.std[0], 0.6 * M_SQRT2, 1e-12);
        assert_near(g.std[1], 0.2, 1e-12);
        assert_near(g.angle, 1.1 + M_PI_4, 1e-12);
        g = dragged(GAUSSIAN_ACROSS, side, -side, 3 * side);
        assert_near(g.std[0], 0.6, 1e-12);
        assert_near(g.std[1], 0.6 * M_SQRT2, 1e-12);
        assert_near(g.angle, 1.1 + M_PI_4, 1e-12);
    }
}

/* An axis that is drawn past the other stays the one that is held. */
static void an_axis_stays_itself_past_the_other(void **state)
{
    Drawing d = one_gaussian();
    GaussianHit hit = {0, 0, GAUSSIAN_ACROSS, 1};
    double to[2];
    (void)state;
    for (int i = 0; i < 40; i++) {
        beside(&d, 0, 1.1, to);
        assert_true(drawing_gaussian_drag(&d, &hit, to));
    }
    HandGaussian g = gaussian_in_plane(&d.part[0], 0);
    assert_near(g.std[0], 0.6, 1e-9);
    assert_near(g.std[1], 0.2 * pow(1.1, 40), 1e-9);
    drawing_free(&d);
}

static void the_edge_keeps_the_shape(void **state)
{
    HandGaussian g = dragged(GAUSSIAN_EDGE, 1, 0.9, 1.2);
    (void)state;
    assert_near(g.std[0], 0.9, 1e-12);
    assert_near(g.std[1], 0.3, 1e-12);
}

static void lengths_and_weights_keep_to_their_range(void **state)
{
    Drawing d = one_gaussian();
    (void)state;
    HandGaussian g = dragged(GAUSSIAN_AXIS, 1, 0, 0);
    assert_near(g.std[0], 2 * GAUSSIAN_STD_MIN, 1e-12);
    g = dragged(GAUSSIAN_EDGE, 1, 0, 0);
    assert_near(g.std[0], 6 * GAUSSIAN_STD_MIN, 1e-12);
    assert_near(g.std[1], 2 * GAUSSIAN_STD_MIN, 1e-12);
    g = dragged(GAUSSIAN_EDGE, 1, 1e9, 0);
    assert_near(g.std[0], 2 * GAUSSIAN_STD_MAX, 1e-9);
    assert_true(drawing_gaussian_weigh(&d, 0, 0, 1.5));
    assert_near(d.part[0].gaussians->item[0].weight, 1.5, 1e-12);
    assert_true(drawing_gaussian_weigh(&d, 0, 0, 1e9));
    assert_near(d.part[0].gaussians->item[0].weight, GAUSSIAN_WEIGHT_MAX, 0);
    assert_true(drawing_gaussian_weigh(&d, 0, 0, 1e-9));
    assert_near(d.part[0].gaussians->item[0].weight, GAUSSIAN_WEIGHT_MIN, 0);
    drawing_free(&d);
}

static void gaussians_are_added_and_deleted(void **state)
{
    Drawing d = one_gaussian();
    (void)state;
    assert_true(drawing_gaussian_add(&d, 0, (double[]){1, 2}, 0.5));
    assert_true(drawing_gaussian_add(&d, 0, (double[]){3, 4}, 0.5));
    assert_int_equal(d.part[0].gaussians->count, 3);
    assert_true(drawing_gaussian_delete(&d, 0, 1));
    HandGaussian g = gaussian_in_plane(&d.part[0], 1);
    assert_near(g.mean[0], 3, 1e-12);
    assert_near(g.mean[1], 4, 1e-12);
    assert_near(g.std[0], 0.5, 1e-12);
    assert_true(drawing_gaussian_delete(&d, 0, 0));
    assert_true(drawing_gaussian_delete(&d, 0, 0));
    assert_int_equal(d.part[0].gaussians->count, 0);
    assert_true(drawing_empty(&d));
    for (size_t i = 0; i < GAUSSIANS_MAX; i++)
        assert_true(drawing_gaussian_add(&d, 0, (double[]){0, 0}, 0.5));
    assert_false(drawing_gaussian_add(&d, 0, (double[]){0, 0}, 0.5));
    assert_int_equal(d.part[0].gaussians->count, GAUSSIANS_MAX);
    drawing_free(&d);
}

static void a_stamp_is_one_point_or_a_cluster(void **state)
{
    enum { MANY = 4000 };
    Drawing d = {0};
    double mean[2] = {0}, square = 0;
    (void)state;
    add(&d, placed(part_of(PART_POINTS, "points"), 0.2, 0, 0.5, 1));
    assert_int_equal(stamp(&d, 0.7, -0.3, 1, 0), 0);
    assert_int_equal(stamp(&d, 0.1, 0.2, MANY, 0.05), 0);
    const PointSet *s = d.part[0].points;
    assert_int_equal(s->count, MANY + 1);
    for (size_t i = 0; i <= MANY; i++) {
        double at[2] = {(double)s->x[2 * i], (double)s->x[2 * i + 1]};
        part_to_plane(&d.part[0], at, at);
        if (i == 0) {
            assert_near(at[0], 0.7, 1e-6);
            assert_near(at[1], -0.3, 1e-6);
            continue;
        }
        double x = at[0] - 0.1, y = at[1] - 0.2;
        mean[0] += x / MANY;
        mean[1] += y / MANY;
        square += (x * x + y * y) / (2 * MANY);
    }
    assert_near(mean[0], 0, 0.003);
    assert_near(mean[1], 0, 0.003);
    assert_near(sqrt(square), 0.05, 0.002);
    drawing_free(&d);
}

/* A second stamp is not the first again, and the same history gives the same points. */
static void stamps_repeat_with_their_history(void **state)
{
    Drawing a = {0}, b = {0};
    (void)state;
    for (int i = 0; i < 2; i++) {
        stamp(&a, 0, 0, 6, 0.1);
        stamp(&b, 0, 0, 6, 0.1);
    }
    const float *x = a.part[0].points->x;
    assert_memory_equal(x, b.part[0].points->x, 24 * sizeof *x);
    assert_memory_not_equal(x, x + 12, 12 * sizeof *x);
    drawing_free(&a);
    drawing_free(&b);
}

static void points_of_a_weighted_file_take_no_stamp(void **state)
{
    Drawing d = {0};
    PointStamp one = {.n = 1};
    (void)state;
    add(&d, from_file(four_points, four_weights, 4));
    assert_false(drawing_points_stamp(&d, 0, &one));
    assert_int_equal(d.part[0].points->count, 4);
    drawing_free(&d);
}

static void too_many_stamped_points_change_nothing(void **state)
{
    Drawing d = {0};
    PointStamp many = {.n = POINTS_MAX}, most = {.n = SIZE_MAX};
    (void)state;
    stamp(&d, 0, 0, 1, 0);
    assert_false(drawing_points_stamp(&d, 0, &many));
    assert_false(drawing_points_stamp(&d, 0, &most));
    assert_int_equal(d.part[0].points->count, 1);
    drawing_free(&d);
}

static void the_eraser_takes_what_is_within_its_radius(void **state)
{
    Drawing d = {0};
    Part p = placed(from_file(four_points, four_weights, 4), 0.5, 0.5, 2, 0.3);
    double at[2];
    (void)state;
    add(&d, p);
    const PointSet *s = d.part[0].points;
    part_to_plane(&d.part[0], (double[]){(double)s->x[2], (double)s->x[3]}, at);
    at[0] += 0.009;
    assert_int_equal(drawing_points_erase(&d, 0, at, 0.008), 0);
    assert_int_equal(drawing_points_erase(&d, 0, at, 0.01), 1);
    s = d.part[0].points;
    assert_int_equal(s->count, 3);
    assert_near(s->weight[0], 1, 0);
    assert_near(s->weight[1], 0, 0);
    assert_near(s->weight[2], 3, 0);
    assert_near(s->units.origin[0] + s->units.scale * (double)s->x[2], 10, 1e-5);
    assert_string_equal(s->file, "data.csv");
    assert_int_equal(drawing_points_erase(&d, 0, at, 100), 3);
    assert_true(drawing_empty(&d));
    assert_int_equal(drawing_points_erase(&d, 0, at, 100), 0);
    drawing_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_handle_is_found_where_it_is),
        cmocka_unit_test(of_two_in_one_place_the_upper_is_hit),
        cmocka_unit_test(the_centre_goes_where_it_is_dragged),
        cmocka_unit_test(an_axis_follows_and_the_other_keeps_its_length),
        cmocka_unit_test(an_axis_stays_itself_past_the_other),
        cmocka_unit_test(the_edge_keeps_the_shape),
        cmocka_unit_test(lengths_and_weights_keep_to_their_range),
        cmocka_unit_test(gaussians_are_added_and_deleted),
        cmocka_unit_test(a_stamp_is_one_point_or_a_cluster),
        cmocka_unit_test(stamps_repeat_with_their_history),
        cmocka_unit_test(points_of_a_weighted_file_take_no_stamp),
        cmocka_unit_test(too_many_stamped_points_change_nothing),
        cmocka_unit_test(the_eraser_takes_what_is_within_its_radius),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
