#include "core/training_set.h"

#include "core/net.h"

#include <stdlib.h>
#include <string.h>

void training_set(const Target *target, uint64_t seed, uint64_t samples, float *x)
{
    mixture_sample(&target->mixture, (Rng){seed, STREAM_SET}, 0, 0, (size_t)samples, x);
}

bool training_set_init(TrainingSet *s, size_t count)
{
    *s = (TrainingSet){.count = count};
    if (count == 0)
        return true;
    s->point = malloc(count * 2 * sizeof *s->point);
    return s->point;
}

void training_set_free(TrainingSet *s)
{
    free(s->point);
    mixture_free(&s->mixture);
    *s = (TrainingSet){0};
}

static bool points_mixture(Mixture *m, const float *point, size_t n)
{
    Component *component = calloc(n, sizeof *component);
    if (!component)
        return false;
    for (size_t i = 0; i < n; i++)
        component[i] = (Component){
            .kind = COMPONENT_GAUSSIAN, .weight = 1.0, .mean = {(double)point[2 * i], (double)point[2 * i + 1]}};
    bool fine = mixture_init(m, component, n);
    free(component);
    return fine;
}

bool training_set_mixture(Mixture *m, const Target *target, uint64_t seed, uint64_t samples)
{
    float *point = malloc((size_t)samples * 2 * sizeof *point);
    *m = (Mixture){0};
    if (!point)
        return false;
    training_set(target, seed, samples, point);
    bool fine = points_mixture(m, point, (size_t)samples);
    free(point);
    return fine;
}

bool training_set_draw(TrainingSet *s, const Target *target, uint64_t seed, bool mixture)
{
    training_set(target, seed, s->count, s->point);
    net_frame(&target->frame, s->point, s->count, s->point);
    mixture_free(&s->mixture);
    return !mixture || points_mixture(&s->mixture, s->point, s->count);
}

void training_set_pick(const TrainingSet *s, Rng rng, uint64_t step, size_t n, float *x)
{
    for (size_t i = 0; i < n; i++) {
        float u[4];
        rng_uniforms(rng, step, i, 1, u);
        double place = (double)u[0] + (double)u[1] * 0x1p-24; /* 48 bits */
        memcpy(x + 2 * i, s->point + 2 * (size_t)(place * (double)s->count), 2 * sizeof *x);
    }
}
