/* batches.h - training batches of two spirals, for tests of what is asked of them. */
#ifndef TESTS_BATCHES_H
#define TESTS_BATCHES_H

#include "core/objective.h"

#include "near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPIRALS, EIGHT_GAUSSIANS = 3, POINTS = 203 };

static const TrainerOptions plain = {.seed = 4, .batch = POINTS, .references = 512};

static Target target;

static inline int begin(void **state)
{
    (void)state;
    return target_init(&target, SPIRALS) ? 0 : -1;
}

static inline int end(void **state)
{
    (void)state;
    target_free(&target);
    return 0;
}

static inline Batch drawn_with(const TrainerOptions *options, uint64_t step)
{
    Batch b;
    assert_true(batch_init(&b, options));
    objective_draw(&target, step, &b);
    return b;
}

static inline Batch drawn(TargetSource source, uint64_t step)
{
    TrainerOptions options = plain;
    options.source = source;
    return drawn_with(&options, step);
}

/* Of one component. */
static inline Target normal(const double mean[2], const double cov[3])
{
    const Component c = {
        .kind = COMPONENT_GAUSSIAN, .weight = 1.0, .mean = {mean[0], mean[1]}, .cov = {cov[0], cov[1], cov[2]}};
    Mixture m;
    Target t;
    assert_true(mixture_init(&m, &c, 1));
    target_from_mixture(&t, m);
    return t;
}

#endif
