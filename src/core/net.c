#include "core/net.h"

#include "core/dense.h"
#include "core/features.h"
#include "core/precond.h"
#include "core/vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Parameters: for each hidden layer its weights [in][width] and bias [width], where the first layer's in is
 * FEATURES_PLACE rows for the place and FEATURES_LEVEL for the level; then the output layer's weights [2][width] and
 * bias [2]. */

enum { INPUTS = FEATURES_PLACE + FEATURES_LEVEL, TANGENTS = 2, ALIGNMENT = 64 };

static size_t layer_inputs(NetShape shape, size_t layer)
{
    return layer == 0 ? INPUTS : (size_t)shape.width;
}

static size_t layer_outputs(NetShape shape, size_t layer)
{
    return layer == (size_t)shape.depth ? DENSE_OUTPUTS : (size_t)shape.width;
}

/* Where a layer's weights begin; its bias follows them. Layer `depth` is the output. */
static size_t layer_offset(NetShape shape, size_t layer)
{
    size_t offset = 0;
    for (size_t l = 0; l < layer; l++)
        offset += (layer_inputs(shape, l) + 1) * layer_outputs(shape, l);
    return offset;
}

static Dense layer_of(const Net *net, size_t layer)
{
    size_t in = layer_inputs(net->shape, layer), out = layer_outputs(net->shape, layer);
    const float *weight = net->parameter + layer_offset(net->shape, layer);
    return (Dense){.in = in, .out = out, .weight = weight, .bias = weight + in * out};
}

static DenseGradient gradient_of(NetShape shape, size_t layer, float *gradient)
{
    float *weight = gradient + layer_offset(shape, layer);
    return (DenseGradient){.weight = weight, .bias = weight + layer_inputs(shape, layer) * layer_outputs(shape, layer)};
}

size_t net_parameter_count(NetShape shape)
{
    return layer_offset(shape, (size_t)shape.depth + 1);
}

static size_t padded(size_t floats)
{
    size_t whole = ALIGNMENT / sizeof(float);
    return (floats + whole - 1) / whole * whole;
}

static float *allocate(size_t floats)
{
    return aligned_alloc(ALIGNMENT, padded(floats) * sizeof(float));
}

/* He's normal initialisation for the hidden layers; the output layer starts at zero, so that F = 0 at first. */
void net_reset(Net *net, uint64_t seed)
{
    Rng rng = {.seed = seed, .stream = STREAM_WEIGHTS};
    memset(net->parameter, 0, net->count * sizeof(float));
    for (size_t l = 0; l < (size_t)net->shape.depth; l++) {
        size_t in = layer_inputs(net->shape, l), width = layer_outputs(net->shape, l);
        float scale = (float)sqrt(2.0 / (double)in);
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

/* Allocates on first use and when a wider network comes along, never again. */
static float *reserve(NetWorkspace *w, size_t floats)
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

/* The workspace of a training pass over one tile. */
typedef struct Pass {
    float *input;           /* [NET_TILE][INPUTS] */
    float *slope, *value;   /* [depth][NET_TILE][width]: silu's derivative and value */
    float *error, *earlier; /* [NET_TILE][width]: gradient at a layer's output and at the one before */
} Pass;

static Pass pass_of(NetShape shape, NetWorkspace *w)
{
    size_t plane = padded((size_t)NET_TILE * (size_t)shape.width), depth = (size_t)shape.depth;
    float *memory = reserve(w, NET_TILE * INPUTS + (2 * depth + 2) * plane);
    float *planes = memory + NET_TILE * INPUTS;
    return (Pass){.input = memory,
                  .slope = planes,
                  .value = planes + depth * plane,
                  .error = planes + 2 * depth * plane,
                  .earlier = planes + (2 * depth + 1) * plane};
}

void net_forward(const Net *net, NetWorkspace *w, const float *y, const float *sigma, size_t n, float *f)
{
    Pass pass = pass_of(net->shape, w);
    size_t plane = padded((size_t)NET_TILE * (size_t)net->shape.width), depth = (size_t)net->shape.depth;
    features_place(y, sigma, n, INPUTS, pass.input);
    features_level(sigma, n, INPUTS, pass.input + FEATURES_PLACE);
    const float *x = pass.input;
    for (size_t l = 0; l < depth; l++) {
        Dense d = layer_of(net, l);
        float *slope = pass.slope + l * plane, *value = pass.value + l * plane;
        dense_multiply(&d, x, n, slope);
        dense_activate(d.bias, n, d.out, slope, value);
        x = value;
    }
    Dense output = layer_of(net, depth);
    dense_output(&output, x, n, f);
}

void net_backward(const Net *net, NetWorkspace *w, const float *df, size_t n, float *gradient)
{
    Pass pass = pass_of(net->shape, w);
    size_t plane = padded((size_t)NET_TILE * (size_t)net->shape.width), depth = (size_t)net->shape.depth;
    Dense output = layer_of(net, depth);
    float *error = pass.error, *earlier = pass.earlier;
    dense_output_backward(&output, pass.value + (depth - 1) * plane, df, n, error,
                          gradient_of(net->shape, depth, gradient));
    for (size_t l = depth; l-- > 0;) {
        Dense d = layer_of(net, l);
        DenseGradient g = gradient_of(net->shape, l, gradient);
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

/* An evaluation at one level: what all points share. The level's features are the same for all, so that their part of
 * the first layer is folded into its bias. */
typedef struct Query {
    const Net *net;
    const Frame *frame;
    float sigma; /* frame units, within the trained range */
    PrecondScore score;
    float *bias;            /* [width], of the first layer */
    float *level;           /* [NET_TILE], sigma again and again */
    float *place;           /* [NET_TILE][2], frame units */
    float *f;               /* [(1 + TANGENTS) NET_TILE][2] */
    float *input;           /* [(1 + TANGENTS) NET_TILE][FEATURES_PLACE]: a tile's rows, then those of its tangents */
    float *value, *earlier; /* [(1 + TANGENTS) NET_TILE][width] */
} Query;

static void fold_level(const Query *q)
{
    Dense first = layer_of(q->net, 0);
    float level[FEATURES_LEVEL];
    features_level(&q->sigma, 1, FEATURES_LEVEL, level);
    memcpy(q->bias, first.bias, first.out * sizeof(float));
    for (size_t k = 0; k < FEATURES_LEVEL; k++)
        for (size_t j = 0; j < first.out; j++)
            q->bias[j] += level[k] * first.weight[(FEATURES_PLACE + k) * first.out + j];
}

static Query query_begin(const Net *net, const Frame *frame, NetWorkspace *w, float sigma)
{
    enum { ROWS = (1 + TANGENTS) * NET_TILE, SHARED = NET_TILE * 3 + ROWS * (DENSE_OUTPUTS + FEATURES_PLACE) };
    size_t width = padded((size_t)net->shape.width);
    float *memory = reserve(w, SHARED + width + 2 * ROWS * width);
    double level = fmin(fmax((double)sigma / frame->std, NET_SIGMA_MIN), NET_SIGMA_MAX);
    Query q = {.net = net, .frame = frame, .sigma = (float)level, .score = precond_score(level, 1.0)};
    q.level = memory;
    q.place = q.level + NET_TILE;
    q.f = q.place + NET_TILE * 2;
    q.input = q.f + ROWS * DENSE_OUTPUTS;
    q.bias = q.input + ROWS * FEATURES_PLACE;
    q.value = q.bias + width;
    q.earlier = q.value + ROWS * width;
    for (size_t i = 0; i < NET_TILE; i++)
        q.level[i] = q.sigma;
    fold_level(&q);
    return q;
}

/* A hidden layer's derivative of the tangents' rows is the slope at the point that they belong to. */
CORE_CLONES
static void scale_tangents(const float *slope, size_t n, float *restrict value)
{
    for (size_t t = 1; t <= TANGENTS; t++)
        for (size_t i = 0; i < n; i++)
            value[t * n + i] *= slope[i];
}

/* F of n points, and with tangents their derivatives: rows n .. 3n-1 of q->f. */
static void query_network(const Query *q, size_t n, bool tangents)
{
    size_t depth = (size_t)q->net->shape.depth, rows = tangents ? (1 + TANGENTS) * n : n;
    const float *x = q->input;
    float *value = q->value, *earlier = q->earlier;
    for (size_t l = 0; l < depth; l++) {
        Dense d = layer_of(q->net, l);
        if (l == 0) {
            d.in = FEATURES_PLACE;
            d.bias = q->bias;
        }
        dense_multiply(&d, x, rows, value);
        if (tangents) {
            float *slope = earlier; /* the previous layer's values are used up */
            memcpy(slope, value, n * d.out * sizeof(float));
            dense_activate(d.bias, n, d.out, slope, value);
            scale_tangents(slope, n * d.out, value);
        } else {
            dense_activate_value(d.bias, n, d.out, value);
        }
        x = value;
        float *swap = value;
        value = earlier;
        earlier = swap;
    }
    static const float no_bias[DENSE_OUTPUTS] = {0};
    Dense output = layer_of(q->net, depth);
    dense_output(&output, x, n, q->f);
    output.bias = no_bias;
    dense_output(&output, x + n * output.in, rows - n, q->f + n * DENSE_OUTPUTS);
}

static void query_score(const Query *q, size_t n, float *score)
{
    float place = (float)(q->score.place / q->frame->std), output = (float)(q->score.output / q->frame->std);
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = place * q->place[i] + output * q->f[i];
}

void net_score(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n, float *score)
{
    Query q = query_begin(net, frame, w, sigma);
    for (size_t at = 0; at < n; at += NET_TILE) {
        size_t rows = n - at < NET_TILE ? n - at : NET_TILE;
        net_frame(frame, x + 2 * at, rows, q.place);
        features_place(q.place, q.level, rows, FEATURES_PLACE, q.input);
        query_network(&q, rows, false);
        query_score(&q, rows, score + 2 * at);
    }
}

static void query_divergence(const Query *q, size_t n, float *divergence)
{
    double scale = 1.0 / (q->frame->std * q->frame->std);
    for (size_t i = 0; i < n; i++) {
        float trace = q->f[2 * (n + i)] + q->f[2 * (2 * n + i) + 1];
        divergence[i] = (float)(scale * (2.0 * q->score.place + q->score.output * (double)trace));
    }
}

void net_score_divergence(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n,
                          float *score, float *divergence)
{
    Query q = query_begin(net, frame, w, sigma);
    for (size_t at = 0; at < n; at += NET_TILE) {
        size_t rows = n - at < NET_TILE ? n - at : NET_TILE, tangent = rows * FEATURES_PLACE;
        net_frame(frame, x + 2 * at, rows, q.place);
        features_place(q.place, q.level, rows, FEATURES_PLACE, q.input);
        features_tangent(q.input, q.sigma, rows, q.input + tangent, q.input + 2 * tangent);
        query_network(&q, rows, true);
        query_score(&q, rows, score + 2 * at);
        query_divergence(&q, rows, divergence + at);
    }
}

static void learned_evaluate(void *context, const float *x, float sigma, size_t n, float *score)
{
    const FieldLearned *f = context;
    net_score(f->net, f->frame, f->workspace, x, sigma, n, score);
}

FieldSource field_learned(FieldLearned *f)
{
    return (FieldSource){.evaluate = learned_evaluate, .context = f};
}
