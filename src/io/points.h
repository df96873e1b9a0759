/* points.h - points in the plane as a file gives them, with or without weights: what every loader of points returns.
 *
 * Numbers stay doubles in the file's own units, because coordinates may be far from 0 compared with how far they are
 * from each other. Only what can become a target gets in: finite points within the range of 32-bit floats, positive
 * weights, at least two points that differ. Plain values: any thread may use one that nobody is changing.
 */
#ifndef IO_POINTS_H
#define IO_POINTS_H

#include "core/target.h"
#include "io/bytes.h"
#include "io/error.h"

#include <stdbool.h>
#include <stddef.h>

/* More are refused: as a mixture they would take some hundred bytes each. */
enum { POINTS_MOST = 1 << 21 };

enum { POINTS_X, POINTS_Y, POINTS_WEIGHT, POINTS_AXES };

/* The columns to take from a table: a name of its header, or a number that counts from 1. NULL: x and y by these
 * names, else the first columns of numbers; weights by the names w and weight, else none. An empty weight: none. */
typedef struct PointsChoice {
    const char *column[POINTS_AXES];
} PointsChoice;

typedef struct PointTable {
    double *x;      /* [count][2] */
    double *weight; /* [count], > 0, any scale; NULL unless weighted: all alike */
    size_t count, capacity;
    bool weighted;
    double low[2], high[2]; /* bounds; set by points_check */
    struct {
        size_t count;  /* rows that were left out */
        char why[200]; /* of the first of them: line 17: expected a number in column 2 "y", found "abc" */
    } skipped;
    char column[POINTS_AXES][72]; /* where x, y and weight were found: column 2 "height"; empty if there are none */
    char format[80];              /* how the file was understood */
} PointTable;

/* What is expected of value[*axis] when it keeps a point from being used, such as "a finite number"; value has
 * POINTS_AXES numbers. NULL when the point is good. */
const char *points_fault(const double *value, int *axis);

/* Adds value [POINTS_AXES]; its weight counts if p->weighted. False with a line when there are too many or memory is
 * short. */
bool points_append(PointTable *p, const char *name, const double *value, Error *e);

/* Counts a row that is left out, and keeps why for the first. */
void points_skip(PointTable *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Names format and columns where these are the usual: "x", "y" and, when weighted, "weight". */
void points_describe(PointTable *p, const char *format);

/* Leaves out points at fault or of negligible weight, and finds the bounds. False with a line unless at least two
 * points differ. Every loader ends with it; name is for messages. */
bool points_check(const char *name, PointTable *p, Error *e);

/* Makes *scaled: every point as (x - mean) / std, with the weighted mean and one std for both axes, that is
 * sqrt(trace(cov) / 2), in *frame; weights, if any, sum to 1. p has passed points_check, so std > 0. False with a
 * line, *scaled empty, when memory is short. */
bool points_scale(const PointTable *p, PointTable *scaled, Frame *frame, Error *e);

/* Appends a table "x,y" or "x,y,weight" with a header, in as many digits as bring every double back. */
void points_append_csv(const PointTable *p, Bytes *b);

/* Always legal on a zeroed or freed set; leaves an empty one. */
void points_free(PointTable *p);

#endif
