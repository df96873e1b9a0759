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
