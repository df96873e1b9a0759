#include "scene/signs.h"

#include "core/dynamics.h"
#include "core/start.h"
#include "near.h"
#include "scene/learner.h"

#include <string.h>

typedef struct Scene {
    Settings settings;
    Target target;
    TrainerStatistics statistics;
    SignView view;
} Scene;

static size_t target_named(const char *name)
{
    size_t i = 0;
    while (strcmp(target_info(i)->name, name) != 0)
        i++;
    return i;
}

/* Mixture M of maths.md section 1: components of variance 1 about (3, 3) on average. */
static int with_scene(void **state)
{
    static Scene s;
    s = (Scene){.settings = settings_defaults()};
    settings_put(&s.settings, SET_TARGET, (double)target_named("ncsn"));
    if (!target_init(&s.target, target_named("ncsn")))
        return -1;
    s.view = (SignView){.settings = &s.settings, .target = &s.target, .sigma = 1, .statistics = &s.statistics};
    *state = &s;
    return 0;
}

static int without_scene(void **state)
{
    target_free(&((Scene *)*state)->target);
    return 0;
}

static unsigned raised(const Scene *s)
{
    unsigned all = 0;
    for (SignId id = 0; id < SIGN_COUNT; id++)
        all |= (unsigned)sign_raised(id, &s->view) << id;
    return all;
}

static void the_defaults_raise_none(void **state)
{
    Scene *s = *state;
    assert_int_equal(raised(s), 0);
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        s->settings = settings_defaults();
        settings_put(&s->settings, SET_TARGET, (double)which);
        s->view.target = &t;
        for (size_t k = 0; k < SAMPLER_COUNT; k++) {
            settings_put(&s->settings, SET_DYNAMICS, (double)k);
            s->view.sigma = k % 2 ? t.sigma_min : t.sigma_max;
            settings_put(&s->settings, SET_SCHEDULE, (double)(which % SCHEDULE_COUNT));
            assert_int_equal(raised(s), 0);
        }
        target_free(&t);
    }
    s->view.target = &s->target;
    s->view.statistics = NULL;
    assert_int_equal(raised(s), 0);
}

static void divergence_is_told(void **state)
{
    Scene *s = *state;
    s->statistics.diverged = true;
    assert_int_equal(raised(s), 1u << SIGN_DIVERGED);
}

/* The narrowest mode has variance 1: at sigma = 2 a fixed step of 2 (4 + 1) is the bound. */
static void a_fixed_step_beyond_the_bound_is_told(void **state)
{
    Scene *s = *state;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_LANGEVIN);
    s->view.sigma = 2;
    settings_put(&s->settings, SET_STEP_FIXED, 9.99);
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_STEP_FIXED, 10.01);
    assert_int_equal(raised(s), 1u << SIGN_STEP);
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_SDE); /* has no such step */
    assert_int_equal(raised(s), 0);
}

/* What holds at the noise shown may be too long at the ladder's end. */
static void annealing_is_judged_at_its_last_level(void **state)
{
    Scene *s = *state;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_ANNEALED);
    settings_put(&s->settings, SET_FIRST, 20);
    settings_put(&s->settings, SET_LAST, 1);
    s->view.sigma = 20;
    settings_put(&s->settings, SET_STEP_FIXED, 3.99);
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_STEP_FIXED, 4.01);
    assert_int_equal(raised(s), 1u << SIGN_STEP);
}

/* x <- x - h x / v of a mode of variance v, and what the rule says of h: both change their mind at the same step. */
static void the_bound_is_where_a_mode_throws_particles_out(void **state)
{
    Scene *s = *state;
    double sigma = 0.7, v = 1 + sigma * sigma;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_ASCENT);
    s->view.sigma = sigma;
    for (double h = 0.1; h < 4 * v; h += 0.1) {
        settings_put(&s->settings, SET_STEP_FIXED, h);
        assert_int_equal(sign_raised(SIGN_STEP, &s->view), fabs(1 - h / v) > 1);
    }
}

/* Between VE's levels a factor c apart h = 2 ln c sigma^2: where the data are nothing against the noise, more than a
 * factor of e is too far (dynamics_reverse.c). */
static void euler_maruyama_wants_enough_steps(void **state)
{
    Scene *s = *state;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_EULER_MARUYAMA);
    settings_put(&s->settings, SET_LAST, 100);
    settings_put(&s->settings, SET_FIRST, 100 * exp(4));
    s->view.sigma = s->target.sigma_max;
    for (int steps = 2; steps < 7; steps++) {
        settings_put(&s->settings, SET_STEPS, steps);
        assert_int_equal(sign_raised(SIGN_STEP, &s->view), steps < 4);
    }
}

/* Variances 4 and 1 along the diagonals: the narrow one counts. */
static void the_narrowest_direction_sets_the_bound(void **state)
{
    Scene *s = *state;
    const Component two[2] = {{.weight = 1, .cov = {9, 0, 9}}, {.weight = 1, .cov = {2.5, 1.5, 2.5}}};
    Mixture m;
    Target tilted;
    assert_true(mixture_init(&m, two, 2));
    target_from_mixture(&tilted, m);
    s->view.target = &tilted;
    s->view.sigma = 2;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_LANGEVIN);
    for (int beyond = 0; beyond < 2; beyond++) {
        settings_put(&s->settings, SET_STEP_FIXED, beyond ? 10.01 : 9.99);
        assert_int_equal(sign_raised(SIGN_STEP, &s->view), beyond);
    }
    target_free(&tilted);
}

/* Two particles that get the same kicks: how far apart a step of the sampler itself leaves them, against before. */
static double stretched(const FieldSource *field, const DynamicsStep *step)
{
    float apart[2];
    for (int i = 0; i < 2; i++) {
        float x[2] = {(float)i, 0};
        DynamicsStep one = *step;
        one.x = x;
        one.n = 1;
        sampler_info(SAMPLER_EULER_MARUYAMA)->step(field, &one);
        apart[i] = x[0];
    }
    return fabs((double)(apart[1] - apart[0]));
}

/* The most that any step of a ladder moves two particles apart, in the coordinates in which noise is only added. */
static double most_stretched(const FieldSource *field, const Target *t, const Schedule *schedule, size_t n)
{
    enum { MOST = 16 };
    static float scratch[DYNAMICS_SCRATCH];
    double sigma[MOST + 1], std = t->frame.std, most = 0;
    schedule_ladder(schedule, t->sigma_max / std, t->sigma_min / std, n + 1, sigma);
    for (size_t i = 0; i < n; i++) {
        double from = schedule->time(sigma[i]), to = schedule->time(sigma[i + 1]);
        double rescaled = (1 - schedule->drift(from) * (from - to)) * schedule->scale(from) / schedule->scale(to);
        DynamicsStep step = {.from = sigma[i] * std,
                             .to = sigma[i + 1] * std,
                             .options = {.schedule = schedule, .steps = n},
                             .frame = t->frame,
                             .scratch = scratch};
        most = fmax(most, stretched(field, &step) / rescaled);
    }
    return most;
}

/* The rule and the sampler agree about every ladder. */
static void euler_maruyama_is_judged_as_it_goes(void **state)
{
    Scene *s = *state;
    const Component one = {.weight = 1, .cov = {2, 0, 2}};
    size_t told = 0, compared = 0;
    Mixture m;
    Target normal;
    assert_true(mixture_init(&m, &one, 1));
    target_from_mixture(&normal, m);
    FieldSource field = field_exact(&normal.mixture);
    s->view.target = &normal;
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_EULER_MARUYAMA);
    for (size_t which = 0; which < SCHEDULE_COUNT; which++) {
        settings_put(&s->settings, SET_SCHEDULE, (double)which);
        for (size_t n = 1; n <= 16; n++, compared++) {
            double most = most_stretched(&field, &normal, schedule_info(which), n);
            settings_put(&s->settings, SET_STEPS, (double)n);
            assert_int_equal(sign_raised(SIGN_STEP, &s->view), most > 1);
            told += most > 1;
        }
    }
    assert_in_range(told, 5, compared - 5);
    target_free(&normal);
}

/* Against a normal of mean 0 and variance 9 + sigma^2, in closed form. */
static void the_start_is_held_against_the_noisy_data(void **state)
{
    Scene *s = *state;
    Mixture m;
    double sigma = 4, noisy = 25, offset = 5, own = 16;
    const Component one = {.weight = 1, .mean = {3, -4}, .cov = {9, 0, 9}};
    assert_true(mixture_init(&m, &one, 1));
    settings_put(&s->settings, SET_START, START_PRIOR);
    double expected = own / noisy - 1 - log(own / noisy) + offset * offset / (2 * noisy);
    assert_near(sign_start_divergence(&s->settings, &m, sigma), expected, 1e-12);
    settings_put(&s->settings, SET_REACH, 5); /* the right variance: the offset is left */
    assert_near(sign_start_divergence(&s->settings, &m, sigma), offset * offset / (2 * noisy), 1e-12);
    settings_put(&s->settings, SET_START, START_UNIFORM);
    settings_put(&s->settings, SET_REACH, 5 * sqrt(3));
    expected = offset * offset / (2 * noisy) + log(2 * M_PI * M_E / 12);
    assert_near(sign_start_divergence(&s->settings, &m, sigma), expected, 1e-12);
    for (int k = 0; k < 2; k++) {
        settings_put(&s->settings, SET_START, k ? START_MATCHED : START_EXACT);
        assert_near(sign_start_divergence(&s->settings, &m, sigma), 0, 0);
    }
    mixture_free(&m);
}

/* By the definition: the mean of ln q - ln p over points drawn from q. */
static void the_divergence_is_that_of_what_is_drawn(void **state)
{
    enum { N = 40000 };
    static float x[N][2];
    Scene *s = *state;
    const Mixture *m = &s->target.mixture;
    double sigma = 6, reach = 7, sum = 0;
    const double cov[3] = {m->cov[0] + sigma * sigma, m->cov[1], m->cov[2] + sigma * sigma};
    const Component noisy = {.weight = 1, .mean = {m->mean[0], m->mean[1]}, .cov = {cov[0], cov[1], cov[2]}};
    Mixture p;
    assert_true(mixture_init(&p, &noisy, 1));
    settings_put(&s->settings, SET_REACH, reach);
    settings_put(&s->settings, SET_START, START_UNIFORM);
    StartDraw draw = {.mixture = m, .sigma = sigma, .reach = reach, .rng = {1, STREAM_TEST}, .n = N};
    start_info(START_UNIFORM)->draw(&draw, x[0]);
    for (size_t i = 0; i < N; i++)
        sum -= log(4 * reach * reach) + mixture_at(&p, 0, (double[]){(double)x[i][0], (double)x[i][1]}).log_density;
    assert_near(sign_start_divergence(&s->settings, m, sigma), sum / N, 0.02);
    mixture_free(&p);
}

/* At M's widest level, ten standard deviations, N(0, sigma^2 I) forgets little; at NCSN's 20 the mean (3, 3) shows. */
static void a_start_elsewhere_is_told(void **state)
{
    Scene *s = *state;
    settings_put(&s->settings, SET_START, START_PRIOR);
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_FIRST, 20);
    assert_int_equal(raised(s), 1u << SIGN_START);
    settings_put(&s->settings, SET_FORWARD, 1); /* begins at the data */
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_FORWARD, 0);
    settings_put(&s->settings, SET_FIRST, 0);
    settings_put(&s->settings, SET_START, START_UNIFORM);
    assert_int_equal(raised(s), 1u << SIGN_START);
    settings_put(&s->settings, SET_DYNAMICS, SAMPLER_LANGEVIN);
    assert_int_equal(raised(s), 0);
}

static void a_level_out_of_range_is_told(void **state)
{
    Scene *s = *state;
    double std = s->target.frame.std;
    const double inside[] = {0.01 * std, std, 10 * std}, outside[] = {0.0099 * std, 10.1 * std};
    for (int i = 0; i < 3; i++) {
        s->view.sigma = inside[i];
        assert_int_equal(raised(s), 0);
    }
    for (int i = 0; i < 2; i++) {
        char text[64];
        s->view.sigma = outside[i];
        settings_put(&s->settings, SET_FIELD, FIELD_LEARNED);
        assert_int_equal(raised(s), 1u << SIGN_UNTRAINED);
        sign_figures(SIGN_UNTRAINED, &s->view, text, sizeof text);
        assert_string_equal(text, i ? "\u03c3 41.6, trained to 41.2" : "\u03c3 0.0408, trained to 0.0412");
        settings_put(&s->settings, SET_FIELD, FIELD_EXACT);
        assert_int_equal(raised(s), 0);
    }
}

/* Two small networks, one with ten points to learn from and one with as many as it likes. */
static void only_a_small_training_set_is_learned_by_heart(void **state)
{
    Scene *s = *state;
    settings_put(&s->settings, SET_WIDTH, 32);
    settings_put(&s->settings, SET_DEPTH, 2);
    settings_put(&s->settings, SET_REFERENCES, 128);
    settings_put(&s->settings, SET_BATCH, 64);
    for (int endless = 0; endless < 2; endless++) {
        settings_put(&s->settings, SET_SAMPLES, endless ? 1000000 : 10);
        TrainerOptions options = learner_options(&s->settings);
        Trainer trainer;
        assert_true(trainer_init(&trainer, &options, &s->target));
        s->view.statistics = &trainer.statistics;
        assert_int_equal(raised(s), 0);
        for (int i = 0; i < 1200; i++)
            trainer_step(&trainer);
        assert_int_equal(raised(s), endless ? 0 : 1u << SIGN_MEMORISED);
        settings_put(&s->settings, SET_SAMPLES, 0);
        assert_int_equal(raised(s), 0);
        trainer_free(&trainer);
    }
}

/* Losses that leave out a constant are below zero. */
static void the_margin_knows_losses_of_either_sign(void **state)
{
    Scene *s = *state;
    const double floor[] = {1.6, 0.02, -0.3};
    settings_put(&s->settings, SET_SAMPLES, 100);
    s->statistics.steps = 1000;
    for (int i = 0; i < 3; i++) {
        s->statistics.population_floor = floor[i];
        s->statistics.loss = floor[i] - 0.009;
        assert_int_equal(raised(s), 0);
        s->statistics.loss = floor[i] - 0.1;
        assert_int_equal(raised(s), 1u << SIGN_MEMORISED);
    }
}

static void a_spent_budget_is_told(void **state)
{
    Scene *s = *state;
    s->statistics.steps = 1000;
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_BUDGET, 1001);
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_BUDGET, 1000);
    assert_int_equal(raised(s), 1u << SIGN_SPENT);
    settings_put(&s->settings, SET_TRAINING, 0);
    assert_int_equal(raised(s), 0);
}

static void ends_the_wrong_way_round_are_told(void **state)
{
    Scene *s = *state;
    char text[64];
    settings_put(&s->settings, SET_FIRST, 5);
    settings_put(&s->settings, SET_LAST, 2);
    assert_int_equal(raised(s), 0);
    settings_put(&s->settings, SET_LAST, 7);
    assert_int_equal(raised(s), 1u << SIGN_LADDER);
    assert_string_equal(sign_figures(SIGN_LADDER, &s->view, text, sizeof text), "last 7.00, first 5.00");
    settings_put(&s->settings, SET_FIRST, 0);
    settings_put(&s->settings, SET_LAST, 1000);
    assert_int_equal(raised(s), 1u << SIGN_LADDER);
}

static void every_sign_explains_itself(void **state)
{
    (void)state;
    for (SignId id = 0; id < SIGN_COUNT; id++) {
        const SignInfo *row = sign_info(id);
        assert_true(row->name && row->title && row->explain);
        assert_in_range(strlen(row->explain), 60, 240);
        assert_true(strlen(row->title) <= 24);
        assert_true(row->explain[strlen(row->explain) - 1] == '.');
        for (SignId other = 0; other < id; other++)
            assert_string_not_equal(row->name, sign_info(other)->name);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_scene, without_scene)
    const struct CMUnitTest tests[] = {
        TEST(the_defaults_raise_none),
        TEST(divergence_is_told),
        TEST(a_fixed_step_beyond_the_bound_is_told),
        TEST(annealing_is_judged_at_its_last_level),
        TEST(the_bound_is_where_a_mode_throws_particles_out),
        TEST(the_narrowest_direction_sets_the_bound),
        TEST(euler_maruyama_wants_enough_steps),
        TEST(euler_maruyama_is_judged_as_it_goes),
        TEST(the_start_is_held_against_the_noisy_data),
        TEST(the_divergence_is_that_of_what_is_drawn),
        TEST(a_start_elsewhere_is_told),
        TEST(a_level_out_of_range_is_told),
        TEST(only_a_small_training_set_is_learned_by_heart),
        TEST(the_margin_knows_losses_of_either_sign),
        TEST(a_spent_budget_is_told),
        TEST(ends_the_wrong_way_round_are_told),
        TEST(every_sign_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
