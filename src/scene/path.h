/* path.h - the way of particles that begin at one place, step by step, and what a step is made of.
 *
 * Steps are those of the sampler table with the keys of a particle: a path goes where a particle that is dropped there
 * goes whose seed, index and step number are the same. Samplers whose particles see each other (pc, svgd) see those of
 * their own run alone. All is a function of the ask and the field; nothing allocates; a run belongs to its field
 * source's thread.
 */
#ifndef SCENE_PATH_H
#define SCENE_PATH_H

#include "core/dynamics.h"
#include "scene/ladder.h"

enum {
    PATH_SAMPLERS_MAX = 4,
    PATH_LINES_MAX = 64, /* of one ask: samplers times seeds */
    PATH_STEPS_MAX = LADDER_STEPS_MAX,
    PATH_POINTS_MAX = PATH_STEPS_MAX + 2 /* the start, the steps' ends, the denoised place */
};

/* What a line shows: a colour of the legend. The first four are the fates of one point. */
typedef enum PathRole { PATH_ASCENT, PATH_LANGEVIN, PATH_SDE, PATH_ODE, PATH_FAN, PATH_CHOSEN } PathRole;

typedef struct PathAsk {
    float x[2];                        /* where all begin, data units */
    double sigma;                      /* the level at which they begin, data units, > 0 */
    size_t sampler[PATH_SAMPLERS_MAX]; /* rows of the sampler table */
    size_t samplers;                   /* how many of them; every one takes all seeds */
    size_t seeds;                      /* particles of each, the same indices for every sampler */
    PathRole role;                     /* of the first sampler; those of the others follow it */
    uint64_t seed, step;               /* of the kicks: the seed, and the number of the first step */
    size_t first;                      /* index of the first particle: keys the kicks too */
    double highest, lowest;            /* ends of the ladder, data units */
    DynamicsOptions options;           /* with the ladder's schedule and its `steps`, 1 .. LADDER_STEPS_MAX */
    Frame frame;                       /* of the target */
    size_t walk;  /* steps of a walker, at sigma; 0: as many as the ladder has left, at its end none */
    bool denoise; /* the way down ends at E[x0 | x] of the last level */
} PathAsk;

/* Who goes: ascent, Langevin, reverse SDE and probability flow; one particle of a sampler; or as many as a fan has. */
void path_ask_fates(PathAsk *ask);
void path_ask_one(PathAsk *ask, size_t sampler);
void path_ask_fan(PathAsk *ask, size_t sampler);

/* The particles of one sampler of an ask, after `done` of `steps` steps. */
typedef struct PathRun {
    PathAsk ask;
    const Sampler *sampler;
    size_t steps, done;
    double level[PATH_POINTS_MAX]; /* [steps + 1]: from rung to rung, or sigma again and again; 0 behind the last level
                                    * is the denoised place */
    float x[PATH_LINES_MAX][2];    /* [seeds], data units; of one whose way has ended, its last place */
    size_t points[PATH_LINES_MAX]; /* of each way up to now; done + 1, or fewer if it has ended */
    DynamicsTally tally;
    float memory[PATH_LINES_MAX][2];
    _Alignas(max_align_t) float scratch[PATH_LINES_MAX * DYNAMICS_SCRATCH];
} PathRun;

/* Sampler `which` of the ask, at the start. A descender goes to the ladder's rungs below sigma, at most PATH_STEPS_MAX;
 * from above the ladder by steps like its first, as particles do. */
void path_begin(PathRun *r, const PathAsk *ask, size_t which);

/* One step of all particles. False, and nothing is done, behind the last, when all ways have ended, or where the
 * sampler needs a log density that the field has not. A way ends before a step that leads nowhere: to what is no
 * number, or a million standard deviations from the data. */
bool path_step(PathRun *r, const FieldSource *field);

/* A step taken apart, data units. Its end is place + drift + kick, to single precision.
 *
 * The kick is the random part: noise added by the step, all draws together, or the throw of Hamiltonian Monte Carlo and
 * half the renewed velocity of underdamped Langevin. The drift is the rest: score, a schedule's own pull, what momentum
 * carries. A refused proposal is neither. Where a step adds noise before it asks for the score (churn) or between two
 * scores, the drift is that from where the noise led. */
typedef struct PathStep {
    double from, to; /* levels; to = 0: denoised */
    float place[2];  /* where it begins */
    float score[2];  /* the first that the step asked for, 1 / data units; at `place` for all but churn */
    float drift[2], kick[2];
    bool refused;
} PathStep;

/* path_step, with particle `which` of the run taken apart. False also when the step ends its way. */
bool path_take_apart(PathRun *r, const FieldSource *field, size_t which, PathStep *apart);

#endif
