#include "scene/canvas.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { TILE_CELLS = CANVAS_TILE_SIDE * CANVAS_TILE_SIDE };

struct CanvasTile {
    atomic_uint holders; /* canvases; one that is alone may write */
    float level[TILE_CELLS];
};

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

bool canvas_rect_empty(CanvasRect r)
{
    return r.left >= r.right || r.bottom >= r.top;
}

CanvasRect canvas_rect_union(CanvasRect a, CanvasRect b)
{
    if (canvas_rect_empty(a) || canvas_rect_empty(b))
        return canvas_rect_empty(a) ? b : a;
    return (CanvasRect){lesser(a.left, b.left), lesser(a.bottom, b.bottom), greater(a.right, b.right),
                        greater(a.top, b.top)};
}

CanvasRect canvas_rect_intersection(CanvasRect a, CanvasRect b)
{
    CanvasRect r = {greater(a.left, b.left), greater(a.bottom, b.bottom), lesser(a.right, b.right),
                    lesser(a.top, b.top)};
    return canvas_rect_empty(r) ? (CanvasRect){0} : r;
}

static CanvasRect tile_rect(size_t t)
{
    int left = (int)(t % CANVAS_TILES_ACROSS) * CANVAS_TILE_SIDE;
    int bottom = (int)(t / CANVAS_TILES_ACROSS) * CANVAS_TILE_SIDE;
    return (CanvasRect){left, bottom, left + CANVAS_TILE_SIDE, bottom + CANVAS_TILE_SIDE};
}

static size_t tile_of(int column, int row)
{
    return (size_t)(row / CANVAS_TILE_SIDE * CANVAS_TILES_ACROSS + column / CANVAS_TILE_SIDE);
}

static size_t cell_of(int column, int row)
{
    return (size_t)(row % CANVAS_TILE_SIDE * CANVAS_TILE_SIDE + column % CANVAS_TILE_SIDE);
}

static const float *tile_levels(const Canvas *c, size_t t)
{
    static const float empty[TILE_CELLS];
    return c->tile[t] ? c->tile[t]->level : empty;
}

/* The last holder may be another thread than those that wrote: what they did must have happened before it frees. */
static void release_tile(CanvasTile *tile)
{
    if (tile && atomic_fetch_sub_explicit(&tile->holders, 1, memory_order_acq_rel) == 1)
        free(tile);
}

static CanvasTile *hold_tile(CanvasTile *tile)
{
    if (tile)
        atomic_fetch_add_explicit(&tile->holders, 1, memory_order_relaxed);
    return tile;
}

/* Levels of a tile that no other canvas sees. NULL when memory is short. */
static float *own_tile(Canvas *c, size_t t)
{
    CanvasTile *old = c->tile[t];
    if (old && atomic_load_explicit(&old->holders, memory_order_acquire) == 1)
        return old->level;
    CanvasTile *tile = malloc(sizeof *tile);
    if (!tile)
        return NULL;
    atomic_init(&tile->holders, 1);
    memcpy(tile->level, tile_levels(c, t), sizeof tile->level);
    release_tile(old);
    c->tile[t] = tile;
    return tile->level;
}

static bool all_empty(const float level[TILE_CELLS])
{
    for (size_t k = 0; k < TILE_CELLS; k++)
        if (level[k] > 0)
            return false;
    return true;
}

/* False when memory is short. */
static bool store_tile(Canvas *c, size_t t, const float level[TILE_CELLS])
{
    if (all_empty(level)) {
        release_tile(c->tile[t]);
        c->tile[t] = NULL;
        return true;
    }
    float *own = own_tile(c, t);
    if (own)
        memcpy(own, level, TILE_CELLS * sizeof *own);
    return own;
}

void canvas_free(Canvas *c)
{
    for (size_t t = 0; t < CANVAS_TILES; t++)
        release_tile(c->tile[t]);
    *c = (Canvas){0};
}

/* Holds before it releases: `to` may be `from`. */
void canvas_copy(Canvas *to, const Canvas *from)
{
    for (size_t t = 0; t < CANVAS_TILES; t++) {
        CanvasTile *tile = hold_tile(from->tile[t]);
        release_tile(to->tile[t]);
        to->tile[t] = tile;
    }
    to->version = from->version > to->version ? from->version : to->version + 1;
}

CanvasRect canvas_difference(const Canvas *a, const Canvas *b)
{
    CanvasRect all = {0};
    for (size_t t = 0; t < CANVAS_TILES; t++)
        if (a->tile[t] != b->tile[t])
            all = canvas_rect_union(all, tile_rect(t));
    return all;
}

size_t canvas_bytes(const Canvas *c)
{
    size_t bytes = sizeof *c;
    for (size_t t = 0; t < CANVAS_TILES; t++)
        if (c->tile[t])
            bytes += sizeof *c->tile[t] / atomic_load_explicit(&c->tile[t]->holders, memory_order_relaxed);
    return bytes;
}

bool canvas_empty(const Canvas *c)
{
    for (size_t t = 0; t < CANVAS_TILES; t++)
        if (c->tile[t])
            return false;
    return true;
}

float canvas_level(const Canvas *c, int column, int row)
{
    if (column < 0 || row < 0 || column >= CANVAS_SIDE || row >= CANVAS_SIDE)
        return 0;
    return tile_levels(c, tile_of(column, row))[cell_of(column, row)];
}

void canvas_levels(const Canvas *c, CanvasRect r, float *out)
{
    for (int row = r.bottom; row < r.top; row++)
        for (int column = r.left; column < r.right; column++)
            *out++ = tile_levels(c, tile_of(column, row))[cell_of(column, row)];
}

static float blended(float before, float goal, float amount)
{
    float level = before + amount * (goal - before);
    return level < CANVAS_LEAST_LEVEL ? 0 : level;
}

typedef struct Blend {
    const float *before, *mask; /* of one tile */
    float goal, strength;
} Blend;

/* Blends the cells of r into level, all in one tile; returns which of them it changed. */
static CanvasRect blend_cells(float level[TILE_CELLS], const Blend *b, CanvasRect r)
{
    CanvasRect changed = {0};
    for (int row = r.bottom; row < r.top; row++) {
        for (int column = r.left; column < r.right; column++) {
            size_t k = cell_of(column, row);
            float next = blended(b->before[k], b->goal, b->strength * b->mask[k]);
            if (next != level[k])
                changed = canvas_rect_union(changed, (CanvasRect){column, row, column + 1, row + 1});
            level[k] = next;
        }
    }
    return changed;
}

/* Works on a copy, because `before` may be the canvas, and because a tile that stays the same must stay shared. */
static CanvasRect blend_tile(Canvas *c, size_t t, const Blend *b, CanvasRect r)
{
    float level[TILE_CELLS];
    memcpy(level, tile_levels(c, t), sizeof level);
    CanvasRect changed = blend_cells(level, b, r);
    return !canvas_rect_empty(changed) && store_tile(c, t, level) ? changed : (CanvasRect){0};
}

CanvasRect canvas_blend(Canvas *c, const Canvas *before, const Canvas *mask, CanvasRect within, float goal,
                        float strength)
{
    CanvasRect changed = {0};
    for (size_t t = 0; t < CANVAS_TILES; t++) {
        CanvasRect r = canvas_rect_intersection(within, tile_rect(t));
        if (!mask->tile[t] || canvas_rect_empty(r))
            continue;
        Blend b = {tile_levels(before, t), tile_levels(mask, t), goal, strength};
        changed = canvas_rect_union(changed, blend_tile(c, t, &b, r));
    }
    c->version += !canvas_rect_empty(changed);
    return changed;
}

/* A run of cells in one tile. */
static void raise_run(Canvas *c, size_t t, size_t first, const float *value, size_t n)
{
    const float *level = tile_levels(c, t) + first;
    bool more = false;
    for (size_t i = 0; i < n; i++)
        more |= value[i] > level[i];
    float *own = more ? own_tile(c, t) : NULL;
    c->version += own != NULL;
    for (size_t i = 0; own && i < n; i++)
        own[first + i] = value[i] > own[first + i] ? value[i] : own[first + i];
}

void canvas_raise(Canvas *c, int row, int first_column, const float *value, size_t n)
{
    int end = first_column + (int)n;
    for (int column = first_column; column < end;) {
        int next = lesser(column / CANVAS_TILE_SIDE * CANVAS_TILE_SIDE + CANVAS_TILE_SIDE, end);
        raise_run(c, tile_of(column, row), cell_of(column, row), value + (column - first_column),
                  (size_t)(next - column));
        column = next;
    }
}

CanvasRect canvas_clear(Canvas *c)
{
    CanvasRect changed = canvas_difference(c, &(Canvas){0});
    uint64_t version = c->version + !canvas_rect_empty(changed);
    canvas_free(c);
    c->version = version;
    return changed;
}

size_t canvas_components(const Canvas *c, Component *out, size_t max)
{
    const double variance = CANVAS_CELL_STD * CANVAS_CELL_STD * CANVAS_CELL * CANVAS_CELL;
    size_t n = 0;
    for (int row = 0; row < CANVAS_SIDE; row++) {
        for (int column = 0; column < CANVAS_SIDE; column++) {
            float level = tile_levels(c, tile_of(column, row))[cell_of(column, row)];
            if (level > 0 && n++ < max)
                *out++ = (Component){.kind = COMPONENT_GAUSSIAN,
                                     .weight = (double)level,
                                     .mean = {CANVAS_CELL * (column + 0.5) - 1, CANVAS_CELL * (row + 0.5) - 1},
                                     .cov = {variance, 0, variance}};
        }
    }
    return n;
}
