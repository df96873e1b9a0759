/* map_flows.c - maps along the probability flow, down to the data or up to the prior. */
#include "scene/map_recipe.h"

#include "core/dynamics.h"
#include "core/likelihood.h"

#include <math.h>
#include <string.h>

_Static_assert((int)MAP_SCRATCH >= (int)RK45_SCRATCH && (int)MAP_SCRATCH >= (int)DYNAMICS_SCRATCH,
               "a cell's scratch is enough for the solvers");
_Static_assert((int)MAP_BATCH <= (int)LIKELIHOOD_CHUNK && (int)MAP_BATCH <= (int)DYNAMICS_CHUNK,
               "a batch goes through the solvers together");

/* In ln sigma. Fewer than one in a hundred noisy points of any target end elsewhere than by a solver to 1e-4. */
static const double FATE_STEP = 0.2;
enum { FATE_STEPS = 8 }; /* a piece */

/* In ln sigma, a piece: what the solver itself begins with. */
static const double STRETCH = 0.5;
/* Of a step of the solver, nats. log p of the exact field then errs by .007 at most in the mean over noisy points of
 * any target, which no colour shows. */
static const double TOLERANCE = 3e-4;

static size_t parts_of(double from, double to, double longest)
{
    return (size_t)ceil(fmax(fabs(log(to / from)) / longest, 1.0));
}

/* Where part number `part` of the way begins. */
static double level_at(double from, double to, size_t part, size_t parts)
{
    return from * pow(to / from, (double)part / (double)parts);
}

static void flow_step(const MapSource *s, MapBatch *b, size_t steps)
{
    double to = fmin(s->target->sigma_min, s->sigma);
    const DynamicsStep step = {.x = b->x,
                               .n = b->n,
                               .from = level_at(s->sigma, to, b->step, steps),
                               .to = level_at(s->sigma, to, b->step + 1, steps),
                               .before = b->step == 0 ? 0.0 : level_at(s->sigma, to, b->step - 1, steps),
                               .frame = s->target->frame,
                               .scratch = b->scratch,
                               .memory = b->memory};
    sampler_info(SAMPLER_DPM2M)->step(&s->field, &step);
    b->step++;
}

static float name_end(const Basins *basins, const float *x)
{
    const double end[2] = {(double)x[0], (double)x[1]};
    return isfinite(end[0]) && isfinite(end[1]) ? (float)basins_of(basins, end) : NAN;
}

bool map_fate(const MapSource *s, MapBatch *b)
{
    size_t steps = parts_of(s->sigma, fmin(s->target->sigma_min, s->sigma), FATE_STEP);
    for (size_t i = 0; i < FATE_STEPS && b->step < steps; i++)
        flow_step(s, b, steps);
    if (b->step < steps)
        return false;
    for (size_t i = 0; i < b->n; i++)
        b->value[i] = name_end(s->basins, b->x + 2 * i);
    return true;
}

/* log p is the sum of what the volume changes on each stretch and the likelihood from there on, for which the last is
 * left to likelihood() with its prior. */
bool map_likelihood(const MapSource *s, MapBatch *b)
{
    double to = fmax(s->target->sigma_max, s->sigma);
    size_t parts = parts_of(s->sigma, to, STRETCH);
    double from = level_at(s->sigma, to, b->step, parts);
    if (b->step == 0)
        memset(b->volume, 0, b->n * sizeof *b->volume);
    if (b->step + 1 < parts) {
        const Rk45 solver = {.field = &s->field,
                             .from = from,
                             .to = level_at(s->sigma, to, b->step + 1, parts),
                             .tolerance = TOLERANCE,
                             .scratch = b->scratch};
        rk45_solve(&solver, b->n, b->x, b->stretch);
    } else {
        const Likelihood rest = {.field = &s->field,
                                 .moments = &s->target->mixture,
                                 .from = from,
                                 .to = to,
                                 .tolerance = TOLERANCE,
                                 .scratch = b->scratch};
        likelihood(&rest, b->x, b->n, b->stretch);
    }
    b->step++;
    for (size_t i = 0; i < b->n; i++) {
        b->volume[i] += b->stretch[i];
        b->value[i] = (float)b->volume[i];
    }
    return b->step == parts;
}

bool map_likelihood_error(const MapSource *s, MapBatch *b)
{
    if (!map_likelihood(s, b))
        return false;
    for (size_t i = 0; i < b->n; i++)
        b->value[i] = (float)(b->volume[i] - (double)b->log_density[i]);
    return true;
}
