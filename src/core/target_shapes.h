/* target_shapes.h - Gaussians in place of what a generator draws: round ones, lines under noise, bent bands, and a
 * lattice of them for a density that nothing draws.
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

/* Normal or level along a line that may bend and normal across it: x = place(t) + z across(t), z ~ N(0, 1),
 * t ~ mean + U(-level, level) + N(0, std^2). t ends at five standard deviations beyond the level. */
typedef struct Band {
    void (*at)(double t, double place[2], double across[2]);
    double mean, std;
    double level;  /* 0: t is normal */
    size_t slices; /* enough that one is narrower than std */
} Band;

size_t shape_band(const Band *band, Component *out);

/* exp(-potential) on the square [-reach, reach]^2: round Gaussians on LATTICE_SIDE^2 nodes, their weights refined until
 * their sum has that density at the nodes. The density must be smooth on the scale of a node. */
enum { LATTICE_SIDE = 33 };

size_t shape_lattice(double (*potential)(const double x[2]), double reach, Component *out);

#endif
