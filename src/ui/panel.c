#include "ui/parts.h"

#include <ctype.h>
#include <stdio.h>

static const double margin = 18, end_margin = 12, heading_height = 24, section_gap = 8, switch_height = 23;

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

/* Two in a row. */
static void switches(Ui *ui, Rect *column, const Settings *s, const SettingId *asked, size_t n)
{
    SettingId id[ROWS_MAX];
    n = rows_shown(ui, asked, n, id);
    Rect row = {0};
    for (size_t i = 0; i < n; i++) {
        if (i % 2 == 0)
            row = rect_cut_top(column, switch_height * ui->scale);
        Rect cell = i % 2 == 0 ? rect_cut_left(&row, row.w / 2) : row;
        ui_setting(ui, s, id[i], rect_inset(cell, 0, 2 * ui->scale));
    }
}

static void field_section(Ui *ui, Rect *column, const Picture *p)
{
    panel_heading(ui, column, "FIELD", "");
    row_setting(ui, column, p->settings, SET_FIELD);
    if (p->settings->value[SET_SAMPLES] > 0)
        row_choice(ui, column, p->settings, SET_TRUTH);
}

static void show_section(Ui *ui, Rect *column, const Picture *p)
{
    const Settings *s = p->settings;
    enum { LAYERS = SET_SHOW_AXES - SET_SHOW_ARROWS + 1 };
    static const SettingId more[] = {SET_MAP_FADE, SET_DENOISER, SET_MODES, SET_MARGINALS, SET_PAD, SET_LENS, SET_HILL};
    SettingId layer[LAYERS];
    for (int i = 0; i < LAYERS; i++)
        layer[i] = (SettingId)(SET_SHOW_ARROWS + i);
    panel_heading(ui, column, "SHOW", "");
    switches(ui, column, s, layer, LAYERS);
    row_choice(ui, column, s, SET_MAP);
    if (!row_more(ui, column, "show.more", "other things to show", &ui->more_show))
        return;
    if (settings_on(s, SET_SHOW_DENSITY))
        row_choice(ui, column, s, SET_DENSITY_OF);
    row_choice(ui, column, s, SET_ARROW_LENGTH);
    if (settings_on(s, SET_HILL))
        row_choice(ui, column, s, SET_HILL_HEIGHT);
    row_choice(ui, column, s, SET_WIPE);
    if (settings_index(s, SET_WIPE) == WIPE_FIELD)
        row_choice(ui, column, s, SET_OTHER_FIELD);
    switches(ui, column, s, more, sizeof more / sizeof *more);
}

static void seed_cell(Ui *ui, Rect at, const Settings *s)
{
    double min, max;
    ui_mark(ui, SET_SEED, at);
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
    if (!ui_hides(ui, SET_SEED))
        seed_cell(ui, rect_cut_top(column, 33 * ui->scale), s);
    row_setting(ui, column, s, SET_THEME);
}

static const struct {
    size_t place;
    void (*draw)(Ui *ui, Rect *column, const Picture *p);
} section[] = {{PLACE_TARGET, target_section},
               {PLACE_NETWORK, network_section},
               {PLACE_DYNAMICS, dynamics_section},
               {PLACE_FIELD, field_section},
               {PLACE_LAYERS, show_section}};

static void sections(Ui *ui, Rect *column, const Picture *p)
{
    for (size_t i = 0; i < sizeof section / sizeof *section; i++) {
        Rect at = *column;
        if (ui_hides(ui, section[i].place))
            continue;
        section[i].draw(ui, column, p);
        at.h = column->y - at.y;
        ui_mark(ui, section[i].place, at);
    }
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
    presenter_section(ui, &column, p);
    sections(ui, &column, p);
    run_section(ui, &column, p->settings);
    ui_scroll_end(ui, &ui->scroll, view, column.y + end_margin * ui->scale - top);
}
