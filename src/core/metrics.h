/* metrics.h - how far a field is from the truth. One thread at a time for each field source. */
#ifndef CORE_METRICS_H
#define CORE_METRICS_H

#include "core/field.h"
#include "core/target.h"

enum { METRICS_LEVELS = 16, METRICS_OVERALL_LEVELS = 12, METRICS_POINTS = 4096 };

/* n points of p_sigma, x [n][2]: set number `set` of a seed, of the report stream. A set is the same points at every
 * level but for the size of their noise, so that a curve along sigma is smooth. noise [n][2] gets the standard normals
 * that were added. */
void metrics_draw(const Mixture *m, double sigma, uint64_t seed, uint64_t set, size_t n, float *x, float *noise);

/* A field s beside the exact one s* over points of p_sigma. */
typedef struct FieldErrors {
    double score;    /* sqrt(E|s - s*|^2 / E|s*|^2) */
    double denoiser; /* sqrt E|D - D*|^2 = sigma^2 sqrt E|s - s*|^2, data units */
    double angle;    /* between the two, mean weighted by |s*|: a vanishing score has no direction; radians */
} FieldErrors;

/* Over n points of set 0. scratch [n][6]. */
FieldErrors metrics_field_errors(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                                 float *scratch);
/* The first of them. */
double metrics_score_error(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                           float *scratch);

/* A curve along sigma, as the picture has it. */
typedef struct ScoreErrors {
    double sigma[METRICS_LEVELS]; /* geometric over the target's whole range, ascending, data units */
    double error[METRICS_LEVELS];
    double overall; /* root mean square over metrics_overall_levels */
} ScoreErrors;

/* level [METRICS_LEVELS], as in ScoreErrors. */
void metrics_levels(const Target *target, double *level);
/* level [METRICS_OVERALL_LEVELS]: geometric over [0.02, 2] times the data's std, data units. */
void metrics_overall_levels(const Frame *frame, double *level);

/* ScoreErrors' overall, with METRICS_POINTS points a level. scratch [METRICS_POINTS][6]. */
double metrics_overall_error(const FieldSource *field, const Target *target, uint64_t seed, float *scratch);

#endif
