/* The two ways between threads: the newest value up, orders in sequence down. Meant to be run under TSan as well. */
#include "app/mailbox.h"
#include "app/ring.h"
#include "near.h"

#include <pthread.h>
#include <sched.h>

enum { VALUES = 20000, WORDS = 64 };

typedef struct Post {
    Mailbox box;
    int slot[MAILBOX_SLOTS][WORDS];
} Post;

static void *write_values(void *context)
{
    Post *post = context;
    for (int value = 1; value <= VALUES; value++) {
        for (int i = 0; i < WORDS; i++)
            post->slot[post->box.back][i] = value;
        mailbox_publish(&post->box);
    }
    return NULL;
}

/* The reader sees whole values only, never an older one after a newer one, and the last one in the end. */
static void newest_value_arrives_whole(void **state)
{
    (void)state;
    static Post post;
    pthread_t writer;
    int seen = 0;
    mailbox_init(&post.box);
    assert_false(mailbox_take(&post.box));
    assert_int_equal(pthread_create(&writer, NULL, write_values, &post), 0);
    while (seen < VALUES) {
        if (!mailbox_take(&post.box)) {
            sched_yield();
            continue;
        }
        const int *value = post.slot[post.box.front];
        assert_true(value[0] > seen);
        seen = value[0];
        for (int i = 0; i < WORDS; i++)
            assert_int_equal(value[i], seen);
    }
    pthread_join(writer, NULL);
    assert_false(mailbox_take(&post.box));
}

static void *write_orders(void *context)
{
    Ring *ring = context;
    for (uint64_t n = 1; n <= VALUES; n++) {
        ring_put(ring, &(Order){.kind = ORDER_TRAIN, .n = n});
        if (n % 128 == 0)
            sched_yield();
    }
    while (ring->kept_count > 0)
        ring_flush(ring);
    return NULL;
}

static void no_order_is_lost_or_overtaken(void **state)
{
    (void)state;
    static Ring ring;
    pthread_t writer;
    Order order;
    assert_int_equal(pthread_create(&writer, NULL, write_orders, &ring), 0);
    for (uint64_t n = 1; n <= VALUES;) {
        if (ring_take(&ring, &order))
            assert_int_equal(order.n, n++);
        else
            sched_yield();
    }
    pthread_join(writer, NULL);
    ring_free(&ring);
}

static void a_full_ring_keeps_the_rest_and_coalesces_settings(void **state)
{
    (void)state;
    static Ring ring;
    Order order;
    for (int i = 0; i < RING_SIZE; i++)
        ring_put(&ring, &(Order){.kind = ORDER_TICK, .n = (uint64_t)i});
    for (int i = 0; i < 10; i++)
        ring_put(&ring, &(Order){.kind = ORDER_SETTINGS, .n = (uint64_t)i});
    ring_put(&ring, &(Order){.kind = ORDER_GRAB});
    assert_int_equal(ring.kept_count, 2);
    for (int i = 0; i < RING_SIZE; i++)
        assert_true(ring_take(&ring, &order) && order.n == (uint64_t)i);
    assert_false(ring_take(&ring, &order));
    ring_flush(&ring);
    assert_true(ring_take(&ring, &order) && order.kind == ORDER_SETTINGS && order.n == 9);
    assert_true(ring_take(&ring, &order) && order.kind == ORDER_GRAB);
    ring_free(&ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_value_arrives_whole),
        cmocka_unit_test(no_order_is_lost_or_overtaken),
        cmocka_unit_test(a_full_ring_keeps_the_rest_and_coalesces_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
