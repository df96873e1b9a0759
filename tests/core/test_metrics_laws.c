#include "core/metrics_laws.h"
#include "near.h"

static float scratch[METRICS_LAW_POINTS * METRICS_LAW_SCRATCH];

/* scale S + turn (-y, x): with the exact divergence. */
typedef struct Bent {
    FieldSource exact;
    float scale, turn;
} Bent;

static void bend(const Bent *bent, const float *x, size_t n, float *score)
{
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = bent->scale * score[2 * i] - bent->turn * x[2 * i + 1];
        score[2 * i + 1] = bent->scale * score[2 * i + 1] + bent->turn * x[2 * i];
    }
}

static void evaluate_bent(void *context, const float *x, float sigma, size_t n, float *score)
{
    const Bent *bent = context;
    bent->exact.evaluate(bent->exact.context, x, sigma, n, score);
    bend(bent, x, n, score);
}

static void diverge_bent(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    const Bent *bent = context;
    bent->exact.diverge(bent->exact.context, x, sigma, n, score, divergence);
    bend(bent, x, n, score);
    for (size_t i = 0; i < n; i++)
        divergence[i] *= bent->scale;
}

static FieldSource field_bent(Bent *bent)
{
    return (FieldSource){.evaluate = evaluate_bent, .diverge = diverge_bent, .context = bent};
}

static Target normal_target(void)
{
    const Component normal = {.weight = 1, .cov = {1, 0, 1}};
    Mixture m;
    Target t;
    assert_true(mixture_init(&m, &normal, 1));
    target_from_mixture(&t, m);
    return t;
}

static FieldLaws laws(const FieldSource *field, const Target *t, double sigma)
{
    return metrics_field_laws(field, t, sigma, 1, METRICS_LAW_POINTS, scratch);
}

/* On every target, at every level: what is left is the differences' own error. */
static void the_exact_score_obeys(void **state)
{
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        FieldSource exact = field_exact(&t.mixture);
        for (double sigma = t.sigma_min; sigma < t.sigma_max * 1.001; sigma *= sqrt(10)) {
            FieldLaws l = laws(&exact, &t, sigma);
            assert_near(l.curl, 0, .004);
            assert_near(l.heat, 0, .03);
        }
        target_free(&t);
    }
}

/* On N(0, I) with w = 1 + sigma^2 the Jacobian is -I/w, and turned by t its size is sqrt(2/w^2 + 2 t^2). */
static void turning_is_curl(void **state)
{
    Target t = normal_target();
    Bent bent = {field_exact(&t.mixture), 1, .3f};
    FieldSource field = field_bent(&bent);
    (void)state;
    for (double sigma = .1; sigma < 5; sigma *= 4) {
        double w = 1 + sigma * sigma;
        assert_near(laws(&field, &t, sigma).curl, .6 / sqrt(2 / (w * w) + 2 * .09), 1e-3);
    }
    target_free(&t);
}

/* On N(0, I), a S has dS/dsigma = a L and right side a^2 L. */
static void a_longer_score_breaks_the_heat_equation(void **state)
{
    Target t = normal_target();
    (void)state;
    for (float scale = .5f; scale < 3; scale += .5f) {
        Bent bent = {field_exact(&t.mixture), scale, 0};
        FieldSource field = field_bent(&bent);
        double a = (double)scale, expected = sqrt(2) * fabs(a - a * a) / sqrt(a * a + a * a * a * a);
        assert_near(laws(&field, &t, 1).heat, expected, 5e-3);
        assert_near(laws(&field, &t, 1).curl, 0, 1e-3);
    }
    target_free(&t);
}

/* A field that is right at one level and the same at all others. */
typedef struct Frozen {
    FieldSource exact;
    float sigma, least, most; /* which levels were asked for */
} Frozen;

static void note(Frozen *f, float sigma)
{
    f->least = fminf(f->least, sigma);
    f->most = fmaxf(f->most, sigma);
}

static void evaluate_frozen(void *context, const float *x, float sigma, size_t n, float *score)
{
    Frozen *f = context;
    note(f, sigma);
    f->exact.evaluate(f->exact.context, x, f->sigma, n, score);
}

static void diverge_frozen(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    Frozen *f = context;
    note(f, sigma);
    f->exact.diverge(f->exact.context, x, f->sigma, n, score, divergence);
}

static void a_field_without_levels_is_wholly_wrong_and_ends_are_kept(void **state)
{
    Target t = normal_target();
    (void)state;
    for (double end = t.sigma_min; end < 2 * t.sigma_max; end *= t.sigma_max / t.sigma_min) {
        Frozen frozen = {field_exact(&t.mixture), (float)end, 1e9f, 0};
        FieldSource field = {.evaluate = evaluate_frozen, .diverge = diverge_frozen, .context = &frozen};
        assert_near(laws(&field, &t, end).heat, sqrt(2), 1e-3);
        assert_true((double)frozen.least >= t.sigma_min * .999999 && (double)frozen.most <= t.sigma_max * 1.000001);
        assert_near(frozen.most / frozen.least, (1 + METRICS_LAW_STEP) / (1 - METRICS_LAW_STEP), 1e-5);
    }
    target_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exact_score_obeys),
        cmocka_unit_test(turning_is_curl),
        cmocka_unit_test(a_longer_score_breaks_the_heat_equation),
        cmocka_unit_test(a_field_without_levels_is_wholly_wrong_and_ends_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
