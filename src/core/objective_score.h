/* objective_score.h - score matching without targets: from the network's score s and its Jacobian alone.
 *
 *     L = mean over the batch of sigma^2 (|s|^2 / 2 + sum over directions v of v' grad s v)
 *
 * With both axes for v the sum is the exact trace (Hyvarinen 2005); with one random v of E v v' = I it is that on
 * average (Song et al. 2019, variance-reduced form). Either is E sigma^2 |s - S|^2 / 2 less a constant that no network
 * changes, E sigma^2 |S|^2 / 2, so that it ends below zero. A network of kinks (ReLU) has a Jacobian that jumps where
 * no derivative sees it: its gradient is not quite that of L. Frame units; a Batch belongs to one thread.
 */
#ifndef CORE_OBJECTIVE_SCORE_H
#define CORE_OBJECTIVE_SCORE_H

#include "core/batch.h"

/* Random signs for the first direction of every point. */
void score_draw_slices(uint64_t step, Batch *b);

/* As objective_loss and objective_floor; f and df are [1 + tangents][n][2]. */
double score_loss(const Batch *b, size_t tangents, size_t first, size_t n, const float *f, float *df);
double score_floor(const Target *target, const Batch *b, size_t tangents);
/* Size of the loss with f = 0, and at least 1: that of the exact score's two terms. */
double score_idle(const Batch *b);

#endif
