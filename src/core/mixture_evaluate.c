#include "core/mixture_tree.h"
#include "core/vector.h"

#include <math.h>

enum { MAX_LEVELS = 8 };

/* One point on its way through the tree. Sums are kept per lane, relative to e^top, and scores relative to `reference`:
 * so neither weights underflow nor divergences cancel. */
typedef struct Query {
    float x, y, variance, deviation; /* unit coordinates; sigma^2 and sigma */
    float top;
    float reference[2];
    float sum[LANES], x_sum[LANES], y_sum[LANES], trace_sum[LANES];
} Query;

static const int32_t all[LANES] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/* The lanes' Gaussians at the query. */
typedef struct Terms {
    float exponent[LANES]; /* ln weight less half the squared distance */
    float inverse[LANES];  /* 1 / determinant */
    float score_x[LANES], score_y[LANES];
    float curvature[LANES]; /* -laplacian of the logarithm */
} Terms;

/* keep [LANES]: which lanes count. Says whether one is so far above the top that its weight could overflow. */
CORE_INLINE int32_t fill_terms(const Query *q, const Block *b, const int32_t *keep, Terms *t)
{
    int32_t over = 0;
    float limit = q->top + 20.0f;
    for (size_t lane = 0; lane < LANES; lane++) {
        float dx = q->x - b->x[lane], dy = q->y - b->y[lane];
        float major = b->major[lane] + q->variance, minor = b->minor[lane] + q->variance;
        float inverse = 1.0f / (major * minor);
        float along = dx * b->axis_x[lane] + dy * b->axis_y[lane];
        float across = dy * b->axis_x[lane] - dx * b->axis_y[lane];
        float pull_along = along * minor * inverse, pull_across = across * major * inverse;
        float exponent = b->log_weight[lane] - 0.5f * (along * pull_along + across * pull_across);
        exponent = keep[lane] ? exponent : -1e30f;
        over |= exponent > limit;
        t->exponent[lane] = exponent;
        t->inverse[lane] = inverse;
        t->score_x[lane] = pull_across * b->axis_y[lane] - pull_along * b->axis_x[lane];
        t->score_y[lane] = -pull_along * b->axis_y[lane] - pull_across * b->axis_x[lane];
        t->curvature[lane] = (major + minor) * inverse;
    }
    return over;
}

/* (1 - Phi(p)) / phi(p) for p >= 0 to 2e-7: a polynomial in (p - 3.25) / (p + 3.25), fitted at Chebyshev's nodes. */
CORE_INLINE float mills_ratio(float p)
{
    float t = (p - 3.25f) / (p + 3.25f);
    float r = -4.79390313e-5f;
    r = r * t + 7.12206433e-5f;
    r = r * t + 4.3922368e-4f;
    r = r * t - 5.87910527e-4f;
    r = r * t - 2.80311818e-3f;
    r = r * t + 5.23993017e-3f;
    r = r * t + 1.45816677e-2f;
    r = r * t - 6.84037912e-2f;
    r = r * t + 1.0550455e-1f;
    r = r * t - 1.82865052e-2f;
    r = r * t - 2.44331455e-1f;
    r = r * t + 1.20862413f;
    return r / (1.0f + p);
}

/* A standard normal cut to [p, q], given by centre and width: component.c's closed forms in single precision. Beside
 * the interval (p > 0) everything is relative to the density at p. */
typedef struct Cut {
    float log_mass, mean, variance;
} Cut;

CORE_INLINE Cut cut_normal(float signed_centre, float width)
{
    const float half_log_2pi = 0.918938533f;
    float centre = fabsf(signed_centre);
    float p = centre - 0.5f * width, q = centre + 0.5f * width;
    bool beside = p > 0.0f;
    float base = beside ? 0.0f : -0.5f * p * p - half_log_2pi; /* of at_p and at_q, the densities at both ends */
    float drop = -centre * width;                              /* ln of at_q / at_p */
    float at_p = vector_exp(base), at_q = vector_exp(base + drop);
    float tail_p = at_p * mills_ratio(fabsf(p)), tail_q = at_q * mills_ratio(q);
    float mass = beside ? tail_p - tail_q : 1.0f - tail_p - tail_q;
    float mean = (at_p - at_q) / mass;
    float variance = 1.0f + (p * at_p - q * at_q) / mass - mean * mean;
    float rest = 1.0f - at_q;
    float far = 1.0f / (p * p) - width * width * at_q / (rest * rest); /* of an exponential of rate p */
    variance = p > 30.0f ? far : variance;
    float log_mass = vector_log(mass) + (beside ? -0.5f * p * p - half_log_2pi : 0.0f);
    float posterior = width * width / 12.0f, total = 1.0f + posterior; /* a narrow box: a Gaussian to O(width^4) */
    bool narrow = width < 0.1f;
    log_mass = narrow ? vector_log(width) - 0.5f * centre * centre / total - 0.5f * posterior - half_log_2pi : log_mass;
    mean = narrow ? centre / total : mean;
    variance = narrow ? posterior / total : variance;
    return (Cut){.log_mass = log_mass, .mean = signed_centre < 0.0f ? -mean : mean, .variance = variance};
}

CORE_INLINE int32_t fill_box_terms(const Query *q, const BoxBlock *b, Terms *t)
{
    int32_t over = 0;
    float limit = q->top + 20.0f, scale = 1.0f / q->deviation;
    for (size_t lane = 0; lane < LANES; lane++) {
        Cut x = cut_normal((b->x[lane] - q->x) * scale, 2.0f * b->half_x[lane] * scale);
        Cut y = cut_normal((b->y[lane] - q->y) * scale, 2.0f * b->half_y[lane] * scale);
        float exponent = b->log_height[lane] + x.log_mass + y.log_mass;
        over |= exponent > limit;
        t->exponent[lane] = exponent;
        t->inverse[lane] = 1.0f;
        t->score_x[lane] = x.mean * scale;
        t->score_y[lane] = y.mean * scale;
        t->curvature[lane] = (2.0f - x.variance - y.variance) * scale * scale;
    }
    return over;
}

CORE_INLINE void add_terms(Query *q, const Terms *t)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        float weight = sqrtf(t->inverse[lane]) * vector_exp(t->exponent[lane] - q->top);
        float ex = t->score_x[lane] - q->reference[0], ey = t->score_y[lane] - q->reference[1];
        q->sum[lane] += weight;
        q->x_sum[lane] += weight * ex;
        q->y_sum[lane] += weight * ey;
        q->trace_sum[lane] += weight * (ex * ex + ey * ey - t->curvature[lane]);
    }
}

CORE_INLINE void raise_top(Query *q, const float *exponent)
{
    float top = q->top;
    for (size_t lane = 0; lane < LANES; lane++)
        top = exponent[lane] > top ? exponent[lane] : top;
    float factor = vector_exp(q->top - top);
    q->top = top;
    for (size_t lane = 0; lane < LANES; lane++) {
        q->sum[lane] *= factor;
        q->x_sum[lane] *= factor;
        q->y_sum[lane] *= factor;
        q->trace_sum[lane] *= factor;
    }
}

CORE_INLINE void add_block(Query *q, const Block *b, const int32_t *keep)
{
    Terms t;
    if (fill_terms(q, b, keep, &t))
        raise_top(q, t.exponent);
    add_terms(q, &t);
}

/* What is decided upon at an inner block's lanes. */
typedef struct Lanes {
    float bound[LANES];  /* ln density of what is below, at most; without the constant that log_weight has */
    float excess[LANES]; /* ln of how much too wide a lane is to stand for what is below; negative: it may */
} Lanes;

/* A lane's Gaussian lacks the third cumulant of what it stands for, which is worth (spread / width)^(3/2) times the
 * distance in widths, relative to the exponent: hence the cube root. */
CORE_INLINE void judge_lanes(const Query *q, const Block *b, const Extent *e, Lanes *l)
{
    const float log_tolerance = -3.1f; /* 0.045 */
    for (size_t lane = 0; lane < LANES; lane++) {
        float dx = q->x - b->x[lane], dy = q->y - b->y[lane];
        float square = dx * dx + dy * dy;
        float gap = sqrtf(square) - e->radius[lane];
        gap = gap > 0.0f ? gap : 0.0f;
        float width = e->narrowest[lane] + q->variance, log_width = vector_log(width);
        float far = square / width;
        far = far > 1.0f ? far : 1.0f;
        far = far < 1000.0f ? far : 1000.0f;
        l->bound[lane] = b->log_weight[lane] - log_width - 0.5f * gap * gap / (e->widest[lane] + q->variance);
        l->excess[lane] = e->log_spread[lane] + vector_log(far) / 3.0f - log_width - log_tolerance;
    }
}

/* Returns the lanes to open and leaves in keep [LANES] those that stand for what is below. The rest lie more than e^-16
 * under the top. A lane's share of the sum shrinks with the nats below the top, and so do the demands on it, but only
 * to a point: the Gaussian of a lane much too wide would reach far beyond its bound. */
CORE_INLINE uint32_t open_lanes(const Query *q, const Block *b, const Extent *e, int32_t *keep)
{
    Lanes l;
    judge_lanes(q, b, e, &l);
    /* a table, because a shift by the index keeps the loop out of vectors */
    static const uint32_t bit[LANES] = {1u << 0, 1u << 1, 1u << 2,  1u << 3,  1u << 4,  1u << 5,  1u << 6,  1u << 7,
                                        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15};
    uint32_t open = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        float below = q->top - l.bound[lane];
        int32_t alive = below < 16.0f;
        float eased = below > 0.0f ? below : 0.0f;
        eased = eased < 8.0f ? eased : 8.0f;
        int32_t wide = l.excess[lane] > 0.3f * eased;
        keep[lane] = alive & ~wide;
        open |= alive & wide ? bit[lane] : 0u;
    }
    return open;
}

/* The lane with the largest density becomes the top and the reference. */
CORE_INLINE size_t choose_top(Query *q, const Terms *t)
{
    float density[LANES];
    for (size_t lane = 0; lane < LANES; lane++)
        density[lane] = t->exponent[lane] + 0.5f * vector_log(t->inverse[lane]);
    size_t best = 0;
    for (size_t lane = 1; lane < LANES; lane++)
        best = density[lane] > density[best] ? lane : best;
    q->top = density[best];
    q->reference[0] = t->score_x[best];
    q->reference[1] = t->score_y[best];
    return best;
}

/* Down the best lanes to the first that stands for what is below: a first top and reference, without which nothing
 * could be pruned. One component's density would be far too low a top where thousands overlap. */
CORE_INLINE void descend(const MixtureTree *t, Query *q)
{
    size_t block = t->blocks - 1;
    for (;;) {
        Terms terms;
        fill_terms(q, &t->block[block], all, &terms);
        size_t lane = choose_top(q, &terms);
        if (block < t->leaves)
            return;
        const Extent *e = &t->extent[block - t->leaves];
        Lanes l;
        judge_lanes(q, &t->block[block], e, &l);
        if (l.excess[lane] <= 0.0f)
            return;
        block = e->first + lane;
    }
}

CORE_INLINE void walk(const MixtureTree *t, Query *q)
{
    uint32_t stack[MAX_LEVELS * LANES];
    size_t depth = 0;
    stack[depth++] = (uint32_t)(t->blocks - 1);
    while (depth > 0) {
        uint32_t block = stack[--depth];
        if (block < t->leaves) {
            add_block(q, &t->block[block], all);
            continue;
        }
        const Extent *e = &t->extent[block - t->leaves];
        int32_t keep[LANES];
        uint32_t open = open_lanes(q, &t->block[block], e, keep);
        add_block(q, &t->block[block], keep);
        for (; open; open &= open - 1)
            stack[depth++] = e->first + (uint32_t)__builtin_ctz(open);
    }
}

CORE_INLINE void add_boxes(const MixtureTree *t, Query *q)
{
    for (size_t block = 0; block < t->box_blocks; block++) {
        Terms terms;
        int32_t over = fill_box_terms(q, &t->box_block[block], &terms);
        if (block == 0 && t->blocks == 0)
            choose_top(q, &terms);
        else if (over)
            raise_top(q, terms.exponent);
        add_terms(q, &terms);
    }
}

CORE_INLINE float lane_sum(const float *value)
{
    float eight[8], four[4];
    for (size_t lane = 0; lane < 8; lane++)
        eight[lane] = value[lane] + value[lane + 8];
    for (size_t lane = 0; lane < 4; lane++)
        four[lane] = eight[lane] + eight[lane + 4];
    return (four[0] + four[2]) + (four[1] + four[3]);
}

/* Everything at one point, in unit coordinates. */
typedef struct PointValue {
    float log_density, score[2], divergence;
} PointValue;

static CORE_CLONES
void evaluate_point(const MixtureTree *t, float variance, float x, float y, PointValue *out)
{
    Query q = {.x = x, .y = y, .variance = variance, .deviation = sqrtf(variance)};
    if (t->blocks > 0) {
        descend(t, &q);
        walk(t, &q);
    }
    add_boxes(t, &q);
    float sum = lane_sum(q.sum);
    float ex = lane_sum(q.x_sum) / sum, ey = lane_sum(q.y_sum) / sum;
    out->log_density = q.top + vector_log(sum);
    out->score[0] = q.reference[0] + ex;
    out->score[1] = q.reference[1] + ey;
    out->divergence = lane_sum(q.trace_sum) / sum - ex * ex - ey * ey;
}

void mixture_evaluate(const Mixture *m, float sigma, const float *x, size_t n, MixtureOutput out)
{
    const MixtureTree *t = m->tree;
    double unit = t->unit, variance = (double)sigma * (double)sigma, log_area = 2.0 * log(unit);
    for (size_t i = 0; i < n; i++) {
        double place[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        PointValue v;
        evaluate_point(t, (float)(variance / (unit * unit)), (float)((place[0] - t->centre[0]) / unit),
                       (float)((place[1] - t->centre[1]) / unit), &v);
        if (out.log_density)
            out.log_density[i] = (float)((double)v.log_density - log_area);
        if (out.divergence)
            out.divergence[i] = (float)((double)v.divergence / (unit * unit));
        for (size_t axis = 0; axis < 2; axis++) {
            double score = (double)v.score[axis] / unit;
            if (out.score)
                out.score[2 * i + axis] = (float)score;
            if (out.denoiser)
                out.denoiser[2 * i + axis] = (float)(place[axis] + variance * score);
        }
    }
}
