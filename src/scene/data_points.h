/* data_points.h - the data as they are drawn and pointed at: the finite training set where there is one, else samples
 * of the target, each with a fixed draw of noise. One thread at a time for each DataPoints.
 */
#ifndef SCENE_DATA_POINTS_H
#define SCENE_DATA_POINTS_H

#include "scene/settings.h"
#include "scene/subject.h"

enum { DATA_POINTS_MAX = 20000 }; /* of a larger set the first: more only fill the same places */

typedef struct DataPoints {
    size_t count;
    float *x;         /* [count][2], data units */
    float *noised;    /* [count][2]: x + z with z standard normal; at a noise level sigma the point is x + sigma z */
    uint64_t version; /* grows with every change */
    size_t row;
    uint64_t revision, seed, samples; /* what they were made of; samples 0: of the subject's */
} DataPoints;

/* False when memory is short; data_points_free is legal either way. */
bool data_points_init(DataPoints *d);
void data_points_free(DataPoints *d);

/* Makes them anew when subject, seed or training set are others than before: some milliseconds. */
void data_points_follow(DataPoints *d, const Subject *subject, const Settings *s);

#endif
