/* simframe.h - what one tick of the simulation shows: the handle, particles and their trails, the measured errors.
 *
 * A plain value with arrays of its own, so that a thread can hand over copies.
 */
#ifndef SCENE_SIMFRAME_H
#define SCENE_SIMFRAME_H

#include "core/metrics.h"

enum {
    PARTICLES_MAX = 100000,
    DROPPED_MAX = 4096,    /* particles dropped by hand, behind the others in the same arrays */
    TRAIL_PARTICLES = 400, /* so many of the first particles, and the last dropped ones, leave trails */
    TRAIL_LENGTH = 24
};

/* Particles are in data units. Where a sampler's step takes less than a tick, previous is where they were a tick
 * before; where it takes longer, the display fills the time: previous is where it was, and `share` how much of the rest
 * of the way to x it goes in this tick. */
typedef struct SimFrame {
    uint64_t tick;
    uint64_t sequence; /* of the last order that the tick had seen */
    size_t target;
    double sigma;          /* the handle's */
    double particle_sigma; /* where the particles are on their way to it */
    double place;          /* of the present in the run so far, 0 .. 1; below 1 only while the past is shown */
    bool playing;          /* false when the end was reached without looping, so that the switch can follow */
    double evaluations;    /* of the field, a particle, since the journey began */
    double accepted;       /* share of proposals that the last step kept; NAN for samplers that propose nothing */
    size_t count, dropped; /* the last `dropped` of count were dropped by hand */
    double share;          /* 0 .. 1 */
    float *x, *previous;   /* [PARTICLES_MAX + DROPPED_MAX][2] */
    size_t trails;         /* particles that leave trails */
    uint32_t *trail_of;    /* [trails] index of the particle */
    size_t trail_length;   /* filled columns, newest first */
    float *trail;          /* [TRAIL_LENGTH][TRAIL_PARTICLES][2]; a NAN breaks the line */
    ScoreErrors errors;    /* learned against exact at MEASURE_POINTS a level; NAN where not measured yet */
    uint64_t errors_steps; /* training steps behind the errors */
} SimFrame;

/* False when memory is short; simframe_free is legal either way. */
bool simframe_init(SimFrame *f);
void simframe_free(SimFrame *f);
void simframe_copy(SimFrame *to, const SimFrame *from);

/* Adds particle `index`'s trail at a slot below TRAIL_PARTICLES, in place of the one that was there. */
void simframe_give_trail(SimFrame *f, size_t slot, size_t index);
/* The first particles leave trails, and no others. What they left so far stays. */
void simframe_first_trails(SimFrame *f);
/* Adds where the particles are now as the newest column. */
void simframe_push_trails(SimFrame *f);
/* Ends every line: the next column begins new ones. */
void simframe_break_trails(SimFrame *f);

#endif
