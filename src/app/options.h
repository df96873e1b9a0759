/* options.h - the command line. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "app/recording.h"
#include "io/bytes.h"
#include "scene/settings.h"

#include <stddef.h>

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_UNAVAILABLE = 69 };

typedef struct Options {
    bool headless, timing, presenter, help, version, kiosk;
    const char *check;   /* the lesson that is to be checked; NULL for none */
    const char *trace;   /* file that gets a line for every command; NULL for none */
    const char *shaders; /* --shaders: folder to read them from; NULL for the embedded ones */
    int width, height;   /* of the window or of figures, pixels; 0: the default */
    Settings settings;
    const char *sigma;   /* as --set gave it: the handle begins there; NULL: where the simulation begins */
    Bytes given;         /* options that changed settings, "--set NAME=VALUE", one a line, and an ending zero */
    const char *record;  /* --record-commands: file of the recording; NULL for none */
    Recording recording; /* that was named, into which the others may point */
    char *commands; /* all -c, and files as `open FILE`, codes as `code CODE` and recordings as they are, in order, one
                       a line; NULL for none */
} Options;

/* False with a line that says which option, what is wrong and what would be right. options_free is legal either way. */
bool options_parse(Options *o, int argc, char **argv, Error *e);
void options_free(Options *o);

typedef struct OptionInfo {
    const char *name, *value, *help; /* value: what stands after it; NULL for a flag */
    bool (*take)(Options *o, const char *value, Error *e);
    size_t flag; /* which field of Options a flag sets */
} OptionInfo;

/* The row i; NULL past the last. */
const OptionInfo *option_info(size_t i);

#endif
