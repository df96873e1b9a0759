/* drawing_bulk.h - what parts of a drawing hold in bulk: points, rasters, Gaussians by hand.
 *
 * Each is one block of memory, filled by whoever made it and never changed once a part has it: an edit makes another.
 * So drawings share them by count, and copies may be read and dropped by different threads.
 */
#ifndef SCENE_DRAWING_BULK_H
#define SCENE_DRAWING_BULK_H

#include "io/error.h"

#include <stdatomic.h>
#include <stddef.h>

/* The head of every block. */
typedef struct Bulk {
    atomic_size_t users; /* parts that hold it */
    size_t bytes;        /* of the block */
} Bulk;

/* One more or one less that holds it; the last one frees it. NULL is legal. */
void bulk_keep(Bulk *b);
void bulk_drop(Bulk *b);

/* A user's share of a block: shares of all users sum to its bytes. NULL has none. */
size_t bulk_bytes(const Bulk *b);

enum {
    BULK_NAME = 128, /* bytes of a name, its ending zero among them */
    BULK_TEXT = 256, /* of a word */
    POINTS_MAX = 1 << 20,
    RASTER_SIDE_MAX = 1024,
    GAUSSIANS_MAX = 1024 /* of one part */
};

/* How far from 0 anything may lie, in its part's units. */
static const double BULK_REACH = 1e7, POINT_WEIGHT_MAX = 1e30;

/* What a local coordinate was before it was scaled: origin + scale x. */
typedef struct Units {
    double origin[2];
    double scale; /* > 0 */
} Units;

typedef struct PointSet {
    Bulk bulk;
    size_t count;
    char file[BULK_NAME]; /* that they were read from; "" when made by hand */
    Units units;
    float *weight; /* [count], >= 0, in the block; NULL when all weigh the same */
    float x[];     /* [count][2], the part's own units */
} PointSet;

/* Room for n points, nothing but their number and units {0, 1} set. NULL when memory is short. */
PointSet *points_create(size_t n, bool weighted);

/* Points of a file, x [n][2] and weight [n] or NULL, moved to mean 0 and scaled to DRAWING_STD by one number for both
 * axes, weights counted. NULL and a line when no two points differ or one is too far from the others for that, weights
 * are not numbers of at least 0 with a positive sum, there are more than POINTS_MAX, or memory is short. */
PointSet *points_standardised(const char *file, const float *x, const float *weight, size_t n, Error *e);

/* A word or a picture as cells of equal side, which fill the part's square [-1, 1]^2 along the longer side. */
typedef struct Raster {
    Bulk bulk;
    size_t rows, columns;  /* 1 .. RASTER_SIDE_MAX */
    char text[BULK_TEXT];  /* a word's, UTF-8 */
    char face[BULK_NAME];  /* a word's */
    unsigned char level[]; /* [rows][columns], row 0 at the bottom; 0 is empty, 255 full */
} Raster;

/* All levels 0, no text. NULL when a side is out of range or memory is short. */
Raster *raster_create(size_t rows, size_t columns);
/* The same from levels between 0 and 1, clamped, in the same order. */
Raster *raster_of_levels(const float *level, size_t rows, size_t columns);

/* A full covariance as its two axes, so that an axis stays the same one while it is dragged past the other. */
typedef struct HandGaussian {
    double mean[2];
    double std[2]; /* along the axis at `angle`, and across */
    double angle;  /* radians, counterclockwise from x */
    double weight; /* > 0 */
} HandGaussian;

typedef struct GaussianSet {
    Bulk bulk;
    size_t count;
    HandGaussian item[];
} GaussianSet;

/* Room for n, all zero. NULL when there are more than GAUSSIANS_MAX or memory is short. */
GaussianSet *gaussians_create(size_t n);

#endif
