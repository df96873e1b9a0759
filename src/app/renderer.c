#include "app/renderer.h"

#include "app/clock.h"
#include "scene/drawing_export.h"
#include "scene/drawing_target.h"
#include "ui/lecture.h"
#include "ui/rect.h"

#include <math.h>
#include <string.h>

bool renderer_init(Renderer *r, const char *shaders, Error *e)
{
    *r = (Renderer){0};
    r->gfx = gfx_create(shaders, e);
    if (!r->gfx)
        return false;
    ui_init(&r->ui, gfx_measure, r->gfx);
    r->ui.measure_ink = gfx_measure_ink;
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

static Settings settings_of(const Session *session, const FrameInput *in)
{
    static const SettingId controls[] = {SET_PANEL, SET_KEYS, SET_NUMBERS, SET_DRAW, SET_PAD};
    Settings s = session->settings;
    for (size_t i = 0; in->viewer == VIEWER_AUDIENCE && i < sizeof controls / sizeof *controls; i++)
        s.value[controls[i]] = 0;
    if (in->viewer == VIEWER_PRESENTER)
        s.value[SET_BLANK] = 0;
    return s;
}

static Lecture lecture_of(const Session *session, const FrameInput *in)
{
    Lecture l = session->lecture;
    if (in->viewer == VIEWER_PRESENTER)
        memset(l.hidden, 0, sizeof l.hidden);
    return l;
}

Camera renderer_camera(const Session *session, const FrameInput *in, Layout *layout)
{
    const Settings s = settings_of(session, in);
    const Lecture l = lecture_of(session, in);
    *layout = interface_layout(&s, &l, in->width, in->height, in->pixel_ratio);
    return camera_of(&s, &session_target(session)->frame, layout->plane);
}

static const Palette *palette_now(const Session *session)
{
    return palette_of((Theme)settings_index(&session->settings, SET_THEME));
}

static LayersView layers_view(const Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    return (LayersView){.session = session,
                        .shown = shown,
                        .palette = palette_now(session),
                        .camera = r->camera,
                        .units = r->units.scale > 0 ? &r->units : NULL,
                        .scale = r->layout.scale,
                        .time_s = in->input.time_s,
                        .elapsed_s = in->elapsed_s};
}

/* A finite training set is asked about whole. Of endless data a few samples stand for the rest: the heaviest of
 * thousands would all lie under the pointer. Some tens of microseconds, which main has. */
static void describe_hover(Renderer *r, const Session *session, const Shown *shown, Picture *p)
{
    enum { SAMPLES = 256 };
    FieldLearned learned = {&shown->weights->net, &shown->weights->frame, &r->workspace};
    const double pointer[2] = {r->ui.input.x, r->ui.input.y};
    ProbeAsk ask = {.sigma = layers_sigma(&session->settings, &r->camera, pointer),
                    .mixture = session_exact(session),
                    .learned = field_learned(&learned),
                    .data = r->layers.data.x,
                    .count = r->layers.data.samples ? r->layers.data.count : SAMPLES};
    p->hover = layers_pick(&r->layers, &r->camera, pointer, ask.at);
    if (p->hover)
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
    const SessionPath *path[PATHS_MAX];
    bool any = false;
    for (size_t n = session_paths(session, path); n > 0; n--)
        any |= path[n - 1]->ask.role == PATH_ASCENT;
    return any && settings_on(&session->settings, SET_SHOW_PATHS);
}

/* The pointer is on the plane, and nothing of the interface lies between. */
static bool points_at_plane(const Renderer *r, const Input *in)
{
    return rect_has(r->layout.plane, in->x, in->y) && !ui_wants_pointer(&r->ui) && isfinite(in->x);
}

/* A hand that draws or shows asks for no numbers: they would lie where it goes. */
static void describe_pointer(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, Picture *p)
{
    bool points = points_at_plane(r, &in->input), draws = settings_on(&r->settings, SET_DRAW);
    const Desk *desk = &session->desk;
    r->drawing = in->drawing;
    r->drawing.drawing = &desk->drawing;
    r->drawing.part = drawing_find(&desk->drawing, desk->chosen);
    r->drawing.pointer = points;
    p->drawing = draws ? &r->drawing : NULL;
    p->hover = points && !draws && !session->lecture.spotlight;
    if (p->hover)
        describe_hover(r, session, shown, p);
}

static void describe(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, Picture *p)
{
    const Settings *s = &r->settings;
    *p = (Picture){.settings = s,
                   .catalogue = session->catalogue,
                   .subject = session->subject,
                   .target = session->subject->row,
                   .sigma = s->value[SET_SIGMA],
                   .grabbed = in->grabbed,
                   .run_place = shown->frame->place,
                   .statistics = &shown->weights->statistics,
                   .resting = shown->weights->resting,
                   .errors = &shown->frame->errors,
                   .evaluations = shown->frame->evaluations,
                   .accepted = shown->frame->accepted,
                   .map = shown->map,
                   .readings = read_particles(r, session, shown, in),
                   .hill = r->hill,
                   .fates = shows_fates(session),
                   .denoiser = settings_on(s, SET_DENOISER),
                   .drawn = !drawing_empty(&session->desk.drawing),
                   .shelf = &session->shelf,
                   .units = r->units.scale > 0 ? &r->units : NULL,
                   .card_left = &r->card_left,
                   .numbers = in->numbers,
                   .word = in->word,
                   .prompt = in->prompt,
                   .loaded = in->loaded,
                   .lecture = &r->lecture,
                   .presents = in->viewer == VIEWER_PRESENTER,
                   .audience_blank = settings_on(&session->settings, SET_BLANK),
                   .presenting_s = in->presenting_s,
                   .key_log = settings_on(s, SET_KEYLOG) ? in->key_log : NULL,
                   .still = in->elapsed_s == 0 || settings_on(s, SET_STILL),
                   .toast = in->toast,
                   .toast_warning = in->toast_warning,
                   .can_undo = session->undo.top > session->undo.from,
                   .can_redo = session->undo.end > session->undo.top};
    p->numbers.undo_steps = session->undo.top - session->undo.from;
    describe_pointer(r, session, shown, in, p);
}

MapAsk renderer_map(const Session *session, Rect seen)
{
    const Settings *s = &session->settings;
    return (MapAsk){.kind = (MapKind)settings_index(s, SET_MAP),
                    .target = &session->truth->target,
                    .subject = session->truth,
                    .field = (FieldKind)settings_index(s, SET_FIELD),
                    .sigma = s->value[SET_SIGMA],
                    .extent = seen};
}

/* The hill's height is the exact density. */
MapAsk renderer_likelihood(const Session *session, Rect seen)
{
    const Settings *s = &session->settings;
    const double margin = 0.125;
    bool wanted = settings_on(s, SET_SHOW_DENSITY) && settings_index(s, SET_DENSITY_OF) == DENSITY_LEARNED;
    MapAsk ask = renderer_map(session, seen);
    ask.kind = wanted && !settings_on(s, SET_HILL) ? MAP_LIKELIHOOD : MAP_NONE;
    ask.extent = rect_inset(ask.extent, -margin * ask.extent.w, -margin * ask.extent.h);
    return ask;
}

void renderer_layout(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    Picture picture;
    layers_follow(&r->layers, session);
    r->settings = settings_of(session, in);
    r->lecture = lecture_of(session, in);
    r->camera = renderer_camera(session, in, &r->layout);
    if (session->subject->row != target_count() || !drawing_units(&session->desk.drawing, &r->units))
        r->units.scale = 0;
    LayersView view = layers_view(r, session, shown, in);
    r->hill = layers_raise(&r->layers, &view);
    layers_trace(&r->layers, &view);
    describe(r, session, shown, in, &picture);
    for (int side = 0; side < 2; side++)
        picture.density_learned[side] = layers_density_learned(&view, side);
    if (layers_paths(&r->layers, &view, &r->sight))
        picture.paths = &r->sight;
    picture.apart = &r->layers.apart;
    ui_begin(&r->ui, &in->input, r->layout.scale, palette_now(session));
    interface_draw(&r->ui, &r->layout, &picture);
    ui_end(&r->ui);
    if (session->lecture.spotlight)
        lecture_spotlight_draw(&r->ui);
}

void renderer_draw(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    const Input *pointer = &in->input;
    bool points = points_at_plane(r, pointer) && !settings_on(&session->settings, SET_DRAW);
    LayersView view = layers_view(r, session, shown, in);
    view.pointer = points ? (double[]){pointer->x, pointer->y} : NULL;
    layers_build(&r->layers, &view);
    double begin_s = clock_s();
    gfx_clear(r->gfx, in->width, in->height, view.palette);
    layers_draw(&r->layers, r->gfx);
    gfx_interface(r->gfx, in->width, in->height, &r->ui.list);
    r->draw_ms = 1000 * (clock_s() - begin_s);
}
