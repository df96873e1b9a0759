#include "core/target.h"

#include "near.h"

#include <stdlib.h>
#include <string.h>

static Target open_target(const char *name)
{
    Target t = {0};
    for (size_t which = 0; which < target_count(); which++)
        if (strcmp(target_info(which)->name, name) == 0)
            assert_true(target_init(&t, which));
    assert_true(t.mixture.count > 0);
    return t;
}

/* maths.md section 7. */
typedef struct Fact {
    const char *name;
    double mean[2], std[2];
} Fact;

static const Fact facts[] = {
    {"spirals", {0, 0}, {1.611, 1.584}},
    {"swissroll", {0.4, 0.0424}, {1.340, 1.405}},
    {"moons", {0, 0.3}, {1.744, 1.008}},
    {"8gaussians", {0, 0}, {2.031, 2.031}},
    {"checkerboard", {0, 0}, {2.309, 2.309}},
    {"ncsn", {3, 3}, {4.123, 4.123}},
    {"gaussian", {0, 0}, {1, 1}},
};
enum { FACTS = sizeof facts / sizeof *facts };

static void the_catalogue_has_its_order_and_moments(void **state)
{
    (void)state;
    assert_int_equal(target_count(), FACTS);
    for (size_t which = 0; which < FACTS; which++) {
        assert_string_equal(target_info(which)->name, facts[which].name);
        assert_true(strlen(target_info(which)->label) > 0 && strlen(target_info(which)->help) > 0);
        Target t;
        assert_true(target_init(&t, which));
        for (int axis = 0; axis < 2; axis++) {
            assert_near(sqrt(t.mixture.cov[2 * axis]), facts[which].std[axis], 1e-3);
            assert_near(t.mixture.mean[axis], facts[which].mean[axis], 1e-3);
            assert_true(t.frame.mean[axis] == t.mixture.mean[axis]);
        }
        assert_true(t.frame.std == t.mixture.std);
        assert_true(t.sigma_min == 0.01 * t.mixture.std && t.sigma_max == 10 * t.mixture.std);
        target_free(&t);
    }
}

/* -integral p ln p over a square of eleven stds, under noise too small to matter. */
static double entropy(const Mixture *m)
{
    enum { SIDE = 600 };
    double sum = 0, mass = 0;
    for (int row = 0; row < SIDE; row++) {
        float x[2 * SIDE], log_density[SIDE];
        for (int column = 0; column < SIDE; column++) {
            x[2 * column] = (float)(m->mean[0] + m->std * 11 * ((column + 0.5) / SIDE - 0.5));
            x[2 * column + 1] = (float)(m->mean[1] + m->std * 11 * ((row + 0.5) / SIDE - 0.5));
        }
        mixture_evaluate(m, (float)(1e-4 * m->std), x, SIDE, (MixtureOutput){.log_density = log_density});
        for (int column = 0; column < SIDE; column++) {
            double p = exp((double)log_density[column]);
            mass += p;
            sum -= p * (double)log_density[column];
        }
    }
    return sum / mass;
}

static void entropies_are_those_of_the_generators(void **state)
{
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        assert_near(entropy(&t.mixture), target_info(which)->entropy, 1e-3);
        target_free(&t);
    }
}

/* The published generators of the curves: place on the curve for u, jitter width and noise per coordinate. */
typedef struct Generator {
    const char *name;
    int arms;
    void (*curve)(int arm, double u, double x[2]);
    double jitter; /* uniform on [0, jitter), towards the arm's side */
    double noise;
} Generator;

static void spiral(int arm, double u, double x[2])
{
    double n = sqrt(u) * 540 * (2 * M_PI) / 360, side = arm ? -1 : 1;
    x[0] = side * -cos(n) * n / 3;
    x[1] = side * sin(n) * n / 3;
}

static void roll(int arm, double u, double x[2])
{
    double t = 1.5 * M_PI * (1 + 2 * u);
    x[0] = t * cos(t) / 5;
    x[1] = t * sin(t) / 5 + 0 * arm;
}

static void moon(int arm, double u, double x[2])
{
    double angle = M_PI * u;
    x[0] = (arm ? 1 - cos(angle) : cos(angle)) * 2 - 1;
    x[1] = (arm ? 1 - sin(angle) - 0.5 : sin(angle)) * 2 - 0.2;
}

static const Generator generators[] = {
    {"spirals", 2, spiral, 0.5 / 3, 0.1}, {"swissroll", 1, roll, 0, 0.2}, {"moons", 2, moon, 0, 0.2}};

/* A uniform of width w, from `start` on, under noise. */
static double jittered_density(double x, double start, double w, double deviation)
{
    double z = (x - start) / deviation;
    if (w == 0)
        return exp(-0.5 * z * z) / (deviation * sqrt(2 * M_PI));
    return 0.5 * (erf(z * M_SQRT1_2) - erf((z - w / deviation) * M_SQRT1_2)) / w;
}

/* The generator's own density under noise, by the midpoint rule along its curve. */
static double generator_log_density(const Generator *g, double sigma, const double x[2])
{
    enum { POINTS = 800 };
    double sum = 0, deviation = hypot(g->noise, sigma);
    for (int arm = 0; arm < g->arms; arm++)
        for (int i = 0; i < POINTS; i++) {
            double c[2], start = arm ? -g->jitter : 0;
            g->curve(arm, (i + 0.5) / POINTS, c);
            sum += jittered_density(x[0], c[0] + start, g->jitter, deviation) *
                   jittered_density(x[1], c[1] + start, g->jitter, deviation);
        }
    return log(sum / (POINTS * g->arms));
}

/* Point i of the generator, with noise of std sigma more. */
static void generate(const Generator *g, double sigma, size_t i, double x[2])
{
    float u[4], z[2];
    rng_uniforms((Rng){31, STREAM_TEST}, 0, i, 1, u);
    rng_normals((Rng){31, STREAM_TEST}, 0, i, 1, z);
    int arm = (int)(u[3] * (float)g->arms);
    g->curve(arm, (double)u[0], x);
    for (int axis = 0; axis < 2; axis++)
        x[axis] += (arm ? -1 : 1) * g->jitter * (double)u[1 + axis] + hypot(g->noise, sigma) * (double)z[axis];
}

static void curves_have_the_density_of_their_generators(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof generators / sizeof *generators; k++) {
        Target t = open_target(generators[k].name);
        for (double sigma = 0.02 * t.frame.std; sigma < 3; sigma *= 5)
            for (size_t i = 0; i < 200; i++) {
                double x[2];
                generate(&generators[k], sigma, i, x);
                assert_near(mixture_at(&t.mixture, sigma, x).log_density,
                            generator_log_density(&generators[k], sigma, x), 1e-2);
            }
        target_free(&t);
    }
}

static void a_mixture_becomes_a_target(void **state)
{
    (void)state;
    Mixture m;
    assert_true(mixture_init(&m, &(Component){.weight = 2, .mean = {4, 5}, .cov = {9, 0, 7}}, 1));
    Target t;
    target_from_mixture(&t, m);
    assert_near(t.frame.std, sqrt(8), 1e-12);
    assert_near(t.frame.mean[1], 5, 1e-12);
    assert_near(t.sigma_max, 10 * sqrt(8), 1e-12);
    target_free(&t);
    target_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_has_its_order_and_moments),
        cmocka_unit_test(entropies_are_those_of_the_generators),
        cmocka_unit_test(curves_have_the_density_of_their_generators),
        cmocka_unit_test(a_mixture_becomes_a_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
