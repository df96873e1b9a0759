#include "app/recorder.h"

#include "io/file.h"
#include "scene/quote.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The file */

static void write_text(Recorder *r, const Bytes *text)
{
    if (text->size > 0)
        fwrite(text->data, 1, text->size, r->file);
}

static void write_work(Recorder *r, uint64_t steps, uint64_t ticks)
{
    if (steps > r->steps)
        fprintf(r->file, "replay train %llu\n", (unsigned long long)(steps - r->steps));
    if (ticks > r->ticks)
        fprintf(r->file, "replay tick %llu\n", (unsigned long long)(ticks - r->ticks));
    r->steps = steps;
    r->ticks = ticks;
}

static void write_first(Recorder *r)
{
    write_text(r, &r->pending[0].text);
    bytes_free(&r->pending[0].text);
    memmove(r->pending, r->pending + 1, --r->count * sizeof *r->pending);
}

/* Lines that gave no orders are sure once those before them are. */
static void write_orderless(Recorder *r)
{
    while (r->count > 0 && r->pending[0].sequence == 0)
        write_first(r);
}

static void write_adoption(Recorder *r, const Event *e)
{
    write_work(r, e->steps, e->ticks);
    fputs("replay adopt\n", r->file);
}

/* False while the learner has not got as far. */
static bool write_order(Recorder *r, const Event *simulated)
{
    const Event *learned = journal_peek(&r->live->learned);
    if (!learned)
        return false;
    write_work(r, learned->steps, simulated->ticks);
    journal_drop(&r->live->learned);
    r->followed = simulated->sequence;
    if (r->count > 0 && r->pending[0].sequence == simulated->sequence)
        write_first(r);
    write_orderless(r);
    return true;
}

void recorder_follow(Recorder *r)
{
    if (!recorder_on(r))
        return;
    write_orderless(r);
    for (const Event *e; (e = journal_peek(&r->live->simulated)); journal_drop(&r->live->simulated)) {
        if (e->adopted)
            write_adoption(r, e);
        else if (!write_order(r, e))
            return;
    }
}

/* Orders */

/* Journals have room for so many: a worker may be far ahead of the other. */
static void keep_room(Recorder *r)
{
    uint64_t sent = r->held.sequence - 1;
    if (sent - r->followed < JOURNAL_SIZE / 8)
        return;
    live_await(r->live, sent);
    recorder_follow(r);
}

static void send_held(Recorder *r, bool more)
{
    if (!r->holds)
        return;
    keep_room(r);
    r->held.more = r->open = more;
    r->holds = false;
    live_order(r->live, &r->held);
}

void recorder_order(Recorder *r, const Order *order)
{
    send_held(r, true);
    r->held = *order;
    r->holds = true;
}

void recorder_await(Recorder *r)
{
    if (!recorder_on(r))
        return;
    send_held(r, true);
    live_await(r->live, r->held.sequence);
}

void recorder_show(Recorder *r)
{
    if (!recorder_on(r))
        return;
    session_order(r->session, (Order){.kind = ORDER_SHOW});
    send_held(r, false);
    live_await(r->live, r->held.sequence);
}

/* Workers that were told to wait for another order get one. */
static void end_orders(Recorder *r)
{
    if (r->open && !r->holds)
        session_order(r->session, (Order){.kind = ORDER_SHOW});
    send_held(r, false);
}

/* Lines */

static void add(Recorder *r, Bytes text)
{
    if (r->count == r->capacity) {
        size_t capacity = r->capacity ? 2 * r->capacity : 64;
        Pending *grown = realloc(r->pending, capacity * sizeof *grown);
        if (!grown)
            abort();
        r->pending = grown;
        r->capacity = capacity;
    }
    end_orders(r);
    uint64_t sequence = r->session->sequence;
    r->pending[r->count++] = (Pending){sequence > r->noted ? sequence : 0, text};
    r->noted = sequence;
    recorder_follow(r);
}

static void append_handle(Recorder *r, Bytes *text)
{
    if (r->echoed)
        bytes_printf(text, "replay handle %.17g %s\n", r->sigma, r->playing ? "on" : "off");
    r->echoed = false;
}

static void append_word(Bytes *text, const char *word)
{
    if (word[0] == '\0' || strpbrk(word, " \t\r\n;#\"\\"))
        quote_append(text, word);
    else
        bytes_append(text, word, strlen(word));
}

static void append_command(const Recorder *r, Bytes *text, const Command *c)
{
    for (int i = 0; i < c->count; i++) {
        bytes_append(text, " ", i > 0);
        append_word(text, c->word[i]);
    }
    if (r->pasted[0]) {
        bytes_append(text, " ", 1);
        append_word(text, r->pasted);
    }
    bytes_append(text, "\n", 1);
}

/* What a recording that is played here tells of its own workers says nothing of these. */
static bool is_of_others(const Command *c)
{
    static const char *const verb[] = {"on", "off", "train", "tick", "adopt"};
    bool others = false;
    for (size_t i = 0; c->count > 1 && i < sizeof verb / sizeof *verb; i++)
        others |= strcmp(c->word[1], verb[i]) == 0;
    return others && strcmp(c->word[0], "replay") == 0;
}

void recorder_ran(Recorder *r, const Command *c, bool ok)
{
    Bytes text = {0};
    if (!recorder_on(r) || r->session->quit || is_of_others(c))
        return;
    append_handle(r, &text);
    if (!ok)
        bytes_printf(&text, "replay refused\n");
    append_command(r, &text, c);
    r->pasted[0] = '\0';
    add(r, text);
}

void recorder_note(Recorder *r, const char *line)
{
    Bytes text = {0};
    if (!recorder_on(r))
        return;
    if (line[0])
        append_handle(r, &text);
    bytes_append(&text, line, strlen(line));
    add(r, text);
}

void recorder_lesson(Recorder *r, const LectureClock *now, bool ok)
{
    char line[128];
    snprintf(line, sizeof line, "%sreplay lesson %.17g %llu %s\n", ok ? "" : "replay refused\n", now->now_s,
             (unsigned long long)now->steps, now->learning ? "on" : "off");
    recorder_note(r, line);
}

void recorder_echo(Recorder *r)
{
    if (!recorder_on(r))
        return;
    r->sigma = r->session->settings.value[SET_SIGMA];
    r->playing = settings_on(&r->session->settings, SET_PLAYING);
    r->echoed = true;
    if (r->session->sequence > r->noted) { /* play ended, and settings that say so were sent */
        Bytes text = {0};
        append_handle(r, &text);
        add(r, text);
    }
}

bool recorder_pasted(Recorder *r, const char *text, Error *e)
{
    if (!recorder_on(r))
        return true;
    snprintf(r->pasted, sizeof r->pasted, "%s.paste-%u", r->path, ++r->pastes);
    Bytes b = {0};
    bytes_append(&b, text, strlen(text));
    bool written = file_write_bytes(r->pasted, &b, e);
    bytes_free(&b);
    return written;
}

bool recorder_open(Recorder *r, const char *path, const char *options, Live *live, Session *session, Error *e)
{
    *r = (Recorder){.path = path, .live = live, .session = session};
    r->file = fopen(path, "w");
    if (!r->file)
        return error_set(e, "%s: cannot write: %s", path, strerror(errno));
    setvbuf(r->file, NULL, _IOLBF, 0);
    fprintf(r->file, "%s%s\nreplay on\n", RECORDING_MARK, options);
    recorder_echo(r);
    return true;
}

bool recorder_close(Recorder *r, Error *e)
{
    if (!recorder_on(r))
        return true;
    recorder_follow(r);
    write_work(r, r->live->learner.taken, atomic_load(&r->live->ticks));
    while (r->count > 0)
        write_first(r);
    fputs("replay off\n", r->file);
    bool written = !ferror(r->file);
    written &= fclose(r->file) == 0;
    free(r->pending);
    r->file = NULL;
    return written || error_set(e, "%s: not all of the recording could be written", r->path);
}
