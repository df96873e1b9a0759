/* drawing_points.h - points by hand: stamped singly or in small clusters, and erased. Places are in the drawing's
 * plane; `part` is a part of points. */
#ifndef SCENE_DRAWING_POINTS_H
#define SCENE_DRAWING_POINTS_H

#include "scene/drawing.h"

typedef struct PointStamp {
    double at[2];
    double spread; /* standard deviation of a cluster; 0: all at one place */
    size_t n;
    uint64_t seed; /* the same points for the same seed and number of points before */
} PointStamp;

/* Adds points. False, and nothing changed, when there would be more than POINTS_MAX, the part's points are weighted or
 * memory is short. */
bool drawing_points_stamp(Drawing *d, size_t part, const PointStamp *stamp);

/* Takes out what lies within a radius; how many did. None when memory is short. */
size_t drawing_points_erase(Drawing *d, size_t part, const double at[2], double radius);

#endif
