/* tracing.h - what the tests of paths share: two mixtures, an ask, fields, and the lines that came of it. */
#ifndef TESTS_TRACING_H
#define TESTS_TRACING_H

#include "scene/paths.h"

#include "simulating.h"

enum { STEPS = 60, PARTICLES = 40 };

static const double MEAN[2] = {1.5, -2}, VARIANCE = 0.49, FIRST = 7, LAST = 0.05;

static Mixture gaussian, pair;
static Paths paths;

static inline int build(void **state)
{
    const Component one = {.weight = 1, .mean = {MEAN[0], MEAN[1]}, .cov = {VARIANCE, 0, VARIANCE}};
    const Component two[2] = {{.weight = .3, .mean = {-4, 1}, .cov = {1, 0, .5}},
                              {.weight = .7, .mean = {3, -1}, .cov = {.4, .1, .8}}};
    bool built = mixture_init(&gaussian, &one, 1) && mixture_init(&pair, two, 2) && paths_init(&paths);
    return built ? build_catalogue(state) : -1;
}

static inline int tear_down(void **state)
{
    mixture_free(&gaussian);
    mixture_free(&pair);
    paths_free(&paths);
    return free_catalogue(state);
}

static inline int begin_test(void **state)
{
    (void)state;
    paths_clear(&paths);
    return 0;
}

/* From (4, 3) at the top of a ladder. */
static inline PathAsk ask_of(size_t sampler)
{
    PathAsk ask = {.x = {4, 3},
                   .sigma = FIRST,
                   .seed = 7,
                   .step = 1000,
                   .first = 12345,
                   .highest = FIRST,
                   .lowest = LAST,
                   .options = {.noise = 1,
                               .step_size = .1,
                               .friction = 1,
                               .eta = .5,
                               .snr = .16,
                               .churn = 20,
                               .tolerance = 1e-4,
                               .corrections = 2,
                               .leaps = 3,
                               .steps = STEPS,
                               .schedule = schedule_info(SCHEDULE_KARRAS)},
                   .frame = {{MEAN[0], MEAN[1]}, .7}};
    path_ask_one(&ask, sampler);
    return ask;
}

static inline void trace_one(const PathAsk *ask, const Mixture *m)
{
    FieldSource field = field_exact(m);
    paths_clear(&paths);
    assert_true(paths_add(&paths, ask));
    paths_trace(&paths, &field);
}

static inline size_t line_points(const Paths *p, size_t line)
{
    return p->shown.lines.end[line] - lines_first(&p->shown.lines, line);
}

static inline const float *line_point(const Paths *p, size_t line, size_t point)
{
    return p->shown.lines.point + 2 * (lines_first(&p->shown.lines, line) + point);
}

static inline const float *line_end(const Paths *p, size_t line)
{
    return line_point(p, line, line_points(p, line) - 1);
}

/* Levels from a ladder made here, at which an ask from its top meets the rungs. */
static inline double level_by_hand(const PathAsk *ask, size_t rung)
{
    static Ladder ladder;
    ladder_make(&ladder, ask->options.schedule, ask->frame.std, ask->highest, ask->lowest, ask->options.steps);
    return sampler_info(ask->sampler[0])->descends ? ladder.sigma[rung] : ask->sigma;
}

static const float UNIFORM[2] = {.3f, -.4f};

static inline void uniform_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context, (void)x, (void)sigma;
    for (size_t i = 0; i < n; i++)
        memcpy(score + 2 * i, UNIFORM, sizeof UNIFORM);
}

/* No number to the right of x = limit. */
typedef struct Cliff {
    FieldSource field;
    float limit;
} Cliff;

static inline void score_at_cliff(void *context, const float *x, float sigma, size_t n, float *score)
{
    const Cliff *cliff = context;
    cliff->field.evaluate(cliff->field.context, x, sigma, n, score);
    for (size_t i = 0; i < n; i++)
        if (x[2 * i] > cliff->limit)
            score[2 * i] = score[2 * i + 1] = NAN;
}

#endif
