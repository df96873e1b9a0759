#include "scene/session.h"

#include "scene/drawing_subject.h"
#include "scene/sampler_settings.h"

#include <stdio.h>
#include <string.h>

/* Before anybody is told of the settings, what they name is there. */
static void follow_subject(Session *s)
{
    catalogue_prepare(s->catalogue, &s->settings);
    subject_put(&s->subject, catalogue_subject(s->catalogue, &s->settings));
    subject_put(&s->truth, catalogue_truth(s->catalogue, &s->settings));
}

void session_init(Session *s, const Catalogue *catalogue, const Settings *settings, Host host)
{
    *s = (Session){.catalogue = catalogue, .settings = *settings, .sent = *settings, .host = host};
    follow_subject(s);
    desk_fit(&s->desk, settings_on(settings, SET_DRAW_FIT), NULL);
    s->drawing_steps = s->desk.steps;
}

void session_free(Session *s)
{
    desk_free(&s->desk);
    subject_release(s->subject);
    subject_release(s->truth);
    s->subject = s->truth = NULL;
}

static void send_order(Session *s, Order order)
{
    follow_subject(s);
    order.sequence = ++s->sequence;
    order.settings = s->settings;
    s->host.order(s->host.context, &order);
}

void session_order(Session *s, Order order)
{
    session_flush(s);
    send_order(s, order);
}

void session_flush(Session *s)
{
    if (memcmp(&s->sent, &s->settings, sizeof s->sent) == 0)
        return;
    s->sent = s->settings;
    send_order(s, (Order){.kind = ORDER_SETTINGS});
}

void session_echo(Session *s, uint64_t sequence, double sigma, bool playing)
{
    if (sequence != s->sequence)
        return;
    settings_put(&s->settings, SET_SIGMA, sigma);
    s->sent.value[SET_SIGMA] = s->settings.value[SET_SIGMA];
    settings_put(&s->settings, SET_PLAYING, playing);
    session_flush(s); /* the simulation goes by changes of play: it must hear of its own end before the next wish */
}

/* The last step that can be undone, at least in part; NULL when there is none. */
static struct UndoStep *newest(Session *s)
{
    return s->undo_top > s->undone_from ? &s->undo[(s->undo_top - 1) % UNDO_STEPS] : NULL;
}

/* What was undone before can't be done again any more. */
static struct UndoStep *add_step(Session *s, UndoKind kind, const char *what)
{
    struct UndoStep *before = newest(s);
    if (before)
        before->count = before->done;
    struct UndoStep *step = &s->undo[s->undo_top % UNDO_STEPS];
    *step = (struct UndoStep){.kind = kind, .what = what};
    desk_part_steps(&s->desk);
    s->undo_end = ++s->undo_top;
    if (s->undo_end - s->undone_from > UNDO_STEPS)
        s->undone_from = s->undo_end - UNDO_STEPS;
    return step;
}

/* A state whose slot is taken by a newer one can't come back, nor what lies before it; but for another target, which
 * can, without what was learned of it. */
static void forget_overwritten(Session *s)
{
    for (uint64_t i = s->undone_from; i < s->undo_top; i++) {
        struct UndoStep *step = &s->undo[i % UNDO_STEPS];
        if (step->kind != UNDO_STATE || step->stash + STASH_SLOTS >= s->stashes)
            continue;
        if (step->retargets)
            step->kind = UNDO_SETTINGS;
        else
            s->undone_from = i + 1;
    }
}

static struct UndoStep *remember(Session *s, const char *what)
{
    session_flush(s);
    struct UndoStep *step = add_step(s, UNDO_STATE, what);
    step->settings = s->settings;
    step->stash = s->stashes++;
    forget_overwritten(s);
    send_order(s, (Order){.kind = ORDER_STASH, .n = step->stash % STASH_SLOTS});
    return step;
}

void session_remember(Session *s, const char *what)
{
    remember(s, what);
}

/* What the desk did since it was last asked. */
static void note_steps(Session *s, bool joined)
{
    for (; s->drawing_steps < s->desk.steps; s->drawing_steps++) {
        struct UndoStep *step = newest(s);
        if (joined || !step || step->kind != UNDO_DRAWING)
            step = add_step(s, UNDO_DRAWING, "");
        step->joined |= joined;
        step->count = ++step->done;
        s->undo_end = s->undo_top;
        joined = false;
    }
    s->settings.value[SET_DRAW_FIT] = s->desk.drawing.fit;
    s->drawing_seen = s->desk.version;
}

static bool show_drawing(Session *s)
{
    if (settings_index(&s->settings, SET_TARGET) == target_count())
        return false;
    remember(s, "change of target")->retargets = true;
    settings_put(&s->settings, SET_TARGET, (double)target_count());
    return true;
}

void session_drew(Session *s)
{
    if (s->desk.version != s->drawing_seen)
        note_steps(s, show_drawing(s));
}

/* These replace what was learned or where the particles are: one slip must not cost it. */
static const char *what_is_replaced(const Session *s, const Settings *changed, SettingId id)
{
    if (settings_index(changed, SET_TARGET) != settings_index(&s->settings, SET_TARGET))
        return "change of target";
    switch (id) {
    case SET_WIDTH:
    case SET_DEPTH:
    case SET_PREDICTION:
    case SET_ACTIVATION:
    case SET_FEATURES:
        return "change of network";
    case SET_SEED:
        return "change of seed";
    default:
        return NULL;
    }
}

/* The drawing tells the setting. */
static void put_fit(Session *s, bool fit)
{
    desk_fit(&s->desk, fit, NULL);
    note_steps(s, false);
}

void session_put(Session *s, SettingId id, double value)
{
    Settings changed = s->settings;
    settings_put(&changed, id, value);
    if (changed.value[id] == s->settings.value[id])
        return;
    if (id == SET_DRAW_FIT) {
        put_fit(s, settings_on(&changed, id));
        return;
    }
    const char *what = what_is_replaced(s, &changed, id);
    if (what || id == SET_DRAW) {
        desk_rest(&s->desk);
        note_steps(s, false);
    }
    if (what)
        remember(s, what)->retargets = id == SET_TARGET || id == SET_DRAW;
    if (id == SET_FIELD && changed.value[SET_DYNAMICS] != s->settings.value[SET_DYNAMICS])
        snprintf(s->notice, sizeof s->notice, "Langevin goes on: %s needs the exact field",
                 sampler_info(settings_index(&s->settings, SET_DYNAMICS))->label);
    s->settings = changed;
    if (id == SET_SIGMA)
        session_order(s, (Order){.kind = ORDER_SIGMA, .x = changed.value[SET_SIGMA]});
}

bool session_bring(Session *s, Drawing *drawing, Error *e)
{
    bool brought = desk_replace(&s->desk, drawing, "the drawing of an earlier start", e);
    s->drawing_steps = s->desk.steps;
    note_steps(s, false);
    return brought;
}

void session_drawn(Session *s, Subject *drawn)
{
    uint64_t revision = drawn->revision;
    double std = drawn->target.frame.std;
    catalogue_draw(s->catalogue, drawn);
    settings_draw(&s->settings, revision, std);
    session_flush(s);
}

bool session_settle(Session *s, Error *e)
{
    if (s->host.composes || s->desk.version == s->drawing_tried)
        return true;
    s->drawing_tried = s->desk.version;
    Subject *drawn = drawing_subject(&s->desk.drawing, s->desk.version, e);
    if (drawn)
        session_drawn(s, drawn);
    return drawn;
}

void session_drop(Session *s, double x, double y, uint64_t n, double spread)
{
    struct UndoStep *step = add_step(s, UNDO_DROP, "a drop");
    step->drop = (Order){.kind = ORDER_DROP, .n = n, .x = x, .y = y, .spread = spread};
    session_order(s, step->drop);
}

/* It takes the place of what was undone, which may have been from before the paths were cleared. */
static void put_path(Session *s, const PathAsk *ask)
{
    if (s->paths_from > s->paths_top)
        s->paths_from = s->paths_top;
    s->path[s->paths_top++ % PATHS_KEPT] =
        (SessionPath){.id = ++s->path_ids, .target = settings_index(&s->settings, SET_TARGET), .ask = *ask};
    s->paths_version++;
}

void session_add_path(Session *s, const PathAsk *ask)
{
    add_step(s, UNDO_PATH, "a path");
    put_path(s, ask);
}

void session_follow(Session *s, double x, double y, const PathAsk *ask)
{
    struct UndoStep *step = add_step(s, UNDO_FOLLOW, "a drop");
    step->drop = (Order){.kind = ORDER_DROP, .n = 1, .x = x, .y = y};
    put_path(s, ask);
    session_order(s, step->drop);
}

void session_clear_paths(Session *s)
{
    s->paths_from = s->paths_top;
    s->paths_version++;
}

size_t session_paths(const Session *s, const SessionPath *shown[PATHS_MAX])
{
    size_t n = 0;
    uint64_t oldest = s->paths_top > PATHS_MAX ? s->paths_top - PATHS_MAX : 0;
    for (uint64_t i = oldest > s->paths_from ? oldest : s->paths_from; i < s->paths_top; i++) {
        const SessionPath *path = &s->path[i % PATHS_KEPT];
        if (path->target == settings_index(&s->settings, SET_TARGET))
            shown[n++] = path;
    }
    return n;
}

const SessionPath *session_apart(const Session *s)
{
    const SessionPath *shown[PATHS_MAX], *found = NULL;
    size_t n = session_paths(s, shown);
    for (size_t i = 0; i < n && s->apart.step > 0; i++)
        found = shown[i]->id == s->apart.path ? shown[i] : found;
    return found;
}

/* Those that were cleared meanwhile are counted, but not shown. */
static void exchange_path(Session *s, bool come)
{
    s->paths_top += come ? 1 : (uint64_t)-1;
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
    take_back(&s->settings, &step->settings);
    step->settings = current;
}

/* The workers swap before they hear of the other settings, and find nothing left to change; but for a drawing that was
 * kept before its last stroke was composed. */
static void exchange_state(Session *s, struct UndoStep *step)
{
    exchange_settings(s, step);
    s->sent = s->settings;
    send_order(s, (Order){.kind = ORDER_EXCHANGE, .n = step->stash % STASH_SLOTS});
    if (settings_index(&s->settings, SET_TARGET) == target_count())
        send_order(s, (Order){.kind = ORDER_SETTINGS});
}

static void exchange_drop(Session *s, const struct UndoStep *step, bool come)
{
    if (come)
        session_order(s, step->drop);
    else
        session_order(s, (Order){.kind = ORDER_UNDROP, .n = step->drop.n});
}

static void exchange(Session *s, struct UndoStep *step, bool come)
{
    if (step->kind == UNDO_STATE)
        exchange_state(s, step);
    if (step->kind == UNDO_SETTINGS)
        exchange_settings(s, step);
    if (step->kind == UNDO_PATH || step->kind == UNDO_FOLLOW)
        exchange_path(s, come);
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
    s->undo_top -= step->count > 0;
    s->undone_from = label ? s->undone_from : s->undo_top;
    return label;
}

/* What was undone; NULL when there is nothing. *joined: the step before goes with it. */
static const char *undo_one(Session *s, bool *joined)
{
    struct UndoStep *step = newest(s);
    const char *what = step ? step->what : NULL;
    if (step && step->kind == UNDO_DRAWING) {
        what = undo_drawing(s, step);
    } else if (step) {
        s->undo_top--;
        exchange(s, step, false);
    }
    *joined = what && step->joined && step->done == 0;
    return what;
}

bool session_undo(Session *s, Error *e)
{
    bool joined;
    desk_rest(&s->desk);
    note_steps(s, false);
    const char *what = undo_one(s, &joined);
    if (!what)
        return error_set(e, "there is nothing to undo");
    snprintf(s->notice, sizeof s->notice, "Undone: %s", what);
    while (joined && undo_one(s, &joined))
        ;
    note_steps(s, false);
    return true;
}

static const char *redo_drawing(Session *s, struct UndoStep *step)
{
    step->done++;
    return desk_redo(&s->desk);
}

static const char *redo_one(Session *s)
{
    struct UndoStep *step = newest(s);
    if (step && step->done < step->count)
        return redo_drawing(s, step);
    if (s->undo_top == s->undo_end)
        return NULL;
    step = &s->undo[s->undo_top++ % UNDO_STEPS];
    if (step->kind == UNDO_DRAWING)
        return redo_drawing(s, step);
    exchange(s, step, true);
    return step->what;
}

/* The next step to do again came with the one before. */
static bool next_is_joined(const Session *s)
{
    return s->undo_top < s->undo_end && s->undo[s->undo_top % UNDO_STEPS].joined;
}

bool session_redo(Session *s, Error *e)
{
    desk_rest(&s->desk);
    note_steps(s, false);
    const char *what = redo_one(s);
    if (!what)
        return error_set(e, "there is nothing to redo");
    while (next_is_joined(s) && s->undo[(s->undo_top - 1) % UNDO_STEPS].kind != UNDO_DRAWING)
        what = redo_one(s);
    snprintf(s->notice, sizeof s->notice, "Done again: %s", what);
    note_steps(s, false);
    return true;
}
