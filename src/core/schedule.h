/* schedule.h - how noise grows with time, and ladders of noise levels (maths.md section 2).
 *
 * A schedule is a pair s(t), sigma(t): x = s (x0 + sigma n). One network over sigma serves them all, because
 * score_t(x) = S(x/s; sigma) / s. Here sigma is in units of the data's standard deviation and x0 is centred on the
 * data's mean, as the published schedules want; t runs from data towards noise in each schedule's own unit.
 * Pure functions: any thread.
 *
 * Published clocks end at t = 1; ours go on, so that time() takes every sigma > 0: the geometric one also below 0, the
 * linear betas keep growing beyond 1, and the last three come as near to 1 as sigma wants, where sigma is infinite.
 * Accurate for sigma from 1e-4 to 1e4 to what t can hold, which next to 1 is less: 1e-8 of sigma at the worst.
 */
#ifndef CORE_SCHEDULE_H
#define CORE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ScheduleId {
    SCHEDULE_VE,     /* geometric: Song and Ermon's, and the variance-exploding SDE, from .01 (t = 0) to 50 (t = 1) */
    SCHEDULE_KARRAS, /* EDM: sigma = t, its ladder even in sigma^(1/7) */
    SCHEDULE_VP,     /* variance preserving, beta linear from 0.1 (t = 0) to 20 (t = 1) */
    SCHEDULE_SUBVP,  /* sub-VP with the same beta */
    SCHEDULE_COSINE, /* Nichol and Dhariwal's */
    SCHEDULE_FLOW,   /* flow matching: x = (1 - t) x0 + t n */
    SCHEDULE_DIFFUSION, /* Sohl-Dickstein et al.'s: every step erases the same share of the data's variance */
    SCHEDULE_COUNT
} ScheduleId;

typedef struct Schedule {
    const char *name;  /* "vp" */
    const char *label; /* "VP" */
    const char *help;
    double (*sigma)(double t);
    double (*time)(double sigma);  /* the inverse */
    double (*scale)(double t);     /* s */
    double (*drift)(double t);     /* f / x = s' / s, the drift of the forward SDE dx = f dt + g dw */
    double (*diffusion)(double t); /* g = s sqrt(2 sigma sigma') */
    double rho;                    /* its ladder is even in t^(1/rho) */
    /* Reverse diffusion undoes the exact kernel of a finite forward step, as for DDPM's and NCSN's chains; otherwise
     * f dt and g sqrt(dt), as Song et al. do where nobody published a chain. */
    bool kernel;
} Schedule;
const Schedule *schedule_info(size_t which);

/* sigma [n]: from first to last, both included and exact, in either direction, evenly spaced in the time of the
 * schedule's ladder; n >= 2. */
void schedule_ladder(const Schedule *schedule, double first, double last, size_t n, double *sigma);

/* sigma [n]: geometric from first to last, both included, in either direction; n >= 2 (Song and Ermon 2019). */
void ladder_geometric(double first, double last, size_t n, double *sigma);

/* sigma [n]: (first^(1/rho) + i/(n-1) (last^(1/rho) - first^(1/rho)))^rho, both included; n >= 2
 * (Karras et al. 2022, equation 5, without its final 0). */
void ladder_karras(double first, double last, double rho, size_t n, double *sigma);

#endif
