#include "app/clock.h"

#include <errno.h>
#include <math.h>
#include <time.h>

double clock_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct timespec moment(double s)
{
    return (struct timespec){.tv_sec = (time_t)s, .tv_nsec = (long)(1e9 * (s - floor(s)))};
}

void clock_sleep_until(double s)
{
    struct timespec t = moment(s);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
        ;
}

bool clock_wait_until(sem_t *word, double s)
{
    struct timespec t = moment(s);
    int failed;
    do
        failed = sem_clockwait(word, CLOCK_MONOTONIC, &t);
    while (failed && errno == EINTR);
    return !failed;
}
