/* catalogue.h - every target of core/target.h, built once and shared by all threads, with a few of its samples to draw.
 */
#ifndef SCENE_CATALOGUE_H
#define SCENE_CATALOGUE_H

#include "core/target.h"

enum { CATALOGUE_SAMPLES = 2000 };

typedef struct Catalogue {
    Target *target;  /* [count] */
    float **samples; /* [count][CATALOGUE_SAMPLES][2], fixed draws of STREAM_PICTURE: data layer and thumbnails */
    size_t count;
} Catalogue;

/* False when memory is short; catalogue_free is legal either way. Nobody changes it afterwards. */
bool catalogue_init(Catalogue *c);
void catalogue_free(Catalogue *c);

#endif
