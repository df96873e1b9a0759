#include "app/rates.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

static const double COUNT_S = 0.5;

static double memory_mb(void)
{
    long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (statm) {
        if (fscanf(statm, "%*s %ld", &pages) != 1)
            pages = 0;
        fclose(statm);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

void rates_work(Rates *r, double own_ms)
{
    r->worst_ms = fmax(r->worst_ms, own_ms);
}

/* An undo brings back a network with all its steps: they weren't taken just now. */
void rates_count(Rates *r, double now_s, uint64_t epoch, double steps, double ticks, FrameNumbers *n)
{
    bool another = epoch != r->epoch;
    double elapsed_s = now_s - r->since_s;
    if (elapsed_s < COUNT_S && !another)
        return;
    n->steps_per_s = another ? 0 : (steps - r->steps) / elapsed_s;
    n->ticks_per_s = (ticks - r->ticks) / elapsed_s;
    n->own_worst_ms = r->worst_ms;
    n->memory_mb = memory_mb();
    *r = (Rates){.since_s = now_s, .epoch = epoch, .steps = steps, .ticks = ticks};
}
