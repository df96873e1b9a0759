/* objective_targets.h - where noisy points should be denoised to. A new source is one row of the table. */
#ifndef CORE_OBJECTIVE_TARGETS_H
#define CORE_OBJECTIVE_TARGETS_H

#include "core/batch.h"

typedef struct TargetSourceInfo {
    const char *name;  /* "references" */
    const char *label; /* "stable targets" */
    const char *help;
    bool references;                                             /* draws reference points */
    bool everything;                                             /* asks the posterior mean of the whole training set */
    void (*fill)(const Target *target, uint64_t step, Batch *b); /* b->wanted from the rest */
} TargetSourceInfo;
const TargetSourceInfo *target_source_info(TargetSource source);

/* The target's own denoiser at every noisy point: denoised [n][2], frame units. */
void exact_denoiser(const Target *target, const Batch *b, float *denoised);

#endif
