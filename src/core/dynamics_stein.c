/* dynamics_stein.c - Stein variational gradient descent (Liu and Wang 2016; maths.md S14).
 *
 *     phi_i = 1/n sum_j k_ij (S(x_j) + (x_i - x_j) / b^2),   k_ij = exp(-|x_i - x_j|^2 / 2b^2)
 *
 * Particles climb with their neighbours' scores and are pushed off each other. All pairs of a chunk meet, and none of
 * different chunks: a large set is several independent approximations of the density.
 */
#include "core/dynamics_steps.h"
#include "core/vector.h"

#include <math.h>
#include <string.h>

enum { PAIRS = 22 }; /* distances a particle that the bandwidth is taken from */
_Static_assert(2 + PAIRS <= DYNAMICS_SCRATCH, "scores and distances fit the scratch");

/* A chunk as planes, and the sums over j of the equation above. */
typedef struct Swarm {
    float x[DYNAMICS_CHUNK], y[DYNAMICS_CHUNK], score_x[DYNAMICS_CHUNK], score_y[DYNAMICS_CHUNK];
    float sum_x[DYNAMICS_CHUNK], sum_y[DYNAMICS_CHUNK], kernel[DYNAMICS_CHUNK];
} Swarm;

/* The value of that rank, from 0, among n > rank numbers of at least 0: such floats are ordered as their bits are, so
 * they are found byte by byte. */
static float value_of_rank(const float *value, size_t n, size_t rank)
{
    uint32_t found = 0, mask = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
        size_t count[256] = {0}, digit = 0;
        for (size_t i = 0; i < n; i++)
            count[vector_bits(value[i]) >> shift & 255] += (vector_bits(value[i]) & mask) == found;
        while (rank >= count[digit])
            rank -= count[digit++];
        found |= (uint32_t)digit << shift;
        mask |= 255u << shift;
    }
    return vector_float(found);
}

static float square_between(const float *x, size_t i, size_t j)
{
    float dx = x[2 * i] - x[2 * j], dy = x[2 * i + 1] - x[2 * j + 1];
    return dx * dx + dy * dy;
}

/* Median of the squared distances of all n^2 pairs, each particle's with itself included; the upper one of two. Up to
 * 45 particles all pairs count. Beyond, each particle counts with the 44 that stand at fixed distances from it in the
 * row: of 1,024 independent ones that changes the median by 1 % (measured). squares [n][PAIRS]. */
static double median_square(const float *x, size_t n, float *squares)
{
    size_t stride = (n / 2 + PAIRS - 1) / PAIRS, m = 0;
    for (size_t offset = 1; offset <= n / 2; offset += stride)
        for (size_t i = 0; i < (2 * offset == n ? offset : n); i++)
            squares[m++] = square_between(x, i, (i + offset) % n);
    /* Of the n^2, n are 0, and the others come twice. */
    return n > 1 ? (double)value_of_rank(squares, m, m * (n * n / 2 - n) / (n * (n - 1))) : 0;
}

/* b^2. At sigma no two independent particles have a median below sigma^2 (it is 2.8 sigma^2 for equal x0): a smaller
 * one belongs to a heap that is still to be spread, or to copies of one place. */
static double bandwidth_square(const DynamicsStep *s, float *squares)
{
    return fmax(median_square(s->x, s->n, squares), s->to * s->to) / 2 / log((double)s->n + 1);
}

static void fill_swarm(const DynamicsStep *s, const float *score, Swarm *w)
{
    memset(w, 0, sizeof *w);
    for (size_t i = 0; i < s->n; i++) {
        w->x[i] = s->x[2 * i];
        w->y[i] = s->x[2 * i + 1];
        w->score_x[i] = score[2 * i];
        w->score_y[i] = score[2 * i + 1];
    }
}

/* precision: 1/b^2. The inner loop is over those that are moved, so that no sum runs across the lanes. */
static CORE_CLONES
void meet(Swarm *w, size_t n, float precision)
{
    for (size_t j = 0; j < n; j++) {
        float x = w->x[j], y = w->y[j], score_x = w->score_x[j], score_y = w->score_y[j];
        for (size_t i = 0; i < n; i++) {
            float dx = w->x[i] - x, dy = w->y[i] - y;
            float k = vector_exp(-0.5f * precision * (dx * dx + dy * dy));
            w->sum_x[i] += k * (score_x + precision * dx);
            w->sum_y[i] += k * (score_y + precision * dy);
            w->kernel[i] += k;
        }
    }
}

/* What makes a step of phi as stable as one of a lone particle, whose stiffness is at most 1/sigma^2. That of
 * neighbours that climb together is at most as much times their mean kernel. That of their repulsion on an even density
 * is largest for displacements of wavelength 2 pi b / sqrt(2): 2/e b^2 times the mean kernel. Steps of h over the sum
 * of the two change where particles are on their way, not where they come to rest. */
static double stein_step_size(const DynamicsStep *s, double b2, const Swarm *w)
{
    float most = 1;
    for (size_t i = 0; i < s->n; i++)
        most = w->kernel[i] > most ? w->kernel[i] : most;
    return dynamics_walking_step(s) / (1 + s->to * s->to / b2) / (double)most;
}

static void stein_chunk(const FieldSource *field, const DynamicsStep *s)
{
    Swarm w;
    float *score = s->scratch;
    double b2 = bandwidth_square(s, s->scratch + 2 * s->n);
    dynamics_score(field, s, s->x, s->to, score);
    fill_swarm(s, score, &w);
    meet(&w, s->n, (float)(1 / b2));
    float a = (float)stein_step_size(s, b2, &w);
    for (size_t i = 0; i < s->n; i++) {
        s->x[2 * i] += a * w.sum_x[i];
        s->x[2 * i + 1] += a * w.sum_y[i];
    }
}

/* S14. */
void svgd_step(const FieldSource *field, const DynamicsStep *s)
{
    dynamics_chunks(field, s, stein_chunk);
}
