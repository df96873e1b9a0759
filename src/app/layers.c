#include "app/layers.h"

#include "scene/drawing_target.h"
#include "ui/lecture.h"
#include "ui/rect.h"

#include <math.h>
#include <string.h>

/* Pixels at scale 1: between arrows, between streamlines, what their dashes go in a second, half the lens. */
static const double arrow_spacing = 38, stream_spacing = 24, stream_speed = 48, lens_reach = 80;

/* How much is left of a layer that is dimmed, and how fast it goes there. */
static const float faint = 0.14f;
static const double dim_s = 0.1;

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
    for (size_t i = 0; i < SETTING_COUNT; i++)
        l->opacity[i] = 1;
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
    return settings_on(s, SET_LENS) && !settings_split(s) && v->pointer;
}

static double side_sigma(const Settings *s, int side)
{
    double min, max;
    bool same = settings_split(s) && wipe_of(s) != WIPE_NOISE;
    if (side == 0 || same)
        return s->value[SET_SIGMA];
    setting_range(s, SET_OTHER_SIGMA, &min, &max);
    return fmin(fmax(s->value[SET_OTHER_SIGMA], min), max);
}

static FieldKind side_field(const Settings *s, int side)
{
    return (FieldKind)settings_index(s, side == 1 && wipe_of(s) == WIPE_FIELD ? SET_OTHER_FIELD : SET_FIELD);
}

bool layers_density_learned(const LayersView *v, int side)
{
    const Settings *s = &v->session->settings;
    const MapView *likelihood = v->shown->likelihood;
    bool beside_exact = wipe_of(s) == WIPE_FIELD && side_field(s, side) == FIELD_EXACT;
    return settings_index(s, SET_DENSITY_OF) == DENSITY_LEARNED && likelihood && likelihood->kind != MAP_NONE &&
           !beside_exact && side_sigma(s, side) == s->value[SET_SIGMA];
}

static Rect side_part(const LayersView *v, int side)
{
    const Settings *s = &v->session->settings;
    Rect left = v->camera.plane;
    if (settings_split(s)) {
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

/* The same asks in the same order: those that went first or last take their lines along, the others' stay. */
static void follow_asks(Layers *l, const Session *session)
{
    const SessionPath *shown[PATHS_MAX];
    uint64_t *id = l->traced.id;
    size_t n = session_paths(session, shown), same = 0;
    while (n > 0 && l->paths.asks > 0 && id[0] < shown[0]->id) {
        paths_forget(&l->paths);
        memmove(id, id + 1, l->paths.asks * sizeof *id);
    }
    while (same < n && same < l->paths.asks && id[same] == shown[same]->id)
        same++;
    while (l->paths.asks > same)
        paths_undo(&l->paths);
    for (; same < n; same++) {
        paths_add(&l->paths, &shown[same]->ask);
        id[same] = shown[same]->id;
    }
}

/* Other weights or another field mean the same places and another way. */
static void follow_field(Layers *l, const LayersView *v)
{
    const Weights *w = v->shown->weights;
    FieldKind field = (FieldKind)settings_index(&v->session->settings, SET_FIELD);
    bool learned_more = l->traced.epoch != w->epoch || l->traced.steps != w->statistics.steps;
    if (l->traced.field != field || (field != FIELD_EXACT && learned_more))
        paths_renew(&l->paths);
    l->traced.field = field;
    l->traced.epoch = w->epoch;
    l->traced.steps = w->statistics.steps;
}

static void trace_in(Layers *l, const LayersView *v, const FieldSource *field)
{
    enum { PIECES = 2 };
    if (v->elapsed_s == 0)
        paths_trace(&l->paths, field);
    for (int i = 0; i < PIECES && paths_trace_piece(&l->paths, field); i++)
        ;
}

static void take_apart_in(Layers *l, const LayersView *v, const FieldSource *field)
{
    const SessionPath *path = session_apart(v->session);
    size_t ask = 0;
    l->apart.step = path ? l->apart.step : 0;
    while (path && ask < l->paths.asks && l->traced.id[ask] != path->id)
        ask++;
    if (path && ask < l->paths.asks)
        path_apart_look(&l->apart, &l->paths, field, paths_first_line(&l->paths, ask) + v->session->apart.way,
                        v->session->apart.step);
}

void layers_trace(Layers *l, const LayersView *v)
{
    const Weights *w = v->shown->weights;
    FieldSource exact = field_exact(session_exact(v->session));
    FieldLearned weights = {&w->net, &w->frame, &l->workspace};
    FieldDifference difference = {field_learned(&weights), exact};
    follow_asks(l, v->session);
    follow_field(l, v);
    FieldSource field = l->traced.field == FIELD_EXACT     ? exact
                        : l->traced.field == FIELD_LEARNED ? field_learned(&weights)
                                                           : field_difference(&difference);
    trace_in(l, v, &field);
    take_apart_in(l, v, &field);
}

bool layers_paths(const Layers *l, const LayersView *v, PathSight *sight)
{
    const Lines *flat = &l->paths.shown.lines, *draped = &l->draped.paths.shown.lines;
    bool same = draped->lines == flat->lines && draped->points == flat->points;
    *sight = (PathSight){&l->paths, !l->draped.stands ? flat : same ? draped : NULL, v->camera};
    return settings_on(&v->session->settings, SET_SHOW_PATHS);
}

static PlaneView view_of(Layers *l, const LayersView *v, int side)
{
    const Settings *s = &v->session->settings;
    size_t second = v->shown->second ? settings_index(s, SET_SECOND) : SECOND_OFF;
    bool others = second == SECOND_BESIDE && side == 1, draws = settings_on(s, SET_DRAW);
    const Drawing *drawing = &v->session->desk.drawing;
    return (PlaneView){.settings = s,
                       .palette = v->palette,
                       .camera = v->camera,
                       .units = v->units,
                       .scale = v->scale,
                       .part = side_part(v, side),
                       .side = side,
                       .field = side_field(s, side),
                       .opacity = l->opacity,
                       .sigma = side_sigma(s, side),
                       .std = session_target(v->session)->frame.std,
                       .density = v->shown->density,
                       .drawing = draws ? drawing : NULL,
                       .blank = draws && drawing_empty(drawing),
                       .flowed = layers_density_learned(v, side) ? v->shown->likelihood : NULL,
                       .map = side == 0 ? v->shown->map : NULL,
                       .arrows = &l->side[side].arrows,
                       .streamlines = &l->side[side].streamlines,
                       .flow_px = settings_on(s, SET_STILL) ? 0 : stream_speed * v->scale * v->time_s,
                       .contours = &l->side[side].contours,
                       .paths = &l->paths,
                       .frame = others ? v->shown->second : v->shown->frame,
                       .between = others ? v->shown->second_between : v->shown->between,
                       .others = others,
                       .over = second == SECOND_OVER ? v->shown->second : NULL,
                       .over_between = v->shown->second_between,
                       .data = &l->data};
}

/* Of the exact field the density itself; of others the potential that comes closest. */
static const Stack *hill_stack(const LayersView *v)
{
    bool exact = settings_index(&v->session->settings, SET_FIELD) == FIELD_EXACT;
    return exact ? v->shown->density : v->shown->field;
}

const HillSight *layers_raise(Layers *l, const LayersView *v)
{
    const Settings *s = &v->session->settings;
    draped_lower(&l->draped);
    if (v->elapsed_s == 0)
        draped_ease(&l->draped, s, 0);
    if (settings_split(s) || !draped_shown(&l->draped))
        return NULL;
    return draped_raise(&l->draped, hill_stack(v), s, &v->camera, session_target(v->session)->frame.std);
}

/* A hill is seen alone. */
static void see_sides(Layers *l, const LayersView *v)
{
    bool hill = layers_raise(l, v) != NULL, two = settings_split(&v->session->settings) || has_lens(v);
    l->views = two && !hill ? 2 : 1;
    for (size_t i = 0; i < l->views; i++)
        l->view[i] = view_of(l, v, (int)i);
    if (hill)
        draped_put(&l->draped, &l->view[0]);
}

/* True while a layer is on its way to how faint it should be. */
static bool dim(Layers *l, const LayersView *v)
{
    const Lecture *lecture = &v->session->lecture;
    bool cut = v->elapsed_s == 0 || settings_on(&v->session->settings, SET_STILL), moves = false;
    float share = cut ? 1 : (float)(1 - exp(-v->elapsed_s / dim_s));
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        float to = lecture_focus_is_layer(lecture) && lecture->focus != i ? faint : 1, away = to - l->opacity[i];
        l->opacity[i] = fabsf(away) < 0.01f ? to : l->opacity[i] + share * away;
        moves |= l->opacity[i] != to;
    }
    return moves;
}

void layers_build(Layers *l, const LayersView *v)
{
    build_side(&l->side[0], v, 0);
    if (settings_split(&v->session->settings) || has_lens(v))
        build_side(&l->side[1], v, 1);
    l->easing = draped_ease(&l->draped, &v->session->settings, v->elapsed_s);
    l->easing |= dim(l, v);
    see_sides(l, v);
}

double layers_sigma(const Settings *s, const Camera *camera, const double pixel[2])
{
    const Rect *plane = &camera->plane;
    bool right = settings_split(s) && pixel[0] > plane->x + s->value[SET_WIPE_PLACE] * plane->w;
    return side_sigma(s, right);
}

bool layers_pick(const Layers *l, const Camera *camera, const double pixel[2], double data[2])
{
    if (l->draped.stands)
        return draped_pick(&l->draped, camera, pixel, data);
    camera_to_data(camera, pixel, data);
    return true;
}

void layers_draw(const Layers *l, Gfx *gfx)
{
    for (size_t i = 0; i < l->views; i++)
        gfx_plane(gfx, &l->view[i]);
}
