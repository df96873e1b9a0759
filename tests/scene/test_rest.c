/* Rest: it comes when the steps ahead would gain little, not before, and chance alone never brings it. */
#include "scene/rest.h"

#include "near.h"

/* Passes the next mark with the error of a law, and tells the step it was at. */
static uint64_t pass_mark(Rest *r, double (*error)(double steps))
{
    uint64_t step = r->begun;
    while (!rest_due(r, step))
        step++;
    rest_note(r, step, error((double)(step - r->begun)));
    return step;
}

static double quarter_power(double steps)
{
    return 0.4 * pow(steps, -0.25);
}

static double flat(double steps)
{
    (void)steps;
    return 0.03;
}

static double rising(double steps)
{
    return 1e-6 * steps;
}

/* 10 % up at one mark and down at the next. */
static double shaken(double steps)
{
    return 0.03 * (1 + 0.1 * cos(M_PI * round(4 * log2(steps / REST_FIRST))));
}

static uint64_t rests_at(Rest *r, double (*error)(double steps))
{
    uint64_t step = 0;
    while (!r->resting) {
        step = pass_mark(r, error);
        assert_true(step - r->begun < 100000000);
    }
    return step;
}

static void marks_are_four_to_a_doubling(void **state)
{
    (void)state;
    static const uint64_t expected[] = {2000, 2379, 2829, 3364, 4000, 4757, 5657, 6728, 8000};
    Rest r = {0};
    rest_begin(&r, 0);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(pass_mark(&r, quarter_power), expected[i]);
}

/* ln 2 / 4 a doubling, times log2(1 + 10,000 / steps), is 2 % at 120,000 steps. */
static void it_rests_where_little_lies_ahead(void **state)
{
    (void)state;
    Rest r = {0};
    rest_begin(&r, 0);
    assert_int_equal(rests_at(&r, quarter_power), 128000);
}

static void it_waits_for_two_doublings(void **state)
{
    (void)state;
    static double (*const laws[])(double) = {flat, rising};
    for (size_t i = 0; i < 2; i++) {
        Rest r = {0};
        rest_begin(&r, 0);
        assert_int_equal(rests_at(&r, laws[i]), 6728);
    }
}

static void chance_puts_it_off(void **state)
{
    (void)state;
    Rest r = {0};
    rest_begin(&r, 0);
    assert_true(rests_at(&r, shaken) > 5 * 6728);
}

static void another_task_begins_anew(void **state)
{
    (void)state;
    Rest r = {0};
    rest_begin(&r, 0);
    rests_at(&r, flat);
    rest_begin(&r, 50000);
    assert_false(r.resting);
    assert_false(rest_due(&r, 0)); /* a budget puts the begin ahead */
    assert_false(rest_due(&r, 50000 + REST_FIRST - 1));
    assert_int_equal(rests_at(&r, flat), 50000 + 6728);
}

static void a_hand_gets_two_more_doublings(void **state)
{
    (void)state;
    Rest r = {0};
    rest_begin(&r, 0);
    uint64_t first = rests_at(&r, quarter_power);
    rest_wake(&r);
    assert_false(r.resting);
    uint64_t second = rests_at(&r, quarter_power);
    assert_true(second == 4 * first);
}

static void what_is_no_error_decides_nothing(void **state)
{
    (void)state;
    static const double none[] = {NAN, INFINITY, 0};
    for (size_t i = 0; i < 3; i++) {
        Rest r = {0};
        rest_begin(&r, 0);
        uint64_t step = rests_at(&r, flat);
        while (!rest_due(&r, step))
            step++;
        rest_note(&r, step, none[i]);
        assert_false(r.resting);
        assert_false(rest_due(&r, step));
        for (int k = 0; k < REST_MARKS - 1; k++) {
            pass_mark(&r, flat);
            assert_false(r.resting);
        }
        pass_mark(&r, flat);
        assert_true(r.resting);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_four_to_a_doubling),     cmocka_unit_test(it_rests_where_little_lies_ahead),
        cmocka_unit_test(it_waits_for_two_doublings),       cmocka_unit_test(chance_puts_it_off),
        cmocka_unit_test(another_task_begins_anew),         cmocka_unit_test(a_hand_gets_two_more_doublings),
        cmocka_unit_test(what_is_no_error_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
