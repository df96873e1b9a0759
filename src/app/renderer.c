#include "app/renderer.h"

#include "app/clock.h"
#include "ui/rect.h"

#include <math.h>

bool renderer_init(Renderer *r, const char *shaders, Error *e)
{
    *r = (Renderer){0};
    r->gfx = gfx_create(shaders, e);
    if (!r->gfx)
        return false;
    ui_init(&r->ui, gfx_measure, r->gfx);
    if (!layers_init(&r->layers))
        return error_set(e, "out of memory");
    return true;
}

void renderer_free(Renderer *r)
{
    layers_free(&r->layers);
    ui_free(&r->ui);
    net_workspace_free(&r->workspace);
    if (r->gfx)
        gfx_destroy(r->gfx);
    *r = (Renderer){0};
}

Camera renderer_camera(const Session *session, int width, int height, double pixel_ratio, Layout *layout)
{
    const Settings *s = &session->settings;
    *layout = interface_layout(s, width, height, pixel_ratio);
    return camera_of(s, &session_target(session)->frame, layout->plane);
}

/* A finite training set is asked about whole. Of endless data a few samples stand for the rest: the heaviest of
 * thousands would all lie under the pointer. Some tens of microseconds, which main has. */
static void describe_hover(Renderer *r, const Session *session, const Shown *shown, Picture *p)
{
    enum { SAMPLES = 256 };
    FieldLearned learned = {&shown->weights->net, &shown->weights->frame, &r->workspace};
    ProbeAsk ask = {.sigma = p->sigma,
                    .mixture = session_exact(session),
                    .learned = field_learned(&learned),
                    .data = r->layers.data.x,
                    .count = r->layers.data.samples ? r->layers.data.count : SAMPLES};
    camera_to_data(&r->camera, (double[2]){r->ui.input.x, r->ui.input.y}, ask.at);
    probe_at(&ask, &p->probe);
}

/* A few times a second is as often as bars can be read; a picture by itself has those of its moment. */
static const Readings *read_particles(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    enum { TICKS = 6 };
    const Settings *s = &session->settings;
    const SimFrame *f = shown->frame;
    const Mixture *m = session_exact(session);
    bool modes = settings_on(s, SET_MODES), marginals = settings_on(s, SET_MARGINALS);
    bool due = in->elapsed_s == 0 || f->tick >= r->read_tick + TICKS || f->tick < r->read_tick;
    if (!modes && !marginals)
        return NULL;
    if (due && modes)
        readings_modes(m, f->particle_sigma, f->x, f->count - f->dropped, &r->readings.modes);
    if (due && marginals)
        readings_marginals(m, f->particle_sigma, f->x, f->count - f->dropped, camera_extent(&r->camera),
                           r->readings.marginal);
    if (due)
        r->read_tick = f->tick;
    return &r->readings;
}

static bool shows_fates(const Session *session)
{
    bool any = false;
    for (size_t i = 0; i < session->paths; i++)
        any |= session->path[i].role == PATH_ASCENT &&
               session->path_target[i] == settings_index(&session->settings, SET_TARGET);
    return any && settings_on(&session->settings, SET_SHOW_PATHS);
}

static void describe(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, Picture *p)
{
    const Settings *s = &session->settings;
    *p = (Picture){.settings = s,
                   .catalogue = session->catalogue,
                   .subject = session->subject,
                   .target = session->subject->row,
                   .sigma = s->value[SET_SIGMA],
                   .grabbed = in->grabbed,
                   .run_place = shown->frame->place,
                   .statistics = &shown->weights->statistics,
                   .errors = &shown->frame->errors,
                   .evaluations = shown->frame->evaluations,
                   .accepted = shown->frame->accepted,
                   .map = shown->map,
                   .readings = read_particles(r, session, shown, in),
                   .hill_residual = r->layers.draped.hill.residual,
                   .fates = shows_fates(session),
                   .denoiser = settings_on(s, SET_DENOISER),
                   .card_left = &r->card_left,
                   .numbers = in->numbers,
                   .toast = in->toast,
                   .toast_warning = in->toast_warning,
                   .can_undo = session->undo_top > session->undone_from,
                   .can_redo = session->undo_end > session->undo_top};
    p->numbers.undo_steps = session->undo_top - session->undone_from;
    p->hover =
        rect_has(r->layout.plane, in->input.x, in->input.y) && !ui_wants_pointer(&r->ui) && isfinite(in->input.x);
    p->hover &= !draped_shown(&r->layers.draped); /* its vectors lie in the flat plane */
    if (p->hover)
        describe_hover(r, session, shown, p);
}

MapAsk renderer_map(const Session *session, const Camera *camera)
{
    const Settings *s = &session->settings;
    return (MapAsk){.kind = (MapKind)settings_index(s, SET_MAP),
                    .target = &session->truth->target,
                    .subject = session->truth,
                    .field = (FieldKind)settings_index(s, SET_FIELD),
                    .sigma = s->value[SET_SIGMA],
                    .extent = camera_extent(camera)};
}

static const Palette *palette_now(const Session *session)
{
    return palette_of((Theme)settings_index(&session->settings, SET_THEME));
}

void renderer_layout(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    Picture picture;
    layers_follow(&r->layers, session);
    r->camera = renderer_camera(session, in->width, in->height, in->pixel_ratio, &r->layout);
    describe(r, session, shown, in, &picture);
    ui_begin(&r->ui, &in->input, r->layout.scale, palette_now(session));
    interface_draw(&r->ui, &r->layout, &picture);
    ui_end(&r->ui);
}

void renderer_draw(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    const Input *pointer = &in->input;
    bool points = rect_has(r->layout.plane, pointer->x, pointer->y) && !ui_wants_pointer(&r->ui);
    LayersView view = {.session = session,
                       .shown = shown,
                       .palette = palette_now(session),
                       .camera = r->camera,
                       .scale = r->layout.scale,
                       .time_s = pointer->time_s,
                       .elapsed_s = in->elapsed_s,
                       .pointer = points ? (double[]){pointer->x, pointer->y} : NULL};
    layers_build(&r->layers, &view);
    double begin_s = clock_s();
    gfx_clear(r->gfx, in->width, in->height, view.palette);
    layers_draw(&r->layers, r->gfx, &view);
    gfx_interface(r->gfx, in->width, in->height, &r->ui.list);
    r->draw_ms = 1000 * (clock_s() - begin_s);
}
