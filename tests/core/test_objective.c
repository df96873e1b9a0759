#include "core/objective.h"
#include "core/objective_score.h"

#include "batches.h"

/* Every objective's levels, loss and gradient, for every weighting and prediction, down to the weights. */

/* Even in the time of each weighting's clock over the trained range, and of flow matching's. */
static void check_clock(const TrainerOptions *options, ScheduleId clock)
{
    enum { STEPS = 100 };
    const Schedule *schedule = schedule_info(clock);
    double first = schedule->time(NET_SIGMA_MIN), last = schedule->time(NET_SIGMA_MAX), mean = 0.0, square = 0.0;
    for (uint64_t step = 0; step < STEPS; step++) {
        Batch b = drawn_with(options, step);
        for (size_t i = 0; i < POINTS; i++) {
            double share = (schedule->time((double)b.sigma[i]) - first) / (last - first);
            assert_true(share > -1e-5 && share < 1.0 + 1e-5);
            mean += share / (STEPS * POINTS);
            square += share * share / (STEPS * POINTS);
        }
        batch_free(&b);
    }
    assert_near(mean, 0.5, 0.01);
    assert_near(square, 1.0 / 3.0, 0.01);
}

static void test_levels(void **state)
{
    (void)state;
    TrainerOptions options = plain;
    options.source = TARGET_SINGLE;
    options.weighting = WEIGHTING_SIGMA2;
    check_clock(&options, SCHEDULE_VE);
    options.weighting = WEIGHTING_LIKELIHOOD;
    check_clock(&options, SCHEDULE_VP);
    options.weighting = WEIGHTING_SIMPLE;
    check_clock(&options, SCHEDULE_VP);
    options.objective = OBJECTIVE_FLOW;
    check_clock(&options, SCHEDULE_FLOW);
}

/* Weights on |D - wanted|^2. Likelihood weighting at VP's times is sigma^2 weighting with every decade alike: the same
 * integral over ln sigma, of anything. */
static void test_weightings(void **state)
{
    (void)state;
    enum { TIMES = 20000 };
    double sigma = 0.5, integral[2] = {0.0, 0.0};
    assert_near(levels_of(OBJECTIVE_DENOISING, WEIGHTING_EDM)->lambda(sigma), 5.0, 1e-12);
    assert_near(levels_of(OBJECTIVE_DENOISING, WEIGHTING_SIGMA2)->lambda(sigma), 4.0, 1e-12);
    assert_near(levels_of(OBJECTIVE_DENOISING, WEIGHTING_SIMPLE)->lambda(sigma), 4.0, 1e-12);
    assert_near(levels_of(OBJECTIVE_FLOW, WEIGHTING_EDM)->lambda(sigma), 9.0, 1e-12);
    const Weighting which[] = {WEIGHTING_SIGMA2, WEIGHTING_LIKELIHOOD};
    for (size_t w = 0; w < 2; w++) {
        const Levels *levels = levels_of(OBJECTIVE_DENOISING, which[w]);
        const Schedule *clock = schedule_info(levels->clock);
        double first = clock->time(NET_SIGMA_MIN), last = clock->time(NET_SIGMA_MAX);
        for (size_t i = 0; i < TIMES; i++) {
            double s = clock->sigma(first + (last - first) * ((double)i + 0.5) / TIMES);
            integral[w] += levels->lambda(s) * s * s / (1.0 + s * s) / TIMES;
        }
    }
    assert_near(integral[1], integral[0], 1e-3 * integral[0]);
}

/* maths.md section 3: x0 = (1, 0), noise (0.5, -1), sigma 0.5, model S = -y / (1 + sigma^2), by every prediction. */
static void test_reference_point(void **state)
{
    (void)state;
    static const double expected[WEIGHTING_COUNT] = {
        [WEIGHTING_SIGMA2] = 2 * 0.32, [WEIGHTING_SIMPLE] = 2 * 0.32, [WEIGHTING_EDM] = 2 * 0.32 * 1.25};
    for (Weighting w = 0; w < WEIGHTING_COUNT; w++)
        for (Prediction p = 0; expected[w] > 0.0 && p < PREDICTION_COUNT; p++) {
            TrainerOptions options = {.batch = 1, .weighting = w};
            options.shape.prediction = p;
            const float clean[2] = {1.0f, 0.0f}, noisy[2] = {1.25f, -0.5f};
            float f[2], df[2];
            Batch b;
            assert_true(batch_init(&b, &options));
            memcpy(b.clean, clean, sizeof clean);
            memcpy(b.noisy, noisy, sizeof noisy);
            b.sigma[0] = 0.5f;
            objective_ask(&target, 0, &b);
            Precond c = precond_of(p, 0.5, 1.0);
            for (size_t k = 0; k < 2; k++)
                f[k] = (float)((-(double)noisy[k] / 1.25 - c.place * (double)noisy[k]) / c.output);
            assert_near(objective_loss(&b, 0, 1, f, df), expected[w], 1e-5);
            batch_free(&b);
        }
}

/* By the objective's definition, from the denoiser that a network's output stands for. */
static double defined_loss(const Batch *b, const float *f)
{
    double sum = 0.0;
    for (size_t i = 0; i < 2 * b->n; i++) {
        double sigma = (double)b->sigma[i / 2], y = (double)b->noisy[i], wanted = (double)b->wanted[i];
        Precond c = precond_of(b->options.shape.prediction, sigma, 1.0);
        double denoised = c.skip * y + c.out * (double)f[i];
        if (b->options.objective == OBJECTIVE_FLOW) {
            double velocity = (y - denoised) / sigma - denoised, straight = (y - wanted) / sigma - wanted;
            sum += pow(velocity - straight, 2.0);
        } else {
            sum += levels_of(OBJECTIVE_DENOISING, b->options.weighting)->lambda(sigma) * pow(denoised - wanted, 2.0);
        }
    }
    return sum / (double)b->n;
}

/* Loss in two parts, and its gradient by differences, which are exact but for rounding: all losses are quadratic. */
static void check_loss(const Batch *b)
{
    size_t tangents = objective_tangents(b->options.objective), rows = (1 + tangents) * POINTS;
    float f[3 * 2 * POINTS], df[3 * 2 * POINTS], scratch[3 * 2 * POINTS];
    rng_normals((Rng){5, STREAM_TEST}, 0, 0, rows, f);
    double whole = objective_loss(b, 0, POINTS, f, df);
    if (tangents == 0) {
        double parts = objective_loss(b, 0, 100, f, scratch) + objective_loss(b, 100, POINTS - 100, f + 200, scratch);
        assert_near(parts, defined_loss(b, f), 1e-3 * whole);
        assert_near(parts, whole, 1e-9 * whole);
    }
    double largest = 0.0;
    for (size_t i = 0; i < 2 * rows; i++)
        largest = fmax(largest, fabs((double)df[i]));
    for (size_t i = 0; i < 2 * rows; i += 7) {
        float kept = f[i], h = 0.25f;
        f[i] = kept + h;
        double above = objective_loss(b, 0, POINTS, f, scratch);
        f[i] = kept - h;
        double below = objective_loss(b, 0, POINTS, f, scratch);
        f[i] = kept;
        assert_near(df[i], (above - below) / (2.0 * (double)h), 1e-5 * largest + 1e-3 * fabs((double)df[i]));
    }
}

static void test_loss_and_gradient(void **state)
{
    (void)state;
    for (Objective o = 0; o < OBJECTIVE_COUNT; o++)
        for (Weighting w = 0; w < (o == OBJECTIVE_DENOISING ? WEIGHTING_COUNT : 1); w++)
            for (Prediction p = 0; p < PREDICTION_COUNT; p++) {
                TrainerOptions options = plain;
                options.objective = o;
                options.weighting = w;
                options.shape.prediction = p;
                Batch b = drawn_with(&options, 9);
                check_loss(&b);
                batch_free(&b);
            }
}

/* From the loss all the way to the weights: along its own direction, the gradient's size is the loss's slope. ReLU's
 * Jacobian jumps where objectives that ask for it have no derivative. */
static void check_weights(const TrainerOptions *options, double tolerance)
{
    Net net;
    NetWorkspace w = {0};
    Batch b = drawn_with(options, 3);
    assert_true(net_init(&net, options->shape, 2));
    float *gradient = calloc(2 * net.count, sizeof *gradient), *unused = gradient + net.count;
    assert_non_null(gradient);
    rng_normals((Rng){6, STREAM_TEST}, 0, 0, net.count / 2, net.parameter);
    for (size_t i = 0; i < net.count; i++)
        net.parameter[i] *= 0.3f;
    double loss = objective_gradient(&b, &net, &w, gradient), square = 0.0, slope = 0.0;
    for (size_t i = 0; i < net.count; i++)
        square += (double)gradient[i] * (double)gradient[i];
    double h = fmin(0.005 * (1.0 + fabs(loss)) / square, 0.005 / sqrt(square));
    for (int sign = -1; sign <= 1; sign += 2) {
        for (size_t i = 0; i < net.count; i++)
            net.parameter[i] += (float)((sign < 0 ? -h : 2.0 * h) * (double)gradient[i]);
        slope += sign * objective_gradient(&b, &net, &w, unused) / (2.0 * h);
    }
    assert_near(slope, square, tolerance * square);
    free(gradient);
    net_free(&net);
    net_workspace_free(&w);
    batch_free(&b);
}

static void test_gradient_of_weights(void **state)
{
    (void)state;
    for (Objective o = 0; o < OBJECTIVE_COUNT; o++)
        for (Prediction p = 0; p < PREDICTION_COUNT; p++)
            for (Activation a = 0; a < ACTIVATION_COUNT; a++) {
                TrainerOptions options = plain;
                options.objective = o;
                options.batch = 150; /* more than a tile */
                options.shape = (NetShape){.width = 16, .depth = 2, .activation = a, .prediction = p};
                if (a != ACTIVATION_RELU || objective_tangents(o) == 0)
                    check_weights(&options, 0.01);
            }
}

/* Random signs with E v v' = I. */
static void test_slices(void **state)
{
    (void)state;
    TrainerOptions options = plain;
    options.objective = OBJECTIVE_SLICED;
    double sum[3] = {0.0, 0.0, 0.0};
    for (uint64_t step = 0; step < 50; step++) {
        Batch b = drawn_with(&options, step);
        for (size_t i = 0; i < POINTS; i++) {
            double v[2] = {(double)b.direction[0][2 * i], (double)b.direction[0][2 * i + 1]};
            assert_true(fabs(v[0]) == 1.0 && fabs(v[1]) == 1.0);
            sum[0] += v[0] / (50.0 * POINTS);
            sum[1] += v[1] / (50.0 * POINTS);
            sum[2] += v[0] * v[1] / (50.0 * POINTS);
        }
        batch_free(&b);
    }
    for (size_t k = 0; k < 3; k++)
        assert_near(sum[k], 0.0, 0.04); /* four standard errors */
}

/* Every point with its own directions: a batch's loss is that of its points, one by one. */
static void test_a_batch_is_its_points(void **state)
{
    (void)state;
    for (Objective o = 0; o < OBJECTIVE_COUNT; o++) {
        TrainerOptions options = plain;
        options.objective = o;
        options.shape = (NetShape){.width = 16, .depth = 2};
        Batch b = drawn_with(&options, 3);
        Net net;
        NetWorkspace w = {0};
        float unused[4096] = {0}, f[3][2], df[3][2];
        assert_true(net_init(&net, options.shape, 2) && net.count <= 4096);
        rng_normals((Rng){6, STREAM_TEST}, 0, 0, net.count / 2, net.parameter);
        double sum = 0.0, whole = objective_gradient(&b, &net, &w, unused);
        for (size_t i = 0; i < POINTS; i++) {
            const NetPoints point = {.y = b.noisy + 2 * i,
                                     .sigma = b.sigma + i,
                                     .direction = {b.direction[0] + 2 * i, b.direction[1] + 2 * i},
                                     .n = 1,
                                     .tangents = objective_tangents(o)};
            net_forward_tangent(&net, &w, &point, f[0]);
            sum += objective_loss(&b, i, 1, f[0], df[0]);
        }
        assert_near(whole, sum, 1e-4 * fabs(sum));
        net_free(&net);
        net_workspace_free(&w);
        batch_free(&b);
    }
}

/* maths.md section 3: J = a^2 - 2a for s = -a y on a standard normal, here where |y|^2 is its mean. */
static void test_implicit_reference(void **state)
{
    (void)state;
    const double a[] = {0.5, 1.0}, expected[] = {-0.75, -1.0};
    for (Objective o = OBJECTIVE_SLICED; o <= OBJECTIVE_IMPLICIT; o++)
        for (size_t i = 0; i < 2; i++) {
            TrainerOptions options = {.batch = 1, .objective = o};
            options.shape.prediction = PREDICTION_SCORE;
            Batch b;
            assert_true(batch_init(&b, &options));
            if (o == OBJECTIVE_SLICED)
                score_draw_slices(4, &b);
            b.sigma[0] = b.noisy[0] = b.noisy[1] = 1.0f;
            float f[3][2], df[3][2];
            for (size_t k = 0; k < 2; k++) {
                f[0][k] = (float)-a[i];
                for (size_t t = 0; t < NET_TANGENTS; t++)
                    f[1 + t][k] = (float)-a[i] * b.direction[t][k];
            }
            assert_near(objective_loss(&b, 0, 1, f[0], df[0]), expected[i], 1e-6);
            batch_free(&b);
        }
}

static void check_names(const ChoiceInfo *(*info)(size_t), const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(info(i)->name, name[i]);
        assert_true(strlen(info(i)->label) > 0 && strlen(info(i)->help) > 0);
    }
    assert_null(info(count));
}

static void test_names(void **state)
{
    (void)state;
    check_names(objective_info, (const char *const[]){"denoising", "sliced", "implicit", "flow"}, OBJECTIVE_COUNT);
    check_names(weighting_info, (const char *const[]){"edm", "sigma2", "likelihood", "simple"}, WEIGHTING_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_weightings),
        cmocka_unit_test(test_reference_point),
        cmocka_unit_test(test_loss_and_gradient),
        cmocka_unit_test(test_gradient_of_weights),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_a_batch_is_its_points),
        cmocka_unit_test(test_implicit_reference),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
