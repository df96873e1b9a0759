/* drawing_gaussians.h - Gaussians by hand: add, point at, drag, weigh, delete.
 *
 * Places and tolerances are in the drawing's plane. `part` is a part of Gaussians; functions that return bool leave the
 * drawing as it was when they fail, for want of memory or room.
 */
#ifndef SCENE_DRAWING_GAUSSIANS_H
#define SCENE_DRAWING_GAUSSIANS_H

#include "scene/drawing.h"

/* What can be grabbed: the centre, the ends of the two axes at one standard deviation, the ellipse through them. */
typedef enum GaussianHandle { GAUSSIAN_CENTRE, GAUSSIAN_AXIS, GAUSSIAN_ACROSS, GAUSSIAN_EDGE } GaussianHandle;

typedef struct GaussianHit {
    size_t part, index;
    GaussianHandle handle;
    int side; /* 1 or -1: which end of an axis */
} GaussianHit;

static const double GAUSSIAN_STD_MIN = 0.004, GAUSSIAN_STD_MAX = 10, GAUSSIAN_WEIGHT_MIN = 1e-3,
                    GAUSSIAN_WEIGHT_MAX = 1e3;

/* One as it stands in the plane. */
HandGaussian gaussian_in_plane(const Part *p, size_t index);

/* What lies within `tolerance` of a place, among shown parts: the nearest centre or end of an axis, else the nearest
 * edge; of equally near ones the uppermost. The distance to an edge is its first order. */
bool drawing_gaussian_hit(const Drawing *d, const double at[2], double tolerance, GaussianHit *hit);

/* What lies around a place, within one standard deviation: the uppermost. `hit` takes it by its centre. */
bool drawing_gaussian_inside(const Drawing *d, const double at[2], GaussianHit *hit);

/* A round one of weight 1, the last of its part. */
bool drawing_gaussian_add(Drawing *d, size_t part, const double at[2], double std);

/* Takes what was grabbed to a place. An axis follows with its direction and length while the one across stays
 * perpendicular and as long as it was; the edge scales both axes alike. Lengths keep to the range above. */
bool drawing_gaussian_drag(Drawing *d, const GaussianHit *hit, const double to[2]);

/* Multiplies a weight, within the range above. factor > 0. */
bool drawing_gaussian_weigh(Drawing *d, size_t part, size_t index, double factor);

bool drawing_gaussian_delete(Drawing *d, size_t part, size_t index);

#endif
