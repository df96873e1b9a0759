/* The hill as pixels: flat it is the plane's ground, tilted its top rises, and none is drawn where there is none. */
#include "gfx/offscreen.h"

#include "gfx/density.h"
#include "gfx/hill_mesh.h"
#include "gfx/mapper.h"
#include "ui/colourmap.h"

#include <epoxy/gl.h>

enum { DENSITY = 65, FIELD = 16 };

static const Viewport viewport = {WIDE, HIGH};
static const HillRecipe recipe = {HILL_LOG, 0.2, 1};

typedef struct Stage {
    Gfx *g; /* sets the state of OpenGL */
    HillMesh mesh;
    Density density;
    Stack stack;
    Hill hill;
    HillSight sight;
    Mixture mixture;
    Camera camera;
    const Palette *palette;
    HillStyle style;
} Stage;

static int new_stage(void **state)
{
    Stage *s = calloc(1, sizeof *s);
    const Component one = {.weight = 1, .mean = {1, 0}, .cov = {0.04, 0, 0.04}};
    Error e = {""};
    s->g = new_gfx();
    s->camera = (Camera){0, 0, 40, {0, 0, WIDE, HIGH}};
    s->palette = palette_of(THEME_DARK);
    if (!hill_mesh_init(&s->mesh, NULL, &e) || !density_init(&s->density, NULL, &e))
        fail_msg("%s", e.text);
    assert_true(mixture_init(&s->mixture, &one, 1) && stack_init(&s->stack, DENSITY, 1));
    assert_true(hill_init(&s->hill, DENSITY, FIELD) && hill_sight_init(&s->sight));
    stack_place(&s->stack, (Rect){-5, -4, 10, 8}, 0.01, 10);
    *state = s;
    return 0;
}

static int free_stage(void **state)
{
    Stage *s = *state;
    hill_mesh_free(&s->mesh);
    density_free(&s->density);
    hill_free(&s->hill);
    hill_sight_free(&s->sight);
    stack_free(&s->stack);
    mixture_free(&s->mixture);
    assert_int_equal(gfx_errors(s->g), 0);
    gfx_destroy(s->g);
    free(s);
    return 0;
}

static void fill(Stage *s)
{
    static float scratch[DENSITY * DENSITY * 6];
    for (int level = 0; level < STACK_LEVELS; level++)
        stack_fill_density(&s->stack, level, 0, DENSITY, &s->mixture, scratch);
    hill_build(&s->hill, &s->stack, recipe);
}

static void clear(const Stage *s)
{
    glViewport(0, 0, WIDE, HIGH);
    glDisable(GL_SCISSOR_TEST);
    viewport_clear(s->palette->ground);
}

static Image draw(Stage *s, HillView view)
{
    clear(s);
    HillAxes axes;
    hill_look(&s->sight, &s->hill, view, &s->camera);
    hill_axes(&s->sight, 1, &axes);
    s->style.palette = s->palette;
    s->style.scale = 1;
    s->style.axes = &axes;
    hill_mesh_draw(&s->mesh, viewport, &s->sight, &s->style);
    return capture(s->g, WIDE, HIGH);
}

static void flat_it_is_the_ground(void **state)
{
    Stage *s = *state;
    fill(s);
    Image hill = draw(s, (HillView){0, 40, 30});
    clear(s);
    density_draw(&s->density, viewport, &s->stack, &s->camera, recipe.sigma, recipe.std, s->palette);
    Image ground = capture(s->g, WIDE, HIGH);
    for (size_t i = 0; i < (size_t)WIDE * HIGH * 4; i++)
        assert_in_range(hill.rgba[i] + 2 - ground.rgba[i], 0, 4);
    free(hill.rgba);
    free(ground.rgba);
}

/* The first row from above that the hill changes. */
static int highest(Stage *s, HillView view)
{
    Image full = draw(s, view);
    clear(s);
    Image bare = capture(s->g, WIDE, HIGH);
    Change c = change_between(&bare, &full);
    free(full.rgba);
    free(bare.rgba);
    return c.count ? c.top : HIGH;
}

/* The first row of pixels that anything of the surface reaches. */
static int expected_highest(const Stage *s, HillView view)
{
    HillProjection p = hill_projection(view, &s->camera);
    Rect seen = camera_extent(&s->camera);
    double first = HIGH, place[2], pixel[2];
    for (double v = 0; v <= 1; v += 0.01) {
        for (double u = 0; u <= 1; u += 0.01) {
            double x = seen.x + u * seen.w, y = seen.y + v * seen.h;
            hill_project(&p, x, y, (double)hill_height(&s->hill, x, y), place);
            camera_to_pixel(&s->camera, place, pixel);
            first = fmin(first, pixel[1]);
        }
    }
    return (int)first;
}

static void its_top_stands_over_the_floor(void **state)
{
    Stage *s = *state;
    HillView low = {1, 0, 20};
    double far_edge[2], pixel[2];
    fill(s);
    HillProjection p = hill_projection(low, &s->camera);
    hill_project(&p, 0, HIGH / 2.0 / s->camera.scale, 0, far_edge);
    camera_to_pixel(&s->camera, far_edge, pixel);
    int top = highest(s, low);
    assert_true(top < pixel[1] - 5);
    assert_in_range(top, expected_highest(s, low) - 2, expected_highest(s, low) + 2);
}

/* On the flank towards the eye the glow is seen, not the bare floor that lies farther along the same line of sight. */
static void what_is_nearer_is_drawn_over_what_is_farther(void **state)
{
    Stage *s = *state;
    fill(s);
    for (double azimuth = 0; azimuth < 360; azimuth += 45) {
        HillView view = {1, azimuth, 25};
        HillProjection p = hill_projection(view, &s->camera);
        double turn = azimuth * M_PI / 180, x = 1 - 0.5 * sin(turn), y = -0.5 * cos(turn), place[2], pixel[2];
        hill_project(&p, x, y, (double)hill_height(&s->hill, x, y), place);
        camera_to_pixel(&s->camera, place, pixel);
        Image image = draw(s, view);
        const unsigned char *rgba = pixel_at(&image, (int)pixel[0], (int)pixel[1]);
        assert_true(rgba[2] - rgba[0] > 40);
        free(image.rgba);
    }
}

static void another_build_is_uploaded(void **state)
{
    Stage *s = *state;
    HillView view = {1, 30, 40};
    fill(s);
    Image before = draw(s, view);
    hill_build(&s->hill, &s->stack, (HillRecipe){HILL_LOG, 2, 1});
    Image after = draw(s, view);
    assert_true(change_between(&before, &after).count > 1000);
    free(before.rgba);
    free(after.rgba);
}

/* One colour all over, half of the way from the ground, and only where the map is. */
static void a_map_colours_the_surface(void **state)
{
    Stage *s = *state;
    Mapper mapper;
    MapView map;
    Error e = {""};
    assert_true(mapper_init(&mapper, NULL, &e) && map_view_init(&map));
    map.kind = MAP_ERROR;
    map.grid = MAP_COARSEST;
    map.extent = (Rect){0, -4, 5, 8}; /* the right half */
    map.high = 1;
    for (int i = 0; i < MAP_COARSEST * MAP_COARSEST; i++)
        map.value[i] = map.known[i] = 1;
    fill(s);
    Image bare = draw(s, (HillView){0, 0, 40});
    assert_true(mapper_bind(&mapper, &map, (MapStyle){THEME_DARK, 1, false}));
    s->style.map = &map.extent;
    s->style.map_opacity = 1;
    Image mapped = draw(s, (HillView){0, 0, 40});
    Change c = change_between(&bare, &mapped);
    Colour top = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1);
    const unsigned char *rgba = pixel_at(&mapped, WIDE * 3 / 4, HIGH / 2);
    for (int k = 0; k < 3; k++)
        assert_in_range(rgba[k] + 2 - (int)(top >> (24 - 8 * k) & 255), 0, 4);
    assert_in_range(c.left, WIDE / 2 - 1, WIDE / 2 + 1);
    free(bare.rgba);
    free(mapped.rgba);
    map_view_free(&map);
    mapper_free(&mapper);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, new_stage, free_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(flat_it_is_the_ground),
        ON_STAGE(its_top_stands_over_the_floor),
        ON_STAGE(what_is_nearer_is_drawn_over_what_is_farther),
        ON_STAGE(another_build_is_uploaded),
        ON_STAGE(a_map_colours_the_surface),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
