/* metrics_samples.h - how far a set of points is from another, from a density, and from being copies of a third.
 *
 * Two sets from one distribution are not at distance 0 either: put the same number for two sets of true samples beside
 * every one of these (maths.md section 8.6). Pure functions of their arguments: any thread.
 */
#ifndef CORE_METRICS_SAMPLES_H
#define CORE_METRICS_SAMPLES_H

#include "core/mixture.h"

enum { METRICS_SLICES = 32 };

typedef struct SampleDistances {
    /* 2 E|x - y| - E|x - x'| - E|y - y'|, data units. Pairs are of different points, so that the mean over sets from
     * one distribution is 0 and chance alone makes it negative. (Szekely and Rizzo 2013) */
    double energy;
    /* E k(x, x') + E k(y, y') - 2 E k(x, y), k = exp(-|x - y|^2 / 2 bandwidth^2), unbiased in the same way. (Gretton et
     * al. 2012) */
    double mmd_squared;
    /* Square root of the mean squared 2-Wasserstein distance between the projections on METRICS_SLICES directions, even
     * over the half circle; data units. A shift by d gives |d| / sqrt(2). (Bonneel et al. 2015) */
    double sliced_wasserstein;
} SampleDistances;

/* x, y: [n][2], n >= 2. bandwidth > 0, data units. scratch [n][4]. */
SampleDistances metrics_sample_distances(const float *x, const float *y, size_t n, double bandwidth, float *scratch);

/* The log density, nats, that a share of the points x [n][2] lies below: log p_sigma as mixture_evaluate has it.
 * share in [0, 1). scratch [n]. */
double metrics_log_density_quantile(const Mixture *m, double sigma, const float *x, size_t n, double share,
                                    float *scratch);
/* The share of the points that lies below a log density. scratch [n]. */
double metrics_share_below(const Mixture *m, double sigma, const float *x, size_t n, double log_density,
                           float *scratch);

/* The share of the points x [n][2] that are copies from set [m][2], m >= 2: the nearest of the set is closer than a
 * third of the second nearest. (Somepalli et al. 2023; Yoon et al. 2023) */
double metrics_memorised(const float *x, size_t n, const float *set, size_t m);

#endif
