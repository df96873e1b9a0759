/* check.h - what is wrong with a lesson, without giving it. */
#ifndef APP_CHECK_H
#define APP_CHECK_H

/* Writes a line "FILE:LINE:COLUMN: what, expected" on standard error for everything that is wrong. Returns the exit
 * status: 0 when nothing is, else 1. */
int check_lesson(const char *name);

#endif
