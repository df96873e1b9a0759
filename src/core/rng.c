#include "core/rng.h"

#include "core/vector.h"

#include <math.h>

enum { ROUNDS = 10, BLOCK = 64 };

/* Normals and uniforms of one step and stream are independent of each other. */
typedef enum Use { USE_NORMALS, USE_UNIFORMS } Use;

/* One Philox4x32 block (Salmon et al. 2011, table 2): counter in, four words out, in place. */
CORE_INLINE void philox(uint32_t c[4], uint32_t key0, uint32_t key1)
{
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c[0];
        uint64_t b = (uint64_t)0xCD9E8D57u * c[2];
        c[0] = (uint32_t)(b >> 32) ^ c[1] ^ key0;
        c[1] = (uint32_t)b;
        c[2] = (uint32_t)(a >> 32) ^ c[3] ^ key1;
        c[3] = (uint32_t)a;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
}

/* n counters from `first` as four planes of words: index, stream and use fill two counter words, the step the rest. */
CORE_INLINE void philox_planes(Rng rng, Use use, uint64_t step, uint64_t first, size_t n, uint32_t words[4][BLOCK])
{
    uint32_t key0 = (uint32_t)rng.seed, key1 = (uint32_t)(rng.seed >> 32);
    uint32_t lane = (uint32_t)rng.stream << 1 | (uint32_t)use;
    for (size_t i = 0; i < n; i++) {
        uint64_t index = first + i;
        uint32_t c[4] = {(uint32_t)index, lane | (uint32_t)(index >> 32) << 8, (uint32_t)step, (uint32_t)(step >> 32)};
        philox(c, key0, key1);
        for (int w = 0; w < 4; w++)
            words[w][i] = c[w];
    }
}

/* sin and cos of 2 pi u for u in [0, 1). */
CORE_INLINE void sincos_turn(float u, float *sine, float *cosine)
{
    int32_t quarter = (int32_t)(u * 4.0f + 0.5f);
    float r = (u - (float)quarter * 0.25f) * 6.28318531f; /* exact before the product */
    vector_sincos_quarter(r, (uint32_t)quarter, sine, cosine);
}

/* Box-Muller on 32 and 24 bits. The first are moved to (0, 1]: the logarithm never meets 0, and the largest radius is
 * sqrt(2 * 33 ln 2) = 6.76. */
CORE_INLINE void normal_pair(uint32_t a, uint32_t b, float *restrict out)
{
    float radius = sqrtf(-2.0f * vector_log(((float)a + 0.5f) * 0x1p-32f));
    float sine, cosine;
    sincos_turn((float)(b >> 8) * 0x1p-24f, &sine, &cosine);
    out[0] = radius * cosine;
    out[1] = radius * sine;
}

/* Pairs [block * BLOCK, (block + 1) * BLOCK): two pairs from each counter. */
static CORE_CLONES
void normals_block(Rng rng, uint64_t step, uint64_t block, float *restrict out)
{
    uint32_t words[4][BLOCK];
    philox_planes(rng, USE_NORMALS, step, block * (BLOCK / 2), BLOCK / 2, words);
    for (size_t i = 0; i < BLOCK / 2; i++) {
        normal_pair(words[0][i], words[1][i], out + 4 * i);
        normal_pair(words[2][i], words[3][i], out + 4 * i + 2);
    }
}

/* Quadruples [block * BLOCK, (block + 1) * BLOCK). */
static CORE_CLONES
void uniforms_block(Rng rng, uint64_t step, uint64_t block, float *restrict out)
{
    uint32_t words[4][BLOCK];
    philox_planes(rng, USE_UNIFORMS, step, block * BLOCK, BLOCK, words);
    for (size_t i = 0; i < BLOCK; i++)
        for (size_t w = 0; w < 4; w++)
            out[4 * i + w] = (float)(words[w][i] >> 8) * 0x1p-24f;
}

/* Blocks are always computed whole, so that an element meets the same instructions however a range is split. */
typedef void (*FillBlock)(Rng rng, uint64_t step, uint64_t block, float *out);
static void fill_range(FillBlock fill, size_t width, Rng rng, uint64_t step, size_t first, size_t n, float *out)
{
    size_t end = first + n;
    for (size_t start = first; start < end;) {
        size_t skip = start % BLOCK;
        size_t size = BLOCK - skip < end - start ? BLOCK - skip : end - start;
        if (size == BLOCK) {
            fill(rng, step, start / BLOCK, out);
        } else {
            float whole[4 * BLOCK];
            fill(rng, step, start / BLOCK, whole);
            memcpy(out, whole + skip * width, size * width * sizeof *out);
        }
        start += size;
        out += size * width;
    }
}

void rng_normals(Rng rng, uint64_t step, size_t first, size_t n, float *out)
{
    fill_range(normals_block, 2, rng, step, first, n, out);
}

void rng_uniforms(Rng rng, uint64_t step, size_t first, size_t n, float *out)
{
    fill_range(uniforms_block, 4, rng, step, first, n, out);
}
