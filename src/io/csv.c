#include "io/csv.h"

void csv_append_points(Bytes *b, const float *points, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bytes_printf(b, "%.9g,%.9g\n", (double)points[2 * i], (double)points[2 * i + 1]);
}
