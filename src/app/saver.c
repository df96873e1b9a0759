#include "app/saver.h"

#include "io/file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>

/* Drawing and moving come first; a disk is slow anyway. */
static void lower_priority(void)
{
    setpriority(PRIO_PROCESS, 0, 5); /* on Linux: this thread only */
}

static SaverJob *job(Saver *s, uint64_t number)
{
    return &s->job[number % SAVER_JOBS];
}

static void write_file(SaverJob *j)
{
    if (!j->path[0])
        file_free_name("scorefield", ".safetensors", 0, j->path, sizeof j->path);
    j->written = (!j->quiet || file_make_folders(j->path, &j->why)) && state_save(j->state, j->what, j->path, &j->why);
}

/* A call without a job is the last. */
static void *saver_main(void *context)
{
    Saver *s = context;
    lower_priority();
    for (;;) {
        while (sem_wait(&s->handed_down) != 0 && errno == EINTR)
            ;
        if (s->written == atomic_load_explicit(&s->handed, memory_order_acquire))
            return NULL;
        SaverJob *j = job(s, s->written++);
        write_file(j);
        atomic_store_explicit(&j->done, true, memory_order_release);
        s->wake(s->wake_context);
    }
}

void saver_init(Saver *s, void (*wake)(void *), void *context)
{
    *s = (Saver){.wake = wake, .wake_context = context, .begun = true};
    sem_init(&s->handed_down, 0, 0);
}

bool saver_start(Saver *s)
{
    s->started = pthread_create(&s->thread, NULL, saver_main, s) == 0;
    return s->started;
}

void saver_free(Saver *s)
{
    if (s->started) {
        sem_post(&s->handed_down);
        pthread_join(s->thread, NULL);
    }
    if (s->begun)
        sem_destroy(&s->handed_down);
    for (size_t i = 0; i < SAVER_JOBS; i++)
        state_release(s->job[i].state);
    *s = (Saver){0};
}

bool saver_put(Saver *s, State *state, StateFile what, const char *path, bool quiet)
{
    SaverJob *j = job(s, s->asked);
    if (s->asked - s->taken == SAVER_JOBS) {
        state_release(state);
        return false;
    }
    state_put(&j->state, state);
    j->what = what;
    j->quiet = quiet;
    j->why.text[0] = '\0';
    snprintf(j->path, sizeof j->path, "%s", path);
    atomic_store_explicit(&j->done, false, memory_order_relaxed);
    s->asked++;
    return true;
}

static void hand_down(Saver *s)
{
    uint64_t handed = atomic_load_explicit(&s->handed, memory_order_relaxed);
    for (; handed < s->asked && state_complete(job(s, handed)->state); handed++) {
        atomic_store_explicit(&s->handed, handed + 1, memory_order_release);
        sem_post(&s->handed_down);
    }
}

const SaverJob *saver_take(Saver *s)
{
    hand_down(s);
    SaverJob *oldest = job(s, s->taken);
    if (!saver_busy(s) || !atomic_load_explicit(&oldest->done, memory_order_acquire))
        return NULL;
    s->taken++;
    state_put(&oldest->state, NULL);
    return oldest;
}
