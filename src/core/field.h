/* field.h - where a score comes from: learned, exact, or learned minus exact.
 *
 * Everything downstream (arrows, particles, likelihood, metrics, hover) takes a FieldSource and knows no more. A source
 * may keep a workspace in its context, so one source belongs to one thread.
 */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include "core/mixture.h"

typedef struct FieldSource {
    /* score [n][2] = grad log p_sigma at x [n][2], data units; sigma > 0. */
    void (*evaluate)(void *context, const float *x, float sigma, size_t n, float *score);
    /* The same with the exact divergence [n] of the score. */
    void (*diverge)(void *context, const float *x, float sigma, size_t n, float *score, float *divergence);
    /* The same with log p_sigma [n], nats, whose gradient the score is. NULL where there is none: a learned field need
     * not be anything's gradient. */
    void (*potential)(void *context, const float *x, float sigma, size_t n, float *score, float *log_density);
    void *context;
} FieldSource;

/* The closed form. The mixture must outlive the source. */
FieldSource field_exact(const Mixture *m);

/* a - b; the difference must outlive the source. */
typedef struct FieldDifference {
    FieldSource a, b;
} FieldDifference;
FieldSource field_difference(FieldDifference *d);

#endif
