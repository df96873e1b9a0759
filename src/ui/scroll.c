#include "ui/rect.h"
#include "ui/widgets.h"

static const double notch = 48, bar_width = 4;

void ui_scroll_begin(Ui *ui, Rect view)
{
    if (ui_over(ui, view) && !ui_over(ui, ui->cover) && !ui->input.ctrl)
        ui->scroll -= ui->input.wheel * notch * ui->scale;
    ui->scroll = fmin(fmax(ui->scroll, 0), ui->scroll_longest);
    ui->scroll_first = ui->focusables;
    ui_clip(ui, view);
}

/* The focus that Tab moved is brought into view, in the next frame. */
static void show_focus(Ui *ui, Rect view)
{
    for (size_t i = ui->scroll_first; ui->focus_moved && i < ui->focusables; i++) {
        Rect at = ui->focusable[i].at;
        if (ui->focusable[i].id != ui->focus)
            continue;
        double margin = 8 * ui->scale, above = view.y + margin - at.y;
        double below = at.y + at.h + margin - view.y - view.h;
        ui->scroll += above > 0 ? -above : fmax(below, 0);
        if (above > 0 || below > 0)
            ui->wake_s = ui->input.time_s;
    }
}

static void scroll_bar(Ui *ui, Rect view, double height, double longest)
{
    double w = bar_width * ui->scale, length = fmax(view.h * view.h / height, 24 * ui->scale);
    double travel = fmax(view.h - length, 1);
    Rect bar = {view.x + view.w - 1.5 * w, view.y + travel * ui->scroll / longest, w, length};
    uint32_t id = ui_id("scroll", 0);
    Rect handle = rect_inset(bar, -w, 0);
    bool held = ui->active == id, hot = ui_over(ui, handle) && !ui_over(ui, ui->cover);
    if (hot && ui->input.pressed && ui->active == 0) {
        ui->active = id;
        ui->scroll_from = ui->input.y - bar.y;
    } else if (held) {
        double to = (ui->input.y - ui->scroll_from - view.y) * longest / travel;
        ui->scroll = fmin(fmax(to, 0), longest);
    }
    ui_box(ui, bar, bar_width / 2, hot || held ? ui->palette->muted : ui->palette->line, 0);
}

void ui_scroll_end(Ui *ui, Rect view, double height)
{
    ui->scroll_longest = fmax(height - view.h, 0);
    show_focus(ui, view);
    ui_clip(ui, (Rect){0});
    if (ui->scroll_longest > 0)
        scroll_bar(ui, view, height, ui->scroll_longest);
}
