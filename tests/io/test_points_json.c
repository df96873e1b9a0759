#include "io/points_json.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_text(const char *text, PointTable *p, Error *e)
{
    size_t size = strlen(text);
    unsigned char *exact = malloc(size); /* so that a sanitizer sees a read behind the end */
    memcpy(exact, text, size);
    bool read = points_read_json("p.json", exact, size, p, e);
    free(exact);
    return read;
}

/* Two points (1.5, -2) and (3, 4); weights 5 and 6 when weighted. */
static void check(const char *text, bool weighted, size_t skipped)
{
    static const double expected[] = {1.5, -2, 3, 4};
    PointTable p;
    Error e;
    if (!read_text(text, &p, &e))
        fail_msg("%s", e.text);
    assert_int_equal(p.count, 2);
    assert_memory_equal(p.x, expected, sizeof expected);
    assert_int_equal(p.weighted, weighted);
    if (weighted)
        assert_true(p.weight[0] == 5 && p.weight[1] == 6);
    else
        assert_null(p.weight);
    assert_int_equal(p.skipped.count, skipped);
    assert_string_equal(p.format, "JSON");
    assert_string_equal(p.column[POINTS_WEIGHT], weighted ? "weight" : "");
    points_free(&p);
}

static void every_form_is_read(void **state)
{
    (void)state;
    check("[[1.5,-2],[3,4]]", false, 0);
    check(" [ [ 1.5 , -2e0 ] ,\r\n\t[ 3 , 4 ] ] \n", false, 0);
    check("\xef\xbb\xbf[[1.5,-2],[3,4]]", false, 0);
    check("[[1.5,-2,5],[3,4,6]]", true, 0);
    check("{\"points\":[[1.5,-2],[3,4]]}", false, 0);
    check("{\"points\":[[1.5,-2,5],[3,4,6]]}", true, 0);
    check("{\"points\":[[1.5,-2],[3,4]],\"weights\":[5,6]}", true, 0);
    check("{\"weights\":[5,6],\"points\":[[1.5,-2],[3,4]]}", true, 0);
    check("{\"a\":{\"b\":[1,{},[]],\"c\":\"\\\"]}\"},\"d\":null,\"points\":[[1.5,-2],[3,4]],\"e\":true}", false, 0);
}

static void points_without_numbers_are_left_out_and_counted(void **state)
{
    PointTable p;
    (void)state;
    check("[[1.5,-2],[null,7],[3,4],[NaN,8],[1,-Infinity]]", false, 3);
    check("{\"points\":[[1.5,-2],[7,7],[3,4],[8,8]],\"weights\":[5,0,6,null]}", true, 2);
    assert_true(read_text("[[1,2],[3,4],[5,null]]", &p, NULL));
    assert_string_equal(p.skipped.why, "point 3: expected a finite number as y, found nan");
    points_free(&p);
}

static void other_text_is_refused_with_its_byte(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[[1,2],[3,\"4\"]]", "byte 10: expected a number, found \"\"4\"]]\""},
        {"[[1,2],[3,true]]", "byte 10: expected a number, found \"true]]\""},
        {"[[1,2],[3,4]", "byte 12: expected a comma or ], found the end of the file"},
        {"[[1,2],[3,4]]]", "byte 13: expected nothing more, found \"]\""},
        {"[[1,2],[3,4,5]]", "byte 7: expected two numbers, as in the first point, found \"[3,4,5]]\""},
        {"[[1,2,3],[3,4]]", "byte 9: expected three numbers, as in the first point, found \"[3,4]]\""},
        {"[[1],[2]]", "byte 1: expected two numbers, or three with a weight, found \"[1],[2]]\""},
        {"[[1,2,3,4]]", "byte 8: expected at most three numbers a point, found \"4]]\""},
        {"[1,2,3]", "byte 1: expected a point such as [1, 2], found \"1,2,3]\""},
        {"[[1,2],]", "byte 7: expected a point such as [1, 2], found \"]\""},
        {"[[1 2]]", "byte 4: expected a comma or ], found \"2]]\""},
        {"", "byte 0: expected a list of points such as [[1, 2], [3, 4]], found the end of the file"},
        {"7", "byte 0: expected a list of points such as [[1, 2], [3, 4]], found \"7\""},
        {"{}", "byte 2: expected a list called \"points\" before, found the end of the file"},
        {"{\"points\":7}", "byte 10: expected a list of points such as [[1, 2], [3, 4]], found \"7}\""},
        {"{\"points\":[],\"points\":[]}", "byte 22: expected one list of points, not a second, found \"[]}\""},
        {"{\"weights\":1}", "byte 11: expected a list of weights such as [1, 2], found \"1}\""},
        {"{points:[]}", "byte 1: expected a name in quotes, found \"points:[]}\""},
        {"{\"points\"[]}", "byte 9: expected a colon, found \"[]}\""},
        {"{\"a\":\"b", "byte 7: expected a closing quote, found the end of the file"},
        {"{\"a\":}", "byte 5: expected a value, found \"}\""},
        {"{\"a\":1 2}", "byte 7: expected a comma or }, found \"2}\""},
        {"{\"a\":1;}", "byte 5: expected a value, found \"1;}\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char message[256];
        PointTable p;
        Error e;
        assert_false(read_text(cases[i].text, &p, &e));
        snprintf(message, sizeof message, "p.json: %s (nothing was loaded)", cases[i].message);
        assert_string_equal(e.text, message);
        assert_null(p.x);
        assert_int_equal(p.count, 0);
    }
}

static void check_refused(const char *text, const char *message)
{
    PointTable p;
    Error e;
    assert_false(read_text(text, &p, &e));
    assert_string_equal(e.text, message);
    assert_null(p.x);
}

static void points_and_weights_have_to_agree(void **state)
{
    (void)state;
    check_refused("{\"points\":[[1,2],[3,4]],\"weights\":[5]}",
                  "p.json: expected a weight for each of 2 points, found 1 (nothing was loaded)");
    check_refused("{\"points\":[[1,2,3],[3,4,3]],\"weights\":[5,6]}",
                  "p.json: expected weights in the points or in a list, found both (nothing was loaded)");
    check_refused("[[1,2]]", "p.json: expected at least two different points, found one (nothing was loaded)");
    check_refused("[]", "p.json: expected at least two different points, found none (nothing was loaded)");
}

static void nesting_has_an_end(void **state)
{
    enum { DEPTH = 1000000 };
    char *text = malloc(DEPTH + 16);
    (void)state;
    assert_non_null(text);
    memset(text, '[', DEPTH);
    text[DEPTH] = 0;
    check_refused(text, "p.json: byte 2: expected a number, found \"[[[[[[[[[[[[[[[[\" (nothing was loaded)");
    memcpy(text, "{\"a\":", 5);
    check_refused(text, "p.json: byte 69: expected less nesting, found \"[[[[[[[[[[[[[[[[\" (nothing was loaded)");
    free(text);
}

static void check_too_many(const char *begin, const char *part, const char *message)
{
    size_t size = strlen(part), at = strlen(begin);
    char *text = malloc(at + size * (POINTS_MOST + 1) + 1);
    assert_non_null(text);
    memcpy(text, begin, at);
    for (size_t i = 0; i <= POINTS_MOST; i++)
        memcpy(text + at + i * size, part, size);
    text[at + size * (POINTS_MOST + 1)] = 0;
    check_refused(text, message);
    free(text);
}

static void too_many_points_are_refused(void **state)
{
    (void)state;
    check_too_many("[", "[1,2],", "p.json: expected at most 2097152 points, found more (nothing was loaded)");
    check_too_many("{\"weights\":[", "1,",
                   "p.json: byte 4194316: expected no more weights, found \"1,\" (nothing was loaded)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(points_without_numbers_are_left_out_and_counted),
        cmocka_unit_test(other_text_is_refused_with_its_byte),
        cmocka_unit_test(points_and_weights_have_to_agree),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(too_many_points_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
