/* mixture_search.h - the way of one point, or of a packet's middle, through a mixture's tree: what stands for what.
 *
 * Inlined into functions that are cloned for each instruction set, like mixture_terms.h. Internal to the mixture's own
 * files.
 */
#ifndef CORE_MIXTURE_SEARCH_H
#define CORE_MIXTURE_SEARCH_H

#include "core/mixture_packet.h"

/* What a node's error may be. It goes with about the 5/2th power of the excess. */
struct Demand {
    size_t most;      /* components that it is for */
    float negligible; /* nats below the sum at which a node is left out */
    float excess;     /* ln of that at which a node is too wide, were it all of the sum */
    float ease;       /* what it grows by with each nat that the node lies below the sum */
    float most_ease;
    float far; /* and with ln of (1 + |score| sigma), against which errors of the score are measured */
};

/* Of few components the answer is right to 1e-4. Of many the errors of nodes cancel, so that each may be larger. */
static const Demand DEMANDS[] = {
    {.most = FINE_COUNT, .negligible = 15.0f, .excess = -3.5f, .ease = 0.4f, .most_ease = 3.0f},
    {.most = 20000, .negligible = 12.0f, .excess = -2.7f, .ease = 0.6f, .most_ease = 3.4f, .far = 0.3f},
    {.most = 200000, .negligible = 11.5f, .excess = -2.5f, .ease = 0.65f, .most_ease = 3.5f, .far = 0.3f},
    {.most = SIZE_MAX, .negligible = 11.0f, .excess = -2.2f, .ease = 0.7f, .most_ease = 3.6f, .far = 0.3f},
};

CORE_INLINE const Demand *demand_of(size_t count)
{
    const Demand *d = DEMANDS;
    while (count > d->most)
        d++;
    return d;
}

static const float ROUGH = 0.8f;     /* ln of the excess for a first estimate of the sum */
static const float CAUTION = 0.7f;   /* nats taken off that estimate */
static const float LIGHT = 16.0f;    /* nats below the sum at which one lane of a packet is left out */
static const float MOST_TOP = 50.0f; /* nats by which something may outweigh a packet's reference */

/* So far out (in nats) that exponents are taken relative to the reference's; and that they no longer do, where axes
 * matter. */
static const float FAR = -200.0f, DEEPEST = -4000.0f;
enum { MAX_TRIES = 3 };
static const uint32_t ALL = 0xffff;

/* Blocks at a time: what they hold is judged and added without waiting for each other. */
enum { BATCH = 6 };

/* What is decided upon at a block above the components. */
typedef struct Lanes {
    float bound[LANES];  /* ln density of what is below, at most; without the constant that log_weight has */
    float excess[LANES]; /* ln of how much too wide a lane is to stand for what is below; negative: it may */
} Lanes;

/* ln x to 0.03 for normal x > 0: a float's bits are about its logarithm. */
CORE_INLINE float rough_log(float x)
{
    return (float)(int32_t)vector_bits(x) * 8.26295829e-8f - 87.99997f;
}

/* The excess is the spread over the width, by the square of the distance in widths: the fourth cumulant's term is about
 * its square, and that of the fifth, which a lane lacks, about its 5/2th power. In a packet (`spread`), bounds hold for
 * all its points: a bound's logarithm is concave, so it stays below its tangent at the middle. */
CORE_INLINE void judge_lanes(const Query *q, const Block *b, const Extent *e, bool spread, Lanes *l)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float dx = q->x - b->x[lane], dy = q->y - b->y[lane];
        float from_low_x = e->low_x[lane] - q->x, from_high_x = q->x - e->high_x[lane];
        float from_low_y = e->low_y[lane] - q->y, from_high_y = q->y - e->high_y[lane];
        float gap_x = lane_larger(lane_larger(from_low_x, from_high_x), 0.0f);
        float gap_y = lane_larger(lane_larger(from_low_y, from_high_y), 0.0f);
        if (spread) {
            dx = fabsf(dx) + q->half_x;
            dy = fabsf(dy) + q->half_y;
        }
        float width = e->minor[lane] + q->variance;
        float square = lane_larger(dx * dx + dy * dy, width);
        float to_x = from_low_x > from_high_x ? gap_x : -gap_x, to_y = from_low_y > from_high_y ? gap_y : -gap_y;
        gap_x *= gap_x;
        gap_y *= gap_y;
        float wide_x = e->wide_x[lane] + q->variance, wide_y = e->wide_y[lane] + q->variance;
        float distance = lane_larger(gap_x * wide_y, gap_y * wide_x) / (wide_x * wide_y);
        float inverse = 1.0f / (e->widest[lane] + q->variance);
        if (spread) {
            distance = (gap_x + gap_y) * inverse;
            distance -= 2.0f * reach(q, to_x * inverse - q->reference.score[0], to_y * inverse - q->reference.score[1]);
        } else {
            distance = lane_larger(distance, (gap_x + gap_y) * inverse);
        }
        l->bound[lane] = b->log_weight[lane] - 0.5f * (rough_log(width * (e->major[lane] + q->variance)) + distance);
        l->excess[lane] = e->log_spread[lane] + rough_log(square) - 2.0f * rough_log(width) - q->excess;
    }
}

/* Returns the lanes to open and leaves in keep those that stand for what is below; the rest are negligible. A
 * lane's share of the sum shrinks with the nats below it, and so do the demands on the lane, but only to a point: the
 * Gaussian of a lane much too wide would reach far beyond its bound. `blur`: how uncertain bounds are, nats. */
CORE_INLINE uint32_t open_lanes(const Query *q, const Lanes *l, uint32_t asked, float blur, uint32_t *keep)
{
    const Demand *d = q->demand;
    uint32_t flags = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float below = q->floor - (l->bound[lane] - q->reference.exponent) - blur;
        float eased = lane_larger(lane_smaller(d->ease * below, d->most_ease), 0.0f);
        uint32_t alive = below < d->negligible ? LANE_BIT[lane] : 0u;
        flags |= l->excess[lane] > eased ? alive << LANES | alive : alive;
    }
    uint32_t counts = flags & asked, open = flags >> LANES & asked;
    *keep = counts & ~open;
    return open;
}

/* Takes a lane as the reference, for sums that start anew. */
CORE_INLINE void refer_to(Query *q, const Block *b, size_t lane)
{
    Reference *r = &q->reference;
    *r = (Reference){.x = b->x[lane], .y = b->y[lane], .x_rest = b->x_rest[lane], .y_rest = b->y_rest[lane]};
    r->dx = (q->x - r->x) + (q->x_rest - r->x_rest);
    r->dy = (q->y - r->y) + (q->y_rest - r->y_rest);
    float major = b->major[lane] + q->variance, minor = b->minor[lane] + q->variance;
    float inverse = 1.0f / (major * minor);
    Pull p = pull_of(b, lane, minor * inverse, major * inverse, r->dx, r->dy);
    r->score[0] = -p.x;
    r->score[1] = -p.y;
    float exponent = -0.5f * (r->dx * p.x + r->dy * p.y);
    float size = q->deviation * sqrtf(p.x * p.x + p.y * p.y); /* of the score, in 1 / sigma */
    q->excess = q->demand->excess + q->demand->far * vector_log(1.0f + size);
    bool far = exponent < FAR;
    r->exponent = far ? exponent : 0.0f;
    float along = -0.5f * minor * inverse, across = -0.5f * major * inverse;
    float c = b->axis_x[lane], s = b->axis_y[lane];
    r->bend[0] = along * c * c + across * s * s;
    r->bend[1] = 2.0f * (along - across) * c * s;
    r->bend[2] = along * s * s + across * c * c;
    q->top = b->log_weight[lane] + 0.5f * vector_log(inverse) + (far ? 0.0f : exponent);
    q->floor = q->top;
    q->climb_x = q->climb_y = 0.0f;
    q->sums = (Sums){0};
}

/* The sums' own score is what the floor is known to change with, at least, from the middle of a packet. */
CORE_INLINE void raise_floor(Query *q, float floor, bool spread, const Sums *s)
{
    if (!(floor > q->floor))
        return;
    q->floor = floor;
    if (!spread)
        return;
    q->climb_x = lane_sum(s->x) / lane_sum(s->weight);
    q->climb_y = lane_sum(s->y) / lane_sum(s->weight);
}

/* Where a search starts: lanes of a block that roughly stand for what is below, or components. */
typedef struct Foothold {
    const Block *block;
    size_t best;
    uint32_t rough;
} Foothold;

/* Down the best lanes to the first that roughly stands for what is below, two levels at a time. One component would be
 * far too low a top where thousands overlap. */
CORE_INLINE Foothold descend(const MixtureTree *t, Query *q)
{
    size_t level = t->levels - 1, node = 0;
    for (;;) {
        Foothold p = {.block = &t->block[t->first[level] + node], .rough = 0};
        q->pairs += LANES;
        if (level == 0) {
            Terms terms;
            fill_terms(q, p.block, false, &terms);
            return (Foothold){p.block, densest_lane(&terms, ALL), ALL};
        }
        Lanes l;
        judge_lanes(q, p.block, &t->extent[t->first[level] + node - t->first[1]], false, &l);
        p.best = lane_of_max(l.bound);
        EACH_LANE for (size_t lane = 0; lane < LANES; lane++) p.rough |=
            l.excess[lane] <= ROUGH - q->excess ? LANE_BIT[lane] : 0u;
        if (p.rough & LANE_BIT[p.best])
            return p;
        node = node * LANES + p.best;
        node = level >= 2 ? node : node / BRANCHES;
        level = level >= 2 ? level - 2 : 0;
    }
}

/* A first reference, and a floor without which nothing could be pruned: about the sum over a patch around it. Returns
 * whether that sum is all there is, which takes components. */
CORE_INLINE bool start(const MixtureTree *t, Query *q, bool spread, Packet *packet)
{
    Foothold p = descend(t, q);
    refer_to(q, p.block, p.best);
    bool far = q->reference.exponent < 0.0f;
    Terms terms;
    Sums sums = {0};
    fill_terms(q, p.block, far, &terms);
    add_terms(&terms, q->top, p.rough, &sums);
    raise_floor(q, q->top + vector_log(lane_sum(sums.weight)) - CAUTION, spread, &sums);
    if (spread)
        packet_start(packet, q->top);
    if (spread || far || t->levels > 1)
        return false;
    q->sums = sums;
    return true;
}

typedef struct Walk {
    const MixtureTree *tree;
    Query *query;
    Packet *packet;      /* or NULL */
    float blur;          /* how uncertain bounds are, nats */
    const Block *better; /* of a lane that outweighs the reference, or NULL */
    size_t better_lane;
} Walk;

/* Lanes asked for of a block: its number in its level, the level and a bit a lane in one word. A struct would be
 * written in parts and read as a whole, for which a processor waits. */
typedef uint64_t Visit;

CORE_INLINE Visit visit_of(uint64_t block, uint64_t level, uint32_t asked)
{
    return block << 32 | level << 16 | asked;
}

CORE_INLINE size_t visit_level(Visit v)
{
    return v >> 16 & 0xffffu;
}

CORE_INLINE uint32_t visit_asked(Visit v)
{
    return v & 0xffffu;
}

CORE_INLINE Visit visit_only(Visit v, uint32_t asked)
{
    return (v & ~(Visit)ALL) | asked;
}

CORE_INLINE const Block *visit_block(const MixtureTree *t, Visit v)
{
    return &t->block[t->first[visit_level(v)] + (v >> 32)];
}

/* Above the components. */
CORE_INLINE const Extent *visit_extent(const MixtureTree *t, Visit v)
{
    return &t->extent[t->first[visit_level(v)] + (v >> 32) - t->first[1]];
}

CORE_INLINE void find_terms(const Walk *w, Visit v, bool far, Terms *terms)
{
    const Block *b = visit_block(w->tree, v);
    fill_terms(w->query, b, far, terms);
    if (visit_level(v) > 0)
        correct_terms(w->query, b, visit_extent(w->tree, v), terms);
}

CORE_INLINE void append_visit(const Walk *w, Visit v, const Terms *t)
{
    const Query *q = w->query;
    const Block *b = visit_block(w->tree, v);
    float least = q->floor - LIGHT - w->blur;
    if (visit_level(v) > 0)
        packet_append(w->packet, q, b, visit_extent(w->tree, v), t, visit_asked(v), least);
    else
        packet_append(w->packet, q, b, NULL, t, visit_asked(v), least);
}

CORE_INLINE void sum_visits(const Walk *w, const Visit *visit, size_t n, bool far, bool append, Sums *s)
{
    *s = (Sums){0};
    for (size_t i = 0; i < n; i++) {
        Terms terms;
        find_terms(w, visit[i], far, &terms);
        add_terms(&terms, w->query->top, visit_asked(visit[i]), s);
        if (append)
            append_visit(w, visit[i], &terms);
    }
}

/* Makes the densest lane the top. */
CORE_INLINE void find_top(Walk *w, const Visit *visit, size_t n, bool far)
{
    float top = w->query->top + 7.0f;
    for (size_t i = 0; i < n; i++) {
        Terms terms;
        find_terms(w, visit[i], far, &terms);
        size_t lane = densest_lane(&terms, visit_asked(visit[i]));
        float density = terms.exponent[lane] + 0.5f * vector_log(terms.inverse[lane]);
        if (density > top) {
            top = density;
            w->better = visit_block(w->tree, visit[i]);
            w->better_lane = lane;
        }
    }
    if (top > w->query->top + 7.0f)
        raise_top(w->query, top);
}

CORE_INLINE void add_visits(Walk *w, const Visit *visit, size_t n, bool far, bool spread)
{
    Query *q = w->query;
    Sums sums;
    sum_visits(w, visit, n, far, spread, &sums);
    if (!(lane_sum(sums.weight) < 1100.0f)) {
        find_top(w, visit, n, far);
        sum_visits(w, visit, n, far, false, &sums);
    }
    add_sums(&sums, 1.0f, &q->sums);
    raise_floor(q, q->top + vector_log(lane_sum(q->sums.weight)), spread, &q->sums);
}

/* Lanes whose parents' bits are set, of four parents. */
static const uint16_t CHILDREN[1 << BRANCHES] = {0x0000, 0x000f, 0x00f0, 0x00ff, 0x0f00, 0x0f0f, 0x0ff0, 0x0fff,
                                                 0xf000, 0xf00f, 0xf0f0, 0xf0ff, 0xff00, 0xff0f, 0xfff0, 0xffff};

/* Writes a visit for each four parents and keeps it if any is open: a branch on that would be guessed wrong too often.
 * The children of group `best` come to lie on top. Returns the new depth. */
CORE_INLINE size_t push_children(Visit v, uint32_t open, uint32_t best, Visit *stack, size_t depth)
{
    for (uint32_t k = 1; k <= BRANCHES; k++) {
        uint32_t group = (best + k) % BRANCHES, parents = open >> group * BRANCHES & 0xfu;
        stack[depth] = visit_of((v >> 32) * BRANCHES + group, visit_level(v) - 1, CHILDREN[parents]);
        depth += parents != 0;
    }
    return depth;
}

typedef struct Stack {
    Visit visit[MAX_LEVELS * BRANCHES * BATCH]; /* lower levels higher up, so that each has four batches at most */
    size_t depth;
} Stack;

/* Puts what is below the open lanes on the stack and returns the lanes to add. */
CORE_INLINE uint32_t judge_visit(const Walk *w, Visit v, bool far, bool spread, Stack *s)
{
    if (visit_level(v) == 0)
        return visit_asked(v);
    Lanes l;
    uint32_t keep;
    judge_lanes(w->query, visit_block(w->tree, v), visit_extent(w->tree, v), spread, &l);
    uint32_t open = open_lanes(w->query, &l, visit_asked(v), w->blur, &keep);
    uint32_t best = far ? (uint32_t)lane_of_max(l.bound) / BRANCHES : 0;
    s->depth = push_children(v, open, best, s->visit, s->depth);
    return keep;
}

/* What is negligible shows only against the sum. Near the reference the sum's floor is close from the start; far out it
 * may be poor, and then blocks come one at a time, the densest first. */
CORE_INLINE void walk(Walk *w, bool far, bool spread)
{
    Stack s;
    s.visit[0] = visit_of(0, w->tree->levels - 1, ALL);
    s.depth = 1;
    while (s.depth > 0) {
        Visit batch[BATCH], kept[BATCH];
        size_t most = far ? 1 : BATCH, n = s.depth < most ? s.depth : most, size = 0;
        s.depth -= n;
        for (size_t i = 0; i < n; i++)
            batch[i] = s.visit[s.depth + i];
        w->query->pairs += (uint32_t)n * LANES;
        for (size_t i = 0; i < n; i++) {
            uint32_t keep = judge_visit(w, batch[i], far, spread, &s);
            kept[size] = visit_only(batch[i], keep);
            size += keep != 0;
        }
        if (size > 0)
            add_visits(w, kept, size, far, spread);
    }
}

/* Where single precision would not be right to 1e-4, few components are summed in double: there is no need to go on. */
CORE_INLINE bool is_deep(const MixtureTree *t, const Query *q)
{
    return t->deep_blocks > 0 && q->reference.exponent < DEEPEST;
}

/* Far out a reference that turned out to be outweighed is replaced by the lane that did it: near, differences of scores
 * have digits enough. Two calls of `walk`, so that each is compiled for its own case. */
CORE_INLINE void search(const MixtureTree *t, Query *q, bool spread, Packet *packet)
{
    if (start(t, q, spread, packet) || is_deep(t, q))
        return;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
        bool far = q->reference.exponent < 0.0f;
        Walk w = {.tree = t, .query = q, .packet = packet, .blur = -1e-6f * q->reference.exponent};
        if (far)
            walk(&w, true, spread);
        else
            walk(&w, false, spread);
        bool poor = far || (spread && q->top > packet->top + MOST_TOP);
        if (!poor || !w.better || tries == MAX_TRIES - 1)
            return;
        refer_to(q, w.better, w.better_lane);
        if (spread)
            packet_start(packet, q->top);
    }
}

#endif
