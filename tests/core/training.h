/* training.h - small trainers, for tests of what becomes of them. */
#ifndef TESTS_TRAINING_H
#define TESTS_TRAINING_H

#include "core/metrics.h"
#include "core/trainer.h"

#include "near.h"

/* Small, where quality does not matter. */
static inline TrainerOptions small(void)
{
    TrainerOptions options = trainer_defaults();
    options.shape = (NetShape){.width = 32, .depth = 2};
    options.batch = 64;
    options.references = 128;
    return options;
}

static inline void steps(Trainer *t, int n)
{
    for (int i = 0; i < n; i++)
        trainer_step(t);
}

/* Relative error of the score where the noise is half of the data's spread. */
static inline double error_at_half(const Trainer *t)
{
    static float scratch[METRICS_POINTS * 6];
    NetWorkspace w = {0};
    FieldLearned learned = {&t->average, &t->target->frame, &w};
    const FieldSource field = field_learned(&learned);
    double sigma = 0.5 * t->target->frame.std;
    double error = metrics_score_error(&field, &t->target->mixture, sigma, 1, METRICS_POINTS, scratch);
    net_workspace_free(&w);
    return error;
}

#endif
