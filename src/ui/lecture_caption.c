/* lecture_caption.c - what a lesson says and asks, on cards over the plane that never take most of it. */
#include "scene/command.h"
#include "ui/formula_box.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double left = 46, axis_room = 30, top_room = 14, space_x = 22, space_y = 15;
static const double title_size = 25, text_size = 19, question_size = 34, hint_size = 15, line = 1.38, formula_em = 24,
                    formula_gap = 8, most_height = 0.46;

/* Sizes are tried from the first on until the card leaves enough of the plane. */
static const double factor[] = {1, 0.92, 0.85, 0.78, 0.71, 0.64, 0.58, 0.52, 0.46};
enum { FACTORS = sizeof factor / sizeof *factor };

/* Translucent, but the last row reads what is on it. */
static void glass(Ui *ui, Rect at, double radius)
{
    ui_box(ui, at, radius, colour_faded(ui->palette->panel, 0.9), ui->palette->line);
}

/* As narrow as so many lines can be: no word stands alone, and none is cut for that. */
static TextBlock balanced(const Ui *ui, TextStyle style, double width, const char *text)
{
    enum { TRIES = 7 };
    TextBlock best = ui_text_block(ui, style, width, text), next = best;
    for (int i = 1; i <= TRIES && next.count == best.count && best.count > 1 && !next.cut; i++) {
        best = next;
        next = ui_text_block(ui, style, (1 - 0.06 * i) * width, text);
    }
    return best;
}

/* Formulas below a caption, each on a line of its own. */
typedef struct Formulas {
    Formula formula[LECTURE_FORMULAS];
    size_t count;
} Formulas;

/* One that can't be read is left out: the lesson's file was refused for it. */
static void formulas_of(const Lecture *l, Formulas *all)
{
    Error e;
    all->count = 0;
    for (size_t i = 0; i < LECTURE_FORMULAS && l->formula[i][0]; i++)
        all->count += formula_parse(&all->formula[all->count], l->formula[i], &e);
}

typedef struct FormulaLine {
    double em; /* pixels */
    FormulaSize size;
} FormulaLine;

/* Smaller where it is wider than its place. */
static FormulaLine formula_line(const Ui *ui, const Formula *formula, double em, double width)
{
    FormulaSize size = formula_size(ui, formula, em);
    em *= fmin(1, width / fmax(size.w, 1));
    return (FormulaLine){em, formula_size(ui, formula, em)};
}

static double line_height(const Ui *ui, const FormulaLine *l)
{
    return l->size.above + l->size.below + formula_gap * ui->scale;
}

typedef struct Caption {
    TextStyle title, text;
    TextBlock titles, texts;
    FormulaLine formula[LECTURE_FORMULAS];
    double w, h; /* of the card */
} Caption;

static Caption caption_of(const Ui *ui, const Lecture *l, const Formulas *all, double widest, double f)
{
    const Palette *colour = ui->palette;
    Caption c = {.title = {FACE_STRONG, f * title_size, colour->text, false},
                 .text = {FACE_TEXT, f * text_size, colour->text, false}};
    double space = 2 * f * space_x * ui->scale, inner = widest - space;
    c.titles = balanced(ui, c.title, inner, lecture_scene_title(l, l->scene));
    c.texts = balanced(ui, c.text, inner, l->caption);
    double wide = fmax(c.titles.width, c.texts.width);
    double high = line * ((double)c.titles.count * c.title.size + (double)c.texts.count * c.text.size) * ui->scale;
    for (size_t i = 0; i < all->count; i++) {
        c.formula[i] = formula_line(ui, &all->formula[i], f * formula_em * ui->scale, inner);
        wide = fmax(wide, c.formula[i].size.w);
        high += line_height(ui, &c.formula[i]);
    }
    c.w = ceil(wide + space) + 1;
    c.h = ceil(high + 2 * f * space_y * ui->scale);
    return c;
}

static void caption_lines(Ui *ui, const Caption *c, const Formulas *all, Rect inner)
{
    double s = ui->scale;
    ui_text_lines(ui, c->title, &inner, line * c->title.size * s, ALIGN_LEFT, &c->titles);
    ui_text_lines(ui, c->text, &inner, line * c->text.size * s, ALIGN_LEFT, &c->texts);
    for (size_t i = 0; i < all->count; i++) {
        const FormulaLine *l = &c->formula[i];
        Rect row = rect_cut_top(&inner, line_height(ui, l));
        double baseline = row.y + formula_gap * s + l->size.above;
        formula_draw(ui, &all->formula[i], row.x, round(baseline), l->em, c->text.colour);
    }
}

/* Wider where there are no panels to read beside it. */
static double widest_of(const Ui *ui, Rect plane, const Settings *s)
{
    double most = (settings_on(s, SET_PANEL) && !ui_hides(ui, PLACE_PANEL) ? 700 : 900) * ui->scale,
           least = 420 * ui->scale;
    return fmin(fmin(most, fmax(0.6 * plane.w, least)), plane.w - (left + top_room) * ui->scale);
}

Rect lecture_caption_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, widest = widest_of(ui, plane, p->settings), f = 1;
    Caption c = {.h = INFINITY};
    Formulas all;
    formulas_of(l, &all);
    bool says = l->caption[0] || all.count > 0 || lecture_scene_title(l, l->scene)[0];
    if (l->asking || !says || widest < 120 * s)
        return (Rect){0};
    for (size_t i = 0; i < FACTORS && c.h > most_height * plane.h; i++)
        c = caption_of(ui, l, &all, widest, f = factor[i]);
    Rect card = {plane.x + left * s, plane.y + plane.h - axis_room * s - c.h, c.w, c.h};
    if (card.y < plane.y)
        return (Rect){0};
    ui_area(ui, card);
    glass(ui, card, 10);
    caption_lines(ui, &c, &all, rect_inset(card, f * space_x * s, f * space_y * s));
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

Rect lecture_question_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, widest = fmin(0.86 * plane.w, 1100 * s), f = 1;
    Question q = {.h = INFINITY};
    if (!l->asking || !l->question[0])
        return (Rect){0};
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
    return card;
}
