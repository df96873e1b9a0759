#include "scene/lesson.h"
#include "scene/session_steps.h"

#include <stdio.h>

void session_take_settings(Session *s, const Settings *then)
{
    for (SettingId id = 0; id < SETTING_COUNT; id++)
        if (!settings_personal(id))
            s->settings.value[id] = then->value[id];
    s->settings.undrawn = then->undrawn;
}

Subject *session_studied_desk(const Session *s)
{
    bool drawn = settings_index(&s->settings, SET_TARGET) == target_count();
    bool composed = s->settings.drawing == s->desk.version || s->drawing_tried == s->desk.version;
    return drawn && composed ? subject_hold(s->subject) : NULL;
}

State *session_capture_workers(Session *s)
{
    session_flush(s);
    State *state = state_create(&s->settings);
    if (!state)
        return NULL;
    state->drawn = session_studied_desk(s);
    session_send(s, (Order){.kind = ORDER_CAPTURE, .state = state});
    return state;
}

/* What the drawing that settings name stands for, whether it is studied or not. */
static Subject *drawn_subject(const Session *s)
{
    Settings drawn = s->settings;
    drawn.value[SET_TARGET] = (double)target_count();
    return catalogue_subject(s->catalogue, &drawn);
}

State *session_capture(Session *s)
{
    session_settle(s, NULL);
    session_flush(s);
    State *state = state_create(&s->settings);
    if (!state || !drawing_copy(&state->drawing, &s->desk.drawing)) {
        state_release(state);
        return NULL;
    }
    state->drawing_version = s->desk.version;
    state->drawn = drawn_subject(s);
    if (s->lecture.lesson)
        snprintf(state->lesson, sizeof state->lesson, "%s", s->lecture.lesson->name);
    state->scene = s->lecture.scene;
    state->outside = state_hold(lecture_outside_state(s));
    session_send(s, (Order){.kind = ORDER_CAPTURE, .state = state});
    return state;
}

/* Neither is there anything to replace. */
static bool same_drawing(const Session *s, const State *state)
{
    bool both_empty = state->drawing.count == 0 && s->desk.drawing.count == 0;
    return state->drawing_version == s->desk.version || (both_empty && state->drawing.fit == s->desk.drawing.fit);
}

static bool take_drawing(Session *s, const State *state, const char *what, Error *e)
{
    Drawing drawing = {0};
    desk_rest(&s->desk);
    session_note_drawing(s, false);
    if (same_drawing(s, state))
        return true;
    if (!drawing_copy(&drawing, &state->drawing))
        return error_set(e, "out of memory for another drawing");
    return desk_replace(&s->desk, &drawing, what, e);
}

void session_take_drawn(Session *s, const State *state)
{
    if (!state->drawn)
        return;
    session_await_orders(s);
    catalogue_draw(s->catalogue, subject_hold(state->drawn));
    s->settings.drawing = state->drawn->revision;
    s->settings.drawing_std = state->settings.drawing_std;
    s->drawing_tried = s->desk.version;
}

static void bind_simulation(SimulationState *to, const Session *s)
{
    to->subject = subject_hold(s->subject);
    to->truth = subject_hold(s->truth);
    to->frame.target = s->subject->row;
    to->stride.step.frame = session_target(s)->frame;
}

/* A file tells what is studied by settings alone. */
static void bind(State *state, Session *s)
{
    session_follow_subject(s);
    if (!state_complete(state) || state->learner.subject)
        return;
    state->learner.subject = subject_hold(s->subject);
    bind_simulation(&state->pair.first, s);
    if (state->pair.second.filled)
        bind_simulation(&state->pair.second, s);
}

/* The desk is another already. Takes the caller's hold. */
static void remember_studied(Session *s, Subject *studied, const char *what)
{
    struct UndoStep *step = session_remember_state(s, what);
    step->whole = true;
    if (step->state)
        subject_put(&step->state->drawn, studied);
    else
        subject_release(studied);
}

/* The desk's step goes with that of the workers. */
bool session_resume(Session *s, State *state, const char *what, Error *e)
{
    Subject *studied = session_studied_desk(s);
    bool taken = take_drawing(s, state, what, e);
    if (taken && s->host.rehearses)
        session_take_settings(s, &state->settings);
    if (!taken || s->host.rehearses) {
        subject_release(studied);
        return taken;
    }
    remember_studied(s, studied, what);
    session_note_drawing(s, true);
    session_take_settings(s, &state->settings);
    session_take_drawn(s, state);
    bind(state, s);
    s->sent = s->settings;
    session_send(s, (Order){.kind = ORDER_RESUME, .state = state});
    return true;
}
