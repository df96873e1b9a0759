#include "scene/paths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_EVALUATIONS = 1024 };

_Static_assert(PATH_POINTS_MAX <= PATHS_POINTS_MAX / PATH_LINES_MAX, "one fan is never thinned");

static bool lines_init_with_steps(PathLines *l)
{
    l->step = malloc(PATHS_POINTS_MAX * sizeof *l->step);
    l->level = malloc(PATHS_POINTS_MAX * sizeof *l->level);
    return lines_init(&l->lines, PATHS_POINTS_MAX, PATHS_LINES_MAX) && l->step && l->level;
}

static void lines_free_with_steps(PathLines *l)
{
    lines_free(&l->lines);
    free(l->step);
    free(l->level);
}

bool paths_init(Paths *p)
{
    *p = (Paths){0};
    p->place = malloc(sizeof(float[PATH_LINES_MAX][PATH_POINTS_MAX][2]));
    p->kept = malloc(PATH_POINTS_MAX * sizeof *p->kept);
    bool shown = lines_init_with_steps(&p->shown), next = lines_init_with_steps(&p->next);
    return shown && next && p->place && p->kept;
}

void paths_free(Paths *p)
{
    lines_free_with_steps(&p->shown);
    lines_free_with_steps(&p->next);
    free(p->place);
    free(p->kept);
    *p = (Paths){0};
}

static size_t lines_of(const PathAsk *ask)
{
    return ask->samplers * ask->seeds;
}

size_t paths_first_line(const Paths *p, size_t ask)
{
    size_t lines = 0;
    for (size_t i = 0; i < ask; i++)
        lines += lines_of(&p->ask[i]);
    return lines;
}

/* The trace under way is of other asks. */
static void begin_again(Paths *p)
{
    p->tracing = false;
    p->due = true;
}

bool paths_add(Paths *p, const PathAsk *ask)
{
    bool fits = ask->samplers <= PATH_SAMPLERS_MAX && ask->seeds <= PATH_LINES_MAX && lines_of(ask) <= PATH_LINES_MAX;
    if (p->asks == PATHS_MAX || !fits || lines_of(ask) == 0)
        return false;
    p->ask[p->asks++] = *ask;
    begin_again(p);
    return true;
}

static void keep_first_lines(Lines *l, size_t lines)
{
    if (l->lines <= lines)
        return;
    l->points = lines_first(l, lines);
    l->lines = lines;
}

bool paths_undo(Paths *p)
{
    if (p->asks == 0)
        return false;
    p->asks--;
    keep_first_lines(&p->shown.lines, paths_first_line(p, p->asks));
    p->builds++;
    begin_again(p);
    return true;
}

static void forget_first_lines(PathLines *l, size_t lines)
{
    Lines *k = &l->lines;
    size_t gone = lines < k->lines ? lines : k->lines, first = lines_first(k, gone), left = k->points - first;
    memmove(k->point, k->point + 2 * first, left * 2 * sizeof *k->point);
    memmove(k->along, k->along + first, left * sizeof *k->along);
    memmove(l->step, l->step + first, left * sizeof *l->step);
    memmove(l->level, l->level + first, left * sizeof *l->level);
    k->points = left;
    k->lines -= gone;
    for (size_t i = 0; i < k->lines; i++) {
        k->end[i] = k->end[i + gone] - (uint32_t)first;
        k->value[i] = k->value[i + gone];
    }
}

bool paths_forget(Paths *p)
{
    if (p->asks == 0)
        return false;
    forget_first_lines(&p->shown, lines_of(&p->ask[0]));
    p->asks--;
    memmove(p->ask, p->ask + 1, p->asks * sizeof *p->ask);
    p->builds++;
    begin_again(p);
    return true;
}

void paths_clear(Paths *p)
{
    while (paths_undo(p))
        ;
}

void paths_renew(Paths *p)
{
    p->due = true;
}

static float *place_of(const Paths *p, size_t seed, size_t point)
{
    return p->place + 2 * (seed * PATH_POINTS_MAX + point);
}

static void record_places(Paths *p)
{
    const PathRun *r = &p->run;
    for (size_t i = 0; i < r->ask.seeds; i++)
        memcpy(place_of(p, i, r->done), r->x[i], sizeof r->x[i]);
}

static void begin_run(Paths *p)
{
    path_begin(&p->run, &p->ask[p->at_ask], p->at_sampler);
    record_places(p);
}

static void begin_trace(Paths *p)
{
    p->due = false;
    p->tracing = p->asks > 0;
    p->at_ask = p->at_sampler = 0;
    p->counted = 0;
    lines_clear(&p->next.lines);
    if (p->tracing)
        begin_run(p);
}

static double between(const float *a, const float *b)
{
    return hypot((double)b[0] - (double)a[0], (double)b[1] - (double)a[1]);
}

/* The least way between points of which as many as `most` are left; below 0 when all n may stay. */
static double least_gap(const float *place, size_t n, size_t most)
{
    double way = 0;
    for (size_t i = 1; i < n; i++)
        way += between(place + 2 * i - 2, place + 2 * i);
    return n > most ? way / (double)(most - 2) : -1;
}

/* Moves the points that stay to the front, first and last among them, and notes which these were; how many. */
static size_t thin(float *place, size_t n, size_t most, uint32_t *kept)
{
    double gap = least_gap(place, n, most), gone = 0;
    size_t count = 1;
    kept[0] = 0;
    for (size_t i = 1; i < n; i++) {
        gone += between(place + 2 * i - 2, place + 2 * i);
        if (gone <= gap && i + 1 < n)
            continue;
        memmove(place + 2 * count, place + 2 * i, 2 * sizeof *place);
        kept[count++] = (uint32_t)i;
        gone = 0;
    }
    return count;
}

static void keep_line(Paths *p, size_t seed, PathRole role)
{
    PathLines *to = &p->next;
    float *place = place_of(p, seed, 0);
    size_t most = PATHS_POINTS_MAX / paths_first_line(p, p->asks), first = to->lines.points;
    size_t n = thin(place, p->run.points[seed], most, p->kept);
    if (n == 1) {
        memcpy(place + 2, place, 2 * sizeof *place);
        p->kept[n++] = 0;
    }
    lines_add(&to->lines, place, n, (float)role);
    for (size_t i = 0; i < n; i++) {
        to->step[first + i] = p->kept[i];
        to->level[first + i] = (float)p->run.level[p->kept[i]];
    }
}

static void end_trace(Paths *p)
{
    PathLines old = p->shown;
    p->shown = p->next;
    p->next = old;
    p->evaluations = p->counted;
    p->builds++;
    p->tracing = false;
}

static void end_run(Paths *p)
{
    const PathAsk *ask = &p->ask[p->at_ask];
    for (size_t i = 0; i < ask->seeds; i++)
        keep_line(p, i, ask->role + (PathRole)p->at_sampler);
    p->counted += p->run.tally.evaluations;
    if (++p->at_sampler == ask->samplers) {
        p->at_sampler = 0;
        p->at_ask++;
    }
    if (p->at_ask < p->asks)
        begin_run(p);
    else
        end_trace(p);
}

bool paths_trace_piece(Paths *p, const FieldSource *field)
{
    if (!p->tracing && p->due)
        begin_trace(p);
    if (!p->tracing)
        return false;
    uint64_t enough = p->run.tally.evaluations + PIECE_EVALUATIONS;
    bool more = true;
    while (more && p->run.tally.evaluations < enough) {
        more = path_step(&p->run, field);
        if (more)
            record_places(p);
    }
    if (!more)
        end_run(p);
    return p->tracing || p->due;
}

void paths_trace(Paths *p, const FieldSource *field)
{
    while (paths_trace_piece(p, field))
        ;
}

PathLine paths_line(const Paths *p, size_t line)
{
    size_t ask = 0;
    for (; line >= lines_of(&p->ask[ask]); ask++)
        line -= lines_of(&p->ask[ask]);
    return (PathLine){ask, line / p->ask[ask].seeds, line % p->ask[ask].seeds};
}

size_t paths_steps(const Paths *p, size_t line)
{
    return p->shown.step[p->shown.lines.end[line] - 1];
}

size_t paths_point_before(const Paths *p, size_t line, double step)
{
    const PathLines *l = &p->shown;
    size_t before = lines_first(&l->lines, line), behind = l->lines.end[line] - 1;
    while (behind - before > 1) {
        size_t middle = (before + behind) / 2;
        if (l->step[middle] > step)
            behind = middle;
        else
            before = middle;
    }
    return before;
}

static double level_between(double from, double to, double share)
{
    return to > 0 ? from * pow(to / from, share) : (1 - share) * from;
}

PathPlace paths_at(const Paths *p, size_t line, double share)
{
    const PathLines *l = &p->shown;
    double step = fmin(fmax(share, 0), 1) * (double)paths_steps(p, line);
    size_t point = paths_point_before(p, line, step);
    const float *a = l->lines.point + 2 * point, *b = a + 2;
    double width = (double)(l->step[point + 1] - l->step[point]);
    double part = width > 0 ? (step - (double)l->step[point]) / width : 0;
    return (PathPlace){
        .x = {(float)((1 - part) * (double)a[0] + part * (double)b[0]),
              (float)((1 - part) * (double)a[1] + part * (double)b[1])},
        .level = level_between((double)l->level[point], (double)l->level[point + 1], part),
        .step = step,
    };
}

size_t paths_take_apart(const Paths *p, const FieldSource *field, size_t line, size_t first, size_t n, PathStep *apart)
{
    PathLine which = paths_line(p, line);
    PathRun r;
    size_t count = 0;
    path_begin(&r, &p->ask[which.ask], which.sampler);
    while (r.done < first && path_step(&r, field))
        ;
    while (count < n && path_take_apart(&r, field, which.seed, &apart[count]))
        count++;
    return count;
}
