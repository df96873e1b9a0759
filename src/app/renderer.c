#include "app/renderer.h"

#include "app/clock.h"
#include "ui/rect.h"

#include <math.h>

/* Pixels between arrows at scale 1. */
#define ARROW_SPACING 38.0
/* The same between streamlines, and how far their dashes go in a second. */
#define STREAM_SPACING 24.0
#define STREAM_SPEED   48.0

bool renderer_init(Renderer *r, const char *shaders, Error *e)
{
    *r = (Renderer){0};
    r->gfx = gfx_create(shaders, e);
    if (!r->gfx)
        return false;
    ui_init(&r->ui, gfx_measure, r->gfx);
    if (!arrows_init(&r->arrows) || !streamlines_init(&r->streamlines, FIELD_GRID) ||
        !contours_init(&r->contours, DENSITY_GRID) || !data_points_init(&r->data) || !paths_init(&r->paths))
        return error_set(e, "out of memory");
    return true;
}

void renderer_free(Renderer *r)
{
    arrows_free(&r->arrows);
    streamlines_free(&r->streamlines);
    contours_free(&r->contours);
    data_points_free(&r->data);
    paths_free(&r->paths);
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
    const Target *target = &session->catalogue->target[settings_index(s, SET_TARGET)];
    return camera_of(s, &target->frame, layout->plane);
}

/* A finite training set is asked about whole. Of endless data a few samples stand for the rest: the heaviest of
 * thousands would all lie under the pointer. Some tens of microseconds, which main has. */
static void describe_hover(Renderer *r, const Session *session, const Shown *shown, Picture *p)
{
    enum { SAMPLES = 256 };
    FieldLearned learned = {&shown->weights->net, &shown->weights->frame, &r->workspace};
    ProbeAsk ask = {.sigma = p->sigma,
                    .mixture = &session->catalogue->target[p->target].mixture,
                    .learned = field_learned(&learned),
                    .data = r->data.x,
                    .count = r->data.samples ? r->data.count : SAMPLES};
    camera_to_data(&r->camera, (double[2]){r->ui.input.x, r->ui.input.y}, ask.at);
    probe_at(&ask, &p->probe);
}

/* A few times a second is as often as bars can be read; a picture by itself has those of its moment. */
static const Readings *read_particles(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    enum { TICKS = 6 };
    const Settings *s = &session->settings;
    const SimFrame *f = shown->frame;
    const Mixture *m = &session->catalogue->target[f->target].mixture;
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
                   .target = settings_index(s, SET_TARGET),
                   .sigma = s->value[SET_SIGMA],
                   .grabbed = in->grabbed,
                   .run_place = shown->frame->place,
                   .statistics = &shown->weights->statistics,
                   .errors = &shown->frame->errors,
                   .evaluations = shown->frame->evaluations,
                   .accepted = shown->frame->accepted,
                   .map = shown->map,
                   .readings = read_particles(r, session, shown, in),
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
    if (p->hover)
        describe_hover(r, session, shown, p);
}

MapAsk renderer_map(const Session *session, const Camera *camera)
{
    const Settings *s = &session->settings;
    return (MapAsk){.kind = (MapKind)settings_index(s, SET_MAP),
                    .target = &session->catalogue->target[settings_index(s, SET_TARGET)],
                    .field = (FieldKind)settings_index(s, SET_FIELD),
                    .sigma = s->value[SET_SIGMA],
                    .extent = camera_extent(camera)};
}

static void build_arrows(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    const Settings *s = &session->settings;
    double ease_s = settings_on(s, SET_STILL) ? 0 : in->elapsed_s;
    arrows_build(&r->arrows, shown->field, &r->camera, s->value[SET_SIGMA], ARROW_SPACING * r->layout.scale, ease_s);
    if (settings_index(s, SET_ARROW_LENGTH) == ARROWS_EQUAL)
        arrows_equal(&r->arrows);
}

static void build_lines(Renderer *r, const Session *session, const Shown *shown)
{
    const Settings *s = &session->settings;
    double sigma = s->value[SET_SIGMA];
    if (settings_on(s, SET_SHOW_STREAMLINES))
        streamlines_build(&r->streamlines, shown->field, &r->camera, sigma, STREAM_SPACING * r->layout.scale);
    if (settings_on(s, SET_SHOW_CONTOURS))
        contours_build(&r->contours, shown->density, sigma);
}

/* Those of this target; another weight or field means the same places and another way. */
static void follow_paths(Renderer *r, const Session *session, const Shown *shown)
{
    size_t target = settings_index(&session->settings, SET_TARGET);
    FieldKind field = (FieldKind)settings_index(&session->settings, SET_FIELD);
    uint64_t epoch = shown->weights->epoch, steps = shown->weights->statistics.steps;
    bool other = r->traced.version != session->paths_version || r->traced.target != target;
    if (other)
        paths_clear(&r->paths);
    for (size_t i = 0; other && i < session->paths; i++) {
        if (session->path_target[i] == target)
            paths_add(&r->paths, &session->path[i]);
    }
    if (r->traced.field != field || (field != FIELD_EXACT && (r->traced.epoch != epoch || r->traced.steps != steps)))
        paths_renew(&r->paths);
    r->traced.version = session->paths_version;
    r->traced.target = target;
    r->traced.field = field;
    r->traced.epoch = epoch;
    r->traced.steps = steps;
}

/* Some at a time in a window; a picture by itself has them all. */
static void trace_paths(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    enum { PIECES = 2 };
    FieldSource exact = field_exact(&session->catalogue->target[r->traced.target].mixture);
    FieldLearned weights = {&shown->weights->net, &shown->weights->frame, &r->workspace};
    FieldDifference difference = {field_learned(&weights), exact};
    FieldSource field = r->traced.field == FIELD_EXACT     ? exact
                        : r->traced.field == FIELD_LEARNED ? field_learned(&weights)
                                                           : field_difference(&difference);
    if (in->elapsed_s == 0)
        paths_trace(&r->paths, &field);
    for (int i = 0; i < PIECES && paths_trace_piece(&r->paths, &field); i++)
        ;
}

static void draw_plane(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in,
                       const Palette *palette)
{
    const Settings *s = &session->settings;
    bool still = settings_on(s, SET_STILL);
    PlaneView view = {.settings = s,
                      .palette = palette,
                      .camera = r->camera,
                      .scale = r->layout.scale,
                      .sigma = s->value[SET_SIGMA],
                      .std = session->catalogue->target[settings_index(s, SET_TARGET)].frame.std,
                      .density = shown->density,
                      .map = shown->map,
                      .arrows = &r->arrows,
                      .streamlines = &r->streamlines,
                      .flow_px = still ? 0 : STREAM_SPEED * r->layout.scale * in->input.time_s,
                      .contours = &r->contours,
                      .paths = &r->paths,
                      .frame = shown->frame,
                      .between = shown->between,
                      .data = &r->data};
    gfx_plane(r->gfx, in->width, in->height, &view);
}

static const Palette *palette_now(const Session *session)
{
    return palette_of((Theme)settings_index(&session->settings, SET_THEME));
}

void renderer_layout(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    Picture picture;
    data_points_follow(&r->data, session->catalogue, &session->settings);
    r->camera = renderer_camera(session, in->width, in->height, in->pixel_ratio, &r->layout);
    describe(r, session, shown, in, &picture);
    ui_begin(&r->ui, &in->input, r->layout.scale, palette_now(session));
    interface_draw(&r->ui, &r->layout, &picture);
    ui_end(&r->ui);
}

void renderer_draw(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    build_arrows(r, session, shown, in);
    build_lines(r, session, shown);
    follow_paths(r, session, shown);
    trace_paths(r, session, shown, in);
    double begin_s = clock_s();
    draw_plane(r, session, shown, in, palette_now(session));
    gfx_interface(r->gfx, in->width, in->height, &r->ui.list);
    r->draw_ms = 1000 * (clock_s() - begin_s);
}
