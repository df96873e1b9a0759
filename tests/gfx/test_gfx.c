/* The plane's layers change the pixels they should and no others; pictures repeat; wishes that can't be met are errors.
 */
#include "gfx/offscreen.h"

#include "folder.h"

#include <epoxy/gl.h>
#include <stdio.h>

enum { GRID = 16 };

/* Ten pixels a data unit around the middle of a plane that is smaller than the window. */
static const Rect plane = {40, 30, 200, 160};

typedef struct Scene {
    Gfx *gfx;
    Settings settings;
    Stack density;
    Arrow arrow;
    Arrows arrows;
    SimFrame frame;
    float data_x[2], data_noised[2];
    DataPoints data;
    Streamlines streamlines; /* these three are empty */
    Contours contours;
    Paths paths;
    PlaneView view;
} Scene;

static void pixel_of(double x, double y, double pixel[2])
{
    pixel[0] = plane.x + plane.w / 2 + 10 * x;
    pixel[1] = plane.y + plane.h / 2 - 10 * y;
}

/* log p = -|x| at one level. */
static void fill_level(Stack *s, int level, double steepness)
{
    for (int row = 0; row < GRID; row++)
        for (int column = 0; column < GRID; column++)
            s->value[(level * GRID + row) * GRID + column] =
                (float)(-steepness * fabs(-8.0 + 16.0 * column / (GRID - 1)));
    s->version[level] = ++s->changes;
}

static void fill_frame(SimFrame *f)
{
    assert_true(simframe_init(f));
    f->count = 1;
    f->x[0] = 4.0f;
    f->previous[0] = 2.0f;
    f->x[1] = f->previous[1] = 3.0f;
    f->trails = 1;
    f->trail_of[0] = 0;
    f->trail_length = 3;
    for (size_t age = 0; age < 3; age++) {
        f->trail[age * TRAIL_PARTICLES * 2] = 4.0f - 2.0f * (float)age;
        f->trail[age * TRAIL_PARTICLES * 2 + 1] = 3.0f;
    }
}

static void scene_init(Scene *s)
{
    memset(s, 0, sizeof *s);
    assert_true(stack_init(&s->density, GRID, 1));
    stack_place(&s->density, (Rect){-8, -8, 16, 16}, 0.01, 10);
    fill_level(&s->density, 10, 1);
    s->arrow = (Arrow){100, 100, 20, 0, 1};
    s->arrows = (Arrows){.arrow = &s->arrow, .count = 1};
    fill_frame(&s->frame);
    s->data_x[0] = s->data_noised[0] = -5.0f;
    s->data_x[1] = -4.0f;
    s->data_noised[1] = -4.0f + 4.0f / (float)stack_sigma(&s->density, 10);
    s->data = (DataPoints){.count = 1, .x = s->data_x, .noised = s->data_noised, .version = 1};
    s->view = (PlaneView){.settings = &s->settings,
                          .palette = palette_of(THEME_DARK),
                          .camera = {0, 0, 10, plane},
                          .part = plane,
                          .scale = 1,
                          .sigma = stack_sigma(&s->density, 10),
                          .std = 100.0, /* no fading with sigma here */
                          .density = &s->density,
                          .arrows = &s->arrows,
                          .frame = &s->frame,
                          .between = 1,
                          .streamlines = &s->streamlines,
                          .contours = &s->contours,
                          .paths = &s->paths,
                          .data = &s->data};
}

static void scene_free(Scene *s)
{
    stack_free(&s->density);
    simframe_free(&s->frame);
}

static int open_scene(void **state)
{
    static Scene s;
    scene_init(&s);
    s.gfx = new_gfx();
    *state = &s;
    return 0;
}

static int close_scene(void **state)
{
    Scene *s = *state;
    scene_free(s);
    gfx_destroy(s->gfx);
    return 0;
}

static Image draw(const Scene *s)
{
    gfx_clear(s->gfx, WIDE, HIGH, s->view.palette);
    gfx_plane(s->gfx, &s->view);
    return capture(s->gfx, WIDE, HIGH);
}

/* What a layer changes against the bare ground. */
static Change change_by(Scene *s, SettingId layer)
{
    s->settings.value[layer] = 0;
    Image bare = draw(s);
    s->settings.value[layer] = 1;
    Image full = draw(s);
    Change change = change_between(&bare, &full);
    s->settings.value[layer] = 0;
    free(bare.rgba);
    free(full.rgba);
    return change;
}

static void assert_inside(const Change *c, double x, double y, double around_x, double around_y)
{
    assert_true(c->count > 0);
    assert_true(c->left >= x - around_x && c->right <= x + around_x);
    assert_true(c->top >= y - around_y && c->bottom <= y + around_y);
}

/* Colour that a layer adds, of all pixels together. */
static long strength_of(Scene *s, SettingId layer)
{
    long sum = 0;
    s->settings.value[layer] = 0;
    Image bare = draw(s);
    s->settings.value[layer] = 1;
    Image full = draw(s);
    for (size_t i = 0; i < (size_t)WIDE * HIGH * 4; i++)
        sum += labs((long)full.rgba[i] - (long)bare.rgba[i]);
    s->settings.value[layer] = 0;
    free(bare.rgba);
    free(full.rgba);
    return sum;
}

/* Only the layer's own opacity counts, and a tenth of it is a tenth of its colour. */
static void layers_are_as_faint_as_they_are_asked_to_be(void **state)
{
    Scene *s = *state;
    static const SettingId layer[] = {SET_SHOW_DENSITY, SET_SHOW_ARROWS, SET_SHOW_DATA,
                                      SET_SHOW_TRAILS,  SET_SHOW_AXES,   SET_SHOW_PARTICLES};
    for (size_t i = 0; i < SDL_arraysize(layer); i++) {
        float opacity[SETTING_COUNT];
        long full = strength_of(s, layer[i]);
        for (size_t k = 0; k < SETTING_COUNT; k++)
            opacity[k] = k == (size_t)layer[i] ? 1.0f : 0.0f;
        s->view.opacity = opacity;
        assert_int_equal(strength_of(s, layer[i]), full);
        opacity[layer[i]] = 0.25f;
        double share = (double)strength_of(s, layer[i]) / (double)full;
        if (!(share > 0.17 && share < 0.33))
            fail_msg("%s is %g of itself", setting_info(layer[i])->name, share);
        opacity[layer[i]] = 0.0f;
        assert_true(strength_of(s, layer[i]) <= full / 50);
        s->view.opacity = NULL;
    }
}

static void bare_ground_is_the_palettes(void **state)
{
    Scene *s = *state;
    for (int theme = THEME_DARK; theme < THEME_COUNT; theme++) {
        s->view.palette = palette_of((Theme)theme);
        Image image = draw(s);
        for (int y = 0; y < HIGH; y++)
            for (int x = 0; x < WIDE; x++)
                assert_int_equal(away_from(&image, x, y, s->view.palette->ground), 0);
        free(image.rgba);
    }
}

static void each_mark_stands_in_its_place(void **state)
{
    Scene *s = *state;
    double at[2];

    Change arrow = change_by(s, SET_SHOW_ARROWS);
    assert_inside(&arrow, 100, 100, 11, 4);
    assert_true(arrow.left <= 91 && arrow.right >= 107);
    pixel_of(-5, -4, at);
    Change data = change_by(s, SET_SHOW_DATA);
    assert_inside(&data, at[0], at[1], 3, 3);
    Change noised = change_by(s, SET_SHOW_NOISED);
    assert_inside(&noised, at[0], at[1] - 40, 3, 3);
    pixel_of(4, 3, at);
    Change particle = change_by(s, SET_SHOW_PARTICLES);
    assert_inside(&particle, at[0], at[1], 4, 4);
    Change trail = change_by(s, SET_SHOW_TRAILS);
    assert_inside(&trail, at[0] - 20, at[1], 21, 2);
    assert_true(trail.right - trail.left > 35);
    s->view.between = 0; /* the newest point moves with its particle */
    assert_true(change_by(s, SET_SHOW_TRAILS).right < at[0] - 15);
    Change axes = change_by(s, SET_SHOW_AXES);
    assert_int_equal(axes.left, 40);
    assert_int_equal(axes.right, 239);
    assert_int_equal(axes.top, 30);
    assert_int_equal(axes.bottom, 189);
}

static void particles_move_between_ticks(void **state)
{
    Scene *s = *state;
    double at[2];
    for (int quarter = 0; quarter <= 4; quarter++) {
        s->view.between = quarter / 4.0;
        pixel_of(2 + 2 * s->view.between, 3, at);
        Change c = change_by(s, SET_SHOW_PARTICLES);
        assert_true(fabs(c.x - at[0]) < 0.1 && fabs(c.y - at[1]) < 0.1);
    }
}

static void dropped_particles_are_larger(void **state)
{
    Scene *s = *state;
    size_t plain = change_by(s, SET_SHOW_PARTICLES).count;
    s->frame.dropped = 1;
    assert_true(change_by(s, SET_SHOW_PARTICLES).count > 2 * plain);
}

static void a_missing_point_breaks_a_trail(void **state)
{
    Scene *s = *state;
    double at[2];
    s->frame.trail[TRAIL_PARTICLES * 2] = NAN;
    assert_int_equal(change_by(s, SET_SHOW_TRAILS).count, 0);
    s->frame.trail_length = 4;
    s->frame.trail[3 * TRAIL_PARTICLES * 2] = 0.0f;
    s->frame.trail[3 * TRAIL_PARTICLES * 2 + 1] = 0.0f;
    pixel_of(0, 1.5, at);
    Change older = change_by(s, SET_SHOW_TRAILS);
    assert_inside(&older, at[0], at[1], 2, 17);
}

static void the_density_tints_the_ground(void **state)
{
    Scene *s = *state;
    s->settings.value[SET_SHOW_DENSITY] = 1;
    Image image = draw(s);
    for (int x = 141; x < 239; x++)
        assert_true(pixel_at(&image, x, 100)[2] <= pixel_at(&image, x - 1, 100)[2] + 1);
    assert_true(pixel_at(&image, 140, 100)[2] > pixel_at(&image, 180, 100)[2] + 10);
    assert_int_equal(away_from(&image, 39, 100, s->view.palette->ground), 0);
    assert_int_equal(away_from(&image, 140, 29, s->view.palette->ground), 0);
    assert_int_equal(memcmp(pixel_at(&image, 225, 100), pixel_at(&image, 239, 100), 1), 0); /* clamped beyond x = 8 */
    free(image.rgba);
}

/* Blue of the ground at x = 2 under a density. */
static int tint(Scene *s)
{
    s->settings.value[SET_SHOW_DENSITY] = 1;
    Image image = draw(s);
    int blue = pixel_at(&image, 160, 100)[2];
    free(image.rgba);
    return blue;
}

static void the_density_follows_its_levels(void **state)
{
    Scene *s = *state;
    int first = tint(s);
    s->view.sigma = 9.0; /* never filled there: the nearest level stands in */
    assert_int_equal(tint(s), first);
    fill_level(&s->density, STACK_LEVELS - 1, 0.1);
    assert_true(tint(s) > first);
    s->view.sigma = stack_sigma(&s->density, 10);
    assert_int_equal(tint(s), first);
    fill_level(&s->density, 10, 0.1);
    assert_true(tint(s) > first);
    int second = tint(s);
    fill_level(&s->density, 11, 1);
    s->view.sigma = sqrt(stack_sigma(&s->density, 10) * stack_sigma(&s->density, 11));
    assert_true(tint(s) > first && tint(s) < second); /* half-way between two levels */
    s->view.sigma = stack_sigma(&s->density, 10);
    fill_level(&s->density, 10, 100);
    assert_int_equal(tint(s), s->view.palette->ground >> 8 & 255);
    stack_place(&s->density, (Rect){-8, -8, 16, 16}, 0.01, 10);
    assert_int_equal(tint(s), s->view.palette->ground >> 8 & 255);
}

/* log p = 5 - |x| at the middles of the cells, of which only what is below the top counts; that is in a corner out of
 * sight. */
static void fill_flowed(MapView *v)
{
    assert_true(map_view_init(v));
    v->kind = MAP_LIKELIHOOD;
    v->grid = 64;
    v->extent = (Rect){-12, -9, 24, 18};
    v->version = 1;
    for (int i = 0; i < v->grid * v->grid; i++)
        v->value[i] = (float)(5 - fabs(-12 + 24 * (i % v->grid + 0.5) / v->grid));
    v->value[0] = 5;
}

/* The same density by two ways is the same picture. */
static void a_density_by_flow_looks_like_an_exact_one(void **state)
{
    Scene *s = *state;
    MapView flowed;
    fill_flowed(&flowed);
    s->settings.value[SET_SHOW_DENSITY] = 1;
    Image exact = draw(s);
    s->view.flowed = &flowed;
    Image image = draw(s);
    for (int y = 35; y < 185; y += 10)
        for (int x = 70; x < 210; x += 7) { /* the exact one's kink lies between two of its columns */
            const unsigned char *p = pixel_at(&exact, x, y);
            int from_kink = abs(x - 140);
            assert_true(from_kink < 10 ||
                        away_from(&image, x, y, (Colour)p[0] << 24 | (Colour)p[1] << 16 | (Colour)p[2] << 8 | 255) <=
                            3);
        }
    free(exact.rgba);
    free(image.rgba);
    map_view_free(&flowed);
}

static void a_density_by_flow_follows_its_map(void **state)
{
    Scene *s = *state;
    MapView flowed;
    fill_flowed(&flowed);
    s->settings.value[SET_SHOW_DENSITY] = 1;
    int exact = tint(s);
    s->view.flowed = &flowed;
    int first = tint(s);
    for (int i = 0; i < 64 * 64; i++)
        flowed.value[i] *= 0.1f;
    flowed.version++;
    assert_true(tint(s) > first);
    s->view.flowed = NULL; /* each keeps what it shows */
    assert_int_equal(tint(s), exact);
    s->view.flowed = &flowed;
    for (int i = 0; i < 64 * 64; i++)
        flowed.value[i] = NAN;
    flowed.version++;
    assert_int_equal(tint(s), s->view.palette->ground >> 8 & 255);
    map_view_free(&flowed);
}

static void the_field_kinds_look_different(void **state)
{
    Scene *s = *state;
    Image image[FIELD_KIND_COUNT];
    s->settings.value[SET_SHOW_ARROWS] = 1;
    s->view.scale = 3;
    s->arrow.dx = 40;
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++) {
        s->view.field = (FieldKind)kind;
        image[kind] = draw(s);
    }
    const Palette *p = s->view.palette;
    assert_true(away_from(&image[FIELD_LEARNED], 105, 100, p->learned) < 50);
    assert_true(away_from(&image[FIELD_DIFFERENCE], 105, 100, p->warning) < 50);
    assert_true(away_from(&image[FIELD_EXACT], 92, 100, p->exact) < 50);
    assert_true(away_from(&image[FIELD_EXACT], 105, 100, p->ground) < 5); /* hollow */
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++)
        free(image[kind].rgba);
}

static void show_all(Scene *s)
{
    for (SettingId id = SET_SHOW_ARROWS; id <= SET_SHOW_AXES; id++)
        s->settings.value[id] = 1;
}

static void a_hundred_thousand_particles_are_drawn(void **state)
{
    Scene *s = *state;
    s->frame.count = PARTICLES_MAX + DROPPED_MAX;
    s->frame.dropped = DROPPED_MAX;
    for (size_t i = 0; i < s->frame.count; i++) {
        s->frame.x[2 * i] = (float)(i % 317) / 16.0f - 9.9f;
        s->frame.x[2 * i + 1] = (float)(i % 251) / 16.0f - 7.8f;
    }
    memcpy(s->frame.previous, s->frame.x, s->frame.count * 2 * sizeof(float));
    Change c = change_by(s, SET_SHOW_PARTICLES);
    assert_true(c.count > 30000);
    /* Mesa 22's software renderer lets points one row over the lower edge of a scissor. */
    assert_true(c.left >= 40 && c.right < 240 && c.top >= 30 && c.bottom <= 190);
}

static void a_new_start_draws_the_same(void **state)
{
    Scene *s = *state;
    show_all(s);
    Image first = draw(s);
    for (int i = 1; i < 20; i++) {
        gfx_destroy(s->gfx);
        s->gfx = new_gfx();
        Image image = draw(s);
        assert_int_equal(change_between(&first, &image).count, 0);
        free(image.rgba);
    }
    free(first.rgba);
}

static void pictures_of_any_size(void **state)
{
    Scene *s = *state;
    static const int size[][2] = {{1, 1}, {2, 3}, {17, 1}, {1, 4096}, {640, 480}, {4096, 64}, {4096, 4096}};
    Error e;
    show_all(s);
    for (size_t i = 0; i < SDL_arraysize(size); i++) {
        int w = size[i][0], h = size[i][1];
        assert_true(gfx_target(s->gfx, w, h, &e));
        s->view.camera.plane = s->view.part = (Rect){0, 0, w, h};
        gfx_clear(s->gfx, w, h, s->view.palette);
        gfx_plane(s->gfx, &s->view);
        Image image = capture(s->gfx, w, h);
        assert_int_equal(pixel_at(&image, 0, 0)[3], 255);
        free(image.rgba);
    }
    assert_true(gfx_target(s->gfx, 0, 0, &e));
}

static void a_target_leaves_the_window_alone(void **state)
{
    Scene *s = *state;
    Error e;
    Image before = draw(s);
    assert_true(gfx_target(s->gfx, WIDE, HIGH, &e));
    show_all(s);
    Image figure = draw(s);
    assert_true(gfx_target(s->gfx, 0, 0, &e));
    Image after = capture(s->gfx, WIDE, HIGH);
    assert_int_equal(change_between(&before, &after).count, 0);
    assert_true(change_between(&before, &figure).count > 0);
    free(before.rgba);
    free(figure.rgba);
    free(after.rgba);
}

static void a_size_beyond_the_driver_is_an_error(void **state)
{
    (void)state;
    Gfx *g = new_gfx();
    Error e = {""};
    assert_false(gfx_target(g, 1 << 20, 100, &e));
    assert_non_null(strstr(e.text, "1048576 x 100"));
    assert_false(gfx_target(g, 100, -1, &e));
    assert_int_equal(gfx_errors(g), 0);
    gfx_destroy(g);
}

static void errors_are_counted_once(void **state)
{
    (void)state;
    Gfx *g = new_gfx();
    glEnable(0xffff);
    assert_int_equal(gfx_errors(g), 1);
    assert_int_equal(gfx_errors(g), 0);
    gfx_destroy(g);
}

static void nothing_filled_and_a_window_without_a_plane(void **state)
{
    Scene *s = *state;
    show_all(s);
    stack_place(&s->density, (Rect){0, 0, 0, 0}, 0.01, 10);
    s->frame.count = s->frame.trails = s->frame.trail_length = s->arrows.count = s->data.count = 0;
    s->view.camera = (Camera){0, 0, 0, {0, 0, 0, 0}};
    Image image = draw(s);
    assert_int_equal(away_from(&image, 5, 5, s->view.palette->ground), 0);
    free(image.rgba);
}

static void a_broken_shader_is_named(void **state)
{
    (void)state;
    Error e = {""};
    assert_null(gfx_create(".", &e));
    assert_non_null(strstr(e.text, "density.vert"));
    folder_put("density.vert", "void main()\n{\n    gl_Position = vec4(0.0);\n}\n");
    folder_put("density.frag", "out vec4 colour;\nvoid main()\n{\n    colour = nowhere;\n}\n");
    assert_null(gfx_create(".", &e));
    assert_non_null(strstr(e.text, "density.frag"));
    assert_non_null(strstr(e.text, ":4("));
    assert_non_null(strstr(e.text, "nowhere"));
    folder_put("density.vert",
               "out vec2 place;\nvoid main()\n{\n    place = vec2(0.0);\n    gl_Position = vec4(0.0);\n}\n");
    folder_put("density.frag", "in vec3 place;\nout vec4 colour;\nvoid main()\n{\n    colour = vec4(place, 1.0);\n}\n");
    assert_null(gfx_create(".", &e));
    assert_non_null(strstr(e.text, "density.vert and density.frag"));
    Gfx *g = gfx_create(SOURCE_FOLDER "/shaders", &e);
    assert_non_null(g);
    assert_int_equal(gfx_errors(g), 0);
    gfx_destroy(g);
}

#define PLANE_TEST(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLANE_TEST(layers_are_as_faint_as_they_are_asked_to_be),
        PLANE_TEST(bare_ground_is_the_palettes),
        PLANE_TEST(each_mark_stands_in_its_place),
        PLANE_TEST(particles_move_between_ticks),
        PLANE_TEST(dropped_particles_are_larger),
        PLANE_TEST(a_missing_point_breaks_a_trail),
        PLANE_TEST(the_density_tints_the_ground),
        PLANE_TEST(the_density_follows_its_levels),
        PLANE_TEST(a_density_by_flow_looks_like_an_exact_one),
        PLANE_TEST(a_density_by_flow_follows_its_map),
        PLANE_TEST(the_field_kinds_look_different),
        PLANE_TEST(a_hundred_thousand_particles_are_drawn),
        PLANE_TEST(a_new_start_draws_the_same),
        PLANE_TEST(pictures_of_any_size),
        PLANE_TEST(a_target_leaves_the_window_alone),
        cmocka_unit_test(a_size_beyond_the_driver_is_an_error),
        cmocka_unit_test(errors_are_counted_once),
        PLANE_TEST(nothing_filled_and_a_window_without_a_plane),
        cmocka_unit_test_setup_teardown(a_broken_shader_is_named, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
