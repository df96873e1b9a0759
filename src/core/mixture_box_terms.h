/* mixture_box_terms.h - sixteen boxes under noise at one point, in single precision: see mixture_terms.h. */
#ifndef CORE_MIXTURE_BOX_TERMS_H
#define CORE_MIXTURE_BOX_TERMS_H

#include "core/mixture_terms.h"

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

/* 1 - p mills_ratio(p), of which single precision leaves little far out: there its series by the ratio's square. */
CORE_INLINE float mills_defect(float p, float ratio)
{
    float square = ratio * ratio;
    float far = square * (1.0f - square * (1.0f - square * (4.0f - square * 27.0f)));
    return p < 10.0f ? 1.0f - p * ratio : far;
}

/* A standard normal cut to [p, q], given by centre and width: component.c's closed forms in single precision. Beside
 * the interval (p > 0) everything is relative to the density at p, and the mean to p itself, lest its square cancel. */
typedef struct Cut {
    float log_mass, mean, variance;
} Cut;

/* So narrow that it is a Gaussian under the noise. */
CORE_INLINE Cut cut_narrow(float centre, float width)
{
    const float half_log_2pi = 0.918938533f;
    float posterior = width * width * (1.0f / 12.0f), keep = 1.0f / (1.0f + posterior);
    return (Cut){.log_mass = vector_log(width) - 0.5f * (centre * centre * keep + posterior) - half_log_2pi,
                 .mean = centre * keep,
                 .variance = posterior * keep};
}

CORE_INLINE Cut cut_normal(float signed_centre, float width)
{
    const float half_log_2pi = 0.918938533f;
    float centre = fabsf(signed_centre), p = centre - 0.5f * width, q = centre + 0.5f * width;
    bool beside = p > 0.0f;
    float base = beside ? 0.0f : -0.5f * p * p - half_log_2pi; /* of at_p and at_q, the densities at both ends */
    float at_p = vector_exp(base), at_q = vector_exp(base - centre * width);
    float ratio_p = mills_ratio(fabsf(p)), ratio_q = mills_ratio(q), tail_p = at_p * ratio_p, tail_q = at_q * ratio_q;
    float inverse = 1.0f / (beside ? tail_p - tail_q : 1.0f - tail_p - tail_q);
    float depth = (at_p * mills_defect(p, ratio_p) - at_q * mills_defect(q, ratio_q) - tail_q * width) * inverse;
    float mean = beside ? p + depth : (at_p - at_q) * inverse;
    float variance = 1.0f - mean * (beside ? depth : mean);
    variance += (beside ? -width * at_q : p * at_p - q * at_q) * inverse;
    float log_mass = -vector_log(inverse) - (beside ? 0.5f * p * p + half_log_2pi : 0.0f);
    Cut narrow = cut_narrow(centre, width);
    bool is_narrow = width * lane_larger(1.0f, centre) < 0.15f;
    mean = is_narrow ? narrow.mean : mean;
    return (Cut){.log_mass = is_narrow ? narrow.log_mass : log_mass,
                 .mean = signed_centre < 0.0f ? -mean : mean,
                 .variance = is_narrow ? narrow.variance : variance};
}

CORE_INLINE void fill_box_terms(const Query *q, const BoxBlock *b, Terms *t)
{
    float scale = 1.0f / q->deviation;
    for (size_t lane = 0; lane < LANES; lane++) {
        Cut x = cut_normal((b->x[lane] - q->x) * scale, 2.0f * b->half_x[lane] * scale);
        Cut y = cut_normal((b->y[lane] - q->y) * scale, 2.0f * b->half_y[lane] * scale);
        t->exponent[lane] = b->log_height[lane] + x.log_mass + y.log_mass;
        t->inverse[lane] = 1.0f;
        t->score_x[lane] = x.mean * scale - q->reference.score[0];
        t->score_y[lane] = y.mean * scale - q->reference.score[1];
        t->curvature[lane] = (2.0f - x.variance - y.variance) * scale * scale;
    }
}

#endif
