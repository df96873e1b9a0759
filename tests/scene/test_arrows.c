/* The arrows: where they stand, where they point, what fades and what answers at once. */
#include "scene/arrows.h"

#include "near.h"

#include <string.h>

enum { GRID = 16 };

static const Camera camera = {.x = 0, .y = 0, .scale = 100, .plane = {50, 30, 610, 410}};
static const double spacing = 40;

typedef struct Scene {
    Stack stack;
    Arrows arrows;
} Scene;

/* sigma * score is the same everywhere and at every level. */
static void constant_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    const float *value = context;
    (void)x;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = value[i % 2] / sigma;
}

static void fill_level(Scene *s, int level, float x, float y)
{
    static float scratch[GRID * GRID * 6];
    float value[2] = {x, y};
    FieldSource field = {.evaluate = constant_score, .context = value};
    stack_fill_field(&s->stack, level, 0, GRID, &field, scratch);
}

static void fill_all(Scene *s, float x, float y)
{
    for (int level = 0; level < STACK_LEVELS; level++)
        fill_level(s, level, x, y);
}

static int set_up(void **state)
{
    static Scene scene;
    *state = &scene;
    if (!stack_init(&scene.stack, GRID, 2) || !arrows_init(&scene.arrows))
        return -1;
    stack_place(&scene.stack, (Rect){-4, -3, 8, 6}, 0.01, 10);
    return 0;
}

static int tear_down(void **state)
{
    Scene *s = *state;
    stack_free(&s->stack);
    arrows_free(&s->arrows);
    return 0;
}

/* Angle of the first arrow, radians, as data has it: y up. */
static double angle(const Scene *s)
{
    return atan2((double)-s->arrows.arrow[0].dy, (double)s->arrows.arrow[0].dx);
}

static void build(Scene *s, double sigma, double ease_s)
{
    arrows_build(&s->arrows, &s->stack, &camera, sigma, spacing, ease_s);
}

static void an_empty_stack_has_none(void **state)
{
    Scene *s = *state;
    build(s, 1, 0.016);
    assert_int_equal(s->arrows.count, 0);
}

static void lattice_is_centred_in_the_plane(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    build(s, 1, 0.016);
    assert_int_equal(s->arrows.count, 15 * 10);
    const Arrow *first = &s->arrows.arrow[0], *last = &s->arrows.arrow[s->arrows.count - 1];
    assert_near(s->arrows.arrow[1].x - first->x, spacing, 1e-3);
    assert_near(s->arrows.arrow[15].y - first->y, spacing, 1e-3);
    assert_near(first->x - 50, 50 + 610 - last->x, 1e-3);
    assert_near(first->y - 30, 30 + 410 - last->y, 1e-3);
}

static void lattice_stays_when_the_plane_moves(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    build(s, 1, 0.016);
    Arrow before = s->arrows.arrow[7];
    Camera moved = camera;
    moved.x += 0.123;
    arrows_build(&s->arrows, &s->stack, &moved, 1, spacing, 0.016);
    assert_near(s->arrows.arrow[7].x, before.x, 0);
    assert_near(s->arrows.arrow[7].y, before.y, 0);
}

static void arrows_show_the_field_at_their_place(void **state)
{
    Scene *s = *state;
    static float scratch[GRID * GRID * 6];
    Mixture m;
    assert_true(mixture_init(&m, &(Component){COMPONENT_GAUSSIAN, .weight = 1, .cov = {1, 0, 1}}, 1));
    FieldSource exact = field_exact(&m);
    for (int level = 0; level < STACK_LEVELS; level++)
        stack_fill_field(&s->stack, level, 0, GRID, &exact, scratch);
    build(s, 0.5, 0.016);
    for (size_t i = 0; i < s->arrows.count; i++) {
        const Arrow *a = &s->arrows.arrow[i];
        double to_centre[2] = {355 - (double)a->x, 235 - (double)a->y}; /* the field points to the mean, mid window */
        double far = hypot(to_centre[0], to_centre[1]);
        if (far > 1)
            assert_near(((double)a->dx * to_centre[0] + (double)a->dy * to_centre[1]) / far,
                        hypot((double)a->dx, (double)a->dy), 1e-3);
    }
    mixture_free(&m);
}

static void strength_is_told_by_weight_more_than_length(void **state)
{
    Scene *s = *state;
    float length[4], weight[4];
    static const float strength[4] = {0, 0.1f, 1, 10};
    for (size_t i = 0; i < 4; i++) {
        fill_all(s, strength[i], 0);
        build(s, 1, 0);
        length[i] = s->arrows.arrow[3].dx;
        weight[i] = s->arrows.arrow[3].weight;
    }
    assert_near(length[0], 0, 0);
    assert_near(weight[0], 0, 0);
    for (size_t i = 1; i < 4; i++)
        assert_true(weight[i] > weight[i - 1] && length[i] > length[i - 1]);
    assert_near(weight[3], 1, 0);
    assert_near(length[3], 0.62 * spacing, 1e-3);
    assert_true(length[1] > 0.4f * length[3] && length[2] > 0.8f * length[3]);
}

static void a_refilled_field_eases_in(void **state)
{
    Scene *s = *state;
    double quarter_turn = acos(0);
    fill_all(s, 1, 0);
    build(s, 1, 0.016);
    fill_all(s, 0, 1);
    build(s, 1, 0.016);
    assert_true(angle(s) > 0.1 && angle(s) < 0.8);
    double last = angle(s);
    for (int i = 0; i < 6; i++) {
        build(s, 1, 0.016);
        assert_true(angle(s) > last);
        last = angle(s);
    }
    assert_near(last, quarter_turn, 0.05); /* after 112 ms */
    for (int i = 0; i < 60; i++)
        build(s, 1, 0.016);
    assert_near(angle(s), quarter_turn, 1e-6);
}

static void no_time_cuts(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    build(s, 1, 0.016);
    fill_all(s, 0, 1);
    build(s, 1, 0);
    assert_near(angle(s), acos(0), 1e-6);
}

/* A field that turns with sigma follows the handle without delay, also in the frame in which a level was refilled. */
static void a_new_sigma_answers_at_once(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    fill_level(s, 20, 0, 1);
    fill_level(s, 21, 0, 1);
    build(s, stack_sigma(&s->stack, 5), 0.016);
    assert_near(angle(s), 0, 1e-6);
    fill_level(s, 20, 0, 1);
    build(s, stack_sigma(&s->stack, 20), 0.016);
    assert_near(angle(s), acos(0), 1e-5);
}

/* Within one pair of levels the old level's values are known, so refills ease while sigma moves. */
static void a_refill_eases_while_sigma_moves(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    build(s, stack_sigma(&s->stack, 10) * 1.01, 0.016);
    fill_all(s, 0, 1);
    build(s, stack_sigma(&s->stack, 10) * 1.02, 0.016);
    assert_true(angle(s) > 0.1 && angle(s) < 0.8);
}

static void a_new_view_drops_what_fades(void **state)
{
    Scene *s = *state;
    fill_all(s, 1, 0);
    build(s, 1, 0.016);
    fill_all(s, 0, 1);
    build(s, 1, 0.016);
    Camera moved = camera;
    moved.scale *= 1.01;
    arrows_build(&s->arrows, &s->stack, &moved, 1, spacing, 0.016);
    assert_near(angle(s), acos(0), 1e-6);
}

static void nothing_that_is_not_finite_stays(void **state)
{
    Scene *s = *state;
    fill_all(s, NAN, 0);
    build(s, 1, 0.016);
    for (size_t i = 0; i < s->arrows.count; i++)
        assert_near(s->arrows.arrow[i].weight + s->arrows.arrow[i].dx, 0, 0);
    fill_all(s, 0, 1);
    build(s, 1, 0.016);
    assert_near(angle(s), acos(0), 1e-6);
}

static void the_densest_lattice_fits(void **state)
{
    Scene *s = *state;
    Camera big = camera;
    big.plane = (Rect){0, 0, 3840, 2160};
    fill_all(s, 1, 0);
    arrows_build(&s->arrows, &s->stack, &big, 1, 0.5, 0.016);
    assert_true(s->arrows.count <= ARROWS_MAX && s->arrows.count > ARROWS_MAX * 9 / 10);
    big.plane = (Rect){0, 0, 0, 0};
    arrows_build(&s->arrows, &s->stack, &big, 1, 40, 0.016);
    assert_int_equal(s->arrows.count, 0);
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(an_empty_stack_has_none),
        WITH_SCENE(lattice_is_centred_in_the_plane),
        WITH_SCENE(lattice_stays_when_the_plane_moves),
        WITH_SCENE(arrows_show_the_field_at_their_place),
        WITH_SCENE(strength_is_told_by_weight_more_than_length),
        WITH_SCENE(a_refilled_field_eases_in),
        WITH_SCENE(no_time_cuts),
        WITH_SCENE(a_new_sigma_answers_at_once),
        WITH_SCENE(a_refill_eases_while_sigma_moves),
        WITH_SCENE(a_new_view_drops_what_fades),
        WITH_SCENE(nothing_that_is_not_finite_stays),
        WITH_SCENE(the_densest_lattice_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
