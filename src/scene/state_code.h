/* state_code.h - what is set as one line of text: settings with target, seed and view, and a drawing that is small.
 *
 *     sf1-2Z0w3HjaK0stKi3OzC...
 *
 * "sf" and the version of the form, then in the letters that addresses take (RFC 4648 section 5, without '='): CRC-32
 * of what follows (4 bytes, little-endian) and zlib's deflate (RFC 1950) of a text. That has a line "NAME VALUE" for
 * each setting that is not what it would be without the line and, where the drawing is what is studied, behind a line
 * "drawing" the drawing as it is in files (drawing_file.h). Settings go by name, so that later versions read it. What
 * belongs to the person who looks, as theme and full screen, is no part of it, nor is what was learned.
 *
 * The main thread's.
 */
#ifndef SCENE_STATE_CODE_H
#define SCENE_STATE_CODE_H

#include "scene/session.h"

/* A code is shorter. */
enum { STATE_CODE_MAX = 2000 };

/* The code, which the caller frees; NULL when memory is short. *whole: false when there is a drawing that makes it too
 * long, without which it was made. */
char *state_code_write(const Session *s, bool *whole);

/* Whether a text is meant as a code, right or wrong. Blanks may stand around it. */
bool state_code_is(const char *text);

/* Restores what a code says, as one thing to undo. False with one line when a letter of it is wrong or missing, or it
 * says what this version doesn't know: nothing changed then. */
bool state_code_take(Session *s, const char *code, Error *e);

#endif
