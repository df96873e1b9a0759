#include "app/composer.h"

#include <sys/resource.h>

/* Before learning, which is to follow what is drawn; after the window. */
static void lower_priority(void)
{
    setpriority(PRIO_PROCESS, 0, 2); /* on Linux: this thread only */
}

/* A subject that nobody took gives way to the newer one. */
static void compose(Composer *c)
{
    const struct ComposerWish *wish = &c->wish[c->wishes.front];
    struct ComposerWork *work = &c->work[c->works.back];
    work->revision = wish->revision;
    work->why.text[0] = '\0';
    subject_put(&work->subject, drawing_subject(&wish->drawing, wish->revision, &work->why));
    mailbox_publish(&c->works);
    c->wake(c->wake_context);
}

static void *composer_main(void *context)
{
    Composer *c = context;
    lower_priority();
    while (!atomic_load_explicit(&c->quit, memory_order_acquire)) {
        if (mailbox_take(&c->wishes))
            compose(c);
        else
            sem_wait(&c->wished);
    }
    return NULL;
}

void composer_init(Composer *c, void (*wake)(void *), void *context)
{
    *c = (Composer){.wake = wake, .wake_context = context, .begun = true};
    sem_init(&c->wished, 0, 0);
    mailbox_init(&c->wishes);
    mailbox_init(&c->works);
}

bool composer_start(Composer *c)
{
    c->started = pthread_create(&c->thread, NULL, composer_main, c) == 0;
    return c->started;
}

void composer_free(Composer *c)
{
    if (c->started) {
        atomic_store_explicit(&c->quit, true, memory_order_release);
        sem_post(&c->wished);
        pthread_join(c->thread, NULL);
    }
    if (c->begun)
        sem_destroy(&c->wished);
    for (int i = 0; i < MAILBOX_SLOTS; i++) {
        drawing_free(&c->wish[i].drawing);
        subject_release(c->work[i].subject);
    }
    *c = (Composer){0};
}

/* Where memory for the copy is short it is asked again with the next frame. */
void composer_ask(Composer *c, const Drawing *d, uint64_t revision)
{
    struct ComposerWish *wish = &c->wish[c->wishes.back];
    if (revision == c->asked || !drawing_copy(&wish->drawing, d))
        return;
    wish->revision = c->asked = revision;
    mailbox_publish(&c->wishes);
    sem_post(&c->wished);
}

Subject *composer_take(Composer *c, Error *e)
{
    e->text[0] = '\0';
    if (!mailbox_take(&c->works))
        return NULL;
    struct ComposerWork *work = &c->work[c->works.front];
    Subject *subject = work->subject;
    work->subject = NULL;
    c->taken = work->revision;
    *e = work->why;
    return subject;
}
