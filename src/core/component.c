#include "core/component.h"

#include <math.h>

static const double HALF_LOG_2PI = 0.91893853320467274178;

static bool all_finite(const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(value[i]))
            return false;
    return true;
}

static bool positive_semidefinite(const double cov[3])
{
    double product = cov[0] * cov[2];
    return cov[0] >= 0.0 && cov[2] >= 0.0 && cov[1] * cov[1] <= product * (1.0 + 1e-12);
}

bool component_valid(const Component *c)
{
    if (!all_finite(&c->weight, 1) || c->weight <= 0.0 || !all_finite(c->mean, 2))
        return false;
    if (c->kind == COMPONENT_BOX)
        return all_finite(c->half, 2) && c->half[0] > 0.0 && c->half[1] > 0.0;
    return all_finite(c->cov, 3) && positive_semidefinite(c->cov);
}

static ComponentValue gaussian_at(const Component *c, double sigma, const double x[2])
{
    double xx = c->cov[0] + sigma * sigma, xy = c->cov[1], yy = c->cov[2] + sigma * sigma;
    double determinant = xx * yy - xy * xy;
    double dx = c->mean[0] - x[0], dy = c->mean[1] - x[1];
    ComponentValue v = {.score = {(yy * dx - xy * dy) / determinant, (xx * dy - xy * dx) / determinant},
                        .laplacian = -(xx + yy) / determinant};
    v.log_density = -0.5 * (dx * v.score[0] + dy * v.score[1]) - 0.5 * log(determinant) - 2.0 * HALF_LOG_2PI;
    return v;
}

/* (1 - Phi(p)) / phi(p) for p >= 0: libm's erfc until its exponential is large, then Laplace's continued fraction. */
static double mills_ratio(double p)
{
    if (p < 5.0)
        return sqrt(M_PI_2) * exp(0.5 * p * p) * erfc(p * M_SQRT1_2);
    double tail = p;
    for (int k = 40; k > 0; k--)
        tail = p + k / tail;
    return 1.0 / tail;
}

/* A standard normal cut to an interval. */
typedef struct TruncatedNormal {
    double log_mass, mean, variance;
} TruncatedNormal;

/* The interval lies p > 1000 deviations off, where the normal is an exponential of rate p to 1e-12. */
static TruncatedNormal truncate_far(double p, double width)
{
    double y = p * width;
    double keep = -expm1(-y);
    double share = exp(-y) / keep;
    return (TruncatedNormal){.log_mass = -0.5 * p * p - HALF_LOG_2PI - log(p) + log(keep),
                             .mean = p + 1.0 / p - width * share,
                             .variance = 1.0 / (p * p) - width * width * share * (1.0 + share)};
}

/* 0 < p: everything is taken relative to the density at p, which may underflow. */
static TruncatedNormal truncate_beside(double p, double q)
{
    double ratio = exp(-0.5 * (q - p) * (q + p)); /* phi(q) / phi(p) */
    double mass = mills_ratio(p) - mills_ratio(q) * ratio;
    double mean = (1.0 - ratio) / mass;
    return (TruncatedNormal){.log_mass = log(mass) - 0.5 * p * p - HALF_LOG_2PI,
                             .mean = mean,
                             .variance = 1.0 + (p - q * ratio) / mass - mean * mean};
}

/* p <= 0 <= q. */
static TruncatedNormal truncate_around(double p, double q)
{
    double mass = 0.5 * (erf(q * M_SQRT1_2) - erf(p * M_SQRT1_2));
    double at_p = exp(-0.5 * p * p - HALF_LOG_2PI), at_q = exp(-0.5 * q * q - HALF_LOG_2PI);
    double mean = (at_p - at_q) / mass;
    return (TruncatedNormal){
        .log_mass = log(mass), .mean = mean, .variance = 1.0 + (p * at_p - q * at_q) / mass - mean * mean};
}

/* Narrower than 1e-4 deviations, where the forms above cancel: p = N(centre; 1 + width^2/12) to O(width^4). */
static TruncatedNormal truncate_narrow(double centre, double width)
{
    double posterior = width * width / 12.0; /* variance that the interval leaves */
    double total = 1.0 + posterior;
    return (TruncatedNormal){.log_mass = log(width) - 0.5 * centre * centre / total - 0.5 * log(total) - HALF_LOG_2PI,
                             .mean = centre / total,
                             .variance = posterior / total};
}

static TruncatedNormal truncate_normal(double centre, double width)
{
    double p = fabs(centre) - 0.5 * width, q = fabs(centre) + 0.5 * width; /* mirrored to the right */
    TruncatedNormal t = width < 1e-4 ? truncate_narrow(fabs(centre), width)
                        : p > 1000.0 ? truncate_far(p, width)
                        : p > 0.0    ? truncate_beside(p, q)
                                     : truncate_around(p, q);
    t.mean = copysign(t.mean, centre);
    return t;
}

/* Per axis, (x0 - x) / sigma given x is a standard normal cut to the box: Tweedie's formulas give the rest. */
static ComponentValue box_at(const Component *c, double sigma, const double x[2])
{
    ComponentValue v = {0};
    for (int axis = 0; axis < 2; axis++) {
        double width = 2.0 * c->half[axis], offset = c->mean[axis] - x[axis];
        v.log_density -= log(width);
        if (sigma > 0.0) {
            TruncatedNormal t = truncate_normal(offset / sigma, width / sigma);
            v.log_density += t.log_mass;
            v.score[axis] = t.mean / sigma;
            v.laplacian += (t.variance - 1.0) / (sigma * sigma);
        } else if (fabs(offset) > c->half[axis]) {
            v.log_density = -HUGE_VAL;
        }
    }
    return v;
}

ComponentValue component_at(const Component *c, double sigma, const double x[2])
{
    return c->kind == COMPONENT_BOX ? box_at(c, sigma, x) : gaussian_at(c, sigma, x);
}

void component_cholesky(const double cov[3], double factor[3])
{
    factor[0] = sqrt(cov[0]);
    factor[1] = cov[0] > 0.0 ? cov[1] / factor[0] : 0.0;
    factor[2] = sqrt(fmax(cov[2] - factor[1] * factor[1], 0.0));
}
