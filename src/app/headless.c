#include "app/headless.h"

#include "app/clock.h"
#include "app/figure.h"
#include "app/orders.h"
#include "app/outputs.h"
#include "app/shutdown.h"
#include "app/user_folder.h"
#include "gfx/word.h"
#include "scene/command.h"

#include <stdio.h>

typedef struct Headless {
    const Options *options;
    Catalogue catalogue;
    Session session;
    Learner learner;
    Pair pair;
    Weights weights;
    bool stale;                /* the learner went on since weights were published */
    MapWork *map, *likelihood; /* NULL until a figure needs them */
    Figure figure;
    Words words;
    NetWorkspace workspace;
    double started_s, train_s;
    int status;
} Headless;

static void run_steps(Headless *h, uint64_t steps)
{
    double begin_s = clock_s();
    for (uint64_t i = 0; i < steps && !shutdown_requested(); i++)
        learner_step(&h->learner);
    h->train_s += clock_s() - begin_s;
    h->stale |= steps > 0;
}

/* The simulation sees what was learned before it moves. */
static void adopt(Headless *h)
{
    if (!h->stale)
        return;
    learner_publish(&h->learner, &h->weights);
    pair_adopt(&h->pair, &h->weights);
    h->stale = false;
}

/* In a recording it is told by itself when steps and ticks were done, and weights adopted. */
static void obey(Headless *h, const Order *order)
{
    order_learner(&h->learner, order);
    order_simulation(&h->pair, order);
    h->stale = true;
}

static void pass(void *context, Passed what, uint64_t n)
{
    Headless *h = context;
    if (what == PASSED_STEPS)
        run_steps(h, n);
    if (what == PASSED_WEIGHTS) {
        h->stale = true;
        adopt(h);
    }
    for (; what == PASSED_TICKS && n > 0 && !shutdown_requested(); n--)
        pair_tick(&h->pair);
}

static void carry_out(void *context, const Order *order)
{
    Headless *h = context;
    if (h->session.replays) {
        obey(h, order);
        return;
    }
    uint64_t steps = order_learner(&h->learner, order);
    h->stale |= order->kind != ORDER_TICK && order->kind != ORDER_VIEW;
    run_steps(h, steps);
    adopt(h);
    uint64_t ticks = order_simulation(&h->pair, order);
    while ((pair_hurries(&h->pair) || ticks-- > 0) && !shutdown_requested())
        pair_tick(&h->pair);
    h->session.quit |= shutdown_requested();
    const SimFrame *f = &h->pair.first.frame;
    session_echo(&h->session, f->sequence, f->sigma, f->playing);
}

/* What the window's thread would show in the end. NULL when memory is short. */
static const MapView *finished_map(const Headless *h, MapWork **work, MapAsk ask)
{
    if (!*work && !(*work = map_work_create()))
        return NULL;
    map_work_ask(*work, &ask, &h->weights);
    while (map_work_piece(*work) && !shutdown_requested())
        ;
    return map_work_view(*work);
}

static bool draw_figure(Headless *h, const char *path, Error *e)
{
    const Options *o = h->options;
    if (!figure_open(&h->figure, o->width ? o->width : 1600, o->height ? o->height : 1000, o->shaders, e)) {
        h->status = EXIT_UNAVAILABLE;
        return false;
    }
    Camera camera = figure_camera(&h->figure, &h->session);
    simulation_view(&h->pair.first, camera_extent(&camera));
    simulation_refresh_shown(&h->pair.first);
    Shown shown = {.frame = &h->pair.first.frame,
                   .field = &h->pair.first.field,
                   .density = &h->pair.first.density,
                   .other = &h->pair.first.other,
                   .second = h->pair.second ? &h->pair.second->frame : NULL,
                   .weights = &h->weights,
                   .map = finished_map(h, &h->map, renderer_map(&h->session, camera_extent(&camera))),
                   .likelihood =
                       finished_map(h, &h->likelihood, renderer_likelihood(&h->session, camera_extent(&camera))),
                   .between = 1,
                   .second_between = 1};
    return figure_write(&h->figure, &h->session, &shown, path[0] ? path : "scorefield.png", e);
}

static bool put_out(void *context, const Output *output, Error *e)
{
    Headless *h = context;
    if (h->session.replays)
        learner_publish(&h->learner, &h->weights);
    else
        adopt(h);
    if (output->kind == OUTPUT_FIGURE)
        return draw_figure(h, output->path, e);
    Evidence ev = {&h->session,        &h->weights, &h->pair.first.frame,    &h->workspace,
                   h->options->timing, h->train_s,  clock_s() - h->started_s};
    return output_write(&ev, output, e);
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    Headless *h = context;
    return words_set(&h->words, text, face, out, e);
}

/* The handle stands where it was asked for, else where a simulation that plays begins. */
static void place_handle(Headless *h)
{
    const SimFrame *f = &h->pair.first.frame;
    if (h->options->sigma)
        session_order(&h->session, (Order){.kind = ORDER_SIGMA, .x = h->options->settings.value[SET_SIGMA]});
    else
        session_echo(&h->session, f->sequence, f->sigma, f->playing);
}

static bool build(Headless *h, Error *e)
{
    const Settings *s = &h->options->settings;
    if (!catalogue_init(&h->catalogue) || !learner_init(&h->learner, &h->catalogue, s) ||
        !pair_init(&h->pair, &h->catalogue, s))
        return error_set(e, "out of memory");
    session_init(&h->session, &h->catalogue, s,
                 (Host){.context = h, .order = carry_out, .output = put_out, .word = set_word, .pass = pass});
    user_file(h->session.shelf.folder, "XDG_DATA_HOME", ".local/share", "drawings");
    adopt(h);
    place_handle(h);
    return true;
}

static void tear_down(Headless *h)
{
    map_work_destroy(h->map);
    map_work_destroy(h->likelihood);
    session_free(&h->session);
    figure_close(&h->figure);
    words_free(&h->words);
    net_workspace_free(&h->workspace);
    weights_free(&h->weights);
    pair_free(&h->pair);
    learner_free(&h->learner);
    catalogue_free(&h->catalogue);
}

int headless_main(const Options *o)
{
    Headless h = {.options = o, .stale = true, .started_s = clock_s(), .status = EXIT_FAILED};
    Error e;
    bool ok = build(&h, &e) && command_run_all(&h.session, o->commands ? o->commands : "", &e);
    if (ok && shutdown_requested())
        ok = error_set(&e, "interrupted: the commands that were left were not run");
    if (!ok)
        fprintf(stderr, "scorefield: %s\n", e.text);
    tear_down(&h);
    return ok ? 0 : h.status;
}
