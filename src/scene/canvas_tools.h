/* canvas_tools.h - brush, line, circle, spray and fill on a canvas.
 *
 * Places are in canvas units. Every tool returns the cells that it changed, so that the display uploads no others.
 * Places and brushes may be any numbers: what is not finite paints nothing, what is out of range is clamped.
 */
#ifndef SCENE_CANVAS_TOOLS_H
#define SCENE_CANVAS_TOOLS_H

#include "core/rng.h"
#include "scene/brush.h"
#include "scene/canvas.h"

/* One press of the pen. It covers a cell once, however often it passes and in however many moves it comes: what the
 * canvas was before is kept beside the largest coverage so far. */
typedef struct CanvasStroke {
    Canvas before, mask;
    Brush brush;
    double at[2];
    bool placed; /* at is where the pen is */
} CanvasStroke;

/* begin .. move .. end; ends what was begun before, and end leaves {0}, on which it is legal too. The canvas must be
 * the same in all calls and changed by nothing else between them. To give a stroke up, canvas_copy(c, &s->before) and
 * end. */
CanvasRect canvas_stroke_begin(CanvasStroke *s, Canvas *c, Brush brush, const double at[2]);
CanvasRect canvas_stroke_move(CanvasStroke *s, Canvas *c, const double to[2]);
void canvas_stroke_end(CanvasStroke *s);

CanvasRect canvas_line(Canvas *c, Brush brush, const double from[2], const double to[2]);

/* A ring, as wide as the brush. */
CanvasRect canvas_circle(Canvas *c, Brush brush, const double centre[2], double radius);

/* CANVAS_DABS small dabs scattered over the brush, the denser to the middle the softer it is; the same for the same
 * stream and step. Calls add up. */
enum { CANVAS_DABS = 24 };
CanvasRect canvas_spray(Canvas *c, Brush brush, const double at[2], Rng rng, uint64_t step);

/* Takes all cells that hang together with the one at `at`, and differ from it by at most CANVAS_FILL_TOLERANCE, to the
 * brush's level by its strength; and goes on along soft edges for as long as they come nearer to that level, so that no
 * rim is left. An empty canvas is filled whole. Outside the canvas: nothing. */
static const float CANVAS_FILL_TOLERANCE = 0.1f;
CanvasRect canvas_fill(Canvas *c, Brush brush, const double at[2]);

#endif
