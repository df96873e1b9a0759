/* The curve of play in the panel: its knots under the mouse and the keyboard, and what it shows. */
#include "ui/harness.h"

#include "scene/command.h"
#include "scene/timing.h"
#include "ui/parts.h"

#include <math.h>

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Picture picture;
    Subject subject;
} Fixture;

static const Rect panel = {100, 50, 300, 400};

static int with_editor(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(),
                  .subject = {.target = {.frame = {.std = 2}, .sigma_min = 0.02, .sigma_max = 20}},
                  .input = {.x = -1, .y = -1}};
    f.picture = (Picture){.settings = &f.settings, .subject = &f.subject, .sigma = 1};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_editor(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static const char *frame(Fixture *f)
{
    Rect column = panel;
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    timing_editor(&f->ui, &column, &f->picture);
    ui_end(&f->ui);
    assert_true(column.y > panel.y + 90 && column.y < panel.y + panel.h);
    return f->ui.outbox;
}

static Timing timing(const Fixture *f)
{
    const Target *t = &f->subject.target;
    return timing_of(&f->settings, t->sigma_max, t->sigma_min, t->frame.std);
}

/* As main would. */
static void obey(Fixture *f, const char *commands)
{
    Command c;
    Error e;
    while (command_next(&commands, &c, &e) && c.count > 0) {
        assert_true(c.count == 3 && strcmp(c.word[0], "set") == 0);
        if (!settings_parse(&f->settings, setting_find(c.word[1]), c.word[2], &e))
            fail_msg("%s", e.text);
    }
}

/* The part of the plot that belongs to knot i: as high as the box. */
static Rect knot_column(Fixture *f, size_t i)
{
    const char *name = setting_info(SET_TIMING_1 + (SettingId)i)->name;
    frame(f);
    for (size_t k = 0; k < f->ui.focusables; k++) {
        if (f->ui.focusable[k].id == ui_id(name, 0))
            return f->ui.focusable[k].at;
    }
    fail_msg("no knot %zu", i);
    return (Rect){0};
}

/* Where a place is in the plot, which has room for a dot above and below. */
static double pixel_of(Rect column, double place)
{
    return column.y + 7 + place * (column.h - 14);
}

static void drag(Fixture *f, size_t i, double from, double to)
{
    Rect at = knot_column(f, i);
    double x = at.x + at.w / 2;
    press(&f->input, x, pixel_of(at, from));
    assert_string_equal(frame(f), "");
    hold(&f->input, x, pixel_of(at, to));
    obey(f, frame(f));
    assert_string_equal(frame(f), ""); /* it is there */
    let_go(&f->input);
    assert_string_equal(frame(f), "");
}

static void a_knot_follows_the_mouse(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_TIMING, TIMING_HAND);
    Rect at = knot_column(f, 2);
    press(&f->input, at.x + 5, pixel_of(at, 0.5));
    assert_string_equal(frame(f), "");
    hold(&f->input, at.x + 5, pixel_of(at, 0.42));
    assert_string_equal(frame(f), "set timing.3 0.42\n");
    hold(&f->input, -50, pixel_of(at, 0.6)); /* sideways is nothing */
    assert_string_equal(frame(f), "set timing.3 0.6\n");
}

static void a_knot_stays_between_its_neighbours(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_TIMING, TIMING_HAND);
    settings_put(&f->settings, SET_TIMING_2, 0.25);
    settings_put(&f->settings, SET_TIMING_4, 0.75);
    Rect at = knot_column(f, 2);
    press(&f->input, at.x + 5, pixel_of(at, 0.5));
    frame(f);
    hold(&f->input, at.x + 5, -1000);
    assert_string_equal(frame(f), "set timing.3 0.251\n");
    hold(&f->input, at.x + 5, 5000);
    assert_string_equal(frame(f), "set timing.3 0.749\n");
    let_go(&f->input);
    frame(f);
    drag(f, 0, 0.17, -3);
    assert_true(f->settings.value[SET_TIMING_1] == TIMING_APART);
    drag(f, 4, 0.83, 3);
    assert_true(f->settings.value[SET_TIMING_5] == 1 - TIMING_APART);
}

static void a_named_curve_is_taken_over(void **state)
{
    Fixture *f = *state;
    for (size_t kind = 0; kind < TIMING_HAND; kind++) {
        f->settings = settings_defaults();
        settings_put(&f->settings, SET_TIMING, (double)kind);
        Timing named = timing(f);
        double place = (timing_knot(&named, 0) + timing_knot(&named, 2)) / 2;
        drag(f, 1, timing_knot(&named, 1), place + 0.01);
        Timing mine = timing(f);
        assert_int_equal(mine.kind, TIMING_HAND);
        for (size_t i = 0; i < TIMING_KNOTS; i++) {
            double expected = i == 1 ? place + 0.01 : timing_knot(&named, i);
            assert_true(fabs(timing_knot(&mine, i) - expected) < (i == 1 ? 2e-3 : 1e-6));
        }
    }
}

static void a_press_alone_changes_nothing(void **state)
{
    Fixture *f = *state;
    Rect at = knot_column(f, 3);
    press(&f->input, at.x + 5, at.y + 5);
    assert_string_equal(frame(f), "");
    hold(&f->input, at.x + 9, at.y + 5);
    assert_string_equal(frame(f), "");
    let_go(&f->input);
    assert_string_equal(frame(f), "");
}

static void a_double_click_is_even(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_TIMING, TIMING_HAND);
    settings_put(&f->settings, SET_TIMING_3, 0.4);
    Rect at = knot_column(f, 2);
    press(&f->input, at.x + 5, at.y + 5);
    f->input.clicks = 2;
    assert_string_equal(frame(f), "set timing.3 0.5\n");
}

static void knots_answer_keys_and_the_wheel(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_TIMING, TIMING_HAND);
    frame(f);
    for (size_t i = 0; i < TIMING_KNOTS; i++) {
        while (f->ui.focus != ui_id(setting_info(SET_TIMING_1 + (SettingId)i)->name, 0)) {
            hit(&f->input, KEY_TAB);
            assert_string_equal(frame(f), "");
        }
        double before = f->settings.value[SET_TIMING_1 + i];
        hit(&f->input, KEY_UP);
        obey(f, frame(f));
        assert_true(fabs(f->settings.value[SET_TIMING_1 + i] - (before - 0.025)) < 1e-3);
        hit(&f->input, KEY_DOWN);
        f->input.shift = true;
        obey(f, frame(f));
        assert_true(fabs(f->settings.value[SET_TIMING_1 + i] - (before - 0.0225)) < 1e-3);
        assert_true(ui_wants_key(&f->ui, KEY_UP));
    }
    Rect at = knot_column(f, 2);
    point_at(&f->input, at.x + 5, at.y + 5);
    f->input.wheel = 1;
    f->input.ctrl = true;
    settings_put(&f->settings, SET_TIMING_3, 0.5);
    assert_string_equal(frame(f), "set timing.3 0.475\n");
}

static const DrawCommand *last_dot(const Fixture *f)
{
    const DrawCommand *dot = NULL;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_DOTS && c->fill == f->ui.palette->active)
            dot = c;
    }
    return dot;
}

static void the_present_is_on_the_curve(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_TIMING, TIMING_SLOW_START);
    Rect first = knot_column(f, 0);
    double left = first.x - first.w / 2, width = 6 * first.w;
    for (int i = 0; i <= 4; i++) {
        double time = i / 4.0, place = time * time;
        f->picture.sigma = 20 * pow(0.001, place);
        frame(f);
        const DrawCommand *dot = last_dot(f);
        assert_non_null(dot);
        if (!dot)
            return;
        const float *at = f->ui.list.point + 2 * dot->first;
        assert_true(fabs((double)at[0] - (left + time * width)) < 0.01);
        assert_true(fabs((double)at[1] - pixel_of(first, place)) < 0.01);
    }
    f->picture.sigma = 30; /* before the way begins */
    frame(f);
    assert_null(last_dot(f));
}

static void whatever_is_set_stays_in_the_panel(void **state)
{
    Fixture *f = *state;
    static const double knots[][TIMING_KNOTS] = {{1, 0, 1, 0, 1}, {0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}};
    for (size_t kind = 0; kind < TIMING_COUNT * 3; kind++) {
        settings_put(&f->settings, SET_TIMING, (double)(kind / 3));
        for (size_t i = 0; i < TIMING_KNOTS; i++)
            settings_put(&f->settings, SET_TIMING_1 + (SettingId)i, knots[kind % 3][i]);
        f->picture.sigma = kind % 2 ? (double)NAN : 0;
        frame(f);
        const DrawList *d = &f->ui.list;
        for (size_t i = 0; i < d->point_count; i++)
            assert_true(rect_has(panel, (double)d->point[2 * i], (double)d->point[2 * i + 1]));
    }
}

static void walkers_have_no_rungs(void **state)
{
    Fixture *f = *state;
    size_t count[2];
    settings_put(&f->settings, SET_STEPS, 10);
    for (int walks = 0; walks < 2; walks++) {
        settings_put(&f->settings, SET_DYNAMICS, walks ? SAMPLER_LANGEVIN : SAMPLER_SDE);
        frame(f);
        count[walks] = f->ui.list.count;
    }
    assert_int_equal(count[0] - count[1], 11);
}

int main(void)
{
#define EDITOR_TEST(name) cmocka_unit_test_setup_teardown(name, with_editor, without_editor)
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(a_knot_follows_the_mouse),    EDITOR_TEST(a_knot_stays_between_its_neighbours),
        EDITOR_TEST(a_named_curve_is_taken_over), EDITOR_TEST(a_press_alone_changes_nothing),
        EDITOR_TEST(a_double_click_is_even),      EDITOR_TEST(knots_answer_keys_and_the_wheel),
        EDITOR_TEST(the_present_is_on_the_curve), EDITOR_TEST(whatever_is_set_stays_in_the_panel),
        EDITOR_TEST(walkers_have_no_rungs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
