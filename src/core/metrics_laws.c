#include "core/metrics_laws.h"

#include "core/metrics.h"

#include <math.h>
#include <string.h>

/* What is known around n points. */
typedef struct Surroundings {
    size_t n;
    float step;        /* h, data units */
    float *x;          /* [n][2] */
    float *score[4];   /* [n][2], at x + h e1, x - h e1, x + h e2, x - h e2 */
    float *density[4]; /* [n], div S + |S|^2 there: the laplacian of p over p */
    float *level[2];   /* score [n][2] at x, a little above sigma and below */
    double apart;      /* between these levels, data units */
} Surroundings;

static Surroundings surroundings_in(float *scratch, size_t n)
{
    Surroundings s = {.n = n, .x = scratch};
    float *at = scratch + 2 * n;
    for (int k = 0; k < 4; k++, at += 3 * n) {
        s.score[k] = at;
        s.density[k] = at + 2 * n;
    }
    s.level[0] = at;
    s.level[1] = at + 2 * n;
    return s;
}

/* place [n][2] is overwritten. */
static void look_beside(const FieldSource *field, const Surroundings *s, double sigma, int k, float *place)
{
    float move = k % 2 ? -s->step : s->step;
    memcpy(place, s->x, 2 * s->n * sizeof *place);
    for (size_t i = 0; i < s->n; i++)
        place[2 * i + (size_t)k / 2] += move;
    field->diverge(field->context, place, (float)sigma, s->n, s->score[k], s->density[k]);
    for (size_t i = 0; i < s->n; i++) {
        const float *score = s->score[k] + 2 * i;
        s->density[k][i] += score[0] * score[0] + score[1] * score[1];
    }
}

static void look_around(const FieldSource *field, Surroundings *s, double sigma)
{
    float above = (float)(sigma * (1.0 + METRICS_LAW_STEP)), below = (float)(sigma * (1.0 - METRICS_LAW_STEP));
    s->step = (float)(METRICS_LAW_STEP * sigma);
    s->apart = (double)above - (double)below;
    for (int k = 0; k < 4; k++)
        look_beside(field, s, sigma, k, s->level[0]);
    field->evaluate(field->context, s->x, above, s->n, s->level[0]);
    field->evaluate(field->context, s->x, below, s->n, s->level[1]);
}

/* Sums of squares over the points. */
typedef struct LawSums {
    double curl, jacobian, residual, left, right;
} LawSums;

static void add_point(const Surroundings *s, double sigma, size_t i, LawSums *sums)
{
    double jacobian[2][2], left[2], right[2];
    for (size_t axis = 0; axis < 2; axis++) {
        const float *plus = s->score[2 * axis] + 2 * i, *minus = s->score[2 * axis + 1] + 2 * i;
        float x = s->x[2 * i + axis];
        double way = (double)(x + s->step) - (double)(x - s->step); /* 2h as it was rounded */
        for (size_t j = 0; j < 2; j++)
            jacobian[j][axis] = ((double)plus[j] - (double)minus[j]) / way;
        right[axis] = sigma * ((double)s->density[2 * axis][i] - (double)s->density[2 * axis + 1][i]) / way;
        left[axis] = ((double)s->level[0][2 * i + axis] - (double)s->level[1][2 * i + axis]) / s->apart;
        sums->left += left[axis] * left[axis];
        sums->right += right[axis] * right[axis];
        sums->residual += (left[axis] - right[axis]) * (left[axis] - right[axis]);
        sums->jacobian += jacobian[0][axis] * jacobian[0][axis] + jacobian[1][axis] * jacobian[1][axis];
    }
    double curl = jacobian[1][0] - jacobian[0][1];
    sums->curl += curl * curl;
}

FieldLaws metrics_field_laws(const FieldSource *field, const Target *target, double sigma, uint64_t seed, size_t n,
                             float *scratch)
{
    Surroundings s = surroundings_in(scratch, n);
    LawSums sums = {0};
    double inside =
        fmin(fmax(sigma, target->sigma_min / (1.0 - METRICS_LAW_STEP)), target->sigma_max / (1.0 + METRICS_LAW_STEP));
    metrics_draw(&target->mixture, inside, seed, 0, n, s.x, s.level[0]);
    look_around(field, &s, inside);
    for (size_t i = 0; i < n; i++)
        add_point(&s, inside, i, &sums);
    return (FieldLaws){.curl = sqrt(sums.curl / sums.jacobian),
                       .heat = sqrt(2.0 * sums.residual / (sums.left + sums.right))};
}
