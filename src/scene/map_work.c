#include "scene/map_work.h"

#include "core/metrics.h"
#include "scene/map_recipe.h"

#include <math.h>
#include <stdlib.h>

/* What an ask comes down to for its kind of map. */
typedef struct Order {
    MapAsk ask;
    uint64_t epoch, steps; /* of the weights; 0 where they have no part in it */
} Order;

struct MapWork {
    Order wanted, making; /* making: of the stage in progress, or of what is shown when there is none */
    Subject *wanted_subject, *making_subject; /* held: of `wanted` and of `making` */
    Weights newest, weights;
    bool fresh; /* newest has weights for `wanted` that are not yet those of the work */
    NetWorkspace workspace;
    FieldLearned learned;
    FieldDifference difference;
    Basins basins;
    MapView shown, draft;
    MapBatch *batch; /* n is 0 between batches */
    int grid;        /* of the stage in progress; 0: there is none */
    size_t first;    /* cell of the batch */
    bool measured;   /* typical is known */
    double typical;  /* mean log p_sigma of the noisy data themselves */
};

MapWork *map_work_create(void)
{
    MapWork *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    bool viewable = map_view_init(&w->shown), draftable = map_view_init(&w->draft);
    w->batch = aligned_alloc(_Alignof(MapBatch), sizeof *w->batch);
    if (viewable && draftable && w->batch)
        return w;
    map_work_destroy(w);
    return NULL;
}

void map_work_destroy(MapWork *w)
{
    if (!w)
        return;
    subject_release(w->wanted_subject);
    subject_release(w->making_subject);
    weights_free(&w->newest);
    weights_free(&w->weights);
    net_workspace_free(&w->workspace);
    basins_free(&w->basins);
    map_view_free(&w->shown);
    map_view_free(&w->draft);
    free(w->batch);
    free(w);
}

const MapView *map_work_view(const MapWork *w)
{
    return &w->shown;
}

static bool needs_weights(const Order *o)
{
    return o->ask.kind != MAP_NONE && o->ask.field != FIELD_EXACT;
}

/* What has no part in the map must not begin it again. */
static Order order_of(const MapAsk *ask, const Weights *weights)
{
    MapSubject subject = map_recipe(ask->kind)->subject;
    Order o = {.ask = *ask};
    if (ask->kind == MAP_NONE)
        o.ask = (MapAsk){.kind = MAP_NONE};
    else if (subject == MAP_OF_LEARNED || (subject == MAP_OF_FLOW && ask->field == FIELD_DIFFERENCE))
        o.ask.field = FIELD_LEARNED;
    if (weights && needs_weights(&o)) {
        o.epoch = weights->epoch;
        o.steps = weights->statistics.steps;
    }
    return o;
}

static bool same_subject(const Order *a, const Order *b)
{
    return a->ask.kind == b->ask.kind && a->ask.target == b->ask.target && a->ask.field == b->ask.field;
}

static bool same_order(const Order *a, const Order *b)
{
    const Rect *r = &a->ask.extent, *q = &b->ask.extent;
    return same_subject(a, b) && a->ask.sigma == b->ask.sigma && r->x == q->x && r->y == q->y && r->w == q->w &&
           r->h == q->h && a->epoch == b->epoch && a->steps == b->steps;
}

static bool take_weights(MapWork *w, const Order *o, const Weights *weights)
{
    const Weights *latest = w->fresh ? &w->newest : &w->weights;
    if (latest->net.parameter && latest->epoch == o->epoch && latest->statistics.steps == o->steps)
        return true;
    if (!weights || !weights->net.parameter || !weights_copy(&w->newest, weights))
        return false;
    w->fresh = true;
    return true;
}

/* Another target may lie where one was that is gone. */
static void make_wanted(MapWork *w)
{
    if (w->making.ask.target != w->wanted.ask.target)
        w->basins.target = NULL;
    w->making = w->wanted;
    subject_put(&w->making_subject, subject_hold(w->wanted.ask.subject));
}

static void begin(MapWork *w, int grid)
{
    make_wanted(w);
    w->grid = grid;
    w->first = w->batch->n = 0;
    w->measured = false;
    if (w->fresh && needs_weights(&w->wanted)) {
        Weights older = w->weights;
        w->weights = w->newest;
        w->newest = older;
        w->fresh = false;
    }
    if (w->wanted.ask.kind == MAP_FATE && w->basins.target != w->wanted.ask.target)
        basins_begin(&w->basins, w->wanted.ask.target);
}

static void show_nothing(MapWork *w)
{
    make_wanted(w);
    w->grid = 0;
    w->shown.kind = MAP_NONE;
    w->shown.version++;
}

void map_work_ask(MapWork *w, const MapAsk *ask, const Weights *weights)
{
    const Order order = order_of(ask, weights);
    if (same_order(&order, &w->wanted) || (needs_weights(&order) && !take_weights(w, &order, weights)))
        return;
    bool anew = !same_subject(&order, &w->wanted);
    int live = map_recipe(ask->kind)->live;
    w->wanted = order;
    subject_put(&w->wanted_subject, subject_hold(order.ask.subject));
    if (ask->kind == MAP_NONE)
        show_nothing(w);
    else if (anew)
        begin(w, MAP_COARSEST);
    else if (w->grid == 0 || w->grid > live)
        begin(w, live);
}

static FieldSource field_of(MapWork *w)
{
    const Target *target = w->making.ask.target;
    FieldSource exact = field_exact(&target->mixture);
    w->learned = (FieldLearned){&w->weights.net, &target->frame, &w->workspace};
    w->difference = (FieldDifference){field_learned(&w->learned), exact};
    switch (w->making.ask.field) {
    case FIELD_EXACT:
        return exact;
    case FIELD_DIFFERENCE:
        return field_difference(&w->difference);
    default:
        return w->difference.a;
    }
}

/* Of the data with their noise, not the top of the density: a sharp peak that holds little would be a wrong measure of
 * the rest, and what is seen may have none. */
static void measure_typical(MapWork *w)
{
    const MapAsk *ask = &w->making.ask;
    const Mixture *m = &ask->target->mixture;
    MapBatch *b = w->batch;
    double sum = 0;
    metrics_draw(m, ask->sigma, 0, 0, MAP_BATCH, b->x, b->scratch);
    mixture_evaluate(m, (float)ask->sigma, b->x, MAP_BATCH, (MixtureOutput){.log_density = b->log_density});
    for (size_t i = 0; i < MAP_BATCH; i++)
        sum += (double)b->log_density[i];
    w->typical = sum / MAP_BATCH;
    w->measured = true;
}

/* Of a normal `typical` is one nat below the top, and of what is DOUBTFUL nats below the top one draws a point in
 * 3,000, of what is NEGLIGIBLE below it one in a million: no network has seen a place there. */
static const double TOP = 1, DOUBTFUL = 8, NEGLIGIBLE = 14;

static float known_of(double typical, float log_density)
{
    double below = typical + TOP - (double)log_density;
    double t = fmin(fmax((NEGLIGIBLE - below) / (NEGLIGIBLE - DOUBTFUL), 0), 1);
    return (float)(t * t * (3 - 2 * t));
}

static size_t cells_of(int grid)
{
    return (size_t)grid * (size_t)grid;
}

static void load_batch(MapWork *w)
{
    const MapAsk *ask = &w->making.ask;
    const Rect *r = &ask->extent;
    MapBatch *b = w->batch;
    size_t grid = (size_t)w->grid, left = cells_of(w->grid) - w->first, most = map_recipe(ask->kind)->batch;
    b->n = left < most ? left : most;
    b->step = 0;
    for (size_t i = 0; i < b->n; i++) {
        size_t cell = w->first + i;
        b->x[2 * i] = (float)(r->x + r->w * ((double)(cell % grid) + 0.5) / (double)grid);
        b->x[2 * i + 1] = (float)(r->y + r->h * ((double)(cell / grid) + 0.5) / (double)grid);
    }
    mixture_evaluate(&ask->target->mixture, (float)ask->sigma, b->x, b->n,
                     (MixtureOutput){.log_density = b->log_density});
}

static void store_batch(MapWork *w)
{
    MapBatch *b = w->batch;
    for (size_t i = 0; i < b->n; i++) {
        w->draft.value[w->first + i] = isfinite(b->value[i]) ? b->value[i] : NAN;
        w->draft.known[w->first + i] = known_of(w->typical, b->log_density[i]);
    }
    w->first += b->n;
    b->n = 0;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Sorted values of cells that are known, or of all where none is. room [cells]. */
static size_t sorted_values(const MapView *v, float *room)
{
    const float least = 0.5f;
    size_t n = 0, all = 0, cells = cells_of(v->grid);
    for (size_t i = 0; i < cells; i++)
        if (v->known[i] >= least && !isnan(v->value[i]))
            room[n++] = v->value[i];
    if (n == 0)
        for (; all < cells; all++)
            if (!isnan(v->value[all]))
                room[n++] = v->value[all];
    qsort(room, n, sizeof *room, by_size);
    return n;
}

/* From the 2nd to the 98th percentile, so that single cells do not take all the colours. */
static void span_of_values(MapView *v, float *room)
{
    const double edge = 0.02, narrow = 1e-6;
    size_t n = sorted_values(v, room);
    v->low = n > 0 ? (double)room[(size_t)(edge * (double)(n - 1))] : 0;
    v->high = n > 0 ? (double)room[n - 1 - (size_t)(edge * (double)(n - 1))] : 1;
    if (v->high - v->low > narrow)
        return;
    v->low -= 0.5;
    v->high += 0.5;
}

static void set_span(MapWork *w, MapView *v, float *room)
{
    const MapInfo *info = map_info(v->kind);
    v->low = info->low;
    v->high = info->high;
    if (info->colours == MAP_CATEGORIES)
        v->high = (double)w->basins.count - 1;
    else if (info->low >= info->high)
        span_of_values(v, room);
}

static void show(MapWork *w)
{
    MapView older = w->shown;
    w->shown = w->draft;
    w->draft = older;
    w->shown.kind = w->making.ask.kind;
    w->shown.grid = w->grid;
    w->shown.extent = w->making.ask.extent;
    w->shown.version = older.version + 1;
    set_span(w, &w->shown, w->draft.value);
}

static void next_stage(MapWork *w)
{
    int finer = 2 * w->grid, live = map_recipe(w->wanted.ask.kind)->live;
    if (!same_order(&w->wanted, &w->making))
        begin(w, finer < live ? finer : live);
    else
        w->grid = w->grid < MAP_GRID ? finer : 0;
    w->first = 0;
}

static void advance_batch(MapWork *w)
{
    const MapSource source = {
        .field = field_of(w), .target = w->making.ask.target, .basins = &w->basins, .sigma = w->making.ask.sigma};
    if (w->batch->n == 0)
        load_batch(w);
    if (map_recipe(w->making.ask.kind)->advance(&source, w->batch))
        store_batch(w);
    if (w->first < cells_of(w->grid))
        return;
    show(w);
    next_stage(w);
}

bool map_work_piece(MapWork *w)
{
    if (w->grid == 0)
        return false;
    if (w->making.ask.kind == MAP_FATE && basins_piece(&w->basins))
        return true;
    if (w->measured)
        advance_batch(w);
    else
        measure_typical(w);
    return true;
}
