#include "core/activation.h"

#include "core/vector.h"

/* An activation and its derivatives at one place. What a caller does not use costs nothing: all of it is inlined. */
typedef struct Bend {
    float value, slope, curvature;
} Bend;

/* Below -87 the product z e^z has left the floats' normal range while 1 / (1 + e^-z) has not yet reached zero, so that
 * a huge negative z would give a finite wrong value. 1 - sigmoid is decay sigmoid without cancellation; times z it
 * would be 0 times infinity far right, hence `bounded`. */
CORE_INLINE Bend silu(float pre)
{
    float z = pre < -87.0f ? -87.0f : pre, bounded = z > 87.0f ? 87.0f : z;
    float decay = vector_exp(-z), sigmoid = 1.0f / (1.0f + decay), rest = decay * sigmoid;
    return (Bend){.value = z * sigmoid,
                  .slope = sigmoid * (1.0f + bounded * rest),
                  .curvature = rest * sigmoid * (2.0f + bounded * (rest - sigmoid))};
}

/* Cephes' polynomial near zero, where the quotient would cancel; a NaN goes through it. */
CORE_INLINE Bend tanh_bend(float z)
{
    float size = z < 0.0f ? -z : z, square = z * z;
    float decay = vector_exp(-2.0f * size), inverse = 1.0f / (1.0f + decay);
    float p = -5.70498872745e-3f;
    p = p * square + 2.06390887954e-2f;
    p = p * square - 5.37397155531e-2f;
    p = p * square + 1.33314422036e-1f;
    p = p * square - 3.33332819422e-1f;
    float near = p * square * z + z, far = (1.0f - decay) * inverse;
    float value = size > 0.625f ? (z < 0.0f ? -far : far) : near, slope = 4.0f * decay * inverse * inverse;
    return (Bend){.value = value, .slope = slope, .curvature = -2.0f * value * slope};
}

CORE_INLINE Bend relu(float z)
{
    return (Bend){.value = z < 0.0f ? 0.0f : z, .slope = z > 0.0f ? 1.0f : 0.0f, .curvature = 0.0f};
}

/* ln(1 + decay) by the logarithm of a rounded sum, mended by what rounding did to it. */
CORE_INLINE Bend softplus(float z)
{
    float decay = vector_exp(z < 0.0f ? z : -z), sum = 1.0f + decay, inverse = 1.0f / sum;
    float taken = sum - 1.0f;
    float logarithm = taken > 0.0f ? vector_log(sum) * (decay / taken) : decay;
    return (Bend){.value = (z < 0.0f ? 0.0f : z) + logarithm,
                  .slope = z < 0.0f ? decay * inverse : inverse,
                  .curvature = decay * inverse * inverse};
}

/* The three passes of an activation. */
#define KERNELS(name, bend)                                                                                            \
    CORE_CLONES                                                                                                        \
    static void name##_forward(const float *bias, size_t n, size_t width, float *restrict pre, float *restrict y)      \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            float *restrict row = pre + i * width, *restrict value = y + i * width;                                    \
            for (size_t j = 0; j < width; j++) {                                                                       \
                Bend b = bend(row[j] + bias[j]);                                                                       \
                value[j] = b.value;                                                                                    \
                row[j] = b.slope;                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
    }                                                                                                                  \
    CORE_CLONES                                                                                                        \
    static void name##_value(const float *bias, size_t n, size_t width, float *restrict y)                             \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            float *restrict row = y + i * width;                                                                       \
            for (size_t j = 0; j < width; j++)                                                                         \
                row[j] = bend(row[j] + bias[j]).value;                                                                 \
        }                                                                                                              \
    }                                                                                                                  \
    CORE_CLONES                                                                                                        \
    static void name##_bend_rows(const float *bias, size_t n, size_t width, float *restrict pre, float *restrict y,    \
                                 float *restrict curvature)                                                            \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            float *restrict row = pre + i * width, *restrict value = y + i * width,                                    \
                            *restrict curve = curvature + i * width;                                                   \
            for (size_t j = 0; j < width; j++) {                                                                       \
                Bend b = bend(row[j] + bias[j]);                                                                       \
                value[j] = b.value;                                                                                    \
                row[j] = b.slope;                                                                                      \
                curve[j] = b.curvature;                                                                                \
            }                                                                                                          \
        }                                                                                                              \
    }
KERNELS(silu, silu)
KERNELS(tanh, tanh_bend)
KERNELS(relu, relu)
KERNELS(softplus, softplus)
#undef KERNELS

typedef struct ActivationRow {
    ChoiceInfo info;
    double gain;
    void (*forward)(const float *bias, size_t n, size_t width, float *pre, float *y);
    void (*value)(const float *bias, size_t n, size_t width, float *y);
    void (*bend)(const float *bias, size_t n, size_t width, float *pre, float *y, float *curvature);
} ActivationRow;

/* Gains: He et al.'s for what leaves half of its inputs out, LeCun's for what passes small ones through. */
static const ActivationRow activations[ACTIVATION_COUNT] = {
    [ACTIVATION_SILU] = {{"silu", "SiLU", "z / (1 + e^-z): smooth, nearly zero on one side and straight on the other"},
                         2.0,
                         silu_forward,
                         silu_value,
                         silu_bend_rows},
    [ACTIVATION_TANH] =
        {{"tanh", "tanh", "smooth, and flat on both sides"}, 1.0, tanh_forward, tanh_value, tanh_bend_rows},
    [ACTIVATION_RELU] = {{"relu", "ReLU",
                          "max(z, 0): straight pieces, so that the learned score has kinks; its second derivative is "
                          "zero wherever it has one, so that sliced and implicit score matching hardly learn"},
                         2.0,
                         relu_forward,
                         relu_value,
                         relu_bend_rows},
    [ACTIVATION_SOFTPLUS] = {{"softplus", "softplus", "ln(1 + e^z): ReLU with its corner rounded"},
                             2.0,
                             softplus_forward,
                             softplus_value,
                             softplus_bend_rows},
};

const ChoiceInfo *activation_info(size_t which)
{
    return which < ACTIVATION_COUNT ? &activations[which].info : NULL;
}

double activation_gain(Activation a)
{
    return activations[a].gain;
}

void activation_forward(Activation a, const float *bias, size_t n, size_t width, float *pre, float *y)
{
    activations[a].forward(bias, n, width, pre, y);
}

void activation_value(Activation a, const float *bias, size_t n, size_t width, float *y)
{
    activations[a].value(bias, n, width, y);
}

void activation_bend(Activation a, const float *bias, size_t n, size_t width, float *pre, float *y, float *curvature)
{
    activations[a].bend(bias, n, width, pre, y, curvature);
}
