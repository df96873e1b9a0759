/* The tools over the plane, the canvas that they work on, and the list of parts: what they say, show and leave room
 * for. */
#include "catalogue.h"
#include "ui/harness.h"

#include "scene/drawing_gaussians.h"
#include "scene/drawing_points.h"
#include "ui/parts.h"

#include <math.h>
#include <stdio.h>

typedef struct Fixture {
    Ui ui;
    Input input;
    Settings settings;
    Drawing drawing;
    DrawingView view;
    Picture picture;
    Layout layout;
    double w, h;
} Fixture;

static int with_drawing(void **state)
{
    static Fixture f;
    f = (Fixture){.settings = settings_defaults(), .w = 1600, .h = 1000, .input = {.x = -1, .y = -1}};
    f.settings.value[SET_DRAW] = 1;
    f.settings.value[SET_TARGET] = (double)target_count();
    f.view = (DrawingView){.drawing = &f.drawing, .part = SIZE_MAX};
    f.picture = (Picture){
        .settings = &f.settings, .catalogue = &catalogue, .target = target_count(), .sigma = 0.13, .drawing = &f.view};
    f.picture.subject = catalogue_subject(&catalogue, &f.settings);
    assert_non_null(f.picture.subject);
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    return 0;
}

static int without_drawing(void **state)
{
    Fixture *f = *state;
    subject_release((Subject *)(uintptr_t)f->picture.subject);
    drawing_free(&f->drawing);
    ui_free(&f->ui);
    return 0;
}

static const char *frame(Fixture *f)
{
    f->layout = interface_layout(&f->settings, NULL, f->w, f->h, 1);
    ui_begin(&f->ui, &f->input, f->layout.scale, palette_of(THEME_DARK));
    interface_draw(&f->ui, &f->layout, &f->picture);
    ui_end(&f->ui);
    return f->ui.outbox;
}

static bool find_control(const Fixture *f, const char *name, size_t index, Rect *at)
{
    for (size_t i = 0; i < f->ui.focusables; i++) {
        if (f->ui.focusable[i].id != ui_id(name, index))
            continue;
        *at = f->ui.focusable[i].at;
        return true;
    }
    return false;
}

static Rect control_at(const Fixture *f, const char *name, size_t index)
{
    Rect at = {0};
    if (!find_control(f, name, index, &at))
        fail_msg("no control %s", name);
    return at;
}

static bool is_axis_number(const DrawList *list, const DrawCommand *c)
{
    if (c->kind != DRAW_TEXT || !c->tabular)
        return false;
    const char *text = text_of(list, c);
    return strspn(text, "-.0123456789") == strlen(text) && strchr(text, '.');
}

/* Wherever the plane was moved to. */
static void the_card_of_tools_cuts_no_number_at_the_axis(void **state)
{
    Fixture *f = *state;
    size_t numbers = 0;
    for (int k = 0; k < 40; k++) {
        f->settings.value[SET_VIEW_Y] = 0.02 * k;
        frame(f);
        Rect tools = drawing_tools_place(&f->ui, f->layout.plane, &f->settings);
        for (size_t i = 0; i < f->ui.list.count; i++) {
            const DrawCommand *c = &f->ui.list.command[i];
            if (!is_axis_number(&f->ui.list, c))
                continue;
            Rect at = text_rect(&f->ui.list, c);
            if (at.x > tools.x + 20 || at.y > f->layout.noise.y)
                continue;
            numbers++;
            assert_false(rects_meet(rect_inset(at, 0, -3), tools));
        }
    }
    assert_true(numbers > 40);
}

/* What a click on it says. */
static const char *click(Fixture *f, const char *name, size_t index)
{
    frame(f);
    Rect at = control_at(f, name, index);
    press(&f->input, at.x + at.w / 2, at.y + at.h / 2);
    frame(f);
    let_go(&f->input);
    return frame(f);
}

static Camera camera_now(const Fixture *f)
{
    return camera_of(&f->settings, &f->picture.subject->target.frame, f->layout.plane);
}

static void add(Fixture *f, PartKind kind, const char *name)
{
    assert_true(drawing_add(&f->drawing, part_of(kind, name)));
}

static void every_tool_has_its_button_and_its_settings(void **state)
{
    Fixture *f = *state;
    const SettingInfo *row = setting_info(SET_DRAW_TOOL);
    for (size_t i = TOOL_COUNT; i-- > 0;) {
        char name[64], said[80];
        Rect at;
        snprintf(name, sizeof name, "draw.tool %s", row->choice_name(i));
        snprintf(said, sizeof said, "set %s\n", name);
        assert_string_equal(click(f, name, 0), said);
        settings_put(&f->settings, SET_DRAW_TOOL, (double)i);
        frame(f);
        bool sized = i != TOOL_FILL && i != TOOL_GAUSSIAN, level = i != TOOL_ERASER && i < TOOL_GAUSSIAN;
        assert_int_equal(find_control(f, "draw.size", 0, &at), sized);
        assert_int_equal(find_control(f, "draw.level", 0, &at), level);
        assert_int_equal(find_control(f, "draw.points", 0, &at), i == TOOL_POINT);
    }
}

static void mirrors_are_switched_apart(void **state)
{
    Fixture *f = *state;
    assert_string_equal(click(f, "draw.mirror", MIRROR_X), "set draw.mirror x\n");
    settings_put(&f->settings, SET_DRAW_MIRROR, MIRROR_X);
    assert_string_equal(click(f, "draw.mirror", MIRROR_Y), "set draw.mirror both\n");
    settings_put(&f->settings, SET_DRAW_MIRROR, MIRROR_BOTH);
    assert_string_equal(click(f, "draw.mirror", MIRROR_X), "set draw.mirror y\n");
    assert_string_equal(click(f, "draw.fit", 0), "toggle draw.fit\n");
}

static void clearing_takes_what_was_painted_first_then_the_rest(void **state)
{
    Fixture *f = *state;
    add(f, PART_WORD, "word");
    add(f, PART_CANVAS, "canvas");
    assert_string_equal(click(f, "clear drawing", 0), "clear drawing\n");
    canvas_put_levels(&f->drawing.part[1].canvas, (float[]){1}, 1, 1);
    assert_string_equal(click(f, "paint clear", 0), "paint clear\n");
}

static void the_last_tile_goes_in_and_out(void **state)
{
    Fixture *f = *state;
    Rect at;
    assert_string_equal(click(f, "toggle draw", 0), "toggle draw\n");
    f->picture.drawing = NULL;
    frame(f);
    assert_false(find_control(f, "draw.size", 0, &at));
    assert_true(find_control(f, "toggle draw", 0, &at));
}

static size_t dots_in(const Fixture *f, Rect at)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        const float *point = f->ui.list.point + 2 * c->first;
        for (size_t k = 0; c->kind == DRAW_DOTS && k < c->count; k++)
            n += rect_has(at, (double)point[2 * k], (double)point[2 * k + 1]);
    }
    return n;
}

static void the_last_tile_shows_what_is_drawn_and_a_brush_without(void **state)
{
    Fixture *f = *state;
    frame(f);
    assert_int_equal(dots_in(f, control_at(f, "toggle draw", 0)), 0);
    f->picture.drawn = true;
    f->picture.drawing = NULL;
    frame(f);
    assert_true(dots_in(f, control_at(f, "toggle draw", 0)) > 20);
}

/* Between the built-in targets and the brush: a click brings one, its corner takes it away, and what is away isn't
 * shown. */
static void kept_drawings_are_tiles(void **state)
{
    Fixture *f = *state;
    Tile tile[] = {{.name = "first", .removed = true}, {.name = "a \"word\"", .drawn = true}};
    Shelf shelf = {.tile = tile, .count = 2};
    Rect at, brush;
    f->picture.shelf = &shelf;
    assert_string_equal(click(f, "tile", 1), "tile open \"a \\\"word\\\"\"\n");
    assert_false(find_control(f, "tile", 0, &at));
    at = control_at(f, "tile", 1);
    brush = control_at(f, "toggle draw", 0);
    assert_true(brush.x > at.x || brush.y > at.y);

    point_at(&f->input, at.x + at.w - 3, at.y + 3);
    frame(f);
    Rect corner = control_at(f, "tile remove", 1);
    assert_true(rect_inside(corner, at));
    press(&f->input, corner.x + corner.w / 2, corner.y + corner.h / 2);
    frame(f);
    let_go(&f->input);
    assert_string_equal(frame(f), "tile remove \"a \\\"word\\\"\"\n");

    point_at(&f->input, -1, -1);
    frame(f);
    f->ui.focus = 0;
    frame(f);
    assert_false(find_control(f, "tile remove", 1, &corner));
}

static void what_is_drawn_can_be_kept_saved_and_exported(void **state)
{
    Fixture *f = *state;
    Rect at;
    frame(f);
    assert_false(find_control(f, "save drawing", 0, &at)); /* there is nothing yet */
    add(f, PART_CANVAS, "painted");
    assert_string_equal(click(f, "tile keep", 0), "tile keep\n");
    assert_string_equal(click(f, "save drawing", 0), "save drawing\n");
    assert_string_equal(click(f, "export points", 0), "export points\n");
}

static void ctrl_brings_a_target_into_the_drawing(void **state)
{
    Fixture *f = *state;
    char said[64];
    frame(f);
    Rect at = control_at(f, "thumbnail", 3);
    press(&f->input, at.x + 5, at.y + 5);
    f->input.ctrl = true;
    frame(f);
    let_go(&f->input);
    f->input.ctrl = true;
    snprintf(said, sizeof said, "part add %s\n", target_info(3)->name);
    assert_string_equal(frame(f), said);
}

static void tools_leave_the_plane_at_every_size(void **state)
{
    static const double size[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}, {3840, 2160}, {640, 400}, {330, 250}};
    static const double scale[] = {75, 100, 150, 300};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof size / sizeof *size * 4 * 2; i++) {
        f->w = size[i / 8][0];
        f->h = size[i / 8][1];
        f->settings.value[SET_SCALE] = scale[i / 2 % 4];
        f->ui.more_tools = i % 2;
        frame(f);
        Rect card = drawing_tools_place(&f->ui, f->layout.plane, &f->settings), at;
        assert_true(rect_inside(card, f->layout.plane));
        assert_true(card.w < 0.75 * f->layout.plane.w);
        for (size_t k = 0; k < TOOL_COUNT; k++) {
            char name[64];
            snprintf(name, sizeof name, "draw.tool %s", setting_info(SET_DRAW_TOOL)->choice_name(k));
            assert_true(rect_inside(control_at(f, name, 0), card));
        }
        if (find_control(f, "draw.folds", 0, &at))
            assert_true(rect_inside(at, card));
    }
}

static void in_a_low_plane_settings_are_shown_on_demand(void **state)
{
    Fixture *f = *state;
    Rect at;
    f->w = 1024;
    f->h = 768;
    f->settings.value[SET_SCALE] = 150;
    frame(f);
    assert_false(find_control(f, "draw.size", 0, &at));
    click(f, "draw.more", 0);
    frame(f);
    assert_true(find_control(f, "draw.size", 0, &at));
}

static void an_empty_canvas_says_so(void **state)
{
    Fixture *f = *state;
    frame(f);
    DrawCommand hint = text_drawn(&f->ui, "Draw here");
    assert_true(rect_inside(text_rect(&f->ui.list, &hint), f->layout.plane));
    add(f, PART_CANVAS, "painted");
    canvas_put_levels(&f->drawing.part[0].canvas, (float[]){1}, 1, 1);
    frame(f);
    assert_null(find_text(&f->ui, "Draw here"));
}

/* The lines whose points are all so far from a place, pixels. */
static size_t rings_about(const Fixture *f, double x, double y, double radius)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        const float *point = f->ui.list.point + 2 * c->first;
        bool ring = c->kind == DRAW_LINE && c->count > 8;
        for (size_t k = 0; ring && k < c->count; k++)
            ring = fabs(hypot((double)point[2 * k] - x, (double)point[2 * k + 1] - y) - radius) < 0.1;
        n += ring;
    }
    return n;
}

static void the_ring_is_as_large_as_the_brush(void **state)
{
    Fixture *f = *state;
    frame(f);
    Camera camera = camera_now(f);
    double at[2], there[2], radius = 0.2 * camera.scale;
    f->settings.value[SET_DRAW_SIZE] = 0.2;
    f->settings.value[SET_DRAW_MIRROR] = MIRROR_X;
    camera_to_pixel(&camera, (double[]){0.4, 0.3}, at);
    camera_to_pixel(&camera, (double[]){-0.4, 0.3}, there);
    point_at(&f->input, at[0], at[1]);
    frame(f);
    assert_int_equal(rings_about(f, at[0], at[1], radius), 0); /* something of the interface lies between */
    f->view.pointer = true;
    frame(f);
    assert_true(rings_about(f, at[0], at[1], radius) > 0);
    assert_true(rings_about(f, at[0], at[1], 0.3 * radius) > 0); /* where its edge begins to fall */
    assert_true(rings_about(f, there[0], there[1], radius) > 0);
    f->settings.value[SET_DRAW_TOOL] = TOOL_FILL;
    frame(f);
    assert_int_equal(rings_about(f, at[0], at[1], radius), 0);
}

static void a_circle_is_seen_before_it_is_painted(void **state)
{
    Fixture *f = *state;
    frame(f);
    Camera camera = camera_now(f);
    double centre[2];
    camera_to_pixel(&camera, (double[]){0.1, 0.2}, centre);
    f->settings.value[SET_DRAW_TOOL] = TOOL_CIRCLE;
    f->view.spanning = true;
    memcpy(f->view.from, (double[]){0.1, 0.2}, sizeof f->view.from);
    memcpy(f->view.to, (double[]){0.4, 0.6}, sizeof f->view.to);
    frame(f);
    assert_true(rings_about(f, centre[0], centre[1], 0.5 * camera.scale) > 0);
    assert_null(find_text(&f->ui, "Draw here"));
}

static size_t dots_at(const Fixture *f, double x, double y)
{
    size_t n = 0;
    for (size_t i = 0; i < f->ui.list.count; i++) {
        const DrawCommand *c = &f->ui.list.command[i];
        const float *point = f->ui.list.point + 2 * c->first;
        for (size_t k = 0; c->kind == DRAW_DOTS && k < c->count; k++)
            n += hypot((double)point[2 * k] - x, (double)point[2 * k + 1] - y) < 0.1;
    }
    return n;
}

static void gaussians_have_handles_for_their_tool(void **state)
{
    Fixture *f = *state;
    double centre[2], end[2];
    add(f, PART_GAUSSIANS, "by hand");
    assert_true(drawing_gaussian_add(&f->drawing, 0, (double[]){0.3, -0.2}, 0.25));
    frame(f);
    Camera camera = camera_now(f);
    camera_to_pixel(&camera, (double[]){0.3, -0.2}, centre);
    camera_to_pixel(&camera, (double[]){0.3, 0.05}, end);
    assert_true(rings_about(f, centre[0], centre[1], 0.25 * camera.scale) > 0);
    assert_int_equal(dots_at(f, end[0], end[1]), 0);
    f->settings.value[SET_DRAW_TOOL] = TOOL_GAUSSIAN;
    frame(f);
    assert_true(dots_at(f, centre[0], centre[1]) > 0 && dots_at(f, end[0], end[1]) > 0);
}

static void points_by_hand_are_dots(void **state)
{
    Fixture *f = *state;
    double pixel[2];
    add(f, PART_POINTS, "by hand");
    PointStamp stamp = {.at = {-0.5, 0.5}, .n = 1};
    assert_true(drawing_points_stamp(&f->drawing, 0, &stamp));
    frame(f);
    Camera camera = camera_now(f);
    camera_to_pixel(&camera, stamp.at, pixel);
    assert_int_equal(dots_at(f, pixel[0], pixel[1]), 1);
    f->drawing.part[0].shown = false;
    frame(f);
    assert_int_equal(dots_at(f, pixel[0], pixel[1]), 0);
}

static double dot_radius(const Fixture *f)
{
    for (size_t i = f->ui.list.count; i-- > 0;)
        if (f->ui.list.command[i].kind == DRAW_DOTS && f->ui.list.command[i].count == f->drawing.part[0].points->count)
            return f->ui.list.command[i].radius;
    return 0;
}

static void few_points_of_a_file_are_marks_as_well(void **state)
{
    Fixture *f = *state;
    add(f, PART_POINTS, "some.csv");
    assert_true(drawing_points_stamp(&f->drawing, 0, &(PointStamp){.n = 3, .spread = 0.3}));
    snprintf(f->drawing.part[0].points->file, sizeof f->drawing.part[0].points->file, "some.csv");
    frame(f);
    double few = dot_radius(f);
    assert_true(drawing_points_stamp(&f->drawing, 0, &(PointStamp){.n = 300, .spread = 0.3}));
    frame(f);
    assert_true(few > dot_radius(f) && dot_radius(f) > 0);
}

static void a_target_in_the_drawing_is_seen_where_it_stands(void **state)
{
    Fixture *f = *state;
    double pixel[2];
    Part part = part_of(PART_TARGET, "two moons");
    part.target = 2;
    part.place[0] = 0.5;
    part.size = 0.25;
    assert_true(drawing_add(&f->drawing, part));
    frame(f);
    Camera camera = camera_now(f);
    const Subject *moons = catalogue.row[2];
    const Frame *own = &moons->target.frame;
    double at[2];
    for (int axis = 0; axis < 2; axis++)
        at[axis] = 0.25 * DRAWING_STD / own->std * ((double)moons->samples[axis] - own->mean[axis]) + (axis ? 0 : 0.5);
    camera_to_pixel(&camera, at, pixel);
    assert_true(dots_at(f, pixel[0], pixel[1]) > 0);
}

static void parts_are_listed_the_uppermost_first(void **state)
{
    Fixture *f = *state;
    add(f, PART_CANVAS, "lower");
    add(f, PART_WORD, "upper");
    frame(f);
    assert_true(text_drawn(&f->ui, "upper").rect.y < text_drawn(&f->ui, "lower").rect.y);
    assert_string_equal(click(f, "part select", 1), "part select 2\n");
    assert_string_equal(click(f, "part show", 0), "part show 1 off\n");
    f->drawing.part[0].shown = false;
    assert_string_equal(click(f, "part show", 0), "part show 1 on\n");
}

static bool stands_in(const DrawList *d, const DrawCommand *c, Rect place)
{
    return c->kind == DRAW_TEXT && rect_meet(text_rect(d, c), place).w > 0.6 &&
           rect_meet(text_rect(d, c), place).h > 0.6;
}

/* Axes have numbers under the card. */
static void assert_texts_keep_apart(const Fixture *f, Rect place, bool over_plane)
{
    const DrawList *d = &f->ui.list;
    for (size_t i = 0; i < d->count; i++) {
        const DrawCommand *a = &d->command[i];
        if (!stands_in(d, a, place) || (over_plane && a->size < 12.4 * f->ui.scale))
            continue;
        assert_true(rect_inside(text_rect(d, a), (Rect){place.x, -1e6, place.w, 2e6}));
        for (size_t k = 0; k < i; k++) {
            const DrawCommand *b = &d->command[k];
            if (!stands_in(d, b, place) || (over_plane && b->size < 12.4 * f->ui.scale))
                continue;
            Rect both = rect_meet(text_rect(d, a), text_rect(d, b));
            if (both.w > 0.6 && both.h > 0.6)
                fail_msg("\"%s\" lies on \"%s\" at %g x %g", text_of(d, a), text_of(d, b), f->w, f->h);
        }
    }
}

static void texts_of_tools_and_parts_keep_apart(void **state)
{
    static const double size[][2] = {{1024, 768}, {1920, 1080}, {3840, 2160}, {640, 400}};
    Fixture *f = *state;
    add(f, PART_CANVAS, "a name that is far longer than any row of the panel could ever hold");
    add(f, PART_GAUSSIANS, "gaussians");
    f->drawing.part[0].weight = 123456.75;
    f->drawing.part[1].place[0] = -999.9375;
    f->drawing.part[1].size = 999.5;
    f->view.part = 1;
    f->ui.more_tools = true;
    for (size_t i = 0; i < 4 * TOOL_COUNT; i++) {
        f->w = size[i % 4][0];
        f->h = size[i % 4][1];
        f->settings.value[SET_DRAW_TOOL] = (double)(i / 4);
        frame(f);
        assert_texts_keep_apart(f, f->layout.panel, false);
        assert_texts_keep_apart(f, drawing_tools_place(&f->ui, f->layout.plane, &f->settings), true);
    }
}

/* Opens a number and types another one. */
static const char *enter(Fixture *f, const char *name, size_t index, const char *text)
{
    click(f, name, index);
    type(&f->input, text);
    frame(f);
    hit(&f->input, KEY_ENTER);
    return frame(f);
}

static void the_selected_part_is_placed_turned_and_ordered(void **state)
{
    static const char *const action[] = {"part up", "part down", "part duplicate", "part remove"};
    Fixture *f = *state;
    Rect at;
    add(f, PART_CANVAS, "lower");
    add(f, PART_WORD, "upper");
    frame(f);
    assert_false(find_control(f, "part size", 1, &at));
    f->view.part = 1;
    f->drawing.part[1].place[1] = 0.25;
    assert_string_equal(enter(f, "part weight", 0, "2.5"), "part weight 1 2.5\n");
    assert_string_equal(enter(f, "part place x", 1, "-1"), "part place 2 -1 0.25\n");
    assert_string_equal(enter(f, "part place y", 1, ".5"), "part place 2 0 .5\n");
    assert_string_equal(enter(f, "part size", 1, "2"), "part size 2 2\n");
    assert_string_equal(enter(f, "part angle", 1, "45"), "part angle 2 45\n");
    assert_string_equal(click(f, "part select", 1), "part select 0\n"); /* no more */
    for (size_t i = 0; i < 4; i++) {
        char said[64];
        snprintf(said, sizeof said, "%s 2\n", action[i]);
        assert_string_equal(click(f, action[i], 1), said);
    }
}

static void a_picture_is_laid_under_by_a_click(void **state)
{
    Fixture *f = *state;
    Rect at;
    add(f, PART_CANVAS, "canvas");
    add(f, PART_PICTURE, "picture");
    f->view.part = 0;
    frame(f);
    assert_false(find_control(f, "part weight I 0", 0, &at));
    f->view.part = 1;
    assert_string_equal(click(f, "part weight I 0", 1), "part weight 2 0\n");
    f->drawing.part[1].weight = 0;
    assert_string_equal(click(f, "part weight I 0", 1), "part weight 2 1\n");
}

static void words_are_typed_in_any_script(void **state)
{
    Fixture *f = *state;
    char word[2 * EDIT_SIZE];
    Field field = {.id = ui_id("field", 0), .shown = "here", .text = "", .words = true};
    Rect at = {100, 100, 300, 30};
    const struct {
        const char *typed;
        int key;
    } step[] = {{"\u00e9\u4f60 a", 0}, {"", KEY_LEFT}, {"", KEY_BACKSPACE}, {"", KEY_BACKSPACE}, {"\u00df", 0}};
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            press(&f->input, 390, 115);
        else
            let_go(&f->input);
        ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
        ui_field(&f->ui, &field, at);
        ui_end(&f->ui);
    }
    assert_true(ui_wants_key(&f->ui, KEY_SPACE));
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        hit(&f->input, step[i].key);
        strcpy(f->input.typed, step[i].typed);
        ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
        ui_field(&f->ui, &field, at);
        ui_end(&f->ui);
    }
    assert_string_equal(ui_entered(&f->ui, word, sizeof word), "\"\u00e9\u00dfa\"");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_drawing, without_drawing)
    const struct CMUnitTest tests[] = {
        TEST(the_card_of_tools_cuts_no_number_at_the_axis),
        TEST(every_tool_has_its_button_and_its_settings),
        TEST(mirrors_are_switched_apart),
        TEST(clearing_takes_what_was_painted_first_then_the_rest),
        TEST(the_last_tile_goes_in_and_out),
        TEST(the_last_tile_shows_what_is_drawn_and_a_brush_without),
        TEST(kept_drawings_are_tiles),
        TEST(what_is_drawn_can_be_kept_saved_and_exported),
        TEST(ctrl_brings_a_target_into_the_drawing),
        TEST(tools_leave_the_plane_at_every_size),
        TEST(in_a_low_plane_settings_are_shown_on_demand),
        TEST(an_empty_canvas_says_so),
        TEST(the_ring_is_as_large_as_the_brush),
        TEST(a_circle_is_seen_before_it_is_painted),
        TEST(gaussians_have_handles_for_their_tool),
        TEST(points_by_hand_are_dots),
        TEST(few_points_of_a_file_are_marks_as_well),
        TEST(a_target_in_the_drawing_is_seen_where_it_stands),
        TEST(parts_are_listed_the_uppermost_first),
        TEST(texts_of_tools_and_parts_keep_apart),
        TEST(the_selected_part_is_placed_turned_and_ordered),
        TEST(a_picture_is_laid_under_by_a_click),
        TEST(words_are_typed_in_any_script),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
