/* mixture_summary.h - moments of what one lane of a mixture's tree stands for, gathered level upon level.
 *
 * Unit coordinates throughout. Symmetric matrices are xx, xy, yy; symmetric third moments xxx, xxy, xyy, yyy.
 * Internal to the mixture's own files; pure functions in double.
 */
#ifndef CORE_MIXTURE_SUMMARY_H
#define CORE_MIXTURE_SUMMARY_H

#include "core/mixture.h"

typedef struct Summary {
    double weight, mean[2], cov[3];
    double third[4];        /* third cumulant of the whole */
    double fourth[5];       /* fourth cumulant of the whole */
    double within[3];       /* mean covariance of the components */
    double square;          /* mean squared Frobenius norm of it */
    double lean[2], steep;  /* means of d |d|^2 and |d|^4, d from the mean to a component's */
    double low[2], high[2]; /* box around the components' means */
    double wide[2], widest; /* largest xx, yy and eigenvalue of the components' covariances */
    double least[2];        /* least first and second eigenvalue of them */
} Summary;

/* centre, unit: of unit coordinates, (x - centre) / unit. */
Summary summary_of_component(const Component *c, const double centre[2], double unit);

/* n > 0. */
Summary summary_of_children(const Summary *child, size_t n);

/* What a Gaussian with the right moments up to the third does not tell of the components below, as a variance: the
 * fourth cumulant is about its square. */
double summary_spread(const Summary *s);

/* Eigenvalues, largest first, of a positive semidefinite matrix, and the angle of the first axis. */
void summary_eigen(const double cov[3], double value[2], double *angle);

#endif
