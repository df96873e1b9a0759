/* saving.h - files that a session with a window leaves: states as they are asked for, one of its own every minute, and
 * the list of recent files.
 *
 * In the folder that XDG_STATE_HOME names, else ~/.local/state:
 *
 *     scorefield/autosave.safetensors      the session, a minute old at most; gone once it ended as it should
 *     scorefield/interrupted.safetensors   that of a session that didn't: `restore` opens it
 *     scorefield/recent                    paths, one a line
 *
 * Of several windows the first keeps its session, the others don't. Main thread.
 */
#ifndef APP_SAVING_H
#define APP_SAVING_H

#include "app/saver.h"
#include "scene/session.h"

#define AUTOSAVE_S 60.0

typedef struct Saving {
    Saver saver;
    char autosave[USER_PATH], interrupted[USER_PATH], recent[USER_PATH]; /* "": there is none */
    int lock;                                                            /* -1: another window has it */
    bool fails;                                                          /* keeping the session, when last tried */
    uint64_t recent_version, sequence, steps;                            /* as they are in files */
    double next_s;
} Saving;

/* Starts the worker and finds what earlier sessions left: session->recent, session->restorable. False when memory is
 * short; saving_end is legal either way. */
bool saving_begin(Saving *s, Session *session, void (*wake)(void *), void *context, double now_s);

/* Has a state written, as saver_put. False with one line when too many are under way. */
bool saving_put(Saving *s, State *state, StateFile what, const char *path, Error *e);

/* Once a frame: what is due. steps: of the weights that are shown. True with a line to say: a file was written, or
 * *failed. */
bool saving_follow(Saving *s, Session *session, uint64_t steps, double now_s, Error *line, bool *failed);

/* Keeps the session for the next start, where it can be kept. */
void saving_keep(Saving *s, Session *session);

/* What is asked for is written first, if the workers have carried it out. kept: the session ends as it should not, and
 * the next start is to find it. False when a file takes longer than some seconds: its thread goes on with it, and *s is
 * not freed. */
bool saving_end(Saving *s, Session *session, bool kept);

#endif
