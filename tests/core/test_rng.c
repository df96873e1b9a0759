#include "core/rng.h"

#include "near.h"

#include <stdlib.h>

enum { MANY = 1 << 17 };
static float values[4 * MANY];

/* Random123's known answers: counter and key in, four words out; the low byte of the second word is stream and use. */
static void philox_gives_the_published_words(void **state)
{
    (void)state;
    static const struct {
        Rng rng;
        uint64_t step, index;
        uint32_t words[4];
    } cases[] = {
        {{0x299f31d0a4093822u, (RngStream)0x69},
         0x0370734413198a2eu,
         0x85a308243f6a88u,
         {0xd16cfe09u, 0x94fdcceb, 0x5001e420u, 0x24126ea1u}},
        {{UINT64_MAX, (RngStream)0x7f},
         UINT64_MAX,
         0xffffffffffffffu,
         {0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        float u[4];
        rng_uniforms(cases[c].rng, cases[c].step, cases[c].index, 1, u);
        for (size_t w = 0; w < 4; w++)
            assert_true(u[w] == (float)(cases[c].words[w] >> 8) * 0x1p-24f);
    }
}

static void a_range_may_be_split_anywhere(void **state)
{
    (void)state;
    enum { N = 300 };
    Rng rng = {42, STREAM_TEST};
    float whole[4 * N], part[4 * N];
    for (size_t cut = 1; cut < N; cut += 7) {
        rng_normals(rng, 3, 1000, N, whole);
        rng_normals(rng, 3, 1000, cut, part);
        rng_normals(rng, 3, 1000 + cut, N - cut, part + 2 * cut);
        assert_memory_equal(whole, part, 2 * N * sizeof *whole);
        rng_uniforms(rng, 3, 1000, N, whole);
        rng_uniforms(rng, 3, 1000, cut, part);
        rng_uniforms(rng, 3, 1000 + cut, N - cut, part + 4 * cut);
        assert_memory_equal(whole, part, sizeof whole);
    }
}

/* Mean of x^power over n numbers. */
static double moment(const float *x, size_t n, int power)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += pow((double)x[i], power);
    return sum / (double)n;
}

static void normals_have_their_moments(void **state)
{
    (void)state;
    rng_normals((Rng){7, STREAM_NOISE}, 1, 0, MANY, values);
    size_t n = 2 * MANY;
    const double expected[] = {1.0, 0.0, 1.0, 0.0, 3.0, 0.0, 15.0};
    const double variance[] = {0.0, 1.0, 2.0, 15.0, 96.0, 945.0, 10170.0}; /* of x^power */
    for (int power = 1; power <= 6; power++) {
        double tolerance = 4.5 * sqrt(variance[power] / (double)n);
        assert_true(fabs(moment(values, n, power) - expected[power]) < tolerance);
    }
    for (size_t i = 0; i < n; i++)
        assert_true(fabsf(values[i]) < 6.8f);
}

static int compare_floats(const void *a, const void *b)
{
    const float *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Kolmogorov's distance, which a wrong sign, quadrant or branch of a polynomial cannot hide from. */
static void normals_follow_their_distribution(void **state)
{
    (void)state;
    rng_normals((Rng){8, STREAM_NOISE}, 1, 0, MANY, values);
    size_t n = 2 * MANY;
    qsort(values, n, sizeof *values, compare_floats);
    double distance = 0.0;
    for (size_t i = 0; i < n; i++) {
        double exact = 0.5 * erfc(-(double)values[i] * M_SQRT1_2);
        distance = fmax(distance, fabs(exact - ((double)i + 0.5) / (double)n));
    }
    assert_true(distance * sqrt((double)n) < 1.95); /* exceeded once in a thousand seeds */
}

static void uniforms_fill_the_unit_interval(void **state)
{
    (void)state;
    rng_uniforms((Rng){7, STREAM_DATA}, 1, 0, MANY, values);
    size_t count[64] = {0};
    size_t n = 4 * MANY;
    for (size_t i = 0; i < n; i++) {
        assert_true(values[i] >= 0.0f && values[i] < 1.0f);
        count[(size_t)(values[i] * 64.0f)]++;
    }
    double square = 0.0;
    for (size_t c = 0; c < 64; c++)
        square += pow((double)count[c] - (double)n / 64.0, 2.0) / ((double)n / 64.0);
    assert_true(square > 30.0 && square < 104.0); /* chi^2 with 63 degrees of freedom */
}

static double correlation(const float *a, const float *b, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum / (double)n;
}

static void seeds_streams_steps_and_coordinates_are_independent(void **state)
{
    (void)state;
    enum { N = 1 << 14 };
    static float base[2 * N], other[2 * N];
    Rng rng = {1, STREAM_DATA};
    const struct {
        Rng rng;
        uint64_t step;
        size_t first;
    } others[] = {
        {{2, STREAM_DATA}, 0, 0},
        {{1, STREAM_NOISE}, 0, 0},
        {{1, STREAM_DATA}, 1, 0},
        {{1, STREAM_DATA}, (uint64_t)1 << 32, 0},
        {{1 + ((uint64_t)1 << 32), STREAM_DATA}, 0, 0},
        {{1, STREAM_DATA}, 0, 1},
    };
    double tolerance = 4.5 / sqrt(2.0 * N);
    rng_normals(rng, 0, 0, N, base);
    for (size_t c = 0; c < sizeof others / sizeof *others; c++) {
        rng_normals(others[c].rng, others[c].step, others[c].first, N, other);
        assert_true(fabs(correlation(base, other, 2 * N)) < tolerance);
    }
    assert_true(fabs(correlation(base, base + 1, 2 * N - 1)) < tolerance);
}

/* A point of a mixture takes both at one index: were they made from the same words, the choice would fix the place. */
static void uniforms_do_not_repeat_normals(void **state)
{
    (void)state;
    enum { N = 1 << 14 };
    static float z[2 * N], u[4 * N], angle[N];
    rng_normals((Rng){5, STREAM_DATA}, 9, 0, N, z);
    rng_uniforms((Rng){5, STREAM_DATA}, 9, 0, N, u);
    for (size_t w = 0; w < 4; w++) {
        double sine = 0.0, radius = 0.0;
        for (size_t i = 0; i < N; i++) {
            angle[i] = (float)(2.0 * M_PI * (double)u[4 * i + w]);
            sine += (double)(sinf(angle[i]) * z[2 * i + 1]);
            radius += (double)(u[4 * i + w] - 0.5f) * (double)(z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1]);
        }
        assert_true(fabs(sine / N) < 4.5 * sqrt(0.5 / N));
        assert_true(fabs(radius / N) < 4.5 * sqrt(8.0 / 12.0 / N));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_words),
        cmocka_unit_test(a_range_may_be_split_anywhere),
        cmocka_unit_test(normals_have_their_moments),
        cmocka_unit_test(normals_follow_their_distribution),
        cmocka_unit_test(uniforms_fill_the_unit_interval),
        cmocka_unit_test(seeds_streams_steps_and_coordinates_are_independent),
        cmocka_unit_test(uniforms_do_not_repeat_normals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
