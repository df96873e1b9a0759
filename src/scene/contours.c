#include "scene/contours.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDES = 4,       /* of a cell, and corners */
    CLOSED_LEAST = 4 /* points of a closed line around anything */
};

/* Half the square of a number of standard deviations. */
static const double level_nats[CONTOURS_LEVELS] = {0.125, 0.5, 2, 4.5, 8, 12.5};

static const float NATS_MAX = 1e6;       /* minus infinity is no farther down than this */
static const float POINTS_APART = 0.05f; /* of a cell: shorter segments have no reliable direction */

double contours_nats(size_t level)
{
    assert(level < CONTOURS_LEVELS);
    return level_nats[level];
}

bool contours_init(Contours *c, int grid)
{
    size_t side = (size_t)grid;
    *c = (Contours){.depth = malloc(side * side * sizeof *c->depth),
                    .above = malloc(side * side),
                    .walked = malloc((side - 1) * (side - 1)),
                    .path = malloc(CONTOURS_POINTS_MAX * 2 * sizeof *c->path)};
    bool lines = lines_init(&c->lines, CONTOURS_POINTS_MAX, CONTOURS_LINES_MAX);
    bool density = slice_init(&c->density, grid, 1);
    return lines && density && c->depth && c->above && c->walked && c->path;
}

void contours_free(Contours *c)
{
    lines_free(&c->lines);
    slice_free(&c->density);
    free(c->depth);
    free(c->above);
    free(c->walked);
    free(c->path);
    *c = (Contours){0};
}

/* The square root is what linear interpolation suits: about a Gaussian it grows evenly with the distance. False when
 * nothing is finite. */
static bool measure_depth(Contours *c)
{
    size_t n = (size_t)(c->density.grid * c->density.grid);
    const float *value = c->density.value;
    float top = -INFINITY;
    for (size_t i = 0; i < n; i++)
        top = value[i] > top ? value[i] : top;
    for (size_t i = 0; i < n; i++) {
        float nats = top - value[i];
        c->depth[i] = nats < NATS_MAX ? sqrtf(fmaxf(nats, 0)) : sqrtf(NATS_MAX);
    }
    return isfinite(top);
}

/* A cell's corners and edges are counted from the lower left against the clock: edge e goes from corner e to e + 1. */
static const int corner_column[SIDES] = {0, 1, 1, 0}, corner_row[SIDES] = {0, 0, 1, 1};
/* Across the edge: the cell there. */
static const int next_column[SIDES] = {0, 1, 0, -1}, next_row[SIDES] = {-1, 0, 1, 0};

typedef struct Cell {
    int column, row;
} Cell;

static int sample_of(const Contours *c, Cell cell, int corner)
{
    int row = cell.row + corner_row[corner % SIDES], column = cell.column + corner_column[corner % SIDES];
    return row * c->density.grid + column;
}

static float depth_at(const Contours *c, Cell cell, int corner)
{
    return c->depth[sample_of(c, cell, corner)];
}

static bool is_above(const Contours *c, Cell cell, int corner)
{
    return c->above[sample_of(c, cell, corner)];
}

/* A line keeps what is above the level on its left, so it enters over edges that begin there and end below. */
static bool enters(const Contours *c, Cell cell, int edge)
{
    return is_above(c, cell, edge) && !is_above(c, cell, edge + 1);
}

/* The first edge, against the clock, that ends above the level again. Of a saddle, whose other two corners are on their
 * own side each, the mean decides whether what is above hangs together. */
static int exit_edge(const Contours *c, Cell cell, int entry, float level)
{
    bool second = is_above(c, cell, entry + 2), third = is_above(c, cell, entry + 3);
    if (second && !third) {
        float sum = 0;
        for (int corner = 0; corner < SIDES; corner++)
            sum += depth_at(c, cell, corner);
        second = sum / SIDES < level;
    }
    return (entry + (second ? 1 : third ? 2 : 3)) % SIDES;
}

/* Where the level crosses an edge, columns and rows. */
static void crossing(const Contours *c, Cell cell, int edge, float level, float out[2])
{
    int end = (edge + 1) % SIDES;
    float from = depth_at(c, cell, edge), to = depth_at(c, cell, end), along = (level - from) / (to - from);
    out[0] = (float)(cell.column + corner_column[edge]) + along * (float)(corner_column[end] - corner_column[edge]);
    out[1] = (float)(cell.row + corner_row[edge]) + along * (float)(corner_row[end] - corner_row[edge]);
}

/* Returns the new number of points in the path. One that is too close to the last takes its place, but not the first's.
 */
static size_t append(float *path, size_t n, const float at[2])
{
    bool close = n > 0 && hypotf(at[0] - path[2 * n - 2], at[1] - path[2 * n - 1]) < POINTS_APART;
    if (close && n == 1)
        return n;
    n -= close;
    memcpy(path + 2 * n, at, 2 * sizeof *at);
    return n + 1;
}

static bool in_grid(const Contours *c, Cell cell)
{
    return cell.column >= 0 && cell.row >= 0 && cell.column < c->density.grid - 1 && cell.row < c->density.grid - 1;
}

static uint8_t *walked_at(const Contours *c, Cell cell)
{
    return c->walked + cell.row * (c->density.grid - 1) + cell.column;
}

/* To data units, in place, and out. */
static void finish_line(Contours *c, size_t n, double nats)
{
    const Rect *extent = &c->density.extent;
    double cells = c->density.grid - 1;
    for (size_t i = 0; i < n; i++) {
        float *p = c->path + 2 * i;
        p[0] = (float)(extent->x + extent->w * (double)p[0] / cells);
        p[1] = (float)(extent->y + extent->h * (double)p[1] / cells);
    }
    lines_add(&c->lines, c->path, n, (float)nats);
}

/* From the edge over which it enters a cell to the border, or until it comes back. */
static void follow(Contours *c, Cell cell, int entry, double nats)
{
    float level = (float)sqrt(nats), at[2];
    crossing(c, cell, entry, level, at);
    size_t n = append(c->path, 0, at);
    while (in_grid(c, cell) && !(*walked_at(c, cell) & 1 << entry)) {
        *walked_at(c, cell) |= (uint8_t)(1 << entry);
        int leave = exit_edge(c, cell, entry, level);
        crossing(c, cell, leave, level, at);
        n = n < CONTOURS_POINTS_MAX ? append(c->path, n, at) : n;
        cell = (Cell){cell.column + next_column[leave], cell.row + next_row[leave]};
        entry = (leave + 2) % SIDES;
    }
    bool closed = in_grid(c, cell);
    if (n == CONTOURS_POINTS_MAX || (closed && n < CLOSED_LEAST))
        return;
    if (closed) /* the same point, but from the other end of the edge it is rounded otherwise */
        memcpy(c->path + 2 * n - 2, c->path, 2 * sizeof *c->path);
    finish_line(c, n, nats);
}

static void follow_if_new(Contours *c, Cell cell, int entry, double nats)
{
    if (enters(c, cell, entry) && !(*walked_at(c, cell) & 1 << entry))
        follow(c, cell, entry, nats);
}

static bool is_crossed(const Contours *c, Cell cell)
{
    const uint8_t *low = c->above + cell.row * c->density.grid + cell.column, *high = low + c->density.grid;
    return (low[0] + low[1] + high[0] + high[1]) % SIDES != 0;
}

static void begin_level(Contours *c, float level)
{
    size_t samples = (size_t)(c->density.grid * c->density.grid), cells = (size_t)(c->density.grid - 1);
    memset(c->walked, 0, cells * cells);
    for (size_t i = 0; i < samples; i++)
        c->above[i] = c->depth[i] < level;
}

/* First the lines that come in over the border, so that those that are left are closed. */
static void build_level(Contours *c, double nats)
{
    int cells = c->density.grid - 1, last = cells - 1;
    begin_level(c, (float)sqrt(nats));
    for (int i = 0; i < cells; i++) {
        const Cell border[SIDES] = {{i, 0}, {last, i}, {i, last}, {0, i}};
        for (int edge = 0; edge < SIDES; edge++)
            follow_if_new(c, border[edge], edge, nats);
    }
    for (Cell cell = {0, 0}; cell.row < cells; cell.row++)
        for (cell.column = 0; cell.column < cells; cell.column++)
            for (int edge = 0; edge < SIDES && is_crossed(c, cell); edge++)
                follow_if_new(c, cell, edge, nats);
}

void contours_build(Contours *c, const Stack *density, double sigma)
{
    if (!slice_take(&c->density, density, sigma))
        return;
    c->builds++;
    lines_clear(&c->lines);
    if (c->density.levels == 0 || !measure_depth(c))
        return;
    for (size_t level = 0; level < CONTOURS_LEVELS; level++)
        build_level(c, level_nats[level]);
}
