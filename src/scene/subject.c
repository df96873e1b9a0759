#include "scene/subject.h"

#include <stdlib.h>

/* Pictures of the data are the same whatever the seed: a thumbnail is known by its look. */
static const Rng picture = {.seed = 1, .stream = STREAM_PICTURE};

Subject *subject_create(Target target, size_t row, uint64_t revision)
{
    Subject *s = malloc(sizeof *s);
    float *samples = malloc(SUBJECT_SAMPLES * 2 * sizeof *samples);
    if (!s || !samples) {
        target_free(&target);
        free(samples);
        free(s);
        return NULL;
    }
    *s = (Subject){.target = target, .samples = samples, .row = row, .revision = revision, .holders = 1};
    mixture_sample(&target.mixture, picture, row, 0, SUBJECT_SAMPLES, samples);
    return s;
}

Subject *subject_hold(Subject *s)
{
    if (s)
        atomic_fetch_add_explicit(&s->holders, 1, memory_order_relaxed);
    return s;
}

/* The last one sees what all the others did with it before. */
void subject_release(Subject *s)
{
    if (!s || atomic_fetch_sub_explicit(&s->holders, 1, memory_order_acq_rel) > 1)
        return;
    target_free(&s->target);
    free(s->samples);
    free(s);
}

void subject_put(Subject **place, Subject *held)
{
    Subject *before = *place;
    *place = held;
    subject_release(before);
}
