/* readings_draw.c - bars of the modes and histograms of both axes: sampled in the particles' colour, exact as an
 * outline. */
#include "ui/readings.h"

#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double margin = 14, axis_row = 24; /* the numbers of the horizontal axis stand below */

/* Room above the highest true share, so that chance does not change the scale. */
static const double headroom = 1.5;

static double scale_of(const double *truth, const double *share, size_t n)
{
    double highest = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        highest = fmax(highest, truth[i]);
        most = fmax(most, share[i]);
    }
    return fmax(headroom * highest, most);
}

/* Shares stand in a column of tabular figures, so that the line under the words keeps its width. */
static void mode_tip(Ui *ui, Rect slot, const ModeReading *r, size_t k)
{
    char help[160], figures[64], x[FORMAT_SIZE], y[FORMAT_SIZE];
    Control c = ui_hover(ui, ui_id("mode", k), slot);
    if (!c.hot)
        return;
    snprintf(help, sizeof help,
             "the mode at (%s, %s): its share of the particles with one standard error, and its true weight as an "
             "outline",
             format_signed(x, sizeof x, r->at[k][0]), format_signed(y, sizeof y, r->at[k][1]));
    snprintf(figures, sizeof figures, "%5.1f \u00b1%4.1f %%, true %5.1f %%", 100 * r->share[k],
             100 * r->standard_error[k], 100 * r->truth[k]);
    ui_tip(ui, &c, slot, help, figures, "");
}

static void error_bar(Ui *ui, Rect plot, double x, double low, double high)
{
    double width = fmax(1, round(1.2 * ui->scale)), top = plot.y + plot.h * (1 - fmin(high, 1));
    double bottom = plot.y + plot.h * (1 - fmax(low, 0));
    ui_box(ui, (Rect){x - width / 2, top, width, fmax(bottom - top, 1)}, 0, ui->palette->text, 0);
}

static void mode_bar(Ui *ui, Rect plot, Rect slot, const ModeReading *r, size_t k, double scale)
{
    double bar = plot.h * r->share[k] / scale, outline = plot.h * r->truth[k] / scale, base = plot.y + plot.h;
    Rect inner = rect_inset(slot, 0.24 * slot.w, 0), outer = rect_inset(slot, 0.12 * slot.w, 0);
    ui_box(ui, (Rect){inner.x, base - bar, inner.w, bar}, 0, ui->palette->particle, 0);
    ui_box(ui, (Rect){outer.x, base - outline, outer.w, outline}, 0, 0, ui->palette->exact);
    if (r->n > 0)
        error_bar(ui, plot, slot.x + slot.w / 2, (r->share[k] - r->standard_error[k]) / scale,
                  (r->share[k] + r->standard_error[k]) / scale);
    mode_tip(ui, slot, r, k);
}

static void modes_title(Ui *ui, Rect row, const ModeReading *r)
{
    TextStyle style = {FACE_TEXT, 12, ui->palette->muted, true};
    char count[FORMAT_SIZE], text[FORMAT_SIZE + 8];
    snprintf(text, sizeof text, "n = %s", format_count(count, sizeof count, r->n));
    rect_cut_right(&row, ui_text(ui, style, row, ALIGN_RIGHT, text) + 8 * ui->scale);
    ui_text(ui, style, row, ALIGN_LEFT, "modes");
}

Rect modes_draw(Ui *ui, Rect *plane, const ModeReading *r)
{
    static const double least = 132, most = 264, slot = 24, plot_height = 64, title_height = 20, space = 10;
    double unit = ui->scale, count = (double)r->count;
    double w = ceil((fmin(fmax(slot * count, least), most) + 2 * space) * unit);
    double h = ceil((plot_height + title_height + 2 * space) * unit);
    if (r->count < 2 || w + 2 * margin * unit > plane->w || 2 * h + (margin + axis_row) * unit > plane->h)
        return (Rect){0};
    Rect strip = rect_cut_bottom(plane, h + (margin + axis_row) * unit);
    Rect card = {strip.x + strip.w - w - margin * unit, strip.y, w, h},
         plot = rect_inset(card, space * unit, space * unit);
    ui_area(ui, card);
    ui_mark(ui, SET_MODES, card);
    card_draw(ui, card);
    modes_title(ui, rect_cut_top(&plot, title_height * unit), r);
    double scale = scale_of(r->truth, r->share, r->count);
    for (size_t k = 0; k < r->count; k++) {
        Rect at = {plot.x + plot.w * (double)k / count, plot.y, plot.w / count, plot.h};
        mode_bar(ui, plot, at, r, k, scale);
    }
    ui_box(ui, (Rect){plot.x, plot.y + plot.h, plot.w, ui->list.border_px}, 0, ui->palette->line, 0);
    return card;
}

/* Where a marginal stands: shares grow away from the plane, from a base line that is one edge of the band. */
typedef struct Band {
    Rect at;
    bool upright;      /* of the vertical axis */
    double zero, unit; /* pixel of data 0, and pixels a data unit: negative where y turns over */
    double scale;      /* share that fills the band */
} Band;

/* Pixels of a data coordinate along the band, and of a share across it. */
static double along(const Band *b, double value)
{
    return b->zero + b->unit * value;
}

static double across(const Band *b, double share)
{
    return b->upright ? b->at.x + b->at.w * share / b->scale : b->at.y + b->at.h * (1 - share / b->scale);
}

static void marginal_bar(Ui *ui, const Band *b, double from, double to, double share)
{
    double low = fmin(along(b, from), along(b, to)), length = fabs(b->unit) * (to - from), end = across(b, share);
    Rect bar =
        b->upright ? (Rect){b->at.x, low, end - b->at.x, length} : (Rect){low, end, length, b->at.y + b->at.h - end};
    bar = rect_meet(bar, b->at);
    if (share > 0 && bar.w > 0 && bar.h > 0)
        ui_box(ui, bar, 0, colour_faded(ui->palette->particle, 0.8), 0);
}

/* Where nothing is expected far and wide there is no line: it would only thicken the base. */
static bool is_expected(const Band *b, const MarginalReading *r, size_t bin)
{
    double depth = b->upright ? b->at.w : b->at.h, most = 0;
    for (size_t i = bin - (bin > 0); i <= bin + 1 && i < READINGS_BINS; i++)
        most = fmax(most, r->truth[i]);
    return depth * most > 0.5 * b->scale;
}

/* In steps like the bars: a curve through the middles would miss what is narrower than a bin. */
static void marginal_outline(Ui *ui, const Band *b, const MarginalReading *r)
{
    float point[4 * READINGS_BINS];
    double width = (r->to - r->from) / READINGS_BINS;
    for (size_t i = 0; i < 2 * READINGS_BINS; i++) {
        double at = along(b, r->from + (double)(i / 2 + i % 2) * width), height = across(b, r->truth[i / 2]);
        double x = b->upright ? height : at, y = b->upright ? at : height;
        bool shown = rect_has(rect_inset(b->at, -0.5, -0.5), x, y) && is_expected(b, r, i / 2);
        point[2 * i] = shown ? (float)x : NAN;
        point[2 * i + 1] = (float)y;
    }
    curve_draw(ui, point, 2 * READINGS_BINS, 1.2 * ui->scale, ui->palette->exact, false, 0);
}

static void marginal_draw(Ui *ui, Band b, const MarginalReading *r)
{
    double width = (r->to - r->from) / READINGS_BINS, border = ui->list.border_px;
    b.scale = scale_of(r->truth, r->share, READINGS_BINS);
    Rect base =
        b.upright ? (Rect){b.at.x, b.at.y, border, b.at.h} : (Rect){b.at.x, b.at.y + b.at.h - border, b.at.w, border};
    ui_box(ui, b.at, 0, colour_faded(ui->palette->ground, 0.85), 0);
    for (size_t i = 0; i < READINGS_BINS && b.scale > 0; i++)
        marginal_bar(ui, &b, r->from + (double)i * width, r->from + (double)(i + 1) * width, r->share[i]);
    if (b.scale > 0)
        marginal_outline(ui, &b, r);
    ui_box(ui, base, 0, ui->palette->line, 0);
    Control c = ui_hover(ui, ui_id("marginal", b.upright), b.at);
    ui_tip(ui, &c, b.at,
           b.upright ? "the particles along y, summed over x; the outline is exact, for the noisy data"
                     : "the particles along x, summed over y; the outline is exact, for the noisy data",
           "", "");
}

void marginals_draw(Ui *ui, Rect *plane, Rect seen, const MarginalReading r[2])
{
    static const double depth = 44, least_width = 260, least_height = 170;
    double unit = ui->scale, w = plane->w / seen.w, h = plane->h / seen.h, d = round(depth * unit);
    if (plane->w < least_width * unit || plane->h < least_height * unit)
        return;
    Band top = {.zero = plane->x - w * seen.x, .unit = w};
    Band right = {.zero = plane->y + plane->h + h * seen.y, .unit = -h, .upright = true};
    top.at = rect_cut_top(plane, d);
    right.at = rect_cut_right(plane, d);
    right.at.h -= axis_row * unit;
    marginal_draw(ui, top, &r[0]);
    marginal_draw(ui, right, &r[1]);
}
