#include "io/text.h"
#include "ui/formula_page.h"

#include <math.h>

enum { INTEGRAL = 0x222b, CONTOUR_INTEGRAL = 0x222e, DOUBLE_BAR = 0x2016, PRIME = 0x2032 };

/* TeX's parameters of fonts, ems (appendix G: sigma 8, 9, 11, 12): text, display. */
static const double numerator_up[] = {0.394, 0.677}, denominator_down[] = {0.345, 0.686};
static const double fraction_space = 0.1;
/* A bracket grows where it would be shorter by more than this than what it encloses, not for scripts alone; then it may
 * be shorter by that and by this share (TeX's \delimitershortfall and \delimiterfactor). */
static const double bracket_short = 0.5, bracket_share = 0.901;
static const double bracket_height = 0.86; /* of one that hasn't grown */
/* How far an accent is moved to the right of a slanted letter's middle, of the letter's height. */
static const double accent_slant = 0.13;
/* The face's prime is raised already, for letters of its own size. */
static const double prime_drop = 0.36, prime_advance = 0.7;

static uint32_t code_of(const char *text)
{
    return utf8_next(&text);
}

static Box set_nothing(Page *p, const FormulaNode *n, Style s)
{
    (void)n;
    double em = page_em(p, s);
    return (Box){.first = p->marks, .above = x_height * em};
}

static Box set_glyphs(Page *p, const FormulaNode *n, Style s)
{
    const char *text = formula_text(p->formula, n->text);
    bool prime = code_of(text) == PRIME && s.level > 0;
    double em = p->em * script_size[s.level - prime];
    Box b = page_text(p, FACE_FORMULA, em, text);
    if (!n->slanted)
        b.lean = 0;
    if (prime) {
        page_lift(p, &b, -prime_drop * em);
        b.w *= prime_advance;
    }
    return b;
}

static Box set_large(Page *p, const FormulaNode *n, Style s)
{
    const char *text = formula_text(p->formula, n->text);
    uint32_t code = code_of(text);
    bool integral = code == INTEGRAL || code == CONTOUR_INTEGRAL;
    Face face = !s.display ? FACE_FORMULA : integral ? FACE_FORMULA_INTEGRAL : FACE_FORMULA_LARGE;
    Box b = page_text(p, face, page_em(p, s), text);
    page_centre(p, &b, page_em(p, s));
    return b;
}

static Box set_group(Page *p, const FormulaNode *n, Style s)
{
    return page_list(p, n->child, s);
}

static Box set_space(Page *p, const FormulaNode *n, Style s)
{
    return (Box){.first = p->marks, .w = (double)n->space * page_em(p, s)};
}

static Box set_fraction(Page *p, const FormulaNode *n, Style s)
{
    double em = page_em(p, s), thick = rule * em, gap = (s.display ? 3 : 1) * thick, space = fraction_space * em;
    Style inner = s.display ? (Style){s.level, false, s.cramped} : style_of_scripts(s, false);
    Box above = page_list(p, n->child, inner), below = page_list(p, n->other, style_cramped(inner));
    double w = fmax(above.w, below.w), line = axis * em;
    double up = fmax(numerator_up[s.display] * em, line + 0.5 * thick + gap + above.below);
    double down = fmax(denominator_down[s.display] * em, below.above + gap + 0.5 * thick - line);
    page_move(p, above.first, below.first, space + 0.5 * (w - above.w), -up);
    page_move(p, below.first, p->marks, space + 0.5 * (w - below.w), down);
    page_rule(p, space, -line - 0.5 * thick, w, thick);
    return box_of(above.first, w + 2 * space, up + above.above, down + below.below);
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
            return page_text(p, bracket_face[i], em, text);
    }
    TextInk ink = ui_ink(p->ui, face, text);
    return page_text(p, face, height / (ink.above + ink.below), text);
}

/* The face's bars don't grow: higher ones are rules. */
static Box set_bars(Page *p, const char *text, double em, double height)
{
    TextInk ink = ui_ink(p->ui, FACE_FORMULA, text);
    if ((ink.above + ink.below) * em >= height)
        return page_text(p, FACE_FORMULA, em, text);
    size_t first = p->marks;
    page_rule(p, ink.left * em, -height, rule * em, height);
    if (code_of(text) == DOUBLE_BAR)
        page_rule(p, (ink.right - rule) * em, -height, rule * em, height);
    return box_of(first, ink.advance * em, height, 0);
}

static Box set_bracket(Page *p, uint16_t place, Style s, double height)
{
    const char *text = formula_text(p->formula, place);
    double em = page_em(p, s);
    if (!*text)
        return (Box){.first = p->marks};
    Box b = is_formula_bar(text) ? set_bars(p, text, em, height) : set_grown(p, text, em, height);
    page_centre(p, &b, em);
    return b;
}

static Box set_fence(Page *p, const FormulaNode *n, Style s)
{
    double em = page_em(p, s);
    Box inner = page_list(p, n->child, s), line = box_of(inner.first, 0, inner.above, inner.below);
    double needed = 2 * fmax(inner.above - axis * em, inner.below + axis * em);
    double height = needed - bracket_short * em;
    bool grown = height > bracket_height * em;
    if (grown)
        height = fmax(height, bracket_share * needed);
    size_t after = p->marks;
    page_append(p, &line, set_bracket(p, n->text, s, height), 0);
    page_move(p, inner.first, after, line.w, 0);
    line.w += inner.w;
    Box close = set_bracket(p, n->close, s, height);
    page_append(p, &line, close, 0);
    line.script_top = grown ? close.above : 0;
    line.script_bottom = grown ? close.below : 0;
    return line;
}

/* The degree stands in the bend of the sign. */
static double set_degree(Page *p, FormulaPlace degree, double em, double top)
{
    Box b = page_list(p, degree, (Style){2, false, true});
    page_move(p, b.first, p->marks, 0.1 * em, -0.55 * top);
    return fmax(0, b.w - 0.35 * em);
}

static Box set_root(Page *p, const FormulaNode *n, Style s)
{
    double em = page_em(p, s), thick = rule * em, gap = thick + 0.25 * (s.display ? x_height * em : thick);
    Box inner = page_list(p, n->child, style_cramped(s));
    size_t after = p->marks;
    Box sign = set_grown(p, "\u221a", em, inner.above + inner.below + gap + thick);
    double spare = sign.above + sign.below - (inner.above + inner.below + gap + thick);
    double top = inner.above + gap + 0.5 * fmax(0, spare) + thick, left = sign.w + sign.lean;
    size_t before_degree = p->marks;
    page_lift(p, &sign, top - sign.above);
    double indent = n->other ? set_degree(p, n->other, em, top) : 0;
    page_move(p, inner.first, after, left + indent, 0);
    page_move(p, sign.first, before_degree, indent, 0);
    page_rule(p, left + indent - 0.5 * thick, -top, inner.w + 0.5 * thick, thick);
    return box_of(inner.first, left + indent + inner.w + thick, top + thick, fmax(inner.below, sign.below));
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
    double em = page_em(p, s);
    const char *text = formula_text(p->formula, n->text);
    TextInk ink = ui_ink(p->ui, FACE_FORMULA, text);
    Box b = page_list(p, n->child, style_cramped(s));
    double middle = accent_middle(p, n, &b, em), up = fmax(0, b.above - x_height * em);
    Box accent = page_text(p, FACE_FORMULA, em, text);
    page_move(p, accent.first, p->marks, middle - 0.5 * (ink.left + ink.right) * em, -up);
    b.above = fmax(b.above, up + accent.above);
    return b;
}

static Box set_overline(Page *p, const FormulaNode *n, Style s)
{
    double em = page_em(p, s), thick = rule * em;
    Box b = page_list(p, n->child, style_cramped(s));
    page_rule(p, 0, -b.above - 4 * thick, b.w, thick);
    b.above += 5 * thick;
    return b;
}

static Box (*const set_kind[])(Page *, const FormulaNode *, Style) = {
    [FORMULA_NOTHING] = set_nothing, [FORMULA_GLYPHS] = set_glyphs,     [FORMULA_LARGE] = set_large,
    [FORMULA_GROUP] = set_group,     [FORMULA_FRACTION] = set_fraction, [FORMULA_ROOT] = set_root,
    [FORMULA_ACCENT] = set_accent,   [FORMULA_OVERLINE] = set_overline, [FORMULA_FENCE] = set_fence,
    [FORMULA_SPACE] = set_space,
};

/* Kinds whose scripts keep to their height; those of letters keep to the base line, those of fences to the bracket. */
static const bool is_high[FORMULA_SPACE + 1] = {[FORMULA_LARGE] = true,
                                                [FORMULA_GROUP] = true,
                                                [FORMULA_FRACTION] = true,
                                                [FORMULA_ROOT] = true,
                                                [FORMULA_OVERLINE] = true};

Box page_part(Page *p, const FormulaNode *n, Style s)
{
    Box b = set_kind[n->kind](p, n, s);
    if (is_high[n->kind]) {
        b.script_top = b.above;
        b.script_bottom = b.below;
    }
    return b;
}
