/* What came in from outside is told until something else changes; text from the clipboard comes in like a file. */
#include "scene/command.h"
#include "scene/desk_files.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fixture {
    Catalogue catalogue;
    Session session;
    const char *clipboard;
} Fixture;

static void ignore(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static char *clipboard_text(void *context)
{
    const Fixture *f = context;
    return f->clipboard ? strdup(f->clipboard) : NULL;
}

static int set_up(void **state)
{
    static Fixture f;
    Settings settings = settings_defaults();
    f = (Fixture){0};
    if (!catalogue_init(&f.catalogue))
        return -1;
    session_init(&f.session, &f.catalogue, &settings,
                 (Host){.context = &f, .order = ignore, .clipboard = clipboard_text});
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    session_free(&f->session);
    catalogue_free(&f->catalogue);
    return 0;
}

static void runs(Fixture *f, const char *commands)
{
    Error e = {""};
    if (!command_run_all(&f->session, commands, &e))
        fail_msg("%s", e.text);
}

static void is_refused(Fixture *f, const char *commands, const char *why)
{
    Error e = {""};
    uint64_t version = f->session.desk.version;
    assert_false(command_run_all(&f->session, commands, &e));
    if (!strstr(e.text, why))
        fail_msg("\"%s\" does not say \"%s\"", e.text, why);
    assert_int_equal(f->session.desk.version, version);
    assert_null(desk_loaded(&f->session.desk));
}

static void numbers_on_the_clipboard_become_points(void **state)
{
    Fixture *f = *state;
    f->clipboard = "height\twidth\n1,5\t2\n2,5\t4\nx\t4\n";
    runs(f, "paste");
    const Desk *desk = &f->session.desk;
    const Loaded *l = desk_loaded(desk);
    assert_non_null(l);
    assert_int_equal(l->kind, LOADED_POINTS);
    assert_int_equal(l->table.count, 2);
    assert_int_equal(l->table.skipped.count, 1);
    assert_true(l->table.low[0] == 1.5 && l->table.high[1] == 4);
    assert_null(l->table.x);
    assert_int_equal(desk->drawing.count, 1);
    assert_int_equal(desk->drawing.part[0].kind, PART_POINTS);
    assert_memory_equal(&l->units, &desk->drawing.part[0].points->units, sizeof l->units);
}

/* (x - origin) / scale is the point: what the card says is what was done. */
static void the_scale_that_is_told_is_the_one_that_was_used(void **state)
{
    Fixture *f = *state;
    f->clipboard = "10 20\n30 60\n40 10\n";
    runs(f, "paste");
    const Loaded *l = desk_loaded(&f->session.desk);
    assert_non_null(l);
    const float *x = f->session.desk.drawing.part[0].points->x;
    assert_true(fabs((10 - l->units.origin[0]) / l->units.scale - (double)x[0]) < 1e-6);
    assert_true(fabs((60 - l->units.origin[1]) / l->units.scale - (double)x[3]) < 1e-6);
}

static void other_text_is_refused(void **state)
{
    Fixture *f = *state;
    is_refused(f, "paste", "expected two columns of numbers");
    f->clipboard = "a letter to somebody";
    is_refused(f, "paste", "expected");
    f->clipboard = "";
    is_refused(f, "paste", "clipboard");
    f->clipboard = "1\n2\n3\n";
    is_refused(f, "paste", "clipboard");
}

static void the_next_change_ends_it(void **state)
{
    Fixture *f = *state;
    f->clipboard = "1 2\n3 4\n";
    runs(f, "paste; set show.data on; pan 1 0");
    assert_non_null(desk_loaded(&f->session.desk));
    runs(f, "set draw on; stamp 0 0");
    assert_null(desk_loaded(&f->session.desk));
    runs(f, "paste");
    assert_non_null(desk_loaded(&f->session.desk));
    runs(f, "undo");
    assert_null(desk_loaded(&f->session.desk));
}

static void it_is_closed_before_what_lies_under_it(void **state)
{
    Fixture *f = *state;
    f->clipboard = "1 2\n3 4\n";
    runs(f, "paste; set fullscreen on; set draw on; set draw.word on; cancel");
    assert_false(settings_on(&f->session.settings, SET_DRAW_WORD));
    assert_non_null(desk_loaded(&f->session.desk));
    runs(f, "cancel");
    assert_null(desk_loaded(&f->session.desk));
    assert_true(settings_on(&f->session.settings, SET_FULLSCREEN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_on_the_clipboard_become_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_scale_that_is_told_is_the_one_that_was_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_text_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_next_change_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_closed_before_what_lies_under_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
