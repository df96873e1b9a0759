/* learner.h - what the trainer thread owns: a Trainer that follows the settings, and what it was.
 *
 * Single-threaded; the window's trainer thread and the headless loop call the same functions in the same order. Where
 * memory is short for a change, nothing changes.
 */
#ifndef SCENE_LEARNER_H
#define SCENE_LEARNER_H

#include "scene/catalogue.h"
#include "scene/goal.h"
#include "scene/history.h"
#include "scene/rest.h"
#include "scene/settings.h"

typedef struct Learner {
    const Catalogue *catalogue;
    Trainer trainer;
    Subject *subject;
    Subject *truth;    /* what the floor of the loss is of */
    uint64_t sequence; /* of the last order, given by whoever obeys it */
    uint64_t taken;    /* steps ever, whatever became of them */
    uint64_t epoch;    /* grows with every reset, target and return to a state */
    History history;   /* of the weights since the last reset */
    Weights spare;     /* on their way into it */
    double place;      /* 0 .. 1: what of it others see; 1 is the present */
    Rest rest;         /* whether endless training may rest: for whoever calls learner_step endlessly */
    Goal goal;
} Learner;

/* All that a learner is between two steps, but for the past in its history: {0} is none. */
typedef struct LearnerState {
    TrainerOptions options;
    Subject *subject;
    void *trainer; /* trainer_save; NULL: nothing is kept */
    Rest rest;
    uint64_t past; /* mark of the history, where this learner's knows it; 0: none */
} LearnerState;
void learner_state_free(LearnerState *s);

/* The trainer's share of the settings. */
TrainerOptions learner_options(const Settings *s);

/* False when memory is short; learner_free is legal either way. */
bool learner_init(Learner *l, const Catalogue *catalogue, const Settings *s);
void learner_free(Learner *l);

/* Follows changed settings: a new shape or seed starts afresh, a new target keeps what was learned, the rest goes on.
 */
void learner_apply(Learner *l, const Settings *s);
/* The first weights of the seed again. */
void learner_reset(Learner *l);
/* A copy of everything into *to, which is empty. False when memory is short: it stays empty. */
bool learner_capture(Learner *l, LearnerState *to);
/* Becomes what was captured, whatever it is now; then follows the settings at hand by learner_apply. Nothing happens
 * where nothing was kept. */
void learner_resume(Learner *l, const LearnerState *from);

/* A hand wants more of a training that rests. */
void learner_wake(Learner *l);

/* One training step, and what is due after it: a snapshot for the history, a mark of rest.h. */
void learner_step(Learner *l);

/* A copy of what others are to see: the present, or the past that settings ask for. Allocates only when the shape
 * differs from what is there; false when memory is short for it, and nothing changed. */
bool learner_publish(const Learner *l, Weights *out);

#endif
