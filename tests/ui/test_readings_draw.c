#include "ui/harness.h"

#include "core/dynamics.h"
#include "core/start.h"
#include "ui/readings.h"

#include <math.h>
#include <stdio.h>

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Target target;
    TrainerStatistics statistics;
    SignView view;
    Readings readings;
    Rect plane, seen, left; /* left: of the plane after all were drawn */
    double scale;
    bool marginals, modes, signs;
} Fixture;

static int with_readings(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(),
                  .input = {.x = -1, .y = -1},
                  .plane = {0, 52, 1264, 810},
                  .seen = {-6, -4, 12, 8},
                  .scale = 1,
                  .marginals = true,
                  .modes = true,
                  .signs = true};
    if (!target_init(&f.target, 0))
        return -1;
    f.view = (SignView){&f.settings, &f.target, f.target.frame.std, &f.statistics};
    f.readings.modes = (ModeReading){.count = 8, .n = 5000};
    for (size_t k = 0; k < METRICS_MODES; k++) {
        f.readings.modes.truth[k] = 0.125;
        f.readings.modes.share[k] = 0.09 + 0.01 * (double)(k % 8);
        f.readings.modes.standard_error[k] = 0.004;
    }
    for (int axis = 0; axis < 2; axis++) {
        MarginalReading *r = &f.readings.marginal[axis];
        *r = (MarginalReading){.from = axis == 0 ? -6 : -4, .to = axis == 0 ? 6 : 4, .n = 5000};
        for (size_t b = 0; b < READINGS_BINS; b++) {
            r->truth[b] = exp(-0.01 * pow((double)b - 31.5, 2)) / 17.7;
            r->share[b] = r->truth[b] * (0.9 + 0.02 * (double)(b % 10));
        }
    }
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_readings(void **state)
{
    Fixture *f = *state;
    ui_free(&f->ui);
    target_free(&f->target);
    return 0;
}

static void frame(Fixture *f)
{
    ui_begin(&f->ui, &f->input, f->scale, palette_of(THEME_DARK));
    f->ui.window = (Rect){0, 0, f->plane.x + f->plane.w + 336 * f->scale, f->plane.y + f->plane.h + 138 * f->scale};
    f->left = f->plane;
    if (f->marginals)
        marginals_draw(&f->ui, &f->left, f->seen, f->readings.marginal);
    if (f->modes)
        modes_draw(&f->ui, &f->left, &f->readings.modes);
    if (f->signs)
        signs_draw(&f->ui, f->left, &f->view);
    ui_end(&f->ui);
}

/* As many signs at once as there can be. */
static void raise_all(Fixture *f)
{
    f->statistics =
        (TrainerStatistics){.steps = 5000, .floor = 1, .population_floor = 1, .loss = 0.5, .diverged = true};
    f->view.sigma = 100 * f->target.sigma_max;
    settings_put(&f->settings, SET_DYNAMICS, SAMPLER_ANNEALED);
    settings_put(&f->settings, SET_STEP_FIXED, 1e4);
    settings_put(&f->settings, SET_START, START_UNIFORM);
    settings_put(&f->settings, SET_SAMPLES, 100);
    settings_put(&f->settings, SET_BUDGET, 5000);
    settings_put(&f->settings, SET_LAST, 1000);
}

/* What is drawn of one kind in a colour, in order; returns how many. */
static size_t find(const Fixture *f, DrawKind kind, Colour fill, Colour border, Rect *at, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        if (c->kind == kind && c->fill == fill && c->border == border && n < most)
            at[n++] = c->rect;
    }
    return n;
}

static bool is_number(Rect r)
{
    return isfinite(r.x) && isfinite(r.y) && isfinite(r.w) && isfinite(r.h) && r.w >= 0 && r.h >= 0;
}

/* Numbers are numbers; boxes, lines and texts lie in the plane; texts keep apart. A tip may leave the plane. */
static void assert_sound(const Fixture *f)
{
    const DrawList *d = &f->ui.list;
    Rect plane = rect_inset(f->plane, -0.5, -0.5);
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        assert_true(is_number(c->rect));
        if (c->kind == DRAW_BOX && !rect_inside(c->rect, plane))
            fail_msg("a box leaves the plane at scale %g: %g %g %g %g", f->scale, c->rect.x, c->rect.y, c->rect.w,
                     c->rect.h);
        if (c->kind != DRAW_TEXT)
            continue;
        if (!rect_inside(text_rect(d, c), plane))
            fail_msg("\"%s\" leaves the plane at scale %g", text_of(d, c), f->scale);
        for (size_t k = 0; k < i; k++) {
            Rect both =
                d->command[k].kind == DRAW_TEXT ? rect_meet(text_rect(d, c), text_rect(d, &d->command[k])) : (Rect){0};
            if (both.w > 0.6 && both.h > 0.6)
                fail_msg("\"%s\" lies on \"%s\"", text_of(d, c), text_of(d, &d->command[k]));
        }
    }
    for (size_t i = 0; i < d->point_count; i++) {
        assert_true(isfinite(d->point[2 * i]) && isfinite(d->point[2 * i + 1]));
        assert_true(rect_has(rect_inset(plane, -1, -1), (double)d->point[2 * i], (double)d->point[2 * i + 1]));
    }
}

static void all_is_sound_at_every_size(void **state)
{
    Fixture *f = *state;
    static const double sizes[][2] = {{688, 578}, {1030, 578}, {1584, 890}, {3168, 1780},
                                      {336, 210}, {100, 75},   {1, 1}};
    static const double scales[] = {0.75, 1, 1.25, 1.5, 2, 3};
    static const size_t modes[] = {0, 1, 2, 8, 25, METRICS_MODES};
    raise_all(f);
    for (size_t i = 0; i < 7 * 6 * 6; i++) {
        f->plane.w = sizes[i % 7][0];
        f->plane.h = sizes[i % 7][1];
        f->scale = scales[i / 7 % 6];
        f->readings.modes.count = modes[i / 42];
        frame(f);
        assert_sound(f);
        assert_null(find_text(&f->ui, "\u2026"));
        assert_true(f->left.w >= 0 && f->left.h >= 0 && rect_inside(f->left, f->plane));
    }
}

static void nothing_is_drawn_without_a_reason(void **state)
{
    Fixture *f = *state;
    f->marginals = false;
    f->readings.modes.count = 1; /* has all there is */
    frame(f);
    assert_int_equal(f->ui.list.count, 0);
    assert_int_equal(f->ui.areas, 0);
    assert_true(f->left.w == f->plane.w && f->left.h == f->plane.h);
}

/* Each sign's title and a triangle, one below another, in the table's order. */
static void every_sign_has_its_badge(void **state)
{
    Fixture *f = *state;
    double below = 0;
    raise_all(f);
    frame(f);
    assert_int_equal(f->ui.focusables, SIGN_COUNT);
    for (SignId id = 0; id < SIGN_COUNT; id++) {
        DrawCommand title = text_drawn(&f->ui, sign_info(id)->title);
        assert_true(title.rect.y > below);
        below = title.rect.y;
        assert_true(rect_inside(f->ui.focusable[id].at, f->left));
        assert_true(rect_has(f->ui.focusable[id].at, title.rect.x, title.rect.y));
    }
    size_t triangles = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        triangles += c->kind == DRAW_POLYGON && c->count == 3 && c->fill == f->ui.palette->active;
    }
    assert_int_equal(triangles, SIGN_COUNT);
    f->statistics.diverged = false;
    frame(f);
    assert_null(find_text(&f->ui, sign_info(SIGN_DIVERGED)->title));
    assert_int_equal(f->ui.focusables, SIGN_COUNT - 1);
}

/* All its words, line after line, and the numbers. */
static void assert_explained(const Fixture *f, SignId id)
{
    char words[512] = "", figures[64];
    const DrawList *d = &f->ui.list;
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *c = &d->command[i];
        if (c->kind == DRAW_TEXT && c->face == FACE_TEXT && strstr(sign_info(id)->explain, text_of(d, c))) {
            strncat(words, words[0] ? " " : "", sizeof words - strlen(words) - 1);
            strncat(words, text_of(d, c), sizeof words - strlen(words) - 1);
        }
    }
    assert_string_equal(words, sign_info(id)->explain);
    sign_figures(id, &f->view, figures, sizeof figures);
    assert_true(figures[0] == '\0' || has_text(&f->ui, figures));
}

static void a_badge_explains_itself(void **state)
{
    Fixture *f = *state;
    f->modes = f->marginals = false;
    raise_all(f);
    for (SignId id = 0; id < SIGN_COUNT; id++) {
        point_at(&f->input, -1, -1);
        frame(f);
        Rect at = f->ui.focusable[id].at;
        point_at(&f->input, at.x + 3, at.y + 3);
        frame(f);
        frame(f);
        assert_true(f->ui.tooltip[0] == '\0' && isfinite(f->ui.wake_s)); /* not at once */
        f->input.time_s += 1;
        frame(f);
        assert_explained(f, id);
        assert_true(ui_wants_pointer(&f->ui));
    }
}

static void a_click_explains_until_the_next(void **state)
{
    Fixture *f = *state;
    raise_all(f);
    frame(f);
    Rect at = f->ui.focusable[1].at;
    press(&f->input, at.x + 3, at.y + 3);
    frame(f);
    let_go(&f->input);
    frame(f);
    assert_explained(f, 1);
    point_at(&f->input, 10, 400);
    frame(f);
    assert_explained(f, 1);
    press(&f->input, 10, 400);
    frame(f);
    let_go(&f->input);
    frame(f);
    assert_true(f->ui.tooltip[0] == '\0');
    hit(&f->input, KEY_TAB);
    frame(f);
    assert_explained(f, 0);
    hit(&f->input, KEY_ESCAPE);
    frame(f);
    point_at(&f->input, 10, 400);
    frame(f);
    assert_true(f->ui.tooltip[0] == '\0');
}

static void bars_are_as_high_as_shares(void **state)
{
    Fixture *f = *state;
    Rect bar[METRICS_MODES], outline[METRICS_MODES];
    const ModeReading *r = &f->readings.modes;
    f->marginals = f->signs = false;
    for (int collapsed = 0; collapsed < 2; collapsed++) {
        frame(f);
        const Palette *colour = f->ui.palette;
        assert_int_equal(find(f, DRAW_BOX, colour->particle, 0, bar, METRICS_MODES), r->count);
        assert_int_equal(find(f, DRAW_BOX, 0, colour->exact, outline, METRICS_MODES), r->count);
        double unit = outline[0].h / r->truth[0];
        for (size_t k = 0; k < r->count; k++) {
            assert_true(fabs(outline[k].h - unit * r->truth[k]) <= 1.01);
            assert_true(fabs(bar[k].h - unit * r->share[k]) <= 1.5 + unit * r->share[k] / outline[0].h);
            assert_true(fabs(bar[k].y + bar[k].h - outline[k].y - outline[k].h) < 0.01);
            assert_true(bar[k].x > outline[k].x && bar[k].x + bar[k].w < outline[k].x + outline[k].w);
            assert_true(k == 0 || bar[k].x > outline[k - 1].x + outline[k - 1].w);
        }
        for (size_t k = 0; k < r->count; k++) /* then all particles in one mode */
            f->readings.modes.share[k] = k == 3;
    }
}

/* Two standard errors of 0.004 high, about the top of the bar. */
static void error_bars_stand_on_the_shares(void **state)
{
    Fixture *f = *state;
    Rect bar[METRICS_MODES], error[METRICS_MODES], outline[METRICS_MODES];
    f->marginals = f->signs = false;
    f->scale = 3;
    f->plane.w *= 3;
    f->plane.h *= 3;
    frame(f);
    find(f, DRAW_BOX, f->ui.palette->particle, 0, bar, METRICS_MODES);
    find(f, DRAW_BOX, 0, f->ui.palette->exact, outline, METRICS_MODES);
    assert_int_equal(find(f, DRAW_BOX, f->ui.palette->text, 0, error, METRICS_MODES), 8);
    for (size_t k = 0; k < 8; k++) {
        assert_true(fabs(error[k].h - 0.008 * outline[k].h / 0.125) < 1.6);
        assert_true(fabs(error[k].y + error[k].h / 2 - bar[k].y) < 1.6);
    }
}

static void a_mode_tells_its_numbers(void **state)
{
    Fixture *f = *state;
    Rect bar[METRICS_MODES];
    f->readings.modes.at[2][0] = 1.5;
    f->readings.modes.at[2][1] = -2;
    f->marginals = f->signs = false;
    frame(f);
    find(f, DRAW_BOX, f->ui.palette->particle, 0, bar, METRICS_MODES);
    point_at(&f->input, bar[2].x + 1, bar[2].y - 5);
    frame(f);
    f->input.time_s += 1;
    frame(f);
    assert_non_null(strstr(f->ui.tooltip, "(+1.50, -2.00)"));
    assert_string_equal(f->ui.tooltip_name, " 11.0 \u00b1 0.4 %, true  12.5 %");
    assert_non_null(find_text(&f->ui, "n = 5,000"));
}

/* x grows to the right along the upper edge, y upwards along the right one; the exact curve is where its bars are. */
static void histograms_lie_where_the_particles_are(void **state)
{
    Fixture *f = *state;
    static Rect bar[3 * READINGS_BINS];
    Colour amber = (f->ui.palette->particle & ~0xffu) | 204;
    f->modes = f->signs = false;
    for (size_t b = 0; b < READINGS_BINS; b++)
        f->readings.marginal[0].share[b] = f->readings.marginal[1].share[b] = 0;
    f->readings.marginal[0].share[48] = 0.06; /* from 3 to 3.1875 */
    f->readings.marginal[1].share[48] = 0.03; /* from 2 to 2.125 */
    f->readings.marginal[1].share[0] = 0.05;  /* beside the numbers of the axis, whose row stays free */
    frame(f);
    assert_int_equal(find(f, DRAW_BOX, amber, 0, bar, 3 * READINGS_BINS), 2);
    double x = f->plane.x + f->plane.w * 9 / 12, y = f->plane.y + f->plane.h * 2 / 8;
    assert_true(fabs(bar[0].x - x) <= 1 && fabs(bar[0].w - f->plane.w * 0.1875 / 12) <= 1);
    assert_true(fabs(bar[1].y + bar[1].h - y) <= 1 && fabs(bar[1].h - f->plane.h * 0.125 / 8) <= 1);
    assert_true(fabs(bar[0].y + bar[0].h - f->left.y) <= 1);
    assert_true(fabs(bar[1].x - (f->left.x + f->left.w)) <= 1);
    assert_true(fabs(bar[0].h - 2 * bar[1].w) <= 1.6);
}

/* While a hand drags the plane, readings are of where it was: bars move along and stay inside. */
static void histograms_follow_the_view(void **state)
{
    Fixture *f = *state;
    f->modes = f->signs = false;
    for (double shift = -20; shift <= 20; shift += 2.5) {
        f->seen = (Rect){-6 + shift, -4 - shift / 2, 12, 8};
        frame(f);
        assert_sound(f);
    }
    f->seen = (Rect){-0.3, -0.2, 0.6, 0.4};
    frame(f);
    assert_sound(f);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_readings, without_readings)
    const struct CMUnitTest tests[] = {
        TEST(all_is_sound_at_every_size),
        TEST(nothing_is_drawn_without_a_reason),
        TEST(every_sign_has_its_badge),
        TEST(a_badge_explains_itself),
        TEST(a_click_explains_until_the_next),
        TEST(bars_are_as_high_as_shares),
        TEST(error_bars_stand_on_the_shares),
        TEST(a_mode_tells_its_numbers),
        TEST(histograms_lie_where_the_particles_are),
        TEST(histograms_follow_the_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
