/* Errands in the hands of a host that runs them when it likes: what follows in the same text finds them done, what is
 * called off brings nothing, and what fails says why. */
#include "drawings.h"
#include "folder.h"
#include "scene/command.h"
#include "scene/errand.h"

#define TABLE "errand table.csv"
#define OPEN  "open \"" TABLE "\""

enum { QUEUE = 8 };

typedef struct Bench {
    Catalogue catalogue;
    Session session;
    Errand *queue[QUEUE];
    size_t count;
} Bench;

/* Both workers' share of a state. */
static void ignore(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static void put_off(void *context, Errand *x)
{
    Bench *b = context;
    assert_in_range(b->count, 0, QUEUE - 1);
    b->queue[b->count++] = x;
}

static Errand *run_next(void *context)
{
    Bench *b = context;
    if (b->count == 0)
        return NULL;
    Errand *x = b->queue[0];
    memmove(b->queue, b->queue + 1, --b->count * sizeof *b->queue);
    errand_run(x);
    return x;
}

static int begin(void **state)
{
    static Bench b;
    Settings settings = settings_defaults();
    b = (Bench){0};
    *state = &b;
    if (folder_enter(NULL) || !catalogue_init(&b.catalogue))
        return -1;
    folder_put(TABLE, "x,y\n1,2\n3,4\n5,9\n");
    session_init(&b.session, &b.catalogue, &settings,
                 (Host){.context = &b, .order = ignore, .errand = put_off, .await = run_next});
    return 0;
}

static int end(void **state)
{
    Bench *b = *state;
    session_free(&b->session);
    catalogue_free(&b->catalogue);
    return folder_leave(NULL);
}

static void runs(Bench *b, const char *text)
{
    Error e;
    if (!command_run_all(&b->session, text, &e))
        fail_msg("%s", e.text);
}

static void a_file_comes_when_it_was_read(void **state)
{
    Bench *b = *state;
    Error e;
    runs(b, OPEN " # and no more; \n\n ;");
    assert_int_equal(b->session.desk.drawing.count, 0);
    assert_int_equal(session_loaded(&b->session)->kind, LOADED_READING);
    assert_string_equal(session_loaded(&b->session)->name, "errand table.csv");
    runs(b, "stamp 0 0"); /* a hand goes on */
    assert_true(session_await(&b->session, &e));
    assert_int_equal(b->session.desk.drawing.count, 1); /* the file is all there is */
    assert_int_equal(session_loaded(&b->session)->kind, LOADED_POINTS);
    assert_int_equal(settings_index(&b->session.settings, SET_TARGET), target_count());
    runs(b, "cancel");
    assert_null(session_loaded(&b->session));
}

static void what_follows_in_a_text_finds_it(void **state)
{
    Bench *b = *state;
    Error e;
    runs(b, OPEN "; part angle 1 30");
    assert_near(b->session.desk.drawing.part[0].angle, M_PI / 6, 1e-9);
    assert_false(command_run_all(&b->session, "open /nowhere/x.csv; part angle 1 60", &e));
    assert_non_null(strstr(e.text, "\"open /nowhere/x.csv\": /nowhere/x.csv"));
    assert_near(b->session.desk.drawing.part[0].angle, M_PI / 6, 1e-9);
}

/* Commands that read and write nothing neither wait for a disk that others keep busy, nor fail with it. */
static void what_needs_no_file_waits_for_none(void **state)
{
    Bench *b = *state;
    Error e;
    folder_put("errand.lesson", "scene \"One\"\nsay \"Two\"\n");
    runs(b, "save drawing /nowhere/x.json");
    runs(b, "set particles 123; set steps 45");
    assert_near(b->session.settings.value[SET_STEPS], 45, 0);
    runs(b, "lesson errand.lesson");
    assert_string_equal(b->session.lecture.caption, "Two");
    assert_int_equal(b->count, 1);
    assert_false(session_await(&b->session, &e));
}

static void what_is_called_off_brings_nothing(void **state)
{
    Bench *b = *state;
    Error e;
    runs(b, OPEN);
    runs(b, "cancel");
    assert_null(session_loaded(&b->session));
    runs(b, "stamp 0 0");
    runs(b, "save drawing errand.json"); /* which shows no card */
    assert_null(session_loaded(&b->session));
    runs(b, "undo");
    runs(b, "open /nowhere/x.csv");
    runs(b, "cancel");
    runs(b, OPEN);
    assert_int_equal(session_loaded(&b->session)->kind, LOADED_READING);
    assert_true(session_await(&b->session, &e));
    assert_int_equal(b->session.desk.steps, 2); /* the last one's */
}

static void what_fails_says_so(void **state)
{
    Bench *b = *state;
    Error e;
    runs(b, "open /nowhere/x.csv");
    assert_false(session_await(&b->session, &e));
    assert_non_null(strstr(e.text, "/nowhere/x.csv"));
    assert_null(session_loaded(&b->session));
    runs(b, "save drawing /nowhere/x.json");
    assert_false(session_await(&b->session, &e));
    assert_non_null(strstr(e.text, "/nowhere/x.json"));
}

/* A drawing is saved as it was when that was asked for, whatever was drawn since, and cancel is not for it. */
static void what_is_saved_is_of_its_moment(void **state)
{
    Bench *b = *state;
    Error e;
    runs(b, "stamp 0 0");
    runs(b, "save drawing \"" TABLE "\"");
    runs(b, "clear drawing");
    runs(b, "cancel");
    assert_true(session_await(&b->session, &e));
    assert_non_null(strstr(b->session.notice, "Saved /"));
    runs(b, OPEN "; cancel");
    assert_int_equal(b->session.desk.drawing.count, 1);
    assert_int_equal(b->session.desk.drawing.part[0].points->count, 1);
}

static size_t recent_after(Bench *b, const char *text)
{
    Error e;
    runs(b, text);
    session_await(&b->session, &e);
    return recent_count(&b->session.recent);
}

/* Files that were opened and saved, not those that somebody wanted to. */
static void recent_files_are_those_that_came_and_went(void **state)
{
    Bench *b = *state;
    folder_put("bad.csv", "no numbers\n");
    assert_int_equal(recent_after(b, "open bad.csv"), 0);
    assert_int_equal(recent_after(b, OPEN), 1);
    assert_int_equal(recent_after(b, "save drawing /nowhere/x.json"), 1);
    assert_int_equal(recent_after(b, "save drawing errand.json"), 2);
    assert_string_equal(strrchr(b->session.recent.path[0], '/'), "/errand.json");
}

/* In the next free name of the folder, and samples where there are no points. */
static void names_and_samples_are_found(void **state)
{
    Bench *b = *state;
    runs(b, "gaussian add 0 0; save drawing; save drawing; export points; cancel");
    assert_int_equal(unlink("scorefield-drawing-001.json"), 0);
    assert_int_equal(unlink("scorefield-drawing-002.json"), 0);
    runs(b, "open scorefield-drawing-001.csv; cancel");
    assert_int_equal(b->session.desk.drawing.part[0].points->count, 10000);
}

#define ERRAND_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ERRAND_TEST(a_file_comes_when_it_was_read),
        ERRAND_TEST(what_follows_in_a_text_finds_it),
        ERRAND_TEST(what_needs_no_file_waits_for_none),
        ERRAND_TEST(what_is_called_off_brings_nothing),
        ERRAND_TEST(what_fails_says_so),
        ERRAND_TEST(what_is_saved_is_of_its_moment),
        ERRAND_TEST(names_and_samples_are_found),
        ERRAND_TEST(recent_files_are_those_that_came_and_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
