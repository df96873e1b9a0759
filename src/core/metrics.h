/* metrics.h - how far a field is from the truth. One thread at a time for each field source. */
#ifndef CORE_METRICS_H
#define CORE_METRICS_H

#include "core/field.h"
#include "core/target.h"

enum { METRICS_LEVELS = 16, METRICS_OVERALL_LEVELS = 12, METRICS_POINTS = 4096 };

/* sqrt(E|s - s*|^2 / E|s*|^2) over n fresh p_sigma points of the report stream (fixed by the seed), s* exact.
 * scratch [n][6]. */
double metrics_score_error(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                           float *scratch);

typedef struct ScoreErrors {
    double sigma[METRICS_LEVELS]; /* geometric over the target's whole range, ascending, data units */
    double error[METRICS_LEVELS];
    double overall; /* root mean square over metrics_overall_levels */
} ScoreErrors;

/* level [METRICS_OVERALL_LEVELS]: geometric over [0.02, 2] times the data's std, data units. */
void metrics_overall_levels(const Frame *frame, double *level);

/* Both, with METRICS_POINTS points a level. scratch [METRICS_POINTS][6]. */
void metrics_score_errors(const FieldSource *field, const Target *target, uint64_t seed, float *scratch,
                          ScoreErrors *out);

#endif
