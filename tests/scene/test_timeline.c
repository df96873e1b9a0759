/* The timeline: every moment comes back byte for byte and goes on as it went, within the memory that was given. */
#include "scene/timeline.h"

#include "simulating.h"

#include <stdlib.h>

enum { PARTICLES = 50, MANY = 1100, ROOM = 1 << 20 }; /* many: in several pages */

/* Paced so that steps take four ticks: where particles were before is part of a moment. */
static Settings slow(size_t dynamics)
{
    Settings set = playing("gaussian", dynamics, PARTICLES);
    set.value[SET_STEPS] = 30;
    return set;
}

static Timeline *new_timeline(size_t bytes)
{
    Timeline *t = timeline_create(bytes);
    assert_non_null(t);
    return t;
}

/* What the smallest moment takes. */
static size_t page_bytes(void)
{
    Settings set = calm("gaussian", SAMPLER_SDE, 1);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    assert_true(timeline_record(t, &s));
    size_t bytes = timeline_bytes(t);
    timeline_destroy(t);
    simulation_free(&s);
    return bytes;
}

static void recorded_tick(Timeline *t, Simulation *s, int n)
{
    for (int i = 0; i < n; i++) {
        assert_true(timeline_record(t, s));
        simulation_tick(s);
    }
}

/* A copy of all that a moment is, kept by other means. */
typedef struct Kept {
    SimFrame frame;
    Journey journey;
    double before;
    float memory[2 * (PARTICLES_MAX + DROPPED_MAX)];
} Kept;

static Kept *keep(const Simulation *s)
{
    Kept *k = calloc(1, sizeof *k);
    assert_non_null(k);
    assert_true(simframe_init(&k->frame));
    simframe_copy(&k->frame, &s->frame);
    k->journey = s->journey;
    k->before = s->before;
    memcpy(k->memory, s->memory, 2 * s->frame.count * sizeof *s->memory);
    return k;
}

static void release(Kept *k)
{
    simframe_free(&k->frame);
    free(k);
}

static void assert_kept(const Simulation *s, const Kept *k)
{
    const SimFrame *a = &s->frame, *b = &k->frame;
    size_t bytes = 2 * b->count * sizeof *b->x;
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->dropped, b->dropped);
    assert_int_equal(a->trails, b->trails);
    assert_memory_equal(a->trail_of, b->trail_of, b->trails * sizeof *b->trail_of);
    assert_memory_equal(a->x, b->x, bytes);
    assert_memory_equal(a->previous, b->share < 1 ? b->previous : b->x, bytes);
    assert_memory_equal(&s->journey, &k->journey, sizeof k->journey);
    assert_memory_equal(&a->accepted, &b->accepted, sizeof b->accepted);
    assert_true(a->sigma == b->sigma && a->evaluations == b->evaluations && a->share == b->share);
    assert_true(s->before == k->before);
    if (k->before != 0 && sampler_info(settings_index(&s->settings, SET_DYNAMICS))->remembers)
        assert_memory_equal(s->memory, k->memory, bytes);
}

static void a_moment_comes_back_byte_for_byte_and_goes_on_as_it_went(void **state)
{
    (void)state;
    for (size_t dynamics = 0; dynamics < SAMPLER_COUNT; dynamics++) {
        Settings set = slow(dynamics);
        set.value[SET_PARTICLES] = MANY;
        Simulation s;
        Timeline *t = new_timeline(4 * ROOM);
        start(&s, &set);
        recorded_tick(t, &s, 9);
        simulation_drop(&s, 1, 2, 3, 0);
        recorded_tick(t, &s, 17);
        Kept *then = keep(&s);
        recorded_tick(t, &s, 30);
        Kept *end = keep(&s);
        memset(s.memory, 0, sizeof then->memory);
        timeline_restore(t, timeline_at_tick(t, 26), &s);
        assert_kept(&s, then);
        tick(&s, 30);
        assert_memory_equal(s.frame.x, end->frame.x, 2 * end->frame.count * sizeof(float));
        assert_memory_equal(s.frame.previous, end->frame.previous, 2 * end->frame.count * sizeof(float));
        assert_memory_equal(&s.journey, &end->journey, sizeof s.journey);
        assert_true(s.frame.sigma == end->frame.sigma && s.before == end->before);
        release(then);
        release(end);
        timeline_destroy(t);
        simulation_free(&s);
    }
}

/* So many particles that a step takes several ticks, in the middle of which the sampler's memory is of two steps. */
static void a_step_under_way_begins_again(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_DPM2M, 40000);
    Simulation s;
    Timeline *t = new_timeline(TIMELINE_BYTES);
    start(&s, &set);
    for (int i = 0; s.journey.steps < 3 || !s.stride.sampler; i++) {
        assert_true(i < 100);
        recorded_tick(t, &s, 1);
    }
    assert_true(timeline_record(t, &s));
    size_t k = timeline_count(t) - 1;
    while (s.journey.steps < 5)
        recorded_tick(t, &s, 1);
    Kept *then = keep(&s);
    timeline_restore(t, k, &s);
    s.stride.sampler = NULL;
    while (s.journey.steps < 5)
        simulation_tick(&s);
    assert_memory_equal(s.frame.x, then->frame.x, 2 * then->frame.count * sizeof(float));
    assert_memory_equal(s.memory, then->memory, 2 * then->frame.count * sizeof(float));
    assert_true(s.frame.sigma == then->frame.sigma);
    release(then);
    timeline_destroy(t);
    simulation_free(&s);
}

static void clock_play_and_orders_stay(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 20);
    s.frame.playing = false;
    s.frame.sequence = 7;
    timeline_restore(t, 3, &s);
    assert_int_equal(s.frame.tick, 20);
    assert_int_equal(s.frame.sequence, 7);
    assert_false(s.frame.playing);
    timeline_destroy(t);
    simulation_free(&s);
}

static void another_sampler_finds_an_empty_memory(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_DPM2M);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 20);
    timeline_restore(t, 15, &s);
    assert_true(s.before > 0);
    set.value[SET_DYNAMICS] = SAMPLER_SDE;
    simulation_apply(&s, &set);
    timeline_restore(t, 15, &s);
    assert_true(s.before == 0);
    timeline_destroy(t);
    simulation_free(&s);
}

/* 0, stride, 2 stride ... and the newest. */
static void assert_even(const Timeline *t, uint64_t newest)
{
    size_t count = timeline_count(t);
    for (size_t k = 0; k + 1 < count; k++)
        assert_int_equal(timeline_moment(t, k)->tick, k * timeline_stride(t));
    assert_int_equal(timeline_moment(t, count - 1)->tick, newest);
    assert_true(newest - timeline_moment(t, count > 1 ? count - 2 : 0)->tick <= timeline_stride(t));
}

static void a_full_timeline_thins_evenly_within_its_room(void **state)
{
    (void)state;
    enum { MOMENTS = 20, TICKS = 100 };
    Settings set = slow(SAMPLER_SDE);
    set.value[SET_PARTICLES] = MANY;
    Simulation s;
    size_t room = MOMENTS * 5 * page_bytes(); /* 4,400 floats where steps are under way */
    Timeline *t = new_timeline(room);
    start(&s, &set);
    Kept *kept[TICKS];
    for (uint64_t i = 0; i < TICKS; i++) {
        kept[i] = keep(&s);
        recorded_tick(t, &s, 1);
        assert_true(timeline_bytes(t) <= room);
        assert_even(t, i);
    }
    assert_int_equal(timeline_stride(t), 8);
    assert_int_equal(timeline_count(t), 14);
    for (size_t k = 0; k < timeline_count(t); k++) {
        timeline_restore(t, k, &s);
        assert_kept(&s, kept[timeline_moment(t, k)->tick]);
    }
    for (size_t i = 0; i < TICKS; i++)
        release(kept[i]);
    timeline_destroy(t);
    simulation_free(&s);
}

static void places_are_found(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    Simulation s;
    Timeline *t = new_timeline(20 * page_bytes());
    start(&s, &set);
    recorded_tick(t, &s, 42); /* 0, 4, .. 40, 41 */
    assert_int_equal(timeline_stride(t), 4);
    assert_int_equal(timeline_moment(t, timeline_at_tick(t, 0))->tick, 0);
    assert_int_equal(timeline_moment(t, timeline_at_tick(t, 3))->tick, 0);
    assert_int_equal(timeline_moment(t, timeline_at_tick(t, 20))->tick, 20);
    assert_int_equal(timeline_moment(t, timeline_at_tick(t, 23))->tick, 20);
    assert_int_equal(timeline_moment(t, timeline_at_tick(t, 1000))->tick, 41);
    assert_int_equal(timeline_at_place(t, 0), 0);
    assert_int_equal(timeline_at_place(t, -1), 0);
    assert_int_equal(timeline_moment(t, timeline_at_place(t, 0.5))->tick, 20);
    assert_int_equal(timeline_moment(t, timeline_at_place(t, 1))->tick, 41);
    assert_int_equal(timeline_moment(t, timeline_at_place(t, 2))->tick, 41);
    assert_int_equal(timeline_moment(t, timeline_present(t))->tick, 41);
    timeline_restore(t, 5, &s);
    assert_int_equal(timeline_present(t), 5);
    timeline_destroy(t);
    simulation_free(&s);
}

static void the_future_stays_until_another_one_begins(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 60);
    timeline_restore(t, 20, &s);
    assert_true(timeline_record(t, &s)); /* it is there */
    assert_int_equal(timeline_count(t), 60);
    timeline_restore(t, 50, &s);
    timeline_restore(t, 20, &s);
    simulation_move(&s, 5);
    assert_true(timeline_record(t, &s));
    assert_int_equal(timeline_count(t), 22);
    assert_int_equal(timeline_moment(t, 21)->tick, 21);
    assert_near(timeline_moment(t, 21)->sigma, 5, 0);
    timeline_destroy(t);
    simulation_free(&s);
}

static void rest_takes_no_room(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, PARTICLES);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    tick_until_arrived(&s);
    recorded_tick(t, &s, 50);
    assert_int_equal(timeline_count(t), 1);
    simulation_drop(&s, 1, 1, DROPPED_MAX, 0);
    recorded_tick(t, &s, 50);
    assert_int_equal(timeline_count(t), 2);
    simulation_drop(&s, 2, 2, 1, 0); /* in place of the first */
    recorded_tick(t, &s, 50);
    assert_int_equal(timeline_count(t), 3);
    timeline_destroy(t);
    simulation_free(&s);
}

/* Fractions of a step that walkers are due, and what is left of one that is shown over several ticks. */
static void what_is_due_is_part_of_a_moment(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_LANGEVIN, PARTICLES);
    set.value[SET_DURATION] = 2;
    set.value[SET_STEPS] = 42; /* 0.35 a tick */
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 40);
    assert_int_equal(timeline_count(t), 40);
    set = slow(SAMPLER_SDE);
    simulation_apply(&s, &set);
    recorded_tick(t, &s, 20);
    set.value[SET_PLAYING] = 0;
    simulation_apply(&s, &set);
    tick_until_arrived(&s);
    s.frame.share = 0.25;
    recorded_tick(t, &s, 20);
    assert_near(timeline_moment(t, timeline_count(t) - 1)->share, 1, 0);
    timeline_destroy(t);
    simulation_free(&s);
}

static void the_end_without_a_loop_is_a_moment(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    set.value[SET_LOOP] = 0;
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 400);
    assert_false(s.frame.playing);
    Kept *end = keep(&s);
    timeline_restore(t, 0, &s);
    timeline_restore(t, timeline_count(t) - 1, &s);
    end->journey.held_s = s.journey.held_s;
    assert_kept(&s, end);
    release(end);
    timeline_destroy(t);
    simulation_free(&s);
}

static void the_wait_at_the_end_takes_no_room(void **state)
{
    (void)state;
    Settings set = playing("gaussian", SAMPLER_SDE, PARTICLES);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 125);
    size_t count = timeline_count(t);
    recorded_tick(t, &s, 75);
    assert_true(s.journey.held_s > 1);
    assert_int_equal(timeline_count(t), count);
    assert_near(timeline_moment(t, count - 1)->sigma, simulation_target(&s)->sigma_min, 0);
    timeline_destroy(t);
    simulation_free(&s);
}

static void another_run_begins_anew(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_LANGEVIN);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 20);
    simulation_restart(&s);
    recorded_tick(t, &s, 5);
    assert_int_equal(timeline_count(t), 5);
    assert_int_equal(timeline_moment(t, 0)->tick, 0);
    set.value[SET_PARTICLES] = PARTICLES - 10;
    simulation_apply(&s, &set);
    recorded_tick(t, &s, 7);
    assert_int_equal(timeline_count(t), 7);
    assert_int_equal(timeline_moment(t, 0)->count, PARTICLES - 10);
    set.value[SET_SEED] = 5;
    simulation_apply(&s, &set);
    recorded_tick(t, &s, 3);
    assert_int_equal(timeline_count(t), 3);
    timeline_clear(t);
    assert_int_equal(timeline_count(t), 0);
    assert_int_equal(timeline_bytes(t), 0);
    recorded_tick(t, &s, 4);
    assert_int_equal(timeline_count(t), 4);
    timeline_destroy(t);
    simulation_free(&s);
}

static void too_large_a_moment_is_refused_and_costs_nothing(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    Simulation s;
    start(&s, &set);
    Timeline *none = new_timeline(1), *small = new_timeline(page_bytes());
    assert_false(timeline_record(none, &s));
    assert_int_equal(timeline_count(none), 0);
    assert_true(timeline_record(small, &s));
    tick(&s, 1);
    assert_false(timeline_record(small, &s));
    assert_int_equal(timeline_count(small), 1);
    Timeline *t = new_timeline(4 * page_bytes());
    recorded_tick(t, &s, 30);
    uint64_t newest = timeline_moment(t, timeline_count(t) - 1)->tick;
    simulation_drop(&s, 0, 0, 40 * PARTICLES, 0);
    assert_false(timeline_record(t, &s));
    assert_int_equal(timeline_moment(t, timeline_count(t) - 1)->tick, newest);
    timeline_restore(t, timeline_count(t) - 1, &s);
    assert_int_equal(s.frame.count, PARTICLES);
    recorded_tick(t, &s, 1);
    timeline_destroy(none);
    timeline_destroy(small);
    timeline_destroy(t);
    simulation_free(&s);
}

/* Counts that grow and fall along the way, in a room where that makes it thin. */
static void dropped_particles_come_and_go(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_LANGEVIN);
    Simulation s;
    enum { BYTES = 100000 };
    Timeline *t = new_timeline(BYTES);
    start(&s, &set);
    for (size_t i = 0; i < 60; i++) {
        simulation_drop(&s, (double)i, 0, i % 3 * 5, 0);
        recorded_tick(t, &s, 1);
        assert_true(timeline_bytes(t) <= BYTES);
    }
    assert_true(timeline_stride(t) > 1);
    for (size_t k = 0; k < timeline_count(t); k++) {
        uint64_t ticks = timeline_moment(t, k)->tick + 1; /* of which every third dropped 5 and every third 10 */
        size_t dropped = 15 * (ticks / 3) + (ticks % 3 == 2 ? 5 : 0);
        timeline_restore(t, k, &s);
        assert_int_equal(s.frame.dropped, dropped);
        assert_int_equal(s.frame.count, PARTICLES + dropped);
        assert_int_equal(s.frame.trails, PARTICLES + dropped > TRAIL_PARTICLES ? TRAIL_PARTICLES : PARTICLES + dropped);
    }
    timeline_destroy(t);
    simulation_free(&s);
}

static void trails_are_those_of_the_moments_before(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE);
    set.value[SET_STEPS] = 120; /* a step a tick */
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 30);
    simulation_drop(&s, 1, 2, 1, 0);
    recorded_tick(t, &s, 30);
    Kept *then = keep(&s);
    recorded_tick(t, &s, 20);
    timeline_restore(t, 60, &s);
    assert_int_equal(s.frame.trail_length, TRAIL_LENGTH);
    for (size_t c = 0; c < TRAIL_LENGTH; c++)
        assert_memory_equal(trail_point(&s.frame, c, 0), trail_point(&then->frame, c, 0),
                            2 * (PARTICLES + 1) * sizeof(float));
    timeline_restore(t, 35, &s);
    assert_true(isfinite(trail_point(&s.frame, 5, PARTICLES)[0]));
    assert_true(isnan(trail_point(&s.frame, 6, PARTICLES)[0])); /* not dropped yet */
    assert_true(isfinite(trail_point(&s.frame, 6, PARTICLES - 1)[0]));
    timeline_restore(t, 2, &s);
    assert_int_equal(s.frame.trail_length, 3);
    release(then);
    timeline_destroy(t);
    simulation_free(&s);
}

static void trails_have_no_column_where_particles_stood_still(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_SDE); /* a step in four ticks */
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    recorded_tick(t, &s, 60);
    timeline_restore(t, 59, &s);
    assert_int_equal(s.frame.trail_length, 15);
    for (size_t c = 1; c < 15; c++)
        assert_true(trail_point(&s.frame, c, 0)[0] != trail_point(&s.frame, c - 1, 0)[0]);
    timeline_destroy(t);
    simulation_free(&s);
}

/* From DROPPED_MAX on a dropped particle takes the place of an older one, whose way is not its own. */
static void a_replaced_particle_has_no_past(void **state)
{
    (void)state;
    Settings set = slow(SAMPLER_LANGEVIN);
    Simulation s;
    Timeline *t = new_timeline(ROOM);
    start(&s, &set);
    simulation_drop(&s, 1, 1, DROPPED_MAX, 0);
    recorded_tick(t, &s, 8);
    simulation_drop(&s, 9, 9, 1, 0);
    size_t slot = (PARTICLES + DROPPED_MAX) % TRAIL_PARTICLES;
    assert_int_equal(s.frame.trail_of[slot], PARTICLES);
    recorded_tick(t, &s, 8);
    timeline_restore(t, timeline_count(t) - 1, &s);
    const float *last = s.frame.x + 2 * (size_t)(PARTICLES + DROPPED_MAX - 1); /* in another page than the first */
    assert_memory_equal(trail_point(&s.frame, 0, slot - 1), last, 2 * sizeof *last);
    size_t lost = 0;
    for (size_t c = 0; c < s.frame.trail_length; c++) {
        assert_true(isfinite(trail_point(&s.frame, c, 0)[0]));
        lost += isnan(trail_point(&s.frame, c, slot)[0]) ? 1 : 0;
    }
    assert_true(lost > 0 && lost < s.frame.trail_length);
    timeline_destroy(t);
    simulation_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_comes_back_byte_for_byte_and_goes_on_as_it_went),
        cmocka_unit_test(a_step_under_way_begins_again),
        cmocka_unit_test(clock_play_and_orders_stay),
        cmocka_unit_test(another_sampler_finds_an_empty_memory),
        cmocka_unit_test(a_full_timeline_thins_evenly_within_its_room),
        cmocka_unit_test(places_are_found),
        cmocka_unit_test(the_future_stays_until_another_one_begins),
        cmocka_unit_test(rest_takes_no_room),
        cmocka_unit_test(what_is_due_is_part_of_a_moment),
        cmocka_unit_test(the_end_without_a_loop_is_a_moment),
        cmocka_unit_test(the_wait_at_the_end_takes_no_room),
        cmocka_unit_test(another_run_begins_anew),
        cmocka_unit_test(too_large_a_moment_is_refused_and_costs_nothing),
        cmocka_unit_test(dropped_particles_come_and_go),
        cmocka_unit_test(trails_are_those_of_the_moments_before),
        cmocka_unit_test(trails_have_no_column_where_particles_stood_still),
        cmocka_unit_test(a_replaced_particle_has_no_past),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
