#include "scene/ladder.h"

#include <math.h>

void ladder_make(Ladder *l, const Schedule *schedule, double std, double first, double last, size_t steps)
{
    l->steps = steps;
    schedule_ladder(schedule, first / std, last / std, steps + 1, l->sigma);
    for (size_t i = 0; i <= steps; i++)
        l->sigma[i] *= std;
    l->sigma[0] = first; /* exactly: the ends are compared with the handle */
    l->sigma[steps] = last;
}

/* The rung of a level: that above it, or the first or last for what lies beyond the ends. */
static size_t rung_of(const Ladder *l, double sigma)
{
    size_t above = 0, below = l->steps;
    while (below - above > 1) {
        size_t middle = (above + below) / 2;
        if (l->sigma[middle] > sigma)
            above = middle;
        else
            below = middle;
    }
    return above;
}

double ladder_place(const Ladder *l, double sigma)
{
    size_t above = rung_of(l, sigma);
    return (double)above + log(l->sigma[above] / sigma) / log(l->sigma[above] / l->sigma[above + 1]);
}

double ladder_sigma(const Ladder *l, double place)
{
    double whole = fmin(fmax(floor(place), 0), (double)l->steps - 1), share = place - whole;
    const double *above = l->sigma + (size_t)whole;
    if (share == 0 || share == 1)
        return share == 0 ? above[0] : above[1];
    return above[0] * pow(above[1] / above[0], share);
}
