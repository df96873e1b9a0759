#include "core/start.h"

#include "core/component.h"

#include <math.h>

/* The noise's pairs of normals, beyond those of any sample. */
static const size_t NOISE_PAIRS = (size_t)1 << 32;

static void draw_normal(const StartDraw *d, const double mean[2], const double cov[3], float *x)
{
    double factor[3];
    component_cholesky(cov, factor);
    rng_normals(d->rng, d->step, d->first, d->n, x);
    for (size_t i = 0; i < d->n; i++) {
        double u = (double)x[2 * i], v = (double)x[2 * i + 1];
        x[2 * i] = (float)(mean[0] + factor[0] * u);
        x[2 * i + 1] = (float)(mean[1] + factor[1] * u + factor[2] * v);
    }
}

static void draw_matched(const StartDraw *d, float *x)
{
    const Mixture *m = d->mixture;
    double variance = d->sigma * d->sigma;
    draw_normal(d, m->mean, (double[]){m->cov[0] + variance, m->cov[1], m->cov[2] + variance}, x);
}

static double reach_of(const StartDraw *d)
{
    return d->reach > 0 ? d->reach : d->sigma;
}

static void draw_prior(const StartDraw *d, float *x)
{
    double variance = reach_of(d) * reach_of(d);
    draw_normal(d, (double[]){0, 0}, (double[]){variance, 0, variance}, x);
}

static void draw_exact(const StartDraw *d, float *x)
{
    enum { BLOCK = 256 };
    float noise[2 * BLOCK], sigma = (float)d->sigma;
    mixture_sample(d->mixture, d->rng, d->step, d->first, d->n, x);
    for (size_t begin = 0; begin < d->n; begin += BLOCK) {
        size_t n = d->n - begin < BLOCK ? d->n - begin : BLOCK;
        rng_normals(d->rng, d->step, NOISE_PAIRS + d->first + begin, n, noise);
        for (size_t i = 0; i < 2 * n; i++)
            x[2 * begin + i] += sigma * noise[i];
    }
}

static void draw_uniform(const StartDraw *d, float *x)
{
    float reach = (float)reach_of(d), four[4];
    for (size_t i = 0; i < d->n; i++) {
        rng_uniforms(d->rng, d->step, d->first + i, 1, four);
        for (size_t k = 0; k < 2; k++)
            x[2 * i + k] = reach * (2 * four[k] - 1);
    }
}

static const StartInfo starts[START_COUNT] = {
    [START_MATCHED] = {"matched", "Matched", "the normal with mean and covariance of the noisy data", draw_matched},
    [START_PRIOR] = {"prior", "Prior", "N(0, \u03c3\u00b2 I) as in the papers, which forgets where the data are",
                     draw_prior},
    [START_EXACT] = {"exact", "Noisy data", "samples of the data with the first level's noise", draw_exact},
    [START_UNIFORM] = {"uniform", "Uniform", "evenly over a square about the origin", draw_uniform},
};

const StartInfo *start_info(size_t which)
{
    return &starts[which];
}
