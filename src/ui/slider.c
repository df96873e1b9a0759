#include "ui/format.h"
#include "ui/rect.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

static const double track_height = 4, knob_radius = 6.5;

double slider_place(const SettingInfo *row, double min, double max, double value)
{
    if (!(max > min))
        return 0;
    bool log_scale = row->scale == SCALE_LOG && min > 0 && value > 0;
    double place = log_scale ? log(value / min) / log(max / min) : (value - min) / (max - min);
    return fmin(fmax(place, 0), 1);
}

/* Four digits on a log scale, thousandths of the range on a linear one: what a hand can place, and short to read in a
 * recorded session. */
static double rounded(const SettingInfo *row, double min, double max, double value)
{
    if (row->kind != SETTING_REAL)
        return round(value);
    double size = row->scale == SCALE_LOG ? value / 1000 : (max - min) / 1000;
    double unit = pow(10, floor(log10(fabs(size)) + 1e-9));
    return isfinite(unit) && unit > 0 ? round(value / unit) * unit : value;
}

double slider_value(const SettingInfo *row, double min, double max, double place)
{
    if (place <= 0 || place >= 1)
        return place <= 0 ? min : max;
    double value = row->scale == SCALE_LOG ? min * pow(max / min, place) : min + (max - min) * place;
    return fmin(fmax(rounded(row, min, max, value), min), max);
}

void slider_nudge(Ui *ui, const Control *c, const char *name, double right)
{
    double steps = c->hot && ui->input.ctrl ? right * ui->input.wheel : 0;
    if (ui_takes_arrows(ui, c)) {
        while (ui_take_key(ui, KEY_RIGHT))
            steps += right;
        while (ui_take_key(ui, KEY_LEFT))
            steps -= right;
        while (ui_take_key(ui, KEY_UP))
            steps++;
        while (ui_take_key(ui, KEY_DOWN))
            steps--;
    }
    if (steps != 0)
        ui_say(ui, "nudge %s %.9g", name, steps * (ui->input.shift ? 0.1 : 1));
}

static void draw_track(Ui *ui, const Control *c, Rect track, double place)
{
    const Palette *colour = ui->palette;
    double radius = (c->hot || c->held ? 1.15 : 1) * knob_radius * ui->scale;
    double x = track.x + radius + place * (track.w - 2 * radius), y = track.y + track.h / 2;
    Rect bar = {track.x, y - track_height / 2 * ui->scale, track.w, track_height * ui->scale};
    ui_box(ui, bar, track_height / 2, colour->raised, 0);
    ui_box(ui, (Rect){bar.x, bar.y, x - bar.x, bar.h}, track_height / 2, colour->learned, 0);
    draw_dots(&ui->list, (float[]){(float)x, (float)y}, 1, radius, colour->text);
    ui_focus_ring(ui, c, rect_inset(track, 0, -2 * ui->scale), 6);
}

/* The knob's centre stops a radius before the ends, so that it never leaves the control. */
static double pointed_place(const Ui *ui, Rect track)
{
    double radius = knob_radius * ui->scale;
    return (ui->input.x - track.x - radius) / fmax(track.w - 2 * radius, 1);
}

static void drag(Ui *ui, const Settings *s, SettingId id, const Control *c, Rect track)
{
    const SettingInfo *row = setting_info(id);
    double min, max;
    setting_range(s, id, &min, &max);
    if (c->pressed && ui->input.clicks == 2) {
        ui_say(ui, "default %s", row->name);
        ui->active = 0; /* it is no drag */
        return;
    }
    char wished[32], now[32]; /* compared as text: what was said and read back isn't said again */
    snprintf(wished, sizeof wished, "%.9g", slider_value(row, min, max, pointed_place(ui, track)));
    if (c->held && strcmp(wished, settings_print(s, id, now, sizeof now)) != 0)
        ui_say(ui, "set %s %s", row->name, wished);
}

void ui_slider(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    double min, max;
    setting_range(s, id, &min, &max);
    Rect track = rect_cut_bottom(&at, 16 * ui->scale);
    Control c = ui_control(ui, ui_id(row->name, 0), track);
    drag(ui, s, id, &c, track);
    slider_nudge(ui, &c, row->name, 1);
    draw_track(ui, &c, track, slider_place(row, min, max, s->value[id]));
    ui_tip(ui, &c, track, row->help, row->name, "");

    TextStyle label = {FACE_TEXT, 13, ui->palette->muted, false};
    double wide = ui_text_width(ui, label, row->label) + 8 * ui->scale;
    Rect name = rect_cut_left(&at, fmin(wide, ui->editing == ui_id(row->name, 1) ? 0.3 * at.w : at.w));
    ui_text(ui, label, name, ALIGN_LEFT, row->label);
    ui_value(ui, s, id, at);
}

double ui_slider_width(const Ui *ui, const Settings *s, SettingId id)
{
    TextStyle label = {FACE_TEXT, 13, 0, false}, number = {FACE_CODE, 12.5, 0, true};
    char text[FORMAT_SIZE];
    Settings end = *s;
    double range[2], widest = 0;
    setting_range(s, id, &range[0], &range[1]);
    for (int i = 0; i < 2; i++) {
        end.value[id] = range[i];
        widest = fmax(widest, ui_text_width(ui, number, format_setting(text, sizeof text, &end, id)));
    }
    return ui_text_width(ui, label, setting_info(id)->label) + widest + 12 * ui->scale;
}
