#include "ui/harness.h"

#include "scene/command.h"

#include <math.h>
#include <stdio.h>

/* A few controls below one another: each frame lays them out anew. */
typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    bool button_clicked;
} Fixture;

static const Rect slider_at = {100, 10, 200, 36}, noise_at = {100, 50, 200, 36}, segments_at = {100, 90, 300, 33};
static const Rect toggle_at = {100, 130, 120, 21}, button_at = {100, 160, 80, 30}, area_at = {90, 0, 320, 300};
static const double slider_track_y = 38, noise_track_y = 78;

static int with_ui(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults()};
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
    f->ui.window = (Rect){0, 0, 420, 320};
    ui_area(&f->ui, area_at);
    ui_setting(&f->ui, &f->settings, SET_RATE, slider_at);
    ui_setting(&f->ui, &f->settings, SET_NOISE, noise_at);
    ui_setting(&f->ui, &f->settings, SET_FIELD, segments_at);
    ui_setting(&f->ui, &f->settings, SET_SHOW_DATA, toggle_at);
    f->button_clicked = ui_button(&f->ui, "button", "Button", "what it does", "B", button_at, false);
    ui_end(&f->ui);
    return f->ui.outbox;
}

static const char *click(Fixture *f, double x, double y)
{
    press(&f->input, x, y);
    frame(f);
    let_go(&f->input);
    return frame(f);
}

/* The number behind "set NAME "; NAN when the outbox holds anything else. */
static double value_set(const char *outbox, const char *name)
{
    char prefix[64], rest[4] = "";
    double value;
    snprintf(prefix, sizeof prefix, "set %s ", name);
    if (strncmp(outbox, prefix, strlen(prefix)) != 0)
        return (double)NAN;
    return sscanf(outbox + strlen(prefix), "%lf%3s", &value, rest) == 1 ? value : (double)NAN;
}

static void a_press_on_a_log_slider_sets_the_geometric_middle(void **state)
{
    Fixture *f = *state;
    double min, max;
    setting_range(&f->settings, SET_RATE, &min, &max);
    press(&f->input, 200, slider_track_y);
    assert_true(fabs(value_set(frame(f), "train.rate") / sqrt(min * max) - 1) < 1e-3);
}

static void a_drag_stays_with_its_slider_to_both_ends(void **state)
{
    Fixture *f = *state;
    double min, max;
    setting_range(&f->settings, SET_RATE, &min, &max);
    press(&f->input, 200, slider_track_y);
    frame(f);
    hold(&f->input, 1000, noise_track_y);
    assert_true(value_set(frame(f), "train.rate") == max);
    hold(&f->input, -50, 250);
    assert_true(fabs(value_set(frame(f), "train.rate") - min) < 1e-12);
    let_go(&f->input);
    frame(f);
    point_at(&f->input, 150, noise_track_y);
    assert_string_equal(frame(f), "");
}

static void a_slider_that_stands_still_says_nothing(void **state)
{
    Fixture *f = *state;
    for (double x = 110; x < 290; x += 7) {
        press(&f->input, x, slider_track_y);
        const char *said = frame(f);
        settings_put(&f->settings, SET_RATE, value_set(said, "train.rate"));
        hold(&f->input, x, slider_track_y);
        assert_string_equal(frame(f), "");
        let_go(&f->input);
        assert_string_equal(frame(f), "");
    }
}

static void a_double_click_gives_the_default_and_drags_nothing(void **state)
{
    Fixture *f = *state;
    press(&f->input, 200, noise_track_y);
    f->input.clicks = 2;
    assert_string_equal(frame(f), "default noise\n");
    hold(&f->input, 250, noise_track_y);
    assert_string_equal(frame(f), "");
}

static void the_wheel_nudges_only_with_ctrl(void **state)
{
    Fixture *f = *state;
    point_at(&f->input, 200, noise_track_y);
    f->input.wheel = 2;
    assert_string_equal(frame(f), "");
    f->input.ctrl = true;
    assert_string_equal(frame(f), "nudge noise 2\n");
    f->input.wheel = -1;
    f->input.shift = true;
    assert_string_equal(frame(f), "nudge noise -0.1\n");
}

/* The mouse leaves the keys to the key table. */
static void arrow_keys_nudge_the_slider_that_tab_went_to(void **state)
{
    Fixture *f = *state;
    click(f, 200, noise_track_y);
    for (int key = KEY_ESCAPE; key <= KEY_END; key++)
        assert_int_equal(ui_wants_key(&f->ui, key), false);
    hit(&f->input, KEY_RIGHT);
    assert_string_equal(frame(f), "");
    hit(&f->input, KEY_TAB);
    frame(f);
    hit(&f->input, KEY_BACKTAB);
    frame(f);
    assert_true(ui_wants_key(&f->ui, KEY_RIGHT) && ui_wants_key(&f->ui, KEY_ESCAPE));
    assert_false(ui_wants_key(&f->ui, KEY_HOME) || ui_wants_key(&f->ui, KEY_END));
    hit(&f->input, KEY_RIGHT);
    assert_string_equal(frame(f), "nudge noise 1\n");
    hit(&f->input, KEY_DOWN);
    assert_string_equal(frame(f), "nudge noise -1\n");
}

static void open_value(Fixture *f)
{
    click(f, noise_at.x + noise_at.w - 5, noise_at.y + 10);
    assert_true(ui_wants_keyboard(&f->ui));
}

static void a_typed_value_is_set_by_enter(void **state)
{
    Fixture *f = *state;
    open_value(f);
    type(&f->input, "0.25");
    assert_string_equal(frame(f), "");
    assert_non_null(find_text(&f->ui, "0.25"));
    hit(&f->input, KEY_LEFT);
    frame(f);
    hit(&f->input, KEY_BACKSPACE);
    frame(f);
    hit(&f->input, KEY_ENTER);
    assert_string_equal(frame(f), "set noise 0.5\n");
    assert_false(ui_wants_keyboard(&f->ui));
}

static void a_value_being_typed_shows_no_tip(void **state)
{
    Fixture *f = *state;
    open_value(f);
    frame(f);
    f->input.time_s += 2;
    frame(f);
    assert_true(ui_wants_keyboard(&f->ui));
    assert_null(find_text(&f->ui, "click to type"));
    hit(&f->input, KEY_ESCAPE);
    frame(f);
    frame(f);
    assert_non_null(find_text(&f->ui, "click to type"));
}

static void escape_and_no_change_set_nothing(void **state)
{
    Fixture *f = *state;
    open_value(f);
    type(&f->input, "0.25");
    frame(f);
    hit(&f->input, KEY_ESCAPE);
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_keyboard(&f->ui));
    open_value(f);
    hit(&f->input, KEY_ENTER);
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_keyboard(&f->ui));
}

static void what_is_no_number_goes_out_as_one_word(void **state)
{
    Fixture *f = *state;
    Command c;
    Error e;
    open_value(f);
    type(&f->input, "1\";quit #\\");
    frame(f);
    hit(&f->input, KEY_ENTER);
    const char *text = frame(f);
    assert_true(command_next(&text, &c, &e));
    assert_int_equal(c.count, 3);
    assert_string_equal(c.word[2], "1\";quit#\\");
    assert_false(settings_parse(&f->settings, SET_NOISE, c.word[2], &e));
    assert_non_null(strstr(e.text, "noise"));
    assert_true(command_next(&text, &c, &e));
    assert_int_equal(c.count, 0);
}

static void leaving_a_field_applies_it(void **state)
{
    Fixture *f = *state;
    open_value(f);
    type(&f->input, "0.25");
    frame(f);
    press(&f->input, 20, 310);
    assert_string_equal(frame(f), "set noise 0.25\n");
    let_go(&f->input);
    frame(f);
    open_value(f);
    type(&f->input, "0.75");
    frame(f);
    hit(&f->input, KEY_TAB);
    assert_string_equal(frame(f), "set noise 0.75\n");
    uint32_t field = f->ui.focus;
    point_at(&f->input, 0, 0);
    frame(f);
    assert_int_not_equal(f->ui.focus, field);
}

static void a_field_holds_no_more_than_fits(void **state)
{
    Fixture *f = *state;
    open_value(f);
    for (int i = 0; i < EDIT_SIZE / 8; i++) {
        type(&f->input, "1234567890");
        frame(f);
    }
    assert_int_equal(strlen(f->ui.edit), EDIT_SIZE - 1);
    for (int i = 0; i < 3 * EDIT_SIZE; i++) {
        hit(&f->input, i % 2 ? KEY_DELETE : KEY_BACKSPACE);
        frame(f);
        hit(&f->input, i % 3 ? KEY_LEFT : KEY_HOME);
        frame(f);
    }
    assert_string_equal(f->ui.edit, "");
    hit(&f->input, KEY_ENTER);
    assert_string_equal(frame(f), "");
}

static void a_field_that_goes_away_gives_the_keyboard_back(void **state)
{
    Fixture *f = *state;
    open_value(f);
    point_at(&f->input, 0, 0);
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    ui_end(&f->ui);
    assert_false(ui_wants_keyboard(&f->ui));
    assert_int_equal(f->ui.focus, 0);
}

static void choices_and_switches_say_their_names(void **state)
{
    Fixture *f = *state;
    assert_string_equal(click(f, segments_at.x + segments_at.w - 20, segments_at.y + 15), "set field difference\n");
    assert_string_equal(click(f, segments_at.x + 20, segments_at.y + 15), ""); /* it is chosen */
    assert_string_equal(click(f, toggle_at.x + 5, toggle_at.y + 10), "toggle show.data\n");
}

static void a_button_is_clicked_where_it_was_pressed(void **state)
{
    Fixture *f = *state;
    click(f, 110, 170);
    assert_true(f->button_clicked);
    press(&f->input, 110, 170);
    frame(f);
    hold(&f->input, 300, 250);
    frame(f);
    let_go(&f->input);
    frame(f);
    assert_false(f->button_clicked);
    f->input = (Input){.x = 110, .y = 170, .pressed = true, .released = true, .clicks = 1}; /* within one frame */
    frame(f);
    assert_true(f->button_clicked);
    assert_int_equal(f->ui.active, 0);
}

static void a_drag_from_the_plane_touches_no_control(void **state)
{
    Fixture *f = *state;
    press(&f->input, 20, 310);
    frame(f);
    assert_false(ui_wants_pointer(&f->ui));
    hold(&f->input, 110, 170);
    frame(f);
    assert_false(ui_wants_pointer(&f->ui));
    assert_int_equal(f->ui.hot, 0);
    let_go(&f->input);
    frame(f);
    assert_false(f->button_clicked);
    assert_false(ui_wants_pointer(&f->ui));
    point_at(&f->input, 110, 170);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
}

static void a_drag_from_a_control_stays_with_the_interface(void **state)
{
    Fixture *f = *state;
    press(&f->input, 200, noise_track_y);
    frame(f);
    hold(&f->input, 20, 310);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
    point_at(&f->input, 20, 310);
    frame(f);
    assert_false(ui_wants_pointer(&f->ui));
}

static void tab_goes_around_both_ways(void **state)
{
    Fixture *f = *state;
    frame(f);
    size_t n = f->ui.focusables;
    uint32_t order[FOCUSABLE_MAX];
    for (size_t i = 0; i < n; i++) {
        hit(&f->input, KEY_TAB);
        frame(f);
        order[i] = f->ui.focus;
        assert_int_equal(order[i], f->ui.focusable[i].id);
        assert_true(f->ui.focus_shown);
    }
    hit(&f->input, KEY_TAB);
    frame(f);
    assert_int_equal(f->ui.focus, order[0]);
    hit(&f->input, KEY_BACKTAB);
    frame(f);
    assert_int_equal(f->ui.focus, order[n - 1]);
}

static void enter_activates_the_focus_and_space_does_not(void **state)
{
    Fixture *f = *state;
    frame(f);
    hit(&f->input, KEY_BACKTAB); /* the last: the button */
    frame(f);
    hit(&f->input, KEY_SPACE);
    frame(f);
    assert_false(f->button_clicked);
    assert_false(ui_wants_key(&f->ui, KEY_SPACE));
    hit(&f->input, KEY_ENTER);
    frame(f);
    assert_true(f->button_clicked);
    hit(&f->input, KEY_BACKTAB);
    frame(f);
    hit(&f->input, KEY_ENTER);
    assert_string_equal(frame(f), "toggle show.data\n");
    hit(&f->input, KEY_ESCAPE);
    frame(f);
    assert_int_equal(f->ui.focus, 0);
}

static void help_appears_when_the_pointer_rests(void **state)
{
    Fixture *f = *state;
    point_at(&f->input, 110, 170);
    frame(f);
    frame(f);
    assert_null(find_text(&f->ui, "what it does"));
    assert_true(fabs(f->ui.wake_s - 0.5) < 1e-9);
    f->input.time_s = 0.51;
    frame(f);
    assert_non_null(find_text(&f->ui, "what it does"));
    assert_non_null(find_text(&f->ui, "B"));
    press(&f->input, 110, 170);
    frame(f);
    assert_null(find_text(&f->ui, "what it does"));
}

static void help_stays_in_the_window(void **state)
{
    Fixture *f = *state;
    const Rect window = {0, 0, 420, 320}, at[] = {{0, 0, 9, 9}, {411, 0, 9, 9}, {0, 311, 9, 9}, {411, 311, 9, 9}};
    const char *help = "a long help that needs more than a single line of text to be told, and then some more words";
    for (size_t i = 0; i < 4; i++) {
        for (int repeat = 0; repeat < 3; repeat++) {
            point_at(&f->input, at[i].x + 4, at[i].y + 4);
            f->input.time_s = (double)i * 10 + repeat;
            ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
            f->ui.window = window;
            Control c = ui_control(&f->ui, ui_id("corner", i), at[i]);
            ui_tip(&f->ui, &c, at[i], help, "some.name", "Ctrl+X");
            ui_end(&f->ui);
        }
        assert_non_null(find_text(&f->ui, "some.name"));
        for (size_t k = 0; k < f->ui.list.count; k++) {
            const DrawCommand *c = &f->ui.list.command[k];
            assert_true(rect_inside(c->kind == DRAW_TEXT ? text_rect(&f->ui.list, c) : c->rect, window));
        }
    }
}

static void a_command_that_does_not_fit_is_left_out_whole(void **state)
{
    Fixture *f = *state;
    f->ui.outbox[0] = '\0';
    for (int i = 0; i < 1000; i++)
        ui_say(&f->ui, "set particles 12345");
    size_t length = strlen(f->ui.outbox), line = strlen("set particles 12345\n");
    assert_true(length < OUTBOX_SIZE && length > OUTBOX_SIZE - 2 * line);
    assert_int_equal(length % line, 0);
}

static void wide_texts_end_with_an_ellipsis(void **state)
{
    Fixture *f = *state;
    frame(f);
    TextStyle style = {FACE_TEXT, 10, 0xff, false};
    draw_clear(&f->ui.list);
    double width = ui_text(&f->ui, style, (Rect){0, 0, 30, 20}, ALIGN_RIGHT, "σσσσσσσσσσ");
    assert_true(width <= 30);
    assert_string_equal(text_of(&f->ui.list, f->ui.list.command), "σσσσ…");
    draw_clear(&f->ui.list);
    Rect exact = {0, 0, ui_text_width(&f->ui, style, "1,500"), 20}; /* but for rounding */
    exact.w = nextafter(exact.w, 0);
    ui_text(&f->ui, style, exact, ALIGN_RIGHT, "1,500");
    assert_string_equal(text_of(&f->ui.list, f->ui.list.command), "1,500");
    draw_clear(&f->ui.list);
    assert_true(ui_text(&f->ui, style, (Rect){0, 0, 3, 20}, ALIGN_LEFT, "wide") == 0);
    assert_int_equal(f->ui.list.count, 0);
}

static void lines_break_between_words(void **state)
{
    Fixture *f = *state;
    TextStyle style = {FACE_TEXT, 10, 0xff, false};
    assert_int_equal(ui_text_break(&f->ui, style, 5.5 * 9, "one two three"), strlen("one two"));
    assert_int_equal(ui_text_break(&f->ui, style, 5.5 * 2, "one two"), strlen("on")); /* a word too long, at letters */
    assert_int_equal(ui_text_break(&f->ui, style, 1, "one two"), 1);                  /* never stuck */
    assert_int_equal(ui_text_break(&f->ui, style, 500, "one two"), strlen("one two"));
    assert_int_equal(ui_text_break(&f->ui, style, 500, ""), 0);
    char endless[600];
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_in_range(ui_text_break(&f->ui, style, 50, endless), 1, sizeof endless - 1);
}

static void places_and_values_are_inverse(void **state)
{
    const Fixture *f = *state;
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        const SettingInfo *row = setting_info(id);
        double min, max;
        setting_range(&f->settings, id, &min, &max);
        if (row->kind == SETTING_SWITCH || row->kind == SETTING_CHOICE)
            continue;
        assert_true(slider_value(row, min, max, -1) == min && slider_value(row, min, max, 2) == max);
        for (double place = 0; place <= 1; place += 0.05) {
            double value = slider_value(row, min, max, place);
            assert_true(value >= min && value <= max);
            double again = slider_value(row, min, max, slider_place(row, min, max, value));
            assert_true(fabs(again - value) <= 1e-9 * fabs(value));
        }
    }
}

static void segments_take_rows_where_labels_are_long(void **state)
{
    Fixture *f = *state;
    frame(f);
    assert_int_equal(ui_segment_rows(&f->ui, SET_FIELD, 1000), 1);
    assert_int_equal(ui_segment_rows(&f->ui, SET_FIELD, 10), FIELD_KIND_COUNT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_ui, without_ui)
    const struct CMUnitTest tests[] = {
        TEST(a_press_on_a_log_slider_sets_the_geometric_middle),
        TEST(a_drag_stays_with_its_slider_to_both_ends),
        TEST(a_slider_that_stands_still_says_nothing),
        TEST(a_double_click_gives_the_default_and_drags_nothing),
        TEST(the_wheel_nudges_only_with_ctrl),
        TEST(arrow_keys_nudge_the_slider_that_tab_went_to),
        TEST(a_typed_value_is_set_by_enter),
        TEST(a_value_being_typed_shows_no_tip),
        TEST(escape_and_no_change_set_nothing),
        TEST(what_is_no_number_goes_out_as_one_word),
        TEST(leaving_a_field_applies_it),
        TEST(a_field_holds_no_more_than_fits),
        TEST(a_field_that_goes_away_gives_the_keyboard_back),
        TEST(choices_and_switches_say_their_names),
        TEST(a_button_is_clicked_where_it_was_pressed),
        TEST(a_drag_from_the_plane_touches_no_control),
        TEST(a_drag_from_a_control_stays_with_the_interface),
        TEST(tab_goes_around_both_ways),
        TEST(enter_activates_the_focus_and_space_does_not),
        TEST(help_appears_when_the_pointer_rests),
        TEST(help_stays_in_the_window),
        TEST(a_command_that_does_not_fit_is_left_out_whole),
        TEST(wide_texts_end_with_an_ellipsis),
        TEST(lines_break_between_words),
        TEST(places_and_values_are_inverse),
        TEST(segments_take_rows_where_labels_are_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
