/* brush.h - what a pen is like: its width and edge, what it paints, and the symmetry it paints with.
 *
 * Pure values; lengths in canvas units.
 */
#ifndef SCENE_BRUSH_H
#define SCENE_BRUSH_H

#include <stdbool.h>
#include <stddef.h>

enum { BRUSH_FOLDS_MAX = 12, BRUSH_IMAGES_MAX = 4 * BRUSH_FOLDS_MAX };

/* Coverage falls from 1 to 0 as a smooth step, centred where it is one half: at radius (1 + hardness) / 2, over a width
 * of radius (1 - hardness), but no less than a cell, so that hard edges are smooth to the eye. */
typedef struct Brush {
    double radius;           /* at least a cell */
    double hardness;         /* 0: soft from the middle on; 1: one cell of edge */
    double strength;         /* 0 .. 1: how far a cell goes towards the level */
    double level;            /* 0 .. 1: what is painted */
    bool erases;             /* towards 0 instead */
    bool mirror_x, mirror_y; /* also at -x, at -y */
    int folds;               /* 1 .. BRUSH_FOLDS_MAX: also turned about the middle by each 1 / folds */
} Brush;

/* Radius 0.06, hardness 0.3, strength and level 1, no symmetry. */
Brush brush_default(void);

/* The same with everything in range. Where a number is not finite, the strength is 0. */
Brush brush_clamped(Brush b);

double brush_goal(const Brush *b);       /* the level that cells go towards */
double brush_edge_width(const Brush *b); /* over which coverage falls */
double brush_reach(const Brush *b);      /* beyond it, coverage is 0 */

/* Where the brush's symmetry takes a place. */
typedef struct BrushImage {
    double xx, xy, yx, yy;
} BrushImage;

/* All of them, each once, the place itself first; returns how many. */
size_t brush_images(const Brush *b, BrushImage out[BRUSH_IMAGES_MAX]);
void brush_image_of(BrushImage image, const double at[2], double out[2]);

#endif
