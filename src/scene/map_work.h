/* map_work.h - makes a map coarse to fine, in small pieces, and makes it again when what it is of has changed.
 *
 * Another kind of map, target or field begins at the coarsest grid at once. Another sigma, view or network, of which
 * there may be sixty a second, goes on at a grid of its kind that takes about a fifth of a second at most: what is in
 * progress there is finished and shown late rather than never, and as soon as nothing changes the finer grids follow.
 * Work is counted, never timed. One thread at a time; pieces allocate nothing after the first with a network.
 */
#ifndef SCENE_MAP_WORK_H
#define SCENE_MAP_WORK_H

#include "scene/learner.h"
#include "scene/map.h"

/* What is wanted. With it come the weights of the network, which are told apart by epoch and steps. */
typedef struct MapAsk {
    MapKind kind;
    const Target *target; /* what exact means, in its frame; must outlive the work */
    Subject *subject;     /* held where target is one's; else NULL */
    FieldKind field;      /* that is shown */
    double sigma;         /* > 0 */
    Rect extent;          /* data units, w and h > 0 */
} MapAsk;

typedef struct MapWork MapWork;

MapWork *map_work_create(void); /* NULL when memory is short */
void map_work_destroy(MapWork *w);

/* Wants this from now on; nothing happens when the map is of this already, or when it does not depend on what differs.
 * weights are copied where the map needs them, and may be NULL or all zero where it does not. Without weights or memory
 * for a copy, nothing changes. */
void map_work_ask(MapWork *w, const MapAsk *ask, const Weights *weights);

/* One small piece, about a millisecond. False when what was asked for is there in its finest grid. */
bool map_work_piece(MapWork *w);

/* What is shown: of MAP_NONE before the first stage of all, and where no map is asked for. */
const MapView *map_work_view(const MapWork *w);

#endif
