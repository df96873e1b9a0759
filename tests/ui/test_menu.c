#include "ui/harness.h"

#include "core/dynamics.h"

#include <math.h>
#include <stdio.h>

/* A list that opens, with a button before it, one under the open list and one after it. */
typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Rect window, menu_at;
    bool shown; /* the control that opens the list */
    bool before, under;
} Fixture;

static const Rect before_at = {100, 10, 80, 30}, under_at = {100, 160, 200, 60};

static int with_ui(void **state)
{
    static Fixture f;
    f = (Fixture){
        .settings = settings_defaults(), .window = {0, 0, 420, 400}, .menu_at = {100, 100, 200, 29}, .shown = true};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_ui(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static const char *frame(Fixture *f)
{
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    f->ui.window = f->window;
    f->before = ui_button(&f->ui, "before", "Before", "", "", before_at, false);
    if (f->shown)
        ui_menu(&f->ui, &f->settings, SET_DYNAMICS, f->menu_at);
    f->under = ui_button(&f->ui, "under", "Under", "", "", under_at, false);
    ui_end(&f->ui);
    return f->ui.outbox;
}

static bool is_open(const Fixture *f)
{
    return ui_menu_place(&f->ui).w > 0;
}

static const char *click(Fixture *f, double x, double y)
{
    press(&f->input, x, y);
    frame(f);
    let_go(&f->input);
    return frame(f);
}

static void open_list(Fixture *f)
{
    assert_string_equal(click(f, f->menu_at.x + 10, f->menu_at.y + 10), "");
    assert_true(is_open(f));
}

/* Where a row of the open list is drawn; the button may bear the same label. */
static Rect row_at(const Fixture *f, size_t which)
{
    Rect list = ui_menu_place(&f->ui);
    for (size_t i = f->ui.list.count; i-- > 0;) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_TEXT && strcmp(text_of(&f->ui.list, c), sampler_info(which)->label) == 0 &&
            rect_has(list, c->rect.x, c->rect.y))
            return text_rect(&f->ui.list, c);
    }
    fail_msg("%s is not in the list", sampler_info(which)->label);
    return (Rect){0};
}

static double middle_y(Rect r)
{
    return r.y + r.h / 2;
}

static void a_click_opens_and_a_click_chooses(void **state)
{
    Fixture *f = *state;
    assert_false(is_open(f));
    open_list(f);
    Rect row = row_at(f, SAMPLER_LANGEVIN);
    assert_string_equal(click(f, row.x + 5, middle_y(row)), "set dynamics langevin\n");
    assert_false(is_open(f));
    assert_false(f->under); /* it lay under the list */
    frame(f);
    assert_false(ui_wants_keyboard(&f->ui));
}

static void the_choice_that_is_made_is_not_said_again(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect row = row_at(f, SAMPLER_SDE);
    assert_string_equal(click(f, row.x + 5, middle_y(row)), "");
    assert_false(is_open(f));
}

static void a_press_may_be_drawn_to_a_row(void **state)
{
    Fixture *f = *state;
    press(&f->input, f->menu_at.x + 10, f->menu_at.y + 10);
    frame(f);
    assert_true(is_open(f));
    Rect row = row_at(f, SAMPLER_PC);
    hold(&f->input, row.x + 5, middle_y(row));
    assert_string_equal(frame(f), "");
    let_go(&f->input);
    assert_string_equal(frame(f), "set dynamics pc\n");
}

static void a_row_must_be_let_go_of(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect row = row_at(f, SAMPLER_PC);
    press(&f->input, row.x + 5, middle_y(row));
    assert_string_equal(frame(f), "");
    hold(&f->input, 5, 5);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "");
    assert_true(is_open(f));
}

static void focus_the_menu(Fixture *f)
{
    frame(f);
    for (int i = 0; i < 2; i++) {
        hit(&f->input, KEY_TAB);
        frame(f);
    }
    assert_int_equal(f->ui.focus, ui_id("dynamics", 0));
}

static const char *enter_after(Fixture *f, int key, int times)
{
    hit(&f->input, KEY_ENTER);
    frame(f);
    assert_true(is_open(f));
    for (int i = 0; i < times; i++) {
        hit(&f->input, key);
        assert_string_equal(frame(f), "");
    }
    hit(&f->input, KEY_ENTER);
    return frame(f);
}

static void keys_open_move_and_take(void **state)
{
    Fixture *f = *state;
    focus_the_menu(f);
    assert_false(ui_wants_key(&f->ui, KEY_DOWN)); /* closed, it leaves them to the noise */
    assert_string_equal(enter_after(f, KEY_DOWN, 1), "set dynamics em\n");
    assert_string_equal(enter_after(f, KEY_UP, 1), "set dynamics annealed\n");
    assert_string_equal(enter_after(f, KEY_HOME, 1), "set dynamics ascent\n");
    assert_string_equal(enter_after(f, KEY_END, 1), "set dynamics flow\n");
    assert_string_equal(enter_after(f, KEY_DOWN, SAMPLER_COUNT - SAMPLER_SDE), "set dynamics ascent\n"); /* around */
    assert_string_equal(enter_after(f, KEY_UP, SAMPLER_COUNT), "");
    assert_false(is_open(f));
}

static void a_row_that_keys_reach_is_in_view(void **state)
{
    Fixture *f = *state;
    focus_the_menu(f);
    hit(&f->input, KEY_ENTER);
    frame(f);
    for (size_t i = 0; i < 2 * SAMPLER_COUNT; i++) {
        size_t expected = (SAMPLER_SDE + i + 1) % SAMPLER_COUNT;
        hit(&f->input, KEY_DOWN);
        frame(f);
        assert_true(rect_inside(row_at(f, expected), ui_menu_place(&f->ui)));
        assert_non_null(find_text(&f->ui, sampler_info(expected)->name)); /* told at once */
    }
}

static void letters_find_rows_and_space_is_left(void **state)
{
    Fixture *f = *state;
    open_list(f);
    assert_true(ui_wants_keyboard(&f->ui));
    assert_false(ui_wants_key(&f->ui, KEY_SPACE));
    assert_true(ui_wants_key(&f->ui, KEY_DOWN) && ui_wants_key(&f->ui, KEY_ENTER) && ui_wants_key(&f->ui, KEY_ESCAPE));
    type(&f->input, "f"); /* the flows, of which this is the first */
    frame(f);
    type(&f->input, "F");
    frame(f);
    hit(&f->input, KEY_ENTER);
    assert_string_equal(frame(f), "set dynamics ode\n");
}

static void escape_closes_and_keeps_the_focus(void **state)
{
    Fixture *f = *state;
    focus_the_menu(f);
    hit(&f->input, KEY_ENTER);
    frame(f);
    hit(&f->input, KEY_DOWN);
    frame(f);
    hit(&f->input, KEY_ESCAPE);
    assert_string_equal(frame(f), "");
    assert_false(is_open(f));
    assert_int_equal(f->ui.focus, ui_id("dynamics", 0));
    assert_true(f->ui.wake_s <= f->input.time_s);
}

static void tab_closes_and_goes_on(void **state)
{
    Fixture *f = *state;
    focus_the_menu(f);
    hit(&f->input, KEY_ENTER);
    frame(f);
    hit(&f->input, KEY_TAB);
    assert_string_equal(frame(f), "");
    assert_false(is_open(f));
    point_at(&f->input, -1, -1);
    frame(f);
    assert_int_equal(f->ui.focus, ui_id("under", 0));
}

static void a_press_beside_the_list_closes_it_and_reaches_nothing(void **state)
{
    Fixture *f = *state;
    const double beside[][2] = {{110, 20}, {20, 390}, {110, 110}}; /* a button, the plane, the control itself */
    for (size_t i = 0; i < 3; i++) {
        open_list(f);
        point_at(&f->input, beside[i][0], beside[i][1]);
        frame(f);
        assert_true(ui_wants_pointer(&f->ui)); /* a click there is not the plane's either */
        press(&f->input, beside[i][0], beside[i][1]);
        assert_string_equal(frame(f), "");
        assert_false(is_open(f));
        assert_true(ui_wants_pointer(&f->ui));
        let_go(&f->input);
        assert_string_equal(frame(f), "");
        assert_false(f->before);
        assert_false(is_open(f));
        assert_true(ui_wants_pointer(&f->ui));
        point_at(&f->input, 20, 390);
        frame(f);
        assert_false(ui_wants_pointer(&f->ui));
    }
}

static void the_edge_of_the_list_belongs_to_it(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect list = ui_menu_place(&f->ui);
    assert_string_equal(click(f, list.x + list.w / 2, list.y + 2), "");
    frame(f);
    assert_true(is_open(f));
}

/* In the frame in which the pointer comes: there may be no other for a while. */
static void the_row_under_the_pointer_is_lit_at_once(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect row = row_at(f, SAMPLER_UNDERDAMPED);
    point_at(&f->input, row.x + 5, middle_y(row));
    frame(f);
    size_t lit = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        lit += c->kind == DRAW_BOX && c->fill == f->ui.palette->line && rect_inside(row, c->rect);
    }
    assert_int_equal(lit, 1);
}

static void nothing_under_the_list_is_touched(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect list = ui_menu_place(&f->ui);
    assert_true(rect_meet(list, under_at).h == under_at.h);
    for (double y = list.y + 1; y < list.y + list.h; y += 7) {
        click(f, list.x + 20, y);
        assert_false(f->under);
        point_at(&f->input, -1, -1);
        frame(f);
        if (!is_open(f))
            open_list(f);
    }
}

static void the_list_lies_over_everything(void **state)
{
    Fixture *f = *state;
    open_list(f);
    size_t list = 0, under = (size_t)(find_text(&f->ui, "Under") - f->ui.list.command);
    Rect at = ui_menu_place(&f->ui);
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_BOX && fabs(c->rect.x - at.x) < 1 && fabs(c->rect.h - at.h) < 2)
            list = i;
    }
    assert_true(list > under);
    assert_int_equal(f->ui.list.command[list].fill & 0xff, 0xff);
}

static void the_wheel_moves_the_list_within_its_ends(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect list = ui_menu_place(&f->ui);
    assert_true(f->ui.menu.scroll.longest > 0);
    for (int turn = -1; turn <= 1; turn += 2) {
        point_at(&f->input, list.x + 20, list.y + 20);
        f->input.wheel = 1000 * turn;
        frame(f);
        assert_true(is_open(f));
        size_t last = turn < 0 ? SAMPLER_COUNT - 1 : 0;
        assert_true(rect_inside(row_at(f, last), list));
    }
    Rect row = row_at(f, SAMPLER_LANGEVIN);
    assert_string_equal(click(f, row.x, middle_y(row)), "set dynamics langevin\n"); /* where it is seen */
}

static void a_drag_of_the_lists_bar_chooses_nothing(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect list = ui_menu_place(&f->ui);
    double x = list.x + list.w - 8;
    point_at(&f->input, list.x + 20, list.y + 20);
    f->input.wheel = 1000;
    frame(f);
    press(&f->input, x, list.y + 10);
    frame(f);
    hold(&f->input, x, list.y + list.h);
    frame(f);
    let_go(&f->input);
    f->input.x = list.x + 20;
    f->input.y = list.y + list.h - 20;
    assert_string_equal(frame(f), "");
    assert_true(is_open(f));
    assert_true(f->ui.menu.scroll.at > 0.5 * f->ui.menu.scroll.longest);
}

static void a_refused_row_is_faint_says_why_and_stays(void **state)
{
    Fixture *f = *state;
    open_list(f);
    Rect row = row_at(f, SAMPLER_MALA);
    assert_string_equal(click(f, row.x + 5, middle_y(row)), "");
    assert_true(is_open(f));
    point_at(&f->input, row.x + 5, middle_y(row));
    frame(f);
    f->input.time_s += 1;
    frame(f);
    assert_non_null(find_text(&f->ui, "log p"));
    assert_non_null(find_text(&f->ui, "dynamics mala"));
    assert_int_not_equal(text_drawn(&f->ui, "Metropolis").fill, text_drawn(&f->ui, "Underdamped").fill);
    settings_put(&f->settings, SET_FIELD, FIELD_EXACT);
    assert_string_equal(click(f, row.x + 5, middle_y(row)), "set dynamics mala\n");
}

static void a_row_tells_what_it_is_beside_the_list(void **state)
{
    Fixture *f = *state;
    f->window.w = 800;
    open_list(f);
    Rect list = ui_menu_place(&f->ui), row = row_at(f, SAMPLER_PC);
    point_at(&f->input, row.x + 5, middle_y(row));
    frame(f);
    assert_null(find_text(&f->ui, "dynamics pc"));
    f->input.time_s += 1;
    frame(f);
    double x = text_drawn(&f->ui, "dynamics pc").rect.x;
    assert_true(x < list.x || x > list.x + list.w);
    row = row_at(f, SAMPLER_SVGD); /* having waited once, the next is told at once */
    point_at(&f->input, row.x + 5, middle_y(row));
    frame(f);
    frame(f);
    assert_non_null(find_text(&f->ui, "dynamics svgd"));
}

static void a_list_whose_control_goes_away_closes(void **state)
{
    Fixture *f = *state;
    open_list(f);
    f->shown = false;
    frame(f);
    assert_false(is_open(f));
    assert_false(ui_wants_keyboard(&f->ui));
    f->shown = true;
    frame(f);
    assert_false(is_open(f));
}

static void the_list_stays_in_the_window_and_off_its_control(void **state)
{
    Fixture *f = *state;
    const double sizes[][2] = {{420, 400}, {1600, 1000}, {300, 200}, {150, 90}};
    for (size_t i = 0; i < 4; i++) {
        f->window = (Rect){0, 0, sizes[i][0], sizes[i][1]};
        for (double y = 0; y <= f->window.h - 29; y += 11) {
            f->menu_at = (Rect){f->window.w - 210, y, 200, 29};
            point_at(&f->input, -1, -1);
            frame(f);
            press(&f->input, fmax(f->menu_at.x, 0) + 3, y + 10);
            frame(f);
            Rect list = ui_menu_place(&f->ui), row = row_at(f, SAMPLER_SDE);
            assert_true(rect_inside(list, f->window));
            assert_true(rect_inside(row, list));
            assert_true(rect_meet(list, f->menu_at).h == 0 || f->window.h < 220);
            hit(&f->input, KEY_ESCAPE);
            frame(f);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_ui, without_ui)
    const struct CMUnitTest tests[] = {
        TEST(a_click_opens_and_a_click_chooses),
        TEST(the_choice_that_is_made_is_not_said_again),
        TEST(a_press_may_be_drawn_to_a_row),
        TEST(a_row_must_be_let_go_of),
        TEST(keys_open_move_and_take),
        TEST(a_row_that_keys_reach_is_in_view),
        TEST(letters_find_rows_and_space_is_left),
        TEST(escape_closes_and_keeps_the_focus),
        TEST(tab_closes_and_goes_on),
        TEST(a_press_beside_the_list_closes_it_and_reaches_nothing),
        TEST(the_edge_of_the_list_belongs_to_it),
        TEST(the_row_under_the_pointer_is_lit_at_once),
        TEST(nothing_under_the_list_is_touched),
        TEST(the_list_lies_over_everything),
        TEST(the_wheel_moves_the_list_within_its_ends),
        TEST(a_drag_of_the_lists_bar_chooses_nothing),
        TEST(a_refused_row_is_faint_says_why_and_stays),
        TEST(a_row_tells_what_it_is_beside_the_list),
        TEST(a_list_whose_control_goes_away_closes),
        TEST(the_list_stays_in_the_window_and_off_its_control),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
