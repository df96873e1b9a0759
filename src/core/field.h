/* field.h - where a score comes from: learned, exact, or learned minus exact.
 *
 * Everything downstream (arrows, particles, metrics, hover) takes a FieldSource and knows no more. A source may keep a
 * workspace in its context, so one source belongs to one thread.
 */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include "core/mixture.h"

typedef struct FieldSource {
    /* score [n][2] = grad log p_sigma at x [n][2], data units; sigma > 0. */
    void (*evaluate)(void *context, const float *x, float sigma, size_t n, float *score);
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
