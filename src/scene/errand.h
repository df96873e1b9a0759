/* errand.h - work with files that commands ask for: reading what is opened, writing what is saved.
 *
 * An errand has copies of all that it needs, so that one thread can run it while the session goes on; then main
 * delivers what came of it. A host with a thread for errands (Host.errand) lets no frame wait for a disk; without one
 * they are run on the spot. They are run and delivered in the order in which they were asked for.
 */
#ifndef SCENE_ERRAND_H
#define SCENE_ERRAND_H

#include "scene/session.h"

typedef struct ErrandKind {
    bool (*run)(Errand *x, Error *e);                 /* any thread */
    bool (*deliver)(Errand *x, Session *s, Error *e); /* main, once it was run */
    void (*free)(Errand *x);
    bool reads; /* it brings something, and can be called off */
} ErrandKind;

/* The head of every errand, which lies on the heap. */
struct Errand {
    const ErrandKind *kind;
    uint64_t number;
    Errand *next; /* the host's */
    bool ok;      /* it was run, and did not fail */
    Error why;
};

/* Main: hands an errand to the host, or runs and delivers it; takes it over. False with one line when it failed. */
bool session_give(Session *s, Errand *x, Error *e);
/* The host, in a thread of its own. */
void errand_run(Errand *x);
/* Main: what came of an errand of the host's, which this frees. False with one line when it failed. */
bool session_deliver(Session *s, Errand *x, Error *e);
/* Main: waits for all that the host has. False with one line when some of it failed. */
bool session_await(Session *s, Error *e);

/* Main: the next errand reads this, which a card says until it is there. */
void session_reads(Session *s, const char *name);
/* Main: what is being read, else what came in last; NULL: there is no card to show. */
const Loaded *session_loaded(const Session *s);
/* Main: what is being read is no longer wanted. */
void session_call_off(Session *s);
/* Main: that card goes; what is being read is called off. */
void session_put_card_away(Session *s);

#endif
