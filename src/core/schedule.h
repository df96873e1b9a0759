/* schedule.h - ladders of noise levels (maths.md section 2). Pure functions: any thread. */
#ifndef CORE_SCHEDULE_H
#define CORE_SCHEDULE_H

#include <stddef.h>

/* sigma [n]: geometric from first to last, both included, in either direction; n >= 2 (Song and Ermon 2019). */
void ladder_geometric(double first, double last, size_t n, double *sigma);

/* sigma [n]: (first^(1/rho) + i/(n-1) (last^(1/rho) - first^(1/rho)))^rho, both included; n >= 2
 * (Karras et al. 2022, equation 5, without its final 0). */
void ladder_karras(double first, double last, double rho, size_t n, double *sigma);

#endif
