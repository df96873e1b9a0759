/* text.h - texts in UTF-8 that must fit a place. Pure functions: any thread. */
#ifndef IO_TEXT_H
#define IO_TEXT_H

#include <stddef.h>

/* As much of a text as `size` bytes hold with its end, in whole letters. */
void text_copy(char *to, size_t size, const char *from);

#endif
