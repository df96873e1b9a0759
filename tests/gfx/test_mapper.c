/* A map's cells have the colours of their values, in their places, and leave the ground alone where they know nothing.
 */
#include "gfx/offscreen.h"

#include "gfx/mapper.h"
#include "ui/colourmap.h"

#include <epoxy/gl.h>

enum { GRID = 4, CELL_PX = 20, LEFT = 80, TOP = 60 };

static const Colour ground = 0x204060ff;

typedef struct Easel {
    Gfx *g; /* sets the state of OpenGL */
    Mapper mapper;
    MapView view;
    Camera camera;
    MapStyle style;
} Easel;

/* 4 x 4 cells of 20 pixels with the upper left corner at (80, 60). */
static int new_easel(void **state)
{
    Easel *e = calloc(1, sizeof *e);
    Error error = {""};
    e->g = new_gfx();
    if (!mapper_init(&e->mapper, NULL, &error))
        fail_msg("%s", error.text);
    assert_true(map_view_init(&e->view));
    e->view.kind = MAP_ERROR;
    e->view.grid = GRID;
    e->view.extent = (Rect){-8, -2, 8, 8};
    e->view.high = 1;
    e->view.version = 1;
    for (size_t i = 0; i < GRID * GRID; i++)
        e->view.known[i] = 1;
    e->camera = (Camera){0, 0, 10, {0, 0, WIDE, HIGH}};
    e->style = (MapStyle){.theme = THEME_DARK, .opacity = 1, .fade = true};
    *state = e;
    return 0;
}

static int free_easel(void **state)
{
    Easel *e = *state;
    mapper_free(&e->mapper);
    map_view_free(&e->view);
    assert_int_equal(gfx_errors(e->g), 0);
    gfx_destroy(e->g);
    free(e);
    return 0;
}

static void fill(Easel *e, float value)
{
    for (size_t i = 0; i < (size_t)e->view.grid * (size_t)e->view.grid; i++)
        e->view.value[i] = value;
    e->view.version++;
}

/* Row 0 is the lowest. */
static float *cell(Easel *e, int column, int row)
{
    e->view.version++;
    return e->view.value + row * GRID + column;
}

static Image draw(Easel *e)
{
    glViewport(0, 0, WIDE, HIGH);
    viewport_clear(ground);
    mapper_draw(&e->mapper, (Viewport){WIDE, HIGH}, &e->camera, &e->view, e->style);
    return capture(e->g, WIDE, HIGH);
}

/* From the colour in the middle of a cell. */
static int away_in(const Image *image, int column, int row, Colour c)
{
    return away_from(image, LEFT + column * CELL_PX + CELL_PX / 2, TOP + (GRID - 1 - row) * CELL_PX + CELL_PX / 2, c);
}

static Colour over_ground(Colour c, double opacity)
{
    Colour mixed = 255;
    for (int shift = 8; shift <= 24; shift += 8) {
        double under = ground >> shift & 255, above = c >> shift & 255;
        mixed |= (Colour)lround(under + opacity * (above - under)) << shift;
    }
    return mixed;
}

static void values_have_their_colours(void **state)
{
    static const struct {
        MapKind kind;
        MapColours colours;
    } map[] = {{MAP_ERROR, MAP_SEQUENTIAL}, {MAP_CURL, MAP_DIVERGING}};
    Easel *e = *state;
    e->view.low = -3;
    e->view.high = 5;
    for (size_t i = 0; i < SDL_arraysize(map); i++) {
        e->view.kind = map[i].kind;
        for (int theme = THEME_DARK; theme <= THEME_LIGHT; theme++) {
            e->style.theme = (Theme)theme;
            for (int eighth = -2; eighth <= 10; eighth++) {
                fill(e, (float)(-3 + eighth));
                Image image = draw(e);
                assert_true(away_in(&image, 1, 1, colourmap_at(map[i].colours, (Theme)theme, eighth / 8.0)) <= 1);
                free(image.rgba);
            }
        }
    }
    fill(e, INFINITY);
    Image image = draw(e);
    assert_true(away_in(&image, 1, 1, colourmap_at(MAP_DIVERGING, THEME_LIGHT, 1)) <= 1);
    free(image.rgba);
}

static void a_map_of_one_value_has_the_middle_colour(void **state)
{
    Easel *e = *state;
    e->view.low = e->view.high = 2;
    fill(e, 2);
    Image image = draw(e);
    assert_true(away_in(&image, 1, 1, colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 0.5)) <= 1);
    free(image.rgba);
}

static void cells_are_in_their_places(void **state)
{
    Easel *e = *state;
    Colour low = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 0), high = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1);
    for (int i = 0; i < GRID * GRID; i++) {
        fill(e, 0);
        *cell(e, i % GRID, i / GRID) = 1;
        Image image = draw(e);
        assert_true(away_in(&image, i % GRID, i / GRID, high) <= 20); /* the middle of a cell is a pixel's corner */
        assert_true(away_in(&image, (i + 2) % GRID, i / GRID, low) <= 1);
        free(image.rgba);
    }
}

static void values_between_cells_are_between(void **state)
{
    Easel *e = *state;
    fill(e, 0);
    for (int row = 0; row < GRID; row++)
        *cell(e, 2, row) = *cell(e, 3, row) = 1;
    Image image = draw(e);
    for (int x = 0; x < 20; x++) {
        double t = (x + 0.5) / 20;
        Colour expected = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, t);
        assert_true(away_from(&image, 110 + x, 100, expected) <= 2);
    }
    free(image.rgba);
}

static void categories_do_not_blend(void **state)
{
    Easel *e = *state;
    e->view.kind = MAP_FATE;
    for (int i = 0; i < GRID * GRID; i++)
        *cell(e, i % GRID, i / GRID) = (float)i;
    Image image = draw(e);
    for (int i = 0; i < GRID * GRID; i++) {
        Colour c = colourmap_category(THEME_DARK, (size_t)i);
        int x = LEFT + i % GRID * CELL_PX, y = TOP + (GRID - 1 - i / GRID) * CELL_PX;
        assert_int_equal(away_from(&image, x, y, c), 0);
        assert_int_equal(away_from(&image, x + CELL_PX - 1, y + CELL_PX - 1, c), 0);
    }
    free(image.rgba);
    *cell(e, 1, 1) = -1;
    image = draw(e);
    assert_true(away_in(&image, 1, 1, ground) <= 24);
    free(image.rgba);
}

/* A border across the grid is a straight line to a texel or two, not stairs as high as a cell. */
static void borders_of_categories_are_smooth(void **state)
{
    Easel *e = *state;
    const Colour category[2] = {colourmap_category(THEME_DARK, 0), colourmap_category(THEME_DARK, 1)};
    e->view.kind = MAP_FATE;
    for (int i = 0; i < GRID * GRID; i++)
        *cell(e, i % GRID, i / GRID) = i % GRID > i / GRID ? 1 : 0;
    Image image = draw(e);
    for (int y = 10; y < 70; y++) { /* between the outermost middles */
        int border = 89 - y;
        for (int x = 10; x < 70; x++)
            if (abs(x - border) > 6)
                assert_int_equal(away_from(&image, LEFT + x, TOP + y, category[x > border]), 0);
    }
    free(image.rgba);
}

/* Nor does it change the colours of its neighbours, only how far they reach. */
static void a_missing_value_is_ground(void **state)
{
    Easel *e = *state;
    Colour high = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1);
    fill(e, 1);
    *cell(e, 1, 1) = NAN;
    e->view.known[2 * GRID + 3] = NAN;
    Image image = draw(e);
    assert_true(away_in(&image, 1, 1, ground) <= 24); /* one pixel in four is nearer to its neighbours */
    assert_true(away_in(&image, 3, 2, ground) <= 24);
    assert_true(away_in(&image, 3, 0, high) <= 1);
    for (int x = LEFT; x < LEFT + 40; x++) {
        const unsigned char *p = pixel_at(&image, x, 110);
        double cover = (p[0] - 0x20) / (double)(0xfe - 0x20);
        assert_true(away_from(&image, x, 110, over_ground(high, cover)) <= 2);
    }
    free(image.rgba);
}

static void maps_fade_where_little_is_known(void **state)
{
    Easel *e = *state;
    Colour high = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1);
    fill(e, 1);
    for (int column = 0; column < GRID; column++)
        for (int row = 0; row < GRID; row++)
            e->view.known[row * GRID + column] = (float)column / (GRID - 1);
    Image image = draw(e);
    assert_int_equal(away_from(&image, LEFT, 100, ground), 0);
    assert_true(away_from(&image, 120, 100, over_ground(high, 0.5)) <= 4);
    assert_true(away_from(&image, LEFT + 79, 100, high) <= 1);
    free(image.rgba);
    e->style.fade = false;
    image = draw(e);
    assert_true(away_from(&image, LEFT, 100, high) <= 1);
    free(image.rgba);
}

static void opacity_lets_the_ground_through(void **state)
{
    Easel *e = *state;
    fill(e, 1);
    e->style.opacity = 0.75;
    Image image = draw(e);
    assert_true(away_in(&image, 1, 1, over_ground(colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1), 0.75)) <= 1);
    free(image.rgba);
}

static Change change_by_map(Easel *e)
{
    MapKind kind = e->view.kind;
    e->view.kind = MAP_NONE;
    Image bare = draw(e);
    e->view.kind = kind;
    Image full = draw(e);
    Change c = change_between(&bare, &full);
    free(bare.rgba);
    free(full.rgba);
    return c;
}

static void only_the_extent_within_the_plane_is_drawn(void **state)
{
    Easel *e = *state;
    fill(e, 1);
    Change c = change_by_map(e);
    assert_true(c.left == 80 && c.right == 159 && c.top == 60 && c.bottom == 139 && c.count == 80 * 80);
    e->camera.scale = 5;
    c = change_by_map(e);
    assert_true(c.left == 120 && c.right == 159 && c.top == 90 && c.bottom == 129 && c.count == 40 * 40);
    e->camera = (Camera){0, 0, 10, {100, 40, 120, 160}}; /* the plane's middle stays (160, 120) */
    c = change_by_map(e);
    assert_true(c.left == 100 && c.right == 159 && c.top == 60 && c.bottom == 139 && c.count == 60 * 80);
    e->camera.x = 100;
    assert_int_equal(change_by_map(e).count, 0);
}

static void a_cut_map_keeps_its_cells_in_place(void **state)
{
    Easel *e = *state;
    for (int i = 0; i < GRID * GRID; i++)
        *cell(e, i % GRID, i / GRID) = (float)i / 15;
    Image whole = draw(e);
    e->camera.plane = (Rect){100, 80, 120, 80};
    Image cut = draw(e);
    for (int y = 80; y < 140; y++)
        for (int x = 100; x < 160; x++)
            for (int k = 0; k < 3; k++)
                assert_true(abs(pixel_at(&whole, x, y)[k] - pixel_at(&cut, x, y)[k]) <= 1);
    assert_int_equal(away_from(&cut, 99, 100, ground), 0);
    free(whole.rgba);
    free(cut.rgba);
}

static void nothing_is_drawn_of_nothing(void **state)
{
    Easel *e = *state;
    fill(e, 1);
    e->view.grid = 0;
    assert_int_equal(change_by_map(e).count, 0);
    e->view.grid = GRID;
    e->view.extent.w = 0;
    assert_int_equal(change_by_map(e).count, 0);
    e->view.extent.w = (double)NAN;
    assert_int_equal(change_by_map(e).count, 0);
}

static void only_a_new_version_is_uploaded(void **state)
{
    Easel *e = *state;
    Colour low = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 0), high = colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1);
    fill(e, 0);
    Image image = draw(e);
    assert_true(away_in(&image, 1, 1, low) <= 1);
    free(image.rgba);
    fill(e, 1);
    e->view.version--;
    image = draw(e);
    assert_true(away_in(&image, 1, 1, low) <= 1);
    free(image.rgba);
    for (int grid = MAP_COARSEST; grid <= MAP_GRID; grid *= 2) { /* sharper and sharper */
        e->view.grid = grid;
        fill(e, 1);
        for (int i = 0; i < grid * grid; i++)
            e->view.known[i] = 1;
        image = draw(e);
        assert_true(away_in(&image, 1, 1, high) <= 1);
        free(image.rgba);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EASEL_TEST(name) cmocka_unit_test_setup_teardown(name, new_easel, free_easel)
        EASEL_TEST(values_have_their_colours),
        EASEL_TEST(a_map_of_one_value_has_the_middle_colour),
        EASEL_TEST(cells_are_in_their_places),
        EASEL_TEST(values_between_cells_are_between),
        EASEL_TEST(categories_do_not_blend),
        EASEL_TEST(borders_of_categories_are_smooth),
        EASEL_TEST(a_missing_value_is_ground),
        EASEL_TEST(maps_fade_where_little_is_known),
        EASEL_TEST(opacity_lets_the_ground_through),
        EASEL_TEST(only_the_extent_within_the_plane_is_drawn),
        EASEL_TEST(a_cut_map_keeps_its_cells_in_place),
        EASEL_TEST(nothing_is_drawn_of_nothing),
        EASEL_TEST(only_a_new_version_is_uploaded),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
