#include "scene/potential.h"

#include "core/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t size_of(const Potential *p)
{
    return (size_t)p->grid * (size_t)p->grid;
}

static void fill_cosine(Potential *p)
{
    int n = p->grid;
    for (int k = 0; k < n; k++) {
        double scale = sqrt((k == 0 ? 1.0 : 2.0) / n);
        for (int i = 0; i < n; i++)
            p->cosine[k * n + i] = (float)(scale * cos(M_PI * k * (2 * i + 1) / (2.0 * n)));
    }
}

bool potential_init(Potential *p, int grid)
{
    *p = (Potential){.grid = grid};
    size_t bytes = size_of(p) * sizeof(float);
    p->phi = calloc(1, bytes);
    p->cosine = malloc(bytes);
    p->part = malloc(bytes);
    p->spectrum = malloc(bytes);
    if (!p->phi || !p->cosine || !p->part || !p->spectrum)
        return false;
    fill_cosine(p);
    return true;
}

void potential_free(Potential *p)
{
    free(p->phi);
    free(p->cosine);
    free(p->part);
    free(p->spectrum);
    *p = (Potential){0};
}

/* One of the two directions of edges. */
typedef struct Edges {
    int component, stride; /* of the field; from an edge's first sample to its second */
    int columns, rows;     /* of edges */
    double length;
} Edges;

static void list_edges(int grid, double dx, double dy, Edges out[2])
{
    out[0] = (Edges){0, 1, grid - 1, grid, dx};
    out[1] = (Edges){1, grid, grid, grid - 1, dy};
}

static double finite_or_zero(float value)
{
    return isfinite(value) ? (double)value : 0;
}

/* The field along the edge that begins at a sample: the trapezoid rule, exact for quadratic potentials. */
static double along_edge(const Edges *e, const float *field, int sample)
{
    const float *from = field + 2 * sample + e->component, *to = from + 2 * e->stride;
    return 0.5 * (finite_or_zero(*from) + finite_or_zero(*to));
}

/* Adds what the edges ask for to the right side: differences transposed. */
static void add_edges(const Edges *e, int grid, const float *field, float *right)
{
    for (int row = 0; row < e->rows; row++) {
        for (int column = 0; column < e->columns; column++) {
            int sample = row * grid + column;
            float flow = (float)(along_edge(e, field, sample) / e->length);
            right[sample] -= flow;
            right[sample + e->stride] += flow;
        }
    }
}

/* Adds the squares of the field along the edges, and of what phi leaves of it. */
static void add_squares(const Potential *p, const Edges *e, const float *field, double *all, double *left)
{
    for (int row = 0; row < e->rows; row++) {
        for (int column = 0; column < e->columns; column++) {
            int sample = row * p->grid + column;
            double along = along_edge(e, field, sample);
            double slope = (double)(p->phi[sample + e->stride] - p->phi[sample]) / e->length;
            *all += along * along;
            *left += (along - slope) * (along - slope);
        }
    }
}

/* Of minus the second difference with natural borders. */
static double eigenvalue(const Potential *p, int frequency, double length)
{
    double s = 2 * sin(M_PI * frequency / (2.0 * p->grid)) / length;
    return s * s;
}

static void divide_spectrum(Potential *p, double dx, double dy)
{
    for (int row = 0; row < p->grid; row++) {
        double down = eigenvalue(p, row, dy);
        for (int column = 0; column < p->grid; column++) {
            double both = down + eigenvalue(p, column, dx);
            float *value = p->spectrum + row * p->grid + column;
            *value = both > 0 ? (float)((double)*value / both) : 0; /* the constant is free */
        }
    }
}

/* out = C a C^T; the other way round, C^T a C, when `back`. */
static void transform(const Potential *p, const float *a, bool back, float *out)
{
    size_t n = (size_t)p->grid;
    Dense cosine = {.in = n, .out = n, .weight = p->cosine};
    if (back)
        dense_multiply(&cosine, a, n, p->part);
    else
        dense_multiply_transposed(&cosine, a, n, p->part);
    Dense part = {.in = n, .out = n, .weight = p->part};
    if (!back) {
        dense_multiply(&part, p->cosine, n, out);
        return;
    }
    memset(out, 0, n * n * sizeof *out);
    dense_accumulate(&cosine, p->cosine, p->part, n, out);
}

void potential_fit(Potential *p, const float *field, double dx, double dy)
{
    Edges edges[2];
    double all = 0, left = 0;
    list_edges(p->grid, dx, dy, edges);
    memset(p->phi, 0, size_of(p) * sizeof *p->phi);
    for (int k = 0; k < 2; k++)
        add_edges(&edges[k], p->grid, field, p->phi);
    transform(p, p->phi, false, p->spectrum);
    divide_spectrum(p, dx, dy);
    transform(p, p->spectrum, true, p->phi);
    for (int k = 0; k < 2; k++)
        add_squares(p, &edges[k], field, &all, &left);
    p->residual = all > 0 ? left / all : 0;
}
