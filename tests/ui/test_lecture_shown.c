/* What a lesson shows in the window, of a Lecture that is filled in by hand. */
#include "catalogue.h"
#include "ui/harness.h"

#include "scene/command.h"
#include "scene/lesson.h"
#include "ui/interface.h"
#include "ui/lecture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Lecture lecture;
    KeyLog keys;
    Picture picture;
    Layout layout;
    double w, h;
} Fixture;

static int with_lecture(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(),
                  .lecture = {.focus = LECTURE_NOWHERE},
                  .w = 1366,
                  .h = 768,
                  .input = {.x = -1, .y = -1}};
    f.picture = (Picture){.settings = &f.settings,
                          .catalogue = &catalogue,
                          .sigma = 0.13,
                          .accepted = (double)NAN,
                          .lecture = &f.lecture,
                          .still = true};
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_lecture(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

static const char *frame(Fixture *f)
{
    f->layout = interface_layout(&f->settings, &f->lecture, f->w, f->h, 1);
    f->picture.target = settings_index(&f->settings, SET_TARGET);
    f->picture.subject = catalogue.row[f->picture.target];
    ui_begin(&f->ui, &f->input, f->layout.scale, palette_of((Theme)settings_index(&f->settings, SET_THEME)));
    interface_draw(&f->ui, &f->layout, &f->picture);
    ui_end(&f->ui);
    return f->ui.outbox;
}

/* As often as a picture by itself is laid out. */
static void settle(Fixture *f)
{
    for (int i = 0; i < 4; i++)
        frame(f);
}

static void say(Fixture *f, const char *text)
{
    snprintf(f->lecture.caption, sizeof f->lecture.caption, "%s", text);
}

static void ask(Fixture *f, const char *text)
{
    snprintf(f->lecture.question, sizeof f->lecture.question, "%s", text);
    f->lecture.asking = true;
}

static const double sizes[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}, {3840, 2160}, {640, 400}, {330, 250}};
static const double scales[] = {75, 100, 200, 300};
enum { SIZES = sizeof sizes / sizeof *sizes, SCALES = sizeof scales / sizeof *scales };

static void take_size(Fixture *f, size_t i)
{
    f->w = sizes[i / SCALES][0];
    f->h = sizes[i / SCALES][1];
    f->settings.value[SET_SCALE] = scales[i % SCALES];
}

static const char long_text[] =
    "Each particle climbs the score, with a little noise, as \u03c3 shrinks from ten to a hundredth.\n"
    "What was noise in the beginning is data in the end, and nobody ever saw the density itself.";

static bool is_folded(const Fixture *f)
{
    return has_text(&f->ui, "more  \u00b7  C");
}

static void a_caption_leaves_the_middle_of_the_plane(void **state)
{
    Fixture *f = *state;
    say(f, long_text);
    snprintf(f->lecture.formula[0], LECTURE_TEXT, "x = \\frac{a}{b}");
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        for (int panel = 0; panel < 2; panel++) {
            take_size(f, i);
            settings_put(&f->settings, SET_PANEL, panel);
            settle(f);
            Rect card = f->ui.caption, plane = f->layout.plane;
            if (card.h == 0 || !rect_inside(card, plane))
                fail_msg("no caption at %g x %g", f->w, f->h);
            if (card.y <= plane.y + plane.h / 2)
                fail_msg("the caption takes %g of %g at %g x %g", card.h, plane.h, f->w, f->h);
            for (size_t k = 0; k < f->ui.list.count; k++) {
                const DrawCommand *c = &f->ui.list.command[k];
                if (c->kind == DRAW_TEXT && strstr(text_of(&f->ui.list, c), "Each particle"))
                    assert_true(rect_inside(text_rect(&f->ui.list, c), card));
            }
        }
    }
}

/* The legend of a map has the other corner. */
static void a_caption_is_not_widened_over_what_stands_beside_it(void **state)
{
    Fixture *f = *state;
    MapView map = {.kind = MAP_ERROR};
    bool reached = false;
    f->lecture.hidden[PLACE_PANEL] = true;
    say(f, long_text);
    snprintf(f->lecture.formula[0], LECTURE_TEXT, "x = y");
    f->w = 700;
    for (f->h = 380; f->h < 640; f->h += 10) {
        f->picture.map = NULL;
        settings_put(&f->settings, SET_MAP, MAP_NONE);
        settle(f);
        double without = f->ui.caption.x + f->ui.caption.w;
        f->picture.map = &map;
        settings_put(&f->settings, SET_MAP, MAP_ERROR);
        settle(f);
        DrawCommand legend = text_drawn(&f->ui, map_info(MAP_ERROR)->label);
        reached |= without > legend.rect.x;
        assert_true(f->ui.caption.h > 0 && f->ui.caption.x + f->ui.caption.w < legend.rect.x);
    }
    assert_true(reached);
}

/* Where there is room for it, nothing is folded; where there is not, all of it can be read by a click or a key. */
static void a_caption_that_has_no_room_is_folded_and_unfolded(void **state)
{
    Fixture *f = *state;
    say(f, long_text);
    settle(f);
    assert_false(is_folded(f) || has_text(&f->ui, "less  \u00b7  C"));
    settings_put(&f->settings, SET_CAPTION_WHOLE, 1);
    settle(f);
    assert_false(has_text(&f->ui, "less  \u00b7  C"));
    settings_put(&f->settings, SET_CAPTION_WHOLE, 0);

    f->w = 480;
    f->h = 300;
    settle(f);
    assert_true(is_folded(f) && find_text(&f->ui, "Each particle") && !find_text(&f->ui, "itself."));
    press(&f->input, f->ui.caption.x + 8, f->ui.caption.y + 8);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "toggle caption.whole\n");
    assert_string_equal(key_of("toggle caption.whole"), "C");

    settings_put(&f->settings, SET_CAPTION_WHOLE, 1);
    settle(f);
    static const char *const word[] = {"particle", "shrinks", "hundredth.", "beginning", "nobody", "itself."};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        assert_non_null(find_text(&f->ui, word[i]));
    assert_true(rect_inside(f->ui.caption, f->layout.plane));
    DrawCommand less = text_drawn(&f->ui, "less");
    press(&f->input, less.rect.x + 2, less.rect.y - 4);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "toggle caption.whole\n");
}

static void every_word_of_a_caption_is_drawn(void **state)
{
    Fixture *f = *state;
    say(f, "One two three.\nFour five.");
    f->w = 1024;
    frame(f);
    assert_true(find_text(&f->ui, "One two three.") && find_text(&f->ui, "Four five."));
    assert_true(text_drawn(&f->ui, "One two").rect.y < text_drawn(&f->ui, "Four").rect.y);
    say(f, long_text);
    frame(f);
    static const char *const word[] = {"particle", "shrinks", "hundredth.", "beginning", "nobody", "itself."};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        assert_non_null(find_text(&f->ui, word[i]));
}

static void a_word_that_is_wider_than_a_line_goes_on_in_the_next(void **state)
{
    Fixture *f = *state;
    char word[400];
    memset(word, 'w', sizeof word);
    word[sizeof word - 1] = '\0';
    say(f, word);
    settle(f);
    size_t letters = 0;
    for (size_t k = 0; k < f->ui.list.count; k++) {
        const DrawCommand *c = &f->ui.list.command[k];
        if (c->kind != DRAW_TEXT || !strstr(text_of(&f->ui.list, c), "ww"))
            continue;
        letters += strlen(text_of(&f->ui.list, c));
        assert_true(rect_inside(text_rect(&f->ui.list, c), f->ui.caption));
    }
    assert_int_equal(letters, sizeof word - 1);
    assert_true(rect_inside(f->ui.caption, f->layout.plane));
}

static void formulas_stand_below_the_caption(void **state)
{
    Fixture *f = *state;
    say(f, "Follow the score.");
    settle(f);
    double without = f->ui.caption.h;
    snprintf(f->lecture.formula[0], LECTURE_TEXT, "x = y");
    snprintf(f->lecture.formula[1], LECTURE_TEXT, "\\frac{a}{b}");
    settle(f);
    assert_true(f->ui.caption.h > without + 40);
    bool below = false;
    double text = text_drawn(&f->ui, "Follow the score.").rect.y;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == DRAW_TEXT && c->face != FACE_TEXT && c->face != FACE_STRONG && c->face != FACE_CODE) {
            assert_true(rect_has(f->ui.caption, c->rect.x, c->rect.y));
            below |= c->rect.y > text;
        }
    }
    assert_true(below);
}

static void a_caption_is_not_the_planes(void **state)
{
    Fixture *f = *state;
    say(f, long_text);
    settle(f);
    press(&f->input, f->ui.caption.x + 5, f->ui.caption.y + 5);
    frame(f);
    assert_true(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    press(&f->input, f->ui.caption.x + 5, f->ui.caption.y - 20);
    frame(f);
    assert_false(ui_wants_pointer(&f->ui));
}

static void other_cards_stand_above_a_caption(void **state)
{
    Fixture *f = *state;
    f->picture.toast = "Saved scorefield-001.png";
    settings_put(&f->settings, SET_PAD, 1);
    f->picture.fates = true;
    say(f, long_text);
    settle(f);
    static const char *const other[] = {"Saved", "trained", "reverse SDE"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        DrawCommand c = text_drawn(&f->ui, other[i]);
        if (rects_meet(text_rect(&f->ui.list, &c), f->ui.caption))
            fail_msg("\"%s\" lies on the caption", other[i]);
    }
}

static void cards_stand_above_the_line_for_commands(void **state)
{
    Fixture *f = *state;
    Prompt prompt = {.text = "trace fates 1 x"};
    static const char *const card[] = {"expected a number", "trained", "reverse SDE", "Short"};
    f->picture.prompt = &prompt;
    f->picture.toast = "expected a number";
    f->picture.fates = true;
    settings_put(&f->settings, SET_PROMPT, 1);
    settings_put(&f->settings, SET_PAD, 1);
    say(f, "Short.");
    settle(f);
    Rect line = prompt_place(&f->ui, f->layout.plane, &prompt);
    assert_true(rect_inside(line, f->layout.plane));
    for (size_t i = 0; i < sizeof card / sizeof *card; i++) {
        DrawCommand c = text_drawn(&f->ui, card[i]);
        if (rects_meet(text_rect(&f->ui.list, &c), line))
            fail_msg("\"%s\" lies on the line", card[i]);
    }
    assert_true(ui_wants_keyboard(&f->ui));
    settings_put(&f->settings, SET_PROMPT, 0);
    settle(f);
    assert_string_equal(prompt.text, "");
    assert_false(ui_wants_keyboard(&f->ui));
}

static void a_message_leaves_the_legend_of_paths(void **state)
{
    Fixture *f = *state;
    f->picture.toast = "Saved scorefield-001.png";
    f->picture.fates = true;
    for (int says = 0; says < 2; says++) {
        say(f, says ? long_text : "");
        settle(f);
        DrawCommand saved = text_drawn(&f->ui, "Saved"), first = text_drawn(&f->ui, "gradient ascent");
        assert_true(saved.rect.y < first.rect.y - first.size);
    }
}

static void a_question_takes_the_captions_place(void **state)
{
    Fixture *f = *state;
    say(f, "Each particle climbs.");
    ask(f, "Where will it go?");
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        take_size(f, i);
        settle(f);
        assert_null(find_text(&f->ui, "climbs"));
        DrawCommand c = text_drawn(&f->ui, "Where will");
        Rect plane = f->layout.plane;
        assert_true(rect_inside(text_rect(&f->ui.list, &c), plane));
        if (f->w > 640)
            assert_true(c.rect.y > plane.y + plane.h / 2);
        assert_non_null(find_text(&f->ui, "Next"));
    }
}

static void the_hint_below_a_short_question_is_whole(void **state)
{
    Fixture *f = *state;
    ask(f, "Why?");
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        take_size(f, i);
        settle(f);
        if (f->layout.plane.w > 500 * f->layout.scale)
            assert_non_null(find_text(&f->ui, key_of("next")));
    }
}

static void keys_that_were_hit_stand_above_a_question(void **state)
{
    Fixture *f = *state;
    f->w = 1366;
    f->h = 768;
    ask(f, "Which way is up?");
    f->picture.key_log = &f->keys;
    for (int i = 0; i < 3; i++)
        key_log_add(&f->keys, "K", "show keys as they are pressed", 0);
    settle(f);
    DrawCommand question = text_drawn(&f->ui, "Which way");
    size_t keys = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind != DRAW_TEXT || strcmp(text_of(&f->ui.list, c), "show keys as they are pressed") != 0)
            continue;
        assert_true(c->rect.y < question.rect.y - question.size);
        keys++;
    }
    assert_int_equal(keys, 3);
}

static void messages_stand_above_a_question(void **state)
{
    Fixture *f = *state;
    f->picture.toast = "The last session was cut off";
    ask(f, "How many of the walkers will end at the small heap: a fifth, a third, half?");
    for (size_t i = 0; i < 4 * SCALES; i++) {
        take_size(f, i);
        settle(f);
        if (!find_text(&f->ui, "last session"))
            continue;
        DrawCommand toast = text_drawn(&f->ui, "last session"), question = text_drawn(&f->ui, "How many");
        assert_true(toast.rect.y < question.rect.y - question.size);
    }
}

static void a_click_on_a_question_reveals(void **state)
{
    Fixture *f = *state;
    ask(f, "Where will it go?");
    frame(f);
    DrawCommand c = text_drawn(&f->ui, "Next");
    press(&f->input, c.rect.x + 4, c.rect.y - 4);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "next\n");
}

static void hidden_parts_leave_their_place_to_the_plane(void **state)
{
    Fixture *f = *state;
    frame(f);
    double h = f->layout.plane.h, w = f->layout.plane.w;
    f->lecture.hidden[PLACE_TOP] = f->lecture.hidden[PLACE_NOISE] = true;
    frame(f);
    assert_true(f->layout.plane.h == f->h && f->layout.plane.w == w && h < f->h);
    assert_null(find_text(&f->ui, "scorefield"));
    f->lecture.hidden[PLACE_PANEL] = true;
    frame(f);
    assert_true(f->layout.plane.w == f->w && f->layout.plane.h == f->h);
    assert_int_equal(f->ui.focusables, 0);
}

static void a_panel_without_sections_leaves_its_place(void **state)
{
    Fixture *f = *state;
    for (size_t place = PLACE_TARGET; place <= PLACE_LAYERS; place++) {
        frame(f);
        assert_true(f->layout.panel.w > 0 && has_text(&f->ui, "seed"));
        f->lecture.hidden[place] = true;
    }
    frame(f);
    assert_true(f->layout.panel.w == 0 && f->layout.plane.w == f->w);
    assert_false(has_text(&f->ui, "seed"));
}

/* Its card comes once a hand is at the pointer again. */
static void a_resting_pointer_covers_no_new_scene(void **state)
{
    Fixture *f = *state;
    f->picture.hover = true;
    point_at(&f->input, 400, 300);
    frame(f);
    assert_true(has_text(&f->ui, "log p"));
    f->lecture.begun = 1;
    for (int i = 0; i < 3; i++) {
        frame(f);
        assert_false(has_text(&f->ui, "log p"));
    }
    point_at(&f->input, 401, 300);
    frame(f);
    assert_true(has_text(&f->ui, "log p"));
    point_at(&f->input, 400, 300);
    frame(f);
    assert_true(has_text(&f->ui, "log p"));
}

static bool has_control(const Fixture *f, uint32_t id)
{
    for (size_t i = 0; i < f->ui.focusables; i++) {
        if (f->ui.focusable[i].id == id)
            return true;
    }
    return false;
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

/* Whatever is hidden is neither seen nor touched, and what stands below moves up. */
static void hidden_controls_take_no_room(void **state)
{
    Fixture *f = *state;
    f->h = 3000;
    f->ui.more_network = f->ui.more_dynamics = f->ui.more_show = true;
    frame(f);
    double last = text_drawn(&f->ui, "Projector").rect.y;
    static const SettingId id[] = {SET_OBJECTIVE, SET_RATE, SET_STEPS,    SET_FIELD,   SET_SHOW_DATA,
                                   SET_SAMPLES,   SET_SEED, SET_FEATURES, SET_DYNAMICS};
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        const char *name = setting_info(id[i])->name;
        bool shown = has_control(f, ui_id(name, 0)) || has_control(f, ui_id(name, 1)) || has_control(f, ui_id(name, 2));
        if (!shown)
            fail_msg("%s is not there", name);
        f->lecture.hidden[id[i]] = true;
        frame(f);
        for (size_t k = 0; k < 4; k++)
            assert_false(has_control(f, ui_id(name, k)));
    }
    assert_true(text_drawn(&f->ui, "Projector").rect.y < last - 100);
}

static void hidden_sections_take_their_headings_along(void **state)
{
    Fixture *f = *state;
    static const struct {
        size_t place;
        const char *heading;
    } section[] = {{PLACE_TARGET, "TARGET"},
                   {PLACE_NETWORK, "NETWORK"},
                   {PLACE_DYNAMICS, "DYNAMICS"},
                   {PLACE_FIELD, "FIELD"},
                   {PLACE_LAYERS, "SHOW"}};
    for (size_t i = 0; i < sizeof section / sizeof *section; i++) {
        frame(f);
        assert_true(has_text(&f->ui, section[i].heading));
        f->lecture.hidden[section[i].place] = true;
        frame(f);
        assert_false(has_text(&f->ui, section[i].heading));
    }
    f->lecture.hidden[SET_SPEED] = f->lecture.hidden[SET_SIGMA] = true;
    frame(f);
    assert_false(has_control(f, ui_id("speed", 0)));
    assert_false(has_control(f, ui_id("noise handle", 0)));
    assert_true(has_control(f, ui_id("toggle playing", 0)));
}

static const DrawCommand *veil_over(const Fixture *f, double x, double y)
{
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        const float *hole = f->ui.list.point + 2 * (size_t)c->first;
        bool in = c->kind == DRAW_VEIL && rect_has(c->rect, x, y);
        if (in && !(x > (double)hole[0] && y > (double)hole[1] && x < (double)hole[2] && y < (double)hole[3]))
            return c;
    }
    return NULL;
}

/* Every setting that has a control is found, wherever it stands: in a section that is closed, below the end of the
 * panel. */
static void a_focus_dims_all_but_its_control(void **state)
{
    Fixture *f = *state;
    static const SettingId id[] = {SET_STEPS,     SET_RATE,  SET_OBJECTIVE, SET_SAMPLES, SET_FIELD,  SET_DYNAMICS,
                                   SET_TRAINING,  SET_SIGMA, SET_PLAYING,   SET_SPEED,   SET_TIMING, SET_MARGINALS,
                                   SET_PARTICLES, SET_WIDTH, SET_THEME,     SET_SEED,    SET_LOOP,   SET_DENOISE};
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        f->w = i % 2 ? 1024 : 1366;
        f->lecture.focus = id[i];
        settle(f);
        Rect hole = f->ui.veil.hole;
        double x = hole.x + hole.w / 2, y = hole.y + hole.h / 2;
        if (f->ui.mark.at.w == 0)
            fail_msg("%s is not found", setting_info(id[i])->name);
        if (veil_over(f, x, y) || !rect_inside(hole, (Rect){0, 0, f->w, f->h}))
            fail_msg("%s is dimmed", setting_info(id[i])->name);
        assert_true(hole.w < f->w / 1.2 && hole.h > 10);
        assert_non_null(veil_over(f, 30, 30));
        assert_null(veil_over(f, f->layout.plane.x + 5, f->layout.plane.y + 5));
    }
    f->lecture.focus = LECTURE_NOWHERE;
    settle(f);
    assert_null(veil_over(f, 30, 30));
}

static void a_focus_on_a_layer_leaves_the_plane(void **state)
{
    Fixture *f = *state;
    f->lecture.focus = SET_SHOW_ARROWS;
    settle(f);
    assert_true(lecture_focus_is_layer(&f->lecture));
    assert_null(veil_over(f, f->layout.plane.x + 5, f->layout.plane.y + 5));
    assert_non_null(veil_over(f, 30, 30));
    f->lecture.focus = SET_STEPS;
    assert_false(lecture_focus_is_layer(&f->lecture));
}

/* Elsewhere it is the plane that shows what a control does. */
static void a_focus_on_the_plane_dims_the_plane(void **state)
{
    Fixture *f = *state;
    f->settings.value[SET_PAD] = 1;
    f->lecture.hidden[PLACE_PANEL] = true; /* where the pad's switch is */
    f->lecture.focus = SET_PAD;
    settle(f);
    Rect plane = f->layout.plane, hole = f->ui.veil.hole;
    assert_true(hole.w > 0 && rect_inside(hole, plane));
    assert_non_null(veil_over(f, plane.x + plane.w - 5, plane.y + 5));
    f->lecture.focus = SET_SIGMA;
    settle(f);
    assert_null(veil_over(f, plane.x + plane.w - 5, plane.y + 5));
}

static void a_hidden_control_is_no_focus(void **state)
{
    Fixture *f = *state;
    f->lecture.focus = SET_STEPS;
    f->lecture.hidden[SET_STEPS] = true;
    settle(f);
    assert_null(veil_over(f, 30, 30));
}

static void a_focus_is_scrolled_to_once(void **state)
{
    Fixture *f = *state;
    f->lecture.focus = SET_THEME;
    settle(f);
    assert_true(f->ui.scroll.at > 0);
    point_at(&f->input, f->layout.panel.x + 20, 300);
    f->input.wheel = 100;
    frame(f);
    f->input.wheel = 0;
    settle(f);
    assert_true(f->ui.scroll.at == 0);
}

static void a_veil_comes_and_goes_in_steps(void **state)
{
    Fixture *f = *state;
    f->picture.still = false;
    frame(f);
    f->lecture.focus = SET_STEPS;
    double before = 0;
    for (int i = 1; i <= 60; i++) {
        f->input.time_s = i / 60.0;
        frame(f);
        double shade = f->ui.veil.shade;
        assert_true(shade >= before && shade <= 1 && (shade == 1 || f->ui.wake_s <= f->input.time_s + 0.05));
        assert_true(i > 2 || shade < 0.5);
        before = shade;
    }
    assert_true(before == 1);
}

static void keys_that_were_hit_fade(void **state)
{
    Fixture *f = *state;
    static const char *const key[] = {"A", "B", "C", "D", "Ctrl+Z"};
    for (size_t i = 0; i < 5; i++)
        key_log_add(&f->keys, key[i], i == 4 ? "undo" : "", 10);
    f->input.time_s = 10.1;
    frame(f);
    assert_null(find_text(&f->ui, "Ctrl+Z"));
    f->picture.key_log = &f->keys;
    frame(f);
    assert_true(has_text(&f->ui, "Ctrl+Z") && has_text(&f->ui, "undo") && has_text(&f->ui, "B"));
    assert_false(has_text(&f->ui, "A"));
    assert_true(text_drawn(&f->ui, "Ctrl+Z").rect.y > f->layout.plane.h / 2);
    f->input.time_s = 20;
    frame(f);
    assert_false(has_text(&f->ui, "Ctrl+Z"));
}

/* The legend of a map has the same corner. */
static void keys_that_were_hit_leave_the_legend_of_a_map(void **state)
{
    Fixture *f = *state;
    MapView map = {.kind = MAP_ERROR};
    settings_put(&f->settings, SET_MAP, MAP_ERROR);
    f->picture.map = &map;
    f->picture.key_log = &f->keys;
    key_log_add(&f->keys, "Ctrl+Z", "undo", 0);
    frame(f);
    DrawCommand key = text_drawn(&f->ui, "Ctrl+Z"), legend = text_drawn(&f->ui, map_info(MAP_ERROR)->label);
    assert_true(key.rect.y < legend.rect.y - legend.size);
}

static void a_spot_of_light_is_the_last_thing_drawn(void **state)
{
    Fixture *f = *state;
    point_at(&f->input, 300, 300);
    frame(f);
    size_t before = f->ui.list.count;
    lecture_spotlight_draw(&f->ui);
    assert_true(f->ui.list.count > before + 3);
    const DrawCommand *last = &f->ui.list.command[f->ui.list.count - 1];
    assert_true(last->kind == DRAW_DOTS);
    assert_true(f->ui.list.point[2 * last->first] == 300.0f && f->ui.list.point[2 * last->first + 1] == 300.0f);
    point_at(&f->input, -1, -1);
    frame(f);
    before = f->ui.list.count;
    lecture_spotlight_draw(&f->ui);
    assert_int_equal(f->ui.list.count, before);
}

static void the_list_of_keys_explains_what_is_pointed_at(void **state)
{
    Fixture *f = *state;
    settings_put(&f->settings, SET_KEYS, 1);
    point_at(&f->input, f->layout.window.w, 0);
    frame(f);
    assert_non_null(find_text(&f->ui, "Point at anything"));
    point_at(&f->input, 60, f->layout.noise.y + 70);
    frame(f);
    point_at(&f->input, 100, f->layout.noise.y + 69);
    settle(f);
    assert_non_null(find_text(&f->ui, "play and pause"));
    assert_null(find_text(&f->ui, "Point at anything"));
    point_at(&f->input, f->layout.plane.x + 3, f->layout.plane.y + 3);
    settle(f);
    assert_non_null(find_text(&f->ui, "The plane:"));
}

static void a_lock_is_told_with_and_without_bars(void **state)
{
    Fixture *f = *state;
    for (int panel = 0; panel < 2; panel++) {
        settings_put(&f->settings, SET_PANEL, panel);
        f->lecture.locked = false;
        settle(f);
        size_t without = f->ui.list.count;
        f->lecture.locked = true;
        settle(f);
        assert_true(f->ui.list.count > without);
    }
}

static Lesson *given(Fixture *f)
{
    static const char text[] = "# A lesson\nscene \"One\"\nscene \"Two\"\nscene \"Three\"\n";
    Error e;
    Host host = {.context = NULL};
    Lesson *l = lesson_parse("a.lesson", text, sizeof text - 1, &catalogue, &host, &e);
    assert_non_null(l);
    f->lecture.lesson = l;
    return l;
}

static void a_scene_is_reached_by_its_segment(void **state)
{
    Fixture *f = *state;
    Lesson *l = given(f);
    f->lecture.scene = 1;
    static const char *const said[] = {"lesson . 1\n", "lesson . 2\n", "lesson . 3\n"};
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        take_size(f, i);
        for (int panel = 0; panel < 2; panel++) {
            settings_put(&f->settings, SET_PANEL, panel);
            settle(f);
            for (size_t k = 0; k < 3 && (panel || f->h > 400); k++) {
                Rect at = control_at(f, ui_id("scene", k));
                assert_true(rect_inside(at, panel ? f->layout.top : f->layout.plane) && at.w >= 8);
                press(&f->input, at.x + at.w / 2, at.y + at.h / 2);
                frame(f);
                let_go(&f->input);
                assert_string_equal(frame(f), said[k]);
                point_at(&f->input, -1, -1);
                frame(f);
            }
            assert_true(f->h <= 400 || has_text(&f->ui, "2 / 3"));
        }
    }
    lesson_free(l);
}

/* As many as there may be: neither the way on nor the count is pushed out of sight. */
static void many_scenes_have_room(void **state)
{
    Fixture *f = *state;
    LessonScene scenes[LESSON_SCENES_MAX] = {0};
    const Lesson lesson = {.title = "A lesson with a long title", .scene = scenes, .scenes = LESSON_SCENES_MAX};
    f->lecture.lesson = &lesson;
    f->lecture.scene = 29;
    for (size_t i = 0; i < SIZES * SCALES; i++) {
        take_size(f, i);
        if (f->w / f->settings.value[SET_SCALE] < 8)
            continue;
        for (int panel = 0; panel < 2; panel++) {
            settings_put(&f->settings, SET_PANEL, panel);
            settle(f);
            if (!has_text(&f->ui, "30 / 64"))
                fail_msg("no count at %g x %g, scale %g", f->w, f->h, f->settings.value[SET_SCALE]);
        }
    }
}

static void the_strip_goes_on_and_back_and_can_be_hidden(void **state)
{
    Fixture *f = *state;
    Lesson *l = given(f);
    settle(f);
    static const char *const said[][2] = {{"next", "next\n"}, {"back", "back\n"}};
    for (size_t i = 0; i < 2; i++) {
        Rect at = control_at(f, ui_id(said[i][0], 0));
        press(&f->input, at.x + at.w / 2, at.y + at.h / 2);
        frame(f);
        let_go(&f->input);
        assert_string_equal(frame(f), said[i][1]);
    }
    assert_true(has_text(&f->ui, "A lesson") && has_text(&f->ui, "One"));
    f->lecture.hidden[PLACE_STRIP] = true;
    frame(f);
    assert_false(has_control(f, ui_id("scene", 0)) || has_control(f, ui_id("next", 0)));
    lesson_free(l);
}

static void a_press_beside_the_list_of_lessons_closes_it_and_no_more(void **state)
{
    Fixture *f = *state;
    Lesson *l = given(f);
    settle(f);
    Rect at = control_at(f, ui_id("lessons", 0));
    press(&f->input, at.x + 5, at.y + at.h / 2);
    frame(f);
    let_go(&f->input);
    frame(f);
    assert_true(f->ui.lessons);
    settle(f);
    for (size_t i = 0; lesson_shipped(i); i++)
        assert_true(has_control(f, ui_id("lesson", i)));
    Rect play = control_at(f, ui_id("toggle playing", 0));
    press(&f->input, play.x + play.w / 2, play.y + play.h / 2);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "");
    assert_false(f->ui.lessons);
    lesson_free(l);
}

static void open_lessons(Fixture *f)
{
    Rect at = control_at(f, ui_id("lessons", 0));
    press(&f->input, at.x + 5, at.y + at.h / 2);
    frame(f);
    let_go(&f->input);
    frame(f);
    point_at(&f->input, -1, -1);
    frame(f);
    assert_true(f->ui.lessons && ui_wants_keyboard(&f->ui));
}

static void the_list_of_lessons_has_the_keyboard(void **state)
{
    Fixture *f = *state;
    char last[24];
    size_t n = 0;
    while (lesson_shipped(n))
        n++;
    snprintf(last, sizeof last, "lesson %zu\n", n);
    const struct {
        int key[3];
        const char *said;
    } row[] = {{{KEY_NONE}, "lesson 1\n"},         {{KEY_DOWN, KEY_DOWN}, "lesson 3\n"}, {{KEY_UP}, last},
               {{KEY_END}, last},                  {{KEY_END, KEY_DOWN}, "lesson 1\n"},
               {{KEY_END, KEY_HOME, KEY_DOWN}, "lesson 2\n"}};
    settle(f);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        open_lessons(f);
        for (size_t k = 0; k < 3 && row[i].key[k] != KEY_NONE; k++) {
            assert_true(ui_wants_key(&f->ui, row[i].key[k]));
            hit(&f->input, row[i].key[k]);
            assert_string_equal(frame(f), "");
        }
        assert_true(ui_wants_key(&f->ui, KEY_ENTER));
        hit(&f->input, KEY_ENTER);
        assert_string_equal(frame(f), row[i].said);
        assert_false(f->ui.lessons);
    }
}

static void a_letter_goes_to_a_lesson_and_escape_or_tab_close_the_list(void **state)
{
    Fixture *f = *state;
    char letter[2] = "", name[LECTURE_TEXT], said[24];
    settle(f);
    lesson_shipped_title(1, name);
    letter[0] = name[0];
    open_lessons(f);
    type(&f->input, letter);
    frame(f);
    hit(&f->input, KEY_ENTER);
    snprintf(said, sizeof said, "%s", frame(f));
    assert_int_equal(strncmp(said, "lesson ", 7), 0);
    lesson_shipped_title(strtoul(said + 7, NULL, 10) - 1, name);
    assert_int_equal(name[0], letter[0]);
    static const int closing[] = {KEY_ESCAPE, KEY_TAB};
    for (size_t i = 0; i < 2; i++) {
        open_lessons(f);
        assert_true(ui_wants_key(&f->ui, closing[i]));
        hit(&f->input, closing[i]);
        assert_string_equal(frame(f), "");
        point_at(&f->input, -1, -1);
        frame(f);
        assert_false(f->ui.lessons || ui_wants_key(&f->ui, KEY_DOWN));
    }
}

static void a_scene_begins_with_the_panel_as_at_the_start(void **state)
{
    Fixture *f = *state;
    f->lecture.focus = SET_THEME;
    f->lecture.begun = 1;
    settle(f);
    f->ui.more_network = true;
    assert_true(f->ui.scroll.at > 0);
    f->lecture.focus = LECTURE_NOWHERE;
    f->lecture.begun = 2;
    frame(f);
    assert_true(f->ui.scroll.at == 0 && !f->ui.more_network);
    f->lecture.focus = SET_THEME;
    settle(f);
    f->lecture.begun = 3;
    settle(f);
    assert_true(f->ui.scroll.at > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_lecture, without_lecture)
    const struct CMUnitTest tests[] = {
        TEST(a_caption_leaves_the_middle_of_the_plane),
        TEST(a_caption_is_not_widened_over_what_stands_beside_it),
        TEST(a_caption_that_has_no_room_is_folded_and_unfolded),
        TEST(every_word_of_a_caption_is_drawn),
        TEST(a_word_that_is_wider_than_a_line_goes_on_in_the_next),
        TEST(formulas_stand_below_the_caption),
        TEST(a_caption_is_not_the_planes),
        TEST(other_cards_stand_above_a_caption),
        TEST(cards_stand_above_the_line_for_commands),
        TEST(a_question_takes_the_captions_place),
        TEST(a_message_leaves_the_legend_of_paths),
        TEST(the_hint_below_a_short_question_is_whole),
        TEST(keys_that_were_hit_stand_above_a_question),
        TEST(messages_stand_above_a_question),
        TEST(a_click_on_a_question_reveals),
        TEST(hidden_parts_leave_their_place_to_the_plane),
        TEST(hidden_controls_take_no_room),
        TEST(hidden_sections_take_their_headings_along),
        TEST(a_panel_without_sections_leaves_its_place),
        TEST(a_resting_pointer_covers_no_new_scene),
        TEST(a_focus_dims_all_but_its_control),
        TEST(a_focus_on_a_layer_leaves_the_plane),
        TEST(a_focus_on_the_plane_dims_the_plane),
        TEST(a_hidden_control_is_no_focus),
        TEST(a_focus_is_scrolled_to_once),
        TEST(a_veil_comes_and_goes_in_steps),
        TEST(keys_that_were_hit_fade),
        TEST(keys_that_were_hit_leave_the_legend_of_a_map),
        TEST(a_spot_of_light_is_the_last_thing_drawn),
        TEST(the_list_of_keys_explains_what_is_pointed_at),
        TEST(a_lock_is_told_with_and_without_bars),
        TEST(a_scene_is_reached_by_its_segment),
        TEST(many_scenes_have_room),
        TEST(the_strip_goes_on_and_back_and_can_be_hidden),
        TEST(a_press_beside_the_list_of_lessons_closes_it_and_no_more),
        TEST(the_list_of_lessons_has_the_keyboard),
        TEST(a_letter_goes_to_a_lesson_and_escape_or_tab_close_the_list),
        TEST(a_scene_begins_with_the_panel_as_at_the_start),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
