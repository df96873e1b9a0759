/* formula.h - a formula as lecturers write it in TeX, read into a tree of fixed size.
 *
 *     \nabla \log p_\sigma(x)    \frac{a}{b}    x^2_i    \hat x    \|s\|^2    \int_0^T    \sum_{i=1}^n    \sqrt[3]{x}
 *
 * Commands: the signs, names and alphabets of formula_signs.h; \frac \sqrt \hat \tilde \bar \dot \ddot \vec \overline;
 * \left \right; \text \operatorname; \mathrm \mathbf \mathit \mathbb \mathcal; \limits \nolimits; the spaces \, \: \;
 * \! \quad \qquad and "\ ". Signs may also be typed as they are: ∇ σ ‖ → √ ², and accents that combine with the letter
 * before. Brackets and norm bars that match grow with what is between them, so that \left and \right are seldom needed.
 *
 * Pure functions: any thread.
 */
#ifndef SCENE_FORMULA_H
#define SCENE_FORMULA_H

#include "io/error.h"

#include <stddef.h>
#include <stdint.h>

enum { FORMULA_NODES = 256, FORMULA_TEXT = 2048, FORMULA_DEPTH = 12 };

/* What stands beside what, for spacing (The TeXbook, chapter 17). */
typedef enum FormulaClass {
    CLASS_ORDINARY,
    CLASS_OPERATOR, /* large signs and names of functions */
    CLASS_BINARY,
    CLASS_RELATION,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_PUNCTUATION,
    CLASS_INNER, /* fractions */
    FORMULA_CLASSES
} FormulaClass;

typedef enum FormulaKind {
    FORMULA_NOTHING,  /* carries scripts */
    FORMULA_GLYPHS,   /* text: one sign or an upright name */
    FORMULA_LARGE,    /* text: a sign that is larger where there is room, as of sums */
    FORMULA_GROUP,    /* child */
    FORMULA_FRACTION, /* child over other */
    FORMULA_ROOT,     /* child; other: the degree */
    FORMULA_ACCENT,   /* text over child */
    FORMULA_OVERLINE, /* child */
    FORMULA_FENCE,    /* child between the signs text and close, either of which may be "" */
    FORMULA_SPACE
} FormulaKind;

/* A place in Formula.node. 0: none. A list of nodes is its first one's place. */
typedef uint16_t FormulaPlace;

typedef struct FormulaNode {
    FormulaKind kind;
    FormulaClass class;
    bool limits;          /* scripts stand above and below where there is room */
    bool slanted;         /* glyphs: italic */
    uint16_t text, close; /* in Formula.text */
    float space;          /* ems */
    FormulaPlace next, child, other, sub, sup;
} FormulaNode;

typedef struct Formula {
    FormulaNode node[FORMULA_NODES]; /* the first is none */
    size_t nodes;
    char text[FORMULA_TEXT]; /* UTF-8, each with its end; the first is empty */
    size_t bytes;
    FormulaPlace first;
} Formula;

/* False with one line that names the column, counted in characters from 1, and what is wrong there; *f is empty then.
 */
bool formula_parse(Formula *f, const char *text, Error *e);

const char *formula_text(const Formula *f, uint16_t text);

#endif
