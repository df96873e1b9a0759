/* Likelihood by the probability-flow ODE against closed forms, sums over the plane and entropies (maths.md sections 6
 * and 7). */
#include "core/likelihood.h"
#include "core/target.h"

#include "near.h"

#include <stdlib.h>
#include <string.h>

#ifdef SCOREFIELD_SANITIZED
enum { SAMPLES = 200 };
#else
enum { SAMPLES = 1000 };
#endif

static float scratch_of_a_chunk[LIKELIHOOD_CHUNK * RK45_SCRATCH] __attribute__((aligned(16)));

static Likelihood likelihood_of(const FieldSource *field, const Target *t)
{
    return (Likelihood){.field = field,
                        .moments = &t->mixture,
                        .from = t->sigma_min,
                        .to = t->sigma_max,
                        .tolerance = LIKELIHOOD_TOLERANCE,
                        .scratch = scratch_of_a_chunk};
}

/* M of maths.md, with sizes and distances times `scale`. */
static void make_ncsn(Target *t, double scale)
{
    Mixture m;
    double v = scale * scale;
    const Component parts[2] = {{.weight = .2, .mean = {-5 * scale, -5 * scale}, .cov = {v, 0, v}},
                                {.weight = .8, .mean = {5 * scale, 5 * scale}, .cov = {v, 0, v}}};
    assert_true(mixture_init(&m, parts, 2));
    target_from_mixture(t, m);
}

static void find_target(Target *t, const char *name)
{
    for (size_t i = 0; i < target_count(); i++)
        if (strcmp(target_info(i)->name, name) == 0) {
            assert_true(target_init(t, i));
            return;
        }
    fail();
}

static void assert_in(double actual, double least, double most)
{
    assert_near(actual, (least + most) / 2, (most - least) / 2);
}

/* Points of p_sigma at the noise slider's lower end. */
static void draw(const Target *t, size_t n, float *x)
{
    static float noise[2 * SAMPLES];
    mixture_sample(&t->mixture, (Rng){7, STREAM_TEST}, 0, 0, n, x);
    rng_normals((Rng){8, STREAM_TEST}, 0, 0, n, noise);
    for (size_t i = 0; i < 2 * n; i++)
        x[i] += (float)t->sigma_min * noise[i];
}

static double log_density_at(const Mixture *m, double sigma, const float x[2])
{
    return mixture_at(m, sigma, (double[2]){(double)x[0], (double)x[1]}).log_density;
}

/* Section 6 (i), to the digits that a field in single precision gives: a place near -150 is known to 8e-6, and a flow
 * of 70 slopes adds up the rounding of each. The moment-matched prior errs by 1.6e-4 beside that. */
static void the_flow_meets_the_closed_forms(void **state)
{
    static const double rows[][6] = {
        /* from, to where, a, log p */
        {3, 4, -82.0374, -2.03514, 6.60914, -4.56087},
        {0, 0, -44.7304, -44.7304, -15.8766, -26.8355},
        {-4, -6, 10.3169, -149.688, 7.97858, -4.44731},
    };
    (void)state;
    Target t;
    make_ncsn(&t, 1);
    FieldSource field = field_exact(&t.mixture);
    Likelihood l = likelihood_of(&field, &t);
    l.from = .01;
    l.to = 80;
    l.tolerance = 1e-6;
    Rk45 solver = {.field = &field, .from = l.from, .to = l.to, .tolerance = l.tolerance, .scratch = l.scratch};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double *row = rows[i];
        float x[2] = {(float)row[0], (float)row[1]}, y[2] = {x[0], x[1]};
        double a, log_density;
        rk45_solve(&solver, 1, y, &a);
        likelihood(&l, x, 1, &log_density);
        assert_near(y[0], row[2], 1e-3);
        assert_near(y[1], row[3], 1e-3);
        assert_near(a, row[4], 5e-5);
        assert_near(log_density_at(&t.mixture, 80, y) + a, row[5], 5e-5);
        assert_near(log_density, row[5], 2.5e-4);
    }
    target_free(&t);
}

static void any_scale_gives_its_own_units(void **state)
{
    (void)state;
    static const double scales[] = {.001, 1, 1000};
    double log_density[3];
    for (size_t i = 0; i < 3; i++) {
        Target t;
        make_ncsn(&t, scales[i]);
        FieldSource field = field_exact(&t.mixture);
        Likelihood l = likelihood_of(&field, &t);
        float x[2] = {(float)(3 * scales[i]), (float)(4 * scales[i])};
        likelihood(&l, x, 1, &log_density[i]);
        assert_near(log_density[i], log_density_at(&t.mixture, t.sigma_min, x), 5e-3);
        target_free(&t);
    }
    assert_near(log_density[0] - log_density[1], 2 * log(1000), 1e-4);
    assert_near(log_density[1] - log_density[2], 2 * log(1000), 1e-4);
}

typedef struct Error {
    double rms, mean_loss, deviation; /* deviation of the loss from point to point */
} Error;

static Error error_on(const Target *t)
{
    static float x[2 * SAMPLES];
    static double log_density[SAMPLES];
    FieldSource field = field_exact(&t->mixture);
    Likelihood l = likelihood_of(&field, t);
    Error e = {0};
    double square = 0;
    draw(t, SAMPLES, x);
    likelihood(&l, x, SAMPLES, log_density);
    for (size_t i = 0; i < SAMPLES; i++) {
        double difference = log_density[i] - log_density_at(&t->mixture, t->sigma_min, x + 2 * i);
        e.rms += difference * difference / SAMPLES;
        e.mean_loss -= log_density[i] / SAMPLES;
        square += log_density[i] * log_density[i] / SAMPLES;
    }
    e.rms = sqrt(e.rms);
    e.deviation = sqrt(square - e.mean_loss * e.mean_loss);
    return e;
}

/* Point by point the density that the mixture has in closed form: the tree that answers for curves errs by up to 1e-3,
 * and the prior of M, whose modes are a tenth of sigma_max apart, by 1.6e-3. Their mean is the entropy of the published
 * generator, which smoothing at the slider's lower end raises: at the checkerboard's edges by .045. */
static void the_loss_of_fresh_points_is_the_entropy(void **state)
{
    static const struct {
        const char *name;
        double rms, entropy, blur;
    } rows[] = {
        {"spirals", 1e-3, 2.64545, .02},    {"swissroll", 1e-3, 2.66965, .01}, {"moons", 1e-3, 2.39388, .01},
        {"8gaussians", 1e-4, 2.83188, .01}, {"ncsn", 2e-3, 3.33828, .01},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Target t;
        find_target(&t, rows[i].name);
        Error e = error_on(&t);
        double chance = 3 * e.deviation / sqrt(SAMPLES);
        assert_true(e.rms < rows[i].rms);
        assert_in(e.mean_loss, rows[i].entropy - chance, rows[i].entropy + rows[i].blur + chance);
        target_free(&t);
    }
}

/* Every point of a checkerboard has the loss ln 32, but for those that the blur moved over an edge: no chance is left.
 */
static void the_loss_on_a_checkerboard_is_its_area(void **state)
{
    (void)state;
    Target t;
    find_target(&t, "checkerboard");
    Error e = error_on(&t);
    assert_true(e.rms < 1e-3);
    assert_in(e.mean_loss, log(32), log(32) + .06);
    target_free(&t);
}

static void density_sums_to_one(void **state)
{
    enum { SIDE = 64, POINTS = SIDE * SIDE };
    const double pitch = .14; /* 1.3 times the width of an arm */
    static float x[2 * POINTS];
    static double log_density[POINTS];
    double sum = 0;
    (void)state;
    Target t;
    find_target(&t, "spirals");
    FieldSource field = field_exact(&t.mixture);
    Likelihood l = likelihood_of(&field, &t);
    for (size_t i = 0; i < POINTS; i++) {
        x[2 * i] = (float)(pitch * ((double)(i % SIDE) - .5 * (SIDE - 1)));
        x[2 * i + 1] = (float)(pitch * ((double)(i / SIDE) - .5 * (SIDE - 1)));
    }
    likelihood(&l, x, POINTS, log_density);
    for (size_t i = 0; i < POINTS; i++)
        sum += pitch * pitch * exp(log_density[i]);
    assert_near(sum, 1, 1e-3); /* what the tree of the exact field is good for */
    target_free(&t);
}

static void tolerance_is_kept_and_paid_for(void **state)
{
    static float x[2 * SAMPLES];
    static double best[SAMPLES], log_density[SAMPLES];
    uint64_t earlier = 0;
    (void)state;
    Target t;
    find_target(&t, "8gaussians");
    FieldSource field = field_exact(&t.mixture);
    Likelihood l = likelihood_of(&field, &t);
    draw(&t, SAMPLES, x);
    l.tolerance = 1e-6;
    uint64_t most = likelihood(&l, x, SAMPLES, best);
    for (double tolerance = 1e-2; tolerance > 5e-6; tolerance /= 10) {
        l.tolerance = tolerance;
        uint64_t evaluations = likelihood(&l, x, SAMPLES, log_density);
        double worst = 0;
        for (size_t i = 0; i < SAMPLES; i++)
            worst = fmax(worst, fabs(log_density[i] - best[i]));
        assert_true(worst < 15 * tolerance);
        assert_true(evaluations > earlier);
        earlier = evaluations;
    }
    assert_true(earlier < 200 * SAMPLES && most > earlier && most < 400 * SAMPLES); /* as good methods need */
    target_free(&t);
}

static void diverge_one_by_one(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    for (size_t i = 0; i < n; i++)
        mixture_evaluate(context, sigma, x + 2 * i, 1,
                         (MixtureOutput){.score = score + 2 * i, .divergence = divergence + i});
}

static void evaluate_one_by_one(void *context, const float *x, float sigma, size_t n, float *score)
{
    for (size_t i = 0; i < n; i++)
        mixture_evaluate(context, sigma, x + 2 * i, 1, (MixtureOutput){.score = score + 2 * i});
}

/* The solver keeps points apart; the exact field moves neighbours by the tree's tolerance. */
static void points_do_not_depend_on_each_other(void **state)
{
    enum { ALL = LIKELIHOOD_CHUNK + 20 };
    static float x[2 * ALL];
    static double together[ALL], neighbours[ALL], alone;
    (void)state;
    Target t;
    find_target(&t, "moons");
    FieldSource whole = field_exact(&t.mixture), field = whole;
    field.evaluate = evaluate_one_by_one;
    field.diverge = diverge_one_by_one;
    Likelihood l = likelihood_of(&field, &t);
    mixture_sample(&t.mixture, (Rng){9, STREAM_TEST}, 0, 0, ALL, x);
    likelihood(&l, x, ALL, together);
    l.field = &whole;
    likelihood(&l, x, ALL, neighbours);
    for (size_t i = 0; i < ALL; i += 29) {
        l.field = &field;
        likelihood(&l, x + 2 * i, 1, &alone);
        assert_memory_equal(&alone, &together[i], sizeof alone);
        assert_near(neighbours[i], together[i], 1e-3);
    }
    target_free(&t);
}

/* As a learned field that has lost its numbers far away from the data. */
static void diverge_with_a_hole(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    mixture_evaluate(context, sigma, x, n, (MixtureOutput){.score = score, .divergence = divergence});
    for (size_t i = 0; i < n; i++)
        if (x[2 * i] > 1e3f) {
            score[2 * i] = NAN;
            divergence[i] = INFINITY;
        }
}

static void evaluate_with_a_hole(void *context, const float *x, float sigma, size_t n, float *score)
{
    float unused;
    for (size_t i = 0; i < n; i++)
        diverge_with_a_hole(context, x + 2 * i, sigma, 1, score + 2 * i, &unused);
}

static void what_is_not_finite_stays_in_its_point(void **state)
{
    (void)state;
    const float x[8] = {0, 0, 2e3f, 0, 1, 1, -2, 3}, whole[6] = {0, 0, 1, 1, -2, 3};
    double with_hole[4], without[3];
    Target t;
    find_target(&t, "moons");
    FieldSource sound = field_exact(&t.mixture), broken = sound;
    broken.evaluate = evaluate_with_a_hole;
    broken.diverge = diverge_with_a_hole;
    Likelihood l = likelihood_of(&broken, &t);
    uint64_t evaluations = likelihood(&l, x, 4, with_hole);
    l.field = &sound;
    likelihood(&l, whole, 3, without);
    assert_true(!isfinite(with_hole[1]));
    assert_true(with_hole[0] == without[0] && with_hole[2] == without[1] && with_hole[3] == without[2]);
    assert_true(evaluations < 2000);
    target_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_flow_meets_the_closed_forms),
        cmocka_unit_test(any_scale_gives_its_own_units),
        cmocka_unit_test(the_loss_of_fresh_points_is_the_entropy),
        cmocka_unit_test(the_loss_on_a_checkerboard_is_its_area),
        cmocka_unit_test(density_sums_to_one),
        cmocka_unit_test(tolerance_is_kept_and_paid_for),
        cmocka_unit_test(points_do_not_depend_on_each_other),
        cmocka_unit_test(what_is_not_finite_stays_in_its_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
