/* Drawing through the command language, with a learner and a simulation that follow as they do without a window. */
#include "scene/command.h"
#include "scene/drawing_subject.h"

#include "catalogue.h"
#include "drawings.h"
#include "folder.h"
#include "near.h"

#include "scene/simulation.h"

typedef struct Bench {
    Session session;
    Learner learner;
    Simulation simulation;
    size_t orders, outputs;
} Bench;

static void carry_out(void *context, const Order *o)
{
    Bench *b = context;
    b->orders++;
    if (o->kind == ORDER_SETTINGS) {
        learner_apply(&b->learner, &o->settings);
        simulation_apply(&b->simulation, &o->settings);
    } else if (o->kind == ORDER_CAPTURE) {
        state_capture_learner(o->state, &b->learner);
        simulation_capture(&b->simulation, &o->state->pair.first);
    } else if (o->kind == ORDER_RESUME) {
        learner_resume(&b->learner, &o->state->learner);
        simulation_resume(&b->simulation, &o->state->pair.first, &o->settings);
    }
    for (int worker = 0; worker < 2; worker++)
        state_release(o->state);
    for (uint64_t i = 0; o->kind == ORDER_TRAIN && i < o->n; i++)
        learner_step(&b->learner);
}

static bool put_out(void *context, const Output *output, Error *e)
{
    (void)output;
    (void)e;
    ((Bench *)context)->outputs++;
    return true;
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    (void)context;
    (void)face;
    const float level[6] = {1, 0, 1, 0, 1, 0};
    if (strcmp(text, "unknown") == 0)
        return error_set(e, "no face has all letters of \"%s\"", text);
    *out = raster_of_levels(level, 2, 3);
    return *out;
}

static Bench *begin(void)
{
    Bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    Settings s = settings_defaults();
    s.value[SET_WIDTH] = 16;
    s.value[SET_DEPTH] = 1;
    s.value[SET_BATCH] = 8;
    s.value[SET_PARTICLES] = 20;
    s.value[SET_PLAYING] = 0;
    assert_true(learner_init(&b->learner, &catalogue, &s) && simulation_init(&b->simulation, &catalogue, &s));
    session_init(&b->session, &catalogue, &s, (Host){.context = b, .order = carry_out, .output = put_out});
    return b;
}

static void end(Bench *b)
{
    session_free(&b->session);
    learner_free(&b->learner);
    simulation_free(&b->simulation);
    free(b);
}

static void run(Bench *b, const char *text)
{
    Error e;
    b->session.notice[0] = '\0';
    if (!command_run_all(&b->session, text, &e))
        fail_msg("%s", e.text);
}

/* What is drawn, what is set and what is studied are as before. */
static void refuse(Bench *b, const char *text, const char *part)
{
    Error e;
    run(b, "tick 0");
    Settings before = b->session.settings;
    uint64_t steps = b->session.desk.steps, top = b->session.undo.top;
    size_t parts = b->session.desk.drawing.count;
    const Subject *subject = b->session.subject;
    assert_false(command_run_all(&b->session, text, &e));
    if (!strstr(e.text, part))
        fail_msg("\"%s\" should say \"%s\"", e.text, part);
    assert_memory_equal(&b->session.settings, &before, sizeof before);
    assert_int_equal(b->session.desk.steps, steps);
    assert_int_equal(b->session.undo.top, top);
    assert_int_equal(b->session.desk.drawing.count, parts);
    assert_ptr_equal(b->session.subject, subject);
}

static size_t target_of_session(const Bench *b)
{
    return settings_index(&b->session.settings, SET_TARGET);
}

/* Session, learner and simulation study the drawing of the desk, as it is. */
static void assert_followed(const Bench *b)
{
    Error e;
    Subject *expected = drawing_subject(&b->session.desk.drawing, 0, &e);
    assert_non_null(expected);
    assert_int_equal(target_of_session(b), target_count());
    assert_int_equal(b->session.subject->revision, b->session.desk.version);
    assert_same_target(&b->session.subject->target, &expected->target);
    assert_same_target(&b->learner.subject->target, &expected->target);
    assert_same_target(simulation_target(&b->simulation), &expected->target);
    subject_release(expected);
}

/* tick 0 makes what was drawn be studied. */
static void a_stroke_is_studied_by_all(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "train 3; stroke begin -0.5 0; stroke to 0.2 0.4; stroke to 0.5 0; tick 0");
    assert_followed(b); /* before the pen is lifted */
    uint64_t steps = b->learner.trainer.statistics.steps;
    run(b, "stroke end 0.7 0; tick 0");
    assert_followed(b);
    assert_int_equal(b->learner.trainer.statistics.steps, steps); /* it goes on from where it was */
    run(b, "set draw.tool eraser; stroke begin 0.5 0; stroke end; set draw.fit on; tick 0");
    assert_followed(b);
    assert_near(b->session.settings.drawing_std, b->session.subject->target.frame.std, 0);
    double min, max;
    setting_range(&b->session.settings, SET_SIGMA, &min, &max);
    assert_near(max, b->session.subject->target.sigma_max, 1e-9 * max);
    end(b);
}

/* However many pieces it came in. */
static void pieces_in_a_row_are_composed_once(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "set target drawn; tick 0");
    b->orders = 0;
    run(b, "stroke begin 0 0; stroke to 0.1 0; stroke to 0.2 0; stroke to 0.3 0; stroke end");
    assert_int_equal(b->orders, 0);
    run(b, "tick 0");
    assert_int_equal(b->orders, 2);
    end(b);
}

static void drawing_is_gone_into_and_out_of(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "set target moons; train 5; toggle draw");
    size_t moons = b->session.settings.undrawn;
    assert_string_equal(target_info(moons)->name, "moons");
    assert_int_equal(target_of_session(b), target_count());
    run(b, "paint circle 0 0 0.4; tick 0");
    assert_followed(b);
    run(b, "toggle draw");
    assert_int_equal(target_of_session(b), moons);
    run(b, "undo"); /* leaving is taken back, then what was drawn, then entering */
    assert_true(settings_on(&b->session.settings, SET_DRAW));
    run(b, "tick 0");
    assert_followed(b);
    run(b, "undo; undo");
    assert_false(settings_on(&b->session.settings, SET_DRAW));
    assert_int_equal(target_of_session(b), moons);
    assert_int_equal(b->learner.trainer.statistics.steps, 5);
    run(b, "redo; redo; redo; toggle draw; tick 0");
    assert_followed(b); /* the drawing was parked, not lost */
    assert_false(drawing_empty(&b->session.desk.drawing));
    run(b, "set target spirals");
    assert_false(settings_on(&b->session.settings, SET_DRAW));
    end(b);
}

static void undo_to_the_start_gives_the_same_bytes(void **state)
{
    (void)state;
    enum { STEPS = 300 };
    Bench *b = begin();
    run(b, "set target drawn; tick 0");
    Subject *first = subject_hold(b->session.subject);
    for (int i = 0; i < STEPS; i++) {
        char text[96];
        snprintf(text, sizeof text, "gaussian add %.3f 0.1 0.05", i * 0.001);
        run(b, text);
    }
    run(b, "drop 0 0; paint line 0 0 1 1; part add moons; clear drawing; tick 0");
    for (int i = 0; i < STEPS + 4; i++)
        run(b, "undo");
    run(b, "tick 0");
    assert_same_target(&b->session.subject->target, &first->target);
    assert_int_equal(b->session.desk.history.present, 0);
    run(b, "undo"); /* the change of target */
    refuse(b, "undo", "nothing to undo");
    for (int i = 0; i < STEPS + 5; i++)
        run(b, "redo");
    refuse(b, "redo", "nothing to redo");
    assert_int_equal(b->session.desk.drawing.count, 0);
    run(b, "undo; undo; tick 0");
    assert_followed(b);
    assert_int_equal(b->session.desk.drawing.count, 2);
    subject_release(first);
    end(b);
}

/* Half of a run of steps undone, then something else done: what was undone is gone. */
static void a_new_step_ends_what_could_be_redone(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "gaussian add 0 0; gaussian add 0.1 0; gaussian add 0.2 0; undo; undo; drop 0 0");
    refuse(b, "redo", "nothing to redo");
    run(b, "undo; redo; undo; undo");
    assert_int_equal(b->session.desk.drawing.count, 0);
    run(b, "redo");
    assert_int_equal(b->session.desk.drawing.part[0].gaussians->count, 1);
    run(b, "gaussian add 0.3 0; undo; redo");
    assert_int_equal(b->session.desk.drawing.part[0].gaussians->count, 2);
    refuse(b, "redo", "nothing to redo");
    end(b);
}

/* More changes of target than there are states: the target still comes back, and what was drawn before. */
static void strokes_outlive_the_states_that_are_kept(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "set draw on; paint circle 0 0 0.4");
    for (int i = 0; i < UNDO_STATES + 3; i++)
        run(b, "toggle draw");
    for (int i = 0; i < UNDO_STATES + 3; i++)
        run(b, "undo");
    assert_true(settings_on(&b->session.settings, SET_DRAW));
    run(b, "tick 0");
    assert_followed(b);
    run(b, "undo; undo");
    assert_int_equal(b->session.desk.drawing.count, 0);
    assert_false(settings_on(&b->session.settings, SET_DRAW));
    end(b);
}

/* The history forgets the oldest when its memory is used up: then that is the end. */
static void what_the_history_forgot_ends_the_list(void **state)
{
    (void)state;
    Bench *b = begin();
    run(b, "drop 0 0; stroke begin 0 0; stroke end");
    b->session.desk.history.budget = 4000000;
    for (int i = 0; i < 40; i++) {
        char text[96];
        snprintf(text, sizeof text, "paint clear; paint circle 0 0 %.3f; paint fill 0 0", 0.1 + 0.02 * i);
        run(b, text);
    }
    Error e;
    int undone = 0;
    while (session_undo(&b->session, &e))
        undone++;
    assert_true(undone > 1 && undone < 120);
    assert_int_equal(b->session.desk.history.present, 0);
    for (; undone > 0; undone--)
        assert_true(session_redo(&b->session, &e));
    assert_false(session_redo(&b->session, &e));
    run(b, "tick 0");
    assert_followed(b);
    end(b);
}

static void a_file_comes_and_goes_in_one_step(void **state)
{
    (void)state;
    Bench *b = begin();
    folder_put("commands drawing.csv", "a;b\n1;2\n3;4\n5;9\n");
    size_t before = target_of_session(b);
    run(b, "open \"commands drawing.csv\"; tick 0");
    assert_followed(b);
    run(b, "open \"commands drawing.csv\" b a");
    assert_int_equal(b->session.desk.drawing.count, 1);
    assert_near(b->session.desk.drawing.part[0].points->units.origin[0], 5, 1e-6);
    run(b, "set draw on; open \"commands drawing.csv\"; set draw off");
    assert_int_equal(b->session.desk.drawing.count, 2); /* with the tools at hand: one more part */
    run(b, "undo; undo");
    assert_int_equal(target_of_session(b), target_count());
    run(b, "undo");
    assert_int_equal(target_of_session(b), before);
    assert_string_equal(b->session.notice, "Undone: opening commands drawing.csv");
    run(b, "redo; tick 0");
    assert_followed(b);
    assert_int_equal(b->session.desk.drawing.count, 1);
    run(b, "undo");
    refuse(b, "undo", "nothing to undo");
    refuse(b, "open /nowhere/x.csv", "/nowhere/x.csv");
    refuse(b, "open \"commands drawing.csv\" c d", "\"c\"");
    end(b);
}

static void words_come_from_the_host(void **state)
{
    (void)state;
    Bench *b = begin();
    refuse(b, "word hello", "no fonts");
    b->session.host.word = set_word;
    refuse(b, "word unknown", "no face");
    refuse(b, "word \"\"", "from 1 to");
    run(b, "word \"\u2207 \u03c3\" Inter; tick 0");
    assert_followed(b);
    const Part *p = &b->session.desk.drawing.part[0];
    assert_string_equal(p->raster->text, "\u2207 \u03c3");
    assert_string_equal(p->raster->face, "Inter");
    end(b);
}

static void parts_are_moved_and_ordered(void **state)
{
    (void)state;
    Bench *b = begin();
    const Drawing *d = &b->session.desk.drawing;
    refuse(b, "part size 1 2", "no parts");
    run(b,
        "part add moons; gaussian add 0 0; part place 1 0.5 -0.5; part size 1 0.5; part angle 1 90; part weight 2 3");
    assert_near(d->part[0].place[1], -0.5, 0);
    assert_near(d->part[0].angle, M_PI / 2, 1e-12);
    assert_near(d->part[1].weight, 3, 0);
    run(b, "part up 1; part up 2; part duplicate 1; part show 1 off; tick 0");
    assert_int_equal(d->part[2].kind, PART_TARGET);
    assert_int_equal(d->count, 3);
    assert_followed(b);
    run(b, "part up 3");
    assert_string_equal(b->session.notice, "It is the uppermost part already");
    run(b, "part down 1");
    assert_string_equal(b->session.notice, "It is the lowest part already");
    run(b, "part select 3; part down 3; part down 1; part remove 1");
    assert_int_equal(d->part[0].kind, PART_TARGET);
    assert_int_equal(b->session.desk.chosen, d->part[0].id);
    run(b, "part select 0");
    assert_int_equal(b->session.desk.chosen, 0);
    refuse(b, "part add moon", "did you mean moons");
    refuse(b, "part remove 3", "from 1 to 2");
    refuse(b, "part remove 0", "from 1 to 2");
    refuse(b, "part size 1 0", "expected a number from 0.001");
    refuse(b, "part show 1 maybe", "on or off");
    refuse(b, "part weight 1 nan", "got \"nan\"");
    end(b);
}

static void bad_input_is_refused_in_a_line(void **state)
{
    (void)state;
    Bench *b = begin();
    refuse(b, "stroke to 0 0", "no stroke is under way");
    refuse(b, "stroke begin 0", "it is used as: stroke begin X Y");
    refuse(b, "stroke begin nan 0", "got \"nan\"");
    refuse(b, "stroke end 1", "two numbers");
    refuse(b, "paint squiggle 0 0", "line, circle, fill or clear");
    refuse(b, "paint circle 0 0 -1", "expected a number from 0");
    refuse(b, "gaussian to 0 0", "no Gaussian is held");
    refuse(b, "gaussian add 0 0 0", "expected a number from 0.004");
    refuse(b, "gaussian grab 0 0 0.1", "there is no Gaussian");
    refuse(b, "gaussian weight 0 0 0.1 2", "there is no Gaussian");
    refuse(b, "gaussian delete 0 0 0.1", "there is no Gaussian");
    refuse(b, "clear all", "clear takes drawing");
    refuse(b, "save picture x", "save takes drawing");
    refuse(b, "export points x.csv", "the drawing is empty");
    refuse(b, "save drawing /nowhere/x.json", "/nowhere/x.json");
    refuse(b, "set draw.size 3", "from 0.005 to 1");
    run(b, "paint fill 5 5; unstamp 0 0 1; paint clear; gaussian drop; clear drawing"); /* nothing there to change */
    refuse(b, "undo", "nothing to undo");
    assert_int_equal(target_of_session(b), 0);
    end(b);
}

/* A catalogue knows one drawing at a time. */
#define DRAWING_TEST(f) cmocka_unit_test_setup_teardown(f, build_catalogue, free_catalogue)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(a_stroke_is_studied_by_all),
        DRAWING_TEST(pieces_in_a_row_are_composed_once),
        DRAWING_TEST(drawing_is_gone_into_and_out_of),
        DRAWING_TEST(undo_to_the_start_gives_the_same_bytes),
        DRAWING_TEST(a_new_step_ends_what_could_be_redone),
        DRAWING_TEST(strokes_outlive_the_states_that_are_kept),
        DRAWING_TEST(what_the_history_forgot_ends_the_list),
        DRAWING_TEST(a_file_comes_and_goes_in_one_step),
        DRAWING_TEST(words_come_from_the_host),
        DRAWING_TEST(parts_are_moved_and_ordered),
        DRAWING_TEST(bad_input_is_refused_in_a_line),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
