/* script_runs.h - a line of text cut into runs of one script and direction, in the order in which they stand from left
 * to right.
 *
 * The Unicode Bidirectional Algorithm (UAX #9) without explicit embeddings: a line runs as its first letter does,
 * numbers keep their order within letters that run to the left, and what has no direction follows its neighbours or,
 * between two directions, the line. Pure functions: any thread.
 */
#ifndef GFX_SCRIPT_RUNS_H
#define GFX_SCRIPT_RUNS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ScriptRun {
    size_t first, bytes; /* of the line */
    char script[5];      /* ISO 15924: "Arab" */
    bool leftwards;
} ScriptRun;

enum { SCRIPT_RUN_CHARACTERS = 256 };

/* line [bytes]: UTF-8 of at most SCRIPT_RUN_CHARACTERS characters, without line breaks. run has a place for each of
 * them. Returns how many runs there are. */
size_t script_runs(const char *line, size_t bytes, ScriptRun run[SCRIPT_RUN_CHARACTERS]);

#endif
