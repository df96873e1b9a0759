/* metrics_laws.h - how well a field obeys what every score obeys, whatever the data (maths.md section 4):
 *
 *     d1 S2 = d2 S1                                  it is the gradient of something
 *     dS/dsigma = sigma grad(div S + |S|^2)          the densities of all levels belong to one diffusion
 *
 * Needs no truth. Derivatives are central differences over METRICS_LAW_STEP sigma each way, in x as in sigma, except
 * for the divergence, which is the field's own. One thread at a time for each field source.
 */
#ifndef CORE_METRICS_LAWS_H
#define CORE_METRICS_LAWS_H

#include "core/field.h"
#include "core/target.h"

#define METRICS_LAW_STEP 0.05
enum { METRICS_LAW_POINTS = 1024, METRICS_LAW_SCRATCH = 18 };

typedef struct FieldLaws {
    double curl; /* root mean square of d1 S2 - d2 S1, over that of the Jacobian (Frobenius) */
    double heat; /* root mean square of left less right side of the heat equation, over that of both sides together */
} FieldLaws;

/* Over n points of metrics_draw's set 0. At the ends of the target's range sigma is taken so far
 * inside that the differences don't leave it. field needs diverge. scratch [n][METRICS_LAW_SCRATCH]. */
FieldLaws metrics_field_laws(const FieldSource *field, const Target *target, double sigma, uint64_t seed, size_t n,
                             float *scratch);

#endif
