/* A stack at one sigma: the stack's own values, taken only when they change. */
#include "scene/slice.h"

#include "near.h"

enum { GRID = 16 };

typedef struct Scene {
    Stack stack;
    Slice slice;
} Scene;

/* sigma * score = (value, value * x). */
static void scaled_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    float value = *(const float *)context;
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = value / sigma;
        score[2 * i + 1] = value * x[2 * i] / sigma;
    }
}

static void fill(Scene *s, int level, float value)
{
    static float scratch[GRID * GRID * 6];
    FieldSource field = {.evaluate = scaled_score, .context = &value};
    stack_fill_field(&s->stack, level, 0, GRID, &field, scratch);
}

static int set_up(void **state)
{
    static Scene scene;
    *state = &scene;
    if (!stack_init(&scene.stack, GRID, 2) || !slice_init(&scene.slice, GRID, 2))
        return -1;
    stack_place(&scene.stack, (Rect){-4, -3, 8, 6}, 0.01, 10);
    return 0;
}

static int tear_down(void **state)
{
    Scene *s = *state;
    stack_free(&s->stack);
    slice_free(&s->slice);
    return 0;
}

/* Between two levels. */
static double between(const Scene *s, int level, double towards)
{
    double low = stack_sigma(&s->stack, level), high = stack_sigma(&s->stack, level + 1);
    return low * pow(high / low, towards);
}

static void holds_what_the_stack_gives(void **state)
{
    Scene *s = *state;
    double sigma = between(s, 4, 0.3);
    fill(s, 4, 1);
    fill(s, 5, 2);
    assert_true(slice_take(&s->slice, &s->stack, sigma));
    assert_int_equal(s->slice.levels, 2);
    for (int row = 0; row < GRID; row += 5) {
        for (int column = 0; column < GRID; column += 5) {
            float sample[2], *held = s->slice.value + 2 * (row * GRID + column);
            stack_sample(&s->stack, -4 + 8.0 * column / (GRID - 1), -3 + 6.0 * row / (GRID - 1), sigma, sample);
            assert_near(held[0], sample[0], 1e-6);
            assert_near(held[1], sample[1], 1e-5);
        }
    }
    assert_near(s->slice.extent.x, -4, 0);
    assert_near(s->slice.extent.h, 6, 0);
}

static void is_taken_only_when_something_changed(void **state)
{
    Scene *s = *state;
    double sigma = between(s, 4, 0.3);
    fill(s, 4, 1);
    fill(s, 5, 2);
    assert_true(slice_take(&s->slice, &s->stack, sigma));
    assert_false(slice_take(&s->slice, &s->stack, sigma));
    fill(s, 9, 3);
    assert_false(slice_take(&s->slice, &s->stack, sigma));
    fill(s, 5, 4);
    assert_true(slice_take(&s->slice, &s->stack, sigma));
    assert_near(s->slice.value[0], 0.7 * 1 + 0.3 * 4, 1e-5);
    assert_true(slice_take(&s->slice, &s->stack, between(s, 4, 0.4)));
    stack_move(&s->stack, (Rect){-8, -6, 16, 12});
    assert_true(slice_take(&s->slice, &s->stack, between(s, 4, 0.4)));
    assert_near(s->slice.extent.w, 16, 0);
}

static void an_empty_stack_is_told_once(void **state)
{
    Scene *s = *state;
    assert_true(slice_take(&s->slice, &s->stack, 1));
    assert_int_equal(s->slice.levels, 0);
    assert_false(slice_take(&s->slice, &s->stack, 2));
    fill(s, 4, 1);
    assert_true(slice_take(&s->slice, &s->stack, 2));
    assert_int_equal(s->slice.levels, 1);
}

static void a_lone_level_is_the_same_at_every_sigma(void **state)
{
    Scene *s = *state;
    fill(s, 4, 3);
    assert_true(slice_take(&s->slice, &s->stack, 1));
    assert_near(s->slice.value[0], 3, 1e-6);
    assert_false(slice_take(&s->slice, &s->stack, 2));
}

static void a_level_that_weighs_nothing_may_be_anything(void **state)
{
    Scene *s = *state;
    fill(s, STACK_LEVELS - 2, NAN);
    fill(s, STACK_LEVELS - 1, 5);
    assert_true(slice_take(&s->slice, &s->stack, 10));
    assert_near(s->slice.value[0], 5, 1e-6);
    fill(s, 0, 6);
    fill(s, 1, NAN);
    assert_true(slice_take(&s->slice, &s->stack, 0.001));
    assert_near(s->slice.value[0], 6, 1e-6);
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(holds_what_the_stack_gives),
        WITH_SCENE(is_taken_only_when_something_changed),
        WITH_SCENE(an_empty_stack_is_told_once),
        WITH_SCENE(a_lone_level_is_the_same_at_every_sigma),
        WITH_SCENE(a_level_that_weighs_nothing_may_be_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
