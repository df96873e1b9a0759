/* Ways against particles that are stepped by hand, and closed forms for one Gaussian. */
#include "scene/sampler_settings.h"

#include "tracing.h"

static float by_hand[PARTICLES][2], memory[PARTICLES][2];

static void step_by_hand(const PathAsk *ask, size_t k)
{
    static _Alignas(max_align_t) float scratch[PARTICLES * DYNAMICS_SCRATCH];
    FieldSource field = field_exact(&pair);
    DynamicsStep step = {.x = by_hand[0],
                         .n = ask->seeds,
                         .from = level_by_hand(ask, k),
                         .to = level_by_hand(ask, k + 1),
                         .options = ask->options,
                         .frame = ask->frame,
                         .rng = {7, STREAM_SAMPLER},
                         .step = 1000 + k,
                         .first = 12345,
                         .scratch = scratch,
                         .memory = memory[0],
                         .before = k ? level_by_hand(ask, k - 1) : 0};
    sampler_info(ask->sampler[0])->step(&field, &step);
}

static void check_by_hand(const PathAsk *ask)
{
    trace_one(ask, &pair);
    assert_int_equal(paths.shown.lines.lines, ask->seeds);
    memset(memory, 0, sizeof memory);
    for (size_t i = 0; i < ask->seeds; i++)
        memcpy(by_hand[i], ask->x, sizeof by_hand[i]);
    for (size_t k = 0; k < STEPS; k++) {
        step_by_hand(ask, k);
        for (size_t i = 0; i < ask->seeds; i++) {
            assert_int_equal(line_points(&paths, i), STEPS + 1);
            assert_memory_equal(line_point(&paths, i, k + 1), by_hand[i], sizeof by_hand[i]);
        }
    }
}

static void a_path_is_that_of_a_particle_stepped_by_hand(void **state)
{
    (void)state;
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        PathAsk ask = ask_of(sampler);
        check_by_hand(&ask);
        ask.seeds = PARTICLES;
        check_by_hand(&ask);
    }
}

static PathAsk ask_of_dropped(const Simulation *s)
{
    PathAsk ask = ask_of(settings_index(&s->settings, SET_DYNAMICS));
    ask.sigma = s->frame.sigma;
    ask.seed = s->journey.seed;
    ask.step = s->journey.steps;
    ask.first = s->frame.count - 1;
    ask.highest = s->ladder.sigma[0];
    ask.lowest = s->ladder.sigma[s->ladder.steps];
    ask.frame = simulation_target(s)->frame;
    ask.options = sampler_options(&s->settings);
    return ask;
}

/* Among others, from between two rungs to the data. */
static void a_dropped_particle_goes_where_its_path_went(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_ODE, SAMPLER_ANNEALED, SAMPLER_DPM2M, SAMPLER_PC_EACH};
    for (size_t i = 0; i < sizeof samplers / sizeof *samplers; i++) {
        for (int denoised = 0; denoised < 2; denoised++) {
            Simulation s;
            Settings set = calm("8gaussians", samplers[i], 30);
            set.value[SET_STEPS] = 50;
            set.value[SET_DENOISE] = denoised;
            start(&s, &set);
            simulation_move(&s, 1.234);
            tick_until_arrived(&s);
            simulation_drop(&s, .7, -.3, 1, 0);
            PathAsk ask = ask_of_dropped(&s);
            ask.denoise = denoised;
            ask.x[0] = .7f;
            ask.x[1] = -.3f;
            trace_one(&ask, &simulation_target(&s)->mixture);
            simulation_move(&s, ask.lowest);
            tick_until_arrived(&s);
            const float *dropped = s.frame.x + 2 * ask.first, *end = line_end(&paths, 0);
            assert_int_equal(paths_steps(&paths, 0), s.journey.steps - ask.step + (uint64_t)denoised);
            assert_near(hypotf(dropped[0] - end[0], dropped[1] - end[1]), 0, 1e-3);
            simulation_free(&s);
        }
    }
}

static void ascent_ends_at_the_mode(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_ASCENT);
    ask.walk = 400;
    trace_one(&ask, &gaussian);
    assert_int_equal(paths_steps(&paths, 0), 400);
    for (size_t c = 0; c < 2; c++)
        assert_near(line_end(&paths, 0)[c], MEAN[c], 1e-5);
}

/* x(sigma) = mean + (x0 - mean) sqrt((v + sigma^2) / (v + sigma0^2)). */
static void the_flow_meets_its_closed_form_all_along(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_ODE);
    ask.options.steps = 500;
    trace_one(&ask, &gaussian);
    for (size_t i = 0; i < line_points(&paths, 0); i++) {
        double level = (double)paths.shown.level[i], start = VARIANCE + FIRST * FIRST;
        double shrunk = sqrt((VARIANCE + level * level) / start);
        for (size_t c = 0; c < 2; c++)
            assert_near(line_point(&paths, 0, i)[c], MEAN[c] + ((double)ask.x[c] - MEAN[c]) * shrunk, 2e-5);
    }
}

static void a_path_meets_the_rungs_below_its_start(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_SDE);
    double above = level_by_hand(&ask, 10), below = level_by_hand(&ask, 11);
    static const double at_rung = 1, between_rungs = .5;
    for (double share = between_rungs; share <= at_rung; share += .5) {
        ask.sigma = below + share * (above - below);
        trace_one(&ask, &gaussian);
        assert_int_equal(paths_steps(&paths, 0), STEPS - 10);
        assert_near(paths.shown.level[0], ask.sigma, 1e-6);
        for (size_t i = 1; i <= STEPS - 10; i++)
            assert_near(paths.shown.level[i], level_by_hand(&ask, 10 + i), 1e-6);
    }
}

/* Also where the place of a rung is a rounding error short of a whole number. */
static void no_rung_is_met_twice(void **state)
{
    (void)state;
    for (size_t schedule = 0; schedule < SCHEDULE_COUNT; schedule++) {
        PathAsk ask = ask_of(SAMPLER_ODE);
        PathRun run;
        ask.options.schedule = schedule_info(schedule);
        for (size_t rung = 0; rung <= STEPS; rung++) {
            ask.sigma = level_by_hand(&ask, rung);
            path_begin(&run, &ask, 0);
            assert_int_equal(run.steps, STEPS - rung);
        }
        ask.sigma = level_by_hand(&ask, 5) * (1 + 1e-14);
        path_begin(&run, &ask, 0);
        assert_int_equal(run.steps, STEPS - 5);
    }
}

static void a_path_comes_from_above_the_ladder_as_particles_do(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_SDE);
    ask.sigma = 2 * FIRST;
    trace_one(&ask, &gaussian);
    double ratio = FIRST / level_by_hand(&ask, 1);
    size_t more = paths_steps(&paths, 0) - STEPS;
    assert_int_equal(more, (size_t)ceil(log(2) / log(ratio)));
    assert_near(paths.shown.level[more], FIRST, 1e-5);
    assert_near(paths.shown.level[more - 1] / paths.shown.level[more], ratio, 1e-5);
    ask.lowest = .9999 * FIRST; /* a million steps above it */
    ask.options.steps = 2000;
    trace_one(&ask, &gaussian);
    assert_int_equal(paths_steps(&paths, 0), PATH_STEPS_MAX);
}

static void nothing_is_left_at_the_ladders_end(void **state)
{
    (void)state;
    for (double share = 1; share >= .5; share /= 2) {
        PathAsk ask = ask_of(0);
        path_ask_fates(&ask);
        ask.sigma = share * LAST;
        trace_one(&ask, &gaussian);
        assert_int_equal(paths.shown.lines.lines, 4);
        for (size_t i = 0; i < 4; i++) {
            PathPlace half = paths_at(&paths, i, .5);
            assert_int_equal(line_points(&paths, i), 2);
            assert_int_equal(paths_steps(&paths, i), 0);
            assert_memory_equal(half.x, ask.x, sizeof half.x);
            assert_near(half.level, share * LAST, 1e-7);
        }
        ask.walk = 9;
        ask.denoise = true;
        trace_one(&ask, &gaussian);
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(paths_steps(&paths, i), i < 2 ? 9 : 1);
    }
}

/* E[x0 | x] of a Gaussian. */
static void a_way_down_may_end_at_the_denoised_place(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_SDE);
    ask.denoise = true;
    trace_one(&ask, &gaussian);
    assert_int_equal(paths_steps(&paths, 0), STEPS + 1);
    assert_near(paths_at(&paths, 0, 1).level, 0, 0);
    assert_near(paths_at(&paths, 0, (STEPS + .25) / (STEPS + 1)).level, .75 * LAST, 1e-6);
    for (size_t c = 0; c < 2; c++) {
        double noisy = (double)line_point(&paths, 0, STEPS)[c] - MEAN[c];
        double clean = MEAN[c] + noisy * VARIANCE / (VARIANCE + LAST * LAST);
        assert_near(line_end(&paths, 0)[c], clean, 1e-5);
    }
}

static void a_line_ends_where_the_field_is_no_number(void **state)
{
    (void)state;
    Cliff cliff = {field_exact(&pair), -1e30f};
    FieldSource field = {.evaluate = score_at_cliff, .context = &cliff};
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        PathStep apart;
        PathAsk ask = ask_of(sampler);
        paths_clear(&paths);
        assert_true(paths_add(&paths, &ask));
        paths_trace(&paths, &field);
        assert_int_equal(paths.shown.lines.lines, 1);
        assert_int_equal(paths_steps(&paths, 0), 0);
        assert_memory_equal(line_end(&paths, 0), ask.x, sizeof ask.x);
        assert_true(paths.evaluations == 1 || sampler != SAMPLER_ASCENT); /* and it is not asked again */
        assert_int_equal(paths_take_apart(&paths, &field, 0, 0, 1, &apart), 0);
    }
}

/* To the tolerance within which a mixture's answers depend on who else is asked about. */
static bool same_place(const float a[2], const float b[2])
{
    return hypotf(a[0] - b[0], a[1] - b[1]) < 1e-3f;
}

/* Those that fall stay where they were and do not disturb the others. */
static void the_others_go_on(void **state)
{
    (void)state;
    Cliff cliff = {field_exact(&pair), 12};
    FieldSource whole = cliff.field, field = {.evaluate = score_at_cliff, .context = &cliff};
    PathRun sound, broken;
    PathStep apart;
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_SDE);
    path_begin(&sound, &ask, 0);
    path_begin(&broken, &ask, 0);
    size_t fallen = 0;
    while (path_step(&sound, &whole))
        assert_true(path_step(&broken, &field));
    for (size_t i = 0; i < PATH_LINES_MAX; i++) {
        bool fell = broken.points[i] < STEPS + 1;
        fallen += fell;
        assert_true(fell ? broken.x[i][0] > cliff.limit : same_place(broken.x[i], sound.x[i]));
    }
    assert_in_range(fallen, 2, PATH_LINES_MAX - 2);
    path_begin(&broken, &ask, 0);
    for (size_t i = 0; i < PATH_LINES_MAX; i++)
        while (broken.done < STEPS && path_take_apart(&broken, &field, i, &apart))
            assert_true(isfinite(apart.kick[0]) && isfinite(apart.drift[0]));
    assert_int_equal(broken.done, STEPS);
}

static void score_outwards(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = x[i] * 50 / (sigma * sigma);
}

static void a_line_ends_before_it_leaves_for_good(void **state)
{
    (void)state;
    FieldSource field = {.evaluate = score_outwards};
    PathAsk ask = ask_of(SAMPLER_ASCENT);
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
    assert_in_range(paths_steps(&paths, 0), 3, 20);
    assert_in_range(fabs((double)line_end(&paths, 0)[0]), 1e4, 1e6);
}

static void a_sampler_that_needs_a_density_stays_where_there_is_none(void **state)
{
    (void)state;
    FieldSource field = {.evaluate = uniform_score};
    PathStep apart;
    PathAsk ask = ask_of(SAMPLER_MALA);
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
    assert_int_equal(paths_steps(&paths, 0), 0);
    assert_int_equal(paths_take_apart(&paths, &field, 0, 0, 1, &apart), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_path_is_that_of_a_particle_stepped_by_hand, begin_test),
        cmocka_unit_test_setup(a_dropped_particle_goes_where_its_path_went, begin_test),
        cmocka_unit_test_setup(ascent_ends_at_the_mode, begin_test),
        cmocka_unit_test_setup(the_flow_meets_its_closed_form_all_along, begin_test),
        cmocka_unit_test_setup(a_path_meets_the_rungs_below_its_start, begin_test),
        cmocka_unit_test_setup(no_rung_is_met_twice, begin_test),
        cmocka_unit_test_setup(a_path_comes_from_above_the_ladder_as_particles_do, begin_test),
        cmocka_unit_test_setup(nothing_is_left_at_the_ladders_end, begin_test),
        cmocka_unit_test_setup(a_way_down_may_end_at_the_denoised_place, begin_test),
        cmocka_unit_test_setup(a_line_ends_where_the_field_is_no_number, begin_test),
        cmocka_unit_test_setup(the_others_go_on, begin_test),
        cmocka_unit_test_setup(a_line_ends_before_it_leaves_for_good, begin_test),
        cmocka_unit_test_setup(a_sampler_that_needs_a_density_stays_where_there_is_none, begin_test),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
