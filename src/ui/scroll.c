#include "ui/rect.h"
#include "ui/widgets.h"

static const double notch = 48, bar_width = 4;

void ui_scroll_begin(Ui *ui, Scroll *s, Rect view)
{
    if (ui_reaches(ui, view) && !ui->input.ctrl)
        s->at -= ui->input.wheel * notch * ui->scale;
    s->at = fmin(fmax(s->at, 0), s->longest);
    s->first = ui->focusables;
    ui_clip(ui, view);
}

/* By so much that both ends are in view, or the upper one where there is room for no more. */
static double overhang(const Ui *ui, Rect at, Rect view)
{
    double margin = 8 * ui->scale, above = view.y + margin - at.y;
    double below = at.y + at.h + margin - view.y - view.h;
    return above > 0 ? -above : fmin(fmax(below, 0), -above);
}

/* The focus that Tab moved is brought into view, in the next frame. */
static void show_focus(Ui *ui, Scroll *s, Rect view)
{
    for (size_t i = s->first; ui->focus_moved && i < ui->focusables; i++) {
        Rect at = ui->focusable[i].at;
        if (ui->focusable[i].id != ui->focus)
            continue;
        double by = overhang(ui, at, view);
        s->at += by;
        if (by != 0)
            ui->wake_s = ui->input.time_s;
    }
}

/* So is what a lesson points at. */
static void show_mark(Ui *ui, Scroll *s, Rect view)
{
    Sought *m = &ui->mark;
    if (!m->reveal || m->at.h == 0 || m->within.x != view.x || m->within.y != view.y)
        return;
    double by = overhang(ui, m->at, view);
    s->at += by;
    m->reveal = false;
    if (by != 0)
        ui->wake_s = ui->input.time_s;
}

static void scroll_bar(Ui *ui, Scroll *s, Rect view, double height)
{
    double w = bar_width * ui->scale, length = fmax(view.h * view.h / height, 24 * ui->scale);
    double travel = fmax(view.h - length, 1);
    Rect bar = {view.x + view.w - 1.5 * w, view.y + travel * fmin(s->at / s->longest, 1), w, length};
    uint32_t id = ui_id("scroll", (size_t)((const char *)s - (const char *)ui));
    Rect handle = rect_inset(bar, -w, 0);
    bool held = ui->active == id, hot = ui_reaches(ui, handle);
    if (hot && ui->input.pressed && ui->active == 0) {
        ui->active = id;
        s->grip = ui->input.y - bar.y;
    } else if (held) {
        double to = (ui->input.y - s->grip - view.y) * s->longest / travel;
        s->at = fmin(fmax(to, 0), s->longest);
    }
    ui_box(ui, bar, bar_width / 2, hot || held ? ui->palette->muted : ui->palette->line, 0);
}

void ui_scroll_end(Ui *ui, Scroll *s, Rect view, double height)
{
    s->longest = fmax(height - view.h, 0);
    show_focus(ui, s, view);
    show_mark(ui, s, view);
    ui_clip(ui, (Rect){0});
    if (s->longest > 0)
        scroll_bar(ui, s, view, height);
}
