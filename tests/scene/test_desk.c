/* The desk: what is a step and what is not, what comes back, and that failure leaves the drawing as it was. */
#include "scene/desk_files.h"
#include "scene/desk_tools.h"

#include "drawings.h"
#include "folder.h"

#include "io/bytes.h"
#include "scene/drawing_file.h"

#include <stdio.h>

static const double middle[2] = {0, 0}, right[2] = {0.5, 0.1}, outside[2] = {3, 3};

static Settings with(SettingId id, double value)
{
    Settings s = settings_defaults();
    settings_put(&s, id, value);
    return s;
}

/* The file that a drawing would be: everything there is in it. */
static Bytes file_of(const Drawing *d)
{
    Bytes b = {0};
    drawing_append(&b, d);
    assert_false(b.failed);
    return b;
}

static void assert_same_file(const Bytes *a, const Bytes *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->data, b->data, a->size);
}

static void stroke(Desk *d, const Settings *s, const double from[2], const double to[2])
{
    Error e;
    assert_true(desk_stroke_begin(d, s, from, &e) && desk_stroke_to(d, s, to, &e));
    desk_rest(d);
}

/* One of everything that hands do; how many steps that is. */
static uint64_t do_everything(Desk *d)
{
    Error e;
    Settings s = settings_defaults(), eraser = with(SET_DRAW_TOOL, TOOL_ERASER), many = with(SET_DRAW_POINTS, 7);
    Settings spray = with(SET_DRAW_TOOL, TOOL_SPRAY);
    Part spirals = part_of(PART_TARGET, "spirals");
    stroke(d, &s, middle, right);
    stroke(d, &eraser, right, right);
    stroke(d, &spray, middle, middle);
    assert_true(desk_line(d, &s, middle, (double[]){-0.5, 0}, &e));
    assert_true(desk_circle(d, &s, middle, 0.4, &e));
    assert_true(desk_fill(d, &s, (double[]){0, 0.2}, &e));
    assert_true(desk_gaussian_add(d, right, 0.1, &e) && desk_gaussian_add(d, middle, 0.2, &e));
    assert_true(desk_gaussian_grab(d, right, 0.01, &e) && desk_gaussian_to(d, middle, &e));
    assert_true(desk_gaussian_to(d, (double[]){0.7, 0.7}, &e));
    desk_rest(d);
    assert_true(desk_gaussian_weigh(d, (double[]){0.7, 0.7}, 0.01, 2, &e));
    assert_true(desk_gaussian_delete(d, middle, 0.01, &e));
    assert_true(desk_stamp(d, &many, right, &e) && desk_unstamp(d, right, 0.05, &e));
    assert_true(desk_add(d, spirals, false, "spirals", &e));
    Part placed_part = placed(d->drawing.part[0], 0.1, 0.2, 1.5, 0.3);
    assert_true(desk_change_part(d, 0, &placed_part, "place", &e));
    assert_true(desk_duplicate(d, 0, &e) && desk_reorder(d, 0, 2, &e) && desk_remove(d, 1, &e));
    assert_true(desk_fit(d, true, &e) && desk_wipe(d, &e) && desk_clear(d, &e));
    return 21;
}

static void everything_comes_back_byte_for_byte(void **state)
{
    (void)state;
    enum { MOST = 32 };
    Desk d = {0};
    Bytes was[MOST];
    uint64_t steps = do_everything(&d);
    assert_int_equal(d.steps, steps);
    assert_int_equal(d.history.present, steps);
    for (uint64_t i = steps;; i--) {
        was[i] = file_of(&d.drawing);
        if (!desk_undo(&d))
            break;
    }
    assert_true(drawing_empty(&d.drawing) && d.drawing.count == 0);
    for (uint64_t i = 0; i <= steps; i++) {
        Bytes now = file_of(&d.drawing);
        assert_same_file(&now, &was[i]);
        bytes_free(&now);
        bytes_free(&was[i]);
        assert_true((desk_redo(&d) != NULL) == (i < steps));
    }
    desk_free(&d);
}

static void what_changes_nothing_is_no_step(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    Settings s = settings_defaults();
    stroke(&d, &s, outside, outside);
    assert_true(desk_line(&d, &s, outside, outside, &e) && desk_fill(&d, &s, outside, &e) && desk_wipe(&d, &e));
    assert_true(desk_unstamp(&d, middle, 1, &e) && desk_clear(&d, &e) && desk_fit(&d, false, &e));
    assert_int_equal(d.steps, 0);
    assert_int_equal(d.drawing.count, 0);
    assert_true(desk_gaussian_add(&d, middle, 0.1, &e));
    assert_true(desk_gaussian_grab(&d, middle, 0.1, &e));
    desk_rest(&d);
    Part same = d.drawing.part[0];
    assert_true(desk_change_part(&d, 0, &same, "place", &e) && desk_reorder(&d, 0, 0, &e));
    assert_int_equal(d.steps, 1);
    desk_free(&d);
}

/* The brush is one, however its part stands in the plane. */
static void a_stroke_is_as_wide_in_the_plane_on_any_canvas(void **state)
{
    (void)state;
    Desk d = {0}, plain = {0};
    Error e;
    Settings s = with(SET_DRAW_SIZE, 0.2);
    assert_true(drawing_add(&d.drawing, placed(part_of(PART_CANVAS, "c"), 0.3, -0.2, 1.7, 0.5)));
    stroke(&d, &s, middle, right);
    stroke(&plain, &s, middle, right);
    Target a = target_of(&d.drawing), b = target_of(&plain.drawing);
    for (int i = 0; i < 2; i++)
        assert_near(a.mixture.mean[i], b.mixture.mean[i], 2e-3);
    for (int i = 0; i < 3; i++)
        assert_near(a.mixture.cov[i], b.mixture.cov[i], 2e-3);
    target_free(&a);
    target_free(&b);
    assert_true(desk_add(&d, part_of(PART_CANVAS, "upper"), false, "canvas", &e));
    desk_free(&d);
    desk_free(&plain);
}

static void hands_add_to_the_part_that_is_chosen(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    Settings s = settings_defaults();
    assert_true(desk_add(&d, part_of(PART_CANVAS, "lower"), false, "canvas", &e));
    assert_true(desk_add(&d, part_of(PART_CANVAS, "upper"), false, "canvas", &e));
    assert_int_equal(d.chosen, d.drawing.part[1].id);
    d.chosen = d.drawing.part[0].id;
    stroke(&d, &s, middle, right);
    assert_false(canvas_empty(&d.drawing.part[0].canvas));
    assert_true(canvas_empty(&d.drawing.part[1].canvas));
    d.drawing.part[0].shown = false;
    stroke(&d, &s, middle, right);
    assert_false(canvas_empty(&d.drawing.part[1].canvas));
    desk_free(&d);
}

/* A slider goes through many values, and comes back in one step. */
static void the_same_change_goes_on_as_one_step(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    assert_true(desk_gaussian_add(&d, middle, 0.1, &e) && desk_stamp(&d, &(Settings){0}, right, &e));
    Part part = d.drawing.part[0];
    for (int i = 1; i < 10; i++) {
        part.weight = 1 + i;
        assert_true(desk_change_part(&d, 0, &part, "weight", &e));
    }
    assert_int_equal(d.steps, 3);
    part.size = 2;
    assert_true(desk_change_part(&d, 0, &part, "size", &e));
    assert_int_equal(d.steps, 4);
    part.size = 3;
    desk_part_steps(&d);
    assert_true(desk_change_part(&d, 0, &part, "size", &e));
    assert_int_equal(d.steps, 5);
    assert_string_equal(desk_undo(&d), "size of gaussians");
    assert_near(d.drawing.part[0].size, 2, 0);
    assert_string_equal(desk_undo(&d), "size of gaussians");
    assert_string_equal(desk_undo(&d), "weight of gaussians");
    assert_near(d.drawing.part[0].weight, 1, 0);
    desk_free(&d);
}

static void a_drawing_that_grows_too_large_is_refused(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    for (int i = 0; i < 2; i++) {
        Part part = part_of(PART_POINTS, "many");
        part.points = points_create(POINTS_MAX, false);
        assert_true(desk_add(&d, part, false, "many", &e));
    }
    Part more = part_of(PART_POINTS, "more");
    more.points = points_create(1, false);
    assert_false(desk_add(&d, more, false, "more", &e));
    assert_non_null(strstr(e.text, "expected at most"));
    assert_int_equal(d.drawing.count, 2);
    assert_int_equal(d.steps, 2);
    desk_free(&d);
}

static void no_more_parts_than_there_may_be(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    for (int i = 0; i < DRAWING_PARTS_MAX; i++)
        assert_true(desk_add(&d, part_of(PART_CANVAS, "canvas"), false, "canvas", &e));
    assert_false(desk_add(&d, part_of(PART_CANVAS, "canvas"), false, "canvas", &e));
    assert_non_null(strstr(e.text, "at most 64 parts"));
    assert_false(desk_duplicate(&d, 3, &e));
    assert_false(desk_gaussian_add(&d, middle, 0.1, &e));
    assert_int_equal(d.drawing.count, DRAWING_PARTS_MAX);
    assert_true(desk_add(&d, part_of(PART_CANVAS, "alone"), true, "canvas", &e));
    assert_int_equal(d.drawing.count, 1);
    desk_free(&d);
}

static bool open_file(Desk *d, const char *path, const PointsChoice *choice, bool alone, Error *e)
{
    Opened o = {0};
    return opened_read(&o, path, choice, e) && desk_take(d, &o, alone, e);
}

/* Far from 0 and close together: floats could not tell them apart. */
static void points_keep_their_units(void **state)
{
    (void)state;
    Desk d = {0};
    Error e;
    char notice[200];
    folder_put("far.csv", "x,y\n100000000,5\n100000001,5\n100000000,7\nbad,1\n100000001,7\n");
    assert_true(open_file(&d, "far.csv", NULL, true, &e));
    loaded_print(desk_loaded(&d), notice, sizeof notice);
    const PointSet *p = d.drawing.part[0].points;
    assert_int_equal(p->count, 4);
    assert_string_equal(p->file, "far.csv");
    for (size_t i = 0; i < 4; i++) {
        assert_near(p->units.origin[0] + p->units.scale * (double)p->x[2 * i], 1e8 + (double)(i % 2), 1e-6);
        assert_near(p->units.origin[1] + p->units.scale * (double)p->x[2 * i + 1], i < 2 ? 5 : 7, 1e-6);
    }
    assert_non_null(strstr(notice, "4 points"));
    assert_non_null(strstr(notice, "1 left out"));
    desk_free(&d);
}

static void what_is_opened_is_told_by_its_content(void **state)
{
    (void)state;
    Desk d = {0}, again = {0};
    Error e;
    char notice[200];
    const char *name = "drawing-by-content.txt";
    Settings s = settings_defaults();
    stroke(&d, &s, middle, right);
    assert_true(desk_stamp(&d, &s, right, &e) && drawing_save(&d.drawing, name, &e));
    assert_false(open_file(&again, name, &(PointsChoice){{"1", "2", NULL}}, true, &e));
    assert_non_null(strstr(e.text, "columns are for tables"));
    assert_true(open_file(&again, name, NULL, true, &e));
    loaded_print(desk_loaded(&again), notice, sizeof notice);
    assert_non_null(strstr(notice, "a drawing of 2 parts"));
    assert_same_density(&d.drawing, &again.drawing);
    assert_true(open_file(&again, SOURCE_FOLDER "/docs/pictures/window.png", NULL, false, &e));
    assert_int_equal(again.drawing.count, 3);
    assert_int_equal(again.drawing.part[2].kind, PART_PICTURE);
    assert_false(open_file(&again, "nothing", NULL, true, &e));
    assert_non_null(strstr(e.text, "nothing"));
    assert_int_equal(again.drawing.count, 3);
    assert_int_equal(again.steps, 2);
    desk_free(&d);
    desk_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_comes_back_byte_for_byte),
        cmocka_unit_test(what_changes_nothing_is_no_step),
        cmocka_unit_test(a_stroke_is_as_wide_in_the_plane_on_any_canvas),
        cmocka_unit_test(hands_add_to_the_part_that_is_chosen),
        cmocka_unit_test(the_same_change_goes_on_as_one_step),
        cmocka_unit_test(a_drawing_that_grows_too_large_is_refused),
        cmocka_unit_test(no_more_parts_than_there_may_be),
        cmocka_unit_test(points_keep_their_units),
        cmocka_unit_test(what_is_opened_is_told_by_its_content),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
