#include "io/table.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const PointsChoice AUTOMATIC;

static bool read_bytes(const char *bytes, size_t size, PointsChoice choice, PointTable *p, Error *e)
{
    unsigned char *exact = malloc(size); /* so that a sanitizer sees a read behind the end */
    memcpy(exact, bytes, size);
    bool read = table_read_points("p.csv", exact, size, &choice, p, e);
    free(exact);
    return read;
}

static PointTable read_text(const char *text, PointsChoice choice)
{
    PointTable p;
    Error e;
    if (!read_bytes(text, strlen(text), choice, &p, &e))
        fail_msg("%s", e.text);
    return p;
}

/* expected: n points as x0, y0, x1, y1 ... */
static void check_points(const PointTable *p, size_t n, const double *expected)
{
    assert_int_equal(p->count, n);
    for (size_t i = 0; i < 2 * n; i++)
        if (p->x[i] != expected[i])
            fail_msg("number %zu is %g, expected %g", i, p->x[i], expected[i]);
}

static void check(const char *text, PointsChoice choice, size_t n, const double *expected)
{
    PointTable p = read_text(text, choice);
    check_points(&p, n, expected);
    assert_int_equal(p.skipped.count, 0);
    points_free(&p);
}

static void refuses_bytes(const char *bytes, size_t size, PointsChoice choice, const char *message)
{
    PointTable p;
    Error e;
    assert_false(read_bytes(bytes, size, choice, &p, &e));
    assert_string_equal(e.text, message);
    assert_null(p.x);
    assert_int_equal(p.count, 0);
}

static void refuses(const char *text, PointsChoice choice, const char *message)
{
    refuses_bytes(text, strlen(text), choice, message);
}

static void every_layout_is_told(void **state)
{
    static const double halves[] = {1.5, -2.5, 3, 4.25};
    static const struct {
        const char *text, *format;
    } tables[] = {
        {"1.5,-2.5\n3,4.25\n", "table with commas"},
        {"1.5, -2.5\n3, 4.25\n", "table with commas"},
        {"1.5\t-2.5\n3\t4.25\n", "table with tabs"},
        {"1.5;-2.5\n3;4.25\n", "table with semicolons"},
        {"1.5 -2.5\n3 4.25\n", "table with blanks"},
        {"  1.5   -2.5  \n 3 \t 4.25", "table with blanks"},
        {"1,5;-2,5\n3;4,25\n", "table with semicolons and decimal commas"},
        {"1,5\t-2,5\n3\t4,25\n", "table with tabs and decimal commas"},
        {"1,5 -2,5\n3,0 4,25\n", "table with blanks and decimal commas"},
        {"\"1,5\",\"-2,5\"\n3,\"4,25\"\n", "table with commas and decimal commas"},
        {"\"1.5\",\"-2.5\"\n\"3\",\"4.25\"\n", "table with commas"},
        {"x;y\n1,5;-2,5\n3;4,25\n", "table with semicolons and decimal commas"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        PointTable p = read_text(tables[i].text, AUTOMATIC);
        assert_string_equal(p.format, tables[i].format);
        check_points(&p, 2, halves);
        points_free(&p);
    }
}

/* As LibreOffice Calc exports a sheet: separators and quotes as its dialog offers them, cells as they are shown in
 * English, German and French, with thousands marked, empty cells, headers and line ends of either kind. */
static void what_a_spreadsheet_writes_is_read(void **state)
{
    static const double expected[] = {1234.5, -2, 3, 4000.25};
    static const char *const files[] = {
        "x,y\n1234.5,-2\n3,4000.25\n",
        "\"x\",\"y\"\r\n\"1234.5\",\"-2\"\r\n\"3\",\"4000.25\"\r\n",
        "x,y\n\"1,234.50\",-2.00\n3.00,\"4,000.25\"\n",
        "x;y\n1.234,50;-2,00\n3,00;4.000,25\n",
        "\xef\xbb\xbfx;y\r\n\"1.234,50\";\"-2,00\"\r\n\"3,00\";\"4.000,25\"\r\n",
        "Gr\u00f6\u00dfe;H\u00f6he;\n1234,5;-2;\n3;4000,25;\n",
        "x\ty\n1234,5\t-2\n3\t4000,25\n",
        "sep=;\r\nx;y\r\n1234,5;-2\r\n;\r\n3;4000,25\r\n",
        ",,\n\"a, b\",1234.5,-2\n\"say \"\"c\"\"\",3,4000.25\n",
        "date;x;y\n01.02.2020;1234,5;-2\n02.02.2020;3;4000,25\n",
        "x         y\n1234.5    -2\n3         4000.25\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check(files[i], AUTOMATIC, 2, expected);
}

static void lines_end_in_any_way(void **state)
{
    static const double expected[] = {1, 2, 3, 4};
    (void)state;
    check("1,2\r\n3,4\r\n", AUTOMATIC, 2, expected);
    check("1,2\r3,4\r", AUTOMATIC, 2, expected);
    check("1,2\n3,4", AUTOMATIC, 2, expected);
    check("\xef\xbb\xbf"
          "1,2\n3,4",
          AUTOMATIC, 2, expected);
    check("\xef\xbb\xbfx,y\r\n1,2\r\n3,4", (PointsChoice){{"x", "y", NULL}}, 2, expected);
}

static void blank_lines_and_comments_are_no_rows(void **state)
{
    static const double expected[] = {1, 2, 3, 4};
    (void)state;
    check("# made by hand\n\n1,2\n   \n  # \"between\n,,,\n3,4\n\n\n", AUTOMATIC, 2, expected);
    check("# a b\n1 2\n#3 3\n3 4\n", AUTOMATIC, 2, expected);
    check(";;\r\n1;2;\r\n;;\r\n3;4;\r\n;;\r\n", AUTOMATIC, 2, expected);
}

static void columns_are_found(void **state)
{
    static const double first[] = {1, 2, 4, 5}, named[] = {3, 2, 6, 5}, outer[] = {1, 3, 4, 6};
    (void)state;
    check("1,2,3\n4,5,6\n", AUTOMATIC, 2, first);
    check("a,b,c\n1,2,3\n4,5,6\n", AUTOMATIC, 2, first);
    check("a,Y,X\n1,2,3\n4,5,6\n", AUTOMATIC, 2, named);
    check("\"a\" , \"y\" ,\"x\"\n1,2,3\n4,5,6\n", AUTOMATIC, 2, named);
    check("name,p,q\nA b,1,2\n\"C, D\",4,5\n", AUTOMATIC, 2, first);
    check("Berlin,1,2\nRome,4,5\n", AUTOMATIC, 2, first);
    check("y,z\n2,1\n5,4\n", AUTOMATIC, 2, first);
    check("a,b,c\n1,2,3\n4,5,6\n", (PointsChoice){{"a", "C", NULL}}, 2, outer);
    check("a,b,c\n1,2,3\n4,5,6\n", (PointsChoice){{"1", "3", NULL}}, 2, outer);
    check("1,2,3\n4,5,6\n", (PointsChoice){{"3", "2", NULL}}, 2, named);
    check("1,2,3\n4,5,6\n", (PointsChoice){{NULL, "3", NULL}}, 2, outer);
    check("a,2020,c\n1,2,3\n4,5,6\n", (PointsChoice){{"c", "2020", NULL}}, 2, named);
    check("Gr\xc3\xb6\xc3\x9f"
          "e;h\n1;2\n4;5\n",
          (PointsChoice){{"Gr\xc3\xb6\xc3\x9f"
                          "e",
                          "h", NULL}},
          2, first);
}

static void columns_are_named_for_the_preview(void **state)
{
    PointTable p = read_text("id,height,w\n1,2,3\n4,5,6\n", AUTOMATIC);
    (void)state;
    assert_string_equal(p.column[POINTS_X], "column 1 \"id\"");
    assert_string_equal(p.column[POINTS_Y], "column 2 \"height\"");
    assert_string_equal(p.column[POINTS_WEIGHT], "column 3 \"w\"");
    points_free(&p);
    p = read_text("1,2\n4,5\n", AUTOMATIC);
    assert_string_equal(p.column[POINTS_X], "column 1");
    assert_string_equal(p.column[POINTS_Y], "column 2");
    assert_string_equal(p.column[POINTS_WEIGHT], "");
    points_free(&p);
}

static void check_weights(const char *text, PointsChoice choice, const double *expected)
{
    PointTable p = read_text(text, choice);
    assert_int_equal(p.weighted, expected != NULL);
    assert_int_equal(p.weight != NULL, expected != NULL);
    assert_int_equal(p.count, 2);
    for (size_t i = 0; expected && i < 2; i++)
        assert_true(p.weight[i] == expected[i]);
    points_free(&p);
}

static void weights_are_found(void **state)
{
    static const double expected[] = {3, 6};
    (void)state;
    check_weights("a,b,W\n1,2,3\n4,5,6\n", AUTOMATIC, expected);
    check_weights("weight,x,y\n3,2,1\n6,5,4\n", AUTOMATIC, expected);
    check_weights("weight,b,c\n3,2,1\n6,5,4\n", AUTOMATIC, expected);
    check_weights("1,2,3\n4,5,6\n", (PointsChoice){{NULL, NULL, "3"}}, expected);
    check_weights("3,2,1\n6,5,4\n", (PointsChoice){{NULL, NULL, "1"}}, expected);
    check_weights("a,b,mass\n1,2,3\n4,5,6\n", (PointsChoice){{NULL, NULL, "mass"}}, expected);
    check_weights("a,b,w\n1,2,3\n4,5,6\n", (PointsChoice){{NULL, NULL, ""}}, NULL);
    check_weights("1,2,3\n4,5,6\n", AUTOMATIC, NULL);
}

static void quoted_fields_hold_anything(void **state)
{
    static const double expected[] = {1, 2, 3, 4};
    (void)state;
    check("name,x,y\n\"a, \"\"b\"\"\nc # d\",1,2\n\"\",3,4\n", AUTOMATIC, 2, expected);
    check("5\" pipe,1,2\n6\" pipe,3,4\n", AUTOMATIC, 2, expected);
    check("\"a b\" 1 2\n\"c d\" 3 4\n", AUTOMATIC, 2, expected);
}

static void check_skipped(const char *text, size_t rows, const char *why)
{
    static const double expected[] = {1, 2, 3, 4};
    PointTable p = read_text(text, AUTOMATIC);
    check_points(&p, 2, expected);
    assert_int_equal(p.skipped.count, rows);
    assert_string_equal(p.skipped.why, why);
    points_free(&p);
}

static void rows_without_numbers_are_left_out_and_counted(void **state)
{
    (void)state;
    check_skipped("x,y\n1,2\n3,\nabc,3\n3,4\n", 2, "line 3: expected a number in column 2 \"y\", found nothing");
    check_skipped("1,2\n3,n/a\n3,4\n", 1, "line 2: expected a number in column 2, found \"n/a\"");
    check_skipped("n/a,2\n1,2\n3,4\n", 1, "line 1: expected a number in column 1, found \"n/a\"");
    check_skipped("1 2\n5\n3 4\n", 1, "line 2: expected a number in column 2, found nothing");
    check_skipped("1,2\nnan,7\n3,4\n1e999,5\n", 2, "line 2: expected a finite number in column 1, found \"nan\"");
    check_skipped("1,2\n7,-1e39\n3,4\n", 1, "line 2: expected a number of at most 3.4e38 in column 2, found \"-1e39\"");
    check_skipped("1,2\n\"7\"8,9\n3,4\n", 1, "line 2: expected a number in column 1, found \"\"7\"8\"");
    check_skipped("x,y,w\n1,2,1\n5,6,0\n3,4,1\n6,7,-1\n", 2,
                  "line 3: expected a weight above 0 in column 3 \"w\", found \"0\"");
    check_skipped("x,y,t\n1,2,\"two\nlines\"\n3,4,a\n5,?,b\n", 1,
                  "line 5: expected a number in column 2 \"y\", found \"?\"");
}

static void other_text_is_refused(void **state)
{
    (void)state;
    refuses("", AUTOMATIC, "p.csv: expected rows of at least two numbers, found none (nothing was loaded)");
    refuses("\n\n# x y\n", AUTOMATIC, "p.csv: expected rows of at least two numbers, found none (nothing was loaded)");
    refuses("\n\nDear all,\nhello\n", AUTOMATIC,
            "p.csv:3: expected rows of at least two numbers, found \"Dear all,\" (nothing was loaded)");
    refuses("1\n2\n3\n", AUTOMATIC, "p.csv:1: expected rows of at least two numbers, found \"1\" (nothing was loaded)");
    refuses("x,y\n", AUTOMATIC, "p.csv:1: expected rows of at least two numbers, found \"x,y\" (nothing was loaded)");
    refuses("a,b,w\n1,c,2\n3,d,4\n", AUTOMATIC,
            "p.csv: expected two columns of numbers besides the weights, found 1 (nothing was loaded)");
    refuses(
        "a,b,c\n1,2,Rome\n3,4,Oslo\n", (PointsChoice){{"a", "c", NULL}},
        "p.csv: line 2: expected a number in column 3 \"c\", found \"Rome\"; none of 2 rows can be used (nothing was "
        "loaded)");
    refuses("1,2\n3,4\n", (PointsChoice){{"1", "7", NULL}},
            "p.csv: line 1: expected a number in column 7, found nothing; none of 2 rows can be used (nothing was "
            "loaded)");
    refuses("\n1,2\n3,4\n5,\"6\n7,8\n", AUTOMATIC,
            "p.csv:4: expected a closing quote, found the end (nothing was loaded)");
    refuses_bytes("1,2\n3,4\n\0,5\n", 12, AUTOMATIC, "p.csv:3: expected text, found a zero byte (nothing was loaded)");
    refuses_bytes("\xff\xfe"
                  "1\0,\0002\0\n\0",
                  10, AUTOMATIC, "p.csv: expected text in UTF-8, found UTF-16 (nothing was loaded)");
}

static void columns_that_are_not_there_are_refused(void **state)
{
    (void)state;
    refuses("a,b\n1,2\n3,4\n", (PointsChoice){{"a", "see", NULL}},
            "p.csv:1: expected a column named \"see\", found \"a\", \"b\" (nothing was loaded)");
    refuses("#\na,b,c,d,e\n1,2,3,4,5\n", (PointsChoice){{NULL, NULL, "0"}},
            "p.csv:2: expected a column named \"0\", found \"a\", \"b\", \"c\", \"d\", ... (nothing was loaded)");
    refuses("1,2\n3,4\n", (PointsChoice){{"x", NULL, NULL}},
            "p.csv:1: expected a column named \"x\", found no header (nothing was loaded)");
}

static void too_few_points_are_refused(void **state)
{
    (void)state;
    refuses("1,2\n", AUTOMATIC, "p.csv: expected at least two different points, found one (nothing was loaded)");
    refuses("x,y\n1,2\n1,2\n1,2\n", AUTOMATIC,
            "p.csv: expected at least two different points, found 3 times (1, 2) (nothing was loaded)");
}

static void repeat(char *text, const char *part, size_t times)
{
    size_t size = strlen(part);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, part, size);
    text[times * size] = 0;
}

static void a_million_columns_are_read_or_refused(void **state)
{
    enum { COLUMNS = 1000000 };
    static const double expected[] = {1, 2, 2, 2};
    char *text = malloc(2 * 2 * COLUMNS + 3);
    (void)state;
    assert_non_null(text);
    repeat(text, "1,", COLUMNS);
    refuses(text, AUTOMATIC, "p.csv: expected at least two different points, found one (nothing was loaded)");
    text[2 * COLUMNS] = '\n';
    repeat(text + 2 * COLUMNS + 1, "2,", COLUMNS);
    text[2 * COLUMNS - 2] = '2';
    check(text, (PointsChoice){{"1", "1000000", NULL}}, 2, expected);
    repeat(text, "a,", COLUMNS);
    refuses(text, AUTOMATIC,
            "p.csv:1: expected rows of at least two numbers, found \"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a...\" "
            "(nothing was loaded)");
    free(text);
}

static void too_many_points_are_refused(void **state)
{
    char *text = malloc(4 * (POINTS_MOST + 1) + 1), message[128];
    (void)state;
    assert_non_null(text);
    repeat(text, "1,2\n", POINTS_MOST + 1);
    snprintf(message, sizeof message, "p.csv: expected at most %d points, found more (nothing was loaded)",
             POINTS_MOST);
    refuses(text, AUTOMATIC, message);
    text[0] = '2';
    text[4 * POINTS_MOST] = 0;
    PointTable p = read_text(text, AUTOMATIC);
    assert_int_equal(p.count, POINTS_MOST);
    points_free(&p);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_is_told),
        cmocka_unit_test(what_a_spreadsheet_writes_is_read),
        cmocka_unit_test(lines_end_in_any_way),
        cmocka_unit_test(blank_lines_and_comments_are_no_rows),
        cmocka_unit_test(columns_are_found),
        cmocka_unit_test(columns_are_named_for_the_preview),
        cmocka_unit_test(weights_are_found),
        cmocka_unit_test(quoted_fields_hold_anything),
        cmocka_unit_test(rows_without_numbers_are_left_out_and_counted),
        cmocka_unit_test(other_text_is_refused),
        cmocka_unit_test(columns_that_are_not_there_are_refused),
        cmocka_unit_test(too_few_points_are_refused),
        cmocka_unit_test(a_million_columns_are_read_or_refused),
        cmocka_unit_test(too_many_points_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
