/* Steps taken apart: every row of the sampler table against what it adds by its own formula. */
#include "tracing.h"

/* What a step adds, as a factor of the draws 0 and 1 of its particle. */
typedef struct Kick {
    size_t sampler;
    double (*first)(const PathAsk *ask, double from, double to);
    double (*second)(const PathAsk *ask, double from, double to);
} Kick;

static double fall(const PathAsk *ask, double from, double to)
{
    (void)ask;
    return sqrt(from * from - to * to);
}

static double fall_by_noise(const PathAsk *ask, double from, double to)
{
    return ask->options.noise * fall(ask, from, to);
}

static double langevin_noise(const PathAsk *ask, double from, double to)
{
    (void)from;
    return ask->options.noise * sqrt(2 * ask->options.step_size) * to;
}

static double smaller(const PathAsk *ask, double from, double to)
{
    return fall(ask, from, to) * to / from;
}

static double larger(const PathAsk *ask, double from, double to)
{
    double data = ask->frame.std * ask->frame.std;
    return fall(ask, from, to) * sqrt((data + to * to) / (data + from * from));
}

static double eta_of_smaller(const PathAsk *ask, double from, double to)
{
    return ask->options.eta * smaller(ask, from, to);
}

static double churned(const PathAsk *ask, double from, double to)
{
    (void)to;
    double grown = 1 + fmin(ask->options.churn / STEPS, M_SQRT2 - 1);
    return from * sqrt(grown * grown - 1);
}

static double corrected(const PathAsk *ask, double from, double to)
{
    (void)from;
    return 2 * ask->options.snr * to;
}

/* S8 in the time of VE, which is even in ln sigma. */
static double euler_maruyama(const PathAsk *ask, double from, double to)
{
    (void)ask;
    return from * sqrt(2 * log(from / to));
}

static double none(const PathAsk *ask, double from, double to)
{
    (void)ask, (void)from, (void)to;
    return 0;
}

static const Kick kicks[] = {
    {SAMPLER_ASCENT, none, none},
    {SAMPLER_LANGEVIN, langevin_noise, none},
    {SAMPLER_SVGD, none, none},
    {SAMPLER_ANNEALED, langevin_noise, none},
    {SAMPLER_SDE, fall_by_noise, none},
    {SAMPLER_EULER_MARUYAMA, euler_maruyama, none},
    {SAMPLER_REVERSE_DIFFUSION, fall, none},
    {SAMPLER_PC_EACH, fall, corrected},
    {SAMPLER_ANCESTRAL, smaller, none},
    {SAMPLER_ANCESTRAL_LARGE, larger, none},
    {SAMPLER_DDIM, eta_of_smaller, none},
    {SAMPLER_CHURN, churned, none},
    {SAMPLER_DPM2M, none, none},
    {SAMPLER_EULER, none, none},
    {SAMPLER_ODE, none, none},
    {SAMPLER_RK45, none, none},
    {SAMPLER_FLOW, none, none},
};

static size_t take_apart(const PathAsk *ask, const Mixture *m, PathStep *apart)
{
    FieldSource field = field_exact(m);
    trace_one(ask, m);
    return paths_take_apart(&paths, &field, 0, 0, STEPS, apart);
}

static void draw(const PathAsk *ask, size_t step, size_t which, float z[2])
{
    rng_normals((Rng){ask->seed, STREAM_SAMPLER}, ask->step + step, ask->first + (which << 32), 1, z);
}

static void check_kicks(const Kick *kick, size_t schedule)
{
    PathStep apart[STEPS];
    PathAsk ask = ask_of(kick->sampler);
    ask.options.schedule = schedule_info(schedule);
    ask.options.corrections = 1;
    ask.options.noise = .6;
    assert_int_equal(take_apart(&ask, &pair, apart), STEPS);
    for (size_t k = 0; k < STEPS; k++) {
        float z[2][2];
        draw(&ask, k, 0, z[0]);
        draw(&ask, k, 1, z[1]);
        double first = kick->first(&ask, apart[k].from, apart[k].to);
        double second = kick->second(&ask, apart[k].from, apart[k].to);
        for (size_t c = 0; c < 2; c++)
            assert_near(apart[k].kick[c], first * (double)z[0][c] + second * (double)z[1][c],
                        2e-6 * (apart[k].from + second));
    }
}

static void kicks_are_what_the_samplers_add(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kicks / sizeof *kicks; i++)
        check_kicks(&kicks[i], SCHEDULE_VE);
}

/* DDPM's chain adds beta in its own coordinates; its pull on the data about their mean is drift. */
static void a_schedules_pull_is_no_kick(void **state)
{
    (void)state;
    check_kicks(&(Kick){SAMPLER_REVERSE_DIFFUSION, larger, none}, SCHEDULE_VP);
}

static void the_parts_of_every_step_add_up(void **state)
{
    (void)state;
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        for (size_t schedule = 0; schedule < SCHEDULE_COUNT; schedule++) {
            PathStep apart[STEPS];
            PathAsk ask = ask_of(sampler);
            ask.options.schedule = schedule_info(schedule);
            assert_int_equal(take_apart(&ask, &pair, apart), STEPS);
            for (size_t k = 0; k < STEPS; k++) {
                const float *from = line_point(&paths, 0, k), *to = line_point(&paths, 0, k + 1);
                assert_near(apart[k].from, level_by_hand(&ask, k), 0);
                assert_near(apart[k].to, level_by_hand(&ask, k + 1), 0);
                assert_memory_equal(apart[k].place, from, sizeof apart[k].place);
                for (size_t c = 0; c < 2; c++) {
                    double size = fabs((double)from[c]) + fabs((double)to[c]) + fabs((double)apart[k].kick[c]);
                    assert_near(apart[k].drift[c] + apart[k].kick[c], to[c] - from[c], 1e-6 * size);
                }
            }
        }
    }
}

/* Drift of Langevin, of the reverse SDE and of schedules that shrink the data, by their own formulas. */
static void drifts_are_what_the_score_does(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_LANGEVIN, SAMPLER_SDE, SAMPLER_EULER};
    for (size_t i = 0; i < 3; i++) {
        PathStep apart[STEPS];
        PathAsk ask = ask_of(samplers[i]);
        take_apart(&ask, &pair, apart);
        for (size_t k = 0; k < STEPS; k++) {
            double from = apart[k].from, to = apart[k].to;
            const double factor[] = {.1 * to * to, from * from - to * to, from * (from - to)};
            const double place[2] = {(double)apart[k].place[0], (double)apart[k].place[1]};
            MixtureValue there = mixture_at(&pair, from, place);
            for (size_t c = 0; c < 2; c++) {
                assert_near(apart[k].score[c], there.score[c], 1e-4 * (fabs(there.score[c]) + 1 / from));
                assert_near(apart[k].drift[c], factor[i] * (double)apart[k].score[c], 1e-5);
            }
        }
    }
}

/* Kicks over their standard deviation. */
static void kicks_have_the_published_variance(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_LANGEVIN, SAMPLER_SDE};
    FieldSource field = field_exact(&pair);
    for (size_t i = 0; i < 2; i++) {
        static PathStep apart[2000];
        PathAsk ask = ask_of(samplers[i]);
        ask.options.steps = 2000;
        trace_one(&ask, &pair);
        assert_int_equal(paths_take_apart(&paths, &field, 0, 0, 2000, apart), 2000);
        double sum = 0, n = 4000;
        for (size_t k = 0; k < 2000; k++) {
            double std = i ? fall(&ask, apart[k].from, apart[k].to) : langevin_noise(&ask, FIRST, FIRST);
            for (size_t c = 0; c < 2; c++)
                sum += pow((double)apart[k].kick[c] / std, 2) / n;
        }
        assert_near(sum, 1, 3 * sqrt(2 / n));
    }
}

static const double SLOPE[2] = {.3, -.4};

static void uniform_by_level(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context, (void)x;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = (float)SLOPE[i % 2] / sigma;
}

/* Corrections are sized by the scores that they meet, not by the predictor's: h = 2 (r sqrt(pi/2) / |S|)^2 under VE. */
static void a_kick_knows_how_strong_the_field_was(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_PC);
    PathStep apart[STEPS];
    FieldSource field = {.evaluate = uniform_by_level};
    ask.options.schedule = schedule_info(SCHEDULE_VE);
    ask.options.corrections = 1;
    assert_true(paths_add(&paths, &ask));
    assert_int_equal(paths_take_apart(&paths, &field, 0, 0, STEPS, apart), STEPS);
    for (size_t k = 0; k < STEPS; k++) {
        float z[2][2];
        double from = apart[k].from, to = apart[k].to, width = fall(&ask, from, to);
        double h = 2 * .16 * .16 * M_PI_2 * to * to / .25;
        draw(&ask, k, 0, z[0]);
        draw(&ask, k, 1, z[1]);
        for (size_t c = 0; c < 2; c++) {
            assert_near(apart[k].kick[c], width * (double)z[0][c] + sqrt(2 * h) * (double)z[1][c], 1e-5);
            assert_near(apart[k].drift[c], (width * width / from + h / to) * SLOPE[c], 1e-4);
        }
    }
}

static void a_refused_proposal_is_neither_drift_nor_kick(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_MALA, SAMPLER_HMC};
    for (size_t i = 0; i < 2; i++) {
        PathStep apart[STEPS];
        PathAsk ask = ask_of(samplers[i]);
        ask.sigma = 1;
        ask.walk = STEPS;
        ask.options.step_size = 1.5;
        assert_int_equal(take_apart(&ask, &pair, apart), STEPS);
        size_t refused = 0;
        for (size_t k = 0; k < STEPS; k++) {
            float z[2];
            draw(&ask, k, 0, z);
            refused += apart[k].refused;
            double share = apart[k].refused ? 0 : 1, thrown = share * (i ? 3 : 1) * sqrt(2 * 1.5);
            for (size_t c = 0; c < 2; c++) {
                assert_near(apart[k].kick[c], thrown * (double)z[c], 1e-5);
                if (i == 0)
                    assert_near(apart[k].drift[c], share * 1.5 * (double)apart[k].score[c], 1e-5);
            }
        }
        assert_in_range(refused, 2, STEPS - 2);
    }
}

/* Coasting is drift, also where no field is. */
static void momentum_is_no_kick(void **state)
{
    (void)state;
    PathStep apart[STEPS];
    PathAsk ask = ask_of(SAMPLER_UNDERDAMPED);
    ask.sigma = 1;
    ask.walk = STEPS;
    take_apart(&ask, &pair, apart);
    double time_step = sqrt(.2), renew = sqrt(1 - exp(-2 * time_step));
    for (size_t k = 1; k < STEPS; k++) {
        float z[2];
        draw(&ask, k, 0, z);
        for (size_t c = 0; c < 2; c++)
            assert_near(apart[k].kick[c], time_step / 2 * renew * (double)z[c], 1e-6);
    }
}

static void any_line_and_any_steps_can_be_taken_apart(void **state)
{
    (void)state;
    FieldSource field = field_exact(&pair);
    PathAsk ask = ask_of(0);
    path_ask_fates(&ask);
    ask.denoise = true;
    assert_true(paths_add(&paths, &ask));
    path_ask_fan(&ask, SAMPLER_PC);
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
    for (size_t line = 1; line < 40; line += 7) {
        static PathStep apart[STEPS + 9];
        size_t n = paths_take_apart(&paths, &field, line, 20, STEPS + 9, apart);
        assert_int_equal(n, paths_steps(&paths, line) - 20);
        for (size_t k = 0; k < n; k++)
            assert_memory_equal(apart[k].place, line_point(&paths, line, 20 + k), sizeof apart[k].place);
        bool denoised = apart[n - 1].to == 0;
        assert_int_equal(denoised, line > 1);
        for (size_t c = 0; denoised && c < 2; c++)
            assert_near(apart[n - 1].kick[c], 0, 0);
        assert_int_equal(paths_take_apart(&paths, &field, line, STEPS + 1, 1, apart), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(kicks_are_what_the_samplers_add, begin_test),
        cmocka_unit_test_setup(a_schedules_pull_is_no_kick, begin_test),
        cmocka_unit_test_setup(the_parts_of_every_step_add_up, begin_test),
        cmocka_unit_test_setup(drifts_are_what_the_score_does, begin_test),
        cmocka_unit_test_setup(kicks_have_the_published_variance, begin_test),
        cmocka_unit_test_setup(a_kick_knows_how_strong_the_field_was, begin_test),
        cmocka_unit_test_setup(a_refused_proposal_is_neither_drift_nor_kick, begin_test),
        cmocka_unit_test_setup(momentum_is_no_kick, begin_test),
        cmocka_unit_test_setup(any_line_and_any_steps_can_be_taken_apart, begin_test),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
