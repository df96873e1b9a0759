/* number.h - decimal numbers in text, rounded as Python's float() rounds them. Pure functions: any thread. */
#ifndef IO_NUMBER_H
#define IO_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_LONGEST = 255 }; /* characters; what is longer is no number */

/* True when all of text [size] is one number, with the decimal mark '.' or ','. NaN and infinities are numbers;
 * hexadecimal digits, blanks and marks between thousands are not. Nothing needs to stand behind the text. */
bool number_parse(const unsigned char *text, size_t size, char decimal, double *number);

/* The same, also with the other mark between thousands where it can be nothing else: it stands more than once, or a
 * decimal mark follows. "1.234,50" and "1.234.567" are such numbers with decimal commas, "1.234" is none. */
bool number_parse_grouped(const unsigned char *text, size_t size, char decimal, double *number);

#endif
