#include "core/features.h"
#include "core/net.h"
#include "core/precond.h"

#include "near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The network against its own definition, for every activation, prediction and choice of features: gradients and
 * divergence by central differences, the score by its formula. */

enum { POINTS = 40, WIDTH = 16, DEPTH = 3 };

static const NetShape shape = {.width = WIDTH, .depth = DEPTH};
static const Frame frame = {.mean = {1.0, -2.0}, .std = 3.0};

typedef struct Fixture {
    Net net; /* all parameters random, the output layer's too */
    NetWorkspace workspace;
    float y[2 * POINTS], sigma[POINTS];
} Fixture;

static const NetShape shapes[] = {
    {.width = WIDTH, .depth = DEPTH},
    {.width = WIDTH, .depth = DEPTH, .activation = ACTIVATION_TANH, .plain = true},
    {.width = WIDTH, .depth = DEPTH, .activation = ACTIVATION_RELU},
    {.width = WIDTH, .depth = DEPTH, .activation = ACTIVATION_SOFTPLUS},
    {.width = WIDTH, .depth = 1, .plain = true},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static Fixture fixture_of(NetShape s)
{
    Fixture f = {0};
    assert_true(net_init(&f.net, s, 5));
    Rng rng = {7, STREAM_TEST};
    rng_normals(rng, 0, 0, f.net.count / 2, f.net.parameter);
    for (size_t i = 0; i < f.net.count; i++)
        f.net.parameter[i] *= 0.3f;
    rng_normals(rng, 1, 0, POINTS, f.y);
    for (size_t i = 0; i < POINTS; i++)
        f.sigma[i] = 0.02f * powf(200.0f, (float)i / (POINTS - 1));
    return f;
}

static void fixture_free(Fixture *f)
{
    net_free(&f->net);
    net_workspace_free(&f->workspace);
}

static int begin(void **state)
{
    static Fixture f;
    f = fixture_of(shape);
    *state = &f;
    return 0;
}

static int end(void **state)
{
    fixture_free(*state);
    return 0;
}

static void test_parameter_count(void **state)
{
    (void)state;
    size_t inputs = FEATURES_PLACE + FEATURES_LEVEL;
    assert_int_equal(net_parameter_count(shape), (inputs + 1) * 16 + 2 * (16 + 1) * 16 + (16 + 1) * 2);
    assert_int_equal(net_parameter_count(shapes[4]), (2 + FEATURES_LEVEL + 1) * 16 + (16 + 1) * 2);
}

static void test_same_shape(void **state)
{
    (void)state;
    assert_true(net_same_shape(shape, shapes[0]));
    const NetShape other[] = {{17, 3, 0, 0, false},
                              {16, 2, 0, 0, false},
                              {16, 3, ACTIVATION_TANH, 0, false},
                              {16, 3, 0, PREDICTION_X0, false},
                              {16, 3, 0, 0, true}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(net_same_shape(shape, other[i]));
}

/* Variance of the first layer's weights times its inputs: the activation's gain. */
static double first_gain(const Net *net)
{
    size_t inputs = FEATURES_PLACE + FEATURES_LEVEL;
    double square = 0.0;
    for (size_t i = 0; i < inputs * WIDTH; i++)
        square += (double)net->parameter[i] * (double)net->parameter[i];
    return square / WIDTH;
}

static void test_first_weights(void **state)
{
    (void)state;
    Net a, b, c;
    assert_true(net_init(&a, shape, 1) && net_init(&b, shape, 1) && net_init(&c, shape, 2));
    assert_memory_equal(a.parameter, b.parameter, a.count * sizeof(float));
    assert_memory_not_equal(a.parameter, c.parameter, a.count * sizeof(float));
    assert_near(first_gain(&a), 2.0, 0.4);
    a.shape.activation = ACTIVATION_TANH;
    net_reset(&a, 1);
    assert_near(first_gain(&a), 1.0, 0.2);
    size_t inputs = FEATURES_PLACE + FEATURES_LEVEL;
    for (size_t j = 0; j < WIDTH; j++)
        assert_near(a.parameter[inputs * WIDTH + j], 0.0, 0.0);
    net_free(&a);
    net_free(&b);
    net_free(&c);
}

enum { OUTPUTS = (1 + NET_TANGENTS) * 2 * POINTS, MOST = 4096 };

/* Losses that are linear in the network's output, so that only the network bends them: of F alone, and of F with its
 * derivatives along two directions a point. */
typedef double (*Loss)(Fixture *f, float df[OUTPUTS]);

static double product(const float *a, const float *b, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

static double loss(Fixture *f, float df[OUTPUTS])
{
    float out[2 * POINTS];
    rng_normals((Rng){8, STREAM_TEST}, 0, 0, POINTS, df);
    net_forward(&f->net, &f->workspace, f->y, f->sigma, POINTS, out);
    return product(df, out, 2 * POINTS);
}

static float directions[NET_TANGENTS][2 * POINTS];

static NetPoints points_of(const Fixture *f, size_t tangents)
{
    for (size_t t = 0; t < NET_TANGENTS; t++)
        rng_normals((Rng){9, STREAM_TEST}, t, 0, POINTS, directions[t]);
    return (NetPoints){f->y, f->sigma, {directions[0], directions[1]}, POINTS, tangents};
}

static double tangent_loss(Fixture *f, float df[OUTPUTS])
{
    float out[OUTPUTS];
    NetPoints points = points_of(f, NET_TANGENTS);
    rng_normals((Rng){8, STREAM_TEST}, 0, 0, OUTPUTS / 2, df);
    net_forward_tangent(&f->net, &f->workspace, &points, out);
    return product(df, out, OUTPUTS);
}

static double difference(Fixture *f, Loss of, size_t parameter, float h)
{
    float kept = f->net.parameter[parameter], df[OUTPUTS];
    f->net.parameter[parameter] = kept + h;
    double above = of(f, df);
    f->net.parameter[parameter] = kept - h;
    double below = of(f, df);
    f->net.parameter[parameter] = kept;
    return (above - below) / (2.0 * (double)h);
}

/* Every parameter of a block against central differences, to 3 in a thousand of the block's largest gradient: the curve
 * and single precision of a loss around 10. ReLU's kinks lie between the two ends of some differences: one in ten may
 * be off. */
static void check_block(Fixture *f, Loss of, const float *gradient, size_t first, size_t count)
{
    bool kinks = f->net.shape.activation == ACTIVATION_RELU;
    double largest = 0.0;
    size_t off = 0;
    for (size_t i = first; i < first + count; i++)
        largest = fmax(largest, fabs((double)gradient[i]));
    assert_true(largest > 0.1);
    for (size_t i = first; i < first + count; i++) {
        double expected = difference(f, of, i, kinks ? 1e-3f : 6e-3f);
        if (kinks)
            off += fabs((double)gradient[i] - expected) > 3e-3 * largest;
        else
            assert_near(gradient[i], expected, 3e-3 * largest);
    }
    assert_true(off <= count / 10);
}

static void check_gradient(Fixture *f, Loss of, const float *gradient)
{
    NetShape s = f->net.shape;
    size_t at = 0, depth = (size_t)s.depth, place = s.plain ? FEATURES_PLAIN : FEATURES_PLACE;
    for (size_t l = 0; l <= depth; l++) {
        size_t in = l == 0 ? place + FEATURES_LEVEL : WIDTH, out = l == depth ? 2 : WIDTH;
        check_block(f, of, gradient, at, in * out);
        check_block(f, of, gradient, at + in * out, out);
        at += (in + 1) * out;
    }
    assert_int_equal(at, f->net.count);
}

static void test_gradients(void **state)
{
    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        Fixture f = fixture_of(shapes[i]);
        float df[OUTPUTS], gradient[MOST] = {0};
        assert_true(f.net.count <= MOST);
        loss(&f, df);
        net_backward(&f.net, &f.workspace, df, POINTS, gradient);
        check_gradient(&f, loss, gradient);
        fixture_free(&f);
    }
}

/* Through the derivatives too: second order in the activations. */
static void test_tangent_gradients(void **state)
{
    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        Fixture f = fixture_of(shapes[i]);
        float df[OUTPUTS], gradient[MOST] = {0};
        NetPoints points = points_of(&f, NET_TANGENTS);
        tangent_loss(&f, df);
        net_backward_tangent(&f.net, &f.workspace, &points, df, gradient);
        check_gradient(&f, tangent_loss, gradient);
        fixture_free(&f);
    }
}

/* F of a step h along direction t from every point. */
static void forward_beside(Fixture *f, size_t t, float h, float out[2 * POINTS])
{
    float y[2 * POINTS];
    for (size_t i = 0; i < 2 * POINTS; i++)
        y[i] = f->y[i] + h * directions[t][i];
    net_forward(&f->net, &f->workspace, y, f->sigma, POINTS, out);
}

static void test_tangents(void **state)
{
    (void)state;
    const float h = 2e-3f;
    for (size_t i = 0; i < SHAPES; i++) {
        Fixture f = fixture_of(shapes[i]);
        float both[OUTPUTS], one[OUTPUTS], plain[2 * POINTS], above[2 * POINTS], below[2 * POINTS];
        NetPoints points = points_of(&f, NET_TANGENTS);
        size_t off = 0;
        net_forward_tangent(&f.net, &f.workspace, &points, both);
        points.tangents = 1;
        net_forward_tangent(&f.net, &f.workspace, &points, one);
        net_forward(&f.net, &f.workspace, f.y, f.sigma, POINTS, plain);
        for (size_t k = 0; k < 2 * POINTS; k++) {
            assert_near(both[k], plain[k], 1e-5);
            assert_near(one[k], plain[k], 1e-5);
            assert_near(one[2 * POINTS + k], both[2 * POINTS + k], 1e-5 * (1.0 + fabs((double)one[2 * POINTS + k])));
        }
        for (size_t t = 0; t < NET_TANGENTS; t++) {
            forward_beside(&f, t, h, above);
            forward_beside(&f, t, -h, below);
            for (size_t k = 0; k < 2 * POINTS; k++) {
                double slope = ((double)above[k] - (double)below[k]) / (2.0 * (double)h);
                off += fabs((double)both[(1 + t) * 2 * POINTS + k] - slope) > 5e-3 * (1.0 + fabs(slope));
            }
        }
        assert_true(off <= (shapes[i].activation == ACTIVATION_RELU ? 4 * POINTS / 10 : 0));
        fixture_free(&f);
    }
}

static void test_gradient_is_added(void **state)
{
    Fixture *f = *state;
    float df[OUTPUTS], once[MOST] = {0}, twice[MOST] = {0};
    loss(f, df);
    net_backward(&f->net, &f->workspace, df, POINTS, once);
    for (int pass = 0; pass < 2; pass++) {
        loss(f, df);
        net_backward(&f->net, &f->workspace, df, POINTS, twice);
    }
    for (size_t i = 0; i < f->net.count; i++)
        assert_near(twice[i], 2.0 * (double)once[i], 1e-3 * (1.0 + fabs((double)once[i])));
}

/* The ends of what settings allow, whole tiles, by every pass. */
static void test_smallest_and_largest(void **state)
{
    (void)state;
    const NetShape ends[] = {{.width = 16, .depth = 1, .plain = true}, {.width = 512, .depth = 6}};
    for (size_t i = 0; i < 2; i++) {
        Net net;
        NetWorkspace w = {0};
        static float y[2 * NET_TILE], sigma[NET_TILE], f[3 * 2 * NET_TILE], df[3 * 2 * NET_TILE], divergence[NET_TILE];
        assert_true(net_init(&net, ends[i], 1));
        float *gradient = calloc(net.count, sizeof *gradient);
        assert_non_null(gradient);
        rng_normals((Rng){1, STREAM_TEST}, 0, 0, NET_TILE, y);
        rng_normals((Rng){1, STREAM_TEST}, 1, 0, 3 * NET_TILE, df);
        rng_normals((Rng){1, STREAM_TEST}, 2, 0, net.count / 2, net.parameter);
        for (size_t k = 0; k < net.count; k++)
            net.parameter[k] *= 0.03f;
        for (size_t k = 0; k < NET_TILE; k++)
            sigma[k] = 0.5f;
        NetPoints points = {y, sigma, {y, y}, NET_TILE, NET_TANGENTS};
        net_forward(&net, &w, y, sigma, NET_TILE, f);
        net_backward(&net, &w, df, NET_TILE, gradient);
        net_forward_tangent(&net, &w, &points, f);
        net_backward_tangent(&net, &w, &points, df, gradient);
        net_score_divergence(&net, &frame, &w, y, 1.0f, NET_TILE, f, divergence);
        for (size_t k = 0; k < net.count; k++)
            assert_true(isfinite(gradient[k]));
        for (size_t k = 0; k < NET_TILE; k++)
            assert_true(isfinite(divergence[k]));
        free(gradient);
        net_free(&net);
        net_workspace_free(&w);
    }
}

static void to_data(const float *y, size_t n, float *x)
{
    for (size_t i = 0; i < 2 * n; i++)
        x[i] = (float)(frame.mean[i % 2] + frame.std * (double)y[i]);
}

/* (D - x) / sigma^2 with D from the preconditioning, at one level. */
static void check_score(Fixture *f, double level)
{
    float x[2 * POINTS], score[2 * POINTS], out[2 * POINTS], sigma[POINTS];
    to_data(f->y, POINTS, x);
    for (size_t i = 0; i < POINTS; i++)
        sigma[i] = (float)level;
    net_forward(&f->net, &f->workspace, f->y, sigma, POINTS, out);
    net_score(&f->net, &frame, &f->workspace, x, (float)(level * frame.std), POINTS, score);
    Precond c = precond_of(f->net.shape.prediction, level, 1.0);
    for (size_t i = 0; i < 2 * POINTS; i++) {
        double y = (double)f->y[i], denoised = c.skip * y + c.out * (double)out[i];
        double expected = (denoised - y) / (level * level * frame.std);
        assert_near(score[i], expected, 1e-4 * (1.0 + fabs(expected)));
    }
}

static void test_score_is_the_denoisers(void **state)
{
    (void)state;
    for (size_t s = 0; s < SHAPES; s++)
        for (Prediction p = 0; p < PREDICTION_COUNT; p++) {
            NetShape with = shapes[s];
            with.prediction = p;
            Fixture f = fixture_of(with);
            for (double level = 0.05; level < 10.0; level *= 3.0)
                check_score(&f, level);
            fixture_free(&f);
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

static double slope_by_difference(Fixture *f, const float *x, float sigma, size_t axis)
{
    const float h = 0.01f;
    float above[2] = {x[0], x[1]}, below[2] = {x[0], x[1]}, up[2], down[2];
    above[axis] += h;
    below[axis] -= h;
    net_score(&f->net, &frame, &f->workspace, above, sigma, 1, up);
    net_score(&f->net, &frame, &f->workspace, below, sigma, 1, down);
    return ((double)up[axis] - (double)down[axis]) / ((double)above[axis] - (double)below[axis]);
}

/* With a shape for every prediction, ReLU's but for the kinks. */
static void test_divergence(void **state)
{
    (void)state;
    for (size_t s = 0; s < SHAPES; s++) {
        NetShape with = shapes[s];
        with.prediction = (Prediction)(s % PREDICTION_COUNT);
        Fixture f = fixture_of(with);
        float sigma = 2.0f, x[2 * POINTS], score[2 * POINTS], divergence[POINTS];
        size_t off = 0;
        to_data(f.y, POINTS, x);
        net_score_divergence(&f.net, &frame, &f.workspace, x, sigma, POINTS, score, divergence);
        for (size_t i = 0; i < POINTS; i++) {
            double sum = slope_by_difference(&f, x + 2 * i, sigma, 0) + slope_by_difference(&f, x + 2 * i, sigma, 1);
            off += fabs((double)divergence[i] - sum) > 2e-3 * (1.0 + fabs(sum));
        }
        assert_true(off <= (with.activation == ACTIVATION_RELU ? POINTS / 5 : 0));
        fixture_free(&f);
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

static void test_sigma_is_held_below_the_trained_range(void **state)
{
    Fixture *f = *state;
    const float x[2] = {1.0f, 0.5f};
    float at_end[2], below[2];
    net_score(&f->net, &frame, &f->workspace, x, (float)(NET_SIGMA_MIN * frame.std), 1, at_end);
    net_score(&f->net, &frame, &f->workspace, x, 1e-6f, 1, below);
    assert_near(below[0], at_end[0], 1e-5 * fabs((double)at_end[0]));
    assert_near(below[1], at_end[1], 1e-5 * fabs((double)at_end[1]));
}

/* Whatever F is, and how the data lie: the exact field's score and divergence to (std / sigma)^2 of their size, at
 * points of p_sigma. */
static void test_above_the_trained_range_is_nearly_exact(void **state)
{
    Fixture *f = *state;
    const Component part[2] = {{.weight = 0.2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                               {.weight = 0.8, .mean = {5, 5}, .cov = {1, 0.5, 1}}};
    Target t;
    Mixture m;
    assert_true(mixture_init(&m, part, 2));
    target_from_mixture(&t, m);
    for (double times = 2; times < 101; times = times < 3 ? 10 : 10 * times) {
        double sigma = times * NET_SIGMA_MAX * t.frame.std, small = pow(times * NET_SIGMA_MAX, -2.0);
        float x[2 * POINTS], score[2 * POINTS], alone[2 * POINTS], exact[2 * POINTS];
        float divergence[POINTS], exact_divergence[POINTS];
        for (size_t i = 0; i < 2 * POINTS; i++)
            x[i] = (float)(t.frame.mean[i % 2] + sigma * (double)f->y[i]);
        net_score(&f->net, &t.frame, &f->workspace, x, (float)sigma, POINTS, alone);
        net_score_divergence(&f->net, &t.frame, &f->workspace, x, (float)sigma, POINTS, score, divergence);
        mixture_evaluate(&t.mixture, (float)sigma, x, POINTS,
                         (MixtureOutput){.score = exact, .divergence = exact_divergence});
        assert_memory_equal(alone, score, sizeof score);
        for (size_t i = 0; i < 2 * POINTS; i++)
            assert_near((double)score[i] * sigma, (double)exact[i] * sigma, 4 * small);
        for (size_t i = 0; i < POINTS; i++)
            assert_near((double)divergence[i] * sigma * sigma, (double)exact_divergence[i] * sigma * sigma, 8 * small);
    }
    target_free(&t);
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

static void test_features(void **state)
{
    (void)state;
    const float y[2] = {0.8f, -1.3f}, sigma = 0.4f;
    float place[FEATURES_PLACE], level[FEATURES_LEVEL];
    features_place(y, &sigma, 1, FEATURES_PLACE, place);
    features_level(&sigma, 1, FEATURES_LEVEL, level);
    double in = precond_of(PREDICTION_EDM, 0.4, 1.0).in;
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
        cmocka_unit_test(test_same_shape),
        cmocka_unit_test(test_first_weights),
        cmocka_unit_test(test_gradients),
        cmocka_unit_test(test_tangent_gradients),
        cmocka_unit_test(test_tangents),
        cmocka_unit_test(test_gradient_is_added),
        cmocka_unit_test(test_smallest_and_largest),
        cmocka_unit_test(test_score_is_the_denoisers),
        cmocka_unit_test(test_many_points_are_the_same_as_one),
        cmocka_unit_test(test_divergence),
        cmocka_unit_test(test_untrained_is_normal),
        cmocka_unit_test(test_sigma_is_held_below_the_trained_range),
        cmocka_unit_test(test_above_the_trained_range_is_nearly_exact),
        cmocka_unit_test(test_far_places_stay_finite),
        cmocka_unit_test(test_field_source),
        cmocka_unit_test(test_features),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
