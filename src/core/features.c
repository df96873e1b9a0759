#include "core/features.h"

#include "core/precond.h"
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

static double geometric(double from, double to, size_t i, size_t n)
{
    return from * pow(to / from, (double)i / (double)(n - 1));
}

static Waves place_waves(void)
{
    Waves waves = {0};
    for (size_t k = 0; k < FEATURES_PAIRS; k++) {
        const double size = geometric(SLOWEST, FASTEST, k, FEATURES_PAIRS), angle = GOLDEN_ANGLE * (double)k;
        waves.frequency[0][k] = (float)(size * cos(angle));
        waves.frequency[1][k] = (float)(size * sin(angle));
        waves.damping[k] = (float)(-size * size / 8.0);
    }
    return waves;
}

/* sin and cos to 2e-7 for |x| < 1e5, beyond which the phase is held there: such places are nowhere near the data. Cody
 * and Waite's reduction to a quarter turn, Cephes' polynomials. */
CORE_INLINE void vector_sincos(float x, float *sine, float *cosine)
{
    x = x < -1e5f ? -1e5f : x;
    x = x > 1e5f ? 1e5f : x;
    const float round = 12582912.0f; /* 1.5 * 2^23 */
    const float shifted = x * 0.636619772f + round, n = shifted - round;
    const uint32_t quarter = vector_bits(shifted);
    const float r = ((x - n * 1.5703125f) - n * 4.837512969970703125e-4f) - n * 7.549789948768648e-8f;
    const float square = r * r;
    const float s = ((-1.9515295891e-4f * square + 8.3321608736e-3f) * square - 1.6666654611e-1f) * square * r + r;
    const float c =
        ((2.443315711809948e-5f * square - 1.388731625493765e-3f) * square + 4.166664568298827e-2f) * square * square -
        0.5f * square + 1.0f;
    const uint32_t swap = 0u - (quarter & 1u);
    const uint32_t sine_bits = (vector_bits(c) & swap) | (vector_bits(s) & ~swap);
    const uint32_t cosine_bits = (vector_bits(s) & swap) | (vector_bits(c) & ~swap);
    *sine = vector_float(sine_bits ^ ((quarter & 2u) << 30));
    *cosine = vector_float(cosine_bits ^ (((quarter + 1u) & 2u) << 30));
}

CORE_CLONES
void features_place(const float *y, const float *sigma, size_t n, size_t stride, float *out)
{
    const Waves waves = place_waves();
    for (size_t i = 0; i < n; i++) {
        float *restrict row = out + i * stride;
        const float variance = sigma[i] * sigma[i] + 1.0f, in = 1.0f / __builtin_sqrtf(variance);
        const float washed = sigma[i] * sigma[i] / variance;
        const float a = y[2 * i] * in, b = y[2 * i + 1] * in;
        float sine[LANES], cosine[LANES];
        for (size_t k = 0; k < LANES; k++) {
            const float amplitude = vector_exp(waves.damping[k] * washed);
            vector_sincos(a * waves.frequency[0][k] + b * waves.frequency[1][k], &sine[k], &cosine[k]);
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
    float frequency[WAVES];
    for (size_t k = 0; k < WAVES; k++)
        frequency[k] = (float)geometric(LEVEL_SLOWEST, LEVEL_FASTEST, k, WAVES);
    for (size_t i = 0; i < n; i++) {
        float *restrict row = out + i * stride;
        const float level = vector_log(sigma[i]);
        for (size_t k = 0; k < WAVES; k++)
            vector_sincos(level * frequency[k], &row[k], &row[WAVES + k]);
    }
}

CORE_CLONES
void features_tangent(const float *out, float sigma, size_t n, float *first, float *second)
{
    const Waves waves = place_waves();
    const float in = (float)precond_edm((double)sigma, 1.0).in;
    for (size_t axis = 0; axis < 2; axis++) {
        const float *frequency = waves.frequency[axis];
        float *tangent = axis == 0 ? first : second;
        for (size_t i = 0; i < n; i++) {
            const float *sine = out + i * FEATURES_PLACE + 2, *cosine = sine + FEATURES_PAIRS;
            float *restrict row = tangent + i * FEATURES_PLACE;
            row[axis] = in;
            row[1 - axis] = 0.0f;
            for (size_t k = 0; k < FEATURES_PAIRS; k++) {
                row[2 + k] = in * frequency[k] * cosine[k];
                row[2 + FEATURES_PAIRS + k] = -in * frequency[k] * sine[k];
            }
        }
    }
}
