#include "app/saving.h"

#include "app/clock.h"
#include "io/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECENT_LARGEST = RECENT_FILES * RECENT_PATH };

static const double END_S = 10; /* longest wait for files at the end */

static bool exists(const char *path)
{
    struct stat unused;
    return stat(path, &unused) == 0;
}

static int take_lock(void)
{
    char path[USER_PATH];
    user_file(path, "XDG_STATE_HOME", ".local/state", "lock");
    if (!path[0] || !file_make_folders(path, NULL))
        return -1;
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        lock = -1;
    }
    return lock;
}

/* What is there was left by a session that is no more: it gives way to the one that begins only by name. */
static void find_interrupted(Saving *s, Session *session)
{
    user_file(s->autosave, "XDG_STATE_HOME", ".local/state", "autosave.safetensors");
    user_file(s->interrupted, "XDG_STATE_HOME", ".local/state", "interrupted.safetensors");
    if (exists(s->autosave))
        rename(s->autosave, s->interrupted);
    if (exists(s->interrupted))
        snprintf(session->restorable, sizeof session->restorable, "%s", s->interrupted);
}

static void read_recent(Saving *s, Session *session)
{
    unsigned char *text;
    size_t size;
    user_file(s->recent, "XDG_STATE_HOME", ".local/state", "recent");
    if (!s->recent[0] || !file_read_whole(s->recent, RECENT_LARGEST, &text, &size, NULL))
        return;
    recent_read(&session->recent, (const char *)text);
    free(text);
}

bool saving_begin(Saving *s, Session *session, void (*wake)(void *), void *context, double now_s)
{
    *s = (Saving){.next_s = now_s + AUTOSAVE_S, .lock = take_lock()};
    saver_init(&s->saver, wake, context);
    if (s->lock >= 0)
        find_interrupted(s, session);
    read_recent(s, session);
    s->recent_version = session->recent.version;
    s->sequence = session->sequence;
    return saver_start(&s->saver);
}

bool saving_put(Saving *s, State *state, StateFile what, const char *path, Error *e)
{
    return saver_put(&s->saver, state, what, path, false) ||
           error_set(e, "%s isn't saved: other files are still being written", path[0] ? path : "this");
}

/* Capturing is an order too, but no change. */
void saving_keep(Saving *s, Session *session)
{
    State *state = s->autosave[0] ? session_capture(session) : NULL;
    if (state)
        saver_put(&s->saver, state, STATE_FILE_WHOLE, s->autosave, true);
    s->sequence = session->sequence;
}

static void keep_when_due(Saving *s, Session *session, uint64_t steps, double now_s)
{
    if (!s->autosave[0] || now_s < s->next_s || saver_busy(&s->saver))
        return;
    s->next_s = now_s + AUTOSAVE_S;
    if (s->fails || session->sequence != s->sequence || steps != s->steps)
        saving_keep(s, session);
    s->steps = steps;
}

/* One that was restored is part of what is kept from now on. */
static void follow_restored(Saving *s, const Session *session)
{
    if (!s->interrupted[0] || session->restorable[0])
        return;
    unlink(s->interrupted);
    s->interrupted[0] = '\0';
}

static void follow_recent(Saving *s, const Session *session)
{
    Bytes b = {0};
    if (session->recent.version == s->recent_version)
        return;
    s->recent_version = session->recent.version;
    recent_append(&b, &session->recent);
    if (s->recent[0] && file_make_folders(s->recent, NULL))
        file_write_bytes(s->recent, &b, NULL);
    bytes_free(&b);
}

/* A session that can't be kept is told of once, however often that is tried again. */
static bool tell_kept(Saving *s, const SaverJob *job, Error *line)
{
    bool told = s->fails;
    s->fails = !job->written;
    if (s->fails && !told)
        error_set(line, "the session isn't kept (tried again every minute): %.400s", job->why.text);
    return s->fails && !told;
}

static bool tell(Saving *s, Session *session, const SaverJob *job, Error *line)
{
    if (job->quiet)
        return tell_kept(s, job, line);
    if (job->written)
        recent_note(&session->recent, job->path);
    char told[FILE_TOLD];
    if (job->written)
        error_set(line, "Saved %s", file_told(job->path, told));
    else
        *line = job->why;
    return true;
}

bool saving_follow(Saving *s, Session *session, uint64_t steps, double now_s, Error *line, bool *failed)
{
    keep_when_due(s, session, steps, now_s);
    follow_restored(s, session);
    follow_recent(s, session);
    const SaverJob *job = saver_take(&s->saver);
    *failed = job && !job->written;
    return job && tell(s, session, job, line);
}

static void await_files(Saving *s, Session *session)
{
    Error line;
    bool failed;
    for (double until_s = clock_s() + END_S; saver_busy(&s->saver) && clock_s() < until_s;) {
        if (saving_follow(s, session, s->steps, 0, &line, &failed) && failed)
            fprintf(stderr, "scorefield: %s\n", line.text);
        clock_sleep_until(clock_s() + 0.001);
    }
    follow_recent(s, session);
}

bool saving_end(Saving *s, Session *session, bool kept)
{
    if (!s->saver.begun)
        return true;
    if (s->saver.started)
        await_files(s, session);
    if (s->saver.started && saver_busy(&s->saver))
        return false;
    saver_free(&s->saver);
    if (s->autosave[0] && !kept) {
        unlink(s->autosave);
        unlink(s->interrupted);
    }
    if (s->lock >= 0)
        close(s->lock);
    return true;
}
