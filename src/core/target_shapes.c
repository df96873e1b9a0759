#include "core/target_shapes.h"

#include <math.h>

Component shape_round(double weight, double x, double y, double std)
{
    return (Component){.weight = weight, .mean = {x, y}, .cov = {std * std, 0.0, std * std}};
}

/* Mass and moments of a piece of curve, gathered point by point. */
typedef struct Piece {
    double mass, sum[2], square[3], length;
} Piece;

static void piece_add(Piece *p, const double x[2], double length)
{
    p->mass += 1.0;
    p->length += length;
    for (int axis = 0; axis < 2; axis++)
        p->sum[axis] += x[axis];
    p->square[0] += x[0] * x[0];
    p->square[1] += x[0] * x[1];
    p->square[2] += x[1] * x[1];
}

static Component piece_component(const Piece *p, double noise)
{
    double mx = p->sum[0] / p->mass, my = p->sum[1] / p->mass;
    return (Component){.weight = p->mass,
                       .mean = {mx, my},
                       .cov = {p->square[0] / p->mass - mx * mx + noise * noise, p->square[1] / p->mass - mx * my,
                               p->square[2] / p->mass - my * my + noise * noise}};
}

static void curve_at(const Curve *curve, double u, double x[2])
{
    curve->at(u, x);
    x[0] *= curve->size;
    x[1] *= curve->size;
}

/* Gaussians with the moments of pieces no longer than 1.25 deviations of the noise, nor heavier than a 64th where a
 * curve is slow: beyond that the joints begin to show as ripples in log p. */
size_t shape_curve(const Curve *curve, Component *out)
{
    enum { POINTS = 1 << 15, HEAVY = POINTS / 64 };
    size_t count = 0;
    Piece piece = {0};
    double last[2];
    curve_at(curve, 0.0, last);
    for (size_t i = 0; i < POINTS; i++) {
        double x[2];
        curve_at(curve, ((double)i + 0.5) / POINTS, x);
        piece_add(&piece, x, hypot(x[0] - last[0], x[1] - last[1]));
        if (piece.length > curve->noise || piece.mass >= HEAVY || i + 1 == POINTS) {
            out[count++] = piece_component(&piece, curve->noise);
            piece = (Piece){0};
        }
        last[0] = x[0];
        last[1] = x[1];
    }
    return count;
}

/* The moments of a slice of the band, t ~ N(middle, width^2): Gauss and Hermite's three points are exact to the fifth
 * order, so a slice lies where the bend takes it. */
static Component band_slice(const Band *band, double middle, double width)
{
    static const double at[] = {-1.7320508075688773, 0.0, 1.7320508075688773}, weight[] = {1.0 / 6, 2.0 / 3, 1.0 / 6};
    double place[3][2], across[3][2];
    Component c = {0};
    for (int k = 0; k < 3; k++) {
        band->at(middle + width * at[k], place[k], across[k]);
        c.mean[0] += weight[k] * place[k][0];
        c.mean[1] += weight[k] * place[k][1];
    }
    for (int k = 0; k < 3; k++) {
        double dx = place[k][0] - c.mean[0], dy = place[k][1] - c.mean[1];
        c.cov[0] += weight[k] * (dx * dx + across[k][0] * across[k][0]);
        c.cov[1] += weight[k] * (dx * dy + across[k][0] * across[k][1]);
        c.cov[2] += weight[k] * (dy * dy + across[k][1] * across[k][1]);
    }
    return c;
}

/* The weight of the slice `off` the middle, when what a slice does not spread is left to spread over. */
static double slice_weight(const Band *band, double off, double spread)
{
    if (band->level > 0.0)
        return erf((off + band->level) / (M_SQRT2 * spread)) - erf((off - band->level) / (M_SQRT2 * spread));
    return exp(-0.5 * off * off / (spread * spread));
}

/* A normal is a row of narrower ones whose weights are normal too: variances add. One width apart they leave a ripple
 * of 5e-9, and room for where a bend spreads them. */
size_t shape_band(const Band *band, Component *out)
{
    double reach = band->level + 5.0 * band->std, width = 2.0 * reach / (double)band->slices;
    double spread = sqrt(band->std * band->std - width * width);
    for (size_t k = 0; k < band->slices; k++) {
        double off = ((double)k + 0.5) * width - reach;
        out[k] = band_slice(band, band->mean + off, width);
        out[k].weight = slice_weight(band, off, spread);
    }
    return band->slices;
}

typedef double Nodes[LATTICE_SIDE][LATTICE_SIDE];

/* The Gaussians' std in nodes. Narrower, the lattice shows as ripples beyond 7e-6; wider, detail is lost. */
static const double LATTICE_STD = 0.8;

/* A node whose potential is above this has no Gaussian. */
static const double NEGLIGIBLE = 20.0;

/* Blurs along rows and turns rows into columns: done twice it adds up the Gaussians of all nodes. */
static void blur_rows(Nodes in, Nodes out)
{
    enum { TAPS = 5 };
    double tap[2 * TAPS + 1];
    for (int k = -TAPS; k <= TAPS; k++)
        tap[TAPS + k] = exp(-0.5 * k * k / (LATTICE_STD * LATTICE_STD));
    for (int i = 0; i < LATTICE_SIDE; i++)
        for (int j = 0; j < LATTICE_SIDE; j++) {
            out[j][i] = 0.0;
            for (int k = j < TAPS ? -j : -TAPS; k <= TAPS && j + k < LATTICE_SIDE; k++)
                out[j][i] += in[i][j + k] * tap[TAPS + k];
        }
}

/* Gold's iteration: a weight grows by what its node lacks, so that none turns negative. */
static void refine_weights(Nodes density, Nodes weight)
{
    Nodes half, sum;
    for (int round = 0; round < 100; round++) {
        blur_rows(weight, half);
        blur_rows(half, sum);
        for (int i = 0; i < LATTICE_SIDE; i++)
            for (int j = 0; j < LATTICE_SIDE; j++)
                weight[i][j] *= density[i][j] > 0.0 ? density[i][j] / sum[i][j] : 0.0;
    }
}

size_t shape_lattice(double (*potential)(const double x[2]), double reach, Component *out)
{
    Nodes density, weight;
    double apart = 2.0 * reach / (LATTICE_SIDE - 1);
    for (int i = 0; i < LATTICE_SIDE; i++)
        for (int j = 0; j < LATTICE_SIDE; j++) {
            double u = potential((double[]){i * apart - reach, j * apart - reach});
            weight[i][j] = density[i][j] = u < NEGLIGIBLE ? exp(-u) : 0.0;
        }
    refine_weights(density, weight);
    size_t count = 0;
    for (int i = 0; i < LATTICE_SIDE; i++)
        for (int j = 0; j < LATTICE_SIDE; j++)
            if (weight[i][j] > 0.0)
                out[count++] = shape_round(weight[i][j], i * apart - reach, j * apart - reach, LATTICE_STD * apart);
    return count;
}

Component shape_turned(const Component *c, double angle)
{
    double co = cos(angle), si = sin(angle), xx = c->cov[0], xy = c->cov[1], yy = c->cov[2];
    Component turned = *c;
    turned.mean[0] = co * c->mean[0] - si * c->mean[1];
    turned.mean[1] = si * c->mean[0] + co * c->mean[1];
    turned.cov[0] = co * co * xx - 2.0 * co * si * xy + si * si * yy;
    turned.cov[1] = co * si * (xx - yy) + (co * co - si * si) * xy;
    turned.cov[2] = si * si * xx + 2.0 * co * si * xy + co * co * yy;
    return turned;
}
