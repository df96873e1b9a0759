#include "catalogue.h"
#include "ui/harness.h"

#include "core/objective.h"
#include "core/start.h"
#include "scene/command.h"
#include "ui/format.h"
#include "ui/interface.h"
#include "ui/parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Picture picture;
    Layout layout;
    TrainerStatistics statistics;
    ScoreErrors errors;
    double w, h, ratio;
} Fixture;

static void fill_numbers(Fixture *f)
{
    double min, max;
    setting_range(&f->settings, SET_SIGMA, &min, &max);
    for (int i = 0; i < METRICS_LEVELS; i++) {
        f->errors.sigma[i] = min * pow(max / min, (double)i / (METRICS_LEVELS - 1));
        f->errors.error[i] = 0.5 * exp(-0.2 * i);
    }
    f->errors.overall = 0.031;
    f->statistics.steps = 24310;
    f->statistics.loss = 0.412;
    f->statistics.history_count = TRAINER_HISTORY;
    for (size_t i = 0; i < TRAINER_HISTORY; i++) {
        f->statistics.history[i][0] = 0.4f + 1 / (float)(1 + i);
        f->statistics.history[i][1] = 0.4f;
    }
}

static int with_interface(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(), .w = 1600, .h = 1000, .ratio = 1, .input = {.x = -1, .y = -1}};
    fill_numbers(&f);
    f.picture = (Picture){.settings = &f.settings,
                          .catalogue = &catalogue,
                          .sigma = 0.13,
                          .statistics = &f.statistics,
                          .errors = &f.errors,
                          .numbers = {.steps_per_s = 1840},
                          .can_undo = true,
                          .can_redo = true};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_interface(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static const char *frame(Fixture *f)
{
    f->layout = interface_layout(&f->settings, NULL, f->w, f->h, f->ratio);
    f->picture.target = settings_index(&f->settings, SET_TARGET);
    f->picture.subject = catalogue.row[f->picture.target];
    f->picture.probe.sigma = f->picture.sigma;
    ui_begin(&f->ui, &f->input, f->layout.scale, palette_of((Theme)settings_index(&f->settings, SET_THEME)));
    interface_draw(&f->ui, &f->layout, &f->picture);
    ui_end(&f->ui);
    return f->ui.outbox;
}

static Rect control_at(const Fixture *f, uint32_t id)
{
    for (size_t i = 0; i < f->ui.focusables; i++) {
        if (f->ui.focusable[i].id == id)
            return f->ui.focusable[i].at;
    }
    fail_msg("no such control");
    return (Rect){0};
}

static const double sizes[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}, {3840, 2160},
                                  {640, 400},  {330, 250},  {200, 150}};
static const double scales[] = {75, 100, 125, 150, 200, 300};
enum { SIZES = sizeof sizes / sizeof *sizes, SCALES = sizeof scales / sizeof *scales };

static void the_plane_keeps_half_of_the_window(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        double w = sizes[i / SCALES][0], h = sizes[i / SCALES][1];
        f->settings.value[SET_SCALE] = scales[i % SCALES];
        Layout l = interface_layout(&f->settings, NULL, w, h, 1);
        assert_true(l.plane.w >= w / 2 && l.plane.h >= h / 2);
        assert_true(l.scale > 0 && l.scale <= scales[i % SCALES] / 100);
        assert_true(l.plane.w + l.panel.w == w && l.top.h + l.plane.h + l.noise.h == h);
        assert_true(l.top.w == w && l.noise.w == w && l.panel.h == l.plane.h);
        assert_true(l.panel.x == l.plane.w && l.noise.y == h - l.noise.h);
    }
    f->settings.value[SET_SCALE] = 100;
    assert_true(interface_layout(&f->settings, NULL, 1024, 768, 1).scale == 1);
    assert_true(interface_layout(&f->settings, NULL, 3840, 2160, 2).scale == 2);
    settings_put(&f->settings, SET_PANEL, 0);
    Layout l = interface_layout(&f->settings, NULL, 1024, 768, 1);
    assert_true(l.plane.w == 1024 && l.plane.h == 768 && l.panel.w == 0 && l.noise.h == 0);
}

/* Walks the list: every text lies in the window or in the column that clips it, clips end, numbers are numbers. */
static void assert_list_is_sound(const Fixture *f)
{
    const DrawList *d = &f->ui.list;
    Rect clip = {0}, window = {0, 0, f->w, f->h};
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        if (c->kind == DRAW_CLIP) {
            assert_true((clip.w == 0) != (c->rect.w == 0));
            assert_true(c->rect.w == 0 || rect_inside(c->rect, window));
            clip = c->rect;
        }
        assert_true(isfinite(c->rect.x) && isfinite(c->rect.y) && c->rect.w >= 0 && c->rect.h >= 0);
        if (c->kind != DRAW_TEXT)
            continue;
        Rect at = text_rect(d, c), in = clip.w > 0 ? (Rect){clip.x, -1e6, clip.w, 2e6} : window;
        if (!rect_inside(at, in))
            fail_msg("\"%s\" leaves its place at %g x %g", text_of(d, c), f->w, f->h);
    }
    assert_true(clip.w == 0);
    for (size_t i = 0; i < 2 * d->point_count; i++)
        assert_true(isfinite(d->point[i]));
}

static void assert_no_texts_meet(const Fixture *f)
{
    const DrawList *d = &f->ui.list;
    for (size_t i = 0; i < d->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const DrawCommand *a = &d->command[i], *b = &d->command[k];
            if (a->kind != DRAW_TEXT || b->kind != DRAW_TEXT)
                continue;
            Rect both = rect_meet(text_rect(d, a), text_rect(d, b));
            bool in_column = a->rect.x >= f->layout.panel.x && b->rect.x >= f->layout.panel.x;
            bool same_part = in_column || (a->rect.x < f->layout.panel.x && b->rect.x < f->layout.panel.x);
            if (same_part && both.w > 0.6 && both.h > 0.6 && fmax(a->rect.y, b->rect.y) < f->layout.noise.y)
                fail_msg("\"%s\" lies on \"%s\" at %g x %g", text_of(d, a), text_of(d, b), f->w, f->h);
        }
    }
}

static void texts_keep_apart_and_inside_at_every_size(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        f->w = sizes[i / SCALES][0];
        f->h = sizes[i / SCALES][1];
        f->settings.value[SET_SCALE] = scales[i % SCALES];
        for (size_t which = 0; which < SAMPLER_COUNT; which++) {
            settings_put(&f->settings, SET_DYNAMICS, (double)which);
            settings_put(&f->settings, SET_TARGET, (double)(which % catalogue.count));
            settings_put(&f->settings, SET_OBJECTIVE, (double)(which % OBJECTIVE_COUNT));
            settings_put(&f->settings, SET_START, (double)(which % START_COUNT));
            f->ui.more_network = which % 2;
            f->ui.more_dynamics = which % 3;
            frame(f);
            assert_list_is_sound(f);
            assert_no_texts_meet(f);
        }
    }
}

static void cards_stay_inside_at_every_size(void **state)
{
    Fixture *f = *state;
    f->picture.toast = "points.csv:17: expected two numbers separated by a comma, got \"abc,1\" (nothing was loaded)";
    f->picture.toast_warning = f->picture.hover = f->picture.denoiser = true;
    settings_put(&f->settings, SET_NUMBERS, 1);
    settings_put(&f->settings, SET_KEYS, 1);
    f->picture.probe.learned[0] = -123456;
    f->picture.probe.exact[1] = (double)NAN;
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        f->w = sizes[i / SCALES][0];
        f->h = sizes[i / SCALES][1];
        f->settings.value[SET_SCALE] = scales[i % SCALES];
        for (int corner = 0; corner < 4; corner++) {
            point_at(&f->input, corner % 2 ? 1 : f->w / 2 - 2, corner / 2 ? f->layout.plane.y + 1 : f->h / 2);
            frame(f);
            assert_list_is_sound(f);
        }
    }
}

static void the_noise_handle_grabs_sets_and_releases(void **state)
{
    Fixture *f = *state;
    double min, max;
    char expected[96];
    setting_range(&f->settings, SET_SIGMA, &min, &max);
    frame(f);
    Rect at = control_at(f, ui_id("noise handle", 0));
    double x = at.x + at.w / 2, y = at.y + at.h / 2;
    press(&f->input, x, y);
    snprintf(expected, sizeof expected, "grab\nset sigma %.9g\n", slider_value(setting_info(SET_SIGMA), min, max, 0.5));
    assert_string_equal(frame(f), expected);
    assert_true(fabs(slider_value(setting_info(SET_SIGMA), min, max, 0.5) / sqrt(min * max) - 1) < 1e-3);
    hold(&f->input, x, y);
    assert_string_equal(frame(f), "");
    hold(&f->input, f->w, 10);
    snprintf(expected, sizeof expected, "set sigma %.9g\n", min); /* data is at the right */
    assert_string_equal(frame(f), expected);
    hold(&f->input, 0, 10);
    snprintf(expected, sizeof expected, "set sigma %.9g\n", max);
    assert_string_equal(frame(f), expected);
    let_go(&f->input);
    assert_string_equal(frame(f), "release\n");
    assert_string_equal(frame(f), "");
}

static void tab_to(Fixture *f, uint32_t id)
{
    point_at(&f->input, -1, -1);
    frame(f);
    while (f->ui.focus != id || !f->ui.focus_shown) {
        hit(&f->input, KEY_TAB);
        frame(f);
    }
}

static void tab_goes_through_the_top_bar_from_left_to_right(void **state)
{
    Fixture *f = *state;
    double x = 0;
    size_t n = 0;
    f->picture.can_undo = f->picture.can_redo = true;
    frame(f);
    tab_to(f, ui_id("lessons", 0));
    for (; f->ui.focus != ui_id("toggle keys", 0); n++) {
        Rect at = control_at(f, f->ui.focus);
        assert_true(at.x > x && at.y < f->layout.top.h);
        x = at.x;
        hit(&f->input, KEY_TAB);
        frame(f);
    }
    assert_int_equal(n, 4);
}

static void the_noise_handle_answers_keys_wheel_and_double_click(void **state)
{
    Fixture *f = *state;
    frame(f);
    Rect at = control_at(f, ui_id("noise handle", 0));
    point_at(&f->input, at.x + 50, at.y + 50);
    f->input.wheel = 1;
    f->input.ctrl = true;
    assert_string_equal(frame(f), "nudge sigma -1\n");
    press(&f->input, at.x + 50, at.y + 50);
    f->input.clicks = 2;
    assert_string_equal(frame(f), "default sigma\n");
    let_go(&f->input);
    assert_string_equal(frame(f), "");
    static const struct {
        int key;
        const char *said;
    } row[] = {{KEY_LEFT, "nudge sigma 1\n"},
               {KEY_RIGHT, "nudge sigma -1\n"},
               {KEY_UP, "nudge sigma 1\n"},
               {KEY_DOWN, "nudge sigma -1\n"}};
    for (size_t i = 0; i < 4; i++) {
        assert_false(ui_wants_key(&f->ui, row[i].key));
        hit(&f->input, row[i].key);
        assert_string_equal(frame(f), "");
    }
    tab_to(f, ui_id("noise handle", 0));
    for (size_t i = 0; i < 4; i++) {
        assert_true(ui_wants_key(&f->ui, row[i].key));
        hit(&f->input, row[i].key);
        assert_string_equal(frame(f), row[i].said);
    }
}

static void a_handle_that_is_hidden_under_the_hand_is_released(void **state)
{
    Fixture *f = *state;
    for (int blank = 0; blank < 2; blank++) {
        frame(f);
        Rect at = control_at(f, ui_id("noise handle", 0));
        press(&f->input, at.x + 50, at.y + 50);
        frame(f);
        hold(&f->input, at.x + 50, at.y + 50);
        settings_put(&f->settings, blank ? SET_BLANK : SET_PANEL, blank);
        assert_string_equal(frame(f), "release\n");
        assert_string_equal(frame(f), "");
        settings_put(&f->settings, SET_PANEL, 1);
        let_go(&f->input);
        frame(f);
    }
}

/* As main would run it, without a session. */
static void assert_command_is_accepted(const Settings *settings, const char *text)
{
    Command c;
    Error e;
    Settings s = *settings;
    while (command_next(&text, &c, &e) && c.count > 0) {
        const CommandInfo *row = command_find(c.word[0]);
        assert_non_null(row);
        assert_in_range(c.count - 1, row->min, row->max);
        bool names_setting = strcmp(c.word[0], "set") == 0 || strcmp(c.word[0], "toggle") == 0;
        if (names_setting)
            assert_int_not_equal(setting_find(c.word[1]), SETTING_COUNT);
        if (strcmp(c.word[0], "set") == 0 && !settings_parse(&s, setting_find(c.word[1]), c.word[2], &e))
            fail_msg("%s", e.text);
    }
}

static void every_control_says_commands_that_are_accepted(void **state)
{
    Fixture *f = *state;
    f->h = 3000; /* nothing scrolls */
    static char all[1 << 17];
    all[0] = '\0';
    f->ui.more_network = f->ui.more_dynamics = f->ui.more_show = true;
    for (size_t which = 0; which < SAMPLER_COUNT; which++) {
        settings_put(&f->settings, SET_DYNAMICS, (double)which);
        point_at(&f->input, -1, -1);
        frame(f);
        for (size_t i = 0, n = f->ui.focusables; i < n; i++) {
            Rect at = f->ui.focusable[i].at;
            press(&f->input, at.x + 0.9 * at.w, at.y + at.h / 2);
            strncat(all, frame(f), sizeof all - strlen(all) - 1);
            let_go(&f->input);
            strncat(all, frame(f), sizeof all - strlen(all) - 1);
            hit(&f->input, KEY_ESCAPE);
            f->ui.more_network = f->ui.more_dynamics = f->ui.more_show = true;
            frame(f);
        }
    }
    assert_command_is_accepted(&f->settings, all);
    static const char *const said[] = {"undo\n",
                                       "redo\n",
                                       "figure\n",
                                       "toggle keys\n",
                                       "reset particles\n",
                                       "toggle playing\n",
                                       "toggle loop\n",
                                       "toggle forward\n",
                                       "set speed 2\n",
                                       "grab\n",
                                       "release\n",
                                       "set target checkerboard\n",
                                       "toggle training\n",
                                       "train 1\n",
                                       "reset network\n",
                                       "set train.rate ",
                                       "set train.batch ",
                                       "set train.source all\n",
                                       "set net.activation softplus\n",
                                       "toggle net.features\n",
                                       "toggle denoise\n",
                                       "set particles ",
                                       "set steps ",
                                       "set noise ",
                                       "set step ",
                                       "set field exact\n",
                                       "toggle show.arrows\n",
                                       "toggle show.axes\n",
                                       "set seed 2\n",
                                       "set theme projector\n",
                                       "toggle show.streamlines\n",
                                       "toggle show.modes\n",
                                       "set arrows.length equal\n"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!strstr(all, said[i]))
            fail_msg("nothing says %s", said[i]);
    }
}

static void tab_reaches_every_control_and_brings_it_into_view(void **state)
{
    Fixture *f = *state;
    f->w = 1024;
    f->h = 768;
    f->ui.more_network = f->ui.more_dynamics = f->ui.more_show = true;
    frame(f);
    size_t n = f->ui.focusables;
    assert_true(n > 40 && n < FOCUSABLE_MAX && f->ui.scroll.longest > 0);
    for (size_t i = 0; i < n; i++) {
        hit(&f->input, KEY_TAB);
        frame(f);
        assert_int_equal(f->ui.focus, f->ui.focusable[i].id);
        point_at(&f->input, -1, -1);
        frame(f);
        Rect at = f->ui.focusable[i].at;
        Rect part = at.x >= f->layout.panel.x && at.y > f->layout.top.h && at.y < f->layout.noise.y - 1 &&
                            at.w < f->layout.panel.w
                        ? f->layout.panel
                        : (Rect){0, 0, f->w, f->h};
        assert_true(rect_inside(at, part));
    }
}

static void the_panel_scrolls_between_its_ends(void **state)
{
    Fixture *f = *state;
    f->w = 1024;
    f->h = 768;
    frame(f);
    point_at(&f->input, f->layout.panel.x + 10, 200);
    f->input.wheel = 3;
    frame(f);
    assert_true(f->ui.scroll.at == 0);
    f->input.wheel = -1;
    frame(f);
    assert_true(f->ui.scroll.at > 0 && f->ui.scroll.at < f->ui.scroll.longest);
    f->input.wheel = -1000;
    frame(f);
    assert_true(f->ui.scroll.at == f->ui.scroll.longest);
    const DrawCommand *last = find_text(&f->ui, "Projector");
    assert_true(last && last->rect.y < f->layout.noise.y);
    press(&f->input, f->w - 4, f->layout.noise.y - 10); /* the scroll bar's end */
    frame(f);
    hold(&f->input, f->w - 4, 0);
    frame(f);
    frame(f);
    assert_true(f->ui.scroll.at == 0);
}

static void controls_outside_the_column_are_not_touched(void **state)
{
    Fixture *f = *state;
    f->w = 1024;
    f->h = 768;
    frame(f);
    for (size_t i = 0; i < f->ui.focusables; i++) {
        Rect at = f->ui.focusable[i].at;
        if (at.x < f->layout.panel.x || at.y < f->layout.noise.y || at.y + at.h < f->h)
            continue;
        press(&f->input, at.x + at.w / 2, at.y + at.h / 2);
        assert_string_equal(frame(f), "");
        assert_int_not_equal(f->ui.active, f->ui.focusable[i].id);
        let_go(&f->input);
        frame(f);
    }
}

static void what_is_not_known_is_not_made_up(void **state)
{
    Fixture *f = *state;
    f->picture.statistics = NULL;
    f->picture.errors = NULL;
    f->picture.numbers.steps_per_s = (double)NAN;
    frame(f);
    assert_list_is_sound(f);
    assert_true(has_text(&f->ui, FORMAT_UNKNOWN)); /* the error at this noise */
    assert_non_null(find_text(&f->ui, FORMAT_UNKNOWN " \u00b7 " FORMAT_UNKNOWN));
    f->picture.statistics = &f->statistics;
    f->picture.errors = &f->errors;
    f->statistics.history[3][0] = (double)NAN;
    f->statistics.history[4][0] = 0;
    f->statistics.history[5][0] = INFINITY;
    for (int i = 0; i < METRICS_LEVELS; i++)
        f->errors.error[i] = (double)NAN;
    frame(f);
    assert_list_is_sound(f);
}

/* But only where it plays no part. */
static void nothing_is_told_of_a_network_that_has_learned_nothing(void **state)
{
    Fixture *f = *state;
    f->statistics.steps = 0;
    f->picture.sigma = f->errors.sigma[7];
    f->errors.error[7] = 0.123;
    frame(f);
    assert_non_null(find_text(&f->ui, "12.3 %"));
    settings_put(&f->settings, SET_FIELD, FIELD_EXACT);
    frame(f);
    assert_null(find_text(&f->ui, "12.3 %"));
    f->statistics.steps = 1;
    frame(f);
    assert_non_null(find_text(&f->ui, "12.3 %"));
}

static void numbers_are_those_of_the_picture(void **state)
{
    Fixture *f = *state;
    f->errors.error[7] = 0.04;
    f->errors.error[8] = 0.06;
    f->picture.sigma = sqrt(f->errors.sigma[7] * f->errors.sigma[8]);
    char sigma[FORMAT_SIZE], text[64];
    snprintf(text, sizeof text, "\u03c3 = %s", format_sigma(sigma, sizeof sigma, f->picture.sigma));
    frame(f);
    assert_non_null(find_text(&f->ui, text));
    assert_true(has_text(&f->ui, "5.0 %"));
    assert_non_null(find_text(&f->ui, "24,310"));
    assert_non_null(find_text(&f->ui, "0.412 \u00b7 3.1 %"));
    assert_non_null(find_text(&f->ui, "TRAINING  1,840 STEPS/S"));
    assert_non_null(find_text(&f->ui, "TWO SPIRALS"));
    assert_non_null(find_text(&f->ui, "training"));
    settings_put(&f->settings, SET_TRAINING, 0);
    frame(f);
    assert_non_null(find_text(&f->ui, "PAUSED"));
    f->statistics.diverged = true;
    frame(f);
    assert_non_null(find_text(&f->ui, "DIVERGED"));
}

static bool has_control(const Fixture *f, const char *name, size_t index)
{
    for (size_t i = 0; i < f->ui.focusables; i++) {
        if (f->ui.focusable[i].id == ui_id(name, index))
            return true;
    }
    return false;
}

static void every_sampler_shows_exactly_what_it_uses(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *name;
        unsigned use;
    } row[] = {{"noise", USES_NOISE},
               {"step", USES_STEP_SIZE},
               {"friction", USES_FRICTION},
               {"leaps", USES_LEAPS},
               {"eta", USES_ETA},
               {"snr", USES_SNR},
               {"corrections", USES_CORRECTIONS},
               {"churn", USES_CHURN},
               {"tolerance", USES_TOLERANCE}};
    settings_put(&f->settings, SET_FIELD, FIELD_EXACT);
    f->ui.more_dynamics = true;
    for (size_t which = 0; which < SAMPLER_COUNT; which++) {
        const Sampler *sampler = sampler_info(which);
        settings_put(&f->settings, SET_DYNAMICS, (double)which);
        frame(f);
        assert_true(has_text(&f->ui, sampler->label));
        assert_true(has_control(f, "particles", 0));
        assert_true(has_control(f, "steps", 0));
        assert_true(has_control(f, "schedule", 0) == sampler->descends);
        assert_true(has_control(f, "denoise", 0) == sampler->descends);
        for (size_t i = 0; i < sizeof row / sizeof *row; i++)
            assert_true(has_control(f, row[i].name, 0) == ((sampler->uses & row[i].use) != 0));
    }
}

static void click_control(Fixture *f, const char *name, size_t index)
{
    Rect at = control_at(f, ui_id(name, index));
    press(&f->input, at.x + 5, at.y + at.h / 2);
    frame(f);
    let_go(&f->input);
    frame(f);
    frame(f);
}

/* It says that it rests, and a button goes on; who paused it or may not rest says so instead. */
static void a_network_at_rest_says_so_and_can_go_on(void **state)
{
    Fixture *f = *state;
    f->picture.resting = true;
    frame(f);
    assert_true(has_text(&f->ui, "CONVERGED") && has_text(&f->ui, "converged, at rest"));
    assert_false(has_text(&f->ui, "Pause"));
    Rect at = control_at(f, ui_id("training.on", 0));
    press(&f->input, at.x + 5, at.y + at.h / 2);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "set training off\nset training on\n");
    f->statistics.diverged = true;
    frame(f);
    assert_true(has_text(&f->ui, "DIVERGED"));
    f->statistics.diverged = false;
    settings_put(&f->settings, SET_REST, 0);
    frame(f);
    assert_non_null(find_text(&f->ui, "TRAINING"));
    settings_put(&f->settings, SET_REST, 1);
    settings_put(&f->settings, SET_TRAINING, 0);
    frame(f);
    assert_true(has_text(&f->ui, "PAUSED") && has_text(&f->ui, "Train"));
}

static void it_tells_why_it_rests(void **state)
{
    Fixture *f = *state;
    f->picture.resting = true;
    frame(f);
    DrawCommand word = text_drawn(&f->ui, "CONVERGED");
    point_at(&f->input, word.rect.x + 5, word.rect.y - 3);
    for (int i = 0; i < 3; i++) {
        f->input.time_s += 2;
        frame(f);
    }
    assert_non_null(find_text(&f->ui, "so training rests"));
}

static void a_density_that_is_not_exact_is_named(void **state)
{
    static const struct {
        WipeKind wipe;
        bool learned[2];
        const char *says; /* NULL: nothing */
    } row[] = {{WIPE_OFF, {false, false}, NULL},
               {WIPE_OFF, {true, false}, "Density: learned, by its flow"},
               {WIPE_FIELD, {true, false}, "Density: learned | exact"},
               {WIPE_FIELD, {false, true}, "Density: exact | learned"},
               {WIPE_NOISE, {true, true}, "Density: learned, by its flow"}};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        settings_put(&f->settings, SET_WIPE, row[i].wipe);
        memcpy(f->picture.density_learned, row[i].learned, sizeof row[i].learned);
        frame(f);
        assert_list_is_sound(f);
        assert_true(row[i].says ? has_text(&f->ui, row[i].says) : !find_text(&f->ui, "Density:"));
        settings_put(&f->settings, SET_SHOW_DENSITY, 0);
        frame(f);
        assert_null(find_text(&f->ui, "Density:"));
        settings_put(&f->settings, SET_SHOW_DENSITY, 1);
    }
}

static void the_rest_of_a_section_is_shown_on_demand(void **state)
{
    Fixture *f = *state;
    f->h = 3000; /* nothing scrolls */
    frame(f);
    assert_false(has_control(f, "train.objective", 0));
    assert_false(has_control(f, "start", 0));
    click_control(f, "network.more", 0);
    assert_true(has_control(f, "train.objective", 0) && has_control(f, "net.prediction", 0));
    assert_true(has_control(f, "net.features", 0) && has_control(f, "train.samples", 1));
    assert_true(has_text(&f->ui, "less"));
    click_control(f, "dynamics.more", 0);
    assert_true(has_control(f, "start", 0) && has_control(f, "ladder.first", 1));
    click_control(f, "network.more", 0);
    assert_false(has_control(f, "train.objective", 0));
    assert_true(has_control(f, "start", 0));
    while (f->ui.focus != ui_id("network.more", 0)) {
        hit(&f->input, KEY_BACKTAB);
        frame(f);
    }
    hit(&f->input, KEY_ENTER);
    frame(f);
    point_at(&f->input, -1, -1);
    frame(f);
    assert_true(has_control(f, "train.objective", 0));
}

/* What an objective leaves out of account has no control. */
static void an_objective_shows_what_it_asks_for(void **state)
{
    Fixture *f = *state;
    f->ui.more_network = true;
    for (size_t which = 0; which < OBJECTIVE_COUNT; which++) {
        settings_put(&f->settings, SET_OBJECTIVE, (double)which);
        frame(f);
        assert_true((find_text(&f->ui, "weighting") != NULL) == (which == OBJECTIVE_DENOISING));
        assert_true((find_text(&f->ui, "learns from") != NULL) == objective_asks_for_targets((Objective)which));
    }
}

/* Each list of the panel, every row of it: its click says what the row is called. */
static void every_row_of_every_list_is_said(void **state)
{
    Fixture *f = *state;
    static const SettingId lists[] = {SET_DYNAMICS, SET_SCHEDULE, SET_START, SET_OBJECTIVE, SET_PREDICTION};
    f->h = 1400;
    f->ui.more_network = f->ui.more_dynamics = f->ui.more_show = true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const SettingInfo *row = setting_info(lists[i]);
        for (size_t k = 0; row->choice_name(k); k++) {
            f->settings = settings_defaults();
            settings_put(&f->settings, SET_FIELD, FIELD_EXACT);
            settings_put(&f->settings, lists[i], k == 0);
            frame(f);
            click_control(f, row->name, 0);
            Rect list = ui_menu_place(&f->ui);
            assert_true(list.w > 0);
            char said[96];
            snprintf(said, sizeof said, "set %s %s\n", row->name, row->choice_name(k));
            press(&f->input, list.x + 12, list.y + 4 + 22 * ((double)k + 0.5));
            assert_string_equal(frame(f), "");
            let_go(&f->input);
            assert_string_equal(frame(f), said);
        }
    }
}

static void open_dynamics_by_keys(Fixture *f)
{
    tab_to(f, ui_id("dynamics", 0));
    hit(&f->input, KEY_ENTER);
    frame(f);
    assert_true(ui_menu_place(&f->ui).w > 0);
}

static void the_wheel_over_a_list_leaves_the_panel(void **state)
{
    Fixture *f = *state;
    f->w = 1024;
    f->h = 600;
    open_dynamics_by_keys(f);
    Rect list = ui_menu_place(&f->ui);
    double panel = f->ui.scroll.at;
    assert_true(panel > 0);
    const double at[][2] = {{list.x + 20, list.y + 20}, {f->w - 20, f->layout.top.h + 2}};
    for (int i = 0; i < 2; i++) {
        for (int turn = 1; turn >= -1; turn -= 2) {
            point_at(&f->input, at[i][0], at[i][1]);
            f->input.wheel = 2 * turn;
            frame(f);
            assert_true(f->ui.scroll.at == panel);
            assert_true(ui_wants_pointer(&f->ui));
        }
    }
    assert_true(f->ui.menu.scroll.at > 0);
}

static void an_open_list_is_sound_at_every_size(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        f->w = sizes[i / SCALES][0];
        f->h = sizes[i / SCALES][1];
        f->settings.value[SET_SCALE] = scales[i % SCALES];
        open_dynamics_by_keys(f);
        for (size_t k = 0; k < SAMPLER_COUNT; k++) {
            hit(&f->input, KEY_DOWN);
            frame(f);
            assert_list_is_sound(f);
        }
        hit(&f->input, KEY_ESCAPE);
        frame(f);
        hit(&f->input, KEY_ESCAPE);
        frame(f);
    }
}

/* The two losses, as the plot's lines have them. */
static size_t find_curves(const Fixture *f, const DrawCommand *curve[2])
{
    size_t n = 0;
    const DrawList *d = &f->ui.list;
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        if (c->kind == DRAW_LINE && c->count > TRAINER_HISTORY / 4 &&
            (double)d->point[2 * c->first] > f->layout.panel.x) {
            if (n < 2)
                curve[n] = c;
            n++;
        }
    }
    return n;
}

static void losses_are_drawn_whatever_their_sign(void **state)
{
    Fixture *f = *state;
    static const double least[] = {0.02, 0, -0.001, -5, -1000};
    for (size_t k = 0; k < sizeof least / sizeof *least; k++) {
        for (size_t i = 0; i < TRAINER_HISTORY; i++) {
            f->statistics.history[i][0] = (float)(least[k] + 1e-3 + 1.0 / (1.0 + (double)i));
            f->statistics.history[i][1] = (float)(least[k] + 1e-4);
        }
        frame(f);
        assert_list_is_sound(f);
        const DrawCommand *curve[2] = {NULL, NULL};
        assert_int_equal(find_curves(f, curve), 2);
        if (!curve[0] || !curve[1])
            return;
        const float *exact = f->ui.list.point + 2 * curve[0]->first, *loss = f->ui.list.point + 2 * curve[1]->first;
        for (size_t i = 1; i < TRAINER_HISTORY; i++) {
            assert_true(loss[2 * i + 1] >= loss[2 * i - 1]); /* it falls, and y goes down */
            assert_true(loss[2 * i + 1] <= exact[2 * i + 1]);
        }
        double high = (double)loss[1], low = (double)exact[1];
        assert_true(low - high > 25 && low - high < 45);
    }
}

static void a_blank_screen_is_one_box(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_BLANK, 1);
    settings_put(&f->settings, SET_KEYS, 1);
    f->picture.toast = "unseen";
    frame(f);
    assert_int_equal(f->ui.list.count, 1);
    const DrawCommand *c = f->ui.list.command;
    assert_true(c->kind == DRAW_BOX && c->rect.w == f->w && c->rect.h == f->h);
    assert_int_equal(c->fill, palette_of(THEME_DARK)->ground);
}

static void the_list_of_keys_has_them_all(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_KEYS, 1);
    settings_put(&f->settings, SET_PANEL, 0);
    settings_put(&f->settings, SET_SHOW_AXES, 0);
    f->w = 672;
    f->h = 380;
    frame(f);
    assert_no_texts_meet(f);
    for (size_t i = 0; key_binding(i); i++) {
        assert_non_null(find_text(&f->ui, key_binding(i)->key));
        assert_non_null(find_text(&f->ui, key_of(key_binding(i)->command)));
    }
    assert_null(find_text(&f->ui, "\u2026"));
}

/* Where the list's foot begins. */
static double rule_of_keys(const Fixture *f)
{
    double below = text_drawn(&f->ui, "Point at anything").rect.y, rule = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_BOX && c->rect.h <= f->ui.list.border_px && c->rect.w > 300 && c->rect.y < below)
            rule = fmax(rule, c->rect.y);
    }
    return rule;
}

static void rows_of_the_list_of_keys_are_whole_and_end_above_its_rule(void **state)
{
    Fixture *f = *state;
    static const double size[][3] = {{1600, 1000, 100}, {1366, 768, 150}, {3840, 2160, 200}};
    settings_put(&f->settings, SET_KEYS, 1);
    settings_put(&f->settings, SET_PANEL, 0);
    for (size_t k = 0; k < 3; k++) {
        f->w = size[k][0];
        f->h = size[k][1];
        f->settings.value[SET_SCALE] = size[k][2];
        frame(f);
        double rule = rule_of_keys(f);
        for (size_t i = 0; key_binding(i); i++) {
            DrawCommand c = text_drawn(&f->ui, key_binding(i)->help);
            Rect at = text_rect(&f->ui.list, &c);
            assert_true(at.y + at.h + 8 * f->ui.scale <= rule);
        }
    }
}

static void controls_under_the_list_of_keys_are_not_touched(void **state)
{
    Fixture *f = *state;
    f->w = 700;
    f->h = 400;
    settings_put(&f->settings, SET_KEYS, 1);
    frame(f);
    point_at(&f->input, f->w / 2, f->h / 2);
    for (double x = 20; x < f->w - 20; x += 15) {
        for (double y = 20; y < f->h - 20; y += 15) {
            press(&f->input, x, y);
            if (rect_has(f->ui.cover, x, y))
                assert_string_equal(frame(f), "");
            let_go(&f->input);
            if (rect_has(f->ui.cover, x, y))
                assert_string_equal(frame(f), "");
            assert_true(!rect_has(f->ui.cover, x, y) || ui_wants_pointer(&f->ui));
        }
    }
}

static void the_plane_gets_its_own_presses(void **state)
{
    Fixture *f = *state;
    press(&f->input, 400, 400);
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    press(&f->input, f->layout.panel.x + 4, 400);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
}

static void hover(Fixture *f, double x, double y)
{
    point_at(&f->input, x, y);
    f->picture.hover = true;
    f->picture.probe = (Probe){.at = {1.12, 0.94},
                               .learned = {-3, 0},
                               .exact = {-2, 0.5},
                               .angle_deg = 12.34,
                               .error = 0.5,
                               .log_density = -3.414,
                               .denoised_learned = {0.5, 0.25},
                               .denoised_exact = {0.7, 0.125},
                               .parent = {{{0.75, 0.5}, 0.5}, {{1.5, 1}, 0.25}, {{-1, 1}, 0.125}, {{2, 2}, 1e-9}},
                               .parents = 4,
                               .share = 0.875,
                               .effective = 2.87};
}

static const Probe unknown = {.learned = {(double)NAN, (double)NAN},
                              .exact = {(double)NAN, (double)NAN},
                              .angle_deg = (double)NAN,
                              .error = (double)NAN,
                              .log_density = (double)NAN,
                              .denoised_learned = {(double)NAN, (double)NAN},
                              .denoised_exact = {(double)NAN, (double)NAN}};

/* The hover card; empty when there is none. Its first text is the name of its first row. */
static Rect hover_card(const Fixture *f)
{
    const DrawList *d = &f->ui.list;
    for (size_t i = 1; i < d->count; i++)
        if (d->command[i].kind == DRAW_TEXT && strcmp(text_of(d, &d->command[i]), "x") == 0)
            return d->command[i - 1].rect;
    return (Rect){0};
}

static void the_hover_card_tells_what_is_at_the_place(void **state)
{
    Fixture *f = *state;
    hover(f, 400, 400);
    frame(f);
    static const char *const told[] = {"(+1.12, +0.94)", "(-3.00, +0.00)", "(-2.00, +0.50)", " 12.3\u00b0",
                                       "50.0 %",         "(+0.70, +0.12)", " -3.41 nats"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_non_null(find_text(&f->ui, told[i]));
    assert_false(has_text(&f->ui, "averages") || has_text(&f->ui, "shown"));
    f->picture.denoiser = true;
    frame(f);
    assert_true(has_text(&f->ui, "averages") && has_text(&f->ui, "shown"));
    assert_true(has_text(&f->ui, "  2.9 points") && has_text(&f->ui, " 87.5 %"));
    f->picture.probe.parents = 0;
    frame(f);
    assert_false(has_text(&f->ui, "averages"));
}

/* On the axes and under the pointer; all else stays in the plane's. */
static void a_file_is_told_in_its_own_units(void **state)
{
    Fixture *f = *state;
    static const Units years = {{1985, 1500}, 100};
    hover(f, 400, 400);
    frame(f);
    assert_null(find_text(&f->ui, "in file"));
    f->picture.units = &years;
    frame(f);
    assert_true(has_text(&f->ui, "in file") && has_text(&f->ui, "(2097, 1594)"));
    assert_true(has_text(&f->ui, "(+1.12, +0.94)"));
    assert_true(has_text(&f->ui, "2200") && has_text(&f->ui, "1200")); /* ticks */
    f->picture.hover = false;
    f->picture.units = NULL;
    frame(f);
    assert_false(has_text(&f->ui, "2200"));
}

static void the_hover_card_makes_up_no_number(void **state)
{
    Fixture *f = *state;
    hover(f, 400, 400);
    f->picture.probe = unknown;
    f->picture.denoiser = true;
    frame(f);
    assert_list_is_sound(f);
    static const char *const said[] = {"(    \u2013,     \u2013)", "    \u2013", "     \u2013 nats"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_true(has_text(&f->ui, said[i]));
    assert_null(find_text(&f->ui, "nan"));
    assert_null(find_text(&f->ui, "inf"));
}

/* The decimal point of the single numbers, as drawn: its middle. */
static double decimal_point(const Fixture *f, const char *part)
{
    DrawCommand c = text_drawn(&f->ui, part);
    const char *text = text_of(&f->ui.list, &c), *point = strchr(text, '.');
    assert_non_null(point);
    return c.rect.x + (point ? 0.55 * c.size * (double)(point - text) : 0);
}

static void hover_numbers_do_not_jitter(void **state)
{
    Fixture *f = *state;
    hover(f, 400, 400);
    settings_put(&f->settings, SET_PANEL, 0);
    frame(f);
    Rect card = hover_card(f);
    double degrees = decimal_point(f, "\u00b0"), nats = decimal_point(f, " nats");
    assert_true(degrees == nats && degrees == decimal_point(f, "50.0 %") && degrees == decimal_point(f, "(-3.00"));
    static const double size[] = {0, 1e-6, 1.3, 9.99, 10.2, 99.9, 123, 1e4, 1e9};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        Probe *p = &f->picture.probe;
        p->learned[0] = p->exact[1] = p->log_density = -size[i];
        p->angle_deg = fmin(size[i], 180);
        p->error = size[i] / 100;
        frame(f);
        Rect now = hover_card(f);
        assert_true(now.x == card.x && now.y == card.y && now.w == card.w && now.h == card.h);
        assert_null(find_text(&f->ui, "\u2026"));
        assert_true(decimal_point(f, "\u00b0") == degrees);
        assert_true(size[i] >= 10 || decimal_point(f, " nats") == nats);
    }
    f->picture.probe = unknown;
    frame(f);
    assert_true(hover_card(f).w == card.w && hover_card(f).h == card.h);
}

/* From one side to the other and back: each way it changes its side once, and only where it has no room. */
static void the_hover_card_stays_on_its_side(void **state)
{
    Fixture *f = *state;
    bool left = false;
    int changes = 0;
    f->picture.card_left = &left;
    frame(f);
    const Rect plane = f->layout.plane;
    for (double at = 0; at < 2 * plane.w; at++) {
        double x = at < plane.w ? at : 2 * plane.w - 1 - at;
        bool before = left;
        hover(f, x, 400);
        frame(f);
        Rect card = hover_card(f);
        assert_true(card.w > 0 && rect_inside(card, plane));
        assert_true(left ? card.x + card.w < x - 10 : card.x > x + 10);
        if (left == before)
            continue;
        changes++;
        double room = left ? plane.x + plane.w - x : x - plane.x;
        assert_true(room < card.w + 40 && room > card.w);
    }
    assert_int_equal(changes, 2);
}

static void the_hover_card_has_room_at_every_size(void **state)
{
    Fixture *f = *state;
    bool left = false;
    f->picture.card_left = &left;
    f->picture.denoiser = true;
    for (size_t i = 0; i < SIZES * SCALES * 2; i++) {
        f->w = sizes[i / SCALES % SIZES][0];
        f->h = sizes[i / SCALES % SIZES][1];
        f->settings.value[SET_SCALE] = scales[i % SCALES];
        settings_put(&f->settings, SET_PANEL, i < SIZES * SCALES);
        settings_put(&f->settings, SET_SHOW_AXES, 0);
        Rect plane = interface_layout(&f->settings, NULL, f->w, f->h, f->ratio).plane;
        for (int k = 0; k < 49; k++) {
            hover(f, plane.x + plane.w * (k % 7 + 0.5) / 7, plane.y + plane.h * (k / 7 + 0.5) / 7);
            frame(f);
            Rect card = hover_card(f);
            assert_list_is_sound(f);
            assert_no_texts_meet(f);
            assert_true(card.w > 0 && rect_inside(card, plane));
            assert_false(rect_has(card, f->input.x, f->input.y));
            assert_true(has_text(&f->ui, "learned"));
        }
    }
}

static void the_hover_card_leaves_the_legends_free(void **state)
{
    Fixture *f = *state;
    MapView map = {.kind = MAP_ERROR, .low = 0, .high = 1};
    bool left = false;
    f->picture.card_left = &left;
    f->picture.map = &map;
    f->picture.density_learned[0] = true;
    settings_put(&f->settings, SET_MAP, MAP_ERROR);
    settings_put(&f->settings, SET_SHOW_AXES, 0);
    f->w = 1366;
    f->h = 768;
    for (int k = 0; k < 400; k++) {
        Rect plane = interface_layout(&f->settings, NULL, f->w, f->h, f->ratio).plane;
        hover(f, plane.x + plane.w * (k % 20 + 0.5) / 20, plane.y + plane.h * (k / 20 + 0.5) / 20);
        frame(f);
        Rect label = {plane.x + plane.w - 222, plane.y + plane.h - 120, 222, 120};
        assert_non_null(find_text(&f->ui, "Density"));
        if (!rect_has(label, f->input.x, f->input.y))
            assert_no_texts_meet(f);
    }
}

/* The card's own place is not of the plane's drawings: everything before it is. */
static size_t hover_marks(const Fixture *f, DrawKind kind, const DrawCommand *found[], size_t most)
{
    const DrawList *d = &f->ui.list;
    size_t n = 0;
    Rect clip = {0}, card = hover_card(f), plane = f->layout.plane;
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        if (c->kind == DRAW_CLIP)
            clip = c->rect;
        if (c->kind == DRAW_BOX && c->rect.x == card.x && c->rect.y == card.y && c->rect.w == card.w)
            break;
        if (c->kind != kind)
            continue;
        assert_true(clip.x == plane.x && clip.y == plane.y && clip.w == plane.w && clip.h == plane.h);
        if (n < most)
            found[n] = c;
        n++;
    }
    return n;
}

static void assert_point(const Fixture *f, const DrawCommand *c, size_t i, double x, double y)
{
    const float *point = f->ui.list.point + 2 * (c->first + i);
    assert_true(fabs((double)point[0] - x) < 0.01 && fabs((double)point[1] - y) < 0.01);
}

/* What weighs next to nothing is left out; the heaviest lies on top. */
static void the_denoiser_is_drawn_with_what_it_averages(void **state)
{
    Fixture *f = *state;
    const DrawCommand *line[32] = {0}, *dot[8] = {0}, *diamond[4] = {0};
    hover(f, 400, 400);
    settings_put(&f->settings, SET_SHOW_AXES, 0);
    frame(f);
    size_t alone = hover_marks(f, DRAW_LINE, line, 32);
    assert_int_equal(hover_marks(f, DRAW_DOTS, dot, 8) + hover_marks(f, DRAW_POLYGON, diamond, 4), 0);
    f->picture.denoiser = true;
    frame(f);
    assert_int_equal(hover_marks(f, DRAW_LINE, line, 32), alone + 3 + 2);
    assert_int_equal(hover_marks(f, DRAW_DOTS, dot, 8), 3);
    assert_int_equal(hover_marks(f, DRAW_POLYGON, diamond, 4), 3);
    Camera camera = camera_of(&f->settings, &f->picture.subject->target.frame, f->layout.plane);
    for (size_t i = 0; i < 3; i++) {
        double pixel[2], share = f->picture.probe.parent[2 - i].weight / 0.5;
        camera_to_pixel(&camera, f->picture.probe.parent[2 - i].at, pixel);
        assert_point(f, line[i], 0, 400, 400);
        assert_point(f, line[i], 1, pixel[0], pixel[1]);
        assert_point(f, dot[i], 0, pixel[0], pixel[1]);
        assert_true(abs((int)(dot[i]->fill & 255) - (int)lround(255 * share)) <= 1);
    }
    double exact[2], learned[2];
    camera_to_pixel(&camera, f->picture.probe.denoised_exact, exact);
    camera_to_pixel(&camera, f->picture.probe.denoised_learned, learned);
    assert_point(f, line[3], 1, exact[0], exact[1]);
    assert_point(f, line[4], 1, learned[0], learned[1]);
    assert_point(f, diamond[0], 0, exact[0], exact[1] - 8.5);
    assert_point(f, diamond[2], 0, learned[0], learned[1] - 4.4);
    assert_true(line[3]->fill == f->ui.palette->exact && diamond[0]->fill == f->ui.palette->exact);
    assert_true(line[4]->fill == f->ui.palette->learned && diamond[2]->fill == f->ui.palette->learned);
}

/* Lines of a colour at the pointer; an arrow has two, its shaft and its head. */
static size_t strokes(const Fixture *f, Colour colour)
{
    const DrawCommand *line[32] = {0};
    size_t n = hover_marks(f, DRAW_LINE, line, 32), count = 0;
    for (size_t i = 0; i < n; i++)
        count += line[i]->fill == colour;
    return count;
}

static void an_arrow_of_less_than_a_pixel_is_not_drawn(void **state)
{
    Fixture *f = *state;
    hover(f, 400, 400);
    settings_put(&f->settings, SET_SHOW_AXES, 0);
    frame(f);
    assert_int_equal(strokes(f, f->ui.palette->learned), 2);
    assert_int_equal(strokes(f, f->ui.palette->exact), 2);
    f->picture.probe.learned[0] = 1e-6;
    f->picture.probe.exact[0] = f->picture.probe.exact[1] = 0;
    frame(f);
    assert_int_equal(strokes(f, f->ui.palette->learned), 0);
    assert_int_equal(strokes(f, f->ui.palette->exact), 0);
}

/* A network that diverged points beyond all numbers. */
static void what_is_drawn_at_the_pointer_is_finite(void **state)
{
    Fixture *f = *state;
    static const double size[] = {0, 1e-300, 1e-20, 1, 1e20, 1e38, 1e200, (double)INFINITY, (double)NAN};
    f->picture.denoiser = true;
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        hover(f, 400, 400);
        Probe *p = &f->picture.probe;
        p->learned[0] = p->denoised_learned[1] = size[i];
        p->exact[1] = p->denoised_exact[0] = -size[i];
        p->parent[0].at[0] = isfinite(size[i]) ? size[i] : 0;
        frame(f);
        assert_list_is_sound(f);
        for (size_t k = 0; k < f->ui.list.count; k++) {
            const DrawCommand *c = &f->ui.list.command[k];
            assert_true(isfinite(c->radius) && isfinite(c->size) && isfinite(c->rect.w));
        }
    }
}

static void formats_have_fixed_widths(void **state)
{
    (void)state;
    char text[FORMAT_SIZE];
    assert_string_equal(format_count(text, sizeof text, 0), "0");
    assert_string_equal(format_count(text, sizeof text, 999), "999");
    assert_string_equal(format_count(text, sizeof text, 1234567), "1,234,567");
    assert_string_equal(format_count(text, sizeof text, UINT64_MAX), "18,446,744,073,709,551,615");
    for (double sigma = 0.001; sigma < 1000; sigma *= 1.01)
        assert_int_equal(strlen(format_sigma(text, sizeof text, sigma)), 5);
    for (double v = 1e-3; v < 9000; v *= 1.01) {
        assert_int_equal(strlen(format_signed(text, sizeof text, v)), 5);
        assert_int_equal(strlen(format_signed(text, sizeof text, -v)), 5);
    }
    assert_string_equal(format_percent(text, sizeof text, 0.0312), "3.1 %");
    assert_string_equal(format_percent(text, sizeof text, 2.5), "250 %");
    assert_string_equal(format_percent(text, sizeof text, (double)NAN), FORMAT_UNKNOWN);
    assert_string_equal(format_loss(text, sizeof text, 0.41234), "0.412");
    Settings s = settings_defaults();
    assert_string_equal(format_setting(text, sizeof text, &s, SET_TOLERANCE), "1.00e-5");
    assert_string_equal(format_setting(text, sizeof text, &s, SET_RATE), "0.00800");
    assert_string_equal(format_setting(text, sizeof text, &s, SET_SAMPLES), "endless");
    settings_put(&s, SET_SAMPLES, 1000);
    assert_string_equal(format_setting(text, sizeof text, &s, SET_SAMPLES), "1,000");
}

/* A plane that rises to the right: what is pointed at is drawn on it, higher than the pointer's own place would have it
 * on the flat one. */
static void the_hover_arrows_lie_on_the_hill(void **state)
{
    enum { GRID = 8 };
    Fixture *f = *state;
    Hill hill = {.grid = GRID, .builds = 1, .recipe = {HILL_LOG, 1, 1}};
    HillSight sight;
    frame(f);
    Camera camera = camera_of(&f->settings, &f->picture.subject->target.frame, f->layout.plane);
    assert_true(hill_init(&hill, GRID, GRID) && hill_sight_init(&sight));
    hill.grid = GRID;
    hill.extent = camera_extent(&camera);
    for (int i = 0; i < GRID * GRID; i++)
        hill.height[i] = (float)(i % GRID) / (GRID - 1);
    hill_look(&sight, &hill, (HillView){1, 0, 35}, &camera);
    hover(f, 400, 400);
    camera_to_data(&camera, (double[]){400, 400}, f->picture.probe.at);
    f->picture.probe.learned[0] = f->picture.probe.exact[0] = 3;
    f->picture.probe.learned[1] = f->picture.probe.exact[1] = 0;
    f->picture.hill = &sight;
    frame(f);
    const DrawCommand *line[32];
    size_t n = hover_marks(f, DRAW_LINE, line, 32), found = 0;
    for (size_t i = 0; i < n; i++) {
        const float *point = f->ui.list.point + 2 * line[i]->first;
        size_t last = 2 * ((size_t)line[i]->count - 1);
        bool arrow = line[i]->fill == f->ui.palette->learned && line[i]->count > 3;
        found += arrow;
        if (arrow) { /* level on the flat plane, it climbs here */
            assert_true(point[last] > point[0] + 10);
            assert_true(point[last + 1] < point[1] - 2);
        }
    }
    assert_int_equal(found, 1);
    f->picture.hill = NULL;
    hill_sight_free(&sight);
    hill_free(&hill);
}

/* Axis labels of a hill in 12 point text, all inside the plane; returns how many. */
static size_t hill_labels(const Fixture *f)
{
    const DrawList *d = &f->ui.list;
    const Rect plane = f->layout.plane;
    size_t labels = 0;
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        if (c->kind != DRAW_TEXT || c->size != 12 * f->layout.scale || !rect_has(plane, c->rect.x, c->rect.y))
            continue;
        assert_true(rect_inside(text_rect(d, c), plane));
        labels++;
    }
    return labels;
}

static size_t bars(const Fixture *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count; i++)
        n += f->ui.list.command[i].fill == colour_faded(f->ui.palette->particle, 0.8);
    return n;
}

/* The plane is as narrow as it gets: labels move in. Histograms along the axes of a flat plane have no place there. */
static void a_hill_labels_its_own_axes(void **state)
{
    enum { GRID = 8 };
    Fixture *f = *state;
    Hill hill = {0};
    HillSight sight;
    const MarginalReading marginal = {.from = -5, .to = 5, .n = 1, .share = {[READINGS_BINS / 2] = 1}};
    Readings readings = {.marginal = {marginal, marginal}};
    f->w = 640;
    f->h = 520;
    f->picture.readings = &readings;
    settings_put(&f->settings, SET_MARGINALS, 1);
    frame(f);
    assert_true(bars(f) > 0);
    Camera camera = camera_of(&f->settings, &f->picture.subject->target.frame, f->layout.plane);
    assert_true(hill_init(&hill, GRID, GRID) && hill_sight_init(&sight));
    hill.grid = GRID;
    hill.builds = 1;
    hill.recipe = (HillRecipe){HILL_LOG, 1, 1};
    hill.extent = camera_extent(&camera);
    hill_look(&sight, &hill, (HillView){1, 0, 35}, &camera);
    f->picture.hill = &sight;
    frame(f);
    assert_true(find_text(&f->ui, "nats") && hill_labels(f) > 3);
    assert_int_equal(bars(f), 0);
    f->picture.hill = NULL;
    hill_sight_free(&sight);
    hill_free(&hill);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_interface, without_interface)
    const struct CMUnitTest tests[] = {
        TEST(the_plane_keeps_half_of_the_window),
        TEST(texts_keep_apart_and_inside_at_every_size),
        TEST(cards_stay_inside_at_every_size),
        TEST(the_noise_handle_grabs_sets_and_releases),
        TEST(tab_goes_through_the_top_bar_from_left_to_right),
        TEST(the_noise_handle_answers_keys_wheel_and_double_click),
        TEST(a_handle_that_is_hidden_under_the_hand_is_released),
        TEST(every_control_says_commands_that_are_accepted),
        TEST(tab_reaches_every_control_and_brings_it_into_view),
        TEST(the_panel_scrolls_between_its_ends),
        TEST(controls_outside_the_column_are_not_touched),
        TEST(what_is_not_known_is_not_made_up),
        TEST(nothing_is_told_of_a_network_that_has_learned_nothing),
        TEST(numbers_are_those_of_the_picture),
        TEST(every_sampler_shows_exactly_what_it_uses),
        TEST(a_network_at_rest_says_so_and_can_go_on),
        TEST(it_tells_why_it_rests),
        TEST(a_density_that_is_not_exact_is_named),
        TEST(the_rest_of_a_section_is_shown_on_demand),
        TEST(an_objective_shows_what_it_asks_for),
        TEST(every_row_of_every_list_is_said),
        TEST(the_wheel_over_a_list_leaves_the_panel),
        TEST(an_open_list_is_sound_at_every_size),
        TEST(losses_are_drawn_whatever_their_sign),
        TEST(a_blank_screen_is_one_box),
        TEST(the_list_of_keys_has_them_all),
        TEST(rows_of_the_list_of_keys_are_whole_and_end_above_its_rule),
        TEST(controls_under_the_list_of_keys_are_not_touched),
        TEST(the_plane_gets_its_own_presses),
        TEST(the_hover_card_tells_what_is_at_the_place),
        TEST(a_file_is_told_in_its_own_units),
        TEST(the_hover_card_makes_up_no_number),
        TEST(hover_numbers_do_not_jitter),
        TEST(the_hover_card_stays_on_its_side),
        TEST(the_hover_card_has_room_at_every_size),
        TEST(the_hover_card_leaves_the_legends_free),
        TEST(the_hover_arrows_lie_on_the_hill),
        TEST(a_hill_labels_its_own_axes),
        TEST(the_denoiser_is_drawn_with_what_it_averages),
        TEST(an_arrow_of_less_than_a_pixel_is_not_drawn),
        TEST(what_is_drawn_at_the_pointer_is_finite),
        TEST(formats_have_fixed_widths),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
