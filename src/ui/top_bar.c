#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double margin = 20, gap = 12;

/* Takes a button's place from the right. */
static void button_at_right(Ui *ui, Rect *bar, const char *command, const char *label)
{
    TextStyle style = {FACE_TEXT, 13, 0, false};
    Rect at = rect_cut_right(bar, ceil(ui_text_width(ui, style, label) + 26 * ui->scale));
    rect_cut_right(bar, gap * ui->scale);
    command_button(ui, command, label, rect_middle(at, at.w, 30 * ui->scale), false);
}

static void text_at_left(Ui *ui, Rect *bar, TextStyle style, const char *text)
{
    rect_cut_left(bar, ui_text(ui, style, *bar, ALIGN_LEFT, text));
}

void top_bar_draw(Ui *ui, Rect at, const Picture *p)
{
    static const char *const state[] = {[STATE_TRAINING] = "training",
                                        [STATE_PAUSED] = "training paused",
                                        [STATE_FINISHED] = "training finished",
                                        [STATE_CONVERGED] = "converged, at rest",
                                        [STATE_WAITING] = "empty, training waits",
                                        [STATE_DIVERGED] = "diverged"};
    const Palette *colour = ui->palette;
    double border = ui->list.border_px;
    ui_box(ui, at, 0, colour->panel, 0);
    ui_box(ui, (Rect){at.x, at.y + at.h - border, at.w, border}, 0, colour->line, 0);
    Rect bar = rect_inset(at, margin * ui->scale, 0);
    button_at_right(ui, &bar, "toggle keys", "? Keys");
    button_at_right(ui, &bar, "figure", "Figure");
    if (p->can_redo)
        button_at_right(ui, &bar, "redo", "Redo");
    if (p->can_undo)
        button_at_right(ui, &bar, "undo", "Undo");

    text_at_left(ui, &bar, (TextStyle){FACE_STRONG, 17, colour->text, false}, "scorefield");
    rect_cut_left(&bar, 22 * ui->scale);
    lecture_strip_draw(ui, &bar, p);
    if (lecture_scenes(p->lecture) > 0)
        return;
    text_at_left(ui, &bar, (TextStyle){FACE_TEXT, 14.5, colour->text, false}, target_info(p->target)->label);
    text_at_left(ui, &bar, (TextStyle){FACE_TEXT, 14.5, colour->muted, false}, "  \u00b7  ");
    text_at_left(ui, &bar, (TextStyle){FACE_TEXT, 14.5, colour->muted, false}, state[training_state(p)]);
}
