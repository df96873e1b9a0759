#include "ui/parts.h"

static const double top_height = 52, panel_width = 336, noise_height = 138;

Layout interface_layout(const Settings *s, double w, double h, double pixel_ratio)
{
    Rect rest = {0, 0, fmax(w, 1), fmax(h, 1)};
    double cap = fmin(rest.w / (2 * panel_width), rest.h / (2 * (top_height + noise_height)));
    Layout l = {.scale = fmin(s->value[SET_SCALE] / 100 * pixel_ratio, cap), .window = rest};
    if (settings_on(s, SET_PANEL)) {
        l.top = rect_cut_top(&rest, floor(top_height * l.scale));
        l.noise = rect_cut_bottom(&rest, floor(noise_height * l.scale));
        l.panel = rect_cut_right(&rest, floor(panel_width * l.scale));
    }
    l.plane = rest;
    return l;
}

static void draw_bars(Ui *ui, const Layout *layout, const Picture *p)
{
    if (!settings_on(p->settings, SET_PANEL)) {
        noise_bar_hidden(ui);
        return;
    }
    ui_area(ui, layout->top);
    ui_area(ui, layout->panel);
    ui_area(ui, layout->noise);
    top_bar_draw(ui, layout->top, p);
    panel_draw(ui, layout->panel, p);
    noise_bar_draw(ui, layout->noise, p);
}

/* Each takes its place, and what is left is the next one's. */
static void draw_readings(Ui *ui, Rect plane, const Picture *p)
{
    const Settings *s = p->settings;
    const Target *target = &p->subject->target;
    Camera camera = camera_of(s, &target->frame, plane);
    Rect rest = plane;
    if (p->readings && settings_on(s, SET_MARGINALS))
        marginals_draw(ui, &rest, camera_extent(&camera), p->readings->marginal);
    if (p->readings && settings_on(s, SET_MODES))
        modes_draw(ui, &rest, &p->readings->modes);
    map_legend_draw(ui, rest, p);
    if (settings_on(s, SET_PAD))
        pad_draw(ui, &rest, p);
    else
        pad_hidden(ui);
    fates_legend_draw(ui, rest, p);
    signs_draw(ui, rest, &(SignView){s, target, p->sigma, p->statistics});
}

static void draw_over_plane(Ui *ui, Rect plane, const Picture *p)
{
    draw_clip(&ui->list, plane);
    if (settings_on(p->settings, SET_SHOW_AXES) && !settings_on(p->settings, SET_HILL))
        axes_draw(ui, plane, p);
    wipe_draw(ui, plane, p->settings);
    hill_caption_draw(ui, plane, p);
    draw_readings(ui, plane, p);
    lens_draw(ui, plane, p);
    if (p->hover && !settings_on(p->settings, SET_LENS))
        hover_draw(ui, plane, p);
    if (settings_on(p->settings, SET_NUMBERS))
        numbers_draw(ui, plane, p);
    if (p->toast)
        toast_draw(ui, plane, p);
    draw_clip(&ui->list, (Rect){0});
}

/* Pictures without a trainer or a measurement show a network that has not begun. */
static Picture complete(const Picture *p)
{
    static const TrainerStatistics not_begun;
    static const ScoreErrors unmeasured = {.overall = (double)NAN};
    Picture whole = *p;
    whole.statistics = p->statistics ? p->statistics : &not_begun;
    whole.errors = p->errors ? p->errors : &unmeasured;
    return whole;
}

void interface_draw(Ui *ui, const Layout *layout, const Picture *p)
{
    Picture whole = complete(p);
    ui->window = layout->window;
    if (settings_on(p->settings, SET_BLANK)) {
        noise_bar_hidden(ui);
        ui_area(ui, layout->window);
        ui_box(ui, layout->window, 0, ui->palette->ground, 0);
        return;
    }
    bool keys = settings_on(p->settings, SET_KEYS);
    ui->cover = keys ? keys_place(layout) : (Rect){0};
    draw_over_plane(ui, layout->plane, &whole);
    draw_bars(ui, layout, &whole);
    if (keys)
        keys_draw(ui, ui->cover);
}
