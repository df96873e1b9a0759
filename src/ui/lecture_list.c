/* lecture_list.c - the list of lessons that ship, below the button in the top bar. While it is open, pointer and keyboard
 * are its own, as with a menu: the row that the keys are at has the focus. A press beside it closes it and reaches
 * nothing else.
 */
#include "scene/lesson.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <ctype.h>
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

static void close_list(Ui *ui)
{
    ui->lessons = false;
    ui->focus = ui_id("lessons", 0);
    ui->wake_s = ui->input.time_s;
}

static bool is_given(const Lecture *l, size_t i)
{
    char name[LECTURE_TEXT] = "";
    lesson_shipped_title(i, name);
    return lecture_scenes(l) > 0 && strcmp(lecture_title(l), name) == 0;
}

/* That of the keys, or that of the lesson that is given. */
static size_t row_now(const Ui *ui, const Lecture *l, size_t n)
{
    size_t given = 0;
    for (size_t i = 0; i < n; i++) {
        if (ui->focus == ui_id("lesson", i))
            return i;
        given = is_given(l, i) ? i : given;
    }
    return given;
}

static void go_to_row(Ui *ui, size_t row)
{
    ui->focus = ui_id("lesson", row);
    ui->focus_shown = true;
}

/* The next row whose title begins with this letter. */
static void go_to_letter(Ui *ui, char letter, size_t row, size_t n)
{
    for (size_t i = 1; i <= n; i++) {
        char name[LECTURE_TEXT] = "";
        lesson_shipped_title((row + i) % n, name);
        if (tolower((unsigned char)name[0]) == tolower((unsigned char)letter)) {
            go_to_row(ui, (row + i) % n);
            return;
        }
    }
}

static void follow_keys(Ui *ui, const Lecture *l, size_t n)
{
    ui->focus = ui_id("lesson", row_now(ui, l, n));
    ui->focus_arrows = ui->focus_ends = ui->focus_escape = true;
    while (ui_take_key(ui, KEY_DOWN))
        go_to_row(ui, (row_now(ui, l, n) + 1) % n);
    while (ui_take_key(ui, KEY_UP))
        go_to_row(ui, (row_now(ui, l, n) + n - 1) % n);
    if (ui_take_key(ui, KEY_HOME))
        go_to_row(ui, 0);
    if (ui_take_key(ui, KEY_END))
        go_to_row(ui, n - 1);
    for (const char *p = ui->input.typed; *p; p++)
        go_to_letter(ui, *p, row_now(ui, l, n), n);
}

static void lesson_row(Ui *ui, Rect at, size_t i, const Lecture *l)
{
    char name[LECTURE_TEXT] = "";
    lesson_shipped_title(i, name);
    bool chosen = is_given(l, i);
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
    close_list(ui);
}

void lessons_draw(Ui *ui, Rect card, const Picture *p)
{
    size_t n = lessons();
    ui_area(ui, ui->window);
    ui_box(ui, card, 8, ui->palette->raised, ui->palette->line);
    Rect column = rect_inset(card, margin * ui->scale, margin * ui->scale);
    double height = column.h / fmax((double)n, 1);
    follow_keys(ui, p->lecture, n);
    for (size_t i = 0; i < n; i++)
        lesson_row(ui, rect_cut_top(&column, height), i, p->lecture);
    if ((ui->input.pressed && !ui_over(ui, card)) || ui_take_key(ui, KEY_ESCAPE) || ui_tab_waits(ui))
        close_list(ui);
}
