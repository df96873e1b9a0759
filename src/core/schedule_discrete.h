/* schedule_discrete.h - noise schedules as they were first published, for tests and reproductions (maths.md section 2).
 *
 * Chains of n steps x_i = sqrt(1 - beta_i) x_{i-1} + sqrt(beta_i) z, whose level after step i is
 *     abar_i = prod_{j <= i} (1 - beta_j),    sigma_i = sqrt(1 / abar_i - 1),
 * and the rules by which Song and Ermon (2020, NCSNv2) choose a geometric ladder and its Langevin steps. NCSN's own
 * ladder is ladder_geometric's: 20 to 1 in 10 for its toy, 1 to .01 in 10 for pictures. Pure functions: any thread.
 */
#ifndef CORE_SCHEDULE_DISCRETE_H
#define CORE_SCHEDULE_DISCRETE_H

#include <stddef.h>

/* beta [n] evenly from first to last; n >= 2. DDPM: 1e-4 to .02, n = 1000; for another n improved DDPM multiplies both
 * ends by 1000 / n. */
void betas_linear(double first, double last, size_t n, double *beta);

/* beta [n] of the cosine schedule, at most .999 (Nichol and Dhariwal 2021). */
void betas_cosine(size_t n, double *beta);

/* beta [n] as in Sohl-Dickstein et al.'s code: 1 / n to 1 / 2, even in 1 / beta, then squeezed between a least value
 * and 1 - 1e-5; the least is 1e-6, and 1e-3 more in the first step. n >= 2. */
void betas_diffusion(size_t n, double *beta);

/* abar [n] of beta [n]: the share of the data's variance that is left. */
void betas_signal(const double *beta, size_t n, double *abar);

/* sigma [n] of beta [n], in units of the data's standard deviation. */
void betas_sigma(const double *beta, size_t n, double *sigma);

/* Rule 1, the first sigma: the largest distance between two of n points x [n][2]. Time n^2. */
double ncsnv2_first_sigma(const float *x, size_t n);

/* Rule 2 wants neighbouring levels to share half of their mass: Phi(sqrt(2 D) (g - 1) + 3 g) - Phi(sqrt(2 D) (g - 1) -
 * 3 g) = 1/2 for the ratio g > 1 of neighbours in D dimensions. The solution needs D > 4: in the plane the overlap is
 * never below .997, whatever the ratio, since the rule takes the noise for a thin shell. NAN without a solution. */
double ncsnv2_overlap(double ratio, size_t dimensions);
double ncsnv2_ratio(size_t dimensions);

/* What serves in the plane instead, where mixing limits the ratio and not overlap; NCSN's toy has 1.395. */
#define NCSNV2_PLANE_RATIO 1.4

/* Rule 4: the variance, in units of sigma_L^2, after `moves` Langevin moves x += step S + sqrt(2 step) z at a level
 * that was entered with the variance ratio^2 of the one before; step in units of sigma_L^2. It is above 1 for every
 * step: ncsnv2_step is the step in (0, 1) that comes nearest, which the paper calls V ~ 1. */
double ncsnv2_variance(double step, double ratio, size_t moves);
double ncsnv2_step(double ratio, size_t moves);

#endif
