/* references.h - posterior means over many sample points: the stable targets of Xu et al. 2023.
 *
 *     mean_i = sum_j w_ij x_j,   w_ij = softmax_j(-|y_i - x_j|^2 / (2 sigma_i^2))
 *
 * over points x_j that contain the one that y_i was made from. What a point at a small sigma needs is near it and rare, what
 * a point at a large one needs is everywhere, so a pool of REFERENCES_STEPS times as many points as are asked for serves that
 * many steps: small sigmas see all of the pool, through a grid of cells, larger ones this step's share of it. Points are in the frame's
 * units. Pure functions of their arguments: any thread, each with its own pool.
 */
#ifndef CORE_REFERENCES_H
#define CORE_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENCES_STEPS = 8, REFERENCES_ROWS = 64, REFERENCES_COLUMNS = 64 };

typedef struct References {
    size_t share;  /* points that a step adds, a multiple of 16 */
    size_t count;  /* of the pool: REFERENCES_STEPS * share */
    float *point;  /* [count][2], as drawn */
    float *share_x, *share_y; /* [count], the same, by coordinate */
    float *cell_x, *cell_y;   /* [count], the same, by rows and columns of cells */
    uint32_t *start;          /* [ROWS * COLUMNS + 1], where a cell begins in cell_x */
} References;

/* Room for a pool of `share` points a step, rounded up to whole vectors. False when memory is short; free is legal. */
bool references_init(References *r, size_t share);
void references_free(References *r);

/* To be called when r->point was filled. */
void references_sort(References *r);

/* What a batch asks for. */
typedef struct ReferencesQuery {
    size_t n;
    const float *clean, *noisy; /* [n][2] */
    const float *sigma;         /* [n] */
    uint64_t step;              /* chooses the share */
} ReferencesQuery;

/* mean [n][2]: over the pool and the batch's own clean points. */
void references_mean(const References *r, const ReferencesQuery *q, float *mean);

#endif
