/* vector.h - loops that the compiler turns into vector code, chosen for the processor at program start.
 *
 * A function marked CORE_CLONES is compiled once per instruction set. Helpers that it calls must be inlined into it, or
 * they stay on the lowest one: mark them CORE_INLINE. Any thread may call anything here.
 */
#ifndef CORE_VECTOR_H
#define CORE_VECTOR_H

#include <stdint.h>
#include <string.h>

/* Sanitizers instrument the resolvers that run before they are ready, so their builds do without clones. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(SCOREFIELD_SANITIZED)
#define CORE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CORE_CLONES
#endif
#define CORE_INLINE static inline __attribute__((always_inline))

CORE_INLINE float vector_float(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

CORE_INLINE uint32_t vector_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* e^x to 2 units in the last place for x in [-87, 88], clamped to that range outside. */
CORE_INLINE float vector_exp(float x)
{
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    const float round = 12582912.0f; /* 1.5 * 2^23: adding it leaves the integer part in the low bits */
    float shifted = x * 1.44269504f + round;
    float n = shifted - round;
    float r = x - n * 0.693359375f + n * 2.12194440e-4f; /* ln 2 in two parts: the first product is exact */
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return vector_float(vector_bits(p) + (vector_bits(shifted) << 23));
}

/* sin and cos of r + quarter pi / 2 for |r| <= pi / 4: Cephes' polynomials, picked and signed by the quarter turn. */
CORE_INLINE void vector_sincos_quarter(float r, uint32_t quarter, float *sine, float *cosine)
{
    float z = r * r;
    float s = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * r + r;
    float c =
        ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z - 0.5f * z + 1.0f;
    uint32_t swap = 0u - (quarter & 1u);
    uint32_t sine_bits = (vector_bits(c) & swap) | (vector_bits(s) & ~swap);
    uint32_t cosine_bits = (vector_bits(s) & swap) | (vector_bits(c) & ~swap);
    *sine = vector_float(sine_bits ^ (quarter & 2u) << 30);
    *cosine = vector_float(cosine_bits ^ ((quarter + 1u) & 2u) << 30);
}

/* ln x to 2 units in the last place for normal x > 0. */
CORE_INLINE float vector_log(float x)
{
    uint32_t offset = vector_bits(x) - 0x3f3504f3u; /* from sqrt(1/2), so that the mantissa lies around 1 */
    float n = (float)((int32_t)offset >> 23);
    float m = vector_float((offset & 0x7fffffu) + 0x3f3504f3u) - 1.0f;
    float p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    float square = m * m;
    return n * 0.693359375f + (m - 0.5f * square + (p * m * square - n * 2.12194440e-4f));
}

#endif
