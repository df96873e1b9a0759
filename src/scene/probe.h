/* probe.h - what is known at one place of the plane: both scores, how they differ, where the denoiser sends the place,
 * and which data points it came from.
 *
 * By Tweedie's formula the denoiser is the mean of the posterior over data,
 *
 *     E[x0 | x] = x + sigma^2 S(x; sigma) = sum_i w_i d_i,    w_i = softmax_i(-|x - d_i|^2 / (2 sigma^2))
 *
 * the right side with points d_i that stand for the data (maths.md sections 1 and 4). Pure but for the learned field's
 * workspace; allocates nothing. Two thousand points cost some tens of microseconds.
 */
#ifndef SCENE_PROBE_H
#define SCENE_PROBE_H

#include "core/field.h"

enum { PROBE_PARENTS = 16 };

typedef struct ProbeAsk {
    double at[2]; /* finite, data units; seen in single precision */
    double sigma; /* > 0, data units */
    const Mixture *mixture;
    FieldSource learned; /* evaluate may be NULL: nothing is learned yet */
    const float *data;   /* [count][2], data units: samples, or the training set */
    size_t count;
} ProbeAsk;

typedef struct ProbeParent {
    double at[2];  /* data units */
    double weight; /* w_i, over all points that were asked about */
} ProbeParent;

/* NAN stands for what isn't known: all that a field without a finite value leads to. */
typedef struct Probe {
    double at[2], sigma;                           /* as asked */
    double learned[2], exact[2];                   /* scores, 1/data units */
    double angle_deg;                              /* between them, 0 .. 180; NAN when either is 0 */
    double error;                                  /* |learned - exact| / |exact|; NAN when that is 0 */
    double log_density;                            /* ln p_sigma, exact, nats */
    double denoised_learned[2], denoised_exact[2]; /* E[x0 | x], data units */
    ProbeParent parent[PROBE_PARENTS];             /* the heaviest first; of equals the first in data */
    size_t parents;                                /* fewer where fewer weigh anything in double precision */
    double share;                                  /* of all weight that parent[] carries, 0 .. 1 */
    double effective; /* 1 / sum w^2: as many equal points would be as spread; 0 without points */
} Probe;

void probe_at(const ProbeAsk *ask, Probe *out);

#endif
