/* dynamics_walk.c - samplers that move at one noise level. */
#include "core/dynamics_steps.h"

#include <math.h>

/* S1: x += h S. */
void ascent_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_move(field, s, s->to, dynamics_walking_step(s), 0);
}

/* S2 and S4: x += h S + sqrt(2h) z. With h in units of sigma^2, one step of the unadjusted algorithm at a level and one
 * of NCSN's on its ladder (h = epsilon sigma_i^2 / 2 sigma_L^2) are the same; a smaller share of noise is a lower
 * temperature. */
void langevin_step(const FieldSource *field, const DynamicsStep *s)
{
    double h = dynamics_walking_step(s);
    dynamics_move(field, s, s->to, h, s->options.noise * sqrt(2 * h));
}

/* S4: `corrections` Langevin steps at every level. Each has its own range of kicks. */
void annealed_step(const FieldSource *field, const DynamicsStep *s)
{
    DynamicsStep again = *s;
    for (size_t i = 0; i < s->options.corrections; i++) {
        again.first = s->first + (i << 32);
        langevin_step(field, &again);
    }
}

/* One BAOAB step of a chunk. The velocity is kept before its last half kick, which falls on the place where the next
 * step begins: the two are one, and a step asks the field once. After another level both halves are the new level's,
 * because a kick that fits a wide level could throw a particle out of a narrow one. */
static void underdamped_chunk(const FieldSource *field, const DynamicsStep *s)
{
    double h = dynamics_walking_step(s), time_step = sqrt(2 * h), decay = s->options.friction * time_step / s->to;
    float kick = (float)(s->before > 0 ? time_step : time_step / 2), half = (float)(time_step / 2);
    float keep = (float)exp(-decay), renew = (float)sqrt(-expm1(-2 * decay));
    float *score = s->scratch, *z = s->scratch + 2 * s->n, *v = s->memory;
    if (s->before <= 0)
        dynamics_normals(s, 1, v);
    dynamics_normals(s, 0, z);
    dynamics_score(field, s, s->x, s->to, score);
    for (size_t i = 0; i < 2 * s->n; i++) {
        v[i] += kick * score[i];
        s->x[i] += half * v[i];
        v[i] = keep * v[i] + renew * z[i];
        s->x[i] += half * v[i];
    }
}

/* S13, with unit mass and temperature. Time steps of sqrt(2h): under strong friction the particles then move by h S,
 * as Langevin's do, and at the step limit they are still shorter than 2 sigma, where leapfrog stops being stable. */
void underdamped_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_chunks(field, s, underdamped_chunk);
}
