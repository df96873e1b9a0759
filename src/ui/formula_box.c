#include "ui/formula_box.h"

#include "ui/formula_page.h"

#include <math.h>

/* TeX's parameters of fonts, ems (appendix G: sigma 13 to 19, xi 9 to 12): text, display. */
static const double superscript_up[] = {0.363, 0.413}, superscript_up_cramped = 0.289;
static const double subscript_down = 0.17, subscript_down_both = 0.247;
static const double superscript_drop = 0.386, subscript_drop = 0.05;
static const double limit_gap_above = 0.111, limit_gap_below = 0.167;
static const double limit_rise = 0.2, limit_fall = 0.6;
static const double script_space = 0.05;

/* Scripts */

static Box set_limits(Page *p, const FormulaNode *n, Box base, Style s)
{
    double em = page_em(p, s), lean = 0.5 * base.lean;
    Box above = page_list(p, n->sup, style_of_scripts(s, false)),
        below = page_list(p, n->sub, style_of_scripts(s, true));
    double w = fmax(base.w, fmax(above.w, below.w));
    Box all = box_of(base.first, w, base.above, base.below);
    page_move(p, base.first, above.first, 0.5 * (w - base.w), 0);
    if (n->sup) {
        double up = base.above + fmax(limit_gap_above * em, limit_rise * em - above.below) + above.below;
        page_move(p, above.first, below.first, 0.5 * (w - above.w) + lean, -up);
        all.above = up + above.above;
    }
    if (n->sub) {
        double down = base.below + fmax(limit_gap_below * em, limit_fall * em - below.above) + below.above;
        page_move(p, below.first, p->marks, 0.5 * (w - below.w) - lean, down);
        all.below = down + below.below;
    }
    return all;
}

/* How far the scripts are moved from the base line (appendix G, rule 18). */
typedef struct Shifts {
    double up, down;
} Shifts;

static Shifts script_shifts(const FormulaNode *n, const Box *base, const Box *sup, const Box *sub, Style s, double em)
{
    double small = script_size[1] * em, thick = rule * em;
    double least = s.cramped ? superscript_up_cramped : superscript_up[s.display];
    Shifts shift = {base->script_top - superscript_drop * small, base->script_bottom + subscript_drop * small};
    shift.up = fmax(shift.up, fmax(least * em, sup->below + 0.25 * x_height * em));
    if (!n->sup) {
        shift.down = fmax(shift.down, fmax(subscript_down * em, sub->above - 0.8 * x_height * em));
        return shift;
    }
    shift.down = fmax(shift.down, subscript_down_both * em);
    double gap = shift.up - sup->below - (sub->above - shift.down);
    if (!n->sub || gap >= 4 * thick)
        return shift;
    shift.down += 4 * thick - gap;
    double raise = fmax(0, 0.8 * x_height * em - (shift.up - sup->below));
    return (Shifts){shift.up + raise, shift.down - raise};
}

static Box set_scripts(Page *p, const FormulaNode *n, Box base, Style s)
{
    double em = page_em(p, s);
    Box sup = page_list(p, n->sup, style_of_scripts(s, false)), sub = page_list(p, n->sub, style_of_scripts(s, true));
    Shifts shift = script_shifts(n, &base, &sup, &sub, s, em);
    double w = base.w;
    page_move(p, sup.first, sub.first, base.w + base.lean, -shift.up);
    page_move(p, sub.first, p->marks, base.w, shift.down);
    if (n->sup) {
        w = fmax(w, base.w + base.lean + sup.w);
        base.above = fmax(base.above, shift.up + sup.above);
        base.below = fmax(base.below, sup.below - shift.up);
    }
    if (n->sub) {
        w = fmax(w, base.w + sub.w);
        base.below = fmax(base.below, shift.down + sub.below);
        base.above = fmax(base.above, sub.above - shift.down);
    }
    return box_of(base.first, w + script_space * em, base.above, base.below);
}

static Box set_node(Page *p, const FormulaNode *n, Style s)
{
    Box base = page_part(p, n, s);
    if (n->sub || n->sup)
        return n->limits && s.display ? set_limits(p, n, base, s) : set_scripts(p, n, base, s);
    base.w += base.lean;
    base.lean = 0;
    return base;
}

/* Lists */

/* Between the class of a row and that of a column: 1 to 3 for a thin, a middle and a thick space, a to c for those that
 * scripts don't have (The TeXbook, chapter 18). */
static const char spacing[FORMULA_CLASSES][FORMULA_CLASSES + 1] = {
    [CLASS_ORDINARY] = "01bc000a",    [CLASS_OPERATOR] = "110c000a", [CLASS_BINARY] = "bb00b00b",
    [CLASS_RELATION] = "cc00c00c",    [CLASS_OPEN] = "00000000",     [CLASS_CLOSE] = "01bc000a",
    [CLASS_PUNCTUATION] = "aa0aaaaa", [CLASS_INNER] = "a1bca0aa",
};

static double space_between(FormulaClass left, FormulaClass right, Style s)
{
    char c = spacing[left][right];
    int kind = c >= 'a' ? (s.level == 0 ? c - 'a' + 1 : 0) : c - '0';
    return kind ? (kind + 2) / 18.0 : 0;
}

static FormulaPlace next_visible(const Formula *f, FormulaPlace at)
{
    while (at && f->node[at].kind == FORMULA_SPACE)
        at = f->node[at].next;
    return at;
}

/* A sign between two is binary only where something stands on both sides (appendix G, rules 5 and 6). */
static FormulaClass class_here(const Formula *f, const FormulaNode *n, bool first, FormulaClass left)
{
    if (n->kind == FORMULA_FENCE)
        return is_formula_bar(formula_text(f, n->text)) ? CLASS_ORDINARY : CLASS_OPEN;
    if (n->class != CLASS_BINARY)
        return n->class;
    FormulaPlace next = next_visible(f, n->next);
    FormulaClass right = next ? f->node[next].class : CLASS_CLOSE;
    bool alone = first || left == CLASS_BINARY || left == CLASS_OPERATOR || left == CLASS_RELATION ||
                 left == CLASS_OPEN || left == CLASS_PUNCTUATION || right == CLASS_RELATION || right == CLASS_CLOSE ||
                 right == CLASS_PUNCTUATION;
    return alone ? CLASS_ORDINARY : CLASS_BINARY;
}

Box page_list(Page *p, FormulaPlace first, Style s)
{
    const Formula *f = p->formula;
    Box line = {.first = p->marks, .above = -INFINITY, .below = -INFINITY};
    FormulaClass left = CLASS_OPEN;
    bool begun = false;
    for (FormulaPlace at = first; at; at = f->node[at].next) {
        const FormulaNode *n = &f->node[at];
        if (n->kind == FORMULA_SPACE) {
            line.w += page_part(p, n, s).w;
            continue;
        }
        FormulaClass here = class_here(f, n, !begun, left);
        double space = begun ? space_between(left, here, s) * page_em(p, s) : 0;
        page_append(p, &line, set_node(p, n, s), space);
        left = n->kind == FORMULA_FENCE ? CLASS_CLOSE : here;
        begun = true;
    }
    return begun ? line : box_of(p->marks, line.w, 0, 0);
}

/* The formula and its drawing */

static Box set_formula(Page *p, const Ui *ui, const Formula *f, double size)
{
    p->ui = ui;
    p->formula = f;
    p->em = size;
    p->marks = 0;
    return page_list(p, f->first, (Style){.display = true});
}

FormulaSize formula_size(const Ui *ui, const Formula *f, double size)
{
    Page page;
    Box b = set_formula(&page, ui, f, size);
    return (FormulaSize){b.w, b.above, b.below};
}

/* On whole pixels and never thinner than one, so that it is sharp. */
static void draw_rule(Ui *ui, const Mark *m, double x, double y, Colour c)
{
    double w = fmax(1, round(m->w)), h = fmax(1, round(m->h));
    double left = round(x + m->x + 0.5 * (m->w - w)), top = round(y + m->y + 0.5 * (m->h - h));
    draw_box(&ui->list, (Rect){left, top, w, h}, 0, c, 0);
}

void formula_draw(Ui *ui, const Formula *f, double x, double baseline, double size, Colour c)
{
    Page page;
    set_formula(&page, ui, f, size);
    for (size_t i = 0; i < page.marks; i++) {
        const Mark *m = &page.mark[i];
        if (m->text)
            draw_text(&ui->list, m->face, m->size, x + m->x, baseline + m->y, c, false, m->text);
        else
            draw_rule(ui, m, x, baseline, c);
    }
}
