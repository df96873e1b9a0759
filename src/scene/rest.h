/* rest.h - when endless training may rest: when a good while more of it would hardly make the field any better.
 *
 * The error of the averaged weights is measured at marks, four to every doubling of the steps, and a line is laid
 * through the last eight of them:
 *
 *     ln error = a - gain log2(steps)
 *
 * Under the endless clock the error goes on falling about as the root of the learning rate does, 16 % a doubling, but a
 * doubling takes ever longer. What counts is therefore what a fixed number of steps ahead would bring:
 *
 *     gain log2(1 + REST_AHEAD / steps) < REST_LEAST
 *
 * with a gain two standard errors above that of the line: chance puts a rest off and never brings it about. Steps are
 * those since the task was given. A plain value that knows no time: the same run rests at the same step, with a window
 * or without.
 */
#ifndef SCENE_REST_H
#define SCENE_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REST_FIRST = 2000 /* step of the first mark */, REST_MARKS = 8, REST_AHEAD = 10000 };
#define REST_LEAST 0.02 /* of the error */

typedef struct Rest {
    uint64_t begun;               /* step of the network at which the task was given */
    uint64_t mark;                /* marks passed since then: keys their places */
    double log_error[REST_MARKS]; /* at the newest of them, oldest first */
    size_t known;                 /* so many of these, the last ones, are filled */
    bool resting;
} Rest;

/* Another task, at a step of the network. */
void rest_begin(Rest *r, uint64_t step);
/* The same task, but a hand wants more of it: it goes on for two doublings at least. */
void rest_wake(Rest *r);

/* The next mark is reached: its error is wanted. */
bool rest_due(const Rest *r, uint64_t step);
/* The error at the mark that is due, which decides. One that is not a positive number decides nothing. */
void rest_note(Rest *r, uint64_t step, double error);

#endif
