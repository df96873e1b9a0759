/* Paint has its colour in its place, hides under a density that is as strong, and only what changed is uploaded. */
#include "gfx/offscreen.h"

#include "gfx/canvas_layer.h"
#include "scene/canvas_tools.h"

#include <epoxy/gl.h>

typedef struct Easel {
    Gfx *g; /* sets the state of OpenGL */
    CanvasLayer layer;
    Drawing drawing;
    Camera camera;
    const Palette *palette;
} Easel;

/* The canvas is 200 pixels wide, from (60, 20) to (260, 220). */
static int new_easel(void **state)
{
    Easel *e = calloc(1, sizeof *e);
    Error error = {""};
    e->g = new_gfx();
    if (!canvas_layer_init(&e->layer, NULL, &error))
        fail_msg("%s", error.text);
    e->camera = (Camera){0, 0, 100, {0, 0, WIDE, HIGH}};
    e->palette = palette_of(THEME_DARK);
    assert_true(drawing_add(&e->drawing, part_of(PART_CANVAS, "painted")));
    *state = e;
    return 0;
}

static int free_easel(void **state)
{
    Easel *e = *state;
    canvas_layer_free(&e->layer);
    drawing_free(&e->drawing);
    assert_int_equal(gfx_errors(e->g), 0);
    gfx_destroy(e->g);
    free(e);
    return 0;
}

static Image draw_on(Easel *e, Colour ground)
{
    glViewport(0, 0, WIDE, HIGH);
    viewport_clear(ground);
    canvas_layer_draw(&e->layer, (Viewport){WIDE, HIGH}, &e->drawing, &e->camera, e->palette);
    return capture(e->g, WIDE, HIGH);
}

static void dab(Easel *e, double x, double y, double radius)
{
    Brush b = brush_default();
    b.radius = radius;
    b.hardness = 1;
    canvas_line(&e->drawing.part[0].canvas, b, (double[]){x, y}, (double[]){x, y});
}

static void paint_lies_where_it_was_laid(void **state)
{
    Easel *e = *state;
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        e->palette = palette_of((Theme)theme);
        dab(e, 0.5, 0.25, 0.1);
        Image image = draw_on(e, e->palette->ground);
        canvas_clear(&e->drawing.part[0].canvas);
        Image bare = draw_on(e, e->palette->ground);
        Change c = change_between(&bare, &image);
        assert_true(fabs(c.x - 210) < 0.6 && fabs(c.y - 95) < 0.6);
        assert_in_range(c.right - c.left, 18, 22);
        int away = away_from(&image, 210, 95, e->palette->density);
        assert_true(away < away_from(&bare, 210, 95, e->palette->density) / 2);
        free(bare.rgba);
        free(image.rgba);
    }
}

static void a_stronger_density_is_not_covered(void **state)
{
    Easel *e = *state;
    dab(e, 0, 0, 0.2);
    Image dark = draw_on(e, e->palette->density);
    assert_int_equal(away_from(&dark, 160, 120, e->palette->density), 0);
    e->palette = palette_of(THEME_LIGHT);
    Image light = draw_on(e, e->palette->density);
    assert_int_equal(away_from(&light, 160, 120, e->palette->density), 0);
    free(dark.rgba);
    free(light.rgba);
}

static void parts_stand_as_they_are_turned(void **state)
{
    Easel *e = *state;
    Part *p = &e->drawing.part[0];
    dab(e, 0.5, 0, 0.1);
    p->angle = M_PI_2;
    p->size = 0.5;
    p->place[0] = -0.4;
    Image image = draw_on(e, e->palette->ground);
    canvas_clear(&p->canvas);
    Image bare = draw_on(e, e->palette->ground);
    Change c = change_between(&bare, &image);
    assert_true(fabs(c.x - 120) < 0.6 && fabs(c.y - 95) < 0.6); /* (-0.4, 0.25) */
    free(image.rgba);
    free(bare.rgba);
}

static void only_tiles_that_changed_are_uploaded(void **state)
{
    Easel *e = *state;
    dab(e, -0.9, -0.9, 0.02);
    free(draw_on(e, e->palette->ground).rgba);
    size_t before = e->layer.uploaded;
    free(draw_on(e, e->palette->ground).rgba);
    assert_int_equal(e->layer.uploaded, before);
    dab(e, 0.9, 0.9, 0.02);
    free(draw_on(e, e->palette->ground).rgba);
    assert_int_equal(e->layer.uploaded, before + 1);
}

static Part picture_of(unsigned char level)
{
    Part p = part_of(PART_PICTURE, "traced");
    p.raster = raster_create(2, 4);
    assert_non_null(p.raster);
    memset(p.raster->level, level, 8);
    return p;
}

static void a_picture_without_weight_is_there_to_trace(void **state)
{
    Easel *e = *state;
    assert_true(drawing_add(&e->drawing, picture_of(255)));
    Image weighed = draw_on(e, e->palette->ground);
    e->drawing.part[1].weight = 0;
    Image traced = draw_on(e, e->palette->ground);
    assert_true(away_from(&weighed, 160, 120, e->palette->ground) > 20);
    assert_true(away_from(&traced, 160, 120, e->palette->ground) > 20);
    assert_true(change_between(&weighed, &traced).count > 1000);
    assert_int_equal(away_from(&traced, 160, 40, e->palette->ground), 0); /* it is half as high as wide */
    dab(e, 0, 0, 0.1);
    Image painted = draw_on(e, e->palette->ground);
    drawing_reorder(&e->drawing, 1, 0);
    Image above = draw_on(e, e->palette->ground);
    canvas_clear(&e->drawing.part[1].canvas);
    drawing_reorder(&e->drawing, 0, 1);
    int seen = 0; /* the stroke on the picture, wherever its part lies */
    for (int k = 0; k < 3; k++)
        seen += abs(pixel_at(&painted, 160, 120)[k] - pixel_at(&traced, 160, 120)[k]);
    assert_true(seen > 60);
    assert_int_equal(change_between(&painted, &above).count, 0);
    free(painted.rgba);
    free(above.rgba);
    e->drawing.part[1].shown = false;
    Image hidden = draw_on(e, e->palette->ground);
    assert_int_equal(away_from(&hidden, 160, 120, e->palette->ground), 0);
    free(weighed.rgba);
    free(traced.rgba);
    free(hidden.rgba);
}

static void a_part_that_went_takes_its_texture_along(void **state)
{
    Easel *e = *state;
    dab(e, 0, 0, 0.2);
    assert_true(drawing_add(&e->drawing, picture_of(128)));
    free(draw_on(e, e->palette->ground).rgba);
    drawing_remove(&e->drawing, 1);
    drawing_remove(&e->drawing, 0);
    Image image = draw_on(e, e->palette->ground);
    assert_int_equal(away_from(&image, 160, 120, e->palette->ground), 0);
    for (size_t i = 0; i < DRAWING_PARTS_MAX; i++)
        assert_int_equal(e->layer.slot[i].texture, 0);
    free(image.rgba);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EASEL_TEST(name) cmocka_unit_test_setup_teardown(name, new_easel, free_easel)
        EASEL_TEST(paint_lies_where_it_was_laid),
        EASEL_TEST(a_stronger_density_is_not_covered),
        EASEL_TEST(parts_stand_as_they_are_turned),
        EASEL_TEST(only_tiles_that_changed_are_uploaded),
        EASEL_TEST(a_picture_without_weight_is_there_to_trace),
        EASEL_TEST(a_part_that_went_takes_its_texture_along),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
