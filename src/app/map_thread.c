#include "app/map_thread.h"

#include <string.h>
#include <sys/resource.h>

static void lower_priority(void)
{
    setpriority(PRIO_PROCESS, 0, 10); /* on Linux: this thread only; below that of learning */
}

static void take_wish(struct MapJob *job)
{
    if (!mailbox_take(&job->wishes))
        return;
    const struct MapWish *wish = &job->wish[job->wishes.front];
    map_work_ask(job->work, &wish->ask, &wish->weights);
}

static void publish(MapThread *t, struct MapJob *job)
{
    const MapView *view = map_work_view(job->work);
    if (view->version == job->published)
        return;
    job->published = view->version;
    map_view_copy(&job->view[job->views.back], view);
    mailbox_publish(&job->views);
    t->wake(t->wake_context);
}

static void *map_main(void *context)
{
    MapThread *t = context;
    lower_priority();
    while (!atomic_load_explicit(&t->quit, memory_order_acquire)) {
        bool more = false;
        for (size_t i = 0; i < MAP_PURPOSES; i++) {
            take_wish(&t->job[i]);
            more |= map_work_piece(t->job[i].work);
            publish(t, &t->job[i]);
        }
        if (!more)
            sem_wait(&t->wished);
    }
    return NULL;
}

static bool init_job(struct MapJob *job)
{
    bool ok = (job->work = map_work_create()) != NULL;
    mailbox_init(&job->wishes);
    mailbox_init(&job->views);
    for (int i = 0; i < MAILBOX_SLOTS; i++)
        ok = ok && map_view_init(&job->view[i]);
    return ok;
}

static void free_job(struct MapJob *job)
{
    map_work_destroy(job->work);
    subject_release(job->asked.subject);
    for (int i = 0; i < MAILBOX_SLOTS; i++) {
        subject_release(job->wish[i].ask.subject);
        weights_free(&job->wish[i].weights);
        map_view_free(&job->view[i]);
    }
}

bool map_thread_init(MapThread *t, void (*wake)(void *), void *context)
{
    bool ok = true;
    *t = (MapThread){.wake = wake, .wake_context = context};
    sem_init(&t->wished, 0, 0);
    for (size_t i = 0; i < MAP_PURPOSES; i++)
        ok = init_job(&t->job[i]) && ok;
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
    for (size_t i = 0; i < MAP_PURPOSES; i++)
        free_job(&t->job[i]);
    *t = (MapThread){0};
}

static bool same_ask(const MapAsk *a, const MapAsk *b)
{
    return a->kind == b->kind && a->target == b->target && a->field == b->field && a->sigma == b->sigma &&
           memcmp(&a->extent, &b->extent, sizeof a->extent) == 0;
}

/* Where memory for the weights is short the wish is not passed on: what was wanted before stays. */
void map_thread_ask(MapThread *t, MapPurpose purpose, const MapAsk *ask, const Weights *weights)
{
    struct MapJob *job = &t->job[purpose];
    uint64_t steps = weights->statistics.steps;
    bool idle = ask->kind == MAP_NONE && job->asked.kind == MAP_NONE;
    if (idle || (same_ask(ask, &job->asked) && job->asked_steps == steps && job->asked_epoch == weights->epoch))
        return;
    struct MapWish *wish = &job->wish[job->wishes.back];
    if (ask->kind != MAP_NONE && !weights_copy(&wish->weights, weights))
        return;
    subject_put(&wish->ask.subject, subject_hold(ask->subject));
    subject_put(&job->asked.subject, subject_hold(ask->subject));
    wish->ask = job->asked = *ask;
    job->asked_steps = steps;
    job->asked_epoch = weights->epoch;
    mailbox_publish(&job->wishes);
    sem_post(&t->wished);
}

bool map_thread_take(MapThread *t)
{
    bool any = false;
    for (size_t i = 0; i < MAP_PURPOSES; i++)
        any |= mailbox_take(&t->job[i].views);
    return any;
}
