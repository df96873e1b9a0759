/* table_guess.h - how a table in text is laid out, as far as its first rows tell. Pure functions: any thread. */
#ifndef IO_TABLE_GUESS_H
#define IO_TABLE_GUESS_H

#include "io/table_scan.h"

enum { TABLE_GUESSED = 256 }; /* columns that are looked at */

typedef struct TableGuess {
    char separator;             /* tab, semicolon, comma, or ' ' for blanks */
    char decimal;               /* '.' or ',' */
    bool header;                /* the first record has names */
    bool number[TABLE_GUESSED]; /* columns that hold numbers rather than words */
} TableGuess;

/* Takes the layout by which most rows have two numbers or more, and of equals the one that leaves the fewest fields
 * that are no numbers. False when there is none. */
bool table_guess(const unsigned char *bytes, size_t size, TableGuess *guess);

#endif
