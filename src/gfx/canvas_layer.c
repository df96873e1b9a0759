#include "gfx/canvas_layer.h"

#include <math.h>
#include <string.h>

/* Stronger than the density's own glow: the hand is where one looks. */
static const double paint_opacity = 0.75, trace_opacity = 0.28;
/* As the density's: thin paint is as bright as a thin density. */
static const double gamma_of_paint = 0.55;

bool canvas_layer_init(CanvasLayer *l, const char *shaders, Error *e)
{
    *l = (CanvasLayer){0};
    l->program = program_create(shaders, "canvas", e);
    glGenVertexArrays(1, &l->array);
    return l->program != 0;
}

static void slot_free(CanvasTexture *t)
{
    glDeleteTextures(1, &t->texture);
    canvas_free(&t->canvas);
    if (t->raster)
        bulk_drop(&t->raster->bulk);
    *t = (CanvasTexture){0};
}

void canvas_layer_free(CanvasLayer *l)
{
    glDeleteProgram(l->program);
    glDeleteVertexArrays(1, &l->array);
    for (size_t i = 0; i < DRAWING_PARTS_MAX; i++)
        slot_free(&l->slot[i]);
    *l = (CanvasLayer){0};
}

static bool painted(const Part *p)
{
    return p->kind == PART_CANVAS || ((p->kind == PART_WORD || p->kind == PART_PICTURE) && p->raster);
}

static void free_slots_of_no_part(CanvasLayer *l, const Drawing *d)
{
    for (size_t i = 0; i < DRAWING_PARTS_MAX; i++) {
        CanvasTexture *t = &l->slot[i];
        if (t->texture && drawing_find(d, t->part) == d->count)
            slot_free(t);
    }
}

/* There are as many slots as a drawing may have parts. */
static CanvasTexture *slot_of(CanvasLayer *l, const Part *p)
{
    CanvasTexture *free_slot = NULL;
    for (size_t i = 0; i < DRAWING_PARTS_MAX; i++) {
        CanvasTexture *t = &l->slot[i];
        if (t->texture && t->part == p->id)
            return t;
        free_slot = t->texture ? free_slot : t;
    }
    return free_slot;
}

/* Binds a texture of a part's own. */
static void begin_texture(CanvasTexture *t, const Part *p)
{
    glGenTextures(1, &t->texture);
    glBindTexture(GL_TEXTURE_2D, t->texture);
    texture_sampling(GL_LINEAR);
    t->part = p->id;
}

static void upload_tile(const Canvas *c, int column, int row)
{
    float level[CANVAS_TILE_SIDE * CANVAS_TILE_SIDE];
    canvas_levels(c, (CanvasRect){column, row, column + CANVAS_TILE_SIDE, row + CANVAS_TILE_SIDE}, level);
    glTexSubImage2D(GL_TEXTURE_2D, 0, column, row, CANVAS_TILE_SIDE, CANVAS_TILE_SIDE, GL_RED, GL_FLOAT, level);
}

/* Tiles are shared with the copy that was uploaded until one is written: another tile is another content. */
static void follow_canvas(CanvasLayer *l, CanvasTexture *t, const Part *p, bool fresh)
{
    if (fresh)
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R16F, CANVAS_SIDE, CANVAS_SIDE, 0, GL_RED, GL_FLOAT, NULL);
    for (int i = 0; i < CANVAS_TILES; i++) {
        if (!fresh && t->canvas.tile[i] == p->canvas.tile[i])
            continue;
        upload_tile(&p->canvas, i % CANVAS_TILES_ACROSS * CANVAS_TILE_SIDE, i / CANVAS_TILES_ACROSS * CANVAS_TILE_SIDE);
        l->uploaded++;
    }
    canvas_copy(&t->canvas, &p->canvas);
}

static void follow_raster(CanvasLayer *l, CanvasTexture *t, const Part *p)
{
    Raster *r = p->raster;
    if (t->raster == r)
        return;
    bulk_keep(&r->bulk);
    if (t->raster)
        bulk_drop(&t->raster->bulk);
    t->raster = r;
    l->uploaded++;
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, (GLsizei)r->columns, (GLsizei)r->rows, 0, GL_RED, GL_UNSIGNED_BYTE, r->level);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

/* Binds a part's texture and brings it up to date. */
static void follow(CanvasLayer *l, const Part *p)
{
    CanvasTexture *t = slot_of(l, p);
    bool fresh = t->texture == 0;
    if (fresh)
        begin_texture(t, p);
    glBindTexture(GL_TEXTURE_2D, t->texture);
    if (p->kind == PART_CANVAS)
        follow_canvas(l, t, p, fresh);
    else
        follow_raster(l, t, p);
}

/* The part's rectangle as a corner and two edges, pixels. */
static void set_place(GLuint program, const Part *p, const Camera *camera)
{
    double longer = p->kind == PART_CANVAS ? 1 : fmax((double)p->raster->columns, (double)p->raster->rows);
    double w = p->kind == PART_CANVAS ? 1 : (double)p->raster->columns / longer;
    double h = p->kind == PART_CANVAS ? 1 : (double)p->raster->rows / longer;
    const double local[3][2] = {{-w, -h}, {w, -h}, {-w, h}};
    double pixel[3][2];
    for (int i = 0; i < 3; i++) {
        double plane[2];
        part_to_plane(p, local[i], plane);
        camera_to_pixel(camera, plane, pixel[i]);
    }
    program_set(program, "origin", 2, pixel[0]);
    program_set(program, "across", 2, (double[]){pixel[1][0] - pixel[0][0], pixel[1][1] - pixel[0][1]});
    program_set(program, "up", 2, (double[]){pixel[2][0] - pixel[0][0], pixel[2][1] - pixel[0][1]});
}

static int lightness(Colour c)
{
    return (int)(c >> 24) + (int)(c >> 16 & 255) + (int)(c >> 8 & 255);
}

/* A picture to trace lies over all paint, or what is painted on it could not be seen; paint takes the place of the
 * ground, or of less density. */
static void set_style(GLuint program, bool traced, const Palette *palette)
{
    bool lighter = lightness(palette->density) > lightness(palette->ground);
    program_set_colour(program, "ground", traced ? 0 : palette->ground, 1.0);
    program_set_colour(program, "paint", traced ? palette->text : palette->density, 1.0);
    program_set_number(program, "opacity", traced ? trace_opacity : paint_opacity);
    program_set_number(program, "gamma", traced ? 1.0 : gamma_of_paint);
    glBlendEquation(traced ? GL_FUNC_ADD : lighter ? GL_MAX : GL_MIN);
}

static bool is_traced(const Part *p)
{
    return p->kind == PART_PICTURE && p->weight <= 0;
}

static void draw_parts(CanvasLayer *l, const Drawing *d, bool traced, const Camera *camera, const Palette *palette)
{
    for (size_t i = 0; i < d->count; i++) {
        const Part *p = &d->part[i];
        if (!p->shown || !painted(p) || is_traced(p) != traced || (p->weight <= 0 && !traced))
            continue;
        follow(l, p);
        set_place(l->program, p, camera);
        set_style(l->program, traced, palette);
        glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    }
}

void canvas_layer_draw(CanvasLayer *l, Viewport viewport, const Drawing *d, const Camera *camera,
                       const Palette *palette)
{
    free_slots_of_no_part(l, d);
    glActiveTexture(GL_TEXTURE0);
    program_use(l->program, viewport);
    program_set_integer(l->program, "levels", 0);
    glBindVertexArray(l->array);
    draw_parts(l, d, false, camera, palette);
    draw_parts(l, d, true, camera, palette);
    glBlendEquation(GL_FUNC_ADD);
}
