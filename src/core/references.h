/* references.h - posterior means over many sample points: the stable targets of Xu et al. 2023.
 *
 *     mean_i = sum_j w_ij x_j,   w_ij = softmax_j(-|y_i - x_j|^2 / (2 sigma_i^2))
 *
 * over points x_j that contain the one that y_i was made from. What a noisy point needs is everywhere when sigma is
 * large, and near it and rare when sigma is small. So points are drawn for REFERENCES_STEPS steps at once: large sigmas
 * take the share of the step, small ones all shares, of which a grid of cells leaves only those near by. Everything is
 * in the frame's units. A References belongs to one thread.
 */
#ifndef CORE_REFERENCES_H
#define CORE_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENCES_STEPS = 16 };

/* A list of points by coordinate, of whole vectors. */
typedef struct PointList {
    float *x, *y;
    size_t count;
} PointList;

typedef struct References {
    float *point;    /* [all.count][2]: the caller's to fill, then references_sort */
    PointList all;   /* in that order: share after share */
    PointList cells; /* by rows and columns of cells */
    PointList own;   /* the batch's clean points */
    uint32_t *start; /* where each cell begins in cells */
    size_t share;    /* points of one step */
} References;

/* Room for a share of at least `share` points a step, and for batches of n. False when memory is short; free is legal.
 */
bool references_init(References *r, size_t share, size_t n);
void references_free(References *r);

/* Takes over r->point. */
void references_sort(References *r);

/* What to average for: noisy [n][2] = clean [n][2] + sigma [n] times noise. */
typedef struct ReferencesQuery {
    const float *clean, *noisy, *sigma;
    size_t n;
    uint64_t step;
} ReferencesQuery;

/* mean [n][2]: over the batch's own clean points and the references of the step. */
void references_mean(References *r, const ReferencesQuery *query, float *mean);

#endif
