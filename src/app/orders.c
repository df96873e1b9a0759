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

static void pair_settings(Pair *p, const Order *order)
{
    pair_apply(p, &order->settings);
}

static void pair_keep(Pair *p, const Order *order)
{
    simulation_stash(&p->first, order->n);
}

static void pair_swap(Pair *p, const Order *order)
{
    pair_exchange(p, order->n, &order->settings);
}

static void pair_look(Pair *p, const Order *order)
{
    simulation_view(&p->first, order->seen);
}

static void simulation_afresh(Simulation *s, const Order *order)
{
    (void)order;
    simulation_restart(s);
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
    void (*pair)(Pair *p, const Order *order);
    void (*simulation)(Simulation *s, const Order *order); /* each of the pair */
    bool steps, ticks; /* asks the learner for n steps, the simulation for n ticks */
} row[] = {
    [ORDER_SETTINGS] = {.learner = learner_settings, .pair = pair_settings},
    [ORDER_RESET_NETWORK] = {.learner = learner_afresh},
    [ORDER_RESET_PARTICLES] = {.simulation = simulation_afresh},
    [ORDER_STASH] = {.learner = learner_keep, .pair = pair_keep},
    [ORDER_EXCHANGE] = {.learner = learner_swap, .pair = pair_swap},
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
    [ORDER_VIEW] = {.pair = pair_look},
    [ORDER_SHOW] = {.steps = false},
};

uint64_t order_learner(Learner *l, const Order *order)
{
    l->sequence = order->sequence;
    if (row[order->kind].learner)
        row[order->kind].learner(l, order);
    return row[order->kind].steps ? order->n : 0;
}

uint64_t order_simulation(Pair *p, const Order *order)
{
    p->first.frame.sequence = order->sequence;
    if (row[order->kind].pair)
        row[order->kind].pair(p, order);
    if (row[order->kind].simulation)
        row[order->kind].simulation(&p->first, order);
    if (row[order->kind].simulation && p->second)
        row[order->kind].simulation(p->second, order);
    return row[order->kind].ticks ? order->n : 0;
}
