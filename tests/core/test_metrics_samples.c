#include "core/metrics_samples.h"
#include "near.h"

#include <stdlib.h>

#ifdef SCOREFIELD_SANITIZED
enum { POINTS = 500 };
#else
enum { POINTS = 4000 };
#endif
enum { REPEATS = 40 };

typedef struct Sets {
    float a[POINTS][2], b[POINTS][2], scratch[POINTS][4];
} Sets;

static int make_sets(void **state)
{
    *state = malloc(sizeof(Sets));
    return *state ? 0 : -1;
}

static int free_sets(void **state)
{
    free(*state);
    return 0;
}

/* Standard normals, those of b moved by `shift` along an axis. */
static void draw(Sets *s, uint64_t seed, double shift)
{
    Rng rng = {seed, STREAM_TEST};
    rng_normals(rng, 0, 0, POINTS, s->a[0]);
    rng_normals(rng, 1, 0, POINTS, s->b[0]);
    for (size_t i = 0; i < POINTS; i++)
        s->b[i][1] += (float)shift;
}

static SampleDistances distances(Sets *s, double bandwidth)
{
    return metrics_sample_distances(s->a[0], s->b[0], POINTS, bandwidth, s->scratch[0]);
}

typedef struct Spread {
    double mean, std;
} Spread;

static Spread spread_of(const double *value, size_t n)
{
    Spread s = {0, 0};
    for (size_t i = 0; i < n; i++)
        s.mean += value[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        s.std += (value[i] - s.mean) * (value[i] - s.mean) / (double)(n - 1);
    s.std = sqrt(s.std);
    return s;
}

/* Two points against two: every term by hand. Unbiased means leave a point's pair with itself out. */
static void four_points_by_hand(void **state)
{
    const float a[2][2] = {{0, 0}, {3, 4}}, b[2][2] = {{0, 1}, {0, -1}};
    float scratch[8];
    (void)state;
    SampleDistances d = metrics_sample_distances(a[0], b[0], 2, 2, scratch);
    double between = (1 + 1 + sqrt(18) + sqrt(34)) / 4;
    assert_near(d.energy, 2 * between - 5 - 2, 1e-6);
    double kernel = (exp(-.125) + exp(-.125) + exp(-18 / 8.) + exp(-34 / 8.)) / 4;
    assert_near(d.mmd_squared, exp(-25 / 8.) + exp(-.5) - 2 * kernel, 1e-6);
    assert_near(metrics_sample_distances(a[0], a[0], 2, 2, scratch).sliced_wasserstein, 0, 0);
}

/* maths.md section 8.6: for N(0, I), E|x - x'| = sqrt(pi) and E exp(-|x - x'|^2 / 2) = 1/3. With all of b at one point
 * far away, the distance between is known and what is left is E|x - x'|. */
static void pairs_of_a_normal(void **state)
{
    Sets *s = *state;
    const double far = 1e3;
    double within = 0, kernel = 0, between;
    for (uint64_t k = 0; k < 8; k++) {
        draw(s, k, 0);
        between = 0;
        for (size_t i = 0; i < POINTS; i++) {
            s->b[i][0] = (float)far;
            s->b[i][1] = 0;
            between += hypot(far - (double)s->a[i][0], (double)s->a[i][1]) / POINTS;
        }
        SampleDistances d = distances(s, 1);
        within += (2 * between - d.energy) / 8;
        kernel += (d.mmd_squared - 1) / 8;
    }
    assert_near(within, sqrt(M_PI), 3 * .84 / sqrt(8. * POINTS));
    assert_near(kernel, 1 / 3., 3 * .3 / sqrt(8. * POINTS));
}

/* The floor: two sets of one distribution differ by chance alone, by less the larger they are. */
static void nothing_between_sets_of_one_distribution(void **state)
{
    Sets *s = *state;
    double energy[REPEATS], mmd[REPEATS], sliced[REPEATS];
    for (uint64_t k = 0; k < REPEATS; k++) {
        draw(s, k, 0);
        SampleDistances d = distances(s, 1);
        energy[k] = d.energy;
        mmd[k] = d.mmd_squared;
        sliced[k] = d.sliced_wasserstein;
    }
    Spread e = spread_of(energy, REPEATS), m = spread_of(mmd, REPEATS), w = spread_of(sliced, REPEATS);
    assert_near(e.mean, 0, 3 * e.std / sqrt(REPEATS));
    assert_near(m.mean, 0, 3 * m.std / sqrt(REPEATS));
    assert_true(e.std > .1 / POINTS && e.std < 10. / POINTS);
    assert_true(m.std > .1 / POINTS && m.std < 10. / POINTS);
    assert_true(w.mean > .5 / sqrt(POINTS) && w.mean < 5 / sqrt(POINTS));
}

/* |x - y| of two unit normals 3/2 apart is Rice's, of mean sqrt(pi) L_{1/2}(-9/16) = 2.238923986 (scipy's); the
 * kernel's mean is b^2/(b^2 + 2) exp(-d^2 / 2(b^2 + 2)). On the line at an angle t, a shift d is d cos t. */
static void a_shift_in_closed_form(void **state)
{
    Sets *s = *state;
    const double d = 1.5, b = .7, height = b * b / (b * b + 2);
    double energy[REPEATS], mmd[REPEATS], sliced[REPEATS];
    for (uint64_t k = 0; k < REPEATS; k++) {
        draw(s, k, d);
        SampleDistances measured = distances(s, b);
        energy[k] = measured.energy;
        mmd[k] = measured.mmd_squared;
        sliced[k] = measured.sliced_wasserstein * measured.sliced_wasserstein;
    }
    Spread e = spread_of(energy, REPEATS), m = spread_of(mmd, REPEATS), w = spread_of(sliced, REPEATS);
    assert_near(e.mean, 2 * (2.238923986 - sqrt(M_PI)), 3 * e.std / sqrt(REPEATS));
    assert_near(m.mean, 2 * height * (1 - exp(-d * d / (2 * (b * b + 2)))), 3 * m.std / sqrt(REPEATS));
    assert_near(w.mean, d * d / 2, 3 * w.std / sqrt(REPEATS) + 20. / POINTS);
    assert_true(e.std < 3 / sqrt(POINTS) && m.std < 1 / sqrt(POINTS) && w.std < 6 / sqrt(POINTS));
}

/* The same points moved: no chance is left, and all directions together see half the square. */
static void moving_a_set_is_seen_by_the_slices(void **state)
{
    Sets *s = *state;
    draw(s, 1, 0);
    for (size_t i = 0; i < POINTS; i++) {
        s->b[POINTS - 1 - i][0] = s->a[i][0] + 3;
        s->b[POINTS - 1 - i][1] = s->a[i][1] - 4;
    }
    assert_near(distances(s, 1).sliced_wasserstein, 5 / sqrt(2), 1e-5);
}

static void low_density_is_a_share_of_the_truth(void **state)
{
    Sets *s = *state;
    Mixture m;
    const Component normal = {.weight = 1, .cov = {.75, 0, .75}};
    assert_true(mixture_init(&m, &normal, 1));
    draw(s, 1, 0);
    float *scratch = s->scratch[0];
    /* |x|^2 / 2 is exponential: a share q lies below -ln 2 pi + ln q. */
    double level = metrics_log_density_quantile(&m, .5, s->a[0], POINTS, .05, scratch);
    assert_near(level, log(.05) - log(2 * M_PI), 3 * sqrt(.95 / .05 / POINTS));
    assert_near(metrics_share_below(&m, .5, s->b[0], POINTS, log(.05) - log(2 * M_PI), scratch), .05,
                3 * sqrt(.05 * .95 / POINTS));
    assert_true(metrics_share_below(&m, .5, s->a[0], POINTS, level, scratch) == floor(.05 * POINTS) / POINTS);
    /* Just inside and just outside of the radius where the level is reached. */
    double radius = sqrt(-2 * (level + log(2 * M_PI)));
    const float four[4][2] = {
        {(float)radius * .999f, 0}, {0, (float)radius * 1.001f}, {(float)-radius * 1.001f, 0}, {9, 9}};
    assert_near(metrics_share_below(&m, .5, four[0], 4, level, scratch), .75, 0);
    mixture_free(&m);
}

/* A third of the way to the second nearest is the limit. */
static void copies_are_a_third_as_near_as_the_next(void **state)
{
    const float set[3][2] = {{0, 0}, {4, 0}, {0, 400}};
    const float x[5][2] = {{.99f, 0}, {1.01f, 0}, {2, 0}, {3.5f, 0}, {0, 399}};
    const float twice[2][2] = {{1, 1}, {1, 1}};
    (void)state;
    assert_near(metrics_memorised(x[0], 5, set[0], 3), 3 / 5., 1e-12);
    assert_near(metrics_memorised(set[0], 3, set[0], 3), 1, 0);
    assert_near(metrics_memorised(twice[0], 2, twice[0], 2), 0, 0);
}

/* For points of a Poisson set the squared distances to the two nearest are in a ratio uniform on [0, 1], so one new
 * sample in nine looks like a copy: the floor of the memorised share. */
static void new_samples_look_copied_one_time_in_nine(void **state)
{
    Sets *s = *state;
    draw(s, 3, 0);
    assert_near(metrics_memorised(s->a[0], POINTS, s->b[0], POINTS), 1 / 9., 4 * sqrt(8 / 81. / POINTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_points_by_hand),
        cmocka_unit_test(pairs_of_a_normal),
        cmocka_unit_test(nothing_between_sets_of_one_distribution),
        cmocka_unit_test(a_shift_in_closed_form),
        cmocka_unit_test(moving_a_set_is_seen_by_the_slices),
        cmocka_unit_test(low_density_is_a_share_of_the_truth),
        cmocka_unit_test(copies_are_a_third_as_near_as_the_next),
        cmocka_unit_test(new_samples_look_copied_one_time_in_nine),
    };
    return cmocka_run_group_tests(tests, make_sets, free_sets);
}
