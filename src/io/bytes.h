/* bytes.h - a growing block of bytes: a file is made whole in memory before anything is written.
 *
 * When memory runs short the block is marked failed and ignores what follows, so that only the end is checked
 * (file_write does). A zeroed Bytes is empty; bytes_free is always legal and leaves an empty one. One thread at a time.
 */
#ifndef IO_BYTES_H
#define IO_BYTES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Bytes {
    unsigned char *data;
    size_t size, capacity;
    bool failed;
} Bytes;

/* Room for `more` bytes after the end, uninitialised and counted by the caller in size; NULL when failed. */
unsigned char *bytes_reserve(Bytes *b, size_t more);

void bytes_append(Bytes *b, const void *data, size_t size);

/* Without the ending zero. Numbers come out as in the C locale: the program never sets LC_NUMERIC. */
void bytes_printf(Bytes *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A text as JSON has it, quoted. */
void bytes_quote(Bytes *b, const char *text);

void bytes_free(Bytes *b);

#endif
