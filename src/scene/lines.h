/* lines.h - many polylines in one value of fixed size: contours, streamlines, paths. Geometry without OpenGL, for the
 * window and for vector files alike.
 *
 * Points of all lines stand one behind the other. A line that does not fit is left out whole. Any thread, one at a time
 * for each Lines.
 */
#ifndef SCENE_LINES_H
#define SCENE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Lines {
    float *point;  /* [points_max][2], data units or pixels: whoever fills them says which */
    float *along;  /* [points_max]: way from the line's first point, in the same unit */
    uint32_t *end; /* [lines_max]: index past the last point of each line */
    float *value;  /* [lines_max]: one number a line, such as a contour's level */
    size_t points, lines, points_max, lines_max;
} Lines;

/* False when memory is short; lines_free is legal either way. */
bool lines_init(Lines *l, size_t points_max, size_t lines_max);
void lines_free(Lines *l);
void lines_clear(Lines *l);

/* Copies a polyline of n >= 2 points [n][2] to the end and measures its way. False when it does not fit. */
bool lines_add(Lines *l, const float *point, size_t n, float value);

/* First and past-the-last point of a line. */
static inline size_t lines_first(const Lines *l, size_t line)
{
    return line == 0 ? 0 : l->end[line - 1];
}

#endif
