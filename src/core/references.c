#include "core/references.h"

#include "core/vector.h"

#include <math.h>
#include <stdlib.h>

enum { LANES = 16, ROWS = 64, COLUMNS = 64, ALIGNMENT = 64 };

static const float REACH = 4.0f;            /* the grid covers [-REACH, REACH]^2; its outer cells go on for ever */
static const float NEAR_SIGMA = 0.12f;      /* below it the cells leave fewer points of all shares than one share has */
static const float FULL_SHARE_SIGMA = 0.2f; /* above it a part of the share, down to a quarter */
static const float LOG2_E = 1.44269504f;
static const float NEGLIGIBLE = 28.0f; /* points whose weight is below e^-14 of the clean point's own are left out */
static const float FAR_AWAY = 1e4f;    /* where the points are that fill up a vector */

CORE_INLINE size_t whole_vectors(size_t n)
{
    return (n + LANES - 1) / LANES * LANES;
}

bool references_init(References *r, size_t share, size_t n)
{
    *r = (References){.share = whole_vectors(share)};
    r->all.count = r->cells.count = REFERENCES_STEPS * r->share;
    r->own.count = whole_vectors(n);
    r->point = aligned_alloc(ALIGNMENT, (6 * r->all.count + 2 * r->own.count) * sizeof(float));
    r->start = calloc(ROWS * COLUMNS + 1, sizeof *r->start);
    if (!r->point || !r->start) {
        references_free(r);
        return false;
    }
    PointList *list[] = {&r->all, &r->cells, &r->own};
    float *memory = r->point + 2 * r->all.count;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        list[i]->x = memory;
        list[i]->y = memory + list[i]->count;
        memory += 2 * list[i]->count;
    }
    return true;
}

void references_free(References *r)
{
    free(r->point);
    free(r->start);
    *r = (References){0};
}

/* Row or column of a coordinate. */
CORE_INLINE uint32_t cell_of(float x, uint32_t cells)
{
    float last = (float)(cells - 1), cell = (x + REACH) * ((float)cells / (2.0f * REACH));
    return (uint32_t)(cell < 0.0f ? 0.0f : cell > last ? last : cell);
}

CORE_INLINE uint32_t cell_at(const float point[2])
{
    return cell_of(point[1], ROWS) * COLUMNS + cell_of(point[0], COLUMNS);
}

static void copy_points(const float *point, size_t n, PointList *to)
{
    for (size_t j = 0; j < to->count; j++) {
        to->x[j] = j < n ? point[2 * j] : FAR_AWAY;
        to->y[j] = j < n ? point[2 * j + 1] : FAR_AWAY;
    }
}

/* A counting sort. */
void references_sort(References *r)
{
    uint32_t next[ROWS * COLUMNS + 1] = {0};
    copy_points(r->point, r->all.count, &r->all);
    for (size_t j = 0; j < r->all.count; j++)
        next[cell_at(r->point + 2 * j) + 1]++;
    for (size_t c = 0; c < ROWS * COLUMNS; c++)
        next[c + 1] += next[c];
    memcpy(r->start, next, sizeof next);
    for (size_t j = 0; j < r->all.count; j++) {
        uint32_t to = next[cell_at(r->point + 2 * j)]++;
        r->cells.x[to] = r->all.x[j];
        r->cells.y[to] = r->all.y[j];
    }
}

/* Sums of weights and of weighted differences from a noisy point. */
typedef struct Sums {
    float weight[LANES], x[LANES], y[LANES];
} Sums;

/* 2^x for x <= 0 to 4e-6, which is plenty for a weight and a third cheaper than vector_exp; 2^-126 below that. */
CORE_INLINE float power_of_two(float x)
{
    x = x < -126.0f ? -126.0f : x;
    float round = 12582912.0f; /* 1.5 * 2^23: adding it leaves the integer part in the low bits */
    float shifted = x + round, r = x - (shifted - round);
    float p = 9.6663684e-3f;
    p = p * r + 5.5921976e-2f;
    p = p * r + 2.4022349e-1f;
    p = p * r + 6.9312105e-1f;
    p = p * r + 1.0f;
    return vector_float(vector_bits(p) + (vector_bits(shifted) << 23));
}

/* Adds points first .. end-1, both whole vectors. The weights need no common factor taken out: that of the clean point
 * is e^(-|noise|^2 / 2), at least 1e-20. */
CORE_INLINE void add_points(const PointList *list, size_t first, size_t end, const float at[2], float rate, Sums *sums)
{
    Sums s = *sums;
    const float *x = list->x, *y = list->y;
    for (size_t j = first; j < end; j += LANES)
        for (size_t l = 0; l < LANES; l++) {
            float dx = x[j + l] - at[0], dy = y[j + l] - at[1];
            float weight = power_of_two(-rate * (dx * dx + dy * dy));
            s.weight[l] += weight;
            s.x[l] += weight * dx;
            s.y[l] += weight * dy;
        }
    *sums = s;
}

/* Row by row of the cells within a square of half width `radius`. Rounding a row's stretch out to whole vectors takes
 * in neighbours that do no harm, as long as none is added twice. */
CORE_INLINE void add_near(const References *r, const float at[2], float radius, float rate, Sums *sums)
{
    uint32_t left = cell_of(at[0] - radius, COLUMNS), right = cell_of(at[0] + radius, COLUMNS);
    uint32_t top = cell_of(at[1] + radius, ROWS);
    size_t done = 0;
    for (uint32_t row = cell_of(at[1] - radius, ROWS); row <= top; row++) {
        size_t from = r->start[row * COLUMNS + left], to = r->start[row * COLUMNS + right + 1];
        size_t first = from / LANES * LANES, end = (to + LANES - 1) / LANES * LANES;
        if (from == to || end <= done)
            continue;
        add_points(&r->cells, first > done ? first : done, end, at, rate, sums);
        done = end;
    }
}

CORE_INLINE float noise_radius(const float *clean, const float *noisy, float sigma)
{
    float dx = noisy[0] - clean[0], dy = noisy[1] - clean[1];
    return __builtin_sqrtf(dx * dx + dy * dy + NEGLIGIBLE * sigma * sigma);
}

/* The wider the noise, the more of the points count: part of the share gives means that are good enough. */
CORE_INLINE size_t enough_points(size_t share, float sigma)
{
    size_t part = (size_t)((float)share * FULL_SHARE_SIGMA / sigma);
    size_t enough = part < share / 4 ? share / 4 : part < share ? part : share;
    return whole_vectors(enough);
}

CORE_CLONES
static void average(const References *r, const ReferencesQuery *q, size_t i, float mean[2])
{
    const float *at = q->noisy + 2 * i, sigma = q->sigma[i], rate = 0.5f * LOG2_E / (sigma * sigma);
    Sums sums = {0};
    add_points(&r->own, 0, r->own.count, at, rate, &sums);
    if (sigma < NEAR_SIGMA) {
        add_near(r, at, noise_radius(q->clean + 2 * i, at, sigma), rate, &sums);
    } else {
        size_t first = (size_t)(q->step % REFERENCES_STEPS) * r->share;
        add_points(&r->all, first, first + enough_points(r->share, sigma), at, rate, &sums);
    }
    float weight = 0.0f, x = 0.0f, y = 0.0f;
    for (size_t l = 0; l < LANES; l++) {
        weight += sums.weight[l];
        x += sums.x[l];
        y += sums.y[l];
    }
    mean[0] = at[0] + x / weight;
    mean[1] = at[1] + y / weight;
}

void references_mean(References *r, const ReferencesQuery *query, float *mean)
{
    copy_points(query->clean, query->n, &r->own);
    for (size_t i = 0; i < query->n; i++)
        average(r, query, i, mean + 2 * i);
}
