#include "core/field.h"

static void evaluate_exact(void *context, const float *x, float sigma, size_t n, float *score)
{
    const Mixture *m = context;
    mixture_evaluate(m, sigma, x, n, (MixtureOutput){.score = score});
}

FieldSource field_exact(const Mixture *m)
{
    return (FieldSource){.evaluate = evaluate_exact, .context = (void *)(uintptr_t)m};
}

/* In blocks, so that the second field's scores fit on the stack. */
static void evaluate_difference(void *context, const float *x, float sigma, size_t n, float *score)
{
    enum { BLOCK = 256 };
    const FieldDifference *d = context;
    float other[2 * BLOCK];
    for (size_t start = 0; start < n; start += BLOCK) {
        size_t size = n - start < BLOCK ? n - start : BLOCK;
        float *here = score + 2 * start;
        d->a.evaluate(d->a.context, x + 2 * start, sigma, size, here);
        d->b.evaluate(d->b.context, x + 2 * start, sigma, size, other);
        for (size_t i = 0; i < 2 * size; i++)
            here[i] -= other[i];
    }
}

FieldSource field_difference(FieldDifference *d)
{
    return (FieldSource){.evaluate = evaluate_difference, .context = d};
}
