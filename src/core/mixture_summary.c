#include "core/mixture_summary.h"

#include <math.h>

void summary_eigen(const double cov[3], double value[2], double *angle)
{
    double half = 0.5 * (cov[0] - cov[2]);
    value[0] = 0.5 * (cov[0] + cov[2]) + hypot(half, cov[1]);
    value[1] = value[0] > 0.0 ? fmax((cov[0] * cov[2] - cov[1] * cov[1]) / value[0], 0.0) : 0.0;
    *angle = 0.5 * atan2(cov[1], half);
}

static double frobenius_square(const double cov[3])
{
    return cov[0] * cov[0] + 2.0 * cov[1] * cov[1] + cov[2] * cov[2];
}

Summary summary_of_component(const Component *c, const double centre[2], double unit)
{
    Summary s = {.weight = c->weight};
    for (int axis = 0; axis < 2; axis++)
        s.mean[axis] = s.low[axis] = s.high[axis] = (c->mean[axis] - centre[axis]) / unit;
    for (int i = 0; i < 3; i++)
        s.cov[i] = s.within[i] = c->cov[i] / (unit * unit);
    s.square = frobenius_square(s.cov);
    double value[2], angle;
    summary_eigen(s.cov, value, &angle);
    s.wide[0] = s.cov[0];
    s.wide[1] = s.cov[2];
    s.widest = value[0];
    s.least[0] = value[0];
    s.least[1] = value[1];
    return s;
}

static void find_mean(Summary *s, const Summary *child, size_t n)
{
    for (size_t k = 0; k < n; k++)
        s->weight += child[k].weight;
    for (size_t k = 0; k < n; k++)
        for (int axis = 0; axis < 2; axis++)
            s->mean[axis] += child[k].weight / s->weight * child[k].mean[axis];
}

static void grow(Summary *s, const Summary *child)
{
    for (int axis = 0; axis < 2; axis++) {
        s->low[axis] = fmin(s->low[axis], child->low[axis]);
        s->high[axis] = fmax(s->high[axis], child->high[axis]);
        s->wide[axis] = fmax(s->wide[axis], child->wide[axis]);
        s->least[axis] = fmin(s->least[axis], child->least[axis]);
    }
    s->widest = fmax(s->widest, child->widest);
}

/* Moments of the components' means about the parent's mean, from those about the child's. */
static void add_steep(Summary *s, const Summary *c, double share, const double d[2])
{
    double between[3];
    for (int i = 0; i < 3; i++)
        between[i] = c->cov[i] - c->within[i];
    double square = d[0] * d[0] + d[1] * d[1], trace = between[0] + between[2];
    double bd[2] = {between[0] * d[0] + between[1] * d[1], between[1] * d[0] + between[2] * d[1]};
    for (int axis = 0; axis < 2; axis++)
        s->lean[axis] += share * (c->lean[axis] + d[axis] * trace + 2.0 * bd[axis] + d[axis] * square);
    s->steep += share * (c->steep + 4.0 * (d[0] * bd[0] + d[1] * bd[1]) + square * square +
                         4.0 * (d[0] * c->lean[0] + d[1] * c->lean[1]) + 2.0 * trace * square);
}

/* to += factor * (a a), symmetrised: three terms of each kind. */
static void add_square(const double a[3], double factor, double to[5])
{
    to[0] += 3.0 * factor * a[0] * a[0];
    to[1] += 3.0 * factor * a[0] * a[1];
    to[2] += factor * (a[0] * a[2] + 2.0 * a[1] * a[1]);
    to[3] += 3.0 * factor * a[1] * a[2];
    to[4] += 3.0 * factor * a[2] * a[2];
}

/* The fourth moment about the parent's mean: k4 + 4 k3 d + 3 (k2 + d d)^2 - 2 d^4, each symmetrised. */
static void add_fourth(Summary *s, const Summary *c, double share, const double d[2], const double outer[3])
{
    const double *t = c->third;
    const double lean[5] = {4.0 * t[0] * d[0], t[0] * d[1] + 3.0 * t[1] * d[0], 2.0 * (t[1] * d[1] + t[2] * d[0]),
                            3.0 * t[2] * d[1] + t[3] * d[0], 4.0 * t[3] * d[1]};
    for (int i = 0; i < 5; i++)
        s->fourth[i] += share * (c->fourth[i] + lean[i]);
    add_square((double[]){c->cov[0] + outer[0], c->cov[1] + outer[1], c->cov[2] + outer[2]}, share, s->fourth);
    add_square(outer, -2.0 / 3.0 * share, s->fourth);
}

static void add_moments(Summary *s, const Summary *c)
{
    double share = c->weight / s->weight;
    double d[2] = {c->mean[0] - s->mean[0], c->mean[1] - s->mean[1]};
    double outer[3] = {d[0] * d[0], d[0] * d[1], d[1] * d[1]};
    for (int i = 0; i < 3; i++) {
        s->cov[i] += share * (c->cov[i] + outer[i]);
        s->within[i] += share * c->within[i];
    }
    s->square += share * c->square;
    s->third[0] += share * (c->third[0] + 3.0 * c->cov[0] * d[0] + outer[0] * d[0]);
    s->third[1] += share * (c->third[1] + c->cov[0] * d[1] + 2.0 * c->cov[1] * d[0] + outer[0] * d[1]);
    s->third[2] += share * (c->third[2] + c->cov[2] * d[0] + 2.0 * c->cov[1] * d[1] + outer[2] * d[0]);
    s->third[3] += share * (c->third[3] + 3.0 * c->cov[2] * d[1] + outer[2] * d[1]);
    add_fourth(s, c, share, d, outer);
    add_steep(s, c, share, d);
}

Summary summary_of_children(const Summary *child, size_t n)
{
    Summary s = {.low = {HUGE_VAL, HUGE_VAL}, .high = {-HUGE_VAL, -HUGE_VAL}, .least = {HUGE_VAL, HUGE_VAL}};
    find_mean(&s, child, n);
    for (size_t k = 0; k < n; k++) {
        grow(&s, &child[k]);
        add_moments(&s, &child[k]);
    }
    add_square(s.cov, -1.0, s.fourth);
    return s;
}

double summary_spread(const Summary *s)
{
    double variation = s->square - frobenius_square(s->within);
    return sqrt(fmax(s->steep, 0.0)) + 3.0 * sqrt(fmax(variation, 0.0));
}
