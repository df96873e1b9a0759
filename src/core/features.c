#include "core/features.h"

#include "core/schedule.h"
#include "core/vector.h"

#include <math.h>

enum { LANES = 16 }; /* pairs and one that stays empty: a whole vector */

typedef struct Waves {
    float frequency[2][LANES];
    float damping[LANES]; /* of the exponent: -(|f|/2)^2 / 2 */
} Waves;

static const double SLOWEST = 1.5, FASTEST = 6.0;              /* radians per unit of c_in y */
static const double LEVEL_SLOWEST = 0.25, LEVEL_FASTEST = 4.0; /* radians per unit of ln sigma */
static const double GOLDEN_ANGLE = 2.39996322972865332;

static Waves place_waves(void)
{
    Waves waves = {0};
    double size[FEATURES_PAIRS];
    ladder_geometric(SLOWEST, FASTEST, FEATURES_PAIRS, size);
    for (size_t k = 0; k < FEATURES_PAIRS; k++) {
        double angle = GOLDEN_ANGLE * (double)k;
        waves.frequency[0][k] = (float)(size[k] * cos(angle));
        waves.frequency[1][k] = (float)(size[k] * sin(angle));
        waves.damping[k] = (float)(-size[k] * size[k] / 8.0);
    }
    return waves;
}

/* sin and cos to 2e-7 for |x| < 1e5, beyond which the phase is held there: such places are nowhere near the data. Cody
 * and Waite's reduction to a quarter turn. */
CORE_INLINE void sincos_held(float x, float *sine, float *cosine)
{
    x = x < -1e5f ? -1e5f : x;
    x = x > 1e5f ? 1e5f : x;
    const float round = 12582912.0f; /* 1.5 * 2^23 */
    float shifted = x * 0.636619772f + round, n = shifted - round;
    float r = ((x - n * 1.5703125f) - n * 4.837512969970703125e-4f) - n * 7.549789948768648e-8f;
    vector_sincos_quarter(r, vector_bits(shifted), sine, cosine);
}

CORE_CLONES
void features_place(const float *y, const float *sigma, size_t n, size_t stride, float *out)
{
    Waves waves = place_waves();
    for (size_t i = 0; i < n; i++) {
        float *restrict row = out + i * stride;
        float variance = sigma[i] * sigma[i] + 1.0f, in = 1.0f / __builtin_sqrtf(variance);
        float washed = sigma[i] * sigma[i] / variance;
        float a = y[2 * i] * in, b = y[2 * i + 1] * in;
        float sine[LANES], cosine[LANES];
        for (size_t k = 0; k < LANES; k++) {
            float amplitude = vector_exp(waves.damping[k] * washed);
            sincos_held(a * waves.frequency[0][k] + b * waves.frequency[1][k], &sine[k], &cosine[k]);
            sine[k] *= amplitude;
            cosine[k] *= amplitude;
        }
        row[0] = a;
        row[1] = b;
        memcpy(row + 2, sine, FEATURES_PAIRS * sizeof *sine);
        memcpy(row + 2 + FEATURES_PAIRS, cosine, FEATURES_PAIRS * sizeof *cosine);
    }
}

CORE_CLONES
void features_level(const float *sigma, size_t n, size_t stride, float *out)
{
    enum { WAVES = FEATURES_LEVEL / 2 };
    double frequency[WAVES];
    ladder_geometric(LEVEL_SLOWEST, LEVEL_FASTEST, WAVES, frequency);
    for (size_t i = 0; i < n; i++) {
        float *restrict row = out + i * stride;
        float level = vector_log(sigma[i]);
        for (size_t k = 0; k < WAVES; k++)
            sincos_held(level * (float)frequency[k], &row[k], &row[WAVES + k]);
    }
}

CORE_INLINE float input_scale(float sigma)
{
    return 1.0f / __builtin_sqrtf(sigma * sigma + 1.0f);
}

CORE_CLONES
void features_plain(const float *y, const float *sigma, size_t n, size_t stride, float *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < FEATURES_PLAIN; k++)
            out[i * stride + k] = input_scale(sigma[i]) * y[2 * i + k];
}

CORE_CLONES
void features_plain_tangent(const float *sigma, const float *direction, size_t n, size_t stride, float *tangent)
{
    features_plain(direction, sigma, n, stride, tangent); /* linear in the place */
}

CORE_CLONES
void features_place_tangent(const float *place, const float *sigma, const float *direction, size_t n, size_t stride,
                            float *tangent)
{
    Waves waves = place_waves();
    for (size_t i = 0; i < n; i++) {
        const float *sine = place + i * stride + 2, *cosine = sine + FEATURES_PAIRS;
        float *restrict row = tangent + i * stride;
        float a = input_scale(sigma[i]) * direction[2 * i], b = input_scale(sigma[i]) * direction[2 * i + 1];
        row[0] = a;
        row[1] = b;
        for (size_t k = 0; k < FEATURES_PAIRS; k++) {
            float turn = a * waves.frequency[0][k] + b * waves.frequency[1][k];
            row[2 + k] = turn * cosine[k];
            row[2 + FEATURES_PAIRS + k] = -turn * sine[k];
        }
    }
}
