/* target_shapes.h - Gaussians in place of what a generator draws: round ones, lines under noise, bent bands.
 *
 * Each fills `out` from its start and returns how many components it made. Data units; weights are of any scale, the
 * same for every call with the same kind of shape. Pure functions: any thread may call them.
 */
#ifndef CORE_TARGET_SHAPES_H
#define CORE_TARGET_SHAPES_H

#include "core/mixture.h"

Component shape_round(double weight, double x, double y, double std);

/* The component turned about the origin, counterclockwise. */
Component shape_turned(const Component *c, double angle);

/* A curve that a generator walks with u uniform on [0, 1), and the independent noise it adds per coordinate. */
typedef struct Curve {
    void (*at)(double u, double x[2]);
    double size;  /* scales the curve, not the noise */
    double noise; /* standard deviation */
} Curve;

/* About as many as the curve is longer than its noise; all curves weigh the same. */
size_t shape_curve(const Curve *curve, Component *out);

/* Normal along a line that may bend and normal across it: x = place(t) + z across(t), t ~ N(mean, std^2),
 * z ~ N(0, 1). t ends at five of its standard deviations. */
typedef struct Band {
    void (*at)(double t, double place[2], double across[2]);
    double mean, std;
    size_t slices; /* more than 10, so that one is narrower than std */
} Band;

size_t shape_band(const Band *band, Component *out);

#endif
