/* dynamics_metropolis.c - walkers whose moves are refused as often as it takes to keep the density exact.
 *
 * What is kept is e^potential with the potential as the field computes it: an error of log p, the tree's or rounding's
 * (6e-8 of |log p|, more than a nat only at thousands of sigma from the data), is an error of the density there and
 * does not add up. The scores only propose. Moves to where the log density is not finite are refused.
 */
#include "core/dynamics_steps.h"

#include <math.h>
#include <string.h>

static void find_density(const FieldSource *field, const DynamicsStep *s, const float *x, float *score,
                         float *log_density)
{
    field->potential(field->context, x, (float)s->to, s->n, score, log_density);
    if (s->tally)
        s->tally->evaluations += s->n;
}

static double dot(const float *a, const float *b)
{
    return (double)a[0] * (double)b[0] + (double)a[1] * (double)b[1];
}

/* Takes particle i to y with probability min(1, e^gain); not if gain is no number. uniform [n][4], in [0, 1). */
static void judge(const DynamicsStep *s, size_t i, const float *y, double gain, const float *uniform)
{
    if (!((double)uniform[4 * i] < exp(gain)))
        return;
    memcpy(s->x + 2 * i, y, 2 * sizeof *y);
    if (s->tally)
        s->tally->accepted++;
}

static void begin_judging(const DynamicsStep *s, float *uniform)
{
    rng_uniforms(s->rng, s->step, s->first, s->n, uniform);
    if (s->tally)
        s->tally->proposed += s->n;
}

/* log p(y) - log p(x): below every number where y has no density. */
static double density_gain(float x, float y)
{
    return isfinite(y) ? (double)y - (double)x : -HUGE_VAL;
}

/* ln q(x|y) - ln q(y|x) for q(b|a) = N(b; a + h S(a), 2h I), multiplied out, so that nothing is divided by h. */
static double proposal_gain(double h, const float *x, const float *score_x, const float *y, const float *score_y)
{
    const double step[2] = {(double)y[0] - (double)x[0], (double)y[1] - (double)x[1]};
    double work = 0;
    for (int i = 0; i < 2; i++)
        work += step[i] * ((double)score_x[i] + (double)score_y[i]) / 2;
    return h / 4 * (dot(score_x, score_x) - dot(score_y, score_y)) - work;
}

static void mala_chunk(const FieldSource *field, const DynamicsStep *s)
{
    double h = dynamics_walking_step(s);
    size_t n = s->n;
    float *score_x = s->scratch, *y = score_x + 2 * n, *score_y = y + 2 * n, *uniform = score_y + 2 * n;
    float *density_x = uniform + 4 * n, *density_y = density_x + n;
    float drift = (float)h, noise = (float)sqrt(2 * h);
    find_density(field, s, s->x, score_x, density_x);
    dynamics_normals(s, 0, y);
    for (size_t i = 0; i < 2 * n; i++)
        y[i] = s->x[i] + drift * score_x[i] + noise * y[i];
    find_density(field, s, y, score_y, density_y);
    begin_judging(s, uniform);
    for (size_t i = 0; i < n; i++) {
        double gain = proposal_gain(h, s->x + 2 * i, score_x + 2 * i, y + 2 * i, score_y + 2 * i);
        judge(s, i, y + 2 * i, gain + density_gain(density_x[i], density_y[i]), uniform);
    }
}

/* S3. */
void mala_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_chunks(field, s, mala_chunk);
}

/* x += a y for n points. */
static void advance(float *x, double a, const float *y, size_t n)
{
    for (size_t i = 0; i < 2 * n; i++)
        x[i] += (float)a * y[i];
}

/* `leaps` leapfrog steps of places q and momenta p, both [n][2]. score is that at q, before and after; log_density is
 * that of the end. */
static void leapfrog(const FieldSource *field, const DynamicsStep *s, size_t leaps, float *q, float *p, float *score,
                     float *log_density)
{
    double time_step = sqrt(2 * dynamics_walking_step(s));
    advance(p, time_step / 2, score, s->n);
    for (size_t i = 1; i < leaps; i++) {
        advance(q, time_step, p, s->n);
        dynamics_score(field, s, q, s->to, score);
        advance(p, time_step, score, s->n);
    }
    advance(q, time_step, p, s->n);
    find_density(field, s, q, score, log_density);
    advance(p, time_step / 2, score, s->n);
}

static void hmc_chunk(const FieldSource *field, const DynamicsStep *s)
{
    size_t n = s->n, leaps = s->options.leaps ? s->options.leaps : 1;
    float *q = s->scratch, *p = q + 2 * n, *score = p + 2 * n, *thrown = score + 2 * n, *uniform = thrown + 2 * n;
    float *density_x = uniform + 4 * n, *density_q = density_x + n;
    memcpy(q, s->x, 2 * n * sizeof *q);
    dynamics_normals(s, 0, thrown);
    memcpy(p, thrown, 2 * n * sizeof *p);
    find_density(field, s, q, score, density_x);
    leapfrog(field, s, leaps, q, p, score, density_q);
    begin_judging(s, uniform);
    for (size_t i = 0; i < n; i++) {
        double kinetic = (dot(p + 2 * i, p + 2 * i) - dot(thrown + 2 * i, thrown + 2 * i)) / 2;
        judge(s, i, q + 2 * i, density_gain(density_x[i], density_q[i]) - kinetic, uniform);
    }
}

/* S13, with momenta of unit mass, drawn anew for every throw. At the step limit leapfrog is still stable: time steps of
 * sqrt(2h) < 2 sigma. */
void hmc_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_chunks(field, s, hmc_chunk);
}
