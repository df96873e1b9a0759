/* commands.c - the table of commands, and the rows that set, move, look and end. */
#include "scene/commands.h"
#include "scene/errand.h"
#include "scene/nearest.h"
#include "scene/sampler_settings.h"
#include "scene/simulation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *setting_name_at(size_t i)
{
    return i < SETTING_COUNT ? setting_info((SettingId)i)->name : NULL;
}

bool setting_argument(const Command *c, int word, SettingId *id, Error *e)
{
    char nearest[192];
    *id = setting_find(c->word[word]);
    if (*id == SETTING_COUNT)
        return error_set(e, "there is no setting \"%s\"%s", c->word[word],
                         name_suggest(setting_name_at, c->word[word], nearest, sizeof nearest));
    return true;
}

static bool run_set(Session *s, const Command *c, Error *e)
{
    SettingId id;
    if (!setting_argument(c, 1, &id, e))
        return false;
    Settings changed = s->settings;
    if (!settings_parse(&changed, id, c->word[2], e))
        return false;
    session_put(s, id, changed.value[id]);
    return true;
}

static bool run_toggle(Session *s, const Command *c, Error *e)
{
    SettingId id;
    double min, max;
    if (!setting_argument(c, 1, &id, e))
        return false;
    setting_range(&s->settings, id, &min, &max);
    SettingKind kind = setting_info(id)->kind;
    if (kind != SETTING_SWITCH && kind != SETTING_CHOICE)
        return error_set(e, "%s is a number: set it with set %s VALUE", c->word[1], c->word[1]);
    double next = s->settings.value[id];
    do {
        next = next < max ? next + 1 : min;
    } while (setting_refusal(&s->settings, id, next));
    session_put(s, id, next);
    return true;
}

static bool run_default(Session *s, const Command *c, Error *e)
{
    SettingId id;
    if (!setting_argument(c, 1, &id, e))
        return false;
    session_put(s, id, setting_info(id)->fallback);
    return true;
}

/* Fortieths of the range, as a slider shows it. */
static bool run_nudge(Session *s, const Command *c, Error *e)
{
    SettingId id;
    double steps, min, max;
    if (!setting_argument(c, 1, &id, e) || !number_argument(c, 2, -1000, 1000, &steps, e))
        return false;
    const SettingInfo *row = setting_info(id);
    if (steps == 0)
        return true;
    setting_range(&s->settings, id, &min, &max);
    double value = s->settings.value[id];
    double next = row->scale == SCALE_LOG ? value * pow(max / min, steps / 40) : value + (max - min) * steps / 40;
    if (row->kind != SETTING_REAL && fabs(next - value) < 1)
        next = value + copysign(1, steps);
    session_put(s, id, next);
    return true;
}

static bool run_reset(Session *s, const Command *c, Error *e)
{
    static const char *const what[] = {"network", "particles", "all", "view"};
    const char *name = c->count > 1 ? c->word[1] : "all";
    bool all = strcmp(name, what[2]) == 0;
    if (strcmp(name, "paths") == 0) {
        session_clear_paths(s);
        return true;
    }
    if (strcmp(name, what[3]) == 0) {
        for (SettingId id = SET_VIEW_X; id <= SET_VIEW_ZOOM; id++)
            s->settings.value[id] = setting_info(id)->fallback;
        return true;
    }
    if (!all && strcmp(name, what[0]) != 0 && strcmp(name, what[1]) != 0)
        return error_set(e, "reset takes network, particles, paths, view or all, got \"%s\"", name);
    session_remember(s, all ? "reset" : strcmp(name, what[0]) == 0 ? "reset of the network" : "reset of the particles");
    if (all || strcmp(name, what[0]) == 0)
        session_order(s, (Order){.kind = ORDER_RESET_NETWORK});
    if (all || strcmp(name, what[1]) == 0)
        session_order(s, (Order){.kind = ORDER_RESET_PARTICLES});
    return true;
}

static bool run_counted(Session *s, const Command *c, OrderKind kind, Error *e)
{
    uint64_t n = 1;
    if (c->count > 1 && !count_argument(c, 1, 0, 1000000000, &n, e))
        return false;
    session_order(s, (Order){.kind = kind, .n = n});
    return true;
}

static bool run_train(Session *s, const Command *c, Error *e)
{
    return run_counted(s, c, ORDER_TRAIN, e);
}

static bool run_tick(Session *s, const Command *c, Error *e)
{
    return run_counted(s, c, ORDER_TICK, e);
}

static bool run_play(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    session_put(s, SET_PLAYING, 1);
    return true;
}

static bool run_pause(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    session_put(s, SET_PLAYING, 0);
    return true;
}

/* Single steps and past moments rest. */
static bool run_scrub(Session *s, const Command *c, Error *e)
{
    double place;
    if (!number_argument(c, 1, 0, 1, &place, e))
        return false;
    session_put(s, SET_PLAYING, 0);
    session_order(s, (Order){.kind = ORDER_SCRUB, .x = place});
    return true;
}

static bool run_step(Session *s, const Command *c, Error *e)
{
    double steps = 1;
    if (c->count > 1 && (!number_argument(c, 1, -2000, 2000, &steps, e)))
        return false;
    if (steps != floor(steps))
        return error_set(e, "expected a whole number of steps, got \"%s\"", c->word[1]);
    session_put(s, SET_PLAYING, 0);
    session_order(s, (Order){.kind = ORDER_STEP, .x = steps});
    return true;
}

static bool run_anneal(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    session_order(s, (Order){.kind = ORDER_ANNEAL});
    return true;
}

static bool run_grab(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    session_order(s, (Order){.kind = ORDER_GRAB});
    return true;
}

static bool run_release(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    session_order(s, (Order){.kind = ORDER_RELEASE});
    return true;
}

static bool run_drop(Session *s, const Command *c, Error *e)
{
    double at[2], spread = 0;
    uint64_t n = 1;
    if (!place_argument(c, 1, at, e) || (c->count > 3 && !count_argument(c, 3, 1, DROPPED_MAX, &n, e)) ||
        (c->count > 4 && !number_argument(c, 4, 0, 1e6, &spread, e)))
        return false;
    session_drop(s, at[0], at[1], n, spread);
    return true;
}

/* Counted from where they were cleared last, so that a scene has the same ones whatever was asked for before it. */
static uint64_t number_of_path(const Session *s)
{
    return s->paths.top > s->paths.from ? s->paths.top - s->paths.from : 0;
}

static PathAsk path_ask(const Session *s, const double at[2])
{
    const Settings *set = &s->settings;
    const Target *t = session_target(s);
    PathAsk ask = {.x = {(float)at[0], (float)at[1]},
                   .sigma = set->value[SET_SIGMA],
                   .seed = (uint64_t)set->value[SET_SEED] + number_of_path(s),
                   .options = sampler_options(set),
                   .frame = t->frame,
                   .walk = (size_t)set->value[SET_STEPS],
                   .denoise = settings_on(set, SET_DENOISE)};
    settings_ladder_ends(set, t->sigma_min, t->sigma_max, &ask.highest, &ask.lowest);
    return ask;
}

static bool run_follow(Session *s, const Command *c, Error *e)
{
    double at[2];
    if (!place_argument(c, 1, at, e))
        return false;
    PathAsk ask = path_ask(s, at);
    path_ask_one(&ask, settings_index(&s->settings, SET_DYNAMICS));
    session_follow(s, at[0], at[1], &ask);
    return true;
}

static bool run_trace(Session *s, const Command *c, Error *e)
{
    double at[2];
    size_t sampler = settings_index(&s->settings, SET_DYNAMICS);
    if (!place_argument(c, 2, at, e))
        return false;
    PathAsk ask = path_ask(s, at);
    if (strcmp(c->word[1], "fates") == 0)
        path_ask_fates(&ask);
    else if (strcmp(c->word[1], "fan") == 0)
        path_ask_fan(&ask, sampler);
    else if (strcmp(c->word[1], "path") == 0)
        path_ask_one(&ask, sampler);
    else
        return error_set(e, "trace takes path, fates or fan, got \"%s\"", c->word[1]);
    session_add_path(s, &ask);
    return true;
}

/* How far a step is from the last is known only to who traced the path: more than there are is the last. */
static bool run_path(Session *s, const Command *c, Error *e)
{
    const SessionPath *shown[PATHS_MAX];
    uint64_t step = 0, back = 1, way = 1;
    size_t n = session_paths(s, shown);
    if (!count_argument(c, 1, 0, PATH_POINTS_MAX, &step, e))
        return false;
    s->apart.step = 0;
    if (step == 0)
        return true;
    if (n == 0)
        return error_set(e, "there is no path here: follow or trace one first");
    if (c->count > 2 && !count_argument(c, 2, 1, n, &back, e))
        return false;
    const SessionPath *path = shown[n - back];
    if (c->count > 3 && !count_argument(c, 3, 1, path->ask.samplers * path->ask.seeds, &way, e))
        return false;
    s->apart = (StepChoice){.path = path->id, .way = way - 1, .step = step};
    return true;
}

/* Keeps the point under X Y (standard deviations from the mean of the data, like view.x) where it is on the screen. */
static bool run_zoom(Session *s, const Command *c, Error *e)
{
    double factor, at[2] = {s->settings.value[SET_VIEW_X], s->settings.value[SET_VIEW_Y]};
    if (!number_argument(c, 1, 0.01, 100, &factor, e))
        return false;
    if (c->count == 3)
        return error_set(e, "a place has two numbers, found only \"%s\"", c->word[2]);
    for (int axis = 0; axis < 2 && c->count > 3; axis++) {
        if (!number_argument(c, 2 + axis, -1e4, 1e4, &at[axis], e))
            return false;
    }
    double before = s->settings.value[SET_VIEW_ZOOM];
    settings_put(&s->settings, SET_VIEW_ZOOM, before * factor);
    double share = before / s->settings.value[SET_VIEW_ZOOM];
    settings_put(&s->settings, SET_VIEW_X, at[0] + (s->settings.value[SET_VIEW_X] - at[0]) * share);
    settings_put(&s->settings, SET_VIEW_Y, at[1] + (s->settings.value[SET_VIEW_Y] - at[1]) * share);
    return true;
}

static bool run_pan(Session *s, const Command *c, Error *e)
{
    double by[2];
    if (!number_argument(c, 1, -1e4, 1e4, &by[0], e) || !number_argument(c, 2, -1e4, 1e4, &by[1], e))
        return false;
    settings_put(&s->settings, SET_VIEW_X, s->settings.value[SET_VIEW_X] + by[0]);
    settings_put(&s->settings, SET_VIEW_Y, s->settings.value[SET_VIEW_Y] + by[1]);
    return true;
}

static bool run_undo(Session *s, const Command *c, Error *e)
{
    (void)c;
    return session_undo(s, e);
}

static bool run_redo(Session *s, const Command *c, Error *e)
{
    (void)c;
    return session_redo(s, e);
}

static bool turn_off(Session *s, SettingId id)
{
    bool on = settings_on(&s->settings, id);
    s->settings.value[id] = 0;
    return on;
}

/* The topmost first. */
static bool run_cancel(Session *s, const Command *c, Error *e)
{
    (void)c;
    if (turn_off(s, SET_BLANK) || turn_off(s, SET_KEYS) || turn_off(s, SET_DRAW_WORD))
        return true;
    if (session_loaded(s))
        session_put_card_away(s);
    else if (session_apart(s))
        s->apart.step = 0;
    else if (s->lecture.spotlight)
        s->lecture.spotlight = false;
    else if (s->lecture.lesson)
        return s->lecture.locked || lecture_leave(s, e);
    else
        turn_off(s, SET_FULLSCREEN);
    return true;
}

static bool run_quit(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->quit = true;
    return true;
}

const CommandInfo session_commands[] = {
    {"set", "NAME VALUE", "give a setting a value", 2, 2, run_set},
    {"toggle", "NAME", "turn a switch, or take the next choice", 1, 1, run_toggle},
    {"default", "NAME", "give a setting its first value back", 1, 1, run_default},
    {"nudge", "NAME STEPS", "move a number by fortieths of its range", 2, 2, run_nudge},
    {"reset", "[network|particles|paths|view|all]", "start afresh; can be undone, but for paths", 0, 1, run_reset},
    {"train", "[N]", "N training steps", 0, 1, run_train},
    {"tick", "[N]", "N sixtieths of a second of the particles", 0, 1, run_tick},
    {"step", "[N]", "N steps of the particles, back for N < 0, and rest", 0, 1, run_step},
    {"scrub", "PLACE", "show the moment at a place of the run so far, 0 to 1, and rest", 1, 1, run_scrub},
    {"play", "", "move the noise level from noise to data", 0, 0, run_play},
    {"pause", "", "stop moving it", 0, 0, run_pause},
    {"anneal", "", "run the chosen dynamics from start to end", 0, 0, run_anneal},
    {"grab", "", "hold the noise level while it plays", 0, 0, run_grab},
    {"release", "", "let it play on", 0, 0, run_release},
    {"drop", "X Y [N [SPREAD]]", "put N particles about a place, data units", 2, 4, run_drop},
    {"follow", "X Y", "put a particle at a place, and show the way of the chosen dynamics from there to the end", 2, 2,
     run_follow},
    {"trace", "path|fates|fan X Y",
     "from a place: the way of the chosen dynamics, four ways side by side, or the ways of 64 seeds", 3, 3, run_trace},
    {"path", "STEP [PATH [WAY]]",
     "take a step of a path apart, 0 for none: PATH 1 is the newest, WAY the first of several", 1, 3, run_path},
    {"zoom", "FACTOR [X Y]", "zoom about a place, in standard deviations of the data", 1, 3, run_zoom},
    {"pan", "DX DY", "move the view, in standard deviations of the data", 2, 2, run_pan},
    {"undo", "", "take back what was drawn, a drop, a trace, a reset or a change of target, network or seed", 0, 0,
     run_undo},
    {"redo", "", "do again what was undone", 0, 0, run_redo},
    {"code", "[CODE]", "copy what is set as one line of text, or restore what such a line says", 0, 1, run_code},
    {"cancel", "",
     "take one thing away: the blank screen, the list of keys, the card of a word, a file or a path, the spot of "
     "light, "
     "the lesson, full screen",
     0, 0, run_cancel},
    {"replay", "train N|tick N|adopt|handle SIGMA on|off|settle|lesson S N on|off|refused|drawing FILE|on|off",
     "what a recording has between commands: how far learning and particles came, and what was known of it", 1, 4,
     run_replay},
    {"quit", "", "end", 0, 0, run_quit},
    {0},
};

static const CommandInfo *const tables[] = {session_commands, lesson_commands, drawing_commands, file_commands,
                                            output_commands};

const CommandInfo *command_info(size_t i)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (const CommandInfo *row = tables[t]; row->name; row++) {
            if (i-- == 0)
                return row;
        }
    }
    return NULL;
}

static bool stands_in(const CommandInfo *table, const CommandInfo *row)
{
    while (table->name && table != row)
        table++;
    return table->name;
}

bool command_draws(const CommandInfo *row)
{
    return stands_in(drawing_commands, row);
}

bool command_tells(const CommandInfo *row)
{
    return stands_in(output_commands, row);
}
