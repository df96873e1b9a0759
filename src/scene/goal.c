#include "scene/goal.h"

#include "core/metrics.h"
#include "core/training_set.h"

#include <stdlib.h>

bool goal_init(Goal *g)
{
    *g = (Goal){.scratch = malloc(METRICS_POINTS * 6 * sizeof(float))};
    return g->scratch != NULL;
}

void goal_free(Goal *g)
{
    goal_forget(g);
    net_workspace_free(&g->workspace);
    free(g->scratch);
    *g = (Goal){0};
}

void goal_forget(Goal *g)
{
    if (g->made)
        mixture_free(&g->set);
    g->made = false;
}

/* The points in the frame of the target, whose noise levels are what is measured. */
static Target goal_of(Goal *g, const Trainer *t)
{
    Target goal = *t->target;
    if (t->options.samples > 0 && !g->made) {
        g->made = training_set_mixture(&g->set, t->target, t->options.seed, t->options.samples);
        if (!g->made)
            mixture_free(&g->set);
    }
    if (g->made)
        goal.mixture = g->set;
    return goal;
}

double goal_error(Goal *g, const Trainer *t)
{
    const Target goal = goal_of(g, t);
    FieldLearned average = {&t->average, &t->target->frame, &g->workspace};
    FieldSource field = field_learned(&average);
    return metrics_overall_error(&field, &goal, t->options.seed, g->scratch);
}
