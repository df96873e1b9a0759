/* trace.h - a line for every command that a window ran: what it was, what it changed, and where the workers stood.
 * Tests that press keys read it, and so can anybody who wonders what a gesture does.
 */
#ifndef APP_TRACE_H
#define APP_TRACE_H

#include "scene/session.h"
#include "scene/simulation.h"

#include <stdio.h>

/* NULL with the reason when the file can't be written. */
FILE *trace_open(const char *path, Error *e);

/* "COMMANDS | name=value ... | steps=N epoch=N sigma=S particles=N dropped=N". */
void trace_commands(FILE *trace, const char *commands, const Settings *before, const Settings *after, const Weights *w,
                    const SimFrame *f);

#endif
