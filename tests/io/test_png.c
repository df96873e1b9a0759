#include "io/png.h"
#include "pictures.h"

enum { WIDTH = 13, HEIGHT = 7 };

static void fill(unsigned char *pixels, size_t size)
{
    for (size_t i = 0; i < size; i++)
        pixels[i] = (unsigned char)(i * 37 + i / 11);
}

static void check_round_trip(int channels)
{
    unsigned char pixels[WIDTH * HEIGHT * 4];
    Bytes b = {0};
    Image image;
    fill(pixels, sizeof pixels);
    bytes_append(&b, "before", 6);
    assert_true(png_encode(pixels, WIDTH, HEIGHT, channels, &b, NULL));
    assert_memory_equal(b.data, "before\x89PNG", 10);
    assert_true(png_decode("memory", b.data + 6, b.size - 6, &image, NULL));
    assert_int_equal(image.width, WIDTH);
    assert_int_equal(image.height, HEIGHT);
    for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
        assert_memory_equal(image.rgba + 4 * i, pixels + (size_t)channels * i, (size_t)channels);
        assert_true(channels == 4 || image.rgba[4 * i + 3] == 255);
    }
    image_free(&image);
    bytes_free(&b);
}

static void pictures_come_back(void **state)
{
    (void)state;
    check_round_trip(3);
    check_round_trip(4);
}

static void impossible_sizes_are_refused(void **state)
{
    unsigned char pixel[4] = {0};
    Bytes b = {0};
    Error e = {""};
    (void)state;
    assert_false(png_encode(pixel, 0, 1, 4, &b, &e));
    assert_string_equal(e.text, "a picture of 0 x 1 pixels cannot be written: 1 to 67108864 are possible");
    assert_false(png_encode(pixel, (size_t)1 << 40, (size_t)1 << 40, 4, &b, &e));
    assert_int_equal(b.size, 0);
    bytes_free(&b);
}

static uint32_t crc32_of(const unsigned char *bytes, size_t size)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static void store_big_endian(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* A small file that claims gigabytes, in a header whose checksum is right. */
static void huge_claims_are_refused(void **state)
{
    unsigned char pixel[4] = {0};
    Bytes b = {0};
    Image image;
    Error e = {""};
    (void)state;
    assert_true(png_encode(pixel, 1, 1, 4, &b, NULL));
    store_big_endian(b.data + 16, 100000);
    store_big_endian(b.data + 20, 100000);
    store_big_endian(b.data + 29, crc32_of(b.data + 12, 17));
    assert_false(png_decode("bomb.png", b.data, b.size, &image, &e));
    assert_string_equal(e.text, "bomb.png: expected 1 to 67108864 pixels, found 100000 x 100000 (nothing was loaded)");
    assert_null(image.rgba);
    bytes_free(&b);
}

static void damage_is_never_harmful(void **state)
{
    unsigned char pixels[WIDTH * HEIGHT * 4];
    Bytes b = {0};
    Image image;
    (void)state;
    fill(pixels, sizeof pixels);
    assert_true(png_encode(pixels, WIDTH, HEIGHT, 4, &b, NULL));
    for (size_t cut = 0; cut < b.size; cut++) {
        Error e = {""};
        if (png_decode("cut", b.data, cut, &image, &e))
            assert_true(cut + 12 >= b.size); /* only the empty end chunk is missing */
        else
            assert_true(image.rgba == NULL && e.text[0]);
        image_free(&image);
    }
    for (size_t round = 0; round < 10000; round++) {
        float u[4];
        rng_uniforms((Rng){4, STREAM_TEST}, 0, round, 1, u);
        size_t bit = (size_t)(u[0] * (float)(8 * b.size));
        b.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        png_decode("flipped", b.data, b.size, &image, NULL);
        image_free(&image);
        b.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    bytes_free(&b);
}

static void truncated_files_are_refused(void **state)
{
    static const char *const names[] = {"colour_interlaced", "palette_shape", "sixteen_bits", "one_bit"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[64];
        snprintf(name, sizeof name, "io/data/pictures/%s.png", names[i]);
        pictures_check_damage(png_decode, name, 12 + 4); /* the end chunk and the data's checksum */
    }
}

static void fuzzing_corpus_is_never_harmful(void **state)
{
    (void)state;
    pictures_check_corpus(png_decode, "png");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_come_back),          cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(huge_claims_are_refused),     cmocka_unit_test(damage_is_never_harmful),
        cmocka_unit_test(truncated_files_are_refused), cmocka_unit_test(fuzzing_corpus_is_never_harmful),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
