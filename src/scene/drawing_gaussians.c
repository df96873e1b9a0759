#include "scene/drawing_gaussians.h"

#include <math.h>
#include <string.h>

static double clamp(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

static size_t count_of(const Part *p)
{
    return p->gaussians ? p->gaussians->count : 0;
}

HandGaussian gaussian_in_plane(const Part *p, size_t index)
{
    HandGaussian g = p->gaussians->item[index];
    part_to_plane(p, g.mean, g.mean);
    g.std[0] *= p->size;
    g.std[1] *= p->size;
    g.angle += p->angle;
    return g;
}

/* From the centre to a place, along the two axes. */
static void along_axes(const HandGaussian *g, const double at[2], double out[2])
{
    double c = cos(g->angle), s = sin(g->angle), x = at[0] - g->mean[0], y = at[1] - g->mean[1];
    out[0] = c * x + s * y;
    out[1] = c * y - s * x;
}

/* |f| / |grad f| of f(v) = |v / std| - 1. */
static double edge_distance(const HandGaussian *g, const double v[2])
{
    double a = v[0] / g->std[0], b = v[1] / g->std[1], r = hypot(a, b);
    double slope = hypot(a / g->std[0], b / g->std[1]);
    return slope > 0 ? fabs(r - 1) * r / slope : (double)INFINITY;
}

enum { GRIPS = 5 };
static const struct Grip {
    GaussianHandle handle;
    int side;
    double place[2]; /* in standard deviations along the axes */
} grips[GRIPS] = {
    {GAUSSIAN_CENTRE, 1, {0, 0}}, {GAUSSIAN_AXIS, 1, {1, 0}},     {GAUSSIAN_AXIS, -1, {-1, 0}},
    {GAUSSIAN_ACROSS, 1, {0, 1}}, {GAUSSIAN_ACROSS, -1, {0, -1}},
};

/* The nearest so far; edges stand behind everything else. */
typedef struct Nearest {
    GaussianHit grip, edge;
    double to_grip, to_edge;
} Nearest;

static void measure(Nearest *n, const HandGaussian *g, const double at[2], size_t part, size_t index)
{
    double v[2];
    along_axes(g, at, v);
    for (size_t i = 0; i < GRIPS; i++) {
        double far = hypot(v[0] - grips[i].place[0] * g->std[0], v[1] - grips[i].place[1] * g->std[1]);
        if (far < n->to_grip) {
            n->to_grip = far;
            n->grip = (GaussianHit){part, index, grips[i].handle, grips[i].side};
        }
    }
    double far = edge_distance(g, v);
    if (far < n->to_edge) {
        n->to_edge = far;
        n->edge = (GaussianHit){part, index, GAUSSIAN_EDGE, 1};
    }
}

bool drawing_gaussian_hit(const Drawing *d, const double at[2], double tolerance, GaussianHit *hit)
{
    Nearest n = {.to_grip = (double)INFINITY, .to_edge = (double)INFINITY};
    for (size_t i = d->count; i-- > 0;) {
        const Part *p = &d->part[i];
        for (size_t k = p->kind == PART_GAUSSIANS && p->shown ? count_of(p) : 0; k-- > 0;) {
            HandGaussian g = gaussian_in_plane(p, k);
            measure(&n, &g, at, i, k);
        }
    }
    *hit = n.to_grip <= tolerance ? n.grip : n.edge;
    return n.to_grip <= tolerance || n.to_edge <= tolerance;
}

bool drawing_gaussian_inside(const Drawing *d, const double at[2], GaussianHit *hit)
{
    for (size_t i = d->count; i-- > 0;) {
        const Part *p = &d->part[i];
        for (size_t k = p->kind == PART_GAUSSIANS && p->shown ? count_of(p) : 0; k-- > 0;) {
            HandGaussian g = gaussian_in_plane(p, k);
            double v[2];
            along_axes(&g, at, v);
            *hit = (GaussianHit){i, k, GAUSSIAN_CENTRE, 1};
            if (hypot(v[0] / g.std[0], v[1] / g.std[1]) <= 1)
                return true;
        }
    }
    return false;
}

/* Puts a set of n in place of the part's, the first of both the same. NULL when there is no room. */
static GaussianSet *renew(Part *p, size_t n)
{
    GaussianSet *old = p->gaussians, *new = gaussians_create(n);
    if (!new)
        return NULL;
    if (old) {
        memcpy(new->item, old->item, (n < old->count ? n : old->count) * sizeof *new->item);
        bulk_drop(&old->bulk);
    }
    p->gaussians = new;
    return new;
}

bool drawing_gaussian_add(Drawing *d, size_t part, const double at[2], double std)
{
    Part *p = &d->part[part];
    GaussianSet *g = renew(p, count_of(p) + 1);
    if (!g)
        return false;
    double local = clamp(std / p->size, GAUSSIAN_STD_MIN, GAUSSIAN_STD_MAX);
    HandGaussian *added = &g->item[g->count - 1];
    *added = (HandGaussian){.std = {local, local}, .weight = 1};
    part_to_local(p, at, added->mean);
    return true;
}

static void drag_centre(HandGaussian *g, const GaussianHit *hit, const double to[2])
{
    (void)hit;
    g->mean[0] = to[0];
    g->mean[1] = to[1];
}

static void drag_axis(HandGaussian *g, const GaussianHit *hit, const double to[2])
{
    int axis = hit->handle == GAUSSIAN_ACROSS;
    double x = hit->side * (to[0] - g->mean[0]), y = hit->side * (to[1] - g->mean[1]);
    g->std[axis] = clamp(hypot(x, y), GAUSSIAN_STD_MIN, GAUSSIAN_STD_MAX);
    if (x != 0 || y != 0)
        g->angle = atan2(y, x) - (axis ? M_PI_2 : 0);
}

static void drag_edge(HandGaussian *g, const GaussianHit *hit, const double to[2])
{
    double v[2], most = fmax(g->std[0], g->std[1]), least = fmin(g->std[0], g->std[1]);
    (void)hit;
    along_axes(g, to, v);
    double factor = clamp(hypot(v[0] / g->std[0], v[1] / g->std[1]), GAUSSIAN_STD_MIN / least, GAUSSIAN_STD_MAX / most);
    g->std[0] *= factor;
    g->std[1] *= factor;
}

static void (*const drags[])(HandGaussian *g, const GaussianHit *hit, const double to[2]) = {
    [GAUSSIAN_CENTRE] = drag_centre,
    [GAUSSIAN_AXIS] = drag_axis,
    [GAUSSIAN_ACROSS] = drag_axis,
    [GAUSSIAN_EDGE] = drag_edge,
};

bool drawing_gaussian_drag(Drawing *d, const GaussianHit *hit, const double to[2])
{
    Part *p = &d->part[hit->part];
    GaussianSet *g = renew(p, count_of(p));
    double local[2];
    if (!g)
        return false;
    part_to_local(p, to, local);
    drags[hit->handle](&g->item[hit->index], hit, local);
    return true;
}

bool drawing_gaussian_weigh(Drawing *d, size_t part, size_t index, double factor)
{
    Part *p = &d->part[part];
    GaussianSet *g = renew(p, count_of(p));
    if (!g)
        return false;
    double *weight = &g->item[index].weight;
    *weight = clamp(*weight * factor, GAUSSIAN_WEIGHT_MIN, GAUSSIAN_WEIGHT_MAX);
    return true;
}

bool drawing_gaussian_delete(Drawing *d, size_t part, size_t index)
{
    Part *p = &d->part[part];
    GaussianSet *g = renew(p, count_of(p));
    if (!g)
        return false;
    g->count--;
    memmove(&g->item[index], &g->item[index + 1], (g->count - index) * sizeof *g->item);
    return true;
}
