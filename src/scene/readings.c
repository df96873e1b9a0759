#include "scene/readings.h"

#include "core/component.h"

#include <math.h>
#include <string.h>

/* Standard deviations beyond which a normal is over: it has 2e-9 left there. */
static const double FAR = 6;

static size_t asked(size_t n)
{
    return n < READINGS_PARTICLES ? n : READINGS_PARTICLES;
}

/* A mode to be asked quickly: ln(weight density) is height less half a quadratic form for a Gaussian; less half the
 * squared distance in sigmas, or more, for a box. */
typedef struct Mode {
    const Component *component;
    bool box;
    double inverse[3], height;
} Mode;

static Mode mode_of_component(const Component *c, double sigma)
{
    double xx = c->cov[0] + sigma * sigma, xy = c->cov[1], yy = c->cov[2] + sigma * sigma;
    double determinant = xx * yy - xy * xy;
    if (c->kind == COMPONENT_BOX)
        return (Mode){.component = c,
                      .box = true,
                      .inverse = {1 / (sigma * sigma), 0, 1 / (sigma * sigma)},
                      .height = log(c->weight / (4 * c->half[0] * c->half[1]))};
    return (Mode){.component = c,
                  .inverse = {yy / determinant, -xy / determinant, xx / determinant},
                  .height = log(c->weight / (2 * M_PI)) - 0.5 * log(determinant)};
}

/* What ln(weight density) is for a Gaussian, and at most for a box. */
static double bound_at(const Mode *mode, const double x[2])
{
    const Component *c = mode->component;
    const double *p = mode->inverse;
    double dx = x[0] - c->mean[0], dy = x[1] - c->mean[1];
    if (mode->box) {
        dx = fmax(fabs(dx) - c->half[0], 0);
        dy = fmax(fabs(dy) - c->half[1], 0);
    }
    return mode->height - 0.5 * (p[0] * dx * dx + 2 * p[1] * dx * dy + p[2] * dy * dy);
}

static double value_at(const Mode *mode, double sigma, const double x[2], double bound)
{
    return mode->box ? log(mode->component->weight) + component_at(mode->component, sigma, x).log_density : bound;
}

/* The one with the largest posterior (metrics_modes.h). Boxes are dear, so only those are asked that may be it. */
static size_t mode_at(const Mode *mode, size_t count, double sigma, const double x[2])
{
    double bound[METRICS_MODES];
    size_t best = 0;
    for (size_t k = 0; k < count; k++)
        bound[k] = bound_at(&mode[k], x);
    for (size_t k = 1; k < count; k++)
        best = bound[k] > bound[best] ? k : best;
    size_t first = best;
    double highest = value_at(&mode[first], sigma, x, bound[first]);
    for (size_t k = 0; k < count; k++) {
        double value = k != first && bound[k] > highest ? value_at(&mode[k], sigma, x, bound[k]) : -HUGE_VAL;
        if (value > highest) {
            highest = value;
            best = k;
        }
    }
    return best;
}

static void describe_modes(const Mixture *m, double sigma, Mode mode[METRICS_MODES], ModeReading *out)
{
    out->count = m->count;
    for (size_t k = 0; k < m->count; k++) {
        mode[k] = mode_of_component(&m->component[k], sigma);
        memcpy(out->at[k], m->component[k].mean, sizeof out->at[k]);
        out->truth[k] = m->component[k].weight;
    }
}

void readings_modes(const Mixture *m, double sigma, const float *x, size_t n, ModeReading *out)
{
    Mode mode[METRICS_MODES];
    size_t members[METRICS_MODES] = {0};
    *out = (ModeReading){0};
    if (!metrics_has_modes(m, sigma))
        return;
    describe_modes(m, sigma, mode, out);
    for (size_t i = 0; i < asked(n); i++) {
        double at[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        if (!isfinite(at[0]) || !isfinite(at[1]))
            continue;
        members[mode_at(mode, m->count, sigma, at)]++;
        out->n++;
    }
    for (size_t k = 0; k < out->count && out->n > 0; k++) {
        double p = (double)members[k] / (double)out->n;
        out->share[k] = p;
        out->standard_error[k] = sqrt(p * (1 - p) / (double)out->n);
    }
}

/* Phi between -FAR and FAR, tabulated for one call: a thousand components and 64 bins are then cheap. */
enum { STEPS = 1024 };
typedef struct Normal {
    double phi[STEPS + 2];
} Normal;

static void tabulate(Normal *table)
{
    for (size_t i = 0; i < STEPS + 2; i++)
        table->phi[i] = 0.5 * erfc(-(2 * FAR * (double)i / STEPS - FAR) * M_SQRT1_2);
}

/* Phi(z) to 5e-6. */
static double normal_below(const Normal *table, double z)
{
    if (fabs(z) >= FAR)
        return z > 0;
    double place = (z + FAR) * (STEPS / (2 * FAR));
    size_t i = (size_t)place;
    return table->phi[i] + (place - (double)i) * (table->phi[i + 1] - table->phi[i]);
}

/* The integral of Phi from far below to z. */
static double normal_integral(double z)
{
    return z * 0.5 * erfc(-z * M_SQRT1_2) + exp(-0.5 * z * z) / sqrt(2 * M_PI);
}

/* One component along an axis. A box is narrow when it is nothing against the noise: then it is a normal of the same
 * variance, to 1e-6. */
typedef struct Line {
    const Normal *table;
    double mean, std, half, sigma; /* half: of a box, 0 for what is a normal */
} Line;

static Line line_of(const Normal *table, const Component *c, int axis, double sigma)
{
    bool box = c->kind == COMPONENT_BOX, narrow = c->half[axis] < sigma / 8;
    double variance = box ? c->half[axis] * c->half[axis] / 3 : c->cov[axis == 0 ? 0 : 2];
    return (Line){table, c->mean[axis], sqrt(variance + sigma * sigma), box && !narrow ? c->half[axis] : 0, sigma};
}

/* Of a box the mean of Phi over its width. */
static double share_below(const Line *l, double edge)
{
    double offset = edge - l->mean;
    if (l->half <= 0)
        return normal_below(l->table, offset / l->std);
    if (fabs(offset) > l->half + FAR * l->sigma)
        return offset > 0;
    double low = normal_integral((offset - l->half) / l->sigma), high = normal_integral((offset + l->half) / l->sigma);
    return (high - low) * l->sigma / (2 * l->half);
}

/* Only the bins that the component reaches are touched: of a narrow one these are few. */
static void add_truth(MarginalReading *r, const Line *l, double weight)
{
    double width = (r->to - r->from) / READINGS_BINS, reach = l->half + FAR * (l->half > 0 ? l->sigma : l->std);
    double first = floor((l->mean - reach - r->from) / width), last = ceil((l->mean + reach - r->from) / width);
    size_t begin = (size_t)fmin(fmax(first, 0), READINGS_BINS), end = (size_t)fmin(fmax(last, 0), READINGS_BINS);
    double below = begin < end ? share_below(l, r->from + (double)begin * width) : 0;
    for (size_t b = begin; b < end; b++) {
        double above = share_below(l, r->from + (double)(b + 1) * width);
        r->truth[b] += weight * (above - below);
        below = above;
    }
}

static void count_particles(MarginalReading *r, int axis, const float *x, size_t n)
{
    size_t members[READINGS_BINS] = {0};
    double bins = READINGS_BINS / (r->to - r->from);
    for (size_t i = 0; i < n; i++) {
        double place = ((double)x[2 * i + (size_t)axis] - r->from) * bins;
        if (!isfinite(place))
            continue;
        r->n++;
        if (place >= 0 && place < READINGS_BINS)
            members[(size_t)place]++;
    }
    for (size_t b = 0; b < READINGS_BINS && r->n > 0; b++)
        r->share[b] = (double)members[b] / (double)r->n;
}

void readings_marginals(const Mixture *m, double sigma, const float *x, size_t n, Rect seen, MarginalReading out[2])
{
    Normal table;
    tabulate(&table);
    for (int axis = 0; axis < 2; axis++) {
        double from = axis == 0 ? seen.x : seen.y, to = from + (axis == 0 ? seen.w : seen.h);
        out[axis] = (MarginalReading){.from = from, .to = to};
        for (size_t k = 0; k < m->count; k++) {
            Line line = line_of(&table, &m->component[k], axis, sigma);
            add_truth(&out[axis], &line, m->component[k].weight);
        }
        count_particles(&out[axis], axis, x, asked(n));
    }
}
