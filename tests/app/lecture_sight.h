/* lecture_sight.h - what a scene of a lesson is, to be compared with what it is meant to be, and hands that interfere.
 */
#ifndef TESTS_LECTURE_SIGHT_H
#define TESTS_LECTURE_SIGHT_H

#include "bench_session.h"

/* What one sees of a scene, and everything that goes on from it. */
typedef struct Sight {
    Settings settings;
    char caption[LECTURE_TEXT], question[LECTURE_TEXT];
    size_t parts, paths, hidden;
    float x[4096];
    size_t count, parameters;
    uint64_t steps;
    float parameter[2000];
} Sight;

static inline void take(const Bench *b, Sight *s)
{
    const SessionPath *shown[PATHS_MAX];
    const SimFrame *f = &b->pair.first.frame;
    const Net *net = &b->learner.trainer.net;
    memset(s, 0, sizeof *s);
    s->settings = b->session.settings;
    memcpy(s->caption, b->session.lecture.caption, sizeof s->caption);
    memcpy(s->question, b->session.lecture.question, sizeof s->question);
    s->parts = b->session.desk.drawing.count;
    s->paths = session_paths(&b->session, shown);
    for (size_t i = 0; i < LECTURE_PLACES; i++)
        s->hidden += b->session.lecture.hidden[i];
    s->count = f->count;
    s->steps = b->learner.trainer.statistics.steps;
    s->parameters = net->count;
    assert_true(f->count * 2 * sizeof *f->x <= sizeof s->x);
    memcpy(s->x, f->x, f->count * 2 * sizeof *f->x);
    memcpy(s->parameter, net->parameter, net->count < 2000 ? net->count * sizeof(float) : sizeof s->parameter);
}

static inline bool is_persons(SettingId id)
{
    return id >= SET_THEME || id == SET_DRAW_WORD;
}

static inline void assert_same_settings(const Settings *a, const Settings *b)
{
    char one[64], other[64];
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        if (!is_persons(id) && a->value[id] != b->value[id])
            fail_msg("%s: %s and %s", setting_info(id)->name, settings_print(a, id, one, sizeof one),
                     settings_print(b, id, other, sizeof other));
    }
}

static inline void assert_same_words(const Sight *a, const Sight *b)
{
    assert_string_equal(a->caption, b->caption);
    assert_string_equal(a->question, b->question);
    assert_int_equal(a->hidden, b->hidden);
}

static inline void assert_same(const Sight *a, const Sight *b)
{
    assert_same_settings(&a->settings, &b->settings);
    assert_int_equal(a->parts, b->parts);
    assert_int_equal(a->paths, b->paths);
    assert_int_equal(a->hidden, b->hidden);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->steps, b->steps);
    assert_int_equal(a->parameters, b->parameters);
    assert_memory_equal(a->x, b->x, sizeof a->x);
    assert_memory_equal(a->parameter, b->parameter, sizeof a->parameter);
}

static inline void act_like_a_hand(Bench *b, float draw)
{
    static const char *const acts[] = {
        "set target moons",
        "set sigma 0.7; tick 3",
        "drop 0.1 0.2 9; tick 2",
        "train 7",
        "toggle draw",
        "gaussian add 0.4 0.4; train 3",
        "set net.width 24; train 2",
        "reset all",
        "follow 0.2 0.1; tick 1",
        "toggle playing; tick 9",
        "set particles 90",
        "set theme light",
        "grab; set sigma 0.1",
        "set loop on; set view.x 1",
        "set seed 5; train 2",
        "stroke begin 0 0",
        "paint circle 0 0 0.3",
        "toggle training; hide noise",
        "set dynamics langevin; tick 4",
        "trace fates 0 0",
        "set dynamics.second over; tick 2",
        "clear drawing",
        "anneal",
        "step 3; step -1",
    };
    Error unused;
    command_run_all(&b->session, acts[(size_t)(draw * (float)(sizeof acts / sizeof *acts))], &unused);
}

#endif
