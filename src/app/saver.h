/* saver.h - the window's worker for saved states: it writes them to files while everything goes on.
 *
 * Main hands down states that may still be under way; each is written once both workers have filled it in, in the order
 * in which they were asked for. Nobody waits but the thread itself.
 */
#ifndef APP_SAVER_H
#define APP_SAVER_H

#include "app/user_folder.h"
#include "scene/state_file.h"

#include <pthread.h>
#include <semaphore.h>

enum { SAVER_JOBS = 8 };

typedef struct SaverJob {
    State *state;
    StateFile what;
    char path[USER_PATH];
    bool quiet; /* nobody asked for it */
    bool written;
    Error why; /* it wasn't */
    _Atomic bool done;
} SaverJob;

typedef struct Saver {
    SaverJob job[SAVER_JOBS]; /* number i in place i % SAVER_JOBS */
    sem_t handed_down;
    _Atomic uint64_t handed; /* jobs so far, by main */
    uint64_t written;        /* the thread's */

    /* main's */
    uint64_t asked, taken; /* jobs so far */
    pthread_t thread;
    bool begun, started;
    void (*wake)(void *context); /* called by the thread when a file is written */
    void *wake_context;
} Saver;

/* saver_free is legal after it, whether the thread runs or not. */
void saver_init(Saver *s, void (*wake)(void *), void *context);
bool saver_start(Saver *s);
/* What is handed down is written first, however long that takes. */
void saver_free(Saver *s);

/* Main: wants a state written; "" is a free name, "scorefield-NNN.safetensors". Takes over the caller's hold, also when
 * it fails: too many are under way. */
bool saver_put(Saver *s, State *state, StateFile what, const char *path, bool quiet);
/* Main, once a frame: hands down what is complete. The oldest that is done, valid until the next call; NULL for none.
 */
const SaverJob *saver_take(Saver *s);
/* Main: something is not done yet. */
static inline bool saver_busy(const Saver *s)
{
    return s->taken != s->asked;
}

#endif
