/* The simulation: one handle for play and hand, and numbers that depend on nothing but settings and ticks. */
#include "simulating.h"

static void play_moves_the_handle_at_constant_speed(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 100);
    set.value[SET_SPEED] = 2;
    set.value[SET_DURATION] = 4; /* two seconds: 120 ticks */
    Simulation s;
    start(&s, &set);
    const Target *t = simulation_target(&s);
    assert_near(s.frame.sigma, t->sigma_max, 0);
    tick(&s, 30);
    assert_near(log(t->sigma_max / s.frame.sigma) / log(t->sigma_max / t->sigma_min), 0.25, 1e-9);
    tick(&s, 89);
    assert_true(s.frame.sigma > t->sigma_min);
    tick(&s, 1);
    assert_near(s.frame.sigma, t->sigma_min, 0);
    simulation_free(&s);
}

static void a_loop_starts_again_after_a_look(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 100);
    Simulation s;
    start(&s, &set);
    tick(&s, 120 + 89);
    assert_near(s.frame.sigma, simulation_target(&s)->sigma_min, 0);
    float then = s.frame.x[0];
    tick(&s, 2); /* 1.5 seconds, and the one tick that rounding may cost */
    assert_true(s.frame.sigma > 0.9 * simulation_target(&s)->sigma_max);
    assert_int_equal(s.journey.starts, 2);
    assert_true(s.frame.playing && s.frame.x[0] != then);
    tick(&s, 60);
    assert_near(s.journey.particle_sigma, s.frame.sigma, 1e-9);
    simulation_free(&s);
}

static void without_a_loop_play_ends(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_ODE, 100);
    set.value[SET_LOOP] = 0;
    Simulation s;
    start(&s, &set);
    tick(&s, 120 + 89);
    assert_true(s.frame.playing);
    tick(&s, 200);
    assert_false(s.frame.playing);
    assert_near(s.frame.sigma, simulation_target(&s)->sigma_min, 0);
    assert_int_equal(s.journey.starts, 1);
    set.value[SET_SPEED] = 2; /* sent by somebody who had not yet seen the end */
    simulation_apply(&s, &set);
    assert_false(s.frame.playing);
    assert_int_equal(s.journey.starts, 1);
    set.value[SET_PLAYING] = 0;
    simulation_apply(&s, &set);
    set.value[SET_PLAYING] = 1; /* at the end: from the start */
    simulation_apply(&s, &set);
    assert_near(s.frame.sigma, simulation_target(&s)->sigma_max, 0);
    assert_int_equal(s.journey.starts, 2);
    simulation_free(&s);
}

static void a_hand_holds_and_moves_what_plays(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 100);
    Simulation s;
    start(&s, &set);
    tick(&s, 40);
    simulation_grab(&s);
    double sigma = s.frame.sigma;
    tick(&s, 10);
    assert_near(s.frame.sigma, sigma, 0);
    simulation_move(&s, 3);
    assert_near(s.frame.sigma, 3, 0);
    tick_until_arrived(&s);
    assert_near(s.frame.sigma, 3, 0);
    assert_true(s.frame.playing);
    simulation_release(&s);
    tick(&s, 12); /* a tenth of the range */
    double range = log(1000);
    assert_near(log(3 / s.frame.sigma), 0.1 * range, 1e-9);
    simulation_free(&s);
}

static void settings_that_come_late_leave_the_handle(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 100);
    Simulation s;
    start(&s, &set);
    tick(&s, 40);
    double sigma = s.frame.sigma;
    set.value[SET_SIGMA] = 2 * sigma; /* where it was some ticks ago */
    set.value[SET_PLAYING] = 0;
    simulation_apply(&s, &set);
    assert_near(s.frame.sigma, sigma, 0);
    simulation_move(&s, 1e9);
    assert_near(s.frame.sigma, simulation_target(&s)->sigma_max, 0);
    simulation_free(&s);
}

/* With more work than a tick may do, play slows down instead of leaving its particles behind. */
static void play_waits_for_its_particles(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 12000);
    set.value[SET_STEPS] = 1000;
    Simulation s;
    start(&s, &set);
    tick(&s, 20);
    assert_near(log(10 / s.journey.particle_sigma), 20 * log(1000) / 1000, 1e-9);
    assert_near(log(10 / s.frame.sigma), 20.5 * log(1000) / 1000, 0.5 * log(1000) / 1000); /* at most a rung ahead */
    assert_int_equal(s.journey.steps, 20);
    simulation_free(&s);
}

#ifdef SCOREFIELD_SANITIZED
enum { FEW = 20, PIECES = 5 };
#else
enum { FEW = 300, PIECES = 500 };
#endif

static void ticks_depend_on_nothing_but_ticks(void **state)
{
    (void)state;
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        Settings set = playing("spirals", sampler, FEW);
        set.value[SET_FIELD] = sampler_info(sampler)->exact ? FIELD_EXACT : FIELD_LEARNED;
        Simulation a, b;
        start(&a, &set);
        start(&b, &set);
        tick(&a, 60);
        tick(&b, 30);
        for (int i = 0; i < PIECES; i++)
            simulation_refresh(&b);
        simulation_view(&b, (Rect){-1, -1, 0.5, 0.5});
        simulation_refresh(&b);
        simulation_apply(&b, &set);
        tick(&b, 30);
        assert_true(same_particles(&a, &b));
        simulation_free(&a);
        simulation_free(&b);
    }
}

/* Across another target, seed and number of particles, back and forth. */
static void what_was_captured_comes_back(void **state)
{
    (void)state;
    Settings set = playing("spirals", SAMPLER_SDE, 300), other = set;
    other.value[SET_TARGET] = (double)target_named("ncsn");
    other.value[SET_SEED] = 9;
    other.value[SET_PARTICLES] = 700;
    Simulation s, straight;
    SimulationState kept = {0}, later = {0}, none = {0};
    start(&s, &set);
    start(&straight, &set);
    tick(&s, 25);
    tick(&straight, 25);
    assert_true(simulation_capture(&s, &kept));
    simulation_apply(&s, &other);
    simulation_drop(&s, 1, 1, 4, 0);
    tick(&s, 10);
    assert_true(simulation_capture(&s, &later));
    simulation_resume(&s, &kept, &set);
    simulation_apply(&s, &set); /* finds nothing to change */
    assert_int_equal(s.frame.target, target_named("spirals"));
    assert_near(s.field.sigma_max, simulation_target(&s)->sigma_max, 0);
    assert_true(same_particles(&s, &straight));
    assert_memory_equal(s.frame.trail, straight.frame.trail, 600 * sizeof(float));
    assert_int_equal(s.frame.tick, 35); /* time goes on */
    simulation_resume(&s, &later, &other);
    simulation_apply(&s, &other);
    assert_int_equal(s.frame.target, target_named("ncsn"));
    assert_int_equal(s.frame.dropped, 4);
    simulation_resume(&s, &kept, &set);
    simulation_apply(&s, &set);
    tick(&s, 20);
    tick(&straight, 20);
    assert_true(same_particles(&s, &straight));
    simulation_resume(&s, &none, &other);
    assert_true(same_particles(&s, &straight));
    simulation_state_free(&kept);
    simulation_state_free(&later);
    simulation_free(&s);
    simulation_free(&straight);
}

/* What a sampler remembers, and a step that takes several ticks, come back in the middle of it. */
static void every_sampler_goes_on_from_the_middle(void **state)
{
    (void)state;
    for (size_t which = 0; which < SAMPLER_COUNT; which++) {
        Settings set = playing("8gaussians", (SamplerId)which, 1100);
        set.value[SET_FIELD] = FIELD_EXACT;
        set.value[SET_TOLERANCE] = 1e-6;
        Simulation s, straight;
        SimulationState kept = {0};
        start(&s, &set);
        start(&straight, &set);
        tick(&s, 31);
        tick(&straight, 31);
        assert_true(simulation_capture(&s, &kept));
        simulation_restart(&s);
        tick(&s, 9);
        simulation_resume(&s, &kept, &set);
        simulation_apply(&s, &set);
        tick(&s, 25);
        tick(&straight, 25);
        assert_true(same_particles(&s, &straight));
        assert_near(s.frame.sigma, straight.frame.sigma, 0);
        assert_near(s.journey.held_s, straight.journey.held_s, 0);
        simulation_state_free(&kept);
        simulation_free(&s);
        simulation_free(&straight);
    }
}

static void frames_are_copied_whole(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 50);
    Simulation s;
    SimFrame copy;
    start(&s, &set);
    simulation_drop(&s, 1, 2, 3, 0);
    tick(&s, 7);
    assert_true(simframe_init(&copy));
    simframe_copy(&copy, &s.frame);
    assert_ptr_not_equal(copy.x, s.frame.x);
    assert_true(copy.tick == 7 && copy.count == 53 && copy.sigma == s.frame.sigma && copy.trails == s.frame.trails);
    assert_memory_equal(copy.x, s.frame.x, 106 * sizeof(float));
    assert_memory_equal(copy.previous, s.frame.previous, 106 * sizeof(float));
    assert_memory_equal(trail_point(&copy, 6, 0), trail_point(&s.frame, 6, 0), 100 * sizeof(float));
    simframe_free(&copy);
    simulation_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(play_moves_the_handle_at_constant_speed),
        cmocka_unit_test(a_loop_starts_again_after_a_look),
        cmocka_unit_test(without_a_loop_play_ends),
        cmocka_unit_test(a_hand_holds_and_moves_what_plays),
        cmocka_unit_test(settings_that_come_late_leave_the_handle),
        cmocka_unit_test(play_waits_for_its_particles),
        cmocka_unit_test(ticks_depend_on_nothing_but_ticks),
        cmocka_unit_test(what_was_captured_comes_back),
        cmocka_unit_test(every_sampler_goes_on_from_the_middle),
        cmocka_unit_test(frames_are_copied_whole),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
