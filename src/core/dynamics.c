#include "core/dynamics.h"

#include "core/component.h"

#include <math.h>

/* -grad S has no eigenvalue above 1/sigma^2 (maths.md section 1), so h < 2 sigma^2 is stable whatever the data. */
static const double STEP_LIMIT = 1.9;

static size_t chunk_size(const DynamicsStep *s, size_t begin)
{
    return s->n - begin < DYNAMICS_CHUNK ? s->n - begin : DYNAMICS_CHUNK;
}

/* x += drift S(x; sigma) + noise z: every sampler but Heun's is this with its own two numbers. */
static void move(const FieldSource *field, const DynamicsStep *s, double sigma, double drift, double noise)
{
    float a = (float)drift, b = (float)noise;
    size_t n;
    for (size_t begin = 0; begin < s->n; begin += n) {
        n = chunk_size(s, begin);
        float *x = s->x + 2 * begin, *score = s->scratch, *kick = s->scratch + 2 * n;
        if (drift != 0) {
            field->evaluate(field->context, x, (float)sigma, n, score);
            for (size_t i = 0; i < 2 * n; i++)
                x[i] += a * score[i];
        }
        if (noise > 0) {
            rng_normals(s->rng, s->step, s->first + begin, n, kick);
            for (size_t i = 0; i < 2 * n; i++)
                x[i] += b * kick[i];
        }
    }
}

static double walking_step(const DynamicsStep *s)
{
    return fmin(s->options.step_size, STEP_LIMIT) * s->to * s->to;
}

/* S1: x += h S. */
static void ascent_step(const FieldSource *field, const DynamicsStep *s)
{
    move(field, s, s->to, walking_step(s), 0);
}

/* S2 and S4: x += h S + sqrt(2h) z. With h in units of sigma^2, one step of the unadjusted algorithm at a level and one
 * of NCSN's on its ladder (h = epsilon sigma_i^2 / 2 sigma_L^2) are the same; a smaller share of noise is a lower
 * temperature. */
static void langevin_step(const FieldSource *field, const DynamicsStep *s)
{
    double h = walking_step(s);
    move(field, s, s->to, h, s->options.noise * sqrt(2 * h));
}

/* The family of equations with the same marginals, by the share k of noise. In continuous time, downwards,
 *     dx = -(1 + k^2) s S ds + k sqrt(2 s) dw,    upwards  dx = -(1 - k^2) s S ds + k sqrt(2 s) dw.
 * The finite step blends two published ones so that each is met exactly: the probability-flow ODE by Euler in sigma
 * (S7, DDIM) at k = 0; at k = 1 reverse diffusion (S5) downwards and the forward kernel upwards. */
static void sde_step(const FieldSource *field, const DynamicsStep *s)
{
    double k = s->options.noise, fall = s->from * s->from - s->to * s->to;
    double drift = (1 - k * k) * s->from * (s->from - s->to) + k * k * fmax(fall, 0);
    move(field, s, s->from, drift, k * sqrt(fabs(fall)));
}

/* S10, Heun: dx/dsigma = -sigma S, the slope averaged over both ends of the interval. */
static void ode_step(const FieldSource *field, const DynamicsStep *s)
{
    float from_slope = (float)((s->from - s->to) * s->from), to_slope = (float)((s->from - s->to) * s->to);
    size_t n;
    if (s->from == s->to)
        return;
    for (size_t begin = 0; begin < s->n; begin += n) {
        n = chunk_size(s, begin);
        float *x = s->x + 2 * begin, *score = s->scratch, *ahead = s->scratch + 2 * n,
              *score_ahead = s->scratch + 4 * n;
        field->evaluate(field->context, x, (float)s->from, n, score);
        for (size_t i = 0; i < 2 * n; i++)
            ahead[i] = x[i] + from_slope * score[i];
        field->evaluate(field->context, ahead, (float)s->to, n, score_ahead);
        for (size_t i = 0; i < 2 * n; i++)
            x[i] += 0.5f * (from_slope * score[i] + to_slope * score_ahead[i]);
    }
}

static const Sampler samplers[SAMPLER_COUNT] = {
    [SAMPLER_ASCENT] = {"ascent", "Ascent", "Climbs to the nearest mode: without noise everything collapses.",
                        .walks = true, .step = ascent_step},
    [SAMPLER_LANGEVIN] = {"langevin", "Langevin", "Climbs and shivers at one noise level.", .walks = true,
                          .step = langevin_step},
    [SAMPLER_ANNEALED] = {"annealed", "Anneal", "Langevin steps on a ladder of falling noise levels.", .descends = true,
                          .walks = true, .step = langevin_step},
    [SAMPLER_SDE] = {"sde", "SDE", "Runs the diffusion backwards in time.", .descends = true, .step = sde_step},
    [SAMPLER_ODE] = {"ode", "ODE", "The smooth flow with the same densities as the SDE: no noise on the way.",
                     .descends = true, .step = ode_step},
};

const Sampler *sampler_info(size_t which)
{
    return &samplers[which];
}

void dynamics_start(const Mixture *m, double sigma, Rng rng, uint64_t step, size_t first, size_t n, float *x)
{
    const double cov[3] = {m->cov[0] + sigma * sigma, m->cov[1], m->cov[2] + sigma * sigma};
    double factor[3];
    component_cholesky(cov, factor);
    rng_normals(rng, step, first, n, x);
    for (size_t i = 0; i < n; i++) {
        double u = (double)x[2 * i], v = (double)x[2 * i + 1];
        x[2 * i] = (float)(m->mean[0] + factor[0] * u);
        x[2 * i + 1] = (float)(m->mean[1] + factor[1] * u + factor[2] * v);
    }
}
