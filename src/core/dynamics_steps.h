/* dynamics_steps.h - the step functions of the table in dynamics.c, and what they share. Not for others.
 *
 * Files by kind: dynamics_walk.c at one level, dynamics_metropolis.c with refusals, dynamics_stein.c in company,
 * dynamics_reverse.c against the diffusion with noise, dynamics_flow.c along the probability flow.
 */
#ifndef CORE_DYNAMICS_STEPS_H
#define CORE_DYNAMICS_STEPS_H

#include "core/dynamics.h"

/* x += drift S(x; sigma) + noise z for all particles, in chunks. Kicks are pairs of step s->step. */
void dynamics_move(const FieldSource *field, const DynamicsStep *s, double sigma, double drift, double noise);

/* Calls part once for every chunk of s, with x, n, first and memory of the chunk alone. */
void dynamics_chunks(const FieldSource *field, const DynamicsStep *s,
                     void (*part)(const FieldSource *field, const DynamicsStep *chunk));

/* score [n][2] of the chunk's places x [n][2] at sigma; counted. */
void dynamics_score(const FieldSource *field, const DynamicsStep *s, const float *x, double sigma, float *score);

/* Independent normals of a step: draw `which` of a step that needs several, z [n][2]. Draw 0 is the kicks of
 * dynamics_move. */
void dynamics_normals(const DynamicsStep *s, size_t which, float *z);

/* h of a walker, data units squared. */
double dynamics_walking_step(const DynamicsStep *s);

void ascent_step(const FieldSource *field, const DynamicsStep *s);
void langevin_step(const FieldSource *field, const DynamicsStep *s);
void annealed_step(const FieldSource *field, const DynamicsStep *s);
void underdamped_step(const FieldSource *field, const DynamicsStep *s);
void mala_step(const FieldSource *field, const DynamicsStep *s);
void hmc_step(const FieldSource *field, const DynamicsStep *s);
void svgd_step(const FieldSource *field, const DynamicsStep *s);

void sde_step(const FieldSource *field, const DynamicsStep *s);
void euler_maruyama_step(const FieldSource *field, const DynamicsStep *s);
void reverse_diffusion_step(const FieldSource *field, const DynamicsStep *s);
void corrector_step(const FieldSource *field, const DynamicsStep *s);
void corrector_each_step(const FieldSource *field, const DynamicsStep *s);
void ancestral_step(const FieldSource *field, const DynamicsStep *s);
void ancestral_large_step(const FieldSource *field, const DynamicsStep *s);
void ddim_step(const FieldSource *field, const DynamicsStep *s);
void churn_step(const FieldSource *field, const DynamicsStep *s);

void dpm2m_step(const FieldSource *field, const DynamicsStep *s);
void euler_step(const FieldSource *field, const DynamicsStep *s);
void heun_step(const FieldSource *field, const DynamicsStep *s);
void rk45_step(const FieldSource *field, const DynamicsStep *s);
void flow_step(const FieldSource *field, const DynamicsStep *s);

#endif
