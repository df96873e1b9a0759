#include "scene/command.h"
#include "ui/drawing.h"
#include "ui/parts.h"

#include <stdio.h>

enum { A_ROW = 8, THUMBNAIL_SAMPLES = 200 };
static const double gap = 5, dot_radius = 0.7, seen_std = 2.5; /* half a thumbnail shows so many standard deviations */

/* The target's own samples, as many as a small picture bears. */
static void draw_samples(Ui *ui, Rect at, const Subject *subject)
{
    const Frame *frame = &subject->target.frame;
    const float *sample = subject->samples;
    float dot[2 * THUMBNAIL_SAMPLES];
    size_t n = 0;
    Rect inner = rect_inset(at, 2 * ui->scale, 2 * ui->scale);
    double zoom = inner.w / (2 * seen_std * frame->std);
    for (size_t i = 0; i < THUMBNAIL_SAMPLES; i++) {
        double x = at.x + at.w / 2 + zoom * ((double)sample[2 * i] - frame->mean[0]);
        double y = at.y + at.h / 2 - zoom * ((double)sample[2 * i + 1] - frame->mean[1]);
        if (!rect_has(inner, x, y))
            continue;
        dot[2 * n] = (float)x;
        dot[2 * n + 1] = (float)y;
        n++;
    }
    draw_dots(&ui->list, dot, n, dot_radius * ui->scale, ui->palette->learned);
}

static void thumbnail(Ui *ui, Rect at, const Picture *p, size_t which)
{
    const Palette *colour = ui->palette;
    const TargetInfo *info = target_info(which);
    bool chosen = which == p->target;
    char help[192];
    Control c = ui_control(ui, ui_id("thumbnail", which), at);
    ui_box(ui, at, 6, chosen ? colour->ground : colour->raised, chosen ? colour->active : c.hot ? colour->muted : 0);
    draw_samples(ui, at, p->catalogue->row[which]);
    ui_focus_ring(ui, &c, at, 6);
    snprintf(help, sizeof help, "%s: %s%s", info->label, info->help, p->drawing ? "; with Ctrl into the drawing" : "");
    ui_tip(ui, &c, at, help, info->name, "");
    if (c.clicked && p->drawing && ui->input.ctrl)
        ui_say(ui, "part add %s", info->name);
    else if (c.clicked && !chosen)
        ui_say(ui, "set target %s", info->name);
}

/* What is drawn is kept while another target is studied. */
static void draw_drawing(Ui *ui, Rect at, const Picture *p)
{
    Settings drawn = *p->settings;
    drawn.value[SET_TARGET] = (double)target_count();
    Subject *subject = p->drawn ? catalogue_subject(p->catalogue, &drawn) : NULL;
    if (subject)
        draw_samples(ui, at, subject);
    else
        drawing_icon(ui, DRAWING_BRUSH, at.x + at.w / 2, at.y + at.h / 2, 0.5 * at.w, ui->palette->text);
    subject_release(subject);
}

/* In and out of drawing. */
static void brush_tile(Ui *ui, Rect at, const Picture *p)
{
    static const char *const command = "toggle draw";
    const Palette *colour = ui->palette;
    bool chosen = p->target == target_count();
    Control c = ui_control(ui, ui_id(command, 0), at);
    ui_box(ui, at, 6, chosen ? colour->ground : colour->raised, chosen ? colour->active : c.hot ? colour->muted : 0);
    draw_drawing(ui, at, p);
    ui_focus_ring(ui, &c, at, 6);
    command_tip(ui, &c, at, command);
    if (c.clicked)
        ui_say(ui, "%s", command);
}

void target_section(Ui *ui, Rect *column, const Picture *p)
{
    panel_heading(ui, column, "TARGET", target_info(p->target)->label);
    double between = gap * ui->scale, size = (column->w - (A_ROW - 1) * between) / A_ROW;
    size_t count = p->catalogue->count;
    for (size_t first = 0; first <= count; first += A_ROW) {
        Rect row = rect_cut_top(column, size);
        for (size_t i = first; i < first + A_ROW && i <= count; i++) {
            Rect at = rect_cut_left(&row, size);
            if (i < count)
                thumbnail(ui, at, p, i);
            else
                brush_tile(ui, at, p);
            rect_cut_left(&row, between);
        }
        rect_cut_top(column, between);
    }
    if (p->drawing)
        parts_list(ui, column, p);
}
