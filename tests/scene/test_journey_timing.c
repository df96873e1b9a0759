/* Play along a timing curve: where the handle is at a time, in both directions, and that the steps stay the same. */
#include "scene/timing.h"
#include "simulating.h"

enum { TICKS = 120 }; /* of the way from noise to data */

static Settings timed(TimingKind kind, int particles, int steps)
{
    Settings set = playing("gaussian", SAMPLER_SDE, particles);
    set.value[SET_TIMING] = kind;
    set.value[SET_TIMING_2] = 0.7;
    set.value[SET_STEPS] = steps;
    return set;
}

static double level_at(const Simulation *s, double time)
{
    const Target *t = simulation_target(s);
    Timing g = timing_of(&s->settings, t->sigma_max, t->sigma_min, t->frame.std);
    return timing_sigma(&g, timing_place(&g, time));
}

static void the_handle_follows_the_curve(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        Settings set = timed((TimingKind)kind, 1, 50);
        Simulation s;
        start(&s, &set);
        for (int i = 1; i <= TICKS; i++) {
            tick(&s, 1);
            assert_near(log(s.frame.sigma / level_at(&s, (double)i / TICKS)), 0, 1e-5);
        }
        assert_true(s.frame.sigma == simulation_target(&s)->sigma_min);
        simulation_free(&s);
    }
}

/* On every ladder. */
static void even_steps_go_from_rung_to_rung(void **state)
{
    (void)state;
    for (size_t which = 0; which < SCHEDULE_COUNT; which++) {
        Settings set = timed(TIMING_STEPS, 1, TICKS);
        set.value[SET_SCHEDULE] = (double)which;
        Simulation s;
        start(&s, &set);
        for (int i = 1; i <= TICKS; i++) {
            tick(&s, 1);
            assert_near(log(s.frame.sigma / s.ladder.sigma[i]), 0, 1e-12);
            assert_int_equal(s.journey.steps, i);
        }
        simulation_free(&s);
    }
}

/* Only when a step is done belongs to the curve: its levels and its kicks don't. */
static void particles_end_at_the_same_places(void **state)
{
    (void)state;
    Simulation even;
    Settings set = timed(TIMING_STEPS, 300, 70);
    start(&even, &set);
    tick(&even, TICKS + 10);
    for (size_t kind = 1; kind < TIMING_COUNT; kind++) {
        Simulation s;
        set = timed((TimingKind)kind, 300, 70);
        start(&s, &set);
        tick(&s, TICKS + 10);
        assert_int_equal(s.journey.steps, 70);
        assert_memory_equal(s.frame.x, even.frame.x, 600 * sizeof *s.frame.x);
        simulation_free(&s);
    }
    simulation_free(&even);
}

static void the_way_back_is_the_same_film_backwards(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        Settings set = timed((TimingKind)kind, 1, 50);
        set.value[SET_FORWARD] = 1;
        Simulation s;
        start(&s, &set);
        simulation_restart(&s);
        assert_true(s.journey.rising && s.frame.sigma == simulation_target(&s)->sigma_min);
        for (int i = 1; i <= TICKS; i++) {
            tick(&s, 1);
            assert_near(log(s.frame.sigma / level_at(&s, 1 - (double)i / TICKS)), 0, 1e-5);
        }
        simulation_free(&s);
    }
}

static void play_goes_on_from_where_a_hand_put_the_handle(void **state)
{
    (void)state;
    Settings set = timed(TIMING_SLOW_START, 1, 50);
    Simulation s;
    start(&s, &set);
    tick(&s, 30);
    simulation_grab(&s);
    simulation_move(&s, level_at(&s, 0.7));
    tick(&s, 20);
    assert_near(s.frame.sigma, level_at(&s, 0.7), 0);
    simulation_release(&s);
    tick(&s, 12);
    assert_near(log(s.frame.sigma / level_at(&s, 0.8)), 0, 1e-9);
    simulation_free(&s);
}

/* Beyond the first level, where a handle can be put, it comes back evenly. */
static void from_beyond_the_way_play_comes_back_to_it(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < TIMING_COUNT; kind++) {
        Settings set = timed((TimingKind)kind, 1, 50);
        settings_put(&set, SET_FIRST, 1);
        Simulation s;
        start(&s, &set);
        simulation_move(&s, 8);
        for (int i = 0; i < 300 && s.frame.sigma > s.sigma_min; i++) {
            double before = s.frame.sigma;
            tick(&s, 1);
            assert_true(s.frame.sigma < before);
        }
        assert_true(s.frame.sigma == s.sigma_min);
        simulation_free(&s);
    }
}

/* A step is shown over as many ticks as pass until the next. */
static void a_step_is_shown_until_the_next(void **state)
{
    (void)state;
    Settings set = timed(TIMING_SLOW_START, 1, 6);
    Simulation s;
    start(&s, &set);
    int since = 0, seen = 0;
    double expected = 0;
    for (int i = 0; i < TICKS; i++) {
        uint64_t steps = s.journey.steps;
        tick(&s, 1);
        since++;
        if (s.journey.steps == steps)
            continue;
        if (expected > 0)
            assert_near(since, expected, 1.01);
        expected = 1 / s.frame.share;
        since = 0;
        seen++;
    }
    assert_int_equal(seen, 6);
    simulation_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_handle_follows_the_curve),
        cmocka_unit_test(even_steps_go_from_rung_to_rung),
        cmocka_unit_test(particles_end_at_the_same_places),
        cmocka_unit_test(the_way_back_is_the_same_film_backwards),
        cmocka_unit_test(play_goes_on_from_where_a_hand_put_the_handle),
        cmocka_unit_test(from_beyond_the_way_play_comes_back_to_it),
        cmocka_unit_test(a_step_is_shown_until_the_next),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
