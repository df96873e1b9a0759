#include "scene/drawing.h"

#include "io/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The block that a part shares whole; NULL for a canvas, which shares tiles, and a built-in target. */
static Bulk *no_bulk(const Part *p)
{
    (void)p;
    return NULL;
}

static Bulk *raster_bulk(const Part *p)
{
    return p->raster ? &p->raster->bulk : NULL;
}

static Bulk *gaussians_bulk(const Part *p)
{
    return p->gaussians ? &p->gaussians->bulk : NULL;
}

static Bulk *points_bulk(const Part *p)
{
    return p->points ? &p->points->bulk : NULL;
}

static const struct {
    const char *name;
    Bulk *(*bulk)(const Part *p);
} kinds[PART_KINDS] = {
    [PART_CANVAS] = {"canvas", no_bulk},
    [PART_WORD] = {"word", raster_bulk},
    [PART_GAUSSIANS] = {"gaussians", gaussians_bulk},
    [PART_POINTS] = {"points", points_bulk},
    [PART_TARGET] = {"target", no_bulk},
    [PART_PICTURE] = {"picture", raster_bulk},
};

const char *part_kind_name(PartKind kind)
{
    return kinds[kind].name;
}

Part part_of(PartKind kind, const char *name)
{
    Part p = {.kind = kind, .shown = true, .weight = 1, .size = 1};
    text_copy(p.name, sizeof p.name, name);
    return p;
}

void part_free(Part *p)
{
    if (p->kind == PART_CANVAS)
        canvas_free(&p->canvas);
    bulk_drop(kinds[p->kind].bulk(p));
    *p = (Part){0};
}

/* A second one that holds the same. */
static Part share(const Part *p)
{
    Part copy = *p;
    if (p->kind == PART_CANVAS) {
        copy.canvas = (Canvas){0};
        canvas_copy(&copy.canvas, &p->canvas);
    }
    bulk_keep(kinds[p->kind].bulk(p));
    return copy;
}

/* canvas_bytes counts the canvas itself, which is in the part. */
static size_t part_bytes(const Part *p)
{
    if (p->kind == PART_CANVAS)
        return sizeof *p - sizeof p->canvas + canvas_bytes(&p->canvas);
    return sizeof *p + bulk_bytes(kinds[p->kind].bulk(p));
}

void part_to_plane(const Part *p, const double local[2], double plane[2])
{
    double c = p->size * cos(p->angle), s = p->size * sin(p->angle), x = local[0], y = local[1];
    plane[0] = p->place[0] + c * x - s * y;
    plane[1] = p->place[1] + s * x + c * y;
}

void part_to_local(const Part *p, const double plane[2], double local[2])
{
    double c = cos(p->angle) / p->size, s = sin(p->angle) / p->size;
    double x = plane[0] - p->place[0], y = plane[1] - p->place[1];
    local[0] = c * x + s * y;
    local[1] = c * y - s * x;
}

void drawing_free(Drawing *d)
{
    for (size_t i = 0; i < d->count; i++)
        part_free(&d->part[i]);
    free(d->part);
    *d = (Drawing){0};
}

size_t drawing_find(const Drawing *d, uint32_t id)
{
    size_t i = 0;
    while (i < d->count && d->part[i].id != id)
        i++;
    return i;
}

/* Canvases go over into the copy with their versions, so that what shows them sees a change. */
static void keep_versions(Drawing *old, Drawing *copy)
{
    for (size_t i = 0; i < copy->count; i++) {
        Part *p = &copy->part[i];
        size_t same = drawing_find(old, p->id);
        if (p->kind != PART_CANVAS || same == old->count || old->part[same].kind != PART_CANVAS)
            continue;
        Canvas newer = old->part[same].canvas;
        old->part[same].canvas = (Canvas){0};
        canvas_copy(&newer, &p->canvas);
        canvas_free(&p->canvas);
        p->canvas = newer;
    }
}

bool drawing_copy(Drawing *to, const Drawing *from)
{
    if (to == from)
        return true;
    Drawing copy = *from;
    copy.part = calloc(from->count + 1, sizeof *copy.part); /* an empty one too is not NULL */
    if (!copy.part)
        return false;
    for (size_t i = 0; i < from->count; i++)
        copy.part[i] = share(&from->part[i]);
    if (copy.last_id < to->last_id)
        copy.last_id = to->last_id;
    keep_versions(to, &copy);
    drawing_free(to);
    *to = copy;
    return true;
}

size_t drawing_bytes(const Drawing *d)
{
    size_t bytes = 0;
    for (size_t i = 0; i < d->count; i++)
        bytes += part_bytes(&d->part[i]);
    return bytes;
}

bool drawing_add(Drawing *d, Part part)
{
    Part *grown = d->count < DRAWING_PARTS_MAX ? realloc(d->part, (d->count + 1) * sizeof *grown) : NULL;
    if (!grown) {
        part_free(&part);
        return false;
    }
    d->part = grown;
    part.id = ++d->last_id;
    d->part[d->count++] = part;
    return true;
}

void drawing_remove(Drawing *d, size_t i)
{
    part_free(&d->part[i]);
    d->count--;
    memmove(&d->part[i], &d->part[i + 1], (d->count - i) * sizeof *d->part);
}

void drawing_reorder(Drawing *d, size_t from, size_t to)
{
    Part moved = d->part[from];
    if (from < to)
        memmove(&d->part[from], &d->part[from + 1], (to - from) * sizeof moved);
    else
        memmove(&d->part[to + 1], &d->part[to], (from - to) * sizeof moved);
    d->part[to] = moved;
}

bool drawing_duplicate(Drawing *d, size_t i)
{
    if (!drawing_add(d, share(&d->part[i])))
        return false;
    drawing_reorder(d, d->count - 1, i + 1);
    return true;
}

bool part_by_hand(const Part *p)
{
    return p->shown && (p->kind != PART_POINTS || !p->points || (!p->points->file[0] && !p->points->weight));
}

bool drawing_hand_part(Drawing *d, PartKind kind, size_t *index)
{
    for (size_t i = d->count; i-- > 0;) {
        if (d->part[i].kind == kind && part_by_hand(&d->part[i])) {
            *index = i;
            return true;
        }
    }
    *index = d->count;
    return drawing_add(d, part_of(kind, kinds[kind].name));
}
