/* pad.c - training by noise: one gesture in two directions, from the untrained network to the present and from noise to
 * data.
 */
#include "ui/parts.h"

static const double side = 132, space = 10, caption = 21, axis_room = 24, axis_left = 46, dot_radius = 6;
static const char *const name = "pad";

static void drag(Ui *ui, Rect at, const Control *c, const Settings *s)
{
    double min, max, x = (ui->input.x - at.x) / at.w, y = (ui->input.y - at.y) / at.h;
    setting_range(s, SET_SIGMA, &min, &max);
    if (c->pressed)
        ui_say(ui, "grab");
    if (c->pressed || (c->held && (ui->input.x != ui->pad_at[0] || ui->input.y != ui->pad_at[1]))) {
        ui_say(ui, "set sigma %.9g", slider_value(setting_info(SET_SIGMA), min, max, 1 - x));
        ui_say(ui, "set train.history %.6g", fmin(fmax(1 - y, 0), 1));
    }
    ui->pad_at[0] = ui->input.x;
    ui->pad_at[1] = ui->input.y;
    if (c->released)
        ui_say(ui, "release");
}

static void nudge(Ui *ui)
{
    static const struct {
        int key;
        const char *command;
    } row[] = {{KEY_LEFT, "nudge sigma 1"},
               {KEY_RIGHT, "nudge sigma -1"},
               {KEY_UP, "nudge train.history 1"},
               {KEY_DOWN, "nudge train.history -1"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        while (ui_take_key(ui, row[i].key))
            ui_say(ui, "%s", row[i].command);
    }
}

static void cross(Ui *ui, Rect at, double x, double y)
{
    const Palette *colour = ui->palette;
    float across[] = {(float)at.x, (float)y, (float)(at.x + at.w), (float)y};
    float up[] = {(float)x, (float)at.y, (float)x, (float)(at.y + at.h)}, centre[] = {(float)x, (float)y};
    draw_line(&ui->list, across, 2, ui->list.border_px, colour->muted);
    draw_line(&ui->list, up, 2, ui->list.border_px, colour->muted);
    draw_dots(&ui->list, centre, 1, dot_radius * ui->scale, colour->active);
}

/* Takes its place from the left of what is left of the plane. */
void pad_draw(Ui *ui, Rect *plane, const Picture *p)
{
    double s = ui->scale, w = (side + 2 * space) * s, h = (side + 2 * space + 2 * caption) * s, min, max;
    if (plane->w < 3 * w || plane->h < 1.5 * h)
        return;
    Rect card = {plane->x + axis_left * s, plane->y + plane->h - axis_room * s - h, w, h};
    rect_cut_left(plane, axis_left * s + w);
    ui_area(ui, card);
    ui_mark(ui, SET_PAD, card);
    card_draw(ui, card);
    Rect inner = rect_inset(card, space * s, space * s);
    TextStyle style = {FACE_TEXT, 11.5, ui->palette->muted, false};
    ui_text(ui, style, rect_cut_top(&inner, caption * s), ALIGN_LEFT, "\u2191 trained");
    ui_text(ui, style, rect_cut_bottom(&inner, caption * s), ALIGN_RIGHT, "noise \u2192 data");
    ui_box(ui, inner, 4, ui->palette->raised, ui->palette->line);
    Control c = ui_control(ui, ui_id(name, 0), inner);
    drag(ui, inner, &c, p->settings);
    if (ui_takes_arrows(ui, &c))
        nudge(ui);
    setting_range(p->settings, SET_SIGMA, &min, &max);
    double x = 1 - slider_place(setting_info(SET_SIGMA), min, max, p->sigma);
    cross(ui, inner, inner.x + x * inner.w, inner.y + (1 - p->settings->value[SET_HISTORY]) * inner.h);
    ui_focus_ring(ui, &c, inner, 4);
    ui_tip(ui, &c, inner, "drag: noise to data across, the untrained network to the present upwards", name, "G");
}

void pad_hidden(Ui *ui)
{
    if (ui->active != ui_id(name, 0))
        return;
    ui_say(ui, "release");
    ui->active = 0;
}
