/* learner.h - what the trainer thread owns: a Trainer that follows the settings, and its memory for undo.
 *
 * Single-threaded; the window's trainer thread and the headless loop call the same functions in the same order. Where
 * memory is short for a change, nothing changes.
 */
#ifndef SCENE_LEARNER_H
#define SCENE_LEARNER_H

#include "core/trainer.h"
#include "scene/catalogue.h"
#include "scene/settings.h"

/* States kept for undo, numbered by the session. The session and both workers agree on this number. */
enum { STASH_SLOTS = 16 };

typedef struct Learner {
    const Catalogue *catalogue;
    Trainer trainer;
    size_t target; /* row of the catalogue */
    struct Stash {
        TrainerOptions options;
        size_t target;
        void *bytes; /* trainer_save, NULL when empty */
    } stash[STASH_SLOTS];
    uint64_t epoch; /* grows with every reset, target and exchange */
} Learner;

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
/* Keeps a copy of everything in a slot. */
void learner_stash(Learner *l, size_t slot);
/* Swaps what is with what was kept in a slot, so that the same call takes it back. Nothing happens when it is empty. */
void learner_exchange(Learner *l, size_t slot);

/* What others see of it: an immutable copy. All zero before the first. */
typedef struct Weights {
    Net net; /* the average */
    Frame frame;
    size_t target;
    uint64_t epoch;
    TrainerStatistics statistics;
} Weights;

/* Both allocate only when the shape differs from what is there; false when memory is short for it, and nothing changed.
 */
bool learner_publish(const Learner *l, Weights *out);
bool weights_copy(Weights *to, const Weights *from);
void weights_free(Weights *w);

#endif
