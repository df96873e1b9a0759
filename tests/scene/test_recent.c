/* The files that were used last: each once, the newest first, and back from a list of lines. */
#include "scene/recent.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int make_files(void **state)
{
    int failed = folder_enter(state);
    for (char name[] = "a"; name[0] <= 'l' && !failed; name[0]++)
        folder_put(name, "");
    return failed;
}

static void the_newest_is_first_and_once(void **state)
{
    (void)state;
    static Recent r;
    char text[128], whole[sizeof folder_path + 2];
    for (char name[] = "a"; name[0] <= 'l'; name[0]++)
        recent_note(&r, name);
    assert_int_equal(recent_count(&r), RECENT_FILES);
    recent_note(&r, "./j");
    recent_note(&r, "nowhere");
    recent_print(&r, text, sizeof text);
    assert_string_equal(text, "1 j  2 l  3 k  4 i  5 h  6 g  7 f  8 e");
    snprintf(whole, sizeof whole, "%s/j", folder_path);
    assert_string_equal(r.path[0], whole);
    assert_int_equal(r.version, 13);
    recent_print(&r, text, 6); /* no room for more */
    assert_true(strlen(text) < 6);
}

static void lines_bring_them_back(void **state)
{
    (void)state;
    static Recent r, back;
    Bytes b = {0};
    recent_note(&r, "c");
    recent_note(&r, "b");
    recent_append(&b, &r);
    bytes_append(&b, "", 1);
    recent_read(&back, (const char *)b.data);
    assert_memory_equal(back.path, r.path, sizeof r.path);
    recent_read(&back, "\nrelative\n/x\n\n/y");
    assert_int_equal(recent_count(&back), 2);
    assert_string_equal(back.path[1], "/y");
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_is_first_and_once),
        cmocka_unit_test(lines_bring_them_back),
    };
    return cmocka_run_group_tests(tests, make_files, folder_leave);
}
