#include "app/orders.h"

uint64_t order_learner(Learner *l, const Order *order)
{
    switch (order->kind) {
    case ORDER_SETTINGS:
        learner_apply(l, &order->settings);
        return 0;
    case ORDER_RESET_NETWORK:
        learner_reset(l);
        return 0;
    case ORDER_STASH:
        learner_stash(l, order->n);
        return 0;
    case ORDER_EXCHANGE:
        learner_exchange(l, order->n);
        learner_apply(l, &order->settings);
        return 0;
    case ORDER_TRAIN:
        return order->n;
    case ORDER_RESET_PARTICLES:
    case ORDER_SIGMA:
    case ORDER_GRAB:
    case ORDER_RELEASE:
    case ORDER_TICK:
    case ORDER_ANNEAL:
    case ORDER_DROP:
    case ORDER_VIEW:
        return 0;
    }
    return 0;
}

uint64_t order_simulation(Simulation *s, const Order *order)
{
    s->frame.sequence = order->sequence;
    switch (order->kind) {
    case ORDER_SETTINGS:
        simulation_apply(s, &order->settings);
        return 0;
    case ORDER_RESET_PARTICLES:
        simulation_restart(s);
        return 0;
    case ORDER_STASH:
        simulation_stash(s, order->n);
        return 0;
    case ORDER_EXCHANGE:
        simulation_exchange(s, order->n);
        simulation_apply(s, &order->settings);
        return 0;
    case ORDER_SIGMA:
        simulation_move(s, order->x);
        return 0;
    case ORDER_GRAB:
        simulation_grab(s);
        return 0;
    case ORDER_RELEASE:
        simulation_release(s);
        return 0;
    case ORDER_ANNEAL:
        simulation_anneal(s);
        return 0;
    case ORDER_DROP:
        simulation_drop(s, order->x, order->y, order->n);
        return 0;
    case ORDER_VIEW:
        simulation_view(s, order->seen);
        return 0;
    case ORDER_TICK:
        return order->n;
    case ORDER_RESET_NETWORK:
    case ORDER_TRAIN:
        return 0;
    }
    return 0;
}
