/* mixture.h - a mixture in the plane, smoothed by noise of standard deviation sigma.
 *
 *     p_sigma(x) = sum_k w_k c_k(x; sigma)
 *
 * where c_k is a Gaussian N(x; mean_k, cov_k + sigma^2 I) or a uniform axis-aligned box convolved with N(0, sigma^2 I).
 * Every target is one of these, so the score, its divergence and the denoiser are always known exactly (maths.md
 * section 4). Queries are pure functions of their arguments: any thread may ask a mixture that nobody is changing.
 */
#ifndef CORE_MIXTURE_H
#define CORE_MIXTURE_H

#include "core/rng.h"

#include <stdbool.h>

typedef enum ComponentKind { COMPONENT_GAUSSIAN, COMPONENT_BOX } ComponentKind;

typedef struct Component {
    ComponentKind kind;
    double weight;    /* > 0; any scale, mixture_init makes the sum 1 */
    double mean[2];   /* centre, data units */
    double cov[3];    /* Gaussian: xx, xy, yy, positive semidefinite. Box: set by mixture_init */
    double half[2];   /* box: half extents, > 0 */
    double factor[3]; /* Gaussian: lower Cholesky factor xx, xy, yy of cov; set by mixture_init */
} Component;

typedef struct MixtureTree MixtureTree;

typedef struct Mixture {
    Component *component;
    size_t count;
    double *cumulative; /* [count], running sum of weights */
    size_t *guide;      /* [count + 1], where in cumulative to look for a number between 0 and 1 */
    double mean[2];     /* of the whole, data units */
    double cov[3];      /* of the whole: xx, xy, yy */
    double std;         /* sqrt(trace(cov) / 2): one global scale */
    MixtureTree *tree;  /* moment-matched nodes over the components */
} Mixture;

/* A mixture of n copied components. False when n is 0, a number is not finite, a weight is not positive, a covariance
 * is not positive semidefinite, or memory is short; mixture_free is legal either way. */
bool mixture_init(Mixture *m, const Component *component, size_t n);
void mixture_free(Mixture *m);

/* Points first .. first+n-1 of a step of a stream. x [n][2]. */
void mixture_sample(const Mixture *m, Rng rng, uint64_t step, size_t first, size_t n, float *x);

typedef struct MixtureValue {
    double log_density;
    double score[2];    /* grad log p_sigma */
    double divergence;  /* trace of the score's Jacobian */
    double denoiser[2]; /* E[x0 | x] = x + sigma^2 score */
} MixtureValue;

/* Everything at one point, in double, summed over all components: the reference for the fast path below.
 * sigma >= 0; sigma = 0 needs every covariance positive definite. Log-sum-exp throughout: finite for |x| up to 1e6. */
MixtureValue mixture_at(const Mixture *m, double sigma, const double x[2]);

/* What mixture_evaluate fills; any may be NULL. */
typedef struct MixtureOutput {
    float *log_density; /* [n] */
    float *score;       /* [n][2] */
    float *divergence;  /* [n] */
    float *denoiser;    /* [n][2] */
    uint32_t *pairs;    /* [n], the work: components and nodes met, sixteen at a time; what points share, by shares */
} MixtureOutput;

/* The same at n points x [n][2] through the tree, whose nodes stand for what they hold where it is small against the
 * noise or weighs little. Up to 1,000 components, for |x| up to 1e6 and sigma from 1e-4 to 1e3 at unit scale, all are
 * right to 1e-4: the score of |score| + 1/sigma, for it has zeros; the divergence of |divergence| + 2/sigma^2, far out
 * to 1e-7 |log p| more; the log density of max(1, |log p|) nats. More components: log p_sigma to 1e-3 nats where
 * p_sigma has points, and of itself farther out; the score to 2e-3. Points of one call that lie within about sigma of
 * each other go through the tree together, several times as fast: an answer depends, within that tolerance, on its
 * neighbours in the same 4,096 points of the call; in a call of at most three, on none. Gaussians cost a few hundred
 * pairs a point and on average under a thousand, however many there are, unless they overlap with widths that differ by
 * decades; each box costs one. Up to 1,000 Gaussians that are not round are summed in double beyond 90 widths or so.
 * A place beyond 1e9 std counts as the one so far out on its way to the middle: from sigma = 1e-4 std up every finite x
 * has finite answers, though particles may run away. sigma > 1e-8 std. Allocates nothing.
 */
void mixture_evaluate(const Mixture *m, float sigma, const float *x, size_t n, MixtureOutput out);

#endif
