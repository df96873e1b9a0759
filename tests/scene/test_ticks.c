/* Numbers of the axes, in the plane's units and in those of a file. */
#include "near.h"
#include "scene/ticks.h"

static const Camera camera = {.plane = {0, 0, 800, 600}, .x = 0, .y = 0, .scale = 200}; /* 4 x 3 */

static void the_plane_tells_its_own(void **state)
{
    (void)state;
    Ticks x = ticks_along(&camera, NULL, 0, 90), y = ticks_along(&camera, NULL, 1, 90);
    assert_near(x.step, 0.5, 1e-12);
    assert_near(x.first, -4, 0);
    assert_near(x.last, 4, 0);
    assert_near(y.first, -3, 0);
    assert_near(tick_in_plane(NULL, 0, 1.5), 1.5, 0);
}

/* Years: 1985 in the middle, 20 to a unit of the plane. */
static void a_file_tells_its_own(void **state)
{
    (void)state;
    const Units years = {{1985, 0.5}, 20};
    Ticks x = ticks_along(&camera, &years, 0, 90);
    assert_near(x.step, 10, 1e-9);
    assert_near(x.first * x.step, 1950, 1e-9);
    assert_near(x.last * x.step, 2020, 1e-9);
    assert_near(tick_in_plane(&years, 0, 2005), 1, 1e-12);
    assert_near(tick_in_plane(&years, 1, 0.5), 0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plane_tells_its_own),
        cmocka_unit_test(a_file_tells_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
