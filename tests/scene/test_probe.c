/* What is known at one place: against closed forms, against sums over all points, and where numbers end. */
#include "scene/probe.h"

#include "near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 2000 };

/* Two Gaussians of width 1, as NCSN has them (maths.md section 4). */
static Mixture ncsn;

static int set_up(void **state)
{
    (void)state;
    const Component c[] = {{.weight = 0.2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                           {.weight = 0.8, .mean = {5, 5}, .cov = {1, 0, 1}}};
    return mixture_init(&ncsn, c, 2) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mixture_free(&ncsn);
    return 0;
}

/* The same score everywhere. */
static void constant_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    const float *value = context;
    (void)x;
    (void)sigma;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = value[i % 2];
}

static Probe probe(double x, double y, double sigma, float learned[2], const float *data, size_t count)
{
    ProbeAsk ask = {.at = {x, y}, .sigma = sigma, .mixture = &ncsn, .data = data, .count = count};
    if (learned)
        ask.learned = (FieldSource){.evaluate = constant_score, .context = learned};
    Probe p;
    memset(&p, 0xff, sizeof p);
    probe_at(&ask, &p);
    return p;
}

static void both_sides_of_tweedie_are_the_closed_form(void **state)
{
    (void)state;
    float learned[2] = {-0.5f, 0.25f};
    Probe p = probe(1, -2, 2, learned, NULL, 0);
    assert_near(p.at[0], 1, 0);
    assert_near(p.at[1], -2, 0);
    assert_near(p.exact[0], -0.497571, 2e-6);
    assert_near(p.exact[1], 0.102429, 2e-6);
    assert_near(p.denoised_exact[0], -0.990285, 5e-6);
    assert_near(p.denoised_exact[1], -1.59029, 5e-6);
    assert_near(p.log_density, -9.12410, 1e-5);
    assert_near(p.denoised_learned[0], 1 - 4 * 0.5, 1e-12);
    assert_near(p.denoised_learned[1], -2 + 4 * 0.25, 1e-12);
    assert_near(p.error, hypot(0.5 - 0.497571, 0.25 - 0.102429) / hypot(0.497571, 0.102429), 1e-5);
}

static void it_sees_what_the_arrows_see(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        float x[2] = {(float)(0.11 * i - 11), (float)(7 - 0.07 * i)}, sigma = 0.01f * (float)exp(0.03 * i);
        float score[2], denoised[2], log_density;
        MixtureOutput out = {.score = score, .denoiser = denoised, .log_density = &log_density};
        mixture_evaluate(&ncsn, sigma, x, 1, out);
        Probe p = probe((double)x[0], (double)x[1], (double)sigma, score, NULL, 0);
        for (int axis = 0; axis < 2; axis++) {
            assert_near(p.exact[axis], score[axis], 0);
            assert_near(p.learned[axis], score[axis], 0);
            assert_near(p.denoised_exact[axis], denoised[axis], 0);
        }
        assert_near(p.log_density, log_density, 0);
        assert_near(p.error, 0, 0);
        assert_near(p.angle_deg, 0, 0);
    }
}

static void angles_are_right_from_0_to_180(void **state)
{
    (void)state;
    Probe p = probe(1, -2, 2, NULL, NULL, 0);
    const double length = hypot(p.exact[0], p.exact[1]), from = atan2(p.exact[1], p.exact[0]);
    static const double angle[] = {0, 1e-3, 45, 90, 179.999, 180, -90, -30};
    for (size_t i = 0; i < sizeof angle / sizeof *angle; i++) {
        double to = from + angle[i] * M_PI / 180;
        float learned[2] = {(float)(3 * length * cos(to)), (float)(3 * length * sin(to))};
        assert_near(probe(1, -2, 2, learned, NULL, 0).angle_deg, fabs(angle[i]), 1e-5);
    }
}

static void what_is_not_known_is_nan(void **state)
{
    (void)state;
    float nan[2] = {NAN, NAN}, nothing[2] = {0, 0}, data[2] = {1, 2};
    for (int i = 0; i < 2; i++) {
        Probe p = probe(1, -2, 2, i ? nan : NULL, data, 1);
        assert_true(isnan(p.learned[0]) && isnan(p.denoised_learned[1]) && isnan(p.angle_deg) && isnan(p.error));
        assert_true(isfinite(p.exact[0]) && isfinite(p.denoised_exact[0]) && isfinite(p.log_density));
        assert_int_equal(p.parents, 1);
    }
    Probe p = probe(1, -2, 2, nothing, NULL, 0);
    assert_true(isnan(p.angle_deg));
    assert_near(p.error, 1, 1e-7);
}

/* One Gaussian about 0: at its middle the exact score is 0. */
static void a_score_of_0_has_no_angle_and_no_relative_error(void **state)
{
    (void)state;
    Mixture m;
    float learned[2] = {1, 0};
    assert_true(mixture_init(&m, &(Component){.weight = 1, .cov = {1, 0, 1}}, 1));
    ProbeAsk ask = {
        .sigma = 1, .mixture = &m, .learned = {.evaluate = constant_score, .context = learned}, .at = {0, 0}};
    Probe p;
    probe_at(&ask, &p);
    mixture_free(&m);
    assert_true(p.exact[0] == 0 && p.exact[1] == 0);
    assert_true(isnan(p.angle_deg) && isnan(p.error));
}

static void the_posterior_of_three_points_is_the_closed_form(void **state)
{
    (void)state;
    const float data[] = {0, 2, 0, 0, 1, 0};
    Probe p = probe(0.5, 0.5, 1, NULL, data, 3);
    assert_int_equal(p.parents, 3);
    assert_near(p.parent[0].weight, 0.422319, 1e-6);
    assert_near(p.parent[1].weight, 0.422319, 1e-6);
    assert_near(p.parent[2].weight, 0.155362, 1e-6);
    assert_near(p.parent[0].at[0], 0, 0); /* of the two equals the first */
    assert_near(p.parent[1].at[0], 1, 0);
    assert_near(p.parent[2].at[1], 2, 0);
    assert_near(p.share, 1, 1e-12);
    assert_near(p.effective, 1 / (2 * 0.422319 * 0.422319 + 0.155362 * 0.155362), 1e-5);
}

static void one_point_carries_all(void **state)
{
    (void)state;
    const float data[] = {3, 4};
    static const double sigma[] = {1e-4, 1, 1e4};
    for (int i = 0; i < 3; i++) {
        Probe p = probe(-1e6, 1e6, sigma[i], NULL, data, 1);
        assert_int_equal(p.parents, 1);
        assert_near(p.parent[0].at[0], 3, 0);
        assert_near(p.parent[0].at[1], 4, 0);
        assert_near(p.parent[0].weight, 1, 0);
        assert_near(p.share, 1, 0);
        assert_near(p.effective, 1, 0);
    }
    Probe none = probe(0, 0, 1, NULL, NULL, 0);
    assert_true(none.parents == 0 && none.share == 0 && none.effective == 0);
}

typedef struct Weighted {
    size_t index;
    long double weight;
} Weighted;

static int heavier(const void *a, const void *b)
{
    const Weighted *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* All weights, heaviest first, the plain way: in long double, whose exponents reach where double's end. Returns the
 * effective number. */
static double sum_over_all(const float *data, const float *x, double sigma, Weighted *w)
{
    static long double square[POINTS];
    long double least = HUGE_VALL, sum = 0, squares = 0;
    for (size_t i = 0; i < POINTS; i++) {
        long double dx = (long double)data[2 * i] - (long double)x[0];
        long double dy = (long double)data[2 * i + 1] - (long double)x[1];
        square[i] = dx * dx + dy * dy;
        least = fminl(least, square[i]);
    }
    for (size_t i = 0; i < POINTS; i++) {
        w[i] = (Weighted){i, expl((least - square[i]) / (2 * (long double)sigma * (long double)sigma))};
        sum += w[i].weight;
    }
    for (size_t i = 0; i < POINTS; i++) {
        w[i].weight /= sum;
        squares += w[i].weight * w[i].weight;
    }
    qsort(w, POINTS, sizeof *w, heavier);
    return (double)(1 / squares);
}

static void assert_as_summed(const float *data, const float *x, double sigma)
{
    static Weighted w[POINTS];
    double effective = sum_over_all(data, x, sigma, w), share = 0;
    Probe p = probe((double)x[0], (double)x[1], sigma, NULL, data, POINTS);
    assert_near(p.effective / effective, 1, 1e-10);
    assert_in_range(p.parents, 1, PROBE_PARENTS);
    for (size_t i = 0; i < PROBE_PARENTS; i++) {
        double expected = (double)w[i].weight;
        assert_near(i < p.parents ? p.parent[i].weight : 0, expected, 1e-10 * expected + 1e-300);
        share += expected;
    }
    for (size_t i = 1; i < p.parents; i++)
        assert_true(p.parent[i].weight <= p.parent[i - 1].weight && p.parent[i].weight > 0);
    assert_near(p.parent[0].at[0], data[2 * w[0].index], 0);
    assert_near(p.parent[0].at[1], data[2 * w[0].index + 1], 0);
    assert_near(p.share, share, 1e-12);
}

static void the_heaviest_of_many_are_those_of_a_sum_over_all(void **state)
{
    (void)state;
    static float data[2 * POINTS];
    mixture_sample(&ncsn, (Rng){.seed = 1, .stream = STREAM_TEST}, 0, 0, POINTS, data);
    static const float place[][2] = {{0, 0}, {5, 5}, {-5, -4}, {30, -10}, {1e6f, 3e5f}, {-7e5f, 1e6f}};
    static const double sigma[] = {1e-4, 1e-2, 0.3, 1, 10, 100, 1e3, 1e6};
    for (size_t i = 0; i < sizeof place / sizeof *place; i++)
        for (size_t k = 0; k < sizeof sigma / sizeof *sigma; k++)
            assert_as_summed(data, place[i], sigma[k]);
    for (size_t k = 0; k < sizeof sigma / sizeof *sigma; k++)
        assert_as_summed(data, data + 2 * 77, sigma[k]); /* on a point */
}

/* Sorted by distance, the worst order for keeping the heaviest; many equals. */
static void the_order_of_the_data_does_not_matter(void **state)
{
    (void)state;
    static float rising[2 * POINTS], falling[2 * POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        rising[2 * i] = (float)(i / 3);
        falling[2 * (POINTS - 1 - i)] = rising[2 * i];
    }
    Probe a = probe(-1, 0, 5, NULL, rising, POINTS), b = probe(-1, 0, 5, NULL, falling, POINTS);
    assert_true(a.parents == PROBE_PARENTS && b.parents == PROBE_PARENTS);
    for (size_t i = 0; i < PROBE_PARENTS; i++) {
        assert_near(a.parent[i].at[0], (double)(i / 3), 0);
        assert_near(b.parent[i].at[0], (double)(i / 3), 0);
        assert_near(b.parent[i].weight, a.parent[i].weight, 1e-12);
    }
    assert_near(b.effective, a.effective, 1e-9 * a.effective);
}

static void of_equals_the_first_are_shown(void **state)
{
    (void)state;
    static const float around[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    float data[19 * 2];
    for (size_t i = 0; i < 19; i++)
        memcpy(data + 2 * i, around[i % 4], sizeof *around);
    Probe p = probe(0, 0, 1, NULL, data, 19);
    for (size_t i = 0; i < PROBE_PARENTS; i++) {
        assert_near(p.parent[i].at[0], around[i % 4][0], 0);
        assert_near(p.parent[i].at[1], around[i % 4][1], 0);
    }
    assert_near(p.share, 16.0 / 19, 1e-12);
    assert_near(p.effective, 19, 1e-12);
}

static void numbers_stay_numbers_far_away_and_at_little_noise(void **state)
{
    (void)state;
    float learned[2] = {1e30f, -1e30f};
    static const double place[][2] = {{1e6, 0}, {-1e6, 1e6}, {0, 0}, {5, 5}};
    static const double sigma[] = {1e-4, 1, 1e4};
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 3; k++) {
            Probe p = probe(place[i][0], place[i][1], sigma[k], learned, NULL, 0);
            assert_true(isfinite(p.exact[0]) && isfinite(p.exact[1]) && isfinite(p.log_density));
            assert_true(isfinite(p.denoised_exact[0]) && isfinite(p.denoised_learned[0]));
            assert_true(isnan(p.angle_deg) == (p.exact[0] == 0 && p.exact[1] == 0));
        }
    }
    /* One Gaussian is all there is so far out: D = (x + sigma^2 mean) / (1 + sigma^2). */
    assert_near(probe(1e6, 0, 1, NULL, NULL, 0).denoised_exact[0], (1e6 + 5) / 2, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_of_tweedie_are_the_closed_form),
        cmocka_unit_test(it_sees_what_the_arrows_see),
        cmocka_unit_test(angles_are_right_from_0_to_180),
        cmocka_unit_test(what_is_not_known_is_nan),
        cmocka_unit_test(a_score_of_0_has_no_angle_and_no_relative_error),
        cmocka_unit_test(the_posterior_of_three_points_is_the_closed_form),
        cmocka_unit_test(one_point_carries_all),
        cmocka_unit_test(the_heaviest_of_many_are_those_of_a_sum_over_all),
        cmocka_unit_test(the_order_of_the_data_does_not_matter),
        cmocka_unit_test(of_equals_the_first_are_shown),
        cmocka_unit_test(numbers_stay_numbers_far_away_and_at_little_noise),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
