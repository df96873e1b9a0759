/* bench_frame.c - milliseconds of a frame, offscreen, whole and with each layer left out, beside a frame that only
 * clears.
 *
 * Windows of a few frames are taken in turn, so that a neighbour on the machine slows all of them alike. The software
 * renderer draws on threads of its own: a frame is timed until its last pixel can be read.
 */
#include "app/clock.h"
#include "app/figure.h"
#include "core/dense.h"

#include "windows.h"

#include <epoxy/gl.h>
#include <stdio.h>

enum { ROUNDS = 25, TRAINING = 300, TICKS = 150 };

typedef struct Scene {
    Catalogue catalogue;
    Settings settings;
    Session session;
    Learner learner;
    Simulation simulation;
    Weights weights;
} Scene;

static void ignore_order(void *context, const Order *order)
{
    (void)context;
    (void)order;
}

static bool build_scene(Scene *s)
{
    s->settings = settings_defaults();
    if (!catalogue_init(&s->catalogue) || !learner_init(&s->learner, &s->catalogue, &s->settings) ||
        !simulation_init(&s->simulation, &s->catalogue, &s->settings))
        return false;
    session_init(&s->session, &s->catalogue, &s->settings, (Host){NULL, ignore_order, NULL});
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
    return true;
}

static void free_scene(Scene *s)
{
    weights_free(&s->weights);
    simulation_free(&s->simulation);
    learner_free(&s->learner);
    catalogue_free(&s->catalogue);
}

static double draw(Figure *f, const Scene *s)
{
    Shown shown = {.frame = &s->simulation.frame,
                   .field = &s->simulation.field,
                   .density = &s->simulation.density,
                   .other = &s->simulation.other,
                   .weights = &s->weights,
                   .between = 1};
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

int main(void)
{
    static const int size[][2] = {{1280, 720}, {1600, 1000}};
    static Scene scene;
    Error e;
    dense_single_thread();
    if (!build_scene(&scene))
        return 1;
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        Figure figure = {0};
        if (!figure_open(&figure, size[i][0], size[i][1], NULL, &e)) {
            fprintf(stderr, "bench_frame: %s\n", e.text);
            return 1;
        }
        measure(&figure, &scene);
        figure_close(&figure);
    }
    free_scene(&scene);
    return 0;
}
