/* wipe.c - the line between two pictures of the plane, what stands on either side of it, and the frame of the lens. */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double touch_width = 18, grip_radius = 9, label_height = 22, label_top = 12, label_gap = 14,
                    lens_reach = 80;
static const char *const name = "wipe line";

static void side_label(Ui *ui, Rect plane, double line, Align side, const char *text)
{
    TextStyle style = {FACE_STRONG, 12.5, ui->palette->text, true};
    double s = ui->scale, w = ui_text_width(ui, style, text) + 16 * s;
    Rect at = {side == ALIGN_RIGHT ? line - label_gap * s - w : line + label_gap * s, plane.y + label_top * s, w,
               label_height * s};
    if (at.x < plane.x || at.x + w > plane.x + plane.w)
        return;
    ui_box(ui, at, 5, colour_faded(ui->palette->panel, 0.9), 0);
    ui_text(ui, style, at, ALIGN_CENTRE, text);
}

static void side_labels(Ui *ui, Rect plane, double line, const Settings *s)
{
    char left[64], right[64], number[FORMAT_SIZE];
    const SettingInfo *field = setting_info(SET_FIELD);
    bool noise = settings_index(s, SET_WIPE) == WIPE_NOISE;
    if (noise) {
        snprintf(left, sizeof left, "\u03c3 = %s", format_sigma(number, sizeof number, s->value[SET_SIGMA]));
        snprintf(right, sizeof right, "\u03c3 = %s", format_sigma(number, sizeof number, s->value[SET_OTHER_SIGMA]));
    } else {
        snprintf(left, sizeof left, "%s", field->choice_label(settings_index(s, SET_FIELD)));
        snprintf(right, sizeof right, "%s", field->choice_label(settings_index(s, SET_OTHER_FIELD)));
    }
    side_label(ui, plane, line, ALIGN_RIGHT, left);
    side_label(ui, plane, line, ALIGN_LEFT, right);
}

void wipe_draw(Ui *ui, Rect plane, const Settings *s)
{
    if (settings_index(s, SET_WIPE) == WIPE_OFF)
        return;
    double unit = ui->scale, x = plane.x + s->value[SET_WIPE_PLACE] * plane.w, y = plane.y + plane.h / 2;
    Rect touch = {x - touch_width * unit / 2, plane.y, touch_width * unit, plane.h};
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
    if (!p->hover || !settings_on(s, SET_LENS) || settings_index(s, SET_WIPE) != WIPE_OFF)
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
