/* table.h - points from tables in text: CSV, TSV, columns with blanks between them. Pure functions: any thread.
 *
 * Commas, semicolons, tabs or blanks separate; the decimal mark may be a comma where that can be told from the
 * separator; a first row of names is optional; UTF-8, with or without a byte order mark (table_scan.h says more).
 */
#ifndef IO_TABLE_H
#define IO_TABLE_H

#include "io/points.h"

/* Points from the columns that choice names (NULL: by themselves). name is for messages. Rows in which one of the
 * columns has no finite number are left out and counted in points->skipped. On success points_free is the caller's; on
 * failure *points is empty, and e names the line, what was expected and what was found. */
bool table_read_points(const char *name, const unsigned char *bytes, size_t size, const PointsChoice *choice,
                       PointTable *points, Error *e);

#endif
