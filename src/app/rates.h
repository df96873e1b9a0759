/* rates.h - counting what goes on a second: steps, ticks, the worst frame. */
#ifndef APP_RATES_H
#define APP_RATES_H

#include "ui/interface.h"

#include <stdint.h>

typedef struct Rates {
    double since_s, steps, ticks; /* where the count began */
    uint64_t epoch;               /* of the network whose steps are counted */
    double worst_ms;              /* of main's own work, since then */
} Rates;

/* One frame's work of main. */
void rates_work(Rates *r, double own_ms);

/* Every half second, and when the network is another one, writes rates, worst frame and memory into n and counts anew.
 * steps, ticks: all so far; epoch: of the network that took the steps. */
void rates_count(Rates *r, double now_s, uint64_t epoch, double steps, double ticks, FrameNumbers *n);

#endif
