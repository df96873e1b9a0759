/* Whatever a file is called comes back as one word of a command. */
#include "scene/command.h"
#include "scene/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void comes_back(const char *text)
{
    Bytes b = {0};
    Command c;
    Error e = {""};
    bytes_append(&b, "open ", 5);
    quote_append(&b, text);
    bytes_append(&b, "\nundo", 6);
    const char *at = (const char *)b.data;
    assert_true(command_next(&at, &c, &e));
    assert_int_equal(c.count, 2);
    assert_string_equal(c.word[1], text);
    assert_true(command_next(&at, &c, &e));
    assert_string_equal(c.word[0], "undo");
    bytes_free(&b);
}

static void names_come_back(void **state)
{
    (void)state;
    comes_back("points.csv");
    comes_back("two words; and # more.csv");
    comes_back("\"quoted\" \\ name\\n");
    comes_back("\u00fcber/\u70b9.npy");
    comes_back("a\nb\tc\r");
    comes_back("");
    comes_back("\\");
    comes_back("\"");
    comes_back("'single'");
    comes_back("\\nabla \\log p");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
