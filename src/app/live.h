/* live.h - the window's two workers: a thread that learns and one that simulates, and what they publish to main.
 *
 * Fields are grouped by who owns them. Orders go down through rings, values come up through mailboxes; nobody waits for
 * anybody, but a worker with nothing to do sleeps on its semaphore.
 */
#ifndef APP_LIVE_H
#define APP_LIVE_H

#include "app/journal.h"
#include "app/mailbox.h"
#include "app/ring.h"
#include "scene/pair.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct WeightsPost {
    Mailbox box;
    Weights slot[MAILBOX_SLOTS];
} WeightsPost;

typedef struct StackPost {
    Mailbox box;
    Stack slot[MAILBOX_SLOTS];
} StackPost;

typedef struct FramePost {
    Mailbox box;
    SimFrame slot[MAILBOX_SLOTS];
} FramePost;

/* What both workers were when they took an ORDER_SHOW. */
typedef struct Still {
    Weights weights;
    SimFrame frame, second;
} Still;

typedef struct Live {
    /* the trainer thread's */
    Learner learner;
    uint64_t steps_asked; /* by `train N` */
    bool training, may_rest;
    double steps_per_second_limit;

    /* the simulation thread's */
    Pair pair;
    uint64_t published[3][STACK_LEVELS]; /* versions of the three stacks that went up */
    uint64_t ticks_asked;                /* by `tick N` */
    int quiet_ticks;                     /* since anything moved */
    bool weights_wait;                   /* taken up, but not adopted yet */

    /* between two threads */
    Ring to_learner, to_simulation; /* main writes */
    WeightsPost weights_for_simulation, weights_for_main;
    FramePost frame, second; /* of the second sampler, while there is one */
    StackPost field, density, other;
    sem_t learner_work;
    _Atomic bool quit;
    _Atomic uint64_t learner_heard, simulation_heard; /* sequence of the last order */
    _Atomic uint64_t interrupted;                     /* of the last that may not wait for what hurries */
    Journal learned, simulated;                       /* what happened when; empty unless it is recorded */
    Still still;
    _Atomic uint64_t ticks;    /* done so far, for main's numbers */
    _Atomic bool learner_idle; /* asleep with every order done: for tests and for main's sleep */

    /* main's */
    pthread_t learner_thread, simulation_thread;
    bool started, records;       /* records: set before the start */
    void (*wake)(void *context); /* called by workers when something new was published; must be safe from any thread */
    void *wake_context;
} Live;

/* Builds both workers; threads run after live_start. False when memory is short; live_free is legal either way. */
bool live_init(Live *l, const Catalogue *catalogue, const Settings *settings, void (*wake)(void *), void *context);
bool live_start(Live *l);
/* Before the start: both workers write down when they take each order and which weights the simulation adopts, so that
 * the run can be told as one thread would have it (recorder.h). False when memory is short. */
bool live_record(Live *l);
/* Ends both threads within a step and a tick. */
void live_stop(Live *l);
/* Stops, and frees everything. */
void live_free(Live *l);

/* Main: hands an order to both workers. */
void live_order(Live *l, const Order *order);
/* Main, once a frame: what found a ring full. */
void live_flush(Live *l);

/* Main: waits until both workers have taken all orders up to this one: a step and a tick, and whatever of it was to be
 * done at once. */
void live_await(Live *l, uint64_t sequence);

/* Main: takes the newest of each kind; true when anything is new. */
bool live_take(Live *l);
static inline const Weights *live_weights(const Live *l)
{
    return &l->weights_for_main.slot[l->weights_for_main.box.front];
}
static inline const SimFrame *live_frame(const Live *l)
{
    return &l->frame.slot[l->frame.box.front];
}
static inline const SimFrame *live_second(const Live *l)
{
    return &l->second.slot[l->second.box.front];
}
static inline const Stack *live_field(const Live *l)
{
    return &l->field.slot[l->field.box.front];
}
static inline const Stack *live_other(const Live *l)
{
    return &l->other.slot[l->other.box.front];
}
static inline const Stack *live_density(const Live *l)
{
    return &l->density.slot[l->density.box.front];
}

#endif
