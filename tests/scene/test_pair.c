/* Two samplers in lock-step: one handle, one start, the same draws. */
#include "scene/pair.h"

#include "simulating.h"

#include <math.h>

static Settings two(size_t first, size_t second)
{
    Settings s = playing("8gaussians", first, 300);
    settings_put(&s, SET_SECOND, SECOND_OVER);
    s.value[SET_OTHER_DYNAMICS] = (double)second;
    return s;
}

static void begin_pair(Pair *p, const Settings *s)
{
    assert_true(pair_init(p, &catalogue, s));
    assert_non_null(p->second);
}

/* The same sampler twice is one sampler: the draws are the same. */
static void the_same_sampler_goes_the_same_way(void **state)
{
    (void)state;
    Pair p;
    Settings s = two(SAMPLER_SDE, SAMPLER_SDE);
    begin_pair(&p, &s);
    for (int i = 0; i < 400; i++)
        pair_tick(&p);
    assert_true(p.first.journey.steps > 20);
    assert_true(same_particles(&p.first, p.second));
    pair_free(&p);
}

static void both_begin_at_one_start_and_end_at_the_data(void **state)
{
    (void)state;
    Pair p;
    Settings s = two(SAMPLER_SDE, SAMPLER_ODE);
    s.value[SET_LOOP] = 0;
    begin_pair(&p, &s);
    assert_memory_equal(p.first.frame.x, p.second->frame.x, 300 * 2 * sizeof(float));
    for (int i = 0; i < 2000 && p.first.frame.playing; i++)
        pair_tick(&p);
    assert_false(p.first.frame.playing || p.second->frame.playing);
    assert_int_equal(p.first.journey.steps, p.second->journey.steps);
    assert_true(memcmp(p.first.frame.x, p.second->frame.x, 300 * 2 * sizeof(float)) != 0);
    assert_moments(&p.first, p.first.sigma_min, 0.2);
    assert_moments(p.second, p.first.sigma_min, 0.2);
    pair_free(&p);
}

/* One of them affords many steps a tick and the other a part of one. */
static void the_handle_waits_for_the_slower_one(void **state)
{
    (void)state;
    Pair p;
    Settings s = two(SAMPLER_ODE, SAMPLER_SVGD);
    s.value[SET_PARTICLES] = 400;
    s.value[SET_STEPS] = 60;
    s.value[SET_DURATION] = 1;
    begin_pair(&p, &s);
    for (int i = 0; i < 1000 && p.first.journey.starts < 3; i++) {
        pair_tick(&p);
        assert_near(p.first.frame.sigma, p.second->frame.sigma, 0);
        assert_int_equal(p.first.journey.starts, p.second->journey.starts);
    }
    pair_free(&p);
}

static void a_second_one_joins_where_the_first_is(void **state)
{
    (void)state;
    Pair p;
    Settings s = two(SAMPLER_SDE, SAMPLER_ODE);
    s.value[SET_SECOND] = SECOND_OFF;
    assert_true(pair_init(&p, &catalogue, &s));
    assert_null(p.second);
    for (int i = 0; i < 30; i++)
        pair_tick(&p);
    s.value[SET_SECOND] = SECOND_BESIDE;
    s.value[SET_SIGMA] = p.first.frame.sigma;
    pair_apply(&p, &s);
    assert_non_null(p.second);
    assert_int_equal(p.second->journey.steps, p.first.journey.steps);
    assert_memory_equal(p.first.frame.x, p.second->frame.x, 300 * 2 * sizeof(float));
    s.value[SET_SECOND] = SECOND_OFF;
    pair_apply(&p, &s);
    assert_null(p.second);
    pair_free(&p);
}

/* The first goes as it would alone, unless the second is slower. */
static void a_second_one_changes_nothing_for_the_first(void **state)
{
    (void)state;
    Pair p;
    Simulation alone;
    Settings s = two(SAMPLER_SDE, SAMPLER_ODE);
    begin_pair(&p, &s);
    start(&alone, &s);
    for (int i = 0; i < 200; i++) {
        pair_tick(&p);
        simulation_tick(&alone);
    }
    assert_true(same_particles(&p.first, &alone));
    simulation_free(&alone);
    pair_free(&p);
}

static void what_is_undone_is_undone_for_both(void **state)
{
    (void)state;
    Pair p;
    Settings s = two(SAMPLER_SDE, SAMPLER_ODE);
    begin_pair(&p, &s);
    for (int i = 0; i < 20; i++)
        pair_tick(&p);
    PairState kept = {0};
    assert_true(simulation_capture(&p.first, &kept.first)); /* when there was no second one */
    for (int i = 0; i < 20; i++)
        pair_tick(&p);
    pair_resume(&p, &kept, &s);
    pair_state_free(&kept);
    assert_memory_equal(p.first.frame.x, p.second->frame.x, 300 * 2 * sizeof(float));
    assert_near(p.first.frame.sigma, p.second->frame.sigma, 0);
    pair_free(&p);
}

/* Both in the middle of it, under settings that have changed meanwhile: on as if nothing had been. */
static void both_go_on_from_what_they_were(void **state)
{
    (void)state;
    Pair p, straight;
    PairState kept = {0}, none = {0};
    Settings s = two(SAMPLER_DPM2M, SAMPLER_UNDERDAMPED), other = s;
    begin_pair(&p, &s);
    begin_pair(&straight, &s);
    for (int i = 0; i < 40; i++)
        pair_tick(&p), pair_tick(&straight);
    assert_true(pair_capture(&p, &kept));
    other.value[SET_SECOND] = SECOND_OFF;
    other.value[SET_SEED] = 5;
    other.value[SET_TARGET] = 2;
    other.value[SET_FIRST] = 50;
    pair_apply(&p, &other);
    for (int i = 0; i < 15; i++)
        pair_tick(&p);
    pair_resume(&p, &none, &other); /* empty */
    assert_null(p.second);
    pair_resume(&p, &kept, &s);
    pair_state_free(&kept);
    for (int i = 0; i < 30; i++)
        pair_tick(&p), pair_tick(&straight);
    assert_true(same_particles(&p.first, &straight.first));
    assert_true(same_particles(p.second, straight.second));
    assert_near(p.first.frame.sigma, straight.first.frame.sigma, 0);
    pair_free(&p);
    pair_free(&straight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_sampler_goes_the_same_way),
        cmocka_unit_test(both_go_on_from_what_they_were),
        cmocka_unit_test(both_begin_at_one_start_and_end_at_the_data),
        cmocka_unit_test(the_handle_waits_for_the_slower_one),
        cmocka_unit_test(a_second_one_joins_where_the_first_is),
        cmocka_unit_test(a_second_one_changes_nothing_for_the_first),
        cmocka_unit_test(what_is_undone_is_undone_for_both),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
