/* file.h - whole files, in and out.
 *
 * A file is written beside the old one, flushed to the disk and renamed over it: a crash or a full disk never costs
 * what was there. Callers ignore SIGPIPE and SIGXFSZ, so that a closed pipe or a size limit is an error like any other.
 * Any thread.
 */
#ifndef IO_FILE_H
#define IO_FILE_H

#include "io/bytes.h"
#include "io/error.h"

/* Writes size bytes to path. "-" is standard output; devices and pipes are written directly. A link is followed to the
 * file it names; an existing file keeps its permissions. False with one line when anything fails: nothing was changed.
 */
bool file_write_whole(const char *path, const void *bytes, size_t size, Error *e);

/* The same from a block that was built in memory; false also when that ran out of memory. */
bool file_write_bytes(const char *path, const Bytes *b, Error *e);

/* Whether the first bytes of a regular file, at most 64, look like something. False where there is no such file. */
bool file_begins(const char *path, bool (*like)(const unsigned char *bytes, size_t size));

/* Reads a regular file of at most `limit` bytes into *bytes (the caller frees) and puts a zero byte behind its end,
 * which *size does not count. False with one line, *bytes NULL, for anything else: pipes and devices are refused
 * unread. */
bool file_read_whole(const char *path, size_t limit, unsigned char **bytes, size_t *size, Error *e);

/* The last part of a path. */
const char *file_name(const char *path);

enum { FILE_TOLD = 180 };
/* Where a file is, to be told to a person: its whole path into text [FILE_TOLD], which is returned. "~" stands for the
 * home folder where the path is long, and an ellipsis for the middle of one that is longer still. */
const char *file_told(const char *path, char *text);

/* "STEM-001ENDING" with the first number above `after` whose name is free in the current folder, into name [size], which
 * has room for it. Returns the number. */
int file_free_name(const char *stem, const char *ending, int after, char *name, size_t size);

/* Makes all folders of a path but its last part that aren't there, for this user alone, as the XDG Base Directory
 * Specification asks. False with one line. */
bool file_make_folders(const char *path, Error *e);

#endif
