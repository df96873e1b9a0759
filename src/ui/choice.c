/* choice.c - controls with few states: buttons, toggles, segments; and a setting as the control of its kind. */
#include "ui/rect.h"
#include "ui/widgets.h"

#include "scene/command.h"

#include <stdio.h>

enum { SEGMENTS_MAX = 5, SEGMENT_ROWS_MAX = 2 };
static const double segment_padding = 5, segment_row = 27, segment_lowest = 22, menu_height = 29;

bool ui_button(Ui *ui, const char *name, const char *label, const char *help, const char *key, Rect at, bool active)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id(name, 0), at);
    Colour fill = active ? colour->active : c.hot ? colour->raised : 0;
    TextStyle style = {FACE_TEXT, 13, active ? colour->on_active : c.hot ? colour->text : colour->muted, false};
    ui_box(ui, at, 6, fill, active ? 0 : colour->line);
    ui_text(ui, style, rect_inset(at, 6 * ui->scale, 0), ALIGN_CENTRE, label);
    ui_focus_ring(ui, &c, at, 6);
    ui_tip(ui, &c, at, help, name, key);
    return c.clicked;
}

const char *ui_toggle_key(const SettingInfo *row)
{
    char command[64];
    snprintf(command, sizeof command, "toggle %s", row->name);
    return key_of(command);
}

/* A switch of a layer has the layer's colour: it is its legend. */
static Colour check_colour(const Palette *colour, const Settings *s, SettingId id)
{
    switch (id) {
    case SET_SHOW_PARTICLES:
    case SET_SHOW_TRAILS:
    case SET_SHOW_PATHS:
    case SET_MODES:
    case SET_MARGINALS:
        return colour->particle;
    case SET_SHOW_ARROWS:
    case SET_SHOW_STREAMLINES:
        return settings_index(s, SET_FIELD) == FIELD_EXACT ? colour->exact : colour->learned;
    case SET_SHOW_DENSITY:
        return colour->density;
    case SET_SHOW_AXES:
        return colour->muted;
    default:
        return colour->learned;
    }
}

/* On is a full box, off an empty one: colour alone tells nothing. */
static void draw_check(Ui *ui, Rect at, bool on, Colour full)
{
    const Palette *colour = ui->palette;
    double size = 13 * ui->scale;
    Rect box = rect_snap(rect_middle(at, size, size));
    ui_box(ui, box, 3, on ? full : 0, on ? 0 : colour->muted);
    float x = (float)(box.x + box.w / 2), y = (float)(box.y + box.h / 2), u = (float)(size / 13);
    float tick[] = {x - 3.2f * u, y + 0.2f * u, x - 1 * u, y + 2.6f * u, x + 3.4f * u, y - 2.6f * u};
    if (on)
        draw_line(&ui->list, tick, 3, 1.8 * ui->scale, colour->panel);
}

void ui_toggle(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    bool on = settings_on(s, id);
    Control c = ui_control(ui, ui_id(row->name, 0), at);
    Rect inner = at;
    draw_check(ui, rect_cut_left(&inner, 14 * ui->scale), on, check_colour(ui->palette, s, id));
    rect_cut_left(&inner, 8 * ui->scale);
    TextStyle style = {FACE_TEXT, 13, on || c.hot ? ui->palette->text : ui->palette->muted, false};
    double width = ui_text(ui, style, inner, ALIGN_LEFT, row->label);
    ui_mark(ui, id, (Rect){at.x, at.y, inner.x + width - at.x, at.h});
    ui_focus_ring(ui, &c, at, 3);
    ui_tip(ui, &c, at, row->help, row->name, ui_toggle_key(row));
    if (c.clicked)
        ui_say(ui, "toggle %s", row->name);
}

const char *ui_choice_help(const SettingInfo *row, size_t i, char *text, size_t size)
{
    snprintf(text, size, "%s: %s", row->choice_label(i), row->choice_help(i));
    return text;
}

/* Natural widths of the labels. Returns how many there are. */
static size_t segment_widths(const Ui *ui, const SettingInfo *row, double width[SEGMENTS_MAX])
{
    TextStyle style = {FACE_STRONG, 12.5, 0, false};
    size_t n = 0;
    for (const char *label; n < SEGMENTS_MAX && (label = row->choice_label(n)); n++)
        width[n] = ui_text_width(ui, style, label) + 2 * segment_padding * ui->scale;
    return n;
}

/* How many of n segments stand side by side in a width, at least one; *used: their widths together. */
static size_t segments_beside(const double *wide, size_t n, double width, double *used)
{
    size_t count = 0;
    for (*used = 0; count < n && (count == 0 || *used + wide[count] <= width); count++)
        *used += wide[count];
    return count;
}

size_t ui_segment_rows(const Ui *ui, SettingId id, double width)
{
    double wide[SEGMENTS_MAX], used;
    size_t n = segment_widths(ui, setting_info(id), wide), rows = 0;
    for (size_t first = 0; first < n; rows++)
        first += segments_beside(wide + first, n - first, width - 6 * ui->scale, &used);
    return rows;
}

static void segment(Ui *ui, const SettingInfo *row, size_t i, Rect at, bool chosen)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id(row->name, i + 2), at);
    if (chosen || c.hot)
        ui_box(ui, at, 4, chosen ? colour->active : colour->line, 0);
    TextStyle style = {chosen ? FACE_STRONG : FACE_TEXT, 12.5, colour->text, false};
    style.colour = chosen ? colour->on_active : c.hot ? colour->text : colour->muted;
    ui_text(ui, style, rect_inset(at, 2 * ui->scale, 0), ALIGN_CENTRE, row->choice_label(i));
    ui_focus_ring(ui, &c, at, 4);
    char help[sizeof ui->tooltip];
    ui_tip(ui, &c, at, ui_choice_help(row, i, help, sizeof help), row->name, ui_toggle_key(row));
    if (c.clicked && !chosen)
        ui_say(ui, "set %s %s", row->name, row->choice_name(i));
}

void ui_segments(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    double wide[SEGMENTS_MAX], used;
    size_t n = segment_widths(ui, row, wide), chosen = settings_index(s, id);
    ui_box(ui, at, 6, ui->palette->raised, 0);
    Rect inner = rect_inset(at, 3 * ui->scale, 3 * ui->scale);
    double height = inner.h / (double)ui_segment_rows(ui, id, at.w);
    for (size_t i = 0, end = 0; i < n;) {
        Rect line = rect_cut_top(&inner, height);
        end += segments_beside(wide + i, n - i, line.w, &used);
        double spare = (line.w - used) / (double)(end - i);
        for (; i < end; i++)
            segment(ui, row, i, rect_cut_left(&line, wide[i] + spare), i == chosen);
    }
}

/* Few choices stand side by side; many, or long ones, are a list that opens. */
static bool stands_open(const Ui *ui, SettingId id, double width, double height)
{
    if (setting_info(id)->choice_name(SEGMENTS_MAX))
        return false;
    size_t rows = ui_segment_rows(ui, id, width);
    return rows <= SEGMENT_ROWS_MAX && (double)rows * segment_lowest * ui->scale <= height;
}

double ui_choice_height(const Ui *ui, SettingId id, double width)
{
    double rows = (double)ui_segment_rows(ui, id, width);
    return (stands_open(ui, id, width, (double)INFINITY) ? segment_row * rows + 6 : menu_height) * ui->scale;
}

void ui_setting(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    switch (setting_info(id)->kind) {
    case SETTING_SWITCH:
        ui_toggle(ui, s, id, at);
        break;
    case SETTING_CHOICE:
        ui_mark(ui, id, at);
        (stands_open(ui, id, at.w, at.h) ? ui_segments : ui_menu)(ui, s, id, at);
        break;
    default:
        ui_mark(ui, id, at);
        ui_slider(ui, s, id, at);
    }
}

void ui_disclosure(Ui *ui, const char *name, const char *help, Rect at, bool *open)
{
    Control c = ui_control(ui, ui_id(name, 0), at);
    *open ^= c.clicked;
    TextStyle style = {FACE_TEXT, 13, c.hot ? ui->palette->text : ui->palette->muted, false};
    float x = (float)(at.x + 5 * ui->scale), y = (float)(at.y + at.h / 2), u = (float)ui->scale;
    float right[] = {x - 2 * u, y - 4 * u, x + 2 * u, y, x - 2 * u, y + 4 * u};
    float down[] = {x - 4 * u, y - 2 * u, x, y + 2 * u, x + 4 * u, y - 2 * u};
    draw_line(&ui->list, *open ? down : right, 3, 1.5 * ui->scale, style.colour);
    Rect inner = at;
    rect_cut_left(&inner, 16 * ui->scale);
    ui_text(ui, style, inner, ALIGN_LEFT, *open ? "less" : "more");
    ui_focus_ring(ui, &c, at, 3);
    if (!*open) /* the tip would hide what was just opened */
        ui_tip(ui, &c, at, help, "", "");
}
