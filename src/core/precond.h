/* precond.h - what a network's output F stands for, and how it becomes a denoiser and a score (Karras et al. 2022,
 * table 1; maths.md section 1).
 *
 *     D(y; sigma) = skip y + out F(in y; noise),    S(y; sigma) = (D - y) / sigma^2 = place y + output F
 *
 * S is written out because the difference D - y cancels where sigma is small. What no writing mends: a prediction that
 * answers D itself (x0) has a score whose error is that of F / sigma^2, 1e-7 |x| / sigma^2 in single precision at best.
 * Inputs are scaled to unit variance, whatever is predicted. Pure functions: any thread.
 */
#ifndef CORE_PRECOND_H
#define CORE_PRECOND_H

#include "core/choice.h"

#include <stddef.h>

typedef enum Prediction {
    PREDICTION_EDM,     /* (D - skip y) / out, in unit variance */
    PREDICTION_EPSILON, /* the noise, (y - D) / sigma */
    PREDICTION_X0,      /* the denoised point, D */
    PREDICTION_V,       /* the velocity (noise - sigma D) / sqrt(1 + sigma^2): EDM's F with the other sign */
    PREDICTION_SCORE,   /* S itself */
    PREDICTION_COUNT
} Prediction;

/* NULL from PREDICTION_COUNT on. */
const ChoiceInfo *prediction_info(size_t which);

typedef struct Precond {
    double skip, out, in, noise;
    double place, output;
} Precond;

/* sigma > 0 and data_std > 0 in the units of y. */
Precond precond_of(Prediction p, double sigma, double data_std);

/* The F that would denoise y to d, where data_std is 1, without cancellation. */
float precond_answer(Prediction p, float d, float y, float sigma);

#endif
