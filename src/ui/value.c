/* value.c - a number that is typed: a click opens it, Enter or a click elsewhere applies, Escape cancels. */
#include "ui/format.h"
#include "ui/rect.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

static void open_field(Ui *ui, const Settings *s, SettingId id, uint32_t field)
{
    ui->editing = ui->focus = field;
    ui->edit_whole = true;
    settings_print(s, id, ui->edit, sizeof ui->edit);
    ui->caret = strlen(ui->edit);
}

static void erase(Ui *ui, size_t at)
{
    if (ui->edit_whole) {
        ui->edit[0] = '\0';
        ui->caret = 0;
    } else if (at < strlen(ui->edit)) {
        memmove(ui->edit + at, ui->edit + at + 1, strlen(ui->edit + at));
        ui->caret = at;
    }
    ui->edit_whole = false;
}

static void insert(Ui *ui, char c)
{
    if (ui->edit_whole)
        erase(ui, 0);
    size_t length = strlen(ui->edit);
    if (length + 1 >= sizeof ui->edit)
        return;
    memmove(ui->edit + ui->caret + 1, ui->edit + ui->caret, length - ui->caret + 1);
    ui->edit[ui->caret++] = c;
}

static void move_caret(Ui *ui, size_t to)
{
    ui->caret = to;
    ui->edit_whole = false;
}

/* Numbers are plain ASCII without blanks; the space bar plays and pauses here too. */
static void type(Ui *ui)
{
    for (const char *p = ui->input.typed; *p; p++) {
        if (*p > ' ' && *p < 127)
            insert(ui, *p);
    }
    while (ui_take_key(ui, KEY_BACKSPACE)) {
        if (ui->edit_whole || ui->caret > 0)
            erase(ui, ui->caret - 1);
    }
    while (ui_take_key(ui, KEY_DELETE))
        erase(ui, ui->caret);
    while (ui_take_key(ui, KEY_LEFT))
        move_caret(ui, ui->caret > 0 ? ui->caret - 1 : 0);
    while (ui_take_key(ui, KEY_RIGHT))
        move_caret(ui, ui->caret < strlen(ui->edit) ? ui->caret + 1 : ui->caret);
    while (ui_take_key(ui, KEY_HOME) || ui_take_key(ui, KEY_UP))
        move_caret(ui, 0);
    while (ui_take_key(ui, KEY_END) || ui_take_key(ui, KEY_DOWN))
        move_caret(ui, strlen(ui->edit));
}

/* A value that isn't one goes out as well: the program's own message says what it should be. Quoted, so that whatever
 * was typed is one word. */
static void say_value(Ui *ui, const char *name)
{
    char quoted[2 * EDIT_SIZE];
    size_t used = 0;
    for (const char *p = ui->edit; *p; p++) {
        if (*p == '"' || *p == '\\')
            quoted[used++] = '\\';
        quoted[used++] = *p;
    }
    quoted[used] = '\0';
    bool plain = strspn(ui->edit, "0123456789.+-eE") == strlen(ui->edit);
    ui_say(ui, plain ? "set %s %s" : "set %s \"%s\"", name, quoted);
}

static void edit_field(Ui *ui, const Settings *s, SettingId id, const Control *c)
{
    char shown[EDIT_SIZE];
    ui->edit_seen = true;
    type(ui);
    bool left = (ui->input.pressed && !c->hot) || ui_tab_waits(ui);
    bool entered = ui_take_key(ui, KEY_ENTER);
    if (!left && !entered && !ui_take_key(ui, KEY_ESCAPE))
        return;
    bool changed = ui->edit[0] && strcmp(ui->edit, settings_print(s, id, shown, sizeof shown)) != 0;
    if ((left || entered) && changed)
        say_value(ui, setting_info(id)->name);
    ui->editing = 0;
    ui->wake_s = ui->input.time_s;
}

static void draw_edit(Ui *ui, Rect at)
{
    const Palette *colour = ui->palette;
    TextStyle style = {FACE_CODE, 12.5, colour->text, true};
    Rect inner = rect_inset(at, 4 * ui->scale, 0);
    ui_box(ui, at, 3, colour->ground, colour->active);
    double width = fmin(ui_text_width(ui, style, ui->edit), inner.w);
    Rect line = rect_middle(inner, inner.w, 16 * ui->scale);
    if (ui->edit_whole && ui->edit[0])
        ui_box(ui, (Rect){inner.x + inner.w - width, line.y, width, line.h}, 2, colour->line, 0);
    ui_text(ui, style, inner, ALIGN_RIGHT, ui->edit);
    char before[EDIT_SIZE];
    snprintf(before, sizeof before, "%.*s", (int)ui->caret, ui->edit);
    double x = fmin(inner.x + inner.w - width + ui_text_width(ui, style, before), inner.x + inner.w);
    ui_box(ui, (Rect){x, line.y, ui->list.border_px, line.h}, 0, colour->text, 0);
}

static void draw_value(Ui *ui, const Control *c, Rect at, const char *text)
{
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    if (c->hot)
        ui_box(ui, at, 3, ui->palette->raised, 0);
    ui_text(ui, style, rect_inset(at, 4 * ui->scale, 0), ALIGN_RIGHT, text);
    ui_focus_ring(ui, c, at, 3);
}

void ui_value(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    char text[FORMAT_SIZE];
    uint32_t field = ui_id(row->name, 1);
    format_setting(text, sizeof text, s, id);
    at.w += 4 * ui->scale; /* the text ends where the row does, the box a little later */
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    double wide = ui_text_width(ui, style, text) + 8 * ui->scale;
    Rect box = rect_cut_right(&at, ui->editing == field ? fmax(wide, 88 * ui->scale) : wide);
    box = rect_middle(box, box.w, fmin(box.h, 20 * ui->scale));
    Control c = ui_control(ui, field, box);
    if (ui->editing == field)
        edit_field(ui, s, id, &c);
    else if (c.clicked)
        open_field(ui, s, id, field);
    if (ui->editing == field) {
        ui->edit_seen = true;
        draw_edit(ui, box);
        return;
    }
    draw_value(ui, &c, box, text);
    ui_tip(ui, &c, box, "click to type a value", row->name, "");
}
