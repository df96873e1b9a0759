/* fuzz_npy.c - any bytes as a .npy file: refused with a line, or finite points. libFuzzer's entry. */
#include "io/npy.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error e = {0};
    float *points;
    size_t n;
    if (!npy_read_points("input", data, size, &points, &n, &e)) {
        if (points || !e.text[0])
            abort();
        return 0;
    }
    for (size_t i = 0; i < 2 * n; i++)
        if (!isfinite(points[i]))
            abort();
    free(points);
    return 0;
}
