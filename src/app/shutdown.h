/* shutdown.h - being asked to end by a signal: the first asks politely, Ctrl+C as a further one insists. The others come
 * in numbers when a desktop's session ends. */
#ifndef APP_SHUTDOWN_H
#define APP_SHUTDOWN_H

#include <stdbool.h>

/* Catches SIGINT, SIGTERM and SIGHUP; ignores SIGPIPE and SIGXFSZ, whose calls then fail like any other. */
void shutdown_catch_signals(void);
bool shutdown_requested(void);
/* By another signal than that of Ctrl+C: nobody at the keyboard wanted it. */
bool shutdown_cut_off(void);

#endif
