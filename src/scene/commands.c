/* commands.c - the rows of the table of commands, and what each does to a session. */
#include "scene/command.h"
#include "scene/nearest.h"
#include "scene/sampler_settings.h"
#include "scene/simulation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool number_argument(const Command *c, int word, double min, double max, double *value, Error *e)
{
    char *end;
    *value = strtod(c->word[word], &end);
    if (end == c->word[word] || *end != '\0' || !(*value >= min && *value <= max))
        return error_set(e, "expected a number from %.9g to %.9g, got \"%s\"", min, max, c->word[word]);
    return true;
}

static bool count_argument(const Command *c, int word, uint64_t min, uint64_t max, uint64_t *value, Error *e)
{
    char *end;
    double number = strtod(c->word[word], &end);
    if (end == c->word[word] || *end != '\0' || !(number >= (double)min && number <= (double)max) ||
        number != floor(number))
        return error_set(e, "expected a whole number from %llu to %llu, got \"%s\"", (unsigned long long)min,
                         (unsigned long long)max, c->word[word]);
    *value = (uint64_t)number;
    return true;
}

static const char *setting_name_at(size_t i)
{
    return i < SETTING_COUNT ? setting_info((SettingId)i)->name : NULL;
}

static bool setting_argument(const Command *c, int word, SettingId *id, Error *e)
{
    char nearest[192];
    *id = setting_find(c->word[word]);
    if (*id == SETTING_COUNT)
        return error_set(e, "there is no setting \"%s\"%s", c->word[word],
                         name_suggest(setting_name_at, c->word[word], nearest, sizeof nearest));
    return true;
}

/* These replace what was learned or where the particles are: one slip must not cost it. */
static const char *what_is_replaced(SettingId id)
{
    switch (id) {
    case SET_TARGET:
        return "change of target";
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

static void put(Session *s, SettingId id, double value)
{
    Settings changed = s->settings;
    settings_put(&changed, id, value);
    if (changed.value[id] == s->settings.value[id])
        return;
    if (what_is_replaced(id))
        session_remember(s, what_is_replaced(id));
    if (id == SET_FIELD && changed.value[SET_DYNAMICS] != s->settings.value[SET_DYNAMICS])
        snprintf(s->notice, sizeof s->notice, "Langevin goes on: %s needs the exact field",
                 sampler_info(settings_index(&s->settings, SET_DYNAMICS))->label);
    s->settings = changed;
    if (id == SET_SIGMA)
        session_order(s, (Order){.kind = ORDER_SIGMA, .x = changed.value[SET_SIGMA]});
}

static bool run_set(Session *s, const Command *c, Error *e)
{
    SettingId id;
    if (!setting_argument(c, 1, &id, e))
        return false;
    Settings changed = s->settings;
    if (!settings_parse(&changed, id, c->word[2], e))
        return false;
    put(s, id, changed.value[id]);
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
    put(s, id, next);
    return true;
}

static bool run_default(Session *s, const Command *c, Error *e)
{
    SettingId id;
    if (!setting_argument(c, 1, &id, e))
        return false;
    put(s, id, setting_info(id)->fallback);
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
    put(s, id, next);
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
    put(s, SET_PLAYING, 1);
    return true;
}

static bool run_pause(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    put(s, SET_PLAYING, 0);
    return true;
}

/* Single steps and past moments rest. */
static bool run_scrub(Session *s, const Command *c, Error *e)
{
    double place;
    if (!number_argument(c, 1, 0, 1, &place, e))
        return false;
    put(s, SET_PLAYING, 0);
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
    put(s, SET_PLAYING, 0);
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
    double x, y, spread = 0;
    uint64_t n = 1;
    if (!number_argument(c, 1, -1e6, 1e6, &x, e) || !number_argument(c, 2, -1e6, 1e6, &y, e) ||
        (c->count > 3 && !count_argument(c, 3, 1, DROPPED_MAX, &n, e)) ||
        (c->count > 4 && !number_argument(c, 4, 0, 1e6, &spread, e)))
        return false;
    session_drop(s, x, y, n, spread);
    return true;
}

static PathAsk path_ask(const Session *s, double x, double y)
{
    const Settings *set = &s->settings;
    const Target *t = session_target(s);
    PathAsk ask = {.x = {(float)x, (float)y},
                   .sigma = set->value[SET_SIGMA],
                   .seed = (uint64_t)set->value[SET_SEED] + s->paths,
                   .options = sampler_options(set),
                   .frame = t->frame,
                   .walk = (size_t)set->value[SET_STEPS],
                   .denoise = settings_on(set, SET_DENOISE)};
    settings_ladder_ends(set, t->sigma_min, t->sigma_max, &ask.highest, &ask.lowest);
    return ask;
}

static bool run_trace(Session *s, const Command *c, Error *e)
{
    double x, y;
    size_t sampler = settings_index(&s->settings, SET_DYNAMICS);
    if (!number_argument(c, 2, -1e6, 1e6, &x, e) || !number_argument(c, 3, -1e6, 1e6, &y, e))
        return false;
    PathAsk ask = path_ask(s, x, y);
    if (strcmp(c->word[1], "fates") == 0)
        path_ask_fates(&ask);
    else if (strcmp(c->word[1], "fan") == 0)
        path_ask_fan(&ask, sampler);
    else if (strcmp(c->word[1], "path") == 0)
        path_ask_one(&ask, sampler);
    else
        return error_set(e, "trace takes path, fates or fan, got \"%s\"", c->word[1]);
    return session_add_path(s, &ask) ||
           error_set(e, "there are %d traces already: take some back with undo, or all with reset paths", PATHS_MAX);
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

static bool run_cancel(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    static const SettingId topmost_first[] = {SET_BLANK, SET_KEYS, SET_FULLSCREEN};
    for (size_t i = 0; i < sizeof topmost_first / sizeof *topmost_first; i++) {
        if (settings_on(&s->settings, topmost_first[i])) {
            s->settings.value[topmost_first[i]] = 0;
            break;
        }
    }
    return true;
}

static bool run_quit(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->quit = true;
    return true;
}

static bool give_output(Session *s, const Output *output, Error *e)
{
    session_flush(s);
    return s->host.output(s->host.context, output, e);
}

static bool output_with_count(Session *s, const Command *c, OutputKind kind, uint64_t min, uint64_t max, Error *e)
{
    Output output = {.kind = kind, .path = c->count > 1 ? c->word[1] : ""};
    if (c->count > 2 && !count_argument(c, 2, min, max, &output.n, e))
        return false;
    return give_output(s, &output, e);
}

static bool run_figure(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_FIGURE, 0, 0, e);
}

static bool run_samples(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_SAMPLES, 1, 10000000, e);
}

static bool run_field(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_FIELD, 2, 4096, e);
}

static bool run_exact(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_EXACT, 2, 4096, e);
}

static bool run_score(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_SCORE, .input = c->word[1], .path = c->word[2]}, e);
}

static bool run_likelihood(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_LIKELIHOOD, .input = c->word[1], .path = c->word[2]}, e);
}

static bool run_nll(Session *s, const Command *c, Error *e)
{
    Output output = {.kind = OUTPUT_NLL, .path = "-"};
    if (c->count > 1 && !count_argument(c, 1, 2, 1000000, &output.n, e))
        return false;
    return give_output(s, &output, e);
}

static bool run_report(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_REPORT, 0, 0, e);
}

static bool run_settings(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_SETTINGS, .path = c->count > 1 ? c->word[1] : "-"}, e);
}

static bool run_targets(Session *s, const Command *c, Error *e)
{
    (void)c;
    return give_output(s, &(Output){.kind = OUTPUT_TARGETS, .path = "-"}, e);
}

static bool run_help(Session *s, const Command *c, Error *e)
{
    (void)c;
    return give_output(s, &(Output){.kind = OUTPUT_HELP, .path = "-"}, e);
}

static const CommandInfo table[] = {
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
    {"trace", "path|fates|fan X Y",
     "from a place: the way of the chosen dynamics, four ways side by side, or the ways of 64 seeds", 3, 3, run_trace},
    {"zoom", "FACTOR [X Y]", "zoom about a place, in standard deviations of the data", 1, 3, run_zoom},
    {"pan", "DX DY", "move the view, in standard deviations of the data", 2, 2, run_pan},
    {"undo", "", "take back a drop, a trace, a reset or a change of target, network or seed", 0, 0, run_undo},
    {"redo", "", "do again what was undone", 0, 0, run_redo},
    {"cancel", "", "take one thing away: the blank screen, the list of keys, full screen", 0, 0, run_cancel},
    {"figure", "[FILE.png]", "the picture as a file", 0, 1, run_figure},
    {"samples", "FILE.npy|.csv [N]", "the particles, or N fresh ones: float32 [N][2]", 1, 2, run_samples},
    {"field", "FILE.npy [GRID]", "x, y, u, v, exact log p of the chosen field: float32 [G][G][5]", 1, 2, run_field},
    {"exact", "FILE.npy [GRID]", "the same from the closed form", 1, 2, run_exact},
    {"score", "IN.npy OUT.npy", "the chosen field at points of yours: [N][2] in, [N][2] out", 2, 2, run_score},
    {"likelihood", "IN.npy OUT.npy", "log p, nats, of the chosen field at points of yours: [N][2] in, [N] out", 2, 2,
     run_likelihood},
    {"nll", "[N]", "log p of N new points of the target against its entropy, one line of JSON", 0, 1, run_nll},
    {"report", "FILE.json", "what was learned and how far it is from the truth", 1, 1, run_report},
    {"settings", "[FILE]", "every setting and its value", 0, 1, run_settings},
    {"targets", "", "what there is to learn", 0, 0, run_targets},
    {"help", "", "commands, settings and keys", 0, 0, run_help},
    {"quit", "", "end", 0, 0, run_quit},
};

const CommandInfo *command_info(size_t i)
{
    return i < sizeof table / sizeof *table ? &table[i] : NULL;
}
