#include "core/metrics.h"

#include "core/schedule.h"

#include <math.h>

/* Steps of the report stream. Every level sees the same points and the same noise, so that a curve along sigma is
 * smooth. */
enum { REPORT_POINTS, REPORT_NOISE };

static void draw_smoothed(const Mixture *m, double sigma, uint64_t seed, size_t n, float *x, float *noise)
{
    Rng rng = {seed, STREAM_REPORT};
    mixture_sample(m, rng, REPORT_POINTS, 0, n, x);
    rng_normals(rng, REPORT_NOISE, 0, n, noise);
    for (size_t i = 0; i < 2 * n; i++)
        x[i] += (float)sigma * noise[i];
}

double metrics_score_error(const FieldSource *field, const Mixture *m, double sigma, uint64_t seed, size_t n,
                           float *scratch)
{
    float *x = scratch, *score = scratch + 2 * n, *exact = scratch + 4 * n;
    double difference = 0.0, size = 0.0;
    draw_smoothed(m, sigma, seed, n, x, score);
    field->evaluate(field->context, x, (float)sigma, n, score);
    mixture_evaluate(m, (float)sigma, x, n, (MixtureOutput){.score = exact});
    for (size_t i = 0; i < 2 * n; i++) {
        double truth = (double)exact[i], d = (double)score[i] - truth;
        difference += d * d;
        size += truth * truth;
    }
    return sqrt(difference / size);
}

void metrics_overall_levels(const Frame *frame, double *level)
{
    ladder_geometric(0.02 * frame->std, 2.0 * frame->std, METRICS_OVERALL_LEVELS, level);
}

void metrics_score_errors(const FieldSource *field, const Target *target, uint64_t seed, float *scratch,
                          ScoreErrors *out)
{
    const Mixture *m = &target->mixture;
    double level[METRICS_OVERALL_LEVELS], sum = 0.0;
    ladder_geometric(target->sigma_min, target->sigma_max, METRICS_LEVELS, out->sigma);
    for (size_t i = 0; i < METRICS_LEVELS; i++)
        out->error[i] = metrics_score_error(field, m, out->sigma[i], seed, METRICS_POINTS, scratch);
    metrics_overall_levels(&target->frame, level);
    for (size_t i = 0; i < METRICS_OVERALL_LEVELS; i++) {
        double error = metrics_score_error(field, m, level[i], seed, METRICS_POINTS, scratch);
        sum += error * error;
    }
    out->overall = sqrt(sum / METRICS_OVERALL_LEVELS);
}
