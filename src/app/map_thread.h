/* map_thread.h - the window's third worker: it makes the maps that main asks for, when nobody else wants the time.
 *
 * For each purpose a map of its own, whose pieces take turns. Main hands down what is wanted, of which only the newest
 * matters, and takes up the newest picture; neither waits.
 */
#ifndef APP_MAP_THREAD_H
#define APP_MAP_THREAD_H

#include "app/mailbox.h"
#include "scene/map_work.h"

#include <pthread.h>
#include <semaphore.h>

typedef enum MapPurpose {
    MAP_OVER_PLANE,  /* the map that is chosen */
    MAP_FOR_DENSITY, /* the learned field's likelihood in the place of the exact density */
    MAP_PURPOSES
} MapPurpose;

typedef struct MapThread {
    struct MapJob {
        /* the thread's */
        MapWork *work;
        uint64_t published; /* version of the newest view that went up */

        /* between the two */
        Mailbox wishes, views;
        struct MapWish {
            MapAsk ask;
            Weights weights;
        } wish[MAILBOX_SLOTS];
        MapView view[MAILBOX_SLOTS];

        /* main's */
        MapAsk asked;
        uint64_t asked_epoch, asked_steps;
    } job[MAP_PURPOSES];

    /* between the two */
    sem_t wished;
    _Atomic bool quit;

    /* main's */
    pthread_t thread;
    bool started;
    void (*wake)(void *context); /* called by the thread when a picture is there */
    void *wake_context;
} MapThread;

/* False when memory is short; map_thread_free is legal either way. */
bool map_thread_init(MapThread *t, void (*wake)(void *), void *context);
bool map_thread_start(MapThread *t);
void map_thread_free(MapThread *t);

/* Main: wants this map from now on; nothing happens while it is the one that was wanted last. */
void map_thread_ask(MapThread *t, MapPurpose purpose, const MapAsk *ask, const Weights *weights);
/* Main: takes the newest pictures; true when any is new. */
bool map_thread_take(MapThread *t);
static inline const MapView *map_thread_view(const MapThread *t, MapPurpose purpose)
{
    const struct MapJob *job = &t->job[purpose];
    return &job->view[job->views.front];
}

#endif
