#include "scene/session_steps.h"

#include "io/file.h"
#include "learned.h"
#include "scene/drawing_subject.h"
#include "scene/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool save_now(Session *s, State *state, StateFile what, const char *path, Error *e)
{
    if (!state_save(state, what, path, e))
        return false;
    recent_note(&s->recent, path);
    char told[FILE_TOLD];
    snprintf(s->notice, sizeof s->notice, "Saved %s", file_told(path, told));
    return true;
}

bool session_save(Session *s, StateFile what, const char *path, Error *e)
{
    State *state = session_capture(s);
    bool saved = true;
    if (!state)
        return error_set(e, "out of memory for what was to be saved");
    if (s->host.save) {
        s->host.save(s->host.context, state, what, path);
        return true;
    }
    saved = save_now(s, state, what, path[0] ? path : "scorefield.safetensors", e);
    state_release(state);
    return saved;
}

/* Nothing else ever has this revision: what it is called by must not be taken for another drawing. What is on the desk
 * is the same, and composed if it was. */
static bool compose(Session *s, State *state, Error *e)
{
    Subject *studied = session_studied_desk(s);
    if (studied)
        s->drawing_tried = s->desk.version + 1;
    subject_release(studied);
    state->drawn = drawing_subject(&state->drawing, ++s->desk.version, e);
    return state->drawn;
}

static bool compose_all(Session *s, State *state, Error *e)
{
    return compose(s, state, e) && (!state->outside || compose(s, state->outside, e));
}

static const char opening[] = "opening of a state";

/* Outside of any lesson: the one in the file then finds it there, and behind that the opening can be undone. */
static bool take_outside(Session *s, State *outside, Error *e)
{
    Error unused;
    if (s->lecture.lesson)
        lecture_leave(s, &unused);
    return session_resume(s, outside, opening, e);
}

/* In its scene, as far as the lesson is still there, and in no other one; what the scene begins with gives way at once
 * to what is opened, so that nothing of it may be left to be composed later. */
static void enter_lesson(Session *s, const State *state)
{
    Error unused;
    uint64_t begun = s->lecture.begun;
    if (state->lesson[0])
        lecture_open(s, state->lesson, state->scene, &unused);
    if (s->lecture.lesson && s->lecture.begun == begun)
        lecture_leave(s, &unused);
    else if (s->lecture.lesson && state->outside)
        lecture_put_outside(s, state->outside);
}

static bool take_place(Session *s, const State *state, Error *e)
{
    bool composes = s->host.composes;
    s->host.composes = false;
    bool taken = !state->outside || take_outside(s, state->outside, e);
    if (taken)
        enter_lesson(s, state);
    s->host.composes = composes;
    return taken;
}

bool session_open(Session *s, const char *path, const unsigned char *bytes, size_t size, Error *e)
{
    if (s->unrecorded) /* it may leave the lesson that opens it */
        return error_set(e, "%s: a saved state is for hands (nothing was loaded)", path);
    session_settle(s, NULL);
    State *state = state_read(path, bytes, size, e);
    bool opened = state && compose_all(s, state, e) && take_place(s, state, e) && session_resume(s, state, opening, e);
    if (opened)
        snprintf(s->notice, sizeof s->notice, "Opened %.200s", path);
    state_release(state);
    return opened;
}

static Subject *learned_subject(const Session *s, size_t row)
{
    return subject_hold(row < s->catalogue->count ? s->catalogue->row[row] : s->subject);
}

static void take_shape(Settings *to, const Settings *from)
{
    for (SettingId id = SET_WIDTH; id <= SET_FEATURES; id++)
        to->value[id] = from->value[id];
}

/* A state whose particles nobody captured: they go on. What was learned of another target goes through the change of
 * target when the learner follows the settings. */
static bool take_weights(Session *s, const char *name, const unsigned char *bytes, size_t size, Error *e)
{
    size_t row;
    State *state = state_read_weights(name, bytes, size, &s->settings, &row, e);
    if (!state)
        return false;
    state->learner.subject = learned_subject(s, row);
    session_remember_state(s, "taking weights");
    take_shape(&s->settings, &state->settings);
    if (!s->host.rehearses) {
        s->sent = s->settings;
        session_send(s, (Order){.kind = ORDER_RESUME, .state = state});
    }
    state_release(state);
    return true;
}

static const unsigned char *shipped(const char *name, size_t *size)
{
    char file[128];
    int length = snprintf(file, sizeof file, "%s.safetensors", name);
    return length < (int)sizeof file ? learned_find(file, size) : NULL;
}

static bool tell_shipped(const char *name, Error *e)
{
    char list[256];
    size_t used = 0;
    for (size_t i = 0; learned_name(i) && used < sizeof list; i++) {
        int stem = (int)strcspn(learned_name(i), ".");
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.*s", i ? ", " : "", stem, learned_name(i));
    }
    return error_set(e, "there is no trained network \"%.60s\", nor a file: there are %s", name, list);
}

bool session_learned(Session *s, const char *name, Error *e)
{
    size_t size;
    const unsigned char *bytes = shipped(name, &size);
    unsigned char *file;
    if (bytes)
        return take_weights(s, name, bytes, size, e);
    if (access(name, F_OK) != 0)
        return tell_shipped(name, e);
    if (!file_read_whole(name, STATE_LARGEST_FILE, &file, &size, e))
        return false;
    bool taken = take_weights(s, name, file, size, e);
    free(file);
    return taken;
}
