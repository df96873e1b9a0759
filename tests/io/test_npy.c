#include "core/rng.h"
#include "data_file.h"
#include "io/npy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The files of tests/io/data were made by NumPy: see make.py there. */

static bool read_file(const char *name, float **points, size_t *n, Error *e)
{
    char path[300];
    size_t size;
    snprintf(path, sizeof path, "io/data/%s", name);
    unsigned char *bytes = data_file(path, &size);
    bool read = npy_read_points(name, bytes, size, points, n, e);
    free(bytes);
    return read;
}

static void check_file(const char *name, size_t n, const float *expected)
{
    float *points;
    size_t found;
    Error e;
    if (!read_file(name, &points, &found, &e))
        fail_msg("%s", e.text);
    assert_int_equal(found, n);
    for (size_t i = 0; i < 2 * n; i++)
        if (points[i] != expected[i])
            fail_msg("%s: number %zu is %g, expected %g", name, i, (double)points[i], (double)expected[i]);
    free(points);
}

static void every_number_type_is_read(void **state)
{
    static const char *const with_sign[] = {"f2", "f4", "f8", "i2", "i4", "i8"}, *const without[] = {"u2", "u4", "u8"};
    static const float negative[] = {1, -2, 3, 4, -100, 0}, positive[] = {1, 2, 3, 4, 200, 0};
    static const float truths[] = {1, 0, 1, 1, 0, 0}, fractions[] = {.5f, -.25f, 0x1p-24f, 65504};
    (void)state;
    for (int big = 0; big < 2; big++) {
        char name[32];
        for (size_t i = 0; i < 6; i++) {
            snprintf(name, sizeof name, "%s_%s.npy", with_sign[i], big ? "big" : "little");
            check_file(name, 3, negative);
        }
        for (size_t i = 0; i < 3; i++) {
            snprintf(name, sizeof name, "%s_%s.npy", without[i], big ? "big" : "little");
            check_file(name, 3, positive);
        }
    }
    check_file("i1.npy", 3, negative);
    check_file("u1.npy", 3, positive);
    check_file("bool.npy", 3, truths);
    check_file("fractions_f2.npy", 2, fractions);
}

static void every_layout_and_version_is_read(void **state)
{
    static const float expected[] = {1, -2, 3, 4, -100, 0};
    (void)state;
    check_file("fortran.npy", 3, expected);
    check_file("version2.npy", 3, expected);
    check_file("version3.npy", 3, expected);
}

static void check_table(const char *name, size_t columns, const double *expected)
{
    char path[300];
    size_t size;
    NpyTable t;
    Error e;
    snprintf(path, sizeof path, "io/data/%s", name);
    unsigned char *bytes = data_file(path, &size);
    if (!npy_open_table(&t, name, bytes, size, &e))
        fail_msg("%s", e.text);
    assert_true(t.rows == 3 && t.columns == columns);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < columns; j++)
            if (npy_number(&t, i, j) != expected[i * columns + j])
                fail_msg("%s: row %zu, column %zu is %g", name, i, j, npy_number(&t, i, j));
    free(bytes);
}

static void tables_have_two_columns_or_three(void **state)
{
    static const double three[] = {1, -2, 2, 3, 4, 0, -100, 0, 7}, positive[] = {1, 0, 2, 3, 4, 0, 0, 0, 7},
                        two[] = {1, -2, 3, 4, -100, 0};
    size_t size;
    NpyTable t;
    Error e;
    (void)state;
    check_table("weights_f4.npy", 3, three);
    check_table("weights_f8_fortran.npy", 3, three);
    check_table("weights_i2_fortran.npy", 3, three);
    check_table("weights_u1.npy", 3, positive);
    check_table("fortran.npy", 2, two);
    check_table("i8_big.npy", 2, two);
    unsigned char *bytes = data_file("io/data/weights_nan.npy", &size);
    assert_true(npy_open_table(&t, "nan", bytes, size, &e) && isnan(npy_number(&t, 0, 2)));
    assert_false(npy_open_table(&t, "Gewichte ä.npy", bytes, size - 1, &e));
    assert_string_equal(e.text, "Gewichte ä.npy: expected 1 rows of 3 f4, found 11 bytes (nothing was loaded)");
    free(bytes);
    bytes = data_file("io/data/refused_four_columns.npy", &size);
    assert_false(npy_open_table(&t, "p.npy", bytes, size, &e));
    assert_string_equal(e.text,
                        "p.npy: expected an array of shape (N, 2) or (N, 3) with at least one row, found (2, 4) "
                        "(nothing was loaded)");
    free(bytes);
}

static void what_does_not_fit_is_refused_with_a_reason(void **state)
{
    static const char *const rows[][2] = {
        {"complex", "expected real numbers of at most 64 bits, found dtype '<c8'"},
        {"text", "expected real numbers of at most 64 bits, found dtype '<U1'"},
        {"long_double", "expected real numbers of at most 64 bits, found dtype '<f16'"},
        {"structured", "expected a header with descr (one number type), fortran_order and shape, found another"},
        {"one_dimension", "expected an array of shape (N, 2) with at least one row, found (6)"},
        {"one_column", "expected an array of shape (N, 2) with at least one row, found (2, 1)"},
        {"three_columns", "expected an array of shape (N, 2) with at least one row, found (2, 3)"},
        {"empty", "expected an array of shape (N, 2) with at least one row, found (0, 2)"},
        {"scalar", "expected an array of shape (N, 2) with at least one row, found ()"},
        {"nan", "expected finite numbers, found nan in row 1"},
        {"too_large", "expected finite numbers, found 1e+300 in row 2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[64], expected[512];
        float *points;
        size_t n;
        Error e;
        snprintf(name, sizeof name, "refused_%s.npy", rows[i][0]);
        snprintf(expected, sizeof expected, "%s: %s (nothing was loaded)", name, rows[i][1]);
        assert_false(read_file(name, &points, &n, &e));
        assert_string_equal(e.text, expected);
        assert_null(points);
    }
}

/* A version 1.0 file around any header text, with 64 zero bytes of data. */
static bool read_header(const char *header, Error *e)
{
    Bytes b = {0};
    size_t length = strlen(header), n;
    float *points;
    bytes_append(&b, "\x93NUMPY\x01", 8);
    bytes_append(&b, (unsigned char[2]){(unsigned char)(length & 255), (unsigned char)(length >> 8)}, 2);
    bytes_append(&b, header, length);
    bytes_append(&b, (char[64]){0}, 64);
    bool read = npy_read_points("header", b.data, b.size, &points, &n, e);
    free(points);
    bytes_free(&b);
    return read;
}

static void headers_are_read_as_python_writes_them(void **state)
{
    static const char *const good[] = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 2), }\n",
        "{\"shape\":(8,2),\"fortran_order\":True,\"descr\":\"<f4\"}",
        " { 'fortran_order' : False , 'shape' : ( 8 , 2 , ) , 'descr' : '|b1' } ",
    };
    static const char *const bad[] = {
        "",
        "{",
        "{}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'shape': (8, 2)}",
        "{'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (8, 2)}",
        "{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (8, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (8 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-8, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 2}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551617, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 8, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 2), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 2)} and more",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': '|f4', 'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': 'f4', 'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': '', 'fortran_order': False, 'shape': (8, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1152921504606846976, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551615, 2)}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Error e;
        if (!read_header(good[i], &e))
            fail_msg("refused %s: %s", good[i], e.text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Error e;
        if (read_header(bad[i], &e))
            fail_msg("accepted %s", bad[i]);
    }
}

static void other_bytes_and_versions_are_refused(void **state)
{
    static const unsigned char version4[] = "\x93NUMPY\x04\x00\x10\x00";
    float *points;
    size_t n;
    Error e;
    (void)state;
    assert_false(npy_read_points("p.npy", (const unsigned char *)"1,2\n3,4\n", 8, &points, &n, &e));
    assert_string_equal(e.text, "p.npy: expected a NumPy array, found other bytes (nothing was loaded)");
    assert_false(npy_read_points("p.npy", version4, sizeof version4, &points, &n, &e));
    assert_string_equal(e.text, "p.npy: expected NPY version 1.0, 2.0 or 3.0, found 4.0 (nothing was loaded)");
}

/* Every shorter file is refused; copies of the exact size let the sanitizer see a read beyond the end. */
static void truncation_at_every_byte_is_refused(void **state)
{
    static const char *const names[] = {"io/data/f4_little.npy", "io/data/version2.npy", "io/data/fortran.npy"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size, n;
        unsigned char *bytes = data_file(names[i], &size);
        for (size_t cut = 0; cut < size; cut++) {
            unsigned char *copy = malloc(cut + !cut);
            float *points;
            Error e = {""};
            memcpy(copy, bytes, cut);
            assert_false(npy_read_points("cut", copy, cut, &points, &n, &e));
            assert_true(e.text[0]);
            free(copy);
        }
        free(bytes);
    }
}

static void check_never_harmful(const unsigned char *bytes, size_t size)
{
    float *points;
    size_t n;
    Error e = {""};

    if (!npy_read_points("any", bytes, size, &points, &n, &e)) {
        assert_true(points == NULL && e.text[0]);
        return;
    }
    for (size_t i = 0; i < 2 * n; i++)
        assert_true(isfinite(points[i]));
    free(points);
}

static void flipped_bits_are_never_harmful(void **state)
{
    static const char *const names[] = {"io/data/f4_big.npy", "io/data/f8_little.npy", "io/data/version3.npy"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size;
        unsigned char *bytes = data_file(names[i], &size), *copy = malloc(size);
        for (size_t round = 0; round < 10000; round++) {
            float u[4];
            rng_uniforms((Rng){i, STREAM_TEST}, 0, round, 1, u);
            memcpy(copy, bytes, size);
            for (int flip = 0; flip < 3; flip++) {
                size_t bit = (size_t)(u[flip] * (float)(8 * size));
                copy[bit / 8] ^= (unsigned char)(1u << bit % 8);
            }
            check_never_harmful(copy, size);
        }
        free(copy);
        free(bytes);
    }
}

static void fuzzing_corpus_is_never_harmful(void **state)
{
    DIR *folder = opendir(SOURCE_FOLDER "/tests/fuzz/corpus/npy");
    size_t files = 0;
    (void)state;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[300];
        size_t size;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "fuzz/corpus/npy/%s", entry->d_name);
        unsigned char *bytes = data_file(name, &size);
        check_never_harmful(bytes, size);
        free(bytes);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
}

static void written_arrays_are_what_numpy_writes(void **state)
{
    static const float values[] = {1, -2, 3, 4, -100, 0};
    Bytes b = {0};
    size_t size;
    unsigned char *expected = data_file("io/data/f4_little.npy", &size);
    (void)state;
    npy_append(&b, values, (size_t[]){3, 2}, 2);
    assert_int_equal(b.size, size);
    assert_memory_equal(b.data, expected, size);
    free(expected);
    bytes_free(&b);
}

static void any_number_of_dimensions_is_written(void **state)
{
    static const float values[24] = {1};
    static const size_t shape[8] = {24, 1, 1, 1, 1, 1, 1, 1};
    static const char *const expected[] = {"'shape': (), }", "'shape': (24,), }", "'shape': (24, 1), }",
                                           "'shape': (24, 1, 1), }"};
    (void)state;
    for (size_t dimensions = 0; dimensions <= 8; dimensions++) {
        Bytes b = {0};
        npy_append(&b, values, shape, dimensions);
        size_t data = (dimensions ? 24 : 1) * sizeof(float);
        assert_int_equal((b.size - data) % 64, 0);
        assert_int_equal(b.data[b.size - data - 1], '\n');
        assert_memory_equal(b.data + b.size - data, values, data);
        if (dimensions < 4)
            assert_non_null(memmem(b.data, b.size, expected[dimensions], strlen(expected[dimensions])));
        bytes_free(&b);
    }
}

static void points_come_back(void **state)
{
    float points[2 * 1000], *back;
    Bytes b = {0};
    size_t n;
    (void)state;
    rng_normals((Rng){2, STREAM_TEST}, 0, 0, 1000, points);
    npy_append(&b, points, (size_t[]){1000, 2}, 2);
    assert_true(npy_read_points("memory", b.data, b.size, &back, &n, NULL));
    assert_int_equal(n, 1000);
    assert_memory_equal(back, points, sizeof points);
    free(back);
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_type_is_read),
        cmocka_unit_test(every_layout_and_version_is_read),
        cmocka_unit_test(tables_have_two_columns_or_three),
        cmocka_unit_test(what_does_not_fit_is_refused_with_a_reason),
        cmocka_unit_test(headers_are_read_as_python_writes_them),
        cmocka_unit_test(other_bytes_and_versions_are_refused),
        cmocka_unit_test(truncation_at_every_byte_is_refused),
        cmocka_unit_test(flipped_bits_are_never_harmful),
        cmocka_unit_test(fuzzing_corpus_is_never_harmful),
        cmocka_unit_test(written_arrays_are_what_numpy_writes),
        cmocka_unit_test(any_number_of_dimensions_is_written),
        cmocka_unit_test(points_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
