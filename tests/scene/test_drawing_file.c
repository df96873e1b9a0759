/* Drawings in files: the same bytes again, and what is refused. */
#include "drawings.h"
#include "folder.h"
#include "scene/drawing_file.h"

#include <stdio.h>

static Bytes written(const Drawing *d)
{
    Bytes b = {0};
    drawing_append(&b, d);
    bytes_append(&b, "", 1);
    assert_false(b.failed);
    b.size--;
    return b;
}

static void assert_same_bytes(const Bytes *a, const Bytes *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->data, b->data, a->size);
}

static void assert_comes_back(Drawing *d)
{
    Drawing back = {0};
    Error e;
    Bytes first = written(d);
    if (!drawing_parse("drawing", first.data, first.size, &back, &e))
        fail_msg("%s", e.text);
    Bytes second = written(&back);
    assert_same_bytes(&first, &second);
    if (!drawing_empty(d))
        assert_same_density(d, &back);
    bytes_free(&first);
    bytes_free(&second);
    drawing_free(&back);
    drawing_free(d);
}

static void every_kind_of_part_comes_back(void **state)
{
    Drawing d = one_of_each();
    (void)state;
    d.fit = true;
    d.part[3].shown = false;
    assert_comes_back(&d);
}

static void empty_parts_come_back(void **state)
{
    Drawing d = {0};
    (void)state;
    for (int kind = 0; kind < PART_KINDS; kind++)
        add(&d, part_of((PartKind)kind, ""));
    d.part[PART_GAUSSIANS].gaussians = gaussians_create(0);
    d.part[PART_POINTS].points = points_create(0, false);
    assert_comes_back(&d);
    assert_comes_back(&d); /* no parts at all */
}

/* Lengths that leave every remainder of base64's threes, and numbers with no short decimal form. */
static void arrays_of_all_lengths_come_back(void **state)
{
    Drawing d = {0};
    (void)state;
    for (size_t columns = 1; columns <= 7; columns++) {
        float level[7];
        for (size_t i = 0; i < columns; i++)
            level[i] = (float)(i + 1) / 7;
        Part p = placed(part_of(PART_PICTURE, "\x01\"\\\n\xc3\xa9"), 0.1, 1. / 3, M_PI, -1e-5);
        p.weight = 0.7;
        p.raster = raster_of_levels(level, 1, columns);
        add(&d, p);
        stamp(&d, 1. / 7, 1e-7, columns, 0.1);
    }
    assert_comes_back(&d);
}

static void a_file_comes_back(void **state)
{
    Drawing d = one_of_each(), back = {0};
    const char *path = "a drawing ∇.json";
    Error e;
    (void)state;
    add(&back, word());
    assert_true(drawing_save(&d, path, &e));
    assert_true(drawing_load(&back, path, &e));
    assert_same_density(&d, &back);
    for (size_t i = 0; i < d.count; i++)
        assert_string_equal(back.part[i].name, d.part[i].name);
    assert_string_equal(back.part[1].raster->text, "σ ∇");
    remove(path);
    assert_false(drawing_load(&back, path, &e));
    assert_same_density(&d, &back);
    drawing_free(&d);
    drawing_free(&back);
}

/* A file of one part of every kind in which one text stands in place of another: refused, with the place and what was
 * expected, and the drawing before stays. */
static void assert_refused(const char *from, const char *to, const char *where, const char *why)
{
    Drawing d = one_of_each(), back = {0};
    Bytes good = written(&d), bad = {0};
    Error e;
    char *at = strstr((char *)good.data, from);
    assert_non_null(at);
    bytes_append(&bad, good.data, (size_t)(at - (char *)good.data));
    bytes_append(&bad, to, strlen(to));
    bytes_append(&bad, at + strlen(from), strlen(at + strlen(from)));
    add_gaussian(&back, 0, 0, 0.1);
    if (drawing_parse("file.json", bad.data, bad.size, &back, &e))
        fail_msg("%s in place of %s was read", to, from);
    if (!strstr(e.text, "file.json: ") || !strstr(e.text, where) || !strstr(e.text, why))
        fail_msg("%s in place of %s: %s", to, from, e.text);
    assert_int_equal(back.count, 1);
    assert_int_equal(back.part[0].kind, PART_GAUSSIANS);
    bytes_free(&good);
    bytes_free(&bad);
    drawing_free(&d);
    drawing_free(&back);
}

static void wrong_values_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_refused("\"scorefield drawing\"", "\"other\"", "scorefield drawing", "expected");
    assert_refused("\"version\": 1", "\"version\": 2", "version", "expected 1, found 2");
    assert_refused("\"fit\": false", "\"fit\": 0", "fit", "true or false");
    assert_refused("\"parts\": [", "\"parts\": 1, \"rest\": [", "parts", "a list");
    assert_refused("\"canvas\"", "\"carpet\"", "parts[0].kind", "found \"carpet\"");
    assert_refused("\"canvas\"", "\"picture\"", "parts[0].rows", "found nothing");
    assert_refused("\"weight\": 1", "\"weight\": -1", "parts[0].weight", "from 0 to 1e+06, found -1");
    assert_refused("\"weight\": 1", "\"weight\": 1e999", "parts[0].weight", "found inf");
    assert_refused("\"place\": [0", "\"place\": [true, 0], \"other\": [0", "parts[0].place", "2 numbers");
    assert_refused("\"place\": [0", "\"place\": [0, 0", "parts[0].place", "found a list of 3");
    assert_refused("\"size\": 1", "\"size\": -1", "parts[0].size", "from 0.001");
    assert_refused("\"shown\": true", "\"shown\": null", "parts[0].shown", "found null");
    assert_refused("\"rows\": 3", "\"rows\": 4", "parts[1].levels", "deflated levels");
    assert_refused("\"rows\": 3", "\"rows\": 2.5", "parts[1].rows", "whole number");
    assert_refused("\"rows\": 3", "\"rows\": 1025", "parts[1].rows", "to 1024, found 1025");
    assert_refused("\"face\": \"Inter\"", "\"face\": 7", "parts[1].face", "text");
    assert_refused("\"gaussians\": [[", "\"gaussians\": [0, [", "parts[2].gaussians[0]", "six numbers");
    assert_refused("\"gaussians\": [[", "\"gaussians\": [[0, ", "parts[2].gaussians[0]", "found a list of 7");
    assert_refused("\"count\": 5", "\"count\": 6", "parts[3].points", "base64 of 48 bytes");
    assert_refused("\"count\": 5", "\"count\": 1000000", "parts[3].points", "base64 of 8000000 bytes");
    assert_refused("\"scale\": 1", "\"scale\": 0", "parts[3].scale", "from 1e-100");
    assert_refused("\"target\": \"spirals\"", "\"target\": \"drawn\"", "parts[5].target", "found \"drawn\"");
}

/* Bytes that stand for no finite points, other levels, or nothing. */
static void wrong_arrays_are_refused(void **state)
{
    (void)state;
    assert_refused("\"points\": \"", "\"points\": \"AADAfwAA", "parts[3].points", "base64 of 40");
    assert_refused("\"count\": 5", "\"points\": \"AADAfwAAAAA=\", \"count\": 1", "parts[3].points", "finite");
    assert_refused("\"count\": 5", "\"points\": \"AAAAAAAAAAB=\", \"count\": 1", "parts[3].points", "finite");
    assert_refused("\"count\": 5", "\"points\": \"AAAAAAAAAA*=\", \"count\": 1", "parts[3].points", "finite");
    assert_refused("\"count\": 5", "\"points\": \"AAAAAAAAAAA=\", \"weights\": \"AACAvw==\", \"count\": 1",
                   "parts[3].weights", "at least 0");
    assert_refused("\"levels\": \"", "\"levels\": \"AAAA", "parts[0].levels", "levels of a canvas");
    assert_refused("\"levels\": \"", "\"levels\": \"!", "parts[0].levels", "base64");
    assert_refused("\"levels\": \"", "\"levels\": \"eAE=\", \"other\": \"", "parts[0].levels", "base64 of 262144");
}

static void assert_no_drawing(const char *text, size_t size, const char *why)
{
    Drawing d = {0};
    Error e;
    assert_false(drawing_parse("file.json", (const unsigned char *)text, size, &d, &e));
    if (!strstr(e.text, why))
        fail_msg("%s", e.text);
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    Drawing d = {0}, back = {0};
    Error e;
    (void)state;
    add_gaussian(&d, 0.1, 0.2, 0.3);
    stamp(&d, 0, 0, 2, 0.1);
    Bytes whole = written(&d);
    for (size_t size = 0; size + 2 < whole.size; size++)
        assert_false(drawing_parse("file.json", whole.data, size, &back, &e));
    bytes_free(&whole);
    drawing_free(&d);
    assert_no_drawing("", 0, "expected JSON");
    assert_no_drawing("[1, 2,, 3]", 10, "at byte 6");
}

/* cJSON would take 64 bytes for each. */
static void too_many_values_are_refused_before_they_take_memory(void **state)
{
    enum { SIZE = 4 << 20 };
    char *text = malloc(SIZE);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = i % 2 ? ',' : '1';
    text[0] = '[';
    assert_no_drawing(text, SIZE, "JSON values");
    memset(text, '[', SIZE);
    assert_no_drawing(text, SIZE, "JSON values");
    assert_no_drawing(text, 100000, "expected JSON");
    free(text);
}

static void more_parts_than_there_may_be_are_refused(void **state)
{
    Bytes b = {0};
    (void)state;
    bytes_printf(&b, "{\"format\": \"scorefield drawing\", \"version\": 1, \"fit\": false, \"parts\": [");
    for (int i = 0; i < DRAWING_PARTS_MAX; i++)
        bytes_printf(&b, "0, ");
    bytes_printf(&b, "0]}");
    assert_no_drawing((const char *)b.data, b.size, "at most 64");
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_part_comes_back),
        cmocka_unit_test(empty_parts_come_back),
        cmocka_unit_test(arrays_of_all_lengths_come_back),
        cmocka_unit_test_setup_teardown(a_file_comes_back, folder_enter, folder_leave),
        cmocka_unit_test(wrong_values_are_refused_with_their_place),
        cmocka_unit_test(wrong_arrays_are_refused),
        cmocka_unit_test(a_file_cut_off_anywhere_is_refused),
        cmocka_unit_test(too_many_values_are_refused_before_they_take_memory),
        cmocka_unit_test(more_parts_than_there_may_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
