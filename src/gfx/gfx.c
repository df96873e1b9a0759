#include "gfx/gfx.h"

#include "gfx/density.h"
#include "gfx/interface.h"
#include "gfx/marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ERRORS_MAX = 64 /* a lost context reports for ever */ };

static const double grid_opacity = 0.35, axis_opacity = 0.7;
static const double grid_apart_px = 90.0;

struct Gfx {
    Density density;
    Marks marks;
    Shapes shapes;
    Text text;
    GLuint target, target_colour; /* frame buffer and its picture; 0: the window's */
};

static bool gfx_init(Gfx *g, const char *shaders, Error *e)
{
    return density_init(&g->density, shaders, e) && marks_init(&g->marks, shaders, e) &&
           shapes_init(&g->shapes, shaders, e) && text_init(&g->text, e);
}

static void set_state(void)
{
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    if (epoxy_is_desktop_gl()) {
        glDisable(GL_FRAMEBUFFER_SRGB);
        glDisable(GL_MULTISAMPLE);
        glEnable(GL_PROGRAM_POINT_SIZE);
    }
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

Gfx *gfx_create(const char *shaders, Error *e)
{
    Gfx *g = calloc(1, sizeof *g);
    if (!g) {
        error_set(e, "out of memory for the graphics");
        return NULL;
    }
    if (!gfx_init(g, shaders, e)) {
        gfx_destroy(g);
        return NULL;
    }
    set_state();
    return g;
}

static void drop_target(Gfx *g)
{
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glDeleteFramebuffers(1, &g->target);
    glDeleteRenderbuffers(1, &g->target_colour);
    g->target = g->target_colour = 0;
}

void gfx_destroy(Gfx *g)
{
    if (!g)
        return;
    drop_target(g);
    density_free(&g->density);
    marks_free(&g->marks);
    shapes_free(&g->shapes);
    text_free(&g->text);
    free(g);
}

double gfx_measure(void *context, Face face, double size, bool tabular, const char *text)
{
    Gfx *g = context;
    return text_lay(&g->text, face, size, tabular, text, 0.0, 0.0, NULL, NULL);
}

/* Lines at the ticks of one axis; along: 0 for those at x ticks. */
static void grid_lines(Gfx *g, const PlaneView *v, int along)
{
    const Camera *c = &v->camera;
    Rect seen = camera_extent(c);
    double step = axis_step(grid_apart_px * v->scale / c->scale), width = fmax(1.0, round(v->scale));
    double from = along ? seen.y : seen.x, to = from + (along ? seen.h : seen.w);
    for (double k = ceil(from / step); k * step <= to; k++) {
        double data[2] = {along ? c->x : k * step, along ? k * step : c->y}, pixel[2];
        camera_to_pixel(c, data, pixel);
        double at = round(pixel[along] - 0.5 * width);
        Rect line = along ? (Rect){c->plane.x, at, c->plane.w, width} : (Rect){at, c->plane.y, width, c->plane.h};
        Colour colour = colour_thinned(v->palette->line, k == 0.0 ? axis_opacity : grid_opacity);
        shapes_box(&g->shapes, line, 0.0, colour, colour, 0, 0.0);
    }
}

static void draw_grid(Gfx *g, Canvas canvas, const PlaneView *v)
{
    shapes_begin(&g->shapes, canvas);
    grid_lines(g, v, 0);
    grid_lines(g, v, 1);
    shapes_flush(&g->shapes);
}

void gfx_plane(Gfx *g, int w, int h, const PlaneView *v)
{
    const Settings *s = v->settings;
    const Canvas canvas = {w, h};
    const MarkView marks = {canvas, &v->camera, v->palette, v->scale};
    glViewport(0, 0, w, h);
    glDisable(GL_SCISSOR_TEST);
    canvas_clear(v->palette->ground);
    canvas_clip(canvas, v->camera.plane);
    if (settings_on(s, SET_SHOW_DENSITY))
        density_draw(&g->density, canvas, v->density, &v->camera, v->sigma, v->std, v->palette);
    if (settings_on(s, SET_SHOW_AXES))
        draw_grid(g, canvas, v);
    if (settings_on(s, SET_SHOW_ARROWS))
        marks_arrows(&g->marks, &marks, v->arrows, (FieldKind)settings_index(s, SET_FIELD));
    if (settings_on(s, SET_SHOW_DATA))
        marks_data(&g->marks, &marks, v->data, v->data_count);
    if (settings_on(s, SET_SHOW_TRAILS))
        marks_trails(&g->shapes, &marks, v->frame, v->between);
    if (settings_on(s, SET_SHOW_PARTICLES))
        marks_particles(&g->marks, &marks, v->frame, v->between);
    glDisable(GL_SCISSOR_TEST);
}

void gfx_interface(Gfx *g, int w, int h, const DrawList *list)
{
    glViewport(0, 0, w, h);
    interface_render(&g->shapes, &g->text, (Canvas){w, h}, list);
}

/* GL counts rows from below. */
static void flip(unsigned char *rgba, size_t w, size_t h)
{
    size_t row = w * 4;
    for (size_t y = 0; y < h / 2; y++) {
        unsigned char *upper = rgba + y * row, *lower = rgba + (h - 1 - y) * row;
        for (size_t i = 0; i < row; i++) {
            unsigned char kept = upper[i];
            upper[i] = lower[i];
            lower[i] = kept;
        }
    }
}

unsigned char *gfx_capture(Gfx *g, int w, int h)
{
    unsigned char *rgba = malloc((size_t)w * (size_t)h * 4);
    if (!rgba)
        return NULL;
    glBindFramebuffer(GL_FRAMEBUFFER, g->target);
    glReadPixels(0, 0, w, h, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    flip(rgba, (size_t)w, (size_t)h);
    return rgba;
}

static int largest_target(void)
{
    GLint buffer = 0, viewport[2] = {0, 0};
    glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &buffer);
    glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport);
    return SDL_min(buffer, SDL_min(viewport[0], viewport[1]));
}

/* The driver may still be out of memory: its error counts as a refusal, not as one of ours. */
static bool make_target(Gfx *g, int w, int h)
{
    glGenFramebuffers(1, &g->target);
    glGenRenderbuffers(1, &g->target_colour);
    glBindFramebuffer(GL_FRAMEBUFFER, g->target);
    glBindRenderbuffer(GL_RENDERBUFFER, g->target_colour);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, w, h);
    bool stored = glGetError() != GL_OUT_OF_MEMORY;
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, g->target_colour);
    return stored && glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

bool gfx_target(Gfx *g, int w, int h, Error *e)
{
    drop_target(g);
    if (w <= 0)
        return true;
    int largest = largest_target();
    if (h <= 0 || w > largest || h > largest)
        return error_set(e, "a picture of %d x %d pixels: the graphics driver draws at most %d x %d", w, h, largest,
                         largest);
    if (make_target(g, w, h))
        return true;
    drop_target(g);
    return error_set(e, "a picture of %d x %d pixels: the graphics driver has no memory for it", w, h);
}

unsigned gfx_errors(Gfx *g)
{
    unsigned count = 0;
    (void)g;
    while (count < ERRORS_MAX && glGetError() != GL_NO_ERROR)
        count++;
    return count;
}
