/* net_layers.h - how a network's parameters and a workspace lie in memory: for the files net*.c alone.
 *
 * Parameters: for each hidden layer its weights [in][width] and bias [width], where the first layer's in is
 * net_place_inputs rows for the place and FEATURES_LEVEL for the level; then the output layer's weights [2][width] and
 * bias [2]. Layer `depth` is the output.
 */
#ifndef CORE_NET_LAYERS_H
#define CORE_NET_LAYERS_H

#include "core/dense.h"
#include "core/features.h"
#include "core/net.h"

enum { NET_ALIGNMENT = 64 };

static inline size_t net_place_inputs(NetShape shape)
{
    return shape.plain ? FEATURES_PLAIN : FEATURES_PLACE;
}

static inline size_t net_inputs(NetShape shape)
{
    return net_place_inputs(shape) + FEATURES_LEVEL;
}

/* Floats that keep what follows them aligned. */
static inline size_t net_padded(size_t floats)
{
    size_t whole = NET_ALIGNMENT / sizeof(float);
    return (floats + whole - 1) / whole * whole;
}

Dense net_layer(const Net *net, size_t layer);
DenseGradient net_layer_gradient(NetShape shape, size_t layer, float *gradient);

/* What the first layer sees of n places, in rows of a stride, and its derivatives along a direction of each. */
void net_see(NetShape shape, const float *y, const float *sigma, size_t n, size_t stride, float *place);
void net_see_tangent(NetShape shape, const float *place, const float *sigma, const float *direction, size_t n,
                     size_t stride, float *tangent);

/* Memory of the workspace: allocates on first use and when a wider network comes along, never again. */
float *net_reserve(NetWorkspace *w, size_t floats);

#endif
