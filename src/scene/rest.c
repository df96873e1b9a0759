#include "scene/rest.h"

#include <math.h>
#include <string.h>

static const double MARKS_A_DOUBLING = 4, DEVIATIONS = 2;

void rest_begin(Rest *r, uint64_t step)
{
    *r = (Rest){.begun = step};
}

void rest_wake(Rest *r)
{
    r->known = 0;
    r->resting = false;
}

static double place_of_mark(uint64_t mark)
{
    return REST_FIRST * exp2((double)mark / MARKS_A_DOUBLING);
}

bool rest_due(const Rest *r, uint64_t step)
{
    return step >= r->begun && (double)(step - r->begun) >= place_of_mark(r->mark);
}

/* Least squares through the marks, which are evenly spaced; per doubling, and as large as it may well be. */
static double largest_gain(const double log_error[REST_MARKS])
{
    double middle = (REST_MARKS - 1) / 2.0, mean = 0, spread = 0, product = 0, residual = 0;
    for (size_t i = 0; i < REST_MARKS; i++)
        mean += log_error[i] / REST_MARKS;
    for (size_t i = 0; i < REST_MARKS; i++) {
        double x = ((double)i - middle) / MARKS_A_DOUBLING;
        spread += x * x;
        product += x * (log_error[i] - mean);
    }
    double slope = product / spread;
    for (size_t i = 0; i < REST_MARKS; i++) {
        double x = ((double)i - middle) / MARKS_A_DOUBLING;
        residual += pow(log_error[i] - mean - slope * x, 2);
    }
    return -slope + DEVIATIONS * sqrt(residual / (REST_MARKS - 2) / spread);
}

void rest_note(Rest *r, uint64_t step, double error)
{
    double steps = (double)(step - r->begun);
    r->mark++;
    if (!(error > 0) || !isfinite(error)) {
        rest_wake(r);
        return;
    }
    memmove(r->log_error, r->log_error + 1, (REST_MARKS - 1) * sizeof *r->log_error);
    r->log_error[REST_MARKS - 1] = log(error);
    if (r->known < REST_MARKS)
        r->known++;
    r->resting = r->known == REST_MARKS && largest_gain(r->log_error) * log2(1 + REST_AHEAD / steps) < REST_LEAST;
}
