/* points_file.h - files and pasted text that hold points, whatever their format. Any thread. */
#ifndef IO_POINTS_FILE_H
#define IO_POINTS_FILE_H

#include "io/points.h"

enum { POINTS_LARGEST_FILE = 1 << 28 }; /* bytes */

typedef enum PointsKind {
    POINTS_TABLE,
    POINTS_JSON,
    POINTS_NPY,
    POINTS_PICTURE, /* PNG or JPEG, for the loader of pictures */
    POINTS_FOREIGN, /* a format known to hold no points that can be read */
} PointsKind;

/* Told by the first bytes; where these could be anything, by the end of the name; else a table. */
PointsKind points_kind(const unsigned char *bytes, size_t size, const char *name);

/* Points from what is in memory: a file's bytes, or text from the clipboard with a name such as "clipboard". choice
 * (NULL: by themselves) is for tables; other formats refuse one. On success points_free is the caller's; on failure
 * *points is empty and e says where, what was expected and what was found. */
bool points_read(const char *name, const unsigned char *bytes, size_t size, const PointsChoice *choice,
                 PointTable *points, Error *e);

/* The same from a regular file of at most POINTS_LARGEST_FILE bytes: larger ones are refused unread. */
bool points_load(const char *path, const PointsChoice *choice, PointTable *points, Error *e);

#endif
