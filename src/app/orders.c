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

static void learner_begin(Learner *l, const Order *order)
{
    learner_apply(l, &order->settings);
    learner_reset(l);
}

static void learner_tell(Learner *l, const Order *order)
{
    state_capture_learner(order->state, l);
}

static void learner_go_back(Learner *l, const Order *order)
{
    learner_resume(l, &order->state->learner);
    learner_apply(l, &order->settings);
}

static void pair_settings(Pair *p, const Order *order)
{
    pair_apply(p, &order->settings);
}

static void pair_tell(Pair *p, const Order *order)
{
    state_capture_pair(order->state, p);
}

static void pair_go_back(Pair *p, const Order *order)
{
    pair_resume(p, &order->state->pair, &order->settings);
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

static void simulation_from_the_start(Simulation *s, const Order *order)
{
    simulation_begin(s, order->x);
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
    simulation_thaw(s);
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
    bool interrupts;
} row[] = {
    [ORDER_SETTINGS] = {.learner = learner_settings, .pair = pair_settings},
    [ORDER_BEGIN] = {.learner = learner_begin,
                     .pair = pair_settings,
                     .simulation = simulation_from_the_start,
                     .interrupts = true},
    [ORDER_RESET_NETWORK] = {.learner = learner_afresh},
    [ORDER_RESET_PARTICLES] = {.simulation = simulation_afresh, .interrupts = true},
    [ORDER_CAPTURE] = {.learner = learner_tell, .pair = pair_tell},
    [ORDER_RESUME] = {.learner = learner_go_back, .pair = pair_go_back, .interrupts = true},
    [ORDER_SIGMA] = {.simulation = simulation_sigma},
    [ORDER_GRAB] = {.simulation = simulation_hold, .interrupts = true},
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
    state_release(order->state);
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
    state_release(order->state);
    return row[order->kind].ticks ? order->n : 0;
}

bool order_interrupts(OrderKind kind)
{
    return row[kind].interrupts;
}
