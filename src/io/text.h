/* text.h - texts in UTF-8: cut to fit a place, read and written by their code points. Pure functions: any thread. */
#ifndef IO_TEXT_H
#define IO_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* As much of a text as `size` bytes hold with its end, in whole letters. */
void text_copy(char *to, size_t size, const char *from);

/* The code point at *text, which moves past it; U+FFFD for one byte that is no UTF-8. 0 at the end, not moved. */
uint32_t utf8_next(const char **text);

/* Writes a code point that is no surrogate and at most U+10FFFF; returns how many bytes it took, at most 4. */
size_t utf8_put(char *to, uint32_t code);

#endif
