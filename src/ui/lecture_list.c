/* lecture_list.c - the list of lessons that ship, below the button in the top bar. A press beside it closes it and
 * reaches nothing else.
 */
#include "scene/lesson.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

static const double row_height = 32, margin = 8, list_width = 520, number_width = 30, top_gap = 4, left = 117;

static size_t lessons(void)
{
    size_t n = 0;
    while (lesson_shipped(n))
        n++;
    return n;
}

Rect lessons_place(const Ui *ui, const Layout *layout)
{
    double s = layout->scale;
    Rect room = rect_inset(layout->window, margin * s, margin * s);
    if (!ui->lessons || layout->top.h == 0)
        return (Rect){0};
    double h = fmin(((double)lessons() * row_height + 2 * margin) * s, room.h - layout->top.h);
    double w = fmin(list_width * s, room.w), x = fmin(left * s, room.x + room.w - w);
    return (Rect){x, layout->top.y + layout->top.h + top_gap * s, w, h};
}

static void lesson_row(Ui *ui, Rect at, size_t i, const Lecture *l)
{
    char name[LECTURE_TEXT] = "";
    lesson_shipped_title(i, name);
    bool chosen = lecture_scenes(l) > 0 && strcmp(lecture_title(l), name) == 0;
    const Palette *colour = ui->palette;
    double size = fmin(15, 0.5 * at.h / ui->scale);
    char number[24];
    Control c = ui_control(ui, ui_id("lesson", i), at);
    if (c.hot || chosen)
        ui_box(ui, at, 5, chosen ? colour->active : colour->line, 0);
    Colour ink = chosen ? colour->on_active : colour->text;
    Rect inner = rect_inset(at, 10 * ui->scale, 0);
    snprintf(number, sizeof number, "%zu", i + 1);
    TextStyle digits = {FACE_TEXT, size, chosen ? ink : colour->muted, true},
              title = {chosen ? FACE_STRONG : FACE_TEXT, size, ink, false};
    Rect place = rect_cut_left(&inner, (number_width - 10) * ui->scale);
    ui_text(ui, digits, place, ALIGN_RIGHT, number);
    rect_cut_left(&inner, 12 * ui->scale);
    ui_text(ui, title, inner, ALIGN_LEFT, name);
    ui_focus_ring(ui, &c, at, 5);
    if (!c.clicked)
        return;
    ui_say(ui, "lesson %zu", i + 1);
    ui->lessons = false;
}

void lessons_draw(Ui *ui, Rect card, const Picture *p)
{
    size_t n = lessons();
    ui_area(ui, ui->window);
    ui_box(ui, card, 8, ui->palette->raised, ui->palette->line);
    Rect column = rect_inset(card, margin * ui->scale, margin * ui->scale);
    double height = column.h / fmax((double)n, 1);
    for (size_t i = 0; i < n; i++)
        lesson_row(ui, rect_cut_top(&column, height), i, p->lecture);
    if ((ui->input.pressed && !ui_over(ui, card)) || ui_take_key(ui, KEY_ESCAPE))
        ui->lessons = false;
}
