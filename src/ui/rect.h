/* rect.h - rectangles of the interface: pixels, y down. A layout is a rectangle from which pieces are cut. */
#ifndef UI_RECT_H
#define UI_RECT_H

#include "scene/camera.h"

#include <math.h>

static inline bool rect_has(Rect r, double x, double y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

static inline Rect rect_meet(Rect a, Rect b)
{
    double x = fmax(a.x, b.x), y = fmax(a.y, b.y);
    return (Rect){x, y, fmax(0, fmin(a.x + a.w, b.x + b.w) - x), fmax(0, fmin(a.y + a.h, b.y + b.h) - y)};
}

static inline bool rects_meet(Rect a, Rect b)
{
    Rect both = rect_meet(a, b);
    return both.w > 0 && both.h > 0;
}

/* The least that covers both. */
static inline Rect rect_join(Rect a, Rect b)
{
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (Rect){x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

/* Smaller by so much on every side, never less than empty. */
static inline Rect rect_inset(Rect r, double x, double y)
{
    return (Rect){r.x + fmin(x, r.w / 2), r.y + fmin(y, r.h / 2), fmax(0, r.w - 2 * x), fmax(0, r.h - 2 * y)};
}

/* Edges on whole pixels, so that they are sharp. */
static inline Rect rect_snap(Rect r)
{
    double x = round(r.x), y = round(r.y);
    return (Rect){x, y, round(r.x + r.w) - x, round(r.y + r.h) - y};
}

/* Takes a piece from one side; what is left stays in *r. A piece is never larger than what was there. */
static inline Rect rect_cut_left(Rect *r, double w)
{
    w = fmin(w, r->w);
    Rect piece = {r->x, r->y, w, r->h};
    r->x += w;
    r->w -= w;
    return piece;
}

static inline Rect rect_cut_right(Rect *r, double w)
{
    w = fmin(w, r->w);
    r->w -= w;
    return (Rect){r->x + r->w, r->y, w, r->h};
}

static inline Rect rect_cut_top(Rect *r, double h)
{
    h = fmin(h, r->h);
    Rect piece = {r->x, r->y, r->w, h};
    r->y += h;
    r->h -= h;
    return piece;
}

static inline Rect rect_cut_bottom(Rect *r, double h)
{
    h = fmin(h, r->h);
    r->h -= h;
    return (Rect){r->x, r->y + r->h, r->w, h};
}

/* w x h in the middle. */
static inline Rect rect_middle(Rect r, double w, double h)
{
    return (Rect){r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

#endif
