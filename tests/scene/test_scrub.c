/* Back and forth in the run of the particles: what is shown is what was, and what follows is what followed. */
#include "simulating.h"

#include "scene/timeline.h"

enum { PARTICLES = 300 };

typedef struct Kept {
    double sigma, particle_sigma;
    uint64_t steps;
    float x[2 * PARTICLES];
} Kept;

static void keep(Kept *k, const Simulation *s)
{
    k->sigma = s->frame.sigma;
    k->particle_sigma = s->journey.particle_sigma;
    k->steps = s->journey.steps;
    memcpy(k->x, s->frame.x, sizeof k->x);
}

static void assert_kept(const Kept *k, const Simulation *s)
{
    assert_true(k->sigma == s->frame.sigma && k->particle_sigma == s->journey.particle_sigma);
    assert_int_equal(k->steps, s->journey.steps);
    assert_memory_equal(k->x, s->frame.x, sizeof k->x);
}

static void scrubbing_shows_what_was_and_rests(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_LANGEVIN, SAMPLER_DPM2M, SAMPLER_UNDERDAMPED};
    for (size_t k = 0; k < sizeof samplers / sizeof *samplers; k++) {
        Settings set = playing("ncsn", samplers[k], PARTICLES);
        Simulation s;
        static Kept first, middle, last;
        start(&s, &set);
        keep(&first, &s);
        tick(&s, 40);
        keep(&middle, &s);
        tick(&s, 40);
        keep(&last, &s);
        set.value[SET_PLAYING] = 0;
        simulation_apply(&s, &set);
        simulation_scrub(&s, 0.5);
        assert_kept(&middle, &s);
        assert_near(s.frame.place, 0.5, 1e-9);
        tick(&s, 20);
        assert_kept(&middle, &s);
        simulation_scrub(&s, 0);
        assert_kept(&first, &s);
        simulation_scrub(&s, 1);
        assert_kept(&last, &s);
        simulation_free(&s);
    }
}

static void play_goes_on_from_a_past_moment_as_it_once_did(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_DPM2M, SAMPLER_ODE};
    for (size_t k = 0; k < sizeof samplers / sizeof *samplers; k++) {
        Settings set = playing("ncsn", samplers[k], PARTICLES);
        Simulation s;
        static Kept last;
        start(&s, &set);
        tick(&s, 80);
        keep(&last, &s);
        set.value[SET_PLAYING] = 0;
        simulation_apply(&s, &set);
        simulation_scrub(&s, 0.25);
        set.value[SET_PLAYING] = 1;
        simulation_apply(&s, &set);
        tick(&s, 60);
        assert_kept(&last, &s);
        simulation_free(&s);
    }
}

static void single_steps_are_those_of_the_run(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, PARTICLES);
    set.value[SET_STEPS] = 12;
    Simulation whole, single;
    static Kept third;
    start(&whole, &set);
    start(&single, &set);
    simulation_anneal(&whole);
    simulation_anneal(&single);
    simulation_move(&single, single.ladder.sigma[0]);
    for (int i = 0; i < 12; i++) {
        tick(&whole, 1);
        assert_int_equal(simulation_hurries(&whole), i < 11);
        step(&single, 1);
        assert_memory_equal(whole.frame.x, single.frame.x, 2 * PARTICLES * sizeof *whole.frame.x);
        assert_near(single.frame.sigma, whole.ladder.sigma[i + 1], 0);
        if (i == 2)
            keep(&third, &single);
    }
    step(&single, 1);
    assert_int_equal(single.journey.steps, whole.journey.steps);
    step(&single, -9);
    assert_kept(&third, &single);
    step(&single, 9);
    assert_memory_equal(whole.frame.x, single.frame.x, 2 * PARTICLES * sizeof *whole.frame.x);
    step(&single, -100);
    assert_near(single.frame.place, 0, 0);
    simulation_free(&whole);
    simulation_free(&single);
}

/* Whatever else a hand does goes on from the moment that is shown. */
static void hands_end_the_rest(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_LANGEVIN, PARTICLES);
    for (int what = 0; what < 4; what++) {
        Simulation s;
        start(&s, &set);
        tick(&s, 30);
        simulation_scrub(&s, 0.5);
        uint64_t steps = s.journey.steps;
        tick(&s, 30);
        assert_int_equal(s.journey.steps, steps);
        if (what == 0)
            simulation_move(&s, 0.7 * s.frame.sigma);
        if (what == 1)
            simulation_drop(&s, 1, 1, 1, 0);
        if (what == 2)
            simulation_restart(&s);
        if (what == 3)
            simulation_grab(&s);
        tick(&s, 30);
        assert_true(s.journey.steps > steps);
        simulation_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scrubbing_shows_what_was_and_rests),
        cmocka_unit_test(play_goes_on_from_a_past_moment_as_it_once_did),
        cmocka_unit_test(single_steps_are_those_of_the_run),
        cmocka_unit_test(hands_end_the_rest),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
