/* mixture_tree.h - Gaussians packed sixteen to a block, level upon level: what mixture_evaluate walks.
 *
 * Components are ordered so that four neighbours make a node, four of those a node above, and so on. Each level packs
 * its nodes sixteen to a block, so that a block holds the grandchildren of one node two levels up. A lane of a level
 * above the components is the Gaussian with their moments, and their third and fourth cumulants. Everything here is in
 * unit coordinates, (x - centre) / unit, so that single precision serves any data. Internal to the mixture's own files.
 */
#ifndef CORE_MIXTURE_TREE_H
#define CORE_MIXTURE_TREE_H

#include "core/mixture.h"

enum { LANES = 16, BRANCHES = 4, MAX_LEVELS = 16, FINE_COUNT = 1000 };

/* Sixteen Gaussians. Covariances as eigenvalues and the first axis, because an inverse made from xx, xy, yy cancels in
 * single precision when a Gaussian is thin. */
typedef struct Block {
    float x[LANES], y[LANES], x_rest[LANES], y_rest[LANES]; /* means in two parts, for their digits */
    float axis_x[LANES], axis_y[LANES];
    float major[LANES], minor[LANES];
    float log_weight[LANES]; /* empty lanes weigh nothing */
} Block;

/* Sixteen Gaussians in double. */
typedef struct DeepBlock {
    double x[LANES], y[LANES], xx[LANES], xy[LANES], yy[LANES];
    float log_weight[LANES]; /* empty lanes weigh nothing */
} DeepBlock;

/* Sixteen boxes. */
typedef struct BoxBlock {
    float x[LANES], y[LANES];
    float half_x[LANES], half_y[LANES];
    float log_height[LANES]; /* ln of weight over area */
} BoxBlock;

/* What a block above the components knows beyond its lanes. */
typedef struct Extent {
    float skew[4][LANES];    /* half the third cumulant along the lane's axes: aaa, aab, abb, bbb */
    float tail[5][LANES];    /* half the fourth: aaaa, aaab, aabb, abbb, bbbb */
    float log_spread[LANES]; /* ln of summary_spread */
    float low_x[LANES], high_x[LANES], low_y[LANES], high_y[LANES]; /* box around all means below */
    /* Of the components' covariances below: the largest xx, yy and eigenvalue, and the least of both eigenvalues. */
    float wide_x[LANES], wide_y[LANES], widest[LANES], major[LANES], minor[LANES];
} Extent;

struct MixtureTree {
    double centre[2], unit;
    float narrowest;          /* least eigenvalue of all Gaussians' covariances */
    float stretch;            /* largest difference of a Gaussian's eigenvalues */
    size_t count;             /* of components */
    size_t levels;            /* 0 when every component is a box */
    size_t first[MAX_LEVELS]; /* block of each level; level 0 has the components, the last one block */
    Block *block;
    Extent *extent;     /* of block first[1] and on */
    size_t deep_blocks; /* the components once more: 0 unless they are few and not all round */
    DeepBlock *deep_block;
    size_t box_blocks; /* boxes go without a tree: every one meets every point */
    BoxBlock *box_block;
};

/* Over the components, moments and weights of m. NULL when memory is short; NULL may be destroyed. */
MixtureTree *mixture_tree_create(const Mixture *m);
void mixture_tree_destroy(MixtureTree *t);

#endif
