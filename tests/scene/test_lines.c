/* Many polylines in one value: what was added comes back, with its way measured, and nothing is added by halves. */
#include "scene/lines.h"

#include "near.h"

static const float corner[] = {0, 0, 3, 4, 3, 10}, stroke[] = {1, 1, 2, 1};

static int set_up(void **state)
{
    static Lines lines;
    *state = &lines;
    return lines_init(&lines, 6, 2) ? 0 : -1;
}

static int tear_down(void **state)
{
    lines_free(*state);
    return 0;
}

static void lines_stand_one_behind_the_other(void **state)
{
    Lines *l = *state;
    assert_true(lines_add(l, corner, 3, 7));
    assert_true(lines_add(l, stroke, 2, 8));
    assert_int_equal(l->lines, 2);
    assert_int_equal(l->points, 5);
    assert_int_equal(lines_first(l, 0), 0);
    assert_int_equal(l->end[0], 3);
    assert_int_equal(lines_first(l, 1), 3);
    assert_int_equal(l->end[1], 5);
    assert_memory_equal(l->point, corner, sizeof corner);
    assert_memory_equal(l->point + 6, stroke, sizeof stroke);
    assert_near(l->value[0], 7, 0);
    assert_near(l->value[1], 8, 0);
}

static void the_way_begins_anew_with_every_line(void **state)
{
    Lines *l = *state;
    static const double way[] = {0, 5, 11, 0, 1};
    lines_add(l, corner, 3, 0);
    lines_add(l, stroke, 2, 0);
    for (size_t i = 0; i < 5; i++)
        assert_near(l->along[i], way[i], 1e-6);
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
    Lines *l = *state;
    assert_false(lines_add(l, corner, 1, 0));
    assert_false(lines_add(l, corner, 0, 0));
    assert_true(lines_add(l, corner, 3, 0));
    assert_true(lines_add(l, corner, 3, 0));
    assert_false(lines_add(l, stroke, 2, 0)); /* neither points nor lines are left */
    assert_int_equal(l->lines, 2);
    assert_int_equal(l->points, 6);
    lines_clear(l);
    assert_true(lines_add(l, stroke, 2, 0));
    assert_true(lines_add(l, stroke, 2, 0));
    assert_false(lines_add(l, stroke, 2, 0)); /* points for it are left */
    assert_int_equal(l->points, 4);
}

static void points_run_out_before_lines(void **state)
{
    Lines *l = *state;
    static const float five[10] = {0};
    assert_true(lines_add(l, five, 5, 0));
    assert_false(lines_add(l, stroke, 2, 0));
    assert_int_equal(l->lines, 1);
    assert_int_equal(l->points, 5);
}

#define WITH_LINES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LINES(lines_stand_one_behind_the_other),
        WITH_LINES(the_way_begins_anew_with_every_line),
        WITH_LINES(what_does_not_fit_is_left_out_whole),
        WITH_LINES(points_run_out_before_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
