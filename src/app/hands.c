#include "app/hands.h"

#include "ui/rect.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Pixels at scale 1 that a drag goes between two drops. */
static const double drop_spacing = 9;

void hands_run(const HandsPlane *p, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    p->run(p->context, text);
}

bool hands_on_plane(const HandsPlane *p)
{
    const Input *in = &p->events->input;
    return rect_has(p->renderer->layout.plane, in->x, in->y) && !ui_wants_pointer(&p->renderer->ui);
}

static bool pick(const HandsPlane *p, double x, double y, double at[2])
{
    const Renderer *r = p->renderer;
    return rect_has(r->layout.plane, x, y) && layers_pick(&r->layers, &r->camera, (double[]){x, y}, at);
}

/* Runs a command that takes a place, where there is one at the pixel. */
static void run_at(const HandsPlane *p, const char *command, double x, double y)
{
    double at[2];
    if (pick(p, x, y, at))
        hands_run(p, "%s %.9g %.9g", command, at[0], at[1]);
}

static void drop_cloud(const HandsPlane *p)
{
    enum { PARTICLES = 64 };
    const Renderer *r = p->renderer;
    double at[2], spread = drop_spacing * r->layout.scale / r->camera.scale;
    if (pick(p, p->events->input.x, p->events->input.y, at))
        hands_run(p, "drop %.9g %.9g %d %.6g", at[0], at[1], PARTICLES, spread);
}

/* Equally spaced from the last drop to the hand, however far it went since the last frame. */
static void drop_on_the_way(Hands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    double *from = h->dropped_at, step = drop_spacing * p->renderer->layout.scale;
    for (double left; (left = hypot(in->x - from[0], in->y - from[1])) > step;) {
        from[0] += step / left * (in->x - from[0]);
        from[1] += step / left * (in->y - from[1]);
        run_at(p, "drop", from[0], from[1]);
    }
}

static void begin_dropping(Hands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    *h = (Hands){true, {in->x, in->y}};
    run_at(p, "follow", in->x, in->y);
}

void hands_drop(Hands *h, const HandsPlane *p)
{
    const Input *in = &p->events->input;
    bool pressed = in->pressed && hands_on_plane(p);
    if (pressed && in->ctrl)
        run_at(p, in->shift ? "trace fan" : "trace fates", in->x, in->y);
    else if (pressed && in->shift)
        drop_cloud(p);
    else if (pressed)
        begin_dropping(h, p);
    else if (h->dropping && in->down)
        drop_on_the_way(h, p);
    h->dropping = h->dropping && in->down;
}

/* The hill turns as far as the hand goes round it, and on. */
static void turn(const HandsPlane *p, double pixels)
{
    const double degrees_a_pixel = 0.4;
    double to = p->session->settings.value[SET_AZIMUTH] + degrees_a_pixel * pixels / p->renderer->layout.scale;
    hands_run(p, "set view.azimuth %.6g", remainder(to, 360));
}

/* About the place under the pointer, in standard deviations. */
static void zoom(const HandsPlane *p, const Frame *frame)
{
    const Input *in = &p->events->input;
    double at[2];
    camera_to_data(&p->renderer->camera, (double[2]){in->x, in->y}, at);
    hands_run(p, "zoom %.9g %.9g %.9g", fmin(fmax(pow(1.15, in->wheel), 0.01), 100),
              (at[0] - frame->mean[0]) / frame->std, (at[1] - frame->mean[1]) / frame->std);
}

bool hands_look(const HandsPlane *p)
{
    const Frame *frame = &session_target(p->session)->frame;
    double a_pixel = 1 / (p->renderer->camera.scale * frame->std);
    bool panned = p->events->pan_x != 0 || p->events->pan_y != 0;
    bool zooms = p->events->input.wheel != 0 && hands_on_plane(p);
    if (panned && settings_on(&p->session->settings, SET_HILL))
        turn(p, p->events->pan_x);
    else if (panned)
        hands_run(p, "pan %.9g %.9g", -p->events->pan_x * a_pixel, p->events->pan_y * a_pixel);
    if (zooms)
        zoom(p, frame);
    return panned || zooms;
}
