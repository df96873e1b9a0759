/* map_basins.h - what the ends of the probability flow are called, so that a place can be coloured by where it flows.
 *
 * A mixture that has modes (metrics_modes.h) names an end by the component with the largest posterior. One whose
 * components overlap, such as two moons, names it by the chain of overlapping components that this one belongs to.
 * Where all are one chain, such as a spiral, or one Gaussian, there is nothing to tell apart but the direction: an end
 * has the number of its sector about the mean of the data. One thread at a time for each Basins.
 */
#ifndef SCENE_MAP_BASINS_H
#define SCENE_MAP_BASINS_H

#include "core/target.h"

enum { BASINS_SECTORS = 8 };

typedef struct Basins {
    const Target *target; /* NULL before the first */
    size_t count;         /* of names; 0 as long as it is being found out */
    uint32_t *group;      /* [components]: the name of each, NULL for sectors. In between: parents in a forest */
    size_t next;          /* component whose overlaps are looked for next */
} Basins;

/* The target must outlive it. Where memory is short, ends are told apart by sectors. */
void basins_begin(Basins *b, const Target *target);
void basins_free(Basins *b);

/* Some 100,000 pairs of components: a millisecond or less. False when all names are known. */
bool basins_piece(Basins *b);

/* The name of an end, 0 .. count-1, when they are known. x finite. */
size_t basins_of(const Basins *b, const double x[2]);

#endif
