/* objective.h - what a network is asked for: noisy points, where they should be denoised to, and the loss.
 *
 *     L = mean over the batch of lambda(sigma) |D(y; sigma) - wanted|^2,  lambda = 1 / c_out^2
 *
 * which is |F - F*|^2 for the network's output F (Karras et al. 2022; maths.md section 3). ln sigma is normal with mean
 * -1.9 and standard deviation 1.3, held to the slider's range. Where `wanted` comes from is a row of a table.
 * Everything here is in the frame's units, and a pure function of the seed and the step's number: any thread, each with
 * its own batch.
 */
#ifndef CORE_OBJECTIVE_H
#define CORE_OBJECTIVE_H

#include "core/references.h"
#include "core/trainer.h"

typedef struct Batch {
    size_t n;
    float *clean;  /* [n][2] */
    float *noisy;  /* [n][2], y = clean + sigma noise */
    float *sigma;  /* [n] */
    float *wanted; /* [n][2], denoised points to learn */
    float *exact;  /* [n][2], scratch of objective_floor: the exact denoiser */
    References references;
    const Target
        *drawn_from; /* what the references were drawn from, and for which steps: drawn again when either changes */
    uint64_t drawn_for;
} Batch;

/* Memory for the batch and, when the source wants them, the references. False when it is short; batch_free is legal. */
bool batch_init(Batch *b, const TrainerOptions *options);
void batch_free(Batch *b);

typedef struct TargetSourceInfo {
    const char *name;  /* "references" */
    const char *label; /* "stable targets" */
    const char *help;
    bool references;                                                            /* draws reference points */
    void (*fill)(const Target *target, uint64_t seed, uint64_t step, Batch *b); /* b->wanted from the rest */
} TargetSourceInfo;
const TargetSourceInfo *target_source_info(TargetSource source);

/* Draws the batch of a step. */
void objective_draw(const Target *target, TargetSource source, uint64_t seed, uint64_t step, Batch *b);

/* Points first .. first+n-1 of the batch: adds nothing, returns their share of L and fills df [n][2], the gradient of L
 * with respect to the network's output f [n][2]. */
double objective_loss(const Batch *b, size_t first, size_t n, const float *f, float *df);

/* L of the exact denoiser of the target on this batch: what a perfect network would get. */
double objective_floor(const Target *target, Batch *b);

#endif
