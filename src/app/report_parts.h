/* report_parts.h - the parts of a report, for report.c. The caller deletes what it gets. */
#ifndef APP_REPORT_PARTS_H
#define APP_REPORT_PARTS_H

#include "app/evidence.h"

#include <cjson/cJSON.h>

/* Fresh samples of the chosen dynamics in the chosen field beside as many true ones. NULL with one line. */
cJSON *report_samples(const Evidence *ev, Error *e);

/* Held-out likelihood of the chosen field. NULL with one line. */
cJSON *report_likelihood(const Evidence *ev, size_t n, Error *e);

#endif
