/* fuzz_npy.c - any bytes as a .npy file: refused with a line, or finite points. libFuzzer's entry. */
#include "io/npy.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads every number of a table where it lies. */
static void read_table(const uint8_t *data, size_t size)
{
    Error e = {0};
    NpyTable t;
    if (!npy_open_table(&t, "input", data, size, &e)) {
        if (t.rows || !e.text[0])
            abort();
        return;
    }
    volatile double last;
    for (size_t i = 0; i < t.rows; i++)
        for (size_t j = 0; j < t.columns; j++)
            last = npy_number(&t, i, j);
    (void)last;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error e = {0};
    float *points;
    size_t n;
    read_table(data, size);
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
