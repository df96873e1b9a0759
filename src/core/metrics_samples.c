#include "core/metrics_samples.h"

#include "core/vector.h"

#include <math.h>
#include <stdlib.h>

enum { LANES = 16 };

static const double COPY_RATIO = 1.0 / 3.0;

/* Points as two rows, so that a loop over them is vector code. */
typedef struct Columns {
    const float *x, *y;
    size_t n;
} Columns;

/* Sums over pairs. */
typedef struct PairSums {
    double distance, kernel;
} PairSums;

static Columns columns_of(const float *points, size_t n, float *memory)
{
    for (size_t i = 0; i < n; i++) {
        memory[i] = points[2 * i];
        memory[n + i] = points[2 * i + 1];
    }
    return (Columns){memory, memory + n, n};
}

CORE_INLINE void add_pair(float dx, float dy, float rate, float *distance, float *kernel)
{
    float square = dx * dx + dy * dy;
    *distance += sqrtf(square);
    *kernel += vector_exp(-rate * square);
}

/* One point with all of a set from `first` on. A row is short enough for single precision, its sums are not. */
CORE_CLONES
static void add_row(float px, float py, const Columns *set, size_t first, float rate, PairSums *sums)
{
    float distance[LANES] = {0}, kernel[LANES] = {0};
    size_t j = first;
    for (; j + LANES <= set->n; j += LANES)
        for (size_t lane = 0; lane < LANES; lane++)
            add_pair(set->x[j + lane] - px, set->y[j + lane] - py, rate, &distance[lane], &kernel[lane]);
    for (size_t lane = 0; j < set->n; j++, lane++)
        add_pair(set->x[j] - px, set->y[j] - py, rate, &distance[lane], &kernel[lane]);
    for (size_t lane = 0; lane < LANES; lane++) {
        sums->distance += (double)distance[lane];
        sums->kernel += (double)kernel[lane];
    }
}

static PairSums means_between(const Columns *a, const Columns *b, float rate)
{
    PairSums s = {0};
    for (size_t i = 0; i < a->n; i++)
        add_row(a->x[i], a->y[i], b, 0, rate, &s);
    double pairs = (double)a->n * (double)b->n;
    return (PairSums){s.distance / pairs, s.kernel / pairs};
}

static PairSums means_within(const Columns *a, float rate)
{
    PairSums s = {0};
    for (size_t i = 0; i < a->n; i++)
        add_row(a->x[i], a->y[i], a, i + 1, rate, &s);
    double pairs = 0.5 * (double)a->n * (double)(a->n - 1);
    return (PairSums){s.distance / pairs, s.kernel / pairs};
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void project(const float *points, size_t n, double angle, float *sorted)
{
    float along = (float)cos(angle), across = (float)sin(angle);
    for (size_t i = 0; i < n; i++)
        sorted[i] = along * points[2 * i] + across * points[2 * i + 1];
    qsort(sorted, n, sizeof *sorted, compare_floats);
}

/* On a line the best transport keeps the order. */
static double sliced_wasserstein(const float *x, const float *y, size_t n, float *scratch)
{
    float *a = scratch, *b = scratch + n;
    double sum = 0.0;
    for (int k = 0; k < METRICS_SLICES; k++) {
        double angle = M_PI * (k + 0.5) / METRICS_SLICES;
        project(x, n, angle, a);
        project(y, n, angle, b);
        for (size_t i = 0; i < n; i++)
            sum += ((double)a[i] - (double)b[i]) * ((double)a[i] - (double)b[i]);
    }
    return sqrt(sum / ((double)n * METRICS_SLICES));
}

SampleDistances metrics_sample_distances(const float *x, const float *y, size_t n, double bandwidth, float *scratch)
{
    float rate = (float)(0.5 / (bandwidth * bandwidth));
    Columns a = columns_of(x, n, scratch), b = columns_of(y, n, scratch + 2 * n);
    PairSums between = means_between(&a, &b, rate), in_a = means_within(&a, rate), in_b = means_within(&b, rate);
    return (SampleDistances){
        .energy = 2.0 * between.distance - in_a.distance - in_b.distance,
        .mmd_squared = in_a.kernel + in_b.kernel - 2.0 * between.kernel,
        .sliced_wasserstein = sliced_wasserstein(x, y, n, scratch),
    };
}

double metrics_log_density_quantile(const Mixture *m, double sigma, const float *x, size_t n, double share,
                                    float *scratch)
{
    mixture_evaluate(m, (float)sigma, x, n, (MixtureOutput){.log_density = scratch});
    qsort(scratch, n, sizeof *scratch, compare_floats);
    return (double)scratch[(size_t)(share * (double)n)];
}

double metrics_share_below(const Mixture *m, double sigma, const float *x, size_t n, double log_density, float *scratch)
{
    size_t below = 0;
    mixture_evaluate(m, (float)sigma, x, n, (MixtureOutput){.log_density = scratch});
    for (size_t i = 0; i < n; i++)
        below += (double)scratch[i] < log_density;
    return (double)below / (double)n;
}

CORE_INLINE void approach(const float *point, const float *x, float *nearest, float *second)
{
    float dx = point[0] - x[0], dy = point[1] - x[1], square = dx * dx + dy * dy;
    float farther = square > *nearest ? square : *nearest;
    *second = farther < *second ? farther : *second;
    *nearest = square < *nearest ? square : *nearest;
}

/* Every lane keeps its own two; the two of all lanes are among them. */
CORE_CLONES
static bool copied(const float *x, const float *set, size_t m)
{
    float nearest[LANES], second[LANES];
    size_t j = 0;
    for (size_t lane = 0; lane < LANES; lane++)
        nearest[lane] = second[lane] = HUGE_VALF;
    for (; j + LANES <= m; j += LANES)
        for (size_t lane = 0; lane < LANES; lane++)
            approach(set + 2 * (j + lane), x, &nearest[lane], &second[lane]);
    for (size_t lane = 0; j < m; j++, lane++)
        approach(set + 2 * j, x, &nearest[lane], &second[lane]);
    float first = HUGE_VALF, next = HUGE_VALF;
    for (size_t lane = 0; lane < LANES; lane++) {
        next = fminf(fminf(next, second[lane]), fmaxf(first, nearest[lane]));
        first = fminf(first, nearest[lane]);
    }
    return (double)first < COPY_RATIO * COPY_RATIO * (double)next;
}

double metrics_memorised(const float *x, size_t n, const float *set, size_t m)
{
    size_t copies = 0;
    for (size_t i = 0; i < n; i++)
        copies += copied(x + 2 * i, set, m);
    return (double)copies / (double)n;
}
