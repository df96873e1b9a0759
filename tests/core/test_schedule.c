#include "core/schedule.h"
#include "near.h"

static void karras_meets_the_published_grid(void **state)
{
    static const double expected[18] = {80,      57.5860, 40.7856,  28.3746,  19.3525,   12.9101,
                                        8.40094, 5.31519, 3.25682,  1.92334,  1.08817,   .585348,
                                        .296442, .139516, .0599473, .0229345, .00752802, .002};
    double sigma[18];
    (void)state;
    ladder_karras(80, .002, 7, 18, sigma);
    for (size_t i = 0; i < 18; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

static void karras_meets_the_grid_of_ten(void **state)
{
    static const double expected[10] = {10,      6.03091, 3.49668,  1.93610,  1.01508,
                                        .498373, .225747, .0924182, .0331947, .01};
    double sigma[10];
    (void)state;
    ladder_karras(10, .01, 7, 10, sigma);
    for (size_t i = 0; i < 10; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

static void geometric_meets_the_toy_ladder(void **state)
{
    static const double expected[10] = {20, 14.3374, 10.2781, 7.36806, 5.28195, 3.78648, 2.71442, 1.94589, 1.39495, 1};
    double sigma[10];
    (void)state;
    ladder_geometric(20, 1, 10, sigma);
    for (size_t i = 0; i < 10; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

/* Ends are compared with the slider's, so they are exact and not what pow() makes of them. */
static void ends_are_exact(void **state)
{
    (void)state;
    for (size_t n = 2; n < 200; n++) {
        double first = .0137 * (double)n, last = 31.7 / (double)n, sigma[200];
        ladder_geometric(first, last, n, sigma);
        assert_true(sigma[0] == first && sigma[n - 1] == last);
        ladder_karras(first, last, 7, n, sigma);
        assert_true(sigma[0] == first && sigma[n - 1] == last);
    }
}

static void ladders_go_both_ways(void **state)
{
    double down[7], up[7];
    (void)state;
    ladder_geometric(5, .05, 7, down);
    ladder_geometric(.05, 5, 7, up);
    for (size_t i = 0; i < 7; i++)
        assert_near(up[i], down[6 - i], 1e-12);
    ladder_karras(5, .05, 3, 7, down);
    ladder_karras(.05, 5, 3, 7, up);
    for (size_t i = 0; i < 7; i++)
        assert_near(up[i], down[6 - i], 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(karras_meets_the_published_grid),
        cmocka_unit_test(karras_meets_the_grid_of_ten),
        cmocka_unit_test(geometric_meets_the_toy_ladder),
        cmocka_unit_test(ends_are_exact),
        cmocka_unit_test(ladders_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
