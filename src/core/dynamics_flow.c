/* dynamics_flow.c - samplers along the probability flow, dx/dsigma = -sigma S: no noise on the way. */
#include "core/dynamics_steps.h"
#include "core/rk45.h"

#include <math.h>

static void heun_chunk(const FieldSource *field, const DynamicsStep *s)
{
    float from_slope = (float)((s->from - s->to) * s->from), to_slope = (float)((s->from - s->to) * s->to);
    float *score = s->scratch, *ahead = score + 2 * s->n, *score_ahead = ahead + 2 * s->n;
    dynamics_score(field, s, s->x, s->from, score);
    for (size_t i = 0; i < 2 * s->n; i++)
        ahead[i] = s->x[i] + from_slope * score[i];
    dynamics_score(field, s, ahead, s->to, score_ahead);
    for (size_t i = 0; i < 2 * s->n; i++)
        s->x[i] += 0.5f * (from_slope * score[i] + to_slope * score_ahead[i]);
}

/* S10, Heun: the slope averaged over both ends of the interval. */
void heun_step(const FieldSource *field, const DynamicsStep *s)
{
    if (s->from != s->to)
        dynamics_chunks(field, s, heun_chunk);
}

/* S7 at eta = 0 and S10, Euler: straight along the slope at `from`. */
void euler_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_move(field, s, s->from, s->from * (s->from - s->to), 0);
}

/* Flow matching's x_t = (1 - t) x0 + t n runs along u = E[n - x0 | x_t] = eps - D, and an Euler step there is
 *     x_t' = x_t + (t' - t)(eps - D) = (1 - t') D + t' eps,
 * since x_t = (1 - t) D + t eps. In these coordinates, y = x_t / (1 - t) with sigma = t / (1 - t), that is D + sigma'
 * eps = y + (sigma' - sigma) eps: Euler's step in sigma. What flow matching changes is the levels, not the step between
 * two: they are even in t on its own schedule. */
void flow_step(const FieldSource *field, const DynamicsStep *s)
{
    euler_step(field, s);
}

/* Share of the difference between two denoised points by which the second is carried on, 1/(2r): 0 without a first. */
static double look_ahead(const DynamicsStep *s)
{
    bool goes_on = s->before > 0 && (s->before - s->from) * (s->from - s->to) > 0;
    return goes_on ? 0.5 * log(s->from / s->to) / log(s->before / s->from) : 0;
}

static void dpm2m_chunk(const FieldSource *field, const DynamicsStep *s)
{
    float variance = (float)(s->from * s->from), ahead = (float)look_ahead(s), way = (float)(1 - s->to / s->from);
    float *score = s->scratch;
    dynamics_score(field, s, s->x, s->from, score);
    for (size_t i = 0; i < 2 * s->n; i++) {
        float denoised = s->x[i] + variance * score[i];
        float aim = ahead != 0 ? denoised + ahead * (denoised - s->memory[i]) : denoised;
        s->memory[i] = denoised;
        s->x[i] += way * (aim - s->x[i]);
    }
}

/* S12: in h = ln(from / to) the denoiser's change is what makes the flow bend, and it is taken from the step before.
 * Upwards h < 0 and the same formula holds. */
void dpm2m_step(const FieldSource *field, const DynamicsStep *s)
{
    if (s->from != s->to)
        dynamics_chunks(field, s, dpm2m_chunk);
}

/* Single precision feels a tolerance no smaller. */
static const double LEAST_TOLERANCE = 1e-6;

_Static_assert((int)DYNAMICS_SCRATCH >= (int)RK45_SCRATCH, "the solver's scratch fits a step's");

static void rk45_chunk(const FieldSource *field, const DynamicsStep *s)
{
    const Rk45 solver = {.field = field,
                         .from = s->from,
                         .to = s->to,
                         .tolerance = fmax(s->options.tolerance, LEAST_TOLERANCE),
                         .frame = &s->frame,
                         .scratch = s->scratch};
    uint64_t evaluations = rk45_solve(&solver, s->n, s->x, NULL);
    if (s->tally)
        s->tally->evaluations += evaluations;
}

/* S10, RK45. Between two steps places are floats again, which costs 6e-8 of |x| a step. */
void rk45_step(const FieldSource *field, const DynamicsStep *s)
{
    if (s->from != s->to)
        dynamics_chunks(field, s, rk45_chunk);
}
