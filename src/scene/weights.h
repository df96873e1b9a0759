/* weights.h - a network as others see it: an immutable copy, with what it was learned of and how that went. */
#ifndef SCENE_WEIGHTS_H
#define SCENE_WEIGHTS_H

#include "core/trainer.h"

/* All zero before the first. */
typedef struct Weights {
    Net net; /* the average */
    Frame frame;
    size_t target;
    uint64_t epoch;
    TrainerStatistics statistics;
    uint64_t sequence; /* of the last order that the learner had seen */
    uint64_t taken;    /* steps the learner ever took, whatever became of them */
    bool resting;      /* more training would hardly make it any better (rest.h) */
} Weights;

/* Makes room for a shape; false when memory is short, and nothing changed. */
bool weights_shape(Weights *w, NetShape shape);
/* Allocates only when the shape differs from what is there; false when memory is short for it, and nothing changed. */
bool weights_copy(Weights *to, const Weights *from);
void weights_free(Weights *w);

#endif
