/* ladder.h - the rungs of the way from noise to data: levels of a schedule between two ends.
 *
 * A place on it is a number from 0 (noise) to `steps` (data); rungs are at whole numbers, and between two of them a
 * place is even in ln sigma. Beyond the ends it goes on as in the last rung. Pure values.
 */
#ifndef SCENE_LADDER_H
#define SCENE_LADDER_H

#include "core/schedule.h"

enum { LADDER_STEPS_MAX = 2000 };

typedef struct Ladder {
    size_t steps;
    double sigma[LADDER_STEPS_MAX + 1]; /* data units, falling */
} Ladder;

/* From first down to last, data units of which std are the schedule's unit. steps: 1 .. LADDER_STEPS_MAX. */
void ladder_make(Ladder *l, const Schedule *schedule, double std, double first, double last, size_t steps);

/* The place of sigma > 0, and back. */
double ladder_place(const Ladder *l, double sigma);
double ladder_sigma(const Ladder *l, double place);

#endif
