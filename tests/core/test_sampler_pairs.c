/* Samplers, schedules, fields, counts of particles and of steps: every two of them together. Never a NaN, and particles
 * that follow the exact field stay where there is something to find. */
#include "core/dynamics.h"
#include "core/net.h"
#include "core/start.h"

#include "near.h"

#include <math.h>
#include <stdlib.h>

#ifdef SCOREFIELD_SANITIZED
enum { MANY = 3000, LONG = 100 };
#else
enum { MANY = 100000, LONG = 1000 };
#endif

enum { FACTORS = 5, SAMPLER = 0, SCHEDULE, FIELD, PARTICLES, STEPS, LEVELS_MOST = SAMPLER_COUNT };
static const size_t levels[FACTORS] = {SAMPLER_COUNT, SCHEDULE_COUNT, 3, 3, 3};
enum { EXACT, LEARNED, DIFFERENCE };
static const size_t particles[] = {1, 1000, MANY}, steps[] = {1, 20, LONG};

typedef struct Combination {
    size_t level[FACTORS];
} Combination;

typedef struct Cover {
    bool pair[FACTORS][FACTORS][LEVELS_MOST][LEVELS_MOST];
} Cover;

static double work(const Combination *c)
{
    return (double)(particles[c->level[PARTICLES]] * steps[c->level[STEPS]]);
}

/* The most of both is tried once, with the default sampler on the field that costs least. */
static bool possible(const Combination *c)
{
    if (sampler_info(c->level[SAMPLER])->exact && c->level[FIELD] != EXACT)
        return false;
    return work(c) < (double)MANY * LONG || (c->level[SAMPLER] == SAMPLER_SDE && c->level[FIELD] == LEARNED);
}

static size_t fresh_pairs(Cover *cover, const Combination *c, bool mark)
{
    size_t fresh = 0;
    for (size_t a = 0; a < FACTORS; a++) {
        for (size_t b = a + 1; b < FACTORS; b++) {
            bool *seen = &cover->pair[a][b][c->level[a]][c->level[b]];
            fresh += !*seen;
            *seen |= mark;
        }
    }
    return fresh;
}

static bool next_combination(Combination *c)
{
    for (size_t f = 0; f < FACTORS; f++) {
        if (++c->level[f] < levels[f])
            return true;
        c->level[f] = 0;
    }
    return false;
}

/* The combination with the most pairs that were not met yet, the least work among equals. */
static size_t best_combination(Cover *cover, Combination *best)
{
    size_t most = 0;
    Combination c = {{0}};
    do {
        size_t fresh = possible(&c) ? fresh_pairs(cover, &c, false) : 0;
        if (fresh > most || (fresh == most && fresh > 0 && work(&c) < work(best))) {
            most = fresh;
            *best = c;
        }
    } while (next_combination(&c));
    return most;
}

static Target target;
static Net net;
static NetWorkspace workspace;
static FieldLearned learned;
static FieldDifference difference;
static float x[MANY][2], memory[MANY][2], scratch[DYNAMICS_CHUNK][DYNAMICS_SCRATCH];

static int prepare(void **state)
{
    (void)state;
    const Component part[2] = {{.weight = .2, .mean = {-5, -5}, .cov = {1, 0, 1}},
                               {.weight = .8, .mean = {5, 5}, .cov = {1, .5, 1}}};
    const NetShape smallest = {.width = 16, .depth = 1, .activation = ACTIVATION_RELU, .plain = true};
    Mixture m;
    if (!mixture_init(&m, part, 2) || !net_init(&net, smallest, 1))
        return -1;
    target_from_mixture(&target, m);
    for (size_t i = 0; i < net.count; i++)
        net.parameter[i] += 0.1f * sinf((float)i); /* or it would answer nothing yet */
    learned = (FieldLearned){&net, &target.frame, &workspace};
    difference = (FieldDifference){field_learned(&learned), field_exact(&target.mixture)};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    target_free(&target);
    net_free(&net);
    net_workspace_free(&workspace);
    return 0;
}

static DynamicsOptions options_of(const Combination *c)
{
    return (DynamicsOptions){.noise = 1,
                             .step_size = 0.5,
                             .friction = 1,
                             .eta = 0.5,
                             .snr = 0.16,
                             .churn = 40,
                             .tolerance = 1e-3,
                             .corrections = 1,
                             .leaps = 3,
                             .steps = steps[c->level[STEPS]],
                             .schedule = schedule_info(c->level[SCHEDULE])};
}

/* From one step over the whole way nothing is asked but a number. */
static void assert_sound(const Combination *c)
{
    size_t n = particles[c->level[PARTICLES]], count = steps[c->level[STEPS]];
    bool bounded = c->level[FIELD] == EXACT && count > 1;
    double farthest = bounded ? 20 * (target.sigma_max + target.frame.std) : (double)INFINITY;
    for (size_t i = 0; i < n; i++) {
        double away = hypot((double)x[i][0] - target.frame.mean[0], (double)x[i][1] - target.frame.mean[1]);
        if (!(away < farthest))
            fail_msg("%s, schedule %s, field %zu, %zu particles, %zu steps: particle %zu is at %g, %g",
                     sampler_info(c->level[SAMPLER])->name, schedule_info(c->level[SCHEDULE])->name, c->level[FIELD], n,
                     count, i, (double)x[i][0], (double)x[i][1]);
    }
}

/* Down the ladder of the schedule, as a journey goes. */
static void run(const Combination *c)
{
    const FieldSource field[] = {field_exact(&target.mixture), field_learned(&learned), field_difference(&difference)};
    size_t n = particles[c->level[PARTICLES]], count = steps[c->level[STEPS]];
    double level[LONG + 1], std = target.frame.std;
    schedule_ladder(schedule_info(c->level[SCHEDULE]), target.sigma_max / std, target.sigma_min / std, count + 1,
                    level);
    StartDraw draw = {.mixture = &target.mixture, .sigma = target.sigma_max, .rng = {1, STREAM_START}, .n = n};
    start_info(START_MATCHED)->draw(&draw, x[0]);
    for (size_t i = 0; i < count; i++) {
        DynamicsStep s = {.x = x[0],
                          .n = n,
                          .from = level[i] * std,
                          .to = level[i + 1] * std,
                          .options = options_of(c),
                          .frame = target.frame,
                          .rng = {1, STREAM_SAMPLER},
                          .step = i,
                          .scratch = scratch[0],
                          .memory = memory[0],
                          .before = i ? level[i - 1] * std : 0};
        sampler_info(c->level[SAMPLER])->step(&field[c->level[FIELD]], &s);
    }
    assert_sound(c);
}

/* Written down beside what `possible` says, which would hide what it forgets. */
static bool excluded(size_t a, size_t a_level, size_t b, size_t b_level)
{
    bool needs_density = a == SAMPLER && (a_level == SAMPLER_MALA || a_level == SAMPLER_HMC);
    return needs_density && b == FIELD && (b_level == LEARNED || b_level == DIFFERENCE);
}

static void assert_complete(const Cover *cover)
{
    for (size_t a = 0; a < FACTORS; a++)
        for (size_t b = a + 1; b < FACTORS; b++)
            for (size_t i = 0; i < levels[a]; i++)
                for (size_t j = 0; j < levels[b]; j++)
                    if (cover->pair[a][b][i][j] == excluded(a, i, b, j))
                        fail_msg("factor %zu at %zu with factor %zu at %zu", a, i, b, j);
}

static void every_two_go_together(void **state)
{
    (void)state;
    static Cover cover;
    Combination c;
    while (best_combination(&cover, &c) > 0) {
        run(&c);
        fresh_pairs(&cover, &c, true);
    }
    assert_complete(&cover);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_two_go_together)};
    return cmocka_run_group_tests(tests, prepare, finish);
}
