#include "io/image_levels.h"
#include "near.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 48 };

/* A picture of one colour. */
static Image even_image(size_t width, size_t height, unsigned char grey, unsigned char alpha)
{
    Image image;
    assert_true(image_init(&image, "test", width, height, NULL));
    for (size_t i = 0; i < width * height; i++)
        memcpy(image.rgba + 4 * i, (unsigned char[]){grey, grey, grey, alpha}, 4);
    return image;
}

static void fill(Image *image, size_t x, size_t y, size_t width, size_t height, unsigned char grey, unsigned char alpha)
{
    for (size_t row = y; row < y + height; row++)
        for (size_t column = x; column < x + width; column++)
            memcpy(image->rgba + 4 * (row * image->width + column), (unsigned char[]){grey, grey, grey, alpha}, 4);
}

static ImageLevels levels_of(Image *image, size_t most)
{
    ImageLevels l;
    Error e;
    if (!image_levels_init(&l, "test", image, most, &e))
        fail_msg("%s", e.text);
    image_free(image);
    return l;
}

/* The level of the cell that holds pixel (x, y) of a SIDE x SIDE picture, y down as in the picture. */
static double level_at(const ImageLevels *l, size_t x, size_t y)
{
    size_t row = l->rows - 1 - y * l->rows / SIDE, column = x * l->columns / SIDE;
    return (double)l->levels[row * l->columns + column];
}

static void expect_refusal(Image *image)
{
    ImageLevels l;
    Error e = {""};
    assert_false(image_levels_init(&l, "leeres Blatt ä.png", image, 256, &e));
    assert_string_equal(e.text,
                        "leeres Blatt ä.png: expected a drawing or a shape, found one even tone (nothing was loaded)");
    assert_true(!l.levels && l.rows == 0);
    image_free(image);
}

static void even_pictures_are_refused(void **state)
{
    (void)state;
    Image white = even_image(SIDE, SIDE, 255, 255), clear = even_image(SIDE, SIDE, 0, 0),
          veil = even_image(SIDE, SIDE, 90, 128), pixel = even_image(1, 1, 0, 255),
          noise = even_image(SIDE, SIDE, 200, 255);
    fill(&noise, 10, 10, 20, 20, 201, 255);
    expect_refusal(&white);
    expect_refusal(&clear);
    expect_refusal(&veil);
    expect_refusal(&pixel);
    expect_refusal(&noise);
}

/* A line a pixel wide keeps its share of the ink however far the picture is scaled down; one twice as dark weighs as
 * much as one twice as wide. */
static void averaging_keeps_mass(void **state)
{
    (void)state;
    for (size_t most = 7; most <= SIDE; most += 5) {
        Image image = even_image(SIDE, SIDE, 255, 255);
        double left = 0, right = 0;
        fill(&image, 11, 8, 1, 32, 55, 255);
        fill(&image, 31, 8, 2, 32, 155, 255);
        ImageLevels l = levels_of(&image, most);
        assert_true(l.rows == most && l.columns == most);
        for (size_t i = 0; i < most * most; i++) {
            if (i % most < most / 2)
                left += (double)l.levels[i];
            else
                right += (double)l.levels[i];
        }
        assert_near(left / right, 1, 1e-5);
        image_levels_free(&l);
    }
}

static void pictures_are_never_enlarged(void **state)
{
    (void)state;
    static const size_t sides[][5] = {/* width, height, most, columns, rows */
                                      {5, 3, 256, 5, 3},      {512, 256, 256, 256, 128}, {1000, 10, 256, 256, 3},
                                      {5000, 2, 256, 256, 1}, {2, 5000, 100, 1, 100},    {257, 257, 256, 256, 256}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const size_t *s = sides[i];
        Image image = even_image(s[0], s[1], 255, 255);
        fill(&image, 0, 0, s[0] > 1 ? s[0] / 2 : 1, s[1] > s[0] ? s[1] / 2 : s[1], 0, 255);
        ImageLevels l = levels_of(&image, s[2]);
        assert_true(l.columns == s[3] && l.rows == s[4]);
        assert_near(l.aspect, (double)s[0] / (double)s[1], 1e-3);
        image_levels_free(&l);
    }
}

static void colours_count_by_their_luma(void **state)
{
    Image image = even_image(5, 3, 255, 255);
    (void)state;
    for (size_t i = 0; i < 4; i++)
        memset(image.rgba + 4 * (5 + i), 0, 3);
    for (size_t channel = 0; channel < 3; channel++)
        image.rgba[4 * (5 + channel) + channel] = 255;
    ImageLevels l = levels_of(&image, 256);
    static const double expected[5] = {1 - 0.2126, 1 - 0.7152, 1 - 0.0722, 1, 0}; /* red, green, blue, black, white */
    for (size_t i = 0; i < 5; i++)
        assert_near(l.levels[5 + i], expected[i], 1e-5);
    image_levels_free(&l);
}

static void the_first_row_is_at_the_bottom(void **state)
{
    Image image = even_image(3, 2, 255, 255);
    (void)state;
    fill(&image, 2, 1, 1, 1, 0, 255);
    fill(&image, 0, 0, 1, 1, 128, 255);
    ImageLevels l = levels_of(&image, 256);
    static const double expected[6] = {0, 0, 1, 127. / 255, 0, 0};
    for (size_t i = 0; i < 6; i++)
        assert_near(l.levels[i], expected[i], 1e-6);
    image_levels_free(&l);
}

/* What the border mostly is gets no density, light or dark, white or cream, with a hairline frame or grain. */
static void the_border_tells_the_ground(void **state)
{
    static const struct {
        unsigned char ground, ink, frame;
        int grain;
        ImagePolarity polarity;
    } rows[] = {
        {255, 0, 255, 0, IMAGE_DARK_ON_LIGHT},   {0, 255, 0, 0, IMAGE_LIGHT_ON_DARK},
        {240, 225, 240, 0, IMAGE_DARK_ON_LIGHT}, {120, 255, 120, 0, IMAGE_LIGHT_ON_DARK},
        {255, 0, 0, 0, IMAGE_DARK_ON_LIGHT},     {235, 30, 235, 4, IMAGE_DARK_ON_LIGHT},
        {20, 220, 20, 4, IMAGE_LIGHT_ON_DARK},
    };
    static const int grain[7] = {0, 1, -1, 1, 0, -1, 2};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Image image = even_image(SIDE, SIDE, rows[i].ground, 255);
        for (size_t p = 0; p < SIDE * SIDE; p++)
            fill(&image, p % SIDE, p / SIDE, 1, 1, (unsigned char)(rows[i].ground + rows[i].grain * grain[p % 7]), 255);
        for (size_t p = 0; p < SIDE && rows[i].frame != rows[i].ground; p++) {
            fill(&image, p, 0, 1, 1, rows[i].frame, 255);
            fill(&image, p, SIDE - 1, 1, 1, rows[i].frame, 255);
            fill(&image, 0, p, 1, 1, rows[i].frame, 255);
            fill(&image, SIDE - 1, p, 1, 1, rows[i].frame, 255);
        }
        fill(&image, 4, 10, 40, 35, rows[i].ink, 255); /* more than the ground has */
        ImageLevels l = levels_of(&image, SIDE);
        assert_int_equal(l.polarity, rows[i].polarity);
        assert_near(level_at(&l, 20, 20), 1, 1e-6);
        for (size_t y = 2; y < 9; y++)
            for (size_t x = 2; x < SIDE - 2; x++)
                assert_near(level_at(&l, x, y), 0, 0);
        image_levels_free(&l);
    }
}

/* Dark ink on paper that was cut out round: the corners are transparent, the paper is not ink. */
static void paper_that_was_cut_out_is_ground(void **state)
{
    Image image = even_image(SIDE, SIDE, 0, 0);
    (void)state;
    fill(&image, 8, 8, 32, 32, 255, 255);
    fill(&image, 20, 20, 5, SIDE - 20, 51, 255); /* over the paper's edge */
    fill(&image, 30, 30, 5, 5, 0, 128);
    ImageLevels l = levels_of(&image, SIDE);
    assert_int_equal(l.polarity, IMAGE_DARK_ON_LIGHT);
    assert_near(level_at(&l, 2, 2), 0, 0);
    assert_near(level_at(&l, 12, 12), 0, 0);
    assert_near(level_at(&l, 22, 22), 1, 1e-6);
    assert_near(level_at(&l, 32, 32), 128. / 255 / 0.8, 1e-5);
    image_levels_free(&l);
}

/* A shape of one colour weighs by its alpha, whatever colours lie unseen where it is transparent. */
static void shapes_weigh_by_their_alpha(void **state)
{
    (void)state;
    for (int grey = 0; grey < 256; grey += 51) {
        Image image = even_image(SIDE, SIDE, (unsigned char)(255 - grey), 0);
        fill(&image, 10, 10, 10, 10, (unsigned char)grey, 200);
        fill(&image, 30, 10, 10, 10, (unsigned char)grey, 50);
        ImageLevels l = levels_of(&image, SIDE);
        assert_int_equal(l.polarity, IMAGE_OPAQUE_SHAPE);
        assert_near(level_at(&l, 15, 15), 1, 1e-6);
        assert_near(level_at(&l, 35, 15), 0.25, 1e-6);
        assert_near(level_at(&l, 5, 5), 0, 0);
        image_levels_free(&l);
    }
}

/* Which on white paper would hardly be seen. */
static void light_shapes_are_all_ink(void **state)
{
    Image image = even_image(SIDE, SIDE, 0, 0);
    (void)state;
    fill(&image, 10, 10, 30, 30, 255, 255);
    fill(&image, 20, 20, 5, 5, 150, 255);
    ImageLevels l = levels_of(&image, SIDE);
    assert_int_equal(l.polarity, IMAGE_OPAQUE_SHAPE);
    assert_near(level_at(&l, 12, 12), 1, 0);
    assert_near(level_at(&l, 22, 22), 1, 0);
    assert_near(level_at(&l, 5, 5), 0, 0);
    image_levels_free(&l);
}

/* A hole in a sheet of one colour leaves the sheet. */
static void a_hole_has_no_density(void **state)
{
    Image image = even_image(SIDE, SIDE, 255, 255);
    (void)state;
    fill(&image, 10, 10, 20, 20, 0, 0);
    ImageLevels l = levels_of(&image, SIDE);
    assert_near(level_at(&l, 20, 20), 0, 0);
    assert_near(level_at(&l, 40, 40), 1, 0);
    image_levels_free(&l);
}

/* Scaling down weighs colours by alpha: what cannot be seen does not lighten an edge. */
static void unseen_colours_do_not_count(void **state)
{
    Image image = even_image(8, 8, 255, 255);
    (void)state;
    fill(&image, 2, 2, 1, 1, 0, 255);
    fill(&image, 5, 4, 1, 1, 0, 255);
    fill(&image, 4, 5, 1, 1, 255, 0);
    ImageLevels l = levels_of(&image, 4);
    for (size_t i = 0; i < 16; i++)
        assert_near(l.levels[i], i == 6 || i == 9 ? 1 : 0, 1e-6);
    image_levels_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_pictures_are_refused),        cmocka_unit_test(averaging_keeps_mass),
        cmocka_unit_test(pictures_are_never_enlarged),      cmocka_unit_test(colours_count_by_their_luma),
        cmocka_unit_test(the_first_row_is_at_the_bottom),   cmocka_unit_test(the_border_tells_the_ground),
        cmocka_unit_test(paper_that_was_cut_out_is_ground), cmocka_unit_test(shapes_weigh_by_their_alpha),
        cmocka_unit_test(light_shapes_are_all_ink),         cmocka_unit_test(a_hole_has_no_density),
        cmocka_unit_test(unseen_colours_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
