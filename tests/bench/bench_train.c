/* Training steps and evaluations a second of one core's own time, against OpenBLAS's own 1024^3 product in interleaved
 * windows of the same run: a busy neighbour slows both, so the ratio stands where the rates do not (docs: 900 steps/s
 * at a batch of 256 with stable targets; the ratio counts the flops of the layers' products alone). */
#include "core/dense.h"
#include "core/features.h"
#include "core/objective.h"

#include "windows.h"

#include <stdio.h>

enum { PRODUCT = 1024, POINTS = 4096 };

typedef struct Product {
    float *x, *y;
    Dense dense;
} Product;

static void multiply(void *context)
{
    Product *p = context;
    dense_multiply(&p->dense, p->x, PRODUCT, p->y);
}

static const double PRODUCT_FLOP = 2.0 * PRODUCT * PRODUCT * PRODUCT;

static bool product_init(Product *p)
{
    size_t n = (size_t)PRODUCT * PRODUCT;
    float *memory = malloc(3 * n * sizeof *memory);
    if (!memory)
        return false;
    rng_normals((Rng){1, STREAM_TEST}, 0, 0, n, memory);
    *p = (Product){memory, memory + 2 * n, {.in = PRODUCT, .out = PRODUCT, .weight = memory + n}};
    return true;
}

static void step(void *context)
{
    trainer_step(context);
}

/* Products only: forward, weight gradients, and input gradients of all layers but the first, for every point and every
 * derivative that is asked for. */
static double step_flop(const TrainerOptions *o)
{
    NetShape shape = o->shape;
    double width = shape.width, hidden = (shape.depth - 1) * width * width + 2.0 * width;
    double first = (FEATURES_PLACE + FEATURES_LEVEL) * width;
    return (double)(1 + objective_tangents(o->objective)) * o->batch * (4.0 * first + 6.0 * hidden);
}

static bool bench_step(const Target *target, Product *product, const TrainerOptions *options, const char *what)
{
    Trainer t;
    if (!trainer_init(&t, options, target))
        return false;
    double steps[WINDOWS], ratio[WINDOWS];
    rate_of(step, &t); /* warms up */
    for (size_t w = 0; w < WINDOWS; w++) {
        steps[w] = rate_of(step, &t);
        ratio[w] = steps[w] * step_flop(options) / (rate_of(multiply, product) * PRODUCT_FLOP);
    }
    Summary s = summary_of(steps, WINDOWS), r = summary_of(ratio, WINDOWS);
    printf("train  B = %4d  %-10s  %6.0f steps/s (best %6.0f)   of sgemm 1024^3: %.2f (best %.2f)\n", options->batch,
           what, s.median, s.most, r.median, r.most);
    trainer_free(&t);
    return true;
}

static bool bench_sources(const Target *target, Product *product)
{
    static const int batch[] = {128, 256, 512, 2048};
    bool fine = true;
    for (TargetSource source = TARGET_SINGLE; source <= TARGET_REFERENCES; source++)
        for (size_t i = 0; i < sizeof batch / sizeof *batch; i++) {
            TrainerOptions options = trainer_defaults();
            options.batch = batch[i];
            options.source = source;
            fine = fine && bench_step(target, product, &options, target_source_info(source)->name);
        }
    return fine;
}

static bool bench_objectives(const Target *target, Product *product)
{
    bool fine = true;
    for (Objective objective = 0; objective < OBJECTIVE_COUNT; objective++) {
        TrainerOptions options = trainer_defaults();
        options.objective = objective;
        fine = fine && bench_step(target, product, &options, objective_info(objective)->name);
    }
    for (Activation activation = 0; activation < ACTIVATION_COUNT; activation++) {
        TrainerOptions options = trainer_defaults();
        options.shape.activation = activation;
        fine = fine && bench_step(target, product, &options, activation_info(activation)->name);
    }
    return fine;
}

typedef struct Query {
    Net net;
    Frame frame;
    NetWorkspace workspace;
    float *x, *score;
} Query;

static void evaluate(void *context)
{
    Query *q = context;
    net_score(&q->net, &q->frame, &q->workspace, q->x, 0.3f, POINTS, q->score);
}

static bool bench_score(const Target *target, Product *product)
{
    static float x[2 * POINTS], score[2 * POINTS];
    Query q = {.frame = target->frame, .x = x, .score = score};
    if (!net_init(&q.net, trainer_defaults().shape, 1))
        return false;
    rng_normals((Rng){2, STREAM_TEST}, 0, 0, POINTS, x);
    NetShape shape = q.net.shape;
    double flop = 2.0 * shape.width * (FEATURES_PLACE + (shape.depth - 1) * shape.width + 2.0);
    double points[WINDOWS], ratio[WINDOWS];
    for (size_t w = 0; w < WINDOWS; w++) {
        points[w] = POINTS * rate_of(evaluate, &q);
        ratio[w] = points[w] * flop / (rate_of(multiply, product) * PRODUCT_FLOP);
    }
    Summary p = summary_of(points, WINDOWS), r = summary_of(ratio, WINDOWS);
    printf("score  n = %4d              %6.2f M/s (best %.2f)            of sgemm 1024^3: %.2f (best %.2f)\n", POINTS,
           p.median * 1e-6, p.most * 1e-6, r.median, r.most);
    net_free(&q.net);
    net_workspace_free(&q.workspace);
    return true;
}

int main(void)
{
    Target target;
    Product product;
    if (!target_init(&target, 0) || !product_init(&product))
        return 1;
    bool fine =
        bench_score(&target, &product) && bench_sources(&target, &product) && bench_objectives(&target, &product);
    free(product.x);
    target_free(&target);
    return fine ? 0 : 1;
}
