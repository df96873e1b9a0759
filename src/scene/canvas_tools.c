#include "scene/canvas_tools.h"

#include "core/vector.h"

#include <math.h>

/* A segment, or where `ring` > 0 the line at that distance around it. */
typedef struct Shape {
    double from[2], to[2], ring;
} Shape;

static const double FARTHEST = 1000; /* canvas units; a pen that is farther off paints nothing of its own */

/* False where a number is not finite. */
static bool shape_clamp(Shape *s)
{
    bool finite = isfinite(s->ring);
    for (int axis = 0; axis < 2; axis++) {
        finite = finite && isfinite(s->from[axis]) && isfinite(s->to[axis]);
        s->from[axis] = fmin(fmax(s->from[axis], -FARTHEST), FARTHEST);
        s->to[axis] = fmin(fmax(s->to[axis], -FARTHEST), FARTHEST);
    }
    s->ring = fmin(fabs(s->ring), 4 * FARTHEST);
    return finite;
}

static Shape image_of(const Shape *s, BrushImage image)
{
    Shape out = {.ring = s->ring};
    brush_image_of(image, s->from, out.from);
    brush_image_of(image, s->to, out.to);
    return out;
}

static int cell_at(double place)
{
    return (int)floor(fmin(fmax((place + 1) / CANVAS_CELL, 0), CANVAS_SIDE));
}

/* The cells that a shape may touch. */
static CanvasRect bounds_of(const Shape *s, const Brush *b)
{
    double reach = s->ring + brush_reach(b), low[2], high[2];
    for (int axis = 0; axis < 2; axis++) {
        low[axis] = fmin(s->from[axis], s->to[axis]) - reach;
        high[axis] = fmax(s->from[axis], s->to[axis]) + reach + CANVAS_CELL;
    }
    return (CanvasRect){cell_at(low[0]), cell_at(low[1]), cell_at(high[0]), cell_at(high[1])};
}

CORE_INLINE double to_unit(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* A shape and an edge, for one row of cells. */
typedef struct RowOfCells {
    double dx, dy, along[2]; /* from the segment's start to the first cell; the segment, and that over its square */
    double ratio[2], ring, reach, width;
} RowOfCells;

static RowOfCells row_of_cells(const Shape *s, const Brush *b, int left, int row)
{
    double along[2] = {s->to[0] - s->from[0], s->to[1] - s->from[1]};
    double square = along[0] * along[0] + along[1] * along[1];
    double inverse = square > 0 ? 1 / square : 0;
    return (RowOfCells){.dx = CANVAS_CELL * (left + 0.5) - 1 - s->from[0],
                        .dy = CANVAS_CELL * (row + 0.5) - 1 - s->from[1],
                        .along = {along[0], along[1]},
                        .ratio = {along[0] * inverse, along[1] * inverse},
                        .ring = s->ring,
                        .reach = brush_reach(b),
                        .width = brush_edge_width(b)};
}

/* Coverage of n cells: a smooth step of the distance to the shape. */
CORE_CLONES
static void cover_row(RowOfCells r, int n, float *coverage)
{
    for (int i = 0; i < n; i++) {
        double x = r.dx + CANVAS_CELL * i;
        double share = to_unit(x * r.ratio[0] + r.dy * r.ratio[1]);
        double dx = x - share * r.along[0], dy = r.dy - share * r.along[1];
        double distance = fabs(sqrt(dx * dx + dy * dy) - r.ring);
        double t = to_unit((r.reach - distance) / r.width);
        coverage[i] = (float)(t * t * (3 - 2 * t));
    }
}

/* Raises a mask to the brush's coverage along a shape. */
static CanvasRect cover(Canvas *mask, const Brush *b, const Shape *s)
{
    CanvasRect r = bounds_of(s, b);
    for (int row = r.bottom; row < r.top && r.left < r.right; row++) {
        float line[CANVAS_SIDE];
        cover_row(row_of_cells(s, b, r.left, row), r.right - r.left, line);
        canvas_raise(mask, row, r.left, line, (size_t)(r.right - r.left));
    }
    return r;
}

static CanvasRect cover_images(Canvas *mask, const Brush *b, Shape s)
{
    CanvasRect touched = {0};
    BrushImage image[BRUSH_IMAGES_MAX];
    size_t n = shape_clamp(&s) ? brush_images(b, image) : 0;
    for (size_t k = 0; k < n; k++) {
        Shape copy = image_of(&s, image[k]);
        touched = canvas_rect_union(touched, cover(mask, b, &copy));
    }
    return touched;
}

CanvasRect canvas_stroke_begin(CanvasStroke *s, Canvas *c, Brush brush, const double at[2])
{
    canvas_stroke_end(s);
    canvas_copy(&s->before, c);
    s->brush = brush_clamped(brush);
    return canvas_stroke_move(s, c, at);
}

CanvasRect canvas_stroke_move(CanvasStroke *s, Canvas *c, const double to[2])
{
    if (!isfinite(to[0]) || !isfinite(to[1]))
        return (CanvasRect){0};
    const double *from = s->placed ? s->at : to;
    Shape shape = {.from = {from[0], from[1]}, .to = {to[0], to[1]}};
    s->at[0] = to[0];
    s->at[1] = to[1];
    s->placed = true;
    CanvasRect touched = cover_images(&s->mask, &s->brush, shape);
    return canvas_blend(c, &s->before, &s->mask, touched, (float)brush_goal(&s->brush), (float)s->brush.strength);
}

void canvas_stroke_end(CanvasStroke *s)
{
    canvas_free(&s->before);
    canvas_free(&s->mask);
    *s = (CanvasStroke){0};
}

/* Lays a whole mask on the canvas, and frees it. */
static CanvasRect lay(Canvas *c, const Brush *b, Canvas *mask)
{
    CanvasRect changed = canvas_blend(c, c, mask, CANVAS_WHOLE, (float)brush_goal(b), (float)b->strength);
    canvas_free(mask);
    return changed;
}

static CanvasRect paint_shape(Canvas *c, Brush brush, Shape s)
{
    Canvas mask = {0};
    Brush b = brush_clamped(brush);
    cover_images(&mask, &b, s);
    return lay(c, &b, &mask);
}

CanvasRect canvas_line(Canvas *c, Brush brush, const double from[2], const double to[2])
{
    return paint_shape(c, brush, (Shape){.from = {from[0], from[1]}, .to = {to[0], to[1]}});
}

CanvasRect canvas_circle(Canvas *c, Brush brush, const double centre[2], double radius)
{
    return paint_shape(c, brush, (Shape){{centre[0], centre[1]}, {centre[0], centre[1]}, radius});
}

/* u [4] uniform: how far out, in which direction, how large. */
static void cover_dab(Canvas *mask, const Brush *b, const double at[2], const float u[4])
{
    Brush dab = *b;
    dab.radius = fmax(CANVAS_CELL, b->radius * (0.05 + 0.05 * (double)u[2]));
    double out = (b->radius - dab.radius) * pow((double)u[0], 1 - 0.5 * b->hardness);
    double angle = 2 * M_PI * (double)u[1];
    double place[2] = {at[0] + out * cos(angle), at[1] + out * sin(angle)};
    cover_images(mask, &dab, (Shape){.from = {place[0], place[1]}, .to = {place[0], place[1]}});
}

CanvasRect canvas_spray(Canvas *c, Brush brush, const double at[2], Rng rng, uint64_t step)
{
    float u[4 * CANVAS_DABS];
    Canvas mask = {0};
    Brush b = brush_clamped(brush);
    rng_uniforms(rng, step, 0, CANVAS_DABS, u);
    for (size_t i = 0; i < CANVAS_DABS; i++)
        cover_dab(&mask, &b, at, u + 4 * i);
    return lay(c, &b, &mask);
}
