/* journal.h - what a worker did when, from its thread to main, while a run is recorded. Nobody waits. */
#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JOURNAL_SIZE = 4096 };

typedef struct Event {
    uint64_t sequence;     /* of the order that was taken, or the last that the adopted weights know of */
    uint64_t steps, ticks; /* the learner's and the simulation's until then; 0 where another's */
    bool adopted;
} Event;

typedef struct Journal {
    Event event[JOURNAL_SIZE];
    _Atomic size_t written, read;
} Journal;

/* Worker: appends. False when it is full, but for the last quarter, which is for orders alone: main, which reads it,
 * never has more than half as many under way. */
bool journal_put(Journal *j, Event event);
/* Main: the oldest; NULL when it is empty. journal_drop lets go of it. */
const Event *journal_peek(const Journal *j);
void journal_drop(Journal *j);

#endif
