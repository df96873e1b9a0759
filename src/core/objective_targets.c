#include "core/objective_targets.h"

#include <string.h>

static void fill_single(const Target *target, uint64_t step, Batch *b)
{
    (void)target, (void)step;
    memcpy(b->wanted, b->clean, 2 * b->n * sizeof(float));
}

/* A finite set goes round and round: every point counts as often as the others, to one time. */
static void refer_to_set(const TrainingSet *s, uint64_t steps, References *r)
{
    size_t next = (size_t)(steps * r->all.count % s->count);
    for (size_t j = 0; j < r->all.count; j++) {
        memcpy(r->point + 2 * j, s->point + 2 * next, 2 * sizeof *r->point);
        next = next + 1 < s->count ? next + 1 : 0;
    }
}

/* Which references there are is a pure function of target, seed and step, whatever was trained before. */
static void draw_references(const Target *target, uint64_t step, Batch *b)
{
    uint64_t steps = step / REFERENCES_STEPS;
    References *r = &b->references;
    if (b->drawn_for == steps)
        return;
    if (b->set.count > 0) {
        refer_to_set(&b->set, steps, r);
    } else {
        mixture_sample(&target->mixture, (Rng){b->options.seed, STREAM_REFERENCE}, steps, 0, r->all.count, r->point);
        net_frame(&target->frame, r->point, r->all.count, r->point);
    }
    references_sort(r);
    b->drawn_for = steps;
}

static void fill_references(const Target *target, uint64_t step, Batch *b)
{
    draw_references(target, step, b);
    references_mean(&b->references, &(ReferencesQuery){b->clean, b->noisy, b->sigma, b->n, step}, b->wanted);
}

void exact_denoiser(const Target *target, const Batch *b, float *denoised)
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

static void fill_all(const Target *target, uint64_t step, Batch *b)
{
    (void)step;
    if (b->set.count == 0) {
        exact_denoiser(target, b, b->wanted);
        return;
    }
    for (size_t i = 0; i < b->n; i++)
        mixture_evaluate(&b->set.mixture, b->sigma[i], b->noisy + 2 * i, 1,
                         (MixtureOutput){.denoiser = b->wanted + 2 * i});
}

static const TargetSourceInfo sources[TARGET_SOURCE_COUNT] = {
    [TARGET_SINGLE] = {"single", "one sample", "each noisy point should go back to the sample it was made from", false,
                       false, fill_single},
    [TARGET_REFERENCES] = {"references", "references",
                           "the mean of many samples, weighted by how likely each is to have become the noisy point",
                           true, false, fill_references},
    [TARGET_ALL] =
        {"all", "all",
         "the exact mean over the whole target, or over the whole training set: no noise is left in the goal", false,
         true, fill_all},
};

const TargetSourceInfo *target_source_info(TargetSource source)
{
    return &sources[source];
}
