/* lecture_notes.c - what a presenter sees and nobody else: the time since the start, what comes next, the scene's
 * notes.
 */
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double left = 46, top = 14, space = 14, widest = 440, narrowest = 180, time_height = 30, row_height = 22;

static void next_row(Ui *ui, Rect *column, const Lecture *l)
{
    char text[LECTURE_TEXT + 16];
    Rect row = rect_cut_top(column, row_height * ui->scale);
    bool last = l->scene + 1 >= lecture_scenes(l);
    snprintf(text, sizeof text, "next: %s", last ? "the end" : lecture_scene_title(l, l->scene + 1));
    ui_text(ui, (TextStyle){FACE_TEXT, 14, ui->palette->muted, false}, row, ALIGN_LEFT, text);
}

static void time_row(Ui *ui, Rect row, const Picture *p)
{
    char text[32];
    long s = (long)p->talk_s;
    snprintf(text, sizeof text, s < 3600 ? "%02ld:%02ld" : "%02ld:%02ld:%02ld", s < 3600 ? s / 60 : s / 3600,
             s < 3600 ? s % 60 : s / 60 % 60, s % 60);
    double wide = ui_text(ui, (TextStyle){FACE_STRONG, 21, ui->palette->text, true}, row, ALIGN_LEFT, text);
    rect_cut_left(&row, wide + space * ui->scale);
    if (settings_on(p->settings, SET_BLANK))
        ui_text(ui, (TextStyle){FACE_STRONG, 14, ui->palette->warning, false}, row, ALIGN_LEFT,
                "their screen is blank");
    ui->wake_s = fmin(ui->wake_s, ui->input.time_s + 1 - fmod(p->talk_s, 1));
}

void lecture_notes_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    TextStyle style = {FACE_TEXT, 16, ui->palette->text, false};
    double s = ui->scale, w = fmin(widest * s, plane.w - (left + top) * s), inner_w = w - 2 * space * s;
    if (w < narrowest * s)
        return;
    bool given = lecture_scenes(l) > 0;
    TextBlock note = ui_text_block(ui, style, inner_w, l->note);
    double rows = time_height + (given ? row_height : 0) + 24 * (double)note.count;
    Rect card = {plane.x + left * s, plane.y + top * s, w, (rows + 1.5 * space) * s};
    ui_area(ui, card);
    card_draw(ui, card);
    Rect column = rect_inset(card, space * s, 0.75 * space * s);
    time_row(ui, rect_cut_top(&column, time_height * s), p);
    if (given)
        next_row(ui, &column, l);
    ui_text_lines(ui, style, &column, 24 * s, ALIGN_LEFT, &note);
}
