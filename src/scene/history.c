#include "scene/history.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const double RATIO = 1.0293022366434921; /* 2^(1/24) */
enum { ALIGNMENT = 64 };                        /* of a network's parameters */

/* What a snapshot is worth beside the distance of its neighbours, which is below 45 for any steps. */
static const double LAST = 100, FIRST = 200, PRESENT = 1000;

void history_init(History *h, size_t budget)
{
    *h = (History){.budget = budget};
}

static void free_snapshot(Snapshot *s)
{
    weights_free(&s->weights);
    free(s);
}

void history_clear(History *h)
{
    for (size_t i = 0; i < h->slots; i++)
        free_snapshot(h->slot[i]);
    history_init(h, h->budget);
}

static uint64_t steps_of(const Weights *w)
{
    return w->statistics.steps;
}

/* Where steps are even. */
static double measure(uint64_t steps)
{
    return log1p((double)steps);
}

static double measure_of(const Snapshot *s)
{
    return measure(steps_of(&s->weights));
}

bool history_due(const History *h, uint64_t epoch, uint64_t steps)
{
    if (epoch != h->epoch || !h->newest)
        return true;
    uint64_t newest = steps_of(&h->newest->weights);
    return steps > newest && (double)steps >= RATIO * (double)newest;
}

static bool begins_line(const History *h, const Weights *w)
{
    if (w->epoch == h->epoch || !h->newest)
        return false;
    const Weights *newest = &h->newest->weights;
    return steps_of(w) == 0 || steps_of(w) < steps_of(newest) || !net_same_shape(w->net.shape, newest->net.shape);
}

static void find_neighbours(History *h)
{
    for (size_t i = 0; i < h->slots; i++) {
        h->slot[i]->after = NULL;
        h->slot[i]->present = false;
    }
    for (size_t i = 0; i < h->slots; i++)
        if (h->slot[i]->before)
            h->slot[i]->before->after = h->slot[i];
    for (Snapshot *s = h->newest, *after = NULL; s; after = s, s = s->before) {
        s->after = after;
        s->present = true;
    }
}

static double worth(const Snapshot *s)
{
    double line = s->present ? PRESENT : 0;
    if (!s->before)
        return line + FIRST;
    return line + (s->after ? measure_of(s->after) - measure_of(s->before) : LAST);
}

static size_t least_worth(History *h)
{
    size_t least = 0;
    find_neighbours(h);
    for (size_t i = 1; i < h->slots; i++)
        if (worth(h->slot[i]) < worth(h->slot[least]))
            least = i;
    return least;
}

/* Whatever grew from it, or stood there, is now where it grew from. */
static void drop(History *h, size_t i)
{
    Snapshot *gone = h->slot[i];
    h->slot[i] = h->slot[--h->slots];
    for (size_t k = 0; k < h->slots; k++)
        if (h->slot[k]->before == gone)
            h->slot[k]->before = gone->before;
    for (size_t k = 0; k < HISTORY_MARKS; k++)
        if (h->mark[k].newest == gone)
            h->mark[k].newest = gone->before;
    if (h->newest == gone)
        h->newest = gone->before;
    h->bytes -= gone->bytes;
    free_snapshot(gone);
}

static size_t bytes_of(const Weights *w)
{
    size_t parameters = w->net.count * sizeof *w->net.parameter;
    return sizeof(Snapshot) + (parameters + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static Snapshot *copy_of(const Weights *w)
{
    Snapshot *s = calloc(1, sizeof *s);
    if (s && weights_copy(&s->weights, w)) {
        s->bytes = bytes_of(w);
        return s;
    }
    free(s);
    return NULL;
}

static bool add(History *h, const Weights *w)
{
    Snapshot *s = copy_of(w);
    if (!s) {
        h->budget = h->bytes;
        return false;
    }
    s->before = h->newest;
    h->newest = h->slot[h->slots++] = s;
    h->bytes += s->bytes;
    return true;
}

bool history_offer(History *h, const Weights *w)
{
    size_t bytes = bytes_of(w);
    if (begins_line(h, w))
        h->newest = NULL;
    h->epoch = w->epoch;
    if (!history_due(h, w->epoch, steps_of(w)) || (h->newest ? 2 * bytes : bytes) > h->budget)
        return false;
    while (h->bytes + bytes > h->budget || h->slots == HISTORY_SNAPSHOTS)
        drop(h, least_worth(h));
    return add(h, w);
}

uint64_t history_mark(History *h)
{
    uint64_t number = ++h->marks;
    h->mark[number % HISTORY_MARKS] = (struct HistoryMark){.number = number, .newest = h->newest};
    return number;
}

void history_return(History *h, uint64_t mark)
{
    const struct HistoryMark *known = &h->mark[mark % HISTORY_MARKS];
    h->newest = mark > 0 && known->number == mark ? known->newest : NULL;
}

size_t history_count(const History *h)
{
    size_t count = 0;
    for (const Snapshot *s = h->newest; s; s = s->before)
        count++;
    return count;
}

static const Snapshot *snapshot(const History *h, size_t k)
{
    const Snapshot *s = h->newest;
    size_t back = history_count(h);
    assert(k < back);
    while (--back > k)
        s = s->before;
    return s;
}

const Weights *history_weights(const History *h, size_t k)
{
    return &snapshot(h, k)->weights;
}

static size_t nearest(const History *h, double wanted)
{
    size_t k = history_count(h), best = k - 1;
    double distance = HUGE_VAL;
    for (const Snapshot *s = h->newest; s; s = s->before) {
        k--;
        if (fabs(measure_of(s) - wanted) < distance) {
            distance = fabs(measure_of(s) - wanted);
            best = k;
        }
    }
    return best;
}

size_t history_at_steps(const History *h, uint64_t steps)
{
    return nearest(h, measure(steps));
}

size_t history_at_place(const History *h, double place)
{
    return nearest(h, place * measure_of(h->newest));
}

double history_place(const History *h, size_t k)
{
    double whole = measure_of(h->newest);
    return whole > 0 ? measure_of(snapshot(h, k)) / whole : 1;
}
