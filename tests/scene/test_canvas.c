#include "scene/canvas.h"

#include "painting.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static bool same_levels(const Canvas *a, const Canvas *b)
{
    static Levels in_a, in_b;
    return memcmp(levels_of(a, &in_a), levels_of(b, &in_b), sizeof in_a) == 0;
}

static void a_copy_keeps_what_it_was(void **state)
{
    (void)state;
    Canvas c = {0}, kept = {0};
    static Levels first, later;
    scribble(&c, brush_default(), 20);
    levels_of(&c, &first);
    canvas_copy(&kept, &c);
    dab(&c, brush_default(), 0.4, 0.4);
    canvas_clear(&c);
    assert_memory_equal(levels_of(&kept, &later), &first, sizeof first);
    canvas_free(&c);
    assert_memory_equal(levels_of(&kept, &later), &first, sizeof first);
    canvas_free(&kept);
}

/* A history of fifty strokes, walked back to the start and forth again. */
static void undo_gives_the_same_bytes(void **state)
{
    (void)state;
    enum { STROKES = 50 };
    Canvas c = {0};
    static Canvas past[STROKES + 1];
    static Levels seen[STROKES + 1];
    Levels *now = malloc(sizeof *now);
    for (size_t i = 0; i <= STROKES; i++) {
        canvas_copy(&past[i], &c);
        levels_of(&c, &seen[i]);
        Brush b = brush_default();
        b.erases = i % 3 == 2;
        b.strength = 0.5;
        double angle = 0.4 * (double)i;
        canvas_line(&c, b, (double[]){0.8 * cos(angle), 0.5}, (double[]){0, 0.8 * sin(angle)});
    }
    for (size_t i = 2 * STROKES + 1; i-- > 0;) {
        size_t which = i > STROKES ? i - STROKES : STROKES - i;
        canvas_copy(&c, &past[which]);
        assert_memory_equal(levels_of(&c, now), &seen[which], sizeof *now);
    }
    for (size_t i = 0; i <= STROKES; i++)
        canvas_free(&past[i]);
    canvas_free(&c);
    free(now);
}

static void the_version_grows_with_every_change_and_with_no_other(void **state)
{
    (void)state;
    Canvas c = {0}, kept = {0};
    dab(&c, brush_default(), 0, 0);
    uint64_t version = c.version;
    assert_true(version > 0);
    Brush eraser = brush_default();
    eraser.erases = true;
    dab(&c, eraser, 0.5, 0.5); /* nothing is there */
    assert_int_equal(c.version, version);
    canvas_copy(&kept, &c);
    assert_int_equal(kept.version, version);
    canvas_clear(&c);
    assert_true(c.version > version);
    version = c.version;
    canvas_clear(&c);
    assert_int_equal(c.version, version);
    canvas_copy(&c, &kept);
    assert_true(c.version > version);
    version = c.version;
    canvas_raise(&c, 0, 0, (float[]){0.5f}, 1);
    assert_true(c.version > version);
    canvas_free(&c);
    canvas_free(&kept);
}

/* One tile of cells, in two canvases, then changed in one of them. */
static void shares_of_memory_sum_to_all_of_it(void **state)
{
    (void)state;
    const size_t tile = CANVAS_TILE_SIDE * CANVAS_TILE_SIDE * sizeof(float), slack = 64;
    Canvas a = {0}, b = {0};
    size_t empty = canvas_bytes(&a);
    dab(&a, brush_default(), 0.125, 0.125);
    assert_in_range(canvas_bytes(&a), empty + tile, empty + tile + slack);
    canvas_copy(&b, &a);
    assert_in_range(canvas_bytes(&a) + canvas_bytes(&b), 2 * empty + tile, 2 * empty + tile + slack);
    assert_int_equal(canvas_bytes(&a), canvas_bytes(&b));
    Brush pale = brush_default();
    pale.level = 0.5;
    dab(&b, pale, 0.125, 0.125);
    assert_in_range(canvas_bytes(&a), empty + tile, empty + tile + slack);
    assert_in_range(canvas_bytes(&b), empty + tile, empty + tile + slack);
    canvas_free(&a);
    canvas_free(&b);
    assert_int_equal(canvas_bytes(&a), empty);
}

static void the_difference_holds_what_differs(void **state)
{
    (void)state;
    Canvas a = {0}, b = {0};
    scribble(&a, brush_default(), 20);
    canvas_copy(&b, &a);
    assert_true(canvas_rect_empty(canvas_difference(&a, &b)));
    dab(&b, brush_default(), -0.6, -0.55);
    CanvasRect r = canvas_difference(&a, &b);
    assert_false(canvas_rect_empty(r));
    assert_true(r.right <= CANVAS_SIDE / 2 && r.top <= CANVAS_SIDE / 2);
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++)
            if (canvas_level(&a, column, row) != canvas_level(&b, column, row))
                assert_true(column >= r.left && column < r.right && row >= r.bottom && row < r.top);
    canvas_free(&a);
    canvas_free(&b);
}

static void rectangles_join_and_meet(void **state)
{
    (void)state;
    const CanvasRect a = {10, 20, 30, 40}, b = {25, 5, 60, 22}, none = {0}, far = {100, 100, 110, 110};
    const CanvasRect joined = {10, 5, 60, 40}, met = {25, 20, 30, 22};
    CanvasRect got = canvas_rect_union(a, b);
    assert_memory_equal(&got, &joined, sizeof got);
    got = canvas_rect_intersection(a, b);
    assert_memory_equal(&got, &met, sizeof got);
    got = canvas_rect_union(none, a);
    assert_memory_equal(&got, &a, sizeof got);
    assert_true(canvas_rect_empty(canvas_rect_intersection(a, far)));
}

static void cells_outside_are_empty(void **state)
{
    (void)state;
    Canvas c = {0};
    canvas_fill(&c, brush_default(), (double[]){0, 0});
    assert_true(canvas_level(&c, 0, CANVAS_SIDE - 1) == 1);
    assert_true(canvas_level(&c, -1, 5) == 0 && canvas_level(&c, CANVAS_SIDE, 5) == 0);
    assert_true(canvas_level(&c, 5, -1) == 0 && canvas_level(&c, 5, CANVAS_SIDE) == 0);
    canvas_free(&c);
}

static void components_are_the_cells(void **state)
{
    (void)state;
    Canvas c = {0};
    assert_int_equal(canvas_components(&c, NULL, 0), 0);
    canvas_raise(&c, 3, 5, (float[]){0.25f, 0, 0.5f}, 3);
    canvas_raise(&c, 200, 255, (float[]){1}, 1);
    Component out[4] = {[2] = {.weight = 77}};
    assert_int_equal(canvas_components(&c, out, 2), 3);
    assert_true(out[0].weight == 0.25 && out[1].weight == 0.5 && out[2].weight == 77);
    assert_int_equal(canvas_components(&c, out, 4), 3);
    assert_near(out[1].mean[0], -1 + 7.5 / 128, 1e-12);
    assert_near(out[1].mean[1], -1 + 3.5 / 128, 1e-12);
    assert_near(out[2].mean[0], 1 - 0.5 / 128, 1e-12);
    assert_near(out[0].cov[0], 0.49 / (128 * 128), 1e-12);
    assert_true(out[0].cov[1] == 0 && out[0].cov[2] == out[0].cov[0]);
    canvas_free(&c);
}

static Mixture mixture_of(const Canvas *c)
{
    size_t n = canvas_components(c, NULL, 0);
    Component *component = malloc(n * sizeof *component);
    Mixture m;
    assert_int_equal(canvas_components(c, component, n), n);
    assert_true(mixture_init(&m, component, n));
    free(component);
    return m;
}

/* Cavalieri: coverage is the share of random radii R beyond the distance, R = centre + width (B - 1/2) with B of the
 * law Beta(2, 2), variance 1/20, fourth moment 3/560. So mass = pi E[R^2] and variance = E[R^4] / (4 E[R^2]). */
static void a_discs_moments_are_those_of_its_closed_form(void **state)
{
    (void)state;
    static const double hardness[] = {0, 0.3, 0.7, 1};
    const double radius = 0.4, x = 0.317, y = -0.211;
    for (size_t i = 0; i < 4; i++) {
        Canvas c = {0};
        Brush b = brush_default();
        b.radius = radius;
        b.hardness = hardness[i];
        dab(&c, b, x, y);
        double centre = 0.5 * radius * (1 + hardness[i]), width = fmax(radius * (1 - hardness[i]), CANVAS_CELL);
        double square = centre * centre + width * width / 20;
        double fourth = pow(centre, 4) + 6 * centre * centre * width * width / 20 + 3 * pow(width, 4) / 560;
        double variance = fourth / (4 * square) + pow(CANVAS_CELL_STD * CANVAS_CELL, 2);
        assert_near(mass_of(&c) / (M_PI * square), 1, 2e-4);
        Mixture m = mixture_of(&c);
        assert_near(m.mean[0], x, 5e-5);
        assert_near(m.mean[1], y, 5e-5);
        assert_near(m.cov[0] / variance, 1, 5e-4);
        assert_near(m.cov[2] / variance, 1, 5e-4);
        assert_near(m.cov[1] / variance, 0, 2e-4);
        mixture_free(&m);
        canvas_free(&c);
    }
}

/* Without any noise, over a cell in the middle of an even square of 40 cells. */
static void an_even_area_has_no_ripples(void **state)
{
    (void)state;
    Canvas c = {0};
    float ones[40];
    for (size_t i = 0; i < 40; i++)
        ones[i] = 1;
    for (int row = 100; row < 140; row++)
        canvas_raise(&c, row, 100, ones, 40);
    Mixture m = mixture_of(&c);
    double even = -log(40 * 40 * CANVAS_CELL * CANVAS_CELL), q = exp(-2 * M_PI * M_PI * 0.49);
    for (int i = 0; i < 64; i++) {
        double x[2] = {-1 + (120 + i % 8 / 8.0) * CANVAS_CELL, -1 + (120 + i / 8 / 8.0) * CANVAS_CELL};
        MixtureValue v = mixture_at(&m, 0, x);
        assert_near(v.log_density, even, 4.1 * q);
        assert_near(v.score[0] * CANVAS_CELL, 0, 4.1 * M_PI * q);
        assert_near(v.score[1] * CANVAS_CELL, 0, 4.1 * M_PI * q);
    }
    mixture_free(&m);
    canvas_free(&c);
}

enum { ROUNDS = 2000 };

static void *use_and_free(void *copies)
{
    Canvas *copy = copies;
    for (size_t i = 0; i < ROUNDS; i++) {
        canvas_raise(&copy[i], (int)(i % CANVAS_SIDE), 3, (float[]){0.75f}, 1);
        canvas_free(&copy[i]);
    }
    return NULL;
}

/* One thread paints and drops copies of what another paints and drops at the same time. */
static void copies_live_on_other_threads(void **state)
{
    (void)state;
    Canvas c = {0}, first = {0}, *copy = calloc(ROUNDS, sizeof *copy);
    scribble(&c, brush_default(), 5);
    canvas_copy(&first, &c);
    for (size_t i = 0; i < ROUNDS; i++)
        canvas_copy(&copy[i], &c);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, use_and_free, copy), 0);
    for (size_t i = 0; i < ROUNDS; i++) {
        Canvas passing = {0};
        canvas_copy(&passing, &c);
        canvas_raise(&c, (int)(i % CANVAS_SIDE), 200, (float[]){0.5f}, 1);
        canvas_copy(&c, &passing);
        canvas_free(&passing);
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(same_levels(&c, &first));
    canvas_free(&first);
    size_t share = canvas_bytes(&c);
    canvas_copy(&first, &c);
    assert_true(canvas_bytes(&c) < share); /* the counts are back at one */
    canvas_free(&first);
    assert_int_equal(canvas_bytes(&c), share);
    canvas_free(&c);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_keeps_what_it_was),
        cmocka_unit_test(undo_gives_the_same_bytes),
        cmocka_unit_test(the_version_grows_with_every_change_and_with_no_other),
        cmocka_unit_test(shares_of_memory_sum_to_all_of_it),
        cmocka_unit_test(the_difference_holds_what_differs),
        cmocka_unit_test(rectangles_join_and_meet),
        cmocka_unit_test(cells_outside_are_empty),
        cmocka_unit_test(components_are_the_cells),
        cmocka_unit_test(a_discs_moments_are_those_of_its_closed_form),
        cmocka_unit_test(an_even_area_has_no_ripples),
        cmocka_unit_test(copies_live_on_other_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
