#include "core/optim.h"

#include "core/vector.h"

#include <math.h>

static const double RATE_STEPS = 1000.0; /* after which the endless rate begins to fall */
static const double HALF_LIFE = 300.0;   /* steps, of the running average */
static const float EPSILON = 1e-8f;
/* Horizons of the moments, steps: of a task that has just changed, and of one that stays. */
static const double MEAN_CHANGED = 2.5, MEAN_SETTLED = 10.0, SQUARE_CHANGED = 10.0, SQUARE_SETTLED = 100.0;

double optim_rate(double peak, double clock, uint64_t budget)
{
    double warm = peak * fmin(1.0, (clock + 1.0) / OPTIM_WARM);
    if (budget == 0)
        return warm / sqrt(1.0 + clock / RATE_STEPS);
    double done = fmin(clock / (double)budget, 1.0);
    return warm * 0.5 * (1.0 + cos(M_PI * done));
}

double optim_decay(double clock)
{
    return fmin((1.0 + clock) / (10.0 + clock), exp2(-1.0 / HALF_LIFE));
}

static float beta_between(double changed, double settled, double share)
{
    return (float)(1.0 - 1.0 / (changed + share * (settled - changed)));
}

OptimMemory optim_memory(double clock)
{
    double share = fmin(clock / OPTIM_SETTLED, 1.0);
    return (OptimMemory){beta_between(MEAN_CHANGED, MEAN_SETTLED, share),
                         beta_between(SQUARE_CHANGED, SQUARE_SETTLED, share)};
}

CORE_CLONES
void optim_step(const OptimBlock *block, OptimStep step)
{
    float *restrict parameter = block->parameter, *restrict average = block->average;
    float *restrict mean = block->mean, *restrict square = block->square;
    const float *restrict gradient = block->gradient;
    float beta_mean = step.memory.mean, beta_square = step.memory.square;
    float rate = (float)(step.rate / (1.0 - pow((double)beta_mean, (double)step.moments)));
    float correction = (float)(1.0 / sqrt(1.0 - pow((double)beta_square, (double)step.moments)));
    float blend = (float)(1.0 - step.decay);
    for (size_t i = 0; i < block->count; i++) {
        float g = gradient[i];
        mean[i] += (1.0f - beta_mean) * (g - mean[i]);
        square[i] += (1.0f - beta_square) * (g * g - square[i]);
        parameter[i] -= rate * mean[i] / (__builtin_sqrtf(square[i]) * correction + EPSILON);
        average[i] += blend * (parameter[i] - average[i]);
    }
}

CORE_CLONES
bool optim_finite(const float *x, size_t n)
{
    uint32_t bad = 0;
    for (size_t i = 0; i < n; i++)
        bad |= (vector_bits(x[i]) & 0x7f800000u) == 0x7f800000u;
    return bad == 0;
}
