#include "scene/canvas_tools.h"

#include <math.h>
#include <string.h>

/* A flood over the canvas, cell by cell. Whether it steps from a cell to the next depends on these two alone, so where
 * it gets does not depend on the order of its steps. */
typedef struct Flood {
    const Canvas *canvas;
    float start, goal;
    bool reached[CANVAS_CELLS];
    uint16_t waiting[CANVAS_CELLS]; /* a stack; no cell comes twice */
    size_t count;
} Flood;

static bool climbs(const Flood *f, float from, float to)
{
    return f->goal > f->start ? to > from && to <= f->goal : to < from && to >= f->goal;
}

static void reach(Flood *f, int column, int row)
{
    size_t cell = (size_t)(row * CANVAS_SIDE + column);
    f->reached[cell] = true;
    f->waiting[f->count++] = (uint16_t)cell;
}

static void step_to(Flood *f, float from, int column, int row)
{
    if (column < 0 || row < 0 || column >= CANVAS_SIDE || row >= CANVAS_SIDE)
        return;
    size_t cell = (size_t)(row * CANVAS_SIDE + column);
    float to = canvas_level(f->canvas, column, row);
    bool alike = fabsf(to - f->start) <= CANVAS_FILL_TOLERANCE;
    if (!f->reached[cell] && (alike || climbs(f, from, to)))
        reach(f, column, row);
}

static void flood_from(Flood *f, int column, int row)
{
    memset(f->reached, 0, sizeof f->reached);
    f->start = canvas_level(f->canvas, column, row);
    reach(f, column, row);
    while (f->count > 0) {
        int cell = f->waiting[--f->count], x = cell % CANVAS_SIDE, y = cell / CANVAS_SIDE;
        float from = canvas_level(f->canvas, x, y);
        step_to(f, from, x - 1, y);
        step_to(f, from, x + 1, y);
        step_to(f, from, x, y - 1);
        step_to(f, from, x, y + 1);
    }
}

/* Adds to the mask what the flood reaches from a place. Comparisons that hold for no NaN. */
static void cover_from(Canvas *mask, Flood *f, const double at[2])
{
    if (!(at[0] >= -1 && at[0] < 1 && at[1] >= -1 && at[1] < 1))
        return;
    flood_from(f, (int)((at[0] + 1) / CANVAS_CELL), (int)((at[1] + 1) / CANVAS_CELL));
    for (int row = 0; row < CANVAS_SIDE; row++) {
        float line[CANVAS_SIDE];
        for (int column = 0; column < CANVAS_SIDE; column++)
            line[column] = f->reached[row * CANVAS_SIDE + column];
        canvas_raise(mask, row, 0, line, CANVAS_SIDE);
    }
}

CanvasRect canvas_fill(Canvas *c, Brush brush, const double at[2])
{
    Brush b = brush_clamped(brush);
    Canvas mask = {0};
    BrushImage image[BRUSH_IMAGES_MAX];
    size_t n = brush_images(&b, image);
    Flood flood = {.canvas = c, .goal = (float)brush_goal(&b)};
    for (size_t k = 0; k < n; k++) {
        double place[2];
        brush_image_of(image[k], at, place);
        cover_from(&mask, &flood, place);
    }
    CanvasRect changed = canvas_blend(c, c, &mask, CANVAS_WHOLE, flood.goal, (float)b.strength);
    canvas_free(&mask);
    return changed;
}
