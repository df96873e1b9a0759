/* The grammar, the tables of commands and keys, and what commands make of a session. */
#include "scene/command.h"

#include "catalogue.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_SIZE = 256 };

/* A host that only writes down what it is asked. */
typedef struct Log {
    OrderKind order[LOG_SIZE];
    Order last;
    size_t orders, outputs;
    Output output;
    char path[64];
} Log;

static void log_order(void *context, const Order *order)
{
    Log *log = context;
    log->order[log->orders++ % LOG_SIZE] = order->kind;
    log->last = *order;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static bool log_output(void *context, const Output *output, Error *e)
{
    Log *log = context;
    (void)e;
    log->outputs++;
    log->output = *output;
    snprintf(log->path, sizeof log->path, "%s", output->path);
    return true;
}

/* One that is freed where its block ends. */
#define SESSION __attribute__((cleanup(session_free))) Session

static Session session_with(Log *log)
{
    Session s;
    Settings settings = settings_defaults();
    memset(log, 0, sizeof *log);
    session_init(&s, &catalogue, &settings, (Host){.context = log, .order = log_order, .output = log_output});
    return s;
}

static void words_are_split_as_the_grammar_says(void **state)
{
    (void)state;
    const char *text = "  set  a 1;;\n# only a comment\nfigure \"a \\\"b\\\\ c;#\" # rest\n drop -1 2";
    Command c;
    Error e;
    assert_true(command_next(&text, &c, &e));
    assert_int_equal(c.count, 3);
    assert_string_equal(c.word[0], "set");
    assert_string_equal(c.word[2], "1");
    assert_true(command_next(&text, &c, &e));
    assert_int_equal(c.count, 2);
    assert_string_equal(c.word[1], "a \"b\\ c;#");
    assert_true(command_next(&text, &c, &e));
    assert_string_equal(c.word[1], "-1");
    assert_true(command_next(&text, &c, &e));
    assert_int_equal(c.count, 0);
}

static bool second_word_is(const char *text, const char *word)
{
    Command c;
    Error e;
    return command_next(&text, &c, &e) && c.count == 2 && strcmp(c.word[1], word) == 0;
}

static void single_quotes_take_all_as_it_stands(void **state)
{
    (void)state;
    assert_true(second_word_is("say '\\nabla \\log \"p\"; # 1'", "\\nabla \\log \"p\"; # 1"));
    assert_true(second_word_is("say ''", ""));
    assert_true(second_word_is("say x'", "x'"));
    assert_true(second_word_is("say don't", "don't"));
    assert_true(second_word_is("say \"don't\\n\\ttalk\"", "don't\n\ttalk"));
}

static void broken_texts_are_refused(void **state)
{
    (void)state;
    char longest[COMMAND_TEXT + 64];
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    const char *broken[] = {"figure \"open", "figure \"open\\\"", "a b c d e f g h i",
                            longest,         "say 'open",         "say \"\\log p\""};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        const char *text = broken[i];
        Command c;
        Error e;
        assert_false(command_next(&text, &c, &e));
    }
}

static void tables_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; command_info(i); i++) {
        const CommandInfo *row = command_info(i);
        assert_true(row->help[0] && row->run && row->min <= row->max && row->max < COMMAND_WORDS);
        assert_ptr_equal(command_find(row->name), row);
    }
    for (size_t i = 0; key_binding(i); i++) {
        const char *text = key_binding(i)->command;
        Command c;
        Error e;
        assert_true(command_next(&text, &c, &e));
        const CommandInfo *row = command_find(c.word[0]);
        assert_non_null(row);
        assert_true(c.count - 1 >= row->min && c.count - 1 <= row->max);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(key_binding(i)->key, key_binding(j)->key);
    }
    assert_string_equal(key_of("toggle playing"), "Space");
    assert_string_equal(key_of("no such command"), "");
}

/* The settings that a command line changes are those that it names. */
static void every_setting_is_reachable_by_set(void **state)
{
    (void)state;
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        Log log;
        Error e;
        char text[128], value[64];
        SESSION s = session_with(&log);
        Settings wanted = s.settings;
        double min, max;
        setting_range(&wanted, id, &min, &max);
        double other = wanted.value[id] == max ? min : max;
        other = setting_refusal(&wanted, id, other) ? 1 : other;
        settings_put(&wanted, id, other);
        snprintf(text, sizeof text, "set %s %s", setting_info(id)->name,
                 settings_print(&wanted, id, value, sizeof value));
        if (!command_run_all(&s, text, &e))
            fail_msg("%s: %s", text, e.text);
        assert_near(s.settings.value[id], wanted.value[id], 1e-7 * fabs(wanted.value[id]));
        assert_true(log.orders >= 1);
    }
}

static void refuse(const char *text, const char *part)
{
    Log log;
    Error e;
    SESSION s = session_with(&log);
    Settings before = s.settings;
    assert_false(command_run_all(&s, text, &e));
    assert_memory_equal(&s.settings, &before, sizeof before);
    if (!strstr(e.text, part))
        fail_msg("\"%s\" should say \"%s\"", e.text, part);
}

static void wrong_commands_say_where_and_what_would_be_right(void **state)
{
    (void)state;
    refuse("trian 5", "command 1, \"trian 5\": there is no such command; did you mean train?");
    refuse("set lop on", "did you mean loop?");
    refuse("set seed", "it is used as: set NAME VALUE");
    refuse("tick; tick; set seed -1", "command 3");
    refuse("train -1", "whole number");
    refuse("train 1.5", "whole number");
    refuse("train nan", "whole number");
    refuse("drop 1 x", "got \"x\"");
    refuse("drop 1 1 0", "from 1 to");
    refuse("drop inf 1", "got \"inf\"");
    refuse("toggle seed", "is a number");
    refuse("reset everything", "network, particles, paths, view or all");
    refuse("nudge sigma nan", "got \"nan\"");
    refuse("zoom 2 0.5", "a place has two numbers");
    refuse("undo", "nothing to undo");
    refuse("redo", "nothing to redo");
}

static void orders_come_in_sequence_after_their_settings(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "set train.batch 64; train 3; grab; release; drop 1 -2 7", &e));
    const OrderKind expected[] = {ORDER_SETTINGS, ORDER_TRAIN, ORDER_GRAB, ORDER_RELEASE, ORDER_DROP};
    assert_int_equal(log.orders, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(log.order[i], expected[i]);
    assert_int_equal(log.last.n, 7);
    assert_near(log.last.y, -2, 0);
    assert_int_equal(log.last.sequence, 5);
    assert_near(log.last.settings.value[SET_BATCH], 64, 0);
}

static void outputs_carry_their_arguments(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "samples \"a b.npy\" 12", &e));
    assert_int_equal(log.output.kind, OUTPUT_SAMPLES);
    assert_string_equal(log.path, "a b.npy");
    assert_int_equal(log.output.n, 12);
    assert_true(command_run_all(&s, "report -; settings; quit; help", &e));
    assert_int_equal(log.outputs, 3);
    assert_true(s.quit);
}

static void a_change_of_target_can_be_undone_and_redone(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    Settings before = s.settings;
    assert_true(command_run_all(&s, "set target moons; set theme light", &e));
    assert_int_equal(log.order[0], ORDER_CAPTURE);
    double moons = s.settings.value[SET_TARGET];
    assert_true(command_run_all(&s, "undo", &e));
    assert_near(s.settings.value[SET_TARGET], before.value[SET_TARGET], 0);
    assert_near(s.settings.value[SET_SIGMA], before.value[SET_SIGMA], 0);
    assert_near(s.settings.value[SET_THEME], THEME_LIGHT, 0);
    assert_int_equal(log.last.kind, ORDER_RESUME);
    assert_true(command_run_all(&s, "redo", &e));
    assert_near(s.settings.value[SET_TARGET], moons, 0);
    assert_true(command_run_all(&s, "undo", &e));
    assert_false(command_run_all(&s, "undo", &e));
}

/* Paths are of their target and come back in their order. */
static void traces_are_added_and_taken_back(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(
        command_run_all(&s, "set sigma 0.7; trace fates 1 -2; trace fan 3 4; set dynamics ode; trace path 5 6", &e));
    const SessionPath *path[PATHS_MAX];
    assert_int_equal(session_paths(&s, path), 3);
    assert_int_equal(path[0]->ask.samplers, 4);
    assert_near(path[0]->ask.x[1], -2, 0);
    assert_near(path[0]->ask.sigma, 0.7, 1e-9);
    assert_int_equal(path[1]->ask.seeds, PATH_LINES_MAX);
    assert_int_equal(path[2]->ask.sampler[0], SAMPLER_ODE);
    assert_true(command_run_all(&s, "undo; undo", &e));
    assert_int_equal(session_paths(&s, path), 1);
    assert_true(command_run_all(&s, "redo", &e));
    assert_int_equal(session_paths(&s, path), 2);
    assert_near(path[1]->ask.x[0], 3, 0);
    assert_true(command_run_all(&s, "set target 8gaussians", &e));
    assert_int_equal(session_paths(&s, path), 0);
    assert_true(command_run_all(&s, "trace path 1 1; set target spirals", &e));
    assert_int_equal(session_paths(&s, path), 2);
    assert_false(command_run_all(&s, "trace sideways 1 1", &e));
    assert_non_null(strstr(e.text, "path, fates or fan"));
    assert_true(command_run_all(&s, "reset paths", &e));
    assert_int_equal(session_paths(&s, path), 0);
}

/* The first one after they were cleared throws the dice of the first one ever; no two that are shown throw the same. */
static void paths_are_numbered_from_where_they_were_cleared(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    const SessionPath *path[PATHS_MAX];
    uint64_t first[2], second[2];
    for (int i = 0; i < 2; i++) {
        assert_true(command_run_all(&s, "trace path 1 1; trace path 1 1", &e));
        assert_int_equal(session_paths(&s, path), 2);
        first[i] = path[0]->ask.seed;
        second[i] = path[1]->ask.seed;
        assert_true(command_run_all(&s, "reset paths", &e));
    }
    assert_true(first[0] == first[1] && second[0] == second[1] && first[0] != second[0]);
}

static float newest_x(const Session *s)
{
    const SessionPath *path[PATHS_MAX];
    size_t n = session_paths(s, path);
    return n > 0 ? path[n - 1]->ask.x[0] : -1;
}

/* More than can be shown: the oldest gives way, and comes back where undo makes room. */
static void the_newest_paths_are_shown(void **state)
{
    (void)state;
    enum { MORE = 3 };
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    const SessionPath *path[PATHS_MAX];
    for (int i = 0; i < PATHS_MAX + MORE; i++) {
        char text[32];
        snprintf(text, sizeof text, "follow %d 0", i);
        assert_true(command_run_all(&s, text, &e));
    }
    assert_int_equal(session_paths(&s, path), PATHS_MAX);
    assert_near(path[0]->ask.x[0], MORE, 0);
    for (int left = PATHS_MAX + MORE - 1; left >= 0; left--) {
        assert_near(newest_x(&s), left, 0);
        assert_true(command_run_all(&s, "undo", &e));
        assert_int_equal(session_paths(&s, path), left < PATHS_MAX ? left : PATHS_MAX);
        assert_near(left > 0 ? path[0]->ask.x[0] : 0, left > PATHS_MAX ? left - PATHS_MAX : 0, 0);
    }
    assert_false(command_run_all(&s, "undo", &e));
    for (int i = 0; i < PATHS_MAX + MORE; i++) {
        assert_true(command_run_all(&s, "redo", &e));
        assert_near(newest_x(&s), i, 0);
    }
}

/* What was cleared stays away, whatever is undone and done again. */
static void cleared_paths_stay_away(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    const SessionPath *path[PATHS_MAX];
    assert_true(command_run_all(&s, "trace path 1 0; trace path 2 0; reset paths; undo; trace path 3 0", &e));
    assert_int_equal(session_paths(&s, path), 1);
    assert_near(newest_x(&s), 3, 0);
    assert_true(command_run_all(&s, "undo; undo", &e));
    assert_int_equal(session_paths(&s, path), 0);
    assert_true(command_run_all(&s, "redo; redo", &e));
    assert_int_equal(session_paths(&s, path), 1);
}

static void a_particle_and_its_path_are_one_thing_to_undo(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    const SessionPath *path[PATHS_MAX];
    assert_true(command_run_all(&s, "set sigma 2; set dynamics langevin; follow 0.1 -2", &e));
    assert_true(log.last.kind == ORDER_DROP && log.last.n == 1 && log.last.spread == 0);
    assert_near(log.last.x, 0.1, 0);
    assert_int_equal(session_paths(&s, path), 1);
    assert_true(path[0]->ask.role == PATH_CHOSEN && path[0]->ask.sampler[0] == SAMPLER_LANGEVIN);
    assert_near(path[0]->ask.sigma, 2, 1e-9);
    assert_true(command_run_all(&s, "undo", &e));
    assert_true(log.last.kind == ORDER_UNDROP && log.last.n == 1);
    assert_int_equal(session_paths(&s, path), 0);
    assert_string_equal(s.notice, "Undone: a drop");
    assert_true(command_run_all(&s, "redo", &e));
    assert_true(log.last.kind == ORDER_DROP);
    assert_int_equal(session_paths(&s, path), 1);
    assert_true(command_run_all(&s, "drop 1 1; undo", &e));
    assert_int_equal(session_paths(&s, path), 1);
    assert_true(command_run_all(&s, "undo", &e));
    assert_false(command_run_all(&s, "undo", &e));
}

static void a_step_is_looked_at_as_long_as_its_path_is_there(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    const SessionPath *path[PATHS_MAX];
    assert_false(command_run_all(&s, "path 1", &e));
    assert_non_null(strstr(e.text, "there is no path here"));
    assert_true(command_run_all(&s, "path 0; trace fates 1 1; trace path 2 2; path 7", &e));
    session_paths(&s, path);
    assert_ptr_equal(session_apart(&s), path[1]);
    assert_int_equal(s.apart.step, 7);
    assert_true(command_run_all(&s, "path 3 2 4", &e));
    assert_ptr_equal(session_apart(&s), path[0]);
    assert_true(s.apart.way == 3 && s.apart.step == 3);
    assert_false(command_run_all(&s, "path 3 2 5", &e));
    assert_non_null(strstr(e.text, "from 1 to 4"));
    assert_false(command_run_all(&s, "path 3 3", &e));
    assert_true(command_run_all(&s, "path 9 1; undo", &e));
    assert_null(session_apart(&s));
    assert_true(command_run_all(&s, "redo", &e));
    assert_non_null(session_apart(&s));
    assert_true(command_run_all(&s, "undo; trace path 3 3", &e)); /* another in its place */
    assert_null(session_apart(&s));
    assert_true(command_run_all(&s, "path 2; set fullscreen on; cancel", &e));
    assert_true(!session_apart(&s) && settings_on(&s.settings, SET_FULLSCREEN));
    assert_true(command_run_all(&s, "cancel", &e));
    assert_false(settings_on(&s.settings, SET_FULLSCREEN));
}

/* Among states, whose slots go round while drops need none. */
static void drops_are_undone_one_by_one(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "reset network; drop 1 2 3 0.5; drop 4 5", &e));
    assert_true(command_run_all(&s, "undo", &e));
    assert_true(log.last.kind == ORDER_UNDROP && log.last.n == 1);
    assert_true(command_run_all(&s, "undo", &e));
    assert_true(log.last.kind == ORDER_UNDROP && log.last.n == 3);
    assert_true(command_run_all(&s, "redo", &e));
    assert_true(log.last.kind == ORDER_DROP && log.last.n == 3 && log.last.spread == 0.5);
    assert_true(command_run_all(&s, "undo; undo", &e));
    assert_int_equal(log.last.kind, ORDER_RESUME);
    assert_false(command_run_all(&s, "undo", &e));
    for (int i = 0; i < UNDO_STATES + 5; i++)
        assert_true(command_run_all(&s, "drop 0 0; reset particles", &e));
    int undone = 0;
    while (session_undo(&s, &e))
        undone++;
    assert_int_equal(undone, 2 * UNDO_STATES);
    for (int i = 0; i < 2 * UNDO_STEPS; i++)
        assert_true(command_run_all(&s, "drop 0 0", &e));
    for (undone = 0; session_undo(&s, &e); undone++)
        ;
    assert_int_equal(undone, UNDO_STEPS);
}

static void steps_and_scrubs_rest(void **state)
{
    (void)state;
    static Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "step -3", &e));
    assert_true(log.last.kind == ORDER_STEP && log.last.x == -3);
    assert_false(settings_on(&s.settings, SET_PLAYING));
    assert_true(command_run_all(&s, "step", &e));
    assert_true(log.last.x == 1);
    assert_true(command_run_all(&s, "play; scrub 0.25", &e));
    assert_true(log.last.kind == ORDER_SCRUB && log.last.x == 0.25);
    assert_false(settings_on(&s.settings, SET_PLAYING));
    assert_false(command_run_all(&s, "step 1.5", &e));
    assert_false(command_run_all(&s, "scrub 2", &e));
}

static void undo_forgets_the_oldest_and_what_was_redone(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    for (int i = 0; i < UNDO_STATES + 5; i++)
        assert_true(command_run_all(&s, "reset network", &e));
    for (int i = 0; i < UNDO_STATES; i++)
        assert_true(command_run_all(&s, "undo", &e));
    assert_false(command_run_all(&s, "undo", &e));
    assert_true(command_run_all(&s, "reset particles", &e));
    assert_false(command_run_all(&s, "redo", &e));
}

static void cancel_takes_away_one_thing_at_a_time(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "set fullscreen on; set blank on; cancel", &e));
    assert_false(settings_on(&s.settings, SET_BLANK));
    assert_true(settings_on(&s.settings, SET_FULLSCREEN));
    assert_true(command_run_all(&s, "lesson 1; cancel", &e));
    assert_true(!s.lecture.lesson && settings_on(&s.settings, SET_FULLSCREEN));
    assert_true(command_run_all(&s, "cancel; cancel", &e));
    assert_false(settings_on(&s.settings, SET_FULLSCREEN));
}

static void an_echo_older_than_an_order_is_ignored(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    assert_true(command_run_all(&s, "set sigma 0.3", &e));
    assert_int_equal(log.last.kind, ORDER_SIGMA);
    session_echo(&s, 0, 5.0, false);
    assert_near(s.settings.value[SET_SIGMA], 0.3, 1e-12);
    session_echo(&s, s.sequence, 0.25, false);
    assert_near(s.settings.value[SET_SIGMA], 0.25, 1e-12);
    size_t orders = log.orders;
    session_flush(&s);
    assert_int_equal(log.orders, orders);
}

static void the_end_of_play_is_sent_back_once(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    session_echo(&s, 0, 0.3, true);
    assert_int_equal(log.orders, 0);
    session_echo(&s, 0, 0.2, false);
    assert_int_equal(log.orders, 1);
    assert_near(log.last.settings.value[SET_PLAYING], 0, 0);
    session_echo(&s, s.sequence, 0.2, false);
    assert_int_equal(log.orders, 1);
    assert_true(command_run_all(&s, "play", &e));
    assert_int_equal(log.orders, 2);
    assert_near(log.last.settings.value[SET_PLAYING], 1, 0);
}

static void zoom_keeps_the_place_under_the_pointer(void **state)
{
    (void)state;
    Log log;
    Error e;
    SESSION s = session_with(&log);
    Frame frame = {{1, 2}, 2};
    Rect plane = {0, 0, 800, 600};
    const double place[2] = {1 + 2 * 0.7, 2 - 2 * 0.4};
    double before[2], after[2];
    Camera camera = camera_of(&s.settings, &frame, plane);
    camera_to_pixel(&camera, place, before);
    assert_true(command_run_all(&s, "zoom 2 0.7 -0.4; zoom 1.5 0.7 -0.4", &e));
    camera = camera_of(&s.settings, &frame, plane);
    camera_to_pixel(&camera, place, after);
    assert_near(s.settings.value[SET_VIEW_ZOOM], 3, 1e-9);
    assert_near(after[0], before[0], 1e-6);
    assert_near(after[1], before[1], 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_split_as_the_grammar_says),
        cmocka_unit_test(single_quotes_take_all_as_it_stands),
        cmocka_unit_test(broken_texts_are_refused),
        cmocka_unit_test(tables_are_complete),
        cmocka_unit_test(every_setting_is_reachable_by_set),
        cmocka_unit_test(wrong_commands_say_where_and_what_would_be_right),
        cmocka_unit_test(orders_come_in_sequence_after_their_settings),
        cmocka_unit_test(outputs_carry_their_arguments),
        cmocka_unit_test(a_change_of_target_can_be_undone_and_redone),
        cmocka_unit_test(undo_forgets_the_oldest_and_what_was_redone),
        cmocka_unit_test(paths_are_numbered_from_where_they_were_cleared),
        cmocka_unit_test(traces_are_added_and_taken_back),
        cmocka_unit_test(the_newest_paths_are_shown),
        cmocka_unit_test(cleared_paths_stay_away),
        cmocka_unit_test(a_particle_and_its_path_are_one_thing_to_undo),
        cmocka_unit_test(a_step_is_looked_at_as_long_as_its_path_is_there),
        cmocka_unit_test(drops_are_undone_one_by_one),
        cmocka_unit_test(steps_and_scrubs_rest),
        cmocka_unit_test(cancel_takes_away_one_thing_at_a_time),
        cmocka_unit_test(an_echo_older_than_an_order_is_ignored),
        cmocka_unit_test(the_end_of_play_is_sent_back_once),
        cmocka_unit_test(zoom_keeps_the_place_under_the_pointer),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
