#include "core/likelihood.h"

#include <math.h>
#include <string.h>

static double log_normal(const Mixture *moments, double sigma, const float y[2])
{
    double variance = sigma * sigma;
    double xx = moments->cov[0] + variance, xy = moments->cov[1], yy = moments->cov[2] + variance;
    double dx = (double)y[0] - moments->mean[0], dy = (double)y[1] - moments->mean[1];
    double determinant = xx * yy - xy * xy;
    double square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant;
    return -0.5 * (square + log(determinant)) - log(2 * M_PI);
}

static uint64_t chunk_likelihood(const Likelihood *l, const float *x, size_t n, double *log_density)
{
    const Rk45 solver = {
        .field = l->field, .from = l->from, .to = l->to, .tolerance = l->tolerance, .scratch = l->scratch};
    float y[2 * LIKELIHOOD_CHUNK];
    memcpy(y, x, 2 * n * sizeof *y);
    uint64_t evaluations = rk45_solve(&solver, n, y, log_density);
    for (size_t i = 0; i < n; i++)
        log_density[i] += log_normal(l->moments, l->to, y + 2 * i);
    return evaluations;
}

uint64_t likelihood(const Likelihood *l, const float *x, size_t n, double *log_density)
{
    uint64_t evaluations = 0;
    for (size_t at = 0; at < n; at += LIKELIHOOD_CHUNK) {
        size_t size = n - at < LIKELIHOOD_CHUNK ? n - at : LIKELIHOOD_CHUNK;
        evaluations += chunk_likelihood(l, x + 2 * at, size, log_density + at);
    }
    return evaluations;
}
