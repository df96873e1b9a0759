/* path_card.c - a step of a path taken apart: which it is, its parts as arrows, enlarged to be seen, and their lengths.
 */
#include "ui/format.h"
#include "ui/paths.h"

#include <stdio.h>

static const double card_width = 212, margin = 14, space = 10, row_height = 19, slider_height = 20, figure_height = 124;
static const double bar_height = 3, knob_radius = 5.5, sample_width = 26;

static const struct {
    int part;
    const char *name, *help;
} legend[] = {
    {PART_STEP, "step", "where it leads: drift and kick together"},
    {PART_DRIFT, "drift", "what is not random: what the field does, and what schedule or momentum add"},
    {PART_KICK, "kick", "the noise of this step"},
    {PART_SCORE, "\u03c3\u00b2 score", "where the field points from here: to E[x\u2080|x], where it is exact"}};
enum { ROWS = sizeof legend / sizeof *legend };

static TextStyle style_of(const Ui *ui, bool strong)
{
    return (TextStyle){strong ? FACE_STRONG : FACE_TEXT, 12.5, ui->palette->text, true};
}

static const char *tell_levels(char *text, size_t size, const PathStep *step)
{
    char from[FORMAT_SIZE], to[FORMAT_SIZE];
    format_sigma(from, sizeof from, step->from);
    format_sigma(to, sizeof to, step->to);
    if (step->to == step->from)
        snprintf(text, size, "\u03c3 = %s", from);
    else
        snprintf(text, size, "\u03c3 %s \u2192 %s", from, step->to > 0 ? to : "0");
    return text;
}

/* Data units, in six characters at most. */
static const char *tell_length(char *text, size_t size, double length)
{
    if (!isfinite(length))
        snprintf(text, size, FORMAT_UNKNOWN);
    else if (length >= 1e4 || (length > 0 && length < 1e-3))
        snprintf(text, size, "%.0e", length);
    else
        snprintf(text, size, "%.*f", length < 10 ? 4 : length < 100 ? 3 : length < 1000 ? 2 : 1, length);
    return text;
}

static void title_draw(Ui *ui, Rect *inner, const Picture *p)
{
    char text[96], n[FORMAT_SIZE], of[FORMAT_SIZE];
    const Paths *paths = p->paths->paths;
    PathLine which = paths_line(paths, p->apart->line);
    size_t sampler = paths->ask[which.ask].sampler[which.sampler];
    double h = row_height * ui->scale;
    Rect title = rect_cut_top(inner, h), close = rect_cut_right(&title, 1.4 * h);
    if (ui_button(ui, "path 0", "\u00d7", "close the card", "Escape", close, false))
        ui_say(ui, "path 0");
    ui_text(ui, style_of(ui, true), title, ALIGN_LEFT, sampler_info(sampler)->label);
    snprintf(text, sizeof text, "step %s of %s", format_count(n, sizeof n, p->apart->step),
             format_count(of, sizeof of, p->apart->steps));
    ui_text(ui, style_of(ui, false), rect_cut_top(inner, h), ALIGN_LEFT, text);
    tell_levels(text, sizeof text, &p->apart->parts);
    ui_text(ui, style_of(ui, false), rect_cut_top(inner, h), ALIGN_LEFT, text);
}

static void slider_keys(Ui *ui, const Picture *p)
{
    size_t step = p->apart->step, steps = p->apart->steps;
    ui->focus_arrows = ui->focus_ends = true;
    while (ui_take_key(ui, KEY_LEFT))
        step -= step > 1;
    while (ui_take_key(ui, KEY_RIGHT))
        step += step < steps;
    while (ui_take_key(ui, KEY_HOME))
        step = 1;
    while (ui_take_key(ui, KEY_END))
        step = steps;
    if (step != p->apart->step)
        path_say(ui, p, p->apart->line, step);
}

static void slider_draw(Ui *ui, Rect at, const Picture *p)
{
    const Palette *colour = ui->palette;
    double knob = knob_radius * ui->scale, last = fmax((double)p->apart->steps - 1, 1);
    Rect way = rect_inset(at, knob, 0), bar = rect_snap(rect_middle(way, way.w, bar_height * ui->scale));
    Control c = ui_control(ui, path_slider_id(), at);
    double hand = fmin(fmax((ui->input.x - way.x) / fmax(way.w, 1), 0), 1);
    if (c.pressed || (c.held && ui->input.x != ui->track_x))
        path_say(ui, p, p->apart->line, 1 + (size_t)round(hand * last));
    if (c.held)
        ui->track_x = ui->input.x;
    if (c.focused && !c.held)
        slider_keys(ui, p);
    double place = (double)(p->apart->step - 1) / last;
    float centre[] = {(float)(way.x + place * way.w), (float)(bar.y + bar.h / 2)};
    ui_box(ui, bar, bar_height / 2, colour->line, 0);
    ui_box(ui, (Rect){bar.x, bar.y, place * bar.w, bar.h}, bar_height / 2, colour->muted, 0);
    draw_dots(&ui->list, centre, 1, knob, c.hot || c.held ? colour->active : colour->text);
    ui_focus_ring(ui, &c, at, 4);
    ui_tip(ui, &c, at, "the steps of the path from the first to the last", "path", "\u2190 \u2192");
}

/* Where data units relative to the step's begin lie in the figure. */
typedef struct Figure {
    double x, y, scale;
} Figure;

/* The step, its drift and its kick fill it. */
static Figure figure_of(Rect at, const StepPart part[STEP_PARTS])
{
    double low[2] = {0, 0}, high[2] = {0, 0};
    for (int c = 0; c < 2; c++) {
        low[c] = fmin(0, fmin(part[PART_DRIFT].to[c], part[PART_STEP].to[c]));
        high[c] = fmax(0, fmax(part[PART_DRIFT].to[c], part[PART_STEP].to[c]));
    }
    double scale = fmin(at.w / (high[0] - low[0]), at.h / (high[1] - low[1]));
    return (Figure){at.x + at.w / 2 - scale * (low[0] + high[0]) / 2, at.y + at.h / 2 + scale * (low[1] + high[1]) / 2,
                    scale};
}

/* How much of a way from inside of a rectangle is inside. */
static double share_inside(Rect at, const double from[2], const double to[2])
{
    double share = 1, low[] = {at.x, at.y}, high[] = {at.x + at.w, at.y + at.h};
    for (int c = 0; c < 2; c++) {
        double way = to[c] - from[c], room = way > 0 ? high[c] - from[c] : from[c] - low[c];
        share = fabs(way) > room ? fmin(share, room / fabs(way)) : share;
    }
    return share;
}

static void figure_arrow(Ui *ui, Rect at, const Figure *f, const StepPart *q, bool head)
{
    double from[] = {f->x + f->scale * q->from[0], f->y - f->scale * q->from[1]};
    double to[] = {f->x + f->scale * q->to[0], f->y - f->scale * q->to[1]}, share = share_inside(at, from, to);
    double end[] = {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])};
    step_arrow_draw(ui, q, from, end, head && share == 1);
}

/* In the lower corner that the step keeps away from. */
static void enlargement_draw(Ui *ui, Rect at, double times, const StepPart *step)
{
    Align align = step->to[0] * step->to[1] > 0 ? ALIGN_RIGHT : ALIGN_LEFT;
    char text[FORMAT_SIZE];
    TextStyle style = {FACE_TEXT, 11, ui->palette->muted, true};
    snprintf(text, sizeof text, times < 9.95 ? "\u00d7 %.1f" : times < 1e5 ? "\u00d7 %.0f" : "\u00d7 %.0e", times);
    ui_text(ui, style, rect_cut_bottom(&at, 16 * ui->scale), align, text);
}

static void figure_draw(Ui *ui, Rect at, const Picture *p, const StepPart part[STEP_PARTS])
{
    static const int order[] = {PART_STEP, PART_SCORE, PART_DRIFT, PART_KICK};
    double inset = 18 * ui->scale;
    Figure f = figure_of(rect_inset(at, inset, inset), part);
    ui_box(ui, at, 5, ui->palette->ground, ui->palette->line);
    if (!isfinite(f.scale) || !isfinite(f.x) || !isfinite(f.y)) {
        ui_text(ui, (TextStyle){FACE_TEXT, 12, ui->palette->muted, false}, at, ALIGN_CENTRE,
                p->apart->parts.refused ? "refused: it stays" : "no step");
        return;
    }
    Rect inside = rect_inset(at, 3 * ui->scale, 3 * ui->scale);
    for (size_t i = 0; i < STEP_PARTS; i++)
        figure_arrow(ui, inside, &f, &part[order[i]], order[i] != PART_STEP);
    float begin[] = {(float)f.x, (float)f.y};
    draw_dots(&ui->list, begin, 1, 3.5 * ui->scale, ui->palette->text);
    enlargement_draw(ui, rect_inset(at, 6 * ui->scale, 2 * ui->scale), f.scale / p->paths->camera.scale,
                     &part[PART_STEP]);
}

static void legend_row(Ui *ui, Rect row, size_t i, const StepPart *q)
{
    char text[FORMAT_SIZE];
    Control c = ui_hover(ui, ui_id("path part", i), row);
    ui_tip(ui, &c, row, legend[i].help, "", "");
    Rect sample = rect_cut_left(&row, sample_width * ui->scale);
    double y = sample.y + sample.h / 2;
    step_arrow_draw(ui, q, (double[]){sample.x, y}, (double[]){sample.x + sample.w, y}, legend[i].part != PART_STEP);
    rect_cut_left(&row, space * ui->scale);
    ui_text(ui, style_of(ui, false), row, ALIGN_LEFT, legend[i].name);
    double length = hypot(q->to[0] - q->from[0], q->to[1] - q->from[1]);
    ui_text(ui, (TextStyle){FACE_CODE, 12.5, ui->palette->text, true}, row, ALIGN_RIGHT,
            tell_length(text, sizeof text, length));
}

/* In a low plane without the figure. Empty where even that has no room. */
static Rect card_place(Rect plane, double s)
{
    double rows = (3 + ROWS) * row_height + slider_height + 2 * space;
    double h = (plane.h >= (rows + figure_height + 2 * margin) * s ? rows + figure_height : rows) * s;
    double w = card_width * s, right = fmin(margin * s, plane.w - w), top = fmin(margin * s, (plane.h - h) / 2);
    if (right < 0 || top < 0)
        return (Rect){0};
    return rect_snap((Rect){plane.x + plane.w - right - w, plane.y + top, w, h});
}

Rect path_card_draw(Ui *ui, Rect plane, const Picture *p)
{
    StepPart part[STEP_PARTS];
    double s = ui->scale;
    Rect card = card_place(plane, s), inner = rect_inset(card, space * s, space * s);
    if (card.w == 0 || !p->paths || p->apart->step == 0)
        return (Rect){0};
    step_parts(ui, p, part);
    ui_area(ui, card);
    card_draw(ui, card);
    title_draw(ui, &inner, p);
    slider_draw(ui, rect_cut_top(&inner, slider_height * s), p);
    for (size_t i = ROWS; i-- > 0;)
        legend_row(ui, rect_cut_bottom(&inner, row_height * s), i, &part[legend[i].part]);
    if (inner.h > 0.5 * figure_height * s)
        figure_draw(ui, rect_inset(inner, 0, 0.4 * space * s), p, part);
    return card;
}
