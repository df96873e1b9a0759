/* What the likelihood of 4,096 points costs and how far it is from that of the finest tolerance, for the exact field
 * and for one that was learned for some seconds, on one core's own time. Then how many points a second both fields
 * answer with and without the divergence. The goal is 2 s for a learned field with errors of 1e-3 nats. */
#include "core/likelihood.h"
#include "core/trainer.h"

#include "windows.h"

#include <math.h>
#include <stdio.h>

enum { POINTS = 4096, STEPS = 3000 };

static const double FINEST = 1e-6;

typedef struct Case {
    const char *name;
    FieldSource field;
    const Target *target;
    float *x, *score, *divergence; /* [POINTS][2], [POINTS][2], [POINTS] */
} Case;

static void evaluate(void *context)
{
    Case *c = context;
    c->field.evaluate(c->field.context, c->x, (float)c->target->frame.std, POINTS, c->score);
}

static void diverge(void *context)
{
    Case *c = context;
    c->field.diverge(c->field.context, c->x, (float)c->target->frame.std, POINTS, c->score, c->divergence);
}

static void measure_field(Case *c)
{
    double plain[WINDOWS], cost[WINDOWS];
    for (size_t w = 0; w < WINDOWS; w++) {
        double both = POINTS * rate_of(diverge, c);
        plain[w] = POINTS * rate_of(evaluate, c);
        cost[w] = plain[w] / both;
    }
    Summary p = summary_of(plain, WINDOWS), r = summary_of(cost, WINDOWS);
    printf("field       %-8s %6.2f M points/s   with the divergence %.2f times as long\n", c->name, p.median * 1e-6,
           r.median);
}

static void measure_tolerance(Case *c, double tolerance, const double *finest, double *log_density)
{
    static float scratch[LIKELIHOOD_CHUNK * RK45_SCRATCH] __attribute__((aligned(16)));
    Likelihood l = {.field = &c->field,
                    .moments = &c->target->mixture,
                    .from = c->target->sigma_min,
                    .to = c->target->sigma_max,
                    .tolerance = tolerance,
                    .scratch = scratch};
    double start = own_time_s(), square = 0, worst = 0;
    uint64_t evaluations = likelihood(&l, c->x, POINTS, log_density);
    double spent = own_time_s() - start;
    for (size_t i = 0; i < POINTS; i++) {
        double error = fabs(log_density[i] - finest[i]);
        square += error * error / POINTS;
        worst = fmax(worst, error);
    }
    printf("likelihood  %-8s tolerance %.0e  %4.2f s for %d points  %5.1f evaluations a point   error rms %.1e  most "
           "%.1e nats\n",
           c->name, tolerance, spent, POINTS, (double)evaluations / POINTS, sqrt(square), worst);
}

static void bench(Case *c)
{
    static const double tolerances[] = {1e-5, LIKELIHOOD_TOLERANCE, 1e-4, 1e-3};
    static double finest[POINTS], log_density[POINTS];
    measure_tolerance(c, FINEST, finest, finest);
    for (size_t i = 0; i < sizeof tolerances / sizeof *tolerances; i++)
        measure_tolerance(c, tolerances[i], finest, log_density);
    measure_field(c);
}

static bool bench_learned(Case *c)
{
    TrainerOptions options = trainer_defaults();
    NetWorkspace workspace = {0};
    Trainer t;
    bool fine = trainer_init(&t, &options, c->target);
    if (fine) {
        FieldLearned learned = {&t.average, &c->target->frame, &workspace};
        for (int i = 0; i < STEPS; i++)
            trainer_step(&t);
        c->field = field_learned(&learned);
        bench(c);
    }
    trainer_free(&t);
    net_workspace_free(&workspace);
    return fine;
}

int main(void)
{
    static float x[2 * POINTS], score[2 * POINTS], divergence[POINTS];
    Target target;
    bool fine = target_init(&target, 0);
    if (fine) {
        mixture_sample(&target.mixture, (Rng){1, STREAM_TEST}, 0, 0, POINTS, x);
        bench(&(Case){"exact", field_exact(&target.mixture), &target, x, score, divergence});
        fine = bench_learned(&(Case){"learned", {0}, &target, x, score, divergence});
    }
    target_free(&target);
    return fine ? 0 : 1;
}
