#include "scene/catalogue.h"

#include <stdlib.h>

/* Pictures of the data are the same whatever the seed: a thumbnail is known by its look. */
static const Rng picture = {.seed = 1, .stream = STREAM_PICTURE};

static bool add_target(Catalogue *c, size_t which)
{
    if (!target_init(&c->target[which], which)) {
        target_free(&c->target[which]);
        return false;
    }
    c->count = which + 1;
    c->samples[which] = malloc(CATALOGUE_SAMPLES * 2 * sizeof(float));
    if (!c->samples[which])
        return false;
    mixture_sample(&c->target[which].mixture, picture, which, 0, CATALOGUE_SAMPLES, c->samples[which]);
    return true;
}

bool catalogue_init(Catalogue *c)
{
    size_t n = target_count();
    *c = (Catalogue){.target = calloc(n, sizeof *c->target), .samples = calloc(n, sizeof *c->samples)};
    if (!c->target || !c->samples)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_target(c, i))
            return false;
    return true;
}

void catalogue_free(Catalogue *c)
{
    for (size_t i = 0; i < c->count; i++) {
        target_free(&c->target[i]);
        free(c->samples[i]);
    }
    free(c->target);
    free(c->samples);
    *c = (Catalogue){0};
}
