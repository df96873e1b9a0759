/* hill_axes.h - the axes of a hill that is seen: numbers along the two edges of its base that are nearer to the eye,
 * and a scale of heights where one of them ends.
 *
 * Heights are told from the top down, in nats or, of HILL_STEP, as sigma^2 (log p - max), data units squared. Pure
 * functions; any thread.
 */
#ifndef SCENE_HILL_AXES_H
#define SCENE_HILL_AXES_H

#include "scene/hill_view.h"

enum { HILL_AXIS_X, HILL_AXIS_Y, HILL_AXIS_HEIGHT, HILL_AXES, HILL_TICKS_MAX = 96 };

typedef struct HillTick {
    double value;    /* what it tells */
    double height;   /* 0 .. 1 */
    double pixel[2]; /* on its axis, window */
} HillTick;

typedef struct HillAxis {
    HillTick tick[HILL_TICKS_MAX];
    size_t ticks;
    double step;      /* from tick to tick, in what they tell; the same along both edges */
    double outer[2];  /* of length one: away from the hill, pixels */
    double end[2][2]; /* pixels */
} HillAxis;

typedef struct HillAxes {
    HillAxis axis[HILL_AXES];
    /* Behind the hill a wall goes from the scale of heights by the far corner to the other axis's end; data units. */
    double wall[3][2];
} HillAxes;

/* scale: pixels a unit. */
void hill_axes(const HillSight *s, double scale, HillAxes *out);

/* Pixels of a point at a height 0 .. 1, hidden or not. */
void hill_pixel(const HillSight *s, const double data[2], double height, double pixel[2]);
/* In a whole height, of what the scale tells: nats or data units squared. */
double hill_range(const HillRecipe *r);

#endif
