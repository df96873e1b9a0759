#include "core/start.h"

#include "near.h"

#include <math.h>
#include <string.h>

enum { N = 20000 };

/* .2 N((-5,-5), I) + .8 N((5,5), I): mean (3, 3), variance 17, covariance 16. */
static Mixture pair;
static float x[N][2];

static int make_pair(void **state)
{
    (void)state;
    const Component part[2] = {{.weight = .2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                               {.weight = .8, .mean = {5, 5}, .cov = {1, 0, 1}}};
    return mixture_init(&pair, part, 2) ? 0 : -1;
}

static int free_pair(void **state)
{
    (void)state;
    mixture_free(&pair);
    return 0;
}

static StartDraw draw(StartId which, double sigma, size_t first, size_t n)
{
    return (StartDraw){.mixture = &pair,
                       .sigma = sigma,
                       .reach = which == START_UNIFORM ? 8 : 0,
                       .rng = {5, STREAM_START},
                       .step = 3,
                       .first = first,
                       .n = n};
}

typedef struct Moments {
    double mean[2], cov[3];
} Moments;

static Moments moments_of(StartId which, double sigma)
{
    StartDraw d = draw(which, sigma, 0, N);
    Moments m = {{0}, {0}};
    start_info(which)->draw(&d, x[0]);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < 2; k++)
            m.mean[k] += (double)x[i][k] / N;
    for (size_t i = 0; i < N; i++) {
        double u = (double)x[i][0] - m.mean[0], v = (double)x[i][1] - m.mean[1];
        m.cov[0] += u * u / N;
        m.cov[1] += u * v / N;
        m.cov[2] += v * v / N;
    }
    return m;
}

/* Within four standard errors, those of a normal, which are wide enough for the others. */
static void assert_moments(Moments m, double mean, double variance, double covariance)
{
    for (size_t k = 0; k < 2; k++) {
        assert_near(m.mean[k], mean, 4 * sqrt(variance / N));
        assert_near(m.cov[2 * k], variance, 4 * variance * sqrt(2.0 / N));
    }
    assert_near(m.cov[1], covariance, 4 * variance * sqrt(2.0 / N));
}

static void moments_are_those_that_the_table_says(void **state)
{
    (void)state;
    assert_moments(moments_of(START_MATCHED, 2), 3, 21, 16);
    assert_moments(moments_of(START_PRIOR, 2), 0, 4, 0);
    assert_moments(moments_of(START_EXACT, 2), 3, 21, 16);
    assert_moments(moments_of(START_UNIFORM, 2), 0, 64.0 / 3, 0);
}

static void noisy_data_have_two_modes_of_the_right_width(void **state)
{
    (void)state;
    Moments m = moments_of(START_EXACT, .5);
    size_t low = 0;
    double square = 0;
    (void)m;
    for (size_t i = 0; i < N; i++) {
        bool here = x[i][0] + x[i][1] < 0;
        double centre = here ? -5 : 5, u = (double)x[i][0] - centre;
        low += here;
        square += u * u / N;
    }
    assert_near((double)low / N, .2, 4 * .4 / sqrt(N));
    assert_near(square, 1.25, 4 * 1.25 * sqrt(2.0 / N));
}

static void a_uniform_start_fills_its_square(void **state)
{
    (void)state;
    moments_of(START_UNIFORM, 1);
    float least = 0, most = 0;
    for (size_t i = 0; i < N; i++) {
        least = fminf(least, fminf(x[i][0], x[i][1]));
        most = fmaxf(most, fmaxf(x[i][0], x[i][1]));
    }
    assert_true(least >= -8 && least < -7.99f && most <= 8 && most > 7.99f);
}

static void a_particle_starts_in_the_same_place_whatever_the_others(void **state)
{
    (void)state;
    float piece[300][2];
    for (size_t which = 0; which < START_COUNT; which++) {
        StartDraw all = draw((StartId)which, 2, 0, 1000), part = draw((StartId)which, 2, 513, 300);
        start_info(which)->draw(&all, x[0]);
        start_info(which)->draw(&part, piece[0]);
        assert_memory_equal(piece, x[513], sizeof piece);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_those_that_the_table_says),
        cmocka_unit_test(noisy_data_have_two_modes_of_the_right_width),
        cmocka_unit_test(a_uniform_start_fills_its_square),
        cmocka_unit_test(a_particle_starts_in_the_same_place_whatever_the_others),
    };
    return cmocka_run_group_tests(tests, make_pair, free_pair);
}
