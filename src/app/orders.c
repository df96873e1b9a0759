#include "app/orders.h"

static void learner_settings(Learner *l, const Order *order)
{
    learner_apply(l, &order->settings);
}

static void learner_afresh(Learner *l, const Order *order)
{
    (void)order;
    learner_reset(l);
}

static void learner_keep(Learner *l, const Order *order)
{
    learner_stash(l, order->n);
}

static void learner_swap(Learner *l, const Order *order)
{
    learner_exchange(l, order->n);
    learner_apply(l, &order->settings);
}

static void simulation_settings(Simulation *s, const Order *order)
{
    simulation_apply(s, &order->settings);
}

static void simulation_afresh(Simulation *s, const Order *order)
{
    (void)order;
    simulation_restart(s);
}

static void simulation_keep(Simulation *s, const Order *order)
{
    simulation_stash(s, order->n);
}

static void simulation_swap(Simulation *s, const Order *order)
{
    simulation_exchange(s, order->n);
    simulation_apply(s, &order->settings);
}

static void simulation_sigma(Simulation *s, const Order *order)
{
    simulation_move(s, order->x);
}

static void simulation_hold(Simulation *s, const Order *order)
{
    (void)order;
    simulation_grab(s);
}

static void simulation_let_go(Simulation *s, const Order *order)
{
    (void)order;
    simulation_release(s);
}

static void simulation_run(Simulation *s, const Order *order)
{
    (void)order;
    simulation_anneal(s);
}

static void simulation_put(Simulation *s, const Order *order)
{
    simulation_drop(s, order->x, order->y, order->n, order->spread);
}

static void simulation_take_away(Simulation *s, const Order *order)
{
    simulation_undrop(s, order->n);
}

static void simulation_look(Simulation *s, const Order *order)
{
    simulation_view(s, order->seen);
}

static void simulation_go_on(Simulation *s, const Order *order)
{
    (void)order;
    s->frozen = false;
}

static void simulation_back_and_forth(Simulation *s, const Order *order)
{
    simulation_scrub(s, order->x);
}

static void simulation_steps(Simulation *s, const Order *order)
{
    simulation_step(s, (int64_t)order->x);
}

/* NULL: the worker has nothing to do with it. */
static const struct {
    void (*learner)(Learner *l, const Order *order);
    void (*simulation)(Simulation *s, const Order *order);
    bool steps, ticks; /* asks the learner for n steps, the simulation for n ticks */
} row[] = {
    [ORDER_SETTINGS] = {.learner = learner_settings, .simulation = simulation_settings},
    [ORDER_RESET_NETWORK] = {.learner = learner_afresh},
    [ORDER_RESET_PARTICLES] = {.simulation = simulation_afresh},
    [ORDER_STASH] = {.learner = learner_keep, .simulation = simulation_keep},
    [ORDER_EXCHANGE] = {.learner = learner_swap, .simulation = simulation_swap},
    [ORDER_SIGMA] = {.simulation = simulation_sigma},
    [ORDER_GRAB] = {.simulation = simulation_hold},
    [ORDER_RELEASE] = {.simulation = simulation_let_go},
    [ORDER_TRAIN] = {.steps = true},
    [ORDER_TICK] = {.simulation = simulation_go_on, .ticks = true},
    [ORDER_SCRUB] = {.simulation = simulation_back_and_forth},
    [ORDER_STEP] = {.simulation = simulation_steps},
    [ORDER_ANNEAL] = {.simulation = simulation_run},
    [ORDER_DROP] = {.simulation = simulation_put},
    [ORDER_UNDROP] = {.simulation = simulation_take_away},
    [ORDER_VIEW] = {.simulation = simulation_look},
};

uint64_t order_learner(Learner *l, const Order *order)
{
    if (row[order->kind].learner)
        row[order->kind].learner(l, order);
    return row[order->kind].steps ? order->n : 0;
}

uint64_t order_simulation(Simulation *s, const Order *order)
{
    s->frame.sequence = order->sequence;
    if (row[order->kind].simulation)
        row[order->kind].simulation(s, order);
    return row[order->kind].ticks ? order->n : 0;
}
