/* simulation_state.h - all that a simulation is between two ticks: what the next tick goes by, and what is seen of it.
 *
 * A hand on the handle, the clock, the stacks and the run so far are not part of it: they stay what they are. The
 * simulation's thread captures and resumes; what was captured is a plain value that any thread may read.
 */
#ifndef SCENE_SIMULATION_STATE_H
#define SCENE_SIMULATION_STATE_H

#include "scene/simulation.h"

typedef struct SimulationState {
    bool filled;       /* false: nothing is kept */
    Settings settings; /* that it followed */
    Subject *subject, *truth;
    SimFrame frame;
    Journey journey;
    bool frozen;
    double before; /* as in Simulation */
    Stride stride; /* its pointers are nobody's */
    float *memory; /* [frame.count][2]: what the sampler carries, and where a step under way has taken the particles */
    float *next;   /* [frame.count][2] */
} SimulationState;

/* Room for frame.count particles, with nothing in it. False when memory is short; simulation_state_free is legal either
 * way. */
bool simulation_state_init(SimulationState *to, size_t count);
void simulation_state_free(SimulationState *s);

/* A copy into *to, which is empty. False when memory is short: it stays empty. */
bool simulation_capture(const Simulation *s, SimulationState *to);

/* Becomes what was captured, whatever it is now; then follows the settings at hand by simulation_apply. Play is what
 * `now` says: where that is not what it was then, the run goes on though a moment was shown. Nothing happens where
 * nothing was kept. */
void simulation_resume(Simulation *s, const SimulationState *from, const Settings *now);

#endif
