/* reference.h - what the program takes, told from its tables: options, commands, settings and their choices, keys.
 *
 * One text in three formats (reference_formats.h): `plain` is --help, `man` docs/scorefield.1 and `markdown`
 * docs/reference.md, both made by ./dev docs. What isn't in a table (exit statuses, environment, files, examples) is
 * written here once. Main thread.
 */
#ifndef APP_REFERENCE_H
#define APP_REFERENCE_H

#include "io/bytes.h"
#include "io/error.h"

/* Appends the text in a format. False with one line when there is no such format. */
bool reference_append(Bytes *b, const char *format, Error *e);

/* Writes it to a file, "-" for standard output. */
bool reference_write(const char *path, const char *format, Error *e);

#endif
