/* timing.h - how the noise handle goes along its way while it plays: sigma(t).
 *
 * A time t is a share of the duration, 0 .. 1; a place u is one on the way from the first level down to the last,
 *
 *     u = ln(first / sigma) / ln(first / last)
 *
 * A curve u(t) goes from exactly 0 to exactly 1 and rises all the way, so that every level has a time from which play
 * goes on after a hand moved the handle. Outside it goes on evenly: u = t. Plain values, pure functions: any thread.
 */
#ifndef SCENE_TIMING_H
#define SCENE_TIMING_H

#include "core/schedule.h"
#include "scene/settings.h"

enum { TIMING_KNOTS = SET_TIMING_5 - SET_TIMING_1 + 1 };

typedef enum TimingKind {
    TIMING_STEPS, /* every step takes the same time: the time of the schedule that spaces them */
    TIMING_EVEN,  /* u = t */
    TIMING_SLOW_START,
    TIMING_SLOW_END,
    TIMING_SMOOTH,
    TIMING_SIGMA, /* even in sigma */
    TIMING_KARRAS,
    TIMING_VP,
    TIMING_COSINE,
    TIMING_HAND, /* through knots that can be moved */
    TIMING_COUNT
} TimingKind;

typedef struct Timing {
    TimingKind kind;
    ScheduleId schedule; /* of TIMING_STEPS */
    double first, last;  /* levels, data units */
    double std;          /* of the data: the schedules' unit */
    /* TIMING_HAND: places at the times i / (TIMING_KNOTS + 1). One that is not above the knot before it by TIMING_APART
     * is taken as if it were, and so is one that leaves those behind it no room. */
    double knot[TIMING_KNOTS];
} Timing;

#define TIMING_APART 1e-3

typedef struct TimingInfo {
    const char *name;  /* "slow-start" */
    const char *label; /* "Slow start" */
    const char *help;  /* one line */
    double (*place)(const Timing *g, double time);
} TimingInfo;
const TimingInfo *timing_info(size_t which);

/* That of the settings, on a way between two levels. */
Timing timing_of(const Settings *s, double first, double last, double std);

/* u at a time, and the time of a place; t at ends that are no way: first > last > 0 doesn't hold. Finite, 0 for NAN. */
double timing_place(const Timing *g, double time);
double timing_time(const Timing *g, double place);

/* The place of a level > 0, and back. */
double timing_place_of(const Timing *g, double sigma);
double timing_sigma(const Timing *g, double place);

/* Where knot i of any curve is, as if it were one by hand. */
double timing_knot(const Timing *g, size_t i);
/* The time of knot i. */
double timing_knot_time(size_t i);

#endif
