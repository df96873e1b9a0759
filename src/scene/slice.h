/* slice.h - a stack at one sigma: blended between the levels once, then read at many places.
 *
 * Remembers what it was taken from, so that nothing is done while neither sigma nor the two levels around it change.
 * Any thread, one at a time for each Slice.
 */
#ifndef SCENE_SLICE_H
#define SCENE_SLICE_H

#include "scene/stack.h"

typedef struct Slice {
    int grid, channels;
    Rect extent;  /* data units; the outermost samples stand on its edges */
    float *value; /* [grid][grid][channels], row 0 the lowest y */
    int levels;   /* that it is blended from; 0: the stack was empty and value means nothing */
    /* What follows is what it was taken from. */
    int level[2];
    uint64_t version[2];
    double sigma;
} Slice;

/* False when memory is short; slice_free is legal either way. */
bool slice_init(Slice *s, int grid, int channels);
void slice_free(Slice *s);

/* Takes the stack (of the slice's grid and channels, or a copy of the one before) at sigma. True when that is something
 * else than before, which it always is the first time. */
bool slice_take(Slice *s, const Stack *stack, double sigma);

#endif
