/* contours.h - where log p_sigma is so many nats below its top: geometry without OpenGL, for the window and for vector
 * files alike.
 *
 * Marching squares over a density stack, its segments linked to lines: closed ones end at their first point, the others
 * at the stack's border. The likelier side is on the left with y up. Any thread, one at a time for each Contours.
 */
#ifndef SCENE_CONTOURS_H
#define SCENE_CONTOURS_H

#include "scene/lines.h"
#include "scene/slice.h"

enum { CONTOURS_LEVELS = 6, CONTOURS_POINTS_MAX = 65536, CONTOURS_LINES_MAX = 4096 };

typedef struct Contours {
    Lines lines;     /* data units; value: nats below the top; the levels one after the other, the top's first */
    uint64_t builds; /* how often the lines became others */
    Slice density;   /* what they were built from */
    /* Workspace. */
    float *depth;    /* [grid][grid]: square root of the nats below the top */
    uint8_t *above;  /* [grid][grid]: 1 where likelier than the level */
    uint8_t *walked; /* [grid-1][grid-1]: edges of each cell by which a line of this level has entered it, a bit each */
    float *path;     /* [CONTOURS_POINTS_MAX][2]: the line that is being followed, columns and rows of the grid */
} Contours;

/* Nats below the top of level 0 .. CONTOURS_LEVELS - 1, where a Gaussian is 1/2, 1, 2, 3, 4, 5 standard deviations from
 * its mean and holds 12, 39, 86, 99, 99.97, 99.9996 % of its mass within: lines at even distances tell its width. */
double contours_nats(size_t level);

/* grid: that of the stack. False when memory is short; contours_free is legal either way. */
bool contours_init(Contours *c, int grid);
void contours_free(Contours *c);

/* Makes the lines those of the density (log p_sigma, one channel) at sigma; does nothing when they are. The top is the
 * largest value in the stack's extent at sigma. What is not a number is taken for unlikely. None when the stack is
 * empty. */
void contours_build(Contours *c, const Stack *density, double sigma);

#endif
