#include "core/precond.h"

#include <math.h>

static Precond edm(double sigma, double std)
{
    double variance = sigma * sigma + std * std, root = sqrt(variance);
    return (Precond){.skip = std * std / variance,
                     .out = sigma * std / root,
                     .place = -1.0 / variance,
                     .output = std / (sigma * root)};
}

static float edm_answer(float d, float y, float sigma)
{
    float variance = sigma * sigma + 1.0f;
    return ((d - y) / sigma + sigma * y / variance) * __builtin_sqrtf(variance);
}

static Precond epsilon(double sigma, double std)
{
    (void)std;
    return (Precond){.skip = 1.0, .out = -sigma, .place = 0.0, .output = -1.0 / sigma};
}

static float epsilon_answer(float d, float y, float sigma)
{
    return (y - d) / sigma;
}

static Precond x0(double sigma, double std)
{
    (void)std;
    double inverse = 1.0 / (sigma * sigma);
    return (Precond){.skip = 0.0, .out = 1.0, .place = -inverse, .output = inverse};
}

static float x0_answer(float d, float y, float sigma)
{
    (void)y, (void)sigma;
    return d;
}

static Precond velocity(double sigma, double std)
{
    Precond c = edm(sigma, std);
    c.out = -c.out;
    c.output = -c.output;
    return c;
}

static float velocity_answer(float d, float y, float sigma)
{
    return -edm_answer(d, y, sigma);
}

static Precond score(double sigma, double std)
{
    (void)std;
    return (Precond){.skip = 1.0, .out = sigma * sigma, .place = 0.0, .output = 1.0};
}

static float score_answer(float d, float y, float sigma)
{
    return (d - y) / (sigma * sigma);
}

typedef struct PredictionRow {
    ChoiceInfo info;
    Precond (*precond)(double sigma, double std); /* skip, out, place and output */
    float (*answer)(float d, float y, float sigma);
} PredictionRow;

static const PredictionRow predictions[PREDICTION_COUNT] = {
    [PREDICTION_EDM] = {{"edm", "EDM",
                         "the network adds what is missing to a share of the noisy point: an answer of the same size "
                         "at every noise level (Karras et al. 2022)"},
                        edm,
                        edm_answer},
    [PREDICTION_EPSILON] = {{"epsilon", "noise",
                             "the network says which noise was added; where there is much, small errors of its answer "
                             "are large ones of the denoised point (Ho et al. 2020)"},
                            epsilon,
                            epsilon_answer},
    [PREDICTION_X0] = {{"x0", "data",
                        "the network says where the noisy point came from; where there is little noise, small errors "
                        "of its answer are large ones of the score"},
                       x0,
                       x0_answer},
    [PREDICTION_V] = {{"v", "velocity",
                       "the network says noise less data, each by its share: with data of unit spread, EDM's answer "
                       "with the other sign (Salimans and Ho 2022)"},
                      velocity,
                      velocity_answer},
    [PREDICTION_SCORE] = {{"score", "score",
                           "the network says the score itself, which grows like 1 / noise level: the hardest to answer "
                           "(Song and Ermon 2019)"},
                          score,
                          score_answer},
};

const ChoiceInfo *prediction_info(size_t which)
{
    return which < PREDICTION_COUNT ? &predictions[which].info : NULL;
}

Precond precond_of(Prediction p, double sigma, double data_std)
{
    Precond c = predictions[p].precond(sigma, data_std);
    c.in = 1.0 / sqrt(sigma * sigma + data_std * data_std);
    c.noise = log(sigma) / 4.0;
    return c;
}

float precond_answer(Prediction p, float d, float y, float sigma)
{
    return predictions[p].answer(d, y, sigma);
}
