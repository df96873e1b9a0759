#include "app/options.h"

#include "app/recording.h"
#include "io/bytes.h"
#include "scene/nearest.h"
#include "scene/quote.h"
#include "scene/state_code.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool option_seed(Options *o, const char *value, Error *e)
{
    return settings_parse(&o->settings, SET_SEED, value, e);
}

static bool option_scale(Options *o, const char *value, Error *e)
{
    char *end, percent[32];
    double scale = strtod(value, &end);
    if (end == value || *end != '\0' || !(scale >= 0.75 && scale <= 3))
        return error_set(e, "--scale goes from 0.75 to 3, got \"%s\"", value);
    snprintf(percent, sizeof percent, "%.0f", 100 * scale);
    return settings_parse(&o->settings, SET_SCALE, percent, e);
}

static bool option_size(Options *o, const char *value, Error *e)
{
    char rest;
    if (sscanf(value, "%5dx%5d%c", &o->width, &o->height, &rest) != 2 || o->width < 64 || o->height < 64 ||
        o->width > 16384 || o->height > 16384)
        return error_set(e, "--size takes WIDTHxHEIGHT from 64x64 to 16384x16384, got \"%s\"", value);
    return true;
}

static const char *setting_name_at(size_t i)
{
    return i < SETTING_COUNT ? setting_info((SettingId)i)->name : NULL;
}

static bool option_set(Options *o, const char *value, Error *e)
{
    char name[64], nearest[192];
    const char *equals = strchr(value, '=');
    if (!equals || (size_t)(equals - value) >= sizeof name)
        return error_set(e, "--set takes NAME=VALUE, got \"%s\"", value);
    snprintf(name, sizeof name, "%.*s", (int)(equals - value), value);
    SettingId id = setting_find(name);
    if (id == SETTING_COUNT)
        return error_set(e, "--set: there is no setting \"%s\"%s", name,
                         name_suggest(setting_name_at, name, nearest, sizeof nearest));
    if (id == SET_SIGMA) {
        o->sigma = equals + 1;
        return true;
    }
    return settings_parse(&o->settings, id, equals + 1, e);
}

/* Its range belongs to the target, which may be set later. */
static bool settle_sigma(Options *o, Error *e)
{
    return !o->sigma || settings_parse(&o->settings, SET_SIGMA, o->sigma, e);
}

static bool option_commands(Options *o, const char *value, Error *e)
{
    size_t used = o->commands ? strlen(o->commands) : 0, more = strlen(value);
    char *grown = realloc(o->commands, used + more + 2);
    if (!grown)
        return error_set(e, "out of memory");
    memcpy(grown + used, value, more);
    memcpy(grown + used + more, "\n", 2);
    o->commands = grown;
    return true;
}

static bool option_shaders(Options *o, const char *value, Error *e)
{
    (void)e;
    o->shaders = value;
    return true;
}

static bool option_record(Options *o, const char *value, Error *e)
{
    (void)e;
    o->record = value;
    return true;
}

static bool option_trace(Options *o, const char *value, Error *e)
{
    (void)e;
    o->trace = value;
    return true;
}

static bool option_check(Options *o, const char *value, Error *e)
{
    (void)e;
    o->check = value;
    return true;
}

static bool is_lesson(const char *path)
{
    size_t n = strlen(path), end = strlen(".lesson");
    return n > end && strcmp(path + n - end, ".lesson") == 0;
}

static bool take_lesson(Options *o, const char *name, Error *e)
{
    if (o->lessons == OPTION_LESSONS)
        return error_set(e, "--kiosk gives at most %d lessons", OPTION_LESSONS);
    o->lesson[o->lessons++] = name;
    return true;
}

static const OptionInfo table[] = {
    {"--headless", NULL, "no window: run the commands of -c and end", NULL, offsetof(Options, headless)},
    {"--seed", "N", "as --set seed=N", option_seed, 0},
    {"--presenter", NULL, "as --set audience=on, with time and notes also while that window is closed", NULL,
     offsetof(Options, presenter)},
    {"--size", "WxH", "pixels of the window or of figures (1600x1000)", option_size, 0},
    {"--scale", "S", "interface size, 0.75 to 3", option_scale, 0},
    {"--set", "NAME=VALUE", "give a setting a value; may be repeated", option_set, 0},
    {"-c", "COMMANDS", "run commands, separated by ; or newlines; may be repeated", option_commands, 0},
    {"--check", "FILE", "say what is wrong with a lesson, and end", option_check, 0},
    {"--kiosk", NULL, "give the lessons that are named behind it, or all, over and over", NULL,
     offsetof(Options, kiosk)},
    {"--timing", NULL, "steps per second and wall times in reports", NULL, offsetof(Options, timing)},
    {"--trace", "FILE", "write every command of the window and what it changed", option_trace, 0},
    {"--record-commands", "FILE", "write what is done in the window, to be done again by scorefield FILE",
     option_record, 0},
    {"--shaders", "FOLDER", "read shaders from there instead of the program", option_shaders, 0},
    {"--version", NULL, "print the version", NULL, offsetof(Options, version)},
    {"--help", NULL, "what the program takes, as text", NULL, offsetof(Options, help)},
};

const OptionInfo *option_info(size_t i)
{
    return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

static const char *option_name(size_t i)
{
    return option_info(i) ? option_info(i)->name : NULL;
}

/* What settings begin with is what a recording begins with. */
static void note_given(Options *o, const char *name, const char *value)
{
    o->given.size -= o->given.size > 0;
    bytes_printf(&o->given, "%s %s\n", name, value);
    bytes_append(&o->given, "", 1);
}

/* Takes the option at argument *i, and what stands after it. */
static bool take_option(Options *o, int argc, char **argv, int *i, Error *e)
{
    char nearest[192];
    size_t row = name_find(option_name, argv[*i]);
    if (row == NAME_NONE)
        return error_set(e, "there is no option \"%s\"%s", argv[*i],
                         name_suggest(option_name, argv[*i], nearest, sizeof nearest));
    if (table[row].value && *i + 1 == argc)
        return error_set(e, "%s needs %s after it", argv[*i], table[row].value);
    if (table[row].value) {
        if (table[row].take == option_set || table[row].take == option_seed)
            note_given(o, table[row].name, argv[*i + 1]);
        return table[row].take(o, argv[++*i], e);
    }
    *(bool *)((char *)o + table[row].flag) = true;
    return true;
}

/* Each line "--set NAME=VALUE" or "--seed N". */
static bool take_recorded_options(Options *o, char *line, Error *e)
{
    for (char *end; line && *line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        char *value = strchr(line, ' ');
        if (!value || (strncmp(line, "--set ", 6) != 0 && strncmp(line, "--seed ", 7) != 0))
            return error_set(e, "expected --set NAME=VALUE, got \"%.40s\"", line);
        *value++ = '\0';
        note_given(o, line, value);
        if (strcmp(line, "--set") == 0 ? !option_set(o, value, e) : !option_seed(o, value, e))
            return false;
    }
    return true;
}

static bool take_recording(Options *o, const char *path, Error *e)
{
    Error why;
    if (o->recording.text)
        return error_set(e, "%s: one recording is played at a time", path);
    if (!recording_read(&o->recording, path, e))
        return false;
    if (!take_recorded_options(o, o->recording.options, &why))
        return error_set(e, "%s: %.400s", path, why.text);
    return option_commands(o, o->recording.commands, e) && option_commands(o, "replay off", e);
}

/* A file is opened in turn with the commands of -c. What is no file's name may be a code. */
static bool take_file(Options *o, const char *path, Error *e)
{
    Bytes b = {0};
    if (recording_is(path))
        return take_recording(o, path, e);
    bool code = state_code_is(path) && access(path, F_OK) != 0;
    if (o->kiosk)
        return take_lesson(o, path, e);
    bytes_printf(&b, code ? "code " : is_lesson(path) ? "lesson " : "open ");
    quote_append(&b, path);
    bytes_append(&b, "", 1);
    bool ok = b.failed ? error_set(e, "out of memory") : option_commands(o, (const char *)b.data, e);
    bytes_free(&b);
    return ok;
}

bool options_parse(Options *o, int argc, char **argv, Error *e)
{
    bool only_files = false;
    *o = (Options){.settings = settings_defaults()};
    for (int i = 1; i < argc; i++) {
        bool ok = true;
        if (!only_files && strcmp(argv[i], "--") == 0)
            only_files = true;
        else if (only_files || argv[i][0] != '-')
            ok = take_file(o, argv[i], e);
        else
            ok = take_option(o, argc, argv, &i, e);
        if (!ok)
            return false;
    }
    if (o->presenter)
        o->settings.value[SET_AUDIENCE] = 1;
    return settle_sigma(o, e);
}

void options_free(Options *o)
{
    free(o->commands);
    o->commands = NULL;
    bytes_free(&o->given);
    recording_free(&o->recording);
}
