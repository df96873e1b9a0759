#include "scene/session.h"

#include <stdio.h>
#include <string.h>

void session_init(Session *s, const Catalogue *catalogue, const Settings *settings, Host host)
{
    *s = (Session){.catalogue = catalogue, .settings = *settings, .sent = *settings, .host = host};
}

static void send_order(Session *s, Order order)
{
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

/* The slot of a new step; what was undone before can't be done again any more. */
static size_t add_step(Session *s, const char *what, bool path)
{
    size_t slot = s->undo_top % STASH_SLOTS;
    s->undo[slot].what = what;
    s->undo[slot].path = path;
    s->undo_end = ++s->undo_top;
    if (s->undo_end - s->undone_from > STASH_SLOTS)
        s->undone_from = s->undo_end - STASH_SLOTS;
    return slot;
}

void session_remember(Session *s, const char *what)
{
    session_flush(s);
    size_t slot = add_step(s, what, false);
    s->undo[slot].settings = s->settings;
    send_order(s, (Order){.kind = ORDER_STASH, .n = slot});
}

bool session_add_path(Session *s, const PathAsk *ask)
{
    if (s->paths == PATHS_MAX)
        return false;
    s->path[s->paths] = *ask;
    s->path_target[s->paths++] = settings_index(&s->settings, SET_TARGET);
    s->paths_version++;
    add_step(s, "a path", true);
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
static void exchange(Session *s, uint64_t step)
{
    size_t slot = step % STASH_SLOTS;
    Settings current = s->settings;
    take_back(&s->settings, &s->undo[slot].settings);
    s->undo[slot].settings = current;
    s->sent = s->settings;
    send_order(s, (Order){.kind = ORDER_EXCHANGE, .n = slot});
}

bool session_undo(Session *s, Error *e)
{
    if (s->undo_top == s->undone_from)
        return error_set(e, "there is nothing to undo");
    s->undo_top--;
    if (s->undo[s->undo_top % STASH_SLOTS].path)
        exchange_path(s, false);
    else
        exchange(s, s->undo_top);
    snprintf(s->notice, sizeof s->notice, "Undone: %s", s->undo[s->undo_top % STASH_SLOTS].what);
    return true;
}

bool session_redo(Session *s, Error *e)
{
    if (s->undo_top == s->undo_end)
        return error_set(e, "there is nothing to redo");
    if (s->undo[s->undo_top % STASH_SLOTS].path)
        exchange_path(s, true);
    else
        exchange(s, s->undo_top);
    s->undo_top++;
    snprintf(s->notice, sizeof s->notice, "Done again: %s", s->undo[(s->undo_top - 1) % STASH_SLOTS].what);
    return true;
}
