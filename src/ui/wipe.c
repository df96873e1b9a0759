/* wipe.c - the line between two pictures of the plane, what stands on either side of it, and the frame of the lens. */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double touch_width = 18, grip_radius = 9, label_height = 22, label_top = 12, label_gap = 14,
                    lens_reach = 80;
static const char *const name = "wipe line";

static void side_label(Ui *ui, Rect plane, double line, Align side, Colour colour, const char *text)
{
    TextStyle style = {FACE_STRONG, 12.5, colour, true};
    double s = ui->scale, w = ui_text_width(ui, style, text) + 16 * s;
    Rect at = {side == ALIGN_RIGHT ? line - label_gap * s - w : line + label_gap * s, plane.y + label_top * s, w,
               label_height * s};
    if (at.x < plane.x || at.x + w > plane.x + plane.w)
        return;
    ui_box(ui, at, 5, colour_faded(ui->palette->panel, 0.9), 0);
    ui_text(ui, style, at, ALIGN_CENTRE, text);
}

/* What stands on one side: 0 left, 1 right. */
static const char *side_text(const Settings *s, int side, char *text, size_t size)
{
    char number[FORMAT_SIZE];
    const char *sampler = "", *between = "";
    WipeKind wipe = (WipeKind)settings_index(s, SET_WIPE);
    if (settings_index(s, SET_SECOND) == SECOND_BESIDE) {
        sampler = setting_info(SET_DYNAMICS)->choice_label(settings_index(s, side ? SET_OTHER_DYNAMICS : SET_DYNAMICS));
        between = wipe == WIPE_OFF ? "" : ", ";
    }
    const char *field = setting_info(SET_FIELD)->choice_label(settings_index(s, side ? SET_OTHER_FIELD : SET_FIELD));
    format_sigma(number, sizeof number, s->value[side ? SET_OTHER_SIGMA : SET_SIGMA]);
    if (wipe == WIPE_NOISE)
        snprintf(text, size, "\u03c3 = %s%s%s", number, between, sampler);
    else
        snprintf(text, size, "%s%s%s", wipe == WIPE_FIELD ? field : "", between, sampler);
    return text;
}

static void side_labels(Ui *ui, Rect plane, double line, const Settings *s)
{
    char text[128];
    bool beside = settings_index(s, SET_SECOND) == SECOND_BESIDE;
    Colour left = beside ? ui->palette->particle : ui->palette->text;
    side_label(ui, plane, line, ALIGN_RIGHT, left, side_text(s, 0, text, sizeof text));
    side_label(ui, plane, line, ALIGN_LEFT, beside ? ui->palette->second : ui->palette->text,
               side_text(s, 1, text, sizeof text));
}

/* Two samplers over each other are told apart by the colours of their names, about the middle. */
void second_draw(Ui *ui, Rect plane, const Settings *s)
{
    const SettingInfo *dynamics = setting_info(SET_DYNAMICS);
    double middle = plane.x + plane.w / 2;
    if (settings_index(s, SET_SECOND) != SECOND_OVER)
        return;
    side_label(ui, plane, middle, ALIGN_RIGHT, ui->palette->particle,
               dynamics->choice_label(settings_index(s, SET_DYNAMICS)));
    side_label(ui, plane, middle, ALIGN_LEFT, ui->palette->second,
               dynamics->choice_label(settings_index(s, SET_OTHER_DYNAMICS)));
}

void wipe_draw(Ui *ui, Rect plane, const Settings *s)
{
    if (!settings_split(s))
        return;
    double unit = ui->scale, x = plane.x + s->value[SET_WIPE_PLACE] * plane.w, y = plane.y + plane.h / 2;
    Rect touch = {x - touch_width * unit / 2, plane.y, touch_width * unit, plane.h};
    ui_mark(ui, SET_WIPE_PLACE, touch);
    Control c = ui_control(ui, ui_id(name, 0), touch);
    if (c.held && ui->input.x != ui->track_x)
        ui_say(ui, "set wipe.place %.6g", fmin(fmax((ui->input.x - plane.x) / fmax(plane.w, 1), 0), 1));
    if (c.held)
        ui->track_x = ui->input.x;
    slider_nudge(ui, &c, setting_info(SET_WIPE_PLACE)->name, 1);
    float line[] = {(float)x, (float)plane.y, (float)x, (float)(plane.y + plane.h)}, grip[] = {(float)x, (float)y};
    draw_line(&ui->list, line, 2, 1.5 * unit, c.hot || c.held ? ui->palette->active : ui->palette->text);
    draw_dots(&ui->list, grip, 1, grip_radius * unit, ui->palette->text);
    draw_dots(&ui->list, grip, 1, 0.72 * grip_radius * unit, ui->palette->panel);
    side_labels(ui, plane, x, s);
    ui_tip(ui, &c, touch, setting_info(SET_WIPE)->help, "wipe", "W");
}

void lens_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Settings *s = p->settings;
    if (!p->hover || !settings_on(s, SET_LENS) || settings_split(s))
        return;
    char text[64], number[FORMAT_SIZE];
    double unit = ui->scale, reach = lens_reach * unit;
    Rect lens = rect_meet(plane, (Rect){ui->input.x - reach, ui->input.y - reach, 2 * reach, 2 * reach});
    ui_box(ui, lens, 0, 0, ui->palette->text);
    snprintf(text, sizeof text, "\u03c3 = %s", format_sigma(number, sizeof number, s->value[SET_OTHER_SIGMA]));
    TextStyle style = {FACE_STRONG, 12.5, ui->palette->text, true};
    double w = ui_text_width(ui, style, text) + 14 * unit;
    Rect label = {lens.x, lens.y, w, label_height * unit};
    ui_box(ui, label, 0, ui->palette->panel, 0);
    ui_text(ui, style, label, ALIGN_CENTRE, text);
}
