/* bench_session.h - a session with both workers in one thread, as the headless host has them. */
#ifndef TESTS_BENCH_SESSION_H
#define TESTS_BENCH_SESSION_H

#include "app/orders.h"
#include "scene/command.h"

#include "near.h"

#include <string.h>

typedef struct Bench {
    Catalogue catalogue;
    Session session;
    Learner learner;
    Pair pair;
    Weights weights;
} Bench;

static inline void adopt(Bench *b)
{
    assert_true(learner_publish(&b->learner, &b->weights));
    pair_adopt(&b->pair, &b->weights);
}

static inline void carry_out(void *context, const Order *o)
{
    Bench *b = context;
    for (uint64_t steps = order_learner(&b->learner, o); steps > 0; steps--)
        learner_step(&b->learner);
    adopt(b);
    for (uint64_t ticks = order_simulation(&b->pair, o); ticks > 0; ticks--)
        pair_tick(&b->pair);
    session_echo(&b->session, b->pair.first.frame.sequence, b->pair.first.frame.sigma, b->pair.first.frame.playing);
}

/* A small network, so that tests are quick. */
static inline void begin(Bench *b)
{
    Settings s = settings_defaults();
    s.value[SET_WIDTH] = 16;
    s.value[SET_DEPTH] = 2;
    s.value[SET_BATCH] = 32;
    s.value[SET_REFERENCES] = 64;
    s.value[SET_PARTICLES] = 1500;
    memset(b, 0, sizeof *b);
    assert_true(catalogue_init(&b->catalogue));
    assert_true(learner_init(&b->learner, &b->catalogue, &s) && pair_init(&b->pair, &b->catalogue, &s));
    session_init(&b->session, &b->catalogue, &s, (Host){.context = b, .order = carry_out});
    adopt(b);
}

static inline void end(Bench *b)
{
    session_free(&b->session);
    learner_free(&b->learner);
    pair_free(&b->pair);
    weights_free(&b->weights);
    catalogue_free(&b->catalogue);
}

static inline void run(Bench *b, const char *commands)
{
    Error e = {0};
    if (!command_run_all(&b->session, commands, &e))
        fail_msg("%s", e.text);
}

static inline void assert_same_simulation(const Simulation *a, const Simulation *b)
{
    assert_int_equal(a->frame.count, b->frame.count);
    assert_memory_equal(a->frame.x, b->frame.x, a->frame.count * 2 * sizeof *a->frame.x);
    assert_int_equal(a->frame.trail_length, b->frame.trail_length);
    assert_true(a->frame.sigma == b->frame.sigma && a->journey.particle_sigma == b->journey.particle_sigma);
    assert_true(a->journey.held_s == b->journey.held_s && a->journey.walk == b->journey.walk);
    assert_int_equal(a->journey.steps, b->journey.steps);
    assert_int_equal(a->frame.playing, b->frame.playing);
}

/* All that goes on from here: the same bytes. */
static inline void assert_same_going(const Bench *a, const Bench *b)
{
    const Trainer *t = &a->learner.trainer, *u = &b->learner.trainer;
    assert_int_equal(t->statistics.steps, u->statistics.steps);
    assert_true(t->statistics.loss == u->statistics.loss && t->statistics.floor == u->statistics.floor);
    assert_int_equal(t->statistics.diverged, u->statistics.diverged);
    assert_int_equal(t->net.count, u->net.count);
    assert_memory_equal(t->net.parameter, u->net.parameter, t->net.count * sizeof(float));
    assert_memory_equal(t->average.parameter, u->average.parameter, t->net.count * sizeof(float));
    assert_same_simulation(&a->pair.first, &b->pair.first);
    assert_true(!a->pair.second == !b->pair.second);
    if (a->pair.second)
        assert_same_simulation(a->pair.second, b->pair.second);
}

#endif
