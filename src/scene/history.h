/* history.h - what a network was at earlier steps, so that one gesture leads from the untrained to the trained field.
 *
 * Snapshots are geometric: each is taken at 2^(1/24) times the steps of the last, or one step after it. Where memory is
 * full, the one goes whose neighbours are nearest to each other in ln(1 + steps), so that what is left stays even in
 * that measure, however wide the network is; step 0 and the newest stay. What is shown is a snapshot that was, never a
 * blend of two: the mean of two networks has neither's field.
 *
 * A line is what one network has been, from its first weights on; a reset begins another. Snapshots know which one they
 * grew from, so that after undo the present line ends where the learner went back to. Those beside it wait for undo or
 * redo, and go first where memory is full. The trainer thread's; it allocates only when a snapshot is taken.
 */
#ifndef SCENE_HISTORY_H
#define SCENE_HISTORY_H

#include "scene/weights.h"

/* 64 MB hold 12 snapshots of the widest and deepest network, and the 376 of a million steps of one of 40,000
 * parameters. */
enum { HISTORY_BYTES = 64 << 20, HISTORY_SNAPSHOTS = 512, HISTORY_MARKS = 64 };

typedef struct Snapshot {
    Weights weights;
    size_t bytes;            /* with all that it owns */
    struct Snapshot *before; /* the one that this grew from; NULL for the first of a line */
    struct Snapshot *after;  /* one that grew from this; with present, up to date only while room is made */
    bool present;            /* of the present line */
} Snapshot;

typedef struct History {
    size_t budget, bytes; /* that snapshots may take, and that they take */
    Snapshot *slot[HISTORY_SNAPSHOTS];
    size_t slots;
    Snapshot *newest; /* of the present line; NULL when it has none */
    uint64_t epoch;   /* of the weights that were offered last */
    struct HistoryMark {
        uint64_t number;
        Snapshot *newest;
    } mark[HISTORY_MARKS]; /* number m in place m % HISTORY_MARKS */
    uint64_t marks;        /* so far: the newest one's number */
} History;

void history_init(History *h, size_t budget);
/* Forgets every line; all that there is to free. */
void history_clear(History *h);

/* May weights of this epoch and so many steps be taken? Cheap enough to ask after every step. */
bool history_due(const History *h, uint64_t epoch, uint64_t steps);
/* Takes a copy when it is due; true when it did. The first weights of a network begin a line, as do another shape and
 * fewer steps than there were; a new target does not. False too where a line's first and these would not fit, or memory
 * is short: then what there is becomes the budget. */
bool history_offer(History *h, const Weights *w);

/* Where the present line ends, to come back to: a number from 1 on. Only the last HISTORY_MARKS are known. */
uint64_t history_mark(History *h);
/* The present line ends there again. Of a mark that isn't known any more, or 0, there is no past: a line begins with
 * the next offer. */
void history_return(History *h, uint64_t mark);

/* The present line, in the order of steps: snapshot k < history_count, valid until the next offer. */
size_t history_count(const History *h);
const Weights *history_weights(const History *h, size_t k);
/* The snapshot nearest to so many steps, or to a place 0 .. 1 from no step to the newest, both in ln(1 + steps). There
 * must be one. */
size_t history_at_steps(const History *h, uint64_t steps);
size_t history_at_place(const History *h, double place);
/* That place of snapshot k. */
double history_place(const History *h, size_t k);

#endif
