/* The list of parts, what copies share, and where parts stand. */
#include "drawings.h"

static void parts_keep_their_order_and_ids(void **state)
{
    Drawing d = one_of_each();
    (void)state;
    assert_int_equal(d.count, 7);
    for (size_t i = 0; i < d.count; i++)
        assert_int_equal(drawing_find(&d, d.part[i].id), i);
    uint32_t first = d.part[0].id, second = d.part[1].id, last = d.part[6].id;
    drawing_reorder(&d, 0, 6);
    assert_int_equal(d.part[6].id, first);
    assert_int_equal(d.part[0].id, second);
    drawing_reorder(&d, 6, 0);
    assert_int_equal(d.part[0].id, first);
    assert_int_equal(d.part[6].id, last);
    drawing_remove(&d, 1);
    assert_int_equal(d.count, 6);
    assert_int_equal(drawing_find(&d, second), d.count);
    assert_int_equal(drawing_find(&d, last), 5);
    drawing_free(&d);
    assert_int_equal(d.count, 0);
}

static void a_duplicate_is_another_part_right_behind(void **state)
{
    Drawing d = one_of_each();
    (void)state;
    for (size_t i = 0; i < 14; i += 2) {
        uint32_t id = d.part[i].id;
        assert_true(drawing_duplicate(&d, i));
        assert_int_equal(d.part[i].id, id);
        assert_int_equal(d.part[i + 1].id, d.last_id);
        assert_string_equal(d.part[i + 1].name, d.part[i].name);
    }
    canvas_clear(&d.part[1].canvas);
    assert_false(canvas_empty(&d.part[0].canvas));
    drawing_free(&d);
}

static void no_more_parts_than_there_may_be(void **state)
{
    Drawing d = {0};
    (void)state;
    for (size_t i = 0; i < DRAWING_PARTS_MAX; i++)
        add(&d, part_of(PART_TARGET, "spirals"));
    assert_false(drawing_add(&d, word()));
    assert_false(drawing_duplicate(&d, 0));
    assert_int_equal(d.count, DRAWING_PARTS_MAX);
    drawing_free(&d);
}

static void copies_are_apart_though_they_share(void **state)
{
    Drawing d = one_of_each(), copy = {0};
    size_t alone = drawing_bytes(&d);
    (void)state;
    add(&copy, painted(0, 0, 0.1));
    assert_true(drawing_copy(&copy, &d));
    assert_same_density(&d, &copy);
    /* Only the list of parts is there twice; a share may lose a byte to rounding. */
    size_t both = drawing_bytes(&d) + drawing_bytes(&copy), parts = d.count * sizeof(Part);
    assert_in_range(both, alone + parts - 100, alone + parts);

    Target before = target_of(&d);
    canvas_clear(&copy.part[0].canvas);
    assert_true(drawing_gaussian_delete(&copy, 2, 0));
    stamp(&copy, 0, 0, 1, 0);
    copy.part[1].weight = 7;
    drawing_remove(&copy, 4);
    Target after = target_of(&d);
    assert_same_target(&before, &after);
    target_free(&before);
    target_free(&after);
    drawing_free(&copy);
    assert_int_equal(drawing_bytes(&d), alone);
    drawing_free(&d);
}

static void a_canvas_that_is_copied_over_gets_newer(void **state)
{
    Drawing shown = {0}, before = {0};
    (void)state;
    add(&shown, painted(0, 0, 0.1));
    assert_true(drawing_copy(&before, &shown));
    canvas_clear(&shown.part[0].canvas);
    uint64_t version = shown.part[0].canvas.version;
    assert_true(drawing_copy(&shown, &before));
    assert_true(shown.part[0].canvas.version > version);
    assert_false(canvas_empty(&shown.part[0].canvas));
    drawing_free(&shown);
    drawing_free(&before);
}

/* An id that was taken is not given again, even when the copy is of a time before. */
static void ids_are_given_once(void **state)
{
    Drawing d = {0}, before = {0};
    (void)state;
    assert_true(drawing_copy(&before, &d));
    add(&d, word());
    uint32_t id = d.part[0].id;
    assert_true(drawing_copy(&d, &before));
    add(&d, word());
    assert_true(d.part[0].id > id);
    drawing_free(&d);
    drawing_free(&before);
}

static void places_go_there_and_back(void **state)
{
    Part p = placed(part_of(PART_CANVAS, ""), 0.5, -0.25, 2, M_PI_2);
    double at[2];
    (void)state;
    part_to_plane(&p, (double[]){1, 0.5}, at);
    assert_near(at[0], -0.5, 1e-12);
    assert_near(at[1], 1.75, 1e-12);
    part_to_local(&p, at, at);
    assert_near(at[0], 1, 1e-12);
    assert_near(at[1], 0.5, 1e-12);
}

static void the_hand_adds_to_what_was_made_by_hand(void **state)
{
    Drawing d = {0};
    size_t i;
    (void)state;
    add(&d, painted(0, 0, 0.1));
    add(&d, from_file(four_points, NULL, 4));
    assert_true(drawing_hand_part(&d, PART_CANVAS, &i));
    assert_int_equal(i, 0);
    assert_true(drawing_hand_part(&d, PART_POINTS, &i));
    assert_int_equal(i, 2);
    assert_int_equal(d.part[2].kind, PART_POINTS);
    assert_true(drawing_hand_part(&d, PART_POINTS, &i));
    assert_int_equal(i, 2);
    d.part[0].shown = false;
    assert_true(drawing_hand_part(&d, PART_CANVAS, &i));
    assert_int_equal(i, 3);
    drawing_free(&d);
}

static void points_of_a_file_are_standardised(void **state)
{
    Error e;
    (void)state;
    PointSet *p = points_standardised("data.csv", four_points, four_weights, 4, &e);
    assert_non_null(p);
    /* Weighted mean (10 + 2 * 12 + 3 * 12) / 6, (100 + 2 * 100 + 3 * 104) / 6; variances 0.5556 and 4. */
    assert_near(p->units.origin[0], 70. / 6, 1e-12);
    assert_near(p->units.origin[1], 102, 1e-12);
    assert_near(p->units.scale, sqrt(41. / 18) / DRAWING_STD, 1e-12);
    for (size_t i = 0; i < 8; i++)
        assert_near(p->units.origin[i % 2] + p->units.scale * (double)p->x[i], four_points[i], 1e-5);
    assert_string_equal(p->file, "data.csv");
    bulk_drop(&p->bulk);
}

static void assert_refused(const float *x, const float *weight, size_t n, const char *why)
{
    Error e;
    assert_null(points_standardised("data.csv", x, weight, n, &e));
    assert_non_null(strstr(e.text, "data.csv: "));
    assert_non_null(strstr(e.text, why));
}

static void points_without_a_scale_are_refused(void **state)
{
    static const float equal[] = {1, 2, 1, 2}, endless[] = {0, 0, INFINITY, 0}, none[] = {0, 0}, negative[] = {1, -1},
                       far[] = {0, 0, 1, 0}, uneven[] = {1e29f, 1e-10f};
    (void)state;
    assert_refused(equal, NULL, 2, "differ");
    assert_refused(equal, NULL, 1, "differ");
    assert_refused(far, uneven, 2, "differ");
    assert_refused(endless, NULL, 2, "finite points");
    assert_refused(four_points, none, 2, "weights");
    assert_refused(four_points, negative, 2, "weights");
    assert_refused(NULL, NULL, 0, "weights");
    assert_refused(NULL, NULL, (size_t)POINTS_MAX + 1, "at most 1048576 points");
}

static void blocks_have_limits(void **state)
{
    (void)state;
    assert_null(raster_create(0, 1));
    assert_null(raster_create(1, RASTER_SIDE_MAX + 1));
    assert_null(points_create(POINTS_MAX + 1, false));
    assert_null(gaussians_create(GAUSSIANS_MAX + 1));
    Raster *r = raster_of_levels((const float[]){-1, NAN, 0.5f, 3}, 1, 4);
    assert_non_null(r);
    assert_memory_equal(r->level, ((const unsigned char[]){0, 0, 128, 255}), 4);
    bulk_drop(&r->bulk);
    bulk_drop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_keep_their_order_and_ids),
        cmocka_unit_test(a_duplicate_is_another_part_right_behind),
        cmocka_unit_test(no_more_parts_than_there_may_be),
        cmocka_unit_test(copies_are_apart_though_they_share),
        cmocka_unit_test(a_canvas_that_is_copied_over_gets_newer),
        cmocka_unit_test(ids_are_given_once),
        cmocka_unit_test(places_go_there_and_back),
        cmocka_unit_test(the_hand_adds_to_what_was_made_by_hand),
        cmocka_unit_test(points_of_a_file_are_standardised),
        cmocka_unit_test(points_without_a_scale_are_refused),
        cmocka_unit_test(blocks_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
