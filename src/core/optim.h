/* optim.h - Adam, the learning-rate schedule and the running average of the weights.
 *
 * Adam (Kingma and Ba 2015) with beta = (0.9, 0.99), or less where the task has just changed. Without a budget the rate
 * falls like 1/sqrt(t) for ever and an average stands for the annealing; with one it is a cosine down to zero.
 * Schedules are functions of a clock, a number of steps that can be turned back when the task changes. Pure functions
 * of their arguments: any thread.
 */
#ifndef CORE_OPTIM_H
#define CORE_OPTIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Learning rate at a clock: warmed up linearly, then peak / sqrt(1 + clock/1000), or with budget > 0 the half cosine
 * that ends after budget steps. */
double optim_rate(double peak, double clock, uint64_t budget);

/* Weight of the past in the running average: the published warm-up (1 + clock) / (10 + clock), at most half-life 300
 * steps. */
double optim_decay(double clock);

/* Adam's betas. Their horizons 1 / (1 - beta) grow with the clock, from (0.6, 0.9) at 0 to (0.9, 0.99) at
 * OPTIM_SETTLED and later: gradients of the task before are worse than few of this one. */
typedef struct OptimMemory {
    float mean, square;
} OptimMemory;
OptimMemory optim_memory(double clock);

/* On their clocks, steps: the rate is warm, the moments remember longest, the average is as slow as it gets. */
#define OPTIM_WARM     50.0
#define OPTIM_SETTLED  1000.0
#define OPTIM_AVERAGED 3900.0

typedef struct OptimStep {
    double rate;
    double decay;       /* of the running average */
    OptimMemory memory; /* of the moments */
    uint64_t moments;   /* steps that the moments have seen, this one included: 1, 2, ... */
} OptimStep;

/* Parameters of one block and what follows them, each [count]. */
typedef struct OptimBlock {
    float *parameter, *average, *mean, *square;
    const float *gradient;
    size_t count;
} OptimBlock;
void optim_step(const OptimBlock *block, OptimStep step);

/* Whether every one of n numbers is finite. */
bool optim_finite(const float *x, size_t n);

#endif
