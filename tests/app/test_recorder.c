/* A recorded run of the window's threads, done again by one thread, gives the same bytes. Meant to be run under TSan as
 * well. */
#include "app/recorder.h"

#include "app/clock.h"
#include "app/headless.h"
#include "app/outputs.h"
#include "folder.h"
#include "io/file.h"
#include "near.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* More orders than a journal holds; fewer where every step takes ten times as long. */
#if defined SCOREFIELD_SANITIZED
enum { SCRIPT = 300 };
#else
enum { SCRIPT = 3000 };
#endif

/* What the application is to a session, without a window. */
typedef struct Booth {
    Catalogue catalogue;
    Session session;
    Live live;
    Recorder recorder;
    NetWorkspace workspace;
    bool grabbed;
} Booth;

static void take_order(void *context, const Order *order)
{
    Booth *b = context;
    if (order->kind == ORDER_GRAB || order->kind == ORDER_RELEASE)
        b->grabbed = order->kind == ORDER_GRAB;
    recorder_order(&b->recorder, order);
}

static void note_command(void *context, const Command *c, bool ok)
{
    recorder_ran(&((Booth *)context)->recorder, c, ok);
}

static void await_orders(void *context)
{
    recorder_await(&((Booth *)context)->recorder);
}

static bool put_out(void *context, const Output *output, Error *e)
{
    Booth *b = context;
    recorder_show(&b->recorder);
    Evidence ev = {.session = &b->session,
                   .weights = &b->live.still.weights,
                   .frame = &b->live.still.frame,
                   .workspace = &b->workspace};
    return output_write(&ev, output, e);
}

static char *clipboard(void *context)
{
    Error e;
    char *text = strdup("0.1 0.2\n0.3 -0.4\n-0.5 0.1\n");
    assert_true(recorder_pasted(&((Booth *)context)->recorder, text, &e));
    return text;
}

static void begin(Booth *b, const char *path, const Options *o)
{
    Error e;
    *b = (Booth){0};
    assert_true(catalogue_init(&b->catalogue));
    assert_true(live_init(&b->live, &b->catalogue, &o->settings, NULL, NULL) && live_record(&b->live));
    session_init(&b->session, &b->catalogue, &o->settings,
                 (Host){.context = b,
                        .order = take_order,
                        .output = put_out,
                        .clipboard = clipboard,
                        .ran = note_command,
                        .carried_out = await_orders,
                        .live = true});
    if (!recorder_open(&b->recorder, path, (const char *)o->given.data, &b->live, &b->session, &e))
        fail_msg("%s", e.text);
    if (o->sigma)
        session_order(&b->session, (Order){.kind = ORDER_SIGMA, .x = o->settings.value[SET_SIGMA]});
    recorder_note(&b->recorder, "");
    assert_true(live_start(&b->live));
}

static void end(Booth *b)
{
    Error e;
    live_stop(&b->live);
    if (!recorder_close(&b->recorder, &e))
        fail_msg("%s", e.text);
    session_free(&b->session);
    live_free(&b->live);
    catalogue_free(&b->catalogue);
    net_workspace_free(&b->workspace);
}

static void nap(long ms)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000 * ms}, NULL);
}

/* Lessons that wait go on by the clock and by what was learned. */
static void follow_lesson(Booth *b)
{
    Error e;
    const Weights *w = live_weights(&b->live);
    LectureClock now = {.now_s = clock_s(), .steps = w->statistics.steps, .learning = !w->statistics.diverged};
    bool given = b->session.lecture.lesson, ok = lecture_advance(&b->session, &now, &e);
    if (given)
        recorder_lesson(&b->recorder, &now, ok);
}

/* What a frame does besides its picture. */
static void frame(Booth *b)
{
    Error e;
    live_flush(&b->live);
    follow_lesson(b);
    recorder_follow(&b->recorder);
    live_take(&b->live);
    const SimFrame *f = live_frame(&b->live);
    if (!b->grabbed && f->sequence == b->session.sequence) {
        session_echo(&b->session, f->sequence, f->sigma, f->playing);
        recorder_echo(&b->recorder);
    }
    if (b->session.drawing_tried != b->session.desk.version)
        recorder_note(&b->recorder,
                      session_settle(&b->session, &e) ? "replay settle\n" : "replay refused\nreplay settle\n");
    session_order(&b->session, (Order){.kind = ORDER_VIEW, .seen = {-2, -2, 4 + (double)(f->tick % 7), 4}});
    recorder_note(&b->recorder, "");
}

static const char *const deeds[] = {"set sigma 0.4",
                                    "toggle playing",
                                    "set target moons",
                                    "train 9",
                                    "tick 4",
                                    "drop 0.3 -0.2 5 0.1",
                                    "undo",
                                    "redo",
                                    "reset network",
                                    "reset particles",
                                    "anneal",
                                    "step -3",
                                    "step 2",
                                    "scrub 0.5",
                                    "set dynamics langevin",
                                    "set dynamics sde",
                                    "set dynamics.second over",
                                    "set dynamics.second off",
                                    "set field exact",
                                    "set field learned",
                                    "set train.history 0.5",
                                    "set train.history 1",
                                    "toggle training",
                                    "set training on",
                                    "grab",
                                    "release",
                                    "nudge sigma -2",
                                    "set net.width 24",
                                    "set net.width 32",
                                    "set target spirals",
                                    "gaussian add 0.3 0.2 0.1",
                                    "set draw on",
                                    "set draw off",
                                    "stroke begin 0 0",
                                    "stroke to 0.4 0.3",
                                    "stroke end",
                                    "set draw.fit on",
                                    "clear drawing",
                                    "part add ring8",
                                    "no such command",
                                    "set train.samples 300",
                                    "set truth set",
                                    "set truth population",
                                    "paste",
                                    "follow 0.2 0.2",
                                    "set particles 150",
                                    "set particles 6000",
                                    "set seed 5",
                                    "set steps 30",
                                    "set loop on",
                                    "code sf1-uPdbu3jaK0ksSk8tUcjNz88r5irOTM9NVDDQM-YqyEmszMxLV8hPS-MCAOLSDAM",
                                    NULL};

/* In and out of a lesson, with hands between. */
static const char *const lesson_deeds[] = {"lesson lesson.lesson",
                                           "next",
                                           "next",
                                           "next",
                                           "back",
                                           "lesson \"\"",
                                           "open saved.safetensors",
                                           "set sigma 0.4",
                                           "toggle playing",
                                           "train 9",
                                           "drop 0.3 -0.2 5 0.1",
                                           "undo",
                                           "set training on",
                                           "gaussian add 0.3 0.2 0.1",
                                           "set target spirals",
                                           NULL};

enum { ARGUMENTS_MAX = 16 };

/* The words of a command line. */
static void parse(Options *o, const char *line)
{
    char words[512], *argv[ARGUMENTS_MAX], *rest = words;
    int argc = 0;
    Error e;
    snprintf(words, sizeof words, "scorefield %s", line);
    while (argc < ARGUMENTS_MAX && (argv[argc] = strsep(&rest, " ")))
        argc++;
    if (!options_parse(o, argc, argv, &e))
        fail_msg("%s", e.text);
}

static const char small_run[] = "--set net.width=32 --set net.depth=2 --set train.batch=32 --set train.references=32 "
                                "--set particles=200 --seed 3";

static void run_one(Booth *b, const char *command)
{
    Error e;
    command_run_all(&b->session, command, &e);
}

static void write_results(Booth *b)
{
    run_one(b, "samples samples.npy");
    run_one(b, "field field.npy 24");
    run_one(b, "settings settings.txt");
}

/* Deeds at random, at times of their own; what was written at the end by threads, and by one thread. */
static void act(const char *const *deed, unsigned seed)
{
    static Booth b;
    Options o;
    parse(&o, small_run);
    size_t count = 0;
    while (deed[count])
        count++;
    begin(&b, "deeds.txt", &o);
    for (int i = 0; i < 60; i++) {
        for (int k = rand_r(&seed) % 3; k > 0; k--)
            run_one(&b, deed[(size_t)rand_r(&seed) % count]);
        frame(&b);
        nap(rand_r(&seed) % 12);
    }
    write_results(&b);
    end(&b);
    options_free(&o);
}

static void replay(const char *path)
{
    Options o;
    char line[128];
    snprintf(line, sizeof line, "--headless %s", path);
    parse(&o, line);
    assert_int_equal(headless_main(&o), 0);
    options_free(&o);
}

static const char *const results[] = {"samples.npy", "field.npy", "settings.txt"};

static void put_aside(void)
{
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        char aside[64];
        snprintf(aside, sizeof aside, "live_%s", results[i]);
        assert_int_equal(rename(results[i], aside), 0);
    }
}

static void assert_same_results(unsigned seed)
{
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        char aside[64];
        unsigned char *a, *b;
        size_t n, m;
        Error e;
        snprintf(aside, sizeof aside, "live_%s", results[i]);
        assert_true(file_read_whole(results[i], 1 << 26, &a, &n, &e) && file_read_whole(aside, 1 << 26, &b, &m, &e));
        if (n != m || memcmp(a, b, n) != 0)
            fail_msg("seed %u: %s differs", seed, results[i]);
        free(a);
        free(b);
    }
}

static const char lesson[] = "scene \"one\"\nset target moons\nwait 0.02s\nset sigma 0.3\n"
                             "wait train 20\nset field exact\nscene \"two\" keep\nask \"why?\"\nset seed 4\n"
                             "scene \"three\"\ngaussian add 0.1 0.2\nwait 0.05s\nset draw.fit on\n";

static void do_twice(const char *const *deed, unsigned seed)
{
    act(deed, seed);
    put_aside();
    replay("deeds.txt");
    assert_same_results(seed);
}

static void one_thread_does_what_three_did(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 6; seed++)
        do_twice(deeds, seed);
}

static void lessons_are_given_again(void **state)
{
    (void)state;
    folder_put("lesson.lesson", lesson);
    folder_put("saving.txt",
               RECORDING_MARK "\nset net.width 24; train 9; tick 4; lesson lesson.lesson 3; save saved.safetensors\n");
    replay("saving.txt");
    assert_int_equal(access("saved.safetensors", F_OK), 0);
    for (unsigned seed = 1; seed <= 4; seed++)
        do_twice(lesson_deeds, seed);
}

/* A script is done in no time; the simulation takes its orders tick by tick, and the learner long after it, step by
 * step. */
static void a_script_may_be_far_ahead_of_the_learner(void **state)
{
    (void)state;
    static Booth b;
    Options o;
    char command[64];
    parse(&o, small_run);
    begin(&b, "deeds.txt", &o);
    run_one(&b, "set train.batch 2048; set net.width 128; set net.depth 4; set training on");
    for (int i = 0; i < SCRIPT; i++) {
        snprintf(command, sizeof command, "set sigma %.4f", 1 + 0.0001 * i);
        run_one(&b, command);
    }
    run_one(&b, "set particles 150; toggle playing");
    write_results(&b);
    end(&b);
    options_free(&o);
    put_aside();
    replay("deeds.txt");
    assert_same_results(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thread_does_what_three_did),
        cmocka_unit_test(lessons_are_given_again),
        cmocka_unit_test(a_script_may_be_far_ahead_of_the_learner),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
