#include "ui/formula_page.h"

#include "io/text.h"

#include <assert.h>
#include <math.h>

enum { BAR = 0x2223, DOUBLE_BAR = 0x2016 };

Box box_of(size_t first, double w, double above, double below)
{
    return (Box){.first = first, .w = w, .above = above, .below = below};
}

double page_em(const Page *p, Style s)
{
    return p->em * script_size[s.level];
}

Style style_of_scripts(Style s, bool cramped)
{
    return (Style){s.level < 2 ? s.level + 1 : 2, false, s.cramped || cramped};
}

Style style_cramped(Style s)
{
    s.cramped = true;
    return s;
}

bool is_formula_bar(const char *text)
{
    uint32_t code = utf8_next(&text);
    return code == BAR || code == DOUBLE_BAR;
}

void page_move(Page *p, size_t from, size_t to, double dx, double dy)
{
    for (size_t i = from; i < to; i++) {
        p->mark[i].x += dx;
        p->mark[i].y += dy;
    }
}

static void add_mark(Page *p, Mark m)
{
    assert(p->marks < FORMULA_MARKS);
    p->mark[p->marks++] = m;
}

void page_rule(Page *p, double x, double y, double w, double h)
{
    add_mark(p, (Mark){.x = x, .y = y, .w = w, .h = h});
}

Box page_text(Page *p, Face face, double em, const char *text)
{
    TextInk ink = ui_ink(p->ui, face, text);
    Box b = {.first = p->marks,
             .w = em * ink.advance,
             .above = em * ink.above,
             .below = em * ink.below,
             .lean = fmax(0, em * (ink.right - ink.advance))};
    add_mark(p, (Mark){.text = text, .face = face, .size = em});
    return b;
}

void page_lift(Page *p, Box *b, double up)
{
    page_move(p, b->first, p->marks, 0, -up);
    b->above += up;
    b->below -= up;
}

void page_centre(Page *p, Box *b, double em)
{
    page_lift(p, b, axis * em - 0.5 * (b->above - b->below));
}

void page_append(Page *p, Box *line, Box b, double space)
{
    page_move(p, b.first, p->marks, line->w + space, 0);
    line->w += space + b.w;
    line->above = fmax(line->above, b.above);
    line->below = fmax(line->below, b.below);
}
