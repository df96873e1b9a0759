#include "scene/session.h"

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
}

void session_free(Session *s)
{
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

/* What was undone before can't be done again any more. */
static struct UndoStep *add_step(Session *s, UndoKind kind, const char *what)
{
    struct UndoStep *step = &s->undo[s->undo_top % UNDO_STEPS];
    *step = (struct UndoStep){.kind = kind, .what = what};
    s->undo_end = ++s->undo_top;
    if (s->undo_end - s->undone_from > UNDO_STEPS)
        s->undone_from = s->undo_end - UNDO_STEPS;
    return step;
}

/* A state whose slot is taken by a newer one can't come back, nor what lies before it. */
static void forget_overwritten(Session *s)
{
    for (uint64_t i = s->undone_from; i < s->undo_top; i++) {
        const struct UndoStep *step = &s->undo[i % UNDO_STEPS];
        if (step->kind == UNDO_STATE && step->stash + STASH_SLOTS < s->stashes)
            s->undone_from = i + 1;
    }
}

void session_remember(Session *s, const char *what)
{
    session_flush(s);
    struct UndoStep *step = add_step(s, UNDO_STATE, what);
    step->settings = s->settings;
    step->stash = s->stashes++;
    forget_overwritten(s);
    send_order(s, (Order){.kind = ORDER_STASH, .n = step->stash % STASH_SLOTS});
}

void session_drop(Session *s, double x, double y, uint64_t n, double spread)
{
    struct UndoStep *step = add_step(s, UNDO_DROP, "a drop");
    step->drop = (Order){.kind = ORDER_DROP, .n = n, .x = x, .y = y, .spread = spread};
    session_order(s, step->drop);
}

bool session_add_path(Session *s, const PathAsk *ask)
{
    if (s->paths == PATHS_MAX)
        return false;
    s->path[s->paths] = *ask;
    s->path_target[s->paths++] = settings_index(&s->settings, SET_TARGET);
    s->paths_version++;
    add_step(s, UNDO_PATH, "a path");
    return true;
}

void session_clear_paths(Session *s)
{
    s->paths = 0;
    s->paths_version++;
}

/* Of paths that were all cleared meanwhile there is nothing to take away. */
static void exchange_path(Session *s, bool come)
{
    if (come)
        s->paths++;
    else if (s->paths > 0)
        s->paths--;
    s->paths_version++;
}

/* What a person sees and where they look stays theirs: undo gives back only what a network and its particles are made
 * of. */
static void take_back(Settings *now, const Settings *kept)
{
    static const SettingId undone[] = {SET_TARGET, SET_SEED,       SET_FIRST,      SET_LAST,       SET_SIGMA,
                                       SET_WIDTH,  SET_DEPTH,      SET_PREDICTION, SET_ACTIVATION, SET_FEATURES,
                                       SET_RATE,   SET_BATCH,      SET_OBJECTIVE,  SET_WEIGHTING,  SET_SAMPLES,
                                       SET_SOURCE, SET_REFERENCES, SET_BUDGET,     SET_PARTICLES};
    for (size_t i = 0; i < sizeof undone / sizeof *undone; i++)
        now->value[undone[i]] = kept->value[undone[i]];
}

/* The workers swap before they hear of the other settings, and find nothing left to change. */
static void exchange_state(Session *s, struct UndoStep *step)
{
    Settings current = s->settings;
    take_back(&s->settings, &step->settings);
    step->settings = current;
    s->sent = s->settings;
    send_order(s, (Order){.kind = ORDER_EXCHANGE, .n = step->stash % STASH_SLOTS});
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
    else if (step->kind == UNDO_PATH)
        exchange_path(s, come);
    else
        exchange_drop(s, step, come);
}

bool session_undo(Session *s, Error *e)
{
    if (s->undo_top == s->undone_from)
        return error_set(e, "there is nothing to undo");
    struct UndoStep *step = &s->undo[--s->undo_top % UNDO_STEPS];
    exchange(s, step, false);
    snprintf(s->notice, sizeof s->notice, "Undone: %s", step->what);
    return true;
}

bool session_redo(Session *s, Error *e)
{
    if (s->undo_top == s->undo_end)
        return error_set(e, "there is nothing to redo");
    struct UndoStep *step = &s->undo[s->undo_top++ % UNDO_STEPS];
    exchange(s, step, true);
    snprintf(s->notice, sizeof s->notice, "Done again: %s", step->what);
    return true;
}
