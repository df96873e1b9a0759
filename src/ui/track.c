/* track.c - time as a thin track, from what was to what is: of the particles' run, and of the learning. */
#include "ui/parts.h"

static const double touch_height = 18, bar_height = 3, dot_radius = 4.5;

/* Says "COMMAND PLACE" for the places 0 .. 1 that it is dragged to. */
static Control track(Ui *ui, const char *name, Rect at, double place, const char *command, const char *help,
                     const char *key)
{
    const Palette *colour = ui->palette;
    double unit = ui->scale, dot = dot_radius * unit;
    Rect touch = rect_middle(at, at.w, touch_height * unit), way = rect_inset(touch, dot, 0);
    Control c = ui_control(ui, ui_id(name, 0), touch);
    double hand = fmin(fmax((ui->input.x - way.x) / fmax(way.w, 1), 0), 1), shown = c.held ? hand : place;
    if (c.pressed || (c.held && ui->input.x != ui->track_x))
        ui_say(ui, "%s %.6g", command, hand);
    if (c.held)
        ui->track_x = ui->input.x;
    Rect bar = rect_snap(rect_middle(way, way.w, bar_height * unit)), done = {bar.x, bar.y, shown * bar.w, bar.h};
    float centre[] = {(float)(way.x + shown * way.w), (float)(bar.y + bar.h / 2)};
    ui_box(ui, bar, bar_height / 2, colour->line, 0);
    ui_box(ui, done, bar_height / 2, colour->muted, 0);
    if (c.hot || c.held || place < 1)
        draw_dots(&ui->list, centre, 1, dot, place < 1 ? colour->active : colour->muted);
    ui_focus_ring(ui, &c, touch, 3);
    ui_tip(ui, &c, touch, help, command, key);
    return c;
}

void run_track(Ui *ui, Rect at, const Picture *p)
{
    Control c = track(ui, "run", at, p->run_place, "scrub",
                      "the run so far: drag back and forth, then play on from there", "\u2190 \u2192");
    if (!ui_takes_arrows(ui, &c))
        return;
    while (ui_take_key(ui, KEY_LEFT))
        ui_say(ui, "step -1");
    while (ui_take_key(ui, KEY_RIGHT))
        ui_say(ui, "step");
}

void history_track(Ui *ui, Rect at, const Settings *s)
{
    const SettingInfo *row = setting_info(SET_HISTORY);
    ui_mark(ui, SET_HISTORY, at);
    Control c = track(ui, row->name, at, s->value[SET_HISTORY], "set train.history", row->help, "");
    slider_nudge(ui, &c, row->name, 1);
}
