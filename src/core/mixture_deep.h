/* mixture_deep.h - a mixture's sum at one point in double: for few Gaussians that are not round, far out, where single
 * precision knows neither their axes nor which of them weighs most.
 *
 * Internal to the mixture's own files.
 */
#ifndef CORE_MIXTURE_DEEP_H
#define CORE_MIXTURE_DEEP_H

#include "core/mixture_tree.h"

/* Everything at one point, in unit coordinates. */
typedef struct PointValue {
    double log_density;
    float score[2], divergence;
    bool far;  /* relative to a reference far below */
    bool deep; /* too far for single precision: no more is known yet */
    uint32_t pairs;
} PointValue;

/* Fills in the numbers and adds to the pairs. variance: sigma^2, at: unit coordinates. Takes a tree that has deep
 * blocks and no boxes. */
void deep_value(const MixtureTree *t, double variance, const double at[2], PointValue *value);

#endif
