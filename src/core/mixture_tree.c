#include "core/mixture_tree.h"

#include <math.h>
#include <stdlib.h>

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
    Summary s = {.narrowest = HUGE_VAL};
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
    b->log_weight[lane] = (float)(log(s->weight) - log(2.0 * M_PI));
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
        e->log_spread[lane] = (float)log(fmax(summary_spread(&s[lane]), 1e-30));
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
    double low[2] = {HUGE_VAL, HUGE_VAL}, high[2] = {-HUGE_VAL, -HUGE_VAL};
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

static bool allocate(MixtureTree *t, size_t gaussians, size_t boxes)
{
    t->leaves = t->blocks = blocks_for(gaussians);
    for (size_t n = t->leaves; n > 1;)
        t->blocks += n = blocks_for(n);
    t->box_blocks = blocks_for(boxes);
    t->block =
        aligned_alloc(64, (t->blocks + 1) * sizeof *t->block); /* a cache line, which a vector should not straddle */
    t->extent = calloc(t->blocks - t->leaves + 1, sizeof *t->extent);
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

/* Boxes go to their blocks, Gaussians to `place` in the order given. */
static void divide(MixtureTree *t, const Mixture *m, Place *place)
{
    size_t gaussians = 0, boxes = 0;
    empty_box_lanes(t);
    for (size_t k = 0; k < m->count; k++) {
        if (m->component[k].kind == COMPONENT_BOX)
            fill_box(t, boxes++, &m->component[k]);
        else
            place[gaussians++].index = (uint32_t)k;
    }
}

static bool build(MixtureTree *t, const Mixture *m, size_t gaussians)
{
    Place *place = calloc(gaussians + 1, sizeof *place);
    Summary *summary = calloc(gaussians + 1, sizeof *summary);
    bool enough = place && summary;
    if (enough) {
        divide(t, m, place);
        sort_places(place, m->component, gaussians);
        for (size_t k = 0; k < gaussians; k++)
            summary[k] = summarise_component(&m->component[place[k].index], t->centre, t->unit);
        if (gaussians > 0)
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
    size_t boxes = 0;
    for (size_t k = 0; k < m->count; k++)
        boxes += m->component[k].kind == COMPONENT_BOX;
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
    free(t->box_block);
    free(t);
}
