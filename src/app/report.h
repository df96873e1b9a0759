/* report.h - what was learned and how far it is from the truth, as JSON. docs/report.md says what every key means. */
#ifndef APP_REPORT_H
#define APP_REPORT_H

#include "app/evidence.h"

/* Everything that there is to say. False with one line. */
bool report_write(const Evidence *ev, const char *path, Error *e);

/* The likelihood of n held-out points, n >= 2, against the target's entropy: one line. False with one line. */
bool report_nll(const Evidence *ev, size_t n, const char *path, Error *e);

#endif
