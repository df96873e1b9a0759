#include "ui/formula_box.h"

#include "io/text.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { INTEGRAL = 0x222b, CONTOUR_INTEGRAL = 0x222e, BAR = 0x2223, DOUBLE_BAR = 0x2016, PRIME = 0x2032 };
enum { MARKS = 4 * FORMULA_NODES };

/* Of the face, ems. */
static const double axis = 0.25, x_height = 0.45, rule = 0.06;
static const double bar_stroke = 0.066;
/* TeX's parameters of fonts, ems (appendix G: sigma 8 to 19, xi 9 to 13). */
static const double numerator_up[] = {0.394, 0.677}, denominator_down[] = {0.345, 0.686}; /* text, display */
static const double superscript_up[] = {0.363, 0.413}, superscript_up_cramped = 0.289;
static const double subscript_down = 0.17, subscript_down_both = 0.247;
static const double superscript_drop = 0.386, subscript_drop = 0.05;
static const double limit_gap_above = 0.111, limit_gap_below = 0.167;
static const double limit_rise = 0.2, limit_fall = 0.6;
static const double script_size[] = {1, 0.72, 0.56};
static const double script_space = 0.05, fraction_space = 0.1;
/* A bracket may be so much shorter than what it encloses. */
static const double bracket_share = 0.901, bracket_short = 0.5;
/* How far an accent is moved to the right of a slanted letter's middle, of the letter's height. */
static const double accent_slant = 0.13;
/* The face's prime is raised already. */
static const double prime_drop = 0.36;

/* One text or, without text, one rule; x to the right and y down from the left end of the base line. */
typedef struct Mark {
    const char *text;
    Face face;
    double size, x, y, w, h;
} Mark;

typedef struct Page {
    const Ui *ui;
    const Formula *formula;
    double em;
    Mark mark[MARKS];
    size_t marks;
} Page;

typedef struct Style {
    int level; /* 0: text, 1: scripts, 2: theirs */
    bool display, cramped;
} Style;

/* Marks from the first on, up to those of what was set next. */
typedef struct Box {
    size_t first;
    double w, above, below;
    double lean; /* its top stands out so far to the right */
} Box;

static double em_of(const Page *p, Style s)
{
    return p->em * script_size[s.level];
}

static Style script_style(Style s, bool cramped)
{
    return (Style){s.level < 2 ? s.level + 1 : 2, false, s.cramped || cramped};
}

static Style cramped(Style s)
{
    s.cramped = true;
    return s;
}

static uint32_t code_of(const char *text)
{
    return utf8_next(&text);
}

static void move(Page *p, size_t from, size_t to, double dx, double dy)
{
    for (size_t i = from; i < to; i++) {
        p->mark[i].x += dx;
        p->mark[i].y += dy;
    }
}

static void add_mark(Page *p, Mark m)
{
    assert(p->marks < MARKS);
    p->mark[p->marks++] = m;
}

static void add_rule(Page *p, double x, double y, double w, double h)
{
    add_mark(p, (Mark){.x = x, .y = y, .w = w, .h = h});
}

static Box set_text(Page *p, Face face, double em, const char *text)
{
    TextInk ink = ui_ink(p->ui, face, text);
    Box b = {p->marks, em * ink.advance, em * ink.above, em * ink.below, fmax(0, em * (ink.right - ink.advance))};
    add_mark(p, (Mark){.text = text, .face = face, .size = em});
    return b;
}

static void lift(Page *p, Box *b, double up)
{
    move(p, b->first, p->marks, 0, -up);
    b->above += up;
    b->below -= up;
}

/* The middle of its height comes to the axis: those who follow must not have been set yet. */
static void centre_on_axis(Page *p, Box *b, double em)
{
    lift(p, b, axis * em - 0.5 * (b->above - b->below));
}

static Box set_list(Page *p, FormulaPlace first, Style s);

static Box set_nothing(Page *p, const FormulaNode *n, Style s)
{
    (void)n;
    double em = em_of(p, s);
    return (Box){p->marks, 0, x_height * em, 0, 0};
}

static Box set_glyphs(Page *p, const FormulaNode *n, Style s)
{
    const char *text = formula_text(p->formula, n->text);
    double em = em_of(p, s);
    Box b = set_text(p, FACE_FORMULA, em, text);
    if (!n->slanted)
        b.lean = 0;
    if (code_of(text) == PRIME)
        lift(p, &b, -prime_drop * em);
    return b;
}

static Box set_large(Page *p, const FormulaNode *n, Style s)
{
    const char *text = formula_text(p->formula, n->text);
    uint32_t code = code_of(text);
    bool integral = code == INTEGRAL || code == CONTOUR_INTEGRAL;
    Face face = !s.display ? FACE_FORMULA : integral ? FACE_FORMULA_INTEGRAL : FACE_FORMULA_LARGE;
    Box b = set_text(p, face, em_of(p, s), text);
    centre_on_axis(p, &b, em_of(p, s));
    return b;
}

static Box set_group(Page *p, const FormulaNode *n, Style s)
{
    return set_list(p, n->child, s);
}

static Box set_space(Page *p, const FormulaNode *n, Style s)
{
    return (Box){p->marks, (double)n->space * em_of(p, s), 0, 0, 0};
}

static Box set_fraction(Page *p, const FormulaNode *n, Style s)
{
    double em = em_of(p, s), thick = rule * em, gap = (s.display ? 3 : 1) * thick, space = fraction_space * em;
    Style inner = s.display ? (Style){s.level, false, s.cramped} : script_style(s, false);
    Box above = set_list(p, n->child, inner), below = set_list(p, n->other, cramped(inner));
    double w = fmax(above.w, below.w), line = axis * em;
    double up = fmax(numerator_up[s.display] * em, line + 0.5 * thick + gap + above.below);
    double down = fmax(denominator_down[s.display] * em, below.above + gap + 0.5 * thick - line);
    move(p, above.first, below.first, space + 0.5 * (w - above.w), -up);
    move(p, below.first, p->marks, space + 0.5 * (w - below.w), down);
    add_rule(p, space, -line - 0.5 * thick, w, thick);
    return (Box){above.first, w + 2 * space, up + above.above, down + below.below, 0};
}

static const Face bracket_face[] = {FACE_FORMULA, FACE_FORMULA_LARGE, FACE_FORMULA_LARGER, FACE_FORMULA_LARGEST};
enum { BRACKET_FACES = sizeof bracket_face / sizeof *bracket_face };

/* The smallest form of a sign that is so high; the largest is made larger where that isn't enough. */
static Box set_grown(Page *p, const char *text, double em, double height)
{
    Face face = bracket_face[BRACKET_FACES - 1];
    for (size_t i = 0; i < BRACKET_FACES; i++) {
        TextInk ink = ui_ink(p->ui, bracket_face[i], text);
        if ((ink.above + ink.below) * em >= height)
            return set_text(p, bracket_face[i], em, text);
    }
    TextInk ink = ui_ink(p->ui, face, text);
    return set_text(p, face, height / (ink.above + ink.below), text);
}

/* The face's bars don't grow: higher ones are rules. */
static Box set_bars(Page *p, const char *text, double em, double height)
{
    TextInk ink = ui_ink(p->ui, FACE_FORMULA, text);
    if ((ink.above + ink.below) * em >= height)
        return set_text(p, FACE_FORMULA, em, text);
    size_t first = p->marks;
    add_rule(p, ink.left * em, -height, bar_stroke * em, height);
    if (code_of(text) == DOUBLE_BAR)
        add_rule(p, (ink.right - bar_stroke) * em, -height, bar_stroke * em, height);
    return (Box){first, ink.advance * em, height, 0, 0};
}

static Box set_bracket(Page *p, uint16_t place, Style s, double height)
{
    const char *text = formula_text(p->formula, place);
    uint32_t code = code_of(text);
    double em = em_of(p, s);
    if (!*text)
        return (Box){p->marks, 0, 0, 0, 0};
    Box b = code == BAR || code == DOUBLE_BAR ? set_bars(p, text, em, height) : set_grown(p, text, em, height);
    centre_on_axis(p, &b, em);
    return b;
}

static void append(Page *p, Box *line, Box b, double space)
{
    move(p, b.first, p->marks, line->w + space, 0);
    line->w += space + b.w;
    line->above = fmax(line->above, b.above);
    line->below = fmax(line->below, b.below);
}

static Box set_fence(Page *p, const FormulaNode *n, Style s)
{
    double em = em_of(p, s);
    Box inner = set_list(p, n->child, s), line = {inner.first, 0, inner.above, inner.below, 0};
    double needed = 2 * fmax(inner.above - axis * em, inner.below + axis * em);
    double height = fmax(bracket_share * needed, needed - bracket_short * em);
    size_t after = p->marks;
    append(p, &line, set_bracket(p, n->text, s, height), 0);
    move(p, inner.first, after, line.w, 0);
    line.w += inner.w;
    append(p, &line, set_bracket(p, n->close, s, height), 0);
    return line;
}

/* The degree stands in the bend of the sign. */
static double set_degree(Page *p, FormulaPlace degree, double em, double top)
{
    Box b = set_list(p, degree, (Style){2, false, true});
    move(p, b.first, p->marks, 0.1 * em, -0.55 * top);
    return fmax(0, b.w - 0.35 * em);
}

static Box set_root(Page *p, const FormulaNode *n, Style s)
{
    double em = em_of(p, s), thick = rule * em, gap = thick + 0.25 * (s.display ? x_height * em : thick);
    Box inner = set_list(p, n->child, cramped(s));
    size_t after = p->marks;
    Box sign = set_grown(p, "\u221a", em, inner.above + inner.below + gap + thick);
    double spare = sign.above + sign.below - (inner.above + inner.below + gap + thick);
    double top = inner.above + gap + 0.5 * fmax(0, spare) + thick, left = sign.w + sign.lean;
    size_t before_degree = p->marks;
    lift(p, &sign, top - sign.above);
    double indent = n->other ? set_degree(p, n->other, em, top) : 0;
    move(p, inner.first, after, left + indent, 0);
    move(p, sign.first, before_degree, indent, 0);
    add_rule(p, left + indent - 0.5 * thick, -top, inner.w + 0.5 * thick, thick);
    return (Box){inner.first, left + indent + inner.w, top + thick, fmax(inner.below, sign.below), 0};
}

/* Over the middle of its ink a letter that leans has its accent too far to the left. */
static double accent_middle(const Page *p, const FormulaNode *n, const Box *b, double em)
{
    const FormulaNode *letter = &p->formula->node[n->child];
    if (letter->kind != FORMULA_GLYPHS || letter->next || letter->sub || letter->sup || !letter->slanted)
        return 0.5 * b->w;
    TextInk ink = ui_ink(p->ui, FACE_FORMULA, formula_text(p->formula, letter->text));
    return 0.5 * (ink.left + ink.right) * em + accent_slant * (ink.above - 0.5 * x_height) * em;
}

static Box set_accent(Page *p, const FormulaNode *n, Style s)
{
    double em = em_of(p, s);
    const char *text = formula_text(p->formula, n->text);
    TextInk ink = ui_ink(p->ui, FACE_FORMULA, text);
    Box b = set_list(p, n->child, cramped(s));
    double middle = accent_middle(p, n, &b, em), up = fmax(0, b.above - x_height * em);
    Box accent = set_text(p, FACE_FORMULA, em, text);
    move(p, accent.first, p->marks, middle - 0.5 * (ink.left + ink.right) * em, -up);
    b.above = fmax(b.above, up + accent.above);
    return b;
}

static Box set_overline(Page *p, const FormulaNode *n, Style s)
{
    double em = em_of(p, s), thick = rule * em;
    Box b = set_list(p, n->child, cramped(s));
    add_rule(p, 0, -b.above - 4 * thick, b.w, thick);
    b.above += 5 * thick;
    return b;
}

static Box (*const set_kind[])(Page *, const FormulaNode *, Style) = {
    [FORMULA_NOTHING] = set_nothing, [FORMULA_GLYPHS] = set_glyphs,     [FORMULA_LARGE] = set_large,
    [FORMULA_GROUP] = set_group,     [FORMULA_FRACTION] = set_fraction, [FORMULA_ROOT] = set_root,
    [FORMULA_ACCENT] = set_accent,   [FORMULA_OVERLINE] = set_overline, [FORMULA_FENCE] = set_fence,
    [FORMULA_SPACE] = set_space,
};

/* Scripts */

static Box set_limits(Page *p, const FormulaNode *n, Box base, Style s)
{
    double em = em_of(p, s), lean = 0.5 * base.lean;
    Box above = set_list(p, n->sup, script_style(s, false)), below = set_list(p, n->sub, script_style(s, true));
    double w = fmax(base.w, fmax(above.w, below.w));
    Box all = {base.first, w, base.above, base.below, 0};
    move(p, base.first, above.first, 0.5 * (w - base.w), 0);
    if (n->sup) {
        double up = base.above + fmax(limit_gap_above * em, limit_rise * em - above.below) + above.below;
        move(p, above.first, below.first, 0.5 * (w - above.w) + lean, -up);
        all.above = up + above.above;
    }
    if (n->sub) {
        double down = base.below + fmax(limit_gap_below * em, limit_fall * em - below.above) + below.above;
        move(p, below.first, p->marks, 0.5 * (w - below.w) - lean, down);
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
    bool letter = n->kind == FORMULA_GLYPHS;
    double small = script_size[1] * em, thick = rule * em;
    double least = s.cramped ? superscript_up_cramped : superscript_up[s.display];
    Shifts shift = {letter ? 0 : base->above - superscript_drop * small,
                    letter ? 0 : base->below + subscript_drop * small};
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
    double em = em_of(p, s);
    Box sup = set_list(p, n->sup, script_style(s, false)), sub = set_list(p, n->sub, script_style(s, true));
    Shifts shift = script_shifts(n, &base, &sup, &sub, s, em);
    double w = base.w;
    move(p, sup.first, sub.first, base.w + base.lean, -shift.up);
    move(p, sub.first, p->marks, base.w, shift.down);
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
    return (Box){base.first, w + script_space * em, base.above, base.below, 0};
}

static Box set_node(Page *p, const FormulaNode *n, Style s)
{
    Box base = set_kind[n->kind](p, n, s);
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
        return CLASS_OPEN;
    if (n->class != CLASS_BINARY)
        return n->class;
    FormulaPlace next = next_visible(f, n->next);
    FormulaClass right = next ? f->node[next].class : CLASS_CLOSE;
    bool alone = first || left == CLASS_BINARY || left == CLASS_OPERATOR || left == CLASS_RELATION ||
                 left == CLASS_OPEN || left == CLASS_PUNCTUATION || right == CLASS_RELATION || right == CLASS_CLOSE ||
                 right == CLASS_PUNCTUATION;
    return alone ? CLASS_ORDINARY : CLASS_BINARY;
}

static Box set_list(Page *p, FormulaPlace first, Style s)
{
    const Formula *f = p->formula;
    Box line = {.first = p->marks, .above = -INFINITY, .below = -INFINITY};
    FormulaClass left = CLASS_OPEN;
    bool begun = false;
    for (FormulaPlace at = first; at; at = f->node[at].next) {
        const FormulaNode *n = &f->node[at];
        if (n->kind == FORMULA_SPACE) {
            line.w += set_space(p, n, s).w;
            continue;
        }
        FormulaClass here = class_here(f, n, !begun, left);
        double space = begun ? space_between(left, here, s) * em_of(p, s) : 0;
        append(p, &line, set_node(p, n, s), space);
        left = n->kind == FORMULA_FENCE ? CLASS_CLOSE : here;
        begun = true;
    }
    return begun ? line : (Box){p->marks, line.w, 0, 0, 0};
}

/* The formula and its drawing */

static Box set_formula(Page *p, const Ui *ui, const Formula *f, double size)
{
    p->ui = ui;
    p->formula = f;
    p->em = size;
    p->marks = 0;
    return set_list(p, f->first, (Style){.display = true});
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
