/* path_hit.h - which step of the paths that are shown is seen at a pixel.
 *
 * Pure functions; any thread on paths that nobody changes. A few nanoseconds a point that is shown.
 */
#ifndef SCENE_PATH_HIT_H
#define SCENE_PATH_HIT_H

#include "scene/camera.h"
#include "scene/paths.h"

/* The paths as they are seen. */
typedef struct PathSight {
    const Paths *paths;
    const Lines *lines; /* theirs, or where these lie on a hill: the same points, NAN where they are hidden. Data units.
                         * NULL: not known yet, nothing is hit */
    Camera camera;
} PathSight;

typedef struct PathHit {
    size_t line, step; /* step: 1 .. paths_steps(line) */
    double distance;   /* pixels from there */
} PathHit;

/* The step that is nearest to a pixel of the window, at most `reach` pixels away. False where there is none. */
bool path_hit(const PathSight *s, const double pixel[2], double reach, PathHit *hit);

/* The step of one line to which a hand at a pixel drags it from step `from`: the nearest, and of those that are about
 * as near, where a way crosses itself, the one that is less far along it. False where nothing of the line is seen. */
bool path_drag(const PathSight *s, const double pixel[2], size_t line, size_t from, PathHit *hit);

#endif
