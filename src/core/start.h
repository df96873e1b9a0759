/* start.h - where particles begin a journey from noise: a row of a table. Pure functions: any thread. */
#ifndef CORE_START_H
#define CORE_START_H

#include "core/mixture.h"

typedef enum StartId {
    START_MATCHED, /* N(mean, cov + sigma^2 I): the moments of the noisy data */
    START_PRIOR,   /* N(0, reach^2 I): with the first level as reach the papers', which forgets that data have a mean */
    START_EXACT,   /* the noisy data themselves */
    START_UNIFORM, /* the square |x|, |y| <= reach */
    START_COUNT
} StartId;

/* Particles first .. first+n-1 of a start. */
typedef struct StartDraw {
    const Mixture *mixture;
    double sigma; /* of the first level, data units */
    double reach; /* of START_PRIOR and START_UNIFORM, data units; 0: sigma */
    Rng rng;      /* STREAM_START */
    uint64_t step;
    size_t first, n;
} StartDraw;

typedef struct StartInfo {
    const char *name;  /* "matched" */
    const char *label; /* as shown */
    const char *help;
    void (*draw)(const StartDraw *d, float *x); /* x [n][2], data units */
} StartInfo;
const StartInfo *start_info(size_t which);

#endif
