#include "core/objective.h"

#include "batches.h"

/* Batches, the three sources of training targets, and finite training sets. */

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
    objective_draw(&target, 17, &used);
    objective_draw(&target, 21, &used);
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

/* The softmax over a finite set, in double and in the frame's units. */
static void known_by_heart(const TrainingSet *set, const float y[2], double sigma, double mean[2])
{
    double weight = 0.0, nearest = HUGE_VAL;
    mean[0] = mean[1] = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t j = 0; j < set->count; j++) {
            double dx = (double)set->point[2 * j] - (double)y[0], dy = (double)set->point[2 * j + 1] - (double)y[1];
            double exponent = (dx * dx + dy * dy) / (2.0 * sigma * sigma);
            nearest = fmin(nearest, exponent);
            if (pass == 0)
                continue;
            double w = exp(nearest - exponent);
            weight += w;
            mean[0] += w * (double)set->point[2 * j];
            mean[1] += w * (double)set->point[2 * j + 1];
        }
    mean[0] /= weight;
    mean[1] /= weight;
}

/* A finite set is what training_set says it is; every batch is from it, and what is wanted is its own posterior mean:
 * exactly from `all`, and from references but for how often the batch happens to hold each point. */
static void check_set(uint64_t samples, TargetSource source, double tolerance)
{
    TrainerOptions options = plain;
    options.samples = samples;
    options.source = source;
    Batch b = drawn_with(&options, 5);
    float *x = malloc(2 * samples * sizeof *x);
    assert_non_null(x);
    training_set(&target, options.seed, samples, x);
    net_frame(&target.frame, x, samples, x);
    assert_int_equal(b.set.count, samples);
    assert_memory_equal(b.set.point, x, 2 * samples * sizeof *x);
    double square = 0.0;
    for (size_t i = 0; i < POINTS; i++) {
        size_t j = 0;
        while (j < samples && memcmp(x + 2 * j, b.clean + 2 * i, 2 * sizeof *x) != 0)
            j++;
        assert_true(j < samples);
        double mean[2], sigma = (double)b.sigma[i];
        known_by_heart(&b.set, b.noisy + 2 * i, sigma, mean);
        for (size_t k = 0; k < 2; k++)
            square += pow(((double)b.wanted[2 * i + k] - mean[k]) / sigma, 2.0) / (2.0 * POINTS);
    }
    assert_true(sqrt(square) < tolerance);
    free(x);
    batch_free(&b);
}

static void test_finite_sets(void **state)
{
    (void)state;
    check_set(10, TARGET_ALL, 1e-3);
    check_set(1, TARGET_ALL, 1e-3);
    check_set(5000, TARGET_ALL, 1e-3);
    check_set(10, TARGET_REFERENCES, 0.05);
    check_set(3000, TARGET_REFERENCES, 0.1);
}

/* Small sets are seen whole, another seed's and another target's are others. */
static void test_sets_differ(void **state)
{
    (void)state;
    Target other;
    TrainerOptions options = plain;
    options.samples = 10;
    Batch b = drawn_with(&options, 0);
    bool seen[10] = {false};
    for (size_t i = 0; i < POINTS; i++)
        for (size_t j = 0; j < 10; j++)
            seen[j] = seen[j] || memcmp(b.set.point + 2 * j, b.clean + 2 * i, 2 * sizeof(float)) == 0;
    for (size_t j = 0; j < 10; j++)
        assert_true(seen[j]);
    float first[20], again[20];
    memcpy(first, b.set.point, sizeof first);
    assert_true(target_init(&other, EIGHT_GAUSSIANS));
    objective_draw(&other, 1, &b);
    assert_memory_not_equal(first, b.set.point, sizeof first);
    training_set(&target, 1, 10, first);
    training_set(&target, 2, 10, again);
    assert_memory_not_equal(first, again, sizeof first);
    batch_free(&b);
    target_free(&other);
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
        cmocka_unit_test(test_finite_sets),
        cmocka_unit_test(test_sets_differ),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
