#include "scene/readings.h"

#include "core/target.h"
#include "near.h"

#include <stdlib.h>
#include <string.h>

enum { N = 5000 };

static float points[READINGS_PARTICLES + N][2];

static void draw(const Mixture *m, double sigma, uint64_t seed, size_t n)
{
    float z[2];
    mixture_sample(m, (Rng){seed, STREAM_TEST}, 0, 0, n, points[0]);
    for (size_t i = 0; i < n; i++) {
        rng_normals((Rng){seed, STREAM_TEST}, 1, i, 1, z);
        points[i][0] += (float)sigma * z[0];
        points[i][1] += (float)sigma * z[1];
    }
}

/* On every target and at every noise level the same as the slow way, whoever is asked. */
static void shares_are_those_of_the_metrics(void **state)
{
    size_t compared = 0;
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        for (double sigma = t.sigma_min; sigma < t.sigma_max; sigma *= 1.9) {
            ModeReading r;
            ModeShares expected;
            draw(&t.mixture, 2 * sigma, which, 1000);
            readings_modes(&t.mixture, sigma, points[0], 1000, &r);
            assert_int_equal(r.count, metrics_has_modes(&t.mixture, sigma) ? t.mixture.count : 0);
            if (r.count == 0)
                continue;
            metrics_mode_shares(&t.mixture, sigma, points[0], 1000, &expected);
            for (size_t k = 0; k < r.count; k++) {
                assert_near(r.share[k], expected.weight[k], 0);
                assert_near(r.standard_error[k], expected.standard_error[k], 0);
                assert_near(r.truth[k], t.mixture.component[k].weight, 0);
                assert_near(r.at[k][0], t.mixture.component[k].mean[0], 0);
            }
            compared++;
        }
        target_free(&t);
    }
    assert_true(compared > 20);
}

/* Boxes and Gaussians of unequal weights side by side, asked near their borders and far away. */
static void unlike_modes_are_shared_out_alike(void **state)
{
    const Component unlike[3] = {{.weight = .2, .mean = {-6, 0}, .cov = {1, .3, .5}},
                                 {.kind = COMPONENT_BOX, .weight = .1, .half = {2, 2}},
                                 {.kind = COMPONENT_BOX, .weight = .7, .mean = {3, 3}, .half = {1, 1}}};
    Mixture m;
    ModeReading r;
    ModeShares expected;
    (void)state;
    assert_true(mixture_init(&m, unlike, 3));
    for (size_t i = 0; i < N; i++) {
        points[i][0] = -9 + 18 * (float)(i % 71) / 70;
        points[i][1] = -9 + 18 * (float)(i / 71) / 70;
    }
    for (double sigma = .02; sigma < .33; sigma *= 2) {
        readings_modes(&m, sigma, points[0], N, &r);
        metrics_mode_shares(&m, sigma, points[0], N, &expected);
        assert_int_equal(r.count, 3);
        for (size_t k = 0; k < 3; k++)
            assert_near(r.share[k], expected.weight[k], 0);
    }
    mixture_free(&m);
}

static void what_is_not_finite_counts_nowhere(void **state)
{
    const Component two[2] = {{.weight = 1, .mean = {-5, 0}, .cov = {1, 0, 1}},
                              {.weight = 1, .mean = {5, 0}, .cov = {1, 0, 1}}};
    const float x[4][2] = {{-5, 0}, {(float)NAN, 0}, {5, (float)INFINITY}, {7.9f, 0}};
    Mixture m;
    ModeReading modes;
    MarginalReading marginal[2];
    (void)state;
    assert_true(mixture_init(&m, two, 2));
    readings_modes(&m, .5, x[0], 4, &modes);
    assert_int_equal(modes.n, 2);
    assert_near(modes.share[0], .5, 0);
    readings_marginals(&m, .5, x[0], 4, (Rect){-8, -8, 16, 16}, marginal);
    assert_int_equal(marginal[0].n, 3);
    assert_near(marginal[0].share[READINGS_BINS - 1], 1 / 3., 1e-12);
    readings_modes(&m, .5, x[0], 0, &modes);
    assert_int_equal(modes.count, 2);
    assert_near(modes.share[0], 0, 0);
    mixture_free(&m);
}

/* The first ones stand for all. */
static void no_more_are_asked_than_a_bar_shows(void **state)
{
    const Component one = {.weight = 1, .cov = {1, 0, 1}};
    Mixture m;
    MarginalReading r[2];
    (void)state;
    assert_true(mixture_init(&m, &one, 1));
    draw(&m, .5, 1, READINGS_PARTICLES + N);
    readings_marginals(&m, .5, points[0], READINGS_PARTICLES + N, (Rect){-3, -3, 6, 6}, r);
    assert_int_equal(r[1].n, READINGS_PARTICLES);
    mixture_free(&m);
}

/* The marginal of the density itself, by midpoints on a fine grid. */
static double integral(const Mixture *m, double sigma, int axis, double from, double to)
{
    enum { ALONG = 4, ACROSS = 400 };
    double sum = 0, low = -20, high = 20;
    for (int i = 0; i < ALONG * ACROSS; i++) {
        double x[2];
        x[axis] = from + (to - from) * (i % ALONG + .5) / ALONG;
        x[1 - axis] = low + (high - low) * (i / ALONG + .5) / ACROSS;
        sum += exp(mixture_at(m, sigma, x).log_density);
    }
    return sum * (to - from) * (high - low) / (ALONG * ACROSS);
}

static void the_truth_is_the_integral_of_the_density(void **state)
{
    const Component mixed[3] = {{.weight = .5, .mean = {-3, 1}, .cov = {2, .9, .6}},
                                {.kind = COMPONENT_BOX, .weight = .3, .mean = {2, -1}, .half = {1.5, .7}},
                                {.kind = COMPONENT_BOX, .weight = .2, .mean = {0, 4}, .half = {.03, .05}}};
    Mixture m;
    MarginalReading r[2];
    (void)state;
    assert_true(mixture_init(&m, mixed, 3));
    for (double sigma = .4; sigma < 5; sigma *= 2.5) {
        readings_marginals(&m, sigma, NULL, 0, (Rect){-8, -4, 16, 9}, r);
        for (int axis = 0; axis < 2; axis++) {
            for (size_t b = 0; b < READINGS_BINS; b += 7) {
                double width = (r[axis].to - r[axis].from) / READINGS_BINS, from = r[axis].from + width * (double)b;
                assert_near(r[axis].truth[b], integral(&m, sigma, axis, from, from + width), 3e-5);
            }
        }
    }
    mixture_free(&m);
}

/* Boxes as wide as an eighth of the noise are taken for normals: nothing shows at the change. */
static void a_narrow_box_is_like_one_that_is_not(void **state)
{
    const Component box = {.kind = COMPONENT_BOX, .weight = 1, .half = {1, 1}};
    Mixture m;
    MarginalReading wide[2], narrow[2];
    (void)state;
    assert_true(mixture_init(&m, &box, 1));
    readings_marginals(&m, 7.9999, NULL, 0, (Rect){-20, -20, 40, 40}, wide);
    readings_marginals(&m, 8.0001, NULL, 0, (Rect){-20, -20, 40, 40}, narrow);
    for (size_t b = 0; b < READINGS_BINS; b++)
        assert_near(wide[0].truth[b], narrow[0].truth[b], 1e-5);
    mixture_free(&m);
}

static void all_that_is_in_sight_adds_up(void **state)
{
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        for (double sigma = t.sigma_min; sigma <= 1.001 * t.sigma_max; sigma *= sqrt(10)) {
            double far = 60 * t.frame.std + 7 * sigma, sum = 0, counted = 0;
            Rect seen = {t.frame.mean[0] - far, t.frame.mean[1] - far, 2 * far, 2 * far};
            MarginalReading r[2];
            draw(&t.mixture, sigma, which, 500);
            readings_marginals(&t.mixture, sigma, points[0], 500, seen, r);
            for (size_t b = 0; b < READINGS_BINS; b++) {
                sum += r[0].truth[b] + r[1].truth[b];
                counted += r[0].share[b] + r[1].share[b];
                assert_true(r[0].truth[b] >= 0 && r[1].truth[b] >= 0);
            }
            assert_near(sum, 2, 2e-4);
            assert_near(counted, 2, 1e-9);
        }
        target_free(&t);
    }
}

/* True samples: chi squared over the bins that expect five or more, whose mean is their number. */
static void true_samples_fill_the_bins_as_they_should(void **state)
{
    static const char *const name[] = {"spirals", "checkerboard", "funnel"};
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
            Target t;
            MarginalReading r[2];
            if (strcmp(target_info(which)->name, name[k]) != 0)
                continue;
            assert_true(target_init(&t, which));
            double sigma = .2 * t.frame.std, half = 2.5 * t.frame.std, chi = 0, bins = 0;
            draw(&t.mixture, sigma, 7, N);
            Rect seen = {t.frame.mean[0] - half, t.frame.mean[1] - half, 2 * half, 2 * half};
            readings_marginals(&t.mixture, sigma, points[0], N, seen, r);
            for (size_t b = 0; b < 2 * READINGS_BINS; b++) {
                double truth = N * r[b % 2].truth[b / 2], off = N * r[b % 2].share[b / 2] - truth;
                chi += truth >= 5 ? off * off / truth : 0;
                bins += truth >= 5;
            }
            assert_true(bins > 60);
            assert_near(chi, bins, 5 * sqrt(2 * bins));
            target_free(&t);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_metrics),
        cmocka_unit_test(unlike_modes_are_shared_out_alike),
        cmocka_unit_test(what_is_not_finite_counts_nowhere),
        cmocka_unit_test(no_more_are_asked_than_a_bar_shows),
        cmocka_unit_test(the_truth_is_the_integral_of_the_density),
        cmocka_unit_test(a_narrow_box_is_like_one_that_is_not),
        cmocka_unit_test(all_that_is_in_sight_adds_up),
        cmocka_unit_test(true_samples_fill_the_bins_as_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
