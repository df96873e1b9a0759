/* The camera: equal units, there and back, and ticks of an axis. */
#include "scene/camera.h"

#include "near.h"

static const Frame frame = {.mean = {1, -2}, .std = 0.5};
static const Rect plane = {10, 20, 800, 580};

static void first_view_is_centred_on_the_target(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    Camera c = camera_of(&s, &frame, plane);
    double pixel[2];
    camera_to_pixel(&c, frame.mean, pixel);
    assert_near(pixel[0], 10 + 400, 1e-9);
    assert_near(pixel[1], 20 + 290, 1e-9);
    Rect seen = camera_extent(&c);
    assert_near(seen.h, 2 * CAMERA_HALF_HEIGHT * 0.5, 1e-12);
    assert_near(seen.w / seen.h, 800.0 / 580.0, 1e-12);
    assert_near(seen.x + seen.w / 2, 1, 1e-12);
    assert_near(seen.y + seen.h / 2, -2, 1e-12);
}

static void view_moves_and_zooms_in_standard_deviations(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    s.value[SET_VIEW_X] = 2;
    s.value[SET_VIEW_Y] = -1;
    s.value[SET_VIEW_ZOOM] = 4;
    Camera c = camera_of(&s, &frame, plane);
    assert_near(c.x, 2, 1e-12);
    assert_near(c.y, -2.5, 1e-12);
    assert_near(camera_extent(&c).h, 2 * CAMERA_HALF_HEIGHT * 0.5 / 4, 1e-12);
}

static void y_goes_up_in_data_and_down_in_pixels(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    Camera c = camera_of(&s, &frame, plane);
    double origin[2], right[2], up[2];
    camera_to_pixel(&c, (double[]){0, 0}, origin);
    camera_to_pixel(&c, (double[]){1, 0}, right);
    camera_to_pixel(&c, (double[]){0, 1}, up);
    assert_near(right[0] - origin[0], c.scale, 1e-9);
    assert_near(origin[1] - up[1], c.scale, 1e-9);
    assert_near(right[1], origin[1], 1e-9);
}

static void there_and_back(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    s.value[SET_VIEW_X] = 0.3;
    s.value[SET_VIEW_ZOOM] = 2.5;
    Camera c = camera_of(&s, &frame, plane);
    const double data[2] = {-3.25, 7.5};
    double pixel[2], back[2];
    camera_to_pixel(&c, data, pixel);
    camera_to_data(&c, pixel, back);
    assert_near(back[0], data[0], 1e-9);
    assert_near(back[1], data[1], 1e-9);
    Rect seen = camera_extent(&c);
    camera_to_pixel(&c, (double[]){seen.x, seen.y}, pixel);
    assert_near(pixel[0], plane.x, 1e-9);
    assert_near(pixel[1], plane.y + plane.h, 1e-9);
}

static void steps_of_an_axis_are_1_2_5(void **state)
{
    (void)state;
    static const double pairs[][2] = {{0.9, 1},     {1, 1},         {1.1, 2},     {2, 2},      {2.1, 5},  {5.1, 10},
                                      {0.03, 0.05}, {0.002, 0.002}, {1e-6, 1e-6}, {730, 1000}, {0.2, 0.2}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_near(axis_step(pairs[i][0]) / pairs[i][1], 1, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_view_is_centred_on_the_target),
        cmocka_unit_test(view_moves_and_zooms_in_standard_deviations),
        cmocka_unit_test(y_goes_up_in_data_and_down_in_pixels),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(steps_of_an_axis_are_1_2_5),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
