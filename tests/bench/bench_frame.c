/* bench_frame.c - milliseconds of a frame, offscreen, whole and with each layer left out, beside a frame that only
 * clears; and main's own work of frames in which everything changes.
 *
 * Windows of a few frames are taken in turn, so that a neighbour on the machine slows all of them alike. The software
 * renderer draws on threads of its own: a frame is timed until its last pixel can be read.
 *
 * Own work is the thread's processor time for a frame without OpenGL's drawing: its draw calls do nothing meanwhile,
 * but all that is uploaded is. A run plays, trains and turns under a moving pointer: sigma, field, particles and map
 * are others in every frame.
 */
#include "app/clock.h"
#include "app/figure.h"

#include "windows.h"

#include <epoxy/gl.h>
#include <stdio.h>

enum { ROUNDS = 25, TRAINING = 300, TICKS = 150, FRAMES = 400, REFRESHES = 4 /* a frame, as in a window */ };

typedef struct Scene {
    Catalogue catalogue;
    Settings settings;
    Session session;
    Learner learner;
    Simulation simulation;
    Weights weights;
    MapView map;
} Scene;

static void ignore_order(void *context, const Order *order)
{
    (void)context;
    (void)order;
}

/* Any values do. */
static void fill_map(MapView *v, Rect extent)
{
    v->grid = MAP_GRID;
    v->extent = extent;
    v->low = 0;
    v->high = 1;
    for (int i = 0; i < MAP_GRID * MAP_GRID; i++) {
        v->value[i] = (float)(i % MAP_GRID) / MAP_GRID;
        v->known[i] = 1;
    }
}

static bool build_scene(Scene *s)
{
    s->settings = settings_defaults();
    if (!catalogue_init(&s->catalogue) || !learner_init(&s->learner, &s->catalogue, &s->settings) ||
        !simulation_init(&s->simulation, &s->catalogue, &s->settings) || !map_view_init(&s->map))
        return false;
    session_init(&s->session, &s->catalogue, &s->settings, (Host){.order = ignore_order});
    for (int i = 0; i < TRAINING; i++)
        trainer_step(&s->learner.trainer);
    if (!learner_publish(&s->learner, &s->weights))
        return false;
    simulation_adopt(&s->simulation, &s->weights);
    for (int i = 0; i < TICKS; i++)
        simulation_tick(&s->simulation);
    while (simulation_refresh(&s->simulation))
        ;
    settings_put(&s->session.settings, SET_SIGMA, s->simulation.frame.sigma);
    fill_map(&s->map, s->simulation.field.extent);
    return true;
}

static void free_scene(Scene *s)
{
    map_view_free(&s->map);
    weights_free(&s->weights);
    simulation_free(&s->simulation);
    learner_free(&s->learner);
    catalogue_free(&s->catalogue);
}

static Shown shown_of(const Scene *s)
{
    return (Shown){.frame = &s->simulation.frame,
                   .field = &s->simulation.field,
                   .density = &s->simulation.density,
                   .other = &s->simulation.other,
                   .weights = &s->weights,
                   .map = &s->map,
                   .between = 1};
}

static double draw(Figure *f, const Scene *s)
{
    Shown shown = shown_of(s);
    FrameInput in = {.width = f->width, .height = f->height, .pixel_ratio = 1, .input = {.x = -1, .y = -1}};
    double begin_s = clock_s();
    renderer_layout(&f->renderer, &s->session, &shown, &in);
    renderer_draw(&f->renderer, &s->session, &shown, &in);
    glFinish();
    return 1000 * (clock_s() - begin_s);
}

static double clear(void)
{
    double begin_s = clock_s();
    glClear(GL_COLOR_BUFFER_BIT);
    glFinish();
    return 1000 * (clock_s() - begin_s);
}

/* What differs from the default frame, one row a case. */
static const struct {
    const char *what;
    SettingId id;
    double value;
} cases[] = {{"default", SET_SHOW_ARROWS, 1},
             {"without density", SET_SHOW_DENSITY, 0},
             {"without arrows", SET_SHOW_ARROWS, 0},
             {"without trails", SET_SHOW_TRAILS, 0},
             {"without particles", SET_SHOW_PARTICLES, 0},
             {"without panels", SET_PANEL, 0},
             {"with contours", SET_SHOW_CONTOURS, 1},
             {"with streamlines", SET_SHOW_STREAMLINES, 1},
             {"with noised data", SET_SHOW_NOISED, 1},
             {"with a wipe", SET_WIPE, WIPE_NOISE},
             {"the hill", SET_HILL, 1}};
enum { CASES = sizeof cases / sizeof *cases };

static void measure(Figure *f, Scene *s)
{
    double ms[CASES][ROUNDS], cleared[ROUNDS];
    const Settings all = s->session.settings;
    for (int round = -1; round < ROUNDS; round++) { /* the first round fills caches */
        for (int i = 0; i < CASES; i++) {
            s->session.settings = all;
            settings_put(&s->session.settings, cases[i].id, cases[i].value);
            draw(f, s);
            ms[i][round < 0 ? 0 : round] = draw(f, s);
        }
        cleared[round < 0 ? 0 : round] = clear();
    }
    s->session.settings = all;
    double base = summary_of(cleared, ROUNDS).median;
    printf("frame %dx%d (%s)\n  %-20s %7.2f ms\n", f->width, f->height, (const char *)glGetString(GL_RENDERER), "clear",
           base);
    for (int i = 0; i < CASES; i++) {
        double middle = summary_of(ms[i], ROUNDS).median;
        printf("  %-20s %7.2f ms  %6.1f x clear\n", cases[i].what, middle, middle / base);
    }
}

/* OpenGL that draws nothing. */
static void no_arrays(GLenum mode, GLint first, GLsizei count)
{
    (void)mode, (void)first, (void)count;
}

static void no_instances(GLenum mode, GLint first, GLsizei count, GLsizei instances)
{
    (void)mode, (void)first, (void)count, (void)instances;
}

static void no_elements(GLenum mode, GLsizei count, GLenum type, const void *indices)
{
    (void)mode, (void)count, (void)type, (void)indices;
}

static void no_clear(GLbitfield mask)
{
    (void)mask;
}

typedef struct DrawCalls {
    PFNGLDRAWARRAYSPROC arrays;
    PFNGLDRAWARRAYSINSTANCEDPROC instances;
    PFNGLDRAWELEMENTSPROC elements;
    PFNGLCLEARPROC clear;
} DrawCalls;

/* Returns what was there. */
static DrawCalls exchange_calls(DrawCalls d)
{
    DrawCalls was = {epoxy_glDrawArrays, epoxy_glDrawArraysInstanced, epoxy_glDrawElements, epoxy_glClear};
    epoxy_glDrawArrays = d.arrays;
    epoxy_glDrawArraysInstanced = d.instances;
    epoxy_glDrawElements = d.elements;
    epoxy_glClear = d.clear;
    return was;
}

/* Everything that is shown becomes something else. */
static void go_on(Scene *s, int frame)
{
    trainer_step(&s->learner.trainer);
    learner_publish(&s->learner, &s->weights);
    simulation_adopt(&s->simulation, &s->weights);
    simulation_tick(&s->simulation);
    for (int i = 0; i < REFRESHES; i++)
        simulation_refresh(&s->simulation);
    s->map.version++;
    settings_put(&s->session.settings, SET_SIGMA, s->simulation.frame.sigma);
    settings_put(&s->session.settings, SET_AZIMUTH, frame % 360 - 180);
}

static double own_work_ms(Figure *f, const Scene *s, int frame)
{
    Shown shown = shown_of(s);
    const Rect *plane = &f->renderer.layout.plane;
    double time_s = frame / 60.0, begin_s = own_time_s();
    FrameInput in = {.width = f->width,
                     .height = f->height,
                     .pixel_ratio = 1,
                     .elapsed_s = 1 / 60.0,
                     .input = {.x = plane->x + plane->w * (0.5 + 0.2 * sin(time_s)),
                               .y = plane->y + plane->h * (0.5 + 0.2 * cos(time_s)),
                               .time_s = time_s}};
    renderer_layout(&f->renderer, &s->session, &shown, &in);
    renderer_draw(&f->renderer, &s->session, &shown, &in);
    return 1000 * (own_time_s() - begin_s);
}

/* Layers beside those of the default frame; MAP_NONE is 0, and so is a switch that is off. */
static const struct Set {
    const char *what;
    struct {
        SettingId id;
        double value;
    } on[12];
    size_t count;
} sets[] = {
    {"default", {{0}}, 0},
    {"all but these two",
     {{SET_SHOW_CONTOURS, 1},
      {SET_SHOW_NOISED, 1},
      {SET_SHOW_DATA, 1},
      {SET_MODES, 1},
      {SET_MARGINALS, 1},
      {SET_DENOISER, 1},
      {SET_MAP, MAP_ERROR}},
     7},
    {"with streamlines, hill",
     {{SET_SHOW_CONTOURS, 1},
      {SET_SHOW_NOISED, 1},
      {SET_SHOW_DATA, 1},
      {SET_MODES, 1},
      {SET_MARGINALS, 1},
      {SET_DENOISER, 1},
      {SET_MAP, MAP_ERROR},
      {SET_SHOW_STREAMLINES, 1},
      {SET_HILL, 1}},
     9},
};

static void measure_own(Figure *f, Scene *s)
{
    const DrawCalls none = {no_arrays, no_instances, no_elements, no_clear};
    const Settings before = s->session.settings;
    double ms[FRAMES];
    printf("  main's own work %8s ms %8s %8s\n", "median", "p99", "worst");
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        s->session.settings = before;
        for (size_t k = 0; k < sets[i].count; k++)
            settings_put(&s->session.settings, sets[i].on[k].id, sets[i].on[k].value);
        s->map.kind = (MapKind)settings_index(&s->session.settings, SET_MAP);
        simulation_restart(&s->simulation);
        for (int frame = -60; frame < FRAMES; frame++) { /* the first fill caches, and tilt the hill */
            go_on(s, frame);
            DrawCalls calls = exchange_calls(none);
            ms[frame < 0 ? 0 : frame] = own_work_ms(f, s, frame);
            exchange_calls(calls);
        }
        Summary summary = summary_of(ms, FRAMES);
        printf("  %-22s %8.2f %8.2f %8.2f\n", sets[i].what, summary.median, ms[FRAMES * 99 / 100], summary.most);
    }
    s->session.settings = before;
}

int main(void)
{
    static const int size[][2] = {{1280, 720}, {1600, 1000}};
    static Scene scene;
    Error e;
    if (!build_scene(&scene))
        return 1;
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        Figure figure = {0};
        if (!figure_open(&figure, size[i][0], size[i][1], NULL, &e)) {
            fprintf(stderr, "bench_frame: %s\n", e.text);
            return 1;
        }
        measure(&figure, &scene);
        measure_own(&figure, &scene);
        figure_close(&figure);
    }
    free_scene(&scene);
    return 0;
}
