/* The stack: what was filled comes back, between levels nearly so, and nobody sees half a level. */
#include "scene/stack.h"

#include "near.h"

#include <stdlib.h>
#include <string.h>

enum { GRID = 64 };

static float scratch[GRID * GRID * 6];

/* sigma * score = (x + 10 y, sigma): linear in x and y, so that only the levels are interpolated. */
static void linear_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context;
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = (x[2 * i] + 10 * x[2 * i + 1]) / sigma;
        score[2 * i + 1] = 1;
    }
}

static const FieldSource linear = {.evaluate = linear_score};

static Stack new_stack(int channels)
{
    Stack s;
    assert_true(stack_init(&s, GRID, channels));
    stack_place(&s, (Rect){-3, -2, 6, 4}, 0.01, 10);
    return s;
}

static void fill(Stack *s, int level, const FieldSource *field)
{
    for (int row = 0; row < GRID; row += 16)
        stack_fill_field(s, level, row, 16, field, scratch);
}

static void levels_are_geometric(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    assert_near(stack_sigma(&s, 0), 0.01, 1e-12);
    assert_near(stack_sigma(&s, STACK_LEVELS - 1), 10, 1e-9);
    double towards;
    assert_int_equal(stack_level(&s, sqrt(stack_sigma(&s, 7) * stack_sigma(&s, 8)), &towards), 7);
    assert_near(towards, 0.5, 1e-9);
    assert_int_equal(stack_level(&s, 1e-9, &towards), 0);
    assert_near(towards, 0, 0);
    assert_int_equal(stack_level(&s, 1e9, &towards), STACK_LEVELS - 2);
    assert_near(towards, 1, 0);
    stack_free(&s);
}

static void interpolates_in_all_three_directions(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    float value[2];
    fill(&s, 7, &linear);
    fill(&s, 8, &linear);
    double low = stack_sigma(&s, 7), high = stack_sigma(&s, 8);
    assert_true(stack_sample(&s, 0.123, -1.77, low * pow(high / low, 0.25), value));
    assert_near(value[0], 0.123 - 17.7, 1e-4);
    assert_near(value[1], 0.75 * low + 0.25 * high, 1e-5);
    stack_free(&s);
}

static void outside_is_clamped(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    float value[2];
    fill(&s, 0, &linear);
    fill(&s, 1, &linear);
    assert_true(stack_sample(&s, 100, -100, 1e-6, value));
    assert_near(value[0], 3 - 20, 1e-4);
    assert_near(value[1], 0.01, 1e-6);
    assert_true(stack_sample(&s, (double)NAN, 0, 0.01, value));
    assert_true(isfinite(value[0]));
    stack_free(&s);
}

static void nearest_filled_level_stands_in(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    float value[2];
    assert_false(stack_sample(&s, 0, 0, 1, value));
    fill(&s, 20, &linear);
    fill(&s, 3, &linear);
    assert_true(stack_sample(&s, 0, 0, stack_sigma(&s, 13), value));
    assert_near(value[1], stack_sigma(&s, 20), 1e-5);
    assert_true(stack_sample(&s, 0, 0, stack_sigma(&s, 4), value));
    assert_near(value[1], stack_sigma(&s, 3), 1e-5);
    stack_free(&s);
}

static void a_level_is_shown_when_it_is_whole(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    float value[2];
    stack_fill_field(&s, 5, 0, 48, &linear, scratch);
    assert_int_equal(s.version[5], 0);
    assert_false(stack_sample(&s, 0, 0, 1, value));
    stack_fill_field(&s, 5, 48, 16, &linear, scratch);
    assert_true(s.version[5] > 0);
    assert_true(stack_sample(&s, 0, 0, 1, value));
    stack_free(&s);
}

static void copies_follow_by_version(void **state)
{
    (void)state;
    Stack s = new_stack(2), copy = new_stack(2);
    fill(&s, 4, &linear);
    stack_copy(&copy, &s);
    assert_memory_equal(copy.value, s.value, STACK_LEVELS * GRID * GRID * 2 * sizeof(float));
    uint64_t before = s.version[4];
    stack_place(&s, (Rect){0, 0, 1, 1}, 0.1, 1);
    fill(&s, 4, &linear);
    assert_true(s.version[4] != before); /* or the copy would keep what stood elsewhere */
    stack_copy(&copy, &s);
    assert_memory_equal(copy.value, s.value, STACK_LEVELS * GRID * GRID * 2 * sizeof(float));
    assert_near(copy.extent.w, 1, 0);
    assert_near(copy.sigma_min, 0.1, 0);
    stack_free(&s);
    stack_free(&copy);
}

static void a_moved_stack_shows_the_same_function(void **state)
{
    (void)state;
    Stack s = new_stack(2);
    float value[2];
    fill(&s, 7, &linear);
    uint64_t before = s.version[7];
    stack_move(&s, (Rect){-1, -1, 2, 2});
    assert_true(s.version[7] != before);
    assert_true(s.version[6] == 0);
    assert_true(stack_sample(&s, 0.31, 0.47, 1, value));
    assert_near(value[0], 0.31 + 4.7, 1e-4);
    stack_free(&s);
}

static Target target_named(const char *name)
{
    Target t = {0};
    for (size_t i = 0; i < target_count(); i++) {
        if (strcmp(target_info(i)->name, name) != 0)
            continue;
        assert_true(target_init(&t, i));
        return t;
    }
    fail_msg("no target %s", name);
    return t;
}

static void density_is_relative_to_its_maximum(void **state)
{
    (void)state;
    Target t = target_named("gaussian");
    Stack s = new_stack(1);
    stack_place(&s, (Rect){-3.15, -3.15, 6.3, 6.3}, t.sigma_min, t.sigma_max);
    for (int row = 0; row < GRID; row += 16)
        stack_fill_density(&s, 15, row, 16, &t.mixture, scratch);
    double sigma = stack_sigma(&s, 15), v = 1 + sigma * sigma, x = -3.15 + 0.1 * 40, y = -3.15 + 0.1 * 50;
    float value;
    assert_true(stack_sample(&s, x, y, sigma, &value));
    assert_near(value, -(x * x + y * y - 2 * 0.05 * 0.05) / (2 * v), 2e-3);
    stack_free(&s);
    target_free(&t);
}

/* rms of |stack - sigma score| over rms of |sigma score| at points of p_sigma: what a person looks at. */
static double interpolation_error(const Stack *s, const Mixture *m, double sigma)
{
    enum { N = 2000 };
    static float x[N][2], noise[N][2], score[N][2];
    double difference = 0, size = 0;
    mixture_sample(m, (Rng){1, STREAM_TEST}, 0, 0, N, x[0]);
    rng_normals((Rng){1, STREAM_TEST}, 1, 0, N, noise[0]);
    for (size_t i = 0; i < N; i++)
        for (size_t c = 0; c < 2; c++)
            x[i][c] += (float)sigma * noise[i][c];
    mixture_evaluate(m, (float)sigma, x[0], N, (MixtureOutput){.score = score[0]});
    for (size_t i = 0; i < N; i++) {
        const Rect *e = &s->extent;
        double px = (double)x[i][0], py = (double)x[i][1];
        if (px < e->x || px > e->x + e->w || py < e->y || py > e->y + e->h)
            continue;
        float value[2];
        assert_true(stack_sample(s, px, py, sigma, value));
        for (size_t c = 0; c < 2; c++) {
            double exact = sigma * (double)score[i][c];
            difference += pow((double)value[c] - exact, 2);
            size += exact * exact;
        }
    }
    return sqrt(difference / size);
}

/* Half way between levels, where interpolation is worst. Below a quarter of the standard deviation the spirals' arms
 * are thinner than a cell of the grid. */
static void spirals_between_levels(void **state)
{
    (void)state;
    static const struct {
        double sigma, bound;
    } checks[] = {{0.1, 0.09}, {0.25, 0.022}, {0.5, 0.012}, {1, 0.007}, {3, 0.003}};
    Target t = target_named("spirals");
    Stack s = new_stack(2);
    FieldSource exact = field_exact(&t.mixture);
    double std = t.frame.std, half = 2.9 * std;
    stack_place(&s, (Rect){-half, -half, 2 * half, 2 * half}, t.sigma_min, t.sigma_max);
    for (int level = 0; level < STACK_LEVELS; level++)
        fill(&s, level, &exact);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        double towards;
        int level = stack_level(&s, checks[i].sigma * std, &towards);
        double sigma = sqrt(stack_sigma(&s, level) * stack_sigma(&s, level + 1));
        assert_true(interpolation_error(&s, &t.mixture, sigma) < checks[i].bound);
    }
    stack_free(&s);
    target_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_geometric),
        cmocka_unit_test(interpolates_in_all_three_directions),
        cmocka_unit_test(outside_is_clamped),
        cmocka_unit_test(nearest_filled_level_stands_in),
        cmocka_unit_test(a_level_is_shown_when_it_is_whole),
        cmocka_unit_test(copies_follow_by_version),
        cmocka_unit_test(a_moved_stack_shows_the_same_function),
        cmocka_unit_test(density_is_relative_to_its_maximum),
        cmocka_unit_test(spirals_between_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
