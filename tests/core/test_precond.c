#include "core/precond.h"

#include "near.h"

#include <math.h>
#include <string.h>

/* The five things that a network can answer, against each other and the numbers of maths.md. */

/* maths.md section 1: EDM's numbers, and how each row turns into the others. */
static void test_preconditioning(void **state)
{
    (void)state;
    Precond c = precond_of(PREDICTION_EDM, 0.5, 0.5);
    assert_near(c.skip, 0.5, 1e-12);
    assert_near(c.out, 0.353553, 1e-6);
    assert_near(c.in, 1.41421, 1e-5);
    assert_near(c.noise, -0.173287, 1e-6);
    for (Prediction p = 0; p < PREDICTION_COUNT; p++)
        for (double sigma = 0.01; sigma < 11.0; sigma *= 10.0) {
            Precond d = precond_of(p, sigma, 1.7);
            double variance = sigma * sigma;
            assert_near(d.place * variance, d.skip - 1.0, 1e-12);
            assert_near(d.output * variance, d.out, 1e-12 * fabs(d.out));
        }
}

/* maths.md section 1: what every prediction should have said of one point of the unequal pair. F comes from D, and D
 * and S again from F. */
static void test_predictions_of_a_point(void **state)
{
    (void)state;
    const double y[2] = {1.0, -2.0}, sigma = 2.0, d[2] = {-0.990285, -1.59029}, s[2] = {-0.497571, 0.102429};
    const double answer[PREDICTION_COUNT][2] = {[PREDICTION_EDM] = {-1.33078, -1.33078},
                                                [PREDICTION_EPSILON] = {0.995143, -0.204857},
                                                [PREDICTION_X0] = {-0.990285, -1.59029},
                                                [PREDICTION_V] = {1.33078, 1.33078},
                                                [PREDICTION_SCORE] = {-0.497571, 0.102429}};
    for (Prediction p = 0; p < PREDICTION_COUNT; p++)
        for (size_t k = 0; k < 2; k++) {
            Precond c = precond_of(p, sigma, 1.0);
            double f = (double)precond_answer(p, (float)d[k], (float)y[k], (float)sigma);
            assert_near(f, answer[p][k], 1e-5);
            assert_near(c.skip * y[k] + c.out * f, d[k], 1e-5);
            assert_near(c.place * y[k] + c.output * f, s[k], 1e-5);
        }
    Precond half = precond_of(PREDICTION_EDM, sigma, 0.5);
    assert_near((d[0] - half.skip * y[0]) / half.out, -2.16279, 2e-5);
    assert_near((d[1] - half.skip * y[1]) / half.out, -3.03592, 2e-5);
}

static void test_prediction_table(void **state)
{
    (void)state;
    static const char *const name[] = {"edm", "epsilon", "x0", "v", "score"};
    for (size_t p = 0; p < PREDICTION_COUNT; p++) {
        assert_string_equal(prediction_info(p)->name, name[p]);
        assert_true(strlen(prediction_info(p)->label) > 0 && strlen(prediction_info(p)->help) > 0);
    }
    assert_null(prediction_info(PREDICTION_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preconditioning),
        cmocka_unit_test(test_predictions_of_a_point),
        cmocka_unit_test(test_prediction_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
