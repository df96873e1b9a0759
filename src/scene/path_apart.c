#include "scene/path_apart.h"

/* These particles see each other: where one goes depends on all seeds. */
static bool goes_together(size_t sampler)
{
    return sampler == SAMPLER_PC || sampler == SAMPLER_SVGD;
}

/* The run of a line, by itself where that is the same; which of its particles the line is. */
static size_t begin_run(PathRun *r, const Paths *p, size_t line)
{
    PathLine which = paths_line(p, line);
    PathAsk ask = p->ask[which.ask];
    if (!goes_together(ask.sampler[which.sampler])) {
        ask.first += which.seed;
        ask.seeds = 1;
        which.seed = 0;
    }
    path_begin(r, &ask, which.sampler);
    return which.seed;
}

static bool is_known(const PathApart *a, const Paths *p, size_t line, size_t step)
{
    return a->builds == p->builds && a->line == line && a->step == step;
}

/* A run that has not gone beyond the step goes on. */
static bool goes_on(const PathApart *a, const Paths *p, size_t line, size_t step)
{
    return a->step > 0 && a->builds == p->builds && a->line == line && a->run.done < step;
}

/* False also where the way has come to end before the step, in a field that is newer than the lines. */
static bool take_apart(PathApart *a, const FieldSource *field)
{
    while (a->run.done + 1 < a->step && path_step(&a->run, field))
        ;
    return a->run.done + 1 == a->step && path_take_apart(&a->run, field, a->particle, &a->parts);
}

bool path_apart_look(PathApart *a, const Paths *p, const FieldSource *field, size_t line, size_t step)
{
    size_t steps = line < p->shown.lines.lines ? paths_steps(p, line) : 0;
    step = step < steps ? step : steps;
    if (step == 0 || is_known(a, p, line, step)) {
        a->step = step;
        return step > 0;
    }
    if (!goes_on(a, p, line, step))
        a->particle = begin_run(&a->run, p, line);
    a->line = line;
    a->step = step;
    a->steps = steps;
    a->builds = p->builds;
    if (!take_apart(a, field))
        a->step = 0;
    return a->step > 0;
}
