/* Pointing at paths, dragging along them, and the step that is looked at. */
#include "tracing.h"

#include "scene/path_apart.h"
#include "scene/path_hit.h"

static const Rect PLANE = {100, 50, 800, 600};

static PathSight sight_of(double x, double y, double scale)
{
    return (PathSight){&paths, &paths.shown.lines, {x, y, scale, PLANE}};
}

/* A straight way through a uniform field. */
static void trace_straight(void)
{
    FieldSource field = {.evaluate = uniform_score};
    PathAsk ask = ask_of(SAMPLER_ASCENT);
    ask.walk = STEPS;
    paths_clear(&paths);
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
}

/* Pixels of the middle of a step, and so many beside it. */
static void beside(const PathSight *s, size_t step, double off, double pixel[2])
{
    const float *a = line_point(&paths, 0, step - 1), *b = line_point(&paths, 0, step);
    double middle[2] = {((double)a[0] + (double)b[0]) / 2, ((double)a[1] + (double)b[1]) / 2};
    double dx = (double)b[0] - (double)a[0], dy = (double)b[1] - (double)a[1], length = hypot(dx, dy);
    camera_to_pixel(&s->camera, middle, pixel);
    pixel[0] += off * dy / length;
    pixel[1] += off * dx / length;
}

static void the_step_under_the_pointer_is_found_at_every_scale(void **state)
{
    (void)state;
    trace_straight();
    for (double scale = 1e-4; scale < 2e5; scale *= 10) {
        for (size_t step = 1; step <= STEPS; step++) {
            const float *near = line_point(&paths, 0, step);
            PathSight s = sight_of((double)near[0], (double)near[1], scale);
            PathHit hit;
            double pixel[2];
            beside(&s, step, 5, pixel);
            assert_true(path_hit(&s, pixel, 7, &hit));
            assert_int_equal(hit.line, 0);
            assert_int_equal(hit.step, step);
            assert_near(hit.distance, 5, 0.01 + 1e-6 * scale);
            beside(&s, step, -8, pixel);
            assert_false(path_hit(&s, pixel, 7, &hit));
        }
    }
}

static void the_nearest_of_many_lines_is_found(void **state)
{
    (void)state;
    PathAsk ask = ask_of(0);
    path_ask_fan(&ask, SAMPLER_ODE);
    ask.seeds = 1;
    FieldSource field = {.evaluate = uniform_score};
    for (int i = 0; i < 5; i++) {
        ask.x[1] = (float)(10 * i);
        assert_true(paths_add(&paths, &ask));
    }
    paths_trace(&paths, &field);
    PathSight s = sight_of(4, 20, 10);
    for (size_t line = 0; line < 5; line++) {
        PathHit hit;
        double pixel[2], start[2] = {4, 10.0 * (double)line};
        camera_to_pixel(&s.camera, start, pixel);
        assert_true(path_hit(&s, pixel, 7, &hit));
        assert_true(hit.line == line && hit.step == 1 && hit.distance < 0.01);
    }
}

static void what_is_hidden_is_not_hit(void **state)
{
    (void)state;
    trace_straight();
    Lines hidden = paths.shown.lines;
    static float point[2 * (STEPS + 1)];
    memcpy(point, hidden.point, sizeof point);
    hidden.point = point;
    for (size_t i = 2 * 20; i < 2 * 40; i++)
        point[i] = NAN;
    PathSight s = sight_of(4, 3, 1e4);
    s.lines = &hidden;
    for (size_t step = 1; step <= STEPS; step++) {
        PathHit hit;
        double pixel[2];
        beside(&s, step, 0, pixel);
        assert_int_equal(path_hit(&s, pixel, 7, &hit), step < 20 || step > 40);
    }
    s.lines = NULL; /* not draped yet */
    assert_false(path_hit(&s, (double[]){0, 0}, (double)INFINITY, &(PathHit){0}));
    assert_false(path_drag(&s, (double[]){0, 0}, 0, 1, &(PathHit){0}));
}

static void a_way_of_no_steps_is_not_hit(void **state)
{
    (void)state;
    PathAsk ask = ask_of(SAMPLER_ODE);
    ask.sigma = LAST / 2;
    trace_one(&ask, &pair);
    PathSight s = sight_of(4, 3, 100);
    PathHit hit;
    double pixel[2] = {PLANE.x + PLANE.w / 2, PLANE.y + PLANE.h / 2};
    assert_int_equal(paths_steps(&paths, 0), 0);
    assert_false(path_hit(&s, pixel, 7, &hit));
    assert_false(path_drag(&s, pixel, 0, 1, &hit));
}

/* To the right and back again, just above: 2 x 100 steps. */
static void show_there_and_back(Paths *p)
{
    static float point[2 * 201];
    for (uint32_t i = 0; i <= 200; i++) {
        point[2 * i] = (float)(i <= 100 ? i : 200 - i);
        point[2 * i + 1] = i <= 100 ? 0 : .02f;
        p->shown.step[i] = i;
        p->shown.level[i] = 1;
    }
    lines_clear(&p->shown.lines);
    assert_true(lines_add(&p->shown.lines, point, 201, PATH_CHOSEN));
}

static void a_drag_stays_on_its_part_of_the_way(void **state)
{
    (void)state;
    show_there_and_back(&paths);
    PathSight s = sight_of(50, 0, 10);
    size_t there = 40, back = 160;
    for (double x = 41; x < 60; x++) {
        double pixel[2], data[2] = {x + .5, .01};
        PathHit hit;
        camera_to_pixel(&s.camera, data, pixel);
        assert_true(path_drag(&s, pixel, 0, there, &hit));
        there = hit.step;
        assert_in_range(there, (size_t)x, (size_t)x + 1);
        assert_true(path_drag(&s, pixel, 0, back, &hit));
        back = hit.step;
        assert_in_range(back, 200 - (size_t)x - 1, 200 - (size_t)x);
    }
    PathHit hit; /* any part can be reached, however far the hand went at once */
    assert_true(path_drag(&s, (double[]){-1e6, 0}, 0, 100, &hit));
    assert_true(hit.step == 1 || hit.step == 200);
    assert_true(path_drag(&s, (double[]){1e6, 350}, 0, 1, &hit));
    assert_in_range(hit.step, 100, 101);
}

static void assert_same_step(const PathStep *a, const PathStep *b)
{
    assert_true(a->from == b->from && a->to == b->to && a->refused == b->refused);
    assert_memory_equal(a->place, b->place, sizeof a->place);
    assert_memory_equal(a->score, b->score, sizeof a->score);
    assert_memory_equal(a->drift, b->drift, sizeof a->drift);
    assert_memory_equal(a->kick, b->kick, sizeof a->kick);
}

static void the_step_that_is_looked_at_is_that_of_the_path(void **state)
{
    (void)state;
    static const size_t samplers[] = {SAMPLER_SDE, SAMPLER_UNDERDAMPED, SAMPLER_DPM2M, SAMPLER_MALA};
    FieldSource field = field_exact(&pair);
    static PathApart apart;
    for (size_t i = 0; i < 4; i++) {
        static PathStep all[STEPS];
        PathAsk ask = ask_of(samplers[i]);
        ask.walk = STEPS;
        trace_one(&ask, &pair);
        assert_int_equal(paths_take_apart(&paths, &field, 0, 0, STEPS, all), STEPS);
        for (size_t k = 0; k < 3 * STEPS; k++) {
            size_t step = k < STEPS ? k + 1 : 1 + 37 * k % STEPS; /* one after the other, and back and forth */
            assert_true(path_apart_look(&apart, &paths, &field, 0, step));
            assert_true(apart.step == step && apart.steps == STEPS);
            assert_same_step(&apart.parts, &all[step - 1]);
        }
        assert_true(path_apart_look(&apart, &paths, &field, 0, 10 * STEPS));
        assert_same_step(&apart.parts, &all[STEPS - 1]);
    }
    assert_false(path_apart_look(&apart, &paths, &field, 1, 1));
    assert_int_equal(apart.step, 0);
}

/* It is traced alone where it goes alone. */
static void it_can_be_one_of_many(void **state)
{
    (void)state;
    enum { SEEDS = 5, LINE = 3 };
    FieldSource field = field_exact(&pair);
    static PathApart apart;
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        PathAsk ask = ask_of(sampler);
        PathStep there;
        ask.walk = STEPS;
        ask.seeds = SEEDS;
        paths_clear(&paths);
        assert_true(paths_add(&paths, &ask));
        paths_trace(&paths, &field);
        for (size_t step = 1; step <= STEPS; step += 9) {
            assert_true(path_apart_look(&apart, &paths, &field, LINE, step));
            assert_int_equal(paths_take_apart(&paths, &field, LINE, step - 1, 1, &there), 1);
            for (size_t c = 0; c < 2; c++) {
                double size = fabs((double)there.place[c]) + 1;
                assert_near(apart.parts.place[c], there.place[c], 1e-4 * size);
                assert_near(apart.parts.drift[c], there.drift[c], 1e-4 * size);
                assert_near(apart.parts.kick[c], there.kick[c], 1e-4 * size);
            }
        }
        bool together = sampler == SAMPLER_PC || sampler == SAMPLER_SVGD;
        assert_int_equal(apart.run.ask.seeds, together ? SEEDS : 1);
    }
}

static void it_follows_the_lines_that_are_shown(void **state)
{
    (void)state;
    FieldSource one = field_exact(&gaussian), two = field_exact(&pair);
    static PathApart apart;
    PathStep there;
    PathAsk ask = ask_of(SAMPLER_SDE), other = ask_of(SAMPLER_ODE);
    assert_true(paths_add(&paths, &ask) && paths_add(&paths, &other));
    paths_trace(&paths, &one);
    assert_true(path_apart_look(&apart, &paths, &one, 0, 30));
    paths_renew(&paths);
    paths_trace(&paths, &two);
    assert_true(path_apart_look(&apart, &paths, &two, 0, 30));
    assert_int_equal(paths_take_apart(&paths, &two, 0, 29, 1, &there), 1);
    assert_same_step(&apart.parts, &there);
    assert_true(path_apart_look(&apart, &paths, &two, 1, 30));
    assert_int_equal(paths_take_apart(&paths, &two, 1, 29, 1, &there), 1);
    assert_same_step(&apart.parts, &there);
    assert_true(paths_undo(&paths));
    assert_false(path_apart_look(&apart, &paths, &two, 1, 30));
}

/* Whatever goes first takes its lines along; those of the others stay as they are. */
static void the_first_path_can_go(void **state)
{
    (void)state;
    FieldSource field = field_exact(&pair);
    PathAsk fates = ask_of(0), one = ask_of(SAMPLER_SDE);
    path_ask_fates(&fates);
    assert_true(paths_add(&paths, &fates) && paths_add(&paths, &one) && paths_add(&paths, &fates));
    paths_trace(&paths, &field);
    static float before[5 * (STEPS + 1)][2];
    memcpy(before, line_point(&paths, 4, 0), sizeof before);
    uint64_t builds = paths.builds;
    assert_true(paths_forget(&paths));
    assert_true(paths.asks == 2 && paths.builds > builds && paths.shown.lines.lines == 5);
    for (int traced = 0; traced < 2; traced++) {
        assert_int_equal(paths.shown.lines.points, 5 * (STEPS + 1));
        assert_memory_equal(paths.shown.lines.point, before, sizeof before);
        assert_near(paths.shown.lines.value[0], PATH_CHOSEN, 0);
        assert_near(paths.shown.lines.value[2], PATH_LANGEVIN, 0);
        assert_int_equal(paths_steps(&paths, 4), STEPS);
        assert_near(paths_at(&paths, 3, 1).level, LAST, 1e-6);
        assert_near(paths.shown.lines.along[lines_first(&paths.shown.lines, 1)], 0, 0);
        paths_trace(&paths, &field);
    }
    assert_true(paths_forget(&paths) && paths_forget(&paths));
    assert_false(paths_forget(&paths));
    assert_int_equal(paths.shown.lines.points, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_step_under_the_pointer_is_found_at_every_scale, begin_test),
        cmocka_unit_test_setup(the_nearest_of_many_lines_is_found, begin_test),
        cmocka_unit_test_setup(what_is_hidden_is_not_hit, begin_test),
        cmocka_unit_test_setup(a_way_of_no_steps_is_not_hit, begin_test),
        cmocka_unit_test_setup(a_drag_stays_on_its_part_of_the_way, begin_test),
        cmocka_unit_test_setup(the_step_that_is_looked_at_is_that_of_the_path, begin_test),
        cmocka_unit_test_setup(it_can_be_one_of_many, begin_test),
        cmocka_unit_test_setup(it_follows_the_lines_that_are_shown, begin_test),
        cmocka_unit_test_setup(the_first_path_can_go, begin_test),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
