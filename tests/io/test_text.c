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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_cut_falls_between_letters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
