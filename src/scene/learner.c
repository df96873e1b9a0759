#include "scene/learner.h"

#include <stdlib.h>

TrainerOptions learner_options(const Settings *s)
{
    return (TrainerOptions){
        .seed = (uint64_t)s->value[SET_SEED],
        .shape = {.width = (int)s->value[SET_WIDTH],
                  .depth = (int)s->value[SET_DEPTH],
                  .activation = (Activation)settings_index(s, SET_ACTIVATION),
                  .prediction = (Prediction)settings_index(s, SET_PREDICTION),
                  .plain = !settings_on(s, SET_FEATURES)},
        .batch = (int)s->value[SET_BATCH],
        .objective = (Objective)settings_index(s, SET_OBJECTIVE),
        .weighting = (Weighting)settings_index(s, SET_WEIGHTING),
        .samples = (uint64_t)s->value[SET_SAMPLES],
        .source = (TargetSource)settings_index(s, SET_SOURCE),
        .references = (int)s->value[SET_REFERENCES],
        .rate = s->value[SET_RATE],
        .budget = (uint64_t)s->value[SET_BUDGET],
    };
}

/* Takes the caller's hold. */
static void judge_by(Learner *l, Subject *truth)
{
    subject_put(&l->truth, truth);
    trainer_judge(&l->trainer, truth ? &truth->target : NULL);
}

static bool copy_present(const Learner *l, Weights *out)
{
    if (!weights_shape(out, l->trainer.options.shape))
        return false;
    net_copy(&out->net, &l->trainer.average);
    out->frame = l->subject->target.frame;
    out->target = l->subject->row;
    out->epoch = l->epoch;
    out->statistics = l->trainer.statistics;
    return true;
}

static void remember(Learner *l)
{
    if (history_due(&l->history, l->epoch, l->trainer.statistics.steps) && copy_present(l, &l->spare))
        history_offer(&l->history, &l->spare);
}

/* A budget's cosine brings the most at its end: until then nothing is measured. */
static void begin_task(Learner *l)
{
    rest_begin(&l->rest, l->trainer.statistics.steps + l->trainer.options.budget);
    goal_forget(&l->goal);
}

bool learner_init(Learner *l, const Catalogue *catalogue, const Settings *s)
{
    TrainerOptions options = learner_options(s);
    *l = (Learner){.catalogue = catalogue, .place = s->value[SET_HISTORY]};
    history_init(&l->history, HISTORY_BYTES);
    l->subject = catalogue_subject(catalogue, s);
    if (!goal_init(&l->goal) || !l->subject || !trainer_init(&l->trainer, &options, &l->subject->target))
        return false;
    judge_by(l, catalogue_truth(catalogue, s));
    begin_task(l);
    remember(l);
    return true;
}

void learner_state_free(LearnerState *s)
{
    subject_release(s->subject);
    free(s->trainer);
    *s = (LearnerState){0};
}

void learner_free(Learner *l)
{
    history_clear(&l->history);
    weights_free(&l->spare);
    goal_free(&l->goal);
    trainer_free(&l->trainer);
    subject_release(l->subject);
    subject_release(l->truth);
    *l = (Learner){0};
}

/* Takes the caller's hold of the subject. */
static void start_afresh(Learner *l, const TrainerOptions *options, Subject *subject)
{
    Trainer fresh;
    if (!trainer_init(&fresh, options, &subject->target)) {
        subject_release(subject);
        return;
    }
    trainer_free(&l->trainer);
    l->trainer = fresh;
    l->epoch++;
    subject_put(&l->subject, subject);
    begin_task(l);
    remember(l);
}

static bool same_course(const TrainerOptions *a, const TrainerOptions *b)
{
    return a->batch == b->batch && a->objective == b->objective && a->weighting == b->weighting &&
           a->samples == b->samples && a->source == b->source && a->references == b->references && a->rate == b->rate &&
           a->budget == b->budget;
}

/* Takes the caller's hold. A drawing that goes on is still the same course of learning. */
static void change_subject(Learner *l, Subject *subject)
{
    bool another = subject != l->subject;
    if (another)
        trainer_retarget(&l->trainer, &subject->target);
    l->epoch += subject->row != l->subject->row;
    subject_put(&l->subject, subject);
    if (another)
        begin_task(l);
}

void learner_apply(Learner *l, const Settings *s)
{
    TrainerOptions options = learner_options(s);
    const TrainerOptions *now = &l->trainer.options;
    Subject *subject = catalogue_subject(l->catalogue, s);
    bool afresh = options.seed != now->seed || !net_same_shape(options.shape, now->shape);
    if (!subject)
        return;
    l->place = s->value[SET_HISTORY];
    if (!afresh && !same_course(&options, now)) {
        trainer_configure(&l->trainer, &options);
        begin_task(l);
    }
    if (afresh)
        start_afresh(l, &options, subject);
    else
        change_subject(l, subject);
    judge_by(l, catalogue_truth(l->catalogue, s));
}

void learner_reset(Learner *l)
{
    TrainerOptions options = l->trainer.options;
    start_afresh(l, &options, subject_hold(l->subject));
}

bool learner_capture(Learner *l, LearnerState *to)
{
    void *trainer = malloc(trainer_state_size(&l->trainer));
    if (!trainer)
        return false;
    trainer_save(&l->trainer, trainer);
    *to = (LearnerState){.options = l->trainer.options,
                         .subject = subject_hold(l->subject),
                         .trainer = trainer,
                         .rest = l->rest,
                         .past = history_mark(&l->history)};
    return true;
}

/* Through a fresh trainer, whatever shape it has: nothing of what is now can leak into what was. */
void learner_resume(Learner *l, const LearnerState *from)
{
    Trainer trainer;
    if (!from->trainer || !trainer_init(&trainer, &from->options, &from->subject->target))
        return;
    trainer_restore(&trainer, from->trainer);
    trainer_free(&l->trainer);
    l->trainer = trainer;
    l->epoch++;
    subject_put(&l->subject, subject_hold(from->subject));
    l->rest = from->rest;
    goal_forget(&l->goal);
    history_return(&l->history, from->past);
}

/* Of a past in which the network was another, the epoch is that of now: others drop what comes from before it. */
bool learner_publish(const Learner *l, Weights *out)
{
    const History *h = &l->history;
    bool present = l->place >= 1 || history_count(h) == 0;
    if (present ? !copy_present(l, out) : !weights_copy(out, history_weights(h, history_at_place(h, l->place))))
        return false;
    out->epoch = l->epoch;
    out->sequence = l->sequence;
    out->taken = l->taken;
    out->resting = l->rest.resting;
    return true;
}

void learner_wake(Learner *l)
{
    rest_wake(&l->rest);
}

void learner_step(Learner *l)
{
    const uint64_t *steps = &l->trainer.statistics.steps;
    trainer_step(&l->trainer);
    l->taken++;
    remember(l);
    if (rest_due(&l->rest, *steps))
        rest_note(&l->rest, *steps, goal_error(&l->goal, &l->trainer));
}
