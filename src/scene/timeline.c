#include "scene/timeline.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAGE = 1024, /* floats, an even number: no particle lies in two */
    POSITION_PAGES = 1 + 2 * (PARTICLES_MAX + DROPPED_MAX) / PAGE
};

static const float nowhere[2] = {NAN, NAN}; /* ends a trail */

/* A moment's arrays lie in a chain of pages, so that thinning moves nothing. */
struct Timeline {
    size_t pages, used, count;
    uint64_t stride;
    Moment present;      /* without arrays; while count > 0 */
    Moment *moment;      /* [pages]: none takes less than one */
    float (*page)[PAGE]; /* [pages] */
    uint32_t *next;      /* [pages] in its chain */
    uint32_t free;       /* the first of pages - used */
};

enum { PAGE_BYTES = sizeof(float[PAGE]) + sizeof(Moment) + sizeof(uint32_t) };

Timeline *timeline_create(size_t bytes)
{
    Timeline *t = malloc(sizeof *t);
    if (!t)
        return NULL;
    *t = (Timeline){.pages = bytes / PAGE_BYTES};
    t->moment = malloc(t->pages * sizeof *t->moment);
    t->page = malloc(t->pages * sizeof *t->page);
    t->next = malloc(t->pages * sizeof *t->next);
    if (!t->moment || !t->page || !t->next) {
        timeline_destroy(t);
        return NULL;
    }
    timeline_clear(t);
    return t;
}

void timeline_destroy(Timeline *t)
{
    if (!t)
        return;
    free(t->moment);
    free(t->page);
    free(t->next);
    free(t);
}

void timeline_clear(Timeline *t)
{
    t->count = t->used = 0;
    t->stride = 1;
    t->free = 0;
    for (uint32_t i = 0; i < t->pages; i++)
        t->next[i] = i + 1;
}

size_t timeline_count(const Timeline *t)
{
    return t->count;
}

uint64_t timeline_stride(const Timeline *t)
{
    return t->stride;
}

size_t timeline_bytes(const Timeline *t)
{
    return t->used * PAGE_BYTES;
}

const Moment *timeline_moment(const Timeline *t, size_t k)
{
    assert(k < t->count);
    return &t->moment[k];
}

size_t timeline_at_tick(const Timeline *t, uint64_t tick)
{
    size_t low = 0, high = t->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (t->moment[middle].tick <= tick)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t timeline_at_place(const Timeline *t, double place)
{
    double last = (double)timeline_moment(t, t->count - 1)->tick;
    return timeline_at_tick(t, (uint64_t)round(fmin(fmax(place, 0), 1) * last));
}

size_t timeline_present(const Timeline *t)
{
    return timeline_at_tick(t, t->present.tick);
}

/* Once what is shown has arrived, the next tick forgets where it was: nothing but a step under way needs it. */
static bool keeps_previous(const Moment *m)
{
    return m->share < 1;
}

static bool keeps_memory(const Moment *m)
{
    return m->before != 0 && sampler_info(m->dynamics)->remembers;
}

/* Otherwise the first particles leave trails, each in its own slot. */
static bool keeps_trails(const Moment *m)
{
    return m->dropped > 0;
}

static size_t pages_of(const Moment *m)
{
    size_t planes = 1 + (size_t)keeps_previous(m) + (size_t)keeps_memory(m);
    size_t floats = 2 * m->count * planes + (keeps_trails(m) ? m->trails : 0);
    return 1 + floats / PAGE;
}

static Moment moment_of(const Simulation *s)
{
    const SimFrame *f = &s->frame;
    Moment m = {.target = f->target,
                .dynamics = settings_index(&s->settings, SET_DYNAMICS),
                .sigma = f->sigma,
                .evaluations = f->evaluations,
                .accepted = f->accepted,
                .share = f->share,
                .count = f->count,
                .dropped = f->dropped,
                .trails = f->trails,
                .before = s->before,
                .journey = s->journey};
    m.pages = pages_of(&m);
    return m;
}

static bool same_run(const Moment *a, const Moment *b)
{
    return a->target == b->target && a->journey.seed == b->journey.seed && a->journey.starts == b->journey.starts &&
           a->count - a->dropped == b->count - b->dropped;
}

/* Particles move only with these counters, so that they need not be compared. */
static bool same_state(const Moment *a, const Moment *b)
{
    const Journey *j = &a->journey, *k = &b->journey;
    bool frame = a->sigma == b->sigma && a->evaluations == b->evaluations && a->share == b->share &&
                 a->count == b->count && a->before == b->before;
    return frame && j->particle_sigma == k->particle_sigma && j->rising == k->rising && j->denoised == k->denoised &&
           j->walk == k->walk && j->steps == k->steps && j->drops == k->drops;
}

static uint32_t last_page(const Timeline *t, uint32_t first, size_t pages)
{
    uint32_t last = first;
    for (size_t i = 1; i < pages; i++)
        last = t->next[last];
    return last;
}

static void take_pages(Timeline *t, Moment *m)
{
    m->at = t->free;
    t->free = t->next[last_page(t, m->at, m->pages)];
    t->used += m->pages;
}

static void give_pages_back(Timeline *t, const Moment *m)
{
    t->next[last_page(t, m->at, m->pages)] = t->free;
    t->free = m->at;
    t->used -= m->pages;
}

/* What a moment at this tick replaces: all that came later, and the newest where it only stands for the present. */
static void cut(Timeline *t, uint64_t tick)
{
    while (t->count > 0 && t->moment[t->count - 1].tick >= tick)
        give_pages_back(t, &t->moment[--t->count]);
    if (t->count > 0 && t->moment[t->count - 1].tick % t->stride != 0)
        give_pages_back(t, &t->moment[--t->count]);
}

static void thin(Timeline *t)
{
    size_t count = t->count;
    t->stride *= 2;
    t->count = 0;
    for (size_t k = 0; k < count; k++) {
        if (t->moment[k].tick % t->stride == 0)
            t->moment[t->count++] = t->moment[k];
        else
            give_pages_back(t, &t->moment[k]);
    }
}

/* Where the next of a moment's floats are. */
typedef struct Cursor {
    const Timeline *t;
    uint32_t page;
    size_t offset;
} Cursor;

static Cursor arrays_of(const Timeline *t, const Moment *m)
{
    return (Cursor){.t = t, .page = m->at};
}

/* The next of at most n floats that stand side by side: how many. */
static size_t next_floats(Cursor *c, size_t n, float **at)
{
    if (c->offset == PAGE)
        *c = (Cursor){.t = c->t, .page = c->t->next[c->page]};
    size_t some = n < PAGE - c->offset ? n : PAGE - c->offset;
    *at = c->t->page[c->page] + c->offset;
    c->offset += some;
    return some;
}

static void put(Cursor *c, const void *from, size_t n)
{
    float *at;
    for (size_t done = 0, some; done < n; done += some) {
        some = next_floats(c, n - done, &at);
        memcpy(at, (const char *)from + done * sizeof *at, some * sizeof *at);
    }
}

static void take(Cursor *c, void *to, size_t n)
{
    float *at;
    for (size_t done = 0, some; done < n; done += some) {
        some = next_floats(c, n - done, &at);
        memcpy((char *)to + done * sizeof *at, at, some * sizeof *at);
    }
}

static void append(Timeline *t, const Moment *m, const Simulation *s)
{
    Moment *kept = &t->moment[t->count++];
    *kept = *m;
    take_pages(t, kept);
    Cursor c = arrays_of(t, kept);
    put(&c, s->frame.x, 2 * m->count);
    if (keeps_previous(m))
        put(&c, s->frame.previous, 2 * m->count);
    if (keeps_memory(m))
        put(&c, s->memory, 2 * m->count);
    if (keeps_trails(m))
        put(&c, s->frame.trail_of, m->trails);
}

static bool fits_beside_first(const Timeline *t, const Moment *m)
{
    return (t->count > 0 ? t->moment[0].pages : 0) + m->pages <= t->pages;
}

/* A step that takes several ticks has moved nobody yet, but parts of the sampler's memory: going on from there would
 * take the rest of it twice. */
static bool under_way(const Simulation *s)
{
    return s->stride.sampler != NULL;
}

bool timeline_record(Timeline *t, const Simulation *s)
{
    Moment m = moment_of(s);
    if (t->count > 0 && !same_run(&t->present, &m))
        timeline_clear(t);
    if (under_way(s) || (t->count > 0 && same_state(&t->present, &m)))
        return true;
    if (!fits_beside_first(t, &m))
        return false;
    m.tick = t->count > 0 ? t->present.tick + 1 : 0;
    cut(t, m.tick);
    while (t->used + m.pages > t->pages)
        thin(t);
    append(t, &m, s);
    t->present = m;
    return true;
}

/* Was the particle that is at `index` now there then, in a moment of the same run? Dropped ones replace each other. */
static bool was_there(const Moment *then, const Moment *now, size_t index)
{
    size_t first = now->count - now->dropped;
    if (index < first)
        return true;
    uint64_t last = now->journey.drops - 1, number = last - (last - (index - first)) % DROPPED_MAX;
    return then->journey.drops > number;
}

/* Trails of the first particles and of dropped ones are far apart, so each page is looked for once. */
static void find_pages(const Timeline *t, const Moment *m, uint32_t page[POSITION_PAGES])
{
    page[0] = m->at;
    for (size_t i = 1; i <= 2 * m->count / PAGE && i < m->pages; i++)
        page[i] = t->next[page[i - 1]];
}

static void lay_column(const Timeline *t, const Moment *then, const Moment *now, SimFrame *f)
{
    uint32_t page[POSITION_PAGES];
    float *column = f->trail + f->trail_length++ * 2 * TRAIL_PARTICLES;
    find_pages(t, then, page);
    for (size_t i = 0; i < f->trails; i++) {
        size_t index = f->trail_of[i];
        bool there = was_there(then, now, index);
        const float *x = there ? t->page[page[2 * index / PAGE]] + 2 * index % PAGE : nowhere;
        column[2 * i] = x[0];
        column[2 * i + 1] = x[1];
    }
}

/* One column a moment, newest first, but none where particles stood still. */
static void lay_trails(const Timeline *t, size_t k, SimFrame *f)
{
    const Moment *now = &t->moment[k], *later = NULL;
    f->trail_length = 0;
    for (size_t back = 0; back <= k && f->trail_length < TRAIL_LENGTH; back++) {
        const Moment *then = &t->moment[k - back];
        if (later && later->journey.steps == then->journey.steps)
            continue;
        lay_column(t, then, now, f);
        later = then;
    }
}

static void restore_arrays(const Timeline *t, const Moment *m, Simulation *s)
{
    SimFrame *f = &s->frame;
    Cursor c = arrays_of(t, m);
    take(&c, f->x, 2 * m->count);
    if (keeps_previous(m))
        take(&c, f->previous, 2 * m->count);
    else
        memcpy(f->previous, f->x, 2 * m->count * sizeof *f->x);
    if (keeps_memory(m))
        take(&c, s->memory, 2 * m->count);
    if (keeps_trails(m))
        take(&c, f->trail_of, m->trails);
    for (uint32_t i = 0; i < m->trails && !keeps_trails(m); i++)
        f->trail_of[i] = i;
}

void timeline_restore(Timeline *t, size_t k, Simulation *s)
{
    const Moment *m = timeline_moment(t, k);
    SimFrame *f = &s->frame;
    restore_arrays(t, m, s);
    f->sigma = m->sigma;
    f->evaluations = m->evaluations;
    f->accepted = m->accepted;
    f->share = m->share;
    f->count = m->count;
    f->dropped = m->dropped;
    f->trails = m->trails;
    lay_trails(t, k, f);
    s->journey = m->journey;
    s->before = m->dynamics == settings_index(&s->settings, SET_DYNAMICS) ? m->before : 0;
    t->present = moment_of(s);
    t->present.tick = m->tick;
}
