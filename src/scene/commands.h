/* commands.h - what the files of commands share: the parts of the table, and arguments. */
#ifndef SCENE_COMMANDS_H
#define SCENE_COMMANDS_H

#include "scene/command.h"

/* Each ends with a row of no name. */
extern const CommandInfo session_commands[], drawing_commands[], file_commands[], output_commands[], lesson_commands[];

/* Word `word` of a command as a number in a range. False with one line when it is none. */
bool number_argument(const Command *c, int word, double min, double max, double *value, Error *e);
bool count_argument(const Command *c, int word, uint64_t min, uint64_t max, uint64_t *value, Error *e);
/* Two words: data units. */
bool place_argument(const Command *c, int word, double at[2], Error *e);

/* A command of several forms: its first word says which. */
typedef struct Verb {
    const char *name;
    const char *usage; /* what follows it */
    int min, max;      /* words that follow it */
    bool (*run)(Session *s, const Command *c, Error *e);
} Verb;

/* Runs the form that word 1 names, of a table that ends with a row of no name. */
bool run_verb(const Verb *verbs, Session *s, const Command *c, Error *e);

/* Whether a row edits the drawing: several in a row are composed once, before what comes next. */
bool command_draws(const CommandInfo *row);
/* Whether it tells something, or writes a file. */
bool command_tells(const CommandInfo *row);

/* A word that names a setting. */
bool setting_argument(const Command *c, int word, SettingId *id, Error *e);

/* open FILE ... (commands_files.c) */
bool run_open(Session *s, const Command *c, Error *e);

/* code [CODE] (commands_code.c) */
bool run_code(Session *s, const Command *c, Error *e);
/* Restores what a code says, and tells so. */
bool take_code(Session *s, const char *code, Error *e);

/* replay VERB ... (commands_replay.c) */
bool run_replay(Session *s, const Command *c, Error *e);

/* part VERB ... (commands_parts.c) */
bool run_part(Session *s, const Command *c, Error *e);

#endif
