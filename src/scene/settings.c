#include "scene/settings.h"

#include "core/dynamics.h"
#include "core/objective.h"
#include "core/target.h"
#include "scene/nearest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *target_name(size_t i)
{
    return i < target_count() ? target_info(i)->name : NULL;
}

static const char *target_label(size_t i)
{
    return i < target_count() ? target_info(i)->label : NULL;
}

static const char *dynamics_name(size_t i)
{
    return i < SAMPLER_COUNT ? sampler_info(i)->name : NULL;
}

static const char *dynamics_label(size_t i)
{
    return i < SAMPLER_COUNT ? sampler_info(i)->label : NULL;
}

static const char *field_name(size_t i)
{
    static const char *const name[FIELD_KIND_COUNT] = {"learned", "exact", "difference"};
    return i < COUNT(name) ? name[i] : NULL;
}

static const char *field_label(size_t i)
{
    static const char *const label[FIELD_KIND_COUNT] = {"Learned", "Exact", "Difference"};
    return i < COUNT(label) ? label[i] : NULL;
}

static const char *source_name(size_t i)
{
    return i < TARGET_SOURCE_COUNT ? target_source_info((TargetSource)i)->name : NULL;
}

static const char *source_label(size_t i)
{
    return i < TARGET_SOURCE_COUNT ? target_source_info((TargetSource)i)->label : NULL;
}

static const char *theme_name(size_t i)
{
    static const char *const name[] = {"dark", "light"};
    return i < COUNT(name) ? name[i] : NULL;
}

static const char *theme_label(size_t i)
{
    static const char *const label[] = {"Dark", "Light"};
    return i < COUNT(label) ? label[i] : NULL;
}

#define SWITCH(fallback)                   SETTING_SWITCH, SCALE_LINEAR, 0, 1, fallback, ""
#define CHOICE(fallback)                   SETTING_CHOICE, SCALE_LINEAR, 0, 0, fallback, ""
#define INTEGER(scale, min, max, fallback) SETTING_INTEGER, scale, min, max, fallback, ""
#define REAL(scale, min, max, fallback)    SETTING_REAL, scale, min, max, fallback

static const SettingInfo table[SETTING_COUNT] = {
    [SET_TARGET] = {"target", "target", CHOICE(0), "target", "the distribution to learn", target_name, target_label},
    [SET_SEED] = {"seed", "seed", INTEGER(SCALE_LINEAR, 0, 999999999, 1), "run",
                  "start of all random numbers: the same seed gives the same run", NULL, NULL},
    [SET_SIGMA] = {"sigma", "\u03c3", REAL(SCALE_LOG, 1e-4, 1e4, 0.5), "", "noise",
                   "noise level, in the units of the data; its range belongs to the target", NULL, NULL},
    [SET_PLAYING] = {"playing", "play", SWITCH(1), "noise", "move the noise level from noise to data", NULL, NULL},
    [SET_LOOP] = {"loop", "loop", SWITCH(1), "noise", "start again when the data is reached", NULL, NULL},
    [SET_SPEED] = {"speed", "speed", REAL(SCALE_LOG, 0.125, 8, 1), "\u00d7", "noise", "pace of play and of the walkers",
                   NULL, NULL},
    [SET_DURATION] = {"duration", "duration", REAL(SCALE_LOG, 1, 120, 6), "s", "noise",
                      "time from noise to data at speed 1", NULL, NULL},
    [SET_DYNAMICS] = {"dynamics", "dynamics", CHOICE(SAMPLER_SDE), "dynamics", "how particles follow the field",
                      dynamics_name, dynamics_label},
    [SET_PARTICLES] = {"particles", "particles", INTEGER(SCALE_LOG, 1, 100000, 1500), "dynamics", "how many there are",
                       NULL, NULL},
    [SET_STEPS] = {"steps", "steps", INTEGER(SCALE_LOG, 5, 2000, 200), "dynamics",
                   "steps of the way from noise to data: the ladder of noise levels", NULL, NULL},
    [SET_NOISE] = {"noise", "noise in the path", REAL(SCALE_LINEAR, 0, 1, 1), "", "dynamics",
                   "share of the random kicks; 1 is the published equation", NULL, NULL},
    [SET_STEP_SIZE] = {"step", "step size", REAL(SCALE_LOG, 0.001, 1, 0.1), "\u03c3\u00b2", "dynamics",
                       "length of a step of ascent and Langevin, in units of the noise level squared", NULL, NULL},
    [SET_FIELD] = {"field", "field", CHOICE(FIELD_LEARNED), "field", "which field is shown and followed", field_name,
                   field_label},
    [SET_TRAINING] = {"training", "training", SWITCH(1), "network", "let the network learn", NULL, NULL},
    [SET_TRAIN_SPEED] = {"train.speed", "speed limit", INTEGER(SCALE_LOG, 1, 10000, 10000), "network",
                         "steps a second at most; 10000 is as fast as it goes", NULL, NULL},
    [SET_RATE] = {"train.rate", "learning rate", REAL(SCALE_LOG, 1e-5, 1, 8e-3), "", "network",
                  "peak learning rate of Adam", NULL, NULL},
    [SET_BATCH] = {"train.batch", "batch", INTEGER(SCALE_LOG, 8, 4096, 256), "network", "samples a step", NULL, NULL},
    [SET_SOURCE] =
        {"train.source", "learns from", CHOICE(TARGET_REFERENCES), "network",
         "what a step regresses to: the one sample that was noised, the mean over references, or over all data",
         source_name, source_label},
    [SET_REFERENCES] = {"train.references", "references a step", INTEGER(SCALE_LOG, 16, 8192, 2048), "network",
                        "points over which a stable target averages", NULL, NULL},
    [SET_BUDGET] = {"train.budget", "budget", INTEGER(SCALE_LINEAR, 0, 10000000, 0), "network",
                    "steps of a cosine schedule; 0 learns without end", NULL, NULL},
    [SET_WIDTH] = {"net.width", "width", INTEGER(SCALE_LOG, 16, 512, 128), "network",
                   "units of a hidden layer; a change starts afresh", NULL, NULL},
    [SET_DEPTH] = {"net.depth", "depth", INTEGER(SCALE_LINEAR, 1, 6, 3), "network",
                   "hidden layers; a change starts afresh", NULL, NULL},
    [SET_SHOW_ARROWS] = {"show.arrows", "Arrows", SWITCH(1), "show", "the field, one arrow a place", NULL, NULL},
    [SET_SHOW_DENSITY] = {"show.density", "Density", SWITCH(1), "show", "where the noisy data are likely", NULL, NULL},
    [SET_SHOW_PARTICLES] = {"show.particles", "Particles", SWITCH(1), "show", "points that follow the field", NULL,
                            NULL},
    [SET_SHOW_TRAILS] = {"show.trails", "Trails", SWITCH(1), "show", "where the particles have just been", NULL, NULL},
    [SET_SHOW_DATA] = {"show.data", "Data", SWITCH(0), "show", "samples of the target, without noise", NULL, NULL},
    [SET_SHOW_AXES] = {"show.axes", "Axes", SWITCH(1), "show", "grid and numbers of the plane", NULL, NULL},
    [SET_VIEW_X] = {"view.x", "view x", REAL(SCALE_LINEAR, -100, 100, 0), "std", "view",
                    "centre of the view from the mean of the data, in its standard deviations", NULL, NULL},
    [SET_VIEW_Y] = {"view.y", "view y", REAL(SCALE_LINEAR, -100, 100, 0), "std", "view",
                    "centre of the view from the mean of the data, in its standard deviations", NULL, NULL},
    [SET_VIEW_ZOOM] = {"view.zoom", "zoom", REAL(SCALE_LOG, 0.02, 200, 1), "\u00d7", "view", "1 fits the target", NULL,
                       NULL},
    [SET_THEME] = {"theme", "theme", CHOICE(THEME_DARK), "window", "dark or light", theme_name, theme_label},
    [SET_SCALE] = {"scale", "interface size", INTEGER(SCALE_LOG, 75, 300, 100), "window",
                   "size of the interface in percent", NULL, NULL},
    [SET_PANEL] = {"panel", "panels", SWITCH(1), "window", "panel, top bar and noise bar", NULL, NULL},
    [SET_FULLSCREEN] = {"fullscreen", "full screen", SWITCH(0), "window", "fill the screen", NULL, NULL},
    [SET_BLANK] = {"blank", "blank", SWITCH(0), "window", "an empty screen, while you talk", NULL, NULL},
    [SET_STILL] = {"still", "reduce motion", SWITCH(0), "window", "cuts instead of easing", NULL, NULL},
    [SET_NUMBERS] = {"numbers", "numbers", SWITCH(0), "window", "frame times, rates and memory", NULL, NULL},
    [SET_KEYS] = {"keys", "keys", SWITCH(0), "window", "the list of keys", NULL, NULL},
};

const SettingInfo *setting_info(SettingId id)
{
    return &table[id];
}

Settings settings_defaults(void)
{
    Settings s;
    for (size_t i = 0; i < SETTING_COUNT; i++)
        s.value[i] = table[i].fallback;
    return s;
}

static const char *setting_name(size_t i)
{
    return i < SETTING_COUNT ? table[i].name : NULL;
}

SettingId setting_find(const char *name)
{
    size_t i = name_find(setting_name, name);
    return i == NAME_NONE ? SETTING_COUNT : (SettingId)i;
}

static size_t choice_count(const SettingInfo *row)
{
    size_t n = 0;
    while (row->choice_name(n))
        n++;
    return n;
}

void setting_range(const Settings *s, SettingId id, double *min, double *max)
{
    const SettingInfo *row = &table[id];
    *min = row->min;
    *max = row->kind == SETTING_CHOICE ? (double)(choice_count(row) - 1) : row->max;
    if (id == SET_SIGMA)
        target_sigma_range(settings_index(s, SET_TARGET), min, max);
}

static void sigma_follows_target(Settings *s, double old_min, double old_max)
{
    double min, max;
    setting_range(s, SET_SIGMA, &min, &max);
    double place = log(s->value[SET_SIGMA] / old_min) / log(old_max / old_min);
    settings_put(s, SET_SIGMA, min * pow(max / min, place));
}

void settings_put(Settings *s, SettingId id, double value)
{
    double min, max, old_min, old_max;
    setting_range(s, id, &min, &max);
    setting_range(s, SET_SIGMA, &old_min, &old_max);
    if (table[id].kind != SETTING_REAL)
        value = round(value);
    s->value[id] = fmin(fmax(value, min), max);
    if (id == SET_TARGET)
        sigma_follows_target(s, old_min, old_max);
}

static bool parse_switch(const char *text, double *value)
{
    static const char *const off[] = {"off", "0", "no", "false"}, *const on[] = {"on", "1", "yes", "true"};
    for (size_t i = 0; i < COUNT(on); i++) {
        if (strcmp(text, on[i]) == 0 || strcmp(text, off[i]) == 0) {
            *value = strcmp(text, on[i]) == 0;
            return true;
        }
    }
    return false;
}

static bool parse_choice(const SettingInfo *row, const char *text, double *value, Error *e)
{
    size_t i = name_find(row->choice_name, text);
    *value = (double)i;
    if (i != NAME_NONE)
        return true;
    char nearest[128];
    return error_set(e, "%s has no choice \"%s\"%s", row->name, text,
                     name_suggest(row->choice_name, text, nearest, sizeof nearest));
}

static bool parse_number(const Settings *s, SettingId id, const char *text, double *value, Error *e)
{
    const SettingInfo *row = &table[id];
    double min, max;
    setting_range(s, id, &min, &max);
    char *end;
    *value = strtod(text, &end);
    bool whole = row->kind != SETTING_INTEGER || *value == round(*value);
    if (end == text || *end != '\0' || !isfinite(*value) || !whole)
        return error_set(e, "%s takes a%s number from %.6g to %.6g, got \"%s\"", row->name,
                         row->kind == SETTING_INTEGER ? " whole" : "", min, max, text);
    if (*value < min - 1e-8 * fabs(min) - 1e-12 || *value > max + 1e-8 * fabs(max))
        return error_set(e, "%s goes from %.6g to %.6g, got %s", row->name, min, max, text);
    return true;
}

bool settings_parse(Settings *s, SettingId id, const char *text, Error *e)
{
    double value = 0;
    switch (table[id].kind) {
    case SETTING_SWITCH:
        if (!parse_switch(text, &value))
            return error_set(e, "%s is a switch: on or off, got \"%s\"", table[id].name, text);
        break;
    case SETTING_CHOICE:
        if (!parse_choice(&table[id], text, &value, e))
            return false;
        break;
    case SETTING_INTEGER:
    case SETTING_REAL:
        if (!parse_number(s, id, text, &value, e))
            return false;
        break;
    }
    settings_put(s, id, value);
    return true;
}

const char *settings_print(const Settings *s, SettingId id, char *text, size_t size)
{
    const SettingInfo *row = &table[id];
    if (row->kind == SETTING_SWITCH)
        snprintf(text, size, "%s", settings_on(s, id) ? "on" : "off");
    else if (row->kind == SETTING_CHOICE)
        snprintf(text, size, "%s", row->choice_name(settings_index(s, id)));
    else
        snprintf(text, size, row->kind == SETTING_INTEGER ? "%.0f" : "%.9g", s->value[id]);
    return text;
}
