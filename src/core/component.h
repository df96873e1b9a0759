/* component.h - one component of a mixture, convolved with N(0, sigma^2 I): the closed forms of maths.md section 4.
 *
 * Pure functions in double; any thread.
 */
#ifndef CORE_COMPONENT_H
#define CORE_COMPONENT_H

#include "core/mixture.h"

typedef struct ComponentValue {
    double log_density; /* ln c(x; sigma), without the weight; -inf outside a box at sigma = 0 */
    double score[2];    /* grad ln c */
    double laplacian;   /* trace of the Hessian of ln c */
} ComponentValue;

/* Finite numbers, a positive weight, a positive semidefinite covariance or positive extents. */
bool component_valid(const Component *c);

/* sigma >= 0; sigma = 0 needs a box or a positive definite covariance. */
ComponentValue component_at(const Component *c, double sigma, const double x[2]);

/* Lower Cholesky factor xx, xy, yy of a positive semidefinite matrix xx, xy, yy. */
void component_cholesky(const double cov[3], double factor[3]);

#endif
