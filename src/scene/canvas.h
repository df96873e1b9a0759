/* canvas.h - a painted density: a grid of levels over the square [-1, 1]^2 of its own units.
 *
 * Levels lie between 0 and 1; column 0 is at the left, row 0 at the bottom. Tiles of 32 x 32 cells are shared between
 * copies until one of them is written, so that a copy costs 64 pointers and a history of strokes only what they
 * changed. A canvas belongs to one thread at a time; copies of it may belong to others at once. {0} is an empty canvas.
 * Where memory is short, a tile stays as it was. The tools that paint are in canvas_tools.h.
 */
#ifndef SCENE_CANVAS_H
#define SCENE_CANVAS_H

#include "core/mixture.h"

enum {
    CANVAS_SIDE = 256, /* cells */
    CANVAS_TILE_SIDE = 32,
    CANVAS_TILES_ACROSS = CANVAS_SIDE / CANVAS_TILE_SIDE,
    CANVAS_TILES = CANVAS_TILES_ACROSS * CANVAS_TILES_ACROSS,
    CANVAS_CELLS = CANVAS_SIDE * CANVAS_SIDE
};

static const double CANVAS_CELL = 2.0 / CANVAS_SIDE; /* a cell's side, canvas units */

/* Lower levels become 0, so that soft erasing ends with empty cells. */
static const float CANVAS_LEAST_LEVEL = 1.0f / 512.0f;

typedef struct CanvasTile CanvasTile;

typedef struct Canvas {
    CanvasTile *tile[CANVAS_TILES]; /* NULL where empty */
    uint64_t version;               /* grows with every change */
} Canvas;

/* Cells left .. right - 1 of rows bottom .. top - 1; {0} is none. */
typedef struct CanvasRect {
    int left, bottom, right, top;
} CanvasRect;

static const CanvasRect CANVAS_WHOLE = {0, 0, CANVAS_SIDE, CANVAS_SIDE};

bool canvas_rect_empty(CanvasRect r);
CanvasRect canvas_rect_union(CanvasRect a, CanvasRect b);
CanvasRect canvas_rect_intersection(CanvasRect a, CanvasRect b);

void canvas_free(Canvas *c);

/* Makes `to`, a canvas that may hold something, equal to `from`, sharing its tiles. The version of `to` still grows: to
 * from's where that is newer, else by one. */
void canvas_copy(Canvas *to, const Canvas *from);

/* The cells in which two canvases may differ, to the tile: what an undo has to show anew. */
CanvasRect canvas_difference(const Canvas *a, const Canvas *b);

/* A canvas's share of memory: each tile's bytes divided by the number of canvases that hold it. Sums over all canvases
 * to what they take together, so a history adds up its entries to know what it holds. */
size_t canvas_bytes(const Canvas *c);

bool canvas_empty(const Canvas *c);
float canvas_level(const Canvas *c, int column, int row); /* 0 outside */

/* Levels of a rectangle within the canvas: out [r.top - r.bottom][r.right - r.left]. */
void canvas_levels(const Canvas *c, CanvasRect r, float *out);

/* Every cell of `within` becomes before + amount * (goal - before), where amount = strength * the mask's level there,
 * and `before` may be the canvas itself. Returns the cells that changed. All tools paint through this. */
CanvasRect canvas_blend(Canvas *c, const Canvas *before, const Canvas *mask, CanvasRect within, float goal,
                        float strength);

/* Raises cells from `first_column` on of one row to value [n] where that is more: how a mask gathers shapes. All in
 * range; values between 0 and 1. */
void canvas_raise(Canvas *c, int row, int first_column, const float *value, size_t n);

CanvasRect canvas_clear(Canvas *c);

/* Lays levels [rows][columns], row 0 at the bottom, over the canvas, centred and as large as fits; bilinear where that
 * enlarges, area means where it shrinks. A cell becomes b + l - b l: 0 leaves it alone, 1 fills it. Levels outside 0 to
 * 1 are clamped, NaN is 0. */
CanvasRect canvas_put_levels(Canvas *c, const float *level, size_t rows, size_t columns);

/* Standard deviation of a cell's Gaussian, in cells. A lattice of Gaussians of equal weight has a density of
 * (1 + 2q cos 2 pi x)(1 + 2q cos 2 pi y), q = exp(-2 pi^2 std^2) (Poisson's sum): ripples up to 4q, at 0.5 cells 0.029,
 * at 0.7 cells 2.5e-4, with which the score of an even area, at most 4 pi q / cell, is under a thousandth of 1 / cell.
 */
static const double CANVAS_CELL_STD = 0.7;

/* One Gaussian per cell that is not empty, in canvas units, with its level as weight, row by row. Fills at most max of
 * out; returns how many there are. */
size_t canvas_components(const Canvas *c, Component *out, size_t max);

#endif
