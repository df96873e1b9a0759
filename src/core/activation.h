/* activation.h - the bends between a network's layers, each one fused pass over a matrix with its derivatives.
 *
 *     y = act(z), z = pre + bias
 *
 * Matrices are row-major, [n][width]. A new activation is one function and one row of the table in activation.c. Any
 * thread may call anything here, but buffers named differently in one call must not overlap.
 */
#ifndef CORE_ACTIVATION_H
#define CORE_ACTIVATION_H

#include "core/choice.h"

#include <stddef.h>

typedef enum Activation {
    ACTIVATION_SILU,     /* z / (1 + e^-z) */
    ACTIVATION_TANH,     /* tanh z */
    ACTIVATION_RELU,     /* max(z, 0) */
    ACTIVATION_SOFTPLUS, /* ln(1 + e^z) */
    ACTIVATION_COUNT
} Activation;

/* NULL from ACTIVATION_COUNT on. */
const ChoiceInfo *activation_info(size_t which);

/* What first weights are drawn with: variance gain / inputs keeps the size of what goes through a layer. */
double activation_gain(Activation a);

/* pre [n][width]: pre-activation without its bias in, act'(z) out; y [n][width] = act(z). NaN stays NaN, and values are
 * right for every float, infinities too. */
void activation_forward(Activation a, const float *bias, size_t n, size_t width, float *pre, float *y);
/* y [n][width] = act(y + bias) in place, where no derivative is asked for. */
void activation_value(Activation a, const float *bias, size_t n, size_t width, float *y);
/* As activation_forward, and curvature [n][width] = act''(z). ReLU's is 0 everywhere, its kink included. */
void activation_bend(Activation a, const float *bias, size_t n, size_t width, float *pre, float *y, float *curvature);

#endif
