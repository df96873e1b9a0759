#include "core/precond.h"

#include <math.h>

Precond precond_edm(double sigma, double data_std)
{
    double variance = sigma * sigma + data_std * data_std, root = sqrt(variance);
    return (Precond){.skip = data_std * data_std / variance,
                     .out = sigma * data_std / root,
                     .in = 1.0 / root,
                     .noise = log(sigma) / 4.0};
}

PrecondScore precond_score(double sigma, double data_std)
{
    double variance = sigma * sigma + data_std * data_std;
    return (PrecondScore){.place = -1.0 / variance, .output = data_std / (sigma * sqrt(variance))};
}
