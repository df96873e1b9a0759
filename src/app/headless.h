/* headless.h - the program without a window: the same workers, one after the other in one thread, from one seed. */
#ifndef APP_HEADLESS_H
#define APP_HEADLESS_H

#include "app/options.h"

/* Runs the options' commands. Returns the exit status: 0, 1 with one line on standard error, 69 without OpenGL for a
 * figure. */
int headless_main(const Options *o);

#endif
