#include "ui/rect.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

enum { TIP_LINES = 6 };
static const double tip_delay_s = 0.5, tip_width = 300, tip_line = 18, tip_margin = 10;

static void copy(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text ? text : "");
}

static void show(Ui *ui, Rect at, bool beside, const char *help, const char *name, const char *key)
{
    copy(ui->tooltip, sizeof ui->tooltip, help);
    copy(ui->tooltip_name, sizeof ui->tooltip_name, name);
    copy(ui->tooltip_key, sizeof ui->tooltip_key, key);
    ui->tooltip_at = at;
    ui->tooltip_beside = beside;
}

void ui_tip_beside(Ui *ui, Rect at, const char *help, const char *name)
{
    show(ui, at, true, help, name, NULL);
}

bool ui_tip_due(Ui *ui, const Control *c)
{
    if (!c->hot || ui->input.down || ui->hot != ui->last_hot)
        return false;
    double due_s = ui->hot_since_s + (ui->tips_at_once ? 0 : tip_delay_s);
    if (ui->input.time_s < due_s)
        ui->wake_s = fmin(ui->wake_s, due_s);
    return ui->input.time_s >= due_s;
}

void ui_tip(Ui *ui, const Control *c, Rect at, const char *help, const char *name, const char *key)
{
    if (ui_tip_due(ui, c))
        show(ui, at, false, help, name, key);
}

/* Below what it explains, above where there is no room; or left of it, else right; and never outside the window. */
static Rect tip_place(const Ui *ui, double w, double h)
{
    double gap = 6 * ui->scale;
    Rect at = ui->tooltip_at, window = rect_inset(ui->window, gap, gap);
    double x = at.x + at.w / 2 - w / 2, y = at.y + at.h + gap;
    if (ui->tooltip_beside) {
        x = at.x - gap - w < window.x ? at.x + at.w + gap : at.x - gap - w;
        y = at.y + at.h / 2 - h / 2;
    } else if (y + h > window.y + window.h) {
        y = at.y - gap - h;
    }
    x = fmax(window.x, fmin(x, window.x + window.w - w));
    return (Rect){x, fmax(window.y, fmin(y, window.y + window.h - h)), w, h};
}

static size_t tip_lines(const Ui *ui, TextStyle style, double width, char line[TIP_LINES][sizeof ui->tooltip])
{
    size_t count = 0, n;
    for (const char *p = ui->tooltip; count < TIP_LINES && (n = ui_text_break(ui, style, width, p)) > 0; count++) {
        snprintf(line[count], sizeof line[count], "%.*s", (int)n, p);
        p += n;
        p += strspn(p, " ");
    }
    return count;
}

void ui_tooltip(Ui *ui)
{
    if (ui->tooltip[0] == '\0')
        return;
    const Palette *colour = ui->palette;
    TextStyle text = {FACE_TEXT, 13, colour->text, false}, name = {FACE_CODE, 11.5, colour->muted, false};
    TextStyle key = {FACE_STRONG, 11.5, colour->text, false};
    double margin = tip_margin * ui->scale, row = tip_line * ui->scale;
    double width = fmin(tip_width * ui->scale, ui->window.w - 2 * margin), widest = 0;
    char line[TIP_LINES][sizeof ui->tooltip];
    size_t count = tip_lines(ui, text, width, line);
    for (size_t i = 0; i < count; i++)
        widest = fmax(widest, ui_text_width(ui, text, line[i]));
    double last = ui_text_width(ui, name, ui->tooltip_name) + 2 * margin + ui_text_width(ui, key, ui->tooltip_key);
    bool has_last = ui->tooltip_name[0] || ui->tooltip_key[0];
    widest = ceil(fmin(width, fmax(widest, has_last ? last : 0)));
    double height = (double)(count + has_last) * row + 1.4 * margin;
    Rect card = tip_place(ui, widest + 2 * margin, height), inner = rect_inset(card, margin, 0.7 * margin);
    ui_box(ui, card, 6, colour->raised, colour->line);
    for (size_t i = 0; i < count; i++)
        ui_text(ui, text, rect_cut_top(&inner, row), ALIGN_LEFT, line[i]);
    ui_text(ui, key, rect_cut_right(&inner, ui_text_width(ui, key, ui->tooltip_key)), ALIGN_RIGHT, ui->tooltip_key);
    ui_text(ui, name, inner, ALIGN_LEFT, ui->tooltip_name);
}
