/* strokes.h - Lines as anti-aliased strokes of a width in pixels: contours, streamlines, paths. One draw call.
 *
 * The corners are mitred when the lines are uploaded, so that translucent strokes are covered once everywhere; a mitre
 * reaches no further than two and a half half-widths, and a line that turns back further is cut there. Ends are square.
 * Points that are not finite part a line, and a point on top of the last one is passed over. A line whose first and
 * last point are one is closed. Only the main thread.
 */
#ifndef GFX_STROKES_H
#define GFX_STROKES_H

#include "gfx/program.h"
#include "scene/lines.h"

typedef struct StrokeVertex {
    float x, y;
    float mitre[2]; /* to the left outline at distance one */
    float side, along, value,
        shift; /* 1 left, -1 right; way along the line; the line's value; of its dashes, periods */
} StrokeVertex;

typedef struct Strokes {
    GLuint program; /* the caller's */
    Buffer buffer;
    StrokeVertex *vertex; /* [capacity] */
    size_t count, capacity;
    uint64_t build; /* what is in the buffer */
    bool held;      /* anything is */
} Strokes;

enum { STROKE_COLOURS = 8 };

typedef enum StrokeUnits {
    STROKE_PIXELS, /* y down */
    STROKE_DATA    /* through the camera; strokes stay right without a new upload when it moves */
} StrokeUnits;

typedef struct StrokeStyle {
    StrokeUnits units;
    double width_px; /* thinner than a pixel is a pixel, as much fainter */
    double opacity;
    Colour colour[STROKE_COLOURS]; /* alpha too: of lines with value low .. high in equal steps, mixed between them */
    int colours;                   /* one: all lines have it; lines of value NAN have the first */
    double low, high;
    double period_px; /* of dashes along the way; 0: solid */
    double duty;      /* share of the period that a dash fills, 0 .. 1 */
    double phase_px;  /* dashes have moved by that towards the line's end */
    double tail;      /* opacity at the rear of a dash: 0 for comets, 1 for plain dashes */
} StrokeStyle;

/* How the strokes of one frame are seen. */
typedef struct StrokeView {
    Viewport viewport;
    const Camera *camera; /* may be NULL for pixels */
} StrokeView;

/* program: that of shaders/strokes, shared by all Strokes and outliving them. strokes_free is legal for one of zeros.
 */
void strokes_init(Strokes *s, GLuint program);
void strokes_free(Strokes *s);

/* Draws the lines. build: another number whenever they have changed since the last call, which uploads them again.
 * Dashes of the second line and those after it are shifted, so that lines that begin together don't beat together.
 * Nothing is drawn when memory is short. */
void strokes_draw(Strokes *s, const StrokeView *v, const Lines *lines, uint64_t build, StrokeStyle style);

#endif
