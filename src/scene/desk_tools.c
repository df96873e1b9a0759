#include "scene/desk_tools.h"

#include "scene/drawing_points.h"

static bool hand_part(Desk *d, PartKind kind, size_t *index, Error *e)
{
    Drawing *drawing = &d->drawing;
    *index = drawing_find(drawing, d->chosen);
    if (*index < drawing->count && drawing->part[*index].kind == kind && part_by_hand(&drawing->part[*index]))
        return true;
    if (drawing_hand_part(drawing, kind, index))
        return true;
    return drawing->count >= DRAWING_PARTS_MAX
               ? error_set(e, "a drawing has at most %d parts: remove one first", DRAWING_PARTS_MAX)
               : error_set(e, "out of memory for another part of the drawing");
}

/* Painting */

Brush desk_brush(const Settings *s)
{
    size_t mirror = settings_index(s, SET_DRAW_MIRROR);
    return (Brush){.radius = s->value[SET_DRAW_SIZE],
                   .hardness = s->value[SET_DRAW_HARDNESS],
                   .strength = s->value[SET_DRAW_STRENGTH],
                   .level = s->value[SET_DRAW_LEVEL],
                   .erases = settings_index(s, SET_DRAW_TOOL) == TOOL_ERASER,
                   .mirror_x = mirror == MIRROR_X || mirror == MIRROR_BOTH,
                   .mirror_y = mirror == MIRROR_Y || mirror == MIRROR_BOTH,
                   .folds = (int)s->value[SET_DRAW_FOLDS]};
}

static Brush local_brush(const Settings *s, const Part *p)
{
    Brush b = desk_brush(s);
    b.radius /= p->size;
    return b;
}

static void spray(Desk *d, const Settings *s, Canvas *c, const double at[2])
{
    Rng rng = {.seed = (uint64_t)s->value[SET_SEED], .stream = STREAM_PICTURE};
    d->hand.changed |= !canvas_rect_empty(canvas_spray(c, d->hand.brush, at, rng, d->dabs++));
}

bool desk_stroke_begin(Desk *d, const Settings *s, const double at[2], Error *e)
{
    size_t i;
    double local[2];
    desk_rest(d);
    if (!hand_part(d, PART_CANVAS, &i, e))
        return false;
    Part *p = &d->drawing.part[i];
    part_to_local(p, at, local);
    d->hand = (DeskHand){.holds = HAND_STROKE, .part = p->id, .brush = local_brush(s, p)};
    if (settings_index(s, SET_DRAW_TOOL) == TOOL_SPRAY) {
        d->hand.holds = HAND_SPRAY;
        spray(d, s, &p->canvas, local);
    } else {
        CanvasRect r = canvas_stroke_begin(&d->hand.stroke, &p->canvas, d->hand.brush, local);
        d->hand.changed = !canvas_rect_empty(r);
    }
    d->version++;
    return true;
}

bool desk_stroke_to(Desk *d, const Settings *s, const double to[2], Error *e)
{
    double local[2];
    DeskHand *hand = &d->hand;
    if (hand->holds != HAND_STROKE && hand->holds != HAND_SPRAY)
        return error_set(e, "no stroke is under way: begin one with stroke begin X Y");
    Part *p = &d->drawing.part[drawing_find(&d->drawing, hand->part)];
    part_to_local(p, to, local);
    if (hand->holds == HAND_SPRAY)
        spray(d, s, &p->canvas, local);
    else
        hand->changed |= !canvas_rect_empty(canvas_stroke_move(&hand->stroke, &p->canvas, local));
    d->version++;
    return true;
}

/* A canvas, and what paints on it in its own units. */
typedef struct Easel {
    const Part *part;
    Canvas *canvas;
    Brush brush;
} Easel;

static bool set_up(Desk *d, const Settings *s, Easel *easel, Error *e)
{
    size_t i;
    desk_rest(d);
    if (!hand_part(d, PART_CANVAS, &i, e))
        return false;
    Part *p = &d->drawing.part[i];
    *easel = (Easel){.part = p, .canvas = &p->canvas, .brush = local_brush(s, p)};
    return true;
}

static bool painted(Desk *d, CanvasRect changed, const char *label, Error *e)
{
    if (!canvas_rect_empty(changed))
        return desk_step(d, label, e);
    desk_give_up(d);
    return true;
}

bool desk_line(Desk *d, const Settings *s, const double from[2], const double to[2], Error *e)
{
    Easel easel;
    double begin[2], end[2];
    if (!set_up(d, s, &easel, e))
        return false;
    part_to_local(easel.part, from, begin);
    part_to_local(easel.part, to, end);
    return painted(d, canvas_line(easel.canvas, easel.brush, begin, end), "a line", e);
}

bool desk_circle(Desk *d, const Settings *s, const double centre[2], double radius, Error *e)
{
    Easel easel;
    double middle[2];
    if (!set_up(d, s, &easel, e))
        return false;
    part_to_local(easel.part, centre, middle);
    CanvasRect changed = canvas_circle(easel.canvas, easel.brush, middle, radius / easel.part->size);
    return painted(d, changed, "a circle", e);
}

bool desk_fill(Desk *d, const Settings *s, const double at[2], Error *e)
{
    Easel easel;
    double local[2];
    if (!set_up(d, s, &easel, e))
        return false;
    part_to_local(easel.part, at, local);
    return painted(d, canvas_fill(easel.canvas, easel.brush, local), "a fill", e);
}

bool desk_wipe(Desk *d, Error *e)
{
    size_t i;
    desk_rest(d);
    if (!hand_part(d, PART_CANVAS, &i, e))
        return false;
    return painted(d, canvas_clear(&d->drawing.part[i].canvas), "clearing the canvas", e);
}

/* Gaussians */

bool desk_gaussian_add(Desk *d, const double at[2], double std, Error *e)
{
    size_t i;
    desk_rest(d);
    if (!hand_part(d, PART_GAUSSIANS, &i, e))
        return false;
    if (drawing_gaussian_add(&d->drawing, i, at, std))
        return desk_step(d, "a Gaussian", e);
    desk_give_up(d);
    return error_set(e, "there is no room for another Gaussian: a part holds %d", GAUSSIANS_MAX);
}

static bool find_gaussian(Desk *d, const double at[2], double tolerance, GaussianHit *hit, Error *e)
{
    desk_rest(d);
    return drawing_gaussian_hit(&d->drawing, at, tolerance, hit) ||
           error_set(e, "there is no Gaussian within %.3g of %.4g, %.4g", tolerance, at[0], at[1]);
}

bool desk_gaussian_grab(Desk *d, const double at[2], double tolerance, Error *e)
{
    GaussianHit hit;
    if (!find_gaussian(d, at, tolerance, &hit, e))
        return false;
    d->chosen = d->drawing.part[hit.part].id;
    d->hand = (DeskHand){.holds = HAND_GAUSSIAN, .part = d->chosen, .gaussian = hit};
    return true;
}

bool desk_gaussian_to(Desk *d, const double to[2], Error *e)
{
    if (d->hand.holds != HAND_GAUSSIAN)
        return error_set(e, "no Gaussian is held: take one with gaussian grab X Y TOLERANCE");
    if (!drawing_gaussian_drag(&d->drawing, &d->hand.gaussian, to))
        return error_set(e, "out of memory to move a Gaussian");
    d->hand.changed = true;
    d->version++;
    return true;
}

bool desk_gaussian_weigh(Desk *d, const double at[2], double tolerance, double factor, Error *e)
{
    GaussianHit hit;
    if (!find_gaussian(d, at, tolerance, &hit, e))
        return false;
    if (!drawing_gaussian_weigh(&d->drawing, hit.part, hit.index, factor))
        return error_set(e, "out of memory to weigh a Gaussian");
    return desk_step(d, "the weight of a Gaussian", e);
}

bool desk_gaussian_delete(Desk *d, const double at[2], double tolerance, Error *e)
{
    GaussianHit hit;
    if (!find_gaussian(d, at, tolerance, &hit, e))
        return false;
    if (!drawing_gaussian_delete(&d->drawing, hit.part, hit.index))
        return error_set(e, "out of memory to delete a Gaussian");
    return desk_step(d, "deleting a Gaussian", e);
}

/* Points */

bool desk_stamp(Desk *d, const Settings *s, const double at[2], Error *e)
{
    size_t i, n = (size_t)s->value[SET_DRAW_POINTS];
    PointStamp stamp = {.at = {at[0], at[1]},
                        .spread = n > 1 ? s->value[SET_DRAW_SPREAD] : 0,
                        .n = n,
                        .seed = (uint64_t)s->value[SET_SEED]};
    desk_rest(d);
    if (!hand_part(d, PART_POINTS, &i, e))
        return false;
    if (drawing_points_stamp(&d->drawing, i, &stamp))
        return desk_step(d, n > 1 ? "a cluster of points" : "a point", e);
    desk_give_up(d);
    return error_set(e, "there is no room for more points: a part holds %d", POINTS_MAX);
}

bool desk_unstamp(Desk *d, const double at[2], double radius, Error *e)
{
    size_t gone = 0;
    desk_rest(d);
    for (size_t i = 0; i < d->drawing.count; i++) {
        const Part *p = &d->drawing.part[i];
        if (p->kind == PART_POINTS && p->shown)
            gone += drawing_points_erase(&d->drawing, i, at, radius);
    }
    return gone == 0 || desk_step(d, "erasing points", e);
}
