#include "core/objective.h"

#include "core/precond.h"
#include "core/vector.h"

#include <math.h>
#include <stdlib.h>

static const double LEVEL_MEAN = -1.9, LEVEL_STD = 1.3; /* of ln sigma, frame units (speed.md) */

static void fill_single(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    (void)target, (void)seed, (void)step;
    memcpy(b->wanted, b->clean, 2 * b->n * sizeof(float));
}

/* Which references there are is a pure function of target, seed and step, whatever was trained before. */
static void draw_references(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    uint64_t steps = step / REFERENCES_STEPS;
    References *r = &b->references;
    if (b->drawn_from == target && b->drawn_for == steps)
        return;
    mixture_sample(&target->mixture, (Rng){seed, STREAM_REFERENCE}, steps, 0, r->all.count, r->point);
    net_frame(&target->frame, r->point, r->all.count, r->point);
    references_sort(r);
    b->drawn_from = target;
    b->drawn_for = steps;
}

static void fill_references(const Target *target, uint64_t seed, uint64_t step, Batch *b)
{
    draw_references(target, seed, step, b);
    references_mean(&b->references, &(ReferencesQuery){b->clean, b->noisy, b->sigma, b->n, step}, b->wanted);
}

/* The target's own denoiser at every noisy point, frame units. */
static void exact_denoiser(const Target *target, const Batch *b, float *denoised)
{
    const Frame *frame = &target->frame;
    for (size_t i = 0; i < b->n; i++) {
        float *d = denoised + 2 * i, x[2];
        for (size_t k = 0; k < 2; k++)
            x[k] = (float)((double)b->noisy[2 * i + k] * frame->std + frame->mean[k]);
        float sigma = (float)((double)b->sigma[i] * frame->std);
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
    [TARGET_REFERENCES] = {"references", "references",
                           "the mean of many samples, weighted by how likely each is to have become the noisy point",
                           true, fill_references},
    [TARGET_ALL] = {"all", "all", "the exact mean over the whole target: no noise is left in the goal", false,
                    fill_all},
};

const TargetSourceInfo *target_source_info(TargetSource source)
{
    return &sources[source];
}

bool batch_init(Batch *b, const TrainerOptions *options)
{
    size_t n = (size_t)options->batch;
    *b = (Batch){.n = n, .clean = calloc(5 * (n + 1), 2 * sizeof(float))};
    if (!b->clean)
        return false;
    b->noisy = b->clean + 2 * n;
    b->wanted = b->noisy + 2 * n;
    b->exact = b->wanted + 2 * n;
    b->sigma = b->exact + 2 * n;
    bool references = sources[options->source].references;
    if (!references || references_init(&b->references, (size_t)options->references, n))
        return true;
    batch_free(b);
    return false;
}

void batch_free(Batch *b)
{
    free(b->clean);
    references_free(&b->references);
    *b = (Batch){0};
}

CORE_CLONES
static void draw_levels(uint64_t seed, uint64_t step, size_t n, float *sigma)
{
    float mean = (float)LEVEL_MEAN, std = (float)LEVEL_STD, low = (float)log(NET_SIGMA_MIN),
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
    float variance = sigma * sigma + 1.0f;
    return ((d - y) / sigma + sigma * y / variance) * __builtin_sqrtf(variance);
}

double objective_loss(const Batch *b, size_t first, size_t n, const float *f, float *df)
{
    float scale = 2.0f / (float)b->n;
    const float *sigma = b->sigma + first, *noisy = b->noisy + 2 * first, *wanted = b->wanted + 2 * first;
    double sum = 0.0;
    for (size_t i = 0; i < 2 * n; i++) {
        float error = f[i] - output_for(wanted[i], noisy[i], sigma[i / 2]);
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
        float sigma = b->sigma[i / 2];
        double error = (double)(b->exact[i] - b->wanted[i]);
        sum += error * error * (1.0 + 1.0 / ((double)sigma * (double)sigma));
    }
    return sum / (double)b->n;
}
