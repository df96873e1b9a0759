#include "core/trainer.h"

#include "core/objective.h"
#include "core/optim.h"
#include "core/variation.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The floor asks the exact denoiser, so it is measured every few steps, and the loss with it, on the same batches. */
enum {
    MEASURE_STRIDE = 8,   /* steps */
    MEASURE_HORIZON = 32, /* measurements that the smoothed numbers look back on */
    GOOD_STRIDE = 64,     /* steps between copies of the weights that a divergence falls back on */
    ALIGNMENT = 64
};

/* Times the size that the loss of a network has that answers nothing: Adam's largest harmless excursions stay below
 * the first. Some objectives go below zero, so it is sizes that are compared. */
static const double LOSS_GOOD = 50.0, LOSS_DIVERGED = 5e5;

static const double CLOCK_POWER = 8.0, FORGOTTEN = 0.3; /* see trainer_retarget */

/* The planes of memory: those that are saved come first. */
enum { PLANE_GRADIENT = TRAINER_PLANES, PLANES };

struct TrainerState {
    TrainerClocks clocks;
    float *block; /* [PLANES][stride] */
    size_t stride;
    Batch batch;
    NetWorkspace workspace;
};

static float *plane(const Trainer *t, size_t which)
{
    return t->state->block + which * t->state->stride;
}

TrainerOptions trainer_defaults(void)
{
    return (TrainerOptions){.seed = 1,
                            .shape = {.width = 128, .depth = 3},
                            .batch = 256,
                            .source = TARGET_REFERENCES,
                            .references = 2048,
                            .rate = 8e-3,
                            .budget = 0};
}

/* By fields: padding would bring in whatever lay on a caller's stack, and saved bytes would differ. */
static void set_options(TrainerOptions *to, const TrainerOptions *from)
{
    to->batch = from->batch;
    to->objective = from->objective;
    to->weighting = from->weighting;
    to->source = from->source;
    to->references = from->references;
    to->samples = from->samples;
    to->rate = from->rate;
    to->budget = from->budget;
}

static void set_shape(NetShape *to, const NetShape *from)
{
    to->width = from->width;
    to->depth = from->depth;
    to->activation = from->activation;
    to->prediction = from->prediction;
    to->plain = from->plain;
}

static void copy_plane(Trainer *t, size_t to, size_t from)
{
    memcpy(plane(t, to), plane(t, from), t->state->stride * sizeof(float));
}

static void keep_good(Trainer *t)
{
    copy_plane(t, PLANE_GOOD, PLANE_NET);
    copy_plane(t, PLANE_GOOD_AVERAGE, PLANE_AVERAGE);
}

static size_t stride_of(NetShape shape)
{
    size_t whole = ALIGNMENT / sizeof(float);
    return (net_parameter_count(shape) + whole - 1) / whole * whole;
}

static bool allocate(Trainer *t)
{
    struct TrainerState *s = t->state = calloc(1, sizeof *s);
    if (!s)
        return false;
    s->stride = stride_of(t->options.shape);
    s->block = aligned_alloc(ALIGNMENT, PLANES * s->stride * sizeof(float));
    return s->block && batch_init(&s->batch, &t->options);
}

bool trainer_init(Trainer *t, const TrainerOptions *options, const Target *target)
{
    memset(t, 0, sizeof *t);
    t->options.seed = options->seed;
    set_shape(&t->options.shape, &options->shape);
    set_options(&t->options, options);
    t->target = target;
    t->statistics.history_stride = MEASURE_STRIDE;
    if (!allocate(t)) {
        trainer_free(t);
        return false;
    }
    memset(t->state->block, 0, PLANES * t->state->stride * sizeof(float));
    size_t count = net_parameter_count(options->shape);
    t->net = (Net){.shape = options->shape, .count = count, .parameter = plane(t, PLANE_NET)};
    t->average = (Net){.shape = options->shape, .count = count, .parameter = plane(t, PLANE_AVERAGE)};
    t->state->clocks.settled = OPTIM_SETTLED;
    net_reset(&t->net, options->seed);
    copy_plane(t, PLANE_AVERAGE, PLANE_NET);
    keep_good(t);
    return true;
}

void trainer_free(Trainer *t)
{
    if (t->state) {
        batch_free(&t->state->batch);
        net_workspace_free(&t->state->workspace);
        free(t->state->block);
        free(t->state);
    }
    *t = (Trainer){0};
}

static void forget_moments(Trainer *t)
{
    memset(plane(t, PLANE_MEAN), 0, t->state->stride * sizeof(float));
    memset(plane(t, PLANE_SQUARE), 0, t->state->stride * sizeof(float));
    t->state->clocks.moments = 0;
}

/* Another loss has another size: neither Adam's moments nor the smoothed numbers say anything of it. */
static void start_another_loss(Trainer *t)
{
    forget_moments(t);
    t->state->clocks.measured = 0;
}

/* Rates and budgets are nothing to a batch: what it has drawn may stay while they are played with. */
static bool same_batch(const TrainerOptions *a, const TrainerOptions *b)
{
    return a->seed == b->seed && a->batch == b->batch && a->objective == b->objective && a->weighting == b->weighting &&
           a->source == b->source && a->references == b->references && a->samples == b->samples;
}

void trainer_configure(Trainer *t, const TrainerOptions *options)
{
    const TrainerOptions *now = &t->options;
    bool another_loss = levels_of(options->objective, options->weighting) != levels_of(now->objective, now->weighting);
    if (another_loss)
        start_another_loss(t);
    if (another_loss || options->rate != now->rate)
        t->statistics.diverged = false;
    set_options(&t->options, options);
    if (same_batch(&t->state->batch.options, &t->options))
        return;
    batch_free(&t->state->batch);
    if (!batch_init(&t->state->batch, &t->options)) {
        fprintf(stderr, "scorefield: out of memory for a batch of %d points, %d references and %" PRIu64 " samples\n",
                options->batch, options->references, options->samples);
        abort();
    }
}

/* Weights that have become sharp on one shape are slow to learn another: part of them goes back to fresh ones, which
 * the average follows smoothly. */
static void forget(Trainer *t, double share)
{
    Net fresh = t->net;
    fresh.parameter = plane(t, PLANE_GRADIENT);
    net_reset(&fresh, t->options.seed + t->statistics.steps);
    for (size_t i = 0; i < t->net.count; i++)
        t->net.parameter[i] += (float)share * (fresh.parameter[i] - t->net.parameter[i]);
}

/* Chosen on words drawn in strokes of 36 steps, over 2 words and 1 to 3 seeds, by the mean error while drawing; what
 * they come to now is bench_tracking's to say. Times as much are: with Adam's moments left at (0.9, 0.99), which go on
 * pushing towards the picture before, 1.6; with the warm-up repeated 1.4; with powers of 1, under which the average
 * lags, 1.2; with 0.75 TV^2 forgotten 1.2. Whether the rate's clock starts again makes no difference. Forgetting is for
 * the change of everything: after 12,000 steps on spirals, 300 on eight Gaussians (TV 0.73) end at an error of 0.106
 * with it and of 0.116 without. Powers leave a small edit small, and many small ones about as large as their sum. */
void trainer_retarget(Trainer *t, const Target *target)
{
    double variation = variation_between(t->target, target);
    double kept = pow(1.0 - variation, CLOCK_POWER);
    TrainerClocks *clocks = &t->state->clocks;
    clocks->rate = fmax(kept * clocks->rate, fmin(clocks->rate, OPTIM_WARM));
    clocks->average *= kept;
    clocks->settled *= kept;
    forget(t, FORGOTTEN * variation * variation);
    t->target = target;
    t->state->batch.drawn_from = NULL;
}

void trainer_judge(Trainer *t, const Target *judge)
{
    t->judge = judge;
}

/* When full, every other entry goes and the stride doubles: the whole run at one resolution, in one piece of memory. */
static void add_to_history(TrainerStatistics *s)
{
    if (s->steps % s->history_stride != 0)
        return;
    if (s->history_count == TRAINER_HISTORY) {
        for (size_t i = 0; i < TRAINER_HISTORY / 2; i++)
            memcpy(s->history[i], s->history[2 * i], sizeof s->history[i]);
        s->history_count = TRAINER_HISTORY / 2;
        s->history_stride *= 2;
    }
    s->history[s->history_count][0] = (float)s->loss;
    s->history[s->history_count][1] = (float)s->floor;
    s->history_count++;
}

static void measure(Trainer *t, double loss)
{
    TrainerStatistics *s = &t->statistics;
    if (s->steps % MEASURE_STRIDE != 0)
        return;
    double population = objective_floor(t->target, &t->state->batch);
    bool other = t->judge && t->judge != t->target;
    double floor = other ? objective_floor(t->judge, &t->state->batch) : population;
    double blend = 1.0 / fmin((double)++t->state->clocks.measured, MEASURE_HORIZON);
    s->loss += blend * (loss - s->loss);
    s->floor += blend * (floor - s->floor);
    s->population_floor += blend * (population - s->population_floor);
    add_to_history(s);
}

static void diverge(Trainer *t)
{
    copy_plane(t, PLANE_NET, PLANE_GOOD);
    copy_plane(t, PLANE_AVERAGE, PLANE_GOOD_AVERAGE);
    forget_moments(t);
    t->statistics.diverged = true;
}

static void apply(Trainer *t)
{
    TrainerClocks *clocks = &t->state->clocks;
    OptimBlock block = {.parameter = t->net.parameter,
                        .average = t->average.parameter,
                        .mean = plane(t, PLANE_MEAN),
                        .square = plane(t, PLANE_SQUARE),
                        .gradient = plane(t, PLANE_GRADIENT),
                        .count = t->net.count};
    optim_step(&block, (OptimStep){.rate = optim_rate(t->options.rate, clocks->rate, t->options.budget),
                                   .decay = optim_decay(clocks->average),
                                   .memory = optim_memory(clocks->settled),
                                   .moments = ++clocks->moments});
    clocks->rate += 1.0;
    clocks->average = fmin(clocks->average + 1.0, OPTIM_AVERAGED);
    clocks->settled = fmin(clocks->settled + 1.0, OPTIM_SETTLED);
}

/* The average is made from the weights and these from the gradient: whatever is not finite shows in it. */
void trainer_step(Trainer *t)
{
    if (t->statistics.diverged)
        return;
    uint64_t step = t->statistics.steps;
    objective_draw(t->target, step, &t->state->batch);
    memset(plane(t, PLANE_GRADIENT), 0, t->net.count * sizeof(float));
    double loss = objective_gradient(&t->state->batch, &t->net, &t->state->workspace, plane(t, PLANE_GRADIENT));
    double size = fabs(loss) / t->state->batch.idle;
    if (step % GOOD_STRIDE == 0 && size < LOSS_GOOD)
        keep_good(t);
    apply(t);
    if (!(size < LOSS_DIVERGED) || !optim_finite(t->average.parameter, t->average.count)) {
        diverge(t);
        return;
    }
    measure(t, loss);
    t->statistics.steps++;
}

static size_t saved_planes_size(NetShape shape)
{
    return TRAINER_PLANES * stride_of(shape) * sizeof(float);
}

static size_t block_size(NetShape shape)
{
    return sizeof(TrainerOptions) + sizeof(TrainerStatistics) + sizeof(TrainerClocks) + saved_planes_size(shape);
}

size_t trainer_state_size(const Trainer *t)
{
    return block_size(t->options.shape);
}

TrainerBlock trainer_block(void *bytes, NetShape shape)
{
    unsigned char *at = bytes;
    TrainerBlock b = {.options = bytes};
    b.statistics = (TrainerStatistics *)(void *)(at += sizeof *b.options);
    b.clocks = (TrainerClocks *)(void *)(at += sizeof *b.statistics);
    b.plane[0] = (float *)(void *)(at + sizeof *b.clocks);
    for (size_t i = 1; i < TRAINER_PLANES; i++)
        b.plane[i] = b.plane[i - 1] + stride_of(shape);
    return b;
}

void *trainer_block_create(const TrainerOptions *options)
{
    void *bytes = calloc(1, block_size(options->shape));
    if (!bytes)
        return NULL;
    TrainerBlock b = trainer_block(bytes, options->shape);
    b.options->seed = options->seed;
    set_shape(&b.options->shape, &options->shape);
    set_options(b.options, options);
    b.statistics->history_stride = MEASURE_STRIDE;
    b.clocks->settled = OPTIM_SETTLED;
    return bytes;
}

void trainer_save(const Trainer *t, void *bytes)
{
    unsigned char *to = bytes;
    memcpy(to, &t->options, sizeof t->options);
    memcpy(to += sizeof t->options, &t->statistics, sizeof t->statistics);
    memcpy(to += sizeof t->statistics, &t->state->clocks, sizeof t->state->clocks);
    memcpy(to + sizeof t->state->clocks, t->state->block, saved_planes_size(t->options.shape));
}

void trainer_restore(Trainer *t, const void *bytes)
{
    const unsigned char *from = bytes;
    TrainerOptions options;
    memcpy(&options, from, sizeof options);
    t->options.seed = options.seed;
    trainer_configure(t, &options);
    memcpy(&t->statistics, from += sizeof options, sizeof t->statistics);
    memcpy(&t->state->clocks, from += sizeof t->statistics, sizeof t->state->clocks);
    memcpy(t->state->block, from + sizeof t->state->clocks, saved_planes_size(t->options.shape));
}
