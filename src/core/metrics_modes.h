/* metrics_modes.h - how samples share themselves out among the modes of a mixture, for mixtures that have modes.
 *
 * A mixture has modes at a noise level when it has at most METRICS_MODES components and no two of them touch: smoothed
 * Gaussians count as far as METRICS_QUALITY_STD of their standard deviations, boxes as far as they go, and as long as
 * the noise leaves them recognisable: three of its standard deviations are at most their half extents. (Eight
 * Gaussians, a checkerboard; not a spiral made of a thousand.) A sample belongs to the component with the largest
 * posterior probability, and is of high quality within METRICS_QUALITY_STD standard deviations of it without the noise,
 * or inside the box (PacGAN's and VEEGAN's rule; maths.md section 8.7). Pure functions: any thread.
 */
#ifndef CORE_METRICS_MODES_H
#define CORE_METRICS_MODES_H

#include "core/mixture.h"

enum { METRICS_MODES = 64, METRICS_QUALITY_STD = 3 };

bool metrics_has_modes(const Mixture *m, double sigma);

/* The component with the largest posterior probability at x, of any mixture. sigma as in component_at. */
size_t metrics_likeliest(const Mixture *m, double sigma, const double x[2]);

/* For the components of the mixture in their order. */
typedef struct ModeShares {
    size_t count;
    double weight[METRICS_MODES];         /* share of the samples that belongs to it */
    double standard_error[METRICS_MODES]; /* sqrt(p (1 - p) / n) of that share */
    size_t found;                         /* modes with at least one sample of high quality */
    double high_quality;                  /* share of the samples */
    double reverse_kl;                    /* sum p ln(p / true weight), nats */
} ModeShares;

/* x [n][2]: samples of a mixture that has modes at sigma > 0, smoothed by it. */
void metrics_mode_shares(const Mixture *m, double sigma, const float *x, size_t n, ModeShares *out);

/* High quality of samples of the mixture itself: 1 - exp(-9/2) for Gaussians, 1 for boxes. */
double metrics_perfect_quality(const Mixture *m);

#endif
