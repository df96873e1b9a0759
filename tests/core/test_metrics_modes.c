#include "core/metrics_modes.h"
#include "core/target.h"
#include "near.h"

#include <string.h>

static Mixture mixture_of(const Component *component, size_t n)
{
    Mixture m;
    assert_true(mixture_init(&m, component, n));
    return m;
}

static bool target_has_modes(size_t which)
{
    Target t;
    assert_true(target_init(&t, which));
    bool modes = metrics_has_modes(&t.mixture, t.sigma_min);
    target_free(&t);
    return modes;
}

static void separate_targets_have_modes_and_curves_have_not(void **state)
{
    static const char *const separate[] = {"8gaussians", "checkerboard", "ncsn", "gaussian", "grid", "ring8"};
    size_t found = 0;
    (void)state;
    for (size_t i = 0; i < target_count(); i++) {
        bool listed = false;
        for (size_t k = 0; k < sizeof separate / sizeof *separate; k++)
            listed |= strcmp(target_info(i)->name, separate[k]) == 0;
        assert_int_equal(target_has_modes(i), listed);
        found += listed;
    }
    assert_int_equal(found, sizeof separate / sizeof *separate);
}

/* Three standard deviations of each: at 6 they touch no more. A tilted ellipse is as wide as it is in that direction.
 */
static void modes_end_where_the_next_begin(void **state)
{
    (void)state;
    for (double apart = 5.9; apart < 6.2; apart += .2) {
        const Component two[2] = {{.weight = 1, .cov = {1, 0, 1}},
                                  {.weight = 1, .mean = {apart * .6, apart * .8}, .cov = {1, 0, 1}}};
        Mixture m = mixture_of(two, 2);
        assert_int_equal(metrics_has_modes(&m, 0), apart > 6);
        mixture_free(&m);
    }
    const Component slim = {.weight = 1, .cov = {1, .99, 1}};
    for (double side = -1; side < 2; side += 2) {
        Component two[2] = {slim, slim};
        two[1].mean[0] = 2;
        two[1].mean[1] = 2 * side;
        Mixture m = mixture_of(two, 2);
        assert_int_equal(metrics_has_modes(&m, 0), side < 0);
        mixture_free(&m);
    }
    const Component flat = {.weight = 1, .cov = {1, 0, 0}};
    Mixture m = mixture_of(&flat, 1);
    assert_false(metrics_has_modes(&m, 0));
    mixture_free(&m);
}

/* At 8 apart, unit modes touch from sqrt(1 + sigma^2) = 4/3 on; a box of half extent 3 is one up to sigma = 1. */
static void noise_ends_modes(void **state)
{
    const Component two[2] = {{.weight = 1, .cov = {1, 0, 1}}, {.weight = 1, .mean = {8, 0}, .cov = {1, 0, 1}}};
    const Component box = {.kind = COMPONENT_BOX, .weight = 1, .half = {4, 3}};
    Mixture m = mixture_of(two, 2), square = mixture_of(&box, 1);
    (void)state;
    assert_true(metrics_has_modes(&m, sqrt(7) / 3 - .01));
    assert_false(metrics_has_modes(&m, sqrt(7) / 3 + .01));
    assert_true(metrics_has_modes(&square, .99));
    assert_false(metrics_has_modes(&square, 1.01));
    mixture_free(&square);
    mixture_free(&m);
}

static const Component unequal[3] = {{.weight = .25, .mean = {-10, 0}, .cov = {1, 0, 1}},
                                     {.weight = .25, .mean = {10, 0}, .cov = {4, 1.5, 1}},
                                     {.kind = COMPONENT_BOX, .weight = .5, .mean = {0, 10}, .half = {1, 2}}};

/* Seven samples whose modes and quality are known. */
static void counts_are_what_was_put_there(void **state)
{
    const float x[7][2] = {{-10, 2.9f}, {-10, -3.1f}, {-7.9f, 2.1f}, {10, 0}, {14.4f, 1.65f}, {.9f, 11.9f}, {1.1f, 10}};
    Mixture m = mixture_of(unequal, 3);
    ModeShares shares;
    (void)state;
    assert_true(metrics_has_modes(&m, .1));
    metrics_mode_shares(&m, .1, x[0], 7, &shares);
    assert_int_equal(shares.count, 3);
    assert_near(shares.weight[0], 3 / 7., 1e-12);
    assert_near(shares.weight[1], 2 / 7., 1e-12);
    assert_near(shares.weight[2], 2 / 7., 1e-12);
    assert_near(shares.standard_error[0], sqrt(12 / 343.), 1e-12);
    assert_near(shares.high_quality, 5 / 7., 1e-12);
    assert_int_equal(shares.found, 3);
    assert_near(shares.reverse_kl, 3 / 7. * log(12 / 7.) + 2 / 7. * log(8 / 7.) + 2 / 7. * log(4 / 7.), 1e-12);
    mixture_free(&m);
}

static void a_mode_without_a_good_sample_is_not_found(void **state)
{
    const float x[3][2] = {{-10, 0}, {-10, 1}, {10, 7}};
    Mixture m = mixture_of(unequal, 3);
    ModeShares shares;
    (void)state;
    metrics_mode_shares(&m, .1, x[0], 3, &shares);
    assert_int_equal(shares.found, 1);
    assert_near(shares.weight[2], 0, 0);
    assert_near(shares.standard_error[2], 0, 0);
    assert_near(shares.reverse_kl, 2 / 3. * log(8 / 3.) + 1 / 3. * log(4 / 3.), 1e-12);
    mixture_free(&m);
}

/* Midway between the centres lies the border of equal weights; more weight moves it away, by ln(w1/w2) / separation. */
static void the_border_is_where_posteriors_are_equal(void **state)
{
    const Component two[2] = {{.weight = .2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                              {.weight = .8, .mean = {5, 5}, .cov = {1, 0, 1}}};
    Mixture m = mixture_of(two, 2);
    double sigma = 3, border = -log(4) * (1 + sigma * sigma) / 20;
    const float x[2][2] = {{(float)border - .01f, (float)border}, {(float)border + .01f, (float)border}};
    ModeShares shares;
    (void)state;
    metrics_mode_shares(&m, sigma, x[0], 1, &shares);
    assert_near(shares.weight[0], 1, 0);
    metrics_mode_shares(&m, sigma, x[1], 1, &shares);
    assert_near(shares.weight[1], 1, 0);
    mixture_free(&m);
}

/* maths.md section 8.7: 98.8891 % of a perfect sampler's points lie within three standard deviations. */
static void a_perfect_sampler_scores_as_it_must(void **state)
{
    enum { N = 20000 };
    static float x[N][2];
    Mixture m = mixture_of(unequal, 3);
    ModeShares shares;
    (void)state;
    mixture_sample(&m, (Rng){1, STREAM_TEST}, 0, 0, N, x[0]);
    metrics_mode_shares(&m, .05, x[0], N, &shares);
    assert_near(metrics_perfect_quality(&m), .5 * .988891 + .5, 1e-6);
    assert_near(shares.high_quality, metrics_perfect_quality(&m), 3 * sqrt(.0055 / N));
    for (size_t k = 0; k < 3; k++)
        assert_near(shares.weight[k], unequal[k].weight, 3 * shares.standard_error[k]);
    assert_near(shares.standard_error[2], .5 / sqrt(N), 1e-5);
    assert_near(shares.reverse_kl, 0, 10. / N);
    mixture_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separate_targets_have_modes_and_curves_have_not),
        cmocka_unit_test(modes_end_where_the_next_begin),
        cmocka_unit_test(noise_ends_modes),
        cmocka_unit_test(counts_are_what_was_put_there),
        cmocka_unit_test(a_mode_without_a_good_sample_is_not_found),
        cmocka_unit_test(the_border_is_where_posteriors_are_equal),
        cmocka_unit_test(a_perfect_sampler_scores_as_it_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
