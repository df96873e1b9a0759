#include "app/map_thread.h"

#include <string.h>
#include <sys/resource.h>

static void lower_priority(void)
{
    setpriority(PRIO_PROCESS, 0, 10); /* on Linux: this thread only; below that of learning */
}

static void take_wish(MapThread *t)
{
    if (!mailbox_take(&t->wishes))
        return;
    const struct MapWish *wish = &t->wish[t->wishes.front];
    map_work_ask(t->work, &wish->ask, &wish->weights);
}

static void publish(MapThread *t)
{
    const MapView *view = map_work_view(t->work);
    if (view->version == t->published)
        return;
    t->published = view->version;
    map_view_copy(&t->view[t->views.back], view);
    mailbox_publish(&t->views);
    t->wake(t->wake_context);
}

static void *map_main(void *context)
{
    MapThread *t = context;
    lower_priority();
    while (!atomic_load_explicit(&t->quit, memory_order_acquire)) {
        take_wish(t);
        bool more = map_work_piece(t->work);
        publish(t);
        if (!more)
            sem_wait(&t->wished);
    }
    return NULL;
}

bool map_thread_init(MapThread *t, void (*wake)(void *), void *context)
{
    *t = (MapThread){.work = map_work_create(), .wake = wake, .wake_context = context};
    bool ok = t->work;
    sem_init(&t->wished, 0, 0);
    mailbox_init(&t->wishes);
    mailbox_init(&t->views);
    for (int i = 0; i < MAILBOX_SLOTS; i++)
        ok = ok && map_view_init(&t->view[i]);
    return ok;
}

bool map_thread_start(MapThread *t)
{
    t->started = pthread_create(&t->thread, NULL, map_main, t) == 0;
    return t->started;
}

void map_thread_free(MapThread *t)
{
    if (t->started) {
        atomic_store_explicit(&t->quit, true, memory_order_release);
        sem_post(&t->wished);
        pthread_join(t->thread, NULL);
    }
    if (t->wake) /* it was initialised */
        sem_destroy(&t->wished);
    map_work_destroy(t->work);
    subject_release(t->asked.subject);
    for (int i = 0; i < MAILBOX_SLOTS; i++) {
        subject_release(t->wish[i].ask.subject);
        weights_free(&t->wish[i].weights);
        map_view_free(&t->view[i]);
    }
    *t = (MapThread){0};
}

static bool same_ask(const MapAsk *a, const MapAsk *b)
{
    return a->kind == b->kind && a->target == b->target && a->field == b->field && a->sigma == b->sigma &&
           memcmp(&a->extent, &b->extent, sizeof a->extent) == 0;
}

/* Where memory for the weights is short the wish is not passed on: what was wanted before stays. */
void map_thread_ask(MapThread *t, const MapAsk *ask, const Weights *weights)
{
    uint64_t steps = weights->statistics.steps;
    bool idle = ask->kind == MAP_NONE && t->asked.kind == MAP_NONE;
    if (idle || (same_ask(ask, &t->asked) && t->asked_steps == steps && t->asked_epoch == weights->epoch))
        return;
    struct MapWish *wish = &t->wish[t->wishes.back];
    if (ask->kind != MAP_NONE && !weights_copy(&wish->weights, weights))
        return;
    subject_put(&wish->ask.subject, subject_hold(ask->subject));
    subject_put(&t->asked.subject, subject_hold(ask->subject));
    wish->ask = t->asked = *ask;
    t->asked_steps = steps;
    t->asked_epoch = weights->epoch;
    mailbox_publish(&t->wishes);
    sem_post(&t->wished);
}

bool map_thread_take(MapThread *t)
{
    return mailbox_take(&t->views);
}
