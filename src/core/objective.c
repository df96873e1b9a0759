#include "core/objective.h"

#include "core/objective_score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct ObjectiveRow {
    ChoiceInfo info;
    size_t tangents;
} ObjectiveRow;

static const ObjectiveRow objectives[OBJECTIVE_COUNT] = {
    [OBJECTIVE_DENOISING] =
        {{"denoising", "denoising",
          "noisy points should go back to where they came from (Vincent 2011); weighting and target "
          "source are yours to choose"},
         0},
    [OBJECTIVE_SLICED] = {{"sliced", "sliced",
                           "no targets: the score's size and its slope along one random direction a point (Song et al. "
                           "2019); weighting and target source don't count"},
                          1},
    [OBJECTIVE_IMPLICIT] =
        {{"implicit", "implicit",
          "no targets: the score's size and its exact divergence (Hyv\u00e4rinen 2005); weighting and "
          "target source don't count"},
         NET_TANGENTS},
    [OBJECTIVE_FLOW] = {{"flow", "flow matching",
                         "the velocity along straight lines from data to noise, at even times (Lipman et al. 2023); "
                         "the target source counts, the weighting doesn't"},
                        0},
};

const ChoiceInfo *objective_info(size_t which)
{
    return which < OBJECTIVE_COUNT ? &objectives[which].info : NULL;
}

size_t objective_tangents(Objective objective)
{
    return objectives[objective].tangents;
}

bool objective_asks_for_targets(Objective objective)
{
    return objectives[objective].tangents == 0;
}

/* A set of another target, and whatever was drawn from it. */
static void follow_target(const Target *target, Batch *b)
{
    const TrainerOptions *o = &b->options;
    if (b->drawn_from == target)
        return;
    bool everything = objective_asks_for_targets(o->objective) && target_source_info(o->source)->everything;
    if (b->set.count > 0 && !training_set_draw(&b->set, target, o->seed, everything)) {
        fprintf(stderr, "scorefield: out of memory for a training set of %zu points\n", b->set.count);
        abort();
    }
    b->drawn_from = target;
    b->drawn_for = UINT64_MAX;
}

static void draw_clean(const Target *target, uint64_t step, Batch *b)
{
    Rng rng = {b->options.seed, STREAM_DATA};
    if (b->set.count > 0) {
        training_set_pick(&b->set, rng, step, b->n, b->clean);
        return;
    }
    mixture_sample(&target->mixture, rng, step, 0, b->n, b->clean);
    net_frame(&target->frame, b->clean, b->n, b->clean);
}

/* What F should be, and what its error counts: lambda |D - wanted|^2 = lambda out^2 |F - F*|^2. */
static void ask_for_answers(Batch *b)
{
    const Levels *levels = levels_of(b->options.objective, b->options.weighting);
    Prediction prediction = b->options.shape.prediction;
    double idle = 0.0;
    for (size_t i = 0; i < b->n; i++) {
        double sigma = (double)b->sigma[i], out = precond_of(prediction, sigma, 1.0).out;
        b->weight[i] = (float)(levels->lambda(sigma) * out * out);
        for (size_t k = 2 * i; k < 2 * i + 2; k++) {
            b->answer[k] = precond_answer(prediction, b->wanted[k], b->noisy[k], b->sigma[i]);
            idle += (double)b->weight[i] * (double)b->answer[k] * (double)b->answer[k];
        }
    }
    b->idle = idle / (double)b->n;
}

void objective_ask(const Target *target, uint64_t step, Batch *b)
{
    const TrainerOptions *o = &b->options;
    if (objective_asks_for_targets(o->objective)) {
        target_source_info(o->source)->fill(target, step, b);
        ask_for_answers(b);
        return;
    }
    if (o->objective == OBJECTIVE_SLICED)
        score_draw_slices(step, b);
    b->idle = score_idle(b);
}

void objective_draw(const Target *target, uint64_t step, Batch *b)
{
    const TrainerOptions *o = &b->options;
    follow_target(target, b);
    draw_clean(target, step, b);
    levels_draw(levels_of(o->objective, o->weighting), o->seed, step, b->n, b->sigma);
    rng_normals((Rng){o->seed, STREAM_NOISE}, step, 0, b->n, b->noisy);
    for (size_t i = 0; i < 2 * b->n; i++)
        b->noisy[i] = b->clean[i] + b->sigma[i / 2] * b->noisy[i];
    objective_ask(target, step, b);
}

static double answer_loss(const Batch *b, size_t first, size_t n, const float *f, float *df)
{
    float scale = 2.0f / (float)b->n;
    const float *weight = b->weight + first, *answer = b->answer + 2 * first;
    double sum = 0.0;
    for (size_t i = 0; i < 2 * n; i++) {
        float error = f[i] - answer[i];
        df[i] = weight[i / 2] * scale * error;
        sum += (double)weight[i / 2] * ((double)error * (double)error);
    }
    return sum / (double)b->n;
}

double objective_loss(const Batch *b, size_t first, size_t n, const float *f, float *df)
{
    size_t tangents = objective_tangents(b->options.objective);
    return tangents == 0 ? answer_loss(b, first, n, f, df) : score_loss(b, tangents, first, n, f, df);
}

/* Points at .. at + n - 1 through the network and back: their share of the loss. */
static double tile(const Batch *b, const Net *net, NetWorkspace *w, size_t at, size_t n, float *gradient)
{
    float f[NET_TILE][2], df[NET_TILE][2];
    net_forward(net, w, b->noisy + 2 * at, b->sigma + at, n, f[0]);
    double loss = objective_loss(b, at, n, f[0], df[0]);
    net_backward(net, w, df[0], n, gradient);
    return loss;
}

static double tangent_tile(const Batch *b, const Net *net, NetWorkspace *w, size_t at, size_t n, float *gradient)
{
    float f[(1 + NET_TANGENTS) * NET_TILE][2], df[(1 + NET_TANGENTS) * NET_TILE][2];
    NetPoints points = {.y = b->noisy + 2 * at,
                        .sigma = b->sigma + at,
                        .direction = {b->direction[0] + 2 * at, b->direction[1] + 2 * at},
                        .n = n,
                        .tangents = objective_tangents(b->options.objective)};
    net_forward_tangent(net, w, &points, f[0]);
    double loss = objective_loss(b, at, n, f[0], df[0]);
    net_backward_tangent(net, w, &points, df[0], gradient);
    return loss;
}

double objective_gradient(const Batch *b, const Net *net, NetWorkspace *w, float *gradient)
{
    bool tangents = objective_tangents(b->options.objective) > 0;
    double loss = 0.0;
    for (size_t at = 0; at < b->n; at += NET_TILE) {
        size_t n = b->n - at < NET_TILE ? b->n - at : NET_TILE;
        loss += tangents ? tangent_tile(b, net, w, at, n, gradient) : tile(b, net, w, at, n, gradient);
    }
    return loss;
}

static double answer_floor(const Target *target, Batch *b)
{
    const Levels *levels = levels_of(b->options.objective, b->options.weighting);
    exact_denoiser(target, b, b->exact);
    double sum = 0.0;
    for (size_t i = 0; i < 2 * b->n; i++) {
        double error = (double)(b->exact[i] - b->wanted[i]);
        sum += error * error * levels->lambda((double)b->sigma[i / 2]);
    }
    return sum / (double)b->n;
}

double objective_floor(const Target *target, Batch *b)
{
    size_t tangents = objective_tangents(b->options.objective);
    return tangents == 0 ? answer_floor(target, b) : score_floor(target, b, tangents);
}
