#include "core/net_layers.h"
#include "core/vector.h"

#include <string.h>

/* A layer's tangents go through it as
 *
 *     z' = W x',  y' = act'(z) z'
 *
 * so that the loss's gradient at z is act'(z) that at y, and act''(z) z' that at y' for every tangent. Rows of a matrix
 * are those of the points, then those of each tangent: the weights' products take them all at once. */

enum { TILE_ROWS = (1 + NET_TANGENTS) * NET_TILE };

typedef struct TangentPass {
    float *input;           /* [TILE_ROWS][inputs] */
    float *value;           /* [depth][TILE_ROWS][width] */
    float *slope;           /* [depth][NET_TILE][width]: act' */
    float *turn;            /* [depth][NET_TANGENTS NET_TILE][width]: act'' z' */
    float *error, *earlier; /* [TILE_ROWS][width] */
} TangentPass;

static TangentPass pass_of(NetShape shape, NetWorkspace *w)
{
    size_t depth = (size_t)shape.depth, tile = net_padded(NET_TILE * (size_t)shape.width);
    size_t rows = (1 + NET_TANGENTS) * tile, input = net_padded(TILE_ROWS * net_inputs(shape));
    float *memory = net_reserve(w, input + 2 * rows + depth * (rows + tile + NET_TANGENTS * tile));
    TangentPass p = {.input = memory, .error = memory + input};
    p.earlier = p.error + rows;
    p.value = p.earlier + rows;
    p.slope = p.value + depth * rows;
    p.turn = p.slope + depth * tile;
    return p;
}

/* One hidden layer's share of it. */
static TangentPass pass_at(const TangentPass *p, NetShape shape, size_t layer)
{
    size_t tile = net_padded(NET_TILE * (size_t)shape.width);
    TangentPass at = *p;
    at.value += layer * (1 + NET_TANGENTS) * tile;
    at.slope += layer * tile;
    at.turn += layer * NET_TANGENTS * tile;
    return at;
}

static void see(const Net *net, const NetPoints *p, float *input)
{
    size_t inputs = net_inputs(net->shape), place = net_place_inputs(net->shape);
    net_see(net->shape, p->y, p->sigma, p->n, inputs, input);
    features_level(p->sigma, p->n, inputs, input + place);
    for (size_t t = 0; t < p->tangents; t++) {
        float *tangent = input + (1 + t) * p->n * inputs;
        net_see_tangent(net->shape, input, p->sigma, p->direction[t], p->n, inputs, tangent);
        for (size_t i = 0; i < p->n; i++) /* the level stays */
            memset(tangent + i * inputs + place, 0, FEATURES_LEVEL * sizeof *tangent);
    }
}

/* Tangents z' become y' in place and act'' z' in turn; curvature is that of the points. */
CORE_CLONES
static void bend_tangents(const float *slope, const float *curvature, size_t n, size_t tangents,
                          float *restrict tangent, float *restrict turn)
{
    for (size_t t = 0; t < tangents; t++)
        for (size_t i = 0; i < n; i++) {
            turn[t * n + i] = curvature[i] * tangent[t * n + i];
            tangent[t * n + i] *= slope[i];
        }
}

void net_axes(size_t n, float *const direction[NET_TANGENTS])
{
    for (size_t axis = 0; axis < NET_TANGENTS; axis++)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < 2; k++)
                direction[axis][2 * i + k] = k == axis ? 1.0f : 0.0f;
}

void net_forward_tangent(const Net *net, NetWorkspace *w, const NetPoints *p, float *f)
{
    static const float no_bias[DENSE_OUTPUTS] = {0};
    TangentPass pass = pass_of(net->shape, w);
    size_t depth = (size_t)net->shape.depth, n = p->n, rows = (1 + p->tangents) * n;
    see(net, p, pass.input);
    const float *x = pass.input;
    for (size_t l = 0; l < depth; l++) {
        Dense d = net_layer(net, l);
        TangentPass at = pass_at(&pass, net->shape, l);
        size_t points = n * d.out;
        float *curvature = pass.error; /* free until the backward pass */
        dense_multiply(&d, x, rows, at.value);
        memcpy(at.slope, at.value, points * sizeof(float));
        activation_bend(net->shape.activation, d.bias, n, d.out, at.slope, at.value, curvature);
        bend_tangents(at.slope, curvature, points, p->tangents, at.value + points, at.turn);
        x = at.value;
    }
    Dense output = net_layer(net, depth);
    dense_output(&output, x, n, f);
    output.bias = no_bias;
    dense_output(&output, x + n * output.in, rows - n, f + n * DENSE_OUTPUTS);
}

/* Gradients at y and y' become those at z and z' in place. */
CORE_CLONES
static void bend_backward(const TangentPass *at, size_t n, size_t width, size_t tangents, float *restrict error,
                          float *restrict dbias)
{
    size_t plane = n * width;
    for (size_t i = 0; i < plane; i++)
        error[i] *= at->slope[i];
    for (size_t t = 0; t < tangents; t++) {
        float *restrict tangent = error + (1 + t) * plane;
        const float *turn = at->turn + t * plane;
        for (size_t i = 0; i < plane; i++) {
            error[i] += turn[i] * tangent[i];
            tangent[i] *= at->slope[i];
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++)
            dbias[j] += error[i * width + j];
}

/* Tangents see no bias. */
static void output_backward(const Net *net, const float *x, const float *df, size_t n, size_t rows, float *error,
                            float *gradient)
{
    size_t depth = (size_t)net->shape.depth;
    Dense output = net_layer(net, depth);
    DenseGradient g = net_layer_gradient(net->shape, depth, gradient);
    float unused[DENSE_OUTPUTS];
    dense_output_backward(&output, x, df, n, error, g);
    g.bias = unused;
    memset(unused, 0, sizeof unused);
    dense_output_backward(&output, x + n * output.in, df + n * DENSE_OUTPUTS, rows - n, error + n * output.in, g);
}

void net_backward_tangent(const Net *net, NetWorkspace *w, const NetPoints *p, const float *df, float *gradient)
{
    TangentPass pass = pass_of(net->shape, w);
    size_t depth = (size_t)net->shape.depth, n = p->n, rows = (1 + p->tangents) * n;
    float *error = pass.error, *earlier = pass.earlier;
    output_backward(net, pass_at(&pass, net->shape, depth - 1).value, df, n, rows, error, gradient);
    for (size_t l = depth; l-- > 0;) {
        Dense d = net_layer(net, l);
        DenseGradient g = net_layer_gradient(net->shape, l, gradient);
        TangentPass at = pass_at(&pass, net->shape, l);
        bend_backward(&at, n, d.out, p->tangents, error, g.bias);
        dense_accumulate(&d, l == 0 ? pass.input : pass_at(&pass, net->shape, l - 1).value, error, rows, g.weight);
        if (l == 0)
            break;
        dense_multiply_transposed(&d, error, rows, earlier);
        float *swap = error;
        error = earlier;
        earlier = swap;
    }
}
