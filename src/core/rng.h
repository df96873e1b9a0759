/* rng.h - random numbers that are a pure function of where they are used.
 *
 * Philox4x32-10 (Salmon et al. 2011): draw i of step t in a stream depends on (seed, stream, t, i) and on nothing else,
 * so neither thread counts nor frame rates nor the order of calls can change a result. Any thread may call anything
 * here.
 */
#ifndef CORE_RNG_H
#define CORE_RNG_H

#include <stddef.h>
#include <stdint.h>

/* Streams of one seed that never meet. */
typedef enum RngStream {
    STREAM_WEIGHTS,   /* a network's first weights */
    STREAM_DATA,      /* training points */
    STREAM_LEVEL,     /* training noise levels */
    STREAM_NOISE,     /* training noise */
    STREAM_REFERENCE, /* reference points of stable targets */
    STREAM_START,     /* particles' first places */
    STREAM_SAMPLER,   /* particles' kicks */
    STREAM_REPORT,    /* points on which errors are measured */
    STREAM_PICTURE,   /* data points and thumbnails that are drawn */
    STREAM_TEST,
    STREAM_SET,  /* a finite training set */
    STREAM_SLICE /* directions of sliced score matching */
} RngStream;

typedef struct Rng {
    uint64_t seed;
    RngStream stream;
} Rng;

/* Pairs first .. first+n-1 of step: out [n][2], independent standard normals (Box-Muller, |z| < 6.8). */
void rng_normals(Rng rng, uint64_t step, size_t first, size_t n, float *out);

/* Quadruples first .. first+n-1 of step: out [n][4], uniform on [0, 1), 24 bits each. */
void rng_uniforms(Rng rng, uint64_t step, size_t first, size_t n, float *out);

#endif
