#include "io/excerpt.h"
#include "near.h"

#include <string.h>

static void check(const char *bytes, const char *expected)
{
    assert_string_equal(excerpt((const unsigned char *)bytes, strlen(bytes)).text, expected);
}

static void text_stays_text(void **state)
{
    (void)state;
    check("", "");
    check("Gr\xc3\xb6\xc3\x9f"
          "e \xe2\x88\x87 \xf0\x9f\x98\x80",
          "Gr\xc3\xb6\xc3\x9f"
          "e \xe2\x88\x87 \xf0\x9f\x98\x80");
    check("a\nb\tc\x7f", "a b c ");
}

static void other_bytes_are_marked(void **state)
{
    (void)state;
    check("Gr\xf6\xdf"
          "e",
          "Gr??e");
    check("\xc3", "?");
    check("\xe2\x88", "??");
    check("\xc0\xaf\xff", "???");
    assert_string_equal(excerpt((const unsigned char *)"a\0b", 3).text, "a b");
}

static void long_text_is_cut_between_characters(void **state)
{
    char text[200] = "";
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        memset(text, 'a', (size_t)shift);
        text[shift] = 0;
        for (int i = 0; i < 30; i++)
            strcat(text, "\xf0\x9f\x98\x80");
        Excerpt e = excerpt((const unsigned char *)text, strlen(text));
        size_t size = strlen(e.text);
        assert_true(size < EXCERPT_SIZE && size > EXCERPT_SIZE - 15);
        assert_string_equal(e.text + size - 3, "...");
        assert_int_equal((size - 3 - (size_t)shift) % 4, 0);
        assert_memory_equal(e.text, text, size - 3);
        Excerpt quoted = excerpt_quoted((const unsigned char *)text, strlen(text));
        assert_string_equal(quoted.text + size - 2, "...\"");
    }
}

static void quotes_stand_around_what_is_there(void **state)
{
    (void)state;
    assert_string_equal(excerpt_quoted((const unsigned char *)"abc", 3).text, "\"abc\"");
    assert_string_equal(excerpt_quoted((const unsigned char *)"", 0).text, "nothing");
    assert_string_equal(excerpt_quoted(NULL, 0).text, "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(other_bytes_are_marked),
        cmocka_unit_test(long_text_is_cut_between_characters),
        cmocka_unit_test(quotes_stand_around_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
