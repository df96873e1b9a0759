/* What was asked and the lines that came of it: fates, fans, room, undo, pieces, scrubbing. */
#include "tracing.h"

static void the_fates_of_a_point_are_the_paths_of_four_samplers(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_ASCENT, SAMPLER_LANGEVIN, SAMPLER_SDE, SAMPLER_ODE};
    float end[4][2];
    for (size_t i = 0; i < 4; i++) {
        PathAsk ask = ask_of(samplers[i]);
        trace_one(&ask, &pair);
        assert_near(paths.shown.lines.value[0], PATH_CHOSEN, 0);
        memcpy(end[i], line_end(&paths, 0), sizeof end[i]);
    }
    PathAsk ask = ask_of(0);
    path_ask_fates(&ask);
    trace_one(&ask, &pair);
    assert_int_equal(paths.shown.lines.lines, 4);
    assert_int_equal(paths.evaluations, 5 * STEPS);
    for (size_t i = 0; i < 4; i++) {
        PathLine line = paths_line(&paths, i);
        assert_true(line.ask == 0 && line.sampler == i && line.seed == 0);
        assert_near(paths.shown.lines.value[i], PATH_ASCENT + i, 0);
        assert_memory_equal(line_end(&paths, i), end[i], sizeof end[i]);
    }
    assert_near(paths_at(&paths, 1, 1).level, FIRST, 1e-6);
    assert_near(paths_at(&paths, 2, 1).level, LAST, 1e-6);
}

/* A step multiplies the distance to the mean by (v + s'^2) / (v + s^2) and adds a variance of s^2 - s'^2. */
static void a_fan_has_the_moments_of_its_sampler(void **state)
{
    (void)state;
    enum { FANS = 16 };
    FieldSource field = field_exact(&gaussian);
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_SDE);
    for (size_t i = 0; i < FANS; i++) {
        assert_true(paths_add(&paths, &ask));
        ask.first += PATH_LINES_MAX;
    }
    paths_trace(&paths, &field);
    double variance = 0, start = VARIANCE + FIRST * FIRST, n = FANS * PATH_LINES_MAX;
    for (size_t k = 0; k < STEPS; k++) {
        double from = pow(level_by_hand(&ask, k), 2), to = pow(level_by_hand(&ask, k + 1), 2);
        variance = variance * pow((VARIANCE + to) / (VARIANCE + from), 2) + from - to;
    }
    assert_int_equal(paths.shown.lines.lines, FANS * PATH_LINES_MAX);
    for (size_t c = 0; c < 2; c++) {
        double mean = MEAN[c] + ((double)ask.x[c] - MEAN[c]) * (VARIANCE + LAST * LAST) / start, sum = 0, squares = 0;
        for (size_t i = 0; i < paths.shown.lines.lines; i++) {
            double off = (double)line_end(&paths, i)[c] - mean;
            sum += off / n;
            squares += off * off / n;
        }
        assert_near(sum, 0, 3 * sqrt(variance / n));
        assert_near(squares / variance, 1, 3 * sqrt(2 / n));
        assert_near(paths.shown.lines.value[c], PATH_FAN, 0);
    }
}

static void one_fan_of_the_longest_ways_is_whole(void **state)
{
    (void)state;
    FieldSource field = {.evaluate = uniform_score};
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_SDE);
    ask.options.steps = PATH_STEPS_MAX;
    ask.denoise = true;
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
    assert_int_equal(paths.evaluations, PATH_LINES_MAX * (PATH_STEPS_MAX + 1));
    for (size_t i = 0; i < PATH_LINES_MAX; i++)
        assert_int_equal(line_points(&paths, i), PATH_POINTS_MAX);
}

/* As many lines as there can be: fewer points each, with the same ends, and scrubbing is as it was. */
static void many_lines_are_thinned_and_none_is_lost(void **state)
{
    (void)state;
    enum { MANY = 200 };
    FieldSource field = {.evaluate = uniform_score};
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_SDE);
    ask.options.steps = MANY;
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
    static float end[PATH_LINES_MAX][2];
    for (size_t i = 0; i < PATH_LINES_MAX; i++)
        memcpy(end[i], line_end(&paths, i), sizeof end[i]);
    while (paths_add(&paths, &ask))
        ;
    assert_int_equal(paths.asks, PATHS_MAX);
    paths_trace(&paths, &field);
    assert_int_equal(paths.shown.lines.lines, PATHS_LINES_MAX);
    assert_true(paths.shown.lines.points <= PATHS_POINTS_MAX);
    for (size_t i = 0; i < PATHS_LINES_MAX; i++) {
        assert_in_range(line_points(&paths, i), 20, PATHS_POINTS_MAX / PATHS_LINES_MAX);
        assert_int_equal(paths_steps(&paths, i), MANY);
        assert_memory_equal(line_point(&paths, i, 0), ask.x, sizeof ask.x);
        assert_memory_equal(line_end(&paths, i), end[i % PATH_LINES_MAX], sizeof end[0]);
    }
    assert_near(paths_at(&paths, 5, 1).level, LAST, 1e-6);
    PathLine last = paths_line(&paths, PATHS_LINES_MAX - 1);
    assert_true(last.ask == PATHS_MAX - 1 && last.sampler == 0 && last.seed == PATH_LINES_MAX - 1);
    assert_near(paths_at(&paths, 5, .5).step, MANY / 2, 1e-9);
}

static void fill_with_walkers(double step_size)
{
    FieldSource field = {.evaluate = uniform_score};
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_ASCENT);
    ask.walk = 500;
    ask.options.step_size = step_size;
    paths_clear(&paths);
    while (paths_add(&paths, &ask))
        ;
    paths_trace(&paths, &field);
    assert_int_equal(paths.shown.lines.lines, PATHS_LINES_MAX);
    for (size_t i = 0; i < PATHS_LINES_MAX; i++)
        assert_int_equal(paths_steps(&paths, i), 500);
}

/* Steps of equal length need the most room, and those of none would need no room at all. */
static void straight_ways_and_still_ones_are_thinned_too(void **state)
{
    (void)state;
    fill_with_walkers(.1);
    assert_in_range(line_points(&paths, 0), 40, PATHS_POINTS_MAX / PATHS_LINES_MAX);
    fill_with_walkers(0);
    assert_int_equal(line_points(&paths, 0), 2);
}

static void asks_that_cannot_be_are_refused(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_SDE);
    ask.seeds = PATH_LINES_MAX + 1;
    assert_false(paths_add(&paths, &ask));
    ask.seeds = 0;
    assert_false(paths_add(&paths, &ask));
    path_ask_fates(&ask);
    ask.seeds = PATH_LINES_MAX / PATH_SAMPLERS_MAX + 1;
    assert_false(paths_add(&paths, &ask));
    assert_int_equal(paths.asks, 0);
}

static void undo_takes_back_one_ask_after_the_other(void **state)
{
    (void)state;
    FieldSource field = field_exact(&pair);
    PathAsk fates = ask_of(0), one = ask_of(SAMPLER_ODE);
    path_ask_fates(&fates);
    assert_true(paths_add(&paths, &one) && paths_add(&paths, &fates) && paths_add(&paths, &one));
    paths_trace(&paths, &field);
    assert_int_equal(paths.shown.lines.lines, 6);
    assert_true(paths_undo(&paths));
    assert_int_equal(paths.shown.lines.lines, 5);
    assert_int_equal(paths.shown.lines.points, 5 * (STEPS + 1));
    assert_true(paths_undo(&paths));
    assert_true(paths_add(&paths, &fates));
    assert_int_equal(paths.shown.lines.lines, 1); /* until the new ones are traced */
    paths_trace(&paths, &field);
    assert_int_equal(paths.shown.lines.lines, 5);
    assert_true(paths_undo(&paths) && paths_undo(&paths));
    assert_false(paths_undo(&paths));
    assert_int_equal(paths.shown.lines.points, 0);
    assert_false(paths_trace_piece(&paths, &field));
}

static bool same_lines(const PathLines *a, const PathLines *b)
{
    const Lines *l = &a->lines, *k = &b->lines;
    return l->lines == k->lines && l->points == k->points &&
           memcmp(l->point, k->point, l->points * 2 * sizeof *l->point) == 0 &&
           memcmp(l->end, k->end, l->lines * sizeof *l->end) == 0 &&
           memcmp(l->value, k->value, l->lines * sizeof *l->value) == 0 &&
           memcmp(a->step, b->step, l->points * sizeof *a->step) == 0 &&
           memcmp(a->level, b->level, l->points * sizeof *a->level) == 0;
}

static void pieces_make_the_same_lines_as_the_whole(void **state)
{
    (void)state;
    Paths other;
    FieldSource field = field_exact(&pair);
    PathAsk fan = ask_of(0), fates = ask_of(0);
    path_ask_fan(&fan, SAMPLER_SDE);
    path_ask_fates(&fates);
    assert_true(paths_init(&other));
    assert_true(paths_add(&paths, &fates) && paths_add(&paths, &fan));
    paths_trace(&paths, &field);
    assert_true(paths_add(&other, &fates));
    paths_trace_piece(&other, &field); /* broken off */
    assert_true(paths_add(&other, &fan));
    size_t pieces = 0;
    for (uint64_t before = 0; paths_trace_piece(&other, &field); pieces++) {
        assert_int_equal(other.shown.lines.lines, 0);
        assert_in_range(other.run.tally.evaluations, 0, before + 1024 + PATH_LINES_MAX);
        before = other.run.tally.evaluations;
    }
    assert_in_range(pieces, 6, 12); /* four fates, and 64 * STEPS evaluations by the thousand */
    assert_true(same_lines(&paths.shown, &other.shown));
    paths_free(&other);
}

static void a_field_that_keeps_changing_is_followed(void **state)
{
    (void)state;
    FieldSource one = field_exact(&gaussian), two = field_exact(&pair);
    PathAsk fan = ask_of(0);
    path_ask_fan(&fan, SAMPLER_SDE);
    assert_true(paths_add(&paths, &fan));
    paths_trace(&paths, &one);
    float old[2];
    memcpy(old, line_end(&paths, 9), sizeof old);
    paths_renew(&paths);
    for (int piece = 0; piece < 5; piece++) { /* a trace takes four */
        assert_true(paths_trace_piece(&paths, &two));
        paths_renew(&paths);
    }
    assert_memory_not_equal(line_end(&paths, 9), old, sizeof old);
    paths_trace(&paths, &one);
    assert_memory_equal(line_end(&paths, 9), old, sizeof old);
}

static PathPlace after(double steps)
{
    return paths_at(&paths, 2, steps / STEPS);
}

static void scrubbing_goes_by_steps(void **state)
{
    (void)state;
    PathAsk ask = ask_of(0), sde = ask_of(SAMPLER_SDE);
    path_ask_fates(&ask);
    trace_one(&ask, &pair);
    for (size_t k = 0; k < STEPS; k++) {
        double step = (double)k;
        PathPlace at = after(step), middle = after(step + .5), next = after(step + 1);
        const float *a = line_point(&paths, 2, k), *b = line_point(&paths, 2, k + 1);
        assert_near(at.step, step, 1e-9);
        assert_near(at.level / level_by_hand(&sde, k), 1, 1e-6);
        assert_near(middle.level / sqrt(at.level * next.level), 1, 1e-6);
        for (size_t c = 0; c < 2; c++) {
            assert_near(at.x[c], a[c], 1e-5);
            assert_near(middle.x[c], (a[c] + b[c]) / 2, 1e-5);
        }
    }
    assert_memory_equal(after(5 * STEPS).x, line_end(&paths, 2), sizeof(float[2]));
    assert_memory_equal(after(-1).x, ask.x, sizeof ask.x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_fates_of_a_point_are_the_paths_of_four_samplers, begin_test),
        cmocka_unit_test_setup(a_fan_has_the_moments_of_its_sampler, begin_test),
        cmocka_unit_test_setup(one_fan_of_the_longest_ways_is_whole, begin_test),
        cmocka_unit_test_setup(many_lines_are_thinned_and_none_is_lost, begin_test),
        cmocka_unit_test_setup(straight_ways_and_still_ones_are_thinned_too, begin_test),
        cmocka_unit_test_setup(asks_that_cannot_be_are_refused, begin_test),
        cmocka_unit_test_setup(undo_takes_back_one_ask_after_the_other, begin_test),
        cmocka_unit_test_setup(pieces_make_the_same_lines_as_the_whole, begin_test),
        cmocka_unit_test_setup(a_field_that_keeps_changing_is_followed, begin_test),
        cmocka_unit_test_setup(scrubbing_goes_by_steps, begin_test),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
