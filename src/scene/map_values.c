/* map_values.c - maps of the field at the place itself. */
#include "scene/map_recipe.h"

#include <math.h>

/* Of central differences, in sigma. Where there are noisy data they err by .003 at most for learned fields; smaller
 * steps would show the exact field's tree, whose answers differ from place to place by up to 2e-3 of 1/sigma. */
static const float CURL_STEP = 0.05f;

static double length_of(const float v[2])
{
    return hypot((double)v[0], (double)v[1]);
}

bool map_magnitude(const MapSource *s, MapBatch *b)
{
    s->field.evaluate(s->field.context, b->x, (float)s->sigma, b->n, b->scratch);
    for (size_t i = 0; i < b->n; i++)
        b->value[i] = (float)log10(s->sigma * length_of(b->scratch + 2 * i));
    return true;
}

/* number: of the field's score and the exact one. */
static bool compare(const MapSource *s, MapBatch *b, double (*number)(const float score[2], const float exact[2]))
{
    float *score = b->scratch, *exact = score + 2 * b->n;
    s->field.evaluate(s->field.context, b->x, (float)s->sigma, b->n, score);
    mixture_evaluate(&s->target->mixture, (float)s->sigma, b->x, b->n, (MixtureOutput){.score = exact});
    for (size_t i = 0; i < b->n; i++)
        b->value[i] = (float)number(score + 2 * i, exact + 2 * i);
    return true;
}

static double relative_error(const float score[2], const float exact[2])
{
    const float difference[2] = {score[0] - exact[0], score[1] - exact[1]};
    return length_of(difference) / length_of(exact);
}

/* No length, no direction. */
static double angle_between(const float score[2], const float exact[2])
{
    double x = (double)exact[0], y = (double)exact[1], u = (double)score[0], v = (double)score[1];
    if (hypot(x, y) * hypot(u, v) <= 0.0)
        return (double)NAN;
    return fabs(atan2(x * v - y * u, x * u + y * v)) * 180.0 / M_PI;
}

static double log_ratio(const float score[2], const float exact[2])
{
    return log2(length_of(score) / length_of(exact));
}

bool map_error(const MapSource *s, MapBatch *b)
{
    return compare(s, b, relative_error);
}

bool map_angle(const MapSource *s, MapBatch *b)
{
    return compare(s, b, angle_between);
}

bool map_length(const MapSource *s, MapBatch *b)
{
    return compare(s, b, log_ratio);
}

/* x [4][n][2]: each place moved to the right, to the left, up and down. */
static void cross_of(const MapBatch *b, float step, float *x)
{
    static const float way[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < b->n; i++, x += 2) {
            x[0] = b->x[2 * i] + step * way[k][0];
            x[1] = b->x[2 * i + 1] + step * way[k][1];
        }
}

bool map_curl(const MapSource *s, MapBatch *b)
{
    size_t row = 2 * b->n;
    float *x = b->scratch, *score = x + 4 * row;
    cross_of(b, CURL_STEP * (float)s->sigma, x);
    s->field.evaluate(s->field.context, x, (float)s->sigma, 4 * b->n, score);
    for (size_t i = 0; i < row; i += 2) {
        const float *right = score + i, *left = right + row, *up = left + row, *down = up + row;
        double dx = (double)(x[i] - x[row + i]), dy = (double)(x[2 * row + i + 1] - x[3 * row + i + 1]);
        double turn = (double)(right[1] - left[1]) / dx - (double)(up[0] - down[0]) / dy;
        b->value[i / 2] = (float)(s->sigma * s->sigma * turn);
    }
    return true;
}
