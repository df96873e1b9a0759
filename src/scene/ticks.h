/* ticks.h - where the numbers of the flat plane's axes stand: at multiples of a round step in the units that are told,
 * those of the plane or those that a file came in. Pure functions: any thread.
 */
#ifndef SCENE_TICKS_H
#define SCENE_TICKS_H

#include "scene/camera.h"
#include "scene/drawing_bulk.h"

typedef struct Ticks {
    double first, last; /* multiples of the step that are seen: whole numbers */
    double step;
} Ticks;

/* Along an axis, 0 for x, at least `apart` pixels from each other. units NULL: the plane's own. */
Ticks ticks_along(const Camera *c, const Units *units, int axis, double apart);

/* Where in the plane a number that is told stands on its axis. */
double tick_in_plane(const Units *units, int axis, double told);

#endif
