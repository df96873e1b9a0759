#include "ui/parts.h"

#include <ctype.h>
#include <stdio.h>

static const double margin = 18, end_margin = 12, heading_height = 24, section_gap = 8, slider_row = 35,
                    segment_row = 27;

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
    style.colour = ui->palette->text;
    ui_text(ui, style, row, ALIGN_RIGHT, capitals);
}

static void segments(Ui *ui, Rect *column, const Settings *s, SettingId id)
{
    size_t rows = ui_segment_rows(ui, id, column->w);
    ui_setting(ui, s, id, rect_cut_top(column, (segment_row * (double)rows + 6) * ui->scale));
}

/* What each sampler reads of the settings: the rest would be sliders that do nothing. */
static bool is_used(const Settings *s, SettingId id)
{
    static const bool kicks[SAMPLER_COUNT] = {
        [SAMPLER_LANGEVIN] = true, [SAMPLER_ANNEALED] = true, [SAMPLER_SDE] = true};
    size_t which = settings_index(s, SET_DYNAMICS);
    const Sampler *sampler = sampler_info(which);
    switch (id) {
    case SET_STEPS:
        return sampler->descends;
    case SET_NOISE:
        return kicks[which];
    case SET_STEP_SIZE:
        return sampler->walks;
    default:
        return true;
    }
}

static void dynamics_section(Ui *ui, Rect *column, const Settings *s)
{
    static const SettingId sliders[] = {SET_PARTICLES, SET_STEPS, SET_NOISE, SET_STEP_SIZE};
    panel_heading(ui, column, "DYNAMICS", "");
    segments(ui, column, s, SET_DYNAMICS);
    rect_cut_top(column, 4 * ui->scale);
    for (size_t i = 0; i < sizeof sliders / sizeof *sliders; i++) {
        if (is_used(s, sliders[i]))
            ui_setting(ui, s, sliders[i], rect_cut_top(column, slider_row * ui->scale));
    }
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

static void seed_row(Ui *ui, Rect row, const Settings *s)
{
    double min, max;
    setting_range(s, SET_SEED, &min, &max);
    Rect button = rect_cut_right(&row, 84 * ui->scale);
    if (ui_button(ui, "seed.next", "New seed", "other random numbers: another network, other particles", "",
                  rect_middle(button, button.w, 28 * ui->scale), false))
        ui_say(ui, "set seed %.9g", s->value[SET_SEED] < max ? s->value[SET_SEED] + 1 : min);
    rect_cut_right(&row, 10 * ui->scale);
    ui_text(ui, (TextStyle){FACE_TEXT, 13, ui->palette->muted, false}, rect_cut_left(&row, row.w / 2), ALIGN_LEFT,
            "seed");
    ui_value(ui, s, SET_SEED, row);
}

static void run_section(Ui *ui, Rect *column, const Settings *s)
{
    rect_cut_top(column, section_gap * ui->scale);
    Rect line = rect_cut_top(column, section_gap * ui->scale);
    ui_box(ui, (Rect){line.x, line.y, line.w, ui->list.border_px}, 0, ui->palette->line, 0);
    seed_row(ui, rect_cut_top(column, 32 * ui->scale), s);
    rect_cut_top(column, 5 * ui->scale);
    segments(ui, column, s, SET_THEME);
}

void panel_draw(Ui *ui, Rect at, const Picture *p)
{
    double border = ui->list.border_px;
    ui_box(ui, at, 0, ui->palette->panel, 0);
    ui_box(ui, (Rect){at.x, at.y, border, at.h}, 0, ui->palette->line, 0);
    Rect view = {at.x + border, at.y, at.w - border, at.h};
    ui_scroll_begin(ui, view);
    double top = at.y - ui->scroll;
    Rect column = {at.x + margin * ui->scale, top, at.w - 2 * margin * ui->scale, 1e6};
    target_section(ui, &column, p);
    network_section(ui, &column, p);
    dynamics_section(ui, &column, p->settings);
    panel_heading(ui, &column, "FIELD", "");
    segments(ui, &column, p->settings, SET_FIELD);
    show_section(ui, &column, p->settings);
    run_section(ui, &column, p->settings);
    ui_scroll_end(ui, view, column.y + end_margin * ui->scale - top);
}
