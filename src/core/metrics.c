#include "core/metrics.h"

#include "core/schedule.h"

#include <math.h>

void metrics_draw(const Mixture *m, double sigma, uint64_t seed, uint64_t set, size_t n, float *x, float *noise)
{
    Rng rng = {seed, STREAM_REPORT};
    mixture_sample(m, rng, 2 * set, 0, n, x);
    rng_normals(rng, 2 * set + 1, 0, n, noise);
    for (size_t i = 0; i < 2 * n; i++)
        x[i] += (float)sigma * noise[i];
}

typedef struct ErrorSums {
    double difference, size; /* squares */
    double turn, length;     /* angles and lengths */
} ErrorSums;

static void add_error(const float *score, const float *exact, ErrorSums *sums)
{
    double x = (double)exact[0], y = (double)exact[1], u = (double)score[0], v = (double)score[1];
    double square = x * x + y * y, length = sqrt(square);
    sums->difference += (u - x) * (u - x) + (v - y) * (v - y);
    sums->size += square;
    sums->turn += length * fabs(atan2(x * v - y * u, x * u + y * v));
    sums->length += length;
}

FieldErrors metrics_field_errors(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                                 float *scratch)
{
    float *x = scratch, *score = scratch + 2 * n, *exact = scratch + 4 * n;
    ErrorSums sums = {0};
    metrics_draw(m, sigma, seed, 0, n, x, score);
    field->evaluate(field->context, x, (float)sigma, n, score);
    mixture_evaluate(m, (float)sigma, x, n, (MixtureOutput){.score = exact});
    for (size_t i = 0; i < n; i++)
        add_error(score + 2 * i, exact + 2 * i, &sums);
    return (FieldErrors){.score = sqrt(sums.difference / sums.size),
                         .denoiser = sigma * sigma * sqrt(sums.difference / (double)n),
                         .angle = sums.turn / sums.length};
}

double metrics_score_error(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                           float *scratch)
{
    return metrics_field_errors(field, m, sigma, seed, n, scratch).score;
}

void metrics_levels(const Target *target, double *level)
{
    ladder_geometric(target->sigma_min, target->sigma_max, METRICS_LEVELS, level);
}

void metrics_overall_levels(const Frame *frame, double *level)
{
    ladder_geometric(0.02 * frame->std, 2.0 * frame->std, METRICS_OVERALL_LEVELS, level);
}

double metrics_overall_error(const FieldSource *field, const Target *target, uint64_t seed, float *scratch)
{
    double level[METRICS_OVERALL_LEVELS], sum = 0.0;
    metrics_overall_levels(&target->frame, level);
    for (size_t i = 0; i < METRICS_OVERALL_LEVELS; i++) {
        double error = metrics_score_error(field, &target->mixture, level[i], seed, METRICS_POINTS, scratch);
        sum += error * error;
    }
    return sqrt(sum / METRICS_OVERALL_LEVELS);
}
