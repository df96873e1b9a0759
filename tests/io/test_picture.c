#include "folder.h"
#include "io/npy.h"
#include "io/picture.h"
#include "pictures.h"

#define FOLDER "io/data/pictures/"

/* The levels that NumPy found, as the maker of the pictures says. */
static float *read_levels(const char *name, size_t n)
{
    char path[64];
    size_t size, pairs;
    float *levels;
    Error e;
    snprintf(path, sizeof path, FOLDER "levels_%s.npy", name);
    unsigned char *bytes = data_file(path, &size);
    if (!npy_read_points(path, bytes, size, &levels, &pairs, &e))
        fail_msg("%s", e.text);
    assert_int_equal(2 * pairs, n);
    free(bytes);
    return levels;
}

static void check_levels(const char *name, size_t most, size_t columns, size_t rows, const char *expected_name,
                         ImagePolarity polarity, double tolerance)
{
    char path[64];
    size_t size;
    ImageLevels l;
    Error e;
    snprintf(path, sizeof path, FOLDER "%s", name);
    unsigned char *bytes = data_file(path, &size);
    if (!picture_load(name, bytes, size, most, &l, &e))
        fail_msg("%s", e.text);
    assert_true(l.columns == columns && l.rows == rows);
    assert_near(l.aspect, 40. / 30, 1e-6);
    if (l.polarity != polarity)
        fail_msg("%s: %s", name, image_polarity_names[l.polarity]);
    float *expected = read_levels(expected_name, rows * columns);
    for (size_t i = 0; i < rows * columns; i++)
        if (fabs((double)(l.levels[i] - expected[i])) > tolerance)
            fail_msg("%s at most %zu: %g in row %zu, column %zu, expected %g", name, most, (double)l.levels[i],
                     i / columns, i % columns, (double)expected[i]);
    free(expected);
    image_levels_free(&l);
    free(bytes);
}

static void every_kind_of_file_has_the_same_levels(void **state)
{
    static const struct {
        const char *name;
        ImagePolarity polarity;
        double tolerance;
    } rows[] = {
        {"grey.png", IMAGE_DARK_ON_LIGHT, 1e-6},
        {"negative.png", IMAGE_LIGHT_ON_DARK, 1e-6},
        {"colour_interlaced.png", IMAGE_DARK_ON_LIGHT, 0.005},
        {"palette.png", IMAGE_DARK_ON_LIGHT, 1e-6},
        {"sixteen_bits.png", IMAGE_DARK_ON_LIGHT, 1e-6},
        {"grey.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
        {"negative.jpg", IMAGE_LIGHT_ON_DARK, 0.06},
        {"colour.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
        {"progressive.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
        {"cmyk.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
        {"orientation_3.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
        {"orientation_6.jpg", IMAGE_DARK_ON_LIGHT, 0.06},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_levels(rows[i].name, 16, 16, 12, "16x12", rows[i].polarity, rows[i].tolerance);
        check_levels(rows[i].name, 256, 40, 30, "40x30", rows[i].polarity, rows[i].tolerance);
    }
    check_levels("one_bit.png", 256, 40, 30, "one_bit", IMAGE_DARK_ON_LIGHT, 1e-6);
}

static void transparency_is_a_mask(void **state)
{
    (void)state;
    check_levels("black_shape.png", 40, 40, 30, "shape", IMAGE_OPAQUE_SHAPE, 1e-6);
    check_levels("white_shape.png", 40, 40, 30, "shape", IMAGE_OPAQUE_SHAPE, 1e-6);
    check_levels("palette_shape.png", 40, 40, 30, "palette_shape", IMAGE_OPAQUE_SHAPE, 1e-6);
}

static void other_bytes_are_refused(void **state)
{
    ImageLevels l;
    Error e;
    (void)state;
    assert_false(picture_load("Ölbild 2.gif", (const unsigned char *)"GIF89a", 6, 256, &l, &e));
    assert_string_equal(e.text, "Ölbild 2.gif: expected a PNG or JPEG picture, found other bytes (nothing was loaded)");
    assert_null(l.levels);
}

/* A file whose name has blanks and letters beyond ASCII, and an ending that is not its kind's. */
static void names_may_have_blanks_and_any_letters(void **state)
{
    const char *name = "größe 8 µ - 図.jpg";
    size_t size;
    unsigned char *bytes = data_file(FOLDER "grey.png", &size), *back;
    ImageLevels l;
    Error e = {""};
    (void)state;
    assert_true(file_write_whole(name, bytes, size, &e));
    free(bytes);
    assert_true(file_read_whole(name, 1 << 20, &back, &size, &e));
    assert_true(picture_load(name, back, size, 256, &l, &e));
    image_levels_free(&l);
    assert_false(picture_load(name, back, size / 2, 256, &l, &e));
    assert_non_null(strstr(e.text, "größe 8 µ - 図.jpg: expected a whole PNG picture"));
    free(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_file_has_the_same_levels),
        cmocka_unit_test(transparency_is_a_mask),
        cmocka_unit_test(other_bytes_are_refused),
        cmocka_unit_test_setup_teardown(names_may_have_blanks_and_any_letters, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
