/* run_track.c - the run of the particles so far as a thin track: drag back and forth in it. */
#include "ui/parts.h"

static const double touch_height = 18, bar_height = 3, dot_radius = 4.5;

void run_track_draw(Ui *ui, Rect at, const Picture *p)
{
    const Palette *colour = ui->palette;
    double unit = ui->scale, dot = dot_radius * unit;
    Rect touch = rect_middle(at, at.w, touch_height * unit), track = rect_inset(touch, dot, 0);
    Control c = ui_control(ui, ui_id("run", 0), touch);
    double place = fmin(fmax((ui->input.x - track.x) / fmax(track.w, 1), 0), 1);
    bool moved = c.pressed || ui->input.x != ui->run_x;
    if (c.held && moved)
        ui_say(ui, "scrub %.6g", place);
    ui->run_x = ui->input.x;
    if (c.focused && !c.held) {
        while (ui_take_key(ui, KEY_LEFT))
            ui_say(ui, "step -1");
        while (ui_take_key(ui, KEY_RIGHT))
            ui_say(ui, "step");
        ui->focus_arrows = true;
    }
    double shown = c.held ? place : p->run_place;
    Rect bar = rect_snap(rect_middle(track, track.w, bar_height * unit)), done = {bar.x, bar.y, shown * bar.w, bar.h};
    ui_box(ui, bar, bar_height / 2, colour->line, 0);
    ui_box(ui, done, bar_height / 2, colour->muted, 0);
    float centre[] = {(float)(track.x + shown * track.w), (float)(bar.y + bar.h / 2)};
    bool past = p->run_place < 1;
    if (c.hot || c.held || past)
        draw_dots(&ui->list, centre, 1, dot, past ? colour->active : colour->muted);
    ui_focus_ring(ui, &c, touch, 3);
    ui_tip(ui, &c, touch, "the run so far: drag back and forth, then play on from there", "scrub", "\u2190 \u2192");
}
