#include "scene/session_steps.h"

#include <stdio.h>

/* Those that were cleared meanwhile are counted, but not shown. */
static void exchange_path(Session *s, bool come)
{
    s->paths.top += come ? 1 : (uint64_t)-1;
    s->paths_version++;
}

/* What a person sees and where they look stays theirs: undo gives back only what a network and its particles are made
 * of. */
static void take_back(Settings *now, const Settings *kept)
{
    static const SettingId undone[] = {SET_TARGET, SET_SEED,       SET_FIRST,      SET_LAST,       SET_SIGMA,
                                       SET_WIDTH,  SET_DEPTH,      SET_PREDICTION, SET_ACTIVATION, SET_FEATURES,
                                       SET_RATE,   SET_BATCH,      SET_OBJECTIVE,  SET_WEIGHTING,  SET_SAMPLES,
                                       SET_SOURCE, SET_REFERENCES, SET_BUDGET,     SET_PARTICLES,  SET_DRAW};
    for (size_t i = 0; i < sizeof undone / sizeof *undone; i++)
        now->value[undone[i]] = kept->value[undone[i]];
    now->undrawn = kept->undrawn;
}

static void exchange_settings(Session *s, struct UndoStep *step)
{
    Settings current = s->settings;
    if (step->whole)
        session_take_settings(s, &step->settings);
    else
        take_back(&s->settings, &step->settings);
    step->settings = current;
}

/* The workers go back before they hear of the other settings, and find nothing left to change, nor has the drawing to
 * be composed again; but for one that was kept before its last stroke was composed. */
static void exchange_state(Session *s, struct UndoStep *step)
{
    State *now = session_capture_workers(s);
    exchange_settings(s, step);
    if (step->state)
        session_take_drawn(s, step->state);
    s->sent = s->settings;
    if (step->state)
        session_send(s, (Order){.kind = ORDER_RESUME, .state = step->state});
    else
        session_send(s, (Order){.kind = ORDER_SETTINGS});
    state_put(&step->state, now);
    if (settings_index(&s->settings, SET_TARGET) == target_count())
        session_send(s, (Order){.kind = ORDER_SETTINGS});
}

static void exchange_drop(Session *s, const struct UndoStep *step, bool come)
{
    if (come)
        session_order(s, step->drop);
    else
        session_order(s, (Order){.kind = ORDER_UNDROP, .n = step->drop.n});
}

/* A file that was moved by others meanwhile stays where it is: there is nothing to undo then. */
static void exchange_tile(Session *s, const struct UndoStep *step, bool come)
{
    Error unused;
    shelf_remove(&s->shelf, step->tile, come, &unused);
}

static void exchange(Session *s, struct UndoStep *step, bool come)
{
    if (step->kind == UNDO_STATE)
        exchange_state(s, step);
    if (step->kind == UNDO_SETTINGS)
        exchange_settings(s, step);
    if (step->kind == UNDO_PATH || step->kind == UNDO_FOLLOW)
        exchange_path(s, come);
    if (step->kind == UNDO_TILE)
        exchange_tile(s, step, come);
    if (step->kind == UNDO_DROP || step->kind == UNDO_FOLLOW)
        exchange_drop(s, step, come);
}

/* One step of the desk. Where its history has let go of it, nothing before can be undone any more: NULL then. */
static const char *undo_drawing(Session *s, struct UndoStep *step)
{
    const char *label = desk_undo(&s->desk);
    if (label && --step->done > 0)
        return label;
    step->count -= step->done;
    step->done = 0;
    s->undo.top -= step->count > 0;
    s->undo.from = label ? s->undo.from : s->undo.top;
    return label;
}

/* What was undone; NULL when there is nothing. *joined: the step before goes with it. */
static const char *undo_one(Session *s, bool *joined)
{
    struct UndoStep *step = session_newest(s);
    const char *what = step ? step->what : NULL;
    if (step && step->kind == UNDO_DRAWING) {
        what = undo_drawing(s, step);
    } else if (step) {
        s->undo.top--;
        exchange(s, step, false);
    }
    *joined = what && step->joined && step->done == 0;
    return what;
}

bool session_undo(Session *s, Error *e)
{
    bool joined;
    desk_rest(&s->desk);
    session_note_drawing(s, false);
    const char *what = undo_one(s, &joined);
    if (!what)
        return error_set(e, "there is nothing to undo");
    snprintf(s->notice, sizeof s->notice, "Undone: %s", what);
    while (joined && undo_one(s, &joined))
        ;
    session_note_drawing(s, false);
    return true;
}

static const char *redo_drawing(Session *s, struct UndoStep *step)
{
    step->done++;
    return desk_redo(&s->desk);
}

static const char *redo_one(Session *s)
{
    struct UndoStep *step = session_newest(s);
    if (step && step->done < step->count)
        return redo_drawing(s, step);
    if (s->undo.top == s->undo.end)
        return NULL;
    step = &s->undo.step[s->undo.top++ % UNDO_STEPS];
    if (step->kind == UNDO_DRAWING)
        return redo_drawing(s, step);
    exchange(s, step, true);
    return step->what;
}

/* The next step to do again came with the one before. */
static bool next_is_joined(const Session *s)
{
    return s->undo.top < s->undo.end && s->undo.step[s->undo.top % UNDO_STEPS].joined;
}

bool session_redo(Session *s, Error *e)
{
    desk_rest(&s->desk);
    session_note_drawing(s, false);
    const char *what = redo_one(s);
    if (!what)
        return error_set(e, "there is nothing to redo");
    while (next_is_joined(s) && s->undo.step[(s->undo.top - 1) % UNDO_STEPS].kind != UNDO_DRAWING)
        what = redo_one(s);
    snprintf(s->notice, sizeof s->notice, "Done again: %s", what);
    session_note_drawing(s, false);
    return true;
}
