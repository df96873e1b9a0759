/* Drawings that are kept as tiles: they are there again at the next start, under names that files can have, and nothing
 * that was removed is lost. */
#include "drawings.h"
#include "folder.h"
#include "io/file.h"
#include "scene/command.h"
#include "scene/drawing_file.h"
#include "scene/shelf.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char folder[] = "drawings"; /* which isn't there at first */

static Tile kept(const char *name, const Drawing *d)
{
    Tile t;
    Error e;
    if (!tile_keep(folder, name, d, &t, &e))
        fail_msg("%s", e.text);
    return t;
}

static Shelf listed(void)
{
    Shelf s = {0};
    Error e;
    strcpy(s.folder, folder);
    assert_true(shelf_read(&s, &e));
    return s;
}

static bool is_there(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void what_is_kept_is_listed_the_oldest_first(void **state)
{
    (void)state;
    Drawing d = {0};
    add(&d, painted(-0.5, 0.2, 0.2));
    Tile first = kept("zebra", &d), second = kept("another \u00fc", &d);
    struct timespec later[2] = {{.tv_sec = first.kept_ns / 1000000000 + 10},
                                {.tv_sec = first.kept_ns / 1000000000 + 10}};
    char path[256];
    tile_path(folder, second.name, path, sizeof path);
    utimensat(AT_FDCWD, path, later, 0);
    Shelf s = listed();
    assert_int_equal(s.count, 2);
    assert_string_equal(s.tile[0].name, "zebra");
    assert_string_equal(s.tile[1].name, "another \u00fc");
    assert_true(s.tile[0].drawn);
    assert_memory_equal(s.tile[0].sample, first.sample, sizeof first.sample);
    Drawing again = {0};
    Error e;
    assert_true(drawing_load(&again, path, &e));
    assert_same_density(&d, &again);
    drawing_free(&again);
    drawing_free(&d);
    shelf_free(&s);
}

/* The middle of what is seen, and its standard deviation, are the drawing's frame. */
static void small_pictures_show_the_drawing(void **state)
{
    (void)state;
    Drawing d = {.fit = true};
    double mean[2] = {0, 0}, square = 0;
    add(&d, placed(painted(0, 0, 0.3), 5, -3, 4, 0.5));
    Tile t = kept("", &d);
    assert_true(t.drawn);
    for (size_t i = 0; i < TILE_SAMPLES; i++)
        for (int axis = 0; axis < 2; axis++) {
            double x = (double)t.sample[i][axis];
            mean[axis] += x / TILE_SAMPLES;
            square += x * x / (2 * TILE_SAMPLES);
        }
    assert_near(mean[0], 0, 0.25);
    assert_near(mean[1], 0, 0.25);
    assert_near(square, 1, 0.25);
    drawing_free(&d);
}

static void names_are_those_that_files_can_have(void **state)
{
    (void)state;
    Drawing d = {0};
    char longest[200];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    add(&d, painted(0, 0, 0.2));
    assert_string_equal(kept("../../etc/passwd", &d).name, "-.-..-etc-passwd");
    kept(longest, &d);
    kept(longest, &d); /* with a number */
    assert_string_equal(kept("", &d).name, "painted");
    assert_string_equal(kept("", &d).name, "painted 2");
    assert_string_equal(kept("painted", &d).name, "painted 3");
    Shelf s = listed();
    for (size_t i = 0; i < s.count; i++)
        assert_true(!strchr(s.tile[i].name, '/') && s.tile[i].name[0] != '.');
    shelf_free(&s);
    drawing_free(&d);
}

static void an_empty_drawing_is_not_kept(void **state)
{
    (void)state;
    Drawing d = {0};
    Tile t;
    Error e;
    assert_false(tile_keep(folder, "nothing", &d, &t, &e));
    assert_non_null(strstr(e.text, "empty"));
    assert_false(is_there("nothing.json"));
}

static void what_is_removed_can_come_back(void **state)
{
    (void)state;
    Drawing d = {0};
    Error e;
    add(&d, painted(0, 0, 0.2));
    kept("one", &d);
    Shelf s = listed();
    assert_true(shelf_remove(&s, "one", true, &e));
    assert_true(!is_there("one.json") && is_there("removed/one.json") && is_there("removed/one.npy"));
    assert_false(shelf_remove(&s, "one", true, &e));
    assert_string_equal(kept("one", &d).name, "one 2"); /* or the next removal would cost the first */
    Shelf later = listed();
    assert_int_equal(later.count, 1);
    assert_true(shelf_remove(&s, "one", false, &e));
    assert_true(is_there("one.json") && is_there("one.npy") && !is_there("removed/one.json"));
    assert_false(shelf_remove(&s, "two", true, &e));
    assert_non_null(strstr(e.text, "there is no tile \"two\""));
    shelf_free(&later);
    shelf_free(&s);
    drawing_free(&d);
}

static void foreign_files_cost_nothing(void **state)
{
    (void)state;
    Drawing d = {0};
    add(&d, painted(0, 0, 0.2));
    kept("one", &d);
    kept("two", &d);
    folder_put("drawings/one.npy", "\x93NUMPY");
    unlink("drawings/two.npy");
    folder_put("drawings/readme.txt", "text");
    Shelf s = listed();
    assert_int_equal(s.count, 2);
    assert_false(s.tile[0].drawn || s.tile[1].drawn);
    shelf_free(&s);
    drawing_free(&d);
}

/* Both workers' share of a state. */
static void ignore(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static void commands_keep_open_and_remove(void **state)
{
    (void)state;
    Catalogue catalogue;
    Session s;
    Settings settings = settings_defaults();
    Error e;
    assert_true(catalogue_init(&catalogue));
    session_init(&s, &catalogue, &settings, (Host){.order = ignore});
    assert_false(command_run_all(&s, "stamp 0 0; tile keep", &e));
    assert_non_null(strstr(e.text, "there is no folder"));
    strcpy(s.shelf.folder, folder);
    assert_true(command_run_all(&s, "tile keep \"my \\\"dots\\\"\"; clear drawing; gaussian add 0 0; tile keep", &e));
    assert_int_equal(s.shelf.count, 2);
    assert_true(command_run_all(&s, "tile open \"my \\\"dots\\\"\"", &e));
    assert_int_equal(s.desk.drawing.part[0].kind, PART_POINTS);
    assert_true(command_run_all(&s, "undo", &e));
    assert_int_equal(s.desk.drawing.part[0].kind, PART_GAUSSIANS);
    assert_true(command_run_all(&s, "tile remove \"my \\\"dots\\\"\"", &e));
    assert_false(command_run_all(&s, "tile open \"my \\\"dots\\\"\"", &e));
    assert_true(command_run_all(&s, "undo; tile open \"my \\\"dots\\\"\"; undo; redo", &e));
    assert_int_equal(s.desk.drawing.part[0].kind, PART_POINTS);
    session_free(&s);
    catalogue_free(&catalogue);
}

#define SHELF_TEST(f) cmocka_unit_test_setup_teardown(f, folder_enter, folder_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHELF_TEST(what_is_kept_is_listed_the_oldest_first), SHELF_TEST(small_pictures_show_the_drawing),
        SHELF_TEST(names_are_those_that_files_can_have),     SHELF_TEST(an_empty_drawing_is_not_kept),
        SHELF_TEST(what_is_removed_can_come_back),           SHELF_TEST(foreign_files_cost_nothing),
        SHELF_TEST(commands_keep_open_and_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
