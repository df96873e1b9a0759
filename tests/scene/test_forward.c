/* The way from data to noise and back, its ladder of levels, its starts, and its last step. */
#include "simulating.h"

#include "core/start.h"

enum { WAY = 120, REST = 90 }; /* ticks: one way of the settings `playing` gives, and the look at its end */

static Settings forth(const char *target, int particles)
{
    Settings set = playing(target, SAMPLER_SDE, particles);
    set.value[SET_FORWARD] = 1;
    return set;
}

static void data_diffuse_to_noise_and_come_back(void **state)
{
    (void)state;
    Settings set = forth("ncsn", 3000);
    set.value[SET_LOOP] = 0;
    Simulation s;
    start(&s, &set);
    assert_true(s.frame.sigma == s.sigma_min && s.journey.particle_sigma == s.sigma_min);
    assert_moments(&s, s.frame.sigma, 0.1);
    tick(&s, WAY / 2);
    assert_near(s.frame.sigma, sqrt(s.sigma_min * s.sigma_max), 1e-6);
    assert_moments(&s, s.frame.sigma, 0.1);
    tick(&s, WAY / 2 + 1);
    assert_true(s.frame.sigma == s.sigma_max);
    assert_moments(&s, s.frame.sigma, 0.1);
    tick(&s, REST + WAY);
    assert_true(s.frame.sigma == s.sigma_min && s.frame.playing);
    assert_moments(&s, s.frame.sigma, 0.1);
    tick(&s, REST + 2);
    assert_false(s.frame.playing);
    simulation_free(&s);
}

static void a_loop_goes_on_with_the_same_particles(void **state)
{
    (void)state;
    Settings set = forth("gaussian", 100);
    Simulation s;
    start(&s, &set);
    uint64_t starts = s.journey.starts;
    tick(&s, 2 * (WAY + REST) + 1);
    for (int i = 0; i < WAY / 2; i++) {
        tick(&s, 1);
        for (size_t k = 0; k < 200; k++) /* nothing jumps */
            assert_true(fabsf(s.frame.x[k] - s.frame.previous[k]) < 6 * (float)s.frame.sigma);
    }
    assert_int_equal(s.journey.starts, starts);
    assert_true(s.frame.sigma > 2 * s.sigma_min && s.journey.rising);
    set.value[SET_FORWARD] = 0; /* a wish on the way: it comes down from where it is */
    double here = s.frame.sigma;
    simulation_apply(&s, &set);
    tick(&s, 5);
    assert_true(s.frame.sigma < here);
    simulation_free(&s);
}

static void play_goes_at_the_pace_of_the_schedule(void **state)
{
    (void)state;
    for (size_t which = 0; which < SCHEDULE_COUNT; which++) {
        Settings set = playing("gaussian", SAMPLER_ODE, 10);
        set.value[SET_SCHEDULE] = (double)which;
        Simulation s;
        start(&s, &set);
        tick(&s, WAY / 2);
        double middle = s.ladder.sigma[s.ladder.steps / 2];
        assert_near(s.frame.sigma / middle, 1, 1e-6);
        tick(&s, WAY / 2 + 1);
        assert_true(s.frame.sigma == s.sigma_min);
        simulation_free(&s);
    }
}

static void a_ladder_of_ones_own_begins_and_ends_the_way(void **state)
{
    (void)state;
    Settings set = calm("ncsn", SAMPLER_SDE, 2000);
    set.value[SET_FIRST] = 80;
    set.value[SET_LAST] = 2;
    Simulation s;
    start(&s, &set);
    assert_true(s.sigma_max == 80 && s.sigma_min < 0.05); /* the handle reaches it */
    anneal(&s);
    assert_true(s.frame.sigma == 2 && s.journey.particle_sigma == 2);
    assert_int_equal(s.journey.steps, set.value[SET_STEPS]);
    assert_moments(&s, 2, 0.1);
    set.value[SET_FIRST] = 0;
    simulation_apply(&s, &set);
    assert_true(s.sigma_max < 42);
    simulation_free(&s);
}

static void journeys_begin_where_the_start_says(void **state)
{
    (void)state;
    Settings set = calm("ncsn", SAMPLER_LANGEVIN, 4000);
    set.value[SET_START] = START_UNIFORM;
    set.value[SET_REACH] = 6;
    Simulation s;
    start(&s, &set);
    double square = 0;
    for (size_t i = 0; i < 8000; i++) {
        square += (double)s.frame.x[i] * (double)s.frame.x[i] / 8000;
        assert_true(fabsf(s.frame.x[i]) <= 6);
    }
    assert_near(square, 12, 0.5);
    set.value[SET_PARTICLES] = 5000; /* more of the same */
    simulation_apply(&s, &set);
    assert_int_equal(s.frame.count, 5000);
    assert_true(fabsf(s.frame.x[9999]) <= 6);
    simulation_free(&s);
}

/* Around a mode of variance v, the denoiser's samples have v^2 / (v + sigma^2), those with noise v + sigma^2. */
static void the_last_step_takes_the_last_noise(void **state)
{
    (void)state;
    for (int denoised = 0; denoised < 2; denoised++) {
        Settings set = calm("ring8", SAMPLER_ODE, 4000);
        set.value[SET_DENOISE] = denoised;
        Simulation s;
        start(&s, &set);
        anneal(&s);
        double v = 1e-4, noise = s.sigma_min * s.sigma_min, square = 0;
        for (size_t i = 0; i < s.frame.count; i++) {
            double x = (double)s.frame.x[2 * i], y = (double)s.frame.x[2 * i + 1];
            double angle = round(atan2(y, x) / M_PI_4) * M_PI_4, dx = x - cos(angle), dy = y - sin(angle);
            square += (dx * dx + dy * dy) / (2 * (double)s.frame.count);
        }
        double expected = denoised ? v * v / (v + noise) : v + noise;
        assert_near(square / expected, 1, 0.08);
        float before = s.frame.x[0];
        tick(&s, 3); /* once */
        assert_true(s.frame.x[0] == before);
        simulation_free(&s);
    }
}

static void play_takes_the_steps_that_are_set_and_ends_where_annealing_does(void **state)
{
    (void)state;
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        if (!sampler_info(sampler)->descends)
            continue;
        Settings set = playing("gaussian", sampler, 50);
        set.value[SET_STEPS] = 5;
        set.value[SET_LOOP] = 0;
        Simulation played, annealed;
        start(&played, &set);
        set.value[SET_PLAYING] = 0;
        start(&annealed, &set);
        simulation_restart(&played); /* annealing begins anew, too */
        tick(&played, WAY + 1);
        anneal(&annealed);
        assert_int_equal(played.journey.steps, 5);
        assert_true(played.frame.sigma == annealed.frame.sigma);
        assert_memory_equal(played.frame.x, annealed.frame.x, 100 * sizeof(float));
        simulation_free(&played);
        simulation_free(&annealed);
    }
}

/* Five long steps in two seconds: between them the display goes straight on, the same way in every tick. */
static void the_display_fills_the_time_of_a_long_step(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_ODE, 1);
    set.value[SET_STEPS] = 5;
    Simulation s;
    start(&s, &set);
    while (s.journey.steps < 2)
        tick(&s, 1);
    float from = s.frame.previous[0], to = s.frame.x[0];
    int way = WAY / 5;
    assert_true(from != to);
    for (int i = 1; i < way; i++) {
        tick(&s, 1);
        assert_near((double)((s.frame.previous[0] - from) / (to - from)), (double)i / way, 1e-3);
    }
    tick(&s, 1);
    assert_int_equal(s.journey.steps, 3);
    assert_near((double)s.frame.previous[0], (double)to, 1e-4);
    simulation_free(&s);
}

static void beyond_the_ladder_steps_are_as_short_as_on_it(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_ODE, 2000);
    set.value[SET_FIRST] = 0.1;
    set.value[SET_SIGMA] = 0.1;
    Simulation s;
    start(&s, &set);
    simulation_move(&s, 10);
    tick(&s, 600);
    double square = 0;
    for (size_t i = 0; i < 4000; i++)
        square += (double)s.frame.x[i] * (double)s.frame.x[i] / 4000;
    assert_true(s.journey.particle_sigma == 10 && s.journey.steps > 300);
    assert_near(square / 101, 1, 0.1);
    simulation_free(&s);
}

static void denoised_points_are_not_denoised_again(void **state)
{
    (void)state;
    Settings set = calm("ring8", SAMPLER_ODE, 500);
    set.value[SET_DENOISE] = 1;
    Simulation s;
    start(&s, &set);
    anneal(&s);
    float before[1000];
    memcpy(before, s.frame.x, sizeof before);
    for (int i = 0; i < 20; i++) { /* a hand that rests at the end */
        simulation_move(&s, s.sigma_min);
        tick(&s, 1);
    }
    assert_memory_equal(s.frame.x, before, sizeof before);
    simulation_free(&s);
}

static void what_comes_back_stays_within_the_range(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 10);
    set.value[SET_FIRST] = 1000;
    set.value[SET_SIGMA] = 800;
    Simulation s;
    start(&s, &set);
    assert_true(s.frame.sigma == 800);
    SimulationState kept = {0};
    assert_true(simulation_capture(&s, &kept));
    set.value[SET_FIRST] = 0;
    simulation_apply(&s, &set);
    simulation_resume(&s, &kept, &set);
    simulation_apply(&s, &set);
    simulation_state_free(&kept);
    assert_true(s.frame.sigma == s.sigma_max && s.sigma_max < 11);
    simulation_free(&s);
}

static void annealing_can_be_left_between_its_steps(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 100);
    Simulation s, whole;
    start(&s, &set);
    start(&whole, &set);
    simulation_anneal(&s);
    for (int i = 0; i < 200; i++) {
        assert_true(simulation_hurries(&s));
        tick(&s, 1);
    }
    assert_false(simulation_hurries(&s));
    anneal(&whole);
    assert_true(same_particles(&s, &whole));
    simulation_free(&s);
    simulation_free(&whole);
}

static void evaluations_and_acceptance_are_counted(void **state)
{
    (void)state;
    static const struct {
        size_t sampler;
        double evaluations; /* a step */
        bool proposes;
    } rows[] = {{SAMPLER_SDE, 1, false}, {SAMPLER_ODE, 2, false}, {SAMPLER_DPM2M, 1, false}, {SAMPLER_MALA, 0, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Settings set = calm("gaussian", rows[i].sampler, 500);
        set.value[SET_STEP_SIZE] = 1;
        Simulation s;
        start(&s, &set);
        anneal(&s);
        if (rows[i].evaluations > 0)
            assert_near(s.frame.evaluations, rows[i].evaluations * set.value[SET_STEPS], 1e-9);
        assert_true(rows[i].proposes ? s.frame.accepted > 0.5 && s.frame.accepted <= 1 : isnan(s.frame.accepted));
        anneal(&s); /* counted anew */
        if (rows[i].evaluations > 0)
            assert_near(s.frame.evaluations, rows[i].evaluations * set.value[SET_STEPS], 1e-9);
        simulation_free(&s);
    }
    double loose = 0;
    for (int tight = 0; tight < 2; tight++) { /* Runge-Kutta takes what the tolerance needs */
        Settings set = calm("gaussian", SAMPLER_RK45, 100);
        set.value[SET_TOLERANCE] = tight ? 1e-6 : 1e-2;
        set.value[SET_STEPS] = 2;
        Simulation s;
        start(&s, &set);
        anneal(&s);
        assert_true(s.frame.evaluations > (tight ? 1.5 * loose : 10));
        loose = s.frame.evaluations;
        simulation_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_diffuse_to_noise_and_come_back),
        cmocka_unit_test(a_loop_goes_on_with_the_same_particles),
        cmocka_unit_test(play_goes_at_the_pace_of_the_schedule),
        cmocka_unit_test(a_ladder_of_ones_own_begins_and_ends_the_way),
        cmocka_unit_test(journeys_begin_where_the_start_says),
        cmocka_unit_test(the_last_step_takes_the_last_noise),
        cmocka_unit_test(play_takes_the_steps_that_are_set_and_ends_where_annealing_does),
        cmocka_unit_test(the_display_fills_the_time_of_a_long_step),
        cmocka_unit_test(beyond_the_ladder_steps_are_as_short_as_on_it),
        cmocka_unit_test(denoised_points_are_not_denoised_again),
        cmocka_unit_test(what_comes_back_stays_within_the_range),
        cmocka_unit_test(annealing_can_be_left_between_its_steps),
        cmocka_unit_test(evaluations_and_acceptance_are_counted),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
