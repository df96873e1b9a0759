#include "scene/data_points.h"

#include "core/training_set.h"

#include <stdlib.h>
#include <string.h>

bool data_points_init(DataPoints *d)
{
    size_t bytes = DATA_POINTS_MAX * 2 * sizeof(float);
    *d = (DataPoints){.x = malloc(bytes), .noised = malloc(bytes)};
    return d->x && d->noised;
}

void data_points_free(DataPoints *d)
{
    free(d->x);
    free(d->noised);
    *d = (DataPoints){0};
}

static void add_noise(DataPoints *d)
{
    /* The subjects' samples have the steps before. */
    const Rng rng = {.seed = 1, .stream = STREAM_PICTURE};
    rng_normals(rng, target_count() + d->row, 0, d->count, d->noised);
    for (size_t i = 0; i < 2 * d->count; i++)
        d->noised[i] += d->x[i];
}

void data_points_follow(DataPoints *d, const Subject *subject, const Settings *s)
{
    uint64_t samples = (uint64_t)s->value[SET_SAMPLES], seed = samples ? (uint64_t)s->value[SET_SEED] : 0;
    bool same = d->row == subject->row && d->revision == subject->revision;
    if (d->count && same && d->samples == samples && d->seed == seed)
        return;
    d->row = subject->row;
    d->revision = subject->revision;
    d->samples = samples;
    d->seed = seed;
    if (samples) {
        d->count = samples < DATA_POINTS_MAX ? samples : DATA_POINTS_MAX;
        training_set(&subject->target, seed, d->count, d->x);
    } else {
        d->count = SUBJECT_SAMPLES;
        memcpy(d->x, subject->samples, d->count * 2 * sizeof *d->x);
    }
    add_noise(d);
    d->version++;
}
