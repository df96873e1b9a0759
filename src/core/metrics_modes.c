#include "core/metrics_modes.h"

#include "core/component.h"

#include <math.h>

static const double TOUCH = 1e-9; /* boxes side by side meet in rounded numbers */

/* How far a smoothed component goes from its centre along a unit vector. */
static double extent(const Component *c, double sigma, const double along[2])
{
    if (c->kind == COMPONENT_BOX)
        return c->half[0] * fabs(along[0]) + c->half[1] * fabs(along[1]);
    double variance =
        along[0] * along[0] * c->cov[0] + 2.0 * along[0] * along[1] * c->cov[1] + along[1] * along[1] * c->cov[2];
    return METRICS_QUALITY_STD * sqrt(fmax(variance, 0.0) + sigma * sigma);
}

/* A line between two convex shapes, across the way between their centres or across an axis, keeps them apart. */
static bool apart(const Component *a, const Component *b, double sigma)
{
    double dx = b->mean[0] - a->mean[0], dy = b->mean[1] - a->mean[1], way = hypot(dx, dy);
    if (way <= 0.0)
        return false;
    const double across[3][2] = {{dx / way, dy / way}, {1.0, 0.0}, {0.0, 1.0}};
    for (int k = 0; k < 3; k++) {
        double gap = fabs(across[k][0] * dx + across[k][1] * dy);
        if (gap * (1.0 + TOUCH) >= extent(a, sigma, across[k]) + extent(b, sigma, across[k]))
            return true;
    }
    return false;
}

static bool recognisable(const Component *c, double sigma)
{
    if (c->kind == COMPONENT_BOX)
        return METRICS_QUALITY_STD * sigma <= fmin(c->half[0], c->half[1]);
    return c->factor[0] > 0.0 && c->factor[2] > 0.0;
}

bool metrics_has_modes(const Mixture *m, double sigma)
{
    if (m->count > METRICS_MODES)
        return false;
    for (size_t i = 0; i < m->count; i++) {
        if (!recognisable(&m->component[i], sigma))
            return false;
        for (size_t j = 0; j < i; j++)
            if (!apart(&m->component[i], &m->component[j], sigma))
                return false;
    }
    return true;
}

size_t metrics_likeliest(const Mixture *m, double sigma, const double x[2])
{
    size_t best = 0;
    double highest = -HUGE_VAL;
    for (size_t k = 0; k < m->count; k++) {
        double weighted = component_at(&m->component[k], sigma, x).log_density + log(m->component[k].weight);
        if (weighted > highest) {
            highest = weighted;
            best = k;
        }
    }
    return best;
}

static bool of_high_quality(const Component *c, const double x[2])
{
    double dx = x[0] - c->mean[0], dy = x[1] - c->mean[1];
    if (c->kind == COMPONENT_BOX)
        return fabs(dx) <= c->half[0] && fabs(dy) <= c->half[1];
    double u = dx / c->factor[0], v = (dy - c->factor[1] * u) / c->factor[2];
    return u * u + v * v <= METRICS_QUALITY_STD * METRICS_QUALITY_STD;
}

void metrics_mode_shares(const Mixture *m, double sigma, const float *x, size_t n, ModeShares *out)
{
    size_t members[METRICS_MODES] = {0}, good[METRICS_MODES] = {0}, all_good = 0;
    *out = (ModeShares){.count = m->count};
    for (size_t i = 0; i < n; i++) {
        double at[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        size_t k = metrics_likeliest(m, sigma, at);
        members[k]++;
        good[k] += of_high_quality(&m->component[k], at);
    }
    for (size_t k = 0; k < m->count; k++) {
        double p = (double)members[k] / (double)n;
        out->weight[k] = p;
        out->standard_error[k] = sqrt(p * (1.0 - p) / (double)n);
        out->reverse_kl += p > 0.0 ? p * log(p / m->component[k].weight) : 0.0;
        out->found += good[k] > 0;
        all_good += good[k];
    }
    out->high_quality = (double)all_good / (double)n;
}

double metrics_perfect_quality(const Mixture *m)
{
    double share = 0.0, gaussian = -expm1(-0.5 * METRICS_QUALITY_STD * METRICS_QUALITY_STD);
    for (size_t k = 0; k < m->count; k++)
        share += m->component[k].weight * (m->component[k].kind == COMPONENT_BOX ? 1.0 : gaussian);
    return share;
}
