/* orders.h - what an order does to each worker: the one place where threads and the headless loop are told the same. */
#ifndef APP_ORDERS_H
#define APP_ORDERS_H

#include "scene/pair.h"
#include "scene/session.h"

/* Each returns how many steps or ticks the order asks for: the caller runs them, at once or between other orders. */
uint64_t order_learner(Learner *l, const Order *order);
uint64_t order_simulation(Pair *p, const Order *order);

/* A hand or another start: it ends what the simulation does in a hurry, where other orders wait for that. */
bool order_interrupts(OrderKind kind);

#endif
