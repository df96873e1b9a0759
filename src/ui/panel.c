#include "ui/parts.h"

#include <ctype.h>
#include <stdio.h>

static const double margin = 18, end_margin = 12, heading_height = 24, section_gap = 8;

void panel_heading(Ui *ui, Rect *column, const char *title, const char *right)
{
    char capitals[64];
    size_t n = 0;
    for (; right[n] && n + 1 < sizeof capitals; n++)
        capitals[n] = (char)toupper((unsigned char)right[n]);
    capitals[n] = '\0';
    TextStyle style = {FACE_STRONG, 11.5, ui->palette->muted, false};
    rect_cut_top(column, section_gap * ui->scale);
    Rect row = rect_cut_top(column, heading_height * ui->scale);
    rect_cut_left(&row, ui_text(ui, style, row, ALIGN_LEFT, title) + 8 * ui->scale);
    style = (TextStyle){FACE_STRONG, 11.5, ui->palette->text, true};
    ui_text(ui, style, row, ALIGN_RIGHT, capitals);
}

static void show_section(Ui *ui, Rect *column, const Settings *s)
{
    panel_heading(ui, column, "SHOW", "");
    for (SettingId id = SET_SHOW_ARROWS; id <= SET_SHOW_AXES; id += 2) {
        Rect row = rect_cut_top(column, 23 * ui->scale), left = rect_cut_left(&row, row.w / 2);
        ui_setting(ui, s, id, rect_inset(left, 0, 2 * ui->scale));
        if (id < SET_SHOW_AXES)
            ui_setting(ui, s, id + 1, rect_inset(row, 0, 2 * ui->scale));
    }
}

static void seed_cell(Ui *ui, Rect at, const Settings *s)
{
    double min, max;
    setting_range(s, SET_SEED, &min, &max);
    Rect button = rect_cut_right(&at, 46 * ui->scale);
    if (ui_button(ui, "seed.next", "New", "other random numbers: another network, other particles", "",
                  rect_middle(button, button.w, 28 * ui->scale), false))
        ui_say(ui, "set seed %.9g", s->value[SET_SEED] < max ? s->value[SET_SEED] + 1 : min);
    rect_cut_right(&at, 10 * ui->scale);
    row_label(ui, &at, setting_info(SET_SEED)->label);
    ui_value(ui, s, SET_SEED, at);
}

static void run_section(Ui *ui, Rect *column, const Settings *s)
{
    rect_cut_top(column, section_gap * ui->scale);
    Rect line = rect_cut_top(column, section_gap * ui->scale);
    ui_box(ui, (Rect){line.x, line.y, line.w, ui->list.border_px}, 0, ui->palette->line, 0);
    Rect row = rect_cut_top(column, 33 * ui->scale);
    ui_setting(ui, s, SET_THEME, rect_cut_right(&row, 104 * ui->scale));
    rect_cut_right(&row, 10 * ui->scale);
    seed_cell(ui, row, s);
}

void panel_draw(Ui *ui, Rect at, const Picture *p)
{
    double border = ui->list.border_px;
    ui_box(ui, at, 0, ui->palette->panel, 0);
    ui_box(ui, (Rect){at.x, at.y, border, at.h}, 0, ui->palette->line, 0);
    Rect view = {at.x + border, at.y, at.w - border, at.h};
    ui_scroll_begin(ui, &ui->scroll, view);
    double top = at.y - ui->scroll.at;
    Rect column = {at.x + margin * ui->scale, top, at.w - 2 * margin * ui->scale, 1e6};
    target_section(ui, &column, p);
    network_section(ui, &column, p);
    dynamics_section(ui, &column, p);
    panel_heading(ui, &column, "FIELD", "");
    ui_setting(ui, p->settings, SET_FIELD, rect_cut_top(&column, ui_choice_height(ui, SET_FIELD, column.w)));
    show_section(ui, &column, p->settings);
    run_section(ui, &column, p->settings);
    ui_scroll_end(ui, &ui->scroll, view, column.y + end_margin * ui->scale - top);
}
