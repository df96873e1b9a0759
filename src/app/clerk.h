/* clerk.h - the window's fifth worker: it runs errands (scene/errand.h) one after the other, so that no frame waits for
 * a disk.
 *
 * Main hands errands down and takes them up again once they were run; both lists are stacks of which each side takes
 * all at once, and neither waits.
 */
#ifndef APP_CLERK_H
#define APP_CLERK_H

#include "scene/errand.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct Clerk {
    Errand *_Atomic asked, *_Atomic done; /* between the two; the newest first */
    sem_t wished, told;
    _Atomic bool quit;

    /* main's */
    Errand *taken; /* done, the oldest first */
    size_t left;   /* asked, and not taken up yet */
    pthread_t thread;
    bool begun, started;
    void (*wake)(void *context); /* called by the thread when an errand was run */
    void *wake_context;
} Clerk;

/* clerk_free is legal after it, whether the thread runs or not. */
void clerk_init(Clerk *c, void (*wake)(void *), void *context);
bool clerk_start(Clerk *c);
/* Main: everything was taken up before, with clerk_await, or is lost. Waits for the errand that is being run. */
void clerk_free(Clerk *c);

/* Main: takes the errand over. */
void clerk_ask(Clerk *c, Errand *x);
/* Main: the next errand that was run, which is the caller's from now on; NULL when there is none. */
Errand *clerk_take(Clerk *c);
/* Main: the same, but waits for it until a moment of clock_s(); NULL when nothing was asked, or nothing came. */
Errand *clerk_await(Clerk *c, double until_s);
/* Main: something was asked, and not taken up yet. */
static inline bool clerk_busy(const Clerk *c)
{
    return c->left > 0;
}

#endif
