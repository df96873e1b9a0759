#include "io/error.h"
#include "near.h"

#include <string.h>

static void a_message_is_one_line(void **state)
{
    Error e;
    (void)state;
    assert_false(error_set(&e, "%s:%d: expected a number", "two\nlines\t\x1b.csv", 7));
    assert_string_equal(e.text, "two lines  .csv:7: expected a number");
    assert_false(error_set(NULL, "nobody asks"));
}

/* Whatever the length at which a line is cut, it ends with a whole letter: of two, three or four bytes. */
static void long_names_are_cut_between_letters(void **state)
{
    static const char *const letters[] = {"a", "ß", "図", "𝒩"};
    (void)state;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char name[2048] = "";
            size_t size = strlen(letters[i]);
            Error e;
            memset(name, '-', shift);
            for (size_t j = 0; j < 400; j++)
                strcat(name, letters[i]);
            error_set(&e, "%s: cannot read", name);
            size_t kept = strlen(e.text);
            assert_true(kept < sizeof e.text);
            if (strlen(name) >= sizeof e.text) {
                assert_true(kept + 2 * size >= sizeof e.text - 1);
                assert_int_equal((kept - shift) % size, 0);
            }
            assert_memory_equal(e.text, name, kept < strlen(name) ? kept : strlen(name));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_one_line),
        cmocka_unit_test(long_names_are_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
