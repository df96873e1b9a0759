/* batch.h - what one training step works on: noisy points and what is asked of them. Frame units throughout. A Batch
 * belongs to one thread. */
#ifndef CORE_BATCH_H
#define CORE_BATCH_H

#include "core/references.h"
#include "core/trainer.h"
#include "core/training_set.h"

typedef struct Batch {
    TrainerOptions options; /* what it was made for */
    size_t n;
    float *clean;                   /* [n][2] */
    float *noisy;                   /* [n][2], y = clean + sigma noise */
    float *sigma;                   /* [n] */
    float *weight;                  /* [n], of a point in the loss: see objective.h */
    float *wanted;                  /* [n][2], denoised points to learn */
    float *answer;                  /* [n][2], the network's output that denoises to them */
    float *exact;                   /* [n][2], scratch of objective_floor */
    float *direction[NET_TANGENTS]; /* [n][2] each, for objectives that ask for derivatives */
    double idle; /* size of the loss of a network that answers 0: what other losses are held against */
    TrainingSet set;
    References references;
    const Target *drawn_from; /* what set and references were drawn from, and the references for which steps: drawn
                                 again when either changes */
    uint64_t drawn_for;
} Batch;

/* Memory for the batch and for what its options want: a training set, references, directions. False when it is short;
 * batch_free is legal either way. */
bool batch_init(Batch *b, const TrainerOptions *options);
void batch_free(Batch *b);

#endif
