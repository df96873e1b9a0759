/* What the texts name exists: every command line, command, setting, key, option, file and ./dev command in them is
 * known to the tables, and every picture has the command that made it. Nothing is run. */
#include "app/options.h"
#include "app/reference.h"
#include "io/file.h"
#include "scene/command.h"
#include "scene/lesson.h"
#include "scene/state_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A fence holds a lesson, indented code lines of a shell. In texts whose `words` aren't checked, code spans are also
 * names in the source. */
static const struct {
    const char *name;
    bool words;
} texts[] = {{"README.md", true},
             {"CONTRIBUTING.md", false},
             {"docs/guide.md", true},
             {"docs/lectures.md", true},
             {"docs/lessons.md", true}};

enum { TEXTS = sizeof texts / sizeof *texts, WORDS_MAX = 32 };

static char *source(const char *name)
{
    char path[512], *text;
    unsigned char *bytes;
    size_t size;
    Error e;
    snprintf(path, sizeof path, SOURCE_FOLDER "/%s", name);
    if (!file_read_whole(path, 1 << 24, &bytes, &size, &e))
        fail_msg("%s", e.text);
    text = strndup((char *)bytes, size);
    free(bytes);
    return text;
}

/* Commands, by the table alone. A text with nothing in it is none. */
static bool check_commands(const char *text, Settings *s, Error *e)
{
    Command c;
    for (int n = 0; command_next(&text, &c, e); n++) {
        if (c.count == 0)
            return n > 0;
        const CommandInfo *row = command_find(c.word[0]);
        if (!row || c.count - 1 < row->min || c.count - 1 > row->max)
            return error_set(e, "\"%s\" is no command, or takes other words", c.word[0]);
        bool names = strcmp(row->usage, "NAME") == 0 || strncmp(row->usage, "NAME ", 5) == 0;
        if (names && setting_find(c.word[1]) == SETTING_COUNT)
            return error_set(e, "there is no setting %s", c.word[1]);
        if (strcmp(row->name, "set") == 0 && !settings_parse(s, setting_find(c.word[1]), c.word[2], e))
            return false;
    }
    return false;
}

/* Splits like a shell, in place: blanks, quotes of both kinds, # to the end. */
static int shell_words(char *p, char **word)
{
    int n = 0;
    while (*(p += strspn(p, " ")) && *p != '#' && n < WORDS_MAX) {
        char *out = p, quote = 0;
        for (word[n++] = p; *p && (quote || *p != ' '); p++) {
            if (quote ? *p == quote : *p == '\'' || *p == '"')
                quote = quote ? 0 : *p;
            else
                *out++ = *p;
        }
        p += *p != '\0';
        *out = '\0';
    }
    return n;
}

static void check_options(int argc, char **argv, const char *where)
{
    Options o;
    Error e = {"no commands"};
    bool ok = options_parse(&o, argc, argv, &e) && (!o.commands || check_commands(o.commands, &o.settings, &e));
    if (!ok)
        fail_msg("%s: %s", where, e.text);
    options_free(&o);
}

static bool is_program(const char *word)
{
    size_t n = strlen(word), m = strlen("scorefield");
    return n >= m && strcmp(word + n - m, "scorefield") == 0 && (n == m || word[n - m - 1] == '/');
}

/* A line of a shell: the program's, or ./dev's. False for any other. */
static bool check_line(const char *line, const char *where)
{
    char *copy = strdup(line), *word[WORDS_MAX], function[64];
    int n = shell_words(copy, word);
    bool program = n > 0 && is_program(word[0]), dev = n > 0 && strcmp(word[0], "./dev") == 0;
    if (program)
        check_options(n, word, where);
    if (dev) {
        char *script = source("dev");
        snprintf(function, sizeof function, "\ncommand_%s() {", n > 1 ? word[1] : "help");
        if (!strstr(script, function))
            fail_msg("%s: there is no %s %s", where, word[0], word[1]);
        if (n > 3 && strcmp(word[1], "shot") == 0)
            check_options(n - 2, word + 2, where);
        free(script);
    }
    free(copy);
    return program || dev;
}

static bool is_file(const char *name)
{
    static const char *const folders[] = {"", "docs/", "tests/reproduce/"};
    char path[512];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, SOURCE_FOLDER "/%s%s", folders[i], name);
        if (access(path, F_OK) == 0)
            return true;
    }
    return false;
}

/* As the reference or docs/report.md write it: alone or before its arguments. */
static bool is_named_in(const char *text, const char *name)
{
    char alone[128], before[128];
    snprintf(alone, sizeof alone, "`%s`", name);
    snprintf(before, sizeof before, "`%s ", name);
    return strstr(text, alone) || strstr(text, before);
}

static bool is_setting_with_value(const char *span)
{
    char set[256], *equals;
    Settings s = settings_defaults();
    Error e;
    snprintf(set, sizeof set, "set %s", span);
    if (!(equals = strchr(set, '=')))
        return false;
    *equals = ' ';
    return check_commands(set, &s, &e);
}

static bool is_known(const char *span, const char *reference, const char *report, const char *where)
{
    Settings s = settings_defaults();
    Error e;
    return is_named_in(reference, span) || is_named_in(report, span) || check_line(span, where) || is_file(span) ||
           is_setting_with_value(span) || state_code_is(span) || lecture_place_find(span) < LECTURE_PLACES ||
           check_commands(span, &s, &e);
}

static void check_spans(const char *line, const char *reference, const char *report, const char *where)
{
    char span[512];
    for (const char *end; (line = strchr(line, '`')); line = end + 1) {
        end = strchr(++line, '`');
        if (!end)
            fail_msg("%s: a code span goes on in the next line", where);
        snprintf(span, sizeof span, "%.*s", (int)(end - line), line);
        if (!is_known(span, reference, report, where))
            fail_msg("%s: there is no \"%s\"", where, span);
    }
}

static void check_comment(const char *line, const char *where)
{
    char *inside = strdup(line + strlen("<!-- ")), *end = strstr(inside, " -->");
    if (end)
        *end = '\0';
    check_line(inside, where);
    free(inside);
}

static void check_text(size_t which, const char *reference, const char *report)
{
    char *text = source(texts[which].name), *rest = text, *line, where[256];
    bool fenced = false;
    for (int number = 1; (line = strsep(&rest, "\n")); number++) {
        snprintf(where, sizeof where, "%s:%d", texts[which].name, number);
        if (strncmp(line, "```", 3) == 0)
            fenced = !fenced;
        else if (strncmp(line, "    ", 4) == 0)
            check_line(line, where);
        else if (strncmp(line, "<!-- ", 5) == 0)
            check_comment(line, where);
        else if (!fenced && texts[which].words)
            check_spans(line, reference, report, where);
    }
    free(text);
}

static void check_lesson_text(const char *text, size_t size, const Catalogue *catalogue)
{
    char *copy = strndup(text, size);
    Error e;
    Lesson *l = lesson_parse("lesson", copy, size, catalogue, NULL, &e);
    if (!l || l->problems > 0)
        fail_msg("%s", l ? l->problem[0].text : e.text);
    lesson_free(l);
    free(copy);
}

static void lessons_in_texts_are_right(void **state)
{
    (void)state;
    static const char fence[] = "\n```\n";
    Catalogue catalogue;
    int lessons = 0;
    assert_true(catalogue_init(&catalogue));
    for (size_t i = 0; i < TEXTS; i++) {
        char *text = source(texts[i].name), *begin = text;
        while ((begin = strstr(begin, fence))) {
            begin += strlen(fence);
            char *end = strstr(begin, fence);
            assert_non_null(end);
            check_lesson_text(begin, (size_t)(end - begin), &catalogue);
            begin = end + strlen(fence);
            lessons++;
        }
        free(text);
    }
    assert_int_equal(lessons, 1);
    catalogue_free(&catalogue);
}

static void what_texts_name_exists(void **state)
{
    (void)state;
    Bytes reference = {0};
    Error e;
    char *report = source("docs/report.md");
    assert_true(reference_append(&reference, "markdown", &e));
    bytes_append(&reference, "", 1);
    for (size_t i = 0; i < TEXTS; i++)
        check_text(i, (char *)reference.data, report);
    bytes_free(&reference);
    free(report);
}

/* path: as the text links to it, from its own folder. */
static void has_its_command(const char *path, const char *where)
{
    char command[512];
    bool made = false;
    const char *name = strstr(path, "pictures/");
    snprintf(command, sizeof command, "\n<!-- ./dev shot docs/%s --", name ? name : path);
    for (size_t i = 0; i < TEXTS; i++) {
        char *text = source(texts[i].name);
        made = made || strstr(text, command);
        free(text);
    }
    if (!made || !is_file(path))
        fail_msg("%s: %s isn't there, or has no command that made it", where, path);
}

static void pictures_have_their_commands(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEXTS; i++) {
        char *text = source(texts[i].name), path[256];
        for (char *link = text; (link = strstr(link, "![")); link++) {
            char *begin = strstr(link, "](");
            assert_non_null(begin);
            snprintf(path, sizeof path, "%.*s", (int)strcspn(begin + 2, ")"), begin + 2);
            has_its_command(path, texts[i].name);
        }
        free(text);
    }
}

static void what_does_not_exist_is_noticed(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    Error e;
    char line[] = "x 'two words'  \"a\"b #c", *word[WORDS_MAX];
    assert_true(check_commands("train 5; set target moons", &s, &e));
    assert_false(check_commands("trian 5", &s, &e));
    assert_false(check_commands("train 5 6", &s, &e));
    assert_false(check_commands("toggle nothing", &s, &e));
    assert_false(check_commands("set target moon", &s, &e));
    assert_false(is_known("Ctrl+Y", "`Ctrl+Z`", "", ""));
    assert_false(is_known("target=moon", "`target`", "", ""));
    assert_int_equal(shell_words(line, word), 3);
    assert_string_equal(word[1], "two words");
    assert_string_equal(word[2], "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_texts_name_exists),
        cmocka_unit_test(lessons_in_texts_are_right),
        cmocka_unit_test(pictures_have_their_commands),
        cmocka_unit_test(what_does_not_exist_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
