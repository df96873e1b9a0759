#include "core/mixture.h"
#include "core/objective.h"
#include "core/precond.h"

#include "near.h"

#include <math.h>
#include <string.h>

/* Batches, the three sources of training targets, loss and floor, on the unequal pair of maths.md and on two spirals.
 */

enum { SPIRALS, POINTS = 203 };

static const TrainerOptions plain = {.seed = 4, .batch = POINTS, .references = 512};

static Target target;

static int begin(void **state)
{
    (void)state;
    return target_init(&target, SPIRALS) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    target_free(&target);
    return 0;
}

static Batch drawn(TargetSource source, uint64_t step)
{
    TrainerOptions options = plain;
    Batch b;
    options.source = source;
    assert_true(batch_init(&b, &options));
    objective_draw(&target, source, options.seed, step, &b);
    return b;
}

/* ln sigma is normal (-1.9, 1.3) within the trained range, noise is standard normal, clean points are of mean 0 and
 * std 1. */
static void test_batch_statistics(void **state)
{
    (void)state;
    enum { STEPS = 100 };
    double level = 0.0, level_square = 0.0, noise_square = 0.0, clean_square = 0.0;
    double n = STEPS * POINTS;
    for (uint64_t step = 0; step < STEPS; step++) {
        Batch b = drawn(TARGET_SINGLE, step);
        for (size_t i = 0; i < POINTS; i++) {
            double s = (double)b.sigma[i];
            assert_true(s >= 0.99999 * NET_SIGMA_MIN && s <= 1.00001 * NET_SIGMA_MAX);
            level += log(s) / n;
            level_square += pow(log(s) + 1.9, 2.0) / n;
            for (size_t k = 2 * i; k < 2 * i + 2; k++) {
                noise_square += pow((double)(b.noisy[k] - b.clean[k]) / s, 2.0) / (2.0 * n);
                clean_square += pow((double)b.clean[k], 2.0) / (2.0 * n);
            }
        }
        batch_free(&b);
    }
    assert_near(level, -1.9, 0.03);
    assert_near(sqrt(level_square), 1.29, 0.03);
    assert_near(noise_square, 1.0, 0.03);
    assert_near(clean_square, 1.0, 0.03);
}

static void test_single_is_the_clean_point(void **state)
{
    (void)state;
    Batch b = drawn(TARGET_SINGLE, 3);
    assert_memory_equal(b.wanted, b.clean, 2 * POINTS * sizeof(float));
    batch_free(&b);
}

/* The share up to 0.2, then in inverse proportion down to a quarter, by whole vectors. */
static size_t enough_points(size_t share, double sigma)
{
    double part = fmin(fmax(0.2 / sigma, 0.25), 1.0);
    return ((size_t)((double)share * part) + 15) / 16 * 16;
}

/* The softmax over the batch and, at small sigma, the whole pool, else the step's share: by plain loops in double. */
static void posterior(const Batch *b, uint64_t step, size_t i, double mean[2])
{
    const References *r = &b->references;
    double sigma = (double)b->sigma[i];
    bool all = sigma < 0.12;
    size_t first = all ? 0 : (size_t)(step % REFERENCES_STEPS) * r->share,
           count = all ? r->all.count : enough_points(r->share, sigma);
    double weight = 0.0, sum[2] = {0.0, 0.0};
    for (size_t j = 0; j < POINTS + count; j++) {
        const float *p = j < POINTS ? b->clean + 2 * j : r->point + 2 * (first + j - POINTS);
        double dx = (double)p[0] - (double)b->noisy[2 * i], dy = (double)p[1] - (double)b->noisy[2 * i + 1];
        double w = exp(-(dx * dx + dy * dy) / (2.0 * sigma * sigma));
        weight += w;
        sum[0] += w * (double)p[0];
        sum[1] += w * (double)p[1];
    }
    mean[0] = sum[0] / weight;
    mean[1] = sum[1] / weight;
}

static void test_references_are_the_posterior_mean(void **state)
{
    (void)state;
    for (uint64_t step = 0; step < 40; step += 13) {
        Batch b = drawn(TARGET_REFERENCES, step);
        assert_int_equal(b.references.share, 512);
        for (size_t i = 0; i < POINTS; i++) {
            double mean[2];
            posterior(&b, step, i, mean);
            assert_near(b.wanted[2 * i], mean[0], 2e-5);
            assert_near(b.wanted[2 * i + 1], mean[1], 2e-5);
        }
        batch_free(&b);
    }
}

/* Whatever a batch served before, a step's targets are the same. */
static void test_references_depend_on_the_step_only(void **state)
{
    (void)state;
    Batch fresh = drawn(TARGET_REFERENCES, 21), used = drawn(TARGET_REFERENCES, 2);
    objective_draw(&target, TARGET_REFERENCES, plain.seed, 17, &used);
    objective_draw(&target, TARGET_REFERENCES, plain.seed, 21, &used);
    assert_memory_equal(fresh.wanted, used.wanted, 2 * POINTS * sizeof(float));
    batch_free(&fresh);
    batch_free(&used);
}

static void test_all_is_the_exact_denoiser(void **state)
{
    (void)state;
    Batch b = drawn(TARGET_ALL, 5);
    const Frame *f = &target.frame;
    for (size_t i = 0; i < POINTS; i++) {
        const double x[2] = {f->mean[0] + f->std * (double)b.noisy[2 * i],
                             f->mean[1] + f->std * (double)b.noisy[2 * i + 1]};
        const MixtureValue v = mixture_at(&target.mixture, (double)b.sigma[i] * f->std, x);
        for (size_t k = 0; k < 2; k++)
            assert_near(b.wanted[2 * i + k], (v.denoiser[k] - f->mean[k]) / f->std, 2e-3 * (double)b.sigma[i] + 1e-5);
    }
    assert_near(objective_floor(&target, &b), 0.0, 1e-12);
    batch_free(&b);
}

/* Stable targets are less noisy than single samples, and mean the same: floors fall, averages agree. */
static void test_sources_differ_in_noise_only(void **state)
{
    (void)state;
    double floor[TARGET_SOURCE_COUNT] = {0.0}, difference[2] = {0.0, 0.0}, square = 0.0;
    for (uint64_t step = 0; step < 64; step++) {
        Batch single = drawn(TARGET_SINGLE, step), stable = drawn(TARGET_REFERENCES, step);
        floor[TARGET_SINGLE] += objective_floor(&target, &single) / 64.0;
        floor[TARGET_REFERENCES] += objective_floor(&target, &stable) / 64.0;
        for (size_t i = 0; i < 2 * POINTS; i++) {
            double d = (double)(single.wanted[i] - stable.wanted[i]);
            difference[i % 2] += d;
            square += d * d;
        }
        batch_free(&single);
        batch_free(&stable);
    }
    assert_true(floor[TARGET_REFERENCES] < 0.25 * floor[TARGET_SINGLE]);
    assert_true(fabs(difference[0]) < 4.0 * sqrt(square / 2.0) && fabs(difference[1]) < 4.0 * sqrt(square / 2.0));
}

/* lambda |D - wanted|^2 through the preconditioning, and its gradient by differences. */
static void test_loss_and_gradient(void **state)
{
    (void)state;
    Batch b = drawn(TARGET_SINGLE, 9);
    float f[2 * POINTS], df[2 * POINTS], scratch[2 * POINTS];
    rng_normals((Rng){5, STREAM_TEST}, 0, 0, POINTS, f);
    double expected = 0.0;
    for (size_t i = 0; i < 2 * POINTS; i++) {
        Precond c = precond_edm((double)b.sigma[i / 2], 1.0);
        double denoised = c.skip * (double)b.noisy[i] + c.out * (double)f[i];
        expected += pow((denoised - (double)b.wanted[i]) / c.out, 2.0) / POINTS;
    }
    double parts = objective_loss(&b, 0, 100, f, df) + objective_loss(&b, 100, POINTS - 100, f + 200, df + 200);
    assert_near(parts, expected, 1e-3 * expected);
    for (size_t i = 0; i < 2 * POINTS; i += 7) {
        float h = 0.05f, kept = f[i];
        f[i] = kept + h;
        double above = objective_loss(&b, 0, POINTS, f, scratch);
        f[i] = kept - h;
        double below = objective_loss(&b, 0, POINTS, f, scratch);
        f[i] = kept;
        assert_near(df[i], (above - below) / (2.0 * (double)h), 1e-5 + 1e-3 * fabs((double)df[i]));
    }
    batch_free(&b);
}

/* The exact denoiser's network output has the floor as its loss. */
static void test_floor_is_the_exact_loss(void **state)
{
    (void)state;
    Batch all = drawn(TARGET_ALL, 11), single = drawn(TARGET_SINGLE, 11);
    float f[2 * POINTS], df[2 * POINTS];
    for (size_t i = 0; i < 2 * POINTS; i++) {
        Precond c = precond_edm((double)all.sigma[i / 2], 1.0);
        f[i] = (float)(((double)all.wanted[i] - c.skip * (double)all.noisy[i]) / c.out);
    }
    double loss = objective_loss(&single, 0, POINTS, f, df), floor = objective_floor(&target, &single);
    assert_near(floor, loss, 1e-3 * loss);
    batch_free(&all);
    batch_free(&single);
}

/* maths.md section 3: the floor at one level of a standard normal, here averaged over the levels of many batches. */
static void test_floor_of_a_normal(void **state)
{
    (void)state;
    const Component unit = {.kind = COMPONENT_GAUSSIAN, .weight = 1.0, .cov = {1.0, 0.0, 1.0}};
    Mixture m;
    Target normal;
    assert_true(mixture_init(&m, &unit, 1));
    target_from_mixture(&normal, m);
    double floor = 0.0;
    Batch b;
    assert_true(batch_init(&b, &plain));
    for (uint64_t step = 0; step < 100; step++) {
        objective_draw(&normal, TARGET_SINGLE, 1, step, &b);
        floor += objective_floor(&normal, &b) / 100.0;
    }
    /* E|eps - n|^2 = 2 / (1 + sigma^2), and lambda |D - x0|^2 = (1 + sigma^2) |eps - n|^2: 2 at every level. */
    assert_near(floor, 2.0, 0.06);
    batch_free(&b);
    target_free(&normal);
}

static void test_table(void **state)
{
    (void)state;
    for (TargetSource s = 0; s < TARGET_SOURCE_COUNT; s++) {
        const TargetSourceInfo *info = target_source_info(s);
        assert_non_null(info->fill);
        assert_true(strlen(info->name) > 0 && strlen(info->label) > 0 && strlen(info->help) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batch_statistics),
        cmocka_unit_test(test_single_is_the_clean_point),
        cmocka_unit_test(test_references_are_the_posterior_mean),
        cmocka_unit_test(test_references_depend_on_the_step_only),
        cmocka_unit_test(test_all_is_the_exact_denoiser),
        cmocka_unit_test(test_sources_differ_in_noise_only),
        cmocka_unit_test(test_loss_and_gradient),
        cmocka_unit_test(test_floor_is_the_exact_loss),
        cmocka_unit_test(test_floor_of_a_normal),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
