/* The history of a network: geometric within its memory, and the line that undo leads back to. */
#include "scene/history.h"

#include "near.h"

#include <stdlib.h>
#include <string.h>

static const NetShape small = {.width = 16, .depth = 1}, wide = {.width = 512, .depth = 6};

static Weights new_weights(NetShape shape)
{
    Weights w = {.epoch = 1};
    assert_true(net_init(&w.net, shape, 1));
    return w;
}

/* Weights of a run after so many steps: both are written into them. */
static bool offer(History *h, Weights *w, uint64_t steps, float run)
{
    if (!history_due(h, w->epoch, steps))
        return false;
    w->statistics.steps = steps;
    w->net.parameter[0] = (float)steps;
    w->net.parameter[w->net.count - 1] = run;
    return history_offer(h, w);
}

static void train(History *h, Weights *w, uint64_t from, uint64_t to, float run)
{
    for (uint64_t steps = from; steps <= to; steps++) {
        offer(h, w, steps, run);
        assert_true(h->bytes <= h->budget);
    }
}

static uint64_t steps_at(const History *h, size_t k)
{
    return history_weights(h, k)->statistics.steps;
}

static float run_at(const History *h, size_t k)
{
    const Net *net = &history_weights(h, k)->net;
    return net->parameter[net->count - 1];
}

static size_t in_octave(const History *h, uint64_t first)
{
    size_t count = 0;
    for (size_t k = 0; k < history_count(h); k++)
        count += steps_at(h, k) >= first && steps_at(h, k) < 2 * first ? 1 : 0;
    return count;
}

/* The beginning and the newest are there, steps grow, each snapshot has its own weights, and no gap is more than so
 * many times a mean one. */
static void assert_even(const History *h, uint64_t newest, double most)
{
    size_t count = history_count(h);
    double mean = log1p((double)newest) / (double)(count - 1);
    assert_int_equal(steps_at(h, 0), 0);
    assert_int_equal(steps_at(h, count - 1), newest);
    for (size_t k = 1; k < count; k++) {
        uint64_t before = steps_at(h, k - 1), steps = steps_at(h, k);
        double gap = log1p((double)steps) - log1p((double)before);
        assert_true(steps > before);
        assert_true(gap <= fmax(most * mean, log(1.5)) || steps == 1);
        assert_near(history_weights(h, k)->net.parameter[0], steps, 0);
    }
}

static void a_million_steps_are_covered_geometrically(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    train(&h, &w, 0, 1000000, 0);
    assert_int_equal(history_count(&h), 376);
    for (uint64_t steps = 0; steps <= 35; steps++)
        assert_int_equal(steps_at(&h, steps), steps);
    for (uint64_t first = 64; first < 500000; first *= 2)
        assert_in_range(in_octave(&h, first), 20, 24);
    assert_true((double)steps_at(&h, 375) > 1e6 / 1.03);
    history_clear(&h);
    weights_free(&w);
}

static void the_first_settings_have_room_for_them_all(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(trainer_defaults().shape);
    history_init(&h, HISTORY_BYTES);
    assert_true(offer(&h, &w, 0, 0));
    assert_true(376 * h.bytes <= HISTORY_BYTES);
    history_clear(&h);
    weights_free(&w);
}

static void a_wide_network_keeps_fewer(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(wide);
    history_init(&h, HISTORY_BYTES);
    uint64_t newest = 0;
    for (uint64_t steps = 0; steps < 1000000; steps += 1 + steps / 5) {
        assert_true(offer(&h, &w, steps, 0));
        assert_true(h.bytes <= HISTORY_BYTES);
        newest = steps;
    }
    assert_int_equal(history_count(&h), 12);
    assert_even(&h, newest, 2);
    history_clear(&h);
    weights_free(&w);
}

static void thinning_keeps_what_is_left_even(void **state)
{
    (void)state;
    for (size_t room = 2; room < 60; room += 3) {
        History h;
        Weights w = new_weights(small);
        size_t bytes = sizeof(Snapshot) + (w.net.count * sizeof(float) + 63) / 64 * 64;
        history_init(&h, room * bytes);
        uint64_t newest = 0;
        for (uint64_t steps = 0; steps <= 100000; steps++) {
            newest = offer(&h, &w, steps, 0) ? steps : newest;
            assert_true(h.bytes <= h.budget);
        }
        assert_int_equal(history_count(&h), room);
        assert_true((double)newest > 1e5 / 1.03);
        assert_even(&h, newest, 2);
        history_clear(&h);
        weights_free(&w);
    }
}

static void a_snapshot_is_the_weights_to_the_byte(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights((NetShape){.width = 33, .depth = 2, .plain = true});
    history_init(&h, HISTORY_BYTES);
    w.frame = (Frame){.mean = {1, 2}, .std = 3};
    w.target = 4;
    w.statistics.loss = 0.25;
    w.statistics.history[7][1] = 5;
    assert_true(history_offer(&h, &w));
    const Weights *kept = history_weights(&h, 0);
    assert_ptr_not_equal(kept->net.parameter, w.net.parameter);
    assert_memory_equal(kept->net.parameter, w.net.parameter, w.net.count * sizeof(float));
    assert_memory_equal(&kept->statistics, &w.statistics, sizeof w.statistics);
    assert_memory_equal(&kept->frame, &w.frame, sizeof w.frame);
    assert_true(net_same_shape(kept->net.shape, w.net.shape) && kept->target == 4);
    history_clear(&h);
    assert_int_equal(history_count(&h), 0);
    assert_int_equal(h.bytes, 0);
    weights_free(&w);
}

static void only_what_is_due_is_taken(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    assert_true(history_due(&h, 1, 1000));
    assert_true(offer(&h, &w, 1000, 0));
    assert_false(history_due(&h, 1, 1000) || history_due(&h, 1, 1029) || history_due(&h, 1, 5));
    assert_true(history_due(&h, 1, 1030));
    w.statistics.steps = 1029;
    assert_false(history_offer(&h, &w));
    assert_int_equal(history_count(&h), 1);
    history_clear(&h);
    weights_free(&w);
}

static void the_nearest_is_found(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    offer(&h, &w, 0, 0);
    assert_int_equal(history_at_place(&h, 1), 0);
    assert_int_equal(history_at_steps(&h, 50), 0);
    offer(&h, &w, 9, 0);
    offer(&h, &w, 99, 0);
    offer(&h, &w, 999, 0);
    assert_int_equal(history_at_steps(&h, 0), 0);
    assert_int_equal(history_at_steps(&h, 2), 0); /* ln 3 from ln 1 and ln 10 */
    assert_int_equal(history_at_steps(&h, 3), 1);
    assert_int_equal(history_at_steps(&h, 99), 2);
    assert_int_equal(history_at_steps(&h, 300), 2);
    assert_int_equal(history_at_steps(&h, 320), 3);
    assert_int_equal(history_at_steps(&h, UINT64_MAX), 3);
    assert_int_equal(history_at_place(&h, -1), 0);
    assert_int_equal(history_at_place(&h, 0), 0);
    assert_int_equal(history_at_place(&h, 0.3), 1);
    assert_int_equal(history_at_place(&h, 0.7), 2);
    assert_int_equal(history_at_place(&h, 2), 3);
    for (size_t k = 0; k < 4; k++)
        assert_near(history_place(&h, k), (double)k / 3, 1e-12);
    history_clear(&h);
    weights_free(&w);
}

static void a_reset_or_another_shape_begins_a_line(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small), other = new_weights((NetShape){.width = 20, .depth = 1});
    history_init(&h, HISTORY_BYTES);
    train(&h, &w, 0, 100, 1);
    w.epoch = 2;
    train(&h, &w, 0, 10, 2);
    assert_int_equal(history_count(&h), 11);
    for (size_t k = 0; k < 11; k++)
        assert_near(run_at(&h, k), 2, 0);
    w.epoch = 3;
    assert_true(offer(&h, &w, 0, 3));
    w.epoch = 4; /* reset again before the first step */
    assert_true(offer(&h, &w, 0, 4));
    assert_int_equal(history_count(&h), 1);
    assert_near(run_at(&h, 0), 4, 0);
    train(&h, &w, 1, 10, 4);
    w.epoch = 5; /* nobody offered its first weights */
    train(&h, &w, 3, 5, 5);
    assert_int_equal(steps_at(&h, 0), 3);
    other.epoch = 6;
    assert_true(offer(&h, &other, 50, 6));
    assert_int_equal(history_count(&h), 1);
    assert_int_equal(history_weights(&h, 0)->net.shape.width, 20);
    history_clear(&h);
    weights_free(&w);
    weights_free(&other);
}

static void another_target_goes_on_with_the_line(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    train(&h, &w, 0, 20, 1);
    w.epoch = 2;
    w.target = 3;
    w.statistics.steps = 20;
    assert_true(history_due(&h, 2, 20));
    assert_false(history_offer(&h, &w)); /* it is there, as the old target's */
    assert_false(history_due(&h, 2, 20));
    train(&h, &w, 21, 30, 1);
    assert_int_equal(history_count(&h), 31);
    assert_int_equal(history_weights(&h, 20)->target, 0);
    assert_int_equal(history_weights(&h, 21)->target, 3);
    history_clear(&h);
    weights_free(&w);
}

/* Train, reset, train a little: undo shows the first network's history, redo the second's. */
static void undo_of_a_reset_gives_the_history_back(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    train(&h, &w, 0, 1000, 1);
    size_t count = history_count(&h);
    uint64_t first = history_mark(&h);
    w.epoch = 2;
    train(&h, &w, 0, 30, 2);
    uint64_t second = history_mark(&h);
    history_return(&h, first);
    w.epoch = 3;
    assert_false(offer(&h, &w, 1000, 1));
    assert_int_equal(history_count(&h), count);
    assert_near(run_at(&h, count - 1), 1, 0);
    train(&h, &w, 1001, 1100, 1);
    assert_int_equal(history_count(&h), count + 3);
    history_return(&h, second);
    w.epoch = 4;
    train(&h, &w, 30, 40, 2);
    assert_int_equal(history_count(&h), 38); /* 0 .. 35, 37, 39 */
    for (size_t k = 0; k < 38; k++)
        assert_near(run_at(&h, k), 2, 0);
    history_return(&h, 0); /* of elsewhere: no past */
    assert_int_equal(history_count(&h), 0);
    for (int i = 0; i < HISTORY_MARKS; i++)
        history_mark(&h);
    history_return(&h, first); /* forgotten */
    assert_int_equal(history_count(&h), 0);
    history_clear(&h);
    weights_free(&w);
}

/* Undo of what did not begin afresh leads back along the line: what came after it is no longer the past. */
static void after_undo_the_line_ends_where_it_went_back_to(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, HISTORY_BYTES);
    train(&h, &w, 0, 20, 1);
    uint64_t first = history_mark(&h);
    w.epoch = 2;
    train(&h, &w, 21, 30, 2);
    uint64_t second = history_mark(&h);
    history_return(&h, first);
    assert_int_equal(history_count(&h), 21);
    w.epoch = 3;
    train(&h, &w, 20, 25, 3);
    assert_int_equal(history_count(&h), 26);
    for (size_t k = 0; k < 26; k++)
        assert_near(run_at(&h, k), k <= 20 ? 1 : 3, 0);
    history_return(&h, second);
    assert_int_equal(history_count(&h), 31);
    for (size_t k = 0; k < 31; k++)
        assert_near(run_at(&h, k), k <= 20 ? 1 : 2, 0);
    history_clear(&h);
    weights_free(&w);
}

static void other_lines_make_room_first(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    size_t bytes = sizeof(Snapshot) + (w.net.count * sizeof(float) + 63) / 64 * 64;
    history_init(&h, 60 * bytes);
    train(&h, &w, 0, 40, 1);
    uint64_t first = history_mark(&h);
    w.epoch = 2;
    train(&h, &w, 0, 48, 2);
    assert_int_equal(history_count(&h), 42); /* nothing of its own went yet */
    assert_int_equal(h.slots, 60);
    uint64_t second = history_mark(&h);
    history_return(&h, first);
    assert_int_equal(history_count(&h), 18); /* thinned, with both ends */
    assert_even(&h, 39, 2);
    history_return(&h, second);
    train(&h, &w, 49, 100000, 2);
    assert_int_equal(history_count(&h), 60);
    history_return(&h, first);
    assert_int_equal(history_count(&h), 0);
    history_clear(&h);
    weights_free(&w);
}

static void too_large_weights_are_refused(void **state)
{
    (void)state;
    History h;
    Weights w = new_weights(small);
    history_init(&h, sizeof(Snapshot));
    assert_false(offer(&h, &w, 0, 0));
    assert_int_equal(history_count(&h), 0);
    history_clear(&h);
    size_t bytes = sizeof(Snapshot) + (w.net.count * sizeof(float) + 63) / 64 * 64;
    history_init(&h, bytes);
    assert_true(offer(&h, &w, 0, 0));
    assert_false(offer(&h, &w, 1, 0));
    assert_int_equal(steps_at(&h, 0), 0);
    Weights large = new_weights((NetShape){.width = 64, .depth = 2});
    large.epoch = 2;
    assert_false(offer(&h, &large, 0, 0));
    assert_int_equal(history_count(&h), 0); /* what there is belongs to another network */
    history_clear(&h);
    weights_free(&w);
    weights_free(&large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_steps_are_covered_geometrically),
        cmocka_unit_test(the_first_settings_have_room_for_them_all),
        cmocka_unit_test(a_wide_network_keeps_fewer),
        cmocka_unit_test(thinning_keeps_what_is_left_even),
        cmocka_unit_test(a_snapshot_is_the_weights_to_the_byte),
        cmocka_unit_test(only_what_is_due_is_taken),
        cmocka_unit_test(the_nearest_is_found),
        cmocka_unit_test(a_reset_or_another_shape_begins_a_line),
        cmocka_unit_test(another_target_goes_on_with_the_line),
        cmocka_unit_test(undo_of_a_reset_gives_the_history_back),
        cmocka_unit_test(after_undo_the_line_ends_where_it_went_back_to),
        cmocka_unit_test(other_lines_make_room_first),
        cmocka_unit_test(too_large_weights_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
