/* load_card.c - what came in with a file: how many points and where, what was left out and why, how they were scaled.
 *
 * It stays until it is closed or the drawing changes, and blocks nothing.
 */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

static const double margin = 14, card_left = 46, axis_room = 24, space = 12, title_height = 24, line_height = 18,
                    widest = 400;

enum { NOTES = 14, LINE = 320 };

typedef struct Notes {
    char text[NOTES][LINE];
    bool warning[NOTES];
    size_t count;
} Notes;

static char *add(Notes *l)
{
    size_t last = l->count < NOTES ? l->count++ : NOTES - 1;
    l->warning[last] = false;
    return l->text[last];
}

static void say_reading(Notes *l, const Loaded *loaded)
{
    (void)loaded;
    snprintf(add(l), LINE, "is being read \u2026");
}

static void say_axis(Notes *l, const PointTable *t, int axis)
{
    snprintf(add(l), LINE, "%c from %.6g to %.6g%s%s", "xy"[axis], t -> low[axis], t -> high[axis],
             t -> column[axis][0] ? ", from " : "", t->column[axis]);
}

static void say_points(Notes *l, const Loaded *loaded)
{
    const PointTable *t = &loaded->table;
    const Units *u = &loaded->units;
    char count[FORMAT_SIZE];
    snprintf(add(l), LINE, "%s points%s", format_count(count, sizeof count, t->count), t->weighted ? ", weighted" : "");
    for (int axis = 0; axis < 2; axis++)
        say_axis(l, t, axis);
    if (t->weighted && t->column[POINTS_WEIGHT][0])
        snprintf(add(l), LINE, "weights from %s", t->column[POINTS_WEIGHT]);
    if (t->format[0])
        snprintf(add(l), LINE, "read as %s", t->format);
    snprintf(add(l), LINE, "centred at (%.6g, %.6g) and divided by %.6g to fit the plane", u->origin[0], u->origin[1],
             u->scale);
    if (t->skipped.count == 0)
        return;
    size_t row = l->count;
    snprintf(add(l), LINE, "%s left out: %s", format_count(count, sizeof count, t->skipped.count), t->skipped.why);
    if (row < NOTES)
        l->warning[row] = true;
}

static void say_picture(Notes *l, const Loaded *loaded)
{
    static const char *const dense[IMAGE_POLARITY_COUNT] = {
        [IMAGE_DARK_ON_LIGHT] = "dark", [IMAGE_LIGHT_ON_DARK] = "light", [IMAGE_OPAQUE_SHAPE] = "opaque"};
    snprintf(add(l), LINE, "%zu \u00d7 %zu cells, %s", loaded->columns, loaded->rows,
             image_polarity_names[loaded->polarity]);
    snprintf(add(l), LINE, "what is %s is dense", dense[loaded->polarity]);
}

static void say_drawing(Notes *l, const Loaded *loaded)
{
    snprintf(add(l), LINE, "a drawing of %zu part%s", loaded->parts, loaded->parts == 1 ? "" : "s");
}

static void (*const say[])(Notes *l, const Loaded *loaded) = {[LOADED_READING] = say_reading,
                                                              [LOADED_POINTS] = say_points,
                                                              [LOADED_PICTURE] = say_picture,
                                                              [LOADED_DRAWING] = say_drawing};

/* Lines broken where they are wider than the card. */
static void wrap(const Ui *ui, TextStyle style, double width, const Notes *from, Notes *to)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        const char *at = from->text[i];
        for (size_t n; (n = ui_text_break(ui, style, width, at)) > 0 && to->count < NOTES;) {
            bool warning = from->warning[i];
            snprintf(add(to), LINE, "%.*s", (int)n, at);
            to->warning[to->count - 1] = warning;
            at += n;
            at += strspn(at, " ");
        }
    }
}

static double widest_line(const Ui *ui, TextStyle style, const Notes *l)
{
    double width = 0;
    for (size_t i = 0; i < l->count; i++)
        width = fmax(width, ui_text_width(ui, style, l->text[i]));
    return ceil(width) + 1;
}

Rect load_card_draw(Ui *ui, Rect plane, const Loaded *loaded)
{
    TextStyle style = {FACE_TEXT, 12.5, ui->palette->text, false},
              title = {FACE_STRONG, 13.5, ui->palette->text, false};
    Notes said = {.count = 0}, line;
    double u = ui->scale, room = fmin(widest * u, plane.w - (card_left + margin + 2 * space) * u);
    if (loaded->kind == LOADED_NOTHING || room < 120 * u)
        return (Rect){0};
    say[loaded->kind](&said, loaded);
    wrap(ui, style, room, &said, &line);
    double button = title_height * u, head = ui_text_width(ui, title, loaded->name) + button + space * u;
    double w = fmin(fmax(widest_line(ui, style, &line), head), room) + 2 * space * u;
    double h = (title_height + (double)line.count * line_height + 1.4 * space) * u;
    Rect card = {plane.x + card_left * u, plane.y + plane.h - (margin + axis_room) * u - h, ceil(w), ceil(h)};
    if (card.y < plane.y)
        return (Rect){0};
    ui_area(ui, card);
    card_draw(ui, card);
    Rect inner = rect_inset(card, space * u, 0.7 * space * u), row = rect_cut_top(&inner, title_height * u);
    command_button(ui, "cancel", "\u00d7", rect_cut_right(&row, button), false);
    ui_text(ui, title, row, ALIGN_LEFT, loaded->name);
    for (size_t i = 0; i < line.count; i++) {
        style.colour = line.warning[i] ? ui->palette->warning : ui->palette->text;
        ui_text(ui, style, rect_cut_top(&inner, line_height * u), ALIGN_LEFT, line.text[i]);
    }
    return card;
}
