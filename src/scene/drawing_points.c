#include "scene/drawing_points.h"

#include "core/rng.h"

#include <string.h>

static size_t count_of(const Part *p)
{
    return p->points ? p->points->count : 0;
}

static void replace(Part *p, PointSet *with)
{
    if (p->points)
        bulk_drop(&p->points->bulk);
    p->points = with;
}

/* An empty set like the part's, with room for n. */
static PointSet *room_for(const Part *p, size_t n)
{
    PointSet *room = points_create(n, p->points && p->points->weight);
    if (room && p->points) {
        room->units = p->points->units;
        memcpy(room->file, p->points->file, sizeof room->file);
    }
    return room;
}

/* Normals are drawn in place of the new points. */
static void scatter(const Part *p, const PointStamp *stamp, size_t before, float *x)
{
    Rng rng = {.seed = stamp->seed, .stream = STREAM_PICTURE};
    rng_normals(rng, before, 0, stamp->n, x);
    for (size_t i = 0; i < stamp->n; i++) {
        double place[2];
        for (int axis = 0; axis < 2; axis++)
            place[axis] = stamp->at[axis] + stamp->spread * (double)x[2 * i + (size_t)axis];
        part_to_local(p, place, place);
        x[2 * i] = (float)place[0];
        x[2 * i + 1] = (float)place[1];
    }
}

bool drawing_points_stamp(Drawing *d, size_t part, const PointStamp *stamp)
{
    Part *p = &d->part[part];
    size_t before = count_of(p);
    if (stamp->n > POINTS_MAX - before || (p->points && p->points->weight))
        return false;
    PointSet *more = room_for(p, before + stamp->n);
    if (!more)
        return false;
    if (before > 0)
        memcpy(more->x, p->points->x, before * 2 * sizeof *more->x);
    scatter(p, stamp, before, more->x + 2 * before);
    replace(p, more);
    return true;
}

static bool lies_within(const PointSet *s, size_t i, const double centre[2], double radius)
{
    double x = (double)s->x[2 * i] - centre[0], y = (double)s->x[2 * i + 1] - centre[1];
    return x * x + y * y <= radius * radius;
}

size_t drawing_points_erase(Drawing *d, size_t part, const double at[2], double radius)
{
    Part *p = &d->part[part];
    const PointSet *old = p->points;
    double centre[2], reach = radius / p->size;
    size_t gone = 0, kept = 0;
    part_to_local(p, at, centre);
    for (size_t i = 0; i < count_of(p); i++)
        gone += lies_within(old, i, centre, reach) ? 1 : 0;
    PointSet *rest = gone > 0 ? room_for(p, old->count - gone) : NULL;
    if (!rest)
        return 0;
    for (size_t i = 0; i < old->count; i++) {
        if (lies_within(old, i, centre, reach))
            continue;
        memcpy(rest->x + 2 * kept, old->x + 2 * i, 2 * sizeof *rest->x);
        if (rest->weight)
            rest->weight[kept] = old->weight[i];
        kept++;
    }
    replace(p, rest);
    return gone;
}
