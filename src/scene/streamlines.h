/* streamlines.h - the field as lines along it, evenly spaced: geometry without OpenGL, for the window and for vector
 * files alike.
 *
 * Jobard and Lefer, "Creating evenly-spaced streamlines of arbitrary density" (1997): lines are grown both ways from
 * seeds, new seeds stand one spacing beside lines that are there already, and a line ends where it comes closer than
 * half a spacing to another one or to itself, at a critical point, or a spacing outside the plane. Every line runs the
 * way the field points, towards larger log p_sigma. Any thread, one at a time for each Streamlines.
 */
#ifndef SCENE_STREAMLINES_H
#define SCENE_STREAMLINES_H

#include "scene/lines.h"
#include "scene/slice.h"

enum {
    STREAMLINES_STEPS = 6,     /* from point to point of a line, a spacing */
    STREAMLINES_STEPS_MIN = 9, /* of a line; shorter ones are left out */
    STREAMLINES_POINTS_MAX = 98304,
    STREAMLINES_LINES_MAX = STREAMLINES_POINTS_MAX / (STREAMLINES_STEPS_MIN + 1)
};

/* Least distance between points of different lines, of the spacing. */
#define STREAMLINES_APART 0.5

typedef struct StreamlinesPoint StreamlinesPoint;

typedef struct Streamlines {
    Lines lines;     /* pixels of the window (y down); value: 0 */
    uint64_t builds; /* how often the lines became others */
    double apart;    /* pixels: the spacing they have, as asked for or wider */
    /* Where each line was begun, data units: the next lines are begun there first, so that they stay where they are
     * while the field changes under them or the plane moves. */
    double *seed; /* [lines.lines][2] */
    /* What they were built from. */
    Slice field;
    Camera camera;
    double spacing;
    /* Workspace. */
    StreamlinesPoint *point; /* [points] of every line, every other one, chained in buckets */
    size_t points;
    int32_t *bucket;   /* [rows][columns] of the plane and its margin: the youngest point of each */
    int columns, rows; /* cells of little more than half a spacing */
    float *path;       /* the line that is growing, pixels; its seed stands in the middle */
} Streamlines;

/* grid: that of the stack. False when memory is short; streamlines_free is legal either way. */
bool streamlines_init(Streamlines *s, int grid);
void streamlines_free(Streamlines *s);

/* Makes the lines those of the field (sigma * score, two channels) at sigma, `spacing` > 0 pixels apart or more (the
 * capacity is kept). Does nothing when they are. None where the field is not finite, none at all when the stack is
 * empty. The same calls give the same lines. */
void streamlines_build(Streamlines *s, const Stack *field, const Camera *camera, double sigma, double spacing);

#endif
