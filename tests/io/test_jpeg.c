#include "io/bytes.h"
#include "io/jpeg.h"
#include "pictures.h"

#define FOLDER "io/data/pictures/"

static void every_colour_model_is_read(void **state)
{
    static const struct {
        const char *name;
        unsigned char ink[3];
    } rows[] = {
        {"grey.jpg", {0, 0, 0}},
        {"colour.jpg", {0x20, 0x40, 0x80}},
        {"progressive.jpg", {0x20, 0x40, 0x80}},
        {"cmyk.jpg", {0x20, 0x40, 0x80}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[64];
        size_t size;
        Image image;
        Error e;
        snprintf(name, sizeof name, FOLDER "%s", rows[i].name);
        unsigned char *bytes = data_file(name, &size);
        if (!jpeg_decode(rows[i].name, bytes, size, &image, &e))
            fail_msg("%s", e.text);
        assert_true(image.width == 40 && image.height == 30);
        const unsigned char *ink = image.rgba + 4 * (19 * 40 + 28), *ground = image.rgba + 4 * (28 * 40 + 4);
        for (int channel = 0; channel < 3; channel++) {
            assert_near(ink[channel], rows[i].ink[channel], 4);
            assert_near(ground[channel], 255, 4);
        }
        assert_true(ink[3] == 255 && ground[3] == 255);
        image_free(&image);
        free(bytes);
    }
}

/* Eight files of one picture, each stored in another of Exif's orientations. */
static void pictures_stand_upright(void **state)
{
    (void)state;
    for (int orientation = 1; orientation <= 8; orientation++) {
        char name[64];
        size_t size;
        Image image;
        snprintf(name, sizeof name, FOLDER "orientation_%d.jpg", orientation);
        unsigned char *bytes = data_file(name, &size);
        assert_true(jpeg_decode(name, bytes, size, &image, NULL));
        assert_true(image.width == 40 && image.height == 30);
        for (size_t y = 0; y < 30; y++) {
            for (size_t x = 0; x < 40; x++) {
                bool in_bar = x >= 5 && x <= 14 && y >= 5 && y <= 8;
                bool outside = x < 20 && (x < 3 || x > 16 || y < 3 || y > 10);
                int grey = image.rgba[4 * (y * 40 + x)];
                if ((in_bar && grey > 40) || (outside && grey < 215))
                    fail_msg("%s: %d at %zu, %zu", name, grey, x, y);
            }
        }
        image_free(&image);
        free(bytes);
    }
}

static void check_refusal(const unsigned char *bytes, size_t size, const char *expected)
{
    Image image;
    Error e = {""};
    assert_false(jpeg_decode("Bild größe 1.jpg", bytes, size, &image, &e));
    assert_string_equal(e.text, expected);
    assert_null(image.rgba);
}

static void other_bytes_are_refused(void **state)
{
    (void)state;
    check_refusal((const unsigned char *)"1,2\n3,4\n", 8,
                  "Bild größe 1.jpg: expected a whole JPEG picture: Not a JPEG file: starts with 0x31 0x2c "
                  "(nothing was loaded)");
    check_refusal((const unsigned char *)"", 0,
                  "Bild größe 1.jpg: expected a whole JPEG picture: Empty input file (nothing was loaded)");
}

static void truncated_files_are_refused(void **state)
{
    size_t size;
    unsigned char *bytes = data_file(FOLDER "progressive.jpg", &size);
    (void)state;
    check_refusal(bytes, size / 2,
                  "Bild größe 1.jpg: expected a whole JPEG picture: Premature end of JPEG file (nothing was loaded)");
    free(bytes);
}

/* A marker's first byte, from `begin` on. */
static size_t find_marker(const unsigned char *bytes, size_t size, unsigned char marker, size_t begin)
{
    for (size_t i = begin; i + 1 < size; i++)
        if (bytes[i] == 0xFF && bytes[i + 1] == marker)
            return i;
    fail_msg("there is no marker %x", marker);
    return 0;
}

static void claim_size(unsigned char *bytes, size_t size, unsigned char frame, unsigned width, unsigned height)
{
    unsigned char *at = bytes + find_marker(bytes, size, frame, 0) + 5;
    memcpy(at, (unsigned char[]){(unsigned char)(height >> 8), (unsigned char)height}, 2);
    memcpy(at + 2, (unsigned char[]){(unsigned char)(width >> 8), (unsigned char)width}, 2);
}

static void huge_claims_are_refused(void **state)
{
    enum { BASELINE = 0xC0, PROGRESSIVE = 0xC2 };
    size_t size;
    unsigned char *bytes = data_file(FOLDER "grey.jpg", &size);
    (void)state;
    claim_size(bytes, size, BASELINE, 65500, 65500);
    check_refusal(bytes, size,
                  "Bild größe 1.jpg: expected 1 to 67108864 pixels, found 65500 x 65500 (nothing was loaded)");
    free(bytes);
    bytes = data_file(FOLDER "progressive.jpg", &size);
    claim_size(bytes, size, PROGRESSIVE, 8192, 8192);
    check_refusal(bytes, size,
                  "Bild größe 1.jpg: expected a whole JPEG picture: it would need over 256 MiB (nothing was loaded)");
    free(bytes);
}

/* The first scan of a progressive picture, over and over: a small file that is slow to read. */
static void scans_are_limited(void **state)
{
    enum { SCAN = 0xDA, TABLE = 0xC4 };
    size_t size;
    unsigned char *bytes = data_file(FOLDER "progressive.jpg", &size);
    size_t scan = find_marker(bytes, size, SCAN, 0), end = find_marker(bytes, size, TABLE, scan);
    Bytes b = {0};
    (void)state;
    bytes_append(&b, bytes, end);
    for (int i = 0; i < 100; i++)
        bytes_append(&b, bytes + scan, end - scan);
    bytes_append(&b, bytes + end, size - end);
    check_refusal(b.data, b.size,
                  "Bild größe 1.jpg: expected a whole JPEG picture: it has over 64 scans (nothing was loaded)");
    bytes_free(&b);
    free(bytes);
}

static void damage_is_never_harmful(void **state)
{
    static const char *const names[] = {"grey.jpg", "progressive.jpg", "cmyk.jpg", "orientation_6.jpg"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[64];
        snprintf(name, sizeof name, FOLDER "%s", names[i]);
        pictures_check_damage(jpeg_decode, name, 0);
    }
}

static void fuzzing_corpus_is_never_harmful(void **state)
{
    (void)state;
    pictures_check_corpus(jpeg_decode, "jpeg");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_model_is_read), cmocka_unit_test(pictures_stand_upright),
        cmocka_unit_test(other_bytes_are_refused),    cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(huge_claims_are_refused),    cmocka_unit_test(scans_are_limited),
        cmocka_unit_test(damage_is_never_harmful),    cmocka_unit_test(fuzzing_corpus_is_never_harmful),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
