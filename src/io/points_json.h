/* points_json.h - points as JSON: [[x, y], ...], [[x, y, weight], ...] or {"points": ..., "weights": [...]}.
 *
 * Read as it comes instead of through a tree: a tree has no places to name in a message, and takes fifty times the
 * memory of the numbers. Pure functions: any thread.
 */
#ifndef IO_POINTS_JSON_H
#define IO_POINTS_JSON_H

#include "io/points.h"

/* Points of which one number is null, NaN or Infinity (as Python writes them) are left out and counted in
 * points->skipped. Other keys are passed over; name is for messages. On success points_free is the caller's; on failure
 * *points is empty, and e names the byte, from 0, what was expected and what was found. */
bool points_read_json(const char *name, const unsigned char *bytes, size_t size, PointTable *points, Error *e);

#endif
