#include "ui/format.h"
#include "ui/parts.h"

#include "core/dynamics.h"

#include <stdio.h>

static const double margin = 20, track_y = 88, plot_top = 38, plot_bottom = 81, handle_radius = 13,
                    comfortable_width = 760, run_y = 121, button_gap = 10;
static const double error_low = 0.01, error_high = 1; /* ends of the error's log scale */
static const char *const handle_name = "noise handle";

/* A round button with an icon; large ones are filled. */
static Control round_button(Ui *ui, Rect at, const char *name, bool filled, bool raised)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id(name, 0), at);
    Colour fill = filled ? colour->active : raised || c.hot ? colour->raised : 0;
    double size = (c.held && c.hot ? 0.96 : 1) * at.w / ui->scale;
    Rect disc = rect_middle(at, size * ui->scale, size * ui->scale);
    ui_box(ui, disc, size / 2, fill, filled ? 0 : raised ? colour->muted : colour->line);
    ui_focus_ring(ui, &c, disc, size / 2);
    return c;
}

static void icon_button(Ui *ui, Rect at, const char *command, Icon icon, bool large)
{
    const Palette *colour = ui->palette;
    Control c = round_button(ui, at, command, large, false);
    Colour ink = large ? colour->on_active : c.hot ? colour->text : colour->muted;
    icon_draw(ui, icon, at.x + at.w / 2, at.y + at.h / 2, (large ? 0.36 : 0.34) * at.w, ink);
    command_tip(ui, &c, at, command);
    if (c.clicked)
        ui_say(ui, "%s", command);
}

static void switch_button(Ui *ui, Rect at, const Settings *s, SettingId id, Icon icon)
{
    ui_mark(ui, id, at);
    const SettingInfo *row = setting_info(id);
    bool on = settings_on(s, id);
    Control c = round_button(ui, at, row->name, false, on);
    icon_draw(ui, icon, at.x + at.w / 2, at.y + at.h / 2, 0.44 * at.w,
              on || c.hot ? ui->palette->text : ui->palette->muted);
    ui_tip(ui, &c, at, row->help, row->name, ui_toggle_key(row));
    if (c.clicked)
        ui_say(ui, "toggle %s", row->name);
}

static double next_speed(double speed)
{
    static const double speeds[] = {0.25, 0.5, 1, 2, 4};
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i] > speed * 1.0001)
            return speeds[i];
    }
    return speeds[0];
}

static void speed_button(Ui *ui, Rect at, const Settings *s)
{
    char label[FORMAT_SIZE];
    const SettingInfo *row = setting_info(SET_SPEED);
    ui_mark(ui, SET_SPEED, at);
    double speed = s->value[SET_SPEED];
    Control c = round_button(ui, at, row->name, false, false);
    snprintf(label, sizeof label, "%.3g%s", speed, row->unit);
    TextStyle style = {FACE_TEXT, 13, c.hot ? ui->palette->text : ui->palette->muted, true};
    style.size *= fmin(1, 0.84 * at.w / ui_text_width(ui, style, label));
    ui_text(ui, style, at, ALIGN_CENTRE, label);
    ui_tip(ui, &c, at, row->help, row->name, "+ -");
    if (c.clicked)
        ui_say(ui, "set %s %.9g", row->name, next_speed(speed));
}

/* A button's place from the left of the bar, which began at `left`. False when a lesson hides what it is for. */
static bool take_round(Ui *ui, Rect *bar, double left, SettingId id, double size, Rect *at)
{
    if (ui_hides(ui, id))
        return false;
    if (bar->x > left)
        rect_cut_left(bar, button_gap * ui->scale);
    size *= ui->scale;
    *at = rect_middle(rect_cut_left(bar, size), size, size);
    return true;
}

static void transport(Ui *ui, Rect *bar, const Settings *s)
{
    bool playing = settings_on(s, SET_PLAYING);
    double left = bar->x;
    Rect at;
    if (take_round(ui, bar, left, SET_PLAYING, 40, &at))
        icon_button(ui, at, "reset particles", ICON_START, false);
    if (take_round(ui, bar, left, SET_PLAYING, 58, &at)) {
        ui_mark(ui, SET_PLAYING, at);
        icon_button(ui, at, "toggle playing", playing ? ICON_PAUSE : ICON_PLAY, true);
    }
    if (take_round(ui, bar, left, SET_LOOP, 40, &at))
        switch_button(ui, at, s, SET_LOOP, ICON_LOOP);
    if (take_round(ui, bar, left, SET_FORWARD, 40, &at))
        switch_button(ui, at, s, SET_FORWARD, ICON_BOTH_WAYS);
    if (take_round(ui, bar, left, SET_SPEED, 44, &at))
        speed_button(ui, at, s);
}

/* Sigma in large figures and what the network is worth there. As wide as its widest state, so that the track stays; the
 * numbers have places of their own, so that the words stay. */
static void sigma_figures(Ui *ui, Rect *bar, const Picture *p, bool narrow)
{
    const char *caption = narrow ? "error " : "learned error at this noise ";
    const Palette *colour = ui->palette;
    TextStyle large = {FACE_STRONG, 31, colour->text, true}, small = {FACE_TEXT, 12.5, colour->muted, true};
    char number[FORMAT_SIZE], error[FORMAT_SIZE], text[96];
    snprintf(text, sizeof text, "\u03c3 = %s", format_sigma(number, sizeof number, p->sigma));
    format_percent(error, sizeof error, error_at(p->errors, p->sigma));
    double place = ceil(fmax(ui_text_width(ui, small, error), ui_text_width(ui, small, "00.0 %")));
    double width = ceil(ui_text_width(ui, small, caption) + place);
    Rect block = rect_cut_right(bar, fmax(width, ceil(ui_text_width(ui, large, text))));
    Rect rows = rect_middle(block, block.w, 66 * ui->scale);
    ui_text(ui, large, rect_cut_top(&rows, 44 * ui->scale), ALIGN_RIGHT, text);
    ui_text(ui, small, rect_cut_right(&rows, place), ALIGN_RIGHT, error);
    ui_text(ui, small, rows, ALIGN_RIGHT, caption);
}

/* From noise at the left, 0, to data at the right, 1. */
static double place_of(const Settings *s, double sigma)
{
    double min, max;
    setting_range(s, SET_SIGMA, &min, &max);
    return 1 - slider_place(setting_info(SET_SIGMA), min, max, sigma);
}

static void drag_handle(Ui *ui, Rect track, const Control *c, const Settings *s)
{
    double min, max;
    setting_range(s, SET_SIGMA, &min, &max);
    if (c->pressed && ui->input.clicks == 2) {
        ui_say(ui, "default sigma");
        ui->active = 0;
        return;
    }
    if (c->pressed)
        ui_say(ui, "grab");
    bool moved = ui->input.x != ui->handle_x || c->pressed;
    double place = (ui->input.x - track.x) / fmax(track.w, 1);
    if (c->held && moved)
        ui_say(ui, "set sigma %.9g", slider_value(setting_info(SET_SIGMA), min, max, 1 - place));
    ui->handle_x = ui->input.x;
    if (c->released)
        ui_say(ui, "release");
}

static double error_height(double error)
{
    double height = log(error / error_low) / log(error_high / error_low);
    return fmin(fmax(height, 0), 1); /* NAN gives 0: the caller leaves those out */
}

static void error_curve(Ui *ui, Rect plot, const Picture *p)
{
    float point[2 * METRICS_LEVELS];
    for (int i = 0; i < METRICS_LEVELS; i++) {
        double error = p->errors->error[i], sigma = p->errors->sigma[i];
        double height = error > 0 && sigma > 0 ? error_height(error) : error == 0 && sigma > 0 ? 0 : (double)NAN;
        point[2 * i] = (float)(plot.x + plot.w * place_of(p->settings, sigma));
        point[2 * i + 1] = (float)(plot.y + plot.h * (1 - height));
    }
    curve_draw(ui, point, METRICS_LEVELS, 1.5 * ui->scale, ui->palette->learned, true, plot.y + plot.h);
}

static void error_scale(Ui *ui, Rect plot, Rect labels)
{
    static const struct {
        double error;
        const char *label;
    } mark[] = {{1, "100 %"}, {0.1, "10 %"}, {0.01, "1 %"}};
    TextStyle style = {FACE_TEXT, 10.5, ui->palette->muted, true};
    for (size_t i = 0; i < sizeof mark / sizeof *mark; i++) {
        double y = plot.y + plot.h * (1 - error_height(mark[i].error)), h = 14 * ui->scale;
        ui_box(ui, (Rect){plot.x, y, plot.w, ui->list.border_px}, 0, ui->palette->line, 0);
        ui_text(ui, style, (Rect){labels.x, y - h / 2, labels.w, h}, ALIGN_LEFT, mark[i].label);
    }
}

/* A label of the scale, unless it would touch one that stands already. Powers of ten come first. */
typedef struct Ticks {
    Rect placed[64];
    size_t count;
} Ticks;

static void tick(Ui *ui, Ticks *ticks, Rect track, double place, double value)
{
    TextStyle style = {FACE_TEXT, 12, ui->palette->muted, true};
    char label[FORMAT_SIZE];
    snprintf(label, sizeof label, "%.6g", value);
    double x = track.x + place * track.w, width = ui_text_width(ui, style, label), apart = 10 * ui->scale;
    Rect at = {x - width / 2 - 1, track.y + 16 * ui->scale, width + 2, 18 * ui->scale};
    for (size_t i = 0; i < ticks->count; i++) {
        if (rect_meet(rect_inset(at, -apart, 0), ticks->placed[i]).w > 0)
            return;
    }
    if (ticks->count == sizeof ticks->placed / sizeof *ticks->placed)
        return;
    ticks->placed[ticks->count++] = at;
    ui_box(ui, (Rect){x, track.y + 9 * ui->scale, ui->list.border_px, 6 * ui->scale}, 0, ui->palette->muted, 0);
    ui_text(ui, style, at, ALIGN_CENTRE, label);
}

static void scale_ticks(Ui *ui, Rect track, const Settings *s)
{
    static const double mantissa[] = {1, 5, 2};
    double min, max;
    setting_range(s, SET_SIGMA, &min, &max);
    Ticks ticks = {.count = 0};
    for (size_t m = 0; m < sizeof mantissa / sizeof *mantissa; m++) {
        for (double power = pow(10, floor(log10(min))); power <= max; power *= 10) {
            double value = mantissa[m] * power;
            if (value >= min * 0.999 && value <= max * 1.001)
                tick(ui, &ticks, track, place_of(s, value), value);
        }
    }
}

/* The spacing of the schedule's levels, by as many of them as the eye tells apart. */
static void rungs(Ui *ui, Rect track, const Settings *s)
{
    enum { RUNGS = 40 };
    size_t target = settings_index(s, SET_TARGET);
    size_t n = (size_t)fmin(s->value[SET_STEPS], fmax(fmin(track.w / (10 * ui->scale), RUNGS), 1)) + 1;
    double std = target_info(target)->std, min, max, first, last, sigma[RUNGS + 1];
    if (!sampler_info(settings_index(s, SET_DYNAMICS))->descends)
        return;
    target_sigma_range(target, &min, &max);
    settings_ladder_ends(s, min, max, &first, &last);
    schedule_ladder(schedule_info(settings_index(s, SET_SCHEDULE)), first / std, last / std, n, sigma);
    double width = ui->list.border_px, height = 3 * ui->scale;
    Colour colour = colour_faded(ui->palette->muted, 0.6);
    for (size_t i = 0; i < n; i++) {
        double x = track.x + track.w * place_of(s, sigma[i] * std);
        ui_box(ui, (Rect){x - width / 2, track.y + 4.5 * ui->scale, width, height}, 0, colour, 0);
    }
}

static void captions(Ui *ui, Rect row)
{
    TextStyle style = {FACE_TEXT, 12.5, ui->palette->muted, false};
    double gap = 24 * ui->scale;
    rect_cut_left(&row, ui_text(ui, style, row, ALIGN_LEFT, "noise") + gap);
    rect_cut_right(&row, ui_text(ui, style, row, ALIGN_RIGHT, "data") + gap);
    const char *curve = "error of the learned score along \u03c3";
    if (ui_text_width(ui, style, curve) <= row.w) /* three dots alone would say nothing */
        ui_text(ui, style, row, ALIGN_LEFT, curve);
}

static void draw_handle(Ui *ui, const Control *c, Rect track, double place, bool held)
{
    const Palette *colour = ui->palette;
    float centre[] = {(float)(track.x + place * track.w), (float)(track.y)};
    double radius = handle_radius * ui->scale * (held ? 1.1 : 1);
    double height = 6 * ui->scale;
    Rect bar = {track.x, track.y - height / 2, track.w, height};
    draw_gradient(&ui->list, rect_snap(bar), height / 2, colour->line, colour->learned);
    if (c->focused && ui->focus_shown)
        draw_dots(&ui->list, centre, 1, radius + 4 * ui->scale, colour->learned);
    draw_dots(&ui->list, centre, 1, radius, colour->text);
    draw_dots(&ui->list, centre, 1, 0.7 * radius, colour->active);
}

/* The other noise level, of a wipe or a lens: a hollow handle. */
static void other_handle(Ui *ui, Rect track, const Settings *s)
{
    const SettingInfo *row = setting_info(SET_OTHER_SIGMA);
    double unit = ui->scale, min, max, radius = 0.7 * handle_radius * unit;
    if ((settings_index(s, SET_WIPE) != WIPE_NOISE && !settings_on(s, SET_LENS)) || ui_hides(ui, SET_OTHER_SIGMA))
        return;
    setting_range(s, SET_OTHER_SIGMA, &min, &max);
    double place = fmin(fmax(place_of(s, s->value[SET_OTHER_SIGMA]), 0), 1);
    float centre[] = {(float)(track.x + place * track.w), (float)track.y};
    Rect touch = {track.x + place * track.w - radius, track.y - radius, 2 * radius, 2 * radius};
    ui_mark(ui, SET_OTHER_SIGMA, touch);
    Control c = ui_control(ui, ui_id(row->name, 0), touch);
    double hand = (ui->input.x - track.x) / fmax(track.w, 1);
    if (c.held && ui->input.x != ui->track_x)
        ui_say(ui, "set %s %.9g", row->name, slider_value(setting_info(SET_SIGMA), min, max, 1 - hand));
    if (c.held)
        ui->track_x = ui->input.x;
    slider_nudge(ui, &c, row->name, -1);
    draw_dots(&ui->list, centre, 1, radius, c.hot || c.held ? ui->palette->active : ui->palette->text);
    draw_dots(&ui->list, centre, 1, 0.65 * radius, ui->palette->panel);
    ui_focus_ring(ui, &c, touch, 0.7 * handle_radius);
    ui_tip(ui, &c, touch, row->help, row->name, "");
}

static void noise_slider(Ui *ui, Rect at, const Picture *p)
{
    const SettingInfo *row = setting_info(SET_SIGMA);
    double unit = ui->scale;
    Rect labels = rect_cut_right(&at, 54 * unit);
    rect_cut_left(&labels, 16 * unit); /* clear of the handle */
    Rect plot = {at.x, at.y + plot_top * unit, at.w, (plot_bottom - plot_top) * unit};
    Rect track = {at.x, at.y + track_y * unit, at.w, 0};
    Rect touch = {at.x - handle_radius * unit, plot.y, at.w + 2 * handle_radius * unit, 66 * unit};
    Control c = ui_control(ui, ui_id(handle_name, 0), touch);
    drag_handle(ui, track, &c, p->settings);
    slider_nudge(ui, &c, row->name, -1);
    captions(ui, (Rect){at.x, at.y + 14 * unit, at.w, 18 * unit});
    error_scale(ui, plot, labels);
    error_curve(ui, plot, p);
    scale_ticks(ui, track, p->settings);
    rungs(ui, track, p->settings);
    draw_handle(ui, &c, track, place_of(p->settings, p->sigma), c.held || p->grabbed);
    other_handle(ui, track, p->settings);
    ui_tip(ui, &c, touch, row->help, row->name, "\u2191 \u2193");
}

void noise_bar_hidden(Ui *ui)
{
    if (ui->active != ui_id(handle_name, 0))
        return;
    ui_say(ui, "release");
    ui->active = 0;
}

void noise_bar_draw(Ui *ui, Rect at, const Picture *p)
{
    ui_box(ui, at, 0, ui->palette->panel, 0);
    ui_box(ui, (Rect){at.x, at.y, at.w, ui->list.border_px}, 0, ui->palette->line, 0);
    Rect bar = rect_inset(at, margin * ui->scale, 0);
    bool narrow = bar.w < comfortable_width * ui->scale; /* the handle's way comes first */
    Rect buttons = bar;
    double right = bar.x + bar.w;
    transport(ui, &bar, p->settings);
    run_track(ui, (Rect){buttons.x, at.y + run_y * ui->scale, bar.x - buttons.x, 0}, p);
    sigma_figures(ui, &bar, p, narrow);
    rect_cut_left(&bar, (narrow ? 24 : 46) * ui->scale);
    rect_cut_right(&bar, 14 * ui->scale);
    if (ui_hides(ui, SET_SIGMA)) {
        noise_bar_hidden(ui);
        return;
    }
    ui_mark(ui, SET_SIGMA, rect_inset((Rect){bar.x, at.y, right - bar.x, at.h}, 0, 4 * ui->scale));
    noise_slider(ui, bar, p);
}
