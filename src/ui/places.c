/* places.c - controls and parts of the window by the names that lessons know them by: hidden, or pointed at. */
#include "ui/rect.h"
#include "ui/widgets.h"

bool ui_hides(const Ui *ui, size_t place)
{
    return ui->hidden && ui->hidden[place];
}

void ui_seek(Ui *ui, size_t place)
{
    if (ui->mark.place != place)
        ui->mark = (Sought){.place = place, .reveal = true};
}

void ui_mark(Ui *ui, size_t place, Rect at)
{
    Sought *m = &ui->mark;
    if (m->place != place)
        return;
    if (m->at.w == 0)
        m->within = ui->clip;
    if (m->at.w == 0)
        m->at = at;
    else if (rects_meet(m->at, at))
        m->at = rect_join(m->at, at);
}

void ui_mark_end(Ui *ui)
{
    Sought *m = &ui->mark;
    if (m->place >= SETTING_COUNT || m->at.w > 0 || m->opened)
        return;
    m->opened = true;
    ui->wake_s = ui->input.time_s;
}
