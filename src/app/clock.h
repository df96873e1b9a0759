/* clock.h - seconds on a clock that never jumps. */
#ifndef APP_CLOCK_H
#define APP_CLOCK_H

double clock_s(void);
void clock_sleep_until(double s);

#endif
