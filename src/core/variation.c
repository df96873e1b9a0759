#include "core/variation.h"

#include <math.h>

/* So few because a trainer waits for it at every stroke: eight times as many take 25 ms on a word of 20,000 cells. */
enum { POINTS = 256 };
static const double SMOOTHING = 0.05;

/* Points of the smoothed target in its frame, x [POINTS][2]. */
static void draw_points(const Target *t, uint64_t seed, float *x)
{
    Rng rng = {.seed = seed, .stream = STREAM_REPORT};
    float z[2 * POINTS];
    mixture_sample(&t->mixture, rng, 0, 0, POINTS, x);
    rng_normals(rng, 1, 0, POINTS, z);
    for (size_t i = 0; i < 2 * POINTS; i++)
        x[i] = (float)(((double)x[i] - t->frame.mean[i % 2]) / t->frame.std + SMOOTHING * (double)z[i]);
}

static void log_density(const Target *t, const float *x, float *value)
{
    const Frame *frame = &t->frame;
    float place[2 * POINTS];
    for (size_t i = 0; i < 2 * POINTS; i++)
        place[i] = (float)(frame->mean[i % 2] + frame->std * (double)x[i]);
    mixture_evaluate(&t->mixture, (float)(SMOOTHING * frame->std), place, POINTS,
                     (MixtureOutput){.log_density = value});
    for (size_t i = 0; i < POINTS; i++)
        value[i] += (float)(2.0 * log(frame->std));
}

/* |a - b| / (a + b) = |tanh((ln a - ln b) / 2)|, averaged under (a + b) / 2. */
double variation_between(const Target *a, const Target *b)
{
    const Target *of[] = {a, b};
    double sum = 0.0;
    for (size_t t = 0; t < 2; t++) {
        float x[2 * POINTS], in_a[POINTS], in_b[POINTS];
        draw_points(of[t], t, x);
        log_density(a, x, in_a);
        log_density(b, x, in_b);
        for (size_t i = 0; i < POINTS; i++)
            sum += fabs(tanh(0.5 * ((double)in_a[i] - (double)in_b[i])));
    }
    return sum / (2 * POINTS);
}
