#include "core/features.h"
#include "core/net.h"
#include "core/precond.h"

#include "near.h"

#include <math.h>
#include <string.h>

/* The network against its own definition: gradients and divergence by central differences, the score by its formula. */

enum { POINTS = 40, WIDTH = 16, DEPTH = 3 };

static const NetShape shape = {.width = WIDTH, .depth = DEPTH};
static const Frame frame = {.mean = {1.0, -2.0}, .std = 3.0};

typedef struct Fixture {
    Net net; /* all parameters random, the output layer's too */
    NetWorkspace workspace;
    float y[2 * POINTS], sigma[POINTS];
} Fixture;

static int begin(void **state)
{
    static Fixture f;
    f = (Fixture){0};
    assert_true(net_init(&f.net, shape, 5));
    Rng rng = {7, STREAM_TEST};
    rng_normals(rng, 0, 0, f.net.count / 2, f.net.parameter);
    for (size_t i = 0; i < f.net.count; i++)
        f.net.parameter[i] *= 0.3f;
    rng_normals(rng, 1, 0, POINTS, f.y);
    for (size_t i = 0; i < POINTS; i++)
        f.sigma[i] = 0.02f * powf(200.0f, (float)i / (POINTS - 1));
    *state = &f;
    return 0;
}

static int end(void **state)
{
    Fixture *f = *state;
    net_free(&f->net);
    net_workspace_free(&f->workspace);
    return 0;
}

static void test_parameter_count(void **state)
{
    (void)state;
    size_t inputs = FEATURES_PLACE + FEATURES_LEVEL;
    assert_int_equal(net_parameter_count(shape), (inputs + 1) * 16 + 2 * (16 + 1) * 16 + (16 + 1) * 2);
}

static void test_first_weights(void **state)
{
    (void)state;
    Net a, b, c;
    assert_true(net_init(&a, shape, 1) && net_init(&b, shape, 1) && net_init(&c, shape, 2));
    assert_memory_equal(a.parameter, b.parameter, a.count * sizeof(float));
    assert_memory_not_equal(a.parameter, c.parameter, a.count * sizeof(float));
    size_t inputs = FEATURES_PLACE + FEATURES_LEVEL;
    double square = 0.0;
    for (size_t i = 0; i < inputs * WIDTH; i++)
        square += (double)a.parameter[i] * (double)a.parameter[i];
    assert_near(square / WIDTH, 2.0, 0.4); /* He: variance 2 / inputs */
    for (size_t j = 0; j < WIDTH; j++)
        assert_near(a.parameter[inputs * WIDTH + j], 0.0, 0.0);
    net_free(&a);
    net_free(&b);
    net_free(&c);
}

/* A loss that is linear in the network's output, so that only the network bends it. */
static double loss(Fixture *f, float df[2 * POINTS])
{
    float out[2 * POINTS];
    double sum = 0.0;
    rng_normals((Rng){8, STREAM_TEST}, 0, 0, POINTS, df);
    net_forward(&f->net, &f->workspace, f->y, f->sigma, POINTS, out);
    for (size_t i = 0; i < 2 * POINTS; i++)
        sum += (double)df[i] * (double)out[i];
    return sum;
}

static double difference(Fixture *f, size_t parameter)
{
    float h = 1e-2f, kept = f->net.parameter[parameter];
    float df[2 * POINTS];
    f->net.parameter[parameter] = kept + h;
    double above = loss(f, df);
    f->net.parameter[parameter] = kept - h;
    double below = loss(f, df);
    f->net.parameter[parameter] = kept;
    return (above - below) / (2.0 * (double)h);
}

/* Every parameter of a block, relative to the block's largest gradient. */
static void check_block(Fixture *f, const float *gradient, size_t first, size_t count)
{
    double largest = 0.0;
    for (size_t i = first; i < first + count; i++)
        largest = fmax(largest, fabs((double)gradient[i]));
    assert_true(largest > 0.1);
    for (size_t i = first; i < first + count; i++)
        assert_near(gradient[i], difference(f, i), 2e-3 * largest);
}

static void test_gradients(void **state)
{
    Fixture *f = *state;
    float df[2 * POINTS], gradient[4096] = {0};
    assert_true(f->net.count <= 4096);
    loss(f, df);
    net_backward(&f->net, &f->workspace, df, POINTS, gradient);
    size_t at = 0;
    for (size_t l = 0; l <= DEPTH; l++) {
        size_t in = l == 0 ? FEATURES_PLACE + FEATURES_LEVEL : WIDTH, out = l == DEPTH ? 2 : WIDTH;
        check_block(f, gradient, at, in * out);
        check_block(f, gradient, at + in * out, out);
        at += (in + 1) * out;
    }
    assert_int_equal(at, f->net.count);
}

static void test_gradient_is_added(void **state)
{
    Fixture *f = *state;
    float df[2 * POINTS], once[4096] = {0}, twice[4096] = {0};
    loss(f, df);
    net_backward(&f->net, &f->workspace, df, POINTS, once);
    for (int pass = 0; pass < 2; pass++) {
        loss(f, df);
        net_backward(&f->net, &f->workspace, df, POINTS, twice);
    }
    for (size_t i = 0; i < f->net.count; i++)
        assert_near(twice[i], 2.0 * (double)once[i], 1e-3 * (1.0 + fabs((double)once[i])));
}

static void to_data(const float *y, size_t n, float *x)
{
    for (size_t i = 0; i < 2 * n; i++)
        x[i] = (float)(frame.mean[i % 2] + frame.std * (double)y[i]);
}

/* (D - x) / sigma^2 with D from the preconditioning, at levels small and large. */
static void test_score_is_the_denoisers(void **state)
{
    Fixture *f = *state;
    float x[2 * POINTS], score[2 * POINTS], out[2 * POINTS], level[POINTS];
    to_data(f->y, POINTS, x);
    for (double s = 0.05; s < 10.0; s *= 3.0) {
        for (size_t i = 0; i < POINTS; i++)
            level[i] = (float)s;
        net_forward(&f->net, &f->workspace, f->y, level, POINTS, out);
        net_score(&f->net, &frame, &f->workspace, x, (float)(s * frame.std), POINTS, score);
        Precond c = precond_edm(s, 1.0);
        for (size_t i = 0; i < 2 * POINTS; i++) {
            double y = (double)f->y[i], denoised = c.skip * y + c.out * (double)out[i];
            double expected = (denoised - y) / (s * s * frame.std);
            assert_near(score[i], expected, 1e-4 * (1.0 + fabs(expected)));
        }
    }
}

static void test_many_points_are_the_same_as_one(void **state)
{
    enum { MANY = 2 * NET_TILE + 17 };
    Fixture *f = *state;
    static float x[2 * MANY], together[2 * MANY], div[MANY];
    float alone[2], div_alone;
    rng_normals((Rng){9, STREAM_TEST}, 0, 0, MANY, x);
    net_score_divergence(&f->net, &frame, &f->workspace, x, 0.7f, MANY, together, div);
    for (size_t i = 0; i < MANY; i++) {
        net_score_divergence(&f->net, &frame, &f->workspace, x + 2 * i, 0.7f, 1, alone, &div_alone);
        assert_near(together[2 * i], alone[0], 1e-4);
        assert_near(together[2 * i + 1], alone[1], 1e-4);
        assert_near(div[i], div_alone, 1e-3);
        net_score(&f->net, &frame, &f->workspace, x + 2 * i, 0.7f, 1, alone);
        assert_near(together[2 * i], alone[0], 1e-4);
    }
}

static void test_divergence(void **state)
{
    Fixture *f = *state;
    float h = 0.01f, sigma = 2.0f;
    float x[2 * POINTS], score[2 * POINTS], divergence[POINTS];
    to_data(f->y, POINTS, x);
    net_score_divergence(&f->net, &frame, &f->workspace, x, sigma, POINTS, score, divergence);
    for (size_t i = 0; i < POINTS; i++) {
        double sum = 0.0;
        for (size_t axis = 0; axis < 2; axis++) {
            float above[2] = {x[2 * i], x[2 * i + 1]}, below[2] = {x[2 * i], x[2 * i + 1]}, up[2], down[2];
            above[axis] += h;
            below[axis] -= h;
            net_score(&f->net, &frame, &f->workspace, above, sigma, 1, up);
            net_score(&f->net, &frame, &f->workspace, below, sigma, 1, down);
            sum += ((double)up[axis] - (double)down[axis]) / ((double)above[axis] - (double)below[axis]);
        }
        assert_near(divergence[i], sum, 1e-3 * (1.0 + fabs(sum)));
    }
}

/* F = 0 before the first step: the score of a normal of the frame's mean and std, whose divergence is known too. */
static void test_untrained_is_normal(void **state)
{
    (void)state;
    Net net;
    NetWorkspace w = {0};
    assert_true(net_init(&net, shape, 1));
    const float x[2] = {2.5f, 1.0f}, sigma = 1.5f;
    double variance = frame.std * frame.std + 1.5 * 1.5;
    float score[2], divergence;
    net_score_divergence(&net, &frame, &w, x, sigma, 1, score, &divergence);
    assert_near(score[0], -(2.5 - 1.0) / variance, 1e-6);
    assert_near(score[1], -(1.0 + 2.0) / variance, 1e-6);
    assert_near(divergence, -2.0 / variance, 1e-6);
    net_free(&net);
    net_workspace_free(&w);
}

static void test_sigma_is_held_to_the_trained_range(void **state)
{
    Fixture *f = *state;
    const float x[2] = {1.0f, 0.5f};
    const double ends[2] = {NET_SIGMA_MIN * frame.std, NET_SIGMA_MAX * frame.std}, beyond[2] = {1e-6, 1e6};
    for (size_t k = 0; k < 2; k++) {
        float at_end[2], outside[2];
        net_score(&f->net, &frame, &f->workspace, x, (float)ends[k], 1, at_end);
        net_score(&f->net, &frame, &f->workspace, x, (float)beyond[k], 1, outside);
        assert_near(outside[0], at_end[0], 1e-5 * fabs((double)at_end[0]));
        assert_near(outside[1], at_end[1], 1e-5 * fabs((double)at_end[1]));
    }
}

static void test_far_places_stay_finite(void **state)
{
    Fixture *f = *state;
    const float x[2] = {1e6f, -1e6f};
    float score[2], divergence;
    net_score_divergence(&f->net, &frame, &f->workspace, x, 0.1f, 1, score, &divergence);
    assert_true(isfinite(score[0]) && isfinite(score[1]) && isfinite(divergence));
}

static void test_field_source(void **state)
{
    Fixture *f = *state;
    FieldLearned learned = {&f->net, &frame, &f->workspace};
    const FieldSource source = field_learned(&learned);
    const float x[2] = {0.3f, -0.4f};
    float direct[2], through[2];
    net_score(&f->net, &frame, &f->workspace, x, 0.6f, 1, direct);
    source.evaluate(source.context, x, 0.6f, 1, through);
    assert_memory_equal(direct, through, sizeof direct);
}

/* maths.md section 1, and the score's weights against the denoiser's. */
static void test_preconditioning(void **state)
{
    (void)state;
    Precond c = precond_edm(0.5, 0.5);
    assert_near(c.skip, 0.5, 1e-12);
    assert_near(c.out, 0.353553, 1e-6);
    assert_near(c.in, 1.41421, 1e-5);
    assert_near(c.noise, -0.173287, 1e-6);
    Precond d = precond_edm(0.3, 1.7);
    PrecondScore s = precond_score(0.3, 1.7);
    assert_near(s.place, (d.skip - 1.0) / 0.09, 1e-12);
    assert_near(s.output, d.out / 0.09, 1e-12);
}

static void test_features(void **state)
{
    (void)state;
    const float y[2] = {0.8f, -1.3f}, sigma = 0.4f;
    float place[FEATURES_PLACE], level[FEATURES_LEVEL];
    features_place(y, &sigma, 1, FEATURES_PLACE, place);
    features_level(&sigma, 1, FEATURES_LEVEL, level);
    double in = precond_edm(0.4, 1.0).in;
    assert_near(place[0], 0.8 * in, 1e-6);
    assert_near(place[1], -1.3 * in, 1e-6);
    for (size_t k = 0; k < FEATURES_PAIRS; k++) {
        double size = 1.5 * pow(4.0, (double)k / (FEATURES_PAIRS - 1));
        double sine = (double)place[2 + k], cosine = (double)place[2 + FEATURES_PAIRS + k];
        double damped = exp(-0.5 * pow(0.5 * size * in * 0.4, 2.0));
        assert_near(sine * sine + cosine * cosine, damped * damped, 1e-5);
    }
    for (size_t k = 0; k < FEATURES_LEVEL / 2; k++) {
        double phase = log(0.4) * 0.25 * pow(16.0, (double)k / (FEATURES_LEVEL / 2 - 1));
        assert_near(level[k], sin(phase), 1e-6);
        assert_near(level[FEATURES_LEVEL / 2 + k], cos(phase), 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameter_count),
        cmocka_unit_test(test_first_weights),
        cmocka_unit_test(test_gradients),
        cmocka_unit_test(test_gradient_is_added),
        cmocka_unit_test(test_score_is_the_denoisers),
        cmocka_unit_test(test_many_points_are_the_same_as_one),
        cmocka_unit_test(test_divergence),
        cmocka_unit_test(test_untrained_is_normal),
        cmocka_unit_test(test_sigma_is_held_to_the_trained_range),
        cmocka_unit_test(test_far_places_stay_finite),
        cmocka_unit_test(test_field_source),
        cmocka_unit_test(test_preconditioning),
        cmocka_unit_test(test_features),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
