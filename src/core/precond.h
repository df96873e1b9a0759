/* precond.h - how a network's output F becomes a denoiser (Karras et al. 2022, table 1; maths.md section 1).
 *
 *     D(y; sigma) = skip y + out F(in y; noise)
 *
 * so that both what goes in and what is asked for have unit variance at every noise level. Pure functions: any thread.
 */
#ifndef CORE_PRECOND_H
#define CORE_PRECOND_H

typedef struct Precond {
    double skip, out, in, noise;
} Precond;

/* sigma > 0 and data_std > 0 in the units of y. */
Precond precond_edm(double sigma, double data_std);

/* score = place y + output F: the same as (D - y) / sigma^2, without the difference of two nearly equal numbers. */
typedef struct PrecondScore {
    double place, output;
} PrecondScore;
PrecondScore precond_score(double sigma, double data_std);

#endif
