#include "folder.h"
#include "io/file.h"
#include "io/npy.h"
#include "io/points_file.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char FOLDER[] = SOURCE_FOLDER "/tests/io/data/";

static PointsKind kind(const char *begin, const char *name)
{
    return points_kind((const unsigned char *)begin, strlen(begin), name);
}

static void content_goes_before_the_name(void **state)
{
    (void)state;
    assert_int_equal(kind("1,2\n", "points.csv"), POINTS_TABLE);
    assert_int_equal(kind("1,2\n", ""), POINTS_TABLE);
    assert_int_equal(kind(" \n[[1,2]]", "points.csv"), POINTS_JSON);
    assert_int_equal(kind("\xef\xbb\xbf{\"points\":[]}", "p"), POINTS_JSON);
    assert_int_equal(kind("\x93NUMPY\x01", "points.json"), POINTS_NPY);
    assert_int_equal(kind("\x89PNG\r\n\x1a\n", "points.csv"), POINTS_PICTURE);
    assert_int_equal(kind("\xff\xd8\xff\xe0", "points.csv"), POINTS_PICTURE);
    assert_int_equal(kind("PK\x03\x04", "points.csv"), POINTS_FOREIGN);
}

static void the_name_goes_where_content_says_nothing(void **state)
{
    (void)state;
    assert_int_equal(kind("", "a.JSON"), POINTS_JSON);
    assert_int_equal(kind("x", "a.npy"), POINTS_NPY);
    assert_int_equal(kind("x", "a.png"), POINTS_PICTURE);
    assert_int_equal(kind("x", "a.jpeg"), POINTS_PICTURE);
    assert_int_equal(kind("x", "a.png.txt"), POINTS_TABLE);
    assert_int_equal(points_kind(NULL, 0, "png"), POINTS_TABLE);
}

static void check_read(const char *text, const char *format)
{
    PointTable p;
    Error e;
    if (!points_read("clipboard", (const unsigned char *)text, strlen(text), NULL, &p, &e))
        fail_msg("%s", e.text);
    assert_int_equal(p.count, 2);
    assert_true(p.x[0] == 1 && p.x[3] == 4);
    assert_string_equal(p.format, format);
    points_free(&p);
}

static void pasted_text_is_read(void **state)
{
    (void)state;
    check_read("1\t2\n3\t4", "table with tabs");
    check_read("[[1,2],[3,4]]", "JSON");
}

static void check_refused(const char *bytes, const PointsChoice *choice, const char *message)
{
    PointTable p;
    Error e;
    assert_false(points_read("f", (const unsigned char *)bytes, strlen(bytes), choice, &p, &e));
    assert_string_equal(e.text, message);
    assert_null(p.x);
}

static void what_holds_no_points_is_named(void **state)
{
    static const PointsChoice second = {{NULL, "2", NULL}};
    (void)state;
    check_refused("\xff\xd8\xff", NULL,
                  "f: expected a table, JSON or a NumPy array of points, found a picture (nothing was loaded)");
    check_refused("\x1f\x8b", NULL,
                  "f: expected a table, JSON or a NumPy array of points, found a compressed file: unpack it first "
                  "(nothing was loaded)");
    check_refused("[[1,2],[3,4]]", &second,
                  "f: columns can be chosen in tables only, not in JSON (nothing was loaded)");
}

static void check_numpy(const char *file, size_t n)
{
    char path[512];
    PointTable p;
    Error e;
    snprintf(path, sizeof path, "%s%s", FOLDER, file);
    if (!points_load(path, NULL, &p, &e))
        fail_msg("%s", e.text);
    assert_int_equal(p.count, n);
    assert_true(p.x[0] == 1 && p.x[1] == -2);
    assert_true(p.low[0] == -100 && p.high[1] == 4);
    points_free(&p);
}

static void arrays_of_numpy_are_read(void **state)
{
    (void)state;
    check_numpy("f8_big.npy", 3);
    check_numpy("fortran.npy", 3);
}

static void a_third_column_of_an_array_has_the_weights(void **state)
{
    static const float rows[] = {1, 2, 3, NAN, 1, 1, 3, 4, 0, 5, 6, .5f};
    Bytes b = {0};
    PointTable p;
    (void)state;
    npy_append(&b, rows, (const size_t[]){4, 3}, 2);
    assert_true(points_read("f", b.data, b.size, NULL, &p, NULL));
    assert_int_equal(p.count, 2);
    assert_true(p.x[2] == 5 && p.x[3] == 6 && p.weight[0] == 3 && p.weight[1] == .5);
    assert_int_equal(p.skipped.count, 2);
    assert_string_equal(p.skipped.why, "point 2: expected a finite number as x, found nan");
    assert_string_equal(p.column[POINTS_WEIGHT], "weight");
    points_free(&p);
    bytes_free(&b);
}

/* A name with blanks and letters beyond ASCII. */
static const char NAME[] = "Meine Gr\xc3\xb6\xc3\x9f"
                           "en \xe7\x82\xb9.csv";

static void files_are_read_whatever_their_name(void **state)
{
    static const char text[] = "x;y\r\n1,5;2\r\n3;4\r\n";
    PointTable p;
    Error e;
    (void)state;
    folder_put(NAME, text);
    assert_true(points_load(NAME, NULL, &p, &e));
    assert_int_equal(p.count, 2);
    assert_true(p.x[0] == 1.5);
    points_free(&p);
    assert_false(points_load("not there", NULL, &p, &e));
    assert_string_equal(e.text, "not there: cannot read: No such file or directory");
    assert_null(p.x);
}

static void huge_files_are_refused_unread(void **state)
{
    PointTable p;
    Error e;
    (void)state;
    folder_put(NAME, "");
    assert_int_equal(truncate(NAME, (off_t)2 << 30), 0);
    assert_false(points_load(NAME, NULL, &p, &e));
    assert_string_equal(strrchr(e.text, '.'),
                        ".csv: cannot read: it has 2147483648 bytes, at most 268435456 are allowed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_goes_before_the_name),
        cmocka_unit_test(the_name_goes_where_content_says_nothing),
        cmocka_unit_test(pasted_text_is_read),
        cmocka_unit_test(what_holds_no_points_is_named),
        cmocka_unit_test(arrays_of_numpy_are_read),
        cmocka_unit_test(a_third_column_of_an_array_has_the_weights),
        cmocka_unit_test(files_are_read_whatever_their_name),
        cmocka_unit_test(huge_files_are_refused_unread),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
