/* pair.h - one or two simulations in lock-step: from the same start, with the same random numbers, under one handle,
 * each with its own sampler.
 *
 * The first has everything; the second exists while settings ask for it (dynamics.second) and has particles alone: its
 * stacks stay empty. A handle that plays waits for the slower of the two, and both end and begin their journeys in the
 * same tick. One thread at a time.
 */
#ifndef SCENE_PAIR_H
#define SCENE_PAIR_H

#include "scene/simulation.h"

typedef struct Pair {
    Simulation first;
    Simulation *second; /* NULL: there is none, or no memory for it */
} Pair;

/* False when memory is short for the first; pair_free is legal either way. */
bool pair_init(Pair *p, const Catalogue *catalogue, const Settings *s);
void pair_free(Pair *p);

/* Settings ask for a second one. */
bool pair_wanted(const Settings *s);
/* As the second one sees them. */
Settings pair_second_settings(const Settings *s);

/* Both follow changed settings; a second one that comes has the first one's particles as they are. */
void pair_apply(Pair *p, const Settings *s);
/* The first one swaps its state with a slot and follows the settings of that time; a second one joins it there. */
void pair_exchange(Pair *p, size_t slot, const Settings *s);
/* Both take a copy of newer weights. */
void pair_adopt(Pair *p, const Weights *w);
/* Both tick. */
void pair_tick(Pair *p);

#endif
