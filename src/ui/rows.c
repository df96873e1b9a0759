/* rows.c - rows of the panel that its sections share. */
#include "ui/parts.h"

static const double slider_height = 35, choice_height = 31, more_height = 23, value_height = 24, label_width = 92,
                    between = 14, switch_height = 23;

void row_label(Ui *ui, Rect *row, const char *text)
{
    TextStyle style = {FACE_TEXT, 13, ui->palette->muted, false};
    rect_cut_left(row, ui_text(ui, style, *row, ALIGN_LEFT, text) + 8 * ui->scale);
}

Rect row_label_column(const Ui *ui, Rect *row)
{
    Rect label = rect_cut_left(row, label_width * ui->scale);
    rect_cut_right(&label, 4 * ui->scale);
    return label;
}

size_t rows_shown(const Ui *ui, const SettingId *id, size_t n, SettingId shown[ROWS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < n && count < ROWS_MAX; i++) {
        if (!ui_hides(ui, id[i]))
            shown[count++] = id[i];
    }
    return count;
}

void row_setting(Ui *ui, Rect *column, const Settings *s, SettingId id)
{
    bool choice = setting_info(id)->kind == SETTING_CHOICE;
    if (!ui_hides(ui, id))
        ui_setting(ui, s, id,
                   rect_cut_top(column, choice ? ui_choice_height(ui, id, column->w) : switch_height * ui->scale));
}

void row_choice(Ui *ui, Rect *column, const Settings *s, SettingId id)
{
    if (ui_hides(ui, id))
        return;
    TextStyle style = {FACE_TEXT, 13, ui->palette->muted, false};
    Rect row = rect_cut_top(column, choice_height * ui->scale);
    ui_mark(ui, id, row);
    Rect label = row_label_column(ui, &row);
    ui_text(ui, style, label, ALIGN_LEFT, setting_info(id)->label);
    ui_setting(ui, s, id, rect_inset(row, 0, 2 * ui->scale));
}

void rows_values(Ui *ui, Rect *column, const Settings *s, const SettingId *asked, size_t n)
{
    SettingId id[ROWS_MAX];
    n = rows_shown(ui, asked, n, id);
    double half = (column->w - between * ui->scale) / 2;
    Rect row = {0};
    for (size_t i = 0; i < n; i++) {
        if (i % 2 == 0)
            row = rect_cut_top(column, value_height * ui->scale);
        Rect cell = i % 2 == 0 ? rect_cut_left(&row, half) : rect_cut_right(&row, half);
        ui_mark(ui, id[i], cell);
        row_label(ui, &cell, setting_info(id[i])->label);
        ui_value(ui, s, id[i], cell);
    }
}

void rows_sliders(Ui *ui, Rect *column, const Settings *s, const SettingId *asked, size_t n)
{
    SettingId id[ROWS_MAX];
    n = rows_shown(ui, asked, n, id);
    double half = (column->w - between * ui->scale) / 2;
    for (size_t i = 0; i < n; i++) {
        Rect row = rect_cut_top(column, slider_height * ui->scale);
        if (i + 1 < n && fmax(ui_slider_width(ui, s, id[i]), ui_slider_width(ui, s, id[i + 1])) <= half) {
            ui_setting(ui, s, id[i++], rect_cut_left(&row, half));
            rect_cut_left(&row, between * ui->scale);
        }
        ui_setting(ui, s, id[i], row);
    }
}

bool row_more(Ui *ui, Rect *column, const char *name, const char *help, bool *open)
{
    ui_disclosure(ui, name, help, rect_cut_top(column, more_height * ui->scale), open);
    return *open || ui->mark.opened;
}
