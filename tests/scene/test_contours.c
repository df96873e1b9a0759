/* Contours: where they are, that they hang together, and what has none. */
#include "scene/contours.h"

#include "near.h"

#include <string.h>

enum { GRID = 64, LEVEL = 10 };

typedef struct Scene {
    Stack stack;
    Contours contours;
    float scratch[GRID * GRID * 6];
} Scene;

static int set_up(void **state)
{
    static Scene scene;
    *state = &scene;
    if (!stack_init(&scene.stack, GRID, 1) || !contours_init(&scene.contours, GRID))
        return -1;
    stack_place(&scene.stack, (Rect){-4, -3, 8, 6}, 0.01, 10);
    return 0;
}

static int tear_down(void **state)
{
    Scene *s = *state;
    stack_free(&s->stack);
    contours_free(&s->contours);
    return 0;
}

/* One level is enough: it is the nearest that is filled at any sigma. */
static void build(Scene *s)
{
    contours_build(&s->contours, &s->stack, 1);
}

static void fill_mixture(Scene *s, const Component *component, size_t n)
{
    Mixture m;
    assert_true(mixture_init(&m, component, n));
    stack_fill_density(&s->stack, LEVEL, 0, GRID, &m, s->scratch);
    mixture_free(&m);
}

static float *sample(Scene *s, int column, int row)
{
    return s->stack.value + ((size_t)LEVEL * GRID + (size_t)row) * GRID + (size_t)column;
}

/* A level by hand: log p the same at all samples but those that a test sets. */
static void fill_constant(Scene *s, float value)
{
    for (int row = 0; row < GRID; row++)
        for (int column = 0; column < GRID; column++)
            *sample(s, column, row) = value;
    s->stack.version[LEVEL] = ++s->stack.changes;
}

static Component gaussian(double x, double y, double variance)
{
    double level_sigma = 0.01 * pow(1000, (double)LEVEL / (STACK_LEVELS - 1)),
           own = variance - level_sigma * level_sigma;
    return (Component){COMPONENT_GAUSSIAN, .weight = 1, .mean = {x, y}, .cov = {own, 0, own}};
}

static size_t lines_of_level(const Lines *l, size_t level)
{
    size_t count = 0;
    for (size_t i = 0; i < l->lines; i++)
        count += l->value[i] == (float)contours_nats(level);
    return count;
}

static bool is_closed(const Lines *l, size_t line)
{
    return memcmp(l->point + 2 * lines_first(l, line), l->point + 2 * (l->end[line] - 1), 2 * sizeof(float)) == 0;
}

static bool on_border(const float *p)
{
    double x = fabs((double)p[0]), y = fabs((double)p[1]);
    return fabs(x - 4) < 1e-6 || fabs(y - 3) < 1e-6;
}

/* Twice the area to the left of a closed line. */
static double area_twice(const Lines *l, size_t line)
{
    double area = 0;
    for (size_t p = lines_first(l, line); p + 1 < l->end[line]; p++) {
        const float *a = l->point + 2 * p;
        area += (double)a[0] * (double)a[3] - (double)a[2] * (double)a[1];
    }
    return area;
}

static void every_line_is_closed_or_ends_at_the_border(const Lines *l)
{
    for (size_t i = 0; i < l->lines; i++) {
        const float *first = l->point + 2 * lines_first(l, i), *last = l->point + 2 * (l->end[i] - 1);
        assert_true(is_closed(l, i) || (on_border(first) && on_border(last)));
    }
}

/* A twentieth of a cell or more, and no longer than its diagonal. */
static void every_segment_has_a_direction(const Lines *l)
{
    const double width = 8.0 / (GRID - 1), height = 6.0 / (GRID - 1);
    for (size_t i = 0; i < l->lines; i++) {
        for (size_t p = lines_first(l, i); p + 1 < l->end[i]; p++) {
            double length = (double)l->along[p + 1] - (double)l->along[p];
            assert_true(length > 0.049 * height && length < 1.1 * hypot(width, height));
        }
    }
}

/* The top is a sample up to half a cell from the mean, which makes the radius larger by as much squared. */
static void circles_have_the_closed_form_radius(void **state)
{
    Scene *s = *state;
    const double std = 0.5, half[2] = {4.0 / (GRID - 1), 3.0 / (GRID - 1)};
    Component one = gaussian(0, 0, std * std);
    fill_mixture(s, &one, 1);
    build(s);
    const Lines *l = &s->contours.lines;
    assert_int_equal(l->lines, CONTOURS_LEVELS);
    for (size_t i = 0; i < l->lines; i++) {
        double c = contours_nats(i), radius = sqrt(2 * c * std * std + half[0] * half[0] + half[1] * half[1]);
        assert_near(l->value[i], c, 1e-6);
        assert_true(is_closed(l, i));
        for (size_t p = lines_first(l, i); p < l->end[i]; p++)
            assert_near(hypot((double)l->point[2 * p], (double)l->point[2 * p + 1]), radius, 0.006);
        assert_near(l->along[l->end[i] - 1], 2 * 3.14159265 * radius, 0.08 * radius); /* chords: a bit shorter */
        assert_true(area_twice(l, i) > 6 * radius * radius);
    }
}

static void levels_are_multiples_of_the_width(void **state)
{
    (void)state;
    static const double deviations[CONTOURS_LEVELS] = {0.5, 1, 2, 3, 4, 5};
    for (size_t i = 0; i < CONTOURS_LEVELS; i++)
        assert_near(sqrt(2 * contours_nats(i)), deviations[i], 1e-12);
}

/* Midway p is 2 exp(-1.4^2 / (2 * 0.25)) of the top: 3.2 nats below it. */
static void two_modes_part_where_they_should(void **state)
{
    Scene *s = *state;
    Component two[] = {gaussian(-1.4, 0, 0.25), gaussian(1.4, 0, 0.25)};
    fill_mixture(s, two, 2);
    build(s);
    const Lines *l = &s->contours.lines;
    static const size_t parts[CONTOURS_LEVELS] = {2, 2, 2, 1, 1, 1};
    for (size_t level = 0; level < CONTOURS_LEVELS; level++)
        assert_int_equal(lines_of_level(l, level), parts[level]);
    for (size_t i = 0; i < l->lines; i++)
        assert_true(area_twice(l, i) > 0);
    every_line_is_closed_or_ends_at_the_border(l);
}

/* Wherever the samples are beneath them: to the bit, and without segments too short to have a direction. */
static void closed_lines_end_at_their_first_point(void **state)
{
    Scene *s = *state;
    for (int i = 0; i < 50; i++) {
        Component one = gaussian(-0.7 + 0.0237 * i, 0.31 - 0.0113 * i, 0.2);
        fill_mixture(s, &one, 1);
        build(s);
        const Lines *l = &s->contours.lines;
        assert_int_equal(l->lines, CONTOURS_LEVELS);
        for (size_t k = 0; k < l->lines; k++)
            assert_true(is_closed(l, k));
        every_segment_has_a_direction(l);
    }
}

/* A hole is walked with the likelier side on the left as well. */
static void a_ring_has_an_inner_line(void **state)
{
    Scene *s = *state;
    fill_constant(s, 0);
    for (int row = 0; row < GRID; row++)
        for (int column = 0; column < GRID; column++)
            *sample(s, column, row) = -(float)pow(hypot(column - 31.5, row - 31.5) - 15, 2) / 8;
    build(s);
    const Lines *l = &s->contours.lines;
    assert_int_equal(lines_of_level(l, 1), 2);
    size_t first = lines_of_level(l, 0);
    assert_true(area_twice(l, first) * area_twice(l, first + 1) < 0);
}

/* Two likely corners of one cell among unlikely ones. Depths are 0 and sqrt(nats); the mean half of that. */
static void a_saddle_is_decided_by_its_mean(void **state)
{
    Scene *s = *state;
    static const float nats[] = {1.9f, 2.1f}; /* mean depth 0.69 and 0.72: beside 1/sqrt(2) of 0.5 nats */
    static const size_t parts[] = {1, 2};
    for (int flip = 0; flip < 2; flip++) {
        for (size_t i = 0; i < 2; i++) {
            fill_constant(s, -nats[i]);
            *sample(s, 20, 20 + flip) = *sample(s, 21, 21 - flip) = 0;
            build(s);
            assert_int_equal(lines_of_level(&s->contours.lines, 1), parts[i]);
            every_line_is_closed_or_ends_at_the_border(&s->contours.lines);
        }
    }
}

static void lines_end_at_the_border(void **state)
{
    Scene *s = *state;
    Component corner = gaussian(-4, -3, 1), middle = gaussian(0, 0, 0.81);
    fill_mixture(s, &corner, 1);
    build(s);
    const Lines *l = &s->contours.lines;
    assert_int_equal(l->lines, CONTOURS_LEVELS);
    for (size_t i = 0; i < l->lines; i++) {
        assert_false(is_closed(l, i));
        assert_near(hypot((double)l->point[2 * lines_first(l, i)] + 4, (double)l->point[2 * lines_first(l, i) + 1] + 3),
                    sqrt(2 * contours_nats(i)), 0.01);
    }
    every_line_is_closed_or_ends_at_the_border(l);
    fill_mixture(s, &middle, 1);
    build(s);
    assert_int_equal(lines_of_level(l, 3), 1);
    assert_int_equal(lines_of_level(l, 4), 2); /* 3.6 from the middle: on its left and on its right */
    every_line_is_closed_or_ends_at_the_border(l);
}

static void lines_end_at_the_border_to_the_bit(void **state)
{
    Scene *s = *state;
    for (int i = 0; i < 50; i++) {
        Component one = gaussian(-4 + 0.0137 * i, -3 + 0.0191 * i, 1);
        fill_mixture(s, &one, 1);
        build(s);
        every_line_is_closed_or_ends_at_the_border(&s->contours.lines);
        every_segment_has_a_direction(&s->contours.lines);
    }
}

static void a_plane_that_is_likely_everywhere_has_none(void **state)
{
    Scene *s = *state;
    Component wide = gaussian(0, 0, 1e4);
    fill_mixture(s, &wide, 1);
    build(s);
    assert_int_equal(s->contours.lines.lines, 0);
    fill_constant(s, -3);
    build(s);
    assert_int_equal(s->contours.lines.lines, 0);
}

static void what_is_not_finite_is_unlikely(void **state)
{
    Scene *s = *state;
    static const float others[] = {-INFINITY, NAN, -1e30f};
    for (size_t i = 0; i < 3; i++) {
        fill_constant(s, others[i]);
        for (int row = 20; row <= 40; row++)
            for (int column = 10; column <= 50; column++)
                *sample(s, column, row) = 0;
        build(s);
        const Lines *l = &s->contours.lines;
        assert_int_equal(l->lines, CONTOURS_LEVELS);
        for (size_t p = 0; p < l->points; p++)
            assert_true(isfinite(l->point[2 * p]) && isfinite(l->point[2 * p + 1]));
        for (size_t k = 0; k < l->lines; k++)
            assert_near(area_twice(l, k), 2 * 40 * 20 * (8.0 / 63) * (6.0 / 63), 0.02);
        fill_constant(s, others[i]);
        build(s);
        assert_int_equal(l->lines, 0);
    }
}

static void an_empty_stack_has_none(void **state)
{
    Scene *s = *state;
    build(s);
    assert_int_equal(s->contours.lines.lines, 0);
}

/* More crossings than there is room for: what is there is whole. */
static void a_chequerboard_fits(void **state)
{
    Scene *s = *state;
    fill_constant(s, 0);
    for (int row = 0; row < GRID; row++)
        for (int column = 0; column < GRID; column++)
            *sample(s, column, row) = (row + column) % 2 ? -1000.0f : 0;
    build(s);
    const Lines *l = &s->contours.lines;
    assert_int_equal(l->lines, CONTOURS_LINES_MAX);
    assert_true(l->points <= CONTOURS_POINTS_MAX);
    every_line_is_closed_or_ends_at_the_border(l);
}

/* A comb: one line, longer than all room. */
static void a_line_that_is_too_long_is_left_out(void **state)
{
    (void)state;
    enum { WIDE = 384 };
    Stack stack;
    Contours c;
    assert_true(stack_init(&stack, WIDE, 1) && contours_init(&c, WIDE));
    for (int row = 0; row < WIDE; row++)
        for (int column = 0; column < WIDE; column++)
            stack.value[row * WIDE + column] =
                row > 0 && row < WIDE - 1 && column > 0 && column < WIDE - 1 && (row == 1 || column % 2) ? 0 : -1000.0f;
    stack.version[0] = 1;
    contours_build(&c, &stack, 1);
    assert_int_equal(c.lines.lines, 0);
    stack_free(&stack);
    contours_free(&c);
}

static void the_same_density_gives_the_same_bytes(void **state)
{
    Scene *s = *state;
    Contours other;
    Component two[] = {gaussian(-1.5, 0.3, 0.25), gaussian(3.5, 0, 0.5)};
    assert_true(contours_init(&other, GRID));
    fill_mixture(s, two, 1);
    contours_build(&other, &s->stack, 1);
    fill_mixture(s, two, 2);
    contours_build(&other, &s->stack, 1);
    build(s);
    const Lines *l = &s->contours.lines;
    assert_int_equal(other.lines.points, l->points);
    assert_int_equal(other.lines.lines, l->lines);
    assert_memory_equal(other.lines.point, l->point, l->points * 2 * sizeof(float));
    assert_memory_equal(other.lines.end, l->end, l->lines * sizeof(uint32_t));
    contours_free(&other);
}

static void nothing_is_built_twice(void **state)
{
    Scene *s = *state;
    Component one = gaussian(0, 0, 0.25);
    fill_mixture(s, &one, 1);
    build(s);
    build(s);
    assert_int_equal(s->contours.builds, 1);
    fill_mixture(s, &one, 1);
    build(s);
    assert_int_equal(s->contours.builds, 2);
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(circles_have_the_closed_form_radius),
        cmocka_unit_test(levels_are_multiples_of_the_width),
        WITH_SCENE(two_modes_part_where_they_should),
        WITH_SCENE(closed_lines_end_at_their_first_point),
        WITH_SCENE(a_ring_has_an_inner_line),
        WITH_SCENE(a_saddle_is_decided_by_its_mean),
        WITH_SCENE(lines_end_at_the_border),
        WITH_SCENE(lines_end_at_the_border_to_the_bit),
        WITH_SCENE(a_plane_that_is_likely_everywhere_has_none),
        WITH_SCENE(what_is_not_finite_is_unlikely),
        WITH_SCENE(an_empty_stack_has_none),
        WITH_SCENE(a_chequerboard_fits),
        cmocka_unit_test(a_line_that_is_too_long_is_left_out),
        WITH_SCENE(the_same_density_gives_the_same_bytes),
        WITH_SCENE(nothing_is_built_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
