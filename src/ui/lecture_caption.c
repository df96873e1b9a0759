/* lecture_caption.c - what a lesson says and asks, on cards over the plane that leave its middle free. A caption that
 * can't is folded to its title, until it is asked for. */
#include "scene/command.h"
#include "ui/formula_box.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

static const double left = 46, axis_room = 30, top_room = 14, space_x = 22, space_y = 15;
static const double title_size = 25, text_size = 19, question_size = 34, hint_size = 15, line = 1.38, formula_em = 24,
                    formula_gap = 8, lower_part = 0.48;
static const double folded_size = 16, folded_height = 36, folded_space = 14, mark_size = 13, mark_row = 20;
static const char *const fold_command = "toggle caption.whole";

/* Sizes are tried from the first on until the card leaves enough of the plane. The smaller ones are for what would find
 * no room at all: their text is smaller than any other in the window. */
static const double factor[] = {1, 0.92, 0.85, 0.78, 0.71, 0.64, 0.58, 0.52, 0.46};
enum { FACTORS = sizeof factor / sizeof *factor, FACTORS_READABLE = 6 };

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
    double f;    /* the factor of its sizes */
    double w, h; /* of the card */
} Caption;

static Caption caption_of(const Ui *ui, const Lecture *l, const Formulas *all, double widest, double f)
{
    const Palette *colour = ui->palette;
    Caption c = {.title = {FACE_STRONG, f * title_size, colour->text, false},
                 .text = {FACE_TEXT, f * text_size, colour->text, false},
                 .f = f};
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

/* In sizes from one to another, the first that is no higher than that. */
static bool caption_fits(const Ui *ui, const Lecture *l, const Formulas *all, double widest, size_t from, size_t to,
                         double highest, Caption *c)
{
    c->h = INFINITY;
    for (size_t i = from; i < to && c->h > highest; i++)
        *c = caption_of(ui, l, all, widest, factor[i]);
    return c->h <= highest;
}

static Rect caption_card(const Ui *ui, Rect plane, double w, double h)
{
    return (Rect){plane.x + left * ui->scale, plane.y + plane.h - axis_room * ui->scale - h, w, h};
}

static const char *mark_text(const char *label, char *text, size_t size)
{
    const char *key = key_of(fold_command);
    snprintf(text, size, "%s%s%s", label, key[0] ? "  \u00b7  " : "", key);
    return text;
}

/* At the right end of a row; a click anywhere in `at` folds or unfolds. */
static void mark_draw(Ui *ui, Rect at, Rect row, const char *label)
{
    char text[64];
    Control c = ui_control(ui, ui_id("lecture caption", 0), at);
    TextStyle style = {FACE_TEXT, mark_size, c.hot ? ui->palette->text : ui->palette->muted, false};
    ui_text(ui, style, row, ALIGN_RIGHT, mark_text(label, text, sizeof text));
    ui_focus_ring(ui, &c, at, 6);
    if (c.clicked)
        ui_say(ui, "%s", fold_command);
}

/* The title, or what the caption begins with. */
static const char *folded_text(const Lecture *l, char text[LECTURE_TEXT])
{
    const char *title = lecture_scene_title(l, l->scene);
    snprintf(text, LECTURE_TEXT, "%s", title[0] ? title : l->caption);
    text[strcspn(text, "\n")] = '\0';
    return text;
}

static Rect folded_draw(Ui *ui, Rect plane, const Lecture *l, double widest)
{
    char text[LECTURE_TEXT], label[64];
    double s = ui->scale, spaces = 2 * folded_space * s;
    TextStyle style = {FACE_STRONG, folded_size, ui->palette->text, false},
              muted = {FACE_TEXT, mark_size, ui->palette->muted, false};
    double mark = ceil(ui_text_width(ui, muted, mark_text("more", label, sizeof label))) + folded_space * s;
    double wide = ceil(ui_text_width(ui, style, folded_text(l, text))) + 1;
    Rect card = caption_card(ui, plane, fmin(wide + mark + spaces, widest), folded_height * s);
    ui_area(ui, card);
    glass(ui, card, 10);
    Rect row = rect_inset(card, folded_space * s, 0);
    mark_draw(ui, card, rect_cut_right(&row, mark), "more");
    ui_text(ui, style, row, ALIGN_LEFT, text);
    return card;
}

static Rect caption_draw(Ui *ui, Rect plane, const Caption *c, const Formulas *all, bool folds)
{
    double s = ui->scale, mark = folds ? mark_row * s : 0;
    Rect card = caption_card(ui, plane, c->w, c->h + mark);
    ui_area(ui, card);
    glass(ui, card, 10);
    Rect inner = rect_inset(card, c->f * space_x * s, c->f * space_y * s), row = rect_cut_bottom(&inner, mark);
    caption_lines(ui, c, all, inner);
    if (folds)
        mark_draw(ui, row, row, "less");
    return card;
}

/* Smaller, then wider, then folded where it would cover the middle of the plane. */
Rect lecture_caption_draw(Ui *ui, Rect plane, double right, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, usual = widest_of(ui, plane, p->settings);
    double most = fmax(usual, fmin(right, plane.x + plane.w) - plane.x - (left + top_room) * s);
    double under = plane.h - axis_room * s, low = under - (1 - lower_part) * plane.h;
    Caption c;
    Formulas all;
    formulas_of(l, &all);
    bool says = l->caption[0] || all.count > 0 || lecture_scene_title(l, l->scene)[0];
    if (l->asking || !says || usual < 120 * s)
        return (Rect){0};
    if (caption_fits(ui, l, &all, usual, 0, FACTORS_READABLE, low, &c) ||
        caption_fits(ui, l, &all, most, 0, FACTORS_READABLE, low, &c))
        return caption_draw(ui, plane, &c, &all, false);
    if (settings_on(p->settings, SET_CAPTION_WHOLE) &&
        caption_fits(ui, l, &all, most, FACTORS_READABLE - 1, FACTORS, under - mark_row * s, &c))
        return caption_draw(ui, plane, &c, &all, true);
    return folded_draw(ui, plane, l, most);
}

typedef struct Question {
    TextStyle text, hint;
    TextBlock texts;
    double w, h;
} Question;

static const char *hint_text(char text[64])
{
    const char *key = key_of("next");
    snprintf(text, 64, "Next reveals the answer%s%s", key[0] ? "  \u00b7  " : "", key);
    return text;
}

static Question question_of(const Ui *ui, const Lecture *l, double widest, double f)
{
    Question q = {.text = {FACE_STRONG, f * question_size, ui->palette->text, false},
                  .hint = {FACE_TEXT, fmax(f * hint_size, 12), ui->palette->muted, false}};
    char text[64];
    double s = ui->scale, space = 2 * f * space_x * s, most = widest - 2 * space;
    q.texts = balanced(ui, q.text, most, l->question);
    q.w = ceil(fmax(q.texts.width, fmin(ui_text_width(ui, q.hint, hint_text(text)), most)) + 2 * space) + 1;
    q.h = ceil((line * (double)q.texts.count * q.text.size + 3.2 * q.hint.size + 2 * f * space_y) * s);
    return q;
}

/* A click on it is Next as well. */
static void hint_draw(Ui *ui, Rect row, TextStyle style)
{
    Control c = ui_control(ui, ui_id("lecture question", 0), row);
    char text[64];
    style.colour = c.hot ? ui->palette->text : style.colour;
    ui_text(ui, style, row, ALIGN_CENTRE, hint_text(text));
    ui_focus_ring(ui, &c, row, 6);
    if (c.clicked)
        ui_say(ui, "next");
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
