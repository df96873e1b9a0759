#include "gfx/interface.h"

#include "ui/rect.h"

enum { GROUND_PX = 16384 }; /* boxes of at least that many pixels are cleared, not drawn */

typedef struct Renderer {
    Shapes *shapes;
    Text *text;
    Viewport viewport;
    const DrawList *list;
    Rect clip;
    Colour ink; /* of the text at hand */
} Renderer;

/* The ground of a panel: one colour, whole pixels, nothing seen through it. */
static bool is_ground(const DrawCommand *c)
{
    return c->radius <= 0.0 && (c->border & 255) == 0 && (c->fill & 255) == 255 && c->fill == c->fill_end &&
           c->rect.w * c->rect.h >= GROUND_PX;
}

static void render_box(Renderer *r, const DrawCommand *c)
{
    if (is_ground(c)) {
        shapes_flush(r->shapes);
        viewport_clip(r->viewport, rect_meet(c->rect, r->clip));
        viewport_clear(c->fill);
        viewport_clip(r->viewport, r->clip);
        return;
    }
    shapes_box(r->shapes, c->rect, c->radius, c->fill, c->fill_end, c->border, r->list->border_px);
}

static void take_image(void *context, const TextImage *image)
{
    Renderer *r = context;
    ShapeVertex v[4];
    if (!image) {
        shapes_flush(r->shapes);
        return;
    }
    for (int i = 0; i < 4; i++) {
        int across = (i & 1) ? image->w : 0, down = (i & 2) ? image->h : 0;
        v[i] = (ShapeVertex){(float)(image->x + across),
                             (float)(image->y + down),
                             {(float)(image->u + across), (float)(image->v + down), 0.0f, 0.0f},
                             SHAPE_TEXT,
                             0.0f,
                             0.0f,
                             r->ink,
                             0};
    }
    shapes_quad(r->shapes, v);
}

static void render_text(Renderer *r, const DrawCommand *c)
{
    r->ink = c->fill;
    text_lay(r->text, c->face, c->size, c->tabular, r->list->text + c->first, c->rect.x, c->rect.y, take_image, r);
}

static const float *points_of(const Renderer *r, const DrawCommand *c)
{
    return r->list->point + 2 * (size_t)c->first;
}

static void render_line(Renderer *r, const DrawCommand *c)
{
    shapes_line(r->shapes, points_of(r, c), c->count, c->radius, c->fill);
}

static void render_area(Renderer *r, const DrawCommand *c)
{
    shapes_area(r->shapes, points_of(r, c), c->count, c->rect.y, c->fill);
}

static void render_dots(Renderer *r, const DrawCommand *c)
{
    const float *point = points_of(r, c);
    double size = 2.0 * c->radius;
    for (size_t i = 0; i < c->count; i++) {
        Rect square = {(double)point[2 * i] - c->radius, (double)point[2 * i + 1] - c->radius, size, size};
        shapes_box(r->shapes, square, c->radius, c->fill, c->fill, 0, 0.0);
    }
}

static void render_polygon(Renderer *r, const DrawCommand *c)
{
    shapes_polygon(r->shapes, points_of(r, c), c->count, c->fill);
}

static void render_veil(Renderer *r, const DrawCommand *c)
{
    const float *corner = points_of(r, c);
    Rect hole = {(double)corner[0], (double)corner[1], (double)(corner[2] - corner[0]),
                 (double)(corner[3] - corner[1])};
    shapes_veil(r->shapes, c->rect, hole, c->radius, c->fill);
}

static void render_clip(Renderer *r, const DrawCommand *c)
{
    shapes_flush(r->shapes);
    r->clip = c->rect.w > 0.0 && c->rect.h > 0.0 ? c->rect : (Rect){0.0, 0.0, r->viewport.w, r->viewport.h};
    viewport_clip(r->viewport, r->clip);
}

static void (*const render[])(Renderer *, const DrawCommand *) = {
    [DRAW_VEIL] = render_veil, [DRAW_BOX] = render_box,   [DRAW_TEXT] = render_text,       [DRAW_LINE] = render_line,
    [DRAW_AREA] = render_area, [DRAW_DOTS] = render_dots, [DRAW_POLYGON] = render_polygon, [DRAW_CLIP] = render_clip,
};

void interface_render(Shapes *shapes, Text *text, Viewport viewport, const DrawList *list)
{
    Renderer r = {shapes, text, viewport, list, {0.0, 0.0, viewport.w, viewport.h}, 0};
    viewport_clip(viewport, r.clip);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, text->texture);
    shapes_begin(shapes, viewport);
    for (size_t i = 0; i < list->count; i++)
        render[list->command[i].kind](&r, &list->command[i]);
    shapes_flush(shapes);
    glDisable(GL_SCISSOR_TEST);
}
