#include "scene/canvas.h"

#include "painting.h"

#include "core/rng.h"

#include <stdlib.h>

/* Numbers between 0.1 and 0.9. */
static float *random_levels(size_t n)
{
    float *level = malloc((n + 3) * sizeof *level);
    rng_uniforms((Rng){.seed = 11, .stream = STREAM_TEST}, 0, 0, n / 4, level);
    for (size_t i = 0; i < n; i++)
        level[i] = 0.1f + 0.8f * level[i];
    return level;
}

static void a_raster_of_the_canvas_size_is_kept(void **state)
{
    (void)state;
    Canvas c = {0};
    float *level = random_levels(CANVAS_CELLS);
    CanvasRect r = canvas_put_levels(&c, level, CANVAS_SIDE, CANVAS_SIDE);
    assert_memory_equal(&r, &CANVAS_WHOLE, sizeof r);
    for (int i = 0; i < CANVAS_CELLS; i++)
        assert_near(canvas_level(&c, i % CANVAS_SIDE, i / CANVAS_SIDE), level[i], 1e-6);
    free(level);
    canvas_free(&c);
}

static void a_larger_raster_is_averaged(void **state)
{
    (void)state;
    enum { WIDE = 3 * CANVAS_SIDE, HIGH = 3 * 100 };
    Canvas c = {0};
    float *level = random_levels(WIDE * HIGH);
    CanvasRect r = canvas_put_levels(&c, level, HIGH, WIDE);
    const CanvasRect centred = {0, 78, CANVAS_SIDE, 178};
    assert_memory_equal(&r, &centred, sizeof r);
    for (size_t row = 0; row < 100; row++)
        for (size_t column = 0; column < CANVAS_SIDE; column++) {
            double sum = 0;
            for (size_t i = 0; i < 9; i++)
                sum += (double)level[(3 * row + i / 3) * WIDE + 3 * column + i % 3];
            assert_near(canvas_level(&c, (int)column, (int)row + 78), sum / 9, 1e-6);
        }
    free(level);
    canvas_free(&c);
}

/* A shrink by no whole number keeps the mass. */
static void an_odd_shrink_keeps_the_mass(void **state)
{
    (void)state;
    enum { WIDE = 611, HIGH = 397 };
    Canvas c = {0};
    float *level = random_levels(WIDE * HIGH + 1);
    double sum = 0, pixel = 2.0 / WIDE;
    for (size_t i = 0; i < (size_t)WIDE * HIGH; i++)
        sum += (double)level[i];
    canvas_put_levels(&c, level, HIGH, WIDE);
    assert_near(mass_of(&c) / (sum * pixel * pixel), 1, 1e-5);
    free(level);
    canvas_free(&c);
}

/* A tall raster of 2 x 4 pixels: 64 cells a pixel, centred, linear between the pixels' centres. */
static void a_smaller_raster_is_interpolated(void **state)
{
    (void)state;
    static const float level[4][2] = {{0.2f, 0.4f}, {0.6f, 1}, {0.2f, 0.4f}, {0.5f, 0.5f}};
    Canvas c = {0};
    canvas_put_levels(&c, &level[0][0], 4, 2);
    for (int row = 32; row < 96; row++)
        for (int column = 96; column < 160; column++) {
            double u = (column + 0.5 - 96) / 64, v = (row + 0.5 - 32) / 64;
            double low = 0.2 + 0.2 * u, high = 0.6 + 0.4 * u;
            assert_near(canvas_level(&c, column, row), low + (high - low) * v, 1e-6);
        }
    assert_true(canvas_level(&c, 31, 64) == 0 && canvas_level(&c, 224, 64) == 0);
    canvas_free(&c);
}

static void levels_lie_over_what_is_there(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = brush_default();
    b.level = 0.5;
    canvas_fill(&c, b, (double[]){0, 0});
    float *level = calloc(CANVAS_CELLS, sizeof *level);
    level[0] = 0.6f;
    level[1] = 1;
    CanvasRect r = canvas_put_levels(&c, level, CANVAS_SIDE, CANVAS_SIDE);
    assert_true(r.right == 2 && r.top == 1);
    assert_near(canvas_level(&c, 0, 0), 0.8, 1e-6);
    assert_true(canvas_level(&c, 1, 0) == 1 && canvas_level(&c, 2, 0) == 0.5f);
    free(level);
    canvas_free(&c);
}

static void bad_levels_and_sizes_are_harmless(void **state)
{
    (void)state;
    Canvas c = {0};
    const float bad[8] = {NAN, INFINITY, -INFINITY, 2, -1, 0.5f, 1e30f, 0};
    assert_true(canvas_rect_empty(canvas_put_levels(&c, bad, 0, 0)));
    assert_true(canvas_rect_empty(canvas_put_levels(&c, bad, 0, 5)));
    assert_true(canvas_rect_empty(canvas_put_levels(&c, bad, 5, 0)));
    canvas_put_levels(&c, bad, 1, 8);
    canvas_put_levels(&c, bad, 8, 1);
    canvas_put_levels(&c, bad + 3, 1, 1);
    float *line = random_levels(100000);
    canvas_put_levels(&c, line, 1, 100000);
    canvas_put_levels(&c, line, 100000, 1);
    for (int i = 0; i < CANVAS_CELLS; i++) {
        float level = canvas_level(&c, i % CANVAS_SIDE, i / CANVAS_SIDE);
        assert_true(level >= 0 && level <= 1);
    }
    free(line);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_raster_of_the_canvas_size_is_kept), cmocka_unit_test(a_larger_raster_is_averaged),
        cmocka_unit_test(an_odd_shrink_keeps_the_mass),        cmocka_unit_test(a_smaller_raster_is_interpolated),
        cmocka_unit_test(levels_lie_over_what_is_there),       cmocka_unit_test(bad_levels_and_sizes_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
