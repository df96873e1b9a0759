/* The drawing of the last start comes back, is written only when it changed, and is never lost. */
#include "app/kept_drawing.h"

#include "folder.h"
#include "scene/command.h"
#include "scene/drawing_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Start {
    Catalogue catalogue;
    Session session;
    KeptDrawing kept;
} Start;

/* Both workers' share of a state. */
static void ignore(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static bool begins(Start *s, Error *e)
{
    Settings settings = settings_defaults();
    *s = (Start){0};
    assert_true(catalogue_init(&s->catalogue));
    session_init(&s->session, &s->catalogue, &settings, (Host){.order = ignore});
    return kept_drawing_load(&s->kept, &s->session, e);
}

static void ends(Start *s)
{
    session_free(&s->session);
    catalogue_free(&s->catalogue);
}

static void runs(Start *s, const char *commands)
{
    Error e = {""};
    if (!command_run_all(&s->session, commands, &e))
        fail_msg("%s", e.text);
}

static void the_first_start_has_none(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    assert_true(begins(&s, &e));
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_int_not_equal(access(s.kept.path, F_OK), 0); /* nothing was drawn */
    ends(&s);
}

static void the_next_start_has_what_was_drawn(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    assert_true(begins(&s, &e));
    runs(&s, "stamp 0.25 0.5; stamp -1 0");
    Bytes before = {0}, after = {0};
    drawing_append(&before, &s.session.desk.drawing);
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    ends(&s);

    assert_true(begins(&s, &e));
    drawing_append(&after, &s.session.desk.drawing);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    assert_int_not_equal(settings_index(&s.session.settings, SET_TARGET), target_count()); /* it waits */
    assert_false(command_run_all(&s.session, "undo", &e));
    ends(&s);
    bytes_free(&before);
    bytes_free(&after);
}

static void what_did_not_change_is_not_written(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    assert_true(begins(&s, &e));
    runs(&s, "stamp 0.25 0.5");
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_int_equal(unlink(s.kept.path), 0);
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_int_not_equal(access(s.kept.path, F_OK), 0);
    runs(&s, "stamp 0 0");
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_int_equal(access(s.kept.path, F_OK), 0);
    ends(&s);
}

/* A crash costs at most the last half minute, and nothing is written while nothing changes. */
static void a_change_is_due_after_a_while(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    const Desk *desk = &s.session.desk;
    assert_true(begins(&s, &e));
    assert_false(kept_drawing_due(&s.kept, desk, 1000));
    runs(&s, "stamp 0 0");
    assert_false(kept_drawing_due(&s.kept, desk, 2000)); /* since now */
    assert_false(kept_drawing_due(&s.kept, desk, 2029));
    runs(&s, "stamp 0.5 0"); /* which puts nothing off */
    assert_true(kept_drawing_due(&s.kept, desk, 2031));
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_false(kept_drawing_due(&s.kept, desk, 3000));
    runs(&s, "stamp 0 0.5");
    assert_false(kept_drawing_due(&s.kept, desk, 3010));
    assert_true(kept_drawing_due(&s.kept, desk, 3041));
    ends(&s);
}

static void a_broken_file_is_put_aside(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    char aside[4200];
    assert_true(begins(&s, &e));
    runs(&s, "stamp 0 0");
    assert_true(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_int_equal(truncate(s.kept.path, 100), 0);
    ends(&s);
    assert_false(begins(&s, &e));
    assert_non_null(strstr(e.text, "drawing.json.refused"));
    assert_int_equal(s.session.desk.drawing.count, 0);
    snprintf(aside, sizeof aside, "%s.refused", s.kept.path);
    assert_int_equal(access(aside, F_OK), 0);
    assert_int_not_equal(access(s.kept.path, F_OK), 0);
    ends(&s);
}

/* Told once, tried again after a while, and told again only when it had worked meanwhile. */
static void a_failure_is_told_once_and_tried_again(void **state)
{
    (void)state;
    Start s;
    Error e = {""};
    char file[sizeof folder_path + 8];
    snprintf(file, sizeof file, "%s/file", folder_path);
    folder_put(file, "");
    setenv("XDG_DATA_HOME", file, 1);
    assert_true(begins(&s, &e));
    runs(&s, "stamp 0 0");
    assert_false(kept_drawing_save(&s.kept, &s.session, &s.session.desk, &e));
    assert_non_null(strstr(e.text, "file/scorefield"));
    const Desk *desk = &s.session.desk;
    assert_false(kept_drawing_due(&s.kept, desk, 1000));
    assert_true(kept_drawing_due(&s.kept, desk, 1031));
    assert_true(kept_drawing_save(&s.kept, &s.session, desk, &e));
    runs(&s, "stamp 0.5 0.5");
    assert_true(kept_drawing_save(&s.kept, &s.session, desk, &e));

    assert_int_equal(unlink(file), 0);
    assert_false(kept_drawing_due(&s.kept, desk, 2000));
    assert_true(kept_drawing_due(&s.kept, desk, 2031));
    assert_true(kept_drawing_save(&s.kept, &s.session, desk, &e));
    assert_int_equal(access(s.kept.path, F_OK), 0);
    assert_false(kept_drawing_due(&s.kept, desk, 3000) || kept_drawing_due(&s.kept, desk, 3031));

    assert_int_equal(nftw(file, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    folder_put(file, "");
    runs(&s, "stamp 0 0.5");
    assert_false(kept_drawing_save(&s.kept, &s.session, desk, &e));
    ends(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_start_has_none, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(the_next_start_has_what_was_drawn, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(what_did_not_change_is_not_written, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(a_change_is_due_after_a_while, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(a_broken_file_is_put_aside, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(a_failure_is_told_once_and_tried_again, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
