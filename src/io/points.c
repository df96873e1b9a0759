#include "io/points.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const double NEGLIGIBLE = 1e-12; /* weight, against the largest */
static const char *const axes[POINTS_AXES] = {"x", "y", "weight"};

const char *points_fault(const double *value, int *axis)
{
    for (*axis = 0; *axis < POINTS_AXES; ++*axis) {
        if (!isfinite(value[*axis]))
            return "a finite number";
        if (fabs(value[*axis]) > (double)FLT_MAX)
            return "a number of at most 3.4e38";
    }
    *axis = POINTS_WEIGHT;
    return value[POINTS_WEIGHT] >= (double)FLT_MIN ? NULL : "a weight above 0";
}

static bool grow(PointTable *p)
{
    size_t capacity = p->capacity + p->capacity / 2 + 1024;
    double *x = realloc(p->x, capacity * 2 * sizeof *x);
    if (!x)
        return false;
    p->x = x;
    if (p->weighted) {
        double *weight = realloc(p->weight, capacity * sizeof *weight);
        if (!weight)
            return false;
        p->weight = weight;
    }
    p->capacity = capacity;
    return true;
}

bool points_append(PointTable *p, const char *name, const double *value, Error *e)
{
    if (p->count == POINTS_MOST)
        return error_set(e, "%s: expected at most %d points, found more (nothing was loaded)", name, POINTS_MOST);
    if (p->count == p->capacity && !grow(p))
        return error_set(e, "%s: out of memory (nothing was loaded)", name);
    p->x[2 * p->count] = value[POINTS_X];
    p->x[2 * p->count + 1] = value[POINTS_Y];
    if (p->weighted)
        p->weight[p->count] = value[POINTS_WEIGHT];
    p->count++;
    return true;
}

void points_skip(PointTable *p, const char *format, ...)
{
    va_list arguments;
    if (p->skipped.count++ > 0)
        return;
    va_start(arguments, format);
    vsnprintf(p->skipped.why, sizeof p->skipped.why, format, arguments);
    va_end(arguments);
}

void points_describe(PointTable *p, const char *format)
{
    snprintf(p->format, sizeof p->format, "%s", format);
    for (int axis = 0; axis < (p->weighted ? POINTS_AXES : POINTS_WEIGHT); axis++)
        snprintf(p->column[axis], sizeof p->column[axis], "%s", axes[axis]);
}

static double largest_weight(const PointTable *p)
{
    double largest = 0;
    for (size_t i = 0; i < p->count && p->weighted; i++)
        if (isfinite(p->weight[i]))
            largest = fmax(largest, p->weight[i]);
    return largest;
}

/* False, with the point counted as left out, when point i cannot be used. `least`: a weight that is negligible beside
 * the largest: such a point cannot be seen, but may stand so many std away from the others that single precision does
 * not hold it. Importance weights are full of them. */
static bool is_usable(PointTable *p, size_t i, double least)
{
    const double value[POINTS_AXES] = {p->x[2 * i], p->x[2 * i + 1], p->weighted ? p->weight[i] : 1};
    int axis;
    const char *expected = points_fault(value, &axis);
    if (expected)
        points_skip(p, "point %zu: expected %s as %s, found %g", i + 1, expected, axes[axis], value[axis]);
    else if (p->weighted && value[POINTS_WEIGHT] < least)
        points_skip(p, "expected weights of at least %g, %g of the largest, found %g", least, NEGLIGIBLE,
                    value[POINTS_WEIGHT]);
    else
        return true;
    return false;
}

static void drop_unusable(PointTable *p)
{
    double least = NEGLIGIBLE * largest_weight(p);
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!is_usable(p, i, least))
            continue;
        p->x[2 * kept] = p->x[2 * i];
        p->x[2 * kept + 1] = p->x[2 * i + 1];
        if (p->weighted)
            p->weight[kept] = p->weight[i];
        kept++;
    }
    p->count = kept;
}

static void find_bounds(PointTable *p)
{
    for (size_t axis = 0; axis < 2; axis++) {
        double low = p->x[axis], high = low;
        for (size_t i = 1; i < p->count; i++) {
            low = fmin(low, p->x[2 * i + axis]);
            high = fmax(high, p->x[2 * i + axis]);
        }
        p->low[axis] = low;
        p->high[axis] = high;
    }
}

static double larger_side(const PointTable *p)
{
    return fmax(p->high[0] - p->low[0], p->high[1] - p->low[1]);
}

bool points_check(const char *name, PointTable *p, Error *e)
{
    drop_unusable(p);
    if (p->count == 0 && p->skipped.count > 0)
        return error_set(e, "%s: %s; none of %zu rows can be used (nothing was loaded)", name, p->skipped.why,
                         p->skipped.count);
    if (p->count < 2)
        return error_set(e, "%s: expected at least two different points, found %s (nothing was loaded)", name,
                         p->count ? "one" : "none");
    find_bounds(p);
    if (larger_side(p) >= (double)FLT_MIN)
        return true;
    return error_set(e, "%s: expected at least two different points, found %zu times (%g, %g) (nothing was loaded)",
                     name, p->count, p->low[0], p->low[1]);
}

static double weight_sum(const PointTable *p)
{
    double sum = 0;
    for (size_t i = 0; i < p->count && p->weighted; i++)
        sum += p->weight[i];
    return p->weighted ? sum : (double)p->count;
}

/* Sums are over distances from a corner in units of the larger side: they keep their digits however far the points are
 * from 0, and nothing overflows or vanishes when squared. */
static Frame find_frame(const PointTable *p)
{
    double side = larger_side(p), total = weight_sum(p), variance = 0;
    Frame frame;
    for (size_t axis = 0; axis < 2; axis++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < p->count; i++)
            sum += (p->weighted ? p->weight[i] : 1) * ((p->x[2 * i + axis] - p->low[axis]) / side);
        for (size_t i = 0; i < p->count; i++) {
            double distance = (p->x[2 * i + axis] - p->low[axis]) / side - sum / total;
            squares += (p->weighted ? p->weight[i] : 1) * distance * distance;
        }
        frame.mean[axis] = p->low[axis] + side * (sum / total);
        variance += squares / total;
    }
    frame.std = side * sqrt(variance / 2);
    return frame;
}

static bool copy(const PointTable *p, PointTable *to)
{
    *to = *p;
    to->capacity = p->count;
    to->x = malloc(p->count * 2 * sizeof *to->x);
    to->weight = p->weighted ? malloc(p->count * sizeof *to->weight) : NULL;
    if (to->x && (to->weight || !p->weighted))
        return true;
    points_free(to);
    return false;
}

bool points_scale(const PointTable *p, PointTable *scaled, Frame *frame, Error *e)
{
    double total = weight_sum(p);
    if (!copy(p, scaled))
        return error_set(e, "out of memory for %zu points", p->count);
    *frame = find_frame(p);
    for (size_t i = 0; i < 2 * p->count; i++)
        scaled->x[i] = (p->x[i] - frame->mean[i % 2]) / frame->std;
    for (size_t i = 0; i < p->count && p->weighted; i++)
        scaled->weight[i] = p->weight[i] / total;
    for (size_t axis = 0; axis < 2; axis++) {
        scaled->low[axis] = (p->low[axis] - frame->mean[axis]) / frame->std;
        scaled->high[axis] = (p->high[axis] - frame->mean[axis]) / frame->std;
    }
    return true;
}

/* Most numbers in files have few digits, and are to look as they did. */
static void append_number(Bytes *b, double number, char after)
{
    char text[32];
    snprintf(text, sizeof text, "%.15g", number);
    if (strtod(text, NULL) != number)
        snprintf(text, sizeof text, "%.17g", number);
    bytes_printf(b, "%s%c", text, after);
}

void points_append_csv(const PointTable *p, Bytes *b)
{
    bytes_printf(b, p->weighted ? "x,y,weight\n" : "x,y\n");
    for (size_t i = 0; i < p->count; i++) {
        append_number(b, p->x[2 * i], ',');
        append_number(b, p->x[2 * i + 1], p->weighted ? ',' : '\n');
        if (p->weighted)
            append_number(b, p->weight[i], '\n');
    }
}

void points_free(PointTable *p)
{
    free(p->x);
    free(p->weight);
    *p = (PointTable){0};
}
