/* objective.h - what a network is asked for: a batch of noisy points, the loss of its answers, and the least loss there
 * can be (maths.md section 3).
 *
 *     denoising, flow:   L = mean over the batch of lambda(sigma) |D(y; sigma) - wanted|^2
 *     sliced, implicit:  objective_score.h
 *
 * The former is weight |F - F*|^2 for the network's output F, where F* denoises to what is wanted (precond.h). lambda
 * and the law of sigma are objective_levels.h's, what is wanted objective_targets.h's. Flow matching's velocity along
 * x = (1 - t) x0 + t n is u = (y - D) / sigma - D at y = x / (1 - t) and sigma = t / (1 - t), so that its loss
 * |u - (n - x0)|^2 is one more lambda. Everything here is in the frame's units, and a pure function of the seed and the
 * step's number: any thread, each with its own batch.
 */
#ifndef CORE_OBJECTIVE_H
#define CORE_OBJECTIVE_H

#include "core/objective_levels.h"
#include "core/objective_targets.h"

/* NULL from OBJECTIVE_COUNT on. */
const ChoiceInfo *objective_info(size_t which);

/* Whether it reads the target source. */
bool objective_asks_for_targets(Objective objective);
/* How many derivatives of the network it asks for, along directions of the batch. */
size_t objective_tangents(Objective objective);

/* Draws the batch of a step: clean points, levels, noise, and objective_ask. */
void objective_draw(const Target *target, uint64_t step, Batch *b);
/* What is asked of the noisy points that are there. */
void objective_ask(const Target *target, uint64_t step, Batch *b);

/* Points first .. first+n-1 of the batch: adds nothing, returns their share of L and fills df, the gradient of L with
 * respect to the network's output f, both [1 + tangents][n][2]. */
double objective_loss(const Batch *b, size_t first, size_t n, const float *f, float *df);

/* L of a network of the batch's shape, whose gradient is added to gradient [net->count]. */
double objective_gradient(const Batch *b, const Net *net, NetWorkspace *w, float *gradient);

/* L of the exact score of the target on this batch: what a perfect network would get. On a finite training set a
 * network that comes to know its points by heart gets below it. */
double objective_floor(const Target *target, Batch *b);

#endif
