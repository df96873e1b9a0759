#include "io/csv.h"
#include "near.h"

#include <float.h>
#include <stdlib.h>

static void points_are_lines(void **state)
{
    static const float points[] = {1, -2.5f, 0.1f, 1e-7f, 0, 1e20f};
    Bytes b = {0};
    (void)state;
    csv_append_points(&b, points, 3);
    bytes_append(&b, "", 1);
    assert_string_equal((char *)b.data, "1,-2.5\n0.100000001,1.00000001e-07\n0,1.00000002e+20\n");
    bytes_free(&b);
}

static void every_float_comes_back(void **state)
{
    float points[2 * 100] = {FLT_MIN, FLT_MAX, -FLT_TRUE_MIN, FLT_EPSILON};
    Bytes b = {0};
    (void)state;
    for (int i = 4; i < 200; i++)
        points[i] = ldexpf(sinf((float)i), i % 60 - 30);
    csv_append_points(&b, points, 100);
    bytes_append(&b, "", 1);
    char *at = (char *)b.data;
    for (int i = 0; i < 200; i++) {
        assert_true(strtof(at, &at) == points[i]);
        assert_int_equal(*at++, i % 2 ? '\n' : ',');
    }
    assert_int_equal(*at, 0);
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(points_are_lines), cmocka_unit_test(every_float_comes_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
