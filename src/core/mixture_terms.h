/* mixture_terms.h - sixteen terms of a mixture's sum at one point, in single precision: the kernels of
 * mixture_evaluate.c.
 *
 * They are inlined into a function that is cloned for each instruction set (core/vector.h), so loops over lanes are
 * written to become vector code: no branches, and flags as integers. Unit coordinates. Internal to the mixture's own
 * files.
 */
#ifndef CORE_MIXTURE_TERMS_H
#define CORE_MIXTURE_TERMS_H

#include "core/mixture_tree.h"
#include "core/vector.h"

#include <math.h>

/* GCC unrolls short loops before it looks for vectors in them; before each loop over lanes, this keeps it from that. */
#if defined(__GNUC__) && !defined(__clang__)
#define EACH_LANE _Pragma("GCC unroll 1")
#else
#define EACH_LANE
#endif

/* A lane of the tree that counts at the query. Scores are taken relative to its score, so that divergences don't
 * cancel. Far out its exponent is so large that single precision can't tell neighbours apart, so exponents are relative
 * too. */
typedef struct Reference {
    float x, y, x_rest, y_rest; /* its mean */
    float dx, dy;               /* from there to the query */
    float exponent;             /* -half the squared distance in its widths; 0 unless far */
    float score[2];
    float bend[3]; /* what its logarithm has for factors of x^2, xy and y^2 */
} Reference;

/* Of terms relative to e^top, lane by lane: what becomes of the query is a few horizontal sums at its end. */
typedef struct Sums {
    float weight[LANES], x[LANES], y[LANES], trace[LANES];
} Sums;

typedef struct Demand Demand;

/* One point, or the middle of a packet, on its way through the tree. */
typedef struct Query {
    float x, y, x_rest, y_rest; /* in two parts, so that differences of near places keep their digits */
    float variance, deviation;  /* sigma^2 and sigma */
    Reference reference;
    float top; /* ln density of the reference, relative as exponents are */
    const Demand *demand;
    float excess; /* ln of that at which a node is too wide, here */
    float floor;  /* ln density of all that was met, at least */
    /* Of a packet: its half extents; the score of what made the floor, less the reference's; and what a logarithm may
     * lose to its curvature on the way from the middle, nats. */
    float half_x, half_y, climb_x, climb_y, sag;
    Sums sums;
    uint32_t pairs;
} Query;

/* The lanes' Gaussians or boxes at the query. */
typedef struct Terms {
    float exponent[LANES];                /* ln weight less half the squared distance, less the reference's exponent */
    float inverse[LANES];                 /* 1 / determinant */
    float score_x[LANES], score_y[LANES]; /* less the reference's */
    float curvature[LANES];               /* -laplacian of the logarithm */
    float along[LANES], across[LANES];    /* Gaussians: distance along the axes over the variances there */
} Terms;

/* W^-1 d of one lane, by its axes: the score is its negative. */
typedef struct Pull {
    float along, across, x, y;
} Pull;

CORE_INLINE Pull pull_of(const Block *b, size_t lane, float inverse_major, float inverse_minor, float dx, float dy)
{
    float along = dx * b->axis_x[lane] + dy * b->axis_y[lane], across = dy * b->axis_x[lane] - dx * b->axis_y[lane];
    Pull p = {.along = along * inverse_major, .across = across * inverse_minor};
    p.x = p.along * b->axis_x[lane] - p.across * b->axis_y[lane];
    p.y = p.along * b->axis_y[lane] + p.across * b->axis_x[lane];
    return p;
}

/* A lane's Gaussian at the query, the squared distance less the reference's where that is far. */
typedef struct Gap {
    Pull pull;
    float distance;
} Gap;

CORE_INLINE Gap gap_of(const Query *q, const Block *b, size_t lane, float inverse_major, float inverse_minor)
{
    float dx = (q->x - b->x[lane]) + (q->x_rest - b->x_rest[lane]);
    float dy = (q->y - b->y[lane]) + (q->y_rest - b->y_rest[lane]);
    Pull p = pull_of(b, lane, inverse_major, inverse_minor, dx, dy);
    return (Gap){p, dx * p.x + dy * p.y};
}

/* With d = D + e, D from the reference's mean to the query and e from the lane's mean to the reference's,
 * d' V d - D' V_reference D = (D' V D - D' V_reference D) + (2 D + e)' V e, where lanes of equal covariance have
 * exactly nothing in the bracket. A lane so much sharper than the reference that the bracket outgrows d' V d is better
 * off without. */
CORE_INLINE Gap far_gap_of(const Query *q, const Block *b, size_t lane, float inverse_major, float inverse_minor)
{
    const Reference *r = &q->reference;
    float ex = (r->x - b->x[lane]) + (r->x_rest - b->x_rest[lane]);
    float ey = (r->y - b->y[lane]) + (r->y_rest - b->y_rest[lane]);
    Pull near = pull_of(b, lane, inverse_major, inverse_minor, ex, ey);
    Pull whole = pull_of(b, lane, inverse_major, inverse_minor, r->dx, r->dy);
    Gap plain = gap_of(q, b, lane, inverse_major, inverse_minor);
    float square = r->dx * whole.x + r->dy * whole.y;
    bool sharp = square > 2.0f * plain.distance;
    float distance = (square + 2.0f * r->exponent) + ((ex + 2.0f * r->dx) * near.x + (ey + 2.0f * r->dy) * near.y);
    Gap g;
    g.pull.along = sharp ? plain.pull.along : near.along + whole.along;
    g.pull.across = sharp ? plain.pull.across : near.across + whole.across;
    g.pull.x = sharp ? plain.pull.x + r->score[0] : near.x + (whole.x + r->score[0]);
    g.pull.y = sharp ? plain.pull.y + r->score[1] : near.y + (whole.y + r->score[1]);
    g.distance = sharp ? plain.distance + 2.0f * r->exponent : distance;
    return g;
}

CORE_INLINE void fill_terms(const Query *q, const Block *b, bool far, Terms *t)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float major = b->major[lane] + q->variance, minor = b->minor[lane] + q->variance;
        float inverse = 1.0f / (major * minor);
        Gap g = far ? far_gap_of(q, b, lane, minor * inverse, major * inverse)
                    : gap_of(q, b, lane, minor * inverse, major * inverse);
        t->along[lane] = g.pull.along;
        t->across[lane] = g.pull.across;
        t->exponent[lane] = b->log_weight[lane] - 0.5f * g.distance;
        t->inverse[lane] = inverse;
        t->score_x[lane] = -g.pull.x - (far ? 0.0f : q->reference.score[0]);
        t->score_y[lane] = -g.pull.y - (far ? 0.0f : q->reference.score[1]);
        t->curvature[lane] = (major + minor) * inverse;
    }
}

/* What a lane above the components adds to the second derivative of its logarithm by u = W^-1 d, at the query; the
 * part of the third cumulant and that of the fourth. */
typedef struct Bend {
    float by_third[3], by_fourth[3]; /* aa, ab, bb */
} Bend;

CORE_INLINE Bend bend_of(const Extent *e, size_t lane, float u, float v, float inverse_major, float inverse_minor)
{
    float uu = u * u - inverse_major, vv = v * v - inverse_minor, uv = 2.0f * u * v;
    Bend b;
    for (int i = 0; i < 3; i++) {
        b.by_third[i] = 2.0f * (e->skew[i][lane] * u + e->skew[i + 1][lane] * v);
        b.by_fourth[i] = e->tail[i][lane] * uu + e->tail[i + 1][lane] * uv + e->tail[i + 2][lane] * vv;
    }
    return b;
}

/* A lane above the components: the third and fourth cumulants' terms of Edgeworth's series, as exp(terms) in place of
 * 1 + terms, which stays positive and is nearer the truth far out. With H the Hermite polynomials of u, P = W^-1:
 * k3 H3 / 6 + k4 H4 / 24, whose gradients by u are k3 H2 / 2 and k4 H3 / 6. */
CORE_INLINE void correct_terms(const Query *q, const Block *b, const Extent *e, Terms *t)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float inverse_major = (b->minor[lane] + q->variance) * t->inverse[lane];
        float inverse_minor = (b->major[lane] + q->variance) * t->inverse[lane];
        float u = t->along[lane], v = t->across[lane];
        Bend bend = bend_of(e, lane, u, v, inverse_major, inverse_minor);
        float k0 = e->skew[0][lane], k1 = e->skew[1][lane], k2 = e->skew[2][lane], k3 = e->skew[3][lane];
        float h0 = e->tail[0][lane], h1 = e->tail[1][lane], h2 = e->tail[2][lane], h3 = e->tail[3][lane],
              h4 = e->tail[4][lane];
        float inner_u = k0 * inverse_major + k2 * inverse_minor, inner_v = k1 * inverse_major + k3 * inverse_minor;
        float by_u = 0.5f * (bend.by_third[0] * u + bend.by_third[1] * v) - inner_u;
        float by_v = 0.5f * (bend.by_third[1] * u + bend.by_third[2] * v) - inner_v;
        float value = (1.0f / 3.0f) * ((by_u - 2.0f * inner_u) * u + (by_v - 2.0f * inner_v) * v);
        float aa = bend.by_fourth[0] - 2.0f * (h0 * inverse_major + h2 * inverse_minor);
        float ab = bend.by_fourth[1] - 2.0f * (h1 * inverse_major + h3 * inverse_minor);
        float bb = bend.by_fourth[2] - 2.0f * (h2 * inverse_major + h4 * inverse_minor);
        float fourth_u = (1.0f / 3.0f) * (aa * u + ab * v), fourth_v = (1.0f / 3.0f) * (ab * u + bb * v);
        value += 0.25f *
                 (fourth_u * u + fourth_v * v - bend.by_fourth[0] * inverse_major - bend.by_fourth[2] * inverse_minor);
        by_u = (by_u + fourth_u) * inverse_major;
        by_v = (by_v + fourth_v) * inverse_minor;
        t->exponent[lane] += value;
        t->score_x[lane] += by_u * b->axis_x[lane] - by_v * b->axis_y[lane];
        t->score_y[lane] += by_u * b->axis_y[lane] + by_v * b->axis_x[lane];
        t->curvature[lane] -= inverse_major * inverse_major * (bend.by_third[0] + bend.by_fourth[0]) +
                              inverse_minor * inverse_minor * (bend.by_third[2] + bend.by_fourth[2]);
    }
}

CORE_INLINE float lane_sum(const float *value)
{
    float eight[8], four[4];
    EACH_LANE for (size_t lane = 0; lane < 8; lane++) eight[lane] = value[lane] + value[lane + 8];
    for (size_t lane = 0; lane < 4; lane++)
        four[lane] = eight[lane] + eight[lane + 4];
    return (four[0] + four[2]) + (four[1] + four[3]);
}

CORE_INLINE float lane_larger(float a, float b)
{
    return a > b ? a : b;
}

CORE_INLINE float lane_smaller(float a, float b)
{
    return a < b ? a : b;
}

CORE_INLINE float lane_max(const float *value)
{
    float eight[8], four[4];
    EACH_LANE for (size_t lane = 0; lane < 8; lane++) eight[lane] = lane_larger(value[lane], value[lane + 8]);
    for (size_t lane = 0; lane < 4; lane++)
        four[lane] = lane_larger(eight[lane], eight[lane + 4]);
    return lane_larger(lane_larger(four[0], four[2]), lane_larger(four[1], four[3]));
}

/* One bit a lane; a table, because a shift by the index keeps loops out of vectors. */
static const uint32_t LANE_BIT[LANES] = {1u << 0, 1u << 1, 1u << 2,  1u << 3,  1u << 4,  1u << 5,  1u << 6,  1u << 7,
                                         1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15};

CORE_INLINE size_t lane_of_max(const float *value)
{
    float most = lane_max(value);
    uint32_t hit = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++) hit |= value[lane] == most ? LANE_BIT[lane] : 0u;
    return (size_t)__builtin_ctz(hit | 1u << (LANES - 1));
}

/* asked: a bit for each lane that is in question, here and below. */
CORE_INLINE size_t densest_lane(const Terms *t, uint32_t asked)
{
    float density[LANES];
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        density[lane] = t->exponent[lane] + 0.5f * vector_log(t->inverse[lane]);
        density[lane] = asked & LANE_BIT[lane] ? density[lane] : -HUGE_VALF;
    }
    return lane_of_max(density);
}

CORE_INLINE void add_terms(const Terms *t, float top, uint32_t asked, Sums *s)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float weight = sqrtf(t->inverse[lane]) * vector_exp(t->exponent[lane] - top);
        float ex = t->score_x[lane], ey = t->score_y[lane];
        float trace = ex * ex + ey * ey - t->curvature[lane];
        bool counts = (asked & LANE_BIT[lane]) != 0;
        weight = counts ? weight : 0.0f;
        s->weight[lane] += weight;
        s->x[lane] += weight * ex;
        s->y[lane] += weight * ey;
        s->trace[lane] += weight * trace;
    }
}

/* to += factor * from. */
CORE_INLINE void add_sums(const Sums *from, float factor, Sums *to)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        to->weight[lane] += factor * from->weight[lane];
        to->x[lane] += factor * from->x[lane];
        to->y[lane] += factor * from->y[lane];
        to->trace[lane] += factor * from->trace[lane];
    }
}

CORE_INLINE void raise_top(Query *q, float top)
{
    Sums before = q->sums;
    q->sums = (Sums){0};
    add_sums(&before, vector_exp(q->top - top), &q->sums);
    q->top = top;
}

#endif
