/* goal.h - how far a network is from what it is learning: the score of the target or, where it learns from a finite
 * set of points, that of the set.
 *
 * Beside the population's score a network that learns a set by heart gets worse again, though it still learns.
 */
#ifndef SCENE_GOAL_H
#define SCENE_GOAL_H

#include "core/field.h"
#include "core/trainer.h"

typedef struct Goal {
    Mixture set; /* the points that are learned from; made when first asked for */
    bool made;
    NetWorkspace workspace;
    float *scratch;
} Goal;

/* False when memory is short; goal_free is legal either way. */
bool goal_init(Goal *g);
void goal_free(Goal *g);

/* The trainer's target, points or seed are others now. */
void goal_forget(Goal *g);

/* Relative error of the average's score, as ScoreErrors' overall. Some 50,000 evaluations; the first of a finite set
 * takes a second for a million points. Where there is no memory for them it is the target that is compared with. */
double goal_error(Goal *g, const Trainer *t);

#endif
