/* ring.h - orders, in sequence, from the main thread to one worker. Main never waits: what doesn't fit it keeps. */
#ifndef APP_RING_H
#define APP_RING_H

#include "scene/session.h"

#include <stdatomic.h>

enum { RING_SIZE = 64 };

typedef struct Ring {
    Order order[RING_SIZE];
    _Atomic size_t written, read;
    Order *kept; /* main's: orders that found the ring full */
    size_t kept_count, kept_capacity;
    bool keeps_all; /* orders that would make each other superfluous: each counts */
} Ring;

void ring_free(Ring *r);
/* Main: appends; successive ORDER_SETTINGS that still wait at main are one, unless all count. */
void ring_put(Ring *r, const Order *order);
/* Main: moves what was kept into the ring as far as it fits. Call once a frame. */
void ring_flush(Ring *r);
/* Worker: the next order, false when there is none. */
bool ring_take(Ring *r, Order *order);

#endif
