/* hill.h - log p_sigma as a surface over the plane, whose slope is the score: geometry without OpenGL.
 *
 * Of a density stack it is log p_sigma itself. Of a field stack, which holds sigma S, it is the potential whose slope
 * comes closest to the field (potential.h): a learned field need not be anything's slope, and `residual` tells how far
 * it is from one.
 *
 * At small sigma log p spans a thousand nats, so one of two heights is shown, as a share 0 .. 1 from the floor to the
 * top:
 *
 *     HILL_LOG     1 + (log p - max) / HILL_NATS
 *     HILL_STEP    1 + sigma^2 (log p - max) / (HILL_STEPS std^2): its slope is proportional to the step to the
 *                  denoiser, sigma^2 S = D(x; sigma) - x, and stays of one size at every sigma
 *
 * What lies deeper is cut off at the floor and marked. Any thread, one at a time for each Hill.
 */
#ifndef SCENE_HILL_H
#define SCENE_HILL_H

#include "scene/potential.h"
#include "scene/slice.h"

#define HILL_NATS    12.0 /* from the top to the floor */
#define HILL_STEPS   2.0  /* the same, std^2: the floor begins two standard deviations away from a single point */
#define HILL_DEEPEST 60.0 /* nats below the top: nothing is kept deeper */

typedef enum HillHeight { HILL_LOG, HILL_STEP } HillHeight;

typedef struct HillRecipe {
    HillHeight height;
    double sigma, std; /* the noise level; the standard deviation of the data; data units */
} HillRecipe;

typedef struct Hill {
    int grid;        /* of the stack it was built from; 0: that was empty, there is no hill */
    Rect extent;     /* data units; the outermost samples stand on its edges */
    float *nats;     /* [grid][grid] log p_sigma minus its top, -HILL_DEEPEST .. 0, row 0 the lowest y */
    float *height;   /* [grid][grid], 0 .. 1 */
    uint8_t *cut;    /* [grid][grid]: 1 where the surface was cut off at the floor, or is not known */
    double residual; /* share of the field that is no slope (potential.h); 0 for a density */
    uint64_t builds; /* how often the surface became another */
    /* What it was built from. */
    Slice density, field;
    const Slice *source; /* one of the two; NULL: none yet */
    HillRecipe recipe;
    Potential potential;
} Hill;

/* The grids of the two stacks. False when memory is short; hill_free is legal either way. A Hill must stay where it
 * is. */
bool hill_init(Hill *h, int density_grid, int field_grid);
void hill_free(Hill *h);

/* Makes the hill that of a stack: of one channel the density, of two the field. Does nothing when it is. The top is the
 * largest value in the stack's extent. What is not a number is taken for unlikely, what is not a number of a field for
 * no slope. */
void hill_build(Hill *h, const Stack *stack, HillRecipe recipe);

/* 0 .. 1, bilinear; outside the extent that of its edge. There must be a hill. */
float hill_height(const Hill *h, double x, double y);

#endif
