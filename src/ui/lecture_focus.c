/* lecture_focus.c - all but what a lesson points at goes under a veil, which is moved rather than put elsewhere. */
#include "ui/lecture.h"
#include "ui/parts.h"

static const double ease_s = 0.08, frame_s = 1.0 / 60, hole_space = 6, hole_radius = 8;
static const double bars_shade = 0.74, plane_shade = 0.5;

bool lecture_focus_is_layer(const Lecture *l)
{
    return l->focus == SET_MAP || (l->focus >= SET_SHOW_ARROWS && l->focus <= SET_SHOW_AXES);
}

/* Where what is pointed at can be seen; empty when it can't. */
static Rect hole_of(const Ui *ui)
{
    const Sought *m = &ui->mark;
    bool part = m->place >= SETTING_COUNT && m->place < PLACE_TARGET;
    double space = part ? 0 : hole_space * ui->scale;
    if (m->at.w == 0)
        return (Rect){0};
    Rect hole = rect_inset(m->at, -space, -space / 2);
    hole = rect_meet(hole, m->within.w > 0 ? m->within : ui->window);
    return hole.w > 0 && hole.h > 0 ? rect_snap(hole) : (Rect){0};
}

static double towards(double from, double to, double share)
{
    double value = from + share * (to - from);
    return fabs(to - value) < 0.5 * share ? to : value;
}

static double eased(double from, double to, double share)
{
    return fabs(to - from) < 0.01 ? to : from + share * (to - from);
}

/* From one frame to the next; at once where nothing was dimmed, and in a picture by itself. */
static void ease(Ui *ui, Rect hole, double shade, double plane, bool still)
{
    Veil *v = &ui->veil;
    double share = 1 - exp(-fmax(ui->input.time_s - v->time_s, 0) / ease_s);
    v->time_s = ui->input.time_s;
    if (hole.w > 0 && (still || v->shade == 0 || v->hole.w == 0))
        v->hole = hole;
    Rect *h = &v->hole, to = hole.w > 0 ? hole : *h;
    *h = (Rect){towards(h->x, to.x, share), towards(h->y, to.y, share), towards(h->w, to.w, share),
                towards(h->h, to.h, share)};
    v->shade = eased(v->shade, shade, still ? 1 : share);
    v->plane = eased(v->plane, plane, still ? 1 : share);
    bool moves = v->shade != shade || v->plane != plane || h->x != to.x || h->y != to.y || h->w != to.w || h->h != to.h;
    if (moves)
        ui->wake_s = fmin(ui->wake_s, ui->input.time_s + frame_s);
}

/* What a control does is seen on the plane, which stays bright unless what is pointed at lies there itself. */
static double plane_shade_of(Rect hole, Rect plane)
{
    return hole.w > 0 && rect_has(plane, hole.x + hole.w / 2, hole.y + hole.h / 2) ? plane_shade : 0;
}

void lecture_focus_draw(Ui *ui, const Layout *layout, const Picture *p)
{
    bool layer = lecture_focus_is_layer(p->lecture);
    Rect hole = hole_of(ui);
    ease(ui, hole, hole.w > 0 || layer ? 1 : 0, plane_shade_of(hole, layout->plane), p->still);
    if (ui->veil.shade == 0)
        return;
    double bars = bars_shade * ui->veil.shade;
    hole = ui->veil.hole;
    if (layer && ui->mark.at.w == 0)
        hole = (Rect){-1e4, -1e4, 1, 1};
    const struct {
        Rect at;
        double shade;
    } part[] = {{layout->top, bars}, {layout->panel, bars}, {layout->noise, bars}, {layout->plane, ui->veil.plane}};
    double radius = hole_radius * ui->scale, out = ui->list.border_px;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        Colour shade = colour_faded(ui->palette->ground, part[i].shade);
        if (part[i].at.h > 0 && part[i].shade > 0)
            draw_veil(&ui->list, part[i].at, hole, radius, shade);
    }
    draw_box(&ui->list, rect_inset(hole, -out, -out), radius + out, 0,
             colour_faded(ui->palette->active, ui->veil.shade));
}
