/* refresh.h - what the picture around the particles still needs, in small pieces: both stacks and the error curve.
 *
 * Used by simulation.c only; behind simulation_refresh. All functions belong to the simulation's thread; pieces
 * allocate nothing and use of the simulation only its scratch memory.
 */
#ifndef SCENE_REFRESH_H
#define SCENE_REFRESH_H

#include "scene/simulation.h"

/* Room for one piece: points of both stacks' rows and of the error curve. */
enum { REFRESH_POINTS = 1024 };

typedef struct Refresh Refresh;

Refresh *refresh_create(void); /* NULL when memory is short */
void refresh_destroy(Refresh *r);

/* Newer weights: the error curve, and the field if it shows them, are no longer fresh. */
void refresh_weights(Simulation *s);
/* Another field source: the old field is shown until the new one is there. */
void refresh_source(Simulation *s);
/* The same for the field right of a wipe, which is kept fresh only while there is one. */
void refresh_other(Simulation *s);
bool refresh_has_other(const Simulation *s);
/* The stacks stand elsewhere, with their levels resampled. */
void refresh_place(Simulation *s);
/* Exact means something else in the same frame, as under a pen: what is shown holds until the new is there. */
void refresh_exact(Simulation *s);
/* Another target: nothing of what was shown or measured holds. */
void refresh_target(Simulation *s);

/* A hand changed what is exact, and at the handle that is not shown yet. */
bool refresh_edited(const Simulation *s);

bool refresh_piece(Simulation *s);
void refresh_at_handle(Simulation *s);

#endif
