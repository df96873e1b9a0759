/* journey.h - the part of a simulation that moves: handle and particles, from noise to data and back.
 *
 * Used by simulation.c only. All functions belong to the simulation's thread and allocate nothing.
 */
#ifndef SCENE_JOURNEY_H
#define SCENE_JOURNEY_H

#include "scene/simulation.h"

/* Fresh particles at sigma_max, as many as the settings say. The handle stays, and they travel to it. */
void journey_begin(Simulation *s);
/* The same with the handle at the start, unless walkers rest at a level. */
void journey_restart(Simulation *s);
/* When what moved is gone: the one while playing, the other at rest. */
void journey_begin_again(Simulation *s);
/* So many particles from now on: fewer are the first ones; for more see simulation_apply. */
void journey_resize(Simulation *s, size_t n);
/* Switches play; switched on at the end it restarts. */
void journey_play(Simulation *s, bool on);
void journey_move_handle(Simulation *s, double sigma);
/* One more particle at a point, data units. */
void journey_drop(Simulation *s, double x, double y);
/* The last n of them go, unless drops have replaced others already. */
void journey_undrop(Simulation *s, size_t n);
/* Rungs of the way that descending particles can have behind them after the next tick; INFINITY for others. */
double journey_reach(const Simulation *s);
/* Handle and particles are at the end of the way that is played. */
bool journey_arrived(const Simulation *s);
/* What the sampler remembers does not belong to the particles any more, nor does a step that is under way. */
void journey_forget(Simulation *s);
void journey_tick(Simulation *s);
/* A tick's share of a single step that is owed, to the next rung, and the handle with it; past the end of the way none
 * is owed any more. */
void journey_step(Simulation *s);
/* A journey of which all steps are owed, and a tick's share of the next of them. */
void journey_anneal(Simulation *s);
void journey_anneal_step(Simulation *s);

#endif
