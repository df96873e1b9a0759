#include "core/net_layers.h"
#include "core/vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool net_same_shape(NetShape a, NetShape b)
{
    return a.width == b.width && a.depth == b.depth && a.activation == b.activation && a.prediction == b.prediction &&
           a.plain == b.plain;
}

static size_t layer_inputs(NetShape shape, size_t layer)
{
    return layer == 0 ? net_inputs(shape) : (size_t)shape.width;
}

static size_t layer_outputs(NetShape shape, size_t layer)
{
    return layer == (size_t)shape.depth ? DENSE_OUTPUTS : (size_t)shape.width;
}

/* Where a layer's weights begin; its bias follows them. */
static size_t layer_offset(NetShape shape, size_t layer)
{
    size_t offset = 0;
    for (size_t l = 0; l < layer; l++)
        offset += (layer_inputs(shape, l) + 1) * layer_outputs(shape, l);
    return offset;
}

NetLayer net_layer_info(NetShape shape, size_t layer)
{
    size_t in = layer_inputs(shape, layer), out = layer_outputs(shape, layer), weight = layer_offset(shape, layer);
    return (NetLayer){in, out, weight, weight + in * out, layer < (size_t)shape.depth};
}

Dense net_layer(const Net *net, size_t layer)
{
    size_t in = layer_inputs(net->shape, layer), out = layer_outputs(net->shape, layer);
    const float *weight = net->parameter + layer_offset(net->shape, layer);
    return (Dense){.in = in, .out = out, .weight = weight, .bias = weight + in * out};
}

DenseGradient net_layer_gradient(NetShape shape, size_t layer, float *gradient)
{
    float *weight = gradient + layer_offset(shape, layer);
    return (DenseGradient){.weight = weight, .bias = weight + layer_inputs(shape, layer) * layer_outputs(shape, layer)};
}

size_t net_parameter_count(NetShape shape)
{
    return layer_offset(shape, (size_t)shape.depth + 1);
}

static float *allocate(size_t floats)
{
    return aligned_alloc(NET_ALIGNMENT, net_padded(floats) * sizeof(float));
}

/* Normal weights of the activation's gain in the hidden layers; the output layer starts at zero, so that F = 0 at
 * first.
 */
void net_reset(Net *net, uint64_t seed)
{
    Rng rng = {.seed = seed, .stream = STREAM_WEIGHTS};
    memset(net->parameter, 0, net->count * sizeof(float));
    for (size_t l = 0; l < (size_t)net->shape.depth; l++) {
        size_t in = layer_inputs(net->shape, l), width = layer_outputs(net->shape, l);
        float scale = (float)sqrt(activation_gain(net->shape.activation) / (double)in);
        float *weight = net->parameter + layer_offset(net->shape, l);
        rng_normals(rng, l, 0, (in * width + 1) / 2, weight); /* an odd last one falls into the bias */
        for (size_t i = 0; i < in * width; i++)
            weight[i] *= scale;
        memset(weight + in * width, 0, width * sizeof(float));
    }
}

bool net_init(Net *net, NetShape shape, uint64_t seed)
{
    size_t count = net_parameter_count(shape);
    *net = (Net){.shape = shape, .count = count, .parameter = allocate(count)};
    if (!net->parameter)
        return false;
    net_reset(net, seed);
    return true;
}

void net_free(Net *net)
{
    free(net->parameter);
    *net = (Net){0};
}

void net_copy(Net *to, const Net *from)
{
    memcpy(to->parameter, from->parameter, from->count * sizeof(float));
}

CORE_CLONES
void net_frame(const Frame *frame, const float *x, size_t n, float *y)
{
    double scale = 1.0 / frame->std;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++)
            y[2 * i + k] = (float)(((double)x[2 * i + k] - frame->mean[k]) * scale);
}

void net_workspace_free(NetWorkspace *w)
{
    free(w->memory);
    *w = (NetWorkspace){0};
}

float *net_reserve(NetWorkspace *w, size_t floats)
{
    if (w->capacity < floats) {
        net_workspace_free(w);
        w->memory = allocate(floats);
        if (!w->memory) {
            fprintf(stderr, "scorefield: out of memory for a network's workspace of %zu floats\n", floats);
            abort();
        }
        w->capacity = floats;
    }
    return w->memory;
}

void net_see(NetShape shape, const float *y, const float *sigma, size_t n, size_t stride, float *place)
{
    if (shape.plain)
        features_plain(y, sigma, n, stride, place);
    else
        features_place(y, sigma, n, stride, place);
}

void net_see_tangent(NetShape shape, const float *place, const float *sigma, const float *direction, size_t n,
                     size_t stride, float *tangent)
{
    if (shape.plain)
        features_plain_tangent(sigma, direction, n, stride, tangent);
    else
        features_place_tangent(place, sigma, direction, n, stride, tangent);
}

/* The workspace of a training pass over one tile. */
typedef struct Pass {
    float *input;           /* [NET_TILE][inputs] */
    float *slope, *value;   /* [depth][NET_TILE][width]: the activation's derivative and value */
    float *error, *earlier; /* [NET_TILE][width]: gradient at a layer's output and at the one before */
} Pass;

static Pass pass_of(NetShape shape, NetWorkspace *w)
{
    size_t plane = net_padded((size_t)NET_TILE * (size_t)shape.width), depth = (size_t)shape.depth;
    size_t input = net_padded(NET_TILE * net_inputs(shape));
    float *memory = net_reserve(w, input + (2 * depth + 2) * plane);
    float *planes = memory + input;
    return (Pass){.input = memory,
                  .slope = planes,
                  .value = planes + depth * plane,
                  .error = planes + 2 * depth * plane,
                  .earlier = planes + (2 * depth + 1) * plane};
}

void net_forward(const Net *net, NetWorkspace *w, const float *y, const float *sigma, size_t n, float *f)
{
    Pass pass = pass_of(net->shape, w);
    size_t plane = net_padded((size_t)NET_TILE * (size_t)net->shape.width), depth = (size_t)net->shape.depth;
    size_t inputs = net_inputs(net->shape);
    net_see(net->shape, y, sigma, n, inputs, pass.input);
    features_level(sigma, n, inputs, pass.input + net_place_inputs(net->shape));
    const float *x = pass.input;
    for (size_t l = 0; l < depth; l++) {
        Dense d = net_layer(net, l);
        float *slope = pass.slope + l * plane, *value = pass.value + l * plane;
        dense_multiply(&d, x, n, slope);
        activation_forward(net->shape.activation, d.bias, n, d.out, slope, value);
        x = value;
    }
    Dense output = net_layer(net, depth);
    dense_output(&output, x, n, f);
}

void net_backward(const Net *net, NetWorkspace *w, const float *df, size_t n, float *gradient)
{
    Pass pass = pass_of(net->shape, w);
    size_t plane = net_padded((size_t)NET_TILE * (size_t)net->shape.width), depth = (size_t)net->shape.depth;
    Dense output = net_layer(net, depth);
    float *error = pass.error, *earlier = pass.earlier;
    dense_output_backward(&output, pass.value + (depth - 1) * plane, df, n, error,
                          net_layer_gradient(net->shape, depth, gradient));
    for (size_t l = depth; l-- > 0;) {
        Dense d = net_layer(net, l);
        DenseGradient g = net_layer_gradient(net->shape, l, gradient);
        dense_activate_backward(pass.slope + l * plane, n, d.out, error, g.bias);
        dense_accumulate(&d, l == 0 ? pass.input : pass.value + (l - 1) * plane, error, n, g.weight);
        if (l == 0)
            break;
        dense_multiply_transposed(&d, error, n, earlier);
        float *swap = error;
        error = earlier;
        earlier = swap;
    }
}
