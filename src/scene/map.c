#include "scene/map_recipe.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const MapRecipe recipes[MAP_KIND_COUNT] = {
    [MAP_NONE] = {.info = {"none", "None", "no map", "", MAP_SEQUENTIAL, 0, 0}},
    [MAP_MAGNITUDE] = {.info = {"magnitude", "Magnitude", "how strong the field is: log10 of \u03c3|S|", "log10",
                                MAP_SEQUENTIAL, 0, 0},
                       .subject = MAP_OF_SHOWN,
                       .live = 128,
                       .batch = MAP_BATCH,
                       .advance = map_magnitude},
    [MAP_ERROR] = {.info = {"error", "Error", "how far the learned field is from the exact one, relative to that", "",
                            MAP_SEQUENTIAL, 0, 1},
                   .subject = MAP_OF_LEARNED,
                   .live = 128,
                   .batch = MAP_BATCH,
                   .advance = map_error},
    [MAP_ANGLE] = {.info = {"angle", "Angle", "between the learned and the exact field", "\u00b0", MAP_SEQUENTIAL, 0,
                            180},
                   .subject = MAP_OF_LEARNED,
                   .live = 128,
                   .batch = MAP_BATCH,
                   .advance = map_angle},
    [MAP_LENGTH] = {.info = {"length", "Length",
                             "log2 of the learned field's length over the exact one's: 1 is twice as long", "log2",
                             MAP_DIVERGING, -2, 2},
                    .subject = MAP_OF_LEARNED,
                    .live = 128,
                    .batch = MAP_BATCH,
                    .advance = map_length},
    [MAP_CURL] = {.info = {"curl", "Curl",
                           "how the field turns, times \u03c3\u00b2: a true score is a gradient and has none", "",
                           MAP_DIVERGING, -0.25, 0.25},
                  .subject = MAP_OF_SHOWN,
                  .live = 64,
                  .batch = MAP_BATCH / 2,
                  .advance = map_curl},
    [MAP_FATE] =
        {.info = {"fate", "Fate",
                  "the mode in which the flow ends; in data of one piece, the eighth of the circle about the mean", "",
                  MAP_CATEGORIES, 0, 0},
         .subject = MAP_OF_FLOW,
         .live = 32,
         .batch = MAP_BATCH / 4,
         .advance = map_fate},
    [MAP_LIKELIHOOD] = {.info = {"likelihood", "Likelihood", "log p of the learned field, by its probability flow",
                                 "nats", MAP_SEQUENTIAL, 0, 0},
                        .subject = MAP_OF_LEARNED,
                        .live = 32,
                        .batch = MAP_BATCH / 8,
                        .advance = map_likelihood},
    [MAP_LIKELIHOOD_ERROR] = {.info = {"likelihood-error", "Likelihood error",
                                       "log p of the learned field, by its probability flow, minus the exact one",
                                       "nats", MAP_DIVERGING, -1, 1},
                              .subject = MAP_OF_LEARNED,
                              .live = 32,
                              .batch = MAP_BATCH / 8,
                              .advance = map_likelihood_error},
};

const MapRecipe *map_recipe(size_t kind)
{
    assert(kind < MAP_KIND_COUNT);
    return &recipes[kind];
}

const MapInfo *map_info(size_t kind)
{
    return &map_recipe(kind)->info;
}

bool map_view_init(MapView *v)
{
    *v = (MapView){.high = 1};
    v->value = calloc((size_t)MAP_GRID * MAP_GRID, sizeof *v->value);
    v->known = calloc((size_t)MAP_GRID * MAP_GRID, sizeof *v->known);
    return v->value && v->known;
}

void map_view_free(MapView *v)
{
    free(v->value);
    free(v->known);
    *v = (MapView){0};
}

void map_view_copy(MapView *to, const MapView *from)
{
    float *value = to->value, *known = to->known;
    size_t bytes = (size_t)from->grid * (size_t)from->grid * sizeof *value;
    memcpy(value, from->value, bytes);
    memcpy(known, from->known, bytes);
    *to = *from;
    to->value = value;
    to->known = known;
}
