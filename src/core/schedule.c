#include "core/schedule.h"

#include <math.h>

void ladder_geometric(double first, double last, size_t n, double *sigma)
{
    for (size_t i = 0; i < n; i++)
        sigma[i] = first * pow(last / first, (double)i / (double)(n - 1));
    sigma[n - 1] = last; /* exactly: a ladder's end is compared with the noise slider's end */
}

void ladder_karras(double first, double last, double rho, size_t n, double *sigma)
{
    double top = pow(first, 1 / rho), bottom = pow(last, 1 / rho);
    for (size_t i = 0; i < n; i++)
        sigma[i] = pow(top + (double)i / (double)(n - 1) * (bottom - top), rho);
    sigma[0] = first;
    sigma[n - 1] = last;
}
