/* mixture_order.h - an order of points in which each aligned run of 4, 16, 64 ... is a compact patch.
 *
 * Internal to the mixture's own files; pure functions.
 */
#ifndef CORE_MIXTURE_ORDER_H
#define CORE_MIXTURE_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct OrderItem {
    float at[2];
    uint32_t index;
} OrderItem;

/* Sorts item [n] in place, n log n. The same order for the same items everywhere. */
void order_in_patches(OrderItem *item, size_t n);

#endif
