/* commands_replay.c - what a recording has between a person's commands: what the workers did, and what main knew of it.
 */
#include "scene/commands.h"
#include "scene/drawing_file.h"

#include <string.h>

static bool replay_on(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->replays = true;
    return true;
}

static bool replay_off(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->replays = false;
    return true;
}

static bool pass(Session *s, Passed what, uint64_t n)
{
    if (s->host.pass)
        s->host.pass(s->host.context, what, n);
    return true;
}

static bool replay_train(Session *s, const Command *c, Error *e)
{
    uint64_t n;
    return count_argument(c, 2, 0, 1000000000, &n, e) && pass(s, PASSED_STEPS, n);
}

static bool replay_tick(Session *s, const Command *c, Error *e)
{
    uint64_t n;
    return count_argument(c, 2, 0, 1000000000, &n, e) && pass(s, PASSED_TICKS, n);
}

static bool replay_adopt(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    return pass(s, PASSED_WEIGHTS, 1);
}

static bool switch_argument(const Command *c, int word, bool *on, Error *e)
{
    *on = strcmp(c->word[word], "on") == 0;
    return *on || strcmp(c->word[word], "off") == 0 ||
           error_set(e, "replay %s takes on or off, got \"%s\"", c->word[1], c->word[word]);
}

/* A window has a clock of its own. */
static bool replay_lesson(Session *s, const Command *c, Error *e)
{
    LectureClock now;
    return number_argument(c, 2, 0, 1e12, &now.now_s, e) && count_argument(c, 3, 0, UINT64_MAX / 2, &now.steps, e) &&
           switch_argument(c, 4, &now.learning, e) && (s->host.live || lecture_advance(s, &now, e));
}

static bool replay_handle(Session *s, const Command *c, Error *e)
{
    double sigma;
    bool playing;
    if (!number_argument(c, 2, 0, 1e9, &sigma, e) || !switch_argument(c, 3, &playing, e))
        return false;
    session_echo(s, s->sequence, sigma, playing);
    return true;
}

static bool replay_settle(Session *s, const Command *c, Error *e)
{
    (void)c;
    return session_settle(s, e);
}

static bool replay_refused(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->forgives = true;
    return true;
}

static bool replay_drawing(Session *s, const Command *c, Error *e)
{
    Drawing drawing = {0};
    return drawing_load(&drawing, c->word[2], e) && session_bring(s, &drawing, e);
}

bool run_replay(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {{"on", "", 0, 0, replay_on},
                                 {"off", "", 0, 0, replay_off},
                                 {"train", "N", 1, 1, replay_train},
                                 {"tick", "N", 1, 1, replay_tick},
                                 {"adopt", "", 0, 0, replay_adopt},
                                 {"handle", "SIGMA on|off", 2, 2, replay_handle},
                                 {"settle", "", 0, 0, replay_settle},
                                 {"lesson", "SECONDS STEPS on|off", 3, 3, replay_lesson},
                                 {"refused", "", 0, 0, replay_refused},
                                 {"drawing", "FILE", 1, 1, replay_drawing},
                                 {0}};
    return run_verb(verbs, s, c, e);
}
