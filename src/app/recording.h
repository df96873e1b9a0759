/* recording.h - the file that recorder.h describes, read. */
#ifndef APP_RECORDING_H
#define APP_RECORDING_H

#include "io/bytes.h"
#include "io/error.h"

/* A recording's text, cut into its two parts. */
typedef struct Recording {
    unsigned char *text; /* what both point into */
    char *options;       /* lines "--set NAME=VALUE" */
    char *commands;      /* whole lines */
} Recording;

/* Whether the file begins as a recording does. */
bool recording_is(const char *path);
/* False with the reason; recording_free is legal either way. A last line that was cut off is left out. */
bool recording_read(Recording *r, const char *path, Error *e);
void recording_free(Recording *r);

#endif
