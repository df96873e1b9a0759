#include "core/mixture_box_terms.h"
#include "core/mixture_terms.h"

static const float NEGLIGIBLE = 12.5f;     /* nats below the sum at which a node is left out */
static const float LOG_TOLERANCE = -2.95f; /* ln of the excess at which a node is too wide, were it all of the sum */
static const float EASE_RATE = 0.7f;       /* what that grows by with each nat that the node lies below the sum */
static const float MOST_EASE = 4.3f;
static const float ROUGH = 2.0f;   /* what it may be for a first estimate of the sum */
static const float CAUTION = 0.7f; /* nats taken off that estimate */

/* So far out (in nats) that exponents are taken relative to the reference's. */
static const float FAR = -200.0f;
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

/* A lane lacks the fourth cumulant of what it stands for, which is worth (spread / width)^2 times the fourth power of
 * the distance in widths: hence the square root. */
CORE_INLINE void judge_lanes(const Query *q, const Block *b, const Extent *e, Lanes *l)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float dx = q->x - b->x[lane], dy = q->y - b->y[lane];
        float gap_x = lane_larger(e->low_x[lane] - q->x, q->x - e->high_x[lane]);
        float gap_y = lane_larger(e->low_y[lane] - q->y, q->y - e->high_y[lane]);
        gap_x = lane_larger(gap_x, 0.0f);
        gap_y = lane_larger(gap_y, 0.0f);
        float width = e->minor[lane] + q->variance;
        float square = lane_larger(dx * dx + dy * dy, width);
        gap_x *= gap_x;
        gap_y *= gap_y;
        float wide_x = e->wide_x[lane] + q->variance, wide_y = e->wide_y[lane] + q->variance;
        float distance = lane_larger(gap_x * wide_y, gap_y * wide_x) / (wide_x * wide_y);
        distance = lane_larger(distance, (gap_x + gap_y) / (e->widest[lane] + q->variance));
        l->bound[lane] = b->log_weight[lane] - 0.5f * (rough_log(width * (e->major[lane] + q->variance)) + distance);
        l->excess[lane] = e->log_spread[lane] + rough_log(square) - 2.0f * rough_log(width) - LOG_TOLERANCE;
    }
}

/* Returns the lanes to open and leaves in keep those that stand for what is below; the rest are negligible. A
 * lane's share of the sum shrinks with the nats below it, and so do the demands on the lane, but only to a point: the
 * Gaussian of a lane much too wide would reach far beyond its bound. `blur`: how uncertain bounds are, nats. */
CORE_INLINE uint32_t open_lanes(const Query *q, const Lanes *l, uint32_t asked, float blur, uint32_t *keep)
{
    uint32_t flags = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float below = q->floor - (l->bound[lane] - q->reference.exponent) - blur;
        float eased = lane_larger(lane_smaller(EASE_RATE * below, MOST_EASE), 0.0f);
        uint32_t alive = below < NEGLIGIBLE ? LANE_BIT[lane] : 0u;
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
    bool far = exponent < FAR;
    r->exponent = far ? exponent : 0.0f;
    q->top = b->log_weight[lane] + 0.5f * vector_log(inverse) + (far ? 0.0f : exponent);
    q->floor = q->top;
    q->sums = (Sums){0};
}

/* Where a search starts: lanes of a block that roughly stand for what is below, or components. */
typedef struct Place {
    const Block *block;
    size_t best;
    uint32_t rough;
} Place;

/* Down the best lanes to the first that roughly stands for what is below, two levels at a time. One component would be
 * far too low a top where thousands overlap. */
CORE_INLINE Place descend(const MixtureTree *t, Query *q)
{
    size_t level = t->levels - 1, node = 0;
    for (;;) {
        Place p = {.block = &t->block[t->first[level] + node], .rough = 0};
        q->pairs += LANES;
        if (level == 0) {
            Terms terms;
            fill_terms(q, p.block, false, &terms);
            return (Place){p.block, densest_lane(&terms, ALL), ALL};
        }
        Lanes l;
        judge_lanes(q, p.block, &t->extent[t->first[level] + node - t->first[1]], &l);
        p.best = lane_of_max(l.bound);
        EACH_LANE for (size_t lane = 0; lane < LANES; lane++) p.rough |= l.excess[lane] <= ROUGH ? LANE_BIT[lane] : 0u;
        if (p.rough & LANE_BIT[p.best])
            return p;
        node = node * LANES + p.best;
        node = level >= 2 ? node : node / BRANCHES;
        level = level >= 2 ? level - 2 : 0;
    }
}

/* A first reference, and a floor without which nothing could be pruned: about the sum over a patch around it. Returns
 * whether that sum is all there is, which takes components. */
CORE_INLINE bool start(const MixtureTree *t, Query *q)
{
    Place p = descend(t, q);
    refer_to(q, p.block, p.best);
    bool far = q->reference.exponent < 0.0f;
    Terms terms;
    Sums sums = {0};
    fill_terms(q, p.block, far, &terms);
    add_terms(&terms, q->top, p.rough, &sums);
    q->floor = lane_larger(q->top, q->top + vector_log(lane_sum(sums.weight)) - CAUTION);
    if (far || t->levels > 1)
        return false;
    q->sums = sums;
    return true;
}

typedef struct Walk {
    const MixtureTree *tree;
    Query *query;
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

CORE_INLINE void sum_visits(const Walk *w, const Visit *visit, size_t n, bool far, Sums *s)
{
    *s = (Sums){0};
    for (size_t i = 0; i < n; i++) {
        Terms terms;
        find_terms(w, visit[i], far, &terms);
        add_terms(&terms, w->query->top, visit_asked(visit[i]), s);
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

CORE_INLINE void add_visits(Walk *w, const Visit *visit, size_t n, bool far)
{
    Query *q = w->query;
    Sums sums;
    sum_visits(w, visit, n, far, &sums);
    if (!(lane_sum(sums.weight) < 1100.0f)) {
        find_top(w, visit, n, far);
        sum_visits(w, visit, n, far, &sums);
    }
    add_sums(&sums, 1.0f, &q->sums);
    q->floor = lane_larger(q->floor, q->top + vector_log(lane_sum(q->sums.weight)));
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
CORE_INLINE uint32_t judge_visit(const Walk *w, Visit v, bool far, Stack *s)
{
    if (visit_level(v) == 0)
        return visit_asked(v);
    Lanes l;
    uint32_t keep;
    judge_lanes(w->query, visit_block(w->tree, v), visit_extent(w->tree, v), &l);
    uint32_t open = open_lanes(w->query, &l, visit_asked(v), w->blur, &keep);
    uint32_t best = far ? (uint32_t)lane_of_max(l.bound) / BRANCHES : 0;
    s->depth = push_children(v, open, best, s->visit, s->depth);
    return keep;
}

/* What is negligible shows only against the sum. Near the reference the sum's floor is close from the start; far out it
 * may be poor, and then blocks come one at a time, the densest first. */
CORE_INLINE void walk(Walk *w, bool far)
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
            uint32_t keep = judge_visit(w, batch[i], far, &s);
            kept[size] = visit_only(batch[i], keep);
            size += keep != 0;
        }
        if (size > 0)
            add_visits(w, kept, size, far);
    }
}

/* Far out a reference that turned out to be outweighed is replaced by the lane that did it: near, differences of scores
 * have digits enough. Two calls of `walk`, so that each is compiled for its own case. */
CORE_INLINE void search(const MixtureTree *t, Query *q)
{
    if (start(t, q))
        return;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
        bool far = q->reference.exponent < 0.0f;
        Walk w = {.tree = t, .query = q, .blur = -1e-6f * q->reference.exponent};
        if (far)
            walk(&w, true);
        else
            walk(&w, false);
        if (!far || !w.better || tries == MAX_TRIES - 1)
            return;
        refer_to(q, w.better, w.better_lane);
    }
}

CORE_INLINE void add_boxes(const MixtureTree *t, Query *q)
{
    for (size_t block = 0; block < t->box_blocks; block++) {
        Terms terms;
        fill_box_terms(q, &t->box_block[block], &terms);
        q->pairs += LANES;
        size_t best = lane_of_max(terms.exponent);
        if (block == 0 && t->levels == 0) {
            q->top = terms.exponent[best];
            q->reference.score[0] = terms.score_x[best];
            q->reference.score[1] = terms.score_y[best];
            fill_box_terms(q, &t->box_block[block], &terms);
        } else if (terms.exponent[best] > q->top) {
            raise_top(q, terms.exponent[best]);
        }
        add_terms(&terms, q->top, ALL, &q->sums);
    }
}

/* Everything at one point, in unit coordinates. */
typedef struct PointValue {
    double log_density;
    float score[2], divergence;
    bool far;
    uint32_t pairs;
} PointValue;

static CORE_CLONES
void evaluate_point(const MixtureTree *t, double variance, double x, double y, PointValue *out)
{
    Query q = {.x = (float)x, .y = (float)y, .variance = (float)variance, .deviation = (float)sqrt(variance)};
    q.x_rest = (float)(x - (double)q.x);
    q.y_rest = (float)(y - (double)q.y);
    if (t->levels > 0)
        search(t, &q);
    add_boxes(t, &q);
    float sum = lane_sum(q.sums.weight);
    float ex = lane_sum(q.sums.x) / sum, ey = lane_sum(q.sums.y) / sum;
    out->log_density = (double)q.reference.exponent + (double)(q.top + vector_log(sum));
    out->score[0] = q.reference.score[0] + ex;
    out->score[1] = q.reference.score[1] + ey;
    out->divergence = lane_sum(q.sums.trace) / sum - ex * ex - ey * ey;
    out->far = q.reference.exponent < 0.0f;
    out->pairs = q.pairs;
}

/* Boxes are not taken relative to a reference: where that is called for, the plain sum in double. */
static bool beyond_boxes(const MixtureTree *t, double deviation, const PointValue *v)
{
    return t->box_blocks > 0 && (deviation < 5e-3 || v->far || !(v->log_density > -1000.0));
}

void mixture_evaluate(const Mixture *m, float sigma, const float *x, size_t n, MixtureOutput out)
{
    const MixtureTree *t = m->tree;
    double unit = t->unit, variance = (double)sigma * (double)sigma, log_area = 2.0 * log(unit);
    for (size_t i = 0; i < n; i++) {
        double place[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        PointValue v;
        evaluate_point(t, variance / (unit * unit), (place[0] - t->centre[0]) / unit, (place[1] - t->centre[1]) / unit,
                       &v);
        MixtureValue value = {.log_density = v.log_density - log_area,
                              .divergence = (double)v.divergence / (unit * unit)};
        for (size_t axis = 0; axis < 2; axis++)
            value.score[axis] = (double)v.score[axis] / unit;
        if (beyond_boxes(t, (double)sigma / unit, &v))
            value = mixture_at(m, (double)sigma, place);
        if (out.pairs)
            out.pairs[i] = v.pairs;
        if (out.log_density)
            out.log_density[i] = (float)value.log_density;
        if (out.divergence)
            out.divergence[i] = (float)value.divergence;
        for (size_t axis = 0; axis < 2; axis++) {
            if (out.score)
                out.score[2 * i + axis] = (float)value.score[axis];
            if (out.denoiser)
                out.denoiser[2 * i + axis] = (float)(place[axis] + variance * value.score[axis]);
        }
    }
}
