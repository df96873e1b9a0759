#include "scene/drawing_target.h"

#include <math.h>
#include <stdlib.h>

/* A lattice that stands for a turned box has so many Gaussians a side. */
enum { BOX_SIDE = 32 };

/* Below, a component would only cost time, or vanish in the sum. */
static const double LEAST_SHARE = 1e-15;

/* Components of a part in its own units, written while there is room; how many there are in any case. */
typedef struct Sink {
    Component *out;
    size_t max, count;
    bool failed; /* memory was short */
} Sink;

static void put(Sink *s, Component c)
{
    if (s->count < s->max)
        s->out[s->count] = c;
    s->count++;
}

static Component round_at(double weight, double x, double y, double std)
{
    return (Component){.weight = weight, .mean = {x, y}, .cov = {std * std, 0, std * std}};
}

/* Scaled and turned about the origin. */
typedef struct Turn {
    double cos, sin, size;
} Turn;

static Turn turn_of(double size, double angle)
{
    return (Turn){cos(angle), sin(angle), size};
}

static void turn_covariance(Component *c, Turn t)
{
    double k = t.size * t.size, xx = c->cov[0], xy = c->cov[1], yy = c->cov[2];
    c->cov[0] = k * (t.cos * t.cos * xx - 2 * t.cos * t.sin * xy + t.sin * t.sin * yy);
    c->cov[1] = k * (t.cos * t.sin * (xx - yy) + (t.cos * t.cos - t.sin * t.sin) * xy);
    c->cov[2] = k * (t.sin * t.sin * xx + 2 * t.cos * t.sin * xy + t.cos * t.cos * yy);
}

static void turn(Component *c, Turn t)
{
    double x = c->mean[0], y = c->mean[1];
    c->mean[0] = t.size * (t.cos * x - t.sin * y);
    c->mean[1] = t.size * (t.sin * x + t.cos * y);
    turn_covariance(c, t);
    c->half[0] *= t.size;
    c->half[1] *= t.size;
}

static void canvas_part(const Part *p, Sink *s)
{
    s->count = canvas_components(&p->canvas, s->out, s->max);
}

static void raster_part(const Part *p, Sink *s)
{
    const Raster *r = p->raster;
    if (!r)
        return;
    double cell = 2.0 / (double)(r->columns > r->rows ? r->columns : r->rows);
    double left = 0.5 * cell * (1 - (double)r->columns), bottom = 0.5 * cell * (1 - (double)r->rows);
    for (size_t i = 0; i < r->rows * r->columns; i++) {
        if (r->level[i] == 0)
            continue;
        double x = left + cell * (double)(i % r->columns), y = bottom + cell * (double)(i / r->columns);
        put(s, round_at(r->level[i], x, y, CANVAS_CELL_STD * cell));
    }
}

static void gaussians_part(const Part *p, Sink *s)
{
    for (size_t i = 0; p->gaussians && i < p->gaussians->count; i++) {
        const HandGaussian *g = &p->gaussians->item[i];
        Component c = {.weight = g->weight,
                       .mean = {g->mean[0], g->mean[1]},
                       .cov = {g->std[0] * g->std[0], 0, g->std[1] * g->std[1]}};
        turn_covariance(&c, turn_of(1, g->angle));
        put(s, c);
    }
}

/* As wide in the plane whatever the part's size. */
static void points_part(const Part *p, Sink *s)
{
    const PointSet *set = p->points;
    for (size_t i = 0; set && i < set->count; i++) {
        double weight = set->weight ? (double)set->weight[i] : 1;
        if (weight > 0)
            put(s, round_at(weight, (double)set->x[2 * i], (double)set->x[2 * i + 1], DRAWING_POINT_STD / p->size));
    }
}

static void box_as_lattice(const Component *box, Sink *s)
{
    double dx = 2 * box->half[0] / BOX_SIDE, dy = 2 * box->half[1] / BOX_SIDE;
    double xx = CANVAS_CELL_STD * dx, yy = CANVAS_CELL_STD * dy;
    for (int i = 0; i < BOX_SIDE * BOX_SIDE; i++)
        put(s, (Component){.weight = box->weight / (BOX_SIDE * BOX_SIDE),
                           .mean = {box->mean[0] - box->half[0] + dx * (i % BOX_SIDE + 0.5),
                                    box->mean[1] - box->half[1] + dy * (i / BOX_SIDE + 0.5)},
                           .cov = {xx * xx, 0, yy * yy}});
}

/* At DRAWING_STD. */
static void target_part(const Part *p, Sink *s)
{
    Target t;
    s->failed = !target_init(&t, p->target);
    if (s->failed)
        return;
    Turn scale = turn_of(DRAWING_STD / t.frame.std, 0);
    for (size_t i = 0; i < t.mixture.count; i++) {
        Component c = t.mixture.component[i];
        c.mean[0] -= t.frame.mean[0];
        c.mean[1] -= t.frame.mean[1];
        turn(&c, scale);
        if (c.kind == COMPONENT_BOX && fabs(p->angle) > 0)
            box_as_lattice(&c, s);
        else
            put(s, c);
    }
    target_free(&t);
}

/* Whether there is anything in a part, without counting it. */
static bool canvas_holds(const Part *p)
{
    return !canvas_empty(&p->canvas);
}

static bool raster_holds(const Part *p)
{
    size_t i = 0, cells = p->raster ? p->raster->rows * p->raster->columns : 0;
    while (i < cells && p->raster->level[i] == 0)
        i++;
    return i < cells;
}

static bool gaussians_hold(const Part *p)
{
    return p->gaussians && p->gaussians->count > 0;
}

static bool points_hold(const Part *p)
{
    size_t i = 0, count = p->points ? p->points->count : 0;
    while (i < count && p->points->weight && !(p->points->weight[i] > 0))
        i++;
    return i < count;
}

static bool target_holds(const Part *p)
{
    (void)p;
    return true;
}

static const struct {
    void (*build)(const Part *p, Sink *s);
    bool (*holds)(const Part *p);
} kinds[PART_KINDS] = {
    [PART_CANVAS] = {canvas_part, canvas_holds},         [PART_WORD] = {raster_part, raster_holds},
    [PART_GAUSSIANS] = {gaussians_part, gaussians_hold}, [PART_POINTS] = {points_part, points_hold},
    [PART_TARGET] = {target_part, target_holds},         [PART_PICTURE] = {raster_part, raster_holds},
};

static bool counts(const Part *p)
{
    return p->shown && p->weight > 0 && kinds[p->kind].holds(p);
}

bool drawing_empty(const Drawing *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (counts(&d->part[i]))
            return false;
    return true;
}

static void place(const Part *p, Component *c, size_t n)
{
    Turn t = turn_of(p->size, p->angle);
    for (size_t i = 0; i < n; i++) {
        turn(&c[i], t);
        c[i].mean[0] += p->place[0];
        c[i].mean[1] += p->place[1];
    }
}

/* Scales weights to a sum of `total` and closes the gaps of those too small to count; how many are left. */
static size_t share_out(Component *c, size_t n, double total)
{
    size_t kept = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += c[i].weight;
    for (size_t i = 0; i < n; i++) {
        if (c[i].weight < LEAST_SHARE * sum)
            continue;
        c[kept] = c[i];
        c[kept++].weight *= total / sum;
    }
    return kept;
}

static void add_part(const Part *p, Sink *all)
{
    Sink own = {.out = all->out + all->count, .max = all->max - all->count};
    kinds[p->kind].build(p, &own);
    place(p, own.out, own.count);
    all->count += share_out(own.out, own.count, p->weight);
    all->failed |= own.failed;
}

/* What there is to add; in `max`. */
static Sink count_components(const Drawing *d)
{
    Sink all = {0};
    for (size_t i = 0; i < d->count; i++) {
        Sink own = {0};
        if (counts(&d->part[i]))
            kinds[d->part[i].kind].build(&d->part[i], &own);
        all.max += own.count;
        all.failed |= own.failed;
    }
    return all;
}

/* Why something that was counted can't be a target; true when it can. */
static bool may_be_made(const Sink *all, Error *e)
{
    if (all->max > DRAWING_COMPONENTS_MAX)
        return error_set(e, "the drawing has %zu cells and points: expected at most %d", all->max,
                         DRAWING_COMPONENTS_MAX);
    return !all->failed || error_set(e, "out of memory for a drawing of %zu cells and points", all->max);
}

bool drawing_fits(const Drawing *d, Error *e)
{
    Sink all = count_components(d);
    return may_be_made(&all, e);
}

static bool make_mixture(const Drawing *d, Mixture *m, Error *e)
{
    Sink all = count_components(d);
    if (!may_be_made(&all, e))
        return false;
    all.out = calloc(all.max + 1, sizeof *all.out);
    all.failed = !all.out;
    for (size_t i = 0; i < d->count && !all.failed; i++)
        if (counts(&d->part[i]))
            add_part(&d->part[i], &all);
    bool made = !all.failed && mixture_init(m, all.out, share_out(all.out, all.count, 1));
    free(all.out);
    all.failed |= !made;
    return may_be_made(&all, e);
}

bool drawing_target(const Drawing *d, Target *out, Error *e)
{
    Mixture m;
    *out = (Target){0};
    if (drawing_empty(d))
        return error_set(e, "the drawing is empty: paint, type a word, add a Gaussian or drop a file");
    if (!make_mixture(d, &m, e))
        return false;
    if (d->fit)
        target_from_mixture(out, m);
    else
        target_in_frame(out, m, (Frame){.std = DRAWING_STD});
    return true;
}
