/* composer.h - the window's fourth worker: it makes a subject of the drawing while the hand goes on drawing.
 *
 * Main hands down a copy of the drawing, of which only the newest matters, and takes up the newest subject; neither
 * waits, and main builds no mixture.
 */
#ifndef APP_COMPOSER_H
#define APP_COMPOSER_H

#include "app/mailbox.h"
#include "scene/drawing_subject.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct Composer {
    /* between the two */
    Mailbox wishes, works;
    struct ComposerWish {
        Drawing drawing;
        uint64_t revision;
    } wish[MAILBOX_SLOTS];
    struct ComposerWork {
        uint64_t revision;
        Subject *subject; /* NULL: why not is in the line */
        Error why;
    } work[MAILBOX_SLOTS];
    sem_t wished;
    _Atomic bool quit;

    /* main's */
    uint64_t asked, taken; /* revisions */
    pthread_t thread;
    bool begun, started;
    void (*wake)(void *context); /* called by the thread when a subject is there */
    void *wake_context;
} Composer;

/* composer_free is legal after it, whether the thread runs or not. */
void composer_init(Composer *c, void (*wake)(void *), void *context);
bool composer_start(Composer *c);
void composer_free(Composer *c);

/* Main: wants a subject of this drawing; nothing happens where it is the revision that was wanted last. */
void composer_ask(Composer *c, const Drawing *d, uint64_t revision);
/* Main: the newest subject, which the caller holds from now on; NULL when there is none, with a line in e where one
 * could not be made, else with e empty. */
Subject *composer_take(Composer *c, Error *e);
/* Main: what was wanted is still being made. */
static inline bool composer_busy(const Composer *c)
{
    return c->asked != c->taken;
}

#endif
