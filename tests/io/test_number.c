#include "io/number.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *text, char decimal, double *number)
{
    return number_parse((const unsigned char *)text, strlen(text), decimal, number);
}

/* numbers.txt was made by Python: see data/make_numbers.py. */
static void numbers_are_those_of_python(void **state)
{
    FILE *file = fopen(SOURCE_FOLDER "/tests/io/data/numbers.txt", "r");
    char text[64], expected[64];
    double number;
    int count = 0;
    (void)state;
    assert_non_null(file);
    while (fscanf(file, "%63s %63s", text, expected) == 2) {
        double value = strtod(expected, NULL);
        if (!parse(text, '.', &number))
            fail_msg("%s is no number", text);
        if (isnan(value) ? !isnan(number) : number != value || signbit(number) != signbit(value))
            fail_msg("%s is %a, expected %a", text, number, value);
        count++;
    }
    fclose(file);
    assert_true(count > 1000);
}

static void a_comma_is_a_mark_only_where_it_is_asked_for(void **state)
{
    double number;
    (void)state;
    assert_true(parse("-1,5e2", ',', &number));
    assert_true(number == -150);
    assert_false(parse("1.5", ',', &number));
    assert_false(parse("1,5", '.', &number));
    assert_false(parse("1,000,5", ',', &number));
}

static void other_text_is_no_number(void **state)
{
    static const char *const texts[] = {"",     " 1",  "1 ",    "abc", "1a", "0x10", "0x1p3", "1e",    "e5",
                                        "1e5.", "--1", "1_000", "1-2", "-",  ".",    "+",     "nan(1)"};
    char longest[NUMBER_LONGEST + 2] = "";
    double number;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (parse(texts[i], '.', &number))
            fail_msg("\"%s\" is read as %g", texts[i], number);
    memset(longest, '0', NUMBER_LONGEST);
    longest[0] = '7';
    longest[1] = '.';
    assert_true(parse(longest, '.', &number));
    assert_true(number == 7);
    longest[NUMBER_LONGEST] = '0';
    assert_false(parse(longest, '.', &number));
    assert_false(number_parse((const unsigned char *)"1\0002", 3, '.', &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_python),
        cmocka_unit_test(a_comma_is_a_mark_only_where_it_is_asked_for),
        cmocka_unit_test(other_text_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
