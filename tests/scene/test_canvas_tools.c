#include "scene/canvas_tools.h"

#include "painting.h"

static const Rng SPRAY = {.seed = 7, .stream = STREAM_TEST};

static Brush soft_brush(void)
{
    Brush b = brush_default();
    b.radius = 0.1;
    b.hardness = 0;
    return b;
}

static void a_stroke_in_many_moves_is_one_stroke(void **state)
{
    (void)state;
    Canvas one = {0}, many = {0};
    Brush b = soft_brush();
    b.strength = 0.6;
    canvas_line(&one, b, (double[]){-0.5, -0.3}, (double[]){0.6, 0.4});
    CanvasStroke s = {0};
    canvas_stroke_begin(&s, &many, b, (double[]){-0.5, -0.3});
    for (int i = 1; i <= 37; i++)
        canvas_stroke_move(&s, &many, (double[]){-0.5 + 1.1 * i / 37, -0.3 + 0.7 * i / 37});
    canvas_stroke_end(&s);
    assert_near(largest_difference(&one, &many), 0, 1e-6);
    assert_near(canvas_level(&many, 134, 134), 0.6, 0.01);
    canvas_free(&one);
    canvas_free(&many);
}

static void a_stroke_covers_once_and_strokes_add_up(void **state)
{
    (void)state;
    Canvas once = {0}, often = {0};
    Brush b = soft_brush();
    b.strength = 0.5;
    const double left[2] = {-0.4, 0}, right[2] = {0.4, 0};
    canvas_line(&once, b, left, right);
    CanvasStroke s = {0};
    canvas_stroke_begin(&s, &often, b, left);
    for (int i = 0; i < 6; i++)
        canvas_stroke_move(&s, &often, i % 2 ? left : right);
    assert_near(largest_difference(&once, &often), 0, 1e-6);
    canvas_stroke_begin(&s, &often, b, left);
    canvas_stroke_move(&s, &often, right);
    canvas_stroke_end(&s);
    float first = canvas_level(&once, 128, 130);
    assert_near(canvas_level(&often, 128, 130), (double)first + (double)first * (1 - (double)first), 1e-6);
    canvas_free(&once);
    canvas_free(&often);
}

static void strokes_end_and_are_given_up_at_any_time(void **state)
{
    (void)state;
    Canvas c = {0};
    CanvasStroke s = {0};
    canvas_stroke_end(&s);
    canvas_stroke_begin(&s, &c, soft_brush(), (double[]){0, 0});
    canvas_stroke_move(&s, &c, (double[]){0.5, 0.5});
    assert_false(canvas_empty(&c));
    canvas_copy(&c, &s.before);
    canvas_stroke_end(&s);
    canvas_stroke_end(&s);
    assert_true(canvas_empty(&c));
    canvas_free(&c);
}

/* The rectangle of cells in which two canvases differ, to the cell. */
static CanvasRect exact_difference(const Canvas *a, const Canvas *b)
{
    CanvasRect r = {0};
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++)
            if (canvas_level(a, column, row) != canvas_level(b, column, row))
                r = canvas_rect_union(r, (CanvasRect){column, row, column + 1, row + 1});
    return r;
}

typedef CanvasRect (*Tool)(Canvas *, Brush, const double at[2]);

static CanvasRect use_line(Canvas *c, Brush b, const double at[2])
{
    return canvas_line(c, b, at, (double[]){at[0] + 0.2, at[1] - 0.1});
}

static CanvasRect use_circle(Canvas *c, Brush b, const double at[2])
{
    return canvas_circle(c, b, at, 0.3);
}

static CanvasRect use_spray(Canvas *c, Brush b, const double at[2])
{
    return canvas_spray(c, b, at, SPRAY, 3);
}

static CanvasRect use_stroke(Canvas *c, Brush b, const double at[2])
{
    CanvasStroke s = {0};
    CanvasRect r = canvas_stroke_begin(&s, c, b, at);
    r = canvas_rect_union(r, canvas_stroke_move(&s, c, (double[]){at[0] - 0.1, at[1]}));
    canvas_stroke_end(&s);
    return r;
}

static const Tool TOOLS[] = {use_line, use_circle, use_spray, use_stroke, canvas_fill};
enum { TOOL_COUNT = sizeof TOOLS / sizeof *TOOLS };

static void tools_tell_which_cells_they_changed(void **state)
{
    (void)state;
    for (size_t i = 0; i < TOOL_COUNT; i++)
        for (int erases = 0; erases < 2; erases++) {
            Canvas c = {0}, before = {0};
            scribble(&c, soft_brush(), 10);
            canvas_copy(&before, &c);
            Brush b = soft_brush();
            b.erases = erases;
            CanvasRect told = TOOLS[i](&c, b, (double[]){0.3, 0.35}), is = exact_difference(&before, &c);
            assert_memory_equal(&told, &is, sizeof is);
            assert_false(canvas_rect_empty(is));
            canvas_free(&c);
            canvas_free(&before);
        }
}

/* A cell lies within reach of a segment, or its level is 0. */
static void nothing_is_painted_out_of_reach(void **state)
{
    (void)state;
    static const double hardness[] = {0, 0.5, 1};
    for (size_t i = 0; i < 3; i++) {
        Canvas c = {0};
        Brush b = soft_brush();
        b.hardness = hardness[i];
        canvas_line(&c, b, (double[]){-0.2, 0.1}, (double[]){0.3, 0.1});
        double reach = 0.5 * (b.radius * (1 + b.hardness) + fmax(b.radius * (1 - b.hardness), CANVAS_CELL));
        for (int row = 0; row < CANVAS_SIDE; row++)
            for (int column = 0; column < CANVAS_SIDE; column++) {
                double x = CANVAS_CELL * (column + 0.5) - 1, y = CANVAS_CELL * (row + 0.5) - 1;
                double distance = hypot(x - fmin(fmax(x, -0.2), 0.3), y - 0.1);
                double t = fmin(fmax((reach - distance) / fmax(b.radius * (1 - b.hardness), CANVAS_CELL), 0), 1);
                double level = t * t * (3 - 2 * t);
                assert_near(canvas_level(&c, column, row), level < (double)CANVAS_LEAST_LEVEL ? 0 : level, 1e-5);
            }
        canvas_free(&c);
    }
}

static void a_symmetry_has_each_image_once(void **state)
{
    (void)state;
    for (int folds = 1; folds <= BRUSH_FOLDS_MAX; folds++)
        for (int mirrors = 0; mirrors < 4; mirrors++) {
            Brush b = {.folds = folds, .mirror_x = mirrors & 1, .mirror_y = mirrors & 2};
            BrushImage image[BRUSH_IMAGES_MAX];
            size_t n = brush_images(&b, image);
            size_t turns = (size_t)folds * (mirrors == 3 && folds % 2 ? 2 : 1);
            assert_int_equal(n, mirrors ? 2 * turns : turns);
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < i; j++)
                    assert_true(hypot(image[i].xx - image[j].xx, image[i].yx - image[j].yx) +
                                    hypot(image[i].xy - image[j].xy, image[i].yy - image[j].yy) >
                                0.1);
        }
}

static void symmetric_strokes_are_symmetric(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < TOOL_COUNT; i++)
        for (int mirrors = 0; mirrors < 4; mirrors++) {
            Canvas c = {0};
            Brush b = soft_brush();
            b.mirror_x = mirrors & 1;
            b.mirror_y = mirrors & 2;
            b.folds = mirrors == 0 ? 4 : 1;
            TOOLS[i](&c, b, (double[]){0.41, 0.22});
            for (int row = 0; row < CANVAS_SIDE; row++)
                for (int column = 0; column < CANVAS_SIDE; column++) {
                    float level = canvas_level(&c, column, row);
                    if (b.mirror_x)
                        assert_near(canvas_level(&c, 255 - column, row), level, 1e-6);
                    if (b.mirror_y)
                        assert_near(canvas_level(&c, column, 255 - row), level, 1e-6);
                    if (b.folds == 4)
                        assert_near(canvas_level(&c, 255 - row, column), level, 1e-6);
                }
            assert_true(mass_of(&c) > 0);
            canvas_free(&c);
        }
}

/* Five folds, against lines turned by hand. */
static void folds_turn_about_the_middle(void **state)
{
    (void)state;
    Canvas folded = {0}, by_hand = {0};
    Brush b = soft_brush();
    for (int k = 0; k < 5; k++) {
        double c = cos(2 * M_PI * k / 5), s = sin(2 * M_PI * k / 5);
        canvas_line(&by_hand, b, (double[]){0.6 * c, 0.6 * s}, (double[]){0.6 * c - 0.1 * s, 0.6 * s + 0.1 * c});
    }
    b.folds = 5;
    canvas_line(&folded, b, (double[]){0.6, 0}, (double[]){0.6, 0.1});
    assert_near(largest_difference(&folded, &by_hand), 0, 1e-6);
    canvas_free(&folded);
    canvas_free(&by_hand);
}

static void brushes_go_towards_their_level(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = soft_brush();
    b.hardness = 1;
    b.level = 0.4;
    dab(&c, b, 0, 0);
    assert_near(canvas_level(&c, 128, 128), 0.4, 1e-6);
    b.level = 1;
    b.strength = 0.5;
    dab(&c, b, 0, 0);
    assert_near(canvas_level(&c, 128, 128), 0.7, 1e-6);
    b.erases = true;
    dab(&c, b, 0, 0);
    assert_near(canvas_level(&c, 128, 128), 0.35, 1e-6);
    for (int i = 0; i < 12; i++)
        dab(&c, b, 0, 0);
    assert_true(canvas_level(&c, 128, 128) == 0);
    canvas_free(&c);
}

/* The mean width of a smooth step is where it is one half. */
static void a_ring_has_its_radius_and_width(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = soft_brush();
    b.hardness = 0.4;
    canvas_circle(&c, b, (double[]){0.1, -0.1}, 0.5);
    assert_near(mass_of(&c) / (2 * M_PI * 0.5 * b.radius * 1.4), 1, 2e-3);
    assert_true(canvas_level(&c, 140, 115) == 0);
    assert_true(canvas_level(&c, 204, 115) > 0.99f); /* (0.6, -0.1) */
    canvas_free(&c);
}

static void spray_is_reproducible_and_stays_in_its_disc(void **state)
{
    (void)state;
    Canvas a = {0}, b = {0};
    Brush brush = soft_brush();
    brush.radius = 0.3;
    brush.hardness = 1;
    canvas_spray(&a, brush, (double[]){0.2, 0.1}, SPRAY, 5);
    canvas_spray(&b, brush, (double[]){0.2, 0.1}, SPRAY, 5);
    assert_near(largest_difference(&a, &b), 0, 0);
    double mass = mass_of(&a);
    for (uint64_t step = 6; step < 60; step++)
        canvas_spray(&a, brush, (double[]){0.2, 0.1}, SPRAY, step);
    assert_true(mass_of(&a) > 3 * mass);
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++)
            if (canvas_level(&a, column, row) > 0)
                assert_true(hypot(CANVAS_CELL * (column + 0.5) - 1.2, CANVAS_CELL * (row + 0.5) - 1.1) <
                            0.3 + CANVAS_CELL);
    canvas_free(&a);
    canvas_free(&b);
}

static void a_fill_takes_an_empty_canvas_whole(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = brush_default();
    b.level = 0.5;
    CanvasRect r = canvas_fill(&c, b, (double[]){-0.99, 0.99});
    assert_memory_equal(&r, &CANVAS_WHOLE, sizeof r);
    assert_near(mass_of(&c), 2, 1e-9);
    assert_true(canvas_rect_empty(canvas_fill(&c, b, (double[]){1.01, 0})));
    canvas_free(&c);
}

/* Up to the crest of a soft ring, without a rim, and not through it. */
static void a_fill_stays_within_a_ring(void **state)
{
    (void)state;
    Canvas c = {0}, before = {0};
    canvas_circle(&c, soft_brush(), (double[]){0, 0}, 0.6);
    canvas_copy(&before, &c);
    canvas_fill(&c, brush_default(), (double[]){0.1, 0.1});
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++) {
            double distance = hypot(column - 127.5, row - 127.5) * CANVAS_CELL;
            if (distance < 0.6 - CANVAS_CELL)
                assert_true(canvas_level(&c, column, row) == 1);
            if (distance > 0.6 + CANVAS_CELL)
                assert_true(canvas_level(&c, column, row) == canvas_level(&before, column, row));
        }
    canvas_free(&c);
    canvas_free(&before);
}

static void an_erasing_fill_takes_a_shape_and_its_edge(void **state)
{
    (void)state;
    Canvas c = {0}, other = {0};
    dab(&other, soft_brush(), -0.5, 0.5);
    canvas_copy(&c, &other);
    Brush b = soft_brush();
    b.radius = 0.3;
    dab(&c, b, 0.4, -0.2);
    b.erases = true;
    canvas_fill(&c, b, (double[]){0.4, -0.2});
    assert_near(largest_difference(&c, &other), 0, 0);
    canvas_free(&c);
    canvas_free(&other);
}

/* A paler disc stands in what is filled: its edge may go, it stays. */
static void a_fill_does_not_climb_onto_a_plateau(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = soft_brush();
    b.radius = 0.3;
    b.hardness = 0.5;
    b.level = 0.5;
    dab(&c, b, 0, 0);
    canvas_fill(&c, brush_default(), (double[]){-0.9, 0.9});
    assert_true(canvas_level(&c, 128, 128) == 0.5f);
    assert_true(canvas_level(&c, 128 + 15, 128) == 0.5f);
    assert_true(canvas_level(&c, 128 + 40, 128) == 1);
    canvas_free(&c);
}

static void a_fill_has_the_brushs_symmetry(void **state)
{
    (void)state;
    Canvas c = {0};
    canvas_circle(&c, brush_default(), (double[]){0.5, 0}, 0.2);
    canvas_circle(&c, brush_default(), (double[]){-0.5, 0}, 0.2);
    Brush b = brush_default();
    b.mirror_x = true;
    canvas_fill(&c, b, (double[]){0.5, 0});
    assert_true(canvas_level(&c, 192, 128) == 1 && canvas_level(&c, 63, 128) == 1);
    assert_true(canvas_level(&c, 128, 128) == 0);
    canvas_free(&c);
}

static bool all_in_range(const Canvas *c)
{
    for (int row = 0; row < CANVAS_SIDE; row++)
        for (int column = 0; column < CANVAS_SIDE; column++) {
            float level = canvas_level(c, column, row);
            if (!(level >= 0 && level <= 1))
                return false;
        }
    return true;
}

static const double BAD[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 1e300, -1e300, 1e19, -3e9, 0};
enum { BAD_COUNT = sizeof BAD / sizeof *BAD };

static void bad_places_are_harmless(void **state)
{
    (void)state;
    Canvas c = {0}, before = {0};
    scribble(&c, brush_default(), 5);
    canvas_copy(&before, &c);
    for (size_t tool = 0; tool < TOOL_COUNT; tool++)
        for (size_t i = 0; i + 1 < BAD_COUNT; i++)
            for (size_t j = 0; j < BAD_COUNT; j++) {
                TOOLS[tool](&c, brush_default(), (double[]){BAD[i], BAD[j]});
                TOOLS[tool](&c, brush_default(), (double[]){BAD[j], BAD[i]});
            }
    assert_near(largest_difference(&c, &before), 0, 0);
    for (size_t i = 0; i < 3; i++)
        assert_true(canvas_rect_empty(canvas_line(&c, brush_default(), (double[]){0, 0}, (double[]){0.5, BAD[i]})));
    for (size_t i = 0; i < BAD_COUNT; i++)
        canvas_circle(&c, brush_default(), (double[]){0, 0}, BAD[i]);
    assert_true(all_in_range(&c));
    canvas_free(&c);
    canvas_free(&before);
}

static void bad_brushes_are_harmless(void **state)
{
    (void)state;
    Canvas c = {0};
    for (size_t i = 0; i < BAD_COUNT; i++)
        for (int field = 0; field < 5; field++)
            for (size_t tool = 0; tool < TOOL_COUNT; tool++) {
                Brush b = brush_default();
                double *number[] = {&b.radius, &b.hardness, &b.strength, &b.level};
                if (field < 4)
                    *number[field] = BAD[i];
                else
                    b.folds = (int)i * 1000000 - 2000000;
                bool changed = !canvas_rect_empty(TOOLS[tool](&c, b, (double[]){0.1, 0}));
                assert_false(changed && field < 4 && !isfinite(BAD[i]));
                assert_true(all_in_range(&c));
                canvas_clear(&c);
            }
    canvas_free(&c);
}

/* A pen that leaves the canvas and its stroke's parts that lie inside. */
static void far_ends_leave_the_middle_of_a_line(void **state)
{
    (void)state;
    Canvas near_ends = {0}, far_ends = {0};
    canvas_line(&near_ends, soft_brush(), (double[]){-2, 0.3}, (double[]){2, 0.3});
    canvas_line(&far_ends, soft_brush(), (double[]){-900, 0.3}, (double[]){1e18, 0.3});
    assert_near(largest_difference(&near_ends, &far_ends), 0, 1e-6);
    assert_true(mass_of(&far_ends) > 0.1);
    canvas_free(&near_ends);
    canvas_free(&far_ends);
}

static void a_stroke_goes_on_after_a_bad_place(void **state)
{
    (void)state;
    Canvas c = {0}, straight = {0};
    CanvasStroke s = {0};
    canvas_line(&straight, soft_brush(), (double[]){0, 0}, (double[]){0.5, 0});
    canvas_stroke_begin(&s, &c, soft_brush(), (double[]){(double)NAN, 0});
    assert_true(canvas_empty(&c));
    canvas_stroke_move(&s, &c, (double[]){0, 0});
    canvas_stroke_move(&s, &c, (double[]){0, (double)INFINITY});
    canvas_stroke_move(&s, &c, (double[]){0.5, 0});
    canvas_stroke_end(&s);
    assert_near(largest_difference(&c, &straight), 0, 1e-6);
    canvas_free(&c);
    canvas_free(&straight);
}

static void a_huge_brush_covers_everything(void **state)
{
    (void)state;
    Canvas c = {0};
    Brush b = brush_default();
    b.radius = 1e12;
    b.hardness = 1;
    dab(&c, b, 0.99, -0.99);
    assert_near(mass_of(&c), 4, 1e-9);
    b.erases = true;
    dab(&c, b, -1, 1);
    assert_true(canvas_empty(&c));
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stroke_in_many_moves_is_one_stroke),
        cmocka_unit_test(a_stroke_covers_once_and_strokes_add_up),
        cmocka_unit_test(strokes_end_and_are_given_up_at_any_time),
        cmocka_unit_test(tools_tell_which_cells_they_changed),
        cmocka_unit_test(nothing_is_painted_out_of_reach),
        cmocka_unit_test(a_symmetry_has_each_image_once),
        cmocka_unit_test(symmetric_strokes_are_symmetric),
        cmocka_unit_test(folds_turn_about_the_middle),
        cmocka_unit_test(brushes_go_towards_their_level),
        cmocka_unit_test(a_ring_has_its_radius_and_width),
        cmocka_unit_test(spray_is_reproducible_and_stays_in_its_disc),
        cmocka_unit_test(a_fill_takes_an_empty_canvas_whole),
        cmocka_unit_test(a_fill_stays_within_a_ring),
        cmocka_unit_test(an_erasing_fill_takes_a_shape_and_its_edge),
        cmocka_unit_test(a_fill_does_not_climb_onto_a_plateau),
        cmocka_unit_test(a_fill_has_the_brushs_symmetry),
        cmocka_unit_test(bad_places_are_harmless),
        cmocka_unit_test(bad_brushes_are_harmless),
        cmocka_unit_test(far_ends_leave_the_middle_of_a_line),
        cmocka_unit_test(a_stroke_goes_on_after_a_bad_place),
        cmocka_unit_test(a_huge_brush_covers_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
