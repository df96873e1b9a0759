/* potential.h - the function whose slope comes closest to a vector field on a grid.
 *
 *     minimise over phi    sum over edges (difference of phi along the edge - field along it)^2
 *
 * in units of length, the field along an edge being the mean of its two ends. The normal equations are Poisson's with
 * natural borders, lap phi = div S, which the cosine transform (DCT-II) makes diagonal: four matrix products and no
 * iteration, under half a millisecond at 96 x 96. What no function's slope can follow, the curl, is left over and told
 * as a share. Any thread, one at a time for each Potential.
 */
#ifndef SCENE_POTENTIAL_H
#define SCENE_POTENTIAL_H

#include <stdbool.h>

typedef struct Potential {
    int grid;
    float *phi; /* [grid][grid], row 0 the lowest y: the field's unit times data units; sums to zero */
    /* Share of the field's square along the edges that phi leaves over: 0 for a gradient, 1 when no slope helps. What
     * the grid is too coarse for counts too. */
    double residual;
    /* Workspace. */
    float *cosine;          /* [grid][grid]: orthonormal DCT-II, a row a frequency */
    float *part, *spectrum; /* [grid][grid] */
} Potential;

/* grid >= 2. False when memory is short; potential_free is legal either way. */
bool potential_init(Potential *p, int grid);
void potential_free(Potential *p);

/* field [grid][grid][2], row 0 the lowest y; samples are dx and dy > 0 apart. What is not finite counts as zero. */
void potential_fit(Potential *p, const float *field, double dx, double dy);

#endif
