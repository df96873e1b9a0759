/* likelihood.h - log p of points by the probability-flow ODE: exact up to the solver's tolerance and the prior.
 *
 *     log p(x; from) = log N(y_to; mean, cov + to^2 I) + a,    da/dlambda = -sigma^2 div S,    lambda = ln sigma
 *
 * with the exact divergence (Song et al. 2021; maths.md section 6). The prior has the moments of the smoothed data,
 * because N(0, to^2 I) would be wrong by some hundredths of a nat. For a learned field it is the density that its own
 * flow samples. Belongs to its field source's thread; allocates nothing.
 */
#ifndef CORE_LIKELIHOOD_H
#define CORE_LIKELIHOOD_H

#include "core/field.h"
#include "core/rk45.h"

enum { LIKELIHOOD_CHUNK = 1024 }; /* points that go through the solver together */

/* The solver's error is then below 1e-3 nats for some 120 evaluations a point over the slider's range:
 * tests/bench/bench_likelihood.c. To it comes the prior's, which has two moments and knows nothing of a skew or a heavy
 * tail. With `to` at 10 standard deviations of the data, |log p - exact| of the exact field is in the mean over true
 * points
 *
 *     8gaussians .00003, spirals .0005, banana .0007, ncsn .001, rosenbrock .002, funnel .005
 *
 * (what spirals have is the tree's) and far more for single points of a tail: .02 for ncsn, 11 for the worst of 20,000
 * of the funnel. With `to` ten times as far the mean is below .0005 for all of these. */
#define LIKELIHOOD_TOLERANCE 3e-5

typedef struct Likelihood {
    const FieldSource *field; /* with a divergence */
    const Mixture *moments;   /* whose mean and cov the prior has */
    double from, to;          /* data units: usually both ends of the noise slider */
    double tolerance;         /* nats a step of the solver; below 1e-5 single precision is what is left */
    float *scratch;           /* [min(n, LIKELIHOOD_CHUNK)][RK45_SCRATCH], aligned as malloc aligns */
} Likelihood;

/* log_density [n], nats in data units, at x [n][2], data units. Returns the evaluations of the field, a point each. A
 * point where the field is not finite gets a number that is not finite; the others do not feel it. */
uint64_t likelihood(const Likelihood *l, const float *x, size_t n, double *log_density);

#endif
