/* menu.c - a choice among many: a button with what is chosen, and the list that it opens over everything else.
 *
 * Keys go through the button, which has the keyboard; the pointer goes to the list, which is laid out last. A press
 * beside the list closes it and reaches nothing else.
 */
#include "ui/rect.h"
#include "ui/widgets.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const double row_height = 22, list_margin = 4, text_margin = 10, chevron_room = 22, gap = 4, rows_at_least = 3,
                    bar_room = 8;
static const TextStyle label_style = {FACE_TEXT, 12.5, 0, false}, chosen_style = {FACE_STRONG, 12.5, 0, false};

static size_t row_count(const SettingInfo *row)
{
    size_t n = 0;
    while (row->choice_name(n))
        n++;
    return n;
}

static void show_row(Menu *m, double height, double view)
{
    double top = (double)m->row * height;
    m->scroll.at = fmin(fmax(m->scroll.at, top + height - view), top);
}

static void open_list(Ui *ui, SettingId id, uint32_t control, const Settings *s)
{
    ui->menu = (Menu){.id = control, .setting = id, .row = settings_index(s, id), .fresh = true, .reveal = true};
    ui->menu.x = ui->input.x;
    ui->menu.y = ui->input.y;
    ui->focus = control;
    ui->active = 0; /* it is no drag: the pointer may go on to a row */
}

static void close_list(Ui *ui)
{
    ui->menu.id = 0;
    ui->wake_s = ui->input.time_s; /* what lies under it feels the pointer again */
}

/* A refused row stays, with its reason. */
static void take_row(Ui *ui)
{
    const Menu *m = &ui->menu;
    const SettingInfo *row = setting_info(m->setting);
    if (m->row >= row_count(row) || setting_refusal(m->settings, m->setting, (double)m->row))
        return;
    if (m->row != settings_index(m->settings, m->setting))
        ui_say(ui, "set %s %s", row->name, row->choice_name(m->row));
    close_list(ui);
}

static void go_to_row(Menu *m, size_t row)
{
    m->row = row;
    m->by_keys = m->reveal = true;
}

/* The next row whose label begins with this letter. */
static void go_to_letter(Menu *m, char letter, size_t n)
{
    for (size_t i = 1; i <= n; i++) {
        size_t row = (m->row + i) % n;
        if (tolower((unsigned char)*setting_info(m->setting)->choice_label(row)) == tolower((unsigned char)letter)) {
            go_to_row(m, row);
            return;
        }
    }
}

static void follow_keys(Ui *ui)
{
    Menu *m = &ui->menu;
    size_t n = row_count(setting_info(m->setting));
    size_t here = m->row < n ? m->row : settings_index(m->settings, m->setting);
    ui->focus_arrows = ui->focus_ends = true;
    for (; ui_take_key(ui, KEY_DOWN); here = m->row)
        go_to_row(m, (here + 1) % n);
    for (; ui_take_key(ui, KEY_UP); here = m->row)
        go_to_row(m, (here + n - 1) % n);
    if (ui_take_key(ui, KEY_HOME))
        go_to_row(m, 0);
    if (ui_take_key(ui, KEY_END))
        go_to_row(m, n - 1);
    for (const char *p = ui->input.typed; *p; p++)
        go_to_letter(m, *p, n);
    if (ui_take_key(ui, KEY_ESCAPE) || ui_tab_waits(ui) || ui->focus != m->id)
        close_list(ui);
}

static void draw_button(Ui *ui, const Control *c, Rect at, const char *label, bool open)
{
    const Palette *colour = ui->palette;
    TextStyle style = label_style;
    style.colour = colour->text;
    ui_box(ui, at, 6, colour->raised, open || c->hot ? colour->muted : 0);
    Rect inner = rect_inset(at, text_margin * ui->scale, 0);
    Rect place = rect_cut_right(&inner, (chevron_room - text_margin) * ui->scale);
    ui_text(ui, style, inner, ALIGN_LEFT, label);
    float x = (float)(place.x + place.w - 4 * ui->scale), y = (float)(at.y + at.h / 2), u = (float)ui->scale;
    float chevron[] = {x - 4 * u, y - 2 * u, x, y + 2 * u, x + 4 * u, y - 2 * u};
    draw_line(&ui->list, chevron, 3, 1.5 * ui->scale, open || c->hot ? colour->text : colour->muted);
    ui_focus_ring(ui, c, at, 6);
}

void ui_menu(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    uint32_t control = ui_id(row->name, 0);
    Control c = ui_control(ui, control, at);
    bool was_open = ui->menu.id == control;
    if (!was_open && (c.pressed || c.clicked))
        open_list(ui, id, control, s);
    if (ui->menu.id == control) {
        ui->menu.settings = s;
        ui->menu.button = at;
        if (was_open && c.clicked)
            take_row(ui);
        else
            follow_keys(ui);
    }
    draw_button(ui, &c, at, row->choice_label(settings_index(s, id)), ui->menu.id == control);
    char help[sizeof ui->tooltip];
    ui_tip(ui, &c, at, ui_choice_help(row, settings_index(s, id), help, sizeof help), row->name, ui_toggle_key(row));
}

/* As wide as its widest label and the bar of a list that scrolls. */
static double list_width(const Ui *ui, const SettingInfo *row)
{
    double widest = 0;
    for (size_t i = 0; row->choice_label(i); i++)
        widest = fmax(widest, ui_text_width(ui, chosen_style, row->choice_label(i)));
    return fmax(ui->menu.button.w, widest + 2 * (text_margin + list_margin + bar_room) * ui->scale);
}

/* Below its button or above it, where there is room for all or more room. */
Rect ui_menu_place(const Ui *ui)
{
    const Menu *m = &ui->menu;
    if (!m->id)
        return (Rect){0};
    const SettingInfo *row = setting_info(m->setting);
    double apart = gap * ui->scale, margins = 2 * list_margin * ui->scale, height = row_height * ui->scale;
    Rect room = rect_inset(ui->window, apart, apart), at = m->button;
    double below = room.y + room.h - at.y - at.h - apart, above = at.y - apart - room.y;
    double wanted = (double)row_count(row) * height + margins;
    bool under = below >= fmin(wanted, above);
    double h = fmin(wanted, fmax(under ? below : above, fmin(rows_at_least * height + margins, room.h)));
    double w = fmin(list_width(ui, row), room.w);
    double x = fmax(room.x, fmin(at.x, room.x + room.w - w));
    double y = under ? at.y + at.h + apart : at.y - apart - h;
    return (Rect){x, fmax(room.y, fmin(y, room.y + room.h - h)), w, h};
}

/* The chosen row is full, the row that is pointed at lit; a refused one is faint and only framed. */
static void draw_row(Ui *ui, Rect at, size_t i)
{
    const Palette *colour = ui->palette;
    const Menu *m = &ui->menu;
    bool chosen = i == settings_index(m->settings, m->setting), pointed = i == m->row;
    bool refused = setting_refusal(m->settings, m->setting, (double)i) != NULL;
    TextStyle style = chosen ? chosen_style : label_style;
    style.colour = chosen ? colour->on_active : refused ? colour->muted : colour->text;
    Colour fill = chosen ? colour->active : pointed && !refused ? colour->line : 0;
    Colour border = pointed && chosen ? colour->text : pointed && refused ? colour->muted : 0;
    ui_box(ui, at, 4, fill, border);
    ui_text(ui, style, rect_inset(at, text_margin * ui->scale, 0), ALIGN_LEFT,
            setting_info(m->setting)->choice_label(i));
}

/* What a row is, or why it can't be had, and what would be typed for it. */
static void tell_row(Ui *ui, Rect at)
{
    const Menu *m = &ui->menu;
    const SettingInfo *row = setting_info(m->setting);
    const char *refusal = setting_refusal(m->settings, m->setting, (double)m->row);
    char help[sizeof ui->tooltip], name[sizeof ui->tooltip_name];
    ui_choice_help(row, m->row, help, sizeof help);
    if (refusal)
        snprintf(help, sizeof help, "%s %s", row->choice_label(m->row), refusal);
    snprintf(name, sizeof name, "%s %s", row->name, row->choice_name(m->row));
    ui_tip_beside(ui, at, help, name);
}

static void follow_pointer(Ui *ui, const Control *list, Rect rows, size_t n)
{
    Menu *m = &ui->menu;
    const Input *in = &ui->input;
    double pointed = floor((in->y - rows.y + m->scroll.at) / (row_height * ui->scale));
    bool on_row = list->hot && ui_over(ui, rows) && pointed >= 0 && pointed < (double)n;
    if (in->x != m->x || in->y != m->y || in->wheel != 0) {
        m->row = on_row ? (size_t)pointed : n;
        m->by_keys = false;
    }
    m->x = in->x;
    m->y = in->y;
    if (on_row && in->released) {
        m->row = (size_t)pointed;
        take_row(ui);
    }
}

static void draw_rows(Ui *ui, Rect rows, size_t n)
{
    Menu *m = &ui->menu;
    double height = row_height * ui->scale, bar = m->scroll.longest > 0 ? bar_room * ui->scale : 0;
    for (size_t i = 0; i < n; i++) {
        Rect at = {rows.x, rows.y + (double)i * height - m->scroll.at, rows.w - bar, height};
        if (at.y < rows.y + rows.h && at.y + height > rows.y)
            draw_row(ui, at, i);
    }
}

void ui_menu_list(Ui *ui)
{
    Menu *m = &ui->menu;
    if (!m->settings)
        m->id = 0; /* its button is gone */
    if (!m->id)
        return;
    Rect list = ui_menu_place(ui), rows = rect_inset(list, list_margin * ui->scale, list_margin * ui->scale);
    size_t n = row_count(setting_info(m->setting));
    double height = row_height * ui->scale;
    m->scroll.longest = fmax((double)n * height - rows.h, 0);
    if (m->reveal)
        show_row(m, height, rows.h);
    m->listing = true;
    ui_area(ui, ui->window);
    ui_box(ui, list, 8, ui->palette->raised, ui->palette->line);
    Control c = ui_hover(ui, ui_id("menu", 0), list);
    ui_scroll_begin(ui, &m->scroll, rows);
    follow_pointer(ui, &c, rows, n);
    draw_rows(ui, rows, n);
    ui_scroll_end(ui, &m->scroll, rows, (double)n * height);
    if (m->row < n && (m->by_keys || ui_tip_due(ui, &c)))
        tell_row(ui, (Rect){list.x, rows.y + (double)m->row * height - m->scroll.at, list.w, height});
    if (ui->input.pressed && !ui_over(ui, list) && !m->fresh)
        close_list(ui);
    m->listing = m->fresh = m->reveal = false;
}
