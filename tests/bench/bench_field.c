/* Points a second of the exact score through the tree, for a curve, a painted grid and as many points as can be dropped
 * on the window or loaded, against the plain sum over all components in interleaved windows of the same run. A pair of
 * the tree is a component or node that meets a point, whether or not it counts in the end; the design's goals are at
 * most 1,000 a point, and a billion a second. */
#include "core/target.h"
#include "core/vector.h"

#include "windows.h"

#include <math.h>
#include <stdio.h>

enum { POINTS = 1024, SIDE = 256, DROPPED = 100000, LOADED = 1000000 };

/* Component k at sigma, as ln density = constant - (a dx^2 + b dx dy + c dy^2). */
typedef struct Direct {
    float *x, *y, *a, *b, *c, *constant; /* [count] */
    size_t count;
} Direct;

typedef struct Case {
    const Mixture *m;
    float sigma;
    Direct direct;
    float *x;                   /* [POINTS][2] */
    float *score, *log_density; /* [POINTS][2], [POINTS]: the tree's */
    float *sums;                /* [POINTS][3]: the plain sum's density and gradient, relative to the tree's density */
    uint32_t *pairs;            /* [POINTS]: the tree's */
    size_t next;                /* the plain sum's next point */
} Case;

static void evaluate(void *context)
{
    Case *c = context;
    mixture_evaluate(c->m, c->sigma, c->x, POINTS,
                     (MixtureOutput){.score = c->score, .log_density = c->log_density, .pairs = c->pairs});
}

/* Knows the largest exponent beforehand, from the tree: a pass less than it would need alone. */
static CORE_CLONES
void sum_directly(const Direct *d, const float at[2], float top, float sums[3])
{
    float density = 0.0f, x = 0.0f, y = 0.0f;
    enum { LANES = 16 };
    float part[3][LANES] = {{0}};
    for (size_t k = 0; k + LANES <= d->count; k += LANES)
        for (size_t l = 0; l < LANES; l++) {
            float dx = d->x[k + l] - at[0], dy = d->y[k + l] - at[1];
            float ax = d->a[k + l] * dx + d->b[k + l] * dy, ay = d->b[k + l] * dx + d->c[k + l] * dy;
            float weight = vector_exp(d->constant[k + l] - top - 0.5f * (ax * dx + ay * dy));
            part[0][l] += weight;
            part[1][l] += weight * ax;
            part[2][l] += weight * ay;
        }
    for (size_t l = 0; l < LANES; l++) {
        density += part[0][l];
        x += part[1][l];
        y += part[2][l];
    }
    sums[0] = density;
    sums[1] = x;
    sums[2] = y;
}

static void evaluate_directly(void *context)
{
    Case *c = context;
    size_t i = c->next++ % POINTS;
    sum_directly(&c->direct, c->x + 2 * i, c->log_density[i], c->sums + 3 * i);
}

static void fill_direct(Direct *d, const Mixture *m, double sigma)
{
    for (size_t k = 0; k < d->count; k++) {
        const Component *c = &m->component[k];
        double xx = c->cov[0] + sigma * sigma, xy = c->cov[1], yy = c->cov[2] + sigma * sigma;
        double determinant = xx * yy - xy * xy;
        d->x[k] = (float)c->mean[0];
        d->y[k] = (float)c->mean[1];
        d->a[k] = (float)(yy / determinant);
        d->b[k] = (float)(-xy / determinant);
        d->c[k] = (float)(xx / determinant);
        d->constant[k] = (float)(log(c->weight) - 0.5 * log(determinant) - log(2.0 * M_PI));
    }
}

static void draw_points(Case *c)
{
    static float noise[2 * POINTS];
    Rng rng = {1, STREAM_TEST};
    mixture_sample(c->m, rng, 0, 0, POINTS, c->x);
    rng_normals(rng, 1, 0, POINTS, noise);
    for (size_t i = 0; i < 2 * POINTS; i++)
        c->x[i] += c->sigma * noise[i];
}

static double mean_pairs(const Case *c)
{
    double sum = 0.0;
    for (size_t i = 0; i < POINTS; i++)
        sum += c->pairs[i];
    return sum / POINTS;
}

static void measure(const char *name, Case *c)
{
    double points[WINDOWS], pairs[WINDOWS], ratio[WINDOWS];
    evaluate(c);
    for (size_t w = 0; w < WINDOWS; w++) {
        double direct = rate_of(evaluate_directly, c);
        points[w] = POINTS * rate_of(evaluate, c);
        pairs[w] = direct * (double)c->m->count;
        ratio[w] = points[w] / direct;
    }
    Summary p = summary_of(points, WINDOWS), r = summary_of(ratio, WINDOWS), k = summary_of(pairs, WINDOWS);
    double each = mean_pairs(c);
    printf("exact  %-8s K = %7zu  sigma = %4.2f std  %6.3f M points/s (best %6.3f)   %4.0f pairs/point   "
           "%.2f G pairs/s (best %.2f)   of a plain sum: %7.1f at %.2f G pairs/s\n",
           name, c->m->count, (double)c->sigma / c->m->std, p.median * 1e-6, p.most * 1e-6, each,
           p.median * each * 1e-9, p.most * each * 1e-9, r.median, k.median * 1e-9);
}

static bool bench(const char *name, const Mixture *m)
{
    static const double sigmas[] = {0.03, 0.16, 0.3, 3.0};
    static float x[2 * POINTS], score[2 * POINTS], log_density[POINTS], sums[3 * POINTS];
    static uint32_t pairs[POINTS];
    size_t n = m->count;
    float *plane = malloc(6 * n * sizeof *plane);
    if (!plane)
        return false;
    Direct direct = {plane, plane + n, plane + 2 * n, plane + 3 * n, plane + 4 * n, plane + 5 * n, n};
    for (size_t i = 0; i < sizeof sigmas / sizeof *sigmas; i++) {
        Case c = {.m = m,
                  .sigma = (float)(sigmas[i] * m->std),
                  .direct = direct,
                  .x = x,
                  .score = score,
                  .log_density = log_density,
                  .sums = sums,
                  .pairs = pairs};
        fill_direct(&direct, m, (double)c.sigma);
        draw_points(&c);
        measure(name, &c);
    }
    free(plane);
    return true;
}

static size_t paint(Component *out)
{
    const double side = 6.0 / SIDE, std = 0.7 * side;
    for (size_t k = 0; k < (size_t)SIDE * SIDE; k++) {
        double x = ((double)(k % SIDE) + 0.5) * side - 3.0, y = ((double)(k / SIDE) + 0.5) * side - 3.0;
        out[k] = (Component){.weight = 0.02 + fmax(sin(3.0 * x) * cos(2.0 * y), 0.0),
                             .mean = {x, y},
                             .cov = {std * std, 0.0, std * std}};
    }
    return (size_t)SIDE * SIDE;
}

static size_t drop(const Mixture *from, size_t n, Component *out)
{
    for (size_t k = 0; k < n; k++) {
        float x[2];
        mixture_sample(from, (Rng){2, STREAM_TEST}, 0, k, 1, x);
        out[k] = (Component){.weight = 1.0, .mean = {(double)x[0], (double)x[1]}};
    }
    return n;
}

static bool bench_components(const char *name, const Component *component, size_t n)
{
    Mixture m;
    bool fine = mixture_init(&m, component, n) && bench(name, &m);
    mixture_free(&m);
    return fine;
}

int main(void)
{
    Target spirals;
    Component *component = calloc(LOADED, sizeof *component);
    bool fine = component && target_init(&spirals, 0) && bench("spirals", &spirals.mixture) &&
                bench_components("painting", component, paint(component)) &&
                bench_components("points", component, drop(&spirals.mixture, DROPPED, component)) &&
                bench_components("points", component, drop(&spirals.mixture, LOADED, component));
    free(component);
    target_free(&spirals);
    return fine ? 0 : 1;
}
