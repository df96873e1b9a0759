/* A state: what was comes back whole, and goes on as if nothing had been. */
#include "bench_session.h"
#include "folder.h"

#include <unistd.h>

static const char strokes[] = "set draw on; paint circle 0 0 0.5; paint line -0.8 -0.8 0.8 0.8; gaussian add 0.3 -0.2";
static const char on[] = "train 40; tick 30";

/* Each begins a course that another state interrupts. */
static const char *const courses[] = {
    "train 60; tick 50",
    "set target moons; set dynamics dpm2m; set dynamics.second over; set other.dynamics underdamped; train 33; tick 70",
    "set dynamics rk45; set tolerance 1e-6; set particles 4000; set train.samples 30; set truth set; train 20; tick 9",
    "set field exact; set dynamics hmc; set sigma 0.2; pause; drop 0.1 0.2 5 0.1; tick 33",
    "train 20; set train.rate 0.1; set forward on; tick 100; step -3",
    "set draw on; paint circle 0 0 0.5; gaussian add 0.3 -0.2; train 20; set draw.fit on; train 20; tick 40",
};

static void going_on_is_as_if_nothing_had_been(void **state)
{
    (void)state;
    static Bench a, b;
    Error e;
    for (size_t i = 0; i < sizeof courses / sizeof *courses; i++) {
        begin(&a), begin(&b);
        run(&a, courses[i]), run(&b, courses[i]);
        State *kept = session_capture(&b.session);
        assert_true(kept && state_complete(kept) && state_whole(kept));
        run(&b, "set seed 9; set net.width 24; set target checkerboard; set steps 7; set theme light; set wipe field");
        run(&b, strokes);
        run(&b, "train 11; tick 50; drop 1 1");
        assert_true(session_resume(&b.session, kept, "opening", &e));
        run(&a, on), run(&b, on);
        assert_same_going(&a, &b);
        assert_int_equal(a.session.desk.drawing.count, b.session.desk.drawing.count);
        assert_near(b.session.settings.value[SET_THEME], THEME_LIGHT, 0); /* a person's */
        assert_near(b.session.settings.value[SET_WIPE], a.session.settings.value[SET_WIPE], 0);
        assert_true(session_resume(&b.session, kept, "opening", &e)); /* as often as one likes */
        run(&b, on);
        assert_same_going(&a, &b);
        state_release(kept);
        end(&a), end(&b);
    }
}

static void what_was_before_can_be_had_again(void **state)
{
    (void)state;
    static Bench a, b;
    Error e;
    begin(&a), begin(&b);
    run(&b, "train 10; tick 5");
    State *kept = session_capture(&b.session);
    run(&a, "train 10; tick 5"), run(&a, "set target moons; set steps 9; train 5; tick 20");
    run(&b, "set target moons; set steps 9; train 5; tick 20");
    assert_true(session_resume(&b.session, kept, "opening", &e));
    run(&b, "train 3; tick 3; undo");
    run(&a, on), run(&b, on);
    assert_same_going(&a, &b);
    assert_near(b.session.settings.value[SET_STEPS], 9, 0);
    state_release(kept);
    end(&a), end(&b);
}

/* A network that learns a drawing is not sent to learn the same drawing anew. */
static void what_learned_a_drawing_goes_on_after_undo(void **state)
{
    (void)state;
    static const char course[] = "set draw on; gaussian add 0.5 0.5; train 20; tick 10";
    static const char *const others[] = {
        "open session_state.safetensors",
        "code "
        "sf1-JVO6-njadY5LCoMwEIb3OUXIWiTFuulVxMWgYxyqUTKxQot37wwIpYWGLPK_PpIhBcy2T7BHwxRmsNeyNpxxZVtVRgOKwbzcsKQZsr"
        "tZx92ScCCcenvGrrDugYlpiVK4iBpIqwNMjKJWSJlFN8K5U-yVEmBjJois4wgz_pjGuh0pjPkkrhN02ml8YX0rBtMTzwximPTt1R6XXX-"
        "R04YK-"
        "SBl20hbri997b9P9deVRdse7WHesh1V1Q"};
    static Bench a, b;
    begin(&b);
    run(&b, "gaussian add -1 0; set target moons; train 3; save session_state.safetensors");
    end(&b);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        begin(&a), begin(&b);
        run(&a, course), run(&b, course);
        run(&b, others[i]);
        run(&b, "train 2; undo; redo; tick 3; undo");
        run(&a, on), run(&b, on);
        assert_same_going(&a, &b);
        end(&a), end(&b);
    }
}

/* The drawing goes along, there and back. */
static void a_drawing_that_was_replaced_comes_back(void **state)
{
    (void)state;
    static Bench b;
    Error e;
    begin(&b);
    State *empty = session_capture(&b.session);
    run(&b, strokes);
    size_t parts = b.session.desk.drawing.count;
    State *drawn = session_capture(&b.session);
    assert_true(session_resume(&b.session, empty, "opening", &e));
    assert_int_equal(b.session.desk.drawing.count, 0);
    assert_false(settings_on(&b.session.settings, SET_DRAW));
    run(&b, "undo; train 1");
    assert_int_equal(b.session.desk.drawing.count, parts);
    assert_int_equal(b.learner.subject->row, target_count());
    assert_false(b.learner.subject->blank);
    run(&b, "redo; train 1");
    assert_int_equal(b.session.desk.drawing.count, 0);
    assert_int_equal(b.learner.subject->row, 0);
    run(&b, "clear drawing");
    assert_true(session_resume(&b.session, drawn, "opening", &e));
    run(&b, "train 1");
    assert_int_equal(b.session.desk.drawing.count, parts);
    assert_int_equal(b.learner.subject->row, target_count());
    assert_false(b.session.subject->blank);
    state_release(empty);
    state_release(drawn);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(going_on_is_as_if_nothing_had_been),
        cmocka_unit_test(what_was_before_can_be_had_again),
        cmocka_unit_test(what_learned_a_drawing_goes_on_after_undo),
        cmocka_unit_test(a_drawing_that_was_replaced_comes_back),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
