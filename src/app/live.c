#include "app/live.h"

#include "app/clock.h"
#include "app/orders.h"

#include <string.h>
#include <sys/resource.h>

enum { PUBLISHES_PER_SECOND = 60, QUIET_TICKS = TRAIL_LENGTH + 4 };

/* Drawing must win over learning when cores are short. */
static void lower_priority(void)
{
    setpriority(PRIO_PROCESS, 0, 5); /* on Linux: this thread only */
}

static void wake_main(Live *l)
{
    if (l->wake)
        l->wake(l->wake_context);
}

static bool ends(const Live *l)
{
    return atomic_load_explicit(&l->quit, memory_order_acquire);
}

/* The next order; where it belongs to the same command as the last, main is about to put it. */
static bool next_order(Live *l, Ring *ring, Order *order)
{
    bool more = order->more;
    while (!ring_take(ring, order)) {
        if (!more || ends(l))
            return false;
        clock_sleep_until(clock_s() + 0.0002);
    }
    return true;
}

/* The trainer thread */

static void publish_weights(Live *l)
{
    WeightsPost *const post[] = {&l->weights_for_simulation, &l->weights_for_main};
    for (size_t i = 0; i < 2; i++) {
        if (learner_publish(&l->learner, &post[i]->slot[post[i]->box.back]))
            mailbox_publish(&post[i]->box);
    }
    wake_main(l);
}

static void follow(Live *l, const Settings *s)
{
    bool training = settings_on(s, SET_TRAINING);
    if (training && !l->training) /* a hand that pauses a network that rests, and lets it learn again, wants more */
        learner_wake(&l->learner);
    l->training = training;
    l->may_rest = settings_on(s, SET_REST);
    double limit = s->value[SET_TRAIN_SPEED];
    l->steps_per_second_limit = limit >= setting_info(SET_TRAIN_SPEED)->max ? 0 : limit;
}

/* As one thread has it, where steps of a network that diverged do nothing: none wait until it is another. */
static void drop_idle_steps(Live *l)
{
    if (l->learner.trainer.statistics.diverged)
        l->steps_asked = 0;
}

static bool take_learner_orders(Live *l)
{
    Order order = {0};
    bool any = false;
    while (next_order(l, &l->to_learner, &order)) {
        l->steps_asked += order_learner(&l->learner, &order);
        if (order.kind == ORDER_RESUME || order.kind == ORDER_BEGIN)
            l->steps_asked = 0; /* of another network */
        if (order.kind == ORDER_SETTINGS || order.kind == ORDER_RESUME || order.kind == ORDER_BEGIN)
            follow(l, &order.settings);
        drop_idle_steps(l);
        if (order.kind == ORDER_SHOW)
            learner_publish(&l->learner, &l->still.weights);
        if (l->records)
            journal_put(&l->learned, (Event){order.sequence, l->learner.taken, 0, false});
        atomic_store_explicit(&l->learner_heard, order.sequence, memory_order_release);
        any = true;
    }
    return any;
}

static bool wants_a_step(const Live *l)
{
    const Learner *learner = &l->learner;
    bool endless = l->training && !learner->subject->blank && !(l->may_rest && learner->rest.resting);
    return (l->steps_asked > 0 || endless) && !learner->trainer.statistics.diverged;
}

static void take_step(Live *l)
{
    learner_step(&l->learner);
    if (l->steps_asked > 0)
        l->steps_asked--;
    drop_idle_steps(l);
}

static void *learner_main(void *context)
{
    Live *l = context;
    double published_s = 0, next_step_s = 0;
    bool news = true;
    lower_priority();
    while (!ends(l)) {
        double now = clock_s();
        if (take_learner_orders(
                l)) { /* told before the next step: the simulation waits for who knows the same orders */
            publish_weights(l);
            published_s = now;
            news = false;
        }
        bool wants = wants_a_step(l), due = l->steps_asked > 0 || now >= next_step_s;
        if (wants && due) {
            take_step(l);
            next_step_s = l->steps_per_second_limit > 0 ? now + 1 / l->steps_per_second_limit : 0;
            news = true;
        }
        if (news && (!wants || now - published_s > 1.0 / PUBLISHES_PER_SECOND)) {
            publish_weights(l);
            published_s = now;
            news = false;
        }
        if (!wants) {
            atomic_store(&l->learner_idle, true);
            sem_wait(&l->learner_work);
            atomic_store(&l->learner_idle, false);
        } else if (!due) {
            clock_sleep_until(next_step_s < now + 0.02 ? next_step_s : now + 0.02);
        }
    }
    return NULL;
}

/* The simulation thread */

static bool moved(const Simulation *s, const SimFrame *last)
{
    const SimFrame *f = &s->frame;
    return f->sigma != last->sigma || f->playing != last->playing || f->count != last->count ||
           f->errors_steps != last->errors_steps || memcmp(f->x, f->previous, f->count * 2 * sizeof *f->x) != 0;
}

static void publish_to(FramePost *post, const SimFrame *frame)
{
    simframe_copy(&post->slot[post->box.back], frame);
    mailbox_publish(&post->box);
}

static void publish_frame(Live *l)
{
    publish_to(&l->frame, &l->pair.first.frame);
    if (l->pair.second)
        publish_to(&l->second, &l->pair.second->frame);
    wake_main(l);
}

/* The versions tell whether anything is new; stack_copy then moves only the levels that differ. */
static void publish_stack(Live *l, StackPost *post, const Stack *stack, uint64_t published[STACK_LEVELS])
{
    if (memcmp(published, stack->version, sizeof stack->version) == 0)
        return;
    memcpy(published, stack->version, sizeof stack->version);
    stack_copy(&post->slot[post->box.back], stack);
    mailbox_publish(&post->box);
    wake_main(l);
}

/* Weights of a learner that has heard fewer orders than the simulation, or more, wait: so that both together have
 * always been where one thread could have brought them. */
static void take_weights(Live *l)
{
    WeightsPost *post = &l->weights_for_simulation;
    l->weights_wait |= mailbox_take(&post->box);
    const Weights *w = &post->slot[post->box.front];
    if (!l->weights_wait || w->sequence != l->pair.first.frame.sequence)
        return;
    if (l->records && !journal_put(&l->simulated, (Event){w->sequence, w->taken, atomic_load(&l->ticks), true}))
        return;
    pair_adopt(&l->pair, w);
    l->weights_wait = false;
}

static void show(Live *l)
{
    simframe_copy(&l->still.frame, &l->pair.first.frame);
    if (l->pair.second)
        simframe_copy(&l->still.second, &l->pair.second->frame);
}

/* Orders wait for what was to be done at once, unless one of them ends it; those of one command belong together. */
static bool orders_wait(const Live *l)
{
    return pair_hurries(&l->pair) && atomic_load_explicit(&l->interrupted, memory_order_acquire) <=
                                         atomic_load_explicit(&l->simulation_heard, memory_order_relaxed);
}

static bool take_simulation_orders(Live *l)
{
    Order order = {0};
    bool any = false;
    take_weights(l);
    while ((order.more || !orders_wait(l)) && next_order(l, &l->to_simulation, &order)) {
        l->ticks_asked += order_simulation(&l->pair, &order);
        if (order.kind == ORDER_RESUME || order.kind == ORDER_BEGIN)
            l->ticks_asked = 0;
        if (order.kind == ORDER_SHOW)
            show(l);
        if (l->records)
            journal_put(&l->simulated, (Event){order.sequence, 0, atomic_load(&l->ticks), false});
        atomic_store_explicit(&l->simulation_heard, order.sequence, memory_order_release);
        take_weights(l);
        any = true;
    }
    l->quiet_ticks = any ? 0 : l->quiet_ticks;
    return any;
}

static void run_tick(Live *l)
{
    double sigma = l->pair.first.frame.sigma;
    SimFrame before = {.sigma = sigma,
                       .playing = l->pair.first.frame.playing,
                       .count = l->pair.first.frame.count,
                       .errors_steps = l->pair.first.frame.errors_steps};
    bool hurried = pair_hurries(&l->pair);
    pair_tick(&l->pair);
    atomic_fetch_add_explicit(&l->ticks, 1, memory_order_relaxed);
    l->quiet_ticks = hurried || moved(&l->pair.first, &before) ? 0 : l->quiet_ticks + 1;
    if (l->quiet_ticks < QUIET_TICKS)
        publish_frame(l);
}

/* One, those that were asked for, and as many as there is time for while it hurries. */
static void run_ticks(Live *l, double until_s)
{
    run_tick(l);
    for (;;) {
        bool hurries = pair_hurries(&l->pair), more = hurries ? clock_s() < until_s : l->ticks_asked > 0;
        if (!more || ends(l) || take_simulation_orders(l))
            return;
        l->ticks_asked -= !hurries;
        run_tick(l);
    }
}

/* Following newer weights takes a share of each tick: the rest belongs to learning and drawing. Missing levels get all
 * the time there is, and that share even from a tick that has used up its own. */
static void refresh_until(Live *l, double until_s)
{
    const double share_s = 0.004;
    double enough_s = clock_s() + share_s;
    uint64_t errors = l->pair.first.frame.errors_steps;
    for (bool more = true; more;) {
        bool missing = simulation_incomplete(&l->pair.first), early = clock_s() < enough_s;
        more = (missing ? early || clock_s() < until_s : early && clock_s() < until_s) &&
               simulation_refresh(&l->pair.first);
    }
    if (errors != l->pair.first.frame.errors_steps)
        l->quiet_ticks = 0;
    publish_stack(l, &l->field, &l->pair.first.field, l->published[0]);
    publish_stack(l, &l->density, &l->pair.first.density, l->published[1]);
    publish_stack(l, &l->other, &l->pair.first.other, l->published[2]);
}

static void *simulation_main(void *context)
{
    Live *l = context;
    const double tick_s = 1.0 / TICKS_PER_SECOND, refresh_margin_s = 0.002;
    double next_s = clock_s();
    while (!ends(l)) {
        take_simulation_orders(l);
        next_s += tick_s;
        run_ticks(l, next_s);
        if (clock_s() > next_s + 6 * tick_s)
            next_s = clock_s(); /* a machine that can't keep up runs slower rather than ever later */
        refresh_until(l, next_s - refresh_margin_s);
        clock_sleep_until(next_s);
    }
    return NULL;
}

/* Main */

static bool init_posts(Live *l)
{
    bool ok = true;
    for (int i = 0; i < MAILBOX_SLOTS; i++) {
        ok = ok && simframe_init(&l->frame.slot[i]) && simframe_init(&l->second.slot[i]) &&
             stack_init(&l->field.slot[i], FIELD_GRID, 2) && stack_init(&l->density.slot[i], DENSITY_GRID, 1) &&
             stack_init(&l->other.slot[i], FIELD_GRID, 2);
    }
    Mailbox *const box[] = {&l->weights_for_simulation.box,
                            &l->weights_for_main.box,
                            &l->frame.box,
                            &l->second.box,
                            &l->field.box,
                            &l->density.box,
                            &l->other.box};
    for (size_t i = 0; i < sizeof box / sizeof *box; i++)
        mailbox_init(box[i]);
    return ok;
}

/* Main's slots hold the first state before any thread runs: it never sees an empty one. */
static void publish_first(Live *l)
{
    publish_weights(l);
    publish_frame(l);
    take_weights(l);
    live_take(l);
}

bool live_init(Live *l, const Catalogue *catalogue, const Settings *settings, void (*wake)(void *), void *context)
{
    *l = (Live){.wake = wake, .wake_context = context};
    sem_init(&l->learner_work, 0, 0);
    if (!learner_init(&l->learner, catalogue, settings) || !pair_init(&l->pair, catalogue, settings) || !init_posts(l))
        return false;
    follow(l, settings);
    publish_first(l);
    return true;
}

bool live_record(Live *l)
{
    l->records = l->to_learner.keeps_all = l->to_simulation.keeps_all = true;
    return simframe_init(&l->still.frame) && simframe_init(&l->still.second);
}

bool live_start(Live *l)
{
    if (pthread_create(&l->learner_thread, NULL, learner_main, l) != 0)
        return false;
    if (pthread_create(&l->simulation_thread, NULL, simulation_main, l) != 0) {
        atomic_store(&l->quit, true);
        sem_post(&l->learner_work);
        pthread_join(l->learner_thread, NULL);
        return false;
    }
    l->started = true;
    return true;
}

void live_stop(Live *l)
{
    if (!l->started)
        return;
    atomic_store_explicit(&l->quit, true, memory_order_release);
    sem_post(&l->learner_work);
    pthread_join(l->learner_thread, NULL);
    pthread_join(l->simulation_thread, NULL);
    l->started = false;
}

/* What no worker took any more. */
static void let_go(Ring *r)
{
    Order order;
    for (ring_flush(r); ring_take(r, &order); ring_flush(r))
        state_release(order.state);
    ring_free(r);
}

void live_free(Live *l)
{
    live_stop(l);
    weights_free(&l->still.weights);
    simframe_free(&l->still.frame);
    simframe_free(&l->still.second);
    learner_free(&l->learner);
    pair_free(&l->pair);
    for (int i = 0; i < MAILBOX_SLOTS; i++) {
        weights_free(&l->weights_for_simulation.slot[i]);
        weights_free(&l->weights_for_main.slot[i]);
        simframe_free(&l->frame.slot[i]);
        simframe_free(&l->second.slot[i]);
        stack_free(&l->field.slot[i]);
        stack_free(&l->density.slot[i]);
        stack_free(&l->other.slot[i]);
    }
    let_go(&l->to_learner);
    let_go(&l->to_simulation);
    sem_destroy(&l->learner_work);
}

void live_order(Live *l, const Order *order)
{
    if (order_interrupts(order->kind))
        atomic_store_explicit(&l->interrupted, order->sequence, memory_order_release);
    ring_put(&l->to_learner, order);
    ring_put(&l->to_simulation, order);
    sem_post(&l->learner_work);
}

void live_await(Live *l, uint64_t sequence)
{
    while (l->started && (atomic_load_explicit(&l->learner_heard, memory_order_acquire) < sequence ||
                          atomic_load_explicit(&l->simulation_heard, memory_order_acquire) < sequence)) {
        live_flush(l);
        sem_post(&l->learner_work);
        clock_sleep_until(clock_s() + 0.0005);
    }
}

void live_flush(Live *l)
{
    ring_flush(&l->to_learner);
    ring_flush(&l->to_simulation);
}

bool live_take(Live *l)
{
    bool weights = mailbox_take(&l->weights_for_main.box), frame = mailbox_take(&l->frame.box);
    bool field = mailbox_take(&l->field.box), density = mailbox_take(&l->density.box);
    bool other = mailbox_take(&l->other.box), second = mailbox_take(&l->second.box);
    return weights || frame || field || density || other || second;
}
