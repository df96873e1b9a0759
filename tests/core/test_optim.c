#include "core/optim.h"

#include "near.h"

#include <math.h>

static void test_endless_rate(void **state)
{
    (void)state;
    assert_near(optim_rate(8e-3, 0.0, 0), 8e-3 / 50.0, 1e-12);
    assert_near(optim_rate(8e-3, 24.0, 0), 8e-3 * 0.5 / sqrt(1.024), 1e-12);
    assert_near(optim_rate(8e-3, 3000.0, 0), 4e-3, 1e-12);
    assert_near(optim_rate(8e-3, 99000.0, 0), 8e-4, 1e-12);
}

static void test_cosine_rate(void **state)
{
    (void)state;
    assert_near(optim_rate(6e-3, 1000.0, 2000), 3e-3, 1e-12);
    assert_near(optim_rate(6e-3, 2000.0, 2000), 0.0, 1e-12);
    assert_near(optim_rate(6e-3, 9000.0, 2000), 0.0, 1e-12);
    assert_true(optim_rate(6e-3, 100.0, 2000) > optim_rate(6e-3, 101.0, 2000));
}

static void test_decay(void **state)
{
    (void)state;
    assert_near(optim_decay(0.0), 0.1, 1e-12);
    assert_near(optim_decay(90.0), 0.91, 1e-12);
    assert_near(pow(optim_decay(1e6), 300.0), 0.5, 1e-12);
}

static void test_memory(void **state)
{
    (void)state;
    OptimMemory changed = optim_memory(0.0), between = optim_memory(500.0), settled = optim_memory(OPTIM_SETTLED);
    assert_near(changed.mean, 0.6, 1e-7);
    assert_near(changed.square, 0.9, 1e-7);
    assert_near(between.mean, 1.0 - 1.0 / 6.25, 1e-7);
    assert_near(between.square, 1.0 - 1.0 / 55.0, 1e-7);
    assert_true(settled.mean == 0.9f && settled.square == 0.99f);
    assert_true(optim_memory(1e9).mean == 0.9f);
}

enum { COUNT = 37 };

typedef struct Weights {
    float parameter[COUNT], average[COUNT], mean[COUNT], square[COUNT], gradient[COUNT];
} Weights;

static OptimBlock block_of(Weights *w)
{
    return (OptimBlock){w->parameter, w->average, w->mean, w->square, w->gradient, COUNT};
}

/* Three steps of Adam as it was published, in double. */
static void test_adam(void **state)
{
    (void)state;
    Weights w = {0};
    double parameter[COUNT] = {0}, average[COUNT] = {0}, mean[COUNT] = {0}, square[COUNT] = {0};
    OptimBlock block = block_of(&w);
    for (uint64_t t = 1; t <= 3; t++) {
        for (size_t i = 0; i < COUNT; i++) {
            double g = sin((double)(i + 3 * t)) * pow(10.0, (double)(i % 5) - 2.0);
            w.gradient[i] = (float)g;
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            square[i] = 0.99 * square[i] + 0.01 * g * g;
            double m = mean[i] / (1.0 - pow(0.9, (double)t)), v = square[i] / (1.0 - pow(0.99, (double)t));
            parameter[i] -= 2e-2 * m / (sqrt(v) + 1e-8);
            average[i] = 0.7 * average[i] + 0.3 * parameter[i];
        }
        optim_step(&block, (OptimStep){.rate = 2e-2, .decay = 0.7, .memory = {0.9f, 0.99f}, .moments = t});
        for (size_t i = 0; i < COUNT; i++) {
            assert_near(w.parameter[i], parameter[i], 2e-7);
            assert_near(w.average[i], average[i], 2e-7);
        }
    }
}

/* 1/2 sum c_i (p_i - i)^2 with curvatures over four decades. */
static void test_a_bowl_is_descended(void **state)
{
    (void)state;
    Weights w = {0};
    OptimBlock block = block_of(&w);
    for (uint64_t t = 0; t < 4000; t++) {
        for (size_t i = 0; i < COUNT; i++)
            w.gradient[i] = (float)pow(10.0, (double)(i % 5) - 2.0) * (w.parameter[i] - 0.1f * (float)i);
        optim_step(&block, (OptimStep){.rate = optim_rate(5e-2, (double)t, 4000),
                                       .decay = optim_decay((double)t),
                                       .memory = optim_memory(OPTIM_SETTLED),
                                       .moments = t + 1});
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_near(w.parameter[i], 0.1 * (double)i, 1e-3);
}

static void test_finite(void **state)
{
    (void)state;
    const float bad[] = {NAN, -NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        for (size_t i = 0; i < COUNT; i++) {
            float x[COUNT];
            for (size_t j = 0; j < COUNT; j++)
                x[j] = j % 2 ? 3.4e38f : -1e-45f;
            assert_true(optim_finite(x, COUNT));
            x[i] = bad[k];
            assert_false(optim_finite(x, COUNT));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endless_rate), cmocka_unit_test(test_cosine_rate),
        cmocka_unit_test(test_decay),        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_adam),         cmocka_unit_test(test_a_bowl_is_descended),
        cmocka_unit_test(test_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
