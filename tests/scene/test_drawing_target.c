/* What a drawing's mixture is: moments in closed form, shares of its parts, its frame. */
#include "drawings.h"

static void the_frame_is_that_of_drawn_targets(void **state)
{
    (void)state;
    assert_near(DRAWING_STD, target_info(target_count())->std, 0);
}

static void an_empty_drawing_is_refused_with_a_line(void **state)
{
    Drawing d = {0};
    Target t;
    Error e;
    (void)state;
    assert_true(drawing_empty(&d));
    add(&d, part_of(PART_CANVAS, "painted"));
    add(&d, part_of(PART_WORD, "word"));
    add(&d, part_of(PART_GAUSSIANS, "Gaussians"));
    add(&d, part_of(PART_POINTS, "points"));
    add(&d, part_of(PART_TARGET, "hidden"));
    add(&d, part_of(PART_TARGET, "to trace"));
    d.part[4].shown = false;
    d.part[5].weight = 0;
    assert_true(drawing_empty(&d));
    assert_false(drawing_target(&d, &t, &e));
    assert_non_null(strstr(e.text, "empty"));
    target_free(&t);
    d.part[4].shown = true;
    assert_false(drawing_empty(&d));
    drawing_free(&d);
}

/* A disc painted with a hard brush: mass pi r^2 in cells, moments of the disc and of a cell's Gaussian. */
static void a_painted_disc_has_the_moments_of_a_disc(void **state)
{
    Drawing d = {0};
    Part p = part_of(PART_CANVAS, "disc");
    double r = 0.4, place[2] = {0.2, -0.1}, cell = CANVAS_CELL_STD * CANVAS_CELL;
    Brush brush = brush_default();
    (void)state;
    brush.radius = r;
    brush.hardness = 1;
    canvas_line(&p.canvas, brush, place, place);
    add(&d, placed(p, 0.3, 0.1, 2, 1));
    Target t = target_of(&d);
    double centre[2], variance = 4 * (r * r / 4 + cell * cell);
    part_to_plane(&d.part[0], place, centre);
    assert_near(t.mixture.mean[0], centre[0], 5e-4);
    assert_near(t.mixture.mean[1], centre[1], 5e-4);
    assert_near(t.mixture.cov[0], variance, 2e-3 * variance);
    assert_near(t.mixture.cov[1], 0, 2e-3 * variance);
    assert_near(t.mixture.cov[2], variance, 2e-3 * variance);
    assert_near((double)t.mixture.count * CANVAS_CELL * CANVAS_CELL, M_PI * r * r, 0.03);
    target_free(&t);
    drawing_free(&d);
}

/* Share of the mixture's mass right of a line. */
static double mass_right_of(const Target *t, double x)
{
    double mass = 0;
    for (size_t k = 0; k < t->mixture.count; k++)
        mass += t->mixture.component[k].mean[0] > x ? t->mixture.component[k].weight : 0;
    return mass;
}

static void parts_have_their_weights_however_much_is_in_them(void **state)
{
    Drawing d = {0};
    (void)state;
    add(&d, placed(painted(0, 0, 0.3), -1, 0, 0.5, 0));
    d.part[0].weight = 3;
    stamp(&d, 1, 0, 1, 0);
    Target t = target_of(&d);
    assert_near(mass_right_of(&t, 0.5), 0.25, 1e-12);
    target_free(&t);
    drawing_free(&d);
}

static void components_weigh_as_they_are_told(void **state)
{
    Drawing d = {0};
    (void)state;
    add(&d, from_file(four_points, four_weights, 4));
    Target t = target_of(&d);
    assert_int_equal(t.mixture.count, 3); /* one weighs nothing */
    assert_near(t.mixture.component[0].weight, 1. / 6, 1e-12);
    assert_near(t.mixture.component[1].weight, 2. / 6, 1e-12);
    assert_near(t.mixture.component[2].weight, 3. / 6, 1e-12);
    target_free(&t);
    drawing_free(&d);
}

static void points_are_as_wide_whatever_the_size(void **state)
{
    Drawing d = {0};
    (void)state;
    add(&d, placed(from_file(four_points, NULL, 4), 0, 0, 3, 0.2));
    Target t = target_of(&d);
    for (size_t k = 0; k < 4; k++) {
        assert_near(t.mixture.component[k].cov[0], DRAWING_POINT_STD * DRAWING_POINT_STD, 1e-15);
        assert_near(t.mixture.component[k].cov[1], 0, 1e-15);
        assert_near(t.mixture.component[k].cov[2], DRAWING_POINT_STD * DRAWING_POINT_STD, 1e-15);
    }
    double own = 9 * DRAWING_STD * DRAWING_STD + DRAWING_POINT_STD * DRAWING_POINT_STD;
    assert_near(t.mixture.std * t.mixture.std, own, 1e-6);
    target_free(&t);
    drawing_free(&d);
}

static void cells_of_a_word_stand_where_they_are_drawn(void **state)
{
    Drawing d = {0};
    (void)state;
    add(&d, word());
    Target t = target_of(&d);
    const Component *c = t.mixture.component;
    double cell = 2. / 5, variance = CANVAS_CELL_STD * CANVAS_CELL_STD * cell * cell;
    assert_int_equal(t.mixture.count, 2);
    assert_near(c[0].mean[0], -2 * cell, 1e-12);
    assert_near(c[0].mean[1], -cell, 1e-12);
    assert_near(c[1].mean[0], 2 * cell, 1e-12);
    assert_near(c[1].mean[1], cell, 1e-12);
    assert_near(c[0].cov[0], variance, 1e-12);
    assert_near(c[0].weight, 255. / (255 + 128), 1e-12);
    target_free(&t);
    drawing_free(&d);
}

static void a_gaussian_has_its_covariance_turned(void **state)
{
    Drawing d = {0};
    (void)state;
    add_gaussian(&d, 0.3, 0.4, 0.1);
    GaussianHit hit = {0, 0, GAUSSIAN_AXIS, 1};
    assert_true(drawing_gaussian_drag(&d, &hit, (double[]){0.3 + 0.2 * M_SQRT1_2, 0.4 + 0.2 * M_SQRT1_2}));
    d.part[0].angle = M_PI_4;
    Target t = target_of(&d);
    assert_near(t.mixture.cov[0], 0.01, 1e-12);
    assert_near(t.mixture.cov[1], 0, 1e-12);
    assert_near(t.mixture.cov[2], 0.04, 1e-12);
    d.part[0].angle = 0;
    target_free(&t);
    t = target_of(&d);
    assert_near(t.mixture.cov[0], 0.025, 1e-12);
    assert_near(t.mixture.cov[1], 0.015, 1e-12);
    target_free(&t);
    drawing_free(&d);
}

static size_t row_named(const char *name)
{
    size_t row = 0;
    while (strcmp(target_info(row)->name, name) != 0)
        row++;
    return row;
}

/* Turned boxes are lattices, whose density is even inside and none outside. */
static void a_turned_checkerboard_is_a_checkerboard(void **state)
{
    Drawing d = {0};
    double k = 2.5 * DRAWING_STD / target_info(row_named("checkerboard"))->std;
    (void)state;
    Part p = placed(part_of(PART_TARGET, "checkerboard"), 0.2, 0.1, 2.5, 0.5);
    p.target = row_named("checkerboard");
    add(&d, p);
    Target t = target_of(&d);
    assert_near(t.mixture.std, 2.5 * DRAWING_STD, 2e-3);
    for (int square = 0; square < 2; square++) {
        double at[2];
        part_to_plane(&d.part[0], (double[]){(2 * square - 3) * k / 2.5, -3 * k / 2.5}, at);
        double density = exp(mixture_at(&t.mixture, 0.01, at).log_density);
        assert_near(density, square ? 0 : 1 / (32 * k * k), 1e-3 / (k * k));
    }
    target_free(&t);
    d.part[0].angle = 0;
    t = target_of(&d);
    assert_int_equal(t.mixture.count, 8);
    assert_int_equal(t.mixture.component[0].kind, COMPONENT_BOX);
    target_free(&t);
    drawing_free(&d);
}

static void every_built_in_target_can_be_turned(void **state)
{
    (void)state;
    for (size_t row = 0; row < target_count(); row++) {
        Drawing d = {0};
        Part p = placed(part_of(PART_TARGET, ""), 0.3, -0.2, 1.7, 0.7);
        p.target = row;
        add(&d, p);
        Target t = target_of(&d);
        assert_near(t.mixture.std, 1.7 * DRAWING_STD, 2e-3);
        assert_near(t.mixture.mean[0], 0.3, 1e-6);
        assert_near(t.mixture.mean[1], -0.2, 1e-6);
        target_free(&t);
        drawing_free(&d);
    }
}

static void a_built_in_target_keeps_its_field(void **state)
{
    Drawing d = {0};
    Target own;
    Part p = part_of(PART_TARGET, "spirals");
    double at[2] = {0.1, 0.2}, place[2];
    (void)state;
    p.target = row_named("spirals");
    add(&d, p);
    assert_true(target_init(&own, p.target));
    Target t = target_of(&d);
    double k = own.frame.std / DRAWING_STD;
    for (int axis = 0; axis < 2; axis++)
        place[axis] = own.frame.mean[axis] + k * at[axis];
    MixtureValue drawn = mixture_at(&t.mixture, 0.1, at), alone = mixture_at(&own.mixture, 0.1 * k, place);
    assert_near(drawn.log_density, alone.log_density + 2 * log(k), 1e-9);
    assert_near(drawn.score[0], k * alone.score[0], 1e-9);
    target_free(&own);
    target_free(&t);
    drawing_free(&d);
}

static void a_drawing_keeps_its_frame_until_it_is_fitted(void **state)
{
    Drawing d = {0};
    (void)state;
    add_gaussian(&d, 0.5, 0.25, 0.1);
    Target t = target_of(&d);
    assert_near(t.frame.mean[0], 0, 0);
    assert_near(t.frame.std, DRAWING_STD, 0);
    assert_near(t.sigma_max, 10 * DRAWING_STD, 1e-12);
    target_free(&t);
    d.fit = true;
    t = target_of(&d);
    assert_near(t.frame.mean[0], 0.5, 1e-12);
    assert_near(t.frame.mean[1], 0.25, 1e-12);
    assert_near(t.frame.std, 0.1, 1e-12);
    assert_near(t.sigma_min, 0.001, 1e-12);
    target_free(&t);
    drawing_free(&d);
}

static void weights_that_vanish_beside_others_are_left_out(void **state)
{
    Drawing d = {0};
    (void)state;
    stamp(&d, 0, 0, 1, 0);
    add_gaussian(&d, 0, 0, 0.1);
    d.part[0].weight = 1e-320;
    Target t = target_of(&d);
    assert_int_equal(t.mixture.count, 1);
    target_free(&t);
    drawing_free(&d);
}

static void too_many_components_are_refused(void **state)
{
    Drawing d = {0};
    Target t;
    Error e;
    (void)state;
    for (size_t i = 0; i < 2; i++)
        stamp(&d, 0, 0, POINTS_MAX / 2, 0.1);
    assert_true(drawing_duplicate(&d, 0));
    assert_true(drawing_duplicate(&d, 0));
    assert_false(drawing_target(&d, &t, &e));
    assert_non_null(strstr(e.text, "2097152"));
    drawing_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frame_is_that_of_drawn_targets),
        cmocka_unit_test(an_empty_drawing_is_refused_with_a_line),
        cmocka_unit_test(a_painted_disc_has_the_moments_of_a_disc),
        cmocka_unit_test(parts_have_their_weights_however_much_is_in_them),
        cmocka_unit_test(components_weigh_as_they_are_told),
        cmocka_unit_test(points_are_as_wide_whatever_the_size),
        cmocka_unit_test(cells_of_a_word_stand_where_they_are_drawn),
        cmocka_unit_test(a_gaussian_has_its_covariance_turned),
        cmocka_unit_test(a_turned_checkerboard_is_a_checkerboard),
        cmocka_unit_test(every_built_in_target_can_be_turned),
        cmocka_unit_test(a_built_in_target_keeps_its_field),
        cmocka_unit_test(a_drawing_keeps_its_frame_until_it_is_fitted),
        cmocka_unit_test(weights_that_vanish_beside_others_are_left_out),
        cmocka_unit_test(too_many_components_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
