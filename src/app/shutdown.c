#include "app/shutdown.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* A signal handler can reach nothing else; any thread may be the one that runs it. */
static atomic_int requested; /* the first signal's number */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal handler must not wait for a lock");

static void on_signal(int number)
{
    int none = 0;
    if (!atomic_compare_exchange_strong(&requested, &none, number) && number == SIGINT)
        _exit(128 + number);
}

void shutdown_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

bool shutdown_requested(void)
{
    return atomic_load(&requested) != 0;
}

bool shutdown_cut_off(void)
{
    int number = atomic_load(&requested);
    return number && number != SIGINT;
}
