/* map.h - one number a place: the error of the learned field, its curl, where a place flows to, how likely it is.
 *
 * A map is made coarse to fine, in small pieces, by whoever has time for it: after every stage it is whole, only less
 * sharp. What it is of stands in MapAsk; when that changes the map is begun again, and what was shown stays until the
 * first stage of the new one is done. One thread at a time for each Map; MapView is what is shown of it, a plain value.
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
    MAP_MAGNITUDE,        /* log10 of sigma |S| of the field that is shown */
    MAP_ERROR,            /* |learned - exact| / |exact| */
    MAP_ANGLE,            /* between learned and exact, degrees 0 .. 180 */
    MAP_LENGTH,           /* log2 of |learned| / |exact| */
    MAP_CURL,             /* sigma^2 (dS_y/dx - dS_x/dy) of the field that is shown: 0 for a gradient */
    MAP_FATE,             /* which mode the probability flow ends in, from sigma down to the data */
    MAP_LIKELIHOOD,       /* log p_sigma of the learned field, by the probability flow, nats */
    MAP_LIKELIHOOD_ERROR, /* that minus the exact log p_sigma, nats */
    MAP_KIND_COUNT
} MapKind;

typedef enum MapColours {
    MAP_SEQUENTIAL, /* from low to high: cividis */
    MAP_DIVERGING,  /* about 0: vik */
    MAP_CATEGORIES  /* value is the number of a mode */
} MapColours;

typedef struct MapInfo {
    const char *name;  /* "error" */
    const char *label; /* "Error" */
    const char *help;  /* one line */
    const char *unit;  /* of the legend: "%" ... "" when it has none */
    MapColours colours;
    double low, high; /* what the colours span; both 0: from the values themselves */
} MapInfo;
const MapInfo *map_info(size_t kind);

/* What is shown: values at the middles of grid x grid cells over extent, row 0 the lowest y. */
typedef struct MapView {
    MapKind kind;
    int grid;         /* MAP_COARSEST .. MAP_GRID */
    Rect extent;      /* data units */
    double low, high; /* what the colours span */
    float *value;     /* [MAP_GRID * MAP_GRID], the first grid * grid of them used; NAN where there is none */
    float *known;     /* the same: 0 .. 1, how far p_sigma at the place is from negligible (1 inside, 0 where nobody
                         can know) */
    uint64_t version; /* grows with every change */
} MapView;

/* False when memory is short; map_view_free is legal either way. */
bool map_view_init(MapView *v);
void map_view_free(MapView *v);
void map_view_copy(MapView *to, const MapView *from);

#endif
