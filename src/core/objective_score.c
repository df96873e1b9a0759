#include "core/objective_score.h"

#include <math.h>

void score_draw_slices(uint64_t step, Batch *b)
{
    Rng rng = {b->options.seed, STREAM_SLICE};
    for (size_t i = 0; i < b->n; i++) {
        float u[4];
        rng_uniforms(rng, step, i, 1, u);
        for (size_t k = 0; k < 2; k++)
            b->direction[0][2 * i + k] = u[k] < 0.5f ? -1.0f : 1.0f;
    }
}

/* One point: its score and the sum of v' grad s v, both by F and its derivatives. */
typedef struct Slopes {
    double score[2], along;
} Slopes;

static Slopes slopes_of(const Precond *c, const float y[2], const float f[2])
{
    Slopes s = {.along = 0.0};
    for (size_t k = 0; k < 2; k++)
        s.score[k] = c->place * (double)y[k] + c->output * (double)f[k];
    return s;
}

static double loss_of(double sigma, const Slopes *s)
{
    return sigma * sigma * (0.5 * (s->score[0] * s->score[0] + s->score[1] * s->score[1]) + s->along);
}

double score_loss(const Batch *b, size_t tangents, size_t first, size_t n, const float *f, float *df)
{
    double sum = 0.0, share = 1.0 / (double)b->n;
    for (size_t i = 0; i < n; i++) {
        size_t at = first + i;
        double sigma = (double)b->sigma[at];
        Precond c = precond_of(b->options.shape.prediction, sigma, 1.0);
        Slopes s = slopes_of(&c, b->noisy + 2 * at, f + 2 * i);
        double scale = share * sigma * sigma * c.output;
        for (size_t k = 0; k < 2; k++)
            df[2 * i + k] = (float)(scale * s.score[k]);
        for (size_t t = 0; t < tangents; t++)
            for (size_t k = 0; k < 2; k++) {
                double v = (double)b->direction[t][2 * at + k];
                size_t row = 2 * ((1 + t) * n + i) + k;
                s.along += v * (c.place * v + c.output * (double)f[row]);
                df[row] = (float)(scale * v);
            }
        sum += share * loss_of(sigma, &s);
    }
    return sum;
}

double score_idle(const Batch *b)
{
    const float nothing[2] = {0.0f, 0.0f};
    double sum = 0.0;
    for (size_t i = 0; i < b->n; i++) {
        double sigma = (double)b->sigma[i];
        Precond c = precond_of(b->options.shape.prediction, sigma, 1.0);
        Slopes s = slopes_of(&c, b->noisy + 2 * i, nothing);
        sum += loss_of(sigma, &s);
    }
    return 1.0 + sum / (double)b->n;
}

/* The exact score's slope along v, by central differences of single-precision scores: a step of 0.02 sigma leaves an
 * error of 3e-4 in the mean of sigma^2 v' grad S v and of 3e-3 in one point's, against sizes around 1. */
static const double STEP = 0.02;

static double exact_along(const Mixture *m, double sigma, const double x[2], const float v[2])
{
    float place[2][2], score[2][2];
    double along = 0.0, h = STEP * sigma;
    for (size_t k = 0; k < 2; k++) {
        place[0][k] = (float)(x[k] - h * (double)v[k]);
        place[1][k] = (float)(x[k] + h * (double)v[k]);
    }
    mixture_evaluate(m, (float)sigma, place[0], 2, (MixtureOutput){.score = score[0]});
    for (size_t k = 0; k < 2; k++)
        along += (double)v[k] * ((double)score[1][k] - (double)score[0][k]) / (2.0 * h);
    return along;
}

/* Of the exact score at a noisy point, in data units: sigma^2 takes those out of the loss again. */
static Slopes exact_slopes(const Target *target, const Batch *b, size_t tangents, size_t i, double sigma)
{
    const Frame *frame = &target->frame;
    double x[2];
    float place[2], score[2], divergence;
    for (size_t k = 0; k < 2; k++) {
        x[k] = (double)b->noisy[2 * i + k] * frame->std + frame->mean[k];
        place[k] = (float)x[k];
    }
    mixture_evaluate(&target->mixture, (float)sigma, place, 1,
                     (MixtureOutput){.score = score, .divergence = &divergence});
    bool whole = tangents == NET_TANGENTS;
    return (Slopes){{(double)score[0], (double)score[1]},
                    whole ? (double)divergence : exact_along(&target->mixture, sigma, x, b->direction[0] + 2 * i)};
}

double score_floor(const Target *target, const Batch *b, size_t tangents)
{
    double sum = 0.0;
    for (size_t i = 0; i < b->n; i++) {
        double sigma = (double)b->sigma[i] * target->frame.std;
        Slopes s = exact_slopes(target, b, tangents, i, sigma);
        sum += loss_of(sigma, &s);
    }
    return sum / (double)b->n;
}
