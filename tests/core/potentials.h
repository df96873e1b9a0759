/* potentials.h - the potentials of Rezende and Mohamed (2015) as their paper gives them, p = exp(-U) / Z.
 *
 * U2 to U4 have no end along z1. They are taken on |z1| < 4, which the program makes a soft window: a uniform on [-4,
 * 4] under noise of a quarter, so that Z stays the same.
 */
#ifndef TESTS_CORE_POTENTIALS_H
#define TESTS_CORE_POTENTIALS_H

#include "core/rng.h"

#include <math.h>
#include <stdbool.h>

typedef struct Potential {
    const char *name;
    double (*at)(const double z[2]);
    bool endless;
    double mass, reference; /* Z, and U at (1, 1/2): maths.md section 7 */
} Potential;

static inline double bump(double x, double width)
{
    return exp(-0.5 * (x / width) * (x / width));
}

static inline double w1(const double z[2])
{
    return sin(2 * M_PI * z[0] / 4);
}

static inline double u1(const double z[2])
{
    double ring = (hypot(z[0], z[1]) - 2) / 0.4;
    return 0.5 * ring * ring - log(bump(z[0] - 2, 0.6) + bump(z[0] + 2, 0.6));
}

static inline double u2(const double z[2])
{
    return 0.5 * pow((z[1] - w1(z)) / 0.4, 2);
}

static inline double u3(const double z[2])
{
    double w2 = 3 * bump(z[0] - 1, 0.6);
    return -log(bump(z[1] - w1(z), 0.35) + bump(z[1] - w1(z) + w2, 0.35));
}

static inline double u4(const double z[2])
{
    double w3 = 3 / (1 + exp(-(z[0] - 1) / 0.3));
    return -log(bump(z[1] - w1(z), 0.4) + bump(z[1] - w1(z) + w3, 0.35));
}

static const Potential potentials[] = {{"u1", u1, false, 6.53715, 3.81970},
                                       {"u2", u2, true, 8.02121, 0.781250},
                                       {"u3", u3, true, 14.0371, 1.02041},
                                       {"u4", u4, true, 15.0398, 0.745044}};
enum { POTENTIALS = sizeof potentials / sizeof *potentials };

static inline double soft_window(double z1)
{
    const double ends = 0.25 * M_SQRT2;
    return 0.5 * (erf((z1 + 4) / ends) - erf((z1 - 4) / ends));
}

/* The program's density times Z. */
static inline double potential_density(const Potential *p, const double z[2])
{
    return exp(-p->at(z)) * (p->endless ? soft_window(z[0]) : 1);
}

/* Point i by rejection: exp(-U) is nowhere above 2, and next to nothing of it outside the box. */
static inline void potential_draw(const Potential *p, Rng rng, size_t i, double z[2])
{
    float u[4];
    uint64_t attempt = 0;
    do {
        rng_uniforms(rng, attempt++, i, 1, u);
        z[0] = 12 * (double)u[0] - 6;
        z[1] = 10 * (double)u[1] - 6;
    } while (2 * (double)u[2] >= potential_density(p, z));
}

#endif
