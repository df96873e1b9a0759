/* lecture_run.c - the commands of a scene one after the other, and what they wait for. */
#include "scene/lecture_run.h"

#include "io/text.h"
#include "scene/commands.h"
#include "scene/errand.h"
#include "scene/simulation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A state of the workers that is this old is no echo of what was before the scene. */
static const double SURELY_S = 0.5;
/* So near to the last level is at the end. */
static const double AT_END = 1 + 1e-6;

void lecture_note(Session *s, const char *problem)
{
    Error *first = &s->lecture.run->problem;
    if (!first->text[0])
        error_set(first, "%s", problem);
}

static void note_fault(Session *s, const Error *why)
{
    LectureRun *run = s->lecture.run;
    Error e;
    lesson_fault(run->lesson, run->command - 1, why, &e);
    lecture_note(s, e.text);
}

bool lecture_awaits_drawing(const Session *s)
{
    return s->host.composes && settings_index(&s->settings, SET_TARGET) == target_count() &&
           s->settings.drawing != s->desk.version && s->drawing_tried != s->desk.version && !s->lecture.run->impatient;
}

/* It is no longer what the scene began with, but what the lesson made of that, where hands did nothing to it. */
static void note_drawn(LectureRun *run, uint64_t from, uint64_t to)
{
    run->placed = run->placed == from + 1 ? to + 1 : 0;
    run->placed_drawn = UINT64_MAX;
}

static void run_command(Session *s)
{
    LectureRun *run = s->lecture.run;
    const char *text = run->lesson->text + run->lesson->command[run->command++].at;
    Command c;
    Error why;
    uint64_t version = s->desk.version, errands = s->errands;
    s->lecture.version++;
    s->unrecorded = true;
    if (!command_next(&text, &c, &why) || !command_run(s, &c, &why) ||
        (s->errands != errands && !session_await(s, &why)))
        note_fault(s, &why);
    s->unrecorded = false;
    if (version != s->desk.version)
        note_drawn(run, version, s->desk.version);
    s->notice[0] = '\0'; /* for hands */
}

static bool draws_next(const LectureRun *run)
{
    const char *text = run->lesson->text + run->lesson->command[run->command].at;
    Command c;
    Error unused;
    const CommandInfo *row = command_next(&text, &c, &unused) ? command_check(&c, &unused) : NULL;
    return row && command_draws(row);
}

static bool has_more(const Lecture *l)
{
    return l->run->command < l->run->lesson->scene[l->scene].to;
}

bool lecture_waits(const Lecture *l)
{
    return l->run && (l->run->entering || l->run->wait.what || (has_more(l) && !l->asking));
}

bool lecture_untouched(const Lecture *l)
{
    return !l->run || !(l->run->paused || l->run->hurries);
}

void lecture_run_on(Session *s)
{
    Lecture *l = &s->lecture;
    LectureRun *run = l->run;
    while (has_more(l) && !run->entering && !run->wait.what && !l->asking && !s->quit &&
           (draws_next(run) || !lecture_awaits_drawing(s)))
        run_command(s);
}

void lecture_hurry(Session *s)
{
    LectureRun *run = s->lecture.run;
    if (s->lecture.asking)
        lecture_reveal(s);
    run->hurries = true;
    run->wait.what = WAIT_NOTHING;
    while (has_more(&s->lecture) && !s->quit)
        run_command(s);
    run->hurries = false;
}

void lecture_ask(Session *s, const char *question)
{
    Lecture *l = &s->lecture;
    if (!l->run || l->run->hurries)
        return;
    text_copy(l->question, sizeof l->question, question);
    l->asking = l->run->paused = true;
    l->run->playing = settings_on(&s->settings, SET_PLAYING);
    l->run->training = settings_on(&s->settings, SET_TRAINING);
    settings_put(&s->settings, SET_PLAYING, 0);
    settings_put(&s->settings, SET_TRAINING, 0);
    session_order(s, (Order){.kind = ORDER_STEP}); /* walkers rest too */
}

void lecture_reveal(Session *s)
{
    Lecture *l = &s->lecture;
    l->asking = false;
    l->question[0] = '\0';
    settings_put(&s->settings, SET_PLAYING, l->run->playing);
    settings_put(&s->settings, SET_TRAINING, l->run->training);
    session_order(s, (Order){.kind = ORDER_TICK});
}

/* Waits */

static bool at_end(const Session *s)
{
    double min, max, first, last;
    setting_range(&s->settings, SET_SIGMA, &min, &max);
    settings_ladder_ends(&s->settings, min, max, &first, &last);
    return s->settings.value[SET_SIGMA] <= last * AT_END;
}

/* Where the handle is at the end already it must have left it: it begins again. */
static bool play_ended(const Session *s, bool *away)
{
    if (!settings_on(&s->settings, SET_PLAYING))
        return true;
    bool end = at_end(s), ended = end && *away && settings_on(&s->settings, SET_LOOP);
    *away |= !end;
    return ended;
}

static bool nothing_comes(const Session *s, LectureWait what, Error *e)
{
    if (what == WAIT_STEPS && !settings_on(&s->settings, SET_TRAINING))
        return error_set(e, "training is off: first set training on");
    if (what == WAIT_END && !settings_on(&s->settings, SET_PLAYING) && !at_end(s))
        return error_set(e, "nothing plays: first play");
    return true;
}

/* What play will have come to. */
static void foresee(Session *s, LectureWait what)
{
    double min, max, first, last;
    if (what != WAIT_END)
        return;
    setting_range(&s->settings, SET_SIGMA, &min, &max);
    settings_ladder_ends(&s->settings, min, max, &first, &last);
    settings_put(&s->settings, SET_SIGMA, last);
    if (!settings_on(&s->settings, SET_LOOP))
        settings_put(&s->settings, SET_PLAYING, 0);
}

/* Without a clock time is ticks. */
static void carry_out(Session *s, LectureWait what, double amount)
{
    bool away = false;
    if (what == WAIT_SECONDS)
        session_order(s, (Order){.kind = ORDER_TICK, .n = (uint64_t)ceil(amount * TICKS_PER_SECOND)});
    if (what == WAIT_STEPS)
        session_order(s, (Order){.kind = ORDER_TRAIN, .n = (uint64_t)amount});
    for (int i = 0; what == WAIT_END && i < LECTURE_WAIT_MAX_S * TICKS_PER_SECOND && !s->quit; i++) {
        if (play_ended(s, &away))
            return;
        session_order(s, (Order){.kind = ORDER_TICK, .n = 1});
    }
}

bool lecture_wait(Session *s, LectureWait what, double amount, Error *e)
{
    LectureRun *run = s->lecture.run;
    if (run && run->hurries)
        return true;
    if (!nothing_comes(s, what, e))
        return false;
    if (s->host.rehearses)
        foresee(s, what);
    else if (!s->host.live && !s->replays)
        carry_out(s, what, amount);
    else if (!run)
        return error_set(e, "time passes by itself here: a scene of a lesson can wait");
    else {
        run->wait.what = what;
        run->wait.amount = amount;
        run->wait.from_s = run->wait.idle_s = (double)NAN;
        run->wait.away = false;
        run->paused = true;
    }
    return true;
}

/* Why no more steps come, once that is no echo any more. */
static const char *rests(Session *s, const LectureClock *now)
{
    LectureRun *run = s->lecture.run;
    if (!settings_on(&s->settings, SET_TRAINING))
        return "training is off";
    if (now->learning)
        run->wait.idle_s = (double)NAN;
    else if (isnan(run->wait.idle_s))
        run->wait.idle_s = now->now_s;
    return now->now_s - run->wait.idle_s > SURELY_S ? "the network rests, diverged or has nothing to learn" : NULL;
}

static bool steps_done(Session *s, const LectureClock *now, const char **why)
{
    LectureRun *run = s->lecture.run;
    if (now->steps < run->wait.steps)
        run->wait.steps = now->steps;
    bool done = (double)(now->steps - run->wait.steps) >= run->wait.amount;
    *why = done ? NULL : rests(s, now);
    return done || *why;
}

static bool wait_over(Session *s, const LectureClock *now, const char **why)
{
    LectureRun *run = s->lecture.run;
    *why = NULL;
    if (isnan(run->wait.from_s)) {
        run->wait.from_s = now->now_s;
        run->wait.steps = now->steps;
    }
    double waited_s = now->now_s - run->wait.from_s;
    if (run->wait.what == WAIT_SECONDS)
        return waited_s >= run->wait.amount;
    if (waited_s > LECTURE_WAIT_MAX_S) {
        *why = "ten minutes have passed";
        return true;
    }
    return run->wait.what == WAIT_STEPS ? steps_done(s, now, why) : play_ended(s, &run->wait.away);
}

void lecture_follow_waits(Session *s, const LectureClock *now)
{
    LectureRun *run = s->lecture.run;
    const char *why;
    if (!run->wait.what || !wait_over(s, now, &why))
        return;
    run->wait.what = WAIT_NOTHING;
    if (why) {
        Error told;
        error_set(&told, "%s: the lesson goes on", why);
        note_fault(s, &told);
    }
}
