/* mixture_tree.h - Gaussians packed sixteen to a block, block upon block: what mixture_evaluate walks.
 *
 * Components are ordered along Hilbert's curve; sixteen neighbours make a leaf block, and one lane of the block above
 * is the Gaussian with their moments. Everything here is in unit coordinates, (x - centre) / unit, so that single
 * precision serves any data. Internal to the mixture's own files.
 */
#ifndef CORE_MIXTURE_TREE_H
#define CORE_MIXTURE_TREE_H

#include "core/mixture.h"

enum { LANES = 16 };

/* Sixteen Gaussians. Covariances as eigenvalues and the first axis, because an inverse made from xx, xy, yy cancels in
 * single precision when a Gaussian is thin. */
typedef struct Block {
    float x[LANES], y[LANES];
    float axis_x[LANES], axis_y[LANES];
    float major[LANES], minor[LANES];
    float log_weight[LANES]; /* empty lanes weigh nothing */
} Block;

/* Sixteen boxes. */
typedef struct BoxBlock {
    float x[LANES], y[LANES];
    float half_x[LANES], half_y[LANES];
    float log_height[LANES]; /* ln of weight over area */
} BoxBlock;

/* What an inner block knows beyond its lanes, each the summary of one block below. */
typedef struct Extent {
    float log_spread[LANES];               /* ln of the variance that moment matching blurred */
    float radius[LANES];                   /* around all means below */
    float widest[LANES], narrowest[LANES]; /* largest and least eigenvalue of the components below */
    uint32_t first;                        /* block of lane 0; the others follow */
} Extent;

struct MixtureTree {
    double centre[2], unit;
    size_t leaves, blocks; /* leaf blocks stand first, the root last; none when every component is a box */
    Block *block;
    Extent *extent;    /* [blocks - leaves] */
    size_t box_blocks; /* boxes go without a tree: every one meets every point */
    BoxBlock *box_block;
};

/* Over the components, moments and weights of m. NULL when memory is short; NULL may be destroyed. */
MixtureTree *mixture_tree_create(const Mixture *m);
void mixture_tree_destroy(MixtureTree *t);

#endif
