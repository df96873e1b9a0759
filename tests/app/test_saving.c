/* The session that is kept every minute: what fails is told once, and tried again until it works. */
#include "bench_session.h"
#include "folder.h"

#include "app/clock.h"
#include "app/saving.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Bench bench;
static Saving saving;

static void ignore(void *context)
{
    (void)context;
}

static int begin_saving(void **state)
{
    (void)state;
    if (folder_enter(NULL))
        return -1;
    begin(&bench);
    return saving_begin(&saving, &bench.session, ignore, NULL, 0) ? 0 : -1;
}

static int end_saving(void **state)
{
    (void)state;
    bool ended = saving_end(&saving, &bench.session, false);
    end(&bench);
    return ended ? folder_leave(NULL) : -1;
}

/* The lines that are told from now on, until nothing is being written. */
static int told_at(double now_s, Error *line)
{
    int told = 0;
    bool failed;
    do {
        told += saving_follow(&saving, &bench.session, 0, now_s, line, &failed);
        clock_sleep_until(clock_s() + 0.001);
    } while (saver_busy(&saving.saver));
    return told;
}

static bool is_kept(void)
{
    struct stat file;
    return stat(saving.autosave, &file) == 0 && S_ISREG(file.st_mode);
}

/* Nothing can be renamed over a folder. */
static void break_it(void)
{
    unlink(saving.autosave);
    assert_int_equal(mkdir(saving.autosave, 0700), 0);
}

static void mend_it(void)
{
    assert_int_equal(rmdir(saving.autosave), 0);
}

static void a_change_is_kept_within_a_minute(void **state)
{
    (void)state;
    Error line;
    run(&bench, "set seed 5");
    assert_int_equal(told_at(AUTOSAVE_S - 1, &line), 0);
    assert_false(is_kept());
    assert_int_equal(told_at(AUTOSAVE_S, &line), 0);
    assert_true(is_kept());
    assert_int_equal(unlink(saving.autosave), 0);
    told_at(3 * AUTOSAVE_S, &line);
    assert_false(is_kept()); /* nothing changed */
}

static void a_failure_is_told_once_and_tried_again(void **state)
{
    (void)state;
    Error line = {""};
    run(&bench, "set seed 5");
    break_it();
    assert_int_equal(told_at(AUTOSAVE_S, &line), 1);
    assert_non_null(strstr(line.text, "the session isn't kept"));
    assert_non_null(strstr(line.text, "autosave.safetensors"));
    run(&bench, "set seed 6");
    for (int minute = 2; minute < 6; minute++)
        assert_int_equal(told_at(minute * AUTOSAVE_S, &line), 0);
    mend_it();
    assert_int_equal(told_at(6 * AUTOSAVE_S - 1, &line), 0);
    assert_false(is_kept()); /* not before its time */
    assert_int_equal(told_at(6 * AUTOSAVE_S, &line), 0);
    assert_true(is_kept()); /* though nothing changed since */
    break_it();
    run(&bench, "set seed 7");
    assert_int_equal(told_at(7 * AUTOSAVE_S, &line), 1);
    mend_it();
}

/* The next start, on what a session left that was cut off in a lesson. */
static void a_session_cut_off_in_a_lesson_goes_on_from_before_it(void **state)
{
    (void)state;
    static Bench next;
    static Saving again;
    Error line;
    run(&bench, "set target moons; gaussian add 0.2 0.1; train 20; tick 9; lesson 5; next");
    told_at(AUTOSAVE_S, &line);
    assert_true(is_kept());
    assert_true(saving_end(&saving, &bench.session, true));
    begin(&next);
    assert_true(saving_begin(&again, &next.session, ignore, NULL, 0));
    run(&next, "train 3; restore");
    assert_int_equal(next.session.lecture.scene, 1);
    run(&bench, "lesson \"\"; train 9; tick 9"), run(&next, "lesson \"\"; train 9; tick 9");
    assert_same_going(&bench, &next);
    assert_int_equal(next.learner.trainer.statistics.steps, 29);
    assert_int_equal(next.session.desk.drawing.count, 1);
    assert_true(saving_end(&again, &next.session, false));
    end(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_change_is_kept_within_a_minute, begin_saving, end_saving),
        cmocka_unit_test_setup_teardown(a_session_cut_off_in_a_lesson_goes_on_from_before_it, begin_saving, end_saving),
        cmocka_unit_test_setup_teardown(a_failure_is_told_once_and_tried_again, begin_saving, end_saving),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
