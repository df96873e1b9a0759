/* The learner follows the settings, adds nothing to the trainer, and gives back what it kept. */
#include "scene/learner.h"

#include "catalogue.h"
#include "near.h"

#include <stdlib.h>
#include <string.h>

static Settings small(void)
{
    Settings s = settings_defaults();
    s.value[SET_WIDTH] = 16;
    s.value[SET_DEPTH] = 1;
    s.value[SET_BATCH] = 32;
    s.value[SET_REFERENCES] = 64;
    return s;
}

static Learner new_learner(const Settings *s)
{
    Learner l;
    assert_true(learner_init(&l, &catalogue, s));
    return l;
}

static void train(Learner *l, int steps)
{
    for (int i = 0; i < steps; i++)
        learner_step(l);
}

typedef struct Bytes {
    void *at;
    size_t size;
} Bytes;

static Bytes state_of(const Trainer *t)
{
    Bytes b = {malloc(trainer_state_size(t)), trainer_state_size(t)};
    assert_non_null(b.at);
    trainer_save(t, b.at);
    return b;
}

/* Compares and frees both. */
static bool same(Bytes a, Bytes b)
{
    bool equal = a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
    free(a.at);
    free(b.at);
    return equal;
}

static void catalogue_has_every_target(void **state)
{
    (void)state;
    assert_int_equal(catalogue.count, target_count());
    for (size_t i = 0; i < catalogue.count; i++) {
        double sum = 0;
        for (size_t k = 0; k < SUBJECT_SAMPLES; k++)
            sum += (double)catalogue.row[i]->samples[2 * k];
        const Target *t = &catalogue.row[i]->target;
        assert_near(sum / SUBJECT_SAMPLES, t->mixture.mean[0], 5 * sqrt(t->mixture.cov[0] / SUBJECT_SAMPLES));
    }
}

/* Every option takes its own setting. */
static void settings_become_options(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    s.value[SET_SEED] = 7;
    s.value[SET_WIDTH] = 48;
    s.value[SET_DEPTH] = 2;
    s.value[SET_BATCH] = 96;
    s.value[SET_SOURCE] = TARGET_SINGLE;
    s.value[SET_REFERENCES] = 333;
    s.value[SET_RATE] = 0.0123;
    s.value[SET_BUDGET] = 4000;
    TrainerOptions o = learner_options(&s);
    assert_true(o.seed == 7 && o.shape.width == 48 && o.shape.depth == 2 && o.batch == 96);
    assert_true(o.source == TARGET_SINGLE && o.references == 333 && o.rate == 0.0123 && o.budget == 4000);
}

static void first_settings_are_the_trainers_own(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    TrainerOptions a = learner_options(&s), b = trainer_defaults();
    assert_true(a.seed == b.seed && a.shape.width == b.shape.width && a.shape.depth == b.shape.depth);
    assert_true(a.batch == b.batch && a.source == b.source && a.references == b.references);
    assert_true(a.rate == b.rate && a.budget == b.budget);
}

static void it_is_the_trainer_and_nothing_else(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    Trainer t;
    TrainerOptions options = learner_options(&s);
    assert_true(trainer_init(&t, &options, &catalogue.row[0]->target));
    for (int i = 0; i < 20; i++) {
        trainer_step(&t);
        trainer_step(&l.trainer);
        learner_apply(&l, &s);
    }
    assert_true(same(state_of(&t), state_of(&l.trainer)));
    trainer_free(&t);
    learner_free(&l);
}

static void a_new_shape_or_seed_starts_afresh(void **state)
{
    (void)state;
    static const SettingId fresh[] = {SET_WIDTH, SET_DEPTH, SET_SEED};
    Settings s = small();
    Learner l = new_learner(&s);
    for (size_t i = 0; i < 3; i++) {
        train(&l, 5);
        uint64_t epoch = l.epoch;
        s.value[fresh[i]] += 1;
        learner_apply(&l, &s);
        assert_int_equal(l.trainer.statistics.steps, 0);
        assert_true(l.epoch > epoch);
        Learner other = new_learner(&s);
        train(&l, 5);
        train(&other, 5);
        assert_true(same(state_of(&l.trainer), state_of(&other.trainer)));
        learner_free(&other);
    }
    learner_free(&l);
}

static void the_rest_goes_on(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    train(&l, 5);
    s.value[SET_RATE] = 0.002;
    s.value[SET_BATCH] = 64;
    learner_apply(&l, &s);
    assert_int_equal(l.trainer.statistics.steps, 5);
    assert_int_equal(l.epoch, 0);
    assert_near(l.trainer.options.rate, 0.002, 0);
    assert_int_equal(l.trainer.options.batch, 64);
    learner_free(&l);
}

static void a_new_target_keeps_what_was_learned(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    train(&l, 5);
    float before = l.trainer.average.parameter[3];
    s.value[SET_TARGET] = 1;
    learner_apply(&l, &s);
    assert_ptr_equal(l.trainer.target, &catalogue.row[1]->target);
    assert_int_equal(l.subject->row, 1);
    assert_int_equal(l.epoch, 1);
    assert_int_equal(l.trainer.statistics.steps, 5);
    assert_near(l.trainer.average.parameter[3], before, 0);
    learner_free(&l);
}

static void reset_gives_the_first_weights_again(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    Bytes first = state_of(&l.trainer);
    train(&l, 5);
    learner_reset(&l);
    assert_true(same(first, state_of(&l.trainer)));
    assert_int_equal(l.epoch, 1);
    learner_free(&l);
}

/* Back, forth, and on as if nothing had been, across another shape and another target. */
static void what_was_captured_comes_back(void **state)
{
    (void)state;
    Settings s = small(), other = small();
    Learner l = new_learner(&s), straight = new_learner(&s);
    other.value[SET_WIDTH] = 24;
    other.value[SET_TARGET] = 2;
    LearnerState kept = {0}, later = {0};
    train(&l, 6);
    assert_true(learner_capture(&l, &kept));
    learner_apply(&l, &other);
    train(&l, 4);
    Bytes then = state_of(&l.trainer);
    assert_true(learner_capture(&l, &later));
    learner_resume(&l, &kept);
    assert_int_equal(l.subject->row, 0);
    learner_apply(&l, &s); /* finds nothing to change */
    train(&straight, 6);
    assert_true(same(state_of(&straight.trainer), state_of(&l.trainer)));
    learner_resume(&l, &later);
    assert_int_equal(l.subject->row, 2);
    assert_true(same(then, state_of(&l.trainer)));
    learner_resume(&l, &kept);
    train(&l, 7);
    train(&straight, 7);
    assert_true(same(state_of(&straight.trainer), state_of(&l.trainer)));
    learner_state_free(&kept);
    learner_state_free(&later);
    learner_free(&l);
    learner_free(&straight);
}

static void an_empty_state_changes_nothing(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    train(&l, 3);
    Bytes before = state_of(&l.trainer);
    learner_resume(&l, &(LearnerState){0});
    assert_true(same(before, state_of(&l.trainer)));
    learner_free(&l);
}

static void what_is_published_is_the_average(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    Weights w = {0}, copy = {0};
    train(&l, 5);
    assert_true(learner_publish(&l, &w));
    assert_memory_equal(w.net.parameter, l.trainer.average.parameter, w.net.count * sizeof(float));
    assert_int_equal(w.statistics.steps, 5);
    assert_near(w.frame.std, catalogue.row[0]->target.frame.std, 0);
    const float *block = w.net.parameter;
    train(&l, 5);
    assert_true(learner_publish(&l, &w));
    assert_ptr_equal(w.net.parameter, block); /* the same shape allocates nothing */
    assert_true(weights_copy(&copy, &w));
    assert_ptr_not_equal(copy.net.parameter, w.net.parameter);
    assert_memory_equal(copy.net.parameter, w.net.parameter, w.net.count * sizeof(float));
    s.value[SET_WIDTH] = 40;
    learner_apply(&l, &s);
    assert_true(learner_publish(&l, &w) && weights_copy(&copy, &w));
    assert_int_equal(copy.net.shape.width, 40);
    assert_int_equal(copy.statistics.steps, 0);
    weights_free(&copy);
    weights_free(&w);
    learner_free(&l);
}

static void assert_same_net(const Net *a, const Net *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->parameter, b->parameter, a->count * sizeof *a->parameter);
}

/* Looking back changes nothing of what is learned meanwhile. */
static void the_past_is_shown_and_learning_goes_on(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s), undisturbed = new_learner(&s);
    Weights first = {0}, shown = {0}, now = {0};
    assert_true(learner_publish(&l, &first));
    train(&l, 30);
    train(&undisturbed, 60);
    s.value[SET_HISTORY] = 0;
    learner_apply(&l, &s);
    train(&l, 30);
    assert_true(learner_publish(&l, &shown));
    assert_int_equal(shown.statistics.steps, 0);
    assert_same_net(&shown.net, &first.net);
    s.value[SET_HISTORY] = 0.5;
    learner_apply(&l, &s);
    assert_true(learner_publish(&l, &shown));
    assert_true(shown.statistics.steps > 4 && shown.statistics.steps < 12); /* the root of 61 */
    s.value[SET_HISTORY] = 1;
    learner_apply(&l, &s);
    assert_true(learner_publish(&l, &now) && learner_publish(&undisturbed, &shown));
    assert_int_equal(now.statistics.steps, 60);
    assert_same_net(&now.net, &shown.net);
    weights_free(&first);
    weights_free(&shown);
    weights_free(&now);
    learner_free(&l);
    learner_free(&undisturbed);
}

static void a_reset_has_no_past_and_undo_gives_it_back(void **state)
{
    (void)state;
    Settings s = small();
    Learner l = new_learner(&s);
    Weights shown = {0};
    LearnerState kept = {0};
    train(&l, 100);
    assert_true(learner_capture(&l, &kept));
    learner_reset(&l);
    s.value[SET_HISTORY] = 0.9;
    learner_apply(&l, &s);
    assert_true(learner_publish(&l, &shown));
    assert_int_equal(shown.statistics.steps, 0);
    assert_int_equal(shown.epoch, l.epoch);
    learner_resume(&l, &kept);
    learner_state_free(&kept);
    assert_true(learner_publish(&l, &shown));
    assert_true(shown.statistics.steps > 50 && shown.statistics.steps < 80);
    assert_int_equal(shown.epoch, l.epoch);
    weights_free(&shown);
    learner_free(&l);
}

/* Steps so small that nothing changes: nothing is gained either. */
static Settings idle(void)
{
    Settings s = small();
    s.value[SET_BATCH] = 8;
    s.value[SET_REFERENCES] = 16;
    s.value[SET_RATE] = 1e-12;
    return s;
}

enum { RESTS_AT = 6728 /* eight marks of rest.h, four to a doubling from 2,000 on */ };

static void it_rests_when_nothing_is_gained_and_not_before(void **state)
{
    (void)state;
    Settings s = idle(), learning = small();
    Learner l = new_learner(&s), other = new_learner(&learning);
    Weights w = {0};
    train(&l, RESTS_AT - 1);
    assert_true(learner_publish(&l, &w));
    assert_false(w.resting || l.rest.resting);
    train(&l, 1);
    assert_true(learner_publish(&l, &w) && w.resting);
    s.value[SET_HISTORY] = 0.5; /* of the present, whatever is looked at; and to look wakes nobody */
    learner_apply(&l, &s);
    assert_true(learner_publish(&l, &w) && w.resting);
    assert_true(w.statistics.steps < RESTS_AT);
    train(&other, RESTS_AT);
    assert_false(other.rest.resting);
    weights_free(&w);
    learner_free(&l);
    learner_free(&other);
}

static void what_changes_the_task_wakes_it(void **state)
{
    (void)state;
    static const struct {
        SettingId id;
        double value;
    } changes[] = {{SET_RATE, 2e-12},
                   {SET_BATCH, 40},
                   {SET_OBJECTIVE, OBJECTIVE_FLOW},
                   {SET_WEIGHTING, WEIGHTING_SIMPLE},
                   {SET_SOURCE, TARGET_SINGLE},
                   {SET_REFERENCES, 80},
                   {SET_SAMPLES, 100},
                   {SET_BUDGET, 500},
                   {SET_TARGET, 1},
                   {SET_SEED, 5},
                   {SET_WIDTH, 24}};
    Settings s = idle();
    Learner l = new_learner(&s);
    LearnerState kept = {0};
    train(&l, RESTS_AT);
    assert_true(learner_capture(&l, &kept));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Settings changed = s;
        changed.value[changes[i].id] = changes[i].value;
        assert_true(l.rest.resting);
        learner_apply(&l, &changed);
        assert_false(l.rest.resting);
        assert_int_equal(l.rest.begun, l.trainer.statistics.steps + l.trainer.options.budget);
        learner_resume(&l, &kept);
    }
    learner_state_free(&kept);
    learner_reset(&l);
    assert_false(l.rest.resting);
    learner_free(&l);
}

static void a_budget_is_spent_before_it_rests(void **state)
{
    (void)state;
    Settings s = idle();
    s.value[SET_BUDGET] = 1000;
    Learner l = new_learner(&s);
    train(&l, 1000 + RESTS_AT - 1);
    assert_false(l.rest.resting);
    train(&l, 1);
    assert_true(l.rest.resting);
    learner_free(&l);
}

/* Undo gives back where the marks stood, so that what comes after is as if nothing had been. */
static void rest_comes_back_with_the_rest(void **state)
{
    (void)state;
    Settings s = idle();
    Learner l = new_learner(&s), straight = new_learner(&s);
    train(&straight, RESTS_AT);
    LearnerState kept = {0}, later = {0};
    train(&l, 5000);
    assert_true(learner_capture(&l, &kept));
    learner_reset(&l);
    train(&l, 2500);
    assert_true(learner_capture(&l, &later));
    learner_resume(&l, &kept);
    train(&l, RESTS_AT - 5000);
    assert_true(l.rest.resting && straight.rest.resting);
    assert_memory_equal(l.rest.log_error, straight.rest.log_error, sizeof l.rest.log_error);
    learner_resume(&l, &later);
    learner_state_free(&kept);
    learner_state_free(&later);
    assert_false(l.rest.resting);
    assert_int_equal(l.rest.mark, 2);
    learner_wake(&straight);
    assert_false(straight.rest.resting);
    learner_free(&l);
    learner_free(&straight);
}

/* Undo gives back the points that are learned from, too. */
static void rest_is_measured_by_the_points_of_now(void **state)
{
    (void)state;
    Settings few = idle(), fewer = idle();
    few.value[SET_SAMPLES] = 30;
    fewer.value[SET_SAMPLES] = 20;
    Learner l = new_learner(&few), straight = new_learner(&few);
    LearnerState kept = {0};
    train(&straight, RESTS_AT);
    assert_true(learner_capture(&l, &kept));
    learner_apply(&l, &fewer);
    train(&l, RESTS_AT);
    learner_resume(&l, &kept);
    train(&l, RESTS_AT);
    assert_memory_equal(l.rest.log_error, straight.rest.log_error, sizeof l.rest.log_error);
    learner_state_free(&kept);
    learner_free(&l);
    learner_free(&straight);
}

/* Of batches from few points, the score of these points has the least loss that there is. */
static void the_floor_is_that_of_the_truth(void **state)
{
    (void)state;
    Settings s = small();
    settings_put(&s, SET_SAMPLES, 20);
    Learner population = new_learner(&s);
    settings_put(&s, SET_TRUTH, TRUTH_TRAINING_SET);
    catalogue_prepare(&catalogue, &s);
    Learner set = new_learner(&s);
    train(&population, 100);
    train(&set, 100);
    assert_true(set.trainer.statistics.floor < 0.8 * population.trainer.statistics.floor);
    assert_near(set.trainer.statistics.loss, population.trainer.statistics.loss, 0);
    assert_near(set.trainer.statistics.population_floor, population.trainer.statistics.floor, 0);
    learner_free(&population);
    learner_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue_has_every_target),
        cmocka_unit_test(settings_become_options),
        cmocka_unit_test(first_settings_are_the_trainers_own),
        cmocka_unit_test(it_is_the_trainer_and_nothing_else),
        cmocka_unit_test(a_new_shape_or_seed_starts_afresh),
        cmocka_unit_test(the_rest_goes_on),
        cmocka_unit_test(a_new_target_keeps_what_was_learned),
        cmocka_unit_test(reset_gives_the_first_weights_again),
        cmocka_unit_test(what_was_captured_comes_back),
        cmocka_unit_test(the_floor_is_that_of_the_truth),
        cmocka_unit_test(an_empty_state_changes_nothing),
        cmocka_unit_test(what_is_published_is_the_average),
        cmocka_unit_test(the_past_is_shown_and_learning_goes_on),
        cmocka_unit_test(a_reset_has_no_past_and_undo_gives_it_back),
        cmocka_unit_test(it_rests_when_nothing_is_gained_and_not_before),
        cmocka_unit_test(what_changes_the_task_wakes_it),
        cmocka_unit_test(a_budget_is_spent_before_it_rests),
        cmocka_unit_test(rest_comes_back_with_the_rest),
        cmocka_unit_test(rest_is_measured_by_the_points_of_now),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
