#include "core/mixture_tree.h"

#include "core/component.h"
#include "core/vector.h"

#include <math.h>
#include <stdlib.h>

#ifndef OPEN_K
#define OPEN_K 0.1f
#endif
#ifndef OPEN_A
#define OPEN_A 0.0f
#endif

enum { LANES = 16, MAX_LEVELS = 16 };

/* Sixteen Gaussians in unit coordinates: (x - centre) / unit. Covariances as eigenvalues and the first axis, because an
 * inverse made from xx, xy, yy cancels in single precision when a Gaussian is thin. */
typedef struct Block {
    float x[LANES], y[LANES];
    float axis_x[LANES], axis_y[LANES];
    float major[LANES], minor[LANES];
    float log_weight[LANES]; /* without the 2 pi; empty lanes weigh nothing */
} Block;

/* What an inner block knows beyond that of its lanes, each the summary of one block below. */
typedef struct Extent {
    float spread[LANES];    /* variance that moment matching blurred */
    float radius[LANES];    /* around all means below */
    float widest[LANES];    /* largest and least eigenvalue of the components below */
    float narrowest[LANES];
    uint32_t first; /* block of lane 0; the others follow */
} Extent;

struct MixtureTree {
    double centre[2], unit;
    size_t leaves, blocks; /* leaf blocks stand first, the root last */
    Block *block;
    Extent *extent; /* [blocks - leaves] */
    Component *box; /* boxes are few and go without the tree */
    size_t boxes;
};

/* Moments of what one lane stands for. */
typedef struct Summary {
    double weight, mean[2], cov[3];
    double within[3]; /* mean covariance of the components */
    double square;    /* mean squared Frobenius norm of it */
    double radius, widest, narrowest;
} Summary;

/* Eigenvalues, largest first, of a positive semidefinite matrix, and the angle of the first axis. */
static void eigen(const double cov[3], double value[2], double *angle)
{
    double half = 0.5 * (cov[0] - cov[2]);
    value[0] = 0.5 * (cov[0] + cov[2]) + hypot(half, cov[1]);
    value[1] = value[0] > 0.0 ? fmax((cov[0] * cov[2] - cov[1] * cov[1]) / value[0], 0.0) : 0.0;
    *angle = 0.5 * atan2(cov[1], half);
}

static Summary summarise_component(const Component *c, const double centre[2], double unit)
{
    Summary s = {.weight = c->weight};
    for (int axis = 0; axis < 2; axis++)
        s.mean[axis] = (c->mean[axis] - centre[axis]) / unit;
    for (int i = 0; i < 3; i++)
        s.cov[i] = s.within[i] = c->cov[i] / (unit * unit);
    s.square = s.cov[0] * s.cov[0] + 2.0 * s.cov[1] * s.cov[1] + s.cov[2] * s.cov[2];
    double value[2], angle;
    eigen(s.cov, value, &angle);
    s.widest = value[0];
    s.narrowest = value[1];
    return s;
}

static Summary summarise_block(const Summary *child, size_t n)
{
    Summary s = {.narrowest = INFINITY};
    for (size_t k = 0; k < n; k++)
        s.weight += child[k].weight;
    for (size_t k = 0; k < n; k++)
        for (int axis = 0; axis < 2; axis++)
            s.mean[axis] += child[k].weight / s.weight * child[k].mean[axis];
    for (size_t k = 0; k < n; k++) {
        const Summary *c = &child[k];
        double share = c->weight / s.weight, dx = c->mean[0] - s.mean[0], dy = c->mean[1] - s.mean[1];
        double outer[3] = {dx * dx, dx * dy, dy * dy};
        for (int i = 0; i < 3; i++) {
            s.cov[i] += share * (c->cov[i] + outer[i]);
            s.within[i] += share * c->within[i];
        }
        s.square += share * c->square;
        s.radius = fmax(s.radius, hypot(dx, dy) + c->radius);
        s.widest = fmax(s.widest, c->widest);
        s.narrowest = fmin(s.narrowest, c->narrowest);
    }
    return s;
}

/* What a lane's Gaussian does not tell: where the means below lie and how their covariances differ. */
static double summary_spread(const Summary *s)
{
    double between[3], value[2], angle;
    for (int i = 0; i < 3; i++)
        between[i] = s->cov[i] - s->within[i];
    eigen(between, value, &angle);
    const double *w = s->within;
    double variation = s->square - w[0] * w[0] - 2.0 * w[1] * w[1] - w[2] * w[2];
    return value[0] + sqrt(fmax(variation, 0.0));
}

static void fill_lane(Block *b, size_t lane, const Summary *s)
{
    double value[2], angle;
    eigen(s->cov, value, &angle);
    b->x[lane] = (float)s->mean[0];
    b->y[lane] = (float)s->mean[1];
    b->axis_x[lane] = (float)cos(angle);
    b->axis_y[lane] = (float)sin(angle);
    b->major[lane] = (float)value[0];
    b->minor[lane] = (float)value[1];
    b->log_weight[lane] = (float)log(s->weight);
}

static void fill_block(Block *b, const Summary *s, size_t n)
{
    *b = (Block){0};
    for (size_t lane = 0; lane < LANES; lane++) {
        b->major[lane] = b->minor[lane] = 1.0f;
        b->log_weight[lane] = -1e30f;
        if (lane < n)
            fill_lane(b, lane, &s[lane]);
    }
}

static void fill_extent(Extent *e, const Summary *s, size_t n, size_t first)
{
    *e = (Extent){.first = (uint32_t)first};
    for (size_t lane = 0; lane < n; lane++) {
        e->spread[lane] = (float)summary_spread(&s[lane]);
        e->radius[lane] = (float)s[lane].radius;
        e->widest[lane] = (float)s[lane].widest;
        e->narrowest[lane] = (float)s[lane].narrowest;
    }
}

/* Place of a cell of a 65536 x 65536 grid on Hilbert's curve: neighbours on it are neighbours in the plane. */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t place = 0;
    for (uint32_t s = 1u << 15; s > 0; s >>= 1) {
        uint32_t right = (x & s) != 0, up = (y & s) != 0;
        place += s * s * ((3 * right) ^ up);
        if (!up) {
            uint32_t flip = right ? 0xffffu : 0u;
            uint32_t old_x = x ^ flip;
            x = y ^ flip;
            y = old_x;
        }
    }
    return place;
}

typedef struct Place {
    uint32_t code, index;
} Place;

static int compare_places(const void *a, const void *b)
{
    const Place *p = a, *q = b;
    if (p->code != q->code)
        return p->code < q->code ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

static uint32_t grid_cell(double value, double low, double high)
{
    return high > low ? (uint32_t)((value - low) / (high - low) * 65535.0) : 0;
}

static void sort_places(Place *place, const Component *component, size_t n)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t k = 0; k < n; k++)
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = fmin(low[axis], component[place[k].index].mean[axis]);
            high[axis] = fmax(high[axis], component[place[k].index].mean[axis]);
        }
    for (size_t k = 0; k < n; k++) {
        const double *mean = component[place[k].index].mean;
        place[k].code = hilbert(grid_cell(mean[0], low[0], high[0]), grid_cell(mean[1], low[1], high[1]));
    }
    qsort(place, n, sizeof *place, compare_places);
}

static size_t blocks_for(size_t n)
{
    return (n + LANES - 1) / LANES;
}

/* Packs the curve's order sixteen by sixteen, level upon level; s [n] is overwritten by the level above. */
static void pack(MixtureTree *t, Summary *s, size_t n)
{
    size_t below = 0, next = 0;
    for (bool leaf = true; leaf || n > 1; leaf = false) {
        size_t count = blocks_for(n), level = next;
        for (size_t b = 0; b < count; b++, next++) {
            const Summary *child = s + b * LANES;
            size_t size = n - b * LANES < LANES ? n - b * LANES : LANES;
            fill_block(&t->block[next], child, size);
            if (!leaf)
                fill_extent(&t->extent[next - t->leaves], child, size, below + b * LANES);
            s[b] = summarise_block(child, size);
        }
        below = level;
        n = count;
    }
}

static bool allocate(MixtureTree *t, size_t gaussians)
{
    t->leaves = t->blocks = blocks_for(gaussians);
    for (size_t n = t->leaves; n > 1;)
        t->blocks += n = blocks_for(n);
    t->block = aligned_alloc(64, (t->blocks + 1) * sizeof *t->block);
    t->extent = calloc(t->blocks - t->leaves + 1, sizeof *t->extent);
    t->box = calloc(t->boxes + 1, sizeof *t->box);
    return t->block && t->extent && t->box;
}

/* Gaussians go to `place` in the order given, boxes to the tree. */
static void divide(MixtureTree *t, const Component *component, size_t n, Place *place)
{
    size_t gaussians = 0, boxes = 0;
    for (size_t k = 0; k < n; k++) {
        if (component[k].kind == COMPONENT_BOX)
            t->box[boxes++] = component[k];
        else
            place[gaussians++].index = (uint32_t)k;
    }
}

static bool build(MixtureTree *t, const Component *component, size_t n)
{
    size_t gaussians = n - t->boxes;
    Place *place = calloc(gaussians + 1, sizeof *place);
    Summary *summary = calloc(gaussians + 1, sizeof *summary);
    bool enough = place && summary;
    if (enough) {
        divide(t, component, n, place);
        sort_places(place, component, gaussians);
        for (size_t k = 0; k < gaussians; k++)
            summary[k] = summarise_component(&component[place[k].index], t->centre, t->unit);
        pack(t, summary, gaussians);
    }
    free(place);
    free(summary);
    return enough;
}

MixtureTree *mixture_tree_create(const Mixture *m)
{
    MixtureTree *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->centre[0] = m->mean[0];
    t->centre[1] = m->mean[1];
    t->unit = m->std > 0.0 ? m->std : 1.0;
    for (size_t k = 0; k < m->count; k++)
        t->boxes += m->component[k].kind == COMPONENT_BOX;
    if (allocate(t, m->count - t->boxes) && build(t, m->component, m->count))
        return t;
    mixture_tree_destroy(t);
    return NULL;
}

void mixture_tree_destroy(MixtureTree *t)
{
    if (!t)
        return;
    free(t->block);
    free(t->extent);
    free(t->box);
    free(t);
}

/* One point on its way through the tree. Sums are kept per lane, relative to e^top, and scores relative to `reference`:
 * so neither weights underflow nor divergences cancel. */
typedef struct Query {
    float x, y, variance; /* unit coordinates; sigma^2 */
    float top;
    float reference[2];
    float sum[LANES], x_sum[LANES], y_sum[LANES], trace_sum[LANES];
} Query;

/* One lane's Gaussian at the query: ln weight + exponent, 1 / determinant, score, -laplacian. */
typedef struct Term {
    float exponent, inverse, score_x, score_y, curvature;
} Term;

CORE_INLINE Term lane_term(const Block *b, size_t lane, float x, float y, float variance)
{
    float dx = x - b->x[lane], dy = y - b->y[lane];
    float major = b->major[lane] + variance, minor = b->minor[lane] + variance;
    float inverse = 1.0f / (major * minor);
    float along = dx * b->axis_x[lane] + dy * b->axis_y[lane];
    float across = dy * b->axis_x[lane] - dx * b->axis_y[lane];
    float pull_along = along * minor * inverse, pull_across = across * major * inverse;
    return (Term){.exponent = b->log_weight[lane] - 0.5f * (along * pull_along + across * pull_across),
                  .inverse = inverse,
                  .score_x = pull_across * b->axis_y[lane] - pull_along * b->axis_x[lane],
                  .score_y = -pull_along * b->axis_y[lane] - pull_across * b->axis_x[lane],
                  .curvature = (major + minor) * inverse};
}

/* keep [LANES]: lanes that count. False when a lane is so far above `top` that its weight would overflow: then nothing was
 * added and *above is how far. */
CORE_INLINE bool add_block(Query *q, const Block *b, const int32_t *keep, float *above)
{
    float term[LANES];
    int32_t over = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        Term t = lane_term(b, lane, q->x, q->y, q->variance);
        float exponent = keep[lane] ? t.exponent - q->top : -100.0f;
        over |= exponent > 40.0f;
        term[lane] = exponent;
    }
    if (over) {
        *above = 0.0f;
        for (size_t lane = 0; lane < LANES; lane++)
            *above = term[lane] > *above ? term[lane] : *above;
        return false;
    }
    for (size_t lane = 0; lane < LANES; lane++) {
        Term t = lane_term(b, lane, q->x, q->y, q->variance);
        float weight = sqrtf(t.inverse) * vector_exp(term[lane]);
        float ex = t.score_x - q->reference[0], ey = t.score_y - q->reference[1];
        q->sum[lane] += weight;
        q->x_sum[lane] += weight * ex;
        q->y_sum[lane] += weight * ey;
        q->trace_sum[lane] += weight * (ex * ex + ey * ey - t.curvature);
    }
    return true;
}

CORE_INLINE void raise_top(Query *q, float above)
{
    float factor = vector_exp(-above);
    q->top += above;
    for (size_t lane = 0; lane < LANES; lane++) {
        q->sum[lane] *= factor;
        q->x_sum[lane] *= factor;
        q->y_sum[lane] *= factor;
        q->trace_sum[lane] *= factor;
    }
}

CORE_INLINE void add(Query *q, const Block *b, const int32_t *keep)
{
    float above;
    if (!add_block(q, b, keep, &above)) {
        raise_top(q, above);
        add_block(q, b, keep, &above);
    }
}

/* Which lanes are too wide to stand for what is below them: the third cumulant that they lost weighs (distance / width)^3. */
CORE_INLINE uint32_t open_lanes(const Query *q, const Block *b, const Extent *e, int32_t *keep)
{
    uint32_t open = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        float dx = q->x - b->x[lane], dy = q->y - b->y[lane];
        float square = dx * dx + dy * dy;
        float gap = sqrtf(square) - e->radius[lane];
        gap = gap > 0.0f ? gap : 0.0f;
        float width = e->narrowest[lane] + q->variance;
        float bound = b->log_weight[lane] - vector_log(width) - 0.5f * gap * gap / (e->widest[lane] + q->variance);
        float below = q->top - bound; /* nats under the top */
        int32_t alive = below < 16.0f;
        float far = square / width;
        far = far > 1.0f ? far : 1.0f;
        far = far < 1000.0f ? far : 1000.0f;
        int32_t wide = e->spread[lane] * vector_exp(0.333333f * vector_log(far)) > OPEN_K * OPEN_K * width * (1.0f + OPEN_A * (below > 0 ? below : 0));
        keep[lane] = alive & ~wide;
        open |= (uint32_t)(alive & wide) << lane;
    }
    return open;
}

/* The lane with the largest density, and that density's logarithm: the first guess of the top. */
CORE_INLINE size_t best_lane(const Query *q, const Block *b, float *best)
{
    float density[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        Term t = lane_term(b, lane, q->x, q->y, q->variance);
        density[lane] = t.exponent + 0.5f * vector_log(t.inverse);
    }
    size_t winner = 0;
    for (size_t lane = 1; lane < LANES; lane++)
        winner = density[lane] > density[winner] ? lane : winner;
    *best = density[winner];
    return winner;
}

CORE_INLINE void descend(const MixtureTree *t, Query *q)
{
    size_t block = t->blocks - 1;
    size_t lane = best_lane(q, &t->block[block], &q->top);
    while (block >= t->leaves) {
        block = t->extent[block - t->leaves].first + lane;
        lane = best_lane(q, &t->block[block], &q->top);
    }
    Term top = lane_term(&t->block[block], lane, q->x, q->y, q->variance);
    q->reference[0] = top.score_x;
    q->reference[1] = top.score_y;
}

#ifdef COUNT_PAIRS
static size_t pairs;
#define COUNTED(n) pairs += n
#else
#define COUNTED(n)
#endif
CORE_INLINE void walk(const MixtureTree *t, Query *q)
{
    static const int32_t all[LANES] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    uint32_t stack[MAX_LEVELS * LANES];
    size_t depth = 0;
    stack[depth++] = (uint32_t)(t->blocks - 1);
    while (depth > 0) {
        uint32_t block = stack[--depth];
        const Block *b = &t->block[block];
        if (block < t->leaves) {
            COUNTED(LANES);
            add(q, b, all);
            continue;
        }
        const Extent *e = &t->extent[block - t->leaves];
        int32_t keep[LANES], any = 0;
        uint32_t open = open_lanes(q, b, e, keep);
        for (size_t lane = 0; lane < LANES; lane++)
            any |= keep[lane];
        COUNTED(LANES);
        if (any)
            add(q, b, keep);
        for (; open; open &= open - 1)
            stack[depth++] = e->first + (uint32_t)__builtin_ctz(open);
    }
}

static float lane_sum(const float *value)
{
    float part[LANES];
    memcpy(part, value, sizeof part);
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++)
            part[lane] += part[lane + half];
    return part[0];
}

static CORE_CLONES void evaluate_tree(const MixtureTree *t, float variance, float x, float y, MixtureValue *out)
{
    Query q = {.x = x, .y = y, .variance = variance};
    descend(t, &q);
    walk(t, &q);
    float sum = lane_sum(q.sum);
    float ex = lane_sum(q.x_sum) / sum, ey = lane_sum(q.y_sum) / sum;
    out->log_density = (double)(q.top + vector_log(sum)) - 1.83787706640934548356;
    out->score[0] = (double)(q.reference[0] + ex);
    out->score[1] = (double)(q.reference[1] + ey);
    out->divergence = (double)(lane_sum(q.trace_sum) / sum - ex * ex - ey * ey);
}

void mixture_evaluate(const Mixture *m, float sigma, const float *x, size_t n, MixtureOutput out)
{
    const MixtureTree *t = m->tree;
    double unit = t->unit, s = (double)sigma;
    for (size_t i = 0; i < n; i++) {
        MixtureValue v;
        double px = (double)x[2 * i], py = (double)x[2 * i + 1];
        if (t->boxes)
            v = mixture_at(m, s, (double[2]){px, py});
        else {
            evaluate_tree(t, (float)(s * s / unit / unit), (float)((px - t->centre[0]) / unit),
                          (float)((py - t->centre[1]) / unit), &v);
            v.log_density -= 2 * log(unit);
            v.score[0] /= unit;
            v.score[1] /= unit;
            v.divergence /= unit * unit;
            v.denoiser[0] = px + s * s * v.score[0];
            v.denoiser[1] = py + s * s * v.score[1];
        }
        if (out.log_density)
            out.log_density[i] = (float)v.log_density;
        if (out.divergence)
            out.divergence[i] = (float)v.divergence;
        for (size_t axis = 0; axis < 2; axis++) {
            if (out.score)
                out.score[2 * i + axis] = (float)v.score[axis];
            if (out.denoiser)
                out.denoiser[2 * i + axis] = (float)v.denoiser[axis];
        }
    }
}
