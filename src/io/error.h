/* error.h - one line that says what went wrong, where, and what to do. */
#ifndef IO_ERROR_H
#define IO_ERROR_H

#include <stdbool.h>

typedef struct Error {
    char text[512];
} Error;

/* Writes the line (control characters become blanks; one that is too long ends with a whole letter of UTF-8) and
 * returns false, so that a failing function can end with it. e may be NULL. */
bool error_set(Error *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
