#include "app/clerk.h"

#include "app/clock.h"

#include <errno.h>
#include <sys/resource.h>

static void put(Errand *_Atomic *list, Errand *x)
{
    x->next = atomic_load_explicit(list, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(list, &x->next, x, memory_order_release, memory_order_relaxed))
        ;
}

/* All of a list, the oldest first. */
static Errand *take_all(Errand *_Atomic *list)
{
    Errand *oldest = NULL, *x = atomic_exchange_explicit(list, NULL, memory_order_acquire);
    while (x) {
        Errand *older = x->next;
        x->next = oldest;
        oldest = x;
        x = older;
    }
    return oldest;
}

static void run(Clerk *c, Errand *x)
{
    while (x) {
        Errand *newer = x->next;
        errand_run(x);
        put(&c->done, x);
        sem_post(&c->told);
        c->wake(c->wake_context);
        x = newer;
    }
}

/* A file matters less than the picture and learning, which go on. */
static void *clerk_main(void *context)
{
    Clerk *c = context;
    setpriority(PRIO_PROCESS, 0, 3); /* on Linux: this thread only */
    while (!atomic_load_explicit(&c->quit, memory_order_acquire)) {
        run(c, take_all(&c->asked));
        while (sem_wait(&c->wished) != 0 && errno == EINTR)
            ;
    }
    return NULL;
}

void clerk_init(Clerk *c, void (*wake)(void *), void *context)
{
    *c = (Clerk){.wake = wake, .wake_context = context, .begun = true};
    sem_init(&c->wished, 0, 0);
    sem_init(&c->told, 0, 0);
}

bool clerk_start(Clerk *c)
{
    c->started = pthread_create(&c->thread, NULL, clerk_main, c) == 0;
    return c->started;
}

static void free_all(Errand *x)
{
    while (x) {
        Errand *newer = x->next;
        x->kind->free(x);
        x = newer;
    }
}

void clerk_free(Clerk *c)
{
    if (c->started) {
        atomic_store_explicit(&c->quit, true, memory_order_release);
        sem_post(&c->wished);
        pthread_join(c->thread, NULL);
    }
    if (c->begun) {
        sem_destroy(&c->wished);
        sem_destroy(&c->told);
    }
    free_all(c->taken);
    free_all(take_all(&c->done));
    free_all(take_all(&c->asked));
    *c = (Clerk){0};
}

void clerk_ask(Clerk *c, Errand *x)
{
    c->left++;
    put(&c->asked, x);
    sem_post(&c->wished);
}

Errand *clerk_take(Clerk *c)
{
    if (!c->taken)
        c->taken = take_all(&c->done);
    Errand *x = c->taken;
    if (x) {
        c->taken = x->next;
        c->left--;
    }
    return x;
}

Errand *clerk_await(Clerk *c, double until_s)
{
    Errand *x = clerk_take(c);
    while (!x && clerk_busy(c) && clock_wait_until(&c->told, until_s))
        x = clerk_take(c);
    return x;
}
