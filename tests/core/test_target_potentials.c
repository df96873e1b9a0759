#include "core/target.h"

#include "near.h"
#include "potentials.h"

#include <string.h>

/* Mass and moments of a density on a fine grid over the box [-8, 8]^2. */
typedef struct Integral {
    double mass, mean[2], std[2], entropy;
} Integral;

static double hard_density(const Potential *p, const double z[2])
{
    return p->endless && fabs(z[0]) > 4 ? 0 : exp(-p->at(z));
}

static Integral integrate(const Potential *p, double (*density)(const Potential *, const double z[2]))
{
    enum { SIDE = 640 };
    Integral sum = {0};
    for (int k = 0; k < SIDE * SIDE; k++) {
        double z[2] = {16 * ((k / SIDE + 0.5) / SIDE - 0.5), 16 * ((k % SIDE + 0.5) / SIDE - 0.5)};
        double mass = density(p, z) * 256 / (SIDE * SIDE);
        sum.mass += mass;
        sum.entropy -= mass > 0 ? mass * log(density(p, z)) : 0;
        for (int axis = 0; axis < 2; axis++) {
            sum.mean[axis] += mass * z[axis];
            sum.std[axis] += mass * z[axis] * z[axis];
        }
    }
    sum.entropy = sum.entropy / sum.mass + log(sum.mass);
    for (int axis = 0; axis < 2; axis++) {
        sum.mean[axis] /= sum.mass;
        sum.std[axis] = sqrt(sum.std[axis] / sum.mass - sum.mean[axis] * sum.mean[axis]);
    }
    return sum;
}

static size_t row_called(const char *name)
{
    size_t which = 0;
    while (strcmp(target_info(which)->name, name) != 0)
        which++;
    return which;
}

static void potentials_have_the_published_values(void **state)
{
    (void)state;
    for (size_t k = 0; k < POTENTIALS; k++) {
        const Potential *p = &potentials[k];
        assert_near(p->at((double[]){1, 0.5}), p->reference, 1e-5);
        assert_near(integrate(p, hard_density).mass, p->mass, 1e-4);
    }
}

static void soft_ends_keep_the_mass_and_give_the_moments(void **state)
{
    (void)state;
    for (size_t k = 0; k < POTENTIALS; k++) {
        size_t row = row_called(potentials[k].name);
        Target t;
        assert_true(target_init(&t, row));
        Integral soft = integrate(&potentials[k], potential_density);
        assert_near(soft.mass, potentials[k].mass, 1e-4);
        assert_near(soft.entropy, target_info(row)->entropy, 1e-5);
        for (int axis = 0; axis < 2; axis++) {
            assert_near(t.mixture.mean[axis], soft.mean[axis], 1e-4);
            assert_near(sqrt(t.mixture.cov[2 * axis]), soft.std[axis], 1e-4);
        }
        target_free(&t);
    }
}

/* The density under noise of std sigma, by the midpoint rule around x. */
static double noised_log_density(const Potential *p, double sigma, const double x[2])
{
    double step = fmin(sigma / 3, 0.07), sum = 0;
    int reach = (int)ceil(5 * sigma / step);
    for (int i = -reach; i <= reach; i++)
        for (int j = -reach; j <= reach; j++) {
            double z[2] = {x[0] + i * step, x[1] + j * step};
            sum += bump(i * step, sigma) * bump(j * step, sigma) * potential_density(p, z);
        }
    return log(sum * step * step / (2 * M_PI * sigma * sigma * p->mass));
}

static void mixtures_have_the_density_of_their_potentials(void **state)
{
    (void)state;
    for (size_t k = 0; k < POTENTIALS; k++) {
        Target t;
        assert_true(target_init(&t, row_called(potentials[k].name)));
        for (double sigma = 0.02 * t.frame.std; sigma < 3; sigma *= 5)
            for (size_t i = 0; i < (sigma < 0.5 ? 300 : 30); i++) {
                double x[2];
                float noise[2];
                potential_draw(&potentials[k], (Rng){43, STREAM_TEST}, i, x);
                rng_normals((Rng){43, STREAM_TEST}, 0, i, 1, noise);
                x[0] += sigma * (double)noise[0];
                x[1] += sigma * (double)noise[1];
                assert_near(mixture_at(&t.mixture, sigma, x).log_density, noised_log_density(&potentials[k], sigma, x),
                            1e-2);
            }
        target_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(potentials_have_the_published_values),
        cmocka_unit_test(soft_ends_keep_the_mass_and_give_the_moments),
        cmocka_unit_test(mixtures_have_the_density_of_their_potentials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
