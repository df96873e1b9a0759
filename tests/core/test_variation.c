#include "core/variation.h"

#include "near.h"

static Target gaussian(double x, double xx, double yy)
{
    Component c = {.kind = COMPONENT_GAUSSIAN, .weight = 1.0, .mean = {x, 0.0}, .cov = {xx, 0.0, yy}};
    Mixture m;
    Target t;
    assert_true(mixture_init(&m, &c, 1));
    target_from_mixture(&t, m);
    return t;
}

static Target framed(double x, Frame frame)
{
    Target t = gaussian(x, 1.0, 1.0);
    t.frame = frame;
    return t;
}

/* The frame moves along: nothing has changed for the network. */
static void test_place_and_scale_are_forgotten_with_the_frame(void **state)
{
    (void)state;
    Target round = gaussian(0.0, 1.0, 1.0), far = gaussian(7.0, 9.0, 9.0);
    assert_near(variation_between(&round, &round), 0.0, 1e-6);
    assert_near(variation_between(&round, &far), 0.0, 1e-3);
    target_free(&round);
    target_free(&far);
}

static void test_a_frame_that_stays_shows_the_move(void **state)
{
    (void)state;
    Frame frame = {{0.5, 0.0}, 2.0};
    Target a = framed(0.0, frame), b = framed(1.0, frame), c = framed(12.0, frame);
    /* 2 Phi(1/2 / s) - 1, s^2 = 1 + (0.05 * 2)^2 */
    assert_near(variation_between(&a, &b), 0.3812, 0.02);
    assert_near(variation_between(&b, &a), 0.3812, 0.02);
    assert_true(variation_between(&a, &c) > 0.999);
    target_free(&a);
    target_free(&b);
    target_free(&c);
}

static void test_shapes_differ(void **state)
{
    (void)state;
    Target round = gaussian(0.0, 1.0, 1.0), thin = gaussian(0.0, 1.9, 0.1);
    assert_near(variation_between(&round, &thin), 0.5111, 0.04); /* by quadrature */
    target_free(&round);
    target_free(&thin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_and_scale_are_forgotten_with_the_frame),
        cmocka_unit_test(test_a_frame_that_stays_shows_the_move),
        cmocka_unit_test(test_shapes_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
