/* simulating.h - what the tests of the simulation share: a catalogue, calm settings, ticks and moments. */
#ifndef TESTS_SIMULATING_H
#define TESTS_SIMULATING_H

#include "scene/simulation_state.h"

#include "catalogue.h"
#include "near.h"

#include <string.h>

static inline size_t target_named(const char *name)
{
    for (size_t i = 0; i < target_count(); i++)
        if (strcmp(target_info(i)->name, name) == 0)
            return i;
    fail_msg("no target %s", name);
    return 0;
}

/* Exact field, a small network that nobody asks, at rest. */
static inline Settings calm(const char *target, size_t dynamics, int particles)
{
    Settings s = settings_defaults();
    settings_put(&s, SET_TARGET, (double)target_named(target));
    s.value[SET_DYNAMICS] = (double)dynamics;
    s.value[SET_PARTICLES] = particles;
    s.value[SET_FIELD] = FIELD_EXACT;
    s.value[SET_PLAYING] = 0;
    s.value[SET_WIDTH] = 16;
    s.value[SET_DEPTH] = 1;
    return s;
}

static inline Settings playing(const char *target, size_t dynamics, int particles)
{
    Settings s = calm(target, dynamics, particles);
    s.value[SET_PLAYING] = 1;
    s.value[SET_DURATION] = 2;
    return s;
}

static inline void start(Simulation *s, const Settings *settings)
{
    assert_true(simulation_init(s, &catalogue, settings));
}

static inline void tick(Simulation *s, int n)
{
    for (int i = 0; i < n; i++)
        simulation_tick(s);
}

/* What is to be done at once is done. */
static inline void finish(Simulation *s)
{
    while (simulation_hurries(s))
        simulation_tick(s);
}

static inline void anneal(Simulation *s)
{
    simulation_anneal(s);
    finish(s);
}

static inline void step(Simulation *s, int64_t n)
{
    simulation_step(s, n);
    finish(s);
}

static inline void tick_until_arrived(Simulation *s)
{
    for (int i = 0; i < 5000 && s->journey.particle_sigma != s->frame.sigma; i++)
        simulation_tick(s);
    assert_near(s->journey.particle_sigma, s->frame.sigma, 0);
}

typedef struct Moments {
    double mean[2], cov[3];
} Moments;

static inline Moments moments(const SimFrame *f)
{
    Moments m = {0};
    double n = (double)f->count;
    for (size_t i = 0; i < f->count; i++)
        for (size_t c = 0; c < 2; c++)
            m.mean[c] += (double)f->x[2 * i + c] / n;
    for (size_t i = 0; i < f->count; i++) {
        double x = (double)f->x[2 * i] - m.mean[0], y = (double)f->x[2 * i + 1] - m.mean[1];
        m.cov[0] += x * x / n;
        m.cov[1] += x * y / n;
        m.cov[2] += y * y / n;
    }
    return m;
}

/* The target's own moments after noise sigma, within a share of its variance. */
static inline void assert_moments(const Simulation *s, double sigma, double share)
{
    const Mixture *m = &simulation_target(s)->mixture;
    Moments now = moments(&s->frame);
    double scale = sigma * sigma + (m->cov[0] + m->cov[2]) / 2;
    for (size_t c = 0; c < 2; c++)
        assert_near(now.mean[c], m->mean[c], share * sqrt(scale));
    assert_near(now.cov[0], m->cov[0] + sigma * sigma, share * scale);
    assert_near(now.cov[1], m->cov[1], share * scale);
    assert_near(now.cov[2], m->cov[2] + sigma * sigma, share * scale);
}

static inline bool same_particles(const Simulation *a, const Simulation *b)
{
    return a->frame.count == b->frame.count && a->frame.sigma == b->frame.sigma &&
           memcmp(&a->journey, &b->journey, sizeof a->journey) == 0 &&
           memcmp(a->frame.x, b->frame.x, a->frame.count * 2 * sizeof(float)) == 0;
}

static inline const float *trail_point(const SimFrame *f, size_t column, size_t slot)
{
    return f->trail + 2 * (column * TRAIL_PARTICLES + slot);
}

#endif
