#include "scene/canvas.h"

#include <math.h>

/* Where cells lie along one side of a raster, in its pixels. A cell takes the mean over an interval around its centre:
 * its own width where the raster shrinks, one pixel where it grows, which is linear interpolation. */
typedef struct Axis {
    double scale; /* pixels a cell */
    size_t pixels;
} Axis;

typedef struct Interval {
    double low, high; /* pixels */
    size_t first, end;
} Interval;

static Interval interval_of(Axis a, int cell)
{
    double centre = 0.5 * (double)a.pixels + (cell + 0.5 - 0.5 * CANVAS_SIDE) * a.scale;
    double half = 0.5 * fmax(a.scale, 1), pixels = (double)a.pixels;
    double low = fmin(fmax(centre - half, 0), pixels), high = fmin(fmax(centre + half, 0), pixels);
    return (Interval){centre - half, centre + half, (size_t)low, (size_t)ceil(high)};
}

/* A pixel's share of an interval. */
static double share(Interval v, size_t pixel)
{
    double overlap = fmin(v.high, (double)pixel + 1) - fmax(v.low, (double)pixel);
    return fmax(overlap, 0) / (v.high - v.low);
}

/* One row of pixels, by its weight, into one row of cells. fmaxf turns NaN into 0. */
static void add_row(float line[CANVAS_SIDE], const float *level, Axis across, double weight)
{
    for (int cell = 0; cell < CANVAS_SIDE; cell++) {
        Interval v = interval_of(across, cell);
        double sum = 0;
        for (size_t i = v.first; i < v.end; i++)
            sum += share(v, i) * (double)fminf(fmaxf(level[i], 0), 1);
        line[cell] += (float)(weight * sum);
    }
}

CanvasRect canvas_put_levels(Canvas *c, const float *level, size_t rows, size_t columns)
{
    double scale = (double)(rows > columns ? rows : columns) / CANVAS_SIDE;
    Axis across = {scale, columns}, up = {scale, rows};
    Canvas mask = {0};
    for (int row = 0; row < CANVAS_SIDE; row++) {
        float line[CANVAS_SIDE] = {0};
        Interval v = interval_of(up, row);
        for (size_t i = v.first; i < v.end; i++)
            add_row(line, level + i * columns, across, share(v, i));
        canvas_raise(&mask, row, 0, line, CANVAS_SIDE);
    }
    CanvasRect changed = canvas_blend(c, c, &mask, CANVAS_WHOLE, 1, 1);
    canvas_free(&mask);
    return changed;
}
