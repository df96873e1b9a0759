/* Samplers that follow the noise level against the marginals and flows that are known exactly (maths.md section 5). */
#include "sampling.h"

#include <string.h>

#ifdef SCOREFIELD_SANITIZED
enum { ORDER_PARTICLES = 1000 };
#else
enum { ORDER_PARTICLES = 4000 };
#endif

/* Any share of noise keeps the marginals, in both directions: N(0, 1) at sigma is N(0, 1 + sigma^2). */
static void every_share_of_noise_keeps_the_marginals(void **state)
{
    static const double shares[] = {0, .3, .7, 1};
    Fixture *f = *state;
    Mixture normal;
    const Component unit = {.weight = 1, .cov = {1, 0, 1}};
    double down[200], up[200];
    assert_true(mixture_init(&normal, &unit, 1));
    ladder_karras(20, .05, 7, 200, down);
    ladder_karras(.05, 3, 7, 200, up);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        draw_normals(f, sqrt(401), CHAINS);
        follow(f, SAMPLER_SDE, &normal, down, 200, CHAINS, (DynamicsOptions){.noise = shares[i]});
        assert_variance(variance_of(f->x, CHAINS), 1.0025);
        draw_normals(f, sqrt(1.0025), CHAINS);
        follow(f, SAMPLER_SDE, &normal, up, 200, CHAINS, (DynamicsOptions){.noise = shares[i]});
        assert_variance(variance_of(f->x, CHAINS), 10);
    }
    mixture_free(&normal);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { MOST_INTERVALS = 160 };

static double median_error(Fixture *f, size_t sampler, size_t intervals, const float *exact)
{
    static double error[ORDER_PARTICLES], sigma[MOST_INTERVALS + 1];
    ladder_karras(10, .01, 7, intervals + 1, sigma);
    draw_normals(f, 10, ORDER_PARTICLES);
    follow(f, sampler, &f->eight, sigma, intervals + 1, ORDER_PARTICLES, (DynamicsOptions){.tolerance = 1e-6});
    for (size_t i = 0; i < ORDER_PARTICLES; i++)
        error[i] = hypot((double)(f->x[2 * i] - exact[2 * i]), (double)(f->x[2 * i + 1] - exact[2 * i + 1]));
    qsort(error, ORDER_PARTICLES, sizeof *error, compare_doubles);
    return error[ORDER_PARTICLES / 2];
}

/* maths.md section 5: the tabled errors within the sampling of the particles, for 10, 20, .. 160 intervals. */
static void orders_of_accuracy_are_as_tabled(void **state)
{
    static const struct {
        size_t sampler;
        double error[5];
    } rows[] = {
        {SAMPLER_EULER, {.150, .0732, .0362, .0180, .00895}},
        {SAMPLER_SDE, {.150, .0732, .0362, .0180, .00895}}, /* without noise */
        {SAMPLER_ODE, {.0509, .0104, .00238, .000569, .000139}},
        {SAMPLER_DPM2M, {.0835, .0149, .00323, .000760, .000185}},
    };
    static float exact[2 * ORDER_PARTICLES];
    Fixture *f = *state;
    median_error(f, SAMPLER_RK45, 1, exact);
    memcpy(exact, f->x, sizeof exact);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < 5; k++) {
            double error = median_error(f, rows[i].sampler, (size_t)10 << k, exact);
            assert_near(error / rows[i].error[k], 1, 6 / sqrt(ORDER_PARTICLES));
        }
}

static void solve(Fixture *f, double from, double to, float x[2])
{
    double sigma[400];
    ladder_karras(from, to, 7, 400, sigma);
    memcpy(f->x, x, sizeof(float[2]));
    follow(f, SAMPLER_ODE, &f->ncsn, sigma, 400, 1, published);
    memcpy(x, f->x, sizeof(float[2]));
}

static void flow_meets_the_exact_solutions_and_runs_backwards(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof exact_flows / sizeof *exact_flows; i++) {
        const double *row = exact_flows[i];
        float x[2] = {(float)row[2], (float)row[3]};
        solve(f, row[0], row[1], x);
        assert_near(x[0], row[4], 2e-3);
        assert_near(x[1], row[5], 2e-3);
    }
    float x[2] = {1, -2};
    solve(f, 2, 1, x);
    solve(f, 1, 2, x);
    assert_near(x[0], 1, 1e-3);
    assert_near(x[1], -2, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_share_of_noise_keeps_the_marginals),
        cmocka_unit_test(orders_of_accuracy_are_as_tabled),
        cmocka_unit_test(flow_meets_the_exact_solutions_and_runs_backwards),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
