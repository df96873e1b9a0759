/* The reference: every row of every table is in every format, what is kept is what the program says now, and the manual
 * page is nothing but ASCII and known macros. */
#include "app/options.h"
#include "app/reference.h"
#include "app/reference_formats.h"
#include "io/file.h"
#include "scene/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *reference(const char *format)
{
    Bytes b = {0};
    Error e;
    if (!reference_append(&b, format, &e))
        fail_msg("%s", e.text);
    bytes_append(&b, "", 1);
    assert_false(b.failed);
    return (char *)b.data;
}

static void is_kept(const char *path, const char *format)
{
    unsigned char *kept;
    size_t size;
    Error e;
    char *now = reference(format);
    if (!file_read_whole(path, 1 << 24, &kept, &size, &e))
        fail_msg("%s", e.text);
    if (size != strlen(now) || memcmp(kept, now, size) != 0)
        fail_msg("%s is stale: ./dev docs makes it anew", path);
    free(kept);
    free(now);
}

static void what_is_kept_is_what_the_tables_say(void **state)
{
    (void)state;
    is_kept(SOURCE_FOLDER "/docs/scorefield.1", "man");
    is_kept(SOURCE_FOLDER "/docs/reference.md", "markdown");
}

/* A format writes an entry the same way wherever it stands. */
static void has(const ReferenceFormat *f, const char *text, const char *name, const char *argument)
{
    Bytes b = {0};
    f->entry(&b, name, argument, "");
    bytes_append(&b, "", 1);
    b.data[strcspn((char *)b.data + 5, "\n") + 5] = '\0'; /* its text may go on: compare up to the end of its name */
    if (!strstr(text, (char *)b.data))
        fail_msg("%s lacks \"%s\"", f->name, name);
    bytes_free(&b);
}

static void has_every_row(const ReferenceFormat *f)
{
    char *text = reference(f->name);
    for (size_t i = 0; option_info(i); i++)
        has(f, text, option_info(i)->name, option_info(i)->value ? option_info(i)->value : "");
    for (size_t i = 0; command_info(i); i++)
        has(f, text, command_info(i)->name, command_info(i)->usage);
    for (SettingId id = 0; id < SETTING_COUNT; id++)
        has(f, text, setting_info(id)->name, "");
    for (size_t i = 0; key_binding(i); i++)
        has(f, text, key_binding(i)->key, "");
    free(text);
}

static void every_row_is_in_every_format(void **state)
{
    (void)state;
    for (size_t i = 0; reference_format(i); i++)
        has_every_row(reference_format(i));
}

static void every_choice_is_explained_once(void **state)
{
    (void)state;
    char *text = reference("markdown"), row[1024];
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        for (size_t i = 0; setting_info(id)->kind == SETTING_CHOICE && setting_info(id)->choice_name(i); i++) {
            snprintf(row, sizeof row, "\n  - `%s`: %s", setting_info(id)->choice_name(i),
                     setting_info(id)->choice_help(i));
            const char *found = strstr(text, row);
            if (!found)
                fail_msg("%s %s isn't explained", setting_info(id)->name, setting_info(id)->choice_name(i));
            assert_null(strstr(found + 1, row));
        }
    }
    free(text);
}

static void plain_text_has_no_marks(void **state)
{
    (void)state;
    char *text = reference("plain");
    assert_null(strchr(text, '`'));
    assert_null(strstr(text, " \n"));
    free(text);
}

static void the_manual_page_is_ascii_and_known_macros(void **state)
{
    (void)state;
    static const char *const known[] = {".\\\"", ".TH ", ".SH ", ".SS ", ".PP", ".TP",
                                        ".br",   ".RS ", ".RE",  ".nf",  ".fi", ".B "};
    char *text = reference("man");
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        bool fine = line[0] != '.' && line[0] != '\'';
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            fine = fine || strncmp(line, known[i], strlen(known[i])) == 0;
        for (const char *c = line; *c; c++)
            fine = fine && *c >= ' ' && *c <= '~';
        if (!fine)
            fail_msg("a line that troff reads otherwise: %s", line);
    }
    free(text);
}

static void letters_of_every_length_become_code_points(void **state)
{
    (void)state;
    Bytes b = {0};
    for (size_t i = 0; reference_format(i); i++) {
        if (strcmp(reference_format(i)->name, "man") == 0)
            reference_format(i)->paragraph(&b, "-\\'\u03c3\u2207\U0001d7d9`x`.");
    }
    bytes_append(&b, "", 1);
    assert_string_equal((char *)b.data, ".PP\n\\&\\-\\e\\(aq\\[u03C3]\\[u2207]\\[u1D7D9]\\fBx\\fR.\n");
    bytes_free(&b);
}

static void an_unknown_format_is_refused(void **state)
{
    (void)state;
    Bytes b = {0};
    Error e;
    assert_false(reference_append(&b, "mam", &e));
    assert_non_null(strstr(e.text, "did you mean man?"));
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_what_the_tables_say),
        cmocka_unit_test(every_row_is_in_every_format),
        cmocka_unit_test(every_choice_is_explained_once),
        cmocka_unit_test(plain_text_has_no_marks),
        cmocka_unit_test(the_manual_page_is_ascii_and_known_macros),
        cmocka_unit_test(letters_of_every_length_become_code_points),
        cmocka_unit_test(an_unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
