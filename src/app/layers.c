#include "app/layers.h"

#include "ui/rect.h"

#include <math.h>

/* Pixels at scale 1: between arrows, between streamlines, what their dashes go in a second, half the lens. */
static const double arrow_spacing = 38, stream_spacing = 24, stream_speed = 48, lens_reach = 80;

static bool side_init(struct Side *s)
{
    return arrows_init(&s->arrows) && streamlines_init(&s->streamlines, FIELD_GRID) &&
           contours_init(&s->contours, DENSITY_GRID);
}

static void side_free(struct Side *s)
{
    arrows_free(&s->arrows);
    streamlines_free(&s->streamlines);
    contours_free(&s->contours);
}

bool layers_init(Layers *l)
{
    *l = (Layers){0};
    return side_init(&l->side[0]) && side_init(&l->side[1]) && data_points_init(&l->data) && paths_init(&l->paths) &&
           draped_init(&l->draped);
}

void layers_free(Layers *l)
{
    side_free(&l->side[0]);
    side_free(&l->side[1]);
    data_points_free(&l->data);
    paths_free(&l->paths);
    draped_free(&l->draped);
    net_workspace_free(&l->workspace);
    *l = (Layers){0};
}

void layers_follow(Layers *l, const Session *session)
{
    data_points_follow(&l->data, session->subject, &session->settings);
}

/* Sides */

static WipeKind wipe_of(const Settings *s)
{
    return (WipeKind)settings_index(s, SET_WIPE);
}

static bool has_lens(const LayersView *v)
{
    const Settings *s = &v->session->settings;
    return settings_on(s, SET_LENS) && wipe_of(s) == WIPE_OFF && v->pointer;
}

static double side_sigma(const Settings *s, int side)
{
    double min, max;
    if (side == 0 || wipe_of(s) == WIPE_FIELD)
        return s->value[SET_SIGMA];
    setting_range(s, SET_OTHER_SIGMA, &min, &max);
    return fmin(fmax(s->value[SET_OTHER_SIGMA], min), max);
}

static FieldKind side_field(const Settings *s, int side)
{
    return (FieldKind)settings_index(s, side == 1 && wipe_of(s) == WIPE_FIELD ? SET_OTHER_FIELD : SET_FIELD);
}

static Rect side_part(const LayersView *v, int side)
{
    const Settings *s = &v->session->settings;
    Rect left = v->camera.plane;
    if (wipe_of(s) != WIPE_OFF) {
        Rect right = rect_cut_right(&left, (1 - s->value[SET_WIPE_PLACE]) * left.w);
        return side == 0 ? left : right;
    }
    double reach = lens_reach * v->scale;
    if (side == 0)
        return left;
    return rect_meet(left, (Rect){v->pointer[0] - reach, v->pointer[1] - reach, 2 * reach, 2 * reach});
}

static void build_side(struct Side *side, const LayersView *v, int which)
{
    const Settings *s = &v->session->settings;
    const Stack *field = which == 1 && wipe_of(s) == WIPE_FIELD ? v->shown->other : v->shown->field;
    double sigma = side_sigma(s, which), ease_s = settings_on(s, SET_STILL) ? 0 : v->elapsed_s;
    if (settings_on(s, SET_SHOW_ARROWS))
        arrows_build(&side->arrows, field, &v->camera, sigma, arrow_spacing * v->scale, ease_s);
    if (settings_on(s, SET_SHOW_ARROWS) && settings_index(s, SET_ARROW_LENGTH) == ARROWS_EQUAL)
        arrows_equal(&side->arrows);
    if (settings_on(s, SET_SHOW_STREAMLINES))
        streamlines_build(&side->streamlines, field, &v->camera, sigma, stream_spacing * v->scale);
    if (settings_on(s, SET_SHOW_CONTOURS))
        contours_build(&side->contours, v->shown->density, sigma);
}

/* Paths */

/* Those of this target; other weights or another field mean the same places and another way. */
static void follow_paths(Layers *l, const LayersView *v)
{
    const Session *session = v->session;
    const Weights *w = v->shown->weights;
    size_t target = settings_index(&session->settings, SET_TARGET);
    FieldKind field = (FieldKind)settings_index(&session->settings, SET_FIELD);
    bool other = l->traced.version != session->paths_version || l->traced.target != target;
    if (other)
        paths_clear(&l->paths);
    for (size_t i = 0; other && i < session->paths; i++) {
        if (session->path_target[i] == target)
            paths_add(&l->paths, &session->path[i]);
    }
    bool learned_more = l->traced.epoch != w->epoch || l->traced.steps != w->statistics.steps;
    if (l->traced.field != field || (field != FIELD_EXACT && learned_more))
        paths_renew(&l->paths);
    l->traced.version = session->paths_version;
    l->traced.target = target;
    l->traced.field = field;
    l->traced.epoch = w->epoch;
    l->traced.steps = w->statistics.steps;
}

/* Some at a time in a window. */
static void trace_paths(Layers *l, const LayersView *v)
{
    enum { PIECES = 2 };
    const Weights *w = v->shown->weights;
    FieldSource exact = field_exact(session_exact(v->session));
    FieldLearned weights = {&w->net, &w->frame, &l->workspace};
    FieldDifference difference = {field_learned(&weights), exact};
    FieldSource field = l->traced.field == FIELD_EXACT     ? exact
                        : l->traced.field == FIELD_LEARNED ? field_learned(&weights)
                                                           : field_difference(&difference);
    if (v->elapsed_s == 0)
        paths_trace(&l->paths, &field);
    for (int i = 0; i < PIECES && paths_trace_piece(&l->paths, &field); i++)
        ;
}

void layers_build(Layers *l, const LayersView *v)
{
    build_side(&l->side[0], v, 0);
    if (wipe_of(&v->session->settings) != WIPE_OFF || has_lens(v))
        build_side(&l->side[1], v, 1);
    follow_paths(l, v);
    trace_paths(l, v);
    l->easing = draped_ease(&l->draped, &v->session->settings, v->elapsed_s);
}

static PlaneView view_of(Layers *l, const LayersView *v, int side)
{
    const Settings *s = &v->session->settings;
    return (PlaneView){.settings = s,
                       .palette = v->palette,
                       .camera = v->camera,
                       .scale = v->scale,
                       .part = side_part(v, side),
                       .side = side,
                       .field = side_field(s, side),
                       .sigma = side_sigma(s, side),
                       .std = session_target(v->session)->frame.std,
                       .density = v->shown->density,
                       .map = side == 0 ? v->shown->map : NULL,
                       .arrows = &l->side[side].arrows,
                       .streamlines = &l->side[side].streamlines,
                       .flow_px = settings_on(s, SET_STILL) ? 0 : stream_speed * v->scale * v->time_s,
                       .contours = &l->side[side].contours,
                       .paths = &l->paths,
                       .frame = v->shown->frame,
                       .between = v->shown->between,
                       .data = &l->data};
}

bool layers_pick(const Layers *l, const Camera *camera, const double pixel[2], double data[2])
{
    if (l->draped.stands)
        return draped_pick(&l->draped, camera, pixel, data);
    camera_to_data(camera, pixel, data);
    return true;
}

/* Of the exact field the density itself; of others the potential that comes closest. */
static const Stack *hill_stack(const LayersView *v)
{
    bool exact = settings_index(&v->session->settings, SET_FIELD) == FIELD_EXACT;
    return exact ? v->shown->density : v->shown->field;
}

void layers_draw(Layers *l, Gfx *gfx, const LayersView *v)
{
    bool whole = wipe_of(&v->session->settings) == WIPE_OFF;
    PlaneView view = view_of(l, v, 0);
    if (whole)
        view.part = v->camera.plane;
    l->draped.stands = false;
    if (whole && draped_shown(&l->draped))
        draped_put(&l->draped, hill_stack(v), &view);
    gfx_plane(gfx, &view);
    if (view.hill || (whole && !has_lens(v)))
        return;
    view = view_of(l, v, 1);
    gfx_plane(gfx, &view);
}
