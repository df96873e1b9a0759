#include "scene/session_steps.h"

#include "scene/drawing_subject.h"
#include "scene/sampler_settings.h"

#include <stdio.h>
#include <string.h>

void session_await_orders(const Session *s)
{
    if (s->host.carried_out)
        s->host.carried_out(s->host.context);
}

/* Before anybody is told of the settings, what they name is there. */
void session_follow_subject(Session *s)
{
    if (settings_index(&s->settings, SET_TRUTH) == TRUTH_TRAINING_SET)
        session_await_orders(s);
    catalogue_prepare(s->catalogue, &s->settings);
    subject_put(&s->subject, catalogue_subject(s->catalogue, &s->settings));
    subject_put(&s->truth, catalogue_truth(s->catalogue, &s->settings));
}

void session_init(Session *s, const Catalogue *catalogue, const Settings *settings, Host host)
{
    *s = (Session){.catalogue = catalogue,
                   .settings = *settings,
                   .sent = *settings,
                   .host = host,
                   .lecture = {.focus = LECTURE_NOWHERE}};
    session_follow_subject(s);
    desk_fit(&s->desk, settings_on(settings, SET_DRAW_FIT), NULL);
    s->drawing_steps = s->desk.steps;
}

void session_free(Session *s)
{
    lecture_free(s);
    session_forget_steps(s);
    desk_free(&s->desk);
    shelf_free(&s->shelf);
    subject_release(s->subject);
    subject_release(s->truth);
    s->subject = s->truth = NULL;
}

void session_send(Session *s, Order order)
{
    if (!s->host.rehearses)
        session_follow_subject(s);
    for (int worker = 0; worker < 2; worker++)
        state_hold(order.state);
    order.sequence = ++s->sequence;
    order.settings = s->settings;
    s->host.order(s->host.context, &order);
}

void session_order(Session *s, Order order)
{
    session_flush(s);
    session_send(s, order);
}

void session_flush(Session *s)
{
    if (memcmp(&s->sent, &s->settings, sizeof s->sent) == 0)
        return;
    s->sent = s->settings;
    session_send(s, (Order){.kind = ORDER_SETTINGS});
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

struct UndoStep *session_newest(Session *s)
{
    return s->undo.top > s->undo.from ? &s->undo.step[(s->undo.top - 1) % UNDO_STEPS] : NULL;
}

/* What was undone before can't be done again any more. */
static void forget_undone(Session *s)
{
    struct UndoStep *before = session_newest(s);
    if (before)
        before->count = before->done;
    for (uint64_t i = s->undo.top; i < s->undo.end; i++)
        state_put(&s->undo.step[i % UNDO_STEPS].state, NULL);
}

static void forget_steps(Session *s)
{
    s->undo.from = s->undo.end = s->undo.top;
    for (size_t i = 0; i < UNDO_STEPS; i++)
        state_put(&s->undo.step[i].state, NULL);
}

/* What stands on something that can't be undone can't be either: undo would take that away in its place. */
static struct UndoStep *add_step(Session *s, UndoKind kind, const char *what)
{
    struct UndoStep *step = &s->undo.step[s->unrecorded ? UNDO_STEPS : s->undo.top % UNDO_STEPS];
    if (s->unrecorded)
        forget_steps(s);
    else
        forget_undone(s);
    state_put(&step->state, NULL);
    *step = (struct UndoStep){.kind = kind, .what = what};
    desk_part_steps(&s->desk);
    if (s->unrecorded)
        return step;
    s->undo.end = ++s->undo.top;
    if (s->undo.end - s->undo.from > UNDO_STEPS)
        s->undo.from = s->undo.end - UNDO_STEPS;
    return step;
}

/* Of more than UNDO_STATES the oldest can't come back, nor what lies before it; but for another target, which can,
 * without what was learned of it. */
static void forget_oldest(Session *s)
{
    size_t states = 0;
    for (uint64_t i = s->undo.top; i-- > s->undo.from;) {
        struct UndoStep *step = &s->undo.step[i % UNDO_STEPS];
        if (step->kind != UNDO_STATE || ++states <= UNDO_STATES)
            continue;
        state_put(&step->state, NULL);
        if (step->retargets)
            step->kind = UNDO_SETTINGS;
        else
            s->undo.from = i + 1;
    }
}

struct UndoStep *session_remember_state(Session *s, const char *what)
{
    session_flush(s);
    struct UndoStep *step = add_step(s, UNDO_STATE, what);
    if (s->unrecorded)
        return step;
    step->settings = s->settings;
    step->state = session_capture_workers(s);
    forget_oldest(s);
    return step;
}

void session_remember(Session *s, const char *what)
{
    session_remember_state(s, what);
}

void session_note_drawing(Session *s, bool joined)
{
    for (; s->drawing_steps < s->desk.steps; s->drawing_steps++) {
        if (s->unrecorded) {
            forget_steps(s);
            continue;
        }
        struct UndoStep *step = session_newest(s);
        if (joined || !step || step->kind != UNDO_DRAWING)
            step = add_step(s, UNDO_DRAWING, "");
        step->joined |= joined;
        step->count = ++step->done;
        s->undo.end = s->undo.top;
        joined = false;
    }
    s->settings.value[SET_DRAW_FIT] = s->desk.drawing.fit;
    s->drawing_seen = s->desk.version;
}

static bool show_drawing(Session *s)
{
    if (settings_index(&s->settings, SET_TARGET) == target_count())
        return false;
    session_remember_state(s, "change of target")->retargets = true;
    settings_put(&s->settings, SET_TARGET, (double)target_count());
    return true;
}

void session_drew(Session *s)
{
    if (s->desk.version != s->drawing_seen)
        session_note_drawing(s, show_drawing(s));
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
    session_note_drawing(s, false);
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
        session_note_drawing(s, false);
    }
    if (what)
        session_remember_state(s, what)->retargets = id == SET_TARGET || id == SET_DRAW;
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
    session_note_drawing(s, false);
    return brought;
}

void session_drawn(Session *s, Subject *drawn)
{
    uint64_t revision = drawn->revision;
    if (revision < s->drawing_tried) {
        subject_release(drawn);
        return;
    }
    double std = drawn->target.frame.std;
    if (s->host.rehearses) {
        subject_release(drawn);
    } else {
        session_await_orders(s);
        catalogue_draw(s->catalogue, drawn);
    }
    settings_draw(&s->settings, revision, std);
    session_flush(s);
}

/* It was composed before it came here. */
static bool replace_drawing(Session *s, Drawing *drawing, Subject *drawn, const char *what, Error *e)
{
    if (!desk_replace(&s->desk, drawing, what, e)) {
        subject_release(drawn);
        return false;
    }
    session_note_drawing(s, true);
    drawn->revision = s->drawing_tried = s->desk.version;
    session_drawn(s, drawn);
    return true;
}

bool session_restore(Session *s, const Settings *settings, Drawing *drawing, Subject *drawn, const char *what, Error *e)
{
    desk_rest(&s->desk);
    session_note_drawing(s, false);
    struct UndoStep *step = session_remember_state(s, what);
    step->retargets = step->whole = true;
    if (drawn && !replace_drawing(s, drawing, drawn, what, e))
        return false;
    session_take_settings(s, settings);
    s->settings.value[SET_DRAW_FIT] = s->desk.drawing.fit;
    session_order(s, (Order){.kind = ORDER_SIGMA, .x = s->settings.value[SET_SIGMA]});
    return true;
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

void session_forget_steps(Session *s)
{
    desk_rest(&s->desk);
    s->drawing_steps = s->desk.steps;
    forget_steps(s);
}

void session_drop(Session *s, double x, double y, uint64_t n, double spread)
{
    struct UndoStep *step = add_step(s, UNDO_DROP, "a drop");
    step->drop = (Order){.kind = ORDER_DROP, .n = n, .x = x, .y = y, .spread = spread};
    session_order(s, step->drop);
}

bool session_remove_tile(Session *s, const char *name, Error *e)
{
    if (!shelf_remove(&s->shelf, name, true, e))
        return false;
    struct UndoStep *step = add_step(s, UNDO_TILE, "removal of a tile");
    snprintf(step->tile, sizeof step->tile, "%s", name);
    snprintf(s->notice, sizeof s->notice, "Removed the tile \"%s\": undo brings it back", name);
    return true;
}

/* It takes the place of what was undone, which may have been from before the paths were cleared. */
static void put_path(Session *s, const PathAsk *ask)
{
    if (s->paths.from > s->paths.top)
        s->paths.from = s->paths.top;
    s->paths.path[s->paths.top++ % PATHS_KEPT] =
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
    s->paths.from = s->paths.top;
    s->paths_version++;
}

size_t session_paths(const Session *s, const SessionPath *shown[PATHS_MAX])
{
    size_t n = 0;
    uint64_t oldest = s->paths.top > PATHS_MAX ? s->paths.top - PATHS_MAX : 0;
    for (uint64_t i = oldest > s->paths.from ? oldest : s->paths.from; i < s->paths.top; i++) {
        const SessionPath *path = &s->paths.path[i % PATHS_KEPT];
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
