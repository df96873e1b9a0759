/* dynamics.h - the table of samplers: how particles move along a field (maths.md section 5).
 *
 * Two kinds. A walker (gradient ascent, the Langevin kinds, Hamiltonian Monte Carlo) moves at one noise level and takes
 * any number of steps there. A descender (annealed Langevin, reverse SDEs, flows) moves from one level to the next,
 * down or up; upwards it follows the forward kernel x += sqrt(s'^2 - s^2) z, or its own equation backwards when it has
 * no noise. Annealed Langevin is both. A new sampler is one row and one step function. A step allocates nothing and
 * belongs to its field source's thread.
 */
#ifndef CORE_DYNAMICS_H
#define CORE_DYNAMICS_H

#include "core/field.h"
#include "core/schedule.h"
#include "core/target.h"

typedef struct DynamicsOptions {
    double noise; /* share of the noise in the path, 0 .. 1; 1 is the published equation */
    /* h in units of sigma^2, taken as at most 1.9 because every field is unstable somewhere at h >= 2 sigma^2. Ascent:
     * 1 is mean shift. NCSN's epsilon at a ladder's last level sigma_L is 2 sigma_L^2 step_size. Second-order kinds
     * (underdamped, HMC) take time steps of sqrt(2h), which go equally far. Stein's divides h by its kernel's
     * stiffness. */
    double step_size;
    double step_fixed;        /* h itself, data units squared, whatever the noise level; 0: the above */
    double friction;          /* of underdamped Langevin, in units of 1/sigma */
    double eta;               /* DDIM: share of the ancestral noise, 0 .. 1 */
    double snr;               /* corrector's signal-to-noise ratio r */
    double churn;             /* EDM's S_churn, of a journey of `steps` */
    double tolerance;         /* RK45: relative, and absolute in standard deviations of the data */
    size_t corrections;       /* corrector steps a level */
    size_t leaps;             /* leapfrog steps of one HMC proposal */
    size_t steps;             /* N of the whole way from noise to data */
    const Schedule *schedule; /* whose equation is solved, by the rows that use it */
} DynamicsOptions;

/* Which of the options a sampler reads: the others have no control. */
enum {
    USES_NOISE = 1 << 0,
    USES_STEP_SIZE = 1 << 1,
    USES_FRICTION = 1 << 2,
    USES_ETA = 1 << 3,
    USES_SNR = 1 << 4,
    USES_CHURN = 1 << 5,
    USES_TOLERANCE = 1 << 6,
    USES_CORRECTIONS = 1 << 7,
    USES_LEAPS = 1 << 8
};

enum {
    DYNAMICS_CHUNK = 1024, /* particles that go through a step together, so that its scratch stays in the cache */
    DYNAMICS_SCRATCH = 32  /* floats of scratch a particle of a chunk */
};

/* What was done, to be shown: added to. */
typedef struct DynamicsTally {
    uint64_t evaluations; /* of the field, a particle each */
    uint64_t proposed, accepted;
} DynamicsTally;

/* One step of n particles from level `from` to level `to`, data units, both > 0. Walkers move at `to`. */
typedef struct DynamicsStep {
    float *x; /* [n][2], data units */
    size_t n;
    double from, to;
    DynamicsOptions options;
    Frame frame;    /* of the target: schedules with s != 1 scale about its mean, in units of its std */
    Rng rng;        /* STREAM_SAMPLER */
    uint64_t step;  /* number of this step: keys the kicks */
    size_t first;   /* index of particle x[0], a multiple of DYNAMICS_CHUNK: keys the kicks too, so that splitting a set
                     * changes nothing */
    float *scratch; /* [min(n, DYNAMICS_CHUNK)][DYNAMICS_SCRATCH], the caller's, aligned as malloc
                     * aligns */
    float *memory;  /* [n][2], what a sampler with `remembers` carries from step to step */
    double before;  /* level of the step before this one, which ended at `from`; 0 when memory is empty: at a start,
                     * after  a reversal or another sampler */
    DynamicsTally *tally; /* NULL: nobody counts */
} DynamicsStep;

typedef struct Sampler {
    const char *name;  /* "sde" */
    const char *label; /* "SDE" */
    const char *help;
    bool descends;  /* moves sigma; a walker otherwise */
    bool walks;     /* moves at equal sigma; a descender that does not stays where it is */
    bool exact;     /* needs log p: only for fields that have a potential */
    bool remembers; /* velocity or the last denoised point in memory */
    unsigned uses;  /* USES_* */
    void (*step)(const FieldSource *field, const DynamicsStep *s);
} Sampler;

typedef enum SamplerId {
    SAMPLER_ASCENT,
    SAMPLER_LANGEVIN,
    SAMPLER_UNDERDAMPED,
    SAMPLER_MALA,
    SAMPLER_HMC,
    SAMPLER_SVGD,
    SAMPLER_ANNEALED,
    SAMPLER_SDE,
    SAMPLER_EULER_MARUYAMA,
    SAMPLER_REVERSE_DIFFUSION,
    SAMPLER_PC,
    SAMPLER_PC_EACH,
    SAMPLER_ANCESTRAL,
    SAMPLER_ANCESTRAL_LARGE,
    SAMPLER_DDIM,
    SAMPLER_CHURN,
    SAMPLER_DPM2M,
    SAMPLER_EULER,
    SAMPLER_ODE,
    SAMPLER_RK45,
    SAMPLER_FLOW,
    SAMPLER_COUNT
} SamplerId;
const Sampler *sampler_info(size_t which);

/* The part of a step for the DYNAMICS_CHUNK particles, or what is left of them, from particle `begin` on, a multiple of
 * DYNAMICS_CHUNK. All parts, in any order, make up the step: same bytes. */
DynamicsStep dynamics_chunk(const DynamicsStep *s, size_t begin);

/* Tweedie's last step: x becomes E[x0 | x] at sigma, without the noise that is left. scratch as in a step. */
void dynamics_denoise(const FieldSource *field, double sigma, size_t n, float *x, float *scratch);

#endif
