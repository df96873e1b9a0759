#include "core/target.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_COMPONENTS = 2048 };

typedef struct TargetRow {
    TargetInfo info;
    size_t (*build)(Component *out); /* at most MAX_COMPONENTS; returns how many */
} TargetRow;

static Component round_gaussian(double weight, double x, double y, double std)
{
    return (Component){.weight = weight, .mean = {x, y}, .cov = {std * std, 0.0, std * std}};
}

/* A curve that a generator walks with u uniform on [0, 1), and the independent noise it adds per coordinate. */
typedef struct Curve {
    void (*at)(double u, double x[2]);
    double noise; /* standard deviation */
} Curve;

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

/* Gaussians with the moments of pieces no longer than 1.25 deviations of the noise: beyond that the joints begin to
 * show as ripples in log p. */
static size_t build_curve(const Curve *curve, Component *out)
{
    enum { POINTS = 1 << 15 };
    size_t count = 0;
    Piece piece = {0};
    double last[2];
    curve->at(0.0, last);
    for (size_t i = 0; i < POINTS; i++) {
        double x[2];
        curve->at(((double)i + 0.5) / POINTS, x);
        piece_add(&piece, x, hypot(x[0] - last[0], x[1] - last[1]));
        if (piece.length > curve->noise || i + 1 == POINTS) {
            out[count++] = piece_component(&piece, curve->noise);
            piece = (Piece){0};
        }
        last[0] = x[0];
        last[1] = x[1];
    }
    return count;
}

static void spiral_arm(double u, double x[2])
{
    double n = 3.0 * M_PI * sqrt(u);
    x[0] = -n * cos(n) / 3.0;
    x[1] = n * sin(n) / 3.0;
}

/* The generator jitters both coordinates by a uniform of width w = 1/6 towards the arm's own side. A pair of Gaussians
 * at +-a with variance v has the uniform's moments up to the fifth: a^2 + v = w^2 / 12, and -2 a^4 = -w^4 / 120. */
static size_t build_spirals(Component *out)
{
    double w = 1.0 / 6.0;
    double a = w / sqrt(sqrt(240.0));
    Curve arm = {.at = spiral_arm, .noise = sqrt(0.01 + w * w / 12.0 - a * a)};
    Component piece[MAX_COMPONENTS / 8];
    size_t pieces = build_curve(&arm, piece), count = 0;
    for (size_t k = 0; k < pieces * 8; k++) {
        Component c = piece[k / 8];
        double side = k & 4 ? -1.0 : 1.0;
        c.mean[0] = side * (c.mean[0] + 0.5 * w + (k & 1 ? a : -a));
        c.mean[1] = side * (c.mean[1] + 0.5 * w + (k & 2 ? a : -a));
        out[count++] = c;
    }
    return count;
}

static void roll(double u, double x[2])
{
    double t = 1.5 * M_PI * (1.0 + 2.0 * u);
    x[0] = t * cos(t) / 5.0;
    x[1] = t * sin(t) / 5.0;
}

static size_t build_swissroll(Component *out)
{
    return build_curve(&(Curve){.at = roll, .noise = 0.2}, out);
}

static void upper_moon(double u, double x[2])
{
    x[0] = 2.0 * cos(M_PI * u) - 1.0;
    x[1] = 2.0 * sin(M_PI * u) - 0.2;
}

static void lower_moon(double u, double x[2])
{
    x[0] = 1.0 - 2.0 * cos(M_PI * u);
    x[1] = 0.8 - 2.0 * sin(M_PI * u);
}

static size_t build_moons(Component *out)
{
    size_t upper = build_curve(&(Curve){.at = upper_moon, .noise = 0.2}, out);
    return upper + build_curve(&(Curve){.at = lower_moon, .noise = 0.2}, out + upper);
}

static size_t build_eight_gaussians(Component *out)
{
    for (int k = 0; k < 8; k++) {
        double angle = k * M_PI_4;
        out[k] = round_gaussian(1.0, 4.0 / 1.414 * cos(angle), 4.0 / 1.414 * sin(angle), 0.5 / 1.414);
    }
    return 8;
}

/* Columns of width 2 from x = -4; in each, two squares one square apart, shifted up in every second column. */
static size_t build_checkerboard(Component *out)
{
    for (int k = 0; k < 8; k++) {
        int column = k / 2, row = 2 * (k % 2) + column % 2;
        out[k] = (Component){
            .kind = COMPONENT_BOX, .weight = 1.0, .mean = {2.0 * column - 3.0, 2.0 * row - 3.0}, .half = {1.0, 1.0}};
    }
    return 8;
}

static size_t build_ncsn(Component *out)
{
    out[0] = round_gaussian(0.2, -5.0, -5.0, 1.0);
    out[1] = round_gaussian(0.8, 5.0, 5.0, 1.0);
    return 2;
}

static size_t build_gaussian(Component *out)
{
    out[0] = round_gaussian(1.0, 0.0, 0.0, 1.0);
    return 1;
}

static const TargetRow rows[] = {
    {{"spirals", "two spirals", "Two thin arms wound around each other (FFJORD's 2spirals)", 2.64545, 1.59734261},
     build_spirals},
    {{"swissroll", "swiss roll", "One arm with noise, the first picture of diffusion models", 2.66965, 1.37246939},
     build_swissroll},
    {{"moons", "two moons", "Two half circles that reach into each other", 2.39388, 1.42421214}, build_moons},
    {{"8gaussians", "eight Gaussians", "Eight equal modes on a circle", 2.83188, 2.03131635}, build_eight_gaussians},
    {{"checkerboard", "checkerboard", "Eight squares with sharp edges", 3.46573590279972655, 2.30940108},
     build_checkerboard},
    {{"ncsn", "two unequal modes", "Modes of weight 0.2 and 0.8 that plain Langevin gets wrong", 3.33828, 4.12310563},
     build_ncsn},
    {{"gaussian", "one Gaussian", "The standard normal, where everything has a formula", 2.83787706640934548, 1.0},
     build_gaussian},
};

/* How far the slider goes from the data's scale: sharper than 0.01 shows nothing more, at 10 all targets look alike. */
static const double SIGMA_LEAST = 0.01, SIGMA_MOST = 10.0;

void target_sigma_range(size_t which, double *min, double *max)
{
    *min = SIGMA_LEAST * rows[which].info.std;
    *max = SIGMA_MOST * rows[which].info.std;
}

size_t target_count(void)
{
    return sizeof rows / sizeof *rows;
}

const TargetInfo *target_info(size_t which)
{
    return &rows[which].info;
}

bool target_init(Target *t, size_t which)
{
    *t = (Target){0};
    Component *component = calloc(MAX_COMPONENTS, sizeof *component);
    if (!component)
        return false;
    Mixture mixture;
    bool built = mixture_init(&mixture, component, rows[which].build(component));
    free(component);
    if (built)
        target_from_mixture(t, mixture);
    return built;
}

void target_from_mixture(Target *t, Mixture mixture)
{
    *t = (Target){.mixture = mixture,
                  .frame = {.mean = {mixture.mean[0], mixture.mean[1]}, .std = mixture.std},
                  .sigma_min = SIGMA_LEAST * mixture.std,
                  .sigma_max = SIGMA_MOST * mixture.std};
}

void target_free(Target *t)
{
    mixture_free(&t->mixture);
    *t = (Target){0};
}
