/* The clerk: errands are run in the order in which they were asked for, none is lost, and waiting ends. Meant to be run
 * under TSan as well. */
#include "app/clerk.h"
#include "app/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ERRANDS = 500 };

static const double LATE_S = 1e9; /* of clock_s(), which counts from the start of the machine */

static atomic_int freed, ran, woken;

static bool count(Errand *x, Error *e)
{
    (void)e;
    x->number = (uint64_t)atomic_fetch_add(&ran, 1);
    return true;
}

static void let_go(Errand *x)
{
    atomic_fetch_add(&freed, 1);
    free(x);
}

static const ErrandKind kind = {.run = count, .free = let_go};

static void wake(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

static void ask(Clerk *c)
{
    Errand *x = calloc(1, sizeof *x);
    assert_non_null(x);
    x->kind = &kind;
    clerk_ask(c, x);
}

static void start(Clerk *c)
{
    atomic_store(&freed, 0);
    atomic_store(&ran, 0);
    atomic_store(&woken, 0);
    clerk_init(c, wake, &woken);
    assert_true(clerk_start(c));
}

static void all_come_back_in_order(void **state)
{
    (void)state;
    Clerk c;
    Errand *x;
    uint64_t next = 0;
    start(&c);
    assert_null(clerk_await(&c, LATE_S)); /* nothing was asked */
    for (int i = 0; i < ERRANDS; i++) {
        ask(&c);
        if (i % 3 == 0 && (x = clerk_take(&c))) {
            assert_int_equal(x->number, next++);
            x->kind->free(x);
        }
    }
    while ((x = clerk_await(&c, LATE_S))) {
        assert_int_equal(x->number, next++);
        assert_true(x->ok);
        x->kind->free(x);
    }
    assert_int_equal(next, ERRANDS);
    clerk_free(&c);
    assert_int_equal(atomic_load(&woken), ERRANDS);
    assert_int_equal(atomic_load(&freed), ERRANDS);
}

static void the_end_frees_what_is_left(void **state)
{
    (void)state;
    Clerk c;
    start(&c);
    for (int i = 0; i < ERRANDS; i++)
        ask(&c);
    clerk_free(&c);
    assert_int_equal(atomic_load(&freed), ERRANDS);
    clerk_init(&c, wake, &woken);
    clerk_free(&c); /* never started */
}

static bool hang(Errand *x, Error *e)
{
    sem_t *file = (sem_t *)(void *)(x + 1);
    (void)e;
    return sem_wait(file) == 0;
}

static void a_file_that_hangs_is_not_waited_for(void **state)
{
    (void)state;
    static const ErrandKind hangs = {.run = hang, .free = let_go};
    Clerk c;
    Errand *x = calloc(1, sizeof *x + sizeof(sem_t));
    assert_non_null(x);
    sem_t *file = (sem_t *)(void *)(x + 1);
    sem_init(file, 0, 0);
    x->kind = &hangs;
    start(&c);
    clerk_ask(&c, x);
    assert_null(clerk_await(&c, clock_s()));
    assert_true(clerk_busy(&c));
    sem_post(file);
    assert_ptr_equal(clerk_await(&c, LATE_S), x);
    assert_false(clerk_busy(&c));
    sem_destroy(file);
    x->kind->free(x);
    clerk_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_come_back_in_order),
        cmocka_unit_test(the_end_frees_what_is_left),
        cmocka_unit_test(a_file_that_hangs_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
