#include "io/points.h"
#include "io/table.h"
#include "near.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/* n points x, y, weight. */
static PointTable make(size_t n, const double *values, bool weighted)
{
    PointTable p = {.weighted = weighted};
    for (size_t i = 0; i < n; i++)
        assert_true(points_append(&p, "p", values + 3 * i, NULL));
    return p;
}

static void bounds_are_those_of_the_points(void **state)
{
    static const double values[] = {1, -2, 1, -3, 5, 1, 2, 0, 1};
    PointTable p = make(3, values, false);
    (void)state;
    assert_true(points_check("p", &p, NULL));
    assert_true(p.low[0] == -3 && p.high[0] == 2 && p.low[1] == -2 && p.high[1] == 5);
    assert_null(p.weight);
    points_free(&p);
    points_free(&p);
}

static void check_refused(size_t n, const double *values, const char *message)
{
    PointTable p = make(n, values, true);
    Error e;
    assert_false(points_check("p", &p, &e));
    assert_string_equal(e.text, message);
    points_free(&p);
}

static void fewer_than_two_different_points_are_refused(void **state)
{
    static const double equal[] = {1, 2, 3, 1, 2, 4}, close[] = {1e-40, 0, 1, 2e-40, 0, 1};
    static const double faulty[] = {(double)NAN, 0, 1, 0, 0, 0};
    (void)state;
    check_refused(0, equal, "p: expected at least two different points, found none (nothing was loaded)");
    check_refused(1, equal, "p: expected at least two different points, found one (nothing was loaded)");
    check_refused(2, equal, "p: expected at least two different points, found 2 times (1, 2) (nothing was loaded)");
    check_refused(2, close, "p: expected at least two different points, found 2 times (1e-40, 0) (nothing was loaded)");
    check_refused(
        2, faulty,
        "p: point 1: expected a finite number as x, found nan; none of 2 rows can be used (nothing was loaded)");
}

static void faulty_and_negligible_points_are_left_out(void **state)
{
    static const double values[] = {0, 0, 1, 1, (double)INFINITY, 1, 2, 2, -1, 3, 3, 1e-13, 4,
                                    4, 2, 5, 5, (double)INFINITY};
    PointTable p = make(6, values, true);
    (void)state;
    assert_true(points_check("p", &p, NULL));
    assert_int_equal(p.count, 2);
    assert_true(p.x[2] == 4 && p.x[3] == 4 && p.weight[1] == 2);
    assert_int_equal(p.skipped.count, 4);
    assert_string_equal(p.skipped.why, "point 2: expected a finite number as y, found inf");
    points_free(&p);
}

static void weights_may_be_small_together(void **state)
{
    static const double values[] = {0, 0, (double)INFINITY, 1, 2, 1e-30, 3, 4, 2e-30, 5, 6, 1e-43};
    PointTable p = make(4, values, true);
    (void)state;
    assert_true(points_check("p", &p, NULL));
    assert_int_equal(p.count, 2);
    assert_true(p.x[0] == 1 && p.x[3] == 4);
    points_free(&p);
}

/* Moments of a checked set, by the plain formulas. */
static void check_standard(const PointTable *p)
{
    double total = 0, mean[2] = {0}, squares = 0;
    for (size_t i = 0; i < p->count; i++) {
        double weight = p->weighted ? p->weight[i] : 1 / (double)p->count;
        total += weight;
        for (size_t axis = 0; axis < 2; axis++) {
            mean[axis] += weight * p->x[2 * i + axis];
            squares += weight * p->x[2 * i + axis] * p->x[2 * i + axis];
            assert_true(p->x[2 * i + axis] >= p->low[axis] && p->x[2 * i + axis] <= p->high[axis]);
        }
    }
    assert_near(total, 1, 1e-12);
    assert_near(mean[0], 0, 1e-12);
    assert_near(mean[1], 0, 1e-12);
    assert_near(squares, 2, 1e-11);
}

static void points_are_scaled_to_mean_0_and_one_std(void **state)
{
    /* mean (3, 1.5); variances 3 and .75 */
    static const double values[] = {0, 0, 1, 4, 2, 3};
    PointTable p = make(2, values, true), scaled;
    Frame frame;
    (void)state;
    assert_true(points_check("p", &p, NULL));
    assert_true(points_scale(&p, &scaled, &frame, NULL));
    assert_near(frame.mean[0], 3, 1e-15);
    assert_near(frame.mean[1], 1.5, 1e-15);
    assert_near(frame.std, sqrt((3 + .75) / 2), 1e-15);
    assert_near(scaled.weight[1], .75, 1e-15);
    assert_near(scaled.x[0], -3 / frame.std, 1e-15);
    assert_true(p.x[0] == 0 && p.weight[1] == 3);
    check_standard(&scaled);
    points_free(&scaled);
    p.weighted = false;
    assert_true(points_scale(&p, &scaled, &frame, NULL));
    assert_near(frame.mean[0], 2, 1e-15);
    assert_null(scaled.weight);
    check_standard(&scaled);
    points_free(&scaled);
    points_free(&p);
}

static void scaling_stands_extremes(void **state)
{
    static const double sets[][9] = {
        {1e9 + .25, 2e9, 1, 1e9 + .5, 2e9 + .25, 1, 1e9 + .75, 2e9 + .5, 1},
        {(double)FLT_MAX, 0, 1, -(double)FLT_MAX, 0, 1, 0, 0, 1},
        {1e-37, 0, 1, 2e-37, 0, 1, 3e-37, 1e-37, 1},
        {0, 0, (double)FLT_MIN, 1, 0, (double)FLT_MIN, 1, 1, (double)FLT_MIN},
        {0, 0, (double)FLT_MAX, 1, 0, (double)FLT_MAX, 1, 1, (double)FLT_MAX},
        {0, 0, 1, 1, 0, 1e-11, 0, 1, 1e-11},
    };
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        PointTable p = make(3, sets[i], true), scaled;
        Frame frame;
        assert_true(points_check("p", &p, NULL));
        assert_true(points_scale(&p, &scaled, &frame, NULL));
        check_standard(&scaled);
        points_free(&scaled);
        points_free(&p);
    }
}

static void check_csv(const double *values, size_t n, bool weighted, const char *expected)
{
    PointTable p = make(n, values, weighted), again;
    Bytes b = {0};
    Error e;
    points_append_csv(&p, &b);
    if (!table_read_points("p", b.data, b.size, NULL, &again, &e))
        fail_msg("%s", e.text);
    assert_int_equal(again.count, n);
    assert_int_equal(again.weighted, weighted);
    assert_memory_equal(again.x, p.x, n * 2 * sizeof *p.x);
    if (weighted)
        assert_memory_equal(again.weight, p.weight, n * sizeof *p.weight);
    bytes_append(&b, "", 1);
    assert_string_equal((char *)b.data, expected);
    bytes_free(&b);
    points_free(&again);
    points_free(&p);
}

static void every_double_comes_back_from_csv(void **state)
{
    static const double values[] = {.1, -2, 1, 1. / 3, 1e-300, .7, 123456789.123456789, 0x1p-1074, 2};
    (void)state;
    check_csv(values, 3, false, "x,y\n0.1,-2\n0.33333333333333331,1e-300\n123456789.12345679,4.94065645841247e-324\n");
    check_csv(values, 3, true,
              "x,y,weight\n0.1,-2,1\n0.33333333333333331,1e-300,0.7\n123456789.12345679,4.94065645841247e-324,2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_those_of_the_points),
        cmocka_unit_test(fewer_than_two_different_points_are_refused),
        cmocka_unit_test(faulty_and_negligible_points_are_left_out),
        cmocka_unit_test(weights_may_be_small_together),
        cmocka_unit_test(points_are_scaled_to_mean_0_and_one_std),
        cmocka_unit_test(scaling_stands_extremes),
        cmocka_unit_test(every_double_comes_back_from_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
