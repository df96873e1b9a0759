#include "scene/path.h"

#include <math.h>
#include <string.h>

enum { CALLS_MAX = 1024 }; /* scores of a step that are remembered: a corrector's, which are 1 and up to 1000 */

static const double NEAR = 1e-9;    /* rungs: rounding */
static const double FARTHEST = 1e6; /* standard deviations: no score is finite much beyond */

void path_ask_fates(PathAsk *ask)
{
    static const size_t fates[PATH_SAMPLERS_MAX] = {[PATH_ASCENT] = SAMPLER_ASCENT,
                                                    [PATH_LANGEVIN] = SAMPLER_LANGEVIN,
                                                    [PATH_SDE] = SAMPLER_SDE,
                                                    [PATH_ODE] = SAMPLER_ODE};
    memcpy(ask->sampler, fates, sizeof fates);
    ask->samplers = PATH_SAMPLERS_MAX;
    ask->seeds = 1;
    ask->role = PATH_ASCENT;
}

void path_ask_one(PathAsk *ask, size_t sampler)
{
    ask->sampler[0] = sampler;
    ask->samplers = ask->seeds = 1;
    ask->role = PATH_CHOSEN;
}

void path_ask_fan(PathAsk *ask, size_t sampler)
{
    path_ask_one(ask, sampler);
    ask->seeds = PATH_LINES_MAX;
    ask->role = PATH_FAN;
}

/* The levels that a particle meets on its way down: level [PATH_STEPS_MAX + 1]. How many steps. */
static size_t way_down(const PathAsk *ask, double *level)
{
    Ladder ladder;
    size_t steps = 0;
    ladder_make(&ladder, ask->options.schedule, ask->frame.std, ask->highest, ask->lowest, ask->options.steps);
    level[0] = ask->sigma;
    double rung = floor(ladder_place(&ladder, ask->sigma) + NEAR) + 1;
    for (; rung <= (double)ladder.steps && steps < PATH_STEPS_MAX; rung++)
        level[++steps] = ladder_sigma(&ladder, rung);
    return steps;
}

static void set_levels(PathRun *r)
{
    r->steps = way_down(&r->ask, r->level);
    if (r->sampler->descends) {
        if (r->ask.denoise)
            r->level[++r->steps] = 0;
        return;
    }
    if (r->ask.walk > 0)
        r->steps = r->ask.walk < PATH_STEPS_MAX ? r->ask.walk : PATH_STEPS_MAX;
    for (size_t i = 1; i <= r->steps; i++)
        r->level[i] = r->ask.sigma;
}

void path_begin(PathRun *r, const PathAsk *ask, size_t which)
{
    r->ask = *ask;
    r->sampler = sampler_info(ask->sampler[which]);
    r->done = 0;
    r->tally = (DynamicsTally){0};
    memset(r->memory, 0, sizeof r->memory);
    for (size_t i = 0; i < ask->seeds; i++) {
        memcpy(r->x[i], ask->x, sizeof ask->x);
        r->points[i] = 1;
    }
    set_levels(r);
}

static bool under_way(const PathRun *r, size_t particle)
{
    return r->points[particle] == r->done + 1;
}

static bool any_under_way(const PathRun *r)
{
    bool any = false;
    for (size_t i = 0; i < r->ask.seeds; i++)
        any |= under_way(r, i);
    return any;
}

static void denoise(PathRun *r, const FieldSource *field, double sigma)
{
    dynamics_denoise(field, sigma, r->ask.seeds, r->x[0], r->scratch);
    r->tally.evaluations += r->ask.seeds;
}

/* The step after `done`, whatever comes of it. */
static void move(PathRun *r, const FieldSource *field)
{
    const double *level = r->level + r->done;
    DynamicsStep step = {.x = r->x[0],
                         .n = r->ask.seeds,
                         .from = level[0],
                         .to = level[1],
                         .options = r->ask.options,
                         .frame = r->ask.frame,
                         .rng = {r->ask.seed, STREAM_SAMPLER},
                         .step = r->ask.step + r->done,
                         .first = r->ask.first,
                         .scratch = r->scratch,
                         .memory = r->memory[0],
                         .before = r->done > 0 ? level[-1] : 0,
                         .tally = &r->tally};
    if (level[1] > 0)
        r->sampler->step(field, &step);
    else
        denoise(r, field, level[0]);
}

static bool is_somewhere(const PathRun *r, const float x[2])
{
    const Frame *f = &r->ask.frame;
    return hypot((double)x[0] - f->mean[0], (double)x[1] - f->mean[1]) <= FARTHEST * f->std;
}

/* Those that have ended stay in the run, where they were, so that the others keep their indices. */
static void count_points(PathRun *r, float before[][2])
{
    for (size_t i = 0; i < r->ask.seeds; i++) {
        if (under_way(r, i) && is_somewhere(r, r->x[i])) {
            r->points[i]++;
            continue;
        }
        memcpy(r->x[i], before[i], sizeof r->x[i]);
    }
    r->done++;
}

static bool can_step(const PathRun *r, const FieldSource *field)
{
    return r->done < r->steps && (!r->sampler->exact || field->potential) && any_under_way(r);
}

bool path_step(PathRun *r, const FieldSource *field)
{
    if (!can_step(r, field))
        return false;
    float before[PATH_LINES_MAX][2];
    memcpy(before, r->x, r->ask.seeds * sizeof *before);
    move(r, field);
    count_points(r, before);
    return true;
}

/* How a kick is told from a drift, for any row of the table.
 *
 * Without kicks a step at the origin, without a past and in data centred there, is odd in the scores that it meets:
 * opposite scores, opposite displacement. Kicks come on top and do not care for the scores' direction, at most for
 * their size, on which pc's corrections depend. So the kick is the mean of what the step does with its own draws in two
 * opposite uniform fields, as strong as the true one was whenever it was asked. A listener writes that strength down,
 * an echo gives it back. */
typedef struct Listener {
    const FieldSource *field;
    float strength[CALLS_MAX]; /* mean length of the scores of each call */
    float score[PATH_LINES_MAX][2];
    size_t calls;
} Listener;

static void listen(Listener *l, const float *score, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += hypot((double)score[2 * i], (double)score[2 * i + 1]);
    if (l->calls == 0)
        memcpy(l->score, score, n * sizeof *l->score);
    if (l->calls < CALLS_MAX)
        l->strength[l->calls++] = isfinite(sum) ? (float)(sum / (double)n) : 0; /* one that has ended may ask too */
}

static void listen_to_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    Listener *l = context;
    l->field->evaluate(l->field->context, x, sigma, n, score);
    listen(l, score, n);
}

static void listen_to_potential(void *context, const float *x, float sigma, size_t n, float *score, float *log_density)
{
    Listener *l = context;
    l->field->potential(l->field->context, x, sigma, n, score, log_density);
    listen(l, score, n);
}

typedef struct Echo {
    const Listener *heard;
    float sign;
    size_t calls;
} Echo;

static void echo_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    Echo *e = context;
    float strength = e->calls < e->heard->calls ? e->heard->strength[e->calls] : 0;
    (void)x, (void)sigma;
    e->calls++;
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = e->sign * strength;
        score[2 * i + 1] = 0;
    }
}

/* It rises from call to call, so that no proposal is refused. */
static void echo_potential(void *context, const float *x, float sigma, size_t n, float *score, float *log_density)
{
    const Echo *e = context;
    for (size_t i = 0; i < n; i++)
        log_density[i] = e->calls == 0 ? 0 : 1e30f;
    echo_score(context, x, sigma, n, score);
}

/* Where the step of `r` takes a particle from the origin in an echo of its field. */
static void step_in_echo(const PathRun *r, const Listener *heard, float sign, size_t which, float end[2])
{
    Echo e = {.heard = heard, .sign = sign};
    FieldSource field = {.evaluate = echo_score, .potential = echo_potential, .context = &e};
    PathRun there = *r;
    there.ask.frame = (Frame){.std = r->ask.frame.std};
    memset(there.x, 0, sizeof there.x);
    memset(there.memory, 0, sizeof there.memory);
    move(&there, &field);
    memcpy(end, there.x[which], sizeof there.x[which]);
}

static void find_kick(const PathRun *begun, const Listener *heard, size_t which, PathStep *apart)
{
    float there[2], back[2];
    step_in_echo(begun, heard, 1, which, there);
    step_in_echo(begun, heard, -1, which, back);
    for (size_t c = 0; c < 2; c++)
        apart->kick[c] = (there[c] + back[c]) / 2;
}

bool path_take_apart(PathRun *r, const FieldSource *field, size_t which, PathStep *apart)
{
    PathRun begun = *r;
    Listener l = {.field = field};
    FieldSource heard = {
        .evaluate = listen_to_score, .potential = field->potential ? listen_to_potential : NULL, .context = &l};
    if (!path_step(r, &heard) || !under_way(r, which))
        return false;
    const float *from = begun.x[which], *to = r->x[which];
    *apart = (PathStep){.from = r->level[begun.done], .to = r->level[r->done]};
    memcpy(apart->place, from, sizeof apart->place);
    memcpy(apart->score, l.score[which], sizeof apart->score);
    apart->refused = r->sampler->exact && to[0] == from[0] && to[1] == from[1];
    if (!apart->refused)
        find_kick(&begun, &l, which, apart);
    for (size_t c = 0; c < 2; c++)
        apart->drift[c] = to[c] - from[c] - apart->kick[c];
    return true;
}
