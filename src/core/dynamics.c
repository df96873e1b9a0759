#include "core/dynamics_steps.h"

#include <math.h>

/* -grad S has no eigenvalue above 1/sigma^2 (maths.md section 1), so h < 2 sigma^2 is stable whatever the data. */
static const double STEP_LIMIT = 1.9;

static const Sampler samplers[SAMPLER_COUNT] = {
    [SAMPLER_ASCENT] = {"ascent", "Gradient ascent", "Climbs to the nearest mode: without noise everything collapses",
                        .walks = true, .uses = USES_STEP_SIZE, .step = ascent_step},
    [SAMPLER_LANGEVIN] = {"langevin", "Langevin", "Climbs and shivers at one noise level (unadjusted Langevin)",
                          .walks = true, .uses = USES_NOISE | USES_STEP_SIZE, .step = langevin_step},
    [SAMPLER_UNDERDAMPED] = {"underdamped", "Underdamped Langevin", "Rolls with a velocity, friction and kicks (BAOAB)",
                             .walks = true, .remembers = true, .uses = USES_STEP_SIZE | USES_FRICTION,
                             .step = underdamped_step},
    [SAMPLER_MALA] = {"mala", "Metropolis Langevin",
                      "Langevin whose steps are refused where they would bend the density (MALA)", .walks = true,
                      .exact = true, .uses = USES_STEP_SIZE, .step = mala_step},
    [SAMPLER_HMC] = {"hmc", "Hamiltonian Monte Carlo",
                     "Throws each particle over the hill and keeps the end with the right chance", .walks = true,
                     .exact = true, .uses = USES_STEP_SIZE | USES_LEAPS, .step = hmc_step},
    [SAMPLER_SVGD] = {"svgd", "Stein variational descent",
                      "Particles climb together and push each other apart, in groups of a thousand", .walks = true,
                      .uses = USES_STEP_SIZE, .step = svgd_step},
    [SAMPLER_ANNEALED] = {"annealed", "Annealed Langevin", "Langevin steps on a ladder of falling noise levels",
                          .descends = true, .walks = true, .uses = USES_NOISE | USES_STEP_SIZE | USES_CORRECTIONS,
                          .step = annealed_step},
    [SAMPLER_SDE] = {"sde", "Reverse SDE", "Runs the diffusion backwards in time, with as much noise as you like",
                     .descends = true, .uses = USES_NOISE, .step = sde_step},
    [SAMPLER_EULER_MARUYAMA] = {"em", "Reverse SDE, Euler\u2013Maruyama",
                                "The schedule's own reverse SDE in plain steps of its time", .descends = true,
                                .step = euler_maruyama_step},
    [SAMPLER_REVERSE_DIFFUSION] =
        {"reverse", "Reverse diffusion",
         "The schedule's reverse SDE in steps that undo the forward ones; under VE and EDM the same as Reverse SDE",
         .descends = true, .step = reverse_diffusion_step},
    [SAMPLER_PC] = {"pc", "Predictor\u2013corrector",
                    "Reverse diffusion, then Langevin steps sized by the signal-to-noise ratio of a batch",
                    .descends = true, .uses = USES_SNR | USES_CORRECTIONS, .step = corrector_step},
    [SAMPLER_PC_EACH] = {"pc-each", "Predictor\u2013corrector, each",
                         "The same with steps of 2 (r \u03c3)\u00b2, so that no particle depends on another",
                         .descends = true, .uses = USES_SNR | USES_CORRECTIONS, .step = corrector_each_step},
    [SAMPLER_ANCESTRAL] = {"ancestral", "Ancestral (DDPM)", "DDPM's sampler with the smaller variance",
                           .descends = true, .step = ancestral_step},
    [SAMPLER_ANCESTRAL_LARGE] = {"ancestral-large", "Ancestral, large variance",
                                 "DDPM's sampler with the larger variance, \u03b2", .descends = true,
                                 .step = ancestral_large_step},
    [SAMPLER_DDIM] = {"ddim", "DDIM", "From the deterministic flow (\u03b7 = 0) to ancestral sampling (\u03b7 = 1)",
                      .descends = true, .uses = USES_ETA, .step = ddim_step},
    [SAMPLER_CHURN] = {"churn", "EDM stochastic", "Heun's flow with a little noise added before every step down",
                       .descends = true, .uses = USES_CHURN, .step = churn_step},
    [SAMPLER_DPM2M] = {"dpm2m", "DPM-Solver++ (2M)", "The flow in second order for one evaluation a step",
                       .descends = true, .remembers = true, .step = dpm2m_step},
    [SAMPLER_EULER] = {"euler", "Flow, Euler", "The probability-flow ODE in straight steps: no noise on the way",
                       .descends = true, .step = euler_step},
    [SAMPLER_ODE] = {"ode", "Flow, Heun", "The smooth flow with the same densities as the SDE: no noise on the way",
                     .descends = true, .step = heun_step},
    [SAMPLER_RK45] = {"rk45", "Flow, Runge\u2013Kutta",
                      "The flow by adaptive steps within each step of the ladder, as many as the tolerance needs",
                      .descends = true, .uses = USES_TOLERANCE, .step = rk45_step},
    [SAMPLER_FLOW] =
        {"flow", "Flow matching",
         "Euler\u2019s step in flow matching\u2019s own time: the same as in \u03c3, so that only its levels differ",
         .descends = true, .step = flow_step},
};

const Sampler *sampler_info(size_t which)
{
    return &samplers[which];
}

double dynamics_walking_step(const DynamicsStep *s)
{
    if (s->options.step_fixed > 0)
        return s->options.step_fixed;
    return fmin(s->options.step_size, STEP_LIMIT) * s->to * s->to;
}

DynamicsStep dynamics_chunk(const DynamicsStep *s, size_t begin)
{
    DynamicsStep chunk = *s;
    chunk.x += 2 * begin;
    chunk.n = s->n - begin < DYNAMICS_CHUNK ? s->n - begin : DYNAMICS_CHUNK;
    chunk.first += begin;
    chunk.memory = s->memory ? s->memory + 2 * begin : NULL;
    return chunk;
}

void dynamics_chunks(const FieldSource *field, const DynamicsStep *s,
                     void (*part)(const FieldSource *field, const DynamicsStep *chunk))
{
    for (size_t begin = 0; begin < s->n; begin += DYNAMICS_CHUNK) {
        DynamicsStep chunk = dynamics_chunk(s, begin);
        part(field, &chunk);
    }
}

void dynamics_score(const FieldSource *field, const DynamicsStep *s, const float *x, double sigma, float *score)
{
    field->evaluate(field->context, x, (float)sigma, s->n, score);
    if (s->tally)
        s->tally->evaluations += s->n;
}

/* Every draw has its own range of pairs. */
void dynamics_normals(const DynamicsStep *s, size_t which, float *z)
{
    rng_normals(s->rng, s->step, s->first + (which << 32), s->n, z);
}

void dynamics_move(const FieldSource *field, const DynamicsStep *s, double sigma, double drift, double noise)
{
    float a = (float)drift, b = (float)noise;
    for (size_t begin = 0; begin < s->n; begin += DYNAMICS_CHUNK) {
        DynamicsStep chunk = dynamics_chunk(s, begin);
        float *score = s->scratch, *kick = s->scratch + 2 * chunk.n;
        if (drift != 0) {
            dynamics_score(field, &chunk, chunk.x, sigma, score);
            for (size_t i = 0; i < 2 * chunk.n; i++)
                chunk.x[i] += a * score[i];
        }
        if (noise > 0) {
            dynamics_normals(&chunk, 0, kick);
            for (size_t i = 0; i < 2 * chunk.n; i++)
                chunk.x[i] += b * kick[i];
        }
    }
}

void dynamics_denoise(const FieldSource *field, double sigma, size_t n, float *x, float *scratch)
{
    DynamicsStep s = {.x = x, .n = n, .scratch = scratch};
    dynamics_move(field, &s, sigma, sigma * sigma, 0);
}
