/* lecture_outside.c - what was before a lesson, and is again after it. */
#include "scene/lecture_run.h"

#include "scene/errand.h"
#include "scene/session_steps.h"

#include <stdlib.h>
#include <string.h>

LectureOutside *lecture_step_in(Session *s)
{
    LectureOutside *o = malloc(sizeof *o);
    if (!o)
        return NULL;
    desk_rest(&s->desk);
    session_call_off(s);
    session_drew(s);
    o->state = session_capture(s);
    o->settings = s->settings;
    o->desk = s->desk;
    o->drawing_seen = s->drawing_seen;
    o->undo = s->undo;
    memset(s->undo.step, 0, sizeof s->undo.step);
    o->paths = s->paths;
    o->apart = s->apart;
    s->desk = (Desk){.version = o->desk.version};
    session_forget_steps(s);
    session_clear_paths(s);
    return o;
}

const Desk *lecture_persons_desk(const Session *s)
{
    return s->lecture.run ? &s->lecture.run->outside->desk : &s->desk;
}

State *lecture_outside_state(const Session *s)
{
    return s->lecture.run ? s->lecture.run->outside->state : NULL;
}

void lecture_put_outside(Session *s, State *state)
{
    state_put(&s->lecture.run->outside->state, state_hold(state));
}

/* Versions only grow: what was drawn in the lesson is not taken for what was drawn before. */
static void put_desk(Session *s, LectureOutside *o)
{
    uint64_t version = s->desk.version;
    desk_free(&s->desk);
    s->desk = o->desk;
    o->desk = (Desk){0};
    s->drawing_seen = s->desk.version;
    if (version != s->desk.version)
        s->drawing_seen = s->desk.version = version + 1;
    s->drawing_steps = s->desk.steps;
}

void lecture_step_out(Session *s, LectureOutside *o)
{
    session_forget_steps(s);
    session_call_off(s);
    put_desk(s, o);
    s->undo = o->undo;
    memset(&o->undo, 0, sizeof o->undo);
    s->paths = o->paths;
    s->paths_version++;
    s->apart = o->apart;
    session_take_settings(s, &o->settings);
    s->settings.value[SET_DRAW_WORD] = o->settings.value[SET_DRAW_WORD];
    s->settings.drawing_std = o->settings.drawing_std;
    if (o->state)
        session_take_drawn(s, o->state);
    s->sent = s->settings;
    session_send(s, o->state ? (Order){.kind = ORDER_RESUME, .state = o->state}
                             : (Order){.kind = ORDER_BEGIN, .x = o->settings.value[SET_SIGMA]});
}

void lecture_outside_free(LectureOutside *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < UNDO_STEPS; i++)
        state_put(&o->undo.step[i].state, NULL);
    state_put(&o->state, NULL);
    desk_free(&o->desk);
    free(o);
}
