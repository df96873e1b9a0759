#include "core/field.h"

#include "core/target.h"

#include "near.h"

#include <stdlib.h>

static Component gaussian(double weight, double x, double y, double xx, double xy, double yy)
{
    return (Component){.weight = weight, .mean = {x, y}, .cov = {xx, xy, yy}};
}

static Component box(double weight, double x, double y, double half_x, double half_y)
{
    return (Component){.kind = COMPONENT_BOX, .weight = weight, .mean = {x, y}, .half = {half_x, half_y}};
}

static Mixture make(const Component *component, size_t n)
{
    Mixture m;
    assert_true(mixture_init(&m, component, n));
    return m;
}

static Mixture mixture_m(void)
{
    return make((Component[]){gaussian(0.2, -5, -5, 1, 0, 1), gaussian(0.8, 5, 5, 1, 0, 1)}, 2);
}

static Mixture eight_gaussians(void)
{
    Component c[8];
    for (int k = 0; k < 8; k++)
        c[k] = gaussian(1, 4 / 1.414 * cos(k * M_PI_4), 4 / 1.414 * sin(k * M_PI_4), 0.25 / (1.414 * 1.414), 0,
                        0.25 / (1.414 * 1.414));
    return make(c, 8);
}

static Mixture checkerboard(void)
{
    Component c[8];
    for (int k = 0; k < 8; k++)
        c[k] = box(1, 2.0 * (k / 2) - 3, 2.0 * (2 * (k % 2) + k / 2 % 2) - 3, 1, 1);
    return make(c, 8);
}

static Mixture pixels(void)
{
    return make((Component[]){box(1, 0.5, 0.5, 0.5, 0.5), box(2, 1.5, 0.5, 0.5, 0.5), box(3, 0.5, 1.5, 0.5, 0.5)}, 3);
}

static Mixture empirical(void)
{
    return make((Component[]){gaussian(1, 0, 0, 0, 0, 0), gaussian(1, 1, 0, 0, 0, 0), gaussian(1, 0, 2, 0, 0, 0)}, 3);
}

static Mixture oblique(void)
{
    return make((Component[]){gaussian(3, 1, -1, 2, 0.6, 0.5)}, 1);
}

/* The reference values of maths.md section 4; NONE where it is silent. */
#define NONE ((double)NAN)
typedef struct Reference {
    Mixture (*make)(void);
    double x[2], sigma, log_density, score[2], divergence;
} Reference;

static const Reference references[] = {
    {mixture_m, {0, 0}, 0, -26.8379, {3, 3}, 30},
    {mixture_m, {0, 0}, 1, -15.0310, {1.5, 1.5}, 7},
    {mixture_m, {3, 1}, 10, -6.61965, {0.00554305, 0.0253450}, NONE},
    {mixture_m, {1, -2}, 2, -9.12410, {-0.497571, 0.102429}, 1.42290},
    {eight_gaussians, {2, 1}, 0, -5.77710, {0.402544, 7.03401}, 1.01657},
    {eight_gaussians, {2, 1}, 0.5, -3.93361, {0.631642, 1.14244}, 1.48008},
    {eight_gaussians, {1, 0.5}, 1, -4.63413, {0.897772, 0.449849}, NONE},
    {oblique, {0, 0}, 0.5, -3.56145, {1.01695, -2.14689}, NONE},
    {empirical, {0.5, 0.5}, 1, -2.32449, {-0.0776812, -0.189275}, -1.23113},
    {empirical, {0.5, 0.5}, 0.3, NONE, {-4.15145e-5, -5.55539}, 8.64567},
    {pixels, {1, 1}, 0.5, -1.47943, {-0.481860, 0}, NONE},
    {checkerboard, {0.1, 0.2}, 0.3, -4.03732, {1.10285, 0.492438}, NONE},
    {checkerboard, {1, 1}, 0.5, -3.55660, {NONE, NONE}, NONE},
    {checkerboard, {1, -1}, 1, -4.30875, {NONE, NONE}, NONE},
};

static void assert_reference(double value, double expected)
{
    if (!isnan(expected))
        assert_near(value, expected, 6e-6 * fmax(fabs(expected), 1e-5));
}

static void exact_values_are_those_of_the_sheet(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        const Reference *r = &references[i];
        Mixture m = r->make();
        MixtureValue v = mixture_at(&m, r->sigma, r->x);
        assert_reference(v.log_density, r->log_density);
        for (int axis = 0; axis < 2; axis++) {
            assert_reference(v.score[axis] + (r->score[axis] == 0.0), r->score[axis] + (r->score[axis] == 0.0));
            assert_near(v.denoiser[axis], r->x[axis] + r->sigma * r->sigma * v.score[axis], 1e-12);
        }
        assert_reference(v.divergence, r->divergence);
        mixture_free(&m);
    }
}

/* The trace at |x| = 1e6 and sigma = 1e-4 is -2 / sigma^2, but for a sum that cancels. */
static void values_stay_finite_far_away(void **state)
{
    (void)state;
    Mixture (*const makers[])(void) = {empirical, mixture_m, checkerboard, pixels, oblique};
    const double sigmas[] = {1e-4, 0.1, 1, 10};
    const double places[][2] = {{1e6, 0.3}, {-7e5, 7e5}, {1e6, -1e6}, {40, -3}};
    for (size_t k = 0; k < 5; k++) {
        Mixture m = makers[k]();
        for (size_t s = 0; s < 4; s++)
            for (size_t p = 0; p < 4; p++) {
                MixtureValue v = mixture_at(&m, sigmas[s], places[p]);
                assert_true(isfinite(v.log_density) && isfinite(v.divergence));
                assert_true(isfinite(v.score[0]) && isfinite(v.score[1]));
                assert_true(v.score[0] * places[p][0] < 0);
            }
        mixture_free(&m);
    }
    Mixture m = empirical();
    assert_near(mixture_at(&m, 1e-4, (double[]){1e6, 0.3}).divergence, -2e8, 1);
    mixture_free(&m);
}

/* d/dsigma ln p = sigma (div S + |S|^2), and S is the gradient of ln p. */
static void score_and_divergence_obey_the_heat_equation(void **state)
{
    (void)state;
    Mixture (*const makers[])(void) = {mixture_m, eight_gaussians, checkerboard, pixels, oblique};
    for (size_t k = 0; k < 5; k++) {
        Mixture m = makers[k]();
        for (double sigma = 0.3; sigma < 20; sigma *= 2.3)
            for (int p = 0; p < 6; p++) {
                double x[2] = {3.7 * cos(p), 4.1 * sin(2 * p)}, h = 1e-5;
                MixtureValue v = mixture_at(&m, sigma, x);
                double slope =
                    (mixture_at(&m, sigma + h, x).log_density - mixture_at(&m, sigma - h, x).log_density) / (2 * h);
                double expected = sigma * (v.divergence + v.score[0] * v.score[0] + v.score[1] * v.score[1]);
                assert_near(slope, expected, 1e-6 * (1 + fabs(expected)));
                for (int axis = 0; axis < 2; axis++) {
                    double up[2] = {x[0], x[1]}, down[2] = {x[0], x[1]};
                    up[axis] += h;
                    down[axis] -= h;
                    slope = (mixture_at(&m, sigma, up).log_density - mixture_at(&m, sigma, down).log_density) / (2 * h);
                    assert_near(slope, v.score[axis], 1e-6 * (1 + fabs(v.score[axis])));
                }
            }
        mixture_free(&m);
    }
}

/* The three forms of a truncated normal meet at their borders, and at any width. */
static void a_box_is_the_same_from_every_formula(void **state)
{
    (void)state;
    const double widths[] = {3e-5, 0.9999e-4, 1.0001e-4, 1e-2, 1, 50};
    for (size_t w = 0; w < 6; w++) {
        double half = widths[w] / 2;
        const double edges[] = {half, half + 5, half + 1000};
        Mixture m = make((Component[]){box(1, 0, 0, half, 1)}, 1);
        for (size_t e = 0; e < 3; e++) {
            double gap = 1e-9 * (1 + edges[e]);
            MixtureValue a = mixture_at(&m, 1, (double[]){edges[e] - gap, 0});
            MixtureValue b = mixture_at(&m, 1, (double[]){edges[e] + gap, 0});
            assert_near(a.log_density, b.log_density, 3 * gap * (1 + fabs(a.score[0])) + 1e-9);
            assert_near(a.score[0], b.score[0], 1e-6 + 3 * gap);
            assert_near(a.divergence, b.divergence, 1e-6);
        }
        mixture_free(&m);
    }
}

static void a_box_without_noise_is_flat_inside_and_nothing_outside(void **state)
{
    (void)state;
    Mixture m = checkerboard();
    MixtureValue inside = mixture_at(&m, 0, (double[]){0.5, 0.5}), outside = mixture_at(&m, 0, (double[]){0.5, -0.5});
    assert_near(inside.log_density, -log(32), 1e-12);
    assert_true(inside.score[0] == 0.0 && inside.score[1] == 0.0 && inside.divergence == 0.0);
    assert_true(isinf(outside.log_density) && outside.log_density < 0);
    assert_true(outside.score[0] == 0.0 && outside.denoiser[1] == -0.5);
    mixture_free(&m);
}

static void bad_components_are_refused(void **state)
{
    (void)state;
    const Component bad[] = {
        gaussian(0, 0, 0, 1, 0, 1),
        gaussian(-1, 0, 0, 1, 0, 1),
        gaussian(HUGE_VAL, 0, 0, 1, 0, 1),
        gaussian(1, (double)NAN, 0, 1, 0, 1),
        gaussian(1, 0, 0, -1, 0, 1),
        gaussian(1, 0, 0, 1, 1.1, 1),
        gaussian(1, 0, 0, 1, (double)NAN, 1),
        box(1, 0, 0, 0, 1),
        box(1, 0, 0, 1, -1),
        box(1, 0, HUGE_VAL, 1, 1),
    };
    Mixture m;
    assert_false(mixture_init(&m, bad, 0));
    mixture_free(&m);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(mixture_init(&m, &bad[i], 1));
        mixture_free(&m);
    }
}

static void moments_are_those_of_the_mixture(void **state)
{
    (void)state;
    Mixture m = mixture_m();
    assert_near(m.mean[0], 3, 1e-12);
    assert_near(m.cov[0], 17, 1e-12);
    assert_near(m.cov[1], 16, 1e-12);
    assert_near(m.std, sqrt(17), 1e-12);
    mixture_free(&m);
    m = checkerboard();
    assert_near(m.std, sqrt(16.0 / 3.0), 1e-12);
    mixture_free(&m);
}

static void samples_have_the_moments_and_may_be_split(void **state)
{
    (void)state;
    enum { N = 40000 };
    static float x[2 * N], part[2 * N];
    Mixture m = make(
        (Component[]){gaussian(1, -2, 1, 2, 0.6, 0.5), gaussian(2, 1, 0, 0.1, -0.05, 0.2), box(1, 3, 3, 2, 0.5)}, 3);
    Rng rng = {11, STREAM_TEST};
    mixture_sample(&m, rng, 5, 77, N, x);
    mixture_sample(&m, rng, 5, 77, 1001, part);
    mixture_sample(&m, rng, 5, 77 + 1001, N - 1001, part + 2002);
    assert_memory_equal(x, part, sizeof x);
    double mean[2] = {0}, cov[3] = {0};
    for (size_t i = 0; i < 2 * N; i++)
        mean[i % 2] += (double)x[i] / N;
    for (size_t i = 0; i < N; i++) {
        double dx = (double)x[2 * i] - mean[0], dy = (double)x[2 * i + 1] - mean[1];
        cov[0] += dx * dx / N;
        cov[1] += dx * dy / N;
        cov[2] += dy * dy / N;
    }
    for (int axis = 0; axis < 2; axis++)
        assert_near(mean[axis], m.mean[axis], 4.5 * sqrt(m.cov[2 * axis] / N));
    for (int i = 0; i < 3; i++)
        assert_near(cov[i], m.cov[i], 0.12);
    mixture_free(&m);
}

/* Mode fractions: every component is drawn as often as it weighs, also where weights differ by orders. */
static void components_are_drawn_by_weight(void **state)
{
    (void)state;
    enum { K = 40, N = 60000 };
    Component c[K];
    for (int k = 0; k < K; k++)
        c[k] = gaussian(k % 10 ? 1e-3 * k : 1, k, 0, 1e-6, 0, 1e-6);
    Mixture m = make(c, K);
    double count[K] = {0};
    for (size_t i = 0; i < N; i++) {
        float x[2];
        mixture_sample(&m, (Rng){3, STREAM_TEST}, 0, i, 1, x);
        count[lrintf(x[0])] += 1;
    }
    for (int k = 0; k < K; k++) {
        double p = m.component[k].weight;
        assert_near(count[k] / N, p, 4.5 * sqrt(p / N));
    }
    mixture_free(&m);
}

/* The fast path against the reference: at points of p_sigma, and all over a square of four stds. */
static void assert_fast_agrees(const Mixture *m, double relative_sigma, size_t n, bool inside)
{
    float sigma = (float)(relative_sigma * m->std);
    float *x = malloc(10 * n * sizeof *x);
    assert_non_null(x);
    float *score = x + 2 * n, *denoiser = x + 4 * n, *log_density = x + 6 * n, *divergence = x + 7 * n, *z = x + 8 * n;
    Rng rng = {17, STREAM_TEST};
    mixture_sample(m, rng, 0, 0, n, x);
    rng_normals(rng, 1, 0, n, z);
    for (size_t i = 0; i < 2 * n; i++)
        x[i] = inside ? x[i] + sigma * z[i] : (float)(m->mean[i % 2] + 2 * m->std * (double)z[i]);
    mixture_evaluate(
        m, sigma, x, n,
        (MixtureOutput){.log_density = log_density, .score = score, .divergence = divergence, .denoiser = denoiser});
    for (size_t i = 0; i < n; i++) {
        MixtureValue v = mixture_at(m, (double)sigma, (double[]){(double)x[2 * i], (double)x[2 * i + 1]});
        double size = hypot(v.score[0], v.score[1]) + 1 / (double)sigma, s2 = (double)sigma * (double)sigma;
        assert_near((double)log_density[i], v.log_density, 1e-3 * fmax(1, inside ? 1 : fabs(v.log_density)));
        assert_near((double)divergence[i], v.divergence, (inside ? 3e-3 : 3e-2) * (fabs(v.divergence) + 1 / s2));
        for (size_t axis = 0; axis < 2; axis++) {
            assert_near((double)score[2 * i + axis], v.score[axis], 2e-3 * size);
            assert_near((double)denoiser[2 * i + axis], v.denoiser[axis], 2e-3 * size * s2 + 1e-6 * m->std);
        }
    }
    free(x);
}

static void the_fast_path_agrees_on_the_catalogue(void **state)
{
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        for (double sigma = 0.01; sigma < 11; sigma *= 3.16) {
            assert_fast_agrees(&t.mixture, sigma, 60, true);
            assert_fast_agrees(&t.mixture, sigma, 60, false);
        }
        target_free(&t);
    }
}

/* A painted grid of 65,536 cells, where no direct sum would do. */
static void the_fast_path_agrees_on_a_painted_grid(void **state)
{
    (void)state;
    enum { SIDE = 256 };
    Component *c = malloc(SIDE * SIDE * sizeof *c);
    assert_non_null(c);
    for (int k = 0; k < SIDE * SIDE; k++) {
        double x = (k % SIDE - 127.5) / 32, y = (k / SIDE - 127.5) / 32, cell = 0.7 / 32;
        c[k] = gaussian(1 + 0.9 * sin(3 * x + y * y), x, y, cell * cell, 0, cell * cell);
    }
    Mixture m = make(c, SIDE * SIDE);
    for (double sigma = 0.01; sigma < 11; sigma *= 3.16) {
        assert_fast_agrees(&m, sigma, 8, true);
        assert_fast_agrees(&m, sigma, 8, false);
    }
    mixture_free(&m);
    free(c);
}

/* Points without width, thin Gaussians, wide ones, boxes and scattered weights in one mixture. */
static void the_fast_path_agrees_on_a_mixed_bag(void **state)
{
    (void)state;
    enum { N = 700 };
    Component c[N];
    float u[4 * N], z[2 * N];
    rng_uniforms((Rng){23, STREAM_TEST}, 0, 0, N, u);
    rng_normals((Rng){23, STREAM_TEST}, 0, 0, N, z);
    for (size_t k = 0; k < N; k++) {
        double x = 1000 + 3 * (double)z[2 * k], y = -500 + (double)z[2 * k + 1], angle = 6.3 * (double)u[4 * k];
        double major = pow(10, -4 * (double)u[4 * k + 1]), minor = major * pow(10, -3 * (double)u[4 * k + 2]);
        double cx = cos(angle), sx = sin(angle);
        c[k] = gaussian(0.01 + (double)u[4 * k + 3], x, y, major * cx * cx + minor * sx * sx, (major - minor) * cx * sx,
                        major * sx * sx + minor * cx * cx);
        if (k % 3 == 0)
            c[k] = gaussian(1, x, y, 0, 0, 0);
        if (k % 50 == 1)
            c[k] = box(1, x, y, 0.01 + (double)u[4 * k], 0.5 * major);
    }
    Mixture m = make(c, N);
    for (double sigma = 0.01; sigma < 11; sigma *= 3.16) {
        assert_fast_agrees(&m, sigma, 40, true);
        assert_fast_agrees(&m, sigma, 40, false);
    }
    mixture_free(&m);
}

static void field_sources_give_scores(void **state)
{
    (void)state;
    enum { N = 700 };
    static float x[2 * N], exact[2 * N], nothing[2 * N], apart[2 * N];
    Mixture a = mixture_m(), b = eight_gaussians();
    mixture_sample(&b, (Rng){1, STREAM_TEST}, 0, 0, N, x);
    FieldSource truth = field_exact(&a);
    truth.evaluate(truth.context, x, 0.5f, N, exact);
    FieldDifference same = {truth, truth}, different = {truth, field_exact(&b)};
    FieldSource zero = field_difference(&same), rest = field_difference(&different);
    zero.evaluate(zero.context, x, 0.5f, N, nothing);
    rest.evaluate(rest.context, x, 0.5f, N, apart);
    for (size_t i = 0; i < N; i++) {
        double at[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        MixtureValue va = mixture_at(&a, 0.5, at), vb = mixture_at(&b, 0.5, at);
        for (size_t axis = 0; axis < 2; axis++) {
            assert_near((double)exact[2 * i + axis], va.score[axis], 1e-4);
            assert_true(nothing[2 * i + axis] == 0.0f);
            assert_near((double)apart[2 * i + axis], va.score[axis] - vb.score[axis], 2e-4);
        }
    }
    mixture_free(&a);
    mixture_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_values_are_those_of_the_sheet),
        cmocka_unit_test(values_stay_finite_far_away),
        cmocka_unit_test(score_and_divergence_obey_the_heat_equation),
        cmocka_unit_test(a_box_is_the_same_from_every_formula),
        cmocka_unit_test(a_box_without_noise_is_flat_inside_and_nothing_outside),
        cmocka_unit_test(bad_components_are_refused),
        cmocka_unit_test(moments_are_those_of_the_mixture),
        cmocka_unit_test(samples_have_the_moments_and_may_be_split),
        cmocka_unit_test(components_are_drawn_by_weight),
        cmocka_unit_test(the_fast_path_agrees_on_the_catalogue),
        cmocka_unit_test(the_fast_path_agrees_on_a_painted_grid),
        cmocka_unit_test(the_fast_path_agrees_on_a_mixed_bag),
        cmocka_unit_test(field_sources_give_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
