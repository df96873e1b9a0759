/* dynamics.h - the table of samplers: how particles move along a field (maths.md section 5).
 *
 * Two kinds. A walker (gradient ascent, Langevin) moves at one noise level and takes any number of steps there. A
 * descender (annealed Langevin, reverse SDE, probability-flow ODE) moves from one level to the next, down or up;
 * upwards it follows the forward kernel x += sqrt(s'^2 - s^2) z, or its own equation backwards when it has no noise.
 * Annealed Langevin is both. A new sampler is one row and one step function. A step allocates nothing and belongs to
 * its field source's thread.
 */
#ifndef CORE_DYNAMICS_H
#define CORE_DYNAMICS_H

#include "core/field.h"

typedef struct DynamicsOptions {
    double noise; /* share of the noise in the path, 0 .. 1; 1 is the published equation. Ascent and ODE have none */
    /* Ascent and Langevin kinds: h in units of sigma^2, taken as at most 1.9 because every field is unstable somewhere
     * at h >= 2 sigma^2. Ascent: 1 is mean shift. NCSN's epsilon at a ladder's last level sigma_L is 2 sigma_L^2
     * step_size. */
    double step_size;
} DynamicsOptions;

enum { DYNAMICS_CHUNK = 1024 }; /* particles that go through a step together, so that its scratch stays in the cache */

/* One step of n particles from level `from` to level `to`, data units, both > 0. Langevin kinds and ascent move at
 * `to`. */
typedef struct DynamicsStep {
    float *x; /* [n][2], data units */
    size_t n;
    double from, to;
    DynamicsOptions options;
    Rng rng;        /* STREAM_SAMPLER */
    uint64_t step;  /* number of this step: keys the kicks */
    size_t first;   /* index of particle x[0]: keys the kicks too, so that splitting a set changes nothing */
    float *scratch; /* [min(n, DYNAMICS_CHUNK)][6], the caller's */
} DynamicsStep;

typedef struct Sampler {
    const char *name;  /* "sde" */
    const char *label; /* "SDE" */
    const char *help;
    bool descends; /* moves sigma; a walker otherwise */
    bool walks;    /* moves at equal sigma; a descender that does not stays where it is */
    void (*step)(const FieldSource *field, const DynamicsStep *s);
} Sampler;

enum { SAMPLER_ASCENT, SAMPLER_LANGEVIN, SAMPLER_ANNEALED, SAMPLER_SDE, SAMPLER_ODE, SAMPLER_COUNT };
const Sampler *sampler_info(size_t which);

/* Particles first .. first+n-1 of the smoothed target's moment-matched normal N(mean, cov + sigma^2 I): where every
 * journey from noise starts. rng: STREAM_START. x [n][2]. */
void dynamics_start(const Mixture *m, double sigma, Rng rng, uint64_t step, size_t first, size_t n, float *x);

#endif
