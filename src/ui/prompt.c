#include "ui/prompt.h"

#include "scene/command.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

enum { HINT_LINES = 3 };
static const double left = 46, margin = 14, axis_room = 24, widest = 760, space = 10, hint_row = 18, gap = 4,
                    field_height = 24, colon_width = 12;
static const char *const how = "Return runs a command, Tab completes its name, Up brings what was typed before";

/* The first word of a text. */
static const char *name_typed(const char *text, size_t *length)
{
    const char *name = text + strspn(text, " ");
    *length = strcspn(name, " ;#");
    return name;
}

/* The row that has this name in full; NULL for none. */
static const CommandInfo *row_of(const char *name, size_t length)
{
    const CommandInfo *row;
    for (size_t i = 0; (row = command_info(i)); i++)
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0)
            return row;
    return NULL;
}

/* Names that begin so, in one line. */
static void list_names(const char *begin, size_t length, char *text, size_t size)
{
    const CommandInfo *row;
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; (row = command_info(i)) && used < size; i++)
        if (strncmp(row->name, begin, length) == 0)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? "   " : "", row->name);
}

static const char *hint_text(const Prompt *p, char *text, size_t size)
{
    size_t length;
    const char *name = name_typed(p->text, &length);
    const CommandInfo *row = row_of(name, length);
    if (length == 0)
        snprintf(text, size, "%s", how);
    else if (row)
        snprintf(text, size, "%s%s%s: %s", row->name, row->usage[0] ? " " : "", row->usage, row->help);
    else if (name[length] == '\0')
        list_names(name, length, text, size);
    else
        text[0] = '\0';
    return text;
}

static TextStyle hint_style(const Ui *ui)
{
    return (TextStyle){FACE_TEXT, 12, ui->palette->muted, false};
}

static TextBlock hint_block(const Ui *ui, double width, const char *text)
{
    TextBlock lines = ui_text_block(ui, hint_style(ui), width, text);
    lines.count = lines.count < HINT_LINES ? lines.count : HINT_LINES;
    return lines;
}

Rect prompt_place(const Ui *ui, Rect plane, const Prompt *p)
{
    char text[512];
    double s = ui->scale, w = fmin(widest * s, plane.w - (left + margin) * s);
    TextBlock lines = hint_block(ui, w - 2 * space * s, hint_text(p, text, sizeof text));
    double rows = fmax((double)lines.count, 1), h = (rows * hint_row + gap + field_height + 1.6 * space) * s;
    return rect_snap((Rect){plane.x + left * s, plane.y + plane.h - (margin + axis_room) * s - h, fmax(w, 1), h});
}

static void put_text(Ui *ui, const char *text)
{
    snprintf(ui->edit, sizeof ui->edit, "%s", text);
    ui->caret = strlen(ui->edit);
    ui->edit_whole = false;
}

static void go_back(Ui *ui, Prompt *p, int by)
{
    size_t kept = p->lines < PROMPT_PAST ? p->lines : PROMPT_PAST, before = p->back;
    for (; by > 0; by--)
        p->back += p->back < kept;
    for (; by < 0; by++)
        p->back -= p->back > 0;
    if (before == 0)
        snprintf(p->draft, sizeof p->draft, "%s", ui->edit);
    if (p->back != before)
        put_text(ui, p->back > 0 ? p->past[(p->lines - p->back) % PROMPT_PAST] : p->draft);
}

static size_t shared(const char *a, const char *b, size_t most)
{
    size_t n = 0;
    while (n < most && a[n] && a[n] == b[n])
        n++;
    return n;
}

/* As far as all names agree that begin so. Only a name of which nothing follows is completed. */
static void complete(Ui *ui)
{
    size_t length, agreed = 0, found = 0;
    const char *name = name_typed(ui->edit, &length);
    const CommandInfo *row, *first = NULL;
    for (size_t i = 0; (row = command_info(i)); i++) {
        if (strncmp(row->name, name, length) != 0)
            continue;
        first = first ? first : row;
        agreed = found++ ? shared(first->name, row->name, agreed) : strlen(row->name);
    }
    if (length == 0 || name[length] != '\0' || !first)
        return;
    char text[EDIT_SIZE];
    snprintf(text, sizeof text, "%.*s%.*s%s", (int)(name - ui->edit), ui->edit, (int)agreed, first->name,
             found == 1 && first->max > 0 ? " " : "");
    put_text(ui, text);
}

static bool is_empty(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

static void keep(Prompt *p)
{
    const char *newest = p->past[(p->lines + PROMPT_PAST - 1) % PROMPT_PAST];
    if (p->lines == 0 || strcmp(newest, p->text) != 0)
        memcpy(p->past[p->lines++ % PROMPT_PAST], p->text, sizeof p->text);
    p->back = 0;
}

static void enter(Ui *ui, Prompt *p)
{
    if (is_empty(p->text)) {
        ui_say(ui, "set prompt off");
        return;
    }
    keep(p);
    p->entered = true;
}

static bool was_hit(const Ui *ui, int key)
{
    for (int i = 0; i < ui->input.keys; i++)
        if (ui->input.key[i] == key)
            return true;
    return false;
}

static void take_keyboard(Ui *ui, const Field *f, const Prompt *p)
{
    size_t length = strlen(p->text);
    ui_field_open(ui, f);
    ui->edit_whole = false;
    ui->caret = p->caret < length ? p->caret : length;
}

static int take_keys(Ui *ui, int key)
{
    int n = 0;
    while (ui_take_key(ui, key))
        n++;
    return n;
}

/* Up, Down and Tab mean something else in a field. They come behind what was typed before them. */
static void type(Ui *ui, const Field *f, Rect at, Prompt *p)
{
    int by = take_keys(ui, KEY_UP) - take_keys(ui, KEY_DOWN), tabs = take_keys(ui, KEY_TAB);
    take_keys(ui, KEY_BACKTAB);
    ui_field(ui, f, at);
    go_back(ui, p, by);
    if (tabs > 0)
        complete(ui);
}

static void note_typed(Ui *ui, Prompt *p)
{
    if (strcmp(p->text, ui->edit) != 0)
        ui->wake_s = ui->input.time_s; /* hint and history are seen in the next frame */
    snprintf(p->text, sizeof p->text, "%s", ui->edit);
    p->caret = ui->caret;
}

static void field(Ui *ui, Rect at, Prompt *p)
{
    Field f = {
        .id = ui_id("prompt", 0), .shown = p->text, .text = p->text, .words = true, .help = how, .name = "prompt"};
    bool entered = was_hit(ui, KEY_ENTER), escaped = was_hit(ui, KEY_ESCAPE);
    if (!ui->editing && !ui->menu.id && !ui->lessons)
        take_keyboard(ui, &f, p);
    bool typing = ui->editing == f.id;
    if (typing) {
        type(ui, &f, at, p);
        note_typed(ui, p);
    } else {
        ui_field(ui, &f, at);
    }
    bool done = typing && ui->editing != f.id;
    if (done && escaped)
        ui_say(ui, "set prompt off");
    else if (done && entered)
        enter(ui, p);
}

void prompt_draw(Ui *ui, Rect plane, Prompt *p)
{
    char text[512];
    Rect card = prompt_place(ui, plane, p), column = rect_inset(card, space * ui->scale, 0.8 * space * ui->scale);
    ui_area(ui, card);
    card_draw(ui, card);
    Rect row = rect_cut_bottom(&column, field_height * ui->scale);
    TextStyle colon = {FACE_CODE, 12.5, ui->palette->muted, true};
    ui_text(ui, colon, rect_cut_left(&row, colon_width * ui->scale), ALIGN_LEFT, ":");
    rect_cut_right(&row, 4 * ui->scale);
    field(ui, row, p);
    TextBlock lines = hint_block(ui, column.w, hint_text(p, text, sizeof text));
    ui_text_lines(ui, hint_style(ui), &column, hint_row * ui->scale, ALIGN_LEFT, &lines);
}

void prompt_hidden(Prompt *p)
{
    p->text[0] = '\0';
    p->caret = p->back = 0;
}
