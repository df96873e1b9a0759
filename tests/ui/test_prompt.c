/* Commands are typed on a line: run, mended, completed, and brought back. */
#include "harness.h"

#include "scene/command.h"
#include "ui/prompt.h"

#include <stdio.h>

static const Rect plane = {0, 52, 688, 578};

typedef struct Fixture {
    Ui ui;
    Input input;
    Prompt prompt;
} Fixture;

static void frame(Fixture *f)
{
    f->prompt.entered = false;
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    f->ui.window = (Rect){0, 0, 1024, 768};
    prompt_draw(&f->ui, plane, &f->prompt);
    ui_end(&f->ui);
}

static int set_up(void **state)
{
    static Fixture f;
    f = (Fixture){.input = {.x = -1, .y = -1}};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    frame(&f);
    return 0;
}

static int tear_down(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static void types(Fixture *f, const char *text)
{
    type(&f->input, text);
    frame(f);
}

static void hits(Fixture *f, int key)
{
    hit(&f->input, key);
    frame(f);
}

/* As the program does with what is not refused. */
static void runs(Fixture *f, const char *text)
{
    types(f, text);
    hits(f, KEY_ENTER);
    assert_true(f->prompt.entered);
    prompt_hidden(&f->prompt);
    frame(f);
    assert_string_equal(f->prompt.text, "");
}

static void takes_the_keyboard_at_once(void **state)
{
    Fixture *f = *state;
    assert_true(ui_wants_keyboard(&f->ui) && ui_wants_key(&f->ui, KEY_SPACE) && ui_wants_key(&f->ui, KEY_ESCAPE));
    types(f, "set sigma .4");
    assert_string_equal(f->prompt.text, "set sigma .4");
    hits(f, KEY_ENTER);
    assert_true(f->prompt.entered);
    assert_string_equal(f->ui.outbox, "");
}

/* Who runs it leaves the line as it is then. */
static void what_is_refused_can_be_mended(void **state)
{
    Fixture *f = *state;
    types(f, "set sigma x");
    hits(f, KEY_ENTER);
    type(&f->input, "");
    frame(f);
    assert_false(f->prompt.entered);
    assert_true(ui_wants_keyboard(&f->ui));
    hits(f, KEY_BACKSPACE);
    types(f, "1");
    assert_string_equal(f->prompt.text, "set sigma 1");
}

static void escape_and_an_empty_line_close_it(void **state)
{
    Fixture *f = *state;
    hits(f, KEY_ENTER);
    assert_string_equal(f->ui.outbox, "set prompt off\n");
    frame(f);
    types(f, "  ");
    hits(f, KEY_ENTER);
    assert_string_equal(f->ui.outbox, "set prompt off\n");
    assert_false(f->prompt.entered);
    frame(f);
    types(f, "anneal");
    hits(f, KEY_ESCAPE);
    assert_string_equal(f->ui.outbox, "set prompt off\n");
    assert_false(f->prompt.entered);
}

static void a_press_elsewhere_takes_nothing_away(void **state)
{
    Fixture *f = *state;
    types(f, "train 1");
    hits(f, KEY_LEFT);
    press(&f->input, 300, 200);
    frame(f);
    assert_string_equal(f->ui.outbox, "");
    assert_false(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    types(f, "7");
    assert_string_equal(f->prompt.text, "train 71");
}

static void another_field_keeps_the_keyboard(void **state)
{
    Fixture *f = *state;
    Field other = {.id = ui_id("other", 0), .shown = "", .text = "", .words = true};
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    ui_field_open(&f->ui, &other);
    prompt_draw(&f->ui, plane, &f->prompt);
    assert_int_equal(f->ui.editing, other.id);
    ui_end(&f->ui);
}

static void a_list_keeps_the_keyboard(void **state)
{
    Fixture *f = *state;
    f->ui.editing = 0;
    f->ui.lessons = true;
    frame(f);
    assert_int_equal(f->ui.editing, 0);
    f->ui.lessons = false;
    frame(f);
    assert_true(f->ui.editing);
}

static void tab_completes_a_name(void **state)
{
    /* Nothing is added where names part at once, and none begins so. */
    static const struct {
        const char *typed, *completed;
    } name[] = {{"anne", "anneal"}, {"  lea", "  learned "}, {"tr", "tra"},    {"s", "s"}, {"xyz", "xyz"},
                {"", ""},           {"set s", "set s"},      {"step", "step "}};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        type(&f->input, name[i].typed);
        f->input.key[f->input.keys++] = KEY_TAB; /* in one frame: letters come first */
        frame(f);
        assert_string_equal(f->prompt.text, name[i].completed);
        assert_true(ui_wants_keyboard(&f->ui));
        prompt_hidden(&f->prompt);
        f->ui.editing = 0;
        type(&f->input, "");
        frame(f);
    }
}

static void up_and_down_bring_earlier_lines(void **state)
{
    Fixture *f = *state;
    runs(f, "anneal");
    runs(f, "train 5");
    runs(f, "train 5"); /* once is enough */
    types(f, "dra");
    hits(f, KEY_UP);
    assert_string_equal(f->prompt.text, "train 5");
    hits(f, KEY_UP);
    assert_string_equal(f->prompt.text, "anneal");
    hits(f, KEY_UP);
    assert_string_equal(f->prompt.text, "anneal");
    types(f, " "); /* behind it */
    assert_string_equal(f->prompt.text, "anneal ");
    hits(f, KEY_DOWN);
    hits(f, KEY_DOWN);
    hits(f, KEY_DOWN);
    assert_string_equal(f->prompt.text, "dra");
}

static void the_oldest_lines_are_forgotten(void **state)
{
    char line[32];
    Fixture *f = *state;
    for (int i = 0; i < PROMPT_PAST + 3; i++) {
        snprintf(line, sizeof line, "train %d", i);
        runs(f, line);
    }
    for (int i = 0; i < PROMPT_PAST + 9; i++)
        hits(f, KEY_UP);
    assert_string_equal(f->prompt.text, "train 3");
}

static void a_name_is_explained(void **state)
{
    char whole[256];
    Fixture *f = *state;
    const CommandInfo *row = command_find("nudge");
    snprintf(whole, sizeof whole, "%s %s: %s", row->name, row->usage, row->help);
    types(f, "nudg");
    assert_true(has_text(&f->ui, "nudge"));
    types(f, "e si");
    assert_true(has_text(&f->ui, whole));
}

/* Its end is where one types. */
static void a_long_line_shows_where_one_types(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 20; i++)
        types(f, "open a/long/path ");
    types(f, "END");
    frame(f);
    assert_non_null(find_text(&f->ui, "END"));
    for (int i = 0; i < 2; i++) {
        hits(f, KEY_HOME);
        assert_non_null(find_text(&f->ui, "open a/long"));
        assert_null(find_text(&f->ui, "END"));
    }
}

static void it_fits_small_planes(void **state)
{
    Fixture *f = *state;
    const Rect small = {0, 52, 276, 240};
    static const char *const typed[] = {"", "s", "replay ", "trace fates 1 2"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        strcpy(f->prompt.text, typed[i]);
        assert_true(rect_inside(prompt_place(&f->ui, small, &f->prompt), small));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(takes_the_keyboard_at_once),
        TEST(what_is_refused_can_be_mended),
        TEST(escape_and_an_empty_line_close_it),
        TEST(a_press_elsewhere_takes_nothing_away),
        TEST(another_field_keeps_the_keyboard),
        TEST(a_list_keeps_the_keyboard),
        TEST(tab_completes_a_name),
        TEST(up_and_down_bring_earlier_lines),
        TEST(the_oldest_lines_are_forgotten),
        TEST(a_name_is_explained),
        TEST(a_long_line_shows_where_one_types),
        TEST(it_fits_small_planes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
