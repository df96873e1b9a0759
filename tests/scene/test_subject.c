/* What is studied and what exact means: rows, drawings under a pen, training sets; who holds what, and until when. */
#include "scene/subject.h"

#include "core/training_set.h"
#include "simulating.h"

#include <math.h>

/* A round spot of the drawing frame at x, y. */
static Subject *spot(double x, double y, uint64_t revision)
{
    Mixture m;
    const Component c = {.weight = 1, .mean = {x, y}, .cov = {0.01, 0, 0.01}};
    assert_true(mixture_init(&m, &c, 1));
    double std = target_info(target_count())->std;
    Target t = {.mixture = m, .frame = {.std = std}};
    target_sigma_range(target_count(), &t.sigma_min, &t.sigma_max);
    Subject *s = subject_create(t, target_count(), revision);
    assert_non_null(s);
    return s;
}

static Settings drawn(uint64_t revision)
{
    Settings s = playing("spirals", SAMPLER_ODE, 50);
    settings_put(&s, SET_TARGET, (double)target_count());
    s.drawing = revision;
    return s;
}

static void a_training_set_is_the_truth_in_the_frame_of_its_target(void **state)
{
    (void)state;
    Settings s = calm("moons", SAMPLER_ODE, 10);
    float x[2 * 12];
    settings_put(&s, SET_SAMPLES, 12);
    settings_put(&s, SET_TRUTH, TRUTH_TRAINING_SET);
    catalogue_prepare(&catalogue, &s);
    Subject *subject = catalogue_subject(&catalogue, &s), *truth = catalogue_truth(&catalogue, &s);
    assert_ptr_not_equal(subject, truth);
    assert_int_equal(truth->target.mixture.count, 12);
    assert_memory_equal(&truth->target.frame, &subject->target.frame, sizeof(Frame));
    training_set(&subject->target, (uint64_t)s.value[SET_SEED], 12, x);
    for (int i = 0; i < 12; i++) {
        /* Close to a point the denoiser sends everything there. */
        const double at[2] = {(double)x[2 * i] + 1e-4, (double)x[2 * i + 1]};
        MixtureValue v = mixture_at(&truth->target.mixture, 1e-3, at);
        assert_near(v.denoiser[0], (double)x[2 * i], 1e-5);
    }
    subject_release(subject);
    subject_release(truth);
}

static void the_truth_is_the_target_where_nothing_is_finite(void **state)
{
    (void)state;
    Settings s = calm("moons", SAMPLER_ODE, 10);
    settings_put(&s, SET_TRUTH, TRUTH_TRAINING_SET);
    catalogue_prepare(&catalogue, &s);
    Subject *truth = catalogue_truth(&catalogue, &s);
    assert_ptr_equal(truth, catalogue.row[settings_index(&s, SET_TARGET)]);
    subject_release(truth);
}

static void the_exact_field_of_a_simulation_follows_the_truth(void **state)
{
    (void)state;
    Simulation s;
    Settings set = calm("gaussian", SAMPLER_ODE, 10);
    settings_put(&set, SET_SAMPLES, 10);
    start(&s, &set);
    const float x[2] = {0.3f, 0.2f};
    float before[2], after[2];
    FieldSource exact = simulation_source(&s, FIELD_EXACT);
    exact.evaluate(exact.context, x, 0.5f, 1, before);
    settings_put(&set, SET_TRUTH, TRUTH_TRAINING_SET);
    catalogue_prepare(&catalogue, &set);
    simulation_apply(&s, &set);
    exact = simulation_source(&s, FIELD_EXACT);
    exact.evaluate(exact.context, x, 0.5f, 1, after);
    assert_near((double)before[0], -0.3 / 1.25, 1e-5);
    assert_true(fabsf(after[0] - before[0]) > 1e-3f);
    simulation_free(&s);
}

/* A pen changes the field and nothing else. */
static void a_drawing_that_goes_on_disturbs_no_particle(void **state)
{
    (void)state;
    Simulation s, undisturbed;
    catalogue_draw(&catalogue, spot(0, 0, 1));
    Settings set = drawn(1);
    start(&s, &set);
    start(&undisturbed, &set);
    tick(&s, 10);
    tick(&undisturbed, 10);
    catalogue_draw(&catalogue, spot(0.5, 0, 2));
    set.drawing = 2;
    set.value[SET_SIGMA] = s.frame.sigma;
    simulation_apply(&s, &set);
    assert_near(simulation_exact(&s)->mean[0], 0.5, 1e-12);
    assert_true(same_particles(&s, &undisturbed));
    simulation_free(&undisturbed);
    simulation_free(&s);
}

static void settings_of_a_replaced_drawing_wait_for_the_newer_ones(void **state)
{
    (void)state;
    Simulation s;
    Learner l;
    catalogue_draw(&catalogue, spot(0, 0, 3));
    Settings set = drawn(3);
    start(&s, &set);
    assert_true(learner_init(&l, &catalogue, &set));
    catalogue_draw(&catalogue, spot(1, 0, 5));
    set.drawing = 4;
    simulation_apply(&s, &set);
    learner_apply(&l, &set);
    assert_near(simulation_exact(&s)->mean[0], 0, 1e-12); /* the old one is still there to be used */
    assert_int_equal(l.subject->revision, 3);
    learner_step(&l);
    set.drawing = 5;
    simulation_apply(&s, &set);
    learner_apply(&l, &set);
    assert_near(simulation_exact(&s)->mean[0], 1, 1e-12);
    assert_int_equal(l.subject->revision, 5);
    assert_int_equal(l.epoch, 0); /* it goes on learning the same drawing */
    learner_free(&l);
    simulation_free(&s);
}

/* Kept for undo, the old drawing comes back with its network and its particles. */
static void a_kept_state_keeps_its_drawing(void **state)
{
    (void)state;
    Simulation s;
    Learner l;
    catalogue_draw(&catalogue, spot(0.25, 0, 6));
    Settings set = drawn(6);
    start(&s, &set);
    assert_true(learner_init(&l, &catalogue, &set));
    SimulationState particles = {0};
    LearnerState network = {0};
    assert_true(simulation_capture(&s, &particles) && learner_capture(&l, &network));
    Settings other = calm("moons", SAMPLER_ODE, 50);
    catalogue_draw(&catalogue, spot(-1, 0, 7));
    simulation_apply(&s, &other);
    learner_apply(&l, &other);
    simulation_resume(&s, &particles, &set);
    learner_resume(&l, &network);
    assert_near(simulation_exact(&s)->mean[0], 0.25, 1e-12);
    assert_int_equal(l.subject->revision, 6);
    learner_step(&l);
    learner_state_free(&network);
    simulation_state_free(&particles);
    learner_free(&l);
    simulation_free(&s);
}

static void of_an_empty_canvas_nothing_is_measured(void **state)
{
    (void)state;
    Simulation s;
    Subject *empty = spot(0, 0, 21);
    empty->blank = true;
    catalogue_draw(&catalogue, spot(0, 0, 20));
    Settings set = drawn(20);
    start(&s, &set);
    simulation_refresh_shown(&s);
    assert_true(isfinite(s.frame.errors.overall));
    catalogue_draw(&catalogue, empty);
    set.drawing = 21;
    simulation_apply(&s, &set);
    simulation_refresh_shown(&s);
    assert_true(isnan(s.frame.errors.overall) && isnan(s.frame.errors.error[0]));
    catalogue_draw(&catalogue, spot(0, 0, 22));
    set.drawing = 22;
    simulation_apply(&s, &set);
    simulation_refresh_shown(&s);
    assert_true(isfinite(s.frame.errors.overall));
    simulation_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_training_set_is_the_truth_in_the_frame_of_its_target),
        cmocka_unit_test(the_truth_is_the_target_where_nothing_is_finite),
        cmocka_unit_test(the_exact_field_of_a_simulation_follows_the_truth),
        cmocka_unit_test(a_drawing_that_goes_on_disturbs_no_particle),
        cmocka_unit_test(settings_of_a_replaced_drawing_wait_for_the_newer_ones),
        cmocka_unit_test(a_kept_state_keeps_its_drawing),
        cmocka_unit_test(of_an_empty_canvas_nothing_is_measured),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
