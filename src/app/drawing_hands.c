#include "app/drawing_hands.h"

#include "scene/drawing_target.h"
#include "ui/rect.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels at scale 1: how near a handle has to be, between two stamps of a drag, between two places of a stroke. */
static const double reach_px = 9, stamp_apart_px = 12, stroke_apart_px = 1.5;
static const double weight_a_notch = 1.15;

static const Settings *settings_of(const HandsPlane *p)
{
    return &p->session->settings;
}

static DrawTool tool_of(const HandsPlane *p)
{
    return (DrawTool)settings_index(settings_of(p), SET_DRAW_TOOL);
}

static void place_at(const HandsPlane *p, const double pixel[2], double at[2])
{
    camera_to_data(&p->renderer->camera, pixel, at);
}

static void pointed(const HandsPlane *p, double at[2])
{
    place_at(p, (double[]){p->events->input.x, p->events->input.y}, at);
}

/* In the plane. */
static double reach(const HandsPlane *p)
{
    return reach_px * p->renderer->layout.scale / p->renderer->camera.scale;
}

static bool erases(const Input *in)
{
    return in->ctrl || in->alt;
}

static bool key_hit(const HandsPlane *p, const char *name)
{
    bool hit = false;
    for (int i = 0; i < p->events->keys; i++)
        hit |= strcmp(p->events->key[i], name) == 0;
    return hit;
}

/* Strokes */

static void begin_stroke(DrawingHands *h, const HandsPlane *p, const double at[2])
{
    h->draws = DRAWS_STROKE;
    h->lent = erases(&p->events->input) && tool_of(p) != TOOL_ERASER;
    h->tool = tool_of(p);
    if (h->lent)
        hands_run(p, "set %s eraser", setting_info(SET_DRAW_TOOL)->name);
    hands_run(p, "stroke begin %.6g %.6g", at[0], at[1]);
}

/* Every place that the hand passed: a frame may be slower than it. One text, so that the picture is made anew once. */
static void go_on_with_stroke(DrawingHands *h, const HandsPlane *p)
{
    char text[EVENT_WAY * 40] = "";
    size_t used = 0;
    double apart = stroke_apart_px * p->renderer->layout.scale;
    for (int i = 0; i < p->events->ways; i++) {
        const double *pixel = p->events->way[i];
        double at[2];
        bool last = i + 1 == p->events->ways;
        if (hypot(pixel[0] - h->at[0], pixel[1] - h->at[1]) < (last ? 1e-9 : apart))
            continue;
        memcpy(h->at, pixel, sizeof h->at);
        place_at(p, pixel, at);
        used += (size_t)snprintf(text + used, sizeof text - used, "stroke to %.6g %.6g\n", at[0], at[1]);
    }
    if (used > 0)
        p->run(p->context, text);
}

static void give_tool_back(DrawingHands *h, const HandsPlane *p)
{
    const SettingInfo *row = setting_info(SET_DRAW_TOOL);
    if (h->lent)
        hands_run(p, "set %s %s", row->name, row->choice_name(h->tool));
    h->lent = false;
}

static void end_stroke(DrawingHands *h, const HandsPlane *p)
{
    hands_run(p, "stroke end");
    give_tool_back(h, p);
}

/* Lines and circles */

static void begin_span(DrawingHands *h, const HandsPlane *p, const double at[2])
{
    (void)p;
    h->draws = DRAWS_SPAN;
    memcpy(h->from, at, sizeof h->from);
    memcpy(h->to, at, sizeof h->to);
}

static void go_on_with_span(DrawingHands *h, const HandsPlane *p)
{
    pointed(p, h->to);
    if (!p->events->input.shift || tool_of(p) != TOOL_LINE)
        return;
    double dx = h->to[0] - h->from[0], dy = h->to[1] - h->from[1];
    double angle = round(atan2(dy, dx) / M_PI_4) * M_PI_4, length = dx * cos(angle) + dy * sin(angle);
    h->to[0] = h->from[0] + length * cos(angle);
    h->to[1] = h->from[1] + length * sin(angle);
}

static void end_span(DrawingHands *h, const HandsPlane *p)
{
    const double *from = h->from, *to = h->to;
    if (tool_of(p) == TOOL_CIRCLE)
        hands_run(p, "paint circle %.6g %.6g %.6g", from[0], from[1], hypot(to[0] - from[0], to[1] - from[1]));
    else
        hands_run(p, "paint line %.6g %.6g %.6g %.6g", from[0], from[1], to[0], to[1]);
}

/* Gaussians */

/* The centre of the uppermost one around a place: within one standard deviation, or within reach of a handle. */
static bool gaussian_around(const HandsPlane *p, const double at[2], double centre[2])
{
    GaussianHit hit;
    const Drawing *d = &p->session->desk.drawing;
    bool found = drawing_gaussian_hit(d, at, reach(p), &hit) || drawing_gaussian_inside(d, at, &hit);
    if (found) {
        HandGaussian g = gaussian_in_plane(&d->part[hit.part], hit.index);
        memcpy(centre, g.mean, sizeof g.mean);
    }
    return found;
}

static void delete_gaussian(const HandsPlane *p)
{
    double at[2], centre[2];
    pointed(p, at);
    if (gaussian_around(p, at, centre))
        hands_run(p, "gaussian delete %.9g %.9g %.6g", centre[0], centre[1], reach(p));
}

/* One that was just placed is held by its centre. */
static void begin_gaussian(DrawingHands *h, const HandsPlane *p, const double at[2])
{
    GaussianHit hit;
    if (erases(&p->events->input)) {
        delete_gaussian(p);
        return;
    }
    if (!drawing_gaussian_hit(&p->session->desk.drawing, at, reach(p), &hit))
        hands_run(p, "gaussian add %.6g %.6g", at[0], at[1]);
    hands_run(p, "gaussian grab %.6g %.6g %.6g", at[0], at[1], reach(p));
    h->draws = DRAWS_GAUSSIAN;
}

static void go_on_with_gaussian(DrawingHands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    double at[2];
    if (in->x == h->at[0] && in->y == h->at[1])
        return;
    pointed(p, at);
    hands_run(p, "gaussian to %.6g %.6g", at[0], at[1]);
    h->at[0] = in->x;
    h->at[1] = in->y;
}

static void end_gaussian(DrawingHands *h, const HandsPlane *p)
{
    (void)h;
    hands_run(p, "gaussian drop");
}

/* Points */

static void stamp(const DrawingHands *h, const HandsPlane *p, const double at[2])
{
    if (h->erases)
        hands_run(p, "unstamp %.6g %.6g %.6g", at[0], at[1], settings_of(p)->value[SET_DRAW_SIZE]);
    else
        hands_run(p, "stamp %.6g %.6g", at[0], at[1]);
}

static void begin_points(DrawingHands *h, const HandsPlane *p, const double at[2])
{
    h->draws = DRAWS_POINTS;
    h->erases = erases(&p->events->input);
    stamp(h, p, at);
}

/* Clusters stand side by side. */
static void go_on_with_points(DrawingHands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    const Settings *s = settings_of(p);
    bool clusters = s->value[SET_DRAW_POINTS] > 1 && !h->erases;
    double spread = clusters ? 2 * s->value[SET_DRAW_SPREAD] * p->renderer->camera.scale : 0;
    double step = fmax(stamp_apart_px * p->renderer->layout.scale, spread), *from = h->at;
    for (double left; (left = hypot(in->x - from[0], in->y - from[1])) > step;) {
        double at[2];
        from[0] += step / left * (in->x - from[0]);
        from[1] += step / left * (in->y - from[1]);
        place_at(p, from, at);
        stamp(h, p, at);
    }
}

/* Hands */

static void fill(DrawingHands *h, const HandsPlane *p, const double at[2])
{
    (void)h;
    hands_run(p, "paint fill %.6g %.6g", at[0], at[1]);
}

static void (*const begin[TOOL_COUNT])(DrawingHands *, const HandsPlane *, const double[2]) = {
    [TOOL_BRUSH] = begin_stroke, [TOOL_ERASER] = begin_stroke,     [TOOL_LINE] = begin_span,
    [TOOL_CIRCLE] = begin_span,  [TOOL_SPRAY] = begin_stroke,      [TOOL_FILL] = fill,
    [TOOL_POINT] = begin_points, [TOOL_GAUSSIAN] = begin_gaussian,
};

/* How each gesture goes on and ends; NULL where nothing is to be done. */
static const struct {
    void (*go_on)(DrawingHands *, const HandsPlane *);
    void (*end)(DrawingHands *, const HandsPlane *);
} gesture[] = {
    [DRAWS_NOTHING] = {NULL, NULL},
    [DRAWS_STROKE] = {go_on_with_stroke, end_stroke},
    [DRAWS_SPAN] = {go_on_with_span, end_span},
    [DRAWS_GAUSSIAN] = {go_on_with_gaussian, end_gaussian},
    [DRAWS_POINTS] = {go_on_with_points, NULL},
};

static void go_on(DrawingHands *h, const HandsPlane *p)
{
    if (gesture[h->draws].go_on)
        gesture[h->draws].go_on(h, p);
    if (p->events->input.down)
        return;
    if (gesture[h->draws].end)
        gesture[h->draws].end(h, p);
    h->draws = DRAWS_NOTHING;
}

static void press(DrawingHands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    double at[2];
    pointed(p, at);
    h->at[0] = in->x;
    h->at[1] = in->y;
    begin[tool_of(p)](h, p, at);
}

/* The hill that is asked for while one draws is that of the drawing. One text, so that no other is learned between. */
static void leave_drawing(const HandsPlane *p)
{
    const char *draw = setting_info(SET_DRAW)->name;
    if (drawing_empty(&p->session->desk.drawing))
        hands_run(p, "set %s off", draw);
    else
        hands_run(p, "set %s off\nset %s %s", draw, setting_info(SET_TARGET)->name, target_info(target_count())->name);
}

/* The canvas is flat: of drawing and the hill the one that was asked for last goes on. */
static bool leave_hill(DrawingHands *h, const HandsPlane *p)
{
    bool drawing = settings_on(settings_of(p), SET_DRAW), hill = settings_on(settings_of(p), SET_HILL);
    bool both = drawing && hill, hill_last = both && h->drawing && !h->hill;
    if (hill_last)
        leave_drawing(p);
    else if (both)
        hands_run(p, "set %s off", setting_info(SET_HILL)->name);
    h->drawing = settings_on(settings_of(p), SET_DRAW);
    h->hill = settings_on(settings_of(p), SET_HILL);
    return both;
}

/* Whoever ended drawing ended the stroke as well. */
static bool end_without_drawing(DrawingHands *h, const HandsPlane *p)
{
    bool drew = h->draws != DRAWS_NOTHING;
    give_tool_back(h, p);
    h->draws = DRAWS_NOTHING;
    return drew;
}

bool drawing_hands_draw(DrawingHands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    bool left = leave_hill(h, p), drew = h->draws != DRAWS_NOTHING;
    if (!h->drawing)
        return end_without_drawing(h, p) || left;
    bool deletes = key_hit(p, "Delete") || key_hit(p, "Backspace") || p->events->middle;
    if (h->draws == DRAWS_SPAN && key_hit(p, "Escape"))
        h->draws = DRAWS_NOTHING;
    else if (drew)
        go_on(h, p);
    else if (in->pressed && hands_on_plane(p))
        press(h, p);
    else if (deletes && tool_of(p) == TOOL_GAUSSIAN && hands_on_plane(p))
        delete_gaussian(p);
    else
        return left;
    return true;
}

bool drawing_hands_wheel(const HandsPlane *p)
{
    const Input *in = &p->events->input;
    double at[2], centre[2];
    if (!settings_on(settings_of(p), SET_DRAW) || in->wheel == 0 || !hands_on_plane(p))
        return false;
    pointed(p, at);
    if (in->ctrl)
        hands_run(p, "nudge %s %.6g", setting_info(SET_DRAW_SIZE)->name, in->wheel);
    else if (tool_of(p) == TOOL_GAUSSIAN && gaussian_around(p, at, centre))
        hands_run(p, "gaussian weight %.9g %.9g %.6g %.6g", centre[0], centre[1], reach(p),
                  fmin(fmax(pow(weight_a_notch, in->wheel), 0.01), 100));
    else
        return false;
    return true;
}

DrawingView drawing_hands_view(const DrawingHands *h, const Input *in)
{
    DrawingView v = {.erases = erases(in) || h->lent, .spanning = h->draws == DRAWS_SPAN};
    memcpy(v.from, h->from, sizeof v.from);
    memcpy(v.to, h->to, sizeof v.to);
    return v;
}
