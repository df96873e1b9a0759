/* recent.h - the files that were opened and saved last, the newest first. A plain value; main's. */
#ifndef SCENE_RECENT_H
#define SCENE_RECENT_H

#include "io/bytes.h"

#include <stdint.h>

enum { RECENT_FILES = 8, RECENT_PATH = 4096 };

typedef struct Recent {
    char path[RECENT_FILES][RECENT_PATH]; /* absolute; "" from the first that isn't there */
    uint64_t version;                     /* grows with every change */
} Recent;

/* This file comes first. One that has no place in the file system, or a line break in its name, doesn't come at all. */
void recent_note(Recent *r, const char *path);
size_t recent_count(const Recent *r);

/* One a line, and back. */
void recent_append(Bytes *b, const Recent *r);
void recent_read(Recent *r, const char *text);

/* "1 a.csv  2 b.safetensors", cut where there is no room for more. */
void recent_print(const Recent *r, char *text, size_t size);

#endif
