/* painting.h - what the tests of the canvas share. */
#ifndef TESTS_PAINTING_H
#define TESTS_PAINTING_H

#include "scene/canvas_tools.h"

#include "near.h"

typedef struct Levels {
    float at[CANVAS_SIDE][CANVAS_SIDE]; /* [row][column] */
} Levels;

static inline Levels *levels_of(const Canvas *c, Levels *l)
{
    canvas_levels(c, CANVAS_WHOLE, &l->at[0][0]);
    return l;
}

static inline double largest_difference(const Canvas *a, const Canvas *b)
{
    double largest = 0;
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++)
            largest = fmax(largest, fabs((double)canvas_level(a, column, row) - (double)canvas_level(b, column, row)));
    return largest;
}

/* Of the area where the level is 1. */
static inline double mass_of(const Canvas *c)
{
    double sum = 0;
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++)
            sum += (double)canvas_level(c, column, row);
    return sum * CANVAS_CELL * CANVAS_CELL;
}

static inline void dab(Canvas *c, Brush b, double x, double y)
{
    canvas_line(c, b, (double[]){x, y}, (double[]){x, y});
}

/* A curved stroke in as many moves. */
static inline void scribble(Canvas *c, Brush b, size_t moves)
{
    CanvasStroke s = {0};
    canvas_stroke_begin(&s, c, b, (double[]){0.1, 0.2});
    for (size_t i = 1; i <= moves; i++) {
        double t = (double)i / (double)moves;
        canvas_stroke_move(&s, c, (double[]){0.1 + 0.6 * t, 0.2 + 0.4 * sin(3 * t)});
    }
    canvas_stroke_end(&s);
}

#endif
