/* drawing_target.h - the exact mixture that a drawing stands for.
 *
 *     p(x) = sum_i W_i p_i(x) / sum_i W_i   over shown parts that hold something, W_i their weights
 *
 * A cell of a canvas or raster is a Gaussian of CANVAS_CELL_STD cells, turned and scaled with its part; a point is a
 * round one of DRAWING_POINT_STD whatever the part's size, so that few points are few modes and a network that learns
 * them memorises. A built-in target comes in as drawing.h says; its boxes, once turned, become lattices of
 * Gaussians. Pure functions of the drawing.
 */
#ifndef SCENE_DRAWING_TARGET_H
#define SCENE_DRAWING_TARGET_H

#include "core/target.h"
#include "scene/drawing.h"

static const double DRAWING_POINT_STD = 0.005; /* in the plane, where the canvas is 2 wide */

enum { DRAWING_COMPONENTS_MAX = 1 << 21 };

/* No part adds any density. */
bool drawing_empty(const Drawing *d);

/* Whether it has at most DRAWING_COMPONENTS_MAX of them; else false with one line, also when memory is short. */
bool drawing_fits(const Drawing *d, Error *e);

/* Its frame has mean 0 and DRAWING_STD, or the mixture's own when the drawing is fitted. False with one line when the
 * drawing is empty, has more than DRAWING_COMPONENTS_MAX components, or memory is short; target_free is legal either
 * way. */
bool drawing_target(const Drawing *d, Target *out, Error *e);

#endif
