/* arrows.h - the field as arrows: geometry without OpenGL, for the window and for vector files alike.
 *
 * Arrows stand on a lattice that is fixed to the window, so that they turn in place while the plane moves under them.
 * All are of nearly equal length; how strong the field is, in units of 1/sigma, is told by their weight. Any thread,
 * one at a time for each Arrows.
 */
#ifndef SCENE_ARROWS_H
#define SCENE_ARROWS_H

#include "scene/stack.h"

enum { ARROWS_MAX = 16384 };

typedef struct Arrow {
    float x, y;   /* middle, pixels of the window (y down) */
    float dx, dy; /* from tail to tip, pixels */
    float weight; /* 0 .. 1: how much it is seen (the length of sigma * score, log scale) */
} Arrow;

typedef struct Arrows {
    Arrow *arrow; /* [ARROWS_MAX] */
    size_t count;
    /* What follows is the easing's memory. */
    float *fading;  /* [ARROWS_MAX][2]: what is added to the stack's value, on its way to 0 */
    float *seen[2]; /* [ARROWS_MAX][2] each: the two levels last built from; level k is kept in seen[k % 2] */
    int seen_level[2];
    uint64_t seen_version[2];
    Camera camera;
    double spacing;
} Arrows;

/* False when memory is short; arrows_free is legal either way. */
bool arrows_init(Arrows *a);
void arrows_free(Arrows *a);

/* Rebuilds the arrows, `spacing` pixels apart or more (ARROWS_MAX is kept). When a level of the stack was refilled
 * under the same view, the difference fades over about 100 ms (ease_s: seconds since the last frame; 0 cuts). A new
 * sigma answers at once, whatever still fades; a new view drops what fades. None when the stack is empty. */
void arrows_build(Arrows *a, const Stack *field, const Camera *camera, double sigma, double spacing, double ease_s);
/* Gives all arrows of the last build the same length; their weight still tells how strong the field is. */
void arrows_equal(Arrows *a);

#endif
