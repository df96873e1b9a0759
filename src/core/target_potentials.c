#include "core/target_potentials.h"

#include "core/target_shapes.h"

#include <math.h>

static double ring_between_bumps(const double x[2])
{
    double ring = (hypot(x[0], x[1]) - 2.0) / 0.4, right = (x[0] - 2.0) / 0.6, left = (x[0] + 2.0) / 0.6;
    return 0.5 * ring * ring - log(exp(-0.5 * right * right) + exp(-0.5 * left * left));
}

size_t potential_u1(Component *out)
{
    return shape_lattice(ring_between_bumps, 4.0, out);
}

static void wave(double t, double depth, double std, double place[2], double across[2])
{
    place[0] = t;
    place[1] = sin(0.5 * M_PI * t) - depth;
    across[0] = 0.0;
    across[1] = std;
}

static void wide_wave(double t, double place[2], double across[2])
{
    wave(t, 0.0, 0.4, place, across);
}

static void narrow_wave(double t, double place[2], double across[2])
{
    wave(t, 0.0, 0.35, place, across);
}

static void wave_with_a_dip(double t, double place[2], double across[2])
{
    double z = (t - 1.0) / 0.6;
    wave(t, 3.0 * exp(-0.5 * z * z), 0.35, place, across);
}

static void wave_with_a_step(double t, double place[2], double across[2])
{
    wave(t, 3.0 / (1.0 + exp(-(t - 1.0) / 0.3)), 0.35, place, across);
}

/* exp(-((y - wave) / std)^2 / 2) at every x: its mass is as std. */
static size_t branch(void (*at)(double t, double place[2], double across[2]), double mass, Component *out)
{
    size_t count = shape_band(&(Band){.at = at, .std = 0.25, .level = 4.0, .slices = 192}, out);
    for (size_t k = 0; k < count; k++)
        out[k].weight *= mass;
    return count;
}

size_t potential_u2(Component *out)
{
    return branch(wide_wave, 1.0, out);
}

size_t potential_u3(Component *out)
{
    size_t upper = branch(narrow_wave, 1.0, out);
    return upper + branch(wave_with_a_dip, 1.0, out + upper);
}

size_t potential_u4(Component *out)
{
    size_t upper = branch(wide_wave, 0.4, out);
    return upper + branch(wave_with_a_step, 0.35, out + upper);
}
