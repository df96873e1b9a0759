/* The curves along which play moves the handle: ends, order, closed forms, and the way back from a level to a time. */
#include "scene/timing.h"

#include "near.h"
#include "scene/ladder.h"

#include <math.h>
#include <string.h>

static Timing timing(TimingKind kind)
{
    Settings s = settings_defaults();
    s.value[SET_TIMING] = kind;
    s.value[SET_SCHEDULE] = SCHEDULE_FLOW;
    return timing_of(&s, 12, 0.05, 2.5);
}

static Timing by_hand(const double knot[TIMING_KNOTS])
{
    Timing g = timing(TIMING_HAND);
    memcpy(g.knot, knot, sizeof g.knot);
    return g;
}

static void assert_rises_from_end_to_end(const Timing *g)
{
    enum { N = 2000 };
    assert_true(timing_place(g, 0) == 0 && timing_place(g, 1) == 1);
    assert_true(timing_sigma(g, 0) == g->first && timing_sigma(g, 1) == g->last);
    for (int i = 1; i <= N; i++)
        assert_true(timing_place(g, (double)i / N) > timing_place(g, (double)(i - 1) / N));
}

static void assert_inverse(const Timing *g, double tolerance)
{
    for (int i = 0; i <= 500; i++) {
        double share = i / 500.0;
        assert_near(timing_time(g, timing_place(g, share)), share, tolerance);
        assert_near(timing_place(g, timing_time(g, share)), share, tolerance);
    }
}

static void curves_rise_from_end_to_end(void **state)
{
    (void)state;
    static const double span[][3] = {{12, 0.05, 2.5}, {1e4, 1e-4, 1}, {1, 0.999, 5}, {0.5, 1e-3, 0.01}};
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        for (size_t i = 0; i < sizeof span / sizeof *span; i++) {
            Timing g = timing((TimingKind)kind);
            g.first = span[i][0];
            g.last = span[i][1];
            g.std = span[i][2];
            assert_rises_from_end_to_end(&g);
        }
    }
}

static void times_and_places_belong_together(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        Timing g = timing((TimingKind)kind);
        assert_inverse(&g, 1e-7);
    }
}

static void levels_and_places_belong_together(void **state)
{
    (void)state;
    Timing g = timing(TIMING_SMOOTH);
    assert_near(timing_sigma(&g, 0.5), sqrt(12 * 0.05), 1e-12);
    for (double place = -0.5; place <= 1.5; place += 0.125)
        assert_near(timing_place_of(&g, timing_sigma(&g, place)), place, 1e-12);
}

static double sigma_at(TimingKind kind, double time)
{
    Timing g = timing(kind);
    return timing_sigma(&g, timing_place(&g, time));
}

static void named_curves_are_what_they_say(void **state)
{
    (void)state;
    const double x = 12 / 2.5, y = 0.05 / 2.5; /* the ends, standard deviations */
    for (double t = 0.05; t < 1; t += 0.05) {
        assert_near(sigma_at(TIMING_EVEN, t), 12 * pow(0.05 / 12, t), 1e-12 * 12);
        assert_near(sigma_at(TIMING_SLOW_START, t), 12 * pow(0.05 / 12, t * t), 1e-12 * 12);
        assert_near(sigma_at(TIMING_SLOW_END, t), 12 * pow(0.05 / 12, 1 - (1 - t) * (1 - t)), 1e-12 * 12);
        assert_near(sigma_at(TIMING_SMOOTH, t), 12 * pow(0.05 / 12, t * t * (3 - 2 * t)), 1e-12 * 12);
        assert_near(sigma_at(TIMING_SIGMA, t), 12 + t * (0.05 - 12), 1e-12 * 12);
        double root = (1 - t) * pow(12, 1. / 7) + t * pow(0.05, 1. / 7);
        assert_near(sigma_at(TIMING_KARRAS, t), pow(root, 7), 1e-12 * 12);
        double flow = (1 - t) * x / (1 + x) + t * y / (1 + y);
        assert_near(sigma_at(TIMING_STEPS, t), 2.5 * flow / (1 - flow), 1e-12 * 12);
    }
}

/* Of what the schedules promise: 1 + sigma^2 is exp of the integral of beta, or 1 / cos^2 up to a factor. */
static void the_time_of_a_diffusion_is_its_schedules(void **state)
{
    (void)state;
    double first = 12 / 2.5, last = 0.05 / 2.5;
    double top = schedule_info(SCHEDULE_VP)->time(first), bottom = schedule_info(SCHEDULE_VP)->time(last);
    for (double t = 0.05; t < 1; t += 0.05) {
        double now = top + t * (bottom - top), sigma = sigma_at(TIMING_VP, t) / 2.5;
        assert_near(log1p(sigma * sigma), 0.1 * now + 19.9 * now * now / 2, 1e-10);
    }
    double start = atan(1) * 2 * .008 / 1.008, scale = cos(start);
    double high = acos(scale / sqrt(1 + first * first)), low = acos(scale / sqrt(1 + last * last));
    for (double t = 0.05; t < 1; t += 0.05) {
        double sigma = sigma_at(TIMING_COSINE, t) / 2.5;
        assert_near(acos(scale / sqrt(1 + sigma * sigma)), high + t * (low - high), 1e-10);
    }
}

/* The curve of the steps passes every rung of the ladder at its share of the time. */
static void steps_pass_the_rungs_of_the_ladder(void **state)
{
    (void)state;
    static Ladder l;
    for (size_t which = 0; which < SCHEDULE_COUNT; which++) {
        Timing g = timing(TIMING_STEPS);
        g.schedule = (ScheduleId)which;
        ladder_make(&l, schedule_info(which), g.std, g.first, g.last, 20);
        for (int i = 0; i <= 20; i++)
            assert_near(timing_sigma(&g, timing_place(&g, i / 20.0)), l.sigma[i], 1e-9 * l.sigma[i]);
    }
}

static void a_hand_made_curve_goes_through_its_knots(void **state)
{
    (void)state;
    static const double knot[TIMING_KNOTS] = {0.02, 0.03, 0.7, 0.71, 0.98};
    Timing g = by_hand(knot);
    for (size_t i = 0; i < TIMING_KNOTS; i++) {
        assert_near(timing_knot(&g, i), knot[i], 1e-12);
        assert_near(timing_knot_time(i), (double)(i + 1) / 6, 1e-15);
    }
    assert_rises_from_end_to_end(&g);
    assert_inverse(&g, 1e-7);
}

/* The derivative on both sides of a knot is the harmonic mean of the rises beside it. A cubic's middle is the mean of
 * its ends and an eighth of the difference of their slopes: with end slopes (3 * 0.1 - 0.05) / 2 and 0. */
static void a_hand_made_curve_is_smooth(void **state)
{
    (void)state;
    static const double knot[TIMING_KNOTS] = {0.1, 0.15, 0.5, 0.6, 0.9};
    Timing g = by_hand(knot);
    for (size_t i = 1; i + 1 < TIMING_KNOTS; i++) {
        double t = timing_knot_time(i), h = 1e-6, before = knot[i] - knot[i - 1], after = knot[i + 1] - knot[i];
        double expected = 6 * 2 * before * after / (before + after);
        assert_near((timing_place(&g, t) - timing_place(&g, t - h)) / h, expected, 1e-4);
        assert_near((timing_place(&g, t + h) - timing_place(&g, t)) / h, expected, 1e-4);
    }
    static const double middle[] = {0.05729167, 0.12239583, 0.31649306, 0.55069444, 0.75, 0.96875};
    for (int i = 0; i < 6; i++)
        assert_near(timing_place(&g, (i + 0.5) / 6), middle[i], 1e-8);
}

static void even_knots_are_the_even_curve(void **state)
{
    (void)state;
    Timing g = timing(TIMING_HAND);
    for (double t = -0.2; t < 1.2; t += 0.01)
        assert_near(timing_place(&g, t), t, 1e-12);
}

static void knots_in_disorder_are_put_in_order(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    const double knots[][TIMING_KNOTS] = {{0.9, 0.1, 0.5, 0.2, 0.3},
                                          {1, 1, 1, 1, 1},
                                          {0, 0, 0, 0, 0},
                                          {-5, 7, nan, 1e300, -1},
                                          {nan, nan, nan, nan, nan}};
    for (size_t k = 0; k < sizeof knots / sizeof *knots; k++) {
        Timing g = by_hand(knots[k]);
        assert_rises_from_end_to_end(&g);
        for (size_t i = 1; i < TIMING_KNOTS; i++)
            assert_true(timing_knot(&g, i) - timing_knot(&g, i - 1) > 0.999 * TIMING_APART);
    }
    Timing g = by_hand(knots[0]);
    assert_near(timing_knot(&g, 0), 0.9, 1e-12);
    assert_near(timing_knot(&g, 4), 0.9 + 4 * TIMING_APART, 1e-12);
}

static void outside_the_way_time_goes_on_evenly(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        Timing g = timing((TimingKind)kind);
        assert_true(timing_place(&g, -2.5) == -2.5 && timing_time(&g, 7) == 7);
        assert_true(timing_place(&g, (double)NAN) == 0 && timing_time(&g, (double)NAN) == 0);
        assert_true(timing_place(&g, (double)INFINITY) == 1 && timing_time(&g, -(double)INFINITY) == 0);
    }
}

static void ends_that_are_no_way_are_even(void **state)
{
    (void)state;
    const double bad[][3] = {
        {1, 1, 1}, {1, 2, 1}, {1, 0, 1}, {1, -1, 1}, {(double)NAN, 1, 1}, {1, (double)NAN, 1}, {(double)INFINITY, 1, 1},
        {2, 1, 0}};
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            Timing g = timing((TimingKind)kind);
            g.first = bad[i][0];
            g.last = bad[i][1];
            g.std = bad[i][2];
            assert_true(timing_place(&g, 0.3) == 0.3 && timing_time(&g, 0.3) == 0.3);
            assert_true(isfinite(timing_place_of(&g, 0.5)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_rise_from_end_to_end),
        cmocka_unit_test(times_and_places_belong_together),
        cmocka_unit_test(levels_and_places_belong_together),
        cmocka_unit_test(named_curves_are_what_they_say),
        cmocka_unit_test(the_time_of_a_diffusion_is_its_schedules),
        cmocka_unit_test(steps_pass_the_rungs_of_the_ladder),
        cmocka_unit_test(a_hand_made_curve_goes_through_its_knots),
        cmocka_unit_test(a_hand_made_curve_is_smooth),
        cmocka_unit_test(even_knots_are_the_even_curve),
        cmocka_unit_test(knots_in_disorder_are_put_in_order),
        cmocka_unit_test(outside_the_way_time_goes_on_evenly),
        cmocka_unit_test(ends_that_are_no_way_are_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
