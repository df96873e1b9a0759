/* The lessons that ship, given from start to end and back: untouched, and with Next pressed at any time. */
#include "lecture_sight.h"

#include "core/rng.h"
#include "gfx/word.h"
#include "scene/lecture_run.h"

#include <math.h>
#include <stdio.h>

/* Every order of steps and ticks is cut short: what a scene is doesn't depend on how much was learned before. */
#if defined SCOREFIELD_SANITIZED
enum { SEEDS = 24, STEPS_MOST = 2, TICKS_MOST = 3, BATCH_MOST = 8, PARTICLES_MOST = 16 };
#else
enum { SEEDS = 200, STEPS_MOST = 20, TICKS_MOST = 20, BATCH_MOST = 32, PARTICLES_MOST = 64 };
#endif
enum { SCENES_MOST = 8, PRESSES = 12, FRAMES_MOST = 24 };

/* The bench is first: it is the context of its host. */
typedef struct Talk {
    Bench bench;
    Words words;
    double now_s;
    bool untouched; /* by hands, since the scene began */
} Talk;

static double at_most(double value, double most)
{
    return fmin(value, most);
}

static void carry_out_briefly(void *context, const Order *order)
{
    Order brief = *order;
    double *value = brief.settings.value;
    value[SET_BATCH] = at_most(value[SET_BATCH], BATCH_MOST);
    value[SET_PARTICLES] = at_most(value[SET_PARTICLES], PARTICLES_MOST);
    if (order->kind == ORDER_TRAIN || order->kind == ORDER_TICK)
        brief.n = (uint64_t)at_most((double)order->n, order->kind == ORDER_TRAIN ? STEPS_MOST : TICKS_MOST);
    carry_out(context, &brief);
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    return words_set(&((Talk *)context)->words, text, face, out, e);
}

static void begin_talk(Talk *t, bool live)
{
    begin(&t->bench);
    t->bench.session.host.order = carry_out_briefly;
    t->bench.session.host.word = set_word;
    t->bench.session.host.live = live;
    t->now_s = 100;
}

static void end_talk(Talk *t)
{
    end(&t->bench);
    words_free(&t->words);
}

static void open_shipped(Talk *t, size_t lesson)
{
    char command[64];
    snprintf(command, sizeof command, "lesson %zu", lesson + 1);
    run(&t->bench, command);
    assert_in_range(lecture_scenes(&t->bench.session.lecture), 2, SCENES_MOST);
    t->untouched = true;
}

static const LessonScene *scene_of(const Lecture *l)
{
    return &l->lesson->scene[l->scene];
}

/* The handle may be where play has come to. */
static void assert_same_but_for_sigma(const Settings *a, const Settings *b)
{
    Settings there = *a;
    there.value[SET_SIGMA] = b->value[SET_SIGMA];
    assert_same_settings(&there, b);
}

static void assert_expected(const Settings *s, const char *name, const char *value)
{
    Error e = {0};
    char is[64];
    Settings wanted = *s;
    SettingId id = setting_find(name);
    assert_true(id < SETTING_COUNT && settings_parse(&wanted, id, value, &e));
    if (fabs(wanted.value[id] - s->value[id]) > 1e-6 * fabs(wanted.value[id]))
        fail_msg("%s is %s, expected %s", name, settings_print(s, id, is, sizeof is), value);
}

/* Every `expect` of a scene that is through, also behind a wait. */
static void assert_declared(const Session *s)
{
    const Lecture *l = &s->lecture;
    size_t declared = 0;
    for (size_t i = scene_of(l)->from; i < scene_of(l)->to; i++) {
        const char *text = l->lesson->text + l->lesson->command[i].at;
        Command c;
        assert_true(command_next(&text, &c, NULL));
        if (strcmp(c.word[0], "expect") != 0)
            continue;
        assert_expected(&s->settings, c.word[1], c.word[2]);
        declared++;
    }
    assert_true(declared > 0);
}

/* Untouched */

static void give_scene(Talk *t, Sight *stand)
{
    Session *s = &t->bench.session;
    const Lecture *l = &s->lecture;
    assert_same_but_for_sigma(&l->run->entry[l->scene]->settings, &scene_of(l)->entry);
    take(&t->bench, stand);
    if (l->asking)
        run(&t->bench, "next");
    assert_false(l->asking || lecture_waits(l));
    assert_true(l->caption[0] != '\0');
    assert_declared(s);
    if (l->scene + 1 < lecture_scenes(l))
        assert_same_but_for_sigma(&s->settings, &scene_of(l)[1].entry);
}

static void give_forwards(Talk *t, Sight stand[SCENES_MOST])
{
    const Lecture *l = &t->bench.session.lecture;
    for (size_t i = 0; i < lecture_scenes(l); i++) {
        assert_int_equal(l->scene, i);
        give_scene(t, &stand[i]);
        run(&t->bench, "next");
    }
    assert_non_null(strstr(t->bench.session.notice, "ends here"));
}

static void give_backwards(Talk *t, const Sight stand[SCENES_MOST])
{
    static Sight now;
    const Lecture *l = &t->bench.session.lecture;
    for (size_t i = l->scene; i > 0; i--) {
        run(&t->bench, "back");
        assert_int_equal(l->scene, i - 1);
        take(&t->bench, &now);
        assert_same_words(&now, &stand[i - 1]);
        assert_same(&now, &stand[i - 1]);
    }
}

static void each_lesson_goes_forwards_and_back(void **state)
{
    (void)state;
    static Talk t;
    static Sight stand[SCENES_MOST];
    begin_talk(&t, false);
    for (size_t i = 0; lesson_shipped(i); i++) {
        print_message("%s\n", lesson_shipped(i));
        open_shipped(&t, i);
        give_forwards(&t, stand);
        give_backwards(&t, stand);
    }
    end_talk(&t);
}

/* Interrupted */

/* A fifth of a second of the lesson's time, and a step that counts as a hundred: waits end after a few of them. */
static void frame(Talk *t)
{
    Bench *b = &t->bench;
    Error told = {0};
    if (settings_on(&b->session.settings, SET_TRAINING))
        learner_step(&b->learner);
    pair_tick(&b->pair);
    session_echo(&b->session, b->pair.first.frame.sequence, b->pair.first.frame.sigma, b->pair.first.frame.playing);
    t->now_s += 0.2;
    LectureClock clock = {t->now_s, 100 * b->learner.trainer.statistics.steps, true};
    if (!lecture_advance(&b->session, &clock, &told) && t->untouched)
        fail_msg("%s", told.text);
}

static void let_pass(Talk *t, int frames)
{
    const Lecture *l = &t->bench.session.lecture;
    while (frames-- > 0)
        frame(t);
    if (t->untouched && !lecture_waits(l) && !l->asking)
        assert_declared(&t->bench.session);
}

/* What stands there at once, before any time has passed. */
static void look_at_scenes(Talk *t, Sight stand[SCENES_MOST])
{
    const Lecture *l = &t->bench.session.lecture;
    for (size_t i = 0; i < lecture_scenes(l); i++) {
        while (l->scene < i)
            run(&t->bench, "next");
        take(&t->bench, &stand[i]);
    }
}

/* The scene that a key leads to; false where it goes on within this one. */
static bool leads_to(const Lecture *l, bool next, size_t *scene)
{
    *scene = l->scene + (next ? !l->asking && l->scene + 1 < lecture_scenes(l) : -(size_t)(l->scene > 0));
    return !next || *scene != l->scene;
}

static void press(Talk *t, bool next, const Sight stand[SCENES_MOST])
{
    static Sight now;
    const Lecture *l = &t->bench.session.lecture;
    size_t scene;
    bool begins = leads_to(l, next, &scene);
    run(&t->bench, next ? "next" : "back");
    assert_int_equal(l->scene, scene);
    if (!begins)
        return;
    t->untouched = true;
    take(&t->bench, &now);
    assert_same_words(&now, &stand[scene]);
    if (scene_of(l)->keep)
        assert_same_but_for_sigma(&now.settings, &stand[scene].settings);
    else
        assert_same(&now, &stand[scene]);
}

static void interrupt(Talk *t, const Sight stand[SCENES_MOST], uint64_t seed)
{
    const Lecture *l = &t->bench.session.lecture;
    float draw[4];
    for (uint64_t i = 0; i < PRESSES; i++) {
        rng_uniforms((Rng){seed, STREAM_TEST}, i, 0, 1, draw);
        let_pass(t, (int)(FRAMES_MOST * draw[0] * draw[0]));
        if (draw[1] < 0.4f) {
            t->untouched = false;
            act_like_a_hand(&t->bench, draw[2]);
            let_pass(t, 2);
        }
        press(t, draw[3] < 0.75f, stand);
    }
    while (l->asking || l->scene + 1 < lecture_scenes(l) || lecture_waits(l))
        press(t, true, stand);
    let_pass(t, 2);
}

static void next_comes_at_any_time(void **state)
{
    (void)state;
    static Talk t;
    static Sight stand[SCENES_MOST];
    begin_talk(&t, true);
    for (size_t i = 0; lesson_shipped(i); i++) {
        open_shipped(&t, i);
        look_at_scenes(&t, stand);
        for (uint64_t seed = i; seed < SEEDS; seed += 12) {
            print_message("%s, seed %d\n", lesson_shipped(i), (int)seed);
            open_shipped(&t, i);
            interrupt(&t, stand, seed);
        }
    }
    end_talk(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lesson_goes_forwards_and_back),
        cmocka_unit_test(next_comes_at_any_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
