/* state.h - everything at one moment: what both workers are, the settings, and the drawing.
 *
 * A state is asked for and given back by orders (session.h), which each worker carries out between two steps or two
 * ticks of its own: the learner's part is from after the orders before it, and so is the simulation's, with nobody
 * waiting for anybody. Undo, scenes of a lesson and files are all made of it: going on from a state gives the bytes of
 * never having left it. What belongs to a hand or a person stays out: the handle that is held, theme, scale, panels.
 *
 * Shared and counted like a subject. Main fills in its part before any worker has it; each worker then writes its own,
 * once; who sees state_complete true may read everything.
 */
#ifndef SCENE_STATE_H
#define SCENE_STATE_H

#include "scene/drawing.h"
#include "scene/pair.h"

typedef struct State {
    /* main's */
    Settings settings;
    Drawing drawing;          /* of the desk, with what was under way */
    uint64_t drawing_version; /* the desk's; or STATE_DRAWING_ELSEWHERE */
    Subject *drawn;   /* what that drawing stood for; NULL: not composed, or undo's of no drawing that was studied */
    char lesson[256]; /* file stem or path of the lesson that is given; "" for none */
    size_t scene;
    struct State *outside; /* what was before the lesson, asked for earlier than this; NULL: not known, or no lesson */
    /* the workers' */
    LearnerState learner;
    PairState pair;
    _Atomic unsigned parts; /* STATE_* */
    _Atomic size_t holders;
} State;

enum { STATE_LEARNER = 1 << 0, STATE_PAIR = 1 << 1, STATE_WHOLE = STATE_LEARNER | STATE_PAIR, STATE_FAILED = 1 << 2 };

#define STATE_DRAWING_ELSEWHERE UINT64_MAX

/* Without the parts of the workers. NULL when memory is short. */
State *state_create(const Settings *s);
/* Returns s, which may be NULL. */
State *state_hold(State *s);
void state_release(State *s);
void state_put(State **place, State *held);

/* Each worker: fills its part in, which is missing where memory was short. */
void state_capture_learner(State *s, Learner *l);
void state_capture_pair(State *s, const Pair *p);

/* Both workers have been there. */
static inline bool state_complete(const State *s)
{
    return (atomic_load_explicit(&s->parts, memory_order_acquire) & STATE_WHOLE) == STATE_WHOLE;
}
/* And neither found memory short. */
static inline bool state_whole(const State *s)
{
    return atomic_load_explicit(&s->parts, memory_order_acquire) == STATE_WHOLE;
}

#endif
