/* rk45.h - the probability-flow ODE solved to a tolerance, by Runge-Kutta steps of order 5 with an error estimate of
 * order 4 (Dormand and Prince 1980).
 *
 *     dy/dlambda = -sigma^2 S(y; sigma),    da/dlambda = -sigma^2 div S(y; sigma),    lambda = ln sigma
 *
 * not stiff in lambda (maths.md sections 5 and 6). A field answers for many points at one noise level, so points cannot
 * each choose their steps freely: the way is halved, the halves are halved again, and every point takes the largest of
 * these pieces that keep its own error within the tolerance. Points that take the same piece go through it together,
 * yet the solver ties no point's path to another's; a mixture's tree does, within its tolerance. Belongs to its field
 * source's thread; allocates nothing.
 */
#ifndef CORE_RK45_H
#define CORE_RK45_H

#include "core/field.h"
#include "core/target.h"

enum { RK45_SCRATCH = 32 }; /* floats of scratch a point */

typedef struct Rk45 {
    const FieldSource *field;
    double from, to; /* levels, data units, both > 0, in either order */
    /* Of one piece. Of a place in units of frame->std plus its distance from frame->mean; without a frame in units of
     * sigma, because |S| is of the order 1/sigma at most: a place's error is then one of log p in nats. Of a in nats.
     */
    double tolerance;
    const Frame *frame; /* or NULL */
    float *scratch;     /* [n][RK45_SCRATCH], aligned as malloc aligns */
} Rk45;

/* Moves n points x [n][2], data units, from level to level; inside they are doubles. With log_volume [n], or NULL, also
 * a, the change of log p along the way: log p_from(x) = log p_to(its end) + a. Returns the evaluations of the field, a
 * point each. Pieces are never shorter than 1/1024 in lambda, whatever the error, so that any field lets it end;
 * numbers that are not finite pass through and stay in their own point. */
uint64_t rk45_solve(const Rk45 *r, size_t n, float *x, double *log_volume);

#endif
