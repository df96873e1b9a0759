/* hill_view.h - how a hill is seen, and where on the window what stands on it appears.
 *
 * The view is a parallel projection: equal heights look equal wherever they stand, and the plane's scale holds all
 * over. The floor lies where the plane was and turns about its middle; at tilt 0 it is the plane exactly as the camera
 * shows it.
 *
 * Places are given as the camera would have to show them on the flat plane, in data units: what is draped is drawn by
 * whatever draws the plane, under the same camera. Any thread, one at a time for each HillSight.
 */
#ifndef SCENE_HILL_VIEW_H
#define SCENE_HILL_VIEW_H

#include "scene/arrows.h"
#include "scene/hill.h"
#include "scene/lines.h"
#include "scene/simframe.h"

typedef struct HillView {
    double tilt;          /* 0: the flat plane .. 1: the hill; the caller moves it */
    double azimuth_deg;   /* the plane is turned by that, against the clock, at tilt 1 */
    double elevation_deg; /* of the eye over the plane at tilt 1: > 0, 90 is straight from above */
} HillView;

/* place[i] = sum_k to[i][k] (x, y, height, 1)[k], data units; height 0 .. 1. */
typedef struct HillProjection {
    double to[2][4];
} HillProjection;

/* From the floor to the top, data units: a share of the height that is seen, so that zooming doesn't flatten the hill.
 */
double hill_rise(const Camera *camera);
HillProjection hill_projection(HillView view, const Camera *camera);
void hill_project(const HillProjection *p, double x, double y, double height, double place[2]);

enum { HILL_SIGHT_SIDE = 128 };

/* Of the surface at one sample of a lattice over what the camera shows. */
typedef struct HillSample {
    float height;
    float horizon; /* what stands lower than this here is hidden behind the hill */
} HillSample;

typedef struct HillSight {
    const Hill *hill;
    uint64_t build; /* of the hill */
    HillView view;
    HillProjection projection;
    Camera camera;
    Rect extent;        /* what the camera shows of the flat plane, data units: the hill ends there */
    HillSample *sample; /* [HILL_SIGHT_SIDE][HILL_SIGHT_SIDE] over the extent, row 0 the lowest y */
} HillSight;

/* False when memory is short; hill_sight_free is legal either way. */
bool hill_sight_init(HillSight *s);
void hill_sight_free(HillSight *s);

/* Looks at a hill, which must be one and stay what it is until the next look. Some tenths of a millisecond, and nothing
 * when it is seen as it was. */
void hill_look(HillSight *s, const Hill *hill, HillView view, const Camera *camera);

/* Where points [n][2] of the plane, data units, appear when they lie on the hill; NAN where the hill hides them or they
 * are beyond its edges. place may be x. */
void hill_drape(const HillSight *s, const float *x, size_t n, float *place);
/* The same of pixels of the window: where they would be on the flat plane, and where they are on the hill. */
void hill_drape_window(const HillSight *s, const float *pixel, size_t n, float *place);
/* The place on the hill that is seen at a place; false where none is. */
bool hill_pick(const HillSight *s, const double place[2], double data[2]);

/* Arrows, in place: both ends lie on the hill. One of which an end is not seen has no length. */
void hill_drape_arrows(const HillSight *s, Arrows *a);
/* Lines in data units, or in pixels, which they stay. `to`: at least as large as `from`. */
void hill_drape_lines(const HillSight *s, const Lines *from, Lines *to);
void hill_drape_pixels(const HillSight *s, const Lines *from, Lines *to);
/* The particles where they are between the ticks (frame->previous and frame->x are one then), and their trails. `to`:
 * another frame after simframe_init. */
void hill_drape_frame(const HillSight *s, const SimFrame *from, double between, SimFrame *to);

#endif
