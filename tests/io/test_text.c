/* Texts are cut between letters. */
#include "io/text.h"

#include "near.h"

static void a_cut_falls_between_letters(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        size_t size;
        const char *to;
    } rows[] = {
        {"", 1, ""},         {"abc", 4, "abc"},       {"abc", 3, "ab"},         {"a\u00e9", 4, "a\u00e9"},
        {"a\u00e9", 3, "a"}, {"\u2207x", 3, ""},      {"\u2207x", 4, "\u2207"}, {"x\U0001f600", 5, "x"},
        {"\u00e9", 1, ""},   {"\x80\x80\x80", 3, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char to[8] = "#######";
        text_copy(to, rows[i].size, rows[i].from);
        assert_string_equal(to, rows[i].to);
    }
}

static void code_points_are_written_as_they_are_read(void **state)
{
    (void)state;
    static const uint32_t code[] = {1, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0x2207, 0xffff, 0x10000, 0x1d465, 0x10ffff};
    for (size_t i = 0; i < sizeof code / sizeof *code; i++) {
        char text[5] = "";
        const char *at = text;
        size_t bytes = utf8_put(text, code[i]);
        assert_int_equal(utf8_next(&at), code[i]);
        assert_int_equal(at - text, bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_cut_falls_between_letters),
                                       cmocka_unit_test(code_points_are_written_as_they_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
