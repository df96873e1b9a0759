/* lecture_caption.c - what a lesson says and asks, on cards over the plane that never take most of it. */
#include "scene/command.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double left = 46, axis_room = 30, top_room = 14, space_x = 22, space_y = 15;
static const double title_size = 25, text_size = 19, question_size = 34, hint_size = 15, line = 1.38;

/* Sizes are tried from the first on until the card leaves enough of the plane. */
static const double factor[] = {1, 0.92, 0.85, 0.78, 0.71, 0.64, 0.58};
enum { FACTORS = sizeof factor / sizeof *factor };

/* Translucent, but the last row reads what is on it. */
static void glass(Ui *ui, Rect at, double radius)
{
    ui_box(ui, at, radius, colour_faded(ui->palette->panel, 0.9), ui->palette->line);
}

/* As narrow as so many lines can be: no word stands alone. */
static TextBlock balanced(const Ui *ui, TextStyle style, double width, const char *text)
{
    enum { TRIES = 7 };
    TextBlock best = ui_text_block(ui, style, width, text), next = best;
    for (int i = 1; i <= TRIES && next.count == best.count && best.count > 1; i++) {
        best = next;
        next = ui_text_block(ui, style, (1 - 0.06 * i) * width, text);
    }
    return best;
}

typedef struct Caption {
    TextStyle title, text;
    TextBlock titles, texts;
    double w, h; /* of the card */
} Caption;

static Caption caption_of(const Ui *ui, const Lecture *l, double widest, double f)
{
    const Palette *colour = ui->palette;
    Caption c = {.title = {FACE_STRONG, f * title_size, colour->text, false},
                 .text = {FACE_TEXT, f * text_size, colour->text, false}};
    double inner = widest - 2 * f * space_x * ui->scale;
    c.titles = balanced(ui, c.title, inner, lecture_scene_title(l, l->scene));
    c.texts = balanced(ui, c.text, inner, l->caption);
    double rows = line * ((double)c.titles.count * c.title.size + (double)c.texts.count * c.text.size);
    c.w = ceil(fmax(c.titles.width, c.texts.width) + 2 * f * space_x * ui->scale) + 1;
    c.h = ceil((rows + 2 * f * space_y) * ui->scale);
    return c;
}

/* Wider where there are no panels to read beside it. */
static double widest_of(const Ui *ui, Rect plane, const Settings *s)
{
    double most = (settings_on(s, SET_PANEL) ? 700 : 900) * ui->scale, least = 420 * ui->scale;
    return fmin(fmin(most, fmax(0.6 * plane.w, least)), plane.w - (left + top_room) * ui->scale);
}

Rect lecture_caption_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, widest = widest_of(ui, plane, p->settings), f = 1;
    Caption c = {.h = INFINITY};
    bool says = l->caption[0] || lecture_scene_title(l, l->scene)[0];
    if (l->asking || !says || widest < 120 * s)
        return (Rect){0};
    for (size_t i = 0; i < FACTORS && c.h > 0.46 * plane.h; i++)
        c = caption_of(ui, l, widest, f = factor[i]);
    Rect card = {plane.x + left * s, plane.y + plane.h - axis_room * s - c.h, c.w, c.h};
    if (card.y < plane.y)
        return (Rect){0};
    ui_area(ui, card);
    glass(ui, card, 10);
    Rect inner = rect_inset(card, f * space_x * s, f * space_y * s);
    ui_text_lines(ui, c.title, &inner, line * c.title.size * s, ALIGN_LEFT, &c.titles);
    ui_text_lines(ui, c.text, &inner, line * c.text.size * s, ALIGN_LEFT, &c.texts);
    return card;
}

typedef struct Question {
    TextStyle text, hint;
    TextBlock texts;
    double w, h;
} Question;

static const char *const hint = "Next reveals the answer";

static Question question_of(const Ui *ui, const Lecture *l, double widest, double f)
{
    Question q = {.text = {FACE_STRONG, f * question_size, ui->palette->text, false},
                  .hint = {FACE_TEXT, fmax(f * hint_size, 12), ui->palette->muted, false}};
    double s = ui->scale, space = 2 * f * space_x * s;
    q.texts = balanced(ui, q.text, widest - 2 * space, l->question);
    q.w = ceil(fmax(q.texts.width, 160 * s) + 2 * space) + 1;
    q.h = ceil((line * (double)q.texts.count * q.text.size + 3.2 * q.hint.size + 2 * f * space_y) * s);
    return q;
}

/* A click on it is Next as well. */
static void hint_draw(Ui *ui, Rect row, TextStyle style)
{
    static const char *const command = "next";
    Control c = ui_control(ui, ui_id("lecture question", 0), row);
    char text[64];
    const char *key = key_of(command);
    snprintf(text, sizeof text, "%s%s%s", hint, key[0] ? "  \u00b7  " : "", key);
    style.colour = c.hot ? ui->palette->text : style.colour;
    ui_text(ui, style, row, ALIGN_CENTRE, text);
    ui_focus_ring(ui, &c, row, 6);
    if (c.clicked)
        ui_say(ui, "%s", command);
}

void lecture_question_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, widest = fmin(0.86 * plane.w, 1100 * s), f = 1;
    Question q = {.h = INFINITY};
    if (!l->asking || !l->question[0])
        return;
    for (size_t i = 0; i < FACTORS && q.h > plane.h / 3; i++)
        q = question_of(ui, l, widest, f = factor[i]);
    double below = fmax(plane.h / 3 - q.h, 2 * axis_room * s) / 2;
    Rect card = {plane.x + (plane.w - q.w) / 2, fmax(plane.y, plane.y + plane.h - below - q.h), q.w, q.h};
    ui_area(ui, card);
    glass(ui, card, 12);
    ui_box(ui, rect_inset(card, ui->list.border_px, ui->list.border_px), 11, 0, ui->palette->active);
    Rect inner = rect_inset(card, 2 * f * space_x * s, f * space_y * s);
    Rect row = rect_cut_bottom(&inner, 2.2 * q.hint.size * s);
    ui_text_lines(ui, q.text, &inner, line * q.text.size * s, ALIGN_CENTRE, &q.texts);
    hint_draw(ui, row, q.hint);
}
