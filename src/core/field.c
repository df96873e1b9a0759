#include "core/field.h"

enum { BLOCK = 256 }; /* the second field's answers fit on the stack */

static void evaluate_exact(void *context, const float *x, float sigma, size_t n, float *score)
{
    mixture_evaluate(context, sigma, x, n, (MixtureOutput){.score = score});
}

static void diverge_exact(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    mixture_evaluate(context, sigma, x, n, (MixtureOutput){.score = score, .divergence = divergence});
}

static void potential_exact(void *context, const float *x, float sigma, size_t n, float *score, float *log_density)
{
    mixture_evaluate(context, sigma, x, n, (MixtureOutput){.score = score, .log_density = log_density});
}

FieldSource field_exact(const Mixture *m)
{
    return (FieldSource){.evaluate = evaluate_exact,
                         .diverge = diverge_exact,
                         .potential = potential_exact,
                         .context = (void *)(uintptr_t)m};
}

static void subtract(float *a, const float *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        a[i] -= b[i];
}

static void evaluate_difference(void *context, const float *x, float sigma, size_t n, float *score)
{
    const FieldDifference *d = context;
    float other[2 * BLOCK];
    for (size_t start = 0; start < n; start += BLOCK) {
        size_t size = n - start < BLOCK ? n - start : BLOCK;
        d->a.evaluate(d->a.context, x + 2 * start, sigma, size, score + 2 * start);
        d->b.evaluate(d->b.context, x + 2 * start, sigma, size, other);
        subtract(score + 2 * start, other, 2 * size);
    }
}

static void diverge_difference(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    const FieldDifference *d = context;
    float other[2 * BLOCK], other_divergence[BLOCK];
    for (size_t start = 0; start < n; start += BLOCK) {
        size_t size = n - start < BLOCK ? n - start : BLOCK;
        d->a.diverge(d->a.context, x + 2 * start, sigma, size, score + 2 * start, divergence + start);
        d->b.diverge(d->b.context, x + 2 * start, sigma, size, other, other_divergence);
        subtract(score + 2 * start, other, 2 * size);
        subtract(divergence + start, other_divergence, size);
    }
}

FieldSource field_difference(FieldDifference *d)
{
    return (FieldSource){.evaluate = evaluate_difference, .diverge = diverge_difference, .context = d};
}
