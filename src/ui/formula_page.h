/* formula_page.h - what the parts of the formula setter share: the marks that a formula becomes, and boxes around some
 * of them. Only for formula*.c. Lengths are pixels, y down from the base line, but for heights and depths.
 */
#ifndef UI_FORMULA_PAGE_H
#define UI_FORMULA_PAGE_H

#include "scene/formula.h"
#include "ui/widgets.h"

/* A fence of two double bars is four rules, all else is less. */
enum { FORMULA_MARKS = 4 * FORMULA_NODES };

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
    Mark mark[FORMULA_MARKS];
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
    /* Height and depth that its scripts keep to; 0 for a letter, whose scripts keep to the base line. */
    double script_top, script_bottom;
} Box;

/* Of the face, ems. */
static const double axis = 0.25, x_height = 0.45, rule = 0.06;
/* Of text, of scripts and of theirs. */
static const double script_size[] = {1, 0.72, 0.56};

double page_em(const Page *p, Style s);
Style style_cramped(Style s);
Style style_of_scripts(Style s, bool cramped);
Box box_of(size_t first, double w, double above, double below);

/* Marks from .. to - 1. */
void page_move(Page *p, size_t from, size_t to, double dx, double dy);
/* Its upper left corner at x, y. */
void page_rule(Page *p, double x, double y, double w, double h);
Box page_text(Page *p, Face face, double em, const char *text);
/* These two move all marks from the box's first on. */
void page_lift(Page *p, Box *b, double up);
void page_centre(Page *p, Box *b, double em); /* the middle of its height on the axis */
/* What stands behind the line so far, on its base line. */
void page_append(Page *p, Box *line, Box b, double space);

/* formula_box.c: a list of nodes; an empty box for none. */
Box page_list(Page *p, FormulaPlace first, Style s);
/* formula_parts.c: a node without its scripts. */
Box page_part(Page *p, const FormulaNode *n, Style s);

/* Of norms and of absolute values. */
bool is_formula_bar(const char *text);

#endif
