#include "scene/state.h"

#include <stdlib.h>

State *state_create(const Settings *settings)
{
    State *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->settings = *settings;
    s->holders = 1;
    return s;
}

State *state_hold(State *s)
{
    if (s)
        atomic_fetch_add_explicit(&s->holders, 1, memory_order_relaxed);
    return s;
}

/* The last one sees what all the others did with it before. */
void state_release(State *s)
{
    if (!s || atomic_fetch_sub_explicit(&s->holders, 1, memory_order_acq_rel) > 1)
        return;
    drawing_free(&s->drawing);
    subject_release(s->drawn);
    learner_state_free(&s->learner);
    pair_state_free(&s->pair);
    state_release(s->outside);
    free(s);
}

void state_put(State **place, State *held)
{
    State *before = *place;
    *place = held;
    state_release(before);
}

static void tell(State *s, unsigned part, bool kept)
{
    atomic_fetch_or_explicit(&s->parts, kept ? part : part | STATE_FAILED, memory_order_release);
}

void state_capture_learner(State *s, Learner *l)
{
    tell(s, STATE_LEARNER, learner_capture(l, &s->learner));
}

void state_capture_pair(State *s, const Pair *p)
{
    tell(s, STATE_PAIR, pair_capture(p, &s->pair));
}
