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

static bool copy_present(const Learner *l, Weights *out)
{
    if (!weights_shape(out, l->trainer.options.shape))
        return false;
    net_copy(&out->net, &l->trainer.average);
    out->frame = l->catalogue->target[l->target].frame;
    out->target = l->target;
    out->epoch = l->epoch;
    out->statistics = l->trainer.statistics;
    return true;
}

static void remember(Learner *l)
{
    if (history_due(&l->history, l->epoch, l->trainer.statistics.steps) && copy_present(l, &l->spare))
        history_offer(&l->history, &l->spare);
}

bool learner_init(Learner *l, const Catalogue *catalogue, const Settings *s)
{
    TrainerOptions options = learner_options(s);
    *l = (Learner){.catalogue = catalogue, .target = settings_index(s, SET_TARGET), .place = s->value[SET_HISTORY]};
    history_init(&l->history, HISTORY_BYTES);
    if (!trainer_init(&l->trainer, &options, &catalogue->target[l->target]))
        return false;
    remember(l);
    return true;
}

void learner_free(Learner *l)
{
    history_clear(&l->history);
    weights_free(&l->spare);
    trainer_free(&l->trainer);
    for (size_t i = 0; i < STASH_SLOTS; i++)
        free(l->stash[i].bytes);
    *l = (Learner){0};
}

static void start_afresh(Learner *l, const TrainerOptions *options, size_t target)
{
    Trainer fresh;
    if (!trainer_init(&fresh, options, &l->catalogue->target[target]))
        return;
    trainer_free(&l->trainer);
    l->trainer = fresh;
    l->target = target;
    l->epoch++;
    remember(l);
}

static bool same_course(const TrainerOptions *a, const TrainerOptions *b)
{
    return a->batch == b->batch && a->objective == b->objective && a->weighting == b->weighting &&
           a->samples == b->samples && a->source == b->source && a->references == b->references && a->rate == b->rate &&
           a->budget == b->budget;
}

void learner_apply(Learner *l, const Settings *s)
{
    TrainerOptions options = learner_options(s);
    const TrainerOptions *now = &l->trainer.options;
    size_t target = settings_index(s, SET_TARGET);
    l->place = s->value[SET_HISTORY];
    if (options.seed != now->seed || !net_same_shape(options.shape, now->shape)) {
        start_afresh(l, &options, target);
        return;
    }
    if (!same_course(&options, now))
        trainer_configure(&l->trainer, &options);
    if (target != l->target) {
        trainer_retarget(&l->trainer, &l->catalogue->target[target]);
        l->target = target;
        l->epoch++;
    }
}

void learner_reset(Learner *l)
{
    TrainerOptions options = l->trainer.options;
    start_afresh(l, &options, l->target);
}

static struct Stash kept(const Learner *l)
{
    struct Stash stash = {.options = l->trainer.options, .target = l->target};
    stash.bytes = malloc(trainer_state_size(&l->trainer));
    if (stash.bytes)
        trainer_save(&l->trainer, stash.bytes);
    return stash;
}

void learner_stash(Learner *l, size_t slot)
{
    free(l->stash[slot].bytes);
    l->stash[slot] = kept(l);
    if (l->stash[slot].bytes)
        history_stash(&l->history, slot);
}

/* Through a fresh trainer, whatever shape it has: nothing of what is now can leak into what was. */
void learner_exchange(Learner *l, size_t slot)
{
    struct Stash then = l->stash[slot];
    Trainer trainer;
    if (!then.bytes || !trainer_init(&trainer, &then.options, &l->catalogue->target[then.target]))
        return;
    struct Stash now = kept(l);
    if (!now.bytes) {
        trainer_free(&trainer);
        return;
    }
    trainer_restore(&trainer, then.bytes);
    trainer_free(&l->trainer);
    l->trainer = trainer;
    l->target = then.target;
    l->epoch++;
    free(then.bytes);
    l->stash[slot] = now;
    history_exchange(&l->history, slot);
}

/* Of a past in which the network was another, the epoch is that of now: others drop what comes from before it. */
bool learner_publish(const Learner *l, Weights *out)
{
    const History *h = &l->history;
    if (l->place >= 1 || history_count(h) == 0)
        return copy_present(l, out);
    if (!weights_copy(out, history_weights(h, history_at_place(h, l->place))))
        return false;
    out->epoch = l->epoch;
    return true;
}

void learner_step(Learner *l)
{
    trainer_step(&l->trainer);
    remember(l);
}
