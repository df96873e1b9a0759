/* application.h - the program with a window: events in, frames out. Main thread only. */
#ifndef APP_APPLICATION_H
#define APP_APPLICATION_H

#include "app/options.h"

/* Runs until the window is closed. Returns the exit status. */
int application_main(const Options *o);

#endif
