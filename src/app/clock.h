/* clock.h - seconds on a clock that never jumps. */
#ifndef APP_CLOCK_H
#define APP_CLOCK_H

#include <semaphore.h>
#include <stdbool.h>

double clock_s(void);
void clock_sleep_until(double s);
/* False when the semaphore wasn't posted by then. */
bool clock_wait_until(sem_t *word, double s);

#endif
