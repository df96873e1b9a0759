#include "core/mixture_deep.h"

#include "core/mixture_terms.h"

enum { MOST_BLOCKS = (FINE_COUNT + LANES - 1) / LANES };

static const double LEAST = -40.0; /* nats below the largest term at which a block is left out */

/* As Terms, in double and relative to nothing. Exponents are whole logarithms. */
typedef struct DeepTerms {
    double exponent[LANES], score_x[LANES], score_y[LANES], curvature[LANES];
} DeepTerms;

/* A determinant's logarithm has few digits to lose, so single precision does. */
CORE_INLINE void fill_deep_terms(const DeepBlock *b, double variance, const double at[2], DeepTerms *t)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        double xx = b->xx[lane] + variance, xy = b->xy[lane], yy = b->yy[lane] + variance;
        double dx = at[0] - b->x[lane], dy = at[1] - b->y[lane];
        double inverse = 1.0 / (xx * yy - xy * xy);
        t->score_x[lane] = (xy * dy - yy * dx) * inverse;
        t->score_y[lane] = (xy * dx - xx * dy) * inverse;
        t->curvature[lane] = (xx + yy) * inverse;
        t->exponent[lane] = 0.5 * (dx * t->score_x[lane] + dy * t->score_y[lane]) +
                            (double)(b->log_weight[lane] + 0.5f * vector_log((float)inverse));
    }
}

/* A bit for each lane that is not below `least`. */
CORE_INLINE uint32_t lanes_from(const double *value, double least)
{
    uint32_t from = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++) from |= value[lane] >= least ? LANE_BIT[lane] : 0u;
    return from;
}

/* The largest term: all others are taken relative to it. */
typedef struct Top {
    size_t block, lane;
    double exponent;
} Top;

CORE_INLINE Top find_deep_top(const MixtureTree *t, double variance, const double at[2],
                              double exponent[MOST_BLOCKS][LANES])
{
    Top top = {.exponent = -HUGE_VAL};
    for (size_t block = 0; block < t->deep_blocks; block++) {
        DeepTerms terms;
        fill_deep_terms(&t->deep_block[block], variance, at, &terms);
        memcpy(exponent[block], terms.exponent, sizeof terms.exponent);
        for (uint32_t high = lanes_from(terms.exponent, top.exponent); high; high &= high - 1) {
            size_t lane = (size_t)__builtin_ctz(high);
            if (terms.exponent[lane] > top.exponent)
                top = (Top){block, lane, terms.exponent[lane]};
        }
    }
    return top;
}

typedef struct DeepSums {
    double weight[LANES], x[LANES], y[LANES], trace[LANES];
} DeepSums;

CORE_INLINE void add_deep_terms(const DeepTerms *t, double top, const double score[2], DeepSums *s)
{
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        double weight = (double)vector_exp((float)(t->exponent[lane] - top));
        double ex = t->score_x[lane] - score[0], ey = t->score_y[lane] - score[1];
        s->weight[lane] += weight;
        s->x[lane] += weight * ex;
        s->y[lane] += weight * ey;
        s->trace[lane] += weight * (ex * ex + ey * ey - t->curvature[lane]);
    }
}

CORE_INLINE double deep_sum(const double *value)
{
    double sum = 0.0;
    for (size_t lane = 0; lane < LANES; lane++)
        sum += value[lane];
    return sum;
}

CORE_CLONES
void deep_value(const MixtureTree *t, double variance, const double at[2], PointValue *value)
{
    double exponent[MOST_BLOCKS][LANES];
    Top top = find_deep_top(t, variance, at, exponent);
    DeepTerms terms;
    fill_deep_terms(&t->deep_block[top.block], variance, at, &terms);
    double score[2] = {terms.score_x[top.lane], terms.score_y[top.lane]};
    DeepSums s = {0};
    value->pairs += (uint32_t)(t->deep_blocks * LANES);
    for (size_t block = 0; block < t->deep_blocks; block++) {
        if (!lanes_from(exponent[block], top.exponent + LEAST))
            continue;
        fill_deep_terms(&t->deep_block[block], variance, at, &terms);
        add_deep_terms(&terms, top.exponent, score, &s);
    }
    double weight = deep_sum(s.weight), ex = deep_sum(s.x) / weight, ey = deep_sum(s.y) / weight;
    value->log_density = top.exponent + log(weight);
    value->score[0] = (float)(score[0] + ex);
    value->score[1] = (float)(score[1] + ey);
    value->divergence = (float)(deep_sum(s.trace) / weight - ex * ex - ey * ey);
}
