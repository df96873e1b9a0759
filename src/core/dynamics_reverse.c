/* dynamics_reverse.c - samplers that run a diffusion backwards with noise.
 *
 * Places are y in data units throughout. A schedule's own place is x = s (y - mean) / std at its level sigma / std, and
 * its score S std / s; so its equations are taken one step in their own coordinates and time, and written here as what
 * they do to y.
 */
#include "core/dynamics_steps.h"

#include <float.h>
#include <math.h>

/* high^2 - low^2: 0 at equal levels, which a contracted high * high - low * low is not. */
static double variance_between(double high, double low)
{
    return (high - low) * (high + low);
}

/* The family of equations with the same marginals, by the share k of noise. In continuous time, downwards,
 *     dx = -(1 + k^2) s S ds + k sqrt(2 s) dw,    upwards  dx = -(1 - k^2) s S ds + k sqrt(2 s) dw.
 * The finite step blends two published ones so that each is met exactly: the probability-flow ODE by Euler in sigma
 * (S7, DDIM) at k = 0; at k = 1 reverse diffusion (S5) downwards and the forward kernel upwards. */
void sde_step(const FieldSource *field, const DynamicsStep *s)
{
    double k = s->options.noise, fall = variance_between(s->from, s->to);
    double drift = (1 - k * k) * s->from * (s->from - s->to) + k * k * fmax(fall, 0);
    dynamics_move(field, s, s->from, drift, k * sqrt(fabs(fall)));
}

/* The forward kernel where a step does not go down; false where it does. */
static bool rise(const FieldSource *field, const DynamicsStep *s)
{
    if (s->from > s->to)
        return false;
    dynamics_move(field, s, s->from, 0, sqrt(variance_between(s->to, s->from)));
    return true;
}

static double time_of(const DynamicsStep *s, double level)
{
    return s->options.schedule->time(level / s->frame.std);
}

/* s / s': how much the data had shrunk in the forward step. */
static double shrinkage(const DynamicsStep *s)
{
    const Schedule *schedule = s->options.schedule;
    return schedule->scale(time_of(s, s->from)) / schedule->scale(time_of(s, s->to));
}

/* x' = stretch x + g^2 score + g z in the schedule's coordinates, where variance is g^2 in those of y. The score is
 * that at the old place, so the stretch about the mean comes last and what was added is given less of it. */
static void undo(const FieldSource *field, const DynamicsStep *s, double stretch, double variance)
{
    double pull = stretch * shrinkage(s);
    dynamics_move(field, s, s->from, variance / stretch, sqrt(variance) / stretch);
    for (size_t i = 0; i < 2 * s->n; i++)
        s->x[i] = (float)(pull * (double)s->x[i] + (1 - pull) * s->frame.mean[i % 2]);
}

/* S8: x' = x - (f - g^2 score) dt + g sqrt(dt) z with the schedule's f and g at `from`. Long steps overshoot, as
 * published: between VE's levels more than a factor of e apart, particles end further out than they were. */
void euler_maruyama_step(const FieldSource *field, const DynamicsStep *s)
{
    if (rise(field, s))
        return;
    const Schedule *schedule = s->options.schedule;
    double t = time_of(s, s->from), dt = t - time_of(s, s->to);
    double g = schedule->diffusion(t) / schedule->scale(t) * s->frame.std;
    undo(field, s, 1 - schedule->drift(t) * dt, g * g * dt);
}

/* Song et al.'s: a forward step x_i = x_{i-1} + f + g z is undone by x - f + g^2 score + g z. Where a chain is
 * published f is (s/s' - 1) x and g^2 what the forward kernel adds: S5 where s = 1, and (2 - sqrt(1 - beta)) x + beta
 * score + sqrt(beta) z where the variance is preserved. */
void reverse_diffusion_step(const FieldSource *field, const DynamicsStep *s)
{
    if (!s->options.schedule->kernel)
        euler_maruyama_step(field, s);
    else if (!rise(field, s))
        undo(field, s, 2 - shrinkage(s), variance_between(s->from, s->to));
}

/* Mean length of vectors v [n][2]. */
static double mean_norm(const float *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += sqrt((double)v[2 * i] * (double)v[2 * i] + (double)v[2 * i + 1] * (double)v[2 * i + 1]);
    return sum / (double)n;
}

enum { FEW = 32 }; /* particles whose mean |z| says less than its expectation, sqrt(pi / 2) in the plane */

/* (r |z| / |S|)^2 by the means over a chunk. Never more than the variance of the whole picture, because |S| of a few
 * particles may be as good as 0. */
static double batch_share(const DynamicsStep *s, const float *score, const float *z)
{
    double noise = s->n < FEW ? sqrt(M_PI_2) : mean_norm(z, s->n), signal = fmax(mean_norm(score, s->n), DBL_MIN);
    double share = s->options.snr * noise / signal;
    return fmin(share * share, s->frame.std * s->frame.std + s->to * s->to);
}

/* (r sigma)^2: no particle depends on another. */
static double own_share(const DynamicsStep *s, const float *score, const float *z)
{
    (void)score, (void)z;
    return s->options.snr * s->options.snr * s->to * s->to;
}

/* Langevin steps at `to` of h = 2 a share. Song et al. take a = 1 for VE and 1 - beta for VP, which are both (s/s')^2
 * of the step just taken; and h is as 1/S^2 is, so that coordinates do not matter. */
static void correct(const FieldSource *field, const DynamicsStep *s,
                    double (*share)(const DynamicsStep *s, const float *score, const float *z))
{
    float *score = s->scratch, *z = s->scratch + 2 * s->n;
    double a = pow(shrinkage(s), 2);
    for (size_t k = 0; k < s->options.corrections; k++) {
        dynamics_score(field, s, s->x, s->to, score);
        dynamics_normals(s, 1 + k, z);
        double h = 2 * a * share(s, score, z);
        float drift = (float)h, noise = (float)sqrt(2 * h);
        for (size_t i = 0; i < 2 * s->n; i++)
            s->x[i] += drift * score[i] + noise * z[i];
    }
}

static void correct_batch(const FieldSource *field, const DynamicsStep *s)
{
    correct(field, s, batch_share);
}

static void correct_each(const FieldSource *field, const DynamicsStep *s)
{
    correct(field, s, own_share);
}

/* S9, the predictor first as in the paper; upwards only the forward kernel, which leaves nothing to correct. The noise
 * of the last correction stays: whoever ends a journey takes it away with dynamics_denoise. */
void corrector_step(const FieldSource *field, const DynamicsStep *s)
{
    reverse_diffusion_step(field, s);
    if (s->from > s->to)
        dynamics_chunks(field, s, correct_batch);
}

void corrector_each_step(const FieldSource *field, const DynamicsStep *s)
{
    reverse_diffusion_step(field, s);
    if (s->from > s->to)
        dynamics_chunks(field, s, correct_each);
}

/* Standard deviation of q(y' | y, x0), the noise that an exact step back has when x0 is known. */
static double posterior_std(const DynamicsStep *s)
{
    return s->to * sqrt(variance_between(s->from, s->to)) / s->from;
}

/* S6 with the smaller variance, right for data in one point. */
void ancestral_step(const FieldSource *field, const DynamicsStep *s)
{
    if (!rise(field, s))
        dynamics_move(field, s, s->from, variance_between(s->from, s->to), posterior_std(s));
}

/* S6 with the larger one, beta in DDPM's coordinates, right for normal data of the frame's standard deviation. */
void ancestral_large_step(const FieldSource *field, const DynamicsStep *s)
{
    double fall = variance_between(s->from, s->to), data = s->frame.std * s->frame.std;
    if (!rise(field, s))
        dynamics_move(field, s, s->from, fall, sqrt(fall * (data + s->to * s->to) / (data + s->from * s->from)));
}

/* S7: the flow by Euler to a level below `to`, then noise up to it; at eta = 1 ancestral sampling. Upwards in the same
 * way, at eta = 1 by the forward kernel alone. */
void ddim_step(const FieldSource *field, const DynamicsStep *s)
{
    double kicked = s->from > s->to ? posterior_std(s) : sqrt(variance_between(s->to, s->from));
    double up = fmin(s->options.eta * kicked, s->to);
    double down = sqrt(variance_between(s->to, up));
    dynamics_move(field, s, s->from, s->from * (s->from - down), up);
}

/* S11, with S_min = 0, S_max without bound and S_noise = 1: noise up to a level above `from`, then Heun's step of the
 * flow. Upwards only the flow: the noise is there to mend a way towards the data. */
void churn_step(const FieldSource *field, const DynamicsStep *s)
{
    DynamicsStep flow = *s;
    if (s->from > s->to) {
        double gamma = fmin(s->options.churn / fmax((double)s->options.steps, 1), M_SQRT2 - 1);
        flow.from = (1 + gamma) * s->from;
        dynamics_move(field, s, s->from, 0, sqrt(variance_between(flow.from, s->from)));
    }
    heun_step(field, &flow);
}
