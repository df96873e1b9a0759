#include "core/objective.h"

#include "batches.h"

/* The least loss there can be, for every objective: that of the exact score. */

/* The exact score of the target at a place of the frame, in its units. */
static void exact_score(double sigma, const double y[2], double score[2])
{
    const Frame *f = &target.frame;
    const double x[2] = {f->mean[0] + f->std * y[0], f->mean[1] + f->std * y[1]};
    const MixtureValue v = mixture_at(&target.mixture, sigma * f->std, x);
    for (size_t k = 0; k < 2; k++)
        score[k] = v.score[k] * f->std;
}

/* What a network says that knows the exact score, in `f` [3][n][2]; derivatives by central differences in double. */
static void perfect_answers(const Batch *b, float *f)
{
    size_t n = b->n, tangents = objective_tangents(b->options.objective);
    for (size_t i = 0; i < n; i++) {
        double sigma = (double)b->sigma[i], h = 1e-4 * sigma, score[3][2];
        const double y[2] = {(double)b->noisy[2 * i], (double)b->noisy[2 * i + 1]};
        Precond c = precond_of(b->options.shape.prediction, sigma, 1.0);
        exact_score(sigma, y, score[0]);
        for (size_t k = 0; k < 2; k++)
            f[2 * i + k] = (float)((score[0][k] - c.place * y[k]) / c.output);
        for (size_t t = 0; t < tangents; t++) {
            const float *v = b->direction[t] + 2 * i;
            exact_score(sigma, (double[2]){y[0] + h * (double)v[0], y[1] + h * (double)v[1]}, score[1]);
            exact_score(sigma, (double[2]){y[0] - h * (double)v[0], y[1] - h * (double)v[1]}, score[2]);
            for (size_t k = 0; k < 2; k++) {
                double slope = (score[1][k] - score[2][k]) / (2.0 * h);
                f[2 * ((1 + t) * n + i) + k] = (float)((slope - c.place * (double)v[k]) / c.output);
            }
        }
    }
}

/* On the same batch, for every objective and weighting: a perfect network's loss is the floor. */
static void test_floor_is_the_exact_loss(void **state)
{
    (void)state;
    for (Objective o = 0; o < OBJECTIVE_COUNT; o++)
        for (Weighting w = 0; w < (o == OBJECTIVE_DENOISING ? WEIGHTING_COUNT : 1); w++) {
            TrainerOptions options = plain;
            options.objective = o;
            options.weighting = w;
            Batch b = drawn_with(&options, 11);
            float f[3 * 2 * POINTS], df[3 * 2 * POINTS];
            perfect_answers(&b, f);
            double loss = objective_loss(&b, 0, POINTS, f, df), floor = objective_floor(&target, &b);
            assert_near(floor, loss, 2e-3 * fabs(loss));
            batch_free(&b);
        }
}

/* maths.md section 3: E|eps - n|^2 of the exact score at six levels in data units, by Monte Carlo. */
static void check_loss_floors(const Target *t, const double expected[6])
{
    enum { MANY = 4096, STEPS = 6 };
    static const double level[6] = {0.05, 0.1, 0.3, 1.0, 3.0, 10.0};
    TrainerOptions options = {.seed = 1, .batch = MANY, .weighting = WEIGHTING_SIGMA2};
    Batch b;
    assert_true(batch_init(&b, &options));
    for (size_t l = 0; l < 6; l++) {
        double floor = 0.0;
        for (uint64_t step = 0; step < STEPS; step++) {
            float sigma = (float)(level[l] / t->frame.std);
            objective_draw(t, step, &b);
            for (size_t i = 0; i < 2 * MANY; i++)
                b.noisy[i] = b.clean[i] + (b.noisy[i] - b.clean[i]) / b.sigma[i / 2] * sigma;
            for (size_t i = 0; i < MANY; i++)
                b.sigma[i] = sigma;
            floor += objective_floor(t, &b) / STEPS;
        }
        assert_near(floor, expected[l], 0.05); /* four standard errors */
    }
    batch_free(&b);
}

static void test_loss_floors(void **state)
{
    (void)state;
    const Component pair[2] = {{.weight = 0.2, .mean = {-5.0, -5.0}, .cov = {1.0, 0.0, 1.0}},
                               {.weight = 0.8, .mean = {5.0, 5.0}, .cov = {1.0, 0.0, 1.0}}};
    Mixture m;
    Target unequal, ring, unit = normal((double[2]){0.0, 0.0}, (double[3]){1.0, 0.0, 1.0});
    assert_true(mixture_init(&m, pair, 2) && target_init(&ring, EIGHT_GAUSSIANS));
    target_from_mixture(&unequal, m);
    check_loss_floors(&unit, (double[6]){1.99501, 1.98020, 1.83486, 1.0, 0.2, 0.0198020});
    check_loss_floors(&ring, (double[6]){1.96215, 1.85825, 1.29872, 1.18984, 0.620640, 0.0792528});
    check_loss_floors(&unequal, (double[6]){1.99501, 1.98020, 1.83486, 1.00001, 0.333738, 0.243968});
    target_free(&unit);
    target_free(&ring);
    target_free(&unequal);
}

/* E|eps - n|^2 = 2 / (1 + sigma^2) of a standard normal, and EDM's loss is 1 + sigma^2 times that: 2 at every level. */
static void test_floor_of_a_normal(void **state)
{
    (void)state;
    Target unit = normal((double[2]){0.0, 0.0}, (double[3]){1.0, 0.0, 1.0});
    double floor = 0.0;
    Batch b;
    assert_true(batch_init(&b, &plain));
    for (uint64_t step = 0; step < 100; step++) {
        objective_draw(&unit, step, &b);
        floor += objective_floor(&unit, &b) / 100.0;
    }
    assert_near(floor, 2.0, 0.06);
    batch_free(&b);
    target_free(&unit);
}

/* What training objectives differ by from the explicit one: sliced and implicit are sigma^2 |s - S|^2 / 2 less
 * sigma^2 |S|^2 / 2 on average, so that their floor is the latter: of a standard normal, -E sigma^2 / (1 + sigma^2). */
static void test_score_floor_of_a_normal(void **state)
{
    (void)state;
    Target unit = normal((double[2]){0.0, 0.0}, (double[3]){1.0, 0.0, 1.0});
    for (Objective o = OBJECTIVE_SLICED; o <= OBJECTIVE_IMPLICIT; o++) {
        TrainerOptions options = plain;
        options.objective = o;
        double floor = 0.0, expected = 0.0;
        Batch b;
        assert_true(batch_init(&b, &options));
        for (uint64_t step = 0; step < 100; step++) {
            objective_draw(&unit, step, &b);
            floor += objective_floor(&unit, &b) / 100.0;
            for (size_t i = 0; i < POINTS; i++) {
                double variance = (double)b.sigma[i] * (double)b.sigma[i];
                expected -= variance / (1.0 + variance) / (100.0 * POINTS);
            }
        }
        assert_near(floor, expected, 0.01);
        batch_free(&b);
    }
    target_free(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floor_is_the_exact_loss),
        cmocka_unit_test(test_loss_floors),
        cmocka_unit_test(test_floor_of_a_normal),
        cmocka_unit_test(test_score_floor_of_a_normal),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
