#include "core/activation.h"
#include "core/rng.h"

#include "near.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Every activation and its two derivatives against their formulas in double, over all floats, at sizes that are no
 * multiple of a vector. */

enum { ROWS = 37, WIDTH = 35, SIZE = ROWS * WIDTH };

typedef struct Truth {
    double value, slope, curvature;
} Truth;

static double sigmoid(double z)
{
    return 1.0 / (1.0 + exp(-z));
}

static Truth silu(double z)
{
    double s = sigmoid(z), rest = sigmoid(-z);
    return (Truth){z * s, s * (1.0 + z * rest), s * rest * (2.0 + z * (rest - s))};
}

static Truth hyperbolic_tangent(double z)
{
    double t = tanh(z), slope = pow(cosh(z), -2.0);
    return (Truth){t, slope, -2.0 * t * slope};
}

static Truth relu(double z)
{
    return (Truth){fmax(z, 0.0), z > 0.0 ? 1.0 : 0.0, 0.0};
}

static Truth softplus(double z)
{
    return (Truth){fmax(z, 0.0) + log1p(exp(-fabs(z))), sigmoid(z), sigmoid(z) * sigmoid(-z)};
}

static Truth (*const truth[ACTIVATION_COUNT])(double z) = {[ACTIVATION_SILU] = silu,
                                                           [ACTIVATION_TANH] = hyperbolic_tangent,
                                                           [ACTIVATION_RELU] = relu,
                                                           [ACTIVATION_SOFTPLUS] = softplus};

static void test_three_passes(void **state)
{
    (void)state;
    float z[SIZE + 1], bias[WIDTH + 1], in_place[SIZE], slope[SIZE], value[SIZE], curvature[SIZE], bent[SIZE];
    rng_normals((Rng){3, STREAM_TEST}, 0, 0, SIZE / 2 + 1, z);
    rng_normals((Rng){3, STREAM_TEST}, 1, 0, WIDTH / 2 + 1, bias);
    for (Activation a = 0; a < ACTIVATION_COUNT; a++) {
        for (size_t i = 0; i < SIZE; i++)
            in_place[i] = slope[i] = bent[i] = 4.0f * z[i];
        activation_value(a, bias, ROWS, WIDTH, in_place);
        activation_forward(a, bias, ROWS, WIDTH, slope, value);
        for (size_t i = 0; i < SIZE; i++) {
            Truth t = truth[a]((double)(4.0f * z[i] + bias[i % WIDTH]));
            assert_near(value[i], t.value, 4e-7 * (1.0 + fabs(t.value)));
            assert_near(in_place[i], t.value, 4e-7 * (1.0 + fabs(t.value)));
            assert_near(slope[i], t.slope, 1e-6);
        }
        activation_bend(a, bias, ROWS, WIDTH, bent, value, curvature);
        assert_memory_equal(bent, slope, sizeof bent);
        for (size_t i = 0; i < SIZE; i++) {
            Truth t = truth[a]((double)(4.0f * z[i] + bias[i % WIDTH]));
            assert_near(value[i], t.value, 4e-7 * (1.0 + fabs(t.value)));
            assert_near(curvature[i], t.curvature, 1e-6);
        }
    }
}

/* One number through all passes. */
static Truth at(Activation a, float z)
{
    const float none = 0.0f;
    float slope = z, value, curvature, in_place = z;
    activation_bend(a, &none, 1, 1, &slope, &value, &curvature);
    activation_value(a, &none, 1, 1, &in_place);
    assert_int_equal(fpclassify(in_place), fpclassify(value));
    if (isfinite(value))
        assert_near(in_place, value, 1e-6 * fabs((double)value));
    return (Truth){(double)value, (double)slope, (double)curvature};
}

/* Every power of two of either sign. Values are right in their leading digits, however small. */
static void test_all_sizes(void **state)
{
    (void)state;
    for (Activation a = 0; a < ACTIVATION_COUNT; a++)
        for (int exponent = -149; exponent <= 127; exponent++)
            for (int sign = -1; sign <= 1; sign += 2) {
                double z = sign * ldexp(1.0, exponent);
                Truth got = at(a, (float)z), expected = truth[a](fmax(z, -700.0));
                assert_near(got.value, expected.value, 2e-6 * fabs(expected.value) + 2e-36);
                expected = truth[a](fmin(fmax(z, -300.0), 300.0));
                assert_near(got.slope, expected.slope, 1e-6);
                assert_near(got.curvature, expected.curvature, 1e-6);
            }
}

static void test_infinities_and_nan(void **state)
{
    (void)state;
    for (Activation a = 0; a < ACTIVATION_COUNT; a++) {
        Truth right = at(a, INFINITY), left = at(a, -INFINITY), neither = at(a, NAN);
        bool bounded = a == ACTIVATION_TANH;
        assert_true(bounded ? fabs(right.value - 1.0) < 1e-6 : isinf(right.value) && right.value > 0.0);
        assert_near(left.value, bounded ? -1.0 : 0.0, 1e-6);
        assert_near(right.slope, bounded ? 0.0 : 1.0, 1e-6);
        assert_near(left.slope, 0.0, 1e-6);
        assert_near(right.curvature, 0.0, 1e-6);
        assert_near(left.curvature, 0.0, 1e-6);
        assert_true(isnan(neither.value));
    }
}

/* Through six layers of 256 with weights of the gain, what began as a standard normal neither dies nor explodes. */
static void test_gain_keeps_the_size(void **state)
{
    (void)state;
    enum { IN = 256, LAYERS = 6 };
    static float w[IN * IN];
    for (Activation a = 0; a < ACTIVATION_COUNT; a++) {
        float x[IN], y[IN], none[IN] = {0};
        rng_normals((Rng){4, STREAM_TEST}, 0, 0, IN / 2, x);
        double scale = sqrt(activation_gain(a) / IN), square = 0.0;
        for (uint64_t l = 1; l <= LAYERS; l++) {
            rng_normals((Rng){4, STREAM_TEST}, l, 0, IN * IN / 2, w);
            square = 0.0;
            for (size_t j = 0; j < IN; j++) {
                double sum = 0.0;
                for (size_t k = 0; k < IN; k++)
                    sum += (double)x[k] * (double)w[k * IN + j] * scale;
                y[j] = (float)sum;
                square += sum * sum / IN;
            }
            activation_value(a, none, 1, IN, y);
            memcpy(x, y, sizeof x);
        }
        assert_true(square > 0.05 && square < 20.0);
    }
}

static void test_table(void **state)
{
    (void)state;
    static const char *const name[] = {"silu", "tanh", "relu", "softplus"};
    for (size_t a = 0; a < ACTIVATION_COUNT; a++) {
        const ChoiceInfo *info = activation_info(a);
        assert_string_equal(info->name, name[a]);
        assert_true(strlen(info->label) > 0 && strlen(info->help) > 0);
    }
    assert_null(activation_info(ACTIVATION_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_passes),
        cmocka_unit_test(test_all_sizes),
        cmocka_unit_test(test_infinities_and_nan),
        cmocka_unit_test(test_gain_keeps_the_size),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
