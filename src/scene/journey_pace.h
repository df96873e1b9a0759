/* journey_pace.h - where on its way a journey stands, how fast it goes, and where it should be next.
 *
 * A way leads along the rungs of the ladder, from noise to data or, where it goes forth and back, from data to noise.
 * Progress counts rungs from the beginning of the way that is played. Used by journey*.c only. All functions belong to
 * the simulation's thread and allocate nothing.
 */
#ifndef SCENE_JOURNEY_PACE_H
#define SCENE_JOURNEY_PACE_H

#include "scene/simulation.h"

/* Rungs: rounding. */
#define JOURNEY_NEAR 1e-9

const Sampler *journey_sampler(const Simulation *s);
/* Levels at the ends of the ladder: of noise, and of data. */
double journey_first_level(const Simulation *s);
double journey_last_level(const Simulation *s);
/* The way leads from data to noise. */
bool journey_rising(const Simulation *s);
/* Play moves the handle: no hand holds it. */
bool journey_plays(const Simulation *s);

/* How many rungs a level lies behind the beginning of the way, and the level there. */
double journey_progress(const Simulation *s, double sigma);
double journey_level(const Simulation *s, double progress);

/* Rungs that play moves the handle on in a tick on the whole, and that walkers take: a journey in `duration` seconds at
 * speed 1. */
double journey_pace(const Simulation *s);
/* The pace on the rung where the handle is. */
double journey_pace_here(const Simulation *s);
/* Where play would move the handle in a tick. */
double journey_progress_due(const Simulation *s);

/* The level that the particles should be at: that of the handle, or, while it plays, of the last rung that it passed.
 */
double journey_goal(const Simulation *s);
/* The next whole rung on the way to a level, or that level. */
double journey_next_level(const Simulation *s, double to);
/* The particles are at a level from now on, and are shown there. */
void journey_put_level(Simulation *s, double sigma);

#endif
