/* Streamlines: they run along the field, evenly spaced, cover the plane, end, and stay where they are. */
#include "scene/streamlines.h"

#include "near.h"

#include <string.h>

enum { GRID = 64 };

static const Camera camera = {.x = 0, .y = 0, .scale = 100, .plane = {50, 30, 640, 440}};
static const double spacing = 24;

typedef struct Scene {
    Stack stack;
    Streamlines lines;
} Scene;

/* sigma * score at a point, data units. */
typedef void (*Field)(const double at[2], double out[2]);

static void along_x(const double at[2], double out[2])
{
    (void)at;
    out[0] = 1;
    out[1] = 0;
}

static void along_x_turned(const double at[2], double out[2])
{
    (void)at;
    out[0] = cos(0.03);
    out[1] = sin(0.03);
}

static void to_centre(const double at[2], double out[2])
{
    out[0] = 0.3 - at[0];
    out[1] = -0.2 - at[1];
}

static void saddle(const double at[2], double out[2])
{
    out[0] = at[0];
    out[1] = -at[1];
}

static void circles(const double at[2], double out[2])
{
    out[0] = -at[1];
    out[1] = at[0];
}

/* A vortex with a limit cycle: lines wind up to it for ever. */
static void cycle(const double at[2], double out[2])
{
    double pull = 1 - at[0] * at[0] - at[1] * at[1];
    out[0] = -at[1] + 0.2 * pull * at[0];
    out[1] = at[0] + 0.2 * pull * at[1];
}

static void waves(const double at[2], double out[2])
{
    out[0] = 1 + 0.6 * sin(2 * at[1]);
    out[1] = 0.8 * cos(1.5 * at[0]);
}

static void two_modes(const double at[2], double out[2])
{
    double share = tanh(2 * at[0]); /* two Gaussians of variance 1/2 at x = -1 and 1 */
    out[0] = share - at[0];
    out[1] = -at[1];
}

/* All flows into one line. */
static void into_a_line(const double at[2], double out[2])
{
    out[0] = at[0] > 0 ? -1 : 1;
    out[1] = 0.1;
}

static void faint(const double at[2], double out[2])
{
    (void)at;
    out[0] = 1e-4;
    out[1] = 0;
}

static void nothing(const double at[2], double out[2])
{
    (void)at;
    out[0] = out[1] = 0;
}

static void not_a_number(const double at[2], double out[2])
{
    (void)at;
    out[0] = 1;
    out[1] = NAN;
}

static void half_not_a_number(const double at[2], double out[2])
{
    out[0] = 1;
    out[1] = at[1] > 0 ? (double)INFINITY : 0;
}

static const Field all_fields[] = {along_x, to_centre, saddle, circles, cycle, waves, two_modes};
enum { FIELDS = sizeof all_fields / sizeof *all_fields };

static void field_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    Field field = *(Field *)context;
    for (size_t i = 0; i < n; i++) {
        double at[2] = {(double)x[2 * i], (double)x[2 * i + 1]}, value[2];
        field(at, value);
        for (size_t c = 0; c < 2; c++)
            score[2 * i + c] = (float)value[c] / sigma;
    }
}

/* One level is enough: it is the nearest that is filled at any sigma. */
static void fill(Scene *s, Field field)
{
    static float scratch[GRID * GRID * 6];
    FieldSource source = {.evaluate = field_score, .context = &field};
    stack_fill_field(&s->stack, 10, 0, GRID, &source, scratch);
}

static void build(Scene *s)
{
    streamlines_build(&s->lines, &s->stack, &camera, 1, spacing);
}

static void forget(Scene *s)
{
    streamlines_free(&s->lines);
    assert_true(streamlines_init(&s->lines, GRID));
}

static int set_up(void **state)
{
    static Scene scene;
    *state = &scene;
    if (!stack_init(&scene.stack, GRID, 2) || !streamlines_init(&scene.lines, GRID))
        return -1;
    stack_place(&scene.stack, (Rect){-4, -3, 8, 6}, 0.01, 10);
    return 0;
}

static int tear_down(void **state)
{
    Scene *s = *state;
    stack_free(&s->stack);
    streamlines_free(&s->lines);
    return 0;
}

static double square_distance(const float *a, const float *b)
{
    double x = (double)a[0] - (double)b[0], y = (double)a[1] - (double)b[1];
    return x * x + y * y;
}

static double distance(const float *a, const float *b)
{
    return sqrt(square_distance(a, b));
}

/* The least distance between points of different lines. */
static double least_distance(const Lines *l)
{
    double least = INFINITY;
    for (size_t i = 0; i < l->lines; i++)
        for (size_t p = lines_first(l, i); p < l->end[i]; p++)
            for (size_t q = l->end[i]; q < l->points; q++)
                least = fmin(least, square_distance(l->point + 2 * p, l->point + 2 * q));
    return sqrt(least);
}

static double distance_to_lines(const Lines *l, double x, double y)
{
    float at[2] = {(float)x, (float)y};
    double least = INFINITY;
    for (size_t p = 0; p < l->points; p++)
        least = fmin(least, square_distance(l->point + 2 * p, at));
    return sqrt(least);
}

static void different_lines_keep_apart(void **state)
{
    Scene *s = *state;
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        assert_true(s->lines.lines.lines > 5);
        assert_true(least_distance(&s->lines.lines) >= STREAMLINES_APART * spacing - 1e-3);
    }
}

static void parallel_lines_are_one_spacing_apart(void **state)
{
    Scene *s = *state;
    fill(s, along_x);
    build(s);
    const Lines *l = &s->lines.lines;
    assert_int_equal(l->lines, 2 * (int)(220 / spacing + 1) + 1);
    for (size_t i = 0; i < l->lines; i++) {
        double y = (double)l->point[2 * lines_first(l, i) + 1], offset = (y - (30 + 220)) / spacing;
        assert_near(offset, round(offset), 1e-3); /* the plane's middle is the first seed */
        assert_true(l->point[2 * lines_first(l, i)] < 50 && l->point[2 * l->end[i] - 2] > 690);
    }
}

static void lines_run_along_the_field(void **state)
{
    Scene *s = *state;
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        const Lines *l = &s->lines.lines;
        for (size_t line = 0; line < l->lines; line++) {
            for (size_t p = lines_first(l, line); p + 1 < l->end[line]; p++) {
                const float *from = l->point + 2 * p, *to = from + 2;
                double middle[2] = {((double)from[0] + (double)to[0]) / 2, ((double)from[1] + (double)to[1]) / 2};
                double at[2], field[2];
                camera_to_data(&camera, middle, at);
                all_fields[i](at, field);
                double along =
                    field[0] * ((double)to[0] - (double)from[0]) - field[1] * ((double)to[1] - (double)from[1]);
                double strength = hypot(field[0], field[1]);
                if (strength > 0.15) /* 15 pixels from the critical points: beside them a step is a large turn */
                    assert_true(along > cos(0.06) * strength * distance(from, to));
            }
        }
    }
}

static void lines_are_even_and_long(void **state)
{
    Scene *s = *state;
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        const Lines *l = &s->lines.lines;
        for (size_t line = 0; line < l->lines; line++) {
            assert_true(l->end[line] - lines_first(l, line) > STREAMLINES_STEPS_MIN);
            assert_near(l->value[line], 0, 0);
            for (size_t p = lines_first(l, line); p + 1 < l->end[line]; p++)
                assert_near(distance(l->point + 2 * p, l->point + 2 * p + 2), spacing / STREAMLINES_STEPS, 1e-3);
        }
    }
}

/* Not even with steps that are longer than the field's cells. */
static void no_line_folds_back(void **state)
{
    Scene *s = *state;
    const double wide = 6 * spacing;
    static const Field folding[] = {into_a_line, to_centre, saddle};
    for (size_t i = 0; i < 3; i++) {
        fill(s, folding[i]);
        streamlines_build(&s->lines, &s->stack, &camera, 1, wide);
        const Lines *l = &s->lines.lines;
        for (size_t line = 0; line < l->lines; line++)
            for (size_t p = lines_first(l, line); p + 2 < l->end[line]; p++)
                assert_true(distance(l->point + 2 * p, l->point + 2 * p + 4) > wide / STREAMLINES_STEPS);
    }
}

/* Lines that did not grow long enough take no room from others. */
static void no_point_stays_of_lines_that_are_left_out(void **state)
{
    Scene *s = *state;
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        size_t least = 0, most = 0; /* every other point from the seed on, and two ends */
        for (size_t line = 0; line < s->lines.lines.lines; line++) {
            size_t n = s->lines.lines.end[line] - lines_first(&s->lines.lines, line);
            least += n / 2 + 1;
            most += n / 2 + 1 + n % 2;
        }
        assert_in_range(s->lines.points, least, most);
    }
}

static void a_smooth_field_leaves_no_gap(void **state)
{
    Scene *s = *state;
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        for (double y = 30; y <= 470; y += 10)
            for (double x = 50; x <= 690; x += 10)
                assert_true(distance_to_lines(&s->lines.lines, x, y) < 2 * spacing);
    }
}

static void lines_end_soon_after_the_plane(void **state)
{
    Scene *s = *state;
    fill(s, waves);
    build(s);
    const Lines *l = &s->lines.lines;
    for (size_t p = 0; p < l->points; p++) {
        const float *at = l->point + 2 * p;
        assert_true((double)at[0] > 50 - spacing && (double)at[0] < 690 + spacing);
        assert_true((double)at[1] > 30 - spacing && (double)at[1] < 470 + spacing);
    }
}

static void no_line_winds_over_itself(void **state)
{
    Scene *s = *state;
    static const Field winding[] = {circles, cycle};
    for (size_t i = 0; i < 2; i++) {
        fill(s, winding[i]);
        build(s);
        const Lines *l = &s->lines.lines;
        for (size_t line = 0; line < l->lines; line++)
            for (size_t p = lines_first(l, line); p < l->end[line]; p++)
                for (size_t q = p + 2 * STREAMLINES_STEPS; q < l->end[line]; q++)
                    assert_true(distance(l->point + 2 * p, l->point + 2 * q) > STREAMLINES_APART * spacing - 1e-3);
    }
}

static void without_a_direction_there_are_none(void **state)
{
    Scene *s = *state;
    static const Field still[] = {nothing, faint, not_a_number};
    build(s);
    assert_int_equal(s->lines.lines.lines, 0);
    for (size_t i = 0; i < 3; i++) {
        fill(s, along_x);
        build(s);
        assert_true(s->lines.lines.lines > 0);
        fill(s, still[i]);
        build(s);
        assert_int_equal(s->lines.lines.lines, 0);
        assert_int_equal(s->lines.lines.points, 0);
    }
}

static void what_is_not_finite_stays_empty(void **state)
{
    Scene *s = *state;
    fill(s, half_not_a_number);
    build(s);
    const Lines *l = &s->lines.lines;
    assert_true(l->lines > 5);
    for (size_t p = 0; p < l->points; p++)
        assert_true(isfinite(l->point[2 * p]) && l->point[2 * p + 1] >= 250);
}

static void no_plane_no_lines(void **state)
{
    Scene *s = *state;
    Camera flat = camera;
    fill(s, along_x);
    build(s);
    flat.plane.h = 0;
    streamlines_build(&s->lines, &s->stack, &flat, 1, spacing);
    assert_int_equal(s->lines.lines.lines, 0);
}

/* The spacing grows instead, and the whole plane has its lines. */
static void every_plane_fits(void **state)
{
    Scene *s = *state;
    static const Rect planes[] = {{0, 0, 3840, 2160}, {0, 0, 100000, 3}, {0, 0, 3, 100000}, {0, 0, 8, 8}};
    for (size_t i = 0; i < sizeof planes / sizeof *planes; i++) {
        Camera big = {.scale = 1000, .plane = planes[i]};
        fill(s, waves);
        forget(s);
        streamlines_build(&s->lines, &s->stack, &big, 1, 0.5);
        const Lines *l = &s->lines.lines;
        assert_true(l->lines > 0 && l->points < STREAMLINES_POINTS_MAX && l->lines < STREAMLINES_LINES_MAX);
        for (double x = 0.5; x < 8; x++)
            for (double y = 0.5; y < 8; y++)
                assert_true(distance_to_lines(l, planes[i].w * x / 8, planes[i].h * y / 8) < 2 * s->lines.apart);
    }
}

static void the_same_calls_give_the_same_bytes(void **state)
{
    Scene *s = *state;
    Streamlines other;
    assert_true(streamlines_init(&other, GRID));
    for (size_t i = 0; i < FIELDS; i++) {
        fill(s, all_fields[i]);
        build(s);
        streamlines_build(&other, &s->stack, &camera, 1, spacing);
        assert_int_equal(other.lines.points, s->lines.lines.points);
        assert_int_equal(other.lines.lines, s->lines.lines.lines);
        assert_memory_equal(other.lines.point, s->lines.lines.point, other.lines.points * 2 * sizeof(float));
        assert_memory_equal(other.lines.end, s->lines.lines.end, other.lines.lines * sizeof(uint32_t));
    }
    streamlines_free(&other);
}

static void nothing_is_built_twice(void **state)
{
    Scene *s = *state;
    Camera moved = camera;
    fill(s, waves);
    build(s);
    assert_int_equal(s->lines.builds, 1);
    build(s);
    assert_int_equal(s->lines.builds, 1);
    moved.x += 0.01;
    streamlines_build(&s->lines, &s->stack, &moved, 1, spacing);
    assert_int_equal(s->lines.builds, 2);
    streamlines_build(&s->lines, &s->stack, &moved, 1, spacing + 1);
    assert_int_equal(s->lines.builds, 3);
    fill(s, waves);
    streamlines_build(&s->lines, &s->stack, &moved, 1, spacing + 1);
    assert_int_equal(s->lines.builds, 4);
}

static void a_field_that_turns_keeps_its_seeds(void **state)
{
    Scene *s = *state;
    static double seed[STREAMLINES_LINES_MAX][2];
    fill(s, along_x);
    build(s);
    size_t lines = s->lines.lines.lines, same = 0;
    memcpy(seed, s->lines.seed, lines * sizeof *seed);
    fill(s, along_x_turned);
    build(s);
    for (size_t i = 0; i < lines && i < s->lines.lines.lines; i++)
        same += memcmp(seed[i], s->lines.seed + 2 * i, sizeof *seed) == 0;
    assert_true(same + 3 >= lines);
}

/* Also when the plane moves on so far that every seed has left it. */
static void lines_move_with_the_plane(void **state)
{
    Scene *s = *state;
    Camera moved = camera;
    fill(s, along_x);
    build(s);
    size_t lines = s->lines.lines.lines;
    for (int i = 0; i < 60; i++) {
        moved.x += 0.12;
        moved.y += 0.001;
        streamlines_build(&s->lines, &s->stack, &moved, 1, spacing);
    }
    const Lines *l = &s->lines.lines;
    assert_true(l->lines + 1 >= lines && l->lines <= lines + 1); /* one may have left over the border */
    for (size_t i = 0; i < l->lines; i++) {
        double pixel[2] = {0, (double)l->point[2 * lines_first(l, i) + 1]}, data[2];
        camera_to_data(&moved, pixel, data);
        assert_near(data[1] * 100 / spacing, round(data[1] * 100 / spacing), 1e-3);
    }
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(different_lines_keep_apart),
        WITH_SCENE(parallel_lines_are_one_spacing_apart),
        WITH_SCENE(lines_run_along_the_field),
        WITH_SCENE(lines_are_even_and_long),
        WITH_SCENE(no_line_folds_back),
        WITH_SCENE(no_point_stays_of_lines_that_are_left_out),
        WITH_SCENE(a_smooth_field_leaves_no_gap),
        WITH_SCENE(lines_end_soon_after_the_plane),
        WITH_SCENE(no_line_winds_over_itself),
        WITH_SCENE(without_a_direction_there_are_none),
        WITH_SCENE(what_is_not_finite_stays_empty),
        WITH_SCENE(no_plane_no_lines),
        WITH_SCENE(every_plane_fits),
        WITH_SCENE(the_same_calls_give_the_same_bytes),
        WITH_SCENE(nothing_is_built_twice),
        WITH_SCENE(a_field_that_turns_keeps_its_seeds),
        WITH_SCENE(lines_move_with_the_plane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
