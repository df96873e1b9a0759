/* Files of states: opened elsewhere, everything goes on with the same bytes; what is damaged is refused whole. */
#include "bench_session.h"

#include "folder.h"
#include "io/file.h"

static const char on[] = "train 40; tick 60";

/* Of the samplers, courses, networks, cuts and changes tried: sanitizers take many times as long. */
#if defined SCOREFIELD_SANITIZED
enum { ONE_OF = 5 };
#else
enum { ONE_OF = 1 };
#endif

static Bytes file_of(Bench *b, StateFile what)
{
    Bytes bytes = {0};
    State *state = session_capture(&b->session);
    assert_true(state && state_whole(state));
    state_append(&bytes, state, what);
    assert_false(bytes.failed);
    state_release(state);
    return bytes;
}

static void opens(Bench *b, const Bytes *file)
{
    Error e = {0};
    if (!session_open(&b->session, "file", file->data, file->size, &e))
        fail_msg("%s", e.text);
}

static void assert_same_files(Bench *a, Bench *b, const char *course)
{
    Bytes one = file_of(a, STATE_FILE_WHOLE), other = file_of(b, STATE_FILE_WHOLE);
    if (one.size != other.size || memcmp(one.data, other.data, one.size) != 0)
        fail_msg("another file after \"%s\"", course);
    bytes_free(&one);
    bytes_free(&other);
}

static void opens_what_is(Bench *b, Bench *of)
{
    Bytes file = file_of(of, STATE_FILE_WHOLE);
    opens(b, &file);
    bytes_free(&file);
}

/* One bench goes on; another, which did something else, opens the file and goes on. */
static void assert_exact(const char *course)
{
    static Bench a, b;
    begin(&a), begin(&b);
    run(&a, course);
    run(&b, "set draw on; gaussian add -0.5 0; train 3; tick 5");
    opens_what_is(&b, &a);
    assert_same_files(&a, &b, course);
    run(&a, on), run(&b, on);
    assert_same_going(&a, &b);
    end(&a), end(&b);
}

static void every_sampler_goes_on_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLER_COUNT; i += ONE_OF) {
        char course[128];
        bool exact = sampler_info(i)->exact;
        snprintf(course, sizeof course, "%sset dynamics %s; train 25; tick 41", exact ? "set field exact; " : "",
                 sampler_info(i)->name);
        assert_exact(course);
    }
}

static void every_kind_of_course_goes_on_exactly(void **state)
{
    (void)state;
    static const char *const courses[] = {
        "set draw on; paint circle 0 0 0.5; gaussian add 0.3 -0.2 0.2; stamp 0.1 0.7; train 20; tick 40",
        "set draw on; paint line -0.5 -0.5 0.5 0.1; train 7; set draw.fit on; train 20; set draw off; tick 9",
        "set dynamics.second beside; set other.dynamics underdamped; set dynamics dpm2m; train 20; tick 77",
        "set train.samples 20; set truth set; set train.source all; train 50; tick 30",
        "set train.rate 1; set train.objective implicit; train 400; tick 3",
        "set target moons; set net.width 24; set net.prediction epsilon; set net.features off; set schedule vp; train "
        "30",
        "set train.budget 60; set train.batch 40; train 50; set target ring8; train 9; tick 15",
        "set dynamics rk45; set tolerance 1e-6; set particles 6000; train 20; tick 3",
        "set field exact; set dynamics hmc; set leaps 40; set particles 5000; pause; set sigma 0.3; tick 2",
        "set forward on; set loop off; set timing hand; set steps 30; drop 0.2 0.3 7 0.4; tick 500",
        "anneal; step -2; step 1; train 2",
        "train 20; set seed 12; train 9; reset particles; tick 70; set sigma 1.25; tick 5; undo; redo",
    };
    for (size_t i = 0; i < sizeof courses / sizeof *courses; i += ONE_OF)
        assert_exact(courses[i]);
}

static void divergence_is_kept(void **state)
{
    (void)state;
    static Bench a, b;
    begin(&a), begin(&b);
    run(&a, "train 70");
    a.learner.trainer.net.parameter[5] = (float)NAN;
    run(&a, "train 1; tick 4");
    assert_true(a.learner.trainer.statistics.diverged);
    Bytes file = file_of(&a, STATE_FILE_WHOLE);
    opens(&b, &file);
    assert_true(b.learner.trainer.statistics.diverged);
    run(&a, "set train.rate 0.001; train 30; tick 3"), run(&b, "set train.rate 0.001; train 30; tick 3");
    assert_same_going(&a, &b);
    bytes_free(&file);
    end(&a), end(&b);
}

static void opening_can_be_undone(void **state)
{
    (void)state;
    static Bench a, b, other;
    begin(&a), begin(&b), begin(&other);
    run(&other, "set target moons; set net.width 20; set steps 33; set draw on; gaussian add 0 0; train 5; tick 5");
    Bytes file = file_of(&other, STATE_FILE_WHOLE);
    run(&a, "train 10; tick 10"), run(&b, "train 10; tick 10");
    opens(&b, &file);
    assert_int_equal(b.session.desk.drawing.count, 1);
    assert_near(b.session.settings.value[SET_STEPS], 33, 0);
    run(&b, "train 2; undo");
    assert_int_equal(b.session.desk.drawing.count, 0);
    run(&a, on), run(&b, on);
    assert_same_going(&a, &b);
    run(&b, "redo; train 1");
    assert_int_equal(b.learner.trainer.options.shape.width, 20);
    assert_int_equal(b.learner.subject->row, target_count());
    bytes_free(&file);
    end(&a), end(&b), end(&other);
}

/* What was before a lesson, what was done in it, and what another session did that opens the state of both. */
static const struct {
    const char *before, *within, *elsewhere;
} lessons[] = {
    {"train 25; tick 30", "next; next; back", "set target moons; train 3; tick 2"},
    {"set draw on; paint circle 0 0 0.5; gaussian add 0.3 -0.2 0.2; train 20; tick 9; set steps 30", "next",
     "set net.width 20; train 3"},
    {"gaussian add 0.2 0; set target moons; set net.width 20; train 9", "set draw on; paint line 0 0 0.5 0.1; train 2",
     "gaussian add 0 0; gaussian add 1 1; train 4; lesson 2; next"},
    {"set dynamics.second beside; set field exact; set dynamics hmc; tick 9; drop 0 0 3; tick 2",
     "lesson 2; next; drop 1 1; tick 7", "gaussian add 0.5 0.5; lesson 3; next; clear drawing; stamp 0 0"},
};

/* One bench saves in a lesson, and leaves it; another, which did something else, opens that, and leaves it. */
static void what_was_before_a_lesson_is_saved_with_it(void **state)
{
    (void)state;
    static Bench a, b;
    for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
        begin(&a), begin(&b);
        run(&a, lessons[i].before), run(&a, "lesson 5"), run(&a, lessons[i].within);
        run(&b, lessons[i].elsewhere);
        opens_what_is(&b, &a);
        assert_non_null(b.session.lecture.lesson);
        assert_int_equal(b.session.lecture.scene, a.session.lecture.scene);
        assert_same_files(&a, &b, lessons[i].within);
        run(&a, "lesson \"\""), run(&b, "lesson \"\"");
        assert_null(b.session.lecture.lesson);
        assert_same_files(&a, &b, "lesson \"\"");
        run(&a, on), run(&b, on);
        assert_same_going(&a, &b);
        assert_same_files(&a, &b, on);
        end(&a), end(&b);
    }
}

/* As threads of their own may. */
static void carry_out_and_go_on(void *context, const Order *o)
{
    Bench *b = context;
    carry_out(b, o);
    learner_step(&b->learner);
    adopt(b);
    pair_tick(&b->pair);
}

static void workers_that_go_on_meanwhile_change_nothing_of_it(void **state)
{
    (void)state;
    static Bench a, b;
    begin(&a), begin(&b);
    run(&a, "train 25; tick 30; lesson 5");
    b.session.host.order = carry_out_and_go_on;
    opens_what_is(&b, &a);
    b.session.host.order = carry_out;
    run(&a, "lesson \"\""), run(&b, "lesson \"\"");
    assert_same_going(&a, &b);
    end(&a), end(&b);
}

/* Behind the lesson, undo gives back what was before the file was opened, and before the lesson that was given then. */
static void opening_a_lesson_can_be_undone_behind_it(void **state)
{
    (void)state;
    static const char course[] = "set net.width 20; gaussian add 0.5 0.5; train 10; tick 10";
    static Bench a, b, other;
    begin(&other);
    run(&other, "train 5; tick 5; lesson 5; next");
    for (int within = 0; within < 2; within++) {
        begin(&a), begin(&b);
        run(&a, course), run(&b, course);
        if (within)
            run(&b, "lesson 2; next");
        opens_what_is(&b, &other);
        run(&b, "lesson \"\"; train 2");
        assert_int_equal(b.learner.trainer.statistics.steps, 7);
        run(&b, "undo; redo; undo");
        assert_same_files(&a, &b, course);
        run(&a, on), run(&b, on);
        assert_same_going(&a, &b);
        end(&a), end(&b);
    }
    end(&other);
}

static void weights_go_into_another_session(void **state)
{
    (void)state;
    static Bench a, b;
    static const char path[] = "weights.safetensors", command[] = "learned weights.safetensors";
    Error e;
    begin(&a), begin(&b);
    run(&a, "set target moons; set net.width 20; set net.prediction v; train 90");
    Bytes file = file_of(&a, STATE_FILE_WEIGHTS);
    assert_true(file_write_bytes(path, &file, &e));
    run(&b, "set target moons; train 7; tick 30");
    float x = b.pair.first.frame.x[7];
    run(&b, command);
    const Trainer *t = &a.learner.trainer, *u = &b.learner.trainer;
    size_t bytes = t->net.count * sizeof(float);
    assert_true(net_same_shape(t->options.shape, u->options.shape));
    assert_memory_equal(u->net.parameter, t->average.parameter, bytes);
    assert_memory_equal(u->average.parameter, t->average.parameter, bytes);
    assert_int_equal(u->statistics.steps, 90);
    assert_near(b.pair.first.frame.x[7], x, 0); /* particles stay where they are */
    assert_memory_equal(b.pair.first.weights.net.parameter, t->average.parameter, bytes);
    run(&b, "train 1; undo");
    assert_int_equal(u->statistics.steps, 7);
    assert_int_equal(u->options.shape.width, 16);
    assert_false(session_open(&b.session, path, file.data, file.size, &e));
    assert_non_null(strstr(e.text, "learned FILE"));
    bytes_free(&file);
    Bytes whole = file_of(&a, STATE_FILE_WHOLE); /* of another target: part of it is forgotten */
    assert_true(file_write_bytes(path, &whole, &e));
    run(&b, "set target spirals");
    run(&b, command);
    assert_int_equal(u->statistics.steps, 90);
    assert_int_equal(b.learner.subject->row, 0);
    assert_memory_not_equal(u->net.parameter, t->net.parameter, bytes);
    bytes_free(&whole);
    end(&a), end(&b);
}

static void every_trained_network_is_there(void **state)
{
    (void)state;
    static const char *const names[] = {"spirals",  "swissroll",    "moons",    "ncsn",    "8gaussians",
                                        "gaussian", "checkerboard", "pinwheel", "thinroll"};
    static Bench b;
    begin(&b);
    for (size_t i = 0; i < sizeof names / sizeof *names; i += ONE_OF) {
        char commands[64];
        snprintf(commands, sizeof commands, "set target %s; learned %s", names[i], names[i]);
        run(&b, commands);
        assert_true(b.learner.trainer.statistics.steps >= 10000);
        FieldSource field = simulation_learned(&b.pair.first);
        static float scratch[METRICS_POINTS * 6];
        double error = metrics_overall_error(&field, session_target(&b.session), 1, scratch);
        if (!(error < 0.2))
            fail_msg("%s: an error of %g", names[i], error);
    }
    end(&b);
}

/* Whatever is wrong with a file, one line says so, and nothing has changed. */
static void refuses(Bench *b, const unsigned char *bytes, size_t size)
{
    Error e = {0};
    unsigned char *copy = malloc(size + 1); /* so that reading beyond it shows */
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    uint64_t version = b->session.sequence;
    bool opened = session_open(&b->session, "file", copy, size, &e);
    free(copy);
    assert_true(opened || (e.text[0] && b->session.sequence == version));
    assert_null(strchr(e.text, '\n'));
}

static void what_is_damaged_is_refused(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    run(&b, "set net.width 16; set net.depth 1; set particles 20; set dynamics dpm2m; train 9; tick 30");
    Bytes file = file_of(&b, STATE_FILE_WHOLE);
    Error e;
    for (size_t size = 0; size < file.size; size += (size_t)ONE_OF * (size < 12000 ? 97 : 701)) {
        assert_false(session_open(&b.session, "file", file.data, size, &e));
        refuses(&b, file.data, size);
    }
    uint32_t draw = 1;
    for (int i = 0; i < 600 / ONE_OF; i++) { /* a byte of the header is another */
        draw = draw * 1664525u + 1013904223u;
        size_t at = draw % 9000;
        unsigned char was = file.data[at];
        file.data[at] = (unsigned char)(draw >> 24);
        refuses(&b, file.data, file.size);
        file.data[at] = was;
    }
    run(&b, on);
    bytes_free(&file);
    end(&b);
}

typedef struct Change {
    const char *from, *to; /* as many bytes */
    const char *told;
} Change;

static void assert_told(Bench *b, Bytes *file, const Change *c)
{
    size_t length = strlen(c->from);
    Error e = {0};
    unsigned char *at = memmem(file->data, file->size, c->from, length);
    if (!at)
        fail_msg("no %s", c->from);
    assert_int_equal(strlen(c->to), length);
    memcpy(at, c->to, length);
    uint64_t sequence = b->session.sequence;
    bool opened = session_open(&b->session, "name", file->data, file->size, &e);
    if (c->told[0] && (opened || !strstr(e.text, c->told) || b->session.sequence != sequence))
        fail_msg("%s: \"%s\"", c->to, e.text);
    memcpy(at, c->from, length);
}

static void numbers_out_of_range_are_named(void **state)
{
    (void)state;
    static const Change changes[] = {
        {"\"statistics.history_stride\":\"8\"", "\"statistics.history_stride\":\"0\"", "statistics.history_stride"},
        {"\"particles.frame.trails\":\"20\"", "\"particles.frame.trails\":\"99\"", "trail"},
        {"\"particles.frame.count\":\"20\"", "\"particles.frame.count\":\"21\"", "particles.x"},
        {"\"particles.frame.dropped\":\"0\"", "\"particles.frame.dropped\":\"9\"", ""},
        {"\"particles.frame.share\":\"1\"", "\"particles.frame.share\":\"9\"", "particles.frame.share"},
        {"\"set.net.width\":\"16\"", "\"set.net.width\":\"32\"", "ema"},
        {"\"set.net.width\":\"16\"", "\"set.net.width\":\"-1\"", "net.width"},
        {"\"version\":\"2\"", "\"version\":\"1\"", "version"},
        {"\"rest.known\":\"0\"", "\"rest.known\":\"9\"", "rest.known"},
        {"\"dtype\":\"F64\"", "\"dtype\":\"U64\"", "rest.log_error"},
    };
    static Bench b;
    begin(&b);
    run(&b, "set particles 20; train 8; tick 3");
    Bytes file = file_of(&b, STATE_FILE_WHOLE);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_told(&b, &file, &changes[i]);
    bytes_free(&file);
    end(&b);
}

/* All of what was before the lesson, or nothing of the file. */
static void what_was_before_a_lesson_is_refused_in_part(void **state)
{
    (void)state;
    static const Change changes[] = {
        {"\"before.ema.layers.0.bias\"", "\"behind.ema.layers.0.bias\"",
         "name: before the lesson: expected an array \"ema.layers.0.bias\", found none"},
        {"\"before.raw.layers.1.bias\":{\"dtype\":\"F32\",\"shape\":[16]",
         "\"before.raw.layers.1.bias\":{\"dtype\":\"I32\",\"shape\":[16]",
         "before the lesson: expected \"raw.layers.1.bias\" as F32 [16], found I32 [16]"},
        {"\"before.particles.x\":{\"dtype\":\"F32\",\"shape\":[20, 2]",
         "\"before.particles.x\":{\"dtype\":\"F32\",\"shape\":[2, 20]",
         "before the lesson: expected \"particles.x\" as F32 [20, 2], found F32 [2, 20]"},
        {"\"before.drawing\"", "\"behind.drawing\"", "before the lesson: expected an array \"drawing\""},
        {"\"before.rest.mark\"", "\"behind.rest.mark\"", "before the lesson: expected a number rest.mark, found none"},
        {"\"before.set.net.width\":\"16\"", "\"before.set.net.width\":\"32\"", "before the lesson: expected weights"},
        {"\"lesson\":", "\"lessen\":", "before the lesson: expected the name of a lesson, found none"},
    };
    static Bench b;
    begin(&b);
    run(&b, "set particles 20; train 8; tick 3; lesson 5");
    Bytes file = file_of(&b, STATE_FILE_WHOLE);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_told(&b, &file, &changes[i]);
    opens(&b, &file);
    bytes_free(&file);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sampler_goes_on_exactly),
        cmocka_unit_test(every_kind_of_course_goes_on_exactly),
        cmocka_unit_test(divergence_is_kept),
        cmocka_unit_test(opening_can_be_undone),
        cmocka_unit_test(what_was_before_a_lesson_is_saved_with_it),
        cmocka_unit_test(workers_that_go_on_meanwhile_change_nothing_of_it),
        cmocka_unit_test(opening_a_lesson_can_be_undone_behind_it),
        cmocka_unit_test(weights_go_into_another_session),
        cmocka_unit_test(every_trained_network_is_there),
        cmocka_unit_test(what_is_damaged_is_refused),
        cmocka_unit_test(numbers_out_of_range_are_named),
        cmocka_unit_test(what_was_before_a_lesson_is_refused_in_part),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
