#include "scene/probe.h"

#include <math.h>

/* ln of a weight relative to the largest that is none: smaller ones cost time and add nothing. */
static const double NOTHING = -700;

/* Through the mixture's tree, as arrows and particles see it: its time does not depend on the target. */
static void ask_exact(const ProbeAsk *ask, const float *x, Probe *out)
{
    float score[2], denoised[2], log_density;
    mixture_evaluate(ask->mixture, (float)ask->sigma, x, 1,
                     (MixtureOutput){.score = score, .denoiser = denoised, .log_density = &log_density});
    for (int axis = 0; axis < 2; axis++) {
        out->exact[axis] = (double)score[axis];
        out->denoised_exact[axis] = (double)denoised[axis];
    }
    out->log_density = (double)log_density;
}

static void ask_learned(const ProbeAsk *ask, const float *x, Probe *out)
{
    float score[2] = {NAN, NAN};
    if (ask->learned.evaluate)
        ask->learned.evaluate(ask->learned.context, x, (float)ask->sigma, 1, score);
    for (int axis = 0; axis < 2; axis++) {
        out->learned[axis] = (double)score[axis];
        out->denoised_learned[axis] = (double)x[axis] + ask->sigma * ask->sigma * (double)score[axis];
    }
}

/* By atan2, which is accurate at 0 and 180 where an arc cosine is not. */
static double angle_deg(const double a[2], const double b[2])
{
    double cross = a[0] * b[1] - a[1] * b[0], dot = a[0] * b[0] + a[1] * b[1];
    return cross == 0 && dot == 0 ? (double)NAN : fabs(atan2(cross, dot)) * 180 / M_PI;
}

static double relative_error(const double learned[2], const double exact[2])
{
    double size = hypot(exact[0], exact[1]);
    return size > 0 ? hypot(learned[0] - exact[0], learned[1] - exact[1]) / size : (double)NAN;
}

/* |x - a|^2 - |x - b|^2 without their difference, which far from the data would cost most of the digits. */
static double farther_by(const float *a, const float *b, const float *x)
{
    double sum = 0;
    for (int axis = 0; axis < 2; axis++)
        sum += ((double)a[axis] - (double)b[axis]) * ((double)a[axis] + (double)b[axis] - 2 * (double)x[axis]);
    return sum;
}

static const float *nearest(const ProbeAsk *ask, const float *x)
{
    const float *best = ask->data;
    for (size_t i = 1; i < ask->count; i++)
        if (farther_by(ask->data + 2 * i, best, x) < 0)
            best = ask->data + 2 * i;
    return best;
}

/* Into its place among the heaviest; the lightest gives way. */
static void keep_heaviest(Probe *out, const float *point, double weight)
{
    size_t place = out->parents;
    if (place == PROBE_PARENTS && weight <= out->parent[--place].weight)
        return;
    for (; place > 0 && out->parent[place - 1].weight < weight; place--)
        out->parent[place] = out->parent[place - 1];
    out->parent[place] = (ProbeParent){{(double)point[0], (double)point[1]}, weight};
    out->parents += out->parents < PROBE_PARENTS;
}

/* Weights are first relative to the nearest point's, which is the largest: their sum is at least 1. */
static void find_parents(const ProbeAsk *ask, const float *x, Probe *out)
{
    if (ask->count == 0)
        return;
    const float *first = nearest(ask, x);
    double sum = 0, squares = 0, slope = -0.5 / (ask->sigma * ask->sigma);
    for (size_t i = 0; i < ask->count; i++) {
        const float *point = ask->data + 2 * i;
        double exponent = fmin(slope * farther_by(point, first, x), 0);
        if (exponent < NOTHING)
            continue;
        double weight = exp(exponent);
        sum += weight;
        squares += weight * weight;
        keep_heaviest(out, point, weight);
    }
    for (size_t i = 0; i < out->parents; i++) {
        out->parent[i].weight /= sum;
        out->share += out->parent[i].weight;
    }
    out->effective = sum * sum / squares;
}

void probe_at(const ProbeAsk *ask, Probe *out)
{
    *out = (Probe){.at = {ask->at[0], ask->at[1]}, .sigma = ask->sigma};
    float x[2] = {(float)ask->at[0], (float)ask->at[1]};
    ask_exact(ask, x, out);
    ask_learned(ask, x, out);
    out->angle_deg = angle_deg(out->learned, out->exact);
    out->error = relative_error(out->learned, out->exact);
    find_parents(ask, x, out);
}
