/* value.c - what is typed in place: a click opens it, Enter or a click elsewhere applies, Escape cancels. */
#include "ui/format.h"
#include "ui/rect.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

void ui_field_open(Ui *ui, const Field *f)
{
    ui->editing = ui->focus = f->id;
    ui->edit_whole = true;
    snprintf(ui->edit, sizeof ui->edit, "%s", f->text);
    ui->caret = strlen(ui->edit);
}

static bool continues_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t character_before(const Ui *ui)
{
    size_t at = ui->caret > 0 ? ui->caret - 1 : 0;
    while (at > 0 && continues_character(ui->edit[at]))
        at--;
    return at;
}

static size_t character_behind(const Ui *ui, size_t at)
{
    at += ui->edit[at] != '\0';
    while (continues_character(ui->edit[at]))
        at++;
    return at;
}

static void erase(Ui *ui, size_t at)
{
    size_t end = character_behind(ui, at);
    if (ui->edit_whole) {
        ui->edit[0] = '\0';
        ui->caret = 0;
    } else {
        memmove(ui->edit + at, ui->edit + end, strlen(ui->edit + end) + 1);
        ui->caret = at;
    }
    ui->edit_whole = false;
}

/* One character of n bytes, whole or not at all. */
static void insert(Ui *ui, const char *c, size_t n)
{
    if (ui->edit_whole)
        erase(ui, 0);
    size_t length = strlen(ui->edit);
    if (length + n >= sizeof ui->edit)
        return;
    memmove(ui->edit + ui->caret + n, ui->edit + ui->caret, length - ui->caret + 1);
    memcpy(ui->edit + ui->caret, c, n);
    ui->caret += n;
}

static void move_caret(Ui *ui, size_t to)
{
    ui->caret = to;
    ui->edit_whole = false;
}

/* Numbers are plain ASCII without blanks; the space bar plays and pauses there too. */
static void insert_typed(Ui *ui, bool words)
{
    for (const char *p = ui->input.typed; *p;) {
        size_t n = 1;
        while (continues_character(p[n]))
            n++;
        bool plain = n == 1 && *p > ' ' && *p < 127;
        if (plain || (words && (*p == ' ' || (unsigned char)*p >= 0x80)))
            insert(ui, p, n);
        p += n;
    }
}

static void type(Ui *ui, bool words)
{
    insert_typed(ui, words);
    while (ui_take_key(ui, KEY_BACKSPACE)) {
        if (ui->edit_whole || ui->caret > 0)
            erase(ui, character_before(ui));
    }
    while (ui_take_key(ui, KEY_DELETE))
        erase(ui, ui->caret);
    while (ui_take_key(ui, KEY_LEFT))
        move_caret(ui, character_before(ui));
    while (ui_take_key(ui, KEY_RIGHT))
        move_caret(ui, character_behind(ui, ui->caret));
    while (ui_take_key(ui, KEY_HOME) || ui_take_key(ui, KEY_UP))
        move_caret(ui, 0);
    while (ui_take_key(ui, KEY_END) || ui_take_key(ui, KEY_DOWN))
        move_caret(ui, strlen(ui->edit));
}

/* A value that isn't one goes out as well: the program's own message says what it should be. Quoted, so that whatever
 * was typed is one word. */
const char *ui_entered(const Ui *ui, char *text, size_t size)
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
    snprintf(text, size, plain ? "%s" : "\"%s\"", quoted);
    return text;
}

/* True when it ends with another text than it began with. */
static bool edit_field(Ui *ui, const Field *f, const Control *c)
{
    ui->edit_seen = true;
    ui->edit_words = f->words;
    type(ui, f->words);
    bool left = (ui->input.pressed && !c->hot) || ui_tab_waits(ui);
    bool entered = ui_take_key(ui, KEY_ENTER);
    if (!left && !entered && !ui_take_key(ui, KEY_ESCAPE))
        return false;
    ui->editing = 0;
    ui->wake_s = ui->input.time_s;
    return (left || entered) && ui->edit[0] && strcmp(ui->edit, f->text) != 0;
}

/* Where what is shown begins of a text that is too wide: the caret is always seen. */
static size_t first_shown(const Ui *ui, TextStyle style, double width)
{
    char before[EDIT_SIZE];
    size_t first = 0;
    snprintf(before, sizeof before, "%.*s", (int)ui->caret, ui->edit);
    while (before[first] && ui_text_width(ui, style, before + first) > width)
        first = character_behind(ui, first);
    return first;
}

static void draw_edit(Ui *ui, Rect at, Align align)
{
    const Palette *colour = ui->palette;
    TextStyle style = {FACE_CODE, 12.5, colour->text, true};
    Rect inner = rect_inset(at, 4 * ui->scale, 0);
    ui_box(ui, at, 3, colour->ground, colour->active);
    size_t first = first_shown(ui, style, inner.w);
    const char *text = ui->edit + first;
    double width = fmin(ui_text_width(ui, style, text), inner.w);
    Rect line = rect_middle(inner, inner.w, 16 * ui->scale);
    double left = align == ALIGN_LEFT ? inner.x : inner.x + inner.w - width;
    if (ui->edit_whole && ui->edit[0])
        ui_box(ui, (Rect){left, line.y, width, line.h}, 2, colour->line, 0);
    ui_text(ui, style, inner, align, text);
    char before[EDIT_SIZE];
    snprintf(before, sizeof before, "%.*s", (int)(ui->caret - first), text);
    double x = fmin(left + ui_text_width(ui, style, before), inner.x + inner.w);
    ui_box(ui, (Rect){x, line.y, ui->list.border_px, line.h}, 0, colour->text, 0);
}

static void draw_value(Ui *ui, const Control *c, Rect at, Align align, const char *text)
{
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    if (c->hot)
        ui_box(ui, at, 3, ui->palette->raised, 0);
    ui_text(ui, style, rect_inset(at, 4 * ui->scale, 0), align, text);
    ui_focus_ring(ui, c, at, 3);
}

bool ui_field(Ui *ui, const Field *f, Rect at)
{
    bool entered = false;
    at.w += 4 * ui->scale; /* the text ends where the row does, the box a little later */
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    double wide = ui_text_width(ui, style, f->shown) + 8 * ui->scale, room = f->words ? at.w : 88 * ui->scale;
    Align align = f->words ? ALIGN_LEFT : ALIGN_RIGHT;
    Rect box = rect_cut_right(&at, ui->editing == f->id ? fmax(wide, room) : wide);
    box = rect_middle(box, box.w, fmin(box.h, 20 * ui->scale));
    Control c = ui_control(ui, f->id, box);
    if (ui->editing == f->id)
        entered = edit_field(ui, f, &c);
    else if (c.clicked)
        ui_field_open(ui, f);
    if (ui->editing == f->id) {
        ui->edit_seen = true;
        ui->edit_words = f->words;
        draw_edit(ui, box, align);
    } else {
        draw_value(ui, &c, box, align, f->shown);
        ui_tip(ui, &c, box, f->help, f->name, "");
    }
    return entered;
}

void ui_value(Ui *ui, const Settings *s, SettingId id, Rect at)
{
    const SettingInfo *row = setting_info(id);
    char shown[FORMAT_SIZE], text[EDIT_SIZE], word[2 * EDIT_SIZE];
    ui_mark(ui, id, at);
    Field f = {.id = ui_id(row->name, 1),
               .shown = format_setting(shown, sizeof shown, s, id),
               .text = settings_print(s, id, text, sizeof text),
               .help = "click to type a value",
               .name = row->name};
    if (ui_field(ui, &f, at))
        ui_say(ui, "set %s %s", row->name, ui_entered(ui, word, sizeof word));
}
