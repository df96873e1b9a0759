/* presenter_section.c - what a presenter alone sees of a lesson, at the head of the panel: time, the audience's
 * window, notes, what comes next.
 */
#include "ui/parts.h"

#include <stdio.h>

static const double note_size = 15, next_size = 13.5, line = 1.4, gap = 6;

static void lines(Ui *ui, Rect *column, TextStyle style, const char *text)
{
    TextBlock block = ui_text_block(ui, style, column->w, text);
    ui_text_lines(ui, style, column, line * style.size * ui->scale, ALIGN_LEFT, &block);
}

static void next_scene(Ui *ui, Rect *column, const Lecture *l)
{
    char text[LECTURE_TEXT + 16];
    bool last = l->scene + 1 >= lecture_scenes(l);
    snprintf(text, sizeof text, "next: %s", last ? "the end" : lecture_scene_title(l, l->scene + 1));
    lines(ui, column, (TextStyle){FACE_TEXT, next_size, ui->palette->muted, false}, text);
}

void presenter_section(Ui *ui, Rect *column, const Picture *p)
{
    char since[32];
    if (!p->presents)
        return;
    unsigned s = (unsigned)p->presenting_s;
    snprintf(since, sizeof since, "%u:%02u:%02u", s / 3600, s / 60 % 60, s % 60);
    panel_heading(ui, column, p->audience_blank ? "THE AUDIENCE SEES NOTHING" : "PRESENTER", since);
    ui->wake_s = fmin(ui->wake_s, ui->input.time_s + 1 + s - p->presenting_s);
    row_setting(ui, column, p->settings, SET_AUDIENCE);
    if (lecture_scenes(p->lecture) == 0)
        return;
    rect_cut_top(column, gap * ui->scale);
    if (p->lecture->note[0]) {
        lines(ui, column, (TextStyle){FACE_TEXT, note_size, ui->palette->text, false}, p->lecture->note);
        rect_cut_top(column, gap * ui->scale);
    }
    next_scene(ui, column, p->lecture);
    rect_cut_top(column, gap * ui->scale);
}
