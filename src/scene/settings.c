#include "scene/settings.h"

#include "core/dynamics.h"
#include "core/target.h"
#include "scene/nearest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Settings settings_defaults(void)
{
    Settings s = {0};
    for (size_t i = 0; i < SETTING_COUNT; i++)
        s.value[i] = setting_info(i)->fallback;
    return s;
}

static const char *setting_name(size_t i)
{
    return i < SETTING_COUNT ? setting_info(i)->name : NULL;
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

void settings_ladder_ends(const Settings *s, double min, double max, double *first, double *last)
{
    *first = s->value[SET_FIRST] > 0 ? s->value[SET_FIRST] : max;
    *last = s->value[SET_LAST] > 0 ? s->value[SET_LAST] : min;
    if (*first > *last)
        return;
    *first = max; /* another target's levels */
    *last = min;
}

static void scale_to_drawing(const Settings *s, double *min, double *max)
{
    size_t drawn = target_count();
    if (settings_index(s, SET_TARGET) != drawn || s->drawing_std <= 0)
        return;
    *min *= s->drawing_std / target_info(drawn)->std;
    *max *= s->drawing_std / target_info(drawn)->std;
}

void setting_range(const Settings *s, SettingId id, double *min, double *max)
{
    const SettingInfo *row = setting_info(id);
    *min = row->min;
    *max = row->kind == SETTING_CHOICE ? (double)(choice_count(row) - 1) : row->max;
    if (id != SET_SIGMA && id != SET_OTHER_SIGMA)
        return;
    double first, last;
    target_sigma_range(settings_index(s, SET_TARGET), min, max);
    scale_to_drawing(s, min, max);
    settings_ladder_ends(s, *min, *max, &first, &last);
    *min = fmin(*min, last);
    *max = fmax(*max, first);
}

static void sigma_follows_target(Settings *s, double old_min, double old_max)
{
    double min, max;
    setting_range(s, SET_SIGMA, &min, &max);
    double place = log(s->value[SET_SIGMA] / old_min) / log(old_max / old_min);
    settings_put(s, SET_SIGMA, min * pow(max / min, place));
}

void settings_draw(Settings *s, uint64_t revision, double std)
{
    double old_min, old_max, min, max;
    setting_range(s, SET_SIGMA, &old_min, &old_max);
    s->drawing = revision;
    s->drawing_std = std;
    setting_range(s, SET_SIGMA, &min, &max);
    if (fabs(max - old_max) > 1e-9 * max)
        sigma_follows_target(s, old_min, old_max);
}

/* Into the drawing or out of it. */
static void exchange_target(Settings *s)
{
    double drawn = (double)target_count();
    if (settings_on(s, SET_DRAW)) {
        s->undrawn = settings_index(s, SET_TARGET);
        s->value[SET_TARGET] = drawn;
    } else if (s->value[SET_TARGET] >= drawn) {
        s->value[SET_TARGET] = (double)s->undrawn;
    }
}

const char *setting_refusal(const Settings *s, SettingId id, double value)
{
    if ((id == SET_DYNAMICS || id == SET_OTHER_DYNAMICS) && sampler_info((size_t)value)->exact &&
        settings_index(s, SET_FIELD) != FIELD_EXACT)
        return "needs log p, which only the exact field has: first set field exact";
    return NULL;
}

void settings_put(Settings *s, SettingId id, double value)
{
    double min, max, old_min, old_max;
    setting_range(s, id, &min, &max);
    setting_range(s, SET_SIGMA, &old_min, &old_max);
    if (setting_info(id)->kind != SETTING_REAL)
        value = round(value);
    value = fmin(fmax(value, min), max);
    if (setting_refusal(s, id, value))
        return;
    bool turns = id == SET_DRAW && settings_on(s, SET_DRAW) != (value > 0.5);
    s->value[id] = value;
    if (turns)
        exchange_target(s);
    if (id == SET_TARGET && settings_index(s, SET_TARGET) != target_count())
        s->value[SET_DRAW] = 0;
    if (id == SET_TARGET || turns)
        sigma_follows_target(s, old_min, old_max);
    if (id == SET_FIRST || id == SET_LAST)
        settings_put(s, SET_SIGMA, s->value[SET_SIGMA]);
    if (setting_refusal(s, SET_DYNAMICS, s->value[SET_DYNAMICS]))
        s->value[SET_DYNAMICS] = SAMPLER_LANGEVIN;
    if (setting_refusal(s, SET_OTHER_DYNAMICS, s->value[SET_OTHER_DYNAMICS]))
        s->value[SET_OTHER_DYNAMICS] = SAMPLER_LANGEVIN;
}

bool settings_personal(SettingId id)
{
    return id >= SET_THEME || id == SET_DRAW_WORD;
}

bool settings_split(const Settings *s)
{
    return settings_index(s, SET_WIPE) != WIPE_OFF || settings_index(s, SET_SECOND) == SECOND_BESIDE;
}

static bool parse_switch(const char *text, double *value)
{
    static const char *const off[] = {"off", "0", "no", "false"}, *const on[] = {"on", "1", "yes", "true"};
    for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
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
    char nearest[sizeof e->text];
    return error_set(e, "%s has no choice \"%s\"%s", row->name, text,
                     name_suggest(row->choice_name, text, nearest, sizeof nearest));
}

static bool parse_number(const Settings *s, SettingId id, const char *text, double *value, Error *e)
{
    const SettingInfo *row = setting_info(id);
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
    switch (setting_info(id)->kind) {
    case SETTING_SWITCH:
        if (!parse_switch(text, &value))
            return error_set(e, "%s is a switch: on or off, got \"%s\"", setting_info(id)->name, text);
        break;
    case SETTING_CHOICE:
        if (!parse_choice(setting_info(id), text, &value, e))
            return false;
        if (setting_refusal(s, id, value))
            return error_set(e, "%s %s %s", setting_info(id)->name, text, setting_refusal(s, id, value));
        break;
    case SETTING_INTEGER:
    case SETTING_REAL:
        if (!parse_number(s, id, text, &value, e))
            return false;
        if (setting_refusal(s, id, value))
            return error_set(e, "%s %s %s", setting_info(id)->name, text, setting_refusal(s, id, value));
        break;
    }
    settings_put(s, id, value);
    return true;
}

const char *settings_print(const Settings *s, SettingId id, char *text, size_t size)
{
    const SettingInfo *row = setting_info(id);
    if (row->kind == SETTING_SWITCH)
        snprintf(text, size, "%s", settings_on(s, id) ? "on" : "off");
    else if (row->kind == SETTING_CHOICE)
        snprintf(text, size, "%s", row->choice_name(settings_index(s, id)));
    else
        snprintf(text, size, row->kind == SETTING_INTEGER ? "%.0f" : "%.9g", s->value[id]);
    return text;
}
