/* target.h - the catalogue of distributions to learn, each an exact mixture (constants: maths.md section 7).
 *
 * A new target is one row of the table in target.c and one builder.
 */
#ifndef CORE_TARGET_H
#define CORE_TARGET_H

#include "core/mixture.h"

/* How a network sees data: (x - mean) / std. One scale for both axes, so that noise stays round. */
typedef struct Frame {
    double mean[2];
    double std;
} Frame;

typedef struct TargetInfo {
    const char *name;  /* as typed: "spirals" */
    const char *label; /* as shown: "two spirals" */
    const char *help;
    double entropy; /* of the published generator, nats */
    double std;     /* of the mixture, as its Frame has it: the slider's range is known without building it */
} TargetInfo;

typedef struct Target {
    Mixture mixture;
    Frame frame;
    double sigma_min, sigma_max; /* the noise slider's range, data units: 0.01 and 10 times std */
} Target;

/* The noise slider's range of a row, data units: 0.01 and 10 times its std. */
void target_sigma_range(size_t which, double *min, double *max);

size_t target_count(void);
/* Row target_count(), which can be built as well, is an empty canvas: a normal of the size of its frame, until
 * something is drawn. */
const TargetInfo *target_info(size_t which);

/* Builds row `which`. False when memory is short; target_free is legal either way. */
bool target_init(Target *t, size_t which);

/* Any mixture as a target, seen in its own mean and std or in a given frame; takes the mixture over. */
void target_from_mixture(Target *t, Mixture mixture);
void target_in_frame(Target *t, Mixture mixture, Frame frame);
void target_free(Target *t);

#endif
