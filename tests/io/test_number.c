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

static bool grouped(const char *text, char decimal, double *number)
{
    return number_parse_grouped((const unsigned char *)text, strlen(text), decimal, number);
}

static void thousands_are_marked_where_that_is_certain(void **state)
{
    static const struct {
        const char *text;
        char decimal;
        double number;
    } numbers[] = {{"1,234.50", '.', 1234.5},   {"-1.234,50", ',', -1234.5},      {"+12,345,678", '.', 12345678},
                   {"1.234.567", ',', 1234567}, {"999,999.", '.', 999999},        {"1,234.5e2", '.', 123450},
                   {"1.5", '.', 1.5},           {"1,234,567.25", '.', 1234567.25}};
    static const char *const others[] = {"1,234",    "1,23.5",  "1234,567.5", ",234.5",      "1,2345.6", "1,234,56",
                                         "1,,234.5", "1.234,5", "-,234.5",    "1,234.5,678", "1,234,",   ""};
    double number;
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!grouped(numbers[i].text, numbers[i].decimal, &number))
            fail_msg("%s is no number", numbers[i].text);
        assert_near(number, numbers[i].number, 0);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (grouped(others[i], '.', &number))
            fail_msg("\"%s\" is read as %g", others[i], number);
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
        cmocka_unit_test(thousands_are_marked_where_that_is_certain),
        cmocka_unit_test(other_text_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
