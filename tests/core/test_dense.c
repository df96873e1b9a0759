#include "core/dense.h"
#include "core/rng.h"

#include "near.h"

#include <pthread.h>
#include <string.h>

/* Fused kernels against plain loops, at sizes that are no multiple of a vector. */

enum { ROWS = 37, IN = 21, OUT = 35 };

static float x[ROWS * IN], w[IN * OUT], y[ROWS * OUT], bias[OUT];

static int draw(void **state)
{
    (void)state;
    Rng rng = {3, STREAM_TEST};
    rng_normals(rng, 0, 0, sizeof x / 8, x);
    rng_normals(rng, 1, 0, sizeof w / 8, w);
    rng_normals(rng, 2, 0, sizeof y / 8, y);
    rng_normals(rng, 3, 0, sizeof bias / 8, bias);
    return 0;
}

static void assert_same(const float *actual, const float *expected, size_t n, double tolerance)
{
    for (size_t i = 0; i < n; i++)
        assert_near(actual[i], expected[i], tolerance);
}

static const Dense layer = {.in = IN, .out = OUT, .weight = w, .bias = bias};

static void test_products(void **state)
{
    (void)state;
    float fast[ROWS * OUT], slow[ROWS * OUT] = {0};
    dense_multiply(&layer, x, ROWS, fast);
    dense_reference((DenseView){x, IN, 1}, (DenseView){w, OUT, 1}, ROWS, IN, OUT, slow);
    assert_same(fast, slow, ROWS * OUT, 1e-4);

    float back[ROWS * IN], slow_back[ROWS * IN] = {0};
    dense_multiply_transposed(&layer, y, ROWS, back);
    dense_reference((DenseView){y, OUT, 1}, (DenseView){w, 1, OUT}, ROWS, OUT, IN, slow_back);
    assert_same(back, slow_back, ROWS * IN, 1e-4);
}

static void test_weight_gradient_is_added(void **state)
{
    (void)state;
    float fast[IN * OUT], slow[IN * OUT];
    memcpy(fast, w, sizeof fast);
    memcpy(slow, w, sizeof slow);
    dense_accumulate(&layer, x, y, ROWS, fast);
    dense_reference((DenseView){x, 1, IN}, (DenseView){y, OUT, 1}, IN, ROWS, OUT, slow);
    assert_same(fast, slow, IN * OUT, 1e-4);
}

static void test_activation_backward(void **state)
{
    (void)state;
    float slope[ROWS * OUT], dy[ROWS * OUT], dbias[OUT];
    for (size_t i = 0; i < ROWS * OUT; i++) {
        slope[i] = y[ROWS * OUT - 1 - i];
        dy[i] = y[i];
    }
    memcpy(dbias, bias, sizeof dbias);
    dense_activate_backward(slope, ROWS, OUT, dy, dbias);
    for (size_t j = 0; j < OUT; j++) {
        double sum = (double)bias[j];
        for (size_t i = 0; i < ROWS; i++) {
            double product = (double)slope[i * OUT + j] * (double)y[i * OUT + j];
            assert_near(dy[i * OUT + j], product, 1e-6);
            sum += product;
        }
        assert_near(dbias[j], sum, 1e-5);
    }
}

static void test_output_layer(void **state)
{
    (void)state;
    Dense output = {.in = IN, .out = DENSE_OUTPUTS, .weight = w, .bias = bias};
    float fast[ROWS * 2], slow[ROWS * 2];
    for (size_t i = 0; i < ROWS * 2; i++)
        slow[i] = bias[i % 2];
    dense_output(&output, x, ROWS, fast);
    dense_reference((DenseView){x, IN, 1}, (DenseView){w, 1, IN}, ROWS, IN, 2, slow);
    assert_same(fast, slow, ROWS * 2, 1e-5);

    float dx[ROWS * IN], slow_dx[ROWS * IN] = {0}, dw[2 * IN], slow_dw[2 * IN], db[2] = {1.0f, 2.0f};
    memcpy(dw, w, sizeof dw);
    memcpy(slow_dw, w, sizeof slow_dw);
    dense_output_backward(&output, x, y, ROWS, dx, (DenseGradient){dw, db});
    dense_reference((DenseView){y, 2, 1}, (DenseView){w, IN, 1}, ROWS, 2, IN, slow_dx);
    dense_reference((DenseView){y, 1, 2}, (DenseView){x, IN, 1}, 2, ROWS, IN, slow_dw);
    assert_same(dx, slow_dx, ROWS * IN, 1e-5);
    assert_same(dw, slow_dw, 2 * IN, 1e-4);
    double sum[2] = {1.0, 2.0};
    for (size_t i = 0; i < 2 * ROWS; i++)
        sum[i % 2] += (double)y[i];
    assert_near(db[0], sum[0], 1e-5);
    assert_near(db[1], sum[1], 1e-5);
}

/* Several threads, each with weights of its own, in products that are large enough for OpenBLAS to copy them first. */
enum { CALLERS = 3, CALLS = 6000, BATCH = 64, WIDTH = 128 };

typedef struct Caller {
    float weight[WIDTH * WIDTH], input[BATCH * WIDTH], alone[BATCH * WIDTH];
    int wrong;
} Caller;

static void multiply_own(const Caller *c, float *result)
{
    dense_multiply(&(Dense){.in = WIDTH, .out = WIDTH, .weight = c->weight}, c->input, BATCH, result);
}

static void *call_often(void *context)
{
    Caller *c = context;
    float result[BATCH * WIDTH];
    for (int i = 0; i < CALLS; i++) {
        multiply_own(c, result);
        c->wrong += memcmp(result, c->alone, sizeof result) != 0;
    }
    return NULL;
}

static void test_any_thread_may_call(void **state)
{
    (void)state;
    static Caller caller[CALLERS];
    pthread_t thread[CALLERS];
    Rng rng = {4, STREAM_TEST};
    for (uint64_t k = 0; k < CALLERS; k++) {
        rng_normals(rng, 2 * k, 0, WIDTH * WIDTH / 2, caller[k].weight);
        rng_normals(rng, 2 * k + 1, 0, BATCH * WIDTH / 2, caller[k].input);
        multiply_own(&caller[k], caller[k].alone);
    }
    for (int k = 0; k < CALLERS; k++)
        assert_int_equal(pthread_create(&thread[k], NULL, call_often, &caller[k]), 0);
    for (int k = 0; k < CALLERS; k++)
        pthread_join(thread[k], NULL);
    for (int k = 0; k < CALLERS; k++)
        assert_int_equal(caller[k].wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_weight_gradient_is_added),
        cmocka_unit_test(test_activation_backward),
        cmocka_unit_test(test_output_layer),
        cmocka_unit_test(test_any_thread_may_call),
    };
    return dense_may_be_shared() ? cmocka_run_group_tests(tests, draw, NULL) : 1;
}
