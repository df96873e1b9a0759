/* windows.h - how fast something is on a shared machine: calls a second of the thread's own time over short windows,
 * taken in turn with windows of something to compare with. A busy neighbour slows both, so a ratio stands where the
 * rates do not.
 */
#ifndef BENCH_WINDOWS_H
#define BENCH_WINDOWS_H

#include <stdlib.h>
#include <time.h>

enum { WINDOWS = 24 };

#define WINDOW_S 0.05

static inline double own_time_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Calls a second over one window. */
static inline double rate_of(void (*call)(void *), void *context)
{
    double start = own_time_s(), spent;
    size_t calls = 0;
    do {
        call(context);
        calls++;
        spent = own_time_s() - start;
    } while (spent < WINDOW_S);
    return (double)calls / spent;
}

static inline int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct Summary {
    double median, most;
} Summary;

/* Sorts what it is given. */
static inline Summary summary_of(double *value, size_t n)
{
    qsort(value, n, sizeof *value, ascending);
    return (Summary){value[n / 2], value[n - 1]};
}

#endif
