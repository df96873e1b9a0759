#include "ui/word_entry.h"

#include "scene/quote.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

enum { PREVIEW_CELLS = 128, PREVIEW_SHADES = 12 };
static const double width = 360, margin = 14, space = 12, field_height = 28, preview_height = 116, face_height = 22,
                    faces_shown = 6, hint_height = 20, button_height = 26, gap = 8;

static bool was_hit(const Ui *ui, int key)
{
    for (int i = 0; i < ui->input.keys; i++)
        if (ui->input.key[i] == key)
            return true;
    return false;
}

static void say_word(Ui *ui, const WordEntry *w)
{
    Bytes b = {0};
    bytes_printf(&b, "word ");
    quote_append(&b, w->text);
    bytes_printf(&b, " ");
    quote_append(&b, w->faces > 0 ? w->face[w->chosen] : "");
    bytes_append(&b, "", 1);
    if (!b.failed)
        ui_say(ui, "%s", (const char *)b.data);
    bytes_free(&b);
}

/* A word that can't be set is refused, which keeps the card open. */
static void put(Ui *ui, const WordEntry *w)
{
    if (!w->text[0])
        return;
    say_word(ui, w);
    ui_say(ui, "set draw.word off");
}

/* Up and Down are the list's: in a single line they would only go to its ends. */
static void step_through_faces(Ui *ui, WordEntry *w)
{
    size_t before = w->chosen;
    while (ui_take_key(ui, KEY_DOWN))
        w->chosen += w->chosen + 1 < w->faces;
    while (ui_take_key(ui, KEY_UP))
        w->chosen -= w->chosen > 0;
    double row = face_height * ui->scale, top = (double)w->chosen * row;
    if (w->chosen != before)
        w->scroll.at = fmin(fmax(w->scroll.at, top - (faces_shown - 1) * row), top);
}

/* It has the keyboard from the start, and again after a press elsewhere on the card. */
static void field(Ui *ui, Rect at, Rect card, WordEntry *w)
{
    Field f = {.id = ui_id("word entry", 0),
               .shown = w->text,
               .text = w->text,
               .words = true,
               .help = "the word that is put into the drawing",
               .name = "word"};
    bool entered = was_hit(ui, KEY_ENTER), escaped = was_hit(ui, KEY_ESCAPE);
    if (!w->open || (ui->editing != f.id && ui->input.released && rect_has(card, ui->input.x, ui->input.y)))
        ui_field_open(ui, &f);
    bool typing = ui->editing == f.id;
    if (typing)
        step_through_faces(ui, w);
    ui_field(ui, &f, at);
    if (typing)
        snprintf(w->text, sizeof w->text, "%s", ui->edit);
    if (typing && ui->editing != f.id && entered) {
        put(ui, w);
        ui_field_open(ui, &f);
    } else if (typing && ui->editing != f.id && escaped) {
        ui_say(ui, "set draw.word off");
    }
}

/* Mean level of a square of cells, 0 .. PREVIEW_SHADES. */
static int shade(const Raster *r, size_t row, size_t column, size_t cells)
{
    size_t sum = 0, rows = r->rows - row < cells ? r->rows - row : cells,
           columns = r->columns - column < cells ? r->columns - column : cells;
    for (size_t i = 0; i < rows * columns; i++)
        sum += r->level[(row + i / columns) * r->columns + column + i % columns];
    return (int)((PREVIEW_SHADES * sum + 127 * rows * columns) / (255 * rows * columns));
}

/* A box for every run of cells of one shade. */
static void preview_row(Ui *ui, Rect at, const Raster *r, size_t row, size_t cells, double px)
{
    double y = round(at.y + at.h - (double)(row + cells) * px), bottom = round(at.y + at.h - (double)row * px);
    for (size_t from = 0, to; from < r->columns; from = to) {
        int level = shade(r, row, from, cells);
        for (to = from + cells; to < r->columns && shade(r, row, to, cells) == level; to += cells)
            ;
        double x = round(at.x + (double)from * px);
        Rect box = {x, y, round(at.x + (double)to * px) - x, bottom - y};
        if (level > 0)
            draw_box(&ui->list, box, 0, colour_faded(ui->palette->density, (double)level / PREVIEW_SHADES), 0);
    }
}

static void preview(Ui *ui, Rect at, const WordEntry *w)
{
    const Raster *r = w->preview;
    ui_box(ui, at, 4, ui->palette->ground, ui->palette->line);
    if (!w->text[0])
        ui_text(ui, (TextStyle){FACE_TEXT, 13, ui->palette->muted, false}, at, ALIGN_CENTRE, "type a word");
    if (!r)
        return;
    Rect room = rect_inset(at, gap * ui->scale, gap * ui->scale);
    double px = fmin(room.w / (double)r->columns, room.h / (double)r->rows);
    size_t longer = r->rows > r->columns ? r->rows : r->columns, cells = (longer + PREVIEW_CELLS - 1) / PREVIEW_CELLS;
    Rect place = rect_middle(room, px * (double)r->columns, px * (double)r->rows);
    for (size_t row = 0; row < r->rows; row += cells)
        preview_row(ui, place, r, row, cells, px);
}

static void face_row(Ui *ui, Rect at, WordEntry *w, size_t i)
{
    const Palette *colour = ui->palette;
    bool chosen = i == w->chosen;
    Control c = ui_control(ui, ui_id("word face", i), at);
    TextStyle style = {chosen ? FACE_STRONG : FACE_TEXT, 12.5, chosen ? colour->on_active : colour->text, false};
    if (c.clicked)
        w->chosen = i;
    if (chosen || c.hot)
        ui_box(ui, at, 4, chosen ? colour->active : colour->line, 0);
    ui_focus_ring(ui, &c, at, 4);
    ui_text(ui, style, rect_inset(at, gap * ui->scale, 0), ALIGN_LEFT, w->face[i]);
}

/* Only rows that are seen are laid out: there may be hundreds. */
static void faces(Ui *ui, Rect at, WordEntry *w)
{
    double row = face_height * ui->scale;
    ui_box(ui, at, 4, ui->palette->raised, 0);
    ui_scroll_begin(ui, &w->scroll, at);
    for (size_t i = (size_t)(w->scroll.at / row); i < w->faces && (double)i * row < w->scroll.at + at.h; i++)
        face_row(ui, (Rect){at.x, at.y + (double)i * row - w->scroll.at, at.w - gap * ui->scale, row}, w, i);
    ui_scroll_end(ui, &w->scroll, at, (double)w->faces * row);
}

static void hint(Ui *ui, Rect at, const WordEntry *w)
{
    bool problem = w->problem && w->problem[0] && w->text[0];
    TextStyle style = {FACE_TEXT, 12, problem ? ui->palette->warning : ui->palette->muted, false};
    ui_text(ui, style, at, ALIGN_LEFT, problem ? w->problem : "Up and Down choose the face");
}

static void buttons(Ui *ui, Rect at, const WordEntry *w)
{
    double half = (at.w - gap * ui->scale) / 2;
    if (ui_button(ui, "put word", "Add word", "into the drawing", "Enter", rect_cut_left(&at, half), w->preview != NULL))
        put(ui, w);
    if (ui_button(ui, "leave word", "Cancel", "no word", "Escape", rect_cut_right(&at, half), false))
        ui_say(ui, "set draw.word off");
}

static Rect cut(Ui *ui, Rect *column, double height)
{
    Rect piece = rect_cut_top(column, height * ui->scale);
    rect_cut_top(column, gap * ui->scale);
    return piece;
}

Rect word_entry_place(const Ui *ui, Rect plane)
{
    double height =
        field_height + preview_height + faces_shown * face_height + hint_height + button_height + 4 * gap + 2 * space;
    Rect room = rect_inset(plane, margin * ui->scale, margin * ui->scale);
    return rect_snap(rect_middle(room, fmin(width * ui->scale, room.w), fmin(height * ui->scale, room.h)));
}

void word_entry_draw(Ui *ui, Rect plane, WordEntry *w)
{
    Rect card = word_entry_place(ui, plane);
    Rect column = rect_inset(card, space * ui->scale, space * ui->scale);
    ui_area(ui, card);
    ui_box(ui, card, 8, ui->palette->panel, ui->palette->line);
    field(ui, cut(ui, &column, field_height), card, w);
    Rect row = rect_cut_bottom(&column, button_height * ui->scale);
    buttons(ui, row, w);
    preview(ui, cut(ui, &column, preview_height), w);
    hint(ui, cut(ui, &column, hint_height), w);
    rect_cut_bottom(&column, gap * ui->scale);
    faces(ui, column, w);
    w->open = true;
}

void word_entry_hidden(WordEntry *w)
{
    w->open = false;
}
