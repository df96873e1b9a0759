#include "core/schedule_discrete.h"

#include "core/schedule.h"

#include <math.h>

void betas_linear(double first, double last, size_t n, double *beta)
{
    for (size_t i = 0; i < n; i++)
        beta[i] = first + (double)i / (double)(n - 1) * (last - first);
}

void betas_cosine(size_t n, double *beta)
{
    const Schedule *cosine = schedule_info(SCHEDULE_COSINE);
    for (size_t i = 0; i < n; i++) {
        double kept = cosine->scale((double)(i + 1) / (double)n) / cosine->scale((double)i / (double)n);
        beta[i] = fmin(1 - kept * kept, .999);
    }
}

void betas_diffusion(size_t n, double *beta)
{
    for (size_t i = 0; i < n; i++) {
        double left = (double)n - (double)i * (double)(n - 2) / (double)(n - 1), least = i == 0 ? 1e-6 + 1e-3 : 1e-6;
        beta[i] = least + (1 - least - 1e-5) / left;
    }
}

void betas_signal(const double *beta, size_t n, double *abar)
{
    double product = 1;
    for (size_t i = 0; i < n; i++)
        abar[i] = product *= 1 - beta[i];
}

/* A recursion for sigma^2 itself: 1 / abar - 1 would cancel in the first steps. */
void betas_sigma(const double *beta, size_t n, double *sigma)
{
    double variance = 0;
    for (size_t i = 0; i < n; i++) {
        variance = (variance + beta[i]) / (1 - beta[i]);
        sigma[i] = sqrt(variance);
    }
}

double ncsnv2_first_sigma(const float *x, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            most = fmax(most, hypot((double)x[2 * i] - (double)x[2 * j], (double)x[2 * i + 1] - (double)x[2 * j + 1]));
    return most;
}

static double normal_cdf(double x)
{
    return .5 * erfc(-x / M_SQRT2);
}

double ncsnv2_overlap(double ratio, size_t dimensions)
{
    double away = sqrt(2 * (double)dimensions) * (ratio - 1);
    return normal_cdf(away + 3 * ratio) - normal_cdf(away - 3 * ratio);
}

/* At the solution the upper end is at 6 ratio, where Phi is 1 to nine digits, so the lower end is at 0. */
double ncsnv2_ratio(size_t dimensions)
{
    double shell = sqrt(2 * (double)dimensions);
    return shell > 3 ? shell / (shell - 3) : (double)NAN;
}

double ncsnv2_variance(double step, double ratio, size_t moves)
{
    double settled = 1 / (1 - step / 2), kept = pow(1 - step, 2 * (double)moves);
    return kept * (ratio * ratio - settled) + settled;
}

/* One valley: what was left of the level before falls with the step, what Langevin adds grows. */
double ncsnv2_step(double ratio, size_t moves)
{
    double low = 0, high = 1;
    for (int i = 0; i < 100; i++) {
        double left = low + (high - low) / 3, right = high - (high - low) / 3;
        if (ncsnv2_variance(left, ratio, moves) < ncsnv2_variance(right, ratio, moves))
            high = right;
        else
            low = left;
    }
    return (low + high) / 2;
}
