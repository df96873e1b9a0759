#include "core/target.h"

#include "near.h"

#include <stdlib.h>

enum { MAX_COMPONENTS = 1000, CROWDED = 3000, PLACES = 24, CROWD = 200 };

typedef struct Draw {
    Rng rng;
    uint64_t step;
} Draw;

static double uniform(Draw *d, double low, double high)
{
    float u[4];
    rng_uniforms(d->rng, d->step++, 0, 1, u);
    return low + (high - low) * (double)u[0];
}

static double decades(Draw *d, double from, double to)
{
    return pow(10, uniform(d, log10(from), log10(to)));
}

/* Of random components: the share of boxes, and whether Gaussians are all round. */
typedef struct Kinds {
    double boxes;
    bool round;
} Kinds;

/* A point, round, full or a line without width; weights over six decades. */
static Component random_gaussian(Draw *d, bool round)
{
    double kind = uniform(d, 0, round ? 2 : 4), angle = uniform(d, 0, M_PI), major = decades(d, 1e-3, 1);
    major = kind < 1 ? 0 : major;
    double minor = kind < 2 ? major : kind < 3 ? major * decades(d, 1e-3, 1) : 0;
    double c = cos(angle), s = sin(angle);
    return (Component){.weight = decades(d, 1e-6, 1),
                       .mean = {uniform(d, -2, 2), uniform(d, -2, 2)},
                       .cov = {major * c * c + minor * s * s, (major - minor) * c * s, major * s * s + minor * c * c}};
}

static Component random_box(Draw *d)
{
    return (Component){.kind = COMPONENT_BOX,
                       .weight = decades(d, 1e-6, 1),
                       .mean = {uniform(d, -2, 2), uniform(d, -2, 2)},
                       .half = {decades(d, 0.01, 1), decades(d, 0.01, 1)}};
}

static Mixture random_mixture(Draw *d, size_t n, Kinds kinds)
{
    static Component c[CROWDED];
    Mixture m;
    for (size_t k = 0; k < n; k++)
        c[k] = uniform(d, 0, 1) < kinds.boxes ? random_box(d) : random_gaussian(d, kinds.round);
    assert_true(mixture_init(&m, c, n));
    return m;
}

/* A point of p_sigma, or anywhere within a few stds. */
static void random_place(Draw *d, const Mixture *m, double sigma, double x[2])
{
    float at[2], z[2];
    mixture_sample(m, d->rng, d->step++, 0, 1, at);
    rng_normals(d->rng, d->step++, 0, 1, z);
    bool inside = uniform(d, 0, 1) < 0.7;
    for (int axis = 0; axis < 2; axis++)
        x[axis] = inside ? (double)at[axis] + sigma * (double)z[axis] : m->mean[axis] + 2 * m->std * (double)z[axis];
}

typedef void Property(const Mixture *m, double sigma, const double x[2]);

static void hold(Property *property, uint64_t seed)
{
    static const size_t counts[] = {1, 2, 7, 40, 200};
    Draw d = {.rng = {seed, STREAM_TEST}};
    for (int i = 0; i < 30; i++) {
        Mixture m = random_mixture(&d, counts[i % 5], (Kinds){.boxes = i % 3 * 0.5});
        for (int place = 0; place < PLACES; place++) {
            double sigma = decades(&d, 0.02, 20), x[2];
            random_place(&d, &m, sigma, x);
            property(&m, sigma, x);
        }
        mixture_free(&m);
    }
}

static double square_of(const double score[2])
{
    return score[0] * score[0] + score[1] * score[1];
}

/* d/dsigma log p = sigma (tr grad S + |S|^2). */
static void obeys_the_heat_equation(const Mixture *m, double sigma, const double x[2])
{
    double h = 1e-4 * sigma;
    double slope = (mixture_at(m, sigma + h, x).log_density - mixture_at(m, sigma - h, x).log_density) / (2 * h);
    MixtureValue v = mixture_at(m, sigma, x);
    double square = square_of(v.score), scale = square + fabs(v.divergence) + 2 / (sigma * sigma);
    assert_near(slope, sigma * (v.divergence + square), 1e-6 * sigma * scale);
}

/* E[x0 | x] from the components' own posteriors: of a Gaussian mean + cov (cov + sigma^2 I)^-1 (x - mean). */
static void denoises_to_the_posterior_mean(const Mixture *m, double sigma, const double x[2])
{
    double total = 0, mean[2] = {0}, top = -HUGE_VAL;
    MixtureValue v = mixture_at(m, sigma, x);
    for (size_t k = 0; k < m->count; k++) {
        const Component *c = &m->component[k];
        if (c->kind == COMPONENT_BOX)
            return;
        double xx = c->cov[0] + sigma * sigma, xy = c->cov[1], yy = c->cov[2] + sigma * sigma;
        double determinant = xx * yy - xy * xy, dx = x[0] - c->mean[0], dy = x[1] - c->mean[1];
        double u = (yy * dx - xy * dy) / determinant, w = (xx * dy - xy * dx) / determinant;
        double log_share = log(c->weight / sqrt(determinant)) - 0.5 * (dx * u + dy * w);
        double keep = log_share > top ? exp(top - log_share) : 1;
        top = fmax(top, log_share);
        double share = exp(log_share - top);
        total = total * keep + share;
        mean[0] = mean[0] * keep + share * (c->mean[0] + c->cov[0] * u + xy * w);
        mean[1] = mean[1] * keep + share * (c->mean[1] + xy * u + c->cov[2] * w);
    }
    for (int axis = 0; axis < 2; axis++) {
        assert_near(v.denoiser[axis], mean[axis] / total, 1e-9 * (1 + fabs(x[axis])));
        assert_near(v.denoiser[axis], x[axis] + sigma * sigma * v.score[axis], 1e-12 * (1 + fabs(x[axis])));
    }
}

/* -grad S <= I / sigma^2: noise blurs at least so much. The Jacobian by differences; its trace is the divergence. */
static void is_at_most_as_sharp_as_the_noise(const Mixture *m, double sigma, const double x[2])
{
    double h = 1e-5 * sigma, jacobian[2][2];
    MixtureValue v = mixture_at(m, sigma, x);
    double scale = fabs(v.divergence) + 2 / (sigma * sigma) + 1e-4 * square_of(v.score);
    for (int axis = 0; axis < 2; axis++) {
        double up[2] = {x[0], x[1]}, down[2] = {x[0], x[1]};
        up[axis] += h;
        down[axis] -= h;
        MixtureValue above = mixture_at(m, sigma, up), below = mixture_at(m, sigma, down);
        for (int of = 0; of < 2; of++)
            jacobian[of][axis] = (above.score[of] - below.score[of]) / (2 * h);
    }
    assert_near(jacobian[0][1], jacobian[1][0], 1e-6 * scale);
    assert_near(jacobian[0][0] + jacobian[1][1], v.divergence, 1e-6 * scale);
    double half = 0.5 * (jacobian[0][0] - jacobian[1][1]), off = 0.5 * (jacobian[0][1] + jacobian[1][0]);
    double least = 0.5 * (jacobian[0][0] + jacobian[1][1]) - hypot(half, off);
    assert_true(least >= -1 / (sigma * sigma) - 1e-6 * scale);
    assert_true(v.divergence >= -2 / (sigma * sigma) * (1 + 1e-9));
}

static void random_mixtures_obey_the_heat_equation(void **state)
{
    (void)state;
    hold(obeys_the_heat_equation, 1);
}

static void random_mixtures_denoise_to_the_posterior_mean(void **state)
{
    (void)state;
    hold(denoises_to_the_posterior_mean, 2);
}

static void random_mixtures_are_at_most_as_sharp_as_the_noise(void **state)
{
    (void)state;
    hold(is_at_most_as_sharp_as_the_noise, 3);
}

/* gcc 12 inlines the caller's rounding to float, and then vectorises it away. */
#define ROUNDING_STAYS __attribute__((noinline))

/* The fast path against the reference in the natural scales: of the score |S| + 1/sigma, of its divergence
 * |div S| + 2/sigma^2, of the density 1 nat or log p itself. Far out the shares of components of different covariance
 * are no better known than the ln p of each, which is a number in single precision: divergence feels it first. */
static ROUNDING_STAYS void assert_agree(const Mixture *m, float sigma, const float (*x)[2], size_t n)
{
    const double relative = 1e-4;
    float log_density[CROWD], score[CROWD][2], divergence[CROWD];
    double s = (double)sigma;
    mixture_evaluate(m, sigma, x[0], n,
                     (MixtureOutput){.log_density = log_density, .score = score[0], .divergence = divergence});
    for (size_t i = 0; i < n; i++) {
        MixtureValue v = mixture_at(m, s, (double[]){(double)x[i][0], (double)x[i][1]});
        double size = sqrt(square_of(v.score)) + 1 / s;
        assert_true(isfinite(log_density[i]));
        assert_near(log_density[i], v.log_density, relative * fmax(1, fabs(v.log_density)));
        assert_near(score[i][0], v.score[0], relative * size);
        assert_near(score[i][1], v.score[1], relative * size);
        assert_near(divergence[i], v.divergence,
                    (relative + 1e-7 * fabs(v.log_density)) * (fabs(v.divergence) + 2 / (s * s)));
    }
}

/* Near and far in all directions, up to 1e6. */
static void any_place(Draw *d, const Mixture *m, double sigma, bool far, double at[2])
{
    double angle = uniform(d, 0, 2 * M_PI), r = decades(d, 0.01, 1e6);
    random_place(d, m, sigma, at);
    if (far) {
        at[0] = r * cos(angle);
        at[1] = r * sin(angle);
    }
}

/* One point at a time, sigma from 1e-4 to 1e3. */
static void assert_agrees_everywhere(size_t n, Kinds kinds)
{
    Draw d = {.rng = {7 + n, STREAM_TEST}};
    for (int i = 0; i < 40; i++) {
        Mixture m = random_mixture(&d, n, kinds);
        for (int place = 0; place < 50; place++) {
            double sigma = decades(&d, 1e-4, 1e3), at[2];
            any_place(&d, &m, sigma, place % 2, at);
            const float x[1][2] = {{(float)at[0], (float)at[1]}};
            assert_agree(&m, (float)sigma, x, 1);
        }
        mixture_free(&m);
    }
}

/* Crowds of any number and width, which go through the tree together where they are near each other. */
static void assert_crowds_agree(size_t n, Kinds kinds)
{
    Draw d = {.rng = {17 + n, STREAM_TEST}};
    for (int i = 0; i < 160; i++) {
        Mixture m = random_mixture(&d, n, kinds);
        double sigma = decades(&d, 1e-4, 1e3), at[2], width = decades(&d, 1e-2, 1e2) * sigma;
        size_t crowd = (size_t)decades(&d, 4, CROWD);
        float x[CROWD][2], z[2 * CROWD];
        any_place(&d, &m, sigma, i % 4 == 3, at);
        rng_normals(d.rng, d.step++, 0, crowd, z);
        for (size_t k = 0; k < 2 * crowd; k++)
            x[k / 2][k % 2] = (float)(at[k % 2] + width * (double)z[k]);
        assert_agree(&m, (float)sigma, (const float(*)[2])x, crowd);
        mixture_free(&m);
    }
}

static const Kinds ROUND = {.round = true}, FULL = {.round = false}, HALF_BOXES = {.boxes = 0.5}, BOXES = {.boxes = 1};

/* Up to sixteen components no node stands for any: what is left is single precision. */
static void single_precision_serves_any_place_and_noise(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 3, 16};
    for (size_t i = 0; i < 3; i++) {
        assert_agrees_everywhere(counts[i], ROUND);
        assert_agrees_everywhere(counts[i], FULL);
        assert_agrees_everywhere(counts[i], HALF_BOXES);
        assert_agrees_everywhere(counts[i], BOXES);
    }
}

static void nodes_serve_any_place_and_noise(void **state)
{
    (void)state;
    static const size_t counts[] = {100, MAX_COMPONENTS};
    for (size_t i = 0; i < 2; i++) {
        assert_agrees_everywhere(counts[i], ROUND);
        assert_agrees_everywhere(counts[i], FULL);
        assert_agrees_everywhere(counts[i], (Kinds){.boxes = 0.05});
    }
}

static void crowds_are_served_like_single_points(void **state)
{
    (void)state;
    static const size_t counts[] = {3, 16, 100, MAX_COMPONENTS};
    for (size_t i = 0; i < 4; i++) {
        assert_crowds_agree(counts[i], ROUND);
        assert_crowds_agree(counts[i], FULL);
    }
}

/* From there all components are as dense as each other, and a noise level to any side one is so by e^200. */
static void a_crowd_in_the_middle_of_a_ring_is_served(void **state)
{
    (void)state;
    static Component c[CROWDED];
    for (size_t k = 0; k < CROWDED; k++) {
        double angle = 2 * M_PI * (double)k / CROWDED;
        c[k] = (Component){.weight = 1, .mean = {cos(angle), sin(angle)}};
    }
    Mixture m;
    assert_true(mixture_init(&m, c, CROWDED));
    float x[CROWD][2];
    for (size_t i = 0; i < CROWD; i++) {
        x[i][0] = 5e-4f * ((float)(i % 14) - 6.5f);
        x[i][1] = 5e-4f * ((float)(i / 14) - 6.5f);
    }
    assert_agree(&m, 0.005f, (const float(*)[2])x, CROWD);
    mixture_free(&m);
}

/* Coordinates that are no numbers, infinite, or the same many times over, in one crowd. */
static void a_point_that_is_none_leaves_the_rest_alone(void **state)
{
    (void)state;
    Draw d = {.rng = {31, STREAM_TEST}};
    Mixture m = random_mixture(&d, MAX_COMPONENTS, (Kinds){.round = true});
    float x[CROWD][2], score[CROWD][2];
    for (size_t i = 0; i < CROWD; i++) {
        x[i][0] = i % 5 == 1 ? NAN : i % 5 == 2 ? HUGE_VALF : 0.25f;
        x[i][1] = i % 7 == 1 ? NAN : i % 7 == 2 ? -HUGE_VALF : 0.5f;
    }
    mixture_evaluate(&m, 0.1f, x[0], CROWD, (MixtureOutput){.score = score[0]});
    MixtureValue v = mixture_at(&m, (double)0.1f, (double[]){0.25, 0.5});
    for (size_t i = 0; i < CROWD; i++)
        for (size_t axis = 0; axis < 2 && isfinite(x[i][0]) && isfinite(x[i][1]); axis++)
            assert_near(score[i][axis], v.score[axis], 0.05);
    mixture_free(&m);
}

/* Eight neighbours, so far out that their squares are no numbers in single precision. */
static void assert_points_inwards(Draw *d, const Mixture *m)
{
    enum { N = 8 };
    float x[N][2], log_density[N], score[N][2], divergence[N], denoiser[N][2];
    double sigma = decades(d, 1e-4, 1e3), r = decades(d, 1e6, 1e30), angle = uniform(d, 0, 2 * M_PI);
    for (size_t i = 0; i < N; i++) {
        x[i][0] = (float)(r * cos(angle) + sigma * uniform(d, -1, 1));
        x[i][1] = (float)(r * sin(angle) + sigma * uniform(d, -1, 1));
    }
    const MixtureOutput out = {log_density, score[0], divergence, denoiser[0], NULL};
    mixture_evaluate(m, (float)sigma, x[0], N, out);
    for (size_t i = 0; i < N; i++) {
        assert_true(isfinite(log_density[i]) && isfinite(divergence[i]));
        assert_true(isfinite(denoiser[i][0]) && isfinite(denoiser[i][1]));
        assert_true(isfinite(score[i][0]) && isfinite(score[i][1]));
        double along = (double)score[i][0] * cos(angle) + (double)score[i][1] * sin(angle);
        assert_true(along < -0.01 * hypot((double)score[i][0], (double)score[i][1]));
    }
}

static void every_finite_place_has_a_score_that_points_inwards(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 16, 100, MAX_COMPONENTS, CROWDED};
    const Kinds kinds[] = {ROUND, FULL, HALF_BOXES, BOXES};
    Draw d = {.rng = {37, STREAM_TEST}};
    for (size_t i = 0; i < 24; i++) {
        Mixture m = random_mixture(&d, counts[i % 6], kinds[i / 6]);
        for (int place = 0; place < 40; place++)
            assert_points_inwards(&d, &m);
        mixture_free(&m);
    }
}

static double mean_of(const uint32_t *value, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

/* Mean pairs a point over points of p_sigma, and over a square of four stds. */
static double mean_pairs(const Mixture *m, double sigma, bool inside)
{
    enum { N = 64 };
    float x[2 * N], z[2 * N];
    uint32_t pairs[N];
    Rng rng = {17, STREAM_TEST};
    mixture_sample(m, rng, 0, 0, N, x);
    rng_normals(rng, 1, 0, N, z);
    for (size_t i = 0; i < 2 * N; i++)
        x[i] = inside ? x[i] + (float)sigma * z[i] : (float)(m->mean[i % 2] + 2 * m->std * (double)z[i]);
    mixture_evaluate(m, (float)sigma, x, N, (MixtureOutput){.pairs = pairs});
    return mean_of(pairs, N);
}

static void assert_pairs_at_most(const Mixture *m, double most)
{
    for (double relative = 0.01; relative < 10.1; relative *= 1.58) {
        assert_true(mean_pairs(m, relative * m->std, true) <= most);
        assert_true(mean_pairs(m, relative * m->std, false) <= most);
    }
}

static void the_catalogue_takes_at_most_700_pairs(void **state)
{
    (void)state;
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        assert_pairs_at_most(&t.mixture, 700);
        target_free(&t);
    }
}

static Mixture scattered(const Mixture *from, size_t n)
{
    Component *c = calloc(n, sizeof *c);
    assert_non_null(c);
    for (size_t k = 0; k < n; k++) {
        float x[2];
        mixture_sample(from, (Rng){2, STREAM_TEST}, 0, k, 1, x);
        c[k] = (Component){.weight = 1, .mean = {(double)x[0], (double)x[1]}};
    }
    Mixture m;
    assert_true(mixture_init(&m, c, n));
    free(c);
    return m;
}

static void assert_many_agree(const Mixture *m, Draw *d)
{
    for (double relative = 0.003; relative < 5; relative *= 1.58) {
        for (int i = 0; i < 20; i++) {
            float sigma = (float)(relative * m->std), log_density, score[2];
            double s = (double)sigma, at[2];
            random_place(d, m, s, at);
            const float x[2] = {(float)at[0], (float)at[1]};
            mixture_evaluate(m, sigma, x, 1, (MixtureOutput){.log_density = &log_density, .score = score});
            MixtureValue v = mixture_at(m, s, (double[]){(double)x[0], (double)x[1]});
            double away = hypot((double)score[0] - v.score[0], (double)score[1] - v.score[1]);
            assert_near(away, 0, 2e-3 * (sqrt(square_of(v.score)) + 1 / s));
            assert_near(log_density, v.log_density, 1e-3 * fmax(1, fabs(v.log_density)));
        }
    }
}

static void many_points_are_right_to_a_few_thousandths(void **state)
{
    (void)state;
    static const size_t counts[] = {1100, 20000};
    Draw d = {.rng = {47, STREAM_TEST}};
    for (size_t which = 0; which < target_count(); which++) {
        Target t;
        assert_true(target_init(&t, which));
        Mixture m = scattered(&t.mixture, counts[which % 4 == 0]);
        assert_many_agree(&m, &d);
        mixture_free(&m);
        target_free(&t);
    }
}

static void a_hundred_thousand_points_take_at_most_a_thousand_pairs(void **state)
{
    (void)state;
    static const size_t whiches[] = {0, 3, 4}; /* a curve, spots, squares */
    for (size_t i = 0; i < sizeof whiches / sizeof *whiches; i++) {
        Target t;
        assert_true(target_init(&t, whiches[i]));
        Mixture m = scattered(&t.mixture, 100000);
        assert_pairs_at_most(&m, 1000);
        mixture_free(&m);
        target_free(&t);
    }
}

/* All over a square of six stds, as arrows are drawn. */
static double mean_pairs_on_a_grid(const Mixture *m, double sigma)
{
    enum { SIDE = 64, N = SIDE * SIDE };
    static float x[N][2];
    static uint32_t pairs[N];
    for (int i = 0; i < N; i++)
        for (int axis = 0; axis < 2; axis++)
            x[i][axis] = (float)(m->mean[axis] + m->std * (6.0 * ((axis ? i / SIDE : i % SIDE) + 0.5) / SIDE - 3.0));
    mixture_evaluate(m, (float)sigma, x[0], N, (MixtureOutput){.pairs = pairs});
    return mean_of(pairs, N);
}

/* How a million may lie: all over a square, or in clusters of sizes that differ by decades. */
static Component in_a_square(Draw *d)
{
    return (Component){.weight = 1, .mean = {uniform(d, -2, 2), uniform(d, -2, 2)}, .cov = {1e-8, 0, 1e-8}};
}

static Component in_clusters(Draw *d)
{
    Draw cluster = {.rng = {41, STREAM_TEST}, .step = 8 * (uint64_t)uniform(d, 0, 100)};
    float z[2];
    rng_normals(d->rng, d->step++, 0, 1, z);
    double size = decades(&cluster, 1e-3, 0.3), x = uniform(&cluster, -2, 2), y = uniform(&cluster, -2, 2);
    return (Component){.weight = 1, .mean = {x + size * (double)z[0], y + size * (double)z[1]}, .cov = {1e-8, 0, 1e-8}};
}

#ifdef SCOREFIELD_SANITIZED
enum { MILLION = 100000 };
#else
enum { MILLION = 1000000 };
#endif

static Mixture a_million(Component (*make)(Draw *))
{
    Draw d = {.rng = {43, STREAM_TEST}};
    Component *c = calloc(MILLION, sizeof *c);
    assert_non_null(c);
    for (size_t k = 0; k < MILLION; k++)
        c[k] = make(&d);
    Mixture m;
    assert_true(mixture_init(&m, c, MILLION));
    free(c);
    return m;
}

/* Points one by one, which share nothing. */
static double mean_pairs_apart(const Mixture *m, double sigma, bool inside)
{
    enum { N = 64 };
    Draw d = {.rng = {19, STREAM_TEST}};
    uint32_t pairs[N];
    for (size_t i = 0; i < N; i++) {
        double place[2] = {m->mean[0] + 3 * m->std * uniform(&d, -1, 1), m->mean[1] + 3 * m->std * uniform(&d, -1, 1)};
        float at[2], z[2];
        mixture_sample(m, d.rng, d.step++, 0, 1, at);
        rng_normals(d.rng, d.step++, 0, 1, z);
        for (int axis = 0; axis < 2; axis++)
            at[axis] = inside ? at[axis] + (float)sigma * z[axis] : (float)place[axis];
        mixture_evaluate(m, (float)sigma, at, 1, (MixtureOutput){.pairs = &pairs[i]});
    }
    return mean_of(pairs, N);
}

static void assert_a_thousand_pairs_do(Mixture m)
{
    for (double relative = 1e-3; relative < 10.1; relative *= 1.58) {
        assert_true(mean_pairs_on_a_grid(&m, relative * m.std) <= 1000);
        assert_true(mean_pairs_apart(&m, relative * m.std, true) <= 1000);
        assert_true(mean_pairs_apart(&m, relative * m.std, false) <= 1000);
    }
    mixture_free(&m);
}

static void a_million_points_take_at_most_a_thousand_pairs(void **state)
{
    (void)state;
    Target t;
    assert_true(target_init(&t, 0));
    assert_a_thousand_pairs_do(scattered(&t.mixture, MILLION));
    target_free(&t);
    assert_a_thousand_pairs_do(a_million(in_a_square));
    assert_a_thousand_pairs_do(a_million(in_clusters));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_mixtures_obey_the_heat_equation),
        cmocka_unit_test(random_mixtures_denoise_to_the_posterior_mean),
        cmocka_unit_test(random_mixtures_are_at_most_as_sharp_as_the_noise),
        cmocka_unit_test(single_precision_serves_any_place_and_noise),
        cmocka_unit_test(nodes_serve_any_place_and_noise),
        cmocka_unit_test(crowds_are_served_like_single_points),
        cmocka_unit_test(a_crowd_in_the_middle_of_a_ring_is_served),
        cmocka_unit_test(a_point_that_is_none_leaves_the_rest_alone),
        cmocka_unit_test(every_finite_place_has_a_score_that_points_inwards),
        cmocka_unit_test(the_catalogue_takes_at_most_700_pairs),
        cmocka_unit_test(many_points_are_right_to_a_few_thousandths),
        cmocka_unit_test(a_hundred_thousand_points_take_at_most_a_thousand_pairs),
        cmocka_unit_test(a_million_points_take_at_most_a_thousand_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
