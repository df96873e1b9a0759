/* sampling.h - what the tests of the samplers share: mixtures, steps and ladders, moments.
 *
 * Statistics are accepted within three standard errors; a sanitizer's build is some twenty times slower, so it looks at
 * fewer particles.
 */
#ifndef TESTS_SAMPLING_H
#define TESTS_SAMPLING_H

#include "core/dynamics.h"
#include "core/schedule.h"

#include "near.h"

#include <stdlib.h>

#ifdef SCOREFIELD_SANITIZED
enum { CHAINS = 1000 };
#else
enum { CHAINS = 8000 };
#endif
enum { MOST_PARTICLES = 8000 };

#define assert_fraction(actual, expected)                                                                              \
    assert_near(actual, expected, 3 * sqrt((expected) * (1 - (expected)) / CHAINS))
/* Over CHAINS points in the plane. */
#define assert_variance(actual, expected) assert_near((actual) / (expected), 1, 3 / sqrt(CHAINS))

static const Rng kicks = {11, STREAM_SAMPLER};
static const DynamicsOptions published = {.noise = 1, .step_size = 1};

/* The probability flow of M's exact score (maths.md section 5): from, to, x, y, and where it ends. */
static const double exact_flows[][6] = {
    {2, 1, 1, -2, -1.01685, -2.91422},
    {4, 1, 1, -2, 3.32487, 2.29588},
    {80, .002, 30, -10, 5.13668, 4.63672},
};

typedef struct Fixture {
    Mixture ncsn;  /* M: .2 N((-5,-5), v I) + .8 N((5,5), v I), v = 1 */
    Mixture spots; /* the same with v = 0, so that the smoothed density has variance sigma^2 */
    Mixture eight; /* FFJORD's 8 Gaussians */
    Mixture point; /* one component with v = 0 */
    float *x, *memory, *scratch;
} Fixture;

static inline bool make_pair(Mixture *m, double v)
{
    const Component parts[2] = {{.weight = .2, .mean = {-5, -5}, .cov = {v, 0, v}},
                                {.weight = .8, .mean = {5, 5}, .cov = {v, 0, v}}};
    return mixture_init(m, parts, 2);
}

static inline bool make_eight(Mixture *m)
{
    Component parts[8] = {0};
    for (int k = 0; k < 8; k++) {
        double angle = k * M_PI / 4;
        parts[k] = (Component){
            .weight = 1, .mean = {4 / 1.414 * cos(angle), 4 / 1.414 * sin(angle)}, .cov = {.125044, 0, .125044}};
    }
    return mixture_init(m, parts, 8);
}

static inline int make_fixture(void **state)
{
    static Fixture f;
    const Component origin = {.weight = 1};
    *state = &f;
    f.x = malloc(sizeof(float[MOST_PARTICLES][2]));
    f.memory = calloc(MOST_PARTICLES, 2 * sizeof(float));
    f.scratch = malloc(sizeof(float[DYNAMICS_CHUNK][DYNAMICS_SCRATCH]));
    return f.x && f.memory && f.scratch && make_pair(&f.ncsn, 1) && make_pair(&f.spots, 0) && make_eight(&f.eight) &&
                   mixture_init(&f.point, &origin, 1)
               ? 0
               : -1;
}

static inline int free_fixture(void **state)
{
    Fixture *f = *state;
    free(f->x);
    free(f->memory);
    free(f->scratch);
    mixture_free(&f->ncsn);
    mixture_free(&f->spots);
    mixture_free(&f->eight);
    mixture_free(&f->point);
    return 0;
}

static inline void take_step(Fixture *f, size_t sampler, const Mixture *m, DynamicsStep s)
{
    FieldSource field = field_exact(m);
    s.x = s.x ? s.x : f->x;
    s.memory = f->memory;
    s.scratch = f->scratch;
    if (s.options.corrections == 0)
        s.options.corrections = 1;
    if (s.frame.std == 0)
        s.frame = (Frame){{0, 0}, 1};
    s.rng = kicks;
    sampler_info(sampler)->step(&field, &s);
}

/* Steps down (or up) a ladder; returns with n particles in f->x. */
static inline void follow(Fixture *f, size_t sampler, const Mixture *m, const double *sigma, size_t levels, size_t n,
                          DynamicsOptions options)
{
    for (size_t i = 0; i + 1 < levels; i++)
        take_step(f, sampler, m,
                  (DynamicsStep){.n = n,
                                 .from = sigma[i],
                                 .to = sigma[i + 1],
                                 .options = options,
                                 .step = i,
                                 .before = i ? sigma[i - 1] : 0});
}

static inline void draw_normals(Fixture *f, double std, size_t n)
{
    rng_normals((Rng){5, STREAM_START}, 0, 0, n, f->x);
    for (size_t i = 0; i < 2 * n; i++)
        f->x[i] *= (float)std;
}

static inline double variance_of(const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * n; i++)
        sum += (double)x[i] * (double)x[i];
    return sum / (double)(2 * n);
}

#endif
