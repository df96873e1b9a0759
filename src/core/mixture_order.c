#include "core/mixture_order.h"

static int wider_axis(const OrderItem *item, size_t n)
{
    double sum[2] = {0}, square[2] = {0};
    for (size_t k = 0; k < n; k++)
        for (int axis = 0; axis < 2; axis++) {
            double d = (double)item[k].at[axis] - (double)item[0].at[axis];
            sum[axis] += d;
            square[axis] += d * d;
        }
    double size = (double)n;
    return square[1] - sum[1] * sum[1] / size > square[0] - sum[0] * sum[0] / size;
}

static void swap(OrderItem *a, OrderItem *b)
{
    OrderItem kept = *a;
    *a = *b;
    *b = kept;
}

static float median_of_three(float a, float b, float c)
{
    float low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* Hoare's selection: afterwards none of the first `place` items has a larger coordinate than any of the rest. The
 * median of three leaves something on either side. */
static void select_lowest(OrderItem *item, size_t n, size_t place, int axis)
{
    while (n > 1) {
        float pivot = median_of_three(item[0].at[axis], item[n / 2].at[axis], item[n - 1].at[axis]);
        size_t low = 0, high = n - 1;
        for (;;) {
            while (item[low].at[axis] < pivot)
                low++;
            while (item[high].at[axis] > pivot)
                high--;
            if (low >= high)
                break;
            swap(&item[low++], &item[high--]);
        }
        if (place < low) {
            n = low;
        } else {
            item += low;
            n -= low;
            place -= low;
        }
    }
}

/* n items go to runs of `part`, all full but the last: halves first, across the wider axis. */
static void order(OrderItem *item, size_t n, size_t part)
{
    while (part >= 4 && n <= part)
        part /= 4;
    if (part < 4)
        return;
    size_t parts = (n + part - 1) / part, left = (parts + 1) / 2 * part;
    select_lowest(item, n, left, wider_axis(item, n));
    order(item, left, part);
    order(item + left, n - left, part);
}

void order_in_patches(OrderItem *item, size_t n)
{
    size_t part = 4;
    while (part < n)
        part *= 4;
    order(item, n, part);
}
