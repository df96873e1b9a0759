/* rates.h - counting what goes on a second: steps, ticks, the worst frame. */
#ifndef APP_RATES_H
#define APP_RATES_H

#include "ui/interface.h"

typedef struct Rates {
    double since_s, steps, ticks; /* where the count began */
    double worst_ms;              /* of main's own work, since then */
} Rates;

/* One frame's work of main. */
void rates_work(Rates *r, double own_ms);

/* Every half second, and after a reset of the network, writes rates, worst frame and memory into n and counts anew.
 * steps, ticks: all so far. */
void rates_count(Rates *r, double now_s, double steps, double ticks, FrameNumbers *n);

#endif
