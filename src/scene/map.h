/* map.h - one number a place: the error of the learned field, its curl, where a place flows to, how likely it is.
 *
 * A map is made coarse to fine, in small pieces, by whoever has time for it (map_work.h): after every stage it is
 * whole, only less sharp. MapView is what is shown of it, a plain value that threads copy.
 */
#ifndef SCENE_MAP_H
#define SCENE_MAP_H

#include "core/field.h"
#include "core/target.h"
#include "scene/camera.h"

enum {
    MAP_GRID = 128,   /* cells a side at the finest stage */
    MAP_COARSEST = 16 /* at the first; each stage halves the cells */
};

typedef enum MapKind {
    MAP_NONE,
    MAP_MAGNITUDE,  /* log10 of sigma |S| of the field that is shown */
    MAP_ERROR,      /* |learned - exact| / |exact| */
    MAP_ANGLE,      /* between learned and exact, degrees 0 .. 180 */
    MAP_LENGTH,     /* log2 of |learned| / |exact| */
    MAP_CURL,       /* sigma^2 (dS_y/dx - dS_x/dy) of the field that is shown: 0 for a gradient */
    MAP_FATE,       /* what the end of the probability flow is called, from sigma down to the data (map_basins.h) */
    MAP_LIKELIHOOD, /* log p_sigma of the learned field, by the probability flow, nats */
    MAP_LIKELIHOOD_ERROR, /* that minus the exact log p_sigma, nats */
    MAP_KIND_COUNT
} MapKind;

typedef enum MapColours {
    MAP_SEQUENTIAL, /* from low to high: cividis */
    MAP_DIVERGING,  /* about 0: vik */
    MAP_CATEGORIES  /* value is the number of a mode or of an eighth of the circle */
} MapColours;

typedef struct MapInfo {
    const char *name;  /* "error" */
    const char *label; /* "Error" */
    const char *help;  /* one line */
    const char *unit;  /* of the legend: "%" ... "" when it has none */
    MapColours colours;
    double low, high; /* what the colours span; both 0: from the values themselves, or all categories */
} MapInfo;
const MapInfo *map_info(size_t kind);

/* What is shown: values at the middles of grid x grid cells over extent, row 0 the lowest y. */
typedef struct MapView {
    MapKind kind;
    int grid;         /* MAP_COARSEST .. MAP_GRID */
    Rect extent;      /* data units */
    double low, high; /* what the colours span, low < high; of categories 0 and the last */
    float *value;     /* [MAP_GRID * MAP_GRID], the first grid * grid of them used; NAN where there is none */
    float *known;     /* the same: 1 where p_sigma has points, 0 where a network cannot have seen any, smooth between */
    uint64_t version; /* grows with every change */
} MapView;

/* False when memory is short; map_view_free is legal either way. */
bool map_view_init(MapView *v);
void map_view_free(MapView *v);
/* Of what `grid` uses. */
void map_view_copy(MapView *to, const MapView *from);

#endif
