/* drawing_export.h - points of a drawing as a file, in the units that its data came in. */
#ifndef SCENE_DRAWING_EXPORT_H
#define SCENE_DRAWING_EXPORT_H

#include "scene/drawing.h"

typedef struct DrawingExport {
    size_t samples; /* drawn from the mixture; 0: the points themselves, of all shown parts of points */
    uint64_t seed;
} DrawingExport;

/* Whether some shown part has points of its own. */
bool drawing_has_points(const Drawing *d);

/* The plane's x [n][2] in original units, in place: those of the first shown part of points that a file gave, moved
 * back with its part; unchanged when there is none. False then. */
bool drawing_to_original(const Drawing *d, float *x, size_t n);

/* What the plane's numbers are in original units, origin + scale x, of a drawing whose only shown part are points of a
 * file, not turned. False for others: numbers are the plane's. */
bool drawing_units(const Drawing *d, Units *u);

/* Writes .csv, a line "x,y" a point, or .npy, shape (N, 2); where some points are weighted "x,y,weight" and (N, 3).
 * Points of a part are in the units of its own file, samples in those of drawing_to_original. False with one line when
 * the name ends otherwise, there is nothing to write, or it cannot be written. */
bool drawing_export(const Drawing *d, const DrawingExport *what, const char *path, Error *e);

#endif
