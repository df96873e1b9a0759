#include "core/target.h"

#include "core/target_potentials.h"
#include "core/target_shapes.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_COMPONENTS = 4096 };

typedef struct TargetRow {
    TargetInfo info;
    size_t (*build)(Component *out); /* at most MAX_COMPONENTS; returns how many */
} TargetRow;

static void spiral_arm(double u, double x[2])
{
    double n = 3.0 * M_PI * sqrt(u);
    x[0] = -n * cos(n);
    x[1] = n * sin(n);
}

/* The generator jitters both coordinates by a uniform of width w = 1/6 towards the arm's own side. A pair of Gaussians
 * at +-a with variance v has the uniform's moments up to the fifth: a^2 + v = w^2 / 12, and -2 a^4 = -w^4 / 120. */
static size_t build_spirals(Component *out)
{
    double w = 1.0 / 6.0;
    double a = w / sqrt(sqrt(240.0));
    Curve arm = {.at = spiral_arm, .size = 1.0 / 3.0, .noise = sqrt(0.01 + w * w / 12.0 - a * a)};
    Component piece[MAX_COMPONENTS / 8];
    size_t pieces = shape_curve(&arm, piece), count = 0;
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
    x[0] = t * cos(t);
    x[1] = t * sin(t);
}

static size_t build_swissroll(Component *out)
{
    return shape_curve(&(Curve){.at = roll, .size = 0.2, .noise = 0.2}, out);
}

static void upper_moon(double u, double x[2])
{
    x[0] = cos(M_PI * u) - 0.5;
    x[1] = sin(M_PI * u) - 0.1;
}

static void lower_moon(double u, double x[2])
{
    x[0] = 0.5 - cos(M_PI * u);
    x[1] = 0.4 - sin(M_PI * u);
}

static size_t build_moons(Component *out)
{
    size_t upper = shape_curve(&(Curve){.at = upper_moon, .size = 2.0, .noise = 0.2}, out);
    return upper + shape_curve(&(Curve){.at = lower_moon, .size = 2.0, .noise = 0.2}, out + upper);
}

static size_t build_eight_gaussians(Component *out)
{
    for (int k = 0; k < 8; k++) {
        double angle = k * M_PI_4;
        out[k] = shape_round(1.0, 4.0 / 1.414 * cos(angle), 4.0 / 1.414 * sin(angle), 0.5 / 1.414);
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
    out[0] = shape_round(0.2, -5.0, -5.0, 1.0);
    out[1] = shape_round(0.8, 5.0, 5.0, 1.0);
    return 2;
}

static size_t build_gaussian(Component *out)
{
    out[0] = shape_round(1.0, 0.0, 0.0, 1.0);
    return 1;
}

static void circle(double u, double x[2])
{
    x[0] = cos(2.0 * M_PI * u);
    x[1] = sin(2.0 * M_PI * u);
}

/* n circles of equal weight, the largest of radius 3 and the others `apart` further in each. */
static size_t build_circles_apart(int n, double apart, double noise, Component *out)
{
    size_t count = 0;
    for (int k = 0; k < n; k++)
        count += shape_curve(&(Curve){.at = circle, .size = 3.0 - apart * k, .noise = noise}, out + count);
    return count;
}

static size_t build_circles(Component *out)
{
    return build_circles_apart(2, 1.5, 0.24, out);
}

static size_t build_rings(Component *out)
{
    return build_circles_apart(4, 0.75, 0.08, out);
}

static size_t build_grid(Component *out)
{
    for (int k = 0; k < 25; k++)
        out[k] = shape_round(1.0, 2.0 * (k / 5) - 4.0, 2.0 * (k % 5) - 4.0, 0.05);
    return 25;
}

static size_t build_ring8(Component *out)
{
    for (int k = 0; k < 8; k++)
        out[k] = shape_round(1.0, cos(k * M_PI_4), sin(k * M_PI_4), 0.01);
    return 8;
}

static void pinwheel_arm(double t, double place[2], double across[2])
{
    double angle = 0.25 * exp(t);
    place[0] = 2.0 * t * cos(angle);
    place[1] = -2.0 * t * sin(angle);
    across[0] = 0.2 * sin(angle);
    across[1] = 0.2 * cos(angle);
}

static size_t build_pinwheel(Component *out)
{
    size_t arm = shape_band(&(Band){.at = pinwheel_arm, .mean = 1.0, .std = 0.3, .slices = 400}, out);
    for (size_t k = arm; k < 5 * arm; k++)
        out[k] = shape_turned(&out[k - arm], -0.4 * M_PI);
    return 5 * arm;
}

/* Neal's v stands upright, the neck below. */
static void funnel(double t, double place[2], double across[2])
{
    place[0] = 0.0;
    place[1] = t;
    across[0] = exp(0.5 * t);
    across[1] = 0.0;
}

static size_t build_funnel(Component *out)
{
    return shape_band(&(Band){.at = funnel, .mean = 0.0, .std = 3.0, .slices = 1280}, out);
}

static void banana(double t, double place[2], double across[2])
{
    place[0] = t;
    place[1] = 0.25 * (t * t - 4.0);
    across[0] = 0.0;
    across[1] = 0.5;
}

static size_t build_banana(Component *out)
{
    return shape_band(&(Band){.at = banana, .mean = 0.0, .std = 2.0, .slices = 128}, out);
}

static void s_curve(double u, double x[2])
{
    double t = 3.0 * M_PI * (u - 0.5);
    x[0] = sin(t);
    x[1] = copysign(cos(t) - 1.0, -t);
}

static size_t build_scurve(Component *out)
{
    return shape_curve(&(Curve){.at = s_curve, .size = 1.5, .noise = 0.075}, out);
}

/* Slow at the dip and at the tip, which therefore shine. */
static void heart(double u, double x[2])
{
    double t = 2.0 * M_PI * u, s = sin(t);
    x[0] = 16.0 * s * s * s;
    x[1] = 13.0 * cos(t) - 5.0 * cos(2.0 * t) - 2.0 * cos(3.0 * t) - cos(4.0 * t);
}

static size_t build_heart(Component *out)
{
    return shape_curve(&(Curve){.at = heart, .size = 0.16, .noise = 0.08}, out);
}

static void rosenbrock(double t, double place[2], double across[2])
{
    place[0] = t;
    place[1] = t * t;
    across[0] = 0.0;
    across[1] = sqrt(0.1);
}

static size_t build_rosenbrock(Component *out)
{
    return shape_band(&(Band){.at = rosenbrock, .mean = 1.0, .std = sqrt(10.0), .slices = 480}, out);
}

/* The roll's mean is (2, 2 / (3 pi)). */
static void centred_roll(double u, double x[2])
{
    roll(u, x);
    x[0] -= 2.0;
    x[1] -= 2.0 / (3.0 * M_PI);
}

/* Scaled to variance 1 over both coordinates; E t^2 = 9.75 pi^2. */
static size_t build_thinroll(Component *out)
{
    double noise = 0.025, square = 9.75 * M_PI * M_PI - 4.0 - 4.0 / (9.0 * M_PI * M_PI);
    double size = 1.0 / sqrt(0.5 * square + noise * noise);
    return shape_curve(&(Curve){.at = centred_roll, .size = size, .noise = noise * size}, out);
}

static size_t build_canvas(Component *out)
{
    out[0] = (Component){.weight = 1.0, .cov = {0.45 * 0.45, 0.0, 0.45 * 0.45}};
    return 1;
}

static const TargetRow rows[] = {
    {{"spirals", "two spirals", "Two thin arms wound around each other (FFJORD's 2spirals; log p to 0.003 nats)",
      2.64545, 1.59734261},
     build_spirals},
    {{"swissroll", "swiss roll", "One arm with noise (FFJORD's swissroll; log p to 0.003 nats)", 2.66965, 1.37246939},
     build_swissroll},
    {{"moons", "two moons", "Two half circles that reach into each other (FFJORD's moons; log p to 0.001 nats)",
      2.39388, 1.42421214},
     build_moons},
    {{"8gaussians", "eight Gaussians", "Eight equal modes on a circle (FFJORD's 8gaussians)", 2.83188, 2.03131635},
     build_eight_gaussians},
    {{"checkerboard", "checkerboard", "Eight squares with sharp edges (FFJORD's checkerboard)", 3.46573590279972655,
      2.30940108},
     build_checkerboard},
    {{"ncsn", "two unequal modes", "Modes of weight 0.2 and 0.8 that plain Langevin gets wrong", 3.33828, 4.12310563},
     build_ncsn},
    {{"gaussian", "one Gaussian", "The standard normal, where everything has a formula", 2.83787706640934548, 1.0},
     build_gaussian},
    {{"circles", "two circles", "One ring inside another (FFJORD's circles; log p to 0.001 nats)", 3.26814, 1.69413695},
     build_circles},
    {{"rings", "four rings", "Thin rings of equal weight, the inner ones denser (FFJORD's rings; log p to 0.001 nats)",
      2.62318, 1.45457038},
     build_rings},
    {{"grid", "25 Gaussians", "Five by five small modes (the grid of PacGAN and WGAN-GP)", 0.0652881, 2.82886903},
     build_grid},
    {{"ring8", "eight sharp modes", "Modes of std 0.01 on a circle of radius 1 (PacGAN's ring)", -4.29302, 0.707177488},
     build_ring8},
    {{"pinwheel", "pinwheel", "Five bent arms (FFJORD's pinwheel; log p to 0.007 nats)", 2.318, 1.48323881},
     build_pinwheel},
    {{"funnel", "funnel", "A narrow neck under a mouth of heavy tails (Neal's, in 2-D; log p to 0.009 nats)", 3.93649,
      6.96312995},
     build_funnel},
    {{"banana", "banana", "A normal bent along a parabola (a = 2, b = 1/4, c = 1/2; log p to 0.004 nats)", 2.83788,
      1.76770896},
     build_banana},
    {{"scurve", "S curve", "Two arcs of one thin line (the S of the OT-CFM runs; log p to 0.003 nats)", 1.486448,
      1.65320593},
     build_scurve},
    {{"heart", "heart", "One thin line, bright at its dip and its tip (log p to 0.004 nats)", 1.508421, 1.51789328},
     build_heart},
    {{"rosenbrock", "Rosenbrock", "The valley of the optimisers over 20, with long thin tails (log p to 0.003 nats)",
      2.83787706640934548, 11.1817001},
     build_rosenbrock},
    {{"u1", "two crescents", "Two arcs of a ring (Rezende and Mohamed's U1; log p to 0.004 nats)", 2.660013,
      1.53277377},
     potential_u1},
    {{"u2", "wave", "A sine with soft ends at -4 and 4 (Rezende and Mohamed's U2, which has none; log p to 0.002 nats)",
      2.638539, 1.74009099},
     potential_u2},
    {{"u3", "split wave",
      "A sine that parts and meets again (Rezende and Mohamed's U3, with soft ends at -4 and 4; log p to 0.005 nats)",
      2.683156, 1.7571684},
     potential_u3},
    {{"u4", "forked wave",
      "A sine that forks (Rezende and Mohamed's U4, with soft ends at -4 and 4; log p to 0.005 nats)", 2.866523,
      1.92178385},
     potential_u4},
    {{"thinroll", "thin swiss roll",
      "The first picture of diffusion models (Sohl-Dickstein et al., 2015; their noise is unstated, 0.025 before "
      "scaling fits their 2.35 bits; log p to 0.003 nats)",
      -1.651062, 1.0},
     build_thinroll},
    {{"drawn", "your own", "What you draw, type, drop or paste: D opens the tools", 1.24086167, 0.45}, build_canvas},
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
    return sizeof rows / sizeof *rows - 1;
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
    target_in_frame(t, mixture, (Frame){.mean = {mixture.mean[0], mixture.mean[1]}, .std = mixture.std});
}

void target_in_frame(Target *t, Mixture mixture, Frame frame)
{
    *t = (Target){
        .mixture = mixture, .frame = frame, .sigma_min = SIGMA_LEAST * frame.std, .sigma_max = SIGMA_MOST * frame.std};
}

void target_free(Target *t)
{
    mixture_free(&t->mixture);
    *t = (Target){0};
}
