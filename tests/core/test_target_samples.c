#include "core/target.h"
#include "core/vector.h"

#include "near.h"
#include "potentials.h"

#include <string.h>

/* The random numbers of one point: uniform on [0, 1), and normal. */
typedef struct Luck {
    double u[4], z[2];
} Luck;

static int pick(double u, int n)
{
    return (int)(u * n);
}

/* FFJORD, lib/toy_data.py */

static void spirals(const Luck *l, double x[2])
{
    double n = sqrt(l->u[0]) * 540 * (2 * M_PI) / 360, side = pick(l->u[3], 2) ? -1 : 1;
    x[0] = side * (-cos(n) * n + l->u[1] * 0.5) / 3 + 0.1 * l->z[0];
    x[1] = side * (sin(n) * n + l->u[2] * 0.5) / 3 + 0.1 * l->z[1];
}

static void swissroll(const Luck *l, double x[2])
{
    double t = 1.5 * M_PI * (1 + 2 * l->u[0]);
    x[0] = (t * cos(t) + l->z[0]) / 5;
    x[1] = (t * sin(t) + l->z[1]) / 5;
}

static void moons(const Luck *l, double x[2])
{
    double angle = M_PI * l->u[0];
    bool inner = pick(l->u[3], 2);
    x[0] = 2 * ((inner ? 1 - cos(angle) : cos(angle)) + 0.1 * l->z[0]) - 1;
    x[1] = 2 * ((inner ? 1 - sin(angle) - 0.5 : sin(angle)) + 0.1 * l->z[1]) - 0.2;
}

static void eight_gaussians(const Luck *l, double x[2])
{
    int k = pick(l->u[3], 8);
    x[0] = (4 * cos(k * M_PI / 4) + 0.5 * l->z[0]) / 1.414;
    x[1] = (4 * sin(k * M_PI / 4) + 0.5 * l->z[1]) / 1.414;
}

static void checkerboard(const Luck *l, double x[2])
{
    double column = 4 * l->u[0] - 2;
    x[0] = 2 * column;
    x[1] = 2 * (l->u[1] - 2 * pick(l->u[3], 2) + fabs(fmod(floor(column), 2)));
}

static void circles(const Luck *l, double x[2])
{
    double radius = pick(l->u[3], 2) ? 0.5 : 1, angle = 2 * M_PI * l->u[0];
    x[0] = 3 * (radius * cos(angle) + 0.08 * l->z[0]);
    x[1] = 3 * (radius * sin(angle) + 0.08 * l->z[1]);
}

static void rings(const Luck *l, double x[2])
{
    double radius = 0.25 * (1 + pick(l->u[3], 4)), angle = 2 * M_PI * l->u[0];
    x[0] = 3 * radius * cos(angle) + 0.08 * l->z[0];
    x[1] = 3 * radius * sin(angle) + 0.08 * l->z[1];
}

static void pinwheel(const Luck *l, double x[2])
{
    double a = 1 + 0.3 * l->z[0], b = 0.1 * l->z[1], angle = 2 * M_PI * pick(l->u[3], 5) / 5 + 0.25 * exp(a);
    x[0] = 2 * (a * cos(angle) + b * sin(angle));
    x[1] = 2 * (-a * sin(angle) + b * cos(angle));
}

/* Other papers: NCSN, PacGAN twice, Neal, OT-CFM, Sohl-Dickstein et al. */

static void ncsn(const Luck *l, double x[2])
{
    double centre = l->u[3] < 0.2 ? -5 : 5;
    x[0] = centre + l->z[0];
    x[1] = centre + l->z[1];
}

static void grid(const Luck *l, double x[2])
{
    x[0] = -4 + 2 * pick(l->u[2], 5) + 0.05 * l->z[0];
    x[1] = -4 + 2 * pick(l->u[3], 5) + 0.05 * l->z[1];
}

static void ring8(const Luck *l, double x[2])
{
    int k = pick(l->u[3], 8);
    x[0] = cos(2 * M_PI * k / 8) + 0.01 * l->z[0];
    x[1] = sin(2 * M_PI * k / 8) + 0.01 * l->z[1];
}

static void funnel(const Luck *l, double x[2])
{
    x[1] = 3 * l->z[0];
    x[0] = exp(x[1] / 2) * l->z[1];
}

static void scurve(const Luck *l, double x[2])
{
    double t = 3 * M_PI * (l->u[0] - 0.5), sign = t > 0 ? 1 : -1;
    x[0] = 1.5 * (sin(t) + 0.05 * l->z[0]);
    x[1] = 1.5 * (sign * (cos(t) - 1) + 0.05 * l->z[1]);
}

static void thinroll(const Luck *l, double x[2])
{
    const double mean[2] = {2, 0.2122066}, std = 6.78914;
    double t = 1.5 * M_PI * (1 + 2 * l->u[0]);
    x[0] = (t * cos(t) + 0.025 * l->z[0] - mean[0]) / std;
    x[1] = (t * sin(t) + 0.025 * l->z[1] - mean[1]) / std;
}

/* Standard forms, and ours */

static void gaussian(const Luck *l, double x[2])
{
    x[0] = l->z[0];
    x[1] = l->z[1];
}

static void banana(const Luck *l, double x[2])
{
    x[0] = 2 * l->z[0];
    x[1] = 0.5 * l->z[1] + 0.25 * (x[0] * x[0] - 2 * 2);
}

static void rosenbrock(const Luck *l, double x[2])
{
    x[0] = 1 + sqrt(20 / 2.0) * l->z[0];
    x[1] = x[0] * x[0] + sqrt(20 / 200.0) * l->z[1];
}

static void heart(const Luck *l, double x[2])
{
    double t = 2 * M_PI * l->u[0];
    x[0] = 0.16 * 16 * pow(sin(t), 3) + 0.08 * l->z[0];
    x[1] = 0.16 * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) + 0.08 * l->z[1];
}

typedef struct Published {
    const char *name;
    void (*draw)(const Luck *l, double x[2]);
} Published;

/* All but the potentials. */
static const Published published[] = {
    {"spirals", spirals},   {"swissroll", swissroll},
    {"moons", moons},       {"8gaussians", eight_gaussians},
    {"ncsn", ncsn},         {"checkerboard", checkerboard},
    {"gaussian", gaussian}, {"circles", circles},
    {"rings", rings},       {"grid", grid},
    {"ring8", ring8},       {"pinwheel", pinwheel},
    {"funnel", funnel},     {"banana", banana},
    {"scurve", scurve},     {"heart", heart},
    {"thinroll", thinroll}, {"rosenbrock", rosenbrock},
};
enum { PUBLISHED = sizeof published / sizeof *published };

static const Rng rng = {48, STREAM_TEST};

static Luck luck_of(size_t i)
{
    float u[4], z[2];
    rng_uniforms(rng, 0, i, 1, u);
    rng_normals(rng, 0, i, 1, z);
    return (Luck){{(double)u[0], (double)u[1], (double)u[2], (double)u[3]}, {(double)z[0], (double)z[1]}};
}

/* n points x [n][2] of the row's generator, or of its potential. */
static void draw_published(const char *name, size_t n, float *x)
{
    const Published *from = NULL;
    const Potential *potential = NULL;
    for (size_t k = 0; k < PUBLISHED; k++)
        from = strcmp(published[k].name, name) == 0 ? &published[k] : from;
    for (size_t k = 0; k < POTENTIALS; k++)
        potential = strcmp(potentials[k].name, name) == 0 ? &potentials[k] : potential;
    assert_true(from || potential);
    for (size_t i = 0; i < n; i++) {
        Luck luck = luck_of(i);
        double point[2];
        if (from)
            from->draw(&luck, point);
        else
            potential_draw(potential, rng, i, point);
        x[2 * i] = (float)point[0];
        x[2 * i + 1] = (float)point[1];
    }
}

#ifdef SCOREFIELD_SANITIZED
enum { BLOCK = 64 };
#else
enum { BLOCK = 640 };
#endif
enum { BLOCKS = 16, HALF = BLOCKS / 2, LANES = 16, POINTS = 4 * HALF * BLOCK };

/* Sum of distances between points a and b [BLOCK][2]. */
CORE_CLONES
static double sum_of_distances(const float *a, const float *b)
{
    float bx[BLOCK], by[BLOCK];
    double total = 0;
    for (size_t j = 0; j < BLOCK; j++) {
        bx[j] = b[2 * j];
        by[j] = b[2 * j + 1];
    }
    for (size_t i = 0; i < BLOCK; i++) {
        float sum[LANES] = {0};
        for (size_t j = 0; j < BLOCK; j += LANES)
            for (size_t k = 0; k < LANES; k++) {
                float dx = a[2 * i] - bx[j + k], dy = a[2 * i + 1] - by[j + k];
                sum[k] += sqrtf(dx * dx + dy * dy);
            }
        for (size_t k = 0; k < LANES; k++)
            total += (double)sum[k];
    }
    return total;
}

/* 2 E|a - b| - E|a - a'| - E|b - b'|, without bias, where a is the blocks in the set and b are the others. */
static double energy_distance(double sum[BLOCKS][BLOCKS], unsigned set)
{
    double within = 0, across = 0, n = HALF * BLOCK;
    for (unsigned i = 0; i < BLOCKS; i++)
        for (unsigned j = 0; j < BLOCKS; j++)
            *((set >> i & 1) == (set >> j & 1) ? &within : &across) += sum[i][j];
    return across / (n * n) - within / (n * (n - 1));
}

/* Of all ways to make two halves of a's and b's blocks, the share that is further apart than a from b: uniform on [0,
 * 1] when both were drawn from the same density. */
static double share_further_apart(const float *a, const float *b)
{
    double sum[BLOCKS][BLOCKS];
    const float *block[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        block[i] = (i < HALF ? a : b) + 2 * BLOCK * (i % HALF);
        for (size_t j = 0; j <= i; j++)
            sum[i][j] = sum[j][i] = sum_of_distances(block[i], block[j]);
    }
    double here = energy_distance(sum, (1u << HALF) - 1);
    int ways = 0, further = 0;
    for (unsigned set = 0; set < 1u << (BLOCKS - 1); set++)
        if (__builtin_popcount(set) == HALF) {
            ways++;
            further += energy_distance(sum, set) > here;
        }
    return (double)further / ways;
}

enum { FEATURES = 6 };

/* Mean and variance over points x [POINTS][2] of x, y, xx, xy, yy and the log density. */
static void find_features(const Mixture *m, const float *x, double mean[FEATURES], double variance[FEATURES])
{
    float log_density[POINTS];
    double sum[FEATURES] = {0}, square[FEATURES] = {0};
    mixture_evaluate(m, (float)(1e-3 * m->std), x, POINTS, (MixtureOutput){.log_density = log_density});
    for (size_t i = 0; i < POINTS; i++) {
        double u = (double)x[2 * i] - m->mean[0], v = (double)x[2 * i + 1] - m->mean[1];
        double feature[FEATURES] = {u, v, u * u, u * v, v * v, (double)log_density[i]};
        for (int k = 0; k < FEATURES; k++) {
            sum[k] += feature[k] / POINTS;
            square[k] += feature[k] * feature[k] / POINTS;
        }
    }
    for (int k = 0; k < FEATURES; k++) {
        mean[k] = sum[k];
        variance[k] = square[k] - sum[k] * sum[k];
    }
}

/* Distances hardly see how thin a line is, but its log density does. */
static void assert_same_features(const Mixture *m, const float *a, const float *b)
{
    double mean_a[FEATURES], mean_b[FEATURES], variance_a[FEATURES], variance_b[FEATURES];
    find_features(m, a, mean_a, variance_a);
    find_features(m, b, mean_b, variance_b);
    for (int k = 0; k < FEATURES; k++)
        assert_near(mean_a[k], mean_b[k], 3.5 * sqrt((variance_a[k] + variance_b[k]) / POINTS));
}

static void mixtures_draw_what_the_generators_draw(void **state)
{
    (void)state;
    float drawn[2 * POINTS], sampled[2 * POINTS];
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        print_message("%s\n", target_info(which)->name);
        draw_published(target_info(which)->name, POINTS, drawn);
        mixture_sample(&t.mixture, rng, 1, 0, POINTS, sampled);
        assert_true(share_further_apart(drawn, sampled) > 5e-4);
        assert_same_features(&t.mixture, drawn, sampled);
        target_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixtures_draw_what_the_generators_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
