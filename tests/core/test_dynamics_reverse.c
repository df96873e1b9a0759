/* Samplers against the diffusion with noise (maths.md section 5, S5 to S9 and S11): the published equations written in
 * their own coordinates, identities between samplers, and what they do to a Gaussian. One step's reference values and
 * journeys on M are in test_dynamics.c. */
#include "sampling.h"

#include <string.h>

static const size_t noisy[] = {SAMPLER_SDE,  SAMPLER_EULER_MARUYAMA,  SAMPLER_REVERSE_DIFFUSION,
                               SAMPLER_PC,   SAMPLER_PC_EACH,         SAMPLER_ANCESTRAL,
                               SAMPLER_DDIM, SAMPLER_ANCESTRAL_LARGE, SAMPLER_CHURN};
enum { NOISY = sizeof noisy / sizeof *noisy };

/* The settings' first values. */
static DynamicsOptions with_schedule(size_t which)
{
    return (DynamicsOptions){.noise = 1,
                             .eta = 1,
                             .snr = .16,
                             .churn = 40,
                             .corrections = 1,
                             .steps = 200,
                             .schedule = schedule_info(which)};
}

/* A field that is the same everywhere, to see the steps' sizes. */
static void evaluate_constant(void *context, const float *x, float sigma, size_t n, float *score)
{
    const float *constant = context;
    (void)x, (void)sigma;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = constant[i % 2];
}

static void step_along(Fixture *f, float constant[2], size_t sampler, DynamicsStep s)
{
    FieldSource field = {.evaluate = evaluate_constant, .context = constant};
    s.x = s.x ? s.x : f->x;
    s.scratch = f->scratch;
    s.frame = (Frame){{0, 0}, 1};
    s.rng = kicks;
    sampler_info(sampler)->step(&field, &s);
}

/* Checks one step on M against the published x' = keep x + gain score + kick z, taken here in the schedule's
 * own coordinates. */
static void check_published(Fixture *f, size_t sampler, DynamicsStep s, double keep, double gain, double kick)
{
    const Schedule *schedule = s.options.schedule;
    double sigma[2] = {s.from / s.frame.std, s.to / s.frame.std};
    double scale = schedule->scale(schedule->time(sigma[0])), scale_to = schedule->scale(schedule->time(sigma[1]));
    const double start[2] = {3, -4};
    float x[2] = {3, -4}, z[2];
    s.x = x;
    s.n = 1;
    take_step(f, sampler, &f->ncsn, s);
    MixtureValue v = mixture_at(&f->ncsn, s.from, start);
    rng_normals(kicks, s.step, s.first, 1, z);
    for (int i = 0; i < 2; i++) {
        double own = scale * (start[i] - s.frame.mean[i]) / s.frame.std, score = v.score[i] * s.frame.std / scale;
        own = keep * own + gain * score + kick * (double)z[i];
        assert_near(x[i], s.frame.mean[i] + s.frame.std * own / scale_to, 2e-5 * (1 + fabs((double)x[i])));
    }
}

static const Frame off_centre = {{3, 2}, 2.5};

static void euler_maruyama_is_that_of_the_schedules_own_equation(void **state)
{
    for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
        DynamicsStep s = {.from = 4, .to = 2.5, .frame = off_centre, .options = with_schedule(k), .step = k};
        const Schedule *schedule = s.options.schedule;
        double t = schedule->time(4 / 2.5), dt = t - schedule->time(1), g = schedule->diffusion(t);
        check_published(*state, SAMPLER_EULER_MARUYAMA, s, 1 - schedule->drift(t) * dt, g * g * dt, g * sqrt(dt));
    }
}

static void reverse_diffusion_is_song_et_als(void **state)
{
    static const size_t preserving[] = {SCHEDULE_VP, SCHEDULE_COSINE, SCHEDULE_DIFFUSION};
    DynamicsStep s = {.from = 4, .to = 2.5, .frame = off_centre};
    double variance = (16 - 6.25) / 6.25;
    s.options = with_schedule(SCHEDULE_VE);
    check_published(*state, SAMPLER_REVERSE_DIFFUSION, s, 1, variance, sqrt(variance));
    s.options = with_schedule(SCHEDULE_KARRAS);
    check_published(*state, SAMPLER_REVERSE_DIFFUSION, s, 1, variance, sqrt(variance));
    for (size_t k = 0; k < sizeof preserving / sizeof *preserving; k++) {
        double beta = 1 - (1 + 1) / (1 + 2.56); /* 1 - abar / abar', abar = 1 / (1 + sigma^2) */
        s.options = with_schedule(preserving[k]);
        check_published(*state, SAMPLER_REVERSE_DIFFUSION, s, 2 - sqrt(1 - beta), beta, sqrt(beta));
    }
    s.options = with_schedule(SCHEDULE_FLOW);
    double fade = (1 / 2.6) / (1 / 2.), added = variance / (2.6 * 2.6); /* s = 1 / (1 + sigma) */
    check_published(*state, SAMPLER_REVERSE_DIFFUSION, s, 2 - fade, added, sqrt(added));
    s.options = with_schedule(SCHEDULE_SUBVP);
    const Schedule *subvp = s.options.schedule;
    double t = subvp->time(4 / 2.5), dt = t - subvp->time(1), g = subvp->diffusion(t);
    check_published(*state, SAMPLER_REVERSE_DIFFUSION, s, 1 - subvp->drift(t) * dt, g * g * dt, g * sqrt(dt));
}

/* Draw `which` of step 0 for particles 0 .. n-1. */
static void draw_kicks(size_t which, size_t n, float *z)
{
    rng_normals(kicks, 0, which << 32, n, z);
}

static double mean_length(const float *z, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += hypot((double)z[2 * i], (double)z[2 * i + 1]) / (double)n;
    return sum;
}

/* Predictor from 2 to 1 and one correction of size h along a score of (.3, .4), on VE. */
static void check_correction(Fixture *f, size_t sampler, size_t n, double h)
{
    static float constant[2] = {.3f, .4f};
    static float first[2 * DYNAMICS_CHUNK], second[2 * DYNAMICS_CHUNK];
    draw_kicks(0, n, first);
    draw_kicks(1, n, second);
    memset(f->x, 0, n * sizeof(float[2]));
    step_along(f, constant, sampler, (DynamicsStep){.n = n, .from = 2, .to = 1, .options = with_schedule(SCHEDULE_VE)});
    for (size_t i = 0; i < 2 * n; i++)
        assert_near(f->x[i],
                    (3 + h) * (double)constant[i % 2] + sqrt(3) * (double)first[i] + sqrt(2 * h) * (double)second[i],
                    1e-5);
}

static void corrections_have_the_published_size(void **state)
{
    static float z[2 * DYNAMICS_CHUNK];
    draw_kicks(1, DYNAMICS_CHUNK, z);
    double ratio = .16 * mean_length(z, DYNAMICS_CHUNK) / .5;
    check_correction(*state, SAMPLER_PC, 1, .321699); /* |z| by its expectation */
    check_correction(*state, SAMPLER_PC, DYNAMICS_CHUNK, 2 * ratio * ratio);
    check_correction(*state, SAMPLER_PC_EACH, 1, 2 * .16 * .16);
    check_correction(*state, SAMPLER_PC_EACH, 100, 2 * .16 * .16);
}

/* The variance of many corrections at one level: v / (1 - h/2v), where h/2v is a r^2 on a Gaussian. */
static double corrected_variance(Fixture *f, size_t sampler, const Mixture *m, size_t schedule)
{
    DynamicsOptions options = with_schedule(schedule);
    options.snr = .4;
    options.corrections = 100;
    draw_normals(f, 2, CHAINS);
    take_step(f, sampler, m, (DynamicsStep){.n = CHAINS, .from = 2, .to = 1, .options = options});
    return variance_of(f->x, CHAINS);
}

static void corrections_settle_at_their_known_variance(void **state)
{
    Fixture *f = *state;
    const Component unit = {.weight = 1, .cov = {1, 0, 1}};
    const double r2 = .4 * .4, alpha = 2. / 5; /* 1 - beta = abar / abar' from sigma = 2 to 1 */
    Mixture gaussian;
    assert_true(mixture_init(&gaussian, &unit, 1));
    assert_variance(corrected_variance(f, SAMPLER_PC, &gaussian, SCHEDULE_VE), 2 / (1 - r2));
    assert_variance(corrected_variance(f, SAMPLER_PC, &gaussian, SCHEDULE_VP), 2 / (1 - alpha * r2));
    assert_variance(corrected_variance(f, SAMPLER_PC_EACH, &f->point, SCHEDULE_VE), 1 / (1 - r2));
    assert_variance(corrected_variance(f, SAMPLER_PC_EACH, &f->point, SCHEDULE_VP), 1 / (1 - alpha * r2));
    mixture_free(&gaussian);
}

/* On a mode the score of one particle is 0, and the published step without end. */
static void a_lone_particle_on_a_mode_stays_in_the_picture(void **state)
{
    Fixture *f = *state;
    for (uint64_t step = 0; step < 1000; step++) {
        float x[2] = {0, 0};
        step_along(
            f, (float[2]){0, 0}, SAMPLER_PC,
            (DynamicsStep){.x = x, .n = 1, .from = .2, .to = .1, .step = step, .options = with_schedule(SCHEDULE_VE)});
        assert_true(fabsf(x[0]) < 12 && fabsf(x[1]) < 12); /* sqrt(2 (1 + 1)) times 6 */
    }
}

static void churn_lifts_by_the_published_share(void **state)
{
    static const struct {
        double churn, gamma;
    } rows[] = {{40, .414214}, {5, .277778}, {0, 0}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        float x[2] = {0, 0}, z[2];
        DynamicsOptions options = {.churn = rows[k].churn, .steps = 18};
        step_along(*state, (float[2]){0, 0}, SAMPLER_CHURN,
                   (DynamicsStep){.x = x, .n = 1, .from = 2, .to = 1, .options = options});
        draw_kicks(0, 1, z);
        double lifted = 1 + rows[k].gamma;
        assert_near(x[0], 2 * sqrt(lifted * lifted - 1) * (double)z[0], 1e-5);
        assert_near(x[1], 2 * sqrt(lifted * lifted - 1) * (double)z[1], 1e-5);
    }
}

/* Heun's step starts at the lifted level: noise, then the flow from there. */
static void churn_flows_down_from_the_lifted_level(void **state)
{
    Fixture *f = *state;
    float x[2] = {1, -2}, y[2] = {1, -2}, z[2];
    DynamicsOptions options = {.churn = 5, .steps = 18};
    double lifted = 2 * (1 + 5. / 18);
    take_step(f, SAMPLER_CHURN, &f->ncsn, (DynamicsStep){.x = x, .n = 1, .from = 2, .to = 1, .options = options});
    draw_kicks(0, 1, z);
    for (int i = 0; i < 2; i++)
        y[i] += (float)sqrt(lifted * lifted - 4) * z[i];
    take_step(f, SAMPLER_ODE, &f->ncsn, (DynamicsStep){.x = y, .n = 1, .from = lifted, .to = 1});
    assert_near(x[0], y[0], 1e-5);
    assert_near(x[1], y[1], 1e-5);
}

enum { COMPARED = 1500 };

/* Both samplers do the same to the same particles, on the way from `from` to `to`. */
static void assert_same(Fixture *f, size_t a, DynamicsOptions a_options, size_t b, DynamicsOptions b_options,
                        double from, double to)
{
    static float kept[2 * COMPARED];
    DynamicsStep s = {.n = COMPARED, .from = from, .to = to, .step = 3, .options = a_options};
    draw_normals(f, 3, COMPARED);
    take_step(f, a, &f->eight, s);
    memcpy(kept, f->x, sizeof kept);
    draw_normals(f, 3, COMPARED);
    s.options = b_options;
    take_step(f, b, &f->eight, s);
    for (size_t i = 0; i < 2 * COMPARED; i++)
        assert_near(f->x[i], kept[i], 1e-5);
}

static void samplers_meet_where_they_should(void **state)
{
    DynamicsOptions ve = with_schedule(SCHEDULE_VE), still = ve, quiet = ve, uncorrected = ve, smooth = ve;
    still.eta = 0;
    quiet.noise = 0;
    uncorrected.snr = 0;
    smooth.churn = 0;
    for (int up = 0; up < 2; up++) {
        double from = up ? 1 : 2, to = up ? 2 : 1;
        assert_same(*state, SAMPLER_DDIM, ve, SAMPLER_ANCESTRAL, ve, from, to);
        assert_same(*state, SAMPLER_DDIM, still, SAMPLER_EULER, ve, from, to);
        assert_same(*state, SAMPLER_SDE, quiet, SAMPLER_EULER, ve, from, to);
        assert_same(*state, SAMPLER_REVERSE_DIFFUSION, ve, SAMPLER_SDE, ve, from, to);
        assert_same(*state, SAMPLER_PC, uncorrected, SAMPLER_REVERSE_DIFFUSION, ve, from, to);
        assert_same(*state, SAMPLER_PC_EACH, uncorrected, SAMPLER_REVERSE_DIFFUSION, ve, from, to);
        assert_same(*state, SAMPLER_CHURN, smooth, SAMPLER_ODE, ve, from, to);
        for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
            DynamicsOptions one = with_schedule(k), none = one;
            none.snr = 0;
            assert_same(*state, SAMPLER_PC, none, SAMPLER_REVERSE_DIFFUSION, one, from, to);
        }
    }
    assert_same(*state, SAMPLER_CHURN, ve, SAMPLER_ODE, ve, 1, 2); /* upwards without noise */
}

static void upwards_is_the_forward_kernel(void **state)
{
    static float constant[2] = {5, 7};
    static const size_t samplers[] = {SAMPLER_SDE,  SAMPLER_EULER_MARUYAMA, SAMPLER_REVERSE_DIFFUSION,
                                      SAMPLER_PC,   SAMPLER_PC_EACH,        SAMPLER_ANCESTRAL,
                                      SAMPLER_DDIM, SAMPLER_ANCESTRAL_LARGE};
    float z[2];
    draw_kicks(0, 1, z);
    for (size_t i = 0; i < sizeof samplers / sizeof *samplers; i++)
        for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
            float x[2] = {1, -2};
            DynamicsTally tally = {0};
            step_along(
                *state, constant, samplers[i],
                (DynamicsStep){.x = x, .n = 1, .from = 1, .to = 2, .options = with_schedule(k), .tally = &tally});
            assert_near(x[0], 1 + sqrt(3) * (double)z[0], 1e-5);
            assert_near(x[1], -2 + sqrt(3) * (double)z[1], 1e-5);
            assert_true(tally.evaluations == 0 || samplers[i] == SAMPLER_DDIM);
        }
}

static void evaluations_are_counted(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < NOISY; i++) {
        bool corrects = noisy[i] == SAMPLER_PC || noisy[i] == SAMPLER_PC_EACH;
        uint64_t each = corrects ? 4 : noisy[i] == SAMPLER_CHURN ? 2 : 1;
        DynamicsTally tally = {0};
        DynamicsOptions options = with_schedule(SCHEDULE_VP);
        options.corrections = 3;
        draw_normals(f, 3, COMPARED);
        take_step(f, noisy[i], &f->eight,
                  (DynamicsStep){.n = COMPARED, .from = 2, .to = 1, .options = options, .tally = &tally});
        assert_int_equal(tally.evaluations, each * COMPARED);
    }
}

static void steps_repeat(void **state)
{
    static float kept[2 * COMPARED];
    Fixture *f = *state;
    for (size_t i = 0; i < NOISY; i++)
        for (int turn = 0; turn < 2; turn++) {
            draw_normals(f, 3, COMPARED);
            take_step(f, noisy[i], &f->eight,
                      (DynamicsStep){.n = COMPARED, .from = 2, .to = 1, .options = with_schedule(SCHEDULE_VP)});
            if (turn)
                assert_memory_equal(kept, f->x, sizeof kept);
            memcpy(kept, f->x, sizeof kept);
        }
}

/* Schedules scale about the frame's mean in units of its std: a target that is moved and enlarged, with its frame,
 * gives the same picture moved and enlarged. */
static void frames_move_everything_alike(void **state)
{
    static float small[2 * 100];
    Fixture *f = *state;
    const Component parts[2] = {{.weight = .2, .mean = {5, -22}, .cov = {9, 0, 9}},
                                {.weight = .8, .mean = {35, 8}, .cov = {9, 0, 9}}};
    const Frame frame = {{20, -7}, 3};
    Mixture large;
    assert_true(mixture_init(&large, parts, 2));
    for (size_t i = 0; i < NOISY; i++)
        for (size_t k = 0; k < SCHEDULE_COUNT; k++) {
            DynamicsStep s = {.n = 100, .from = 3, .to = 2, .options = with_schedule(k)};
            draw_normals(f, 5, s.n);
            take_step(f, noisy[i], &f->ncsn, s);
            memcpy(small, f->x, sizeof small);
            draw_normals(f, 15, s.n);
            for (size_t j = 0; j < 2 * s.n; j++)
                f->x[j] += (float)frame.mean[j % 2];
            s.from = 9;
            s.to = 6;
            s.frame = frame;
            take_step(f, noisy[i], &large, s);
            for (size_t j = 0; j < 2 * s.n; j++)
                assert_near((double)f->x[j], frame.mean[j % 2] + 3 * (double)small[j], 5e-4);
        }
    mixture_free(&large);
}

/* A step on a Gaussian field is x' = a x + c z: returns a^2 variance + c^2. */
static double spread(Fixture *f, const Mixture *m, size_t sampler, DynamicsStep s, double variance)
{
    float one[2] = {1, 0}, none[2] = {0, 0}, z[2];
    s.n = 1;
    s.x = one;
    take_step(f, sampler, m, s);
    s.x = none;
    take_step(f, sampler, m, s);
    rng_normals(kicks, s.step, s.first, 1, z);
    double a = (double)one[0] - (double)none[0], c = hypot((double)none[0], (double)none[1]);
    c /= hypot((double)z[0], (double)z[1]);
    return a * a * variance + c * c;
}

/* Variance at the end of a journey over `levels` of the schedule's ladder on N(0, v I), relative to the right one. */
static double journey_variance(Fixture *f, const Mixture *m, size_t sampler, DynamicsOptions options, double first,
                               double last, size_t levels)
{
    static double sigma[1000];
    double v = m->cov[0], variance = v + first * first;
    schedule_ladder(options.schedule, first, last, levels, sigma);
    options.steps = levels;
    for (size_t i = 0; i + 1 < levels; i++)
        variance =
            spread(f, m, sampler, (DynamicsStep){.from = sigma[i], .to = sigma[i + 1], .options = options, .step = i},
                   variance);
    return variance / (v + last * last);
}

static void ancestral_steps_are_exact_where_their_variance_is(void **state)
{
    Fixture *f = *state;
    const Component unit = {.weight = 1, .cov = {1, 0, 1}};
    DynamicsOptions options = with_schedule(SCHEDULE_KARRAS);
    Mixture gaussian;
    assert_true(mixture_init(&gaussian, &unit, 1));
    assert_near(journey_variance(f, &f->point, SAMPLER_ANCESTRAL, options, 10, .1, 4), 1, 1e-5);
    assert_near(journey_variance(f, &gaussian, SAMPLER_ANCESTRAL_LARGE, options, 10, .1, 4), 1, 1e-5);
    mixture_free(&gaussian);
}

static void variances_become_right_as_steps_grow_many(void **state)
{
    static const size_t samplers[] = {SAMPLER_SDE,       SAMPLER_EULER_MARUYAMA, SAMPLER_REVERSE_DIFFUSION,
                                      SAMPLER_ANCESTRAL, SAMPLER_DDIM,           SAMPLER_ANCESTRAL_LARGE,
                                      SAMPLER_CHURN};
    Fixture *f = *state;
    const Component unit = {.weight = 1, .cov = {1, 0, 1}};
    Mixture gaussian;
    assert_true(mixture_init(&gaussian, &unit, 1));
    for (size_t i = 0; i < sizeof samplers / sizeof *samplers; i++)
        for (size_t k = 0; k < SCHEDULE_COUNT; k++)
            for (int share = 1; share <= 2; share++) {
                DynamicsOptions options = with_schedule(k);
                options.noise = options.eta = share / 2.;
                double few = journey_variance(f, &gaussian, samplers[i], options, 10, .01, 101) - 1;
                double many = journey_variance(f, &gaussian, samplers[i], options, 10, .01, 401) - 1;
                double back = journey_variance(f, &gaussian, samplers[i], options, .01, 10, 401) - 1;
                assert_near(few, 0, .08);
                assert_near(many, 0, .35 * fabs(few) + 1e-4); /* first order at least: four times the steps */
                assert_near(back, 0, .012);
            }
    mixture_free(&gaussian);
}

/* S8 on VE multiplies a distance from a point by 1 - 2 ln(from / to). */
static void long_steps_overshoot_as_published(void **state)
{
    Fixture *f = *state;
    DynamicsStep s = {.from = 10, .to = 1, .options = with_schedule(SCHEDULE_VE)};
    double a = 1 - 2 * log(10), c2 = 2 * 100 * log(10);
    assert_near(spread(f, &f->point, SAMPLER_EULER_MARUYAMA, s, 1e4) / (a * a * 1e4 + c2), 1, 1e-5);
}

/* A batch's corrections do not depend linearly on the place, so particles must tell. */
static void corrected_journeys_end_with_the_right_variance(void **state)
{
    static double sigma[100];
    enum { N = CHAINS < 2 * DYNAMICS_CHUNK ? CHAINS : 2 * DYNAMICS_CHUNK };
    Fixture *f = *state;
    const Component unit = {.weight = 1, .cov = {1, 0, 1}};
    Mixture gaussian;
    assert_true(mixture_init(&gaussian, &unit, 1));
    for (size_t k = 0; k < SCHEDULE_COUNT; k++)
        for (size_t sampler = SAMPLER_PC; sampler <= SAMPLER_PC_EACH; sampler++) {
            schedule_ladder(schedule_info(k), 10, .01, 100, sigma);
            draw_normals(f, sqrt(101), N);
            follow(f, sampler, &gaussian, sigma, 100, N, with_schedule(k));
            assert_near(variance_of(f->x, N) / 1.0001, 1.01, 3 / sqrt(N)); /* the corrector adds up to r^2 = .026 */
        }
    mixture_free(&gaussian);
}

/* From any level to any other, from where particles of the level are and from far away. */
static void steps_are_finite(void **state)
{
    Fixture *f = *state;
    double sigma[9];
    ladder_geometric(1e-4, 1e4, 9, sigma);
    for (size_t i = 0; i < NOISY; i++)
        for (size_t k = 0; k < SCHEDULE_COUNT; k++)
            for (size_t pair = 0; pair < 81; pair++)
                for (int far = 0; far < 2; far++) {
                    double from = sigma[pair / 9], to = sigma[pair % 9];
                    DynamicsStep s = {.n = 20, .from = from, .to = to, .options = with_schedule(k)};
                    draw_normals(f, far ? 1e5 : from, s.n);
                    take_step(f, noisy[i], &f->eight, s);
                    for (size_t j = 0; j < 2 * s.n; j++)
                        assert_true(isfinite(f->x[j]));
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(euler_maruyama_is_that_of_the_schedules_own_equation),
        cmocka_unit_test(reverse_diffusion_is_song_et_als),
        cmocka_unit_test(corrections_have_the_published_size),
        cmocka_unit_test(corrections_settle_at_their_known_variance),
        cmocka_unit_test(a_lone_particle_on_a_mode_stays_in_the_picture),
        cmocka_unit_test(churn_lifts_by_the_published_share),
        cmocka_unit_test(churn_flows_down_from_the_lifted_level),
        cmocka_unit_test(samplers_meet_where_they_should),
        cmocka_unit_test(upwards_is_the_forward_kernel),
        cmocka_unit_test(evaluations_are_counted),
        cmocka_unit_test(steps_repeat),
        cmocka_unit_test(frames_move_everything_alike),
        cmocka_unit_test(ancestral_steps_are_exact_where_their_variance_is),
        cmocka_unit_test(variances_become_right_as_steps_grow_many),
        cmocka_unit_test(long_steps_overshoot_as_published),
        cmocka_unit_test(corrected_journeys_end_with_the_right_variance),
        cmocka_unit_test(steps_are_finite),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
