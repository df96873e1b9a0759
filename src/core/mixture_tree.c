#include "core/mixture_tree.h"

#include "core/mixture_order.h"
#include "core/mixture_summary.h"

#include <math.h>
#include <stdlib.h>

static float log_weight_of(const Summary *s)
{
    return (float)(log(s->weight) - log(2.0 * M_PI));
}

static void fill_lane(Block *b, size_t lane, const Summary *s)
{
    double value[2], angle;
    summary_eigen(s->cov, value, &angle);
    b->x[lane] = (float)s->mean[0];
    b->y[lane] = (float)s->mean[1];
    b->x_rest[lane] = (float)(s->mean[0] - (double)b->x[lane]);
    b->y_rest[lane] = (float)(s->mean[1] - (double)b->y[lane]);
    b->axis_x[lane] = (float)cos(angle);
    b->axis_y[lane] = (float)sin(angle);
    b->major[lane] = (float)value[0];
    b->minor[lane] = (float)value[1];
    b->log_weight[lane] = log_weight_of(s);
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

/* A symmetric moment of some order, taken along one axis but for `across` times along the other. */
static double contract(const double *moment, int order, int across, const double axis[2][2])
{
    double sum = 0.0;
    for (int choice = 0; choice < 1 << order; choice++) {
        double product = moment[__builtin_popcount((unsigned)choice)];
        for (int k = 0; k < order; k++)
            product *= axis[k < across][choice >> k & 1];
        sum += product;
    }
    return sum;
}

static void fill_cumulants(Extent *e, size_t lane, const Summary *s)
{
    double value[2], angle;
    summary_eigen(s->cov, value, &angle);
    const double axis[2][2] = {{cos(angle), sin(angle)}, {-sin(angle), cos(angle)}};
    for (int across = 0; across <= 3; across++)
        e->skew[across][lane] = (float)(0.5 * contract(s->third, 3, across, axis));
    for (int across = 0; across <= 4; across++)
        e->tail[across][lane] = (float)(0.5 * contract(s->fourth, 4, across, axis));
}

static void fill_extent(Extent *e, const Summary *s, size_t n)
{
    *e = (Extent){0};
    for (size_t lane = 0; lane < n; lane++) {
        fill_cumulants(e, lane, &s[lane]);
        e->log_spread[lane] = (float)log(fmax(summary_spread(&s[lane]), 1e-30));
        e->low_x[lane] = (float)s[lane].low[0];
        e->high_x[lane] = (float)s[lane].high[0];
        e->low_y[lane] = (float)s[lane].low[1];
        e->high_y[lane] = (float)s[lane].high[1];
        e->wide_x[lane] = (float)s[lane].wide[0];
        e->wide_y[lane] = (float)s[lane].wide[1];
        e->widest[lane] = (float)s[lane].widest;
        e->major[lane] = (float)s[lane].least[0];
        e->minor[lane] = (float)s[lane].least[1];
    }
}

static void fill_deep_block(DeepBlock *b, const Summary *s, size_t n)
{
    *b = (DeepBlock){0};
    for (size_t lane = 0; lane < LANES; lane++) {
        const Summary *c = &s[lane < n ? lane : 0];
        b->x[lane] = c->mean[0];
        b->y[lane] = c->mean[1];
        b->xx[lane] = c->cov[0];
        b->xy[lane] = c->cov[1];
        b->yy[lane] = c->cov[2];
        b->log_weight[lane] = lane < n ? log_weight_of(c) : -1e30f;
    }
}

static size_t blocks_for(size_t n)
{
    return (n + LANES - 1) / LANES;
}

static void pack_level(MixtureTree *t, size_t level, const Summary *s, size_t n)
{
    for (size_t b = 0; b < blocks_for(n); b++) {
        size_t block = t->first[level] + b, size = n - b * LANES < LANES ? n - b * LANES : LANES;
        fill_block(&t->block[block], s + b * LANES, size);
        if (level > 0)
            fill_extent(&t->extent[block - t->first[1]], s + b * LANES, size);
    }
}

/* s [n] is overwritten by each level's nodes. */
static void pack(MixtureTree *t, Summary *s, size_t n)
{
    for (size_t level = 0; level < t->levels; level++) {
        pack_level(t, level, s, n);
        size_t nodes = (n + BRANCHES - 1) / BRANCHES;
        for (size_t k = 0; k < nodes; k++)
            s[k] = summary_of_children(s + k * BRANCHES, n - k * BRANCHES < BRANCHES ? n - k * BRANCHES : BRANCHES);
        n = nodes;
    }
}

/* Returns how many blocks there are. */
static size_t plan_levels(MixtureTree *t, size_t gaussians)
{
    size_t blocks = 0;
    for (size_t n = gaussians; n > 0; n = n > LANES ? (n + BRANCHES - 1) / BRANCHES : 0) {
        t->first[t->levels++] = blocks;
        blocks += blocks_for(n);
    }
    return blocks;
}

static bool allocate(MixtureTree *t, size_t gaussians, size_t boxes)
{
    size_t blocks = plan_levels(t, gaussians), leaves = t->levels > 1 ? t->first[1] : blocks;
    t->box_blocks = blocks_for(boxes);
    /* by cache lines, which a vector should not straddle */
    t->block = aligned_alloc(64, (blocks + 1) * sizeof *t->block);
    t->extent = aligned_alloc(64, (blocks - leaves + 1) * sizeof *t->extent);
    t->box_block = aligned_alloc(64, (t->box_blocks + 1) * sizeof *t->box_block);
    return t->block && t->extent && t->box_block;
}

static void empty_box_lanes(MixtureTree *t)
{
    for (size_t lane = 0; lane < t->box_blocks * LANES; lane++) {
        BoxBlock *b = &t->box_block[lane / LANES];
        b->x[lane % LANES] = b->y[lane % LANES] = 0.0f;
        b->half_x[lane % LANES] = b->half_y[lane % LANES] = 1.0f;
        b->log_height[lane % LANES] = -1e30f;
    }
}

static void fill_box(MixtureTree *t, size_t box, const Component *c)
{
    BoxBlock *b = &t->box_block[box / LANES];
    size_t lane = box % LANES;
    b->x[lane] = (float)((c->mean[0] - t->centre[0]) / t->unit);
    b->y[lane] = (float)((c->mean[1] - t->centre[1]) / t->unit);
    b->half_x[lane] = (float)(c->half[0] / t->unit);
    b->half_y[lane] = (float)(c->half[1] / t->unit);
    b->log_height[lane] = (float)log(c->weight * t->unit * t->unit / (4.0 * c->half[0] * c->half[1]));
}

/* Boxes go to their blocks, Gaussians to `item` in the order given. */
static void divide(MixtureTree *t, const Mixture *m, OrderItem *item)
{
    size_t boxes = 0;
    empty_box_lanes(t);
    for (size_t k = 0; k < m->count; k++) {
        const Component *c = &m->component[k];
        if (c->kind == COMPONENT_BOX)
            fill_box(t, boxes++, c);
        else
            *item++ = (OrderItem){
                {(float)((c->mean[0] - t->centre[0]) / t->unit), (float)((c->mean[1] - t->centre[1]) / t->unit)},
                (uint32_t)k};
    }
}

static void find_shapes(MixtureTree *t, const Summary *s, size_t n)
{
    t->narrowest = HUGE_VALF;
    for (size_t k = 0; k < n; k++) {
        t->narrowest = fminf(t->narrowest, (float)s[k].least[1]);
        double stretch = s[k].least[0] - s[k].least[1]; /* rounding makes some of a round one */
        t->stretch = fmaxf(t->stretch, stretch > 1e-6 * s[k].least[0] ? (float)stretch : 0.0f);
    }
}

static bool pack_deep(MixtureTree *t, const Summary *s, size_t n)
{
    if (t->count > FINE_COUNT || !(t->stretch > 0.0f))
        return true;
    t->deep_block = aligned_alloc(64, blocks_for(n) * sizeof *t->deep_block);
    if (!t->deep_block)
        return false;
    for (size_t first = 0; first < n; first += LANES)
        fill_deep_block(&t->deep_block[t->deep_blocks++], s + first, n - first < LANES ? n - first : LANES);
    return true;
}

static bool build(MixtureTree *t, const Mixture *m, size_t gaussians)
{
    OrderItem *item = calloc(gaussians + 1, sizeof *item);
    Summary *summary = calloc(gaussians + 1, sizeof *summary);
    bool enough = item && summary;
    if (enough) {
        divide(t, m, item);
        order_in_patches(item, gaussians);
        for (size_t k = 0; k < gaussians; k++)
            summary[k] = summary_of_component(&m->component[item[k].index], t->centre, t->unit);
        find_shapes(t, summary, gaussians);
        enough = pack_deep(t, summary, gaussians);
        pack(t, summary, gaussians);
    }
    free(item);
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
    size_t boxes = 0;
    for (size_t k = 0; k < m->count; k++)
        boxes += m->component[k].kind == COMPONENT_BOX;
    t->count = m->count;
    if (allocate(t, m->count - boxes, boxes) && build(t, m, m->count - boxes))
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
    free(t->deep_block);
    free(t->box_block);
    free(t);
}
