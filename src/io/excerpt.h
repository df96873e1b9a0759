/* excerpt.h - a few foreign bytes as text that can be shown in a message. Pure functions: any thread. */
#ifndef IO_EXCERPT_H
#define IO_EXCERPT_H

#include <stddef.h>

enum { EXCERPT_SIZE = 48 };

typedef struct Excerpt {
    char text[EXCERPT_SIZE]; /* UTF-8, without control characters */
} Excerpt;

/* The first bytes of text [size], with "..." when there are more. Bytes that are not UTF-8 become question marks. */
Excerpt excerpt(const unsigned char *text, size_t size);

/* The same in quotes; "nothing" when size is 0. */
Excerpt excerpt_quoted(const unsigned char *text, size_t size);

#endif
