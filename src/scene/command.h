/* command.h - everything that can be done: one row a command.
 *
 * One grammar for -c, lessons, replays, keys and buttons: commands separated by ; or newlines, words by blanks, # to
 * the end of the line, numbers in the C locale. Around anything else single quotes, which take all as it stands, or double
 * quotes with the escapes \" \\ \n \t.
 */
#ifndef SCENE_COMMAND_H
#define SCENE_COMMAND_H

#include "scene/session.h"

enum { COMMAND_WORDS = 8, COMMAND_TEXT = 4096 };

/* One command, and its words. */
typedef struct Command {
    int count;
    const char *at;                  /* where it begins in the text that was read; where that is wrong, the place */
    const char *word[COMMAND_WORDS]; /* into text */
    char text[COMMAND_TEXT];
} Command;

typedef struct CommandInfo {
    const char *name;
    const char *usage; /* arguments: "NAME VALUE", "[N]" */
    const char *help;  /* one line */
    int min, max;      /* arguments */
    bool (*run)(Session *s, const Command *c, Error *e);
} CommandInfo;

/* The row i; NULL past the last. */
const CommandInfo *command_info(size_t i);
const CommandInfo *command_find(const char *name);

/* Reads the next command of *text into c and moves *text behind it. count is 0 at the end. False with the place when it
 * isn't one: a quote that doesn't end, too many words. */
bool command_next(const char **text, Command *c, Error *e);

/* The row of a command with as many arguments as it takes; NULL with one line when there is none. */
const CommandInfo *command_check(const Command *c, Error *e);
/* Checks and runs one, and sends the settings that it changed. False with one line. */
bool command_run(Session *s, const Command *c, Error *e);
/* Its words, as messages show them: on one line. Returns text. */
const char *command_quote(const Command *c, char *text, size_t size);

/* Runs all commands of a text, each checked before it runs; stops at the first failure, whose message begins with the
 * command's number and words. */
bool command_run_all(Session *s, const char *text, Error *e);

/* One key: what it does and how it is called in hints and help. */
typedef struct KeyBinding {
    const char *key;     /* "Space", "Ctrl+Z", "Shift+R", "?" */
    const char *command; /* "toggle playing" */
    const char *help;    /* as shown in the list of keys */
} KeyBinding;

/* The row i; NULL past the last. */
const KeyBinding *key_binding(size_t i);
/* The first key bound to a command; "" when there is none. */
const char *key_of(const char *command);

#endif
