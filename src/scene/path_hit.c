#include "scene/path_hit.h"

#include <math.h>

/* What a way along the line counts against one across, and at most, pixels. */
static const double along_share = 0.1, along_most_px = 12;

/* Lengths are data units: the camera keeps equal units on both axes. */
typedef struct Search {
    const PathSight *sight;
    double at[2];
    double along, share, most; /* ways along the line are counted from here; share = 0: not at all */
    double least;              /* distance, and what counts beside it */
    double distance;
    size_t line, point; /* the piece from here to the next */
    double part;        /* of the piece */
} Search;

static Search search_at(const PathSight *s, const double pixel[2], double reach)
{
    Search q = {.sight = s, .least = reach / s->camera.scale};
    camera_to_data(&s->camera, pixel, q.at);
    return q;
}

/* The place on a piece that is nearest, and how far it is: NAN where an end is hidden. */
static double distance_to(const float a[2], const float b[2], const double at[2], double *part)
{
    double x = (double)a[0], y = (double)a[1], dx = (double)b[0] - x, dy = (double)b[1] - y;
    double square = dx * dx + dy * dy, dot = (at[0] - x) * dx + (at[1] - y) * dy;
    *part = square > 0 ? fmin(fmax(dot / square, 0), 1) : 0;
    double off_x = at[0] - x - *part * dx, off_y = at[1] - y - *part * dy;
    return sqrt(off_x * off_x + off_y * off_y);
}

static void search_line(Search *q, size_t line)
{
    const Lines *seen = q->sight->lines;
    const float *along = q->sight->paths->shown.lines.along;
    for (size_t i = lines_first(seen, line); i + 1 < seen->end[line]; i++) {
        double part, distance = distance_to(seen->point + 2 * i, seen->point + 2 * i + 2, q->at, &part);
        double way = (double)along[i] + part * ((double)along[i + 1] - (double)along[i]);
        double counts = distance + fmin(q->share * fabs(way - q->along), q->most);
        if (!(counts <= q->least))
            continue;
        q->least = counts;
        q->distance = distance;
        q->line = line;
        q->point = i;
        q->part = part;
    }
}

/* The step that is under way at the place that was found. */
static PathHit found(const Search *q)
{
    const uint32_t *step = q->sight->paths->shown.step + q->point;
    double taken = (double)step[0] + q->part * (double)(step[1] - step[0]);
    size_t under_way = (size_t)floor(taken) + 1;
    return (PathHit){.line = q->line,
                     .step = under_way < step[1] ? under_way : step[1],
                     .distance = q->distance * q->sight->camera.scale};
}

bool path_hit(const PathSight *s, const double pixel[2], double reach, PathHit *hit)
{
    Search q = search_at(s, pixel, reach);
    bool any = false;
    for (size_t line = 0; s->lines && line < s->lines->lines; line++) {
        double before = q.least;
        if (paths_steps(s->paths, line) > 0)
            search_line(&q, line);
        any |= q.least < before;
    }
    if (any)
        *hit = found(&q);
    return any;
}

/* How far along the line a step begins. */
static double along_at(const PathSight *s, size_t line, size_t step)
{
    const PathLines *shown = &s->paths->shown;
    size_t point = paths_point_before(s->paths, line, (double)step - 1);
    const float *along = shown->lines.along + point;
    const uint32_t *taken = shown->step + point;
    double part = ((double)step - 1 - (double)taken[0]) / fmax((double)(taken[1] - taken[0]), 1);
    return (double)along[0] + part * ((double)along[1] - (double)along[0]);
}

bool path_drag(const PathSight *s, const double pixel[2], size_t line, size_t from, PathHit *hit)
{
    Search q = search_at(s, pixel, (double)INFINITY);
    if (!s->lines || line >= s->lines->lines || paths_steps(s->paths, line) == 0)
        return false;
    q.along = along_at(s, line, from);
    q.share = along_share;
    q.most = along_most_px / s->camera.scale;
    search_line(&q, line);
    if (isinf(q.least))
        return false;
    *hit = found(&q);
    return true;
}
