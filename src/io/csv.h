/* csv.h - points as lines of text. */
#ifndef IO_CSV_H
#define IO_CSV_H

#include "io/bytes.h"

/* Appends points [n][2], a line "x,y" each, in the nine digits that restore every 32-bit float. The decimal separator
 * is always a point: the program never sets LC_NUMERIC. */
void csv_append_points(Bytes *b, const float *points, size_t n);

#endif
