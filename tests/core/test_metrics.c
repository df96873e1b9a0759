#include "core/metrics.h"
#include "core/schedule.h"
#include "near.h"

static float scratch[METRICS_POINTS * 6];

/* The exact score, bent by a known amount: scale(sigma) times, plus an offset in x, turned by an angle. */
typedef struct Bent {
    FieldSource exact;
    double (*scale)(double sigma);
    float offset;
    double turn;
} Bent;

static void evaluate_bent(void *context, const float *x, float sigma, size_t n, float *score)
{
    const Bent *bent = context;
    float scale = (float)bent->scale((double)sigma);
    bent->exact.evaluate(bent->exact.context, x, sigma, n, score);
    float along = scale * (float)cos(bent->turn), across = scale * (float)sin(bent->turn);
    for (size_t i = 0; i < n; i++) {
        float u = score[2 * i], v = score[2 * i + 1];
        score[2 * i] = along * u - across * v + bent->offset;
        score[2 * i + 1] = across * u + along * v;
    }
}

static double one(double sigma)
{
    (void)sigma;
    return 1;
}

static double tenth_more(double sigma)
{
    (void)sigma;
    return 1.1;
}

static double more_with_sigma(double sigma)
{
    return 1 + .1 * sigma;
}

static int make_mixture(void **state)
{
    static const Component parts[2] = {{.weight = .2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                                       {.weight = .8, .mean = {5, 5}, .cov = {1, 0, 1}}};
    static Mixture m;
    *state = &m;
    return mixture_init(&m, parts, 2) ? 0 : -1;
}

static int free_mixture(void **state)
{
    mixture_free(*state);
    return 0;
}

static void exact_field_has_no_error(void **state)
{
    const Mixture *m = *state;
    FieldSource exact = field_exact(m);
    for (double sigma = .01; sigma < 100; sigma *= 10)
        assert_near(metrics_score_error(&exact, m, sigma, 1, 1000, scratch), 0, 1e-6);
}

static void relative_error_is_what_was_added(void **state)
{
    const Mixture *m = *state;
    Bent bent = {field_exact(m), tenth_more, 0, 0};
    FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
    for (double sigma = .01; sigma < 100; sigma *= 10)
        assert_near(metrics_score_error(&field, m, sigma, 1, 1000, scratch), .1, 1e-5);
}

/* On N(0, I) at sigma = 1, E|s*|^2 = 2 / (1 + sigma^2) = 1, so that an offset of 1/2 is an error of 1/2: the points
 * must come from the smoothed density, within 3 standard errors of the mean of |s*|^2, which is exponential. */
static void points_come_from_the_smoothed_density(void **state)
{
    Mixture m;
    const Component normal = {.weight = 1, .cov = {1, 0, 1}};
    (void)state;
    assert_true(mixture_init(&m, &normal, 1));
    Bent bent = {field_exact(&m), one, .5f, 0};
    FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
    double error = metrics_score_error(&field, &m, 1, 7, METRICS_POINTS, scratch);
    assert_near(error, .5, .5 * .5 * 3 / 64.);
    assert_true(error == metrics_score_error(&field, &m, 1, 7, METRICS_POINTS, scratch));
    assert_true(error != metrics_score_error(&field, &m, 1, 8, METRICS_POINTS, scratch));
    mixture_free(&m);
}

/* On N(0, I), E|s*|^2 = 2 / (1 + sigma^2) and D = x + sigma^2 s. */
static void a_denoisers_error_is_the_scores_times_the_noise_squared(void **state)
{
    Mixture m;
    const Component normal = {.weight = 1, .cov = {1, 0, 1}};
    (void)state;
    assert_true(mixture_init(&m, &normal, 1));
    Bent bent = {field_exact(&m), tenth_more, 0, 0};
    FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
    for (double sigma = .01; sigma < 100; sigma *= 10) {
        FieldErrors e = metrics_field_errors(&field, &m, sigma, 1, METRICS_POINTS, scratch);
        double square = sigma * sigma;
        assert_true(e.score == metrics_score_error(&field, &m, sigma, 1, METRICS_POINTS, scratch));
        assert_near(e.denoiser / (.1 * square * sqrt(2 / (1 + square))), 1, 3 / 128.);
        assert_near(e.angle, 0, 1e-6);
    }
    mixture_free(&m);
}

static void angles_are_those_between_the_two(void **state)
{
    const Mixture *m = *state;
    for (double turn = -3; turn < 3.5; turn += .5) {
        Bent bent = {field_exact(m), tenth_more, 0, turn};
        FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
        assert_near(metrics_field_errors(&field, m, 2, 1, 1000, scratch).angle, fabs(turn), 1e-5);
    }
    /* Strong scores hardly turn under an offset, weak ones turn all the way and weigh little. */
    Bent bent = {field_exact(m), one, 10, 0};
    FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
    assert_true(metrics_field_errors(&field, m, .01, 1, 1000, scratch).angle > 1);
    bent.offset = .01f;
    assert_true(metrics_field_errors(&field, m, .01, 1, 1000, scratch).angle < .02);
}

static void levels_span_the_range_and_the_overall_the_published_one(void **state)
{
    const Mixture *m = *state;
    Target target = {.mixture = *m,
                     .frame = {{m->mean[0], m->mean[1]}, m->std},
                     .sigma_min = .01 * m->std,
                     .sigma_max = 10 * m->std};
    Bent bent = {field_exact(m), more_with_sigma, 0, 0};
    FieldSource field = {.evaluate = evaluate_bent, .context = &bent};
    double level[12], sigma[METRICS_LEVELS], sum = 0;
    metrics_levels(&target, sigma);
    assert_true(sigma[0] == target.sigma_min && sigma[METRICS_LEVELS - 1] == target.sigma_max);
    for (size_t i = 1; i + 1 < METRICS_LEVELS; i++)
        assert_near(sigma[i] * sigma[i], sigma[i - 1] * sigma[i + 1], 1e-12 * sigma[i] * sigma[i]);
    ladder_geometric(.02 * m->std, 2 * m->std, 12, level);
    for (size_t i = 0; i < 12; i++)
        sum += .01 * level[i] * level[i];
    assert_near(metrics_overall_error(&field, &target, 3, scratch), sqrt(sum / 12), 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_field_has_no_error),
        cmocka_unit_test(relative_error_is_what_was_added),
        cmocka_unit_test(points_come_from_the_smoothed_density),
        cmocka_unit_test(a_denoisers_error_is_the_scores_times_the_noise_squared),
        cmocka_unit_test(angles_are_those_between_the_two),
        cmocka_unit_test(levels_span_the_range_and_the_overall_the_published_one),
    };
    return cmocka_run_group_tests(tests, make_mixture, free_mixture);
}
