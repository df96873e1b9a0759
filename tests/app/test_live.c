/* The window's threads give what the same functions give one after the other. Meant to be run under TSan as well. */
#include "app/live.h"
#include "app/orders.h"
#include "catalogue.h"
#include "near.h"

#include <string.h>
#include <time.h>

static Settings small_settings(void)
{
    Settings s = settings_defaults();
    settings_put(&s, SET_TRAINING, 0);
    settings_put(&s, SET_WIDTH, 32);
    settings_put(&s, SET_DEPTH, 2);
    settings_put(&s, SET_BATCH, 64);
    settings_put(&s, SET_REFERENCES, 64);
    settings_put(&s, SET_PARTICLES, 200);
    return s;
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}

static void wait_for_steps(Live *l, uint64_t steps)
{
    while (live_weights(l)->statistics.steps < steps) {
        live_flush(l);
        live_take(l);
        nap();
    }
}

/* What a window would do between frames: everything that must not touch the weights. */
static void disturb(Live *l, Settings *s, int frame)
{
    settings_put(s, SET_FIELD, frame % FIELD_KIND_COUNT);
    settings_put(s, SET_DYNAMICS, frame % SAMPLER_COUNT);
    settings_put(s, SET_PARTICLES, 100 + 37 * (frame % 20));
    live_order(l, &(Order){.kind = ORDER_SETTINGS, .settings = *s});
    live_order(l, &(Order){.kind = ORDER_SIGMA, .x = 0.1 + 0.05 * (frame % 40)});
    live_order(l, &(Order){.kind = ORDER_DROP, .n = 3, .x = 1, .y = -1});
    live_order(l, &(Order){.kind = ORDER_VIEW, .seen = {-4.0 - frame % 5, -4, 8, 8}});
}

static void threads_learn_what_one_thread_learns(void **state)
{
    (void)state;
    enum { STEPS = 300 };
    static Live live;
    Learner alone;
    Settings s = small_settings();
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    assert_true(learner_init(&alone, &catalogue, &s));
    for (int i = 0; i < STEPS / 10; i++) {
        live_order(&live, &(Order){.kind = ORDER_TRAIN, .n = 10});
        disturb(&live, &s, i);
        live_take(&live);
        nap();
    }
    for (int i = 0; i < STEPS; i++)
        trainer_step(&alone.trainer);
    wait_for_steps(&live, STEPS);
    const Weights *w = live_weights(&live);
    assert_int_equal(w->statistics.steps, STEPS);
    assert_memory_equal(w->net.parameter, alone.trainer.average.parameter, w->net.count * sizeof *w->net.parameter);
    learner_free(&alone);
    live_free(&live);
}

static State *held_by_workers(State *s)
{
    return state_hold(state_hold(s));
}

static void orders_during_training_are_obeyed(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    settings_put(&s, SET_TRAINING, 1);
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    wait_for_steps(&live, 50);
    State *kept = state_create(&s);
    assert_non_null(kept);
    live_order(&live, &(Order){.kind = ORDER_CAPTURE, .state = held_by_workers(kept), .settings = s});
    live_order(&live, &(Order){.kind = ORDER_RESET_NETWORK, .settings = s});
    while (live_weights(&live)->epoch == 0)
        live_take(&live), nap();
    settings_put(&s, SET_TRAINING, 0); /* a reset with nothing learned after it can be seen however late we look */
    live_order(&live, &(Order){.kind = ORDER_SETTINGS, .settings = s});
    live_order(&live, &(Order){.kind = ORDER_RESET_NETWORK, .settings = s});
    while (live_weights(&live)->statistics.steps > 0)
        live_take(&live), nap();
    while (!state_complete(kept))
        nap();
    assert_true(state_whole(kept));
    live_order(&live, &(Order){.kind = ORDER_RESUME, .state = held_by_workers(kept), .settings = s});
    wait_for_steps(&live, 50);
    live_order(&live, &(Order){.kind = ORDER_RESUME, .state = held_by_workers(kept), .settings = s});
    state_release(kept); /* perhaps before anybody took it up */
    while (!atomic_load(&live.learner_idle))
        nap();
    live_free(&live);
}

static void a_tick_tells_the_last_order_that_it_saw(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    live_order(&live, &(Order){.kind = ORDER_SIGMA, .sequence = 7, .x = 0.5});
    while (live_frame(&live)->sequence != 7)
        live_take(&live), nap();
    live_free(&live);
}

/* Else joining its thread takes as long as they do. */
static void the_end_waits_for_no_ticks_that_were_asked_for(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    live_order(&live, &(Order){.kind = ORDER_TICK, .sequence = 7, .n = 1000000000, .settings = s});
    live_await(&live, 7);
    live_free(&live);
}

/* Minutes of work. */
static void begin_long_annealing(Live *l, Settings *s)
{
    settings_put(s, SET_PARTICLES, 20000);
    settings_put(s, SET_STEPS, 2000);
    assert_true(live_init(l, &catalogue, s, NULL, NULL) && live_start(l));
    live_order(l, &(Order){.kind = ORDER_ANNEAL, .sequence = 1, .settings = *s});
    live_await(l, 1);
}

static void orders_wait_for_what_is_done_at_once_but_hands_end_it(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    begin_long_annealing(&live, &s);
    live_order(&live, &(Order){.kind = ORDER_SIGMA, .sequence = 2, .x = 0.5, .settings = s});
    for (uint64_t tick = live_frame(&live)->tick; live_frame(&live)->tick < tick + 5;)
        live_take(&live), nap();
    assert_int_equal(atomic_load(&live.simulation_heard), 1);
    live_order(&live, &(Order){.kind = ORDER_GRAB, .sequence = 3, .settings = s});
    live_await(&live, 3);
    live_stop(&live);
    assert_false(pair_hurries(&live.pair));
    assert_true(live.pair.first.journey.steps < 2000);
    live_free(&live);
}

static void the_end_waits_for_no_annealing(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    begin_long_annealing(&live, &s);
    live_stop(&live);
    assert_true(pair_hurries(&live.pair));
    live_free(&live);
}

static void wait_until_idle(Live *l)
{
    do {
        live_flush(l);
        nap();
        live_take(l);
    } while (!atomic_load(&l->learner_idle));
    live_take(l);
}

/* A network that gains nothing. */
static Settings idle_settings(void)
{
    Settings s = small_settings();
    settings_put(&s, SET_WIDTH, 16);
    settings_put(&s, SET_DEPTH, 1);
    settings_put(&s, SET_BATCH, 16);
    settings_put(&s, SET_TRAINING, 1);
    s.value[SET_RATE] = 1e-12;
    return s;
}

/* Endless training stops by itself, asked for it goes on, and a pause wakes it. */
static void what_has_converged_rests(void **state)
{
    (void)state;
    static Live live;
    Settings s = idle_settings();
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    wait_until_idle(&live);
    uint64_t steps = live_weights(&live)->statistics.steps;
    assert_true(live_weights(&live)->resting && steps > REST_FIRST);
    live_order(&live, &(Order){.kind = ORDER_TRAIN, .n = 7});
    wait_for_steps(&live, steps + 7);
    wait_until_idle(&live);
    assert_int_equal(live_weights(&live)->statistics.steps, steps + 7);
    for (int on = 0; on <= 1; on++) {
        settings_put(&s, SET_TRAINING, on);
        live_order(&live, &(Order){.kind = ORDER_SETTINGS, .settings = s});
    }
    wait_for_steps(&live, steps + 8);
    settings_put(&s, SET_TRAINING, 0);
    live_order(&live, &(Order){.kind = ORDER_SETTINGS, .settings = s});
    live_free(&live);
}

/* What was asked of a network that diverged is not made up for by the next one. */
static void steps_end_where_training_diverges(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    s.value[SET_RATE] = 1e30;
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    live_order(&live, &(Order){.kind = ORDER_TRAIN, .n = 1000000, .settings = s});
    while (!live_weights(&live)->statistics.diverged)
        live_take(&live), nap();
    live_order(&live, &(Order){.kind = ORDER_TRAIN, .n = 1000000, .settings = s});
    s.value[SET_RATE] = 1e-3;
    live_order(&live, &(Order){.kind = ORDER_SETTINGS, .settings = s});
    live_order(&live, &(Order){.kind = ORDER_RESET_NETWORK, .sequence = 9, .settings = s});
    live_await(&live, 9);
    while (live_weights(&live)->epoch == 0 ||
           (live_weights(&live)->statistics.steps == 0 && !atomic_load(&live.learner_idle)))
        live_take(&live), nap();
    assert_int_equal(live_weights(&live)->statistics.steps, 0);
    live_free(&live);
}

/* Until something is drawn; and then by itself. */
static void an_empty_canvas_is_not_learned(void **state)
{
    (void)state;
    static Live live;
    Settings s = small_settings();
    settings_put(&s, SET_TARGET, (double)target_count());
    settings_put(&s, SET_TRAINING, 1);
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    wait_until_idle(&live);
    assert_int_equal(live_weights(&live)->statistics.steps, 0);
    Target t;
    assert_true(target_init(&t, target_count()));
    Subject *drawn = subject_create(t, target_count(), 1);
    assert_non_null(drawn);
    catalogue_draw(&catalogue, drawn);
    s.drawing = 1;
    live_order(&live, &(Order){.kind = ORDER_SETTINGS, .settings = s});
    wait_for_steps(&live, 20);
    live_free(&live);
}

static void who_may_not_rest_goes_on(void **state)
{
    (void)state;
    static Live live;
    Settings s = idle_settings();
    settings_put(&s, SET_REST, 0);
    assert_true(live_init(&live, &catalogue, &s, NULL, NULL) && live_start(&live));
    while (!live_weights(&live)->resting)
        live_take(&live), nap();
    wait_for_steps(&live, live_weights(&live)->statistics.steps + 50);
    live_free(&live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_learn_what_one_thread_learns),
        cmocka_unit_test(orders_during_training_are_obeyed),
        cmocka_unit_test(a_tick_tells_the_last_order_that_it_saw),
        cmocka_unit_test(the_end_waits_for_no_ticks_that_were_asked_for),
        cmocka_unit_test(orders_wait_for_what_is_done_at_once_but_hands_end_it),
        cmocka_unit_test(the_end_waits_for_no_annealing),
        cmocka_unit_test(what_has_converged_rests),
        cmocka_unit_test(who_may_not_rest_goes_on),
        cmocka_unit_test(steps_end_where_training_diverges),
        cmocka_unit_test(an_empty_canvas_is_not_learned),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
