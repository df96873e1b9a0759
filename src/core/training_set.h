/* training_set.h - a finite number of points to learn from, which a network can come to know by heart.
 *
 * What it knows then is the posterior mean over the points themselves,
 *
 *     D(y; sigma) = sum_j w_j x_j,   w = softmax_j(-|y - x_j|^2 / (2 sigma^2))
 *
 * whose samples are the points again. A TrainingSet belongs to one thread.
 */
#ifndef CORE_TRAINING_SET_H
#define CORE_TRAINING_SET_H

#include "core/target.h"

/* The points of a seed: x [samples][2], data units. Pure: whoever asks gets those that a trainer learns from. */
void training_set(const Target *target, uint64_t seed, uint64_t samples, float *x);

/* The same points as a mixture of equal weights without width, data units. False when memory is short or all points are
 * one; mixture_free is legal either way. */
bool training_set_mixture(Mixture *m, const Target *target, uint64_t seed, uint64_t samples);

typedef struct TrainingSet {
    size_t count;
    float *point;    /* [count][2], frame units */
    Mixture mixture; /* of the points, frame units; only where training_set_draw was asked for it */
} TrainingSet;

/* Room for count points, none with 0. False when memory is short; training_set_free is legal either way. */
bool training_set_init(TrainingSet *s, size_t count);
void training_set_free(TrainingSet *s);

/* The points of target and seed, and with `mixture` what their posterior mean is asked of. Allocates for the latter;
 * false when memory is short or all points are one. */
bool training_set_draw(TrainingSet *s, const Target *target, uint64_t seed, bool mixture);

/* x [n][2]: points of the set, with replacement, frame units. */
void training_set_pick(const TrainingSet *s, Rng rng, uint64_t step, size_t n, float *x);

#endif
