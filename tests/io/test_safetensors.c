/* Files of named arrays: what was written is read, as others write it too, and nothing is believed unseen. */
#include "io/safetensors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const TensorShape two_by_three = {2, {2, 3}}, none = {1, {0}}, one = {0, {0}};

static Bytes file_of(const char *header, size_t data)
{
    Bytes b = {0};
    uint64_t length = strlen(header);
    bytes_append(&b, &length, sizeof length);
    bytes_append(&b, header, strlen(header));
    memset(bytes_reserve(&b, data + 1), 7, data);
    b.size += data;
    return b;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    const float x[6] = {1, 2, 3, 4, 5, 6};
    const double y = -0.1;
    float back[6];
    double number = 0;
    TensorWriter w = {0};
    Tensors t;
    Bytes file = {0};
    Error e;
    tensors_text(&w, "a \"key\"\n", "%d\\ \xc3\xa9", 7);
    tensors_copy(&w, "x", TENSOR_F32, two_by_three, x);
    tensors_copy(&w, "nothing", TENSOR_I64, none, NULL);
    tensors_copy(&w, "y", TENSOR_F64, one, &y);
    tensors_finish(&w, &file);
    assert_false(file.failed);
    assert_true(tensors_open(&t, "file", file.data, file.size, &e));
    assert_int_equal(t.count, 3);
    assert_string_equal(tensors_find_text(&t, "a \"key\"\n"), "7\\ \xc3\xa9");
    assert_null(tensors_find_text(&t, "other"));
    assert_true(tensors_read(&t, "x", TENSOR_F32, two_by_three, back, &e));
    assert_memory_equal(back, x, sizeof x);
    assert_true(tensors_read(&t, "y", TENSOR_F64, one, &number, &e) && memcmp(&number, &y, sizeof y) == 0);
    assert_true(tensors_read(&t, "nothing", TENSOR_I64, none, NULL, &e));
    assert_int_equal((tensors_find(&t, "x")->data - file.data) % 8, 0);
    assert_false(tensors_read(&t, "z", TENSOR_F32, one, back, &e));
    assert_string_equal(e.text, "file: expected an array \"z\", found none (nothing was loaded)");
    assert_false(tensors_read(&t, "x", TENSOR_F64, (TensorShape){2, {3, 2}}, back, &e));
    assert_string_equal(e.text, "file: expected \"x\" as F64 [3, 2], found F32 [2, 3] (nothing was loaded)");
    tensors_close(&t);
    bytes_free(&file);
}

static void names_with_a_prefix_are_apart(void **state)
{
    (void)state;
    const float x = 1, y = 2;
    float back;
    TensorWriter w = {0};
    Tensors t;
    Bytes file = {0};
    Error e;
    tensors_copy(&w, "x", TENSOR_F32, one, &x);
    w.prefix = "of ";
    tensors_text(&w, "key", "text");
    tensors_copy(&w, "x", TENSOR_F32, one, &y);
    tensors_finish(&w, &file);
    assert_true(tensors_open(&t, "file", file.data, file.size, &e));
    assert_true(tensors_read(&t, "x", TENSOR_F32, one, &back, &e) && back == x);
    assert_true(tensors_find(&t, "of x") && !tensors_find_text(&t, "key"));
    t.prefix = "of ";
    assert_true(tensors_any(&t) && tensors_read(&t, "x", TENSOR_F32, one, &back, &e) && back == y);
    assert_string_equal(tensors_find_text(&t, "key"), "text");
    t.prefix = "o";
    assert_true(tensors_any(&t) && !tensors_find(&t, "x"));
    t.prefix = "off";
    assert_false(tensors_any(&t));
    tensors_close(&t);
    bytes_free(&file);
}

/* Blanks, another order and other members, as other programs may have them. */
static void files_of_others_are_read(void **state)
{
    (void)state;
    Tensors t;
    Error e;
    Bytes file = file_of("{ \"b\" : {\"shape\":[2],\"data_offsets\":[4,6],\"dtype\":\"U8\"},\n"
                         "\"a\":{\"data_offsets\":[0,4],\"dtype\":\"BF16\",\"shape\":[1,2,1],\"more\":1} }   ",
                         6);
    assert_true(tensors_open(&t, "file", file.data, file.size, &e));
    assert_int_equal(t.count, 2);
    assert_null(tensors_find_text(&t, "format"));
    assert_int_equal(tensors_find(&t, "b")->data[1], 7);
    assert_int_equal(tensors_find(&t, "a")->shape.dimensions, 3);
    tensors_close(&t);
    bytes_free(&file);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *header, *told;
    } files[] = {
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}}", "other bytes than its shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "other bytes than its shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", "ends before \"a\" does"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[9007199254740000,9007199254740008]}}",
         "ends before"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,0]}}",
         "other bytes"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[0.5],\"data_offsets\":[0,2]}}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1e300]}}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":2,\"data_offsets\":\"x\"}}", "expected dtype, shape"},
        {"{\"a\":7}", "expected dtype, shape"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
         "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
         "there twice"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}", "one JSON object"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        Tensors t;
        Error e = {0};
        Bytes file = file_of(files[i].header, 8);
        bool opened = tensors_open(&t, "file", file.data, file.size, &e);
        if (opened || !strstr(e.text, files[i].told))
            fail_msg("%s: \"%s\"", files[i].header, e.text);
        tensors_close(&t);
        bytes_free(&file);
    }
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    Tensors t;
    Error e;
    Bytes file = file_of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
    for (size_t size = 0; size < file.size; size++) {
        unsigned char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, file.data, size);
        assert_false(tensors_open(&t, "file", copy, size, &e));
        tensors_close(&t);
        free(copy);
    }
    file.data[5] = 1; /* a header of 1 TB */
    assert_false(tensors_look_like(file.data, file.size));
    assert_false(tensors_open(&t, "file", file.data, file.size, &e));
    tensors_close(&t);
    bytes_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),     cmocka_unit_test(names_with_a_prefix_are_apart),
        cmocka_unit_test(files_of_others_are_read),    cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
