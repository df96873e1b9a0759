/* Lessons as they are given: whatever hands do in between, scenes are what they are meant to be. */
#include "lecture_sight.h"

#include "core/rng.h"
#include "folder.h"
#include "scene/lesson.h"

#include <stdio.h>
#include <stdlib.h>

#define SAMPLES SOURCE_FOLDER "/tests/scene/lessons/"

/* Fewer where every one takes ten times as long. */
#if defined SCOREFIELD_SANITIZED
enum { SCENES = 4, SEEDS = 4 };
#else
enum { SCENES = 4, SEEDS = 40 };
#endif

static const char hill[] = SAMPLES "01-hill.lesson", drawing[] = SAMPLES "02-drawing.lesson";

static void open_lesson(Bench *b, const char *name)
{
    char command[1024];
    snprintf(command, sizeof command, "lesson \"%s\"", name);
    run(b, command);
}

/* Every scene as it stands after its own commands, up to its question, when nobody touches anything. */
static void give_untouched(Bench *b, const char *name, Sight stand[SCENES])
{
    begin(b);
    open_lesson(b, name);
    for (size_t i = 0; i < SCENES; i++) {
        assert_int_equal(b->session.lecture.scene, i);
        take(b, &stand[i]);
        if (b->session.lecture.asking)
            run(b, "next");
        if (i + 1 < SCENES)
            run(b, "next");
    }
}

static void scenes_come_one_after_the_other(void **state)
{
    (void)state;
    static Bench b;
    const Lecture *l = &b.session.lecture;
    begin(&b);
    open_lesson(&b, hill);
    assert_string_equal(lecture_title(l), "A hill to climb");
    assert_int_equal(lecture_scenes(l), 4);
    assert_string_equal(lecture_scene_title(l, 2), "At the end");
    assert_string_equal(l->caption, "Follow the arrows.");
    assert_string_equal(l->formula[1], "\\nabla log p(x)");
    assert_string_equal(l->note, "Wait for the class.");
    assert_true(l->hidden[PLACE_NETWORK]);
    assert_int_equal(b.pair.first.frame.dropped, 8);
    run(&b, "next");
    assert_string_equal(l->caption, "From noise to data.");
    assert_string_equal(l->formula[0], "");
    assert_true(l->asking && strcmp(l->question, "Where do they go?") == 0);
    assert_false(settings_on(&b.session.settings, SET_PLAYING));
    assert_int_equal(b.learner.trainer.statistics.steps, 20);
    assert_int_equal(b.pair.first.frame.dropped, 0);
    Settings frozen = b.session.settings;
    run(&b, "tick 20");
    assert_near(b.session.settings.value[SET_SIGMA], frozen.value[SET_SIGMA], 0);
    run(&b, "next");
    assert_false(l->asking || settings_on(&b.session.settings, SET_SHOW_TRAILS));
    assert_false(settings_on(&b.session.settings, SET_PLAYING)); /* it came to its end */
    run(&b, "next");
    assert_int_equal(l->focus, SET_SIGMA);
    assert_false(l->hidden[PLACE_NETWORK]);
    assert_int_equal(b.learner.trainer.statistics.steps, 25); /* goes on */
    run(&b, "next; next; next");
    assert_int_equal(l->scene, 3);
    assert_int_equal(b.learner.trainer.statistics.steps, 30); /* afresh */
    end(&b);
}

/* The scene that Next or Back should lead to, from what a lecture is in. */
static size_t after(const Lecture *l, bool next)
{
    if (!next)
        return l->scene > 0 ? l->scene - 1 : 0;
    return !l->asking && l->scene + 1 < SCENES ? l->scene + 1 : l->scene;
}

static void wander(Bench *b, const char *name, const Sight stand[SCENES], uint64_t seed)
{
    static Sight now, kept[SCENES];
    bool known[SCENES] = {true};
    float draw[8];
    open_lesson(b, name);
    for (uint64_t i = 0; i < 14; i++) {
        const Lecture *l = &b->session.lecture;
        rng_uniforms((Rng){seed, STREAM_TEST}, i, 0, 2, draw);
        for (int hands = (int)(4 * draw[0]); hands > 0; hands--)
            act_like_a_hand(b, draw[hands]);
        bool next = draw[4] < 0.65f, reveals = next && l->asking, again = next && l->scene + 1 == SCENES;
        size_t scene = after(l, next);
        run(b, next ? "next" : "back");
        assert_int_equal(l->scene, scene);
        if (reveals || again)
            continue;
        take(b, &now);
        assert_same_words(&now, &stand[scene]);
        if (!l->lesson->scene[scene].keep)
            assert_same(&now, &stand[scene]);
        else if (next || !known[scene])
            assert_same_settings(&now.settings, &stand[scene].settings);
        else
            assert_same(&now, &kept[scene]);
        known[scene] = true;
        kept[scene] = now;
    }
    run(b, "lesson \"\"");
}

/* Clean scenes are the same bytes whatever was done before; those that keep are what they were when they are come back
 * to. */
static void interruptions_leave_every_scene_as_it_is_meant(void **state)
{
    (void)state;
    static Bench b;
    static Sight stand[SCENES];
    const char *const names[] = {hill, drawing};
    for (size_t i = 0; i < 2; i++) {
        give_untouched(&b, names[i], stand);
        run(&b, "lesson \"\"");
        for (uint64_t seed = 0; seed < SEEDS; seed++)
            wander(&b, names[i], stand, seed);
        end(&b);
    }
}

static void leaving_gives_back_what_was_before(void **state)
{
    (void)state;
    static Bench a, b;
    const char course[] = "gaussian add 0.2 0; gaussian add -0.4 0.3; set steps 30; train 30; trace path 0 0; tick 20; "
                          "reset network; train 9";
    const char *const names[] = {hill, drawing};
    for (size_t i = 0; i < 2; i++) {
        static Sight one, other;
        begin(&a), begin(&b);
        run(&a, course), run(&b, course);
        open_lesson(&b, names[i]);
        run(&b, "set theme light; next; drop 0 0; paint circle 0 0 0.2; next; back; next; reset network; next; lesson "
                "\"\"");
        assert_null(b.session.lecture.lesson);
        take(&a, &one), take(&b, &other);
        assert_same(&one, &other);
        assert_near(b.session.settings.value[SET_THEME], THEME_LIGHT, 0);
        run(&a, "train 20; tick 30"), run(&b, "train 20; tick 30");
        assert_same_going(&a, &b);
        run(&a, "undo; undo; undo; redo; train 5; tick 5"), run(&b, "undo; undo; undo; redo; train 5; tick 5");
        assert_same_going(&a, &b);
        assert_int_equal(a.session.desk.drawing.part[0].gaussians->count,
                         b.session.desk.drawing.part[0].gaussians->count);
        end(&a), end(&b);
    }
}

static void the_step_that_was_looked_at_comes_back(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    run(&b, "trace path 0 0; path 3");
    open_lesson(&b, hill);
    assert_null(session_apart(&b.session));
    run(&b, "trace path 1 1; path 2; lesson \"\"");
    assert_non_null(session_apart(&b.session));
    assert_int_equal(b.session.apart.step, 3);
    end(&b);
}

static void no_part_is_chosen_when_a_scene_begins(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    open_lesson(&b, drawing);
    run(&b, "next; part select 1");
    assert_true(b.session.desk.chosen > 0);
    run(&b, "next");
    assert_int_equal(b.session.desk.drawing.count, 1); /* still the same one */
    assert_int_equal(b.session.desk.chosen, 0);
    end(&b);
}

static void another_lesson_has_its_own_drawing(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    folder_put("one.lesson", "gaussian add 0 0\nscene \"A\"; say a");
    folder_put("two.lesson", "gaussian add 0.5 0\nscene \"A\"; say a");
    open_lesson(&b, "one.lesson");
    open_lesson(&b, "two.lesson");
    assert_near(b.session.desk.drawing.part[0].gaussians->item[0].mean[0], 0.5, 1e-6);
    end(&b);
}

static void what_a_scene_keeps_is_gone_through_first(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    folder_put("talk.lesson", "scene \"A\"; train 5\nscene \"B\" keep; train 2\nscene \"C\" keep; train 1");
    run(&b, "lesson talk.lesson 3");
    assert_int_equal(b.learner.trainer.statistics.steps, 8);
    end(&b);
}

static void what_a_lesson_does_is_no_step_to_undo(void **state)
{
    (void)state;
    static Bench b;
    Error e;
    begin(&b);
    run(&b, "set target moons; drop 0 0");
    open_lesson(&b, drawing);
    run(&b, "next");
    assert_false(command_run_all(&b.session, "undo", &e));
    run(&b, "gaussian add 0.1 0.1; drop 1 1; undo; undo");
    assert_int_equal(b.session.desk.drawing.part[0].gaussians->count, 3);
    assert_false(command_run_all(&b.session, "undo", &e));
    end(&b);
}

static void any_scene_can_be_the_first(void **state)
{
    (void)state;
    static Bench b;
    static Sight stand[SCENES], now;
    Error e;
    char command[1024];
    give_untouched(&b, hill, stand);
    end(&b);
    for (size_t scene = 0; scene < SCENES; scene++) {
        begin(&b);
        snprintf(command, sizeof command, "lesson %s %zu", hill, scene + 1);
        run(&b, command);
        assert_int_equal(b.session.lecture.scene, scene);
        take(&b, &now);
        assert_same_settings(&now.settings, &stand[scene].settings);
        if (!b.session.lecture.lesson->scene[scene].keep)
            assert_same(&now, &stand[scene]);
        end(&b);
    }
    begin(&b);
    snprintf(command, sizeof command, "lesson %s 5", hill);
    assert_false(command_run_all(&b.session, command, &e));
    assert_non_null(strstr(e.text, "has 4 scenes"));
    assert_null(b.session.lecture.lesson);
    assert_false(command_run_all(&b.session, "next", &e));
    assert_false(command_run_all(&b.session, "back", &e));
    assert_false(command_run_all(&b.session, "lesson \"\"", &e));
    end(&b);
}

/* What hands did before the lesson goes on lies below what it does then: neither can be undone, nor what was undone be
 * done again on top of it. */
static void undo_takes_nothing_of_the_lesson(void **state)
{
    (void)state;
    static const char *const hands[] = {"trace path 0 0", "drop 0 0 3", "follow 0 0", "gaussian add 0 0"};
    static const char *const lessons[] = {"trace path 1 1", "drop 1 1 2", "follow 1 1", "stamp 1 1"};
    static Bench b;
    const SessionPath *shown[PATHS_MAX];
    Error e;
    char text[256];
    for (size_t i = 0; i < 4 * 2; i++) {
        begin(&b);
        snprintf(text, sizeof text, "scene \"A\"; ask \"?\"; %s", lessons[i / 2]);
        folder_put("talk.lesson", text);
        open_lesson(&b, "talk.lesson");
        run(&b, hands[i / 2]);
        run(&b, i % 2 ? "undo; next" : "next");
        size_t paths = session_paths(&b.session, shown), dropped = b.pair.first.frame.dropped;
        size_t parts = b.session.desk.drawing.count;
        assert_true(paths + dropped + parts > 0);
        assert_false(command_run_all(&b.session, i % 2 ? "redo" : "undo", &e));
        assert_int_equal(session_paths(&b.session, shown), paths);
        assert_int_equal(b.pair.first.frame.dropped, dropped);
        assert_int_equal(b.session.desk.drawing.count, parts);
        run(&b, hands[i / 2]);
        run(&b, "undo");
        assert_int_equal(session_paths(&b.session, shown), paths);
        assert_int_equal(b.pair.first.frame.dropped, dropped);
        assert_int_equal(b.session.desk.drawing.count, parts);
        end(&b);
    }
}

static void a_talk_goes_on_behind_a_mistake(void **state)
{
    (void)state;
    static Bench b;
    Error e;
    begin(&b);
    folder_put("talk.lesson",
               "scene \"A\"\nset steps x\nset steps 9\nnonsense\nset steps 8; say \"there\"\nscene \"B\"");
    assert_false(command_run_all(&b.session, "lesson talk.lesson", &e));
    assert_non_null(strstr(e.text, ".lesson:2:1: \"set steps x\": steps takes a whole number"));
    assert_string_equal(b.session.lecture.caption, "there");
    assert_near(b.session.settings.value[SET_STEPS], 8, 0);
    run(&b, "next");
    end(&b);
}

/* Where time passes by itself */

typedef struct Time {
    double now_s;
    bool learning; /* the network goes on */
    Error told;
} Time;

static void begin_live(Bench *b, Time *t, const char *text)
{
    begin(b);
    b->session.host.live = true;
    *t = (Time){.now_s = 100, .learning = true};
    folder_put("talk.lesson", text);
    open_lesson(b, "talk.lesson");
}

/* A frame: a tick, a step where training is on, and what the lesson makes of it. */
static bool frame(Bench *b, Time *t)
{
    Session *s = &b->session;
    if (settings_on(&s->settings, SET_TRAINING) && t->learning)
        learner_step(&b->learner);
    pair_tick(&b->pair);
    session_echo(s, b->pair.first.frame.sequence, b->pair.first.frame.sigma, b->pair.first.frame.playing);
    t->now_s += 1.0 / TICKS_PER_SECOND;
    LectureClock clock = {t->now_s, b->learner.trainer.statistics.steps, t->learning};
    return lecture_advance(s, &clock, &t->told);
}

static int frames_until_caption(Bench *b, Time *t, const char *caption, int most)
{
    for (int i = 0; i < most; i++) {
        if (strcmp(b->session.lecture.caption, caption) == 0)
            return i;
        frame(b, t);
    }
    fail_msg("no \"%s\" after %d frames", caption, most);
    return most;
}

#define SMALL "set net.width 16; set net.depth 2; set train.batch 32; set particles 50\n"

static void waits_last_as_long_as_they_say(void **state)
{
    (void)state;
    static Bench b;
    Time t;
    begin_live(&b, &t,
               SMALL
               "scene \"A\"; wait 2s; say two; wait train 30; say thirty; set loop off; set duration 1; set speed 1; "
               "play; wait anneal; say end");
    assert_true(lecture_waits(&b.session.lecture));
    assert_in_range(frames_until_caption(&b, &t, "two", 300), 118, 122);
    assert_in_range(frames_until_caption(&b, &t, "thirty", 300), 29, 32);
    frames_until_caption(&b, &t, "end", 600);
    assert_false(settings_on(&b.session.settings, SET_PLAYING));
    assert_false(lecture_waits(&b.session.lecture));
    assert_string_equal(t.told.text, "");
    end(&b);
}

static void looping_play_comes_to_its_end_too(void **state)
{
    (void)state;
    static Bench b;
    Time t;
    begin_live(&b, &t, SMALL "scene \"A\"; set duration 1; set loop on; play; wait anneal; say end");
    assert_in_range(frames_until_caption(&b, &t, "end", 200), 50, 80);
    assert_true(settings_on(&b.session.settings, SET_PLAYING));
    end(&b);
}

static void what_never_comes_is_told_and_passed(void **state)
{
    (void)state;
    static Bench b;
    Time t;
    begin_live(&b, &t, SMALL "scene \"A\"; wait train 3000; say on; set loop off; wait anneal; say through");
    run(&b, "set training off");
    assert_false(frame(&b, &t));
    assert_non_null(strstr(t.told.text, ":2:12: \"wait train 3000\": training is off: the lesson goes on"));
    assert_string_equal(b.session.lecture.caption, "on");
    t.told.text[0] = '\0';
    run(&b, "pause");
    assert_true(frame(&b, &t)); /* play has come to an end, whoever ended it */
    assert_string_equal(b.session.lecture.caption, "through");
    end(&b);
    begin_live(&b, &t, SMALL "scene \"A\"; wait train 3000; say on");
    t.learning = false;
    assert_true(frame(&b, &t)); /* it may be an old one that rests */
    assert_in_range(frames_until_caption(&b, &t, "on", 100), 25, 40);
    assert_non_null(strstr(t.told.text, "the network rests"));
    end(&b);
}

static void a_wait_has_an_end(void **state)
{
    (void)state;
    static Bench b;
    Time t;
    begin_live(&b, &t, SMALL "scene \"A\"; set duration 60; set speed 0.125; wait anneal; say on");
    frame(&b, &t);
    t.now_s += 590;
    assert_true(frame(&b, &t));
    t.now_s += 11;
    assert_false(frame(&b, &t));
    assert_non_null(strstr(t.told.text, "ten minutes have passed"));
    assert_string_equal(b.session.lecture.caption, "on");
    end(&b);
}

static void next_ends_a_wait(void **state)
{
    (void)state;
    static Bench b;
    Time t;
    begin_live(&b, &t,
               SMALL "scene \"A\"; wait 100s; set steps 9; wait 100s\nscene \"B\" keep; wait 50s; set steps 7; say b\n"
                     "scene \"C\"; wait 9s; set steps 5; say c");
    frame(&b, &t);
    run(&b, "next");
    assert_near(b.session.settings.value[SET_STEPS], 9, 0);
    frame(&b, &t);
    run(&b, "next");
    assert_near(b.session.settings.value[SET_STEPS], 7, 0);
    assert_string_equal(b.session.lecture.caption, "");
    run(&b, "next"); /* the last one: what is left of it, at once */
    assert_string_equal(b.session.lecture.caption, "c");
    run(&b, "next");
    assert_non_null(strstr(b.session.notice, "ends here"));
    end(&b);
}

static void a_question_stops_everything(void **state)
{
    (void)state;
    static Bench b;
    static Sight asked, later;
    Time t;
    begin_live(&b, &t, SMALL "scene \"A\"; set dynamics langevin; play; wait 0.5s; ask \"Why?\"; say because");
    for (int i = 0; i < 40 && !b.session.lecture.asking; i++)
        frame(&b, &t);
    take(&b, &asked);
    for (int i = 0; i < 30; i++)
        frame(&b, &t);
    take(&b, &later);
    assert_same(&asked, &later);
    run(&b, "next");
    assert_string_equal(b.session.lecture.caption, "because");
    assert_string_equal(b.session.lecture.question, "");
    assert_true(settings_on(&b.session.settings, SET_PLAYING) && settings_on(&b.session.settings, SET_TRAINING));
    frame(&b, &t);
    take(&b, &later);
    assert_int_equal(later.steps, asked.steps + 1);
    assert_memory_not_equal(asked.x, later.x, 50 * 2 * sizeof(float));
    end(&b);
}

static void a_file_that_changes_begins_its_scene_again(void **state)
{
    (void)state;
    static Bench b;
    Time t = {.now_s = 100, .learning = true};
    begin(&b);
    b.session.host.live = true;
    folder_put("talk.lesson", "scene \"A\"\nscene \"B\"; say old");
    open_lesson(&b, "talk.lesson");
    run(&b, "next");
    frame(&b, &t);
    usleep(20000);
    folder_put("talk.lesson", "scene \"A\"; set steps 9\nscene \"B\"; say new\nscene \"C\"");
    assert_in_range(frames_until_caption(&b, &t, "new", 130), 1, 130);
    assert_int_equal(b.session.lecture.scene, 1);
    assert_near(b.session.settings.value[SET_STEPS], 9, 0);
    assert_int_equal(lecture_scenes(&b.session.lecture), 3);
    usleep(20000);
    folder_put("talk.lesson", "say nothing");
    bool told = false;
    for (int i = 0; i < 130; i++)
        told |= !frame(&b, &t);
    assert_true(told && strstr(t.told.text, ":1:1: \"say nothing\": expected scene"));
    assert_string_equal(b.session.lecture.caption, "new");
    end(&b);
}

/* Sets words; while a lesson is read first, another one is written. */
static bool write_another(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    (void)text;
    (void)face;
    (void)e;
    const Bench *b = context;
    const float level[6] = {1, 0, 1, 0, 1, 0};
    usleep(20000);
    if (!b->session.lecture.lesson)
        folder_put("talk.lesson", "scene \"A\"; say new");
    *out = raster_of_levels(level, 2, 3);
    return *out;
}

static void a_file_that_changes_while_it_is_read_is_read_again(void **state)
{
    (void)state;
    static Bench b;
    Time t = {.now_s = 100, .learning = true};
    begin(&b);
    b.session.host.live = true;
    b.session.host.word = write_another;
    folder_put("talk.lesson", "scene \"A\"; word x; say old");
    open_lesson(&b, "talk.lesson");
    assert_string_equal(b.session.lecture.caption, "old");
    frames_until_caption(&b, &t, "new", 130);
    end(&b);
}

static int begun; /* scenes of the workers */

static void count_scenes(void *context, const Order *o)
{
    begun += o->kind == ORDER_BEGIN;
    carry_out(context, o);
}

/* Nobody composes the first scene's drawing here: Next comes before it, and the next scene goes on with its network. */
static void next_begins_what_awaits_its_drawing(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    b.session.host.live = b.session.host.composes = true;
    b.session.host.order = count_scenes;
    begun = 0;
    folder_put("talk.lesson",
               "stroke begin 0 0; stroke to 1 1; stroke end\nscene \"A\"; say a\nscene \"B\" keep; say b");
    open_lesson(&b, "talk.lesson");
    assert_string_equal(b.session.lecture.caption, "");
    assert_int_equal(begun, 0);
    run(&b, "next");
    assert_int_equal(begun, 1);
    end(&b);
}

/* One that was saved in a lesson which is no more is opened in none, and not in a scene of another. */
static void a_state_of_a_lost_lesson_is_in_none(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    folder_put("lost.lesson", "scene \"A\"\nset target moons\nsay there");
    open_lesson(&b, "lost.lesson");
    run(&b, "save saved.safetensors");
    assert_int_equal(unlink("lost.lesson"), 0);
    open_lesson(&b, hill);
    run(&b, "open saved.safetensors");
    assert_null(b.session.lecture.lesson);
    assert_string_equal(target_info(settings_index(&b.session.settings, SET_TARGET))->name, "moons");
    run(&b, "undo");
    assert_string_equal(target_info(settings_index(&b.session.settings, SET_TARGET))->name, "spirals");
    end(&b);
}

/* It would leave the lesson, or begin another one, while that is being given. */
static void a_lesson_opens_no_saved_state(void **state)
{
    (void)state;
    static Bench b;
    Error e;
    begin(&b);
    folder_put("talk.lesson", "scene \"A\"; say there");
    run(&b, "save saved.safetensors");
    folder_put("talk.lesson", "scene \"A\"\nopen saved.safetensors\nsay there");
    assert_false(command_run_all(&b.session, "lesson talk.lesson", &e));
    assert_non_null(strstr(e.text, "a saved state is for hands"));
    assert_string_equal(b.session.lecture.caption, "there");
    end(&b);
}

static void escape_leaves_last(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    open_lesson(&b, hill);
    run(&b, "set blank on; spotlight; cancel");
    assert_true(b.session.lecture.spotlight && b.session.lecture.lesson);
    run(&b, "cancel");
    assert_false(b.session.lecture.spotlight);
    assert_non_null(b.session.lecture.lesson);
    run(&b, "lock; cancel");
    assert_non_null(b.session.lecture.lesson); /* locked */
    run(&b, "lock; cancel");
    assert_null(b.session.lecture.lesson);
    run(&b, "cancel");
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenes_come_one_after_the_other),
        cmocka_unit_test(interruptions_leave_every_scene_as_it_is_meant),
        cmocka_unit_test(leaving_gives_back_what_was_before),
        cmocka_unit_test(the_step_that_was_looked_at_comes_back),
        cmocka_unit_test(no_part_is_chosen_when_a_scene_begins),
        cmocka_unit_test(another_lesson_has_its_own_drawing),
        cmocka_unit_test(what_a_scene_keeps_is_gone_through_first),
        cmocka_unit_test(what_a_lesson_does_is_no_step_to_undo),
        cmocka_unit_test(undo_takes_nothing_of_the_lesson),
        cmocka_unit_test(any_scene_can_be_the_first),
        cmocka_unit_test(a_talk_goes_on_behind_a_mistake),
        cmocka_unit_test(waits_last_as_long_as_they_say),
        cmocka_unit_test(looping_play_comes_to_its_end_too),
        cmocka_unit_test(what_never_comes_is_told_and_passed),
        cmocka_unit_test(a_wait_has_an_end),
        cmocka_unit_test(next_ends_a_wait),
        cmocka_unit_test(a_question_stops_everything),
        cmocka_unit_test(a_file_that_changes_begins_its_scene_again),
        cmocka_unit_test(a_file_that_changes_while_it_is_read_is_read_again),
        cmocka_unit_test(next_begins_what_awaits_its_drawing),
        cmocka_unit_test(a_lesson_opens_no_saved_state),
        cmocka_unit_test(a_state_of_a_lost_lesson_is_in_none),
        cmocka_unit_test(escape_leaves_last),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
