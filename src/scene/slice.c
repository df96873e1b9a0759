#include "scene/slice.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NEVER_TAKEN = -1 };

static size_t size_of(const Slice *s)
{
    return (size_t)(s->grid * s->grid * s->channels);
}

bool slice_init(Slice *s, int grid, int channels)
{
    *s = (Slice){.grid = grid, .channels = channels, .levels = NEVER_TAKEN};
    s->value = calloc(size_of(s), sizeof *s->value);
    return s->value != NULL;
}

void slice_free(Slice *s)
{
    free(s->value);
    *s = (Slice){0};
}

static bool same(const Slice *a, const Slice *b)
{
    bool levels = a->levels == b->levels && memcmp(a->level, b->level, sizeof a->level) == 0 &&
                  memcmp(a->version, b->version, sizeof a->version) == 0;
    /* Of a single level, the nearest that is filled, sigma does not matter. */
    return levels && (a->levels < 2 || a->sigma == b->sigma);
}

static void blend(Slice *s, const Stack *stack, const float weight[2])
{
    size_t n = size_of(s);
    const float *low = stack->value + (size_t)s->level[0] * n, *high = stack->value + (size_t)s->level[1] * n;
    /* A level that weighs nothing must not matter even where it is not finite. */
    if (weight[0] == 0 || weight[1] == 0) {
        memcpy(s->value, weight[0] == 0 ? high : low, n * sizeof *s->value);
        return;
    }
    for (size_t i = 0; i < n; i++)
        s->value[i] = weight[0] * low[i] + weight[1] * high[i];
}

bool slice_take(Slice *s, const Stack *stack, double sigma)
{
    assert(stack->grid == s->grid && stack->channels == s->channels);
    Slice now = *s;
    float weight[2];
    now.sigma = sigma;
    now.levels = stack_blend(stack, sigma, now.level, weight);
    for (int k = 0; k < 2; k++)
        now.version[k] = now.levels ? stack->version[now.level[k]] : 0;
    if (same(&now, s))
        return false;
    now.extent = stack->extent;
    *s = now;
    if (s->levels)
        blend(s, stack, weight);
    return true;
}
