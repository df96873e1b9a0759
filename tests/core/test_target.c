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
    {"circles", {0, 0}, {1.694, 1.694}},
    {"rings", {0, 0}, {1.4545, 1.4545}},
    {"grid", {0, 0}, {2.829, 2.829}},
    {"ring8", {0, 0}, {0.707, 0.707}},
    {"pinwheel", {0, 0}, {1.484, 1.484}},
    {"funnel", {0, 0}, {9.3793, 3}}, /* e^(9/4) times the root of Phi(2), as v ends at 15 */
    {"banana", {0, 0}, {2, 1.5}},
    {"scurve", {0, 0}, {1.06331, 2.08220}},      /* 1.5 times the roots of 1/2 and 3/2 + 4/(3 pi), and noise */
    {"heart", {0, 0}, {1.43332, 1.59800}},       /* 0.16 times the roots of 80 and 199/2, and noise */
    {"rosenbrock", {1, 11}, {3.16228, 15.4940}}, /* the root of 240.1, less what is beyond five deviations */
    {"u1", {0, 0}, {1.81755, 1.18122}},          /* these four by quadrature */
    {"u2", {0, 0}, {2.32289, 0.81240}},
    {"u3", {0, -0.282}, {2.32289, 0.88286}},
    {"u4", {0, -0.525}, {2.32289, 1.41091}},
    {"thinroll", {0, 0}, {0.97554, 1.02388}},
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

/* A component's points z in -5 .. 5 standard deviations, one apart, or across a box; weights of sum about 1. */
static double component_point(const Component *c, int row, int column, double x[2])
{
    if (c->kind == COMPONENT_BOX) {
        x[0] = c->mean[0] + c->half[0] * row / 5.5;
        x[1] = c->mean[1] + c->half[1] * column / 5.5;
        return 1.0 / 121;
    }
    x[0] = c->mean[0] + c->factor[0] * row;
    x[1] = c->mean[1] + c->factor[1] * row + c->factor[2] * column;
    return exp(-0.5 * (row * row + column * column)) / (2 * M_PI);
}

/* -integral p ln p, component by component, under noise too small to matter. */
static double entropy(const Mixture *m)
{
    double sum = 0;
    for (size_t k = 0; k < m->count; k++)
        for (int i = 0; i < 121; i++) {
            double x[2], w = m->component[k].weight * component_point(&m->component[k], i / 11 - 5, i % 11 - 5, x);
            float place[2] = {(float)x[0], (float)x[1]}, log_density;
            mixture_evaluate(m, (float)(1e-4 * m->std), place, 1, (MixtureOutput){.log_density = &log_density});
            sum -= w * (double)log_density;
        }
    return sum;
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

static void circle(int arm, double u, double x[2])
{
    double radius = arm ? 0.5 : 1, angle = 2 * M_PI * u;
    x[0] = 3 * radius * cos(angle);
    x[1] = 3 * radius * sin(angle);
}

static void ring(int arm, double u, double x[2])
{
    static const double radius[] = {3, 2.25, 1.5, 0.75};
    x[0] = radius[arm] * cos(2 * M_PI * u);
    x[1] = radius[arm] * sin(2 * M_PI * u);
}

static void letter_s(int arm, double u, double x[2])
{
    double t = 3 * M_PI * (u - 0.5), sign = t > 0 ? 1 : -1;
    x[0] = 1.5 * sin(t);
    x[1] = 1.5 * sign * (cos(t) - 1) + 0 * arm;
}

static void heart(int arm, double u, double x[2])
{
    double t = 2 * M_PI * u;
    x[0] = 0.16 * 16 * pow(sin(t), 3);
    x[1] = 0.16 * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) + 0 * arm;
}

/* Of std 6.78909 and mean (2, 2 / (3 pi)) before it is scaled, and of noise 0.025. */
static void thin_roll(int arm, double u, double x[2])
{
    roll(arm, u, x);
    x[0] = (5 * x[0] - 2) / 6.78914;
    x[1] = (5 * x[1] - 0.2122066) / 6.78914;
}

static const Generator generators[] = {
    {"spirals", 2, spiral, 0.5 / 3, 0.1}, {"swissroll", 1, roll, 0, 0.2},
    {"moons", 2, moon, 0, 0.2},           {"circles", 2, circle, 0, 3 * 0.08},
    {"rings", 4, ring, 0, 0.08},          {"scurve", 1, letter_s, 0, 1.5 * 0.05},
    {"heart", 1, heart, 0, 0.08},         {"thinroll", 1, thin_roll, 0, 0.025 / 6.78914}};

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
    enum { POINTS = 1600 };
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
            for (size_t i = 0; i < 120; i++) {
                double x[2];
                generate(&generators[k], sigma, i, x);
                assert_near(mixture_at(&t.mixture, sigma, x).log_density,
                            generator_log_density(&generators[k], sigma, x), 1e-2);
            }
        target_free(&t);
    }
}

/* Generators of two normals: x = place(t) + z across(t). */
typedef struct Bent {
    const char *name;
    int arms;
    void (*at)(int arm, double t, double place[2], double across[2]);
    double mean, std; /* of t */
} Bent;

static void pinwheel(int arm, double t, double place[2], double across[2])
{
    double angle = 2 * M_PI * arm / 5 + 0.25 * exp(t);
    place[0] = 2 * t * cos(angle);
    place[1] = 2 * -t * sin(angle);
    across[0] = 2 * 0.1 * sin(angle);
    across[1] = 2 * 0.1 * cos(angle);
}

static void funnel(int arm, double t, double place[2], double across[2])
{
    place[0] = 0;
    place[1] = t + 0 * arm;
    across[0] = exp(t / 2);
    across[1] = 0;
}

static void banana(int arm, double t, double place[2], double across[2])
{
    place[0] = t;
    place[1] = 0.25 * (t * t - 2 * 2) + 0 * arm;
    across[0] = 0;
    across[1] = 0.5;
}

static void rosenbrock(int arm, double t, double place[2], double across[2])
{
    place[0] = t;
    place[1] = t * t + 0 * arm;
    across[0] = 0;
    across[1] = sqrt(20 / 200.0);
}

static const Bent bents[] = {{"pinwheel", 5, pinwheel, 1, 0.3},
                             {"funnel", 1, funnel, 0, 3},
                             {"banana", 1, banana, 0, 2},
                             {"rosenbrock", 1, rosenbrock, 1, 3.16227766}};

/* N(d; 0, sigma^2 I + across across^T). */
static double needle_density(const double d[2], const double across[2], double sigma)
{
    double s2 = sigma * sigma, wide = s2 + across[0] * across[0] + across[1] * across[1];
    double along = d[0] * across[0] + d[1] * across[1], square = d[0] * d[0] + d[1] * d[1];
    return exp(-0.5 * (square - along * along / wide) / s2) / (2 * M_PI * sqrt(s2 * wide));
}

static double bent_log_density(const Bent *b, double sigma, const double x[2])
{
    enum { POINTS = 3000 };
    double sum = 0;
    for (int i = 0; i < POINTS; i++)
        for (int arm = 0; arm < b->arms; arm++) {
            double z = 12 * ((i + 0.5) / POINTS - 0.5), place[2], across[2];
            b->at(arm, b->mean + b->std * z, place, across);
            double d[2] = {x[0] - place[0], x[1] - place[1]};
            sum += exp(-0.5 * z * z) * needle_density(d, across, sigma);
        }
    return log(sum * 12 / POINTS / sqrt(2 * M_PI) / b->arms);
}

static void generate_bent(const Bent *b, double sigma, size_t i, double x[2])
{
    float u[4], z[2], noise[2];
    double across[2];
    rng_uniforms((Rng){37, STREAM_TEST}, 0, i, 1, u);
    rng_normals((Rng){37, STREAM_TEST}, 0, i, 1, z);
    rng_normals((Rng){37, STREAM_TEST}, 1, i, 1, noise);
    b->at((int)(u[3] * (float)b->arms), b->mean + b->std * (double)z[0], x, across);
    for (int axis = 0; axis < 2; axis++)
        x[axis] += (double)z[1] * across[axis] + sigma * (double)noise[axis];
}

static void bands_have_the_density_of_their_generators(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof bents / sizeof *bents; k++) {
        Target t = open_target(bents[k].name);
        for (double sigma = 0.02 * t.frame.std; sigma < 3; sigma *= 5)
            for (size_t i = 0; i < 200; i++) {
                double x[2];
                generate_bent(&bents[k], sigma, i, x);
                assert_near(mixture_at(&t.mixture, sigma, x).log_density, bent_log_density(&bents[k], sigma, x), 1e-2);
            }
        target_free(&t);
    }
}

/* Without noise, where maths.md section 7 has figures: the funnel at v = 1, x = 2, the banana at (1, 0), Rosenbrock's
 * valley wherever its formula is asked. */
static void bands_have_the_published_values(void **state)
{
    (void)state;
    Target t = open_target("funnel");
    MixtureValue v = mixture_at(&t.mixture, 0, (double[]){2, 1});
    assert_near(v.log_density, -4.22780, 1e-3);
    assert_near(v.score[0], -0.735759, 2e-3);
    assert_near(v.score[1], 0.124648, 2e-3);
    target_free(&t);
    t = open_target("banana");
    v = mixture_at(&t.mixture, 0, (double[]){1, 0});
    assert_near(v.log_density, -3.08788, 2e-3);
    assert_near(v.score[0], 1.25, 1e-2);
    assert_near(v.score[1], -3, 1e-2);
    target_free(&t);
    t = open_target("rosenbrock");
    for (double x = -5; x < 6; x += 0.7) {
        double y = x * x + 0.2, u = (100 * pow(y - x * x, 2) + pow(1 - x, 2)) / 20;
        assert_near(mixture_at(&t.mixture, 0, (double[]){x, y}).log_density, -u - log(2 * M_PI), 2e-3);
    }
    target_free(&t);
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
        cmocka_unit_test(bands_have_the_density_of_their_generators),
        cmocka_unit_test(bands_have_the_published_values),
        cmocka_unit_test(a_mixture_becomes_a_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
