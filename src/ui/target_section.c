#include "scene/command.h"
#include "scene/quote.h"
#include "ui/drawing.h"
#include "ui/parts.h"

#include <stdio.h>

enum { A_ROW = 8 };
static const double gap = 5, dot_radius = 0.7, seen_std = 2.5; /* half a thumbnail shows so many standard deviations */

/* As many samples as a small picture bears. */
static void draw_samples(Ui *ui, Rect at, const float *sample, Frame frame)
{
    float dot[2 * TILE_SAMPLES];
    size_t n = 0;
    Rect inner = rect_inset(at, 2 * ui->scale, 2 * ui->scale);
    double zoom = inner.w / (2 * seen_std * frame.std);
    for (size_t i = 0; i < TILE_SAMPLES; i++) {
        double x = at.x + at.w / 2 + zoom * ((double)sample[2 * i] - frame.mean[0]);
        double y = at.y + at.h / 2 - zoom * ((double)sample[2 * i + 1] - frame.mean[1]);
        if (!rect_has(inner, x, y))
            continue;
        dot[2 * n] = (float)x;
        dot[2 * n + 1] = (float)y;
        n++;
    }
    draw_dots(&ui->list, dot, n, dot_radius * ui->scale, ui->palette->learned);
}

static void draw_subject(Ui *ui, Rect at, const Subject *subject)
{
    draw_samples(ui, at, subject->samples, subject->target.frame);
}

static void thumbnail(Ui *ui, Rect at, const Picture *p, size_t which)
{
    const Palette *colour = ui->palette;
    const TargetInfo *info = target_info(which);
    bool chosen = which == p->target;
    char help[192];
    Control c = ui_control(ui, ui_id("thumbnail", which), at);
    ui_box(ui, at, 6, chosen ? colour->ground : colour->raised, chosen ? colour->active : c.hot ? colour->muted : 0);
    draw_subject(ui, at, p->catalogue->row[which]);
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
        draw_subject(ui, at, subject);
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

static void say_tile(Ui *ui, const char *what, const Tile *t)
{
    Bytes b = {0};
    quote_append(&b, t->name);
    bytes_append(&b, "", 1);
    if (!b.failed)
        ui_say(ui, "tile %s %s", what, (const char *)b.data);
    bytes_free(&b);
}

/* In the tile's corner while the pointer or the keyboard is there. */
static bool remove_button(Ui *ui, Rect at, size_t i)
{
    uint32_t id = ui_id("tile remove", i);
    double side = 0.42 * at.w;
    Rect corner = {at.x + at.w - side, at.y, side, side};
    if (!ui_reaches(ui, at) && ui->focus != ui_id("tile", i) && ui->focus != id)
        return false;
    IconButton b = {
        .icon = DRAWING_REMOVE, .name = "tile remove", .index = i, .help = "take it away; undo brings it back"};
    return drawing_button(ui, &b, corner);
}

/* The button in its corner, which lies over it, is felt first and drawn last. */
static void tile(Ui *ui, Rect at, const Tile *t, size_t i)
{
    static const Frame frame = {.std = 1};
    const Palette *colour = ui->palette;
    char help[TILE_NAME + 64];
    bool corner = ui_reaches(ui, (Rect){at.x + 0.58 * at.w, at.y, 0.42 * at.w, 0.42 * at.h});
    Control c = ui_control(ui, ui_id("tile", i), corner ? (Rect){0} : at);
    ui_box(ui, at, 6, colour->raised, c.hot ? colour->muted : 0);
    if (t->drawn)
        draw_samples(ui, at, t->sample[0], frame);
    else
        drawing_icon(ui, DRAWING_BRUSH, at.x + at.w / 2, at.y + at.h / 2, 0.5 * at.w, colour->muted);
    ui_focus_ring(ui, &c, at, 6);
    snprintf(help, sizeof help, "%s: a drawing that was kept", t->name);
    ui_tip(ui, &c, at, help, "tile open", "");
    if (remove_button(ui, at, i))
        say_tile(ui, "remove", t);
    else if (c.clicked)
        say_tile(ui, "open", t);
}

/* Where the next thumbnail stands. */
typedef struct Strip {
    Rect *column, row;
    double size, between;
    size_t count;
} Strip;

static Rect next_place(Strip *s)
{
    if (s->count++ % A_ROW == 0) {
        s->row = rect_cut_top(s->column, s->size);
        rect_cut_top(s->column, s->between);
    }
    Rect at = rect_cut_left(&s->row, s->size);
    rect_cut_left(&s->row, s->between);
    return at;
}

void target_section(Ui *ui, Rect *column, const Picture *p)
{
    panel_heading(ui, column, "TARGET", target_info(p->target)->label);
    double between = gap * ui->scale;
    Strip strip = {.column = column, .size = (column->w - (A_ROW - 1) * between) / A_ROW, .between = between};
    for (size_t i = 0; i < p->catalogue->count; i++)
        thumbnail(ui, next_place(&strip), p, i);
    for (size_t i = 0; p->shelf && i < p->shelf->count; i++)
        if (!p->shelf->tile[i].removed)
            tile(ui, next_place(&strip), &p->shelf->tile[i], i);
    brush_tile(ui, next_place(&strip), p);
    if (p->drawing)
        parts_list(ui, column, p);
}
