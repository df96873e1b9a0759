/* hands.h - what the mouse does on the plane, as commands: it drops, traces, pans, turns and zooms.
 *
 * What lies over the plane, paths among it, feels the hand first: only what is left reaches these. Main thread.
 */
#ifndef APP_HANDS_H
#define APP_HANDS_H

#include "app/events.h"
#include "app/renderer.h"

typedef struct Hands {
    bool dropping;        /* a drag leaves a stream of particles */
    double dropped_at[2]; /* pixels */
} Hands;

/* Where hands are, and what runs the commands that they mean. */
typedef struct HandsPlane {
    const Events *events;
    const Renderer *renderer; /* as it was laid out for these events */
    const Session *session;
    void (*run)(void *context, const char *command);
    void *context;
} HandsPlane;

/* Runs a command, printed. */
void hands_run(const HandsPlane *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The pointer is on the plane and on nothing that lies over it. */
bool hands_on_plane(const HandsPlane *p);

/* Pans or turns, and zooms. True when the view changed. */
bool hands_look(const HandsPlane *p);

/* A click drops a particle and shows its path, and a drag leaves a stream of particles; with Shift it drops a cloud;
 * with Ctrl four fates begin there, with both a fan. */
void hands_drop(Hands *h, const HandsPlane *p);

#endif
