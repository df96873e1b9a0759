#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double margin = 20, gap = 12;

/* Takes a button's place from the right. */
static Rect place_at_right(const Ui *ui, Rect *bar, const char *label)
{
    TextStyle style = {FACE_TEXT, 13, 0, false};
    Rect at = rect_cut_right(bar, ceil(ui_text_width(ui, style, label) + 26 * ui->scale));
    rect_cut_right(bar, gap * ui->scale);
    return rect_middle(at, at.w, 30 * ui->scale);
}

static void text_at_left(Ui *ui, Rect *bar, TextStyle style, const char *text)
{
    rect_cut_left(bar, ui_text(ui, style, *bar, ALIGN_LEFT, text));
}

static void subject_draw(Ui *ui, Rect bar, const Picture *p)
{
    static const char *const state[] = {[STATE_TRAINING] = "training",
                                        [STATE_PAUSED] = "training paused",
                                        [STATE_FINISHED] = "training finished",
                                        [STATE_CONVERGED] = "converged, at rest",
                                        [STATE_WAITING] = "empty, training waits",
                                        [STATE_DIVERGED] = "diverged"};
    TextStyle name = {FACE_TEXT, 14.5, ui->palette->text, false}, rest = {FACE_TEXT, 14.5, ui->palette->muted, false};
    text_at_left(ui, &bar, name, target_info(p->target)->label);
    text_at_left(ui, &bar, rest, "  \u00b7  ");
    text_at_left(ui, &bar, rest, state[training_state(p)]);
}

/* Tab goes through it from left to right. */
void top_bar_draw(Ui *ui, Rect at, const Picture *p)
{
    enum { BUTTONS = 4 };
    const struct {
        const char *command, *label;
        bool shown;
    } button[BUTTONS] = {{"undo", "Undo", p->can_undo},
                         {"redo", "Redo", p->can_redo},
                         {"figure", "Figure", true},
                         {"toggle keys", "? Keys", true}};
    const Palette *colour = ui->palette;
    double border = ui->list.border_px;
    Rect place[BUTTONS], bar = rect_inset(at, margin * ui->scale, 0);
    ui_box(ui, at, 0, colour->panel, 0);
    ui_box(ui, (Rect){at.x, at.y + at.h - border, at.w, border}, 0, colour->line, 0);
    for (size_t i = BUTTONS; i-- > 0;)
        place[i] = button[i].shown ? place_at_right(ui, &bar, button[i].label) : (Rect){0};
    text_at_left(ui, &bar, (TextStyle){FACE_STRONG, 17, colour->text, false}, "scorefield");
    rect_cut_left(&bar, 22 * ui->scale);
    lecture_strip_draw(ui, &bar, p);
    if (lecture_scenes(p->lecture) == 0)
        subject_draw(ui, bar, p);
    for (size_t i = 0; i < BUTTONS; i++)
        if (button[i].shown)
            command_button(ui, button[i].command, button[i].label, place[i], false);
}
