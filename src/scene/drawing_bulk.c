#include "scene/drawing_bulk.h"

#include "scene/drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bulk_keep(Bulk *b)
{
    if (b)
        atomic_fetch_add_explicit(&b->users, 1, memory_order_relaxed);
}

void bulk_drop(Bulk *b)
{
    if (b && atomic_fetch_sub_explicit(&b->users, 1, memory_order_acq_rel) == 1)
        free(b);
}

size_t bulk_bytes(const Bulk *b)
{
    return b ? b->bytes / atomic_load_explicit(&b->users, memory_order_relaxed) : 0;
}

/* A zeroed block whose first user is whoever asked. */
static void *new_block(size_t bytes)
{
    Bulk *b = calloc(1, bytes);
    if (b) {
        atomic_init(&b->users, 1);
        b->bytes = bytes;
    }
    return b;
}

PointSet *points_create(size_t n, bool weighted)
{
    size_t floats = weighted ? 3 : 2;
    PointSet *p = n <= POINTS_MAX ? new_block(sizeof *p + n * floats * sizeof *p->x) : NULL;
    if (!p)
        return NULL;
    p->count = n;
    p->units.scale = 1;
    p->weight = weighted ? p->x + 2 * n : NULL;
    return p;
}

static double weight_of(const float *weight, size_t i)
{
    return weight ? (double)weight[i] : 1;
}

/* Their weights' sum; NAN where one is no weight. */
static double total_weight(const float *weight, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double w = weight_of(weight, i);
        sum += w >= 0 && w <= POINT_WEIGHT_MAX ? w : (double)NAN;
    }
    return sum;
}

/* Mean, and the std over both axes in `scale`. */
static Units moments(const float *x, const float *weight, size_t n, double total)
{
    Units u = {.scale = 0};
    for (size_t i = 0; i < 2 * n; i++)
        u.origin[i % 2] += weight_of(weight, i / 2) / total * (double)x[i];
    for (size_t i = 0; i < 2 * n; i++) {
        double d = (double)x[i] - u.origin[i % 2];
        u.scale += weight_of(weight, i / 2) / total * d * d;
    }
    u.scale = sqrt(u.scale / 2);
    return u;
}

static double standardised(const Units *u, const float *x, size_t i)
{
    return ((double)x[i] - u->origin[i % 2]) / u->scale;
}

/* False where a light point is so far from heavy ones that these are all but one. */
static bool within_reach(const Units *u, const float *x, size_t n)
{
    for (size_t i = 0; i < 2 * n; i++)
        if (!(fabs(standardised(u, x, i)) <= BULK_REACH))
            return false;
    return true;
}

static bool find_units(const char *file, const float *x, const float *weight, size_t n, Units *u, Error *e)
{
    double total = total_weight(weight, n);
    if (n > POINTS_MAX)
        return error_set(e, "%s: expected at most %d points, found %zu (nothing was loaded)", file, POINTS_MAX, n);
    if (!(total > 0))
        return error_set(e, "%s: expected finite weights of at least 0, not all of them 0 (nothing was loaded)", file);
    *u = moments(x, weight, n, total);
    if (!isfinite(u->scale))
        return error_set(e, "%s: expected finite points (nothing was loaded)", file);
    u->scale /= DRAWING_STD;
    return (u->scale > 0 && within_reach(u, x, n)) ||
           error_set(e, "%s: expected points that differ, found %zu at one place (nothing was loaded)", file, n);
}

PointSet *points_standardised(const char *file, const float *x, const float *weight, size_t n, Error *e)
{
    Units units;
    if (!find_units(file, x, weight, n, &units, e))
        return NULL;
    PointSet *p = points_create(n, weight);
    if (!p) {
        error_set(e, "%s: out of memory for %zu points (nothing was loaded)", file, n);
        return NULL;
    }
    p->units = units;
    snprintf(p->file, sizeof p->file, "%s", file);
    for (size_t i = 0; i < 2 * n; i++)
        p->x[i] = (float)standardised(&units, x, i);
    if (weight)
        memcpy(p->weight, weight, n * sizeof *weight);
    return p;
}

Raster *raster_create(size_t rows, size_t columns)
{
    bool fits = rows > 0 && columns > 0 && rows <= RASTER_SIDE_MAX && columns <= RASTER_SIDE_MAX;
    Raster *r = fits ? new_block(sizeof *r + rows * columns) : NULL;
    if (!r)
        return NULL;
    r->rows = rows;
    r->columns = columns;
    return r;
}

/* The other way round a NaN would be full. */
static unsigned char quantised(float level)
{
    return level > 0 ? (unsigned char)lrintf(255 * fminf(level, 1)) : 0;
}

Raster *raster_of_levels(const float *level, size_t rows, size_t columns)
{
    Raster *r = raster_create(rows, columns);
    for (size_t i = 0; r && i < rows * columns; i++)
        r->level[i] = quantised(level[i]);
    return r;
}

GaussianSet *gaussians_create(size_t n)
{
    GaussianSet *g = n <= GAUSSIANS_MAX ? new_block(sizeof *g + n * sizeof *g->item) : NULL;
    if (g)
        g->count = n;
    return g;
}
