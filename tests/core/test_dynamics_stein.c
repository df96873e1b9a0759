/* Stein variational gradient descent against the reference values of maths.md S14, a plain sum over all pairs, and the
 * target's variance. */
#include "sampling.h"

#include <string.h>

/* The set of section 4 on N(0, I). The step is h / (1 + 1/b^2), over the largest mean kernel of a particle. */
static void meets_the_reference_values(void **state)
{
    static const double phi[3][2] = {{-.314382, -.00982445}, {-.101382, -.00245611}, {-.00122806, -.657641}};
    static const float set[3][2] = {{0, 0}, {1, 0}, {0, 2}};
    Fixture *f = *state;
    DynamicsTally tally = {0};
    float x[3][2];
    memcpy(x, set, sizeof x);
    take_step(f, SAMPLER_SVGD, &f->point,
              (DynamicsStep){.from = 1, .to = 1, .x = x[0], .n = 3, .options = {.step_size = .7}, .tally = &tally});
    double step = .7 / (1 + 1 / (.600561 * .600561)) / ((1 + .25 + .00390625) / 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t axis = 0; axis < 2; axis++)
            assert_near((double)x[i][axis] - (double)set[i][axis], step * phi[i][axis], 1e-6);
    assert_int_equal(tally.evaluations, 3);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double square_between(const float *x, size_t i, size_t j)
{
    double dx = (double)x[2 * i] - (double)x[2 * j], dy = (double)x[2 * i + 1] - (double)x[2 * j + 1];
    return dx * dx + dy * dy;
}

/* Equation S14 on N(0, I) with the bandwidth of all pairs, without the factor 1/n; returns the largest sum of kernels.
 */
static double sum_pairs(const float *x, size_t n, double b2, double *sum)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double kernels = 0;
        for (size_t j = 0; j < n; j++) {
            double k = exp(-square_between(x, i, j) / (2 * b2));
            kernels += k;
            for (size_t axis = 0; axis < 2; axis++) {
                double xi = (double)x[2 * i + axis], xj = (double)x[2 * j + axis];
                sum[2 * i + axis] += k * ((xi - xj) / b2 - xj);
            }
        }
        most = fmax(most, kernels);
    }
    return most;
}

static double exact_bandwidth_square(const float *x, size_t n)
{
    double *square = malloc(n * n * sizeof *square);
    assert_non_null(square);
    for (size_t i = 0; i < n * n; i++)
        square[i] = square_between(x, i / n, i % n);
    qsort(square, n * n, sizeof *square, compare);
    double median = square[n * n / 2];
    free(square);
    return median / (2 * log((double)n + 1));
}

/* Beyond 45 particles the bandwidth comes from a part of the pairs. */
static void check_stein(Fixture *f, size_t n, double tolerance)
{
    static float start[2 * 500];
    static double sum[2 * 500];
    draw_normals(f, 2, n);
    memcpy(start, f->x, n * 2 * sizeof *start);
    memset(sum, 0, sizeof sum);
    double b2 = exact_bandwidth_square(start, n), error = 0, size = 0;
    double step = 1 / (1 + 1 / b2) / sum_pairs(start, n, b2, sum);
    take_step(f, SAMPLER_SVGD, &f->point, (DynamicsStep){.from = 1, .to = 1, .n = n, .options = {.step_size = 1}});
    for (size_t i = 0; i < 2 * n; i++) {
        error += pow((double)f->x[i] - (double)start[i] - step * sum[i], 2);
        size += pow(step * sum[i], 2);
    }
    assert_near(sqrt(error / size), 0, tolerance);
}

static void meets_a_plain_sum_over_pairs(void **state)
{
    check_stein(*state, 2, 1e-5);
    check_stein(*state, 45, 1e-5);
    check_stein(*state, 500, .02);
}

static double least_distance(const float *x, size_t n)
{
    double least = HUGE_VAL;
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++)
            least = fmin(least, square_between(x, i, j));
    return sqrt(least);
}

/* From a heap. Of 10 independent draws the two nearest are some .2 sigma apart, and of 300 the variance is 1. */
static void spreads_and_keeps_distance(void **state)
{
    Fixture *f = *state;
    DynamicsStep s = {.n = 10, .from = 3, .to = 3, .options = {.step_size = 1.9}};
    draw_normals(f, .01, s.n);
    for (; s.step < 200; s.step++)
        take_step(f, SAMPLER_SVGD, &f->point, s);
    assert_near(least_distance(f->x, 10) / 3, .73, .06);
    s.n = 300;
    draw_normals(f, .01, s.n);
    for (; s.step < 400; s.step++)
        take_step(f, SAMPLER_SVGD, &f->point, s);
    assert_near(variance_of(f->x, s.n) / 9, .95, .02);
}

static void moves_copies_of_one_place_together(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < 2 * 100; i++)
        f->x[i] = i % 2 ? -2 : 3;
    for (int step = 0; step < 100; step++)
        take_step(f, SAMPLER_SVGD, &f->point,
                  (DynamicsStep){.from = 1, .to = 1, .n = 100, .options = {.step_size = 1}});
    assert_near(least_distance(f->x, 100), 0, 0);
    assert_near(variance_of(f->x, 100), 0, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meets_the_reference_values),
        cmocka_unit_test(meets_a_plain_sum_over_pairs),
        cmocka_unit_test(spreads_and_keeps_distance),
        cmocka_unit_test(moves_copies_of_one_place_together),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
