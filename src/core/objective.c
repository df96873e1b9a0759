#include "core/objective.h"

#include "core/precond.h"
#include "core/vector.h"

#include <math.h>
#include <stdlib.h>

static const double LEVEL_MEAN = -1.9, LEVEL_STD = 1.3; /* of ln sigma, frame units (speed.md) */

enum { LANES = 16, ALIGNMENT = 64 };

static void fill_single(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    (void)target, (void)seed, (void)step;
    memcpy(b->wanted, b->clean, 2 * b->n * sizeof(float));
}

static void draw_references(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    const size_t fresh = b->references - b->n;
    float *x = b->reference, *y = b->reference + b->references;
    mixture_sample(&target->mixture, (Rng){seed, STREAM_REFERENCE}, step, 0, fresh, b->fresh);
    net_frame(&target->frame, b->fresh, fresh, b->fresh);
    for (size_t j = 0; j < b->references; j++) {
        const float *point = j < b->n ? b->clean + 2 * j : b->fresh + 2 * (j - b->n);
        x[j] = point[0];
        y[j] = point[1];
    }
}

/* Mean of n points, weighted by exp(-rate |point - at|^2). The weights need no common factor taken out: the point that
 * `at` was made from is among them, and its weight is exp(-|noise|^2 / 2), at least 1e-20. */
CORE_CLONES
static void posterior_mean(const float *x, const float *y, size_t n, const float at[2], float rate, float mean[2])
{
    float weight[LANES] = {0}, sum_x[LANES] = {0}, sum_y[LANES] = {0};
    for (size_t j = 0; j < n; j += LANES)
        for (size_t l = 0; l < LANES; l++) {
            const float dx = x[j + l] - at[0], dy = y[j + l] - at[1];
            const float w = vector_exp(-rate * (dx * dx + dy * dy));
            weight[l] += w;
            sum_x[l] += w * dx;
            sum_y[l] += w * dy;
        }
    float total = 0.0f, total_x = 0.0f, total_y = 0.0f;
    for (size_t l = 0; l < LANES; l++) {
        total += weight[l];
        total_x += sum_x[l];
        total_y += sum_y[l];
    }
    mean[0] = at[0] + total_x / total;
    mean[1] = at[1] + total_y / total;
}

/* Xu et al. 2023: the posterior mean over a reference set that contains the clean point itself. */
static void fill_references(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    draw_references(target, seed, step, b);
    for (size_t i = 0; i < b->n; i++) {
        const float rate = 0.5f / (b->sigma[i] * b->sigma[i]);
        posterior_mean(b->reference, b->reference + b->references, b->references, b->noisy + 2 * i, rate,
                       b->wanted + 2 * i);
    }
}

/* The target's own denoiser at every noisy point, frame units. */
static void exact_denoiser(const Target *target, const Batch *b, float *denoised)
{
    const Frame *frame = &target->frame;
    for (size_t i = 0; i < b->n; i++) {
        float *d = denoised + 2 * i, x[2];
        for (size_t k = 0; k < 2; k++)
            x[k] = (float)((double)b->noisy[2 * i + k] * frame->std + frame->mean[k]);
        const float sigma = (float)((double)b->sigma[i] * frame->std);
        mixture_evaluate(&target->mixture, sigma, x, 1, (MixtureOutput){.denoiser = d});
    }
    net_frame(frame, denoised, b->n, denoised);
}

static void fill_all(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    (void)seed, (void)step;
    exact_denoiser(target, b, b->wanted);
}

static const TargetSourceInfo sources[TARGET_SOURCE_COUNT] = {
    [TARGET_SINGLE] = {"single", "one sample", "each noisy point should go back to the sample it was made from", false,
                       fill_single},
    [TARGET_REFERENCES] = {"references", "stable targets",
                           "the mean of many samples, weighted by how likely each is to have become the noisy point",
                           true, fill_references},
    [TARGET_ALL] = {"all", "everything there is", "the exact mean over the whole target: no noise is left in the goal",
                    false, fill_all},
};

const TargetSourceInfo *target_source_info(TargetSource source)
{
    return &sources[source];
}

static size_t whole_vectors(size_t n)
{
    return (n + LANES - 1) / LANES * LANES;
}

bool batch_init(Batch *b, const TrainerOptions *options)
{
    const size_t n = (size_t)options->batch,
                 wanted = sources[options->source].references ? (size_t)options->references : 0;
    const size_t references = wanted ? whole_vectors(wanted > n ? wanted : n) : 0, fresh = wanted ? references - n : 0;
    const size_t points = whole_vectors(2 * n), levels = whole_vectors(n + 1);
    const size_t floats = 4 * points + levels + 2 * references + whole_vectors(2 * fresh);
    *b = (Batch){.n = n, .references = references};
    b->clean = aligned_alloc(ALIGNMENT, floats * sizeof(float));
    if (!b->clean)
        return false;
    b->noisy = b->clean + points;
    b->wanted = b->noisy + points;
    b->exact = b->wanted + points;
    b->sigma = b->exact + points;
    b->reference = b->sigma + levels;
    b->fresh = b->reference + 2 * references;
    return true;
}

void batch_free(Batch *b)
{
    free(b->clean);
    *b = (Batch){0};
}

CORE_CLONES
static void draw_levels(uint64_t seed, uint64_t step, size_t n, float *sigma)
{
    const float mean = (float)LEVEL_MEAN, std = (float)LEVEL_STD, low = (float)log(NET_SIGMA_MIN),
                high = (float)log(NET_SIGMA_MAX);
    rng_normals((Rng){seed, STREAM_LEVEL}, step, 0, (n + 1) / 2, sigma);
    for (size_t i = 0; i < n; i++) {
        float level = mean + std * sigma[i];
        level = level < low ? low : level;
        level = level > high ? high : level;
        sigma[i] = vector_exp(level);
    }
}

void objective_draw(const Target *target, TargetSource source, uint64_t seed, uint64_t step, Batch *b)
{
    mixture_sample(&target->mixture, (Rng){seed, STREAM_DATA}, step, 0, b->n, b->clean);
    net_frame(&target->frame, b->clean, b->n, b->clean);
    draw_levels(seed, step, b->n, b->sigma);
    rng_normals((Rng){seed, STREAM_NOISE}, step, 0, b->n, b->noisy);
    for (size_t i = 0; i < 2 * b->n; i++)
        b->noisy[i] = b->clean[i] + b->sigma[i / 2] * b->noisy[i];
    sources[source].fill(target, seed, step, b);
}

/* The network's output that would denoise y to d: F* = (d - c_skip y) / c_out with sigma_data = 1, without
 * cancellation. */
CORE_INLINE float output_for(float d, float y, float sigma)
{
    const float variance = sigma * sigma + 1.0f;
    return ((d - y) / sigma + sigma * y / variance) * __builtin_sqrtf(variance);
}

double objective_loss(const Batch *b, size_t first, size_t n, const float *f, float *df)
{
    const float scale = 2.0f / (float)b->n;
    const float *sigma = b->sigma + first, *noisy = b->noisy + 2 * first, *wanted = b->wanted + 2 * first;
    double sum = 0.0;
    for (size_t i = 0; i < 2 * n; i++) {
        const float error = f[i] - output_for(wanted[i], noisy[i], sigma[i / 2]);
        df[i] = scale * error;
        sum += (double)error * (double)error;
    }
    return sum / (double)b->n;
}

double objective_floor(const Target *target, Batch *b)
{
    exact_denoiser(target, b, b->exact);
    double sum = 0.0;
    for (size_t i = 0; i < 2 * b->n; i++) {
        const float sigma = b->sigma[i / 2];
        const double error = (double)(b->exact[i] - b->wanted[i]);
        sum += error * error * (1.0 + 1.0 / ((double)sigma * (double)sigma));
    }
    return sum / (double)b->n;
}
