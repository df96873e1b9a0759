/* timing_editor.c - the noise level over the time of a journey, as a curve with knots to drag. */
#include "ui/parts.h"

#include "scene/timing.h"

#include <stdio.h>
#include <string.h>

static const double plot_height = 90, padding = 7, label_height = 18, duration_height = 24, knot_radius = 4,
                    dot_radius = 5, tick_length = 4;
enum { RUNGS = 24, PIECES = 48 }; /* levels that the eye tells apart; straight lines of the curve */

static Timing shown(const Picture *p)
{
    const Target *target = &p->subject->target;
    double first, last;
    settings_ladder_ends(p->settings, target->sigma_min, target->sigma_max, &first, &last);
    return timing_of(p->settings, first, last, target->frame.std);
}

/* Noise is at the top. */
static double height_of(Rect plot, double place)
{
    return plot.y + place * plot.h;
}

/* A named curve becomes one by hand, and keeps its shape beside the knot that moves. */
static void take_over(Ui *ui, const Timing *g, size_t except)
{
    ui_say(ui, "set timing %s", timing_info(TIMING_HAND)->name);
    for (size_t i = 0; i < TIMING_KNOTS; i++) {
        if (i != except)
            ui_say(ui, "set %s %.6g", setting_info(SET_TIMING_1 + (SettingId)i)->name, timing_knot(g, i));
    }
}

/* In thousandths, between its neighbours. What is so already isn't said again. */
static void move_knot(Ui *ui, const Timing *g, size_t i, double place)
{
    double before = i > 0 ? timing_knot(g, i - 1) : 0, after = i + 1 < TIMING_KNOTS ? timing_knot(g, i + 1) : 1;
    char wished[32], now[32];
    place = fmin(fmax(round(1000 * place) / 1000, before + TIMING_APART), after - TIMING_APART);
    snprintf(wished, sizeof wished, "%.6g", place);
    snprintf(now, sizeof now, "%.6g", timing_knot(g, i));
    if (strcmp(wished, now) == 0)
        return;
    if (g->kind != TIMING_HAND)
        take_over(ui, g, i);
    ui_say(ui, "set %s %s", setting_info(SET_TIMING_1 + (SettingId)i)->name, wished);
}

static void drag_knot(Ui *ui, const Control *c, Rect plot, const Timing *g, size_t i)
{
    if (c->pressed && ui->input.clicks == 2) {
        move_knot(ui, g, i, timing_knot_time(i));
        ui->active = 0; /* it is no drag */
        return;
    }
    if (c->held && !c->pressed && ui->input.y != ui->pad_at[1])
        move_knot(ui, g, i, (ui->input.y - plot.y) / fmax(plot.h, 1));
    if (c->held)
        ui->pad_at[1] = ui->input.y;
}

/* Up is towards the noise, as in the plot; by fortieths, as other numbers. */
static void nudge_knot(Ui *ui, const Control *c, const Timing *g, size_t i)
{
    double steps = c->hot && ui->input.ctrl ? -ui->input.wheel : 0;
    if (ui_takes_arrows(ui, c)) {
        while (ui_take_key(ui, KEY_DOWN) || ui_take_key(ui, KEY_RIGHT))
            steps++;
        while (ui_take_key(ui, KEY_UP) || ui_take_key(ui, KEY_LEFT))
            steps--;
    }
    if (steps != 0)
        move_knot(ui, g, i, timing_knot(g, i) + steps / (ui->input.shift ? 400 : 40));
}

/* A knot is taken anywhere above or below it. */
static void knot(Ui *ui, Rect plot, const Timing *g, size_t i)
{
    const SettingInfo *row = setting_info(SET_TIMING_1 + (SettingId)i);
    double radius = knot_radius * ui->scale, w = timing_knot_time(0) * plot.w,
           x = plot.x + timing_knot_time(i) * plot.w;
    Rect touch = {x - w / 2, plot.y - padding * ui->scale, w, plot.h + 2 * padding * ui->scale};
    Control c = ui_control(ui, ui_id(row->name, 0), touch);
    drag_knot(ui, &c, plot, g, i);
    nudge_knot(ui, &c, g, i);
    double y = height_of(plot, timing_knot(g, i));
    Colour colour = g->kind == TIMING_HAND || c.hot || c.held ? ui->palette->text : ui->palette->muted;
    draw_dots(&ui->list, (float[]){(float)x, (float)y}, 1, radius * (c.hot || c.held ? 1.3 : 1), colour);
    ui_focus_ring(ui, &c, (Rect){x - radius, y - radius, 2 * radius, 2 * radius}, knot_radius);
    ui_tip(ui, &c, touch, row->help, row->name, "");
}

/* Its pieces are shorter towards the ends, where some curves are steep. */
static void curve(Ui *ui, Rect plot, const Timing *g)
{
    float point[2 * (PIECES + 1)];
    for (int i = 0; i <= PIECES; i++) {
        double share = (double)i / PIECES, time = share * share * (3 - 2 * share);
        point[2 * i] = (float)(plot.x + time * plot.w);
        point[2 * i + 1] = (float)height_of(plot, timing_place(g, time));
    }
    curve_draw(ui, point, PIECES + 1, 1.5 * ui->scale, ui->palette->learned, false, 0);
}

/* The levels of the steps, at the left edge of the box. */
static void rungs(Ui *ui, Rect box, Rect plot, Timing g, size_t steps)
{
    size_t n = steps < RUNGS ? steps : RUNGS;
    g.kind = TIMING_STEPS;
    for (size_t i = 0; i <= n; i++) {
        double y = height_of(plot, timing_place(&g, (double)i / (double)n));
        ui_box(ui, (Rect){box.x, y, tick_length * ui->scale, ui->list.border_px}, 0,
               colour_faded(ui->palette->muted, 0.6), 0);
    }
}

/* Where play is. */
static void present(Ui *ui, Rect plot, const Timing *g, double sigma)
{
    double place = timing_place_of(g, sigma), time = timing_time(g, place);
    if (!(place >= 0 && place <= 1))
        return;
    float at[] = {(float)(plot.x + time * plot.w), (float)height_of(plot, place)};
    draw_dots(&ui->list, at, 1, dot_radius * ui->scale, ui->palette->active);
}

static void plot_draw(Ui *ui, Rect box, const Picture *p)
{
    const Settings *s = p->settings;
    Timing g = shown(p);
    Rect plot = rect_inset(box, padding * ui->scale, padding * ui->scale);
    ui_box(ui, box, 4, ui->palette->raised, ui->palette->line);
    if (sampler_info(settings_index(s, SET_DYNAMICS))->descends)
        rungs(ui, box, plot, g, (size_t)s->value[SET_STEPS]);
    curve(ui, plot, &g);
    for (size_t i = 0; i < TIMING_KNOTS; i++)
        knot(ui, plot, &g, i);
    present(ui, plot, &g, p->sigma);
}

void timing_editor(Ui *ui, Rect *column, const Picture *p)
{
    TextStyle style = {FACE_TEXT, 11.5, ui->palette->muted, false};
    double gap = 6 * ui->scale;
    if (ui_hides(ui, SET_TIMING))
        return;
    row_choice(ui, column, p->settings, SET_TIMING);
    rect_cut_top(column, gap / 2);
    Rect row = rect_cut_top(column, plot_height * ui->scale), label = row_label_column(ui, &row);
    rect_cut_right(&label, gap);
    ui_text(ui, style, rect_cut_top(&label, label_height * ui->scale), ALIGN_RIGHT, "noise");
    ui_text(ui, style, rect_cut_bottom(&label, label_height * ui->scale), ALIGN_RIGHT, "data");
    plot_draw(ui, row, p);
    row = rect_cut_top(column, duration_height * ui->scale);
    row_label(ui, &row, setting_info(SET_DURATION)->label);
    ui_value(ui, p->settings, SET_DURATION, row);
}
