#include "app/shutdown.h"

#include <signal.h>
#include <unistd.h>

/* A signal handler can reach nothing else. */
static volatile sig_atomic_t requested; /* the signal's number */

static void on_signal(int number)
{
    if (requested && number == SIGINT)
        _exit(128 + number);
    requested = requested ? requested : number;
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
    return requested;
}

bool shutdown_cut_off(void)
{
    return requested && requested != SIGINT;
}
