/* timeline.h - the run of the particles so far, moment by moment, so that it can be scrubbed and taken up anywhere.
 *
 * A moment is all that a tick goes by and changes: it can be shown, and from it a simulation goes on with the very
 * steps and kicks that it once took, as long as settings and weights are those of then. Moments are `stride` ticks
 * apart, counting ticks in which something changed. Where one more does not fit, every second one goes and the stride
 * doubles, so that the whole run stays covered evenly; the first and the newest always stay.
 *
 * One place counts as present: the moment that was recorded or restored last. Recording another state there drops what
 * came after it: it did not happen. All functions belong to the simulation's thread, and only creation allocates.
 */
#ifndef SCENE_TIMELINE_H
#define SCENE_TIMELINE_H

#include "scene/simulation.h"

/* 64 MB: every tick of 1,000 particles for two minutes, or 79 moments of 100,000 particles; half of that where a step
 * takes longer than a tick, because where it came from is kept too, and less where samplers carry a memory. */
enum { TIMELINE_BYTES = 64 << 20 };

typedef struct Moment {
    uint64_t tick; /* of the run, from 0; waits do not count */
    size_t target, dynamics;
    double sigma, evaluations, accepted, share; /* as in SimFrame */
    size_t count, dropped, trails;
    double before; /* as in Simulation; 0 when there is no memory that anybody would read */
    Journey journey;
    uint32_t at;  /* where its arrays are */
    size_t pages; /* that they take */
} Moment;

typedef struct Timeline Timeline;

/* Reserves at most so many bytes once and for all. NULL when memory is short. */
Timeline *timeline_create(size_t bytes);
void timeline_destroy(Timeline *t);
void timeline_clear(Timeline *t);

/* Keeps what a simulation is; called before every tick and before a restore. Begins anew by itself where another run
 * began: another start, seed, target or number of particles that were not dropped by hand. Keeps nothing where nothing
 * changed since the present, but for how long the end of the way has been held, nor in the middle of a step that takes
 * several ticks: the moment before it stands for it. False when the first and this moment
 * alone are more than all the room: nothing is kept of it. */
bool timeline_record(Timeline *t, const Simulation *s);

size_t timeline_count(const Timeline *t);
uint64_t timeline_stride(const Timeline *t);
size_t timeline_bytes(const Timeline *t); /* that moments take of those reserved */
/* Moment k < timeline_count, in the order of ticks; valid until something is recorded. */
const Moment *timeline_moment(const Timeline *t, size_t k);
/* The last moment at or before a tick, and before a share 0 .. 1 of all ticks. There must be one. */
size_t timeline_at_tick(const Timeline *t, uint64_t tick);
size_t timeline_at_place(const Timeline *t, double place);
/* The last moment at or before the present. There must be one. */
size_t timeline_present(const Timeline *t);

/* Makes moment k the present: particles, handle, counters, the sampler's memory. Trails are those of the moments before
 * it. Clock, orders, play, target and measured errors stay what they are. Where the sampler is another now, its memory
 * is empty. */
void timeline_restore(Timeline *t, size_t k, Simulation *s);

#endif
