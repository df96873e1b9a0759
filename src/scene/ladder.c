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

double ladder_place(const Ladder *l, double sigma)
{
    size_t above = 0, below = l->steps;
    if (sigma >= l->sigma[above])
        return 0;
    if (sigma <= l->sigma[below])
        return (double)l->steps;
    while (below - above > 1) {
        size_t middle = (above + below) / 2;
        if (l->sigma[middle] > sigma)
            above = middle;
        else
            below = middle;
    }
    return (double)above + log(l->sigma[above] / sigma) / log(l->sigma[above] / l->sigma[below]);
}

double ladder_sigma(const Ladder *l, double place)
{
    double whole = floor(place);
    if (whole < 0)
        return l->sigma[0];
    if (whole >= (double)l->steps)
        return l->sigma[l->steps];
    const double *above = l->sigma + (size_t)whole;
    return place == whole ? above[0] : above[0] * pow(above[1] / above[0], place - whole);
}
