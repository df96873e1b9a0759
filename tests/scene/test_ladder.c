#include "scene/ladder.h"

#include "near.h"

#include <math.h>

static const double FIRST = 20, LAST = 0.05, STD = 2.5;

static void rungs_fall_between_the_ends(void **state)
{
    (void)state;
    static Ladder l;
    for (size_t which = 0; which < SCHEDULE_COUNT; which++) {
        for (size_t steps = 1; steps <= LADDER_STEPS_MAX; steps = steps * 4 + 1) {
            ladder_make(&l, schedule_info(which), STD, FIRST, LAST, steps);
            assert_true(l.sigma[0] == FIRST && l.sigma[steps] == LAST);
            for (size_t i = 0; i < steps; i++)
                assert_true(l.sigma[i] > l.sigma[i + 1]);
        }
    }
}

/* Maths.md section 2, Karras from 10 to 0.01 in ten levels: a schedule's unit is the standard deviation. */
static void levels_are_the_schedules_in_units_of_the_data(void **state)
{
    (void)state;
    static const double karras[] = {10, 6.03091, 3.49668, 1.93610, 1.01508, .498373, .225747, .0924182, .0331947, .01};
    static Ladder l;
    ladder_make(&l, schedule_info(SCHEDULE_KARRAS), STD, 10 * STD, .01 * STD, 9);
    for (size_t i = 0; i < 10; i++)
        assert_near(l.sigma[i] / STD, karras[i], 1e-5 * karras[i]);
}

static void places_and_levels_belong_together(void **state)
{
    (void)state;
    static Ladder l;
    ladder_make(&l, schedule_info(SCHEDULE_KARRAS), STD, FIRST, LAST, 37);
    for (double place = 0; place <= 37; place += 0.125)
        assert_near(ladder_place(&l, ladder_sigma(&l, place)), place, 1e-9);
    for (size_t i = 0; i <= 37; i++) {
        assert_true(ladder_sigma(&l, (double)i) == l.sigma[i]);
        assert_near(ladder_place(&l, l.sigma[i]), (double)i, 1e-12);
    }
    assert_near(ladder_sigma(&l, 5.5), sqrt(l.sigma[5] * l.sigma[6]), 1e-12);
}

static void beyond_the_ends_it_goes_on_as_before(void **state)
{
    (void)state;
    static Ladder l;
    ladder_make(&l, schedule_info(SCHEDULE_KARRAS), STD, FIRST, LAST, 10);
    assert_near(ladder_sigma(&l, -2) / FIRST, pow(FIRST / l.sigma[1], 2), 1e-9);
    assert_near(ladder_sigma(&l, 12.5) / LAST, pow(LAST / l.sigma[9], 2.5), 1e-9);
    for (double place = -5; place < 15; place += 0.25)
        assert_near(ladder_place(&l, ladder_sigma(&l, place)), place, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rungs_fall_between_the_ends),
        cmocka_unit_test(levels_are_the_schedules_in_units_of_the_data),
        cmocka_unit_test(places_and_levels_belong_together),
        cmocka_unit_test(beyond_the_ends_it_goes_on_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
