/* Pointing at a path, dragging along it, and the card that takes a step of it apart. */
#include "ui/harness.h"

#include "ui/interface.h"

#include <math.h>
#include <stdio.h>

enum { STEPS = 40 };

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Picture picture;
    Layout layout;
    Camera camera;
    PathSight sight;
    double w, h;
} Fixture;

static Catalogue catalogue;
static Paths paths;
static PathApart apart;

static FieldSource field_now(const Fixture *f)
{
    return field_exact(&f->picture.subject->target.mixture);
}

static int build(void **state)
{
    (void)state;
    return catalogue_init(&catalogue) && paths_init(&paths) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    catalogue_free(&catalogue);
    paths_free(&paths);
    return 0;
}

static void look(const Fixture *f, size_t line, size_t step)
{
    FieldSource field = field_now(f);
    assert_true(path_apart_look(&apart, &paths, &field, line, step));
}

/* Two ways of the reverse SDE, the newer one first in the plane's left half. */
static void trace(const Fixture *f)
{
    const Target *t = &f->picture.subject->target;
    PathAsk ask = {.x = {2, 1},
                   .sigma = 2,
                   .seed = 3,
                   .highest = 2,
                   .lowest = t->sigma_min,
                   .options = {.noise = 1, .steps = STEPS, .schedule = schedule_info(SCHEDULE_KARRAS)},
                   .frame = t->frame};
    FieldSource field = field_now(f);
    paths_clear(&paths);
    path_ask_one(&ask, SAMPLER_SDE);
    assert_true(paths_add(&paths, &ask));
    ask.x[0] = -2;
    assert_true(paths_add(&paths, &ask));
    paths_trace(&paths, &field);
}

static const char *frame(Fixture *f)
{
    f->layout = interface_layout(&f->settings, NULL, f->w, f->h, 1);
    f->camera = camera_of(&f->settings, &f->picture.subject->target.frame, f->layout.plane);
    f->sight = (PathSight){&paths, &paths.shown.lines, f->camera};
    f->picture.hover = rect_has(f->layout.plane, f->input.x, f->input.y) && !ui_wants_pointer(&f->ui);
    ui_begin(&f->ui, &f->input, f->layout.scale, palette_of(THEME_DARK));
    interface_draw(&f->ui, &f->layout, &f->picture);
    ui_end(&f->ui);
    return f->ui.outbox;
}

static int with_paths(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(), .w = 1600, .h = 1000, .input = {.x = -1, .y = -1}};
    f.picture = (Picture){.settings = &f.settings,
                          .catalogue = &catalogue,
                          .subject = catalogue.row[0],
                          .sigma = 0.5,
                          .paths = &f.sight,
                          .apart = &apart};
    ui_init(&f.ui, fake_measure, NULL);
    trace(&f);
    apart.step = 0;
    frame(&f);
    *state = &f;
    return 0;
}

static int without(void **state)
{
    ui_free(&((Fixture *)*state)->ui);
    return 0;
}

/* The middle of a step of a line, pixels. */
static void pixel_of(const Fixture *f, size_t line, size_t step, double pixel[2])
{
    PathPlace at = paths_at(&paths, line, ((double)step - .5) / STEPS);
    camera_to_pixel(&f->camera, (double[]){(double)at.x[0], (double)at.x[1]}, pixel);
}

static void a_press_takes_a_step_and_a_drag_goes_on(void **state)
{
    Fixture *f = *state;
    double at[2];
    pixel_of(f, 0, 2, at);
    point_at(&f->input, at[0] + 3, at[1]);
    assert_string_equal(frame(f), "");
    press(&f->input, at[0], at[1]);
    assert_string_equal(frame(f), "path 2 2 1\n");
    assert_true(ui_wants_pointer(&f->ui)); /* nothing is dropped there */
    look(f, 0, 2);
    hold(&f->input, at[0], at[1]);
    assert_string_equal(frame(f), "");
    pixel_of(f, 0, 3, at);
    hold(&f->input, at[0], at[1]);
    assert_string_equal(frame(f), "path 3 2 1\n");
    look(f, 0, 3);
    pixel_of(f, 1, 3, at); /* the other line's: it stays on its own */
    hold(&f->input, at[0], at[1]);
    assert_null(strstr(frame(f), " 1 1\n"));
    let_go(&f->input);
    assert_string_equal(frame(f), "");
    pixel_of(f, 1, 2, at);
    press(&f->input, at[0], at[1]);
    assert_string_equal(frame(f), "path 2 1 1\n");
}

static void what_is_no_path_stays_the_planes(void **state)
{
    Fixture *f = *state;
    double at[2];
    pixel_of(f, 0, 2, at);
    press(&f->input, at[0], at[1]);
    f->input.ctrl = true; /* four fates begin there */
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    press(&f->input, f->layout.plane.x + 5, f->layout.plane.y + 5);
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_pointer(&f->ui));
    let_go(&f->input);
    frame(f);
    f->picture.paths = NULL; /* not shown */
    press(&f->input, at[0], at[1]);
    assert_string_equal(frame(f), "");
    assert_false(ui_wants_pointer(&f->ui));
}

static void what_is_pointed_at_has_a_dot(void **state)
{
    Fixture *f = *state;
    double at[2], begin[2];
    size_t dots = 0;
    pixel_of(f, 1, 4, at);
    PathPlace place = paths_at(&paths, 1, 3.0 / STEPS);
    camera_to_pixel(&f->camera, (double[]){(double)place.x[0], (double)place.x[1]}, begin);
    point_at(&f->input, at[0], at[1]);
    f->settings.value[SET_LENS] = 1; /* no other marks */
    frame(f);
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        const float *point = f->ui.list.point + 2 * c->first;
        dots += c->kind == DRAW_DOTS && hypot((double)point[0] - begin[0], (double)point[1] - begin[1]) < 0.01;
    }
    assert_int_equal(dots, 2); /* on a ground of its own */
}

/* As the card rounds it. */
static void assert_tells_length(const Fixture *f, const float v[2])
{
    char text[32];
    double length = hypot((double)v[0], (double)v[1]);
    assert_in_range((uintmax_t)(1e6 * length), 1000, 9999999);
    snprintf(text, sizeof text, "%.4f", length);
    if (!has_text(&f->ui, text))
        fail_msg("nothing says %s", text);
}

static void the_card_tells_what_path_take_apart_found(void **state)
{
    Fixture *f = *state;
    FieldSource field = field_now(f);
    for (size_t step = 1; step <= STEPS - 10; step += 3) {
        PathStep part;
        char text[64];
        look(f, 1, step);
        assert_int_equal(paths_take_apart(&paths, &field, 1, step - 1, 1, &part), 1);
        frame(f);
        snprintf(text, sizeof text, "step %zu of %d", step, STEPS);
        assert_true(has_text(&f->ui, text));
        snprintf(text, sizeof text, "\u03c3 %.3f \u2192 %.3f", part.from, part.to);
        assert_true(has_text(&f->ui, text));
        const float *a = paths.shown.lines.point + 2 * (lines_first(&paths.shown.lines, 1) + step - 1);
        assert_tells_length(f, part.drift);
        assert_tells_length(f, part.kick);
        assert_tells_length(f, (float[]){a[2] - a[0], a[3] - a[1]});
        double squared = part.from * part.from;
        assert_tells_length(
            f, (float[]){(float)(squared * (double)part.score[0]), (float)(squared * (double)part.score[1])});
    }
}

/* Points of the commands of a kind and a colour: the first or the last of each. */
static size_t ends_of(const Fixture *f, DrawKind kind, Colour colour, size_t which, double end[][2], size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count && n < most; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind != kind || c->fill != colour)
            continue;
        const float *point = f->ui.list.point + 2 * (c->first + which);
        end[n][0] = (double)point[0];
        end[n++][1] = (double)point[1];
    }
    return n;
}

/* On the plane, in the legend and in the card's figure, in this order: drift, then kick, and the step leads from the
 * one's begin to the other's tip. */
static void the_arrows_add_up(void **state)
{
    Fixture *f = *state;
    const Palette *colour = f->ui.palette;
    for (size_t step = 1; step < 8; step++) {
        double from[3][2], to[3][2], drift[3][2], tip[3][2], begun[3][2];
        look(f, 1, step);
        frame(f);
        assert_int_equal(ends_of(f, DRAW_LINE, path_colour(colour, PATH_CHOSEN), 0, from, 3), 3);
        assert_int_equal(ends_of(f, DRAW_LINE, path_colour(colour, PATH_CHOSEN), 1, to, 3), 3);
        assert_int_equal(ends_of(f, DRAW_LINE, colour->good, 0, begun, 3), 3);
        assert_int_equal(ends_of(f, DRAW_POLYGON, colour->good, 1, drift, 3), 3);
        assert_int_equal(ends_of(f, DRAW_POLYGON, colour->second, 1, tip, 3), 3);
        for (size_t i = 0; i < 3; i += 2) {
            double length = hypot(to[i][0] - from[i][0], to[i][1] - from[i][1]);
            double scale = f->camera.scale * length / hypot(to[0][0] - from[0][0], to[0][1] - from[0][1]);
            assert_true(hypot(tip[i][0] - to[i][0], tip[i][1] - to[i][1]) < 0.01);
            assert_true(hypot(begun[i][0] - from[i][0], begun[i][1] - from[i][1]) < 0.01);
            assert_true(fabs(drift[i][0] - from[i][0] - scale * (double)apart.parts.drift[0]) < 0.02);
            assert_true(fabs(drift[i][1] - from[i][1] + scale * (double)apart.parts.drift[1]) < 0.02);
        }
    }
}

static void the_keyboard_reaches_the_steps(void **state)
{
    Fixture *f = *state;
    look(f, 1, 7);
    frame(f);
    for (int i = 0; i < FOCUSABLE_MAX && f->ui.focus != ui_id("path step", 0); i++) {
        hit(&f->input, KEY_TAB);
        frame(f);
    }
    static const struct {
        int key;
        const char *said;
    } row[] = {{KEY_LEFT, "path 6 1 1\n"},
               {KEY_RIGHT, "path 8 1 1\n"},
               {KEY_HOME, "path 1 1 1\n"},
               {KEY_END, "path 40 1 1\n"}};
    for (size_t i = 0; i < 4; i++) {
        hit(&f->input, row[i].key);
        assert_string_equal(frame(f), row[i].said);
        assert_true(f->ui.focus_arrows);
    }
    look(f, 1, STEPS);
    hit(&f->input, KEY_RIGHT);
    assert_string_equal(frame(f), "");
}

/* It has the keyboard after a path was dragged. */
static void arrows_go_on_where_a_drag_ended(void **state)
{
    Fixture *f = *state;
    double at[2];
    pixel_of(f, 1, 2, at);
    press(&f->input, at[0], at[1]);
    frame(f);
    look(f, 1, 2);
    hold(&f->input, at[0], at[1]);
    frame(f);
    let_go(&f->input);
    frame(f);
    hit(&f->input, KEY_RIGHT);
    assert_string_equal(frame(f), "path 3 1 1\n");
}

static Rect card_of(const Fixture *f)
{
    DrawCommand title = text_drawn(&f->ui, "step ");
    for (size_t i = 0; i < f->ui.areas; i++) {
        if (rect_has(f->ui.area[i], title.rect.x, title.rect.y))
            return f->ui.area[i];
    }
    fail_msg("the card is not opaque to the pointer");
    return (Rect){0};
}

static void the_card_stays_inside_and_off_the_hover_card(void **state)
{
    Fixture *f = *state;
    static const double size[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}, {3840, 2160}, {640, 400}, {200, 150}};
    look(f, 1, 5);
    for (size_t i = 0; i < 6 * 3; i++) {
        f->w = size[i / 3][0];
        f->h = size[i / 3][1];
        f->settings.value[SET_SCALE] = (double[]){75, 100, 300}[i % 3];
        point_at(&f->input, -1, -1);
        frame(f);
        Rect card = card_of(f), plane = f->layout.plane;
        assert_true(rect_inside(card, plane));
        for (int k = 0; k < 36; k++) {
            point_at(&f->input, plane.x + plane.w * (0.5 + k % 6) / 6, plane.y + plane.h * (0.5 + k / 6) / 6);
            frame(f);
            frame(f); /* as wide as it was: what the pointer is over is known */
            const DrawCommand *angle = find_text(&f->ui, "learned");
            for (size_t t = 0; t < f->ui.list.count && angle; t++) {
                const DrawCommand *c = &f->ui.list.command[t];
                Rect both = c->kind == DRAW_TEXT ? rect_meet(text_rect(&f->ui.list, c), card) : (Rect){0};
                bool hover = c->kind == DRAW_TEXT && c->face == FACE_CODE && c->fill == f->ui.palette->muted;
                assert_false(hover && both.w > 0.6 && both.h > 0.6);
            }
        }
    }
}

static void the_card_can_be_closed(void **state)
{
    Fixture *f = *state;
    look(f, 1, 5);
    frame(f);
    DrawCommand cross = text_drawn(&f->ui, "\u00d7");
    press(&f->input, cross.rect.x + 2, cross.rect.y - 3);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "path 0\n");
}

/* Whatever a field says. */
static void what_is_drawn_is_finite(void **state)
{
    Fixture *f = *state;
    static const float odd[] = {0, NAN, INFINITY, 1e30f, -1e-30f};
    look(f, 1, 5);
    for (size_t i = 0; i < 5; i++) {
        for (int c = 0; c < 2; c++) {
            apart.parts.drift[c] = odd[i];
            apart.parts.kick[c] = odd[(i + 2) % 5];
            apart.parts.score[c] = odd[(i + 1) % 5];
        }
        frame(f);
        for (size_t k = 0; k < 2 * f->ui.list.point_count; k++)
            assert_true(isfinite(f->ui.list.point[k]));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_paths, without)
    const struct CMUnitTest tests[] = {
        TEST(a_press_takes_a_step_and_a_drag_goes_on),
        TEST(what_is_no_path_stays_the_planes),
        TEST(what_is_pointed_at_has_a_dot),
        TEST(the_card_tells_what_path_take_apart_found),
        TEST(the_arrows_add_up),
        TEST(the_keyboard_reaches_the_steps),
        TEST(arrows_go_on_where_a_drag_ended),
        TEST(the_card_stays_inside_and_off_the_hover_card),
        TEST(the_card_can_be_closed),
        TEST(what_is_drawn_is_finite),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
