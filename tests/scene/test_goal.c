/* What a network is measured against is what it learns from. */
#include "scene/goal.h"

#include "core/metrics.h"
#include "core/training_set.h"
#include "near.h"

static float scratch[METRICS_POINTS * 6];

static TrainerOptions small(void)
{
    TrainerOptions o = trainer_defaults();
    o.shape = (NetShape){.width = 16, .depth = 1};
    o.batch = 32;
    o.references = 64;
    return o;
}

static double error_to(const Trainer *t, const Mixture *m)
{
    NetWorkspace workspace = {0};
    FieldLearned average = {&t->average, &t->target->frame, &workspace};
    FieldSource field = field_learned(&average);
    Target goal = *t->target;
    goal.mixture = *m;
    double error = metrics_overall_error(&field, &goal, t->options.seed, scratch);
    net_workspace_free(&workspace);
    return error;
}

static double error_to_set(const Trainer *t, uint64_t seed, uint64_t samples)
{
    Mixture set;
    assert_true(training_set_mixture(&set, t->target, seed, samples));
    double error = error_to(t, &set);
    mixture_free(&set);
    return error;
}

static void fresh_samples_are_the_population(void **state)
{
    (void)state;
    Target target;
    Trainer t;
    Goal g;
    const TrainerOptions o = small();
    assert_true(target_init(&target, 0) && trainer_init(&t, &o, &target) && goal_init(&g));
    assert_near(goal_error(&g, &t), error_to(&t, &target.mixture), 0);
    goal_free(&g);
    trainer_free(&t);
    target_free(&target);
}

static void a_finite_set_is_measured_against_its_points(void **state)
{
    (void)state;
    Target target;
    Trainer t;
    Goal g;
    TrainerOptions o = small();
    o.samples = 30;
    assert_true(target_init(&target, 0) && trainer_init(&t, &o, &target) && goal_init(&g));
    double error = goal_error(&g, &t);
    assert_near(error, error_to_set(&t, o.seed, 30), 0);
    assert_true(fabs(error - error_to(&t, &target.mixture)) > 0.01);
    o.samples = 50;
    trainer_configure(&t, &o);
    goal_forget(&g);
    assert_near(goal_error(&g, &t), error_to_set(&t, o.seed, 50), 0);
    goal_free(&g);
    trainer_free(&t);
    target_free(&target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh_samples_are_the_population),
        cmocka_unit_test(a_finite_set_is_measured_against_its_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
