#include "scene/catalogue.h"

#include "core/training_set.h"

#include <pthread.h>
#include <stdlib.h>

/* What a training set is known by. */
typedef struct SetKey {
    size_t row;
    uint64_t revision, samples, seed;
} SetKey;

struct CatalogueNow {
    pthread_mutex_t lock; /* of what follows; held for some instructions */
    Subject *drawn;
    Subject *set;
    SetKey set_key;
};

static Subject *row_subject(size_t row)
{
    Target target;
    if (target_init(&target, row))
        return subject_create(target, row, 0);
    target_free(&target);
    return NULL;
}

bool catalogue_init(Catalogue *c)
{
    size_t n = target_count();
    *c = (Catalogue){.row = calloc(n, sizeof *c->row), .now = calloc(1, sizeof *c->now)};
    if (!c->row || !c->now || pthread_mutex_init(&c->now->lock, NULL) != 0)
        return false;
    while (c->count < n && (c->row[c->count] = row_subject(c->count)))
        c->count++;
    c->now->drawn = row_subject(n);
    if (c->now->drawn)
        c->now->drawn->blank = true;
    return c->count == n && c->now->drawn;
}

void catalogue_free(Catalogue *c)
{
    for (size_t i = 0; i < c->count; i++)
        subject_release(c->row[i]);
    if (c->now) {
        subject_release(c->now->drawn);
        subject_release(c->now->set);
        pthread_mutex_destroy(&c->now->lock);
    }
    free(c->now);
    free(c->row);
    *c = (Catalogue){0};
}

Subject *catalogue_subject(const Catalogue *c, const Settings *s)
{
    size_t row = settings_index(s, SET_TARGET);
    if (row < c->count)
        return subject_hold(c->row[row]);
    pthread_mutex_lock(&c->now->lock);
    Subject *drawn = c->now->drawn;
    bool current = drawn && drawn->revision == s->drawing;
    Subject *held = current ? subject_hold(drawn) : NULL;
    pthread_mutex_unlock(&c->now->lock);
    return held;
}

static bool wants_set(const Settings *s)
{
    return settings_index(s, SET_TRUTH) == TRUTH_TRAINING_SET && s->value[SET_SAMPLES] > 0;
}

static SetKey key_of(const Subject *subject, const Settings *s)
{
    return (SetKey){subject->row, subject->revision, (uint64_t)s->value[SET_SAMPLES], (uint64_t)s->value[SET_SEED]};
}

static bool same_key(SetKey a, SetKey b)
{
    return a.row == b.row && a.revision == b.revision && a.samples == b.samples && a.seed == b.seed;
}

/* Takes the caller's hold of the subject. */
static Subject *set_or(const Catalogue *c, const Settings *s, Subject *subject)
{
    pthread_mutex_lock(&c->now->lock);
    bool made = c->now->set && same_key(c->now->set_key, key_of(subject, s));
    Subject *set = made ? subject_hold(c->now->set) : NULL;
    pthread_mutex_unlock(&c->now->lock);
    if (!set)
        return subject;
    subject_release(subject);
    return set;
}

Subject *catalogue_truth(const Catalogue *c, const Settings *s)
{
    Subject *subject = catalogue_subject(c, s);
    return subject && wants_set(s) ? set_or(c, s, subject) : subject;
}

void catalogue_draw(const Catalogue *c, Subject *drawn)
{
    pthread_mutex_lock(&c->now->lock);
    Subject *before = c->now->drawn;
    c->now->drawn = drawn;
    pthread_mutex_unlock(&c->now->lock);
    subject_release(before);
}

static Subject *training_subject(const Subject *of, SetKey key)
{
    Target set = {.frame = of->target.frame, .sigma_min = of->target.sigma_min, .sigma_max = of->target.sigma_max};
    if (!training_set_mixture(&set.mixture, &of->target, key.seed, key.samples)) {
        target_free(&set);
        return NULL;
    }
    return subject_create(set, of->row, of->revision);
}

/* The work is done outside the lock: only main changes what is there. */
void catalogue_prepare(const Catalogue *c, const Settings *s)
{
    Subject *subject = wants_set(s) ? catalogue_subject(c, s) : NULL;
    if (!subject)
        return;
    SetKey key = key_of(subject, s);
    if (!c->now->set || !same_key(c->now->set_key, key)) {
        Subject *set = training_subject(subject, key), *before = c->now->set;
        pthread_mutex_lock(&c->now->lock);
        c->now->set = set;
        c->now->set_key = key;
        pthread_mutex_unlock(&c->now->lock);
        subject_release(before);
    }
    subject_release(subject);
}
