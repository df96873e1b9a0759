/* The command line: options, files among them, and what is said of mistakes. */
#include "app/options.h"

#include "folder.h"

#include <string.h>

enum { ARGUMENTS_MAX = 12 };

/* Arguments end with NULL. */
static bool parse(Options *o, Error *e, const char *const *argument)
{
    char text[ARGUMENTS_MAX][64], *argv[ARGUMENTS_MAX + 1] = {text[0]};
    int argc = 1;
    strcpy(text[0], "scorefield");
    for (; argument[argc - 1]; argc++) {
        assert_in_range(argc, 1, ARGUMENTS_MAX - 1);
        snprintf(text[argc], sizeof text[argc], "%s", argument[argc - 1]);
        argv[argc] = text[argc];
    }
    return options_parse(o, argc, argv, e);
}

#define PARSE(o, e, ...) parse(o, e, (const char *const[]){__VA_ARGS__, NULL})

static void commands_are(const char *commands, const char *const *argument)
{
    Options o;
    Error e = {""};
    if (!parse(&o, &e, argument))
        fail_msg("%s", e.text);
    assert_string_equal(o.commands, commands);
    options_free(&o);
}

#define COMMANDS_ARE(commands, ...) commands_are(commands, (const char *const[]){__VA_ARGS__, NULL})

static void files_are_opened_in_turn(void **state)
{
    (void)state;
    COMMANDS_ARE("open \"a.csv\"\n", "a.csv");
    COMMANDS_ARE("open \"a.csv\"\ntrain 5\nopen \"b.npy\"\n", "a.csv", "-c", "train 5", "b.npy");
    COMMANDS_ARE("open \"two words \\\"q\\\".csv\"\n", "two words \"q\".csv");
    COMMANDS_ARE("open \"\u00fcber\"\n", "--headless", "\u00fcber");
}

static void after_two_dashes_all_are_files(void **state)
{
    (void)state;
    COMMANDS_ARE("open \"-x\"\nopen \"--headless\"\n", "--", "-x", "--headless");
}

static void files_of_lessons_are_given(void **state)
{
    (void)state;
    Options o;
    Error e;
    COMMANDS_ARE("lesson \"a/b.lesson\"\nopen \"lesson\"\n", "a/b.lesson", "lesson");
    assert_true(PARSE(&o, &e, "--check", "x.lesson", "--kiosk", "3", "x.lesson"));
    assert_string_equal(o.check, "x.lesson");
    assert_true(o.kiosk && !o.commands);
    assert_int_equal(o.lessons, 2);
    assert_string_equal(o.lesson[0], "3");
    options_free(&o);
}

static void what_is_no_file_may_be_a_code(void **state)
{
    (void)state;
    COMMANDS_ARE("code \"sf1-abc\"\nopen \"sf1.csv\"\n", "sf1-abc", "sf1.csv");
    folder_put("sf1-abc", "");
    COMMANDS_ARE("open \"sf1-abc\"\n", "sf1-abc");
}

static void options_keep_their_values(void **state)
{
    (void)state;
    Options o;
    Error e;
    assert_true(PARSE(&o, &e, "--size", "800x600", "f.csv", "--set", "sigma=0.5"));
    assert_int_equal(o.width, 800);
    assert_int_equal(o.height, 600);
    assert_false(o.headless);
    assert_string_equal(o.sigma, "0.5");
    options_free(&o);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    Options o;
    Error e;
    assert_false(PARSE(&o, &e, "--headles"));
    assert_non_null(strstr(e.text, "did you mean --headless?"));
    options_free(&o);
    assert_false(PARSE(&o, &e, "a.csv", "-c"));
    assert_non_null(strstr(e.text, "needs COMMANDS"));
    options_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_opened_in_turn),
        cmocka_unit_test(after_two_dashes_all_are_files),
        cmocka_unit_test(files_of_lessons_are_given),
        cmocka_unit_test_setup_teardown(what_is_no_file_may_be_a_code, folder_enter, folder_leave),
        cmocka_unit_test(options_keep_their_values),
        cmocka_unit_test(mistakes_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
