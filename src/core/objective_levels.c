#include "core/objective_levels.h"

#include "core/vector.h"

#include <math.h>

static const double LEVEL_MEAN = -1.9, LEVEL_STD = 1.3; /* of ln sigma, frame units (speed.md) */

static double unit_output(double sigma)
{
    return 1.0 + 1.0 / (sigma * sigma);
}

static double unit_noise(double sigma)
{
    return 1.0 / (sigma * sigma);
}

/* Song et al. (2021) bound the likelihood by 1/2 the integral of g^2 |score - exact|^2 dt, which is that of
 * sigma |S - S*|^2 dsigma on every schedule: with ln sigma uniform no more than sigma^2 weighting. At the VP schedule's
 * uniform times, as they train, it is beta / (1 - e^-B) on the noise; divided here by its mean over the trained range,
 * so that the loss has the size of sigma^2 weighting's. */
static double likelihood(double sigma)
{
    const Schedule *vp = schedule_info(SCHEDULE_VP);
    double range = vp->time(NET_SIGMA_MAX) - vp->time(NET_SIGMA_MIN);
    double mean = 2.0 * log(NET_SIGMA_MAX / NET_SIGMA_MIN) / range;
    double rate = pow(vp->diffusion(vp->time(sigma)), 2.0) * (1.0 + 1.0 / (sigma * sigma));
    return unit_noise(sigma) * rate / mean;
}

/* u - u* = -(1 + 1/sigma)(D - wanted): y = x / (1 - t) with sigma = t / (1 - t). */
static double velocity(double sigma)
{
    return pow(1.0 + 1.0 / sigma, 2.0);
}

typedef struct WeightingRow {
    ChoiceInfo info;
    Levels levels;
} WeightingRow;

static const WeightingRow weightings[WEIGHTING_COUNT] = {
    [WEIGHTING_EDM] = {{"edm", "EDM",
                        "levels around a fifth of the data's spread, where there is most to learn; errors "
                        "of unit size at each (Karras et al. 2022)"},
                       {.lambda = unit_output, .normal = true}},
    [WEIGHTING_SIGMA2] = {{"sigma2", "sigma\u00b2",
                           "every decade of noise alike, and errors measured against the noise added: Song and Ermon's "
                           "(2019)"},
                          {.lambda = unit_noise, .clock = SCHEDULE_VE}},
    [WEIGHTING_LIKELIHOOD] = {{"likelihood", "likelihood",
                               "what bounds the likelihood of the data: the same aim as sigma\u00b2, but at a "
                               "schedule's even times, so that rare small levels count most and learning is noisy "
                               "(Song et al. 2021)"},
                              {.lambda = likelihood, .clock = SCHEDULE_VP}},
    [WEIGHTING_SIMPLE] = {{"simple", "simple",
                           "errors of the noise added, at even times of the VP schedule: large "
                           "noise counts most (Ho et al. 2020)"},
                          {.lambda = unit_noise, .clock = SCHEDULE_VP}},
};

const ChoiceInfo *weighting_info(size_t which)
{
    return which < WEIGHTING_COUNT ? &weightings[which].info : NULL;
}

/* sigma^2 weighting for what needs no targets too, but at EDM's levels: after 1,600 steps on spirals the drawn error is
 * 0.25 (sliced) and 0.21 (implicit) against 0.32 and 0.24 with every decade alike. */
static const Levels own_levels[OBJECTIVE_COUNT] = {
    [OBJECTIVE_SLICED] = {.lambda = unit_noise, .normal = true},
    [OBJECTIVE_IMPLICIT] = {.lambda = unit_noise, .normal = true},
    [OBJECTIVE_FLOW] = {.lambda = velocity, .clock = SCHEDULE_FLOW},
};

const Levels *levels_of(Objective objective, Weighting weighting)
{
    return own_levels[objective].lambda ? &own_levels[objective] : &weightings[weighting].levels;
}

CORE_CLONES
static void draw_normal(uint64_t seed, uint64_t step, size_t n, float *sigma)
{
    float mean = (float)LEVEL_MEAN, std = (float)LEVEL_STD, low = (float)log(NET_SIGMA_MIN),
          high = (float)log(NET_SIGMA_MAX);
    rng_normals((Rng){seed, STREAM_LEVEL}, step, 0, (n + 1) / 2, sigma);
    for (size_t i = 0; i < n; i++) {
        float level = mean + std * sigma[i];
        level = level < low ? low : level;
        level = level > high ? high : level;
        sigma[i] = vector_exp(level);
    }
}

static void draw_even(const Schedule *clock, uint64_t seed, uint64_t step, size_t n, float *sigma)
{
    double first = clock->time(NET_SIGMA_MIN), last = clock->time(NET_SIGMA_MAX);
    rng_uniforms((Rng){seed, STREAM_LEVEL}, step, 0, (n + 3) / 4, sigma);
    for (size_t i = 0; i < n; i++)
        sigma[i] = (float)clock->sigma(first + (last - first) * (double)sigma[i]);
}

void levels_draw(const Levels *levels, uint64_t seed, uint64_t step, size_t n, float *sigma)
{
    if (levels->normal)
        draw_normal(seed, step, n, sigma);
    else
        draw_even(schedule_info(levels->clock), seed, step, n, sigma);
}
