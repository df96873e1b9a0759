#include "scene/drawing_history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool drawing_history_init(DrawingHistory *h, size_t budget)
{
    *h = (DrawingHistory){.budget = budget};
    return drawing_history_push(h, "", &(Drawing){0});
}

static void free_steps(DrawingHistory *h, size_t first, size_t n)
{
    if (n == 0)
        return;
    for (size_t i = first; i < first + n; i++)
        drawing_free(&h->step[i].drawing);
    h->count -= n;
    memmove(&h->step[first], &h->step[first + n], (h->count - first) * sizeof *h->step);
}

void drawing_history_free(DrawingHistory *h)
{
    free_steps(h, 0, h->count);
    free(h->step);
    *h = (DrawingHistory){0};
}

static bool make_room(DrawingHistory *h)
{
    if (h->count < h->capacity)
        return true;
    size_t capacity = 2 * h->capacity + 16;
    DrawingStep *grown = realloc(h->step, capacity * sizeof *grown);
    if (!grown)
        return false;
    h->step = grown;
    h->capacity = capacity;
    return true;
}

static size_t step_bytes(const DrawingStep *s)
{
    return sizeof *s + drawing_bytes(&s->drawing);
}

/* With the shares of a drawing that is shown like the present: they fall to its step when it goes on. */
static size_t count_bytes(const DrawingHistory *h)
{
    size_t bytes = step_bytes(&h->step[h->present]);
    for (size_t i = 0; i < h->count; i++)
        bytes += step_bytes(&h->step[i]);
    return bytes;
}

/* Dropping steps frees at most their shares, which others may hold too: so this drops none too many, and counts again.
 */
static void drop_oldest(DrawingHistory *h, size_t goal)
{
    size_t n;
    do {
        size_t share = 0;
        h->bytes = count_bytes(h);
        for (n = 0; n < h->present && h->bytes > goal + share; n++)
            share += step_bytes(&h->step[n]);
        free_steps(h, 0, n);
        h->present -= n;
    } while (n > 0);
}

/* Thousands of steps take milliseconds to count. A new one adds no more than its share and that of what is shown, so
 * they are counted only where that sum comes to the budget. */
static void keep_to_budget(DrawingHistory *h)
{
    h->bytes += 2 * step_bytes(&h->step[h->present]);
    if (h->bytes > h->budget)
        h->bytes = count_bytes(h);
    if (h->bytes > h->budget)
        drop_oldest(h, h->budget - h->budget / 16);
}

bool drawing_history_push(DrawingHistory *h, const char *label, const Drawing *d)
{
    DrawingStep step = {0};
    if (!make_room(h) || !drawing_copy(&step.drawing, d))
        return false;
    snprintf(step.label, sizeof step.label, "%s", label);
    if (h->count > 0)
        free_steps(h, h->present + 1, h->count - h->present - 1);
    h->present = h->count;
    h->step[h->count++] = step;
    keep_to_budget(h);
    return true;
}

const Drawing *drawing_history_undo(DrawingHistory *h)
{
    return h->present > 0 ? &h->step[--h->present].drawing : NULL;
}

const Drawing *drawing_history_redo(DrawingHistory *h)
{
    return h->present + 1 < h->count ? &h->step[++h->present].drawing : NULL;
}

const char *drawing_history_undo_label(const DrawingHistory *h)
{
    return h->present > 0 ? h->step[h->present].label : NULL;
}

const char *drawing_history_redo_label(const DrawingHistory *h)
{
    return h->present + 1 < h->count ? h->step[h->present + 1].label : NULL;
}
