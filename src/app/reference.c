#include "app/reference.h"

#include "app/options.h"
#include "app/reference_formats.h"
#include "io/file.h"
#include "scene/command.h"
#include "scene/nearest.h"
#include "scene/sampler_settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct Passage {
    const char *name, *text;
} Passage;

static const Passage statuses[] = {
    {"0", "all was done"},
    {"1", "something could not be done: one line on standard error says what, and what to do"},
    {"2", "the command line is wrong"},
    {"69", "there is no display, or no OpenGL 3.3"},
    {0},
};

static const Passage environment[] = {
    {"DISPLAY, WAYLAND_DISPLAY", "where the window opens; `--headless` needs neither"},
    {"SDL_VIDEODRIVER", "the driver of the window, when SDL's own choice is not wanted"},
    {"XDG_DATA_HOME", "the folder of what is kept; `~/.local/share` when it is not set"},
    {"XDG_STATE_HOME", "the folder of the session; `~/.local/state` when it is not set"},
    {0},
};

static const Passage files[] = {
    {"~/.local/share/scorefield/drawing.json",
     "what was drawn, brought back at the next start of the window; one that cannot be read is put aside as "
     "drawing.json.refused"},
    {"~/.local/share/scorefield/drawings/",
     "drawings that are kept as tiles, each with a few samples for its picture; those that were taken away lie in the "
     "folder removed in it"},
    {"~/.local/state/scorefield/autosave.safetensors",
     "the session of the window, every minute; one that was cut off becomes interrupted.safetensors, which `restore` "
     "opens"},
    {"~/.local/state/scorefield/recent", "the files that `recent` lists"},
    {"scorefield-001.safetensors",
     "what `save` writes in the window when it is given no name, with the next number that is free; without a window "
     "scorefield.safetensors"},
    {"scorefield-drawing-001.json, scorefield-drawing-001.csv",
     "what `save drawing` and `export points` write when they are given no name, with the first number that is free"},
    {"scorefield.png", "what `figure` writes when it is given no name; the window counts up instead of replacing one"},
    {0},
};

static const Passage examples[] = {
    {"scorefield --set target=moons", "Learn two moons in a window."},
    {"scorefield points.csv", "Learn the points of a table."},
    {"scorefield --headless --seed 1 -c 'train 2000; tick 300; figure spirals.png'",
     "A picture without a window, the same bytes every time from the same seed on the same machine."},
    {"scorefield --headless --set target=moons -c 'train 2000; samples moons.npy 5000'",
     "Five thousand samples as an array for NumPy."},
    {"scorefield --headless --set field=exact --set sigma=0.5 -c 'field exact.npy 64'",
     "The exact score on a grid: x, y, u, v and log p."},
    {0},
};

/* One line; long enough for the longest help with its range. */
typedef struct Line {
    char text[1024];
    size_t used;
} Line;

__attribute__((format(printf, 2, 3))) static void add(Line *line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int more = vsnprintf(line->text + line->used, sizeof line->text - line->used, format, arguments);
    va_end(arguments);
    line->used += (size_t)more;
    if (line->used >= sizeof line->text)
        line->used = sizeof line->text - 1;
}

static void passages(Bytes *b, const ReferenceFormat *f, const char *title, const Passage *row)
{
    f->section(b, title);
    for (; row->name; row++)
        f->entry(b, row->name, "", row->text);
}

static void description(Bytes *b, const ReferenceFormat *f)
{
    f->section(b, "Description");
    f->paragraph(b,
                 "A background thread trains a small network on samples of a distribution. The window draws the score "
                 "that it has learned so far, the noise level as one slider, and particles that follow the score "
                 "from noise to data. The exact score is always known and can be shown beside it. Without a window "
                 "the same program writes pictures, samples, fields and reports.");
}

static void options(Bytes *b, const ReferenceFormat *f)
{
    f->section(b, "Options");
    for (size_t i = 0; option_info(i); i++)
        f->entry(b, option_info(i)->name, option_info(i)->value ? option_info(i)->value : "", option_info(i)->help);
}

static void commands(Bytes *b, const ReferenceFormat *f)
{
    f->section(b, "Commands");
    f->paragraph(b, "For `-c`, the line that `:` opens, and behind keys and buttons: separated by `;` or newlines, "
                    "words by blanks, numbers with a point, `#` before a comment.");
    f->paragraph(b,
                 "Quotes go around anything else: single ones take all as it stands, in double ones a backslash stands "
                 "before a quote or a backslash, and before n for a new line.");
    for (size_t i = 0; command_info(i); i++)
        f->entry(b, command_info(i)->name, command_info(i)->usage, command_info(i)->help);
}

static bool same_choices(const SettingInfo *a, const SettingInfo *b)
{
    return a->kind == SETTING_CHOICE && b->kind == SETTING_CHOICE && a->choice_name == b->choice_name;
}

/* The first row with these choices, which explains them. */
static const SettingInfo *first_with_choices(const SettingInfo *row)
{
    SettingId id = 0;
    while (!same_choices(setting_info(id), row))
        id++;
    return setting_info(id);
}

static void add_sampler(Line *line, const Sampler *sampler)
{
    SettingId id[SAMPLER_SETTINGS_MAX];
    size_t n = sampler_settings(sampler, id);
    add(line, ". Moves %s%s", sampler->descends ? "from noise to data" : "at one noise level",
        sampler->exact ? ", along the exact field only" : "");
    for (size_t i = 0; i < n; i++)
        add(line, "%s`%s`", i == 0 ? "; reads " : i + 1 < n ? ", " : " and ", setting_info(id[i])->name);
}

static void add_target(Line *line, size_t which)
{
    double min, max;
    target_sigma_range(which, &min, &max);
    add(line, "; `sigma` from %.3g to %.3g", min, max);
}

static void choices(Bytes *b, const ReferenceFormat *f, SettingId id)
{
    const SettingInfo *row = setting_info(id);
    for (size_t i = 0; row->choice_name(i); i++) {
        Line line = {0};
        add(&line, "%s", row->choice_help(i));
        if (id == SET_DYNAMICS)
            add_sampler(&line, sampler_info(i));
        if (id == SET_TARGET)
            add_target(&line, i);
        f->choice(b, row->choice_name(i), line.text);
    }
}

static void add_range(Line *line, const Settings *defaults, SettingId id)
{
    const SettingInfo *row = setting_info(id);
    int digits = row->kind == SETTING_INTEGER ? 10 : 6;
    double min, max;
    setting_range(defaults, id, &min, &max);
    add(line, "; %.*g to %.*g%s%s", digits, min, digits, max, row->unit[0] ? " " : "", row->unit);
}

static void add_choices(Line *line, const ReferenceFormat *f, const SettingInfo *row)
{
    const SettingInfo *first = first_with_choices(row);
    if (f->explains && first != row)
        add(line, "; one of those of `%s`", first->name);
    for (size_t i = 0; !f->explains && row->choice_name(i); i++)
        add(line, "%s %s", i == 0 ? ":" : "", row->choice_name(i));
}

static void setting(Bytes *b, const ReferenceFormat *f, const Settings *defaults, SettingId id)
{
    const SettingInfo *row = setting_info(id);
    char value[64];
    Line line = {0};
    add(&line, "%s", row->help);
    if (row->kind == SETTING_CHOICE)
        add_choices(&line, f, row);
    else if (row->kind != SETTING_SWITCH)
        add_range(&line, defaults, id);
    add(&line, " [%s]", settings_print(defaults, id, value, sizeof value));
    f->entry(b, row->name, "", line.text);
    if (f->explains && row->kind == SETTING_CHOICE && first_with_choices(row) == row)
        choices(b, f, id);
}

static bool is_first_of_group(SettingId id)
{
    SettingId first = 0;
    while (strcmp(setting_info(first)->group, setting_info(id)->group) != 0)
        first++;
    return first == id;
}

static void settings(Bytes *b, const ReferenceFormat *f)
{
    Settings defaults = settings_defaults();
    f->section(b, "Settings");
    f->paragraph(b,
                 "For `--set NAME=VALUE` and `set NAME VALUE`; switches are `on` or `off`, and the first value stands "
                 "in brackets.");
    for (SettingId first = 0; first < SETTING_COUNT; first++) {
        if (!is_first_of_group(first))
            continue;
        f->group(b, setting_info(first)->group);
        for (SettingId id = first; id < SETTING_COUNT; id++) {
            if (strcmp(setting_info(id)->group, setting_info(first)->group) == 0)
                setting(b, f, &defaults, id);
        }
    }
}

static void keys(Bytes *b, const ReferenceFormat *f)
{
    f->section(b, "Keys");
    for (size_t i = 0; key_binding(i); i++) {
        Line line = {0};
        add(&line, "%s: `%s`", key_binding(i)->help, key_binding(i)->command);
        f->entry(b, key_binding(i)->key, "", line.text);
    }
}

static void show_examples(Bytes *b, const ReferenceFormat *f)
{
    f->section(b, "Examples");
    for (const Passage *row = examples; row->name; row++) {
        f->code(b, row->name);
        f->paragraph(b, row->text);
    }
}

static void append(Bytes *b, const ReferenceFormat *f)
{
    f->begin(b, "watch a network learn the score of a distribution in the plane", "[OPTION]... [--] [FILE|CODE]...");
    if (f->explains)
        description(b, f);
    options(b, f);
    commands(b, f);
    settings(b, f);
    keys(b, f);
    passages(b, f, "Exit status", statuses);
    passages(b, f, "Environment", environment);
    passages(b, f, "Files", files);
    show_examples(b, f);
}

static const char *format_name(size_t i)
{
    return reference_format(i) ? reference_format(i)->name : NULL;
}

bool reference_append(Bytes *b, const char *format, Error *e)
{
    char nearest[192];
    size_t row = name_find(format_name, format);
    if (row == NAME_NONE)
        return error_set(e, "there is no format \"%s\"%s", format,
                         name_suggest(format_name, format, nearest, sizeof nearest));
    append(b, reference_format(row));
    return true;
}

bool reference_write(const char *path, const char *format, Error *e)
{
    Bytes b = {0};
    bool ok = reference_append(&b, format, e) && file_write_bytes(path, &b, e);
    bytes_free(&b);
    return ok;
}
