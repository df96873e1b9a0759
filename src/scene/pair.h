/* pair.h - one or two simulations in lock-step: from the same start, with the same random numbers, under one handle,
 * each with its own sampler.
 *
 * The first has everything; the second exists while settings ask for it (dynamics.second) and has particles alone: its
 * stacks stay empty. A handle that plays waits for the slower of the two, and both end and begin their journeys in the
 * same tick. One thread at a time.
 */
#ifndef SCENE_PAIR_H
#define SCENE_PAIR_H

#include "scene/simulation_state.h"

typedef struct Pair {
    Simulation first;
    Simulation *second; /* NULL: there is none, or no memory for it */
} Pair;

/* All that both are between two ticks: {0} is none. */
typedef struct PairState {
    SimulationState first, second; /* the second one not filled: there was none */
} PairState;
void pair_state_free(PairState *s);

/* False when memory is short for the first; pair_free is legal either way. */
bool pair_init(Pair *p, const Catalogue *catalogue, const Settings *s);
void pair_free(Pair *p);

/* Settings ask for a second one. */
bool pair_wanted(const Settings *s);
/* As the second one sees them. */
Settings pair_second_settings(const Settings *s);

/* Both follow changed settings; a second one that comes has the first one's particles as they are. */
void pair_apply(Pair *p, const Settings *s);
/* A copy into *to, which is empty. False when memory is short: it stays empty. */
bool pair_capture(const Pair *p, PairState *to);
/* Both become what was captured and follow settings from there; a second one that wasn't there then joins the first.
 * Where nothing was captured they go on as they are. */
void pair_resume(Pair *p, const PairState *from, const Settings *s);
/* Both take a copy of newer weights. */
void pair_adopt(Pair *p, const Weights *w);
/* Both tick; but where one of them hurries, only who does. */
void pair_tick(Pair *p);
bool pair_hurries(const Pair *p);

#endif
