/* parts_list.c - the parts of the drawing in the panel, the uppermost first: shown or not, name, weight; of the
 * selected one its place, size and angle, and what can be done with it; below, where all of them can be kept.
 */
#include "scene/command.h"
#include "ui/drawing.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

static const double row_height = 27, value_height = 24, icon_width = 26, weight_width = 58, between = 14;

static DrawingIcon icon_of(PartKind kind)
{
    static const DrawingIcon icon[PART_KINDS] = {
        [PART_CANVAS] = DRAWING_BRUSH, [PART_WORD] = DRAWING_WORD,     [PART_GAUSSIANS] = DRAWING_GAUSSIAN,
        [PART_POINTS] = DRAWING_POINT, [PART_TARGET] = DRAWING_TARGET, [PART_PICTURE] = DRAWING_PICTURE,
    };
    return icon[kind];
}

/* A number of part i that is typed. Commands count parts from 1. */
static void number(Ui *ui, Rect at, size_t i, const char *command, const char *help, double value)
{
    char text[EDIT_SIZE], word[2 * EDIT_SIZE];
    snprintf(text, sizeof text, "%.4g", value);
    Field f = {.id = ui_id(command, i), .shown = text, .text = text, .help = help, .name = command};
    if (ui_field(ui, &f, at))
        ui_say(ui, "%s %zu %s", command, i + 1, ui_entered(ui, word, sizeof word));
}

static void shown_button(Ui *ui, Rect at, const Part *p, size_t i)
{
    IconButton b = {.icon = p->shown ? DRAWING_SHOWN : DRAWING_HIDDEN,
                    .name = "part show",
                    .index = i,
                    .help = p->shown ? "it counts in the density; click to leave it out"
                                     : "it is left out of the density; click to bring it back"};
    if (drawing_button(ui, &b, at))
        ui_say(ui, "part show %zu %s", i + 1, p->shown ? "off" : "on");
}

static void name_button(Ui *ui, Rect at, const Part *p, size_t i, bool selected)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id("part select", i), at);
    Colour ink = !p->shown ? colour->muted : selected ? colour->active : colour->text;
    if (c.hot && !selected)
        ui_box(ui, at, 5, colour->raised, 0);
    Rect icon = rect_cut_left(&at, icon_width * ui->scale);
    drawing_icon(ui, icon_of(p->kind), icon.x + icon.w / 2, icon.y + icon.h / 2, 14 * ui->scale, ink);
    TextStyle style = {selected ? FACE_STRONG : FACE_TEXT, 13, ink, false};
    ui_text(ui, style, at, ALIGN_LEFT, p->name[0] ? p->name : part_kind_name(p->kind));
    ui_focus_ring(ui, &c, at, 5);
    ui_tip(ui, &c, at, "click to place, size, turn and order it, and to draw into it with the tools that fit", "part select", "");
    if (c.clicked)
        ui_say(ui, "part select %zu", selected ? 0 : i + 1);
}

static void part_row(Ui *ui, Rect *column, const Part *p, size_t i, bool selected)
{
    Rect row = rect_cut_top(column, row_height * ui->scale);
    if (selected)
        ui_box(ui, rect_inset(row, 0, ui->scale), 5, ui->palette->raised, 0);
    shown_button(ui, rect_cut_left(&row, icon_width * ui->scale), p, i);
    Rect weight = rect_cut_right(&row, weight_width * ui->scale);
    rect_cut_right(&weight, 6 * ui->scale);
    name_button(ui, row, p, i, selected);
    number(ui, weight, i, "part weight", "its share of the whole, relative to the others; 0 only shows it", p->weight);
}

/* Two values beside each other: the commands that set them end in them. */
static void labelled(Ui *ui, Rect cell, const char *label, size_t i, const char *command, const char *help,
                     double value)
{
    row_label(ui, &cell, label);
    number(ui, cell, i, command, help, value);
}

/* The command takes both coordinates: the one that is not typed goes along. */
static void coordinate(Ui *ui, Rect cell, const Part *p, size_t i, int axis)
{
    char text[EDIT_SIZE], word[2 * EDIT_SIZE];
    row_label(ui, &cell, axis ? "y" : "x");
    snprintf(text, sizeof text, "%.4g", p->place[axis]);
    Field f = {.id = ui_id(axis ? "part place y" : "part place x", i),
               .shown = text,
               .text = text,
               .help = "where its middle stands",
               .name = "part place"};
    if (!ui_field(ui, &f, cell))
        return;
    ui_entered(ui, word, sizeof word);
    if (axis)
        ui_say(ui, "part place %zu %.9g %s", i + 1, p->place[0], word);
    else
        ui_say(ui, "part place %zu %s %.9g", i + 1, word, p->place[1]);
}

static void values_of(Ui *ui, Rect *column, const Part *p, size_t i)
{
    double half = (column->w - between * ui->scale) / 2;
    Rect row = rect_cut_top(column, value_height * ui->scale);
    coordinate(ui, rect_cut_left(&row, half), p, i, 0);
    coordinate(ui, rect_cut_right(&row, half), p, i, 1);
    row = rect_cut_top(column, value_height * ui->scale);
    labelled(ui, rect_cut_left(&row, half), "size", i, "part size", "1 is as large as the canvas", p->size);
    labelled(ui, rect_cut_right(&row, half), "angle", i, "part angle", "degrees, counterclockwise",
             p->angle * 180 / M_PI);
}

/* A picture counts in the density, or only lies there. */
static void trace_button(Ui *ui, Rect at, const Part *p, size_t i)
{
    bool traced = p->weight <= 0;
    IconButton b = {.icon = DRAWING_PICTURE,
                    .name = "part weight I 0",
                    .index = i,
                    .active = traced,
                    .help = traced ? "it only lies there, to be traced; click to make it count in the density"
                                   : "only lay it under, to be traced"};
    if (drawing_button(ui, &b, at))
        ui_say(ui, "part weight %zu %d", i + 1, traced);
}

static void actions_of(Ui *ui, Rect *column, const Part *p, size_t i)
{
    static const struct {
        DrawingIcon icon;
        const char *command, *help;
    } action[] = {{DRAWING_UP, "part up", "above the next one"},
                  {DRAWING_DOWN, "part down", "below the one before"},
                  {DRAWING_DUPLICATE, "part duplicate", "once more"},
                  {DRAWING_REMOVE, "part remove", "take it out of the drawing"}};
    Rect row = rect_cut_top(column, row_height * ui->scale);
    for (size_t k = 0; k < sizeof action / sizeof *action; k++) {
        IconButton b = {.icon = action[k].icon, .name = action[k].command, .index = i, .help = action[k].help};
        if (drawing_button(ui, &b, rect_cut_left(&row, 1.2 * icon_width * ui->scale)))
            ui_say(ui, "%s %zu", action[k].command, i + 1);
    }
    if (p->kind == PART_PICTURE)
        trace_button(ui, rect_cut_left(&row, 1.2 * icon_width * ui->scale), p, i);
}

/* What becomes of the whole: they share the column's width. */
static void keeping_buttons(Ui *ui, Rect *column)
{
    static const struct {
        const char *command, *label;
    } button[] = {{"tile keep", "Keep as tile"}, {"save drawing", "Save file"}, {"export points", "Export points"}};
    enum { BUTTONS = sizeof button / sizeof *button };
    double gap = 6 * ui->scale, width = (column->w - (BUTTONS - 1) * gap) / BUTTONS;
    rect_cut_top(column, gap);
    Rect row = rect_cut_top(column, row_height * ui->scale);
    for (size_t i = 0; i < BUTTONS; i++) {
        command_button(ui, button[i].command, button[i].label, rect_cut_left(&row, width), false);
        rect_cut_left(&row, gap);
    }
    rect_cut_top(column, gap);
}

void parts_list(Ui *ui, Rect *column, const Picture *p)
{
    const DrawingView *v = p->drawing;
    for (size_t i = v->drawing->count; i-- > 0;) {
        const Part *part = &v->drawing->part[i];
        part_row(ui, column, part, i, i == v->part);
        if (i != v->part)
            continue;
        values_of(ui, column, part, i);
        actions_of(ui, column, part, i);
    }
    if (v->drawing->count > 0)
        keeping_buttons(ui, column);
}
