#include "gfx/gfx.h"

#include "gfx/canvas_layer.h"
#include "gfx/density.h"
#include "gfx/hill_mesh.h"
#include "gfx/interface.h"
#include "gfx/mapper.h"
#include "gfx/marks.h"
#include "gfx/strokes.h"
#include "scene/ticks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ERRORS_MAX = 64 /* a lost context reports for ever */ };

static const double grid_opacity = 0.35, axis_opacity = 0.7;
static const double grid_apart_px = 90.0;
static const double map_opacity = 0.75;
static const double path_px = 1.8, path_opacity = 0.9;
static const double contour_px = 1.3, contour_opacity = 0.85;
static const double stream_px = 1.5, stream_opacity = 0.8, dash_px = 64.0, dash_duty = 0.7;

struct Gfx {
    Viewport viewport; /* that was cleared last */
    Density density;
    HillMesh hill;
    Mapper mapper;
    CanvasLayer paint;
    GLuint stroke;                              /* program */
    Strokes streamlines[2], contours[2], paths; /* two: of either side */
    Marks marks;
    Shapes shapes;
    Text text;
    GLuint target, target_colour; /* frame buffer and its picture; 0: the window's */
};

static bool gfx_init(Gfx *g, const char *shaders, Error *e)
{
    bool ok = density_init(&g->density, shaders, e) && hill_mesh_init(&g->hill, shaders, e) &&
              mapper_init(&g->mapper, shaders, e) && canvas_layer_init(&g->paint, shaders, e) &&
              marks_init(&g->marks, shaders, e) && shapes_init(&g->shapes, shaders, e) && text_init(&g->text, e);
    g->stroke = ok ? program_create(shaders, "strokes", e) : 0;
    for (int side = 0; side < 2; side++) {
        strokes_init(&g->streamlines[side], g->stroke);
        strokes_init(&g->contours[side], g->stroke);
    }
    strokes_init(&g->paths, g->stroke);
    return g->stroke != 0;
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
    hill_mesh_free(&g->hill);
    mapper_free(&g->mapper);
    canvas_layer_free(&g->paint);
    for (int side = 0; side < 2; side++) {
        strokes_free(&g->streamlines[side]);
        strokes_free(&g->contours[side]);
    }
    strokes_free(&g->paths);
    glDeleteProgram(g->stroke);
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

TextInk gfx_measure_ink(void *context, Face face, const char *text)
{
    const Gfx *g = context;
    return fonts_ink(&g->text.fonts, face, text);
}

/* Lines at the ticks of one axis; along: 0 for those at x ticks. */
static void grid_lines(Gfx *g, const PlaneView *v, int along)
{
    const Camera *c = &v->camera;
    Ticks t = ticks_along(c, v->units, along, grid_apart_px * v->scale);
    double width = fmax(1.0, round(v->scale));
    for (double k = t.first; k <= t.last; k++) {
        double data[2] = {c->x, c->y}, pixel[2];
        data[along] = tick_in_plane(v->units, along, k * t.step);
        camera_to_pixel(c, data, pixel);
        double at = round(pixel[along] - 0.5 * width);
        Rect line = along ? (Rect){c->plane.x, at, c->plane.w, width} : (Rect){at, c->plane.y, width, c->plane.h};
        Colour colour = colour_thinned(v->palette->line, k == 0.0 ? axis_opacity : grid_opacity);
        shapes_box(&g->shapes, line, 0.0, colour, colour, 0, 0.0);
    }
}

static void draw_grid(Gfx *g, Viewport viewport, const PlaneView *v)
{
    shapes_begin(&g->shapes, viewport);
    grid_lines(g, v, 0);
    grid_lines(g, v, 1);
    shapes_flush(&g->shapes);
}

/* One of the kind that the settings ask for. */
static bool has_map(const PlaneView *v)
{
    MapKind kind = (MapKind)settings_index(v->settings, SET_MAP);
    return v->map && kind != MAP_NONE && v->map->kind == kind;
}

static double opacity_of(const PlaneView *v, SettingId layer)
{
    return v->opacity ? (double)v->opacity[layer] : 1.0;
}

static MapStyle map_style(const PlaneView *v)
{
    const Settings *s = v->settings;
    return (MapStyle){(Theme)settings_index(s, SET_THEME), map_opacity * opacity_of(v, SET_MAP),
                      settings_on(s, SET_MAP_FADE)};
}

/* Lines of the scale of heights on the wall behind the hill, which is drawn over them. */
static void draw_wall(Gfx *g, const PlaneView *v, const HillAxes *axes)
{
    const HillAxis *up = &axes->axis[HILL_AXIS_HEIGHT];
    Colour colour = colour_thinned(v->palette->line, v->hill->view.tilt);
    shapes_begin(&g->shapes, g->viewport);
    for (size_t i = 0; i < up->ticks; i++) {
        float point[6];
        for (int k = 0; k < 3; k++) {
            double pixel[2];
            hill_pixel(v->hill, axes->wall[k], up->tick[i].height, pixel);
            point[2 * k] = (float)pixel[0];
            point[2 * k + 1] = (float)pixel[1];
        }
        shapes_line(&g->shapes, point, 3, fmax(1.0, round(v->scale)), colour);
    }
    shapes_flush(&g->shapes);
}

/* The hill's ground is one picture with the map and the grid: the layers of the flat plane are not drawn then. */
static void draw_hill(Gfx *g, const PlaneView *v)
{
    HillAxes axes;
    HillStyle style = {v->palette, v->scale, &axes, settings_on(v->settings, SET_SHOW_AXES), NULL, map_opacity};
    hill_axes(v->hill, v->scale, &axes);
    if (style.grid)
        draw_wall(g, v, &axes);
    if (has_map(v) && mapper_bind(&g->mapper, v->map, map_style(v)))
        style.map = &v->map->extent;
    hill_mesh_draw(&g->hill, g->viewport, v->hill, &style);
}

static void layer_density(Gfx *g, const MarkView *m, const PlaneView *v)
{
    if (v->flowed)
        density_draw_map(&g->density, m->viewport, v->flowed, &v->camera, v->sigma, v->std, v->palette);
    else
        density_draw(&g->density, m->viewport, v->density, &v->camera, v->sigma, v->std, v->palette);
}

static void layer_map(Gfx *g, const MarkView *m, const PlaneView *v)
{
    if (has_map(v))
        mapper_draw(&g->mapper, m->viewport, &v->camera, v->map, map_style(v));
}

static void layer_paint(Gfx *g, const MarkView *m, const PlaneView *v)
{
    if (v->drawing)
        canvas_layer_draw(&g->paint, m->viewport, v->drawing, &v->camera, v->palette);
}

/* The top's line is the strongest. */
static void layer_contours(Gfx *g, const MarkView *m, const PlaneView *v)
{
    Colour colour = v->palette->learned;
    StrokeStyle style = {.units = STROKE_DATA,
                         .width_px = contour_px * v->scale,
                         .opacity = contour_opacity,
                         .colour = {colour, colour_thinned(colour, 0.35)},
                         .colours = 2,
                         .low = contours_nats(0),
                         .high = contours_nats(CONTOURS_LEVELS - 1)};
    strokes_draw(&g->contours[v->side], &(StrokeView){m->viewport, &v->camera}, &v->contours->lines,
                 v->contours->builds, style);
}

static Colour field_colour(const PlaneView *v)
{
    return v->field == FIELD_EXACT ? v->palette->exact : v->palette->learned;
}

static void layer_streamlines(Gfx *g, const MarkView *m, const PlaneView *v)
{
    Colour colour = field_colour(v);
    StrokeStyle style = {.units = STROKE_PIXELS,
                         .width_px = stream_px * v->scale,
                         .opacity = stream_opacity,
                         .colour = {colour},
                         .colours = 1,
                         .period_px = dash_px * v->scale,
                         .duty = dash_duty,
                         .phase_px = v->flow_px};
    strokes_draw(&g->streamlines[v->side], &(StrokeView){m->viewport, &v->camera}, &v->streamlines->lines,
                 v->streamlines->builds, style);
}

static void layer_axes(Gfx *g, const MarkView *m, const PlaneView *v)
{
    draw_grid(g, m->viewport, v);
}

static void layer_arrows(Gfx *g, const MarkView *m, const PlaneView *v)
{
    marks_arrows(&g->marks, m, v->arrows, v->field);
}

static void layer_data(Gfx *g, const MarkView *m, const PlaneView *v)
{
    marks_data(&g->marks, m, v->data, 0);
}

static void layer_noised(Gfx *g, const MarkView *m, const PlaneView *v)
{
    marks_data(&g->marks, m, v->data, v->sigma);
}

/* Of the first sampler or, in its own colour, of the second. */
static MarkView particle_marks(const MarkView *m, bool second, Palette *palette)
{
    MarkView marks = *m;
    *palette = *m->palette;
    if (second)
        palette->particle = palette->second;
    marks.palette = palette;
    return marks;
}

static void layer_trails(Gfx *g, const MarkView *m, const PlaneView *v)
{
    Palette own, other;
    MarkView first = particle_marks(m, v->others, &own), second = particle_marks(m, true, &other);
    marks_trails(&g->shapes, &first, v->frame, v->between);
    if (v->over)
        marks_trails(&g->shapes, &second, v->over, v->over_between);
}

static void layer_paths(Gfx *g, const MarkView *m, const PlaneView *v)
{
    StrokeStyle style = {.units = STROKE_DATA,
                         .width_px = path_px * v->scale,
                         .opacity = path_opacity,
                         .colours = PATH_CHOSEN + 1,
                         .low = PATH_ASCENT,
                         .high = PATH_CHOSEN};
    for (int role = 0; role <= PATH_CHOSEN; role++)
        style.colour[role] = path_colour(v->palette, (PathRole)role);
    strokes_draw(&g->paths, &(StrokeView){m->viewport, &v->camera}, &v->paths->shown.lines, v->paths->builds, style);
}

static void layer_particles(Gfx *g, const MarkView *m, const PlaneView *v)
{
    Palette own, other;
    MarkView first = particle_marks(m, v->others, &own), second = particle_marks(m, true, &other);
    marks_particles(&g->marks, &first, v->frame, v->between);
    if (v->over)
        marks_particles(&g->marks, &second, v->over, v->over_between);
}

/* Back to front. */
static const struct {
    SettingId shown;
    void (*draw)(Gfx *g, const MarkView *m, const PlaneView *v);
    bool flat; /* the hill's ground shows it, or nothing */
} layer[] = {
    {SET_SHOW_DENSITY, layer_density, true}, /* the ground */
    {SET_MAP, layer_map, true},
    {SET_DRAW, layer_paint, true},
    {SET_SHOW_AXES, layer_axes, true},
    {SET_SHOW_CONTOURS, layer_contours, false},
    {SET_SHOW_STREAMLINES, layer_streamlines, false},
    {SET_SHOW_ARROWS, layer_arrows, false},
    {SET_SHOW_NOISED, layer_noised, false},
    {SET_SHOW_DATA, layer_data, false},
    {SET_SHOW_TRAILS, layer_trails, false},
    {SET_SHOW_PATHS, layer_paths, false},
    {SET_SHOW_PARTICLES, layer_particles, false},
};

static Colour mixed(Colour from, Colour to, double share)
{
    Colour c = to & 255;
    for (int shift = 8; shift < 32; shift += 8) {
        double a = (double)(from >> shift & 255), b = (double)(to >> shift & 255);
        c |= (Colour)lround(a + share * (b - a)) << shift;
    }
    return c;
}

/* Of a layer that is drawn so faintly. The density is a tint of the ground, which has no opacity. */
static Palette faint(const Palette *palette, double opacity)
{
    Palette p = *palette;
    Colour *ink[] = {&p.line, &p.text, &p.particle, &p.second, &p.learned, &p.exact, &p.warning, &p.good};
    for (size_t i = 0; i < SDL_arraysize(ink); i++)
        *ink[i] = colour_thinned(*ink[i], opacity);
    p.density = mixed(p.ground, p.density, opacity);
    return p;
}

static void draw_layer(Gfx *g, const PlaneView *v, size_t i)
{
    Palette palette = faint(v->palette, opacity_of(v, layer[i].shown));
    PlaneView view = *v;
    view.palette = &palette;
    layer[i].draw(g, &(MarkView){g->viewport, &v->camera, &palette, v->scale}, &view);
}

void gfx_clear(Gfx *g, int w, int h, const Palette *palette)
{
    g->viewport = (Viewport){w, h};
    glViewport(0, 0, w, h);
    glDisable(GL_SCISSOR_TEST);
    viewport_clear(palette->ground);
}

void gfx_plane(Gfx *g, const PlaneView *v)
{
    viewport_clip(g->viewport, v->part);
    viewport_clear(v->palette->ground);
    if (v->hill)
        draw_hill(g, v);
    for (size_t i = 0; i < SDL_arraysize(layer); i++) {
        bool hidden = (v->hill && layer[i].flat) || (v->blank && layer[i].shown != SET_SHOW_AXES);
        if (settings_index(v->settings, layer[i].shown) && !hidden)
            draw_layer(g, v, i);
    }
    glDisable(GL_SCISSOR_TEST);
}

void gfx_interface(Gfx *g, int w, int h, const DrawList *list)
{
    glViewport(0, 0, w, h);
    interface_render(&g->shapes, &g->text, (Viewport){w, h}, list);
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
