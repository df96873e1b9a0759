#include "core/mixture_box_terms.h"
#include "core/mixture_terms.h"

static const float NEGLIGIBLE = 12.5f;     /* nats below the sum at which a node is left out */
static const float LOG_TOLERANCE = -2.95f; /* ln of the excess at which a node is too wide, were it all of the sum */
static const float EASE_RATE = 0.7f;       /* what that grows by with each nat that the node lies below the sum */
static const float MOST_EASE = 4.3f;

/* So far out (in nats) that exponents are taken relative to the reference's. */
static const float FAR = -200.0f;
enum { MAX_TRIES = 3 };
static const int32_t ALL[LANES] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

/* What is decided upon at a block above the components. */
typedef struct Lanes {
    float bound[LANES];  /* ln density of what is below, at most; without the constant that log_weight has */
    float excess[LANES]; /* ln of how much too wide a lane is to stand for what is below; negative: it may */
} Lanes;

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
        float distance = (gap_x + gap_y) / (e->widest[lane] + q->variance);
        distance = lane_larger(distance, gap_x / (e->wide_x[lane] + q->variance));
        distance = lane_larger(distance, gap_y / (e->wide_y[lane] + q->variance));
        l->bound[lane] = b->log_weight[lane] - 0.5f * (vector_log(width * (e->major[lane] + q->variance)) + distance);
        l->excess[lane] = e->log_spread[lane] + vector_log(square / (width * width)) - LOG_TOLERANCE;
    }
}

/* Returns the lanes to open and leaves in keep [LANES] those that stand for what is below; the rest are negligible. A
 * lane's share of the sum shrinks with the nats below it, and so do the demands on the lane, but only to a point: the
 * Gaussian of a lane much too wide would reach far beyond its bound. `blur`: how uncertain bounds are, nats. */
CORE_INLINE uint32_t open_lanes(const Query *q, const Lanes *l, uint32_t asked, float blur, int32_t *keep)
{
    int32_t alive[LANES], wide[LANES];
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float below = q->floor - (l->bound[lane] - q->reference.exponent) - blur;
        float eased = lane_smaller(EASE_RATE * lane_larger(below, 0.0f), MOST_EASE);
        alive[lane] = -(below < NEGLIGIBLE);
        wide[lane] = -(l->excess[lane] > eased);
    }
    uint32_t open = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        int32_t counts = alive[lane] & -((asked & LANE_BIT[lane]) != 0);
        keep[lane] = counts & ~wide[lane];
        open |= (uint32_t)(counts & wide[lane]) & LANE_BIT[lane];
    }
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
    for (lane = 0; lane < LANES; lane++)
        q->sum[lane] = q->x_sum[lane] = q->y_sum[lane] = q->trace_sum[lane] = 0.0f;
}

/* Down the best lanes to the first that stands for what is below, two levels at a time: a first reference, without
 * which nothing could be pruned. One component would be far too low a top where thousands overlap. */
CORE_INLINE void descend(const MixtureTree *t, Query *q)
{
    size_t level = t->levels - 1, node = 0, lane;
    const Block *b;
    for (;;) {
        b = &t->block[t->first[level] + node];
        q->pairs += LANES;
        if (level == 0) {
            Terms terms;
            fill_terms(q, b, false, &terms);
            lane = densest_lane(&terms, ALL);
            break;
        }
        Lanes l;
        judge_lanes(q, b, &t->extent[t->first[level] + node - t->first[1]], &l);
        lane = lane_of_max(l.bound);
        if (l.excess[lane] <= 0.0f)
            break;
        node = node * LANES + lane;
        node = level >= 2 ? node : node / BRANCHES;
        level = level >= 2 ? level - 2 : 0;
    }
    refer_to(q, b, lane);
}

typedef struct Walk {
    const MixtureTree *tree;
    Query *query;
    float blur;          /* how uncertain bounds are, nats */
    const Block *better; /* of a lane that outweighs the reference, or NULL */
    size_t better_lane;
} Walk;

CORE_INLINE void add_block(Walk *w, const Block *b, const Extent *e, bool far, const int32_t *keep)
{
    Terms terms;
    float weight[LANES];
    fill_terms(w->query, b, far, &terms);
    if (e)
        correct_terms(w->query, b, e, &terms);
    if (fill_weights(w->query, &terms, keep, weight)) {
        size_t lane = densest_lane(&terms, keep);
        raise_top(w->query, terms.exponent[lane] + 0.5f * vector_log(terms.inverse[lane]));
        fill_weights(w->query, &terms, keep, weight);
        w->better = b;
        w->better_lane = lane;
    }
    add_terms(w->query, &terms, weight);
}

/* Adds what counts of an inner block. Returns the lanes to open and the group of four to open first. */
CORE_INLINE uint32_t weigh_nodes(Walk *w, const Block *b, const Extent *e, bool far, uint32_t asked, uint32_t *first)
{
    Lanes l;
    int32_t keep[LANES], any = 0;
    judge_lanes(w->query, b, e, &l);
    uint32_t open = open_lanes(w->query, &l, asked, w->blur, keep);
    *first = (uint32_t)lane_of_max(l.bound) / BRANCHES;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++) any |= keep[lane];
    if (any)
        add_block(w, b, e, far, keep);
    return open;
}

CORE_INLINE void weigh_components(Walk *w, const Block *b, bool far, uint32_t asked)
{
    int32_t keep[LANES];
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++) keep[lane] = (asked & LANE_BIT[lane]) != 0 ? -1 : 0;
    add_block(w, b, NULL, far, keep);
}

typedef struct Visit {
    uint32_t level, block, asked;
} Visit;

/* Lanes whose parents' bits are set, of four parents. */
CORE_INLINE uint32_t children_of(uint32_t parents)
{
    return ((parents & 1u) | (parents & 2u) << 3 | (parents & 4u) << 6 | (parents & 8u) << 9) * 0xfu;
}

/* Where the sum is largest comes first, because what is negligible shows only against the sum. */
CORE_INLINE void walk(Walk *w, bool far)
{
    const MixtureTree *t = w->tree;
    Visit stack[MAX_LEVELS * BRANCHES];
    size_t depth = 0;
    stack[depth++] = (Visit){(uint32_t)t->levels - 1, 0, 0xffff};
    while (depth > 0) {
        Visit v = stack[--depth];
        size_t block = t->first[v.level] + v.block;
        w->query->pairs += LANES;
        if (v.level == 0) {
            weigh_components(w, &t->block[block], far, v.asked);
            continue;
        }
        uint32_t first;
        uint32_t open = weigh_nodes(w, &t->block[block], &t->extent[block - t->first[1]], far, v.asked, &first);
        for (uint32_t k = 1; k <= BRANCHES; k++) {
            uint32_t group = (first + k) % BRANCHES, parents = open >> group * BRANCHES & 0xfu;
            if (parents)
                stack[depth++] = (Visit){v.level - 1, v.block * BRANCHES + group, children_of(parents)};
        }
    }
}

/* Far out a reference that turned out to be outweighed is replaced by the lane that did it: near, differences of scores
 * have digits enough. Two calls of `walk`, so that each is compiled for its own case. */
CORE_INLINE void search(const MixtureTree *t, Query *q)
{
    descend(t, q);
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
        float weight[LANES];
        fill_weights(q, &terms, ALL, weight);
        add_terms(q, &terms, weight);
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
    float sum = lane_sum(q.sum);
    float ex = lane_sum(q.x_sum) / sum, ey = lane_sum(q.y_sum) / sum;
    out->log_density = (double)q.reference.exponent + (double)(q.top + vector_log(sum));
    out->score[0] = q.reference.score[0] + ex;
    out->score[1] = q.reference.score[1] + ey;
    out->divergence = lane_sum(q.trace_sum) / sum - ex * ex - ey * ey;
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
