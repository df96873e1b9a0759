/* map_recipe.h - how each kind of map gets its numbers: a row and one function a kind. For map.c and map_work.c.
 *
 * Cells go through in batches, a batch in pieces of about a thousand evaluations of the field, so that whoever works on
 * a map can stop after any of them. All belong to the field source's thread and allocate nothing.
 */
#ifndef SCENE_MAP_RECIPE_H
#define SCENE_MAP_RECIPE_H

#include "scene/map.h"
#include "scene/map_basins.h"

enum {
    MAP_BATCH = 512,  /* cells, at most */
    MAP_SCRATCH = 32, /* floats a cell */
};

/* What a map is of. */
typedef struct MapSource {
    FieldSource field;    /* with a divergence for the likelihood */
    const Target *target; /* where the exact field and the range of sigma come from */
    const Basins *basins; /* names of the ends, for MAP_FATE */
    double sigma;
} MapSource;

typedef struct MapBatch {
    size_t n;                                     /* cells */
    size_t step;                                  /* how far the recipe is; 0 at first */
    float x[2 * MAP_BATCH];                       /* places, data units; flows move them */
    float log_density[MAP_BATCH];                 /* exact log p_sigma there */
    float value[MAP_BATCH];                       /* the answer; not finite where there is none */
    float memory[2 * MAP_BATCH];                  /* a sampler's */
    double volume[MAP_BATCH], stretch[MAP_BATCH]; /* the likelihood's */
    _Alignas(16) float scratch[MAP_BATCH * MAP_SCRATCH];
} MapBatch;

/* Whose map it is, whatever field is shown. */
typedef enum MapSubject {
    MAP_OF_SHOWN,  /* the field that is shown */
    MAP_OF_FLOW,   /* the same, or the learned one when that is a difference: its flow leads nowhere */
    MAP_OF_LEARNED /* the learned one */
} MapSubject;

typedef struct MapRecipe {
    MapSubject subject;
    int live;     /* cells a side while sigma, view or network keep changing: a fifth of a second at most */
    size_t batch; /* cells that go together */
    /* One piece; true when the values are there. */
    bool (*advance)(const MapSource *s, MapBatch *b);
    MapInfo info;
} MapRecipe;
const MapRecipe *map_recipe(size_t kind);

bool map_magnitude(const MapSource *s, MapBatch *b);
bool map_error(const MapSource *s, MapBatch *b);
bool map_angle(const MapSource *s, MapBatch *b);
bool map_length(const MapSource *s, MapBatch *b);
bool map_curl(const MapSource *s, MapBatch *b);
bool map_fate(const MapSource *s, MapBatch *b);
bool map_likelihood(const MapSource *s, MapBatch *b);
bool map_likelihood_error(const MapSource *s, MapBatch *b);

#endif
