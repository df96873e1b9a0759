#include "ui/draw.h"

#include <stdlib.h>
#include <string.h>

void draw_init(DrawList *d)
{
    *d = (DrawList){.border_px = 1};
}

void draw_free(DrawList *d)
{
    free(d->command);
    free(d->text);
    free(d->point);
    draw_init(d);
}

void draw_clear(DrawList *d)
{
    d->count = d->text_size = d->point_count = 0;
}

/* Room for `more` items of `size` bytes after the first `used`; the block doubles, so that frames after the first few
 * allocate nothing. */
static bool reserve(void **block, size_t *capacity, size_t used, size_t more, size_t size)
{
    if (used + more <= *capacity)
        return true;
    size_t grown = 2 * (used + more);
    void *moved = realloc(*block, grown * size);
    if (!moved)
        return false;
    *block = moved;
    *capacity = grown;
    return true;
}

static void add(DrawList *d, DrawCommand c)
{
    void *block = d->command;
    if (reserve(&block, &d->capacity, d->count, 1, sizeof c)) {
        d->command = block;
        d->command[d->count++] = c;
    }
}

static bool add_text(DrawList *d, DrawCommand *c, const char *text)
{
    void *block = d->text;
    size_t size = strlen(text) + 1;
    if (!reserve(&block, &d->text_capacity, d->text_size, size, 1))
        return false;
    d->text = block;
    memcpy(d->text + d->text_size, text, size);
    c->first = (uint32_t)d->text_size;
    c->count = (uint32_t)(size - 1);
    d->text_size += size;
    return true;
}

static void add_points(DrawList *d, DrawCommand c, const float *point, size_t n)
{
    void *block = d->point;
    if (n == 0 || !reserve(&block, &d->point_capacity, d->point_count, n, 2 * sizeof *point))
        return;
    d->point = block;
    memcpy(d->point + 2 * d->point_count, point, n * 2 * sizeof *point);
    c.first = (uint32_t)d->point_count;
    c.count = (uint32_t)n;
    d->point_count += n;
    add(d, c);
}

void draw_box(DrawList *d, Rect r, double radius, Colour fill, Colour border)
{
    add(d,
        (DrawCommand){.kind = DRAW_BOX, .rect = r, .radius = radius, .fill = fill, .fill_end = fill, .border = border});
}

void draw_veil(DrawList *d, Rect r, Rect hole, double radius, Colour fill)
{
    const float corner[] = {(float)hole.x, (float)hole.y, (float)(hole.x + hole.w), (float)(hole.y + hole.h)};
    add_points(d, (DrawCommand){.kind = DRAW_VEIL, .rect = r, .radius = radius, .fill = fill, .fill_end = fill}, corner,
               2);
}

void draw_gradient(DrawList *d, Rect r, double radius, Colour left, Colour right)
{
    add(d, (DrawCommand){.kind = DRAW_BOX, .rect = r, .radius = radius, .fill = left, .fill_end = right});
}

void draw_text(DrawList *d, Face face, double size, double x, double baseline, Colour c, bool tabular, const char *text)
{
    DrawCommand command = {.kind = DRAW_TEXT,
                           .face = face,
                           .tabular = tabular,
                           .rect = {.x = x, .y = baseline},
                           .size = size,
                           .fill = c,
                           .fill_end = c};
    if (add_text(d, &command, text))
        add(d, command);
}

void draw_line(DrawList *d, const float *point, size_t n, double width, Colour c)
{
    add_points(d, (DrawCommand){.kind = DRAW_LINE, .radius = width, .fill = c, .fill_end = c}, point, n);
}

void draw_area(DrawList *d, const float *point, size_t n, double base, Colour c)
{
    add_points(d, (DrawCommand){.kind = DRAW_AREA, .rect = {.y = base}, .fill = c, .fill_end = c}, point, n);
}

void draw_dots(DrawList *d, const float *point, size_t n, double radius, Colour c)
{
    add_points(d, (DrawCommand){.kind = DRAW_DOTS, .radius = radius, .fill = c, .fill_end = c}, point, n);
}

void draw_polygon(DrawList *d, const float *point, size_t n, Colour c)
{
    add_points(d, (DrawCommand){.kind = DRAW_POLYGON, .fill = c, .fill_end = c}, point, n);
}

void draw_clip(DrawList *d, Rect r)
{
    add(d, (DrawCommand){.kind = DRAW_CLIP, .rect = r});
}
