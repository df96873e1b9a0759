/* Schedules, ladders and published chains against the reference values of maths.md section 2. */
#include "core/schedule_discrete.h"
#include "sampling.h"

#define assert_relative(actual, expected, tolerance) assert_near((actual) / (expected), 1, tolerance)

/* The sheet's numbers have six digits. */
#define assert_six_digits(actual, expected) assert_relative(actual, expected, 5e-6)

static void karras_meets_the_published_grid(void **state)
{
    static const double expected[18] = {80,      57.5860, 40.7856,  28.3746,  19.3525,   12.9101,
                                        8.40094, 5.31519, 3.25682,  1.92334,  1.08817,   .585348,
                                        .296442, .139516, .0599473, .0229345, .00752802, .002};
    double sigma[18];
    (void)state;
    ladder_karras(80, .002, 7, 18, sigma);
    for (size_t i = 0; i < 18; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

static void karras_meets_the_grid_of_ten(void **state)
{
    static const double expected[10] = {10,      6.03091, 3.49668,  1.93610,  1.01508,
                                        .498373, .225747, .0924182, .0331947, .01};
    double sigma[10];
    (void)state;
    ladder_karras(10, .01, 7, 10, sigma);
    for (size_t i = 0; i < 10; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

static void geometric_meets_the_toy_ladder(void **state)
{
    static const double expected[10] = {20, 14.3374, 10.2781, 7.36806, 5.28195, 3.78648, 2.71442, 1.94589, 1.39495, 1};
    double sigma[10];
    (void)state;
    ladder_geometric(20, 1, 10, sigma);
    for (size_t i = 0; i < 10; i++)
        assert_near(sigma[i], expected[i], 1e-5 * expected[i]);
}

/* Ends are compared with the slider's, so they are exact and not what pow() makes of them. */
static void ends_are_exact(void **state)
{
    (void)state;
    for (size_t n = 2; n < 200; n++) {
        double first = .0137 * (double)n, last = 31.7 / (double)n, sigma[200];
        ladder_geometric(first, last, n, sigma);
        assert_true(sigma[0] == first && sigma[n - 1] == last);
        ladder_karras(first, last, 7, n, sigma);
        assert_true(sigma[0] == first && sigma[n - 1] == last);
    }
}

static void ladders_go_both_ways(void **state)
{
    double down[7], up[7];
    (void)state;
    ladder_geometric(5, .05, 7, down);
    ladder_geometric(.05, 5, 7, up);
    for (size_t i = 0; i < 7; i++)
        assert_near(up[i], down[6 - i], 1e-12);
    ladder_karras(5, .05, 3, 7, down);
    ladder_karras(.05, 5, 3, 7, up);
    for (size_t i = 0; i < 7; i++)
        assert_near(up[i], down[6 - i], 1e-12);
}

static void clocks_meet_the_reference_values(void **state)
{
    const Schedule *vp = schedule_info(SCHEDULE_VP), *subvp = schedule_info(SCHEDULE_SUBVP);
    const Schedule *ve = schedule_info(SCHEDULE_VE);
    (void)state;
    assert_six_digits(vp->diffusion(.5) * vp->diffusion(.5), 10.05);
    assert_six_digits(vp->scale(.5), .281183);
    assert_six_digits(vp->sigma(.5), 3.41292);
    assert_six_digits(vp->scale(.5) * vp->sigma(.5), .959654);
    assert_six_digits(vp->scale(1), .00657159);
    assert_six_digits(vp->sigma(1), 152.167);
    assert_six_digits(vp->sigma(1e-3), .0104860);
    assert_six_digits(vp->time(1), .258960);
    assert_six_digits(subvp->sigma(.5), 3.27522);
    assert_six_digits(subvp->scale(.5) * subvp->sigma(.5), .920936);
    assert_six_digits(subvp->diffusion(.5), 3.16025);
    assert_six_digits(ve->sigma(.5), .707107);
    assert_six_digits(ve->diffusion(.5), 2.91842);
    assert_relative(ve->sigma(0), .01, 1e-15);
    assert_relative(ve->sigma(1), 50, 1e-15);
}

/* The remaining three from their definitions. */
static void clocks_follow_their_definitions(void **state)
{
    const Schedule *cosine = schedule_info(SCHEDULE_COSINE), *diffusion = schedule_info(SCHEDULE_DIFFUSION);
    const Schedule *flow = schedule_info(SCHEDULE_FLOW), *karras = schedule_info(SCHEDULE_KARRAS);
    (void)state;
    for (double t = .05; t < .99; t += .05) {
        double abar = pow(cos(M_PI_2 * (t + .008) / 1.008) / cos(M_PI_2 * .008 / 1.008), 2);
        assert_relative(pow(cosine->scale(t), 2), abar, 1e-12);
        assert_relative(cosine->sigma(t), sqrt(1 / abar - 1), 1e-12);
        assert_relative(pow(diffusion->scale(t), 2), 1 - t, 1e-12);
        assert_relative(diffusion->sigma(t), sqrt(1 / (1 - t) - 1), 1e-12);
        assert_relative(flow->scale(t), 1 - t, 1e-12);
        assert_relative(flow->scale(t) * flow->sigma(t), t, 1e-12);
        assert_true(karras->sigma(t) == t && karras->scale(t) == 1);
    }
}

static void time_undoes_sigma(void **state)
{
    double sigma[200];
    (void)state;
    ladder_geometric(1e-4, 1e4, 200, sigma);
    for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
        const Schedule *s = schedule_info(k);
        for (size_t i = 0; i < 200; i++) {
            /* A clock that ends at 1 can hold 1 - t only to rounding, and 1 - t is 1e-8 at the noisiest. */
            assert_relative(s->sigma(s->time(sigma[i])), sigma[i],
                            2e-14 + 1e-15 * sigma[i] + 1e-16 * sigma[i] * sigma[i]);
            assert_true(i == 0 || s->time(sigma[i]) > s->time(sigma[i - 1]));
        }
    }
}

/* x = s (x0 + sigma n) obeys dx = (s'/s) x dt + s sqrt(2 sigma sigma') dw. */
static void drift_and_diffusion_are_those_of_the_clock(void **state)
{
    double sigma[9];
    (void)state;
    ladder_geometric(.01, 100, 9, sigma);
    for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
        const Schedule *s = schedule_info(k);
        for (size_t i = 0; i < 9; i++) {
            double t = s->time(sigma[i]), dt = s->time(1.0001 * sigma[i]) - t, scale = s->scale(t);
            double rise = (s->sigma(t + dt) - s->sigma(t - dt)) / (2 * dt);
            double fall = (s->scale(t + dt) - s->scale(t - dt)) / (2 * dt);
            assert_near(s->drift(t), fall / scale, 1e-6 * (fabs(fall / scale) + 1e-12));
            assert_relative(pow(s->diffusion(t), 2), 2 * scale * scale * sigma[i] * rise, 1e-6);
        }
    }
}

typedef struct SdeValue {
    double score[2], log_density, flow[2], reverse[2];
} SdeValue;

/* In the schedule's own coordinates at time 1/2 and place x, with the data as they are. */
static SdeValue at_half_time(const Mixture *m, const Schedule *schedule, const double x[2])
{
    double t = .5, s = schedule->scale(t), g = schedule->diffusion(t);
    MixtureValue v = mixture_at(m, schedule->sigma(t), (double[2]){x[0] / s, x[1] / s});
    SdeValue out = {.log_density = v.log_density - 2 * log(s)};
    for (int i = 0; i < 2; i++) {
        out.score[i] = v.score[i] / s;
        out.flow[i] = schedule->drift(t) * x[i] - g * g * out.score[i] / 2;
        out.reverse[i] = schedule->drift(t) * x[i] - g * g * out.score[i];
    }
    return out;
}

static void change_of_variables_meets_the_reference_values(void **state)
{
    static const struct {
        ScheduleId schedule;
        SdeValue expected;
    } rows[] = {
        {SCHEDULE_VP, {{.248502, 1.04850}, -4.12506, {-2.75622, -2.75622}, {-4.00495, -8.02495}}},
        {SCHEDULE_SUBVP, {{.239389, 1.10221}, -4.22644, {-2.70291, -2.99150}, {-3.89832, -8.49550}}},
    };
    Fixture *f = *state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const SdeValue *expected = &rows[k].expected;
        SdeValue v = at_half_time(&f->ncsn, schedule_info(rows[k].schedule), (double[2]){.3, -.5});
        assert_six_digits(v.log_density, expected->log_density);
        for (int i = 0; i < 2; i++) {
            assert_six_digits(v.score[i], expected->score[i]);
            assert_six_digits(v.flow[i], expected->flow[i]);
            assert_six_digits(v.reverse[i], expected->reverse[i]);
        }
    }
}

static void ladders_are_even_in_their_own_time(void **state)
{
    double sigma[40], karras[40], geometric[40];
    (void)state;
    for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
        const Schedule *s = schedule_info(k);
        schedule_ladder(s, 40, .02, 40, sigma);
        assert_true(sigma[0] == 40 && sigma[39] == .02);
        double first = pow(s->time(40), 1 / s->rho), last = pow(s->time(.02), 1 / s->rho);
        for (size_t i = 1; i < 40; i++) {
            assert_true(sigma[i] < sigma[i - 1]);
            assert_near(pow(s->time(sigma[i]), 1 / s->rho), first + (double)i / 39 * (last - first), 1e-9);
        }
        schedule_ladder(s, .02, 40, 40, karras);
        for (size_t i = 0; i < 40; i++)
            assert_relative(karras[i], sigma[39 - i], 1e-9);
    }
    ladder_karras(40, .02, 7, 40, karras);
    schedule_ladder(schedule_info(SCHEDULE_KARRAS), 40, .02, 40, sigma);
    for (size_t i = 0; i < 40; i++)
        assert_relative(sigma[i], karras[i], 1e-12);
    ladder_geometric(40, .02, 40, geometric);
    schedule_ladder(schedule_info(SCHEDULE_VE), 40, .02, 40, sigma);
    for (size_t i = 0; i < 40; i++)
        assert_relative(sigma[i], geometric[i], 1e-12);
}

/* Song et al. sample VP in 1000 steps, even from t = 1 to 1e-3. */
static void a_vp_ladder_is_even_in_published_time(void **state)
{
    const Schedule *vp = schedule_info(SCHEDULE_VP);
    double sigma[1000];
    (void)state;
    schedule_ladder(vp, vp->sigma(1), vp->sigma(1e-3), 1000, sigma);
    assert_six_digits(sigma[0], 152.167);
    assert_six_digits(sigma[999], .0104860);
    assert_relative(sigma[741], vp->sigma(1e-3 + 258 * 1e-3), 1e-9);
}

static void linear_betas_are_ddpms(void **state)
{
    double beta[1000], abar[1000], sigma[1000];
    (void)state;
    betas_linear(1e-4, .02, 1000, beta);
    betas_signal(beta, 1000, abar);
    betas_sigma(beta, 1000, sigma);
    assert_six_digits(abar[499], .0785872);
    assert_six_digits(abar[999], 4.03583e-5);
    assert_six_digits(sigma[499], 3.42414);
    assert_relative(sigma[0], sqrt(1e-4 / .9999), 1e-14);
    betas_linear(1e-4, .02, 50, beta); /* tiny-diffusion, which forgot to scale them */
    betas_signal(beta, 50, abar);
    assert_six_digits(abar[49], .602952);
}

static void cosine_betas_are_clipped_at_the_last(void **state)
{
    double beta[1000], abar[1000];
    (void)state;
    betas_cosine(1000, beta);
    betas_signal(beta, 1000, abar);
    assert_six_digits(abar[499], .493844);
    assert_true(beta[998] < .999 && beta[999] == .999);
}

/* Expected: the code's lines, run with numpy. */
static void diffusion_betas_are_those_of_2015(void **state)
{
    double beta[1000], abar[1000];
    (void)state;
    betas_diffusion(40, beta);
    betas_signal(beta, 40, abar);
    assert_relative(beta[0], .025975725, 1e-9);
    assert_relative(beta[1], .02562489685, 1e-9);
    assert_relative(beta[39], .4999955, 1e-9);
    assert_relative(abar[39], .0229252110, 1e-8);
    betas_diffusion(1000, beta);
    betas_signal(beta, 1000, abar);
    assert_relative(beta[0], .001999989, 1e-9);
    /* Apart from the first step's addition, the continuous clock. */
    for (size_t i = 0; i < 900; i++)
        assert_near(abar[i], pow(schedule_info(SCHEDULE_DIFFUSION)->scale((double)(i + 1) / 1000), 2), 2e-3);
}

static void the_first_sigma_is_the_longest_distance(void **state)
{
    static const float x[][2] = {{0, 0}, {3, 0}, {-1, 1}, {3, -2}, {1, 1}};
    (void)state;
    assert_near(ncsnv2_first_sigma(x[0], 5), 5, 1e-12);
}

static void neighbours_overlap_in_many_dimensions_only(void **state)
{
    (void)state;
    for (double ratio = 1; ratio < 100; ratio *= 1.1)
        assert_true(ncsnv2_overlap(ratio, 2) > .997);
    assert_true(isnan(ncsnv2_ratio(2)) && isnan(ncsnv2_ratio(4)));
    assert_near(ncsnv2_overlap(ncsnv2_ratio(5), 5), .5, 1e-9);
    assert_near(ncsnv2_overlap(ncsnv2_ratio(3072), 3072), .5, 1e-9);
    /* CIFAR-10: 232 levels from 50 to .01. */
    assert_near(ncsnv2_ratio(3072), pow(5000, 1. / 231), .003);
    assert_true(ncsnv2_overlap(NCSNV2_PLANE_RATIO, 2) > .997);
}

static void steps_keep_the_variance_as_published(void **state)
{
    double toy = pow(20, 1. / 9), pictures = pow(5000, 1. / 231);
    (void)state;
    assert_near(ncsnv2_variance(.05, toy, 100), 1.02567, 5e-6);
    assert_near(ncsnv2_variance(6.2e-6 / 1e-4, pictures, 5), 1.05547, 5e-6);
    /* CIFAR-10's published step is the best one; so are these, by a search on a grid of 1e-5. */
    assert_near(ncsnv2_step(pictures, 5), .062, 5e-4);
    assert_near(ncsnv2_step(pictures, 5), .06184, 1e-5);
    assert_near(ncsnv2_step(toy, 100), .02918, 1e-5);
}

static void the_table_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCHEDULE_COUNT; i++) {
        const Schedule *s = schedule_info(i);
        assert_true(s->name[0] && s->label[0] && s->help[0] && s->rho >= 1);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(s->name, schedule_info(j)->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(karras_meets_the_published_grid),
        cmocka_unit_test(karras_meets_the_grid_of_ten),
        cmocka_unit_test(geometric_meets_the_toy_ladder),
        cmocka_unit_test(ends_are_exact),
        cmocka_unit_test(ladders_go_both_ways),
        cmocka_unit_test(clocks_meet_the_reference_values),
        cmocka_unit_test(clocks_follow_their_definitions),
        cmocka_unit_test(time_undoes_sigma),
        cmocka_unit_test(drift_and_diffusion_are_those_of_the_clock),
        cmocka_unit_test(change_of_variables_meets_the_reference_values),
        cmocka_unit_test(ladders_are_even_in_their_own_time),
        cmocka_unit_test(a_vp_ladder_is_even_in_published_time),
        cmocka_unit_test(linear_betas_are_ddpms),
        cmocka_unit_test(cosine_betas_are_clipped_at_the_last),
        cmocka_unit_test(diffusion_betas_are_those_of_2015),
        cmocka_unit_test(the_first_sigma_is_the_longest_distance),
        cmocka_unit_test(neighbours_overlap_in_many_dimensions_only),
        cmocka_unit_test(steps_keep_the_variance_as_published),
        cmocka_unit_test(the_table_is_whole),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
