/* objective_levels.h - which noise levels are trained on, and how much each counts (maths.md section 3).
 *
 *     L = E_sigma lambda(sigma) |D - wanted|^2
 *
 * A law of sigma is a clock and the function lambda that goes with it: levels are even in the clock's time over the
 * trained range. In other words lambda sigma^2 weighs errors of the noise, and lambda sigma^4 those of the score. Pure
 * functions: any thread.
 */
#ifndef CORE_OBJECTIVE_LEVELS_H
#define CORE_OBJECTIVE_LEVELS_H

#include "core/schedule.h"
#include "core/trainer.h"

typedef struct Levels {
    double (*lambda)(double sigma);
    bool normal; /* no clock: ln sigma is normal with mean -1.9 and standard deviation 1.3 */
    ScheduleId clock;
} Levels;

/* NULL from WEIGHTING_COUNT on. */
const ChoiceInfo *weighting_info(size_t which);

/* Those of an objective, or for denoising of its weighting: the same pointer only where the loss is the same. */
const Levels *levels_of(Objective objective, Weighting weighting);

/* sigma [n], frame units, of a step; room for n + 3. */
void levels_draw(const Levels *levels, uint64_t seed, uint64_t step, size_t n, float *sigma);

#endif
