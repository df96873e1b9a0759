/* trainer.h - one network learning one target: a step, its statistics, its clocks.
 *
 * Pure and single-threaded: the same seed, options and calls give the same bytes, with a window or without.
 * A step is data, noise, features, forward, backward, Adam, average (speed.md); it allocates nothing.
 */
#ifndef CORE_TRAINER_H
#define CORE_TRAINER_H

#include "core/net.h"

/* Where a training target comes from (maths.md section 3): a row of a table in objective.c. */
typedef enum TargetSource {
    TARGET_SINGLE,     /* the sample that was noised: denoising score matching as in the papers */
    TARGET_REFERENCES, /* posterior mean over reference points and the batch itself: stable targets */
    TARGET_ALL,        /* posterior mean over everything there is */
    TARGET_SOURCE_COUNT
} TargetSource;

/* What a network is trained to make small (maths.md section 3): a row of a table in objective.c. */
typedef enum Objective {
    OBJECTIVE_DENOISING, /* lambda |D - wanted|^2 */
    OBJECTIVE_SLICED,    /* sigma^2 (|s|^2 / 2 + v' grad s v) along one random direction a point */
    OBJECTIVE_IMPLICIT,  /* sigma^2 (|s|^2 / 2 + tr grad s) */
    OBJECTIVE_FLOW,      /* |u - (noise - wanted)|^2 of the velocity u along straight lines from data to noise */
    OBJECTIVE_COUNT
} Objective;

/* How much each noise level counts for OBJECTIVE_DENOISING, and how often it is drawn: a row of a table in
 * objective_levels.c. */
typedef enum Weighting {
    WEIGHTING_EDM,        /* lambda = (1 + sigma^2) / sigma^2, ln sigma normal */
    WEIGHTING_SIGMA2,     /* NCSN's sigma^2 |score|^2, which is |noise|^2, ln sigma uniform */
    WEIGHTING_LIKELIHOOD, /* g^2 |score|^2 at uniform times of the VP schedule */
    WEIGHTING_SIMPLE,     /* DDPM's: |noise|^2 at uniform times of the VP schedule */
    WEIGHTING_COUNT
} Weighting;

typedef struct TrainerOptions {
    uint64_t seed;
    NetShape shape;
    int batch;
    Objective objective;
    Weighting weighting; /* for OBJECTIVE_DENOISING */
    TargetSource source; /* for OBJECTIVE_DENOISING and OBJECTIVE_FLOW */
    int references;      /* for TARGET_REFERENCES: fresh points a step, rounded up to a multiple of 16 */
    uint64_t samples;    /* points of the training set; 0: fresh ones without end */
    double rate;         /* peak learning rate */
    uint64_t budget;     /* steps of a cosine schedule; 0 trains without end with 1/sqrt(t) and an average */
} TrainerOptions;
TrainerOptions trainer_defaults(void);

enum { TRAINER_HISTORY = 512 };

typedef struct TrainerStatistics {
    uint64_t steps;
    double loss;             /* smoothed, of the objective: sliced and implicit go below zero */
    double floor;            /* smoothed loss of the exact score on the same batches */
    double population_floor; /* the same of the target's score, whatever the floor is of (trainer_judge) */
    bool diverged; /* a step gave numbers that are not finite: the last good weights are kept and training rests */
    /* loss and floor over the whole run, thinned by doubling history_stride when full */
    float history[TRAINER_HISTORY][2];
    size_t history_count;
    uint64_t history_stride; /* steps an entry */
} TrainerStatistics;

typedef struct Trainer {
    TrainerOptions options;
    const Target *target;
    const Target *judge;        /* whose exact score the floor is the loss of; NULL: target's */
    Net net;                    /* raw weights */
    Net average;                /* EMA: what is drawn, sampled, measured and saved */
    struct TrainerState *state; /* Adam moments, clocks, workspace */
    TrainerStatistics statistics;
} Trainer;

/* A fresh network for a target, which must outlive the trainer. False when memory is short; trainer_free is legal. */
bool trainer_init(Trainer *t, const TrainerOptions *options, const Target *target);
void trainer_free(Trainer *t);

/* Changes everything but seed and shape without a reset; those two need trainer_init. Another rate, objective or
 * weighting wakes a diverged trainer: it goes on from the last good weights. */
void trainer_configure(Trainer *t, const TrainerOptions *options);

/* Another target under the same network, which keeps what was learned as far as the two agree: the clocks of learning
 * rate, average and Adam's memory are multiplied by (1 - TV)^8, and 0.3 TV^2 of the weights is forgotten, TV being
 * variation_between old and new. The warm-up is not repeated. All measured: see trainer.c. A few ms. */
void trainer_retarget(Trainer *t, const Target *target);

/* The floor is the loss of another target's exact score from now on, as of the finite points that are learned from; it
 * must outlive the trainer. NULL: of the target that is learned. */
void trainer_judge(Trainer *t, const Target *judge);

/* One step. Does nothing when diverged. */
void trainer_step(Trainer *t);

/* The step's number keys the random streams and never turns back; the clocks do when the target changes. */
typedef struct TrainerClocks {
    double rate, average;
    double settled;    /* of Adam's memory: a fresh network's task has not changed, so it starts at the end */
    uint64_t moments;  /* steps that Adam's moments have seen */
    uint64_t measured; /* measurements of loss and floor */
} TrainerClocks;

/* Everything a trainer is, as one block of bytes: restoring it and going on gives the bytes of never having stopped.
 * trainer_restore wants a block of the same shape; the target stays the caller's to set first by trainer_retarget. */
size_t trainer_state_size(const Trainer *t);
void trainer_save(const Trainer *t, void *bytes);
void trainer_restore(Trainer *t, const void *bytes);

/* Everything of the network's size that is saved, one plane each. */
enum {
    PLANE_NET,
    PLANE_AVERAGE,
    PLANE_MEAN, /* Adam's moments */
    PLANE_SQUARE,
    PLANE_GOOD, /* what a divergence falls back on */
    PLANE_GOOD_AVERAGE,
    TRAINER_PLANES
};

/* Such a block, taken apart: for files. */
typedef struct TrainerBlock {
    TrainerOptions *options;
    TrainerStatistics *statistics;
    TrainerClocks *clocks;
    float *plane[TRAINER_PLANES]; /* [net_parameter_count] each, and zeros behind */
} TrainerBlock;
/* bytes: as trainer_save fills it, aligned as malloc aligns. */
TrainerBlock trainer_block(void *bytes, NetShape shape);
/* A block of zeros but for these options, and for Adam's memory, which is settled; malloc'ed, NULL when memory is
 * short.
 */
void *trainer_block_create(const TrainerOptions *options);

#endif
