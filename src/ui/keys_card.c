#include "ui/parts.h"

#include "scene/command.h"

#include <string.h>

static const double row_height = 24, rows_at_a_glance = 20, heading = 44, margin = 22, foot = 52, foot_line = 19,
                    over_rule = 8, text_size = 12.5, between = 14;

/* Keys that do the same stand in one row: "F, F11". Returns false for all but the first of them. */
static bool is_first_of_command(size_t i)
{
    return strcmp(key_of(key_binding(i)->command), key_binding(i)->key) == 0;
}

static size_t row_count(void)
{
    size_t n = 0;
    for (size_t i = 0; key_binding(i); i++)
        n += is_first_of_command(i);
    return n;
}

static void all_keys_of(size_t first, char *text, size_t size)
{
    const KeyBinding *key;
    text[0] = '\0';
    for (size_t i = first; (key = key_binding(i)); i++) {
        size_t used = strlen(text);
        if (strcmp(key->command, key_binding(first)->command) != 0 || used + strlen(key->key) + 3 > size)
            continue;
        memcpy(text + used, ", ", used ? 3 : 0);
        memcpy(text + used + (used ? 2 : 0), key->key, strlen(key->key) + 1);
    }
}

/* Pixels that the widest keys and the widest text take, each with the gap behind it. */
typedef struct Widths {
    double keys, text;
} Widths;

static Widths widths(const Ui *ui)
{
    TextStyle name = {FACE_STRONG, text_size, 0, false}, help = {FACE_TEXT, text_size, 0, false};
    Widths w = {0};
    char keys[64];
    for (size_t i = 0; key_binding(i); i++) {
        all_keys_of(i, keys, sizeof keys);
        w.keys = fmax(w.keys, ceil(ui_text_width(ui, name, keys)) + between * ui->scale);
        w.text = fmax(w.text, ceil(ui_text_width(ui, help, key_binding(i)->help)) + between * ui->scale);
    }
    return w;
}

/* As many columns as there is room for, at least one. */
static size_t columns_in(const Ui *ui, double width)
{
    Widths w = widths(ui);
    return (size_t)fmax(1, floor((width - 2 * margin * ui->scale) / (w.keys + w.text) + 0.01));
}

/* Units of a card's height that are left for rows. */
static double rows_height(const Ui *ui, double height)
{
    return height / ui->scale - heading - foot - over_rule - margin;
}

static Rect card_in(const Ui *ui, Rect room)
{
    Widths column = widths(ui);
    size_t all = row_count(), possible = columns_in(ui, room.w);
    double tallest = fmin(rows_height(ui, room.h), rows_at_a_glance * row_height);
    size_t needed = (size_t)ceil((double)all * row_height / fmax(tallest, row_height));
    size_t columns = needed < possible ? needed : possible, rows = (all + columns - 1) / columns;
    double w = (double)columns * (column.keys + column.text) + 2 * margin * ui->scale;
    double h = ((double)rows * row_height + heading + foot + over_rule + margin) * ui->scale;
    return rect_middle(room, fmin(w, room.w), fmin(h, room.h));
}

/* Rows may move together, but not without end. */
static bool legible(const Ui *ui, Rect card)
{
    size_t columns = columns_in(ui, card.w), rows = (row_count() + columns - 1) / columns;
    return rows_height(ui, card.h) >= 0.8 * row_height * (double)rows;
}

/* On the plane, where the controls that it explains stand beside it; over the whole window when that is too small. */
Rect keys_place(const Ui *ui, const Layout *layout)
{
    double space = 10 * ui->scale;
    Rect card = card_in(ui, rect_inset(layout->plane, space, space));
    return legible(ui, card) ? card : card_in(ui, rect_inset(layout->window, space, space));
}

static void key_row(Ui *ui, Rect at, double keys_width, size_t i)
{
    char keys[64];
    double size = fmin(text_size, 0.72 * at.h / ui->scale);
    TextStyle name = {FACE_STRONG, size, ui->palette->text, false}, help = {FACE_TEXT, size, ui->palette->muted, false};
    all_keys_of(i, keys, sizeof keys);
    rect_cut_right(&at, 0.5 * between * ui->scale);
    Rect left = rect_cut_left(&at, fmin(keys_width, 0.5 * at.w));
    rect_cut_right(&left, 0.5 * between * ui->scale);
    ui_text(ui, name, left, ALIGN_LEFT, keys);
    ui_text(ui, help, at, ALIGN_LEFT, key_binding(i)->help);
}

/* What is pointed at, in the words of its tip, which this stands for. */
static void explain(Ui *ui, Rect at, bool on_plane)
{
    const Palette *colour = ui->palette;
    TextStyle text = {FACE_TEXT, 13, colour->text, false}, name = {FACE_CODE, 11.5, colour->muted, false};
    bool tip = ui->tooltip[0] != '\0';
    const char *help = tip ? ui->tooltip
                       : on_plane
                           ? "The plane: a click drops a particle and shows its way, a drag leaves a stream; "
                             "Shift, Ctrl and both change what is dropped. The wheel zooms, the right button pans"
                           : "Point at anything: what it is stands here";
    ui_box(ui, (Rect){at.x, at.y, at.w, ui->list.border_px}, 0, colour->line, 0);
    rect_cut_top(&at, 8 * ui->scale);
    if (tip)
        ui_text(ui, name, rect_cut_right(&at, fmin(0.3 * at.w, ui_text_width(ui, name, ui->tooltip_name) + 1)),
                ALIGN_RIGHT, ui->tooltip_name);
    rect_cut_right(&at, 12 * ui->scale);
    TextBlock lines = ui_text_block(ui, text, at.w, help);
    lines.count = lines.count < 2 ? lines.count : 2;
    ui_text_lines(ui, text, &at, foot_line * ui->scale, ALIGN_LEFT, &lines);
    ui->tooltip[0] = '\0';
}

void keys_draw(Ui *ui, Rect card, bool on_plane)
{
    ui_area(ui, card);
    ui_box(ui, card, 8, ui->palette->panel, ui->palette->line); /* opaque: it may lie over other texts */
    Rect inner = rect_inset(card, margin * ui->scale, 0);
    Rect title = rect_cut_top(&inner, heading * ui->scale);
    ui_text(ui, (TextStyle){FACE_STRONG, 16, ui->palette->text, false}, title, ALIGN_LEFT, "Keys");
    rect_cut_bottom(&inner, 0.5 * margin * ui->scale);
    explain(ui, rect_cut_bottom(&inner, foot * ui->scale), on_plane && !ui_over(ui, card));
    rect_cut_bottom(&inner, over_rule * ui->scale);
    size_t columns = columns_in(ui, card.w), rows = (row_count() + columns - 1) / columns;
    double height = fmin(row_height * ui->scale, inner.h / (double)rows), keys_width = widths(ui).keys;
    Rect column = {0};
    size_t shown = 0;
    for (size_t i = 0; key_binding(i); i++) {
        if (!is_first_of_command(i))
            continue;
        if (shown++ % rows == 0)
            column = rect_cut_left(&inner, inner.w / (double)(columns - (shown - 1) / rows));
        key_row(ui, rect_cut_top(&column, height), keys_width, i);
    }
}
