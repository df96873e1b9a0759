/* The particles: from noise to the target and back, dropped ones among them, and the trails that they leave. */
#include "simulating.h"

static void annealing_ends_at_the_target(void **state)
{
    (void)state;
    static const char *const targets[] = {"gaussian", "ncsn"};
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_ODE};
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 2; k++) {
            Settings set = calm(targets[i], samplers[k], 4000);
            Simulation s;
            start(&s, &set);
            anneal(&s);
            assert_near(s.frame.sigma, simulation_target(&s)->sigma_min, 0);
            assert_near(s.journey.particle_sigma, s.frame.sigma, 0);
            assert_int_equal(s.journey.steps, 200);
            assert_moments(&s, s.frame.sigma, 0.08);
            simulation_free(&s);
        }
    }
}

/* NCSN's own recipe: Langevin steps while the level falls. */
static void annealed_langevin_ends_at_the_target(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_ANNEALED, 2000);
    set.value[SET_STEPS] = 2000;
    Simulation s;
    start(&s, &set);
    anneal(&s);
    assert_moments(&s, s.frame.sigma, 0.12);
    simulation_free(&s);
}

/* A step of many particles goes on in the next tick, shows nothing until it is whole, and is the step that it would be
 * in one piece. */
static void a_long_step_takes_several_ticks(void **state)
{
    (void)state;
    enum { PARTICLES = 4000, STEPS = 3 };
    static const size_t samplers[] = {SAMPLER_ANNEALED, SAMPLER_PC, SAMPLER_DPM2M};
    for (size_t k = 0; k < sizeof samplers / sizeof *samplers; k++) {
        Settings set = calm("gaussian", samplers[k], PARTICLES * (samplers[k] == SAMPLER_DPM2M ? 10 : 1));
        set.value[SET_STEPS] = STEPS;
        set.value[SET_CORRECTIONS] = 10;
        Simulation whole, parts;
        start(&whole, &set);
        start(&parts, &set);
        simulation_anneal(&whole);
        simulation_anneal(&parts);
        uint64_t unseen = 0;
        while (parts.journey.steps < STEPS) {
            float first = parts.frame.x[0];
            uint64_t steps = parts.journey.steps;
            simulation_move(&parts, whole.ladder.sigma[steps + 1]);
            tick(&parts, 1);
            unseen += parts.journey.steps == steps;
            if (parts.journey.steps == steps)
                assert_true(parts.frame.x[0] == first);
        }
        finish(&whole);
        assert_true(unseen >= STEPS);
        assert_memory_equal(parts.frame.x, whole.frame.x, whole.frame.count * 2 * sizeof *whole.frame.x);
        simulation_free(&whole);
        simulation_free(&parts);
    }
}

/* What changes the particles ends the step that is under way: it is begun again with what is there then. */
static void drops_can_be_taken_back(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 100);
    Simulation s;
    start(&s, &set);
    simulation_drop(&s, 1, 2, 5, 0);
    simulation_drop(&s, 3, 4, 2, 0.5);
    assert_true(s.frame.count == 107 && s.frame.x[2 * 105] != s.frame.x[2 * 106]);
    tick(&s, 3);
    simulation_undrop(&s, 2);
    assert_true(s.frame.count == 105 && s.frame.dropped == 5);
    for (size_t i = 0; i < s.frame.trails; i++)
        assert_true(s.frame.trail_of[i] < s.frame.count);
    tick(&s, 3);
    simulation_drop(&s, 7, 7, 1, 0);
    assert_near(s.frame.x[2 * 105], 7, 0);
    simulation_undrop(&s, 1000);
    assert_true(s.frame.count == 100 && s.frame.dropped == 0);
    simulation_undrop(&s, 1);
    assert_int_equal(s.frame.count, 100);
    tick(&s, 3);
    simulation_free(&s);
}

static void a_drop_ends_a_step_that_is_under_way(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_ANNEALED, 9000);
    set.value[SET_CORRECTIONS] = 10;
    set.value[SET_STEPS] = 4;
    Simulation s;
    start(&s, &set);
    simulation_move(&s, 0.5 * s.sigma_max);
    tick(&s, 1);
    assert_non_null(s.stride.sampler);
    simulation_drop(&s, 3, 0, 1, 0);
    assert_null(s.stride.sampler);
    assert_near(s.frame.x[2 * 9000], 3, 0);
    tick(&s, 60);
    assert_null(s.stride.sampler);
    assert_near(s.journey.particle_sigma, s.frame.sigma, 0);
    for (size_t i = 0; i < 2 * s.frame.count; i++)
        assert_true(isfinite(s.frame.x[i]));
    simulation_free(&s);
}

static void playing_ends_at_the_target(void **state)
{
    (void)state;
    Settings set = playing("ncsn", SAMPLER_SDE, 3000);
    Simulation s;
    start(&s, &set);
    tick(&s, 120);
    assert_near(s.journey.particle_sigma, simulation_target(&s)->sigma_min, 0);
    assert_moments(&s, s.frame.sigma, 0.1);
    simulation_free(&s);
}

/* Upwards the SDE is the forward diffusion: the variance at sigma is the target's plus sigma^2. The ODE reaches the
 * same marginals and, without noise, the way back ends where it began. */
static void noise_comes_back(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_ODE};
    for (size_t k = 0; k < 2; k++) {
        Settings set = calm("gaussian", samplers[k], 4000);
        Simulation s;
        start(&s, &set);
        anneal(&s);
        float before = s.frame.x[0];
        simulation_move(&s, 2);
        simulation_tick(&s);
        assert_true(s.journey.particle_sigma < 0.01 * 1.12); /* three rungs: a tick's work is bounded */
        tick_until_arrived(&s);
        assert_moments(&s, 2, 0.07);
        simulation_move(&s, simulation_target(&s)->sigma_min);
        tick_until_arrived(&s);
        assert_moments(&s, s.frame.sigma, 0.08);
        assert_int_equal(fabsf(s.frame.x[0] - before) < 1e-3f, samplers[k] == SAMPLER_ODE);
        simulation_free(&s);
    }
}

static void only_walkers_move_at_rest(void **state)
{
    (void)state;
    static const bool moves[SAMPLER_COUNT] = {
        [SAMPLER_ASCENT] = true, [SAMPLER_LANGEVIN] = true, [SAMPLER_UNDERDAMPED] = true, [SAMPLER_MALA] = true,
        [SAMPLER_HMC] = true,    [SAMPLER_SVGD] = true,     [SAMPLER_ANNEALED] = true};
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        Settings set = calm("gaussian", sampler, 50);
        Simulation s;
        start(&s, &set);
        tick(&s, 600);
        float before = s.frame.x[0];
        uint64_t steps = s.journey.steps;
        tick(&s, (int)(set.value[SET_DURATION] * TICKS_PER_SECOND));
        assert_int_equal(s.frame.x[0] != before, moves[sampler]);
        /* in the time of a journey as many steps as a journey has */
        assert_near((double)(s.journey.steps - steps), moves[sampler] ? set.value[SET_STEPS] : 0, 1);
        if (!moves[sampler])
            assert_memory_equal(s.frame.previous, s.frame.x, 100 * sizeof(float));
        simulation_free(&s);
    }
}

static void particles_start_as_noise_and_travel_to_the_handle(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 4000);
    Simulation s;
    start(&s, &set);
    assert_near(s.frame.sigma, set.value[SET_SIGMA], 0);
    assert_near(s.journey.particle_sigma, 10, 1e-9);
    assert_moments(&s, 10, 0.06);
    tick_until_arrived(&s);
    assert_moments(&s, set.value[SET_SIGMA], 0.06);
    simulation_free(&s);
}

static void restart_is_a_fresh_journey(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 100);
    Simulation s;
    start(&s, &set);
    float first = s.frame.x[0];
    tick_until_arrived(&s);
    simulation_restart(&s);
    assert_near(s.frame.sigma, 10, 1e-9);
    assert_true(s.frame.x[0] != first);
    assert_near(s.frame.previous[0], s.frame.x[0], 0); /* nothing flies across the window */
    set.value[SET_DYNAMICS] = SAMPLER_LANGEVIN;
    simulation_apply(&s, &set);
    simulation_move(&s, 0.7);
    simulation_restart(&s);
    assert_near(s.frame.sigma, 0.7, 0); /* walkers have no way to go */
    simulation_free(&s);
}

static void another_target_starts_a_journey(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 4000);
    Simulation s;
    start(&s, &set);
    tick_until_arrived(&s);
    double place = s.frame.sigma / simulation_target(&s)->sigma_max;
    settings_put(&set, SET_TARGET, (double)target_named("ncsn"));
    simulation_apply(&s, &set);
    const Target *t = simulation_target(&s);
    assert_ptr_equal(t, &catalogue.row[target_named("ncsn")]->target);
    assert_near(s.frame.sigma, place * t->sigma_max, 1e-9);
    assert_moments(&s, t->sigma_max, 0.06);
    set.value[SET_PLAYING] = 1;
    simulation_apply(&s, &set);
    settings_put(&set, SET_TARGET, (double)target_named("gaussian"));
    simulation_apply(&s, &set);
    assert_near(s.frame.sigma, simulation_target(&s)->sigma_max, 0);
    simulation_free(&s);
}

static void a_seed_gives_the_same_journey_whatever_went_before(void **state)
{
    (void)state;
    Settings set = calm("spirals", SAMPLER_SDE, 200);
    set.value[SET_SEED] = 5;
    Simulation fresh, other;
    start(&fresh, &set);
    set.value[SET_SEED] = 4;
    start(&other, &set);
    tick(&other, 17);
    simulation_restart(&other);
    set.value[SET_SEED] = 5;
    simulation_apply(&other, &set);
    simulation_move(&fresh, 0.1);
    simulation_move(&other, 0.1);
    tick(&fresh, 30);
    tick(&other, 30);
    assert_true(same_particles(&fresh, &other));
    simulation_free(&fresh);
    simulation_free(&other);
}

static void counts_change(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 500);
    Simulation s;
    start(&s, &set);
    tick_until_arrived(&s);
    float kept = s.frame.x[2 * 99];
    set.value[SET_PARTICLES] = 100;
    simulation_apply(&s, &set);
    assert_int_equal(s.frame.count, 100);
    assert_near(s.frame.x[2 * 99], kept, 0);
    set.value[SET_PARTICLES] = 2000; /* descenders share one past: all begin again */
    simulation_apply(&s, &set);
    assert_int_equal(s.frame.count, 2000);
    assert_moments(&s, 10, 0.1);
    tick_until_arrived(&s);
    set.value[SET_DYNAMICS] = SAMPLER_LANGEVIN;
    simulation_apply(&s, &set);
    kept = s.frame.x[0];
    set.value[SET_PARTICLES] = 3000; /* walkers join */
    simulation_apply(&s, &set);
    assert_near(s.frame.x[0], kept, 0);
    double sum = 0;
    for (size_t i = 2000; i < 3000; i++)
        sum += pow((double)s.frame.x[2 * i], 2) / 1000;
    assert_near(sum, 101, 20);
    simulation_free(&s);
}

static void dropped_particles_follow_the_field(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_ASCENT, 10);
    Simulation s;
    start(&s, &set);
    simulation_drop(&s, 3, -4, 5, 0);
    assert_int_equal(s.frame.count, 15);
    assert_int_equal(s.frame.dropped, 5);
    assert_near(s.frame.x[2 * 14], 3, 0);
    assert_near(s.frame.previous[2 * 14 + 1], -4, 0);
    assert_int_equal(s.frame.trails, 15);
    tick(&s, 1000);
    assert_true(fabsf(s.frame.x[2 * 14 + 1]) < 1);
    simulation_restart(&s);
    assert_int_equal(s.frame.dropped, 0);
    assert_int_equal(s.frame.count, 10);
    simulation_free(&s);
}

/* More than there is room for: the oldest go, everywhere. */
static void the_most_particles_there_can_be(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_LANGEVIN, PARTICLES_MAX);
    Simulation s;
    start(&s, &set);
    simulation_drop(&s, 1, 2, DROPPED_MAX, 0);
    simulation_drop(&s, 5, 6, 3, 0);
    assert_int_equal(s.frame.count, PARTICLES_MAX + DROPPED_MAX);
    assert_near(s.frame.x[2 * PARTICLES_MAX], 5, 0);
    assert_near(s.frame.x[2 * (PARTICLES_MAX + 3)], 1, 0);
    assert_int_equal(s.frame.trails, TRAIL_PARTICLES);
    simulation_drop(&s, 7, 8, 2 * DROPPED_MAX, 0);
    assert_int_equal(s.frame.dropped, DROPPED_MAX);
    for (size_t i = 0; i < s.frame.trails; i++)
        assert_true(s.frame.trail_of[i] >= PARTICLES_MAX && s.frame.trail_of[i] < s.frame.count);
    SimulationState kept = {0};
    assert_true(simulation_capture(&s, &kept));
    tick(&s, 4);
    simulation_resume(&s, &kept, &set);
    simulation_state_free(&kept);
    assert_near(s.frame.x[2 * PARTICLES_MAX], 7, 0);
    simulation_free(&s);
}

static void trails_are_where_particles_were(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 30);
    Simulation s;
    float before[2];
    start(&s, &set);
    tick(&s, 5);
    assert_int_equal(s.frame.trail_length, 5);
    memcpy(before, s.frame.x + 2 * 20, sizeof before);
    tick(&s, 1);
    assert_memory_equal(s.frame.previous + 2 * 20, before, sizeof before);
    assert_memory_equal(trail_point(&s.frame, 1, 20), before, sizeof before);
    assert_memory_equal(trail_point(&s.frame, 0, 20), s.frame.x + 2 * 20, sizeof before);
    tick(&s, TRAIL_LENGTH);
    assert_int_equal(s.frame.trail_length, TRAIL_LENGTH);
    simulation_restart(&s);
    assert_true(isnan(trail_point(&s.frame, 0, 20)[0])); /* no line from the old place to the new one */
    assert_true(isfinite(trail_point(&s.frame, 1, 20)[0]));
    simulation_free(&s);
}

static void a_dropped_particle_takes_over_a_clean_trail(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, TRAIL_PARTICLES + 100);
    Simulation s;
    start(&s, &set);
    tick(&s, 4);
    simulation_drop(&s, 0.5, 0.5, 2, 0);
    assert_int_equal(s.frame.trails, TRAIL_PARTICLES);
    size_t slot = 0;
    while (slot < s.frame.trails && s.frame.trail_of[slot] != TRAIL_PARTICLES + 101)
        slot++;
    assert_true(slot < s.frame.trails);
    assert_true(isnan(trail_point(&s.frame, 0, slot)[0]) && isnan(trail_point(&s.frame, 3, slot)[1]));
    tick(&s, 1);
    assert_memory_equal(trail_point(&s.frame, 0, slot), s.frame.x + 2 * (TRAIL_PARTICLES + 101), 2 * sizeof(float));
    simulation_free(&s);
}

/* More particles later: slots that nobody had show nothing from before. */
static void new_slots_of_trails_are_clean(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 10);
    Simulation s;
    start(&s, &set);
    tick(&s, 6);
    set.value[SET_PARTICLES] = 40;
    simulation_apply(&s, &set);
    assert_int_equal(s.frame.trails, 40);
    for (size_t column = 0; column < s.frame.trail_length; column++)
        assert_true(isnan(trail_point(&s.frame, column, 33)[0]));
    simulation_free(&s);
}

static double farthest(const Simulation *s)
{
    const Frame *frame = &simulation_target(s)->frame;
    double most = 0;
    for (size_t i = 0; i < 2 * s->frame.count; i++)
        most = fmax(most, isfinite(s->frame.x[i]) ? fabs((double)s->frame.x[i] - frame->mean[i % 2]) : HUGE_VAL);
    return most / frame->std;
}

/* Far out, learned less exact pushes away from the data; weights that are no numbers move nobody. */
static void particles_stay_finite(void **state)
{
    (void)state;
    Settings set = calm("8gaussians", SAMPLER_LANGEVIN, 50);
    set.value[SET_FIELD] = FIELD_DIFFERENCE;
    Simulation s;
    start(&s, &set);
    tick(&s, 1500);
    assert_near(farthest(&s), 1e6, 1);
    set.value[SET_FIELD] = FIELD_LEARNED;
    simulation_apply(&s, &set);
    simulation_restart(&s);
    for (size_t i = 0; i < s.weights.net.count; i++)
        s.weights.net.parameter[i] = NAN;
    tick(&s, 60);
    assert_true(farthest(&s) < 100);
    simulation_free(&s);
}

/* Drops, another number of walkers, drops: every trail is that of a particle that is there. */
static void drops_after_a_change_of_count_leave_no_trail_without_a_particle(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_LANGEVIN, 100);
    Simulation s;
    start(&s, &set);
    simulation_drop(&s, 1, 1, 12, 0);
    tick(&s, 2);
    set.value[SET_PARTICLES] = 150;
    simulation_apply(&s, &set);
    simulation_drop(&s, 2, 2, 3, 0);
    tick(&s, 2);
    assert_int_equal(s.frame.count, 153);
    assert_int_equal(s.frame.trails, 153);
    for (size_t i = 0; i < s.frame.trails; i++)
        assert_int_equal(s.frame.trail_of[i], i);
    simulation_free(&s);
}

/* Trails and all: a scene of a lesson that begins shows nothing of the one before. */
static void what_begins_anew_is_as_it_was_made(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, 100);
    Simulation s, fresh;
    start(&s, &set);
    start(&fresh, &set);
    tick(&s, 40);
    assert_true(s.frame.trail_length > 0);
    simulation_begin(&s, set.value[SET_SIGMA]);
    assert_int_equal(s.frame.trail_length, 0);
    assert_memory_equal(s.frame.x, fresh.frame.x, 200 * sizeof *s.frame.x);
    simulation_free(&s);
    simulation_free(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_begins_anew_is_as_it_was_made),
        cmocka_unit_test(annealing_ends_at_the_target),
        cmocka_unit_test(annealed_langevin_ends_at_the_target),
        cmocka_unit_test(a_long_step_takes_several_ticks),
        cmocka_unit_test(drops_can_be_taken_back),
        cmocka_unit_test(a_drop_ends_a_step_that_is_under_way),
        cmocka_unit_test(playing_ends_at_the_target),
        cmocka_unit_test(noise_comes_back),
        cmocka_unit_test(only_walkers_move_at_rest),
        cmocka_unit_test(particles_start_as_noise_and_travel_to_the_handle),
        cmocka_unit_test(restart_is_a_fresh_journey),
        cmocka_unit_test(another_target_starts_a_journey),
        cmocka_unit_test(a_seed_gives_the_same_journey_whatever_went_before),
        cmocka_unit_test(counts_change),
        cmocka_unit_test(dropped_particles_follow_the_field),
        cmocka_unit_test(the_most_particles_there_can_be),
        cmocka_unit_test(particles_stay_finite),
        cmocka_unit_test(trails_are_where_particles_were),
        cmocka_unit_test(a_dropped_particle_takes_over_a_clean_trail),
        cmocka_unit_test(new_slots_of_trails_are_clean),
        cmocka_unit_test(drops_after_a_change_of_count_leave_no_trail_without_a_particle),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
