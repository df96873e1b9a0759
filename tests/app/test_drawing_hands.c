/* Events on the plane become the commands that draw, and these make the drawing. */
#include "app/drawing_hands.h"
#include "scene/command.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A plane of 400 x 300 pixels with 100 of them to a unit and 0, 0 in its middle, at (200, 150). */
typedef struct Table {
    Catalogue catalogue;
    Session session;
    Renderer renderer;
    Events events;
    DrawingHands hands;
    char said[4096];
} Table;

static void no_order(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static bool no_output(void *context, const Output *output, Error *e)
{
    (void)context;
    (void)output;
    return error_set(e, "nothing is put out here");
}

static int new_table(void **state)
{
    Table *t = calloc(1, sizeof *t);
    Settings settings = settings_defaults();
    Error e = {""};
    assert_true(catalogue_init(&t->catalogue));
    session_init(&t->session, &t->catalogue, &settings, (Host){.order = no_order, .output = no_output});
    if (!command_run_all(&t->session, "set draw on", &e))
        fail_msg("%s", e.text);
    t->renderer.layout = (Layout){.scale = 1, .plane = {0, 0, 400, 300}};
    t->renderer.camera = (Camera){0, 0, 100, {0, 0, 400, 300}};
    *state = t;
    return 0;
}

static int free_table(void **state)
{
    Table *t = *state;
    session_free(&t->session);
    catalogue_free(&t->catalogue);
    free(t);
    return 0;
}

static void run(void *context, const char *commands)
{
    Table *t = context;
    Error e = {""};
    size_t used = strlen(t->said);
    snprintf(t->said + used, sizeof t->said - used, "%s\n", commands);
    if (!command_run_all(&t->session, commands, &e))
        fail_msg("%s", e.text);
}

static HandsPlane plane_of(Table *t)
{
    return (HandsPlane){&t->events, &t->renderer, &t->session, run, t};
}

/* One frame with the pointer there; what was said in it. */
static const char *frame(Table *t)
{
    HandsPlane plane = plane_of(t);
    t->said[0] = '\0';
    drawing_hands_draw(&t->hands, &plane);
    events_spend(&t->events);
    return t->said;
}

static void hold(Table *t, SDL_Keycode key, Uint16 modifier)
{
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key, .mod = modifier}}};
    events_take(&t->events, &e, &t->renderer.ui);
}

static const char *press(Table *t, double x, double y)
{
    Input *in = &t->events.input;
    in->x = x;
    in->y = y;
    in->down = in->pressed = true;
    return frame(t);
}

static const char *move(Table *t, double x, double y)
{
    t->events.input.x = t->events.way[0][0] = x;
    t->events.input.y = t->events.way[0][1] = y;
    t->events.ways = 1;
    return frame(t);
}

static const char *release(Table *t)
{
    t->events.input.down = false;
    t->events.input.released = true;
    return frame(t);
}

static const char *wheel(Table *t, double notches)
{
    HandsPlane plane = plane_of(t);
    t->said[0] = '\0';
    t->events.input.wheel = notches;
    if (!drawing_hands_wheel(&plane))
        snprintf(t->said, sizeof t->said, "zooms");
    events_spend(&t->events);
    return t->said;
}

static void choose(Table *t, DrawTool tool)
{
    settings_put(&t->session.settings, SET_DRAW_TOOL, (double)tool);
}

static const Drawing *drawing_of(const Table *t)
{
    return &t->session.desk.drawing;
}

static float level_at(const Table *t, int column, int row)
{
    return canvas_level(&drawing_of(t)->part[0].canvas, column, row);
}

static void a_drag_is_one_stroke(void **state)
{
    Table *t = *state;
    assert_string_equal(press(t, 200, 150), "stroke begin 0 0\n");
    assert_string_equal(move(t, 250, 100), "stroke to 0.5 0.5\n\n");
    assert_string_equal(frame(t), ""); /* the hand rests */
    assert_string_equal(release(t), "stroke end\n");
    assert_string_equal(move(t, 100, 100), "");
    assert_true(level_at(t, 160, 160) > 0.9f);
    assert_true(level_at(t, 90, 160) == 0);
}

static void a_stroke_passes_every_place_that_the_hand_did(void **state)
{
    Table *t = *state;
    press(t, 200, 150);
    t->events.way[0][0] = 200, t->events.way[0][1] = 100;
    t->events.way[1][0] = 250, t->events.way[1][1] = 100;
    t->events.input.x = 250;
    t->events.input.y = 100;
    t->events.ways = 2;
    assert_string_equal(frame(t), "stroke to 0 0.5\nstroke to 0.5 0.5\n\n");
}

static void ctrl_lends_the_eraser(void **state)
{
    Table *t = *state;
    press(t, 200, 150);
    release(t);
    assert_true(level_at(t, 128, 128) > 0.9f);
    hold(t, SDLK_LCTRL, KMOD_LCTRL);
    assert_string_equal(press(t, 200, 150), "set draw.tool eraser\nstroke begin 0 0\n");
    assert_string_equal(release(t), "stroke end\nset draw.tool brush\n");
    assert_true(level_at(t, 128, 128) < 0.1f);
}

static void lines_and_circles_are_painted_where_the_hand_lets_go(void **state)
{
    Table *t = *state;
    choose(t, TOOL_LINE);
    assert_string_equal(press(t, 200, 150), "");
    move(t, 260, 150);
    DrawingView v = drawing_hands_view(&t->hands, &t->events.input);
    assert_true(v.spanning && v.from[0] == 0 && fabs(v.to[0] - 0.6) < 1e-9);
    assert_string_equal(release(t), "paint line 0 0 0.6 0\n");
    choose(t, TOOL_CIRCLE);
    press(t, 200, 150);
    move(t, 230, 110);
    assert_string_equal(release(t), "paint circle 0 0 0.5\n");
    assert_false(drawing_hands_view(&t->hands, &t->events.input).spanning);
}

static void shift_keeps_lines_to_eighths_of_a_turn(void **state)
{
    Table *t = *state;
    choose(t, TOOL_LINE);
    press(t, 200, 150);
    hold(t, SDLK_LSHIFT, KMOD_LSHIFT);
    move(t, 260, 148);
    assert_string_equal(release(t), "paint line 0 0 0.6 0\n");
    press(t, 200, 150);
    move(t, 250, 90); /* (0.5, 0.6): along the diagonal 1.1 / 2 */
    assert_string_equal(release(t), "paint line 0 0 0.55 0.55\n");
}

static void escape_gives_a_line_up(void **state)
{
    Table *t = *state;
    choose(t, TOOL_LINE);
    press(t, 200, 150);
    move(t, 260, 150);
    strcpy(t->events.key[0], "Escape");
    t->events.keys = 1;
    frame(t);
    assert_string_equal(release(t), "");
}

static void a_click_fills(void **state)
{
    Table *t = *state;
    choose(t, TOOL_FILL);
    assert_string_equal(press(t, 150, 150), "paint fill -0.5 0\n");
    assert_string_equal(release(t), "");
}

static void gaussians_are_placed_dragged_weighed_and_deleted(void **state)
{
    Table *t = *state;
    choose(t, TOOL_GAUSSIAN);
    settings_put(&t->session.settings, SET_DRAW_SPREAD, 0.3);
    assert_string_equal(press(t, 200, 150), "gaussian add 0 0\ngaussian grab 0 0 0.09\n");
    assert_string_equal(move(t, 250, 150), "gaussian to 0.5 0\n");
    assert_string_equal(release(t), "gaussian drop\n");
    const Part *p = &drawing_of(t)->part[0];
    assert_int_equal(p->gaussians->count, 1);
    assert_true(fabs(p->gaussians->item[0].mean[0] - 0.5) < 1e-6);

    t->events.input.x = 265; /* inside, away from every handle */
    t->events.input.y = 140;
    assert_string_equal(wheel(t, 1), "gaussian weight 0.5 0 0.09 1.15\n");
    assert_true(fabs(p->gaussians->item[0].weight - 1.15) < 1e-6);

    assert_string_equal(press(t, 280, 150), "gaussian grab 0.8 0 0.09\n"); /* the end of an axis */
    move(t, 290, 150);
    release(t);
    assert_true(fabs(drawing_of(t)->part[0].gaussians->item[0].std[0] - 0.4) < 1e-6);

    t->events.input.x = 260;
    t->events.input.y = 140;
    strcpy(t->events.key[0], "Delete");
    t->events.keys = 1;
    assert_string_equal(frame(t), "gaussian delete 0.5 0 0.09\n");
    assert_string_equal(wheel(t, 1), "zooms");
}

static void points_are_stamped_along_a_drag_and_taken_away(void **state)
{
    Table *t = *state;
    choose(t, TOOL_POINT);
    assert_string_equal(press(t, 200, 150), "stamp 0 0\n");
    assert_string_equal(move(t, 210, 150), "");
    assert_string_equal(move(t, 225, 150), "stamp 0.12 0\nstamp 0.24 0\n");
    release(t);
    assert_int_equal(drawing_of(t)->part[0].points->count, 3);
    hold(t, SDLK_LCTRL, KMOD_LCTRL);
    assert_string_equal(press(t, 200, 150), "unstamp 0 0 0.06\n");
    release(t);
    assert_int_equal(drawing_of(t)->part[0].points->count, 2);
}

static void the_wheel_is_the_brush_with_ctrl_and_zooms_without(void **state)
{
    Table *t = *state;
    t->events.input.x = 200;
    t->events.input.y = 150;
    assert_string_equal(wheel(t, 1), "zooms");
    hold(t, SDLK_LCTRL, KMOD_LCTRL);
    double before = t->session.settings.value[SET_DRAW_SIZE];
    assert_string_equal(wheel(t, 2), "nudge draw.size 2\n");
    assert_true(t->session.settings.value[SET_DRAW_SIZE] > before);
}

static void the_interface_gets_its_own_presses(void **state)
{
    Table *t = *state;
    t->renderer.ui.owner = POINTER_INTERFACE;
    assert_string_equal(press(t, 200, 150), "");
    release(t);
    t->renderer.ui.owner = POINTER_FREE;
    assert_string_equal(press(t, 500, 150), ""); /* beside the plane */
}

static void nothing_is_drawn_out_of_drawing(void **state)
{
    Table *t = *state;
    hold(t, SDLK_LCTRL, KMOD_LCTRL);
    press(t, 200, 150);
    t->events.input.ctrl = false;
    run(t, "set draw off");
    assert_string_equal(move(t, 250, 150), "set draw.tool brush\n"); /* the stroke ended with it */
    release(t);
    assert_string_equal(press(t, 200, 150), "");
    assert_string_equal(wheel(t, 1), "zooms");
}

static void of_hill_and_drawing_the_last_stays(void **state)
{
    Table *t = *state;
    Settings *s = &t->session.settings;
    frame(t);
    settings_put(s, SET_HILL, 1);
    assert_string_equal(frame(t), "set draw off\n");
    settings_put(s, SET_DRAW, 1);
    assert_string_equal(frame(t), "set hill off\n");
    assert_true(settings_on(s, SET_DRAW) && !settings_on(s, SET_HILL));
}

static void the_hill_of_a_drawing_is_its_own(void **state)
{
    Table *t = *state;
    Settings *s = &t->session.settings;
    press(t, 200, 150);
    release(t);
    settings_put(s, SET_HILL, 1);
    assert_string_equal(frame(t), "set draw off\nset target drawn\n");
    assert_true(!settings_on(s, SET_DRAW) && settings_index(s, SET_TARGET) == target_count());
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, new_table, free_table)
    const struct CMUnitTest tests[] = {
        TEST(a_drag_is_one_stroke),
        TEST(a_stroke_passes_every_place_that_the_hand_did),
        TEST(ctrl_lends_the_eraser),
        TEST(lines_and_circles_are_painted_where_the_hand_lets_go),
        TEST(shift_keeps_lines_to_eighths_of_a_turn),
        TEST(escape_gives_a_line_up),
        TEST(a_click_fills),
        TEST(gaussians_are_placed_dragged_weighed_and_deleted),
        TEST(points_are_stamped_along_a_drag_and_taken_away),
        TEST(the_wheel_is_the_brush_with_ctrl_and_zooms_without),
        TEST(the_interface_gets_its_own_presses),
        TEST(nothing_is_drawn_out_of_drawing),
        TEST(of_hill_and_drawing_the_last_stays),
        TEST(the_hill_of_a_drawing_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
