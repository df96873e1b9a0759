/* The card says what came in with a file, in the file's own units, and goes away by its button. */
#include "harness.h"

#include "ui/parts.h"

#include <stdio.h>

static const Rect plane = {0, 52, 1000, 800};

typedef struct Fixture {
    Ui ui;
    Input input;
    Loaded loaded;
} Fixture;

static Rect frame(Fixture *f)
{
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    f->ui.window = (Rect){0, 0, 1336, 1000};
    Rect card = load_card_draw(&f->ui, plane, &f->loaded);
    ui_end(&f->ui);
    return card;
}

static int set_up(void **state)
{
    static Fixture f;
    f = (Fixture){.input = {.x = -1, .y = -1}};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static void what_is_being_read_is_named(void **state)
{
    Fixture *f = *state;
    f->loaded = loaded_reading("large.csv");
    assert_true(frame(f).h > 0);
    text_drawn(&f->ui, "large.csv");
    text_drawn(&f->ui, "is being read");
}

static Loaded some_points(void)
{
    PointTable t = {.count = 12345,
                    .weighted = true,
                    .low = {-3.25, 0},
                    .high = {8, 4000},
                    .column = {"column 2 \"height\"", "column 3 \"width\"", "column 4 \"w\""},
                    .format = "a table separated by commas"};
    points_skip(&t, "line 17: expected a number in column 2 \"height\", found \"abc\"");
    PointSet set = {.units = {{1.5, -2}, 0.25}};
    return loaded_points("galaxies.csv", &t, &set);
}

static void tells_all_about_points(void **state)
{
    static const char *const said[] = {"galaxies.csv",
                                       "12,345 points, weighted",
                                       "x from -3.25 to 8, from column 2 \"height\"",
                                       "y from 0 to 4000, from column 3 \"width\"",
                                       "column 4 \"w\"",
                                       "separated by commas",
                                       "centred at (1.5, -2) and divided by 0.25",
                                       "1 left out: line 17"};
    Fixture *f = *state;
    f->loaded = some_points();
    Rect card = frame(f);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        DrawCommand c = text_drawn(&f->ui, said[i]);
        assert_true(rect_inside(text_rect(&f->ui.list, &c), card));
        assert_int_equal(c.fill == f->ui.palette->warning, strstr(said[i], "left out") != NULL);
    }
}

static void is_silent_about_what_is_not(void **state)
{
    Fixture *f = *state;
    PointTable t = {.count = 2, .high = {1, 1}};
    f->loaded = loaded_points("p.npy", &t, &(PointSet){.units = {.scale = 1}});
    frame(f);
    assert_true(has_text(&f->ui, "2 points"));
    assert_null(find_text(&f->ui, "left out"));
    assert_null(find_text(&f->ui, "weight"));
    f->loaded = (Loaded){0};
    assert_true(frame(f).w == 0);
    assert_int_equal(f->ui.list.count, 0);
}

static void tells_about_pictures_and_drawings(void **state)
{
    Fixture *f = *state;
    f->loaded = loaded_picture("cat.png", &(ImageLevels){.rows = 200, .columns = 256, .polarity = IMAGE_LIGHT_ON_DARK});
    frame(f);
    assert_non_null(find_text(&f->ui, "256 \u00d7 200 cells, light on dark"));
    f->loaded = loaded_drawing("mine.json", 1);
    frame(f);
    assert_true(has_text(&f->ui, "a drawing of 1 part"));
}

static void long_lines_break_inside_the_card(void **state)
{
    Fixture *f = *state;
    f->loaded = some_points();
    memset(f->loaded.table.skipped.why, 'a', sizeof f->loaded.table.skipped.why - 1);
    for (size_t i = 9; i < sizeof f->loaded.table.skipped.why - 1; i += 10)
        f->loaded.table.skipped.why[i] = ' ';
    Rect card = frame(f);
    assert_true(rect_inside(card, plane));
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_TEXT)
            assert_true(rect_inside(text_rect(&f->ui.list, c), card));
    }
}

static void its_button_closes_it(void **state)
{
    Fixture *f = *state;
    f->loaded = some_points();
    frame(f);
    DrawCommand cross = text_drawn(&f->ui, "\u00d7");
    press(&f->input, cross.rect.x + 2, cross.rect.y - 2);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    assert_string_equal(f->ui.outbox, "cancel\n");
}

static void one_line_for_notices(void **state)
{
    (void)state;
    char text[128];
    Loaded l = some_points();
    loaded_print(&l, text, sizeof text);
    assert_string_equal(text, "galaxies.csv: 12345 points, 1 left out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_being_read_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_all_about_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(is_silent_about_what_is_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_about_pictures_and_drawings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lines_break_inside_the_card, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_button_closes_it, set_up, tear_down),
        cmocka_unit_test(one_line_for_notices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
