#include "app/ring.h"

#include <stdlib.h>

void ring_free(Ring *r)
{
    free(r->kept);
    *r = (Ring){0};
}

static bool push(Ring *r, const Order *order)
{
    size_t written = atomic_load_explicit(&r->written, memory_order_relaxed);
    if (written - atomic_load_explicit(&r->read, memory_order_acquire) == RING_SIZE)
        return false;
    r->order[written % RING_SIZE] = *order;
    atomic_store_explicit(&r->written, written + 1, memory_order_release);
    return true;
}

static void keep(Ring *r, const Order *order)
{
    if (!r->keeps_all && r->kept_count > 0 && order->kind == ORDER_SETTINGS &&
        r->kept[r->kept_count - 1].kind == ORDER_SETTINGS) {
        r->kept[r->kept_count - 1] = *order;
        return;
    }
    if (r->kept_count == r->kept_capacity) {
        size_t capacity = r->kept_capacity ? 2 * r->kept_capacity : RING_SIZE;
        Order *grown = realloc(r->kept, capacity * sizeof *grown);
        if (!grown)
            abort();
        r->kept = grown;
        r->kept_capacity = capacity;
    }
    r->kept[r->kept_count++] = *order;
}

void ring_flush(Ring *r)
{
    size_t sent = 0;
    while (sent < r->kept_count && push(r, &r->kept[sent]))
        sent++;
    for (size_t i = sent; i < r->kept_count; i++)
        r->kept[i - sent] = r->kept[i];
    r->kept_count -= sent;
}

void ring_put(Ring *r, const Order *order)
{
    ring_flush(r);
    if (r->kept_count > 0 || !push(r, order))
        keep(r, order);
}

bool ring_take(Ring *r, Order *order)
{
    size_t read = atomic_load_explicit(&r->read, memory_order_relaxed);
    if (read == atomic_load_explicit(&r->written, memory_order_acquire))
        return false;
    *order = r->order[read % RING_SIZE];
    atomic_store_explicit(&r->read, read + 1, memory_order_release);
    return true;
}
