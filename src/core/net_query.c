#include "core/features.h"
#include "core/net_layers.h"
#include "core/vector.h"

#include <math.h>

/* An evaluation at one level: what all points share. The level's features are the same for all, so that their part of
 * the first layer is folded into its bias. */
typedef struct Query {
    const Net *net;
    const Frame *frame;
    float sigma; /* frame units, within the trained range */
    Precond precond;
    float *bias;               /* [width], of the first layer */
    float *level;              /* [NET_TILE], sigma again and again */
    float *axis[NET_TANGENTS]; /* [NET_TILE][2], either axis again and again */
    float *place;              /* [NET_TILE][2], frame units */
    float *f;                  /* [(1 + NET_TANGENTS) NET_TILE][2] */
    float *input; /* [(1 + NET_TANGENTS) NET_TILE][FEATURES_PLACE]: a tile's rows, then those of its tangents */
    float *value, *earlier; /* [(1 + NET_TANGENTS) NET_TILE][width] */
} Query;

/* Above the trained range F is not asked: it never learned such a level. Nor is the level held, whose score would be
 * too strong by its square. What there is without F tends to the truth, D to the mean of the data. */
static bool beyond_training(const Frame *frame, float sigma)
{
    const double rounding = 1e-6; /* of a range's end in single precision */
    return (double)sigma > NET_SIGMA_MAX * frame->std * (1.0 + rounding);
}

/* Returns the derivative of either coordinate. */
static double normal_score(const Frame *frame, const float *x, float sigma, size_t n, float *score)
{
    double slope = -1.0 / ((double)sigma * (double)sigma + frame->std * frame->std);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++)
            score[2 * i + k] = (float)(slope * ((double)x[2 * i + k] - frame->mean[k]));
    return slope;
}

static void fold_level(const Query *q)
{
    Dense first = net_layer(q->net, 0);
    float level[FEATURES_LEVEL];
    features_level(&q->sigma, 1, FEATURES_LEVEL, level);
    memcpy(q->bias, first.bias, first.out * sizeof(float));
    const float *weight = first.weight + net_place_inputs(q->net->shape) * first.out;
    for (size_t k = 0; k < FEATURES_LEVEL; k++)
        for (size_t j = 0; j < first.out; j++)
            q->bias[j] += level[k] * weight[k * first.out + j];
}

static Query query_begin(const Net *net, const Frame *frame, NetWorkspace *w, float sigma)
{
    enum {
        ROWS = (1 + NET_TANGENTS) * NET_TILE,
        SHARED = NET_TILE * (3 + 2 * NET_TANGENTS) + ROWS * (DENSE_OUTPUTS + FEATURES_PLACE)
    };
    size_t width = net_padded((size_t)net->shape.width);
    float *memory = net_reserve(w, SHARED + width + 2 * ROWS * width);
    double level = fmin(fmax((double)sigma / frame->std, NET_SIGMA_MIN), NET_SIGMA_MAX);
    Query q = {
        .net = net, .frame = frame, .sigma = (float)level, .precond = precond_of(net->shape.prediction, level, 1.0)};
    q.level = memory;
    q.place = q.level + NET_TILE;
    for (size_t axis = 0; axis < NET_TANGENTS; axis++)
        q.axis[axis] = q.place + NET_TILE * 2 * (1 + axis);
    q.f = q.place + NET_TILE * 2 * (1 + NET_TANGENTS);
    q.input = q.f + ROWS * DENSE_OUTPUTS;
    q.bias = q.input + ROWS * FEATURES_PLACE;
    q.value = q.bias + width;
    q.earlier = q.value + ROWS * width;
    for (size_t i = 0; i < NET_TILE; i++)
        q.level[i] = q.sigma;
    net_axes(NET_TILE, q.axis);
    fold_level(&q);
    return q;
}

/* A hidden layer's derivative of the tangents' rows is the slope at the point that they belong to. */
CORE_CLONES
static void scale_tangents(const float *slope, size_t n, float *restrict value)
{
    for (size_t t = 1; t <= NET_TANGENTS; t++)
        for (size_t i = 0; i < n; i++)
            value[t * n + i] *= slope[i];
}

/* F of n points, and with tangents their derivatives: rows n .. 3n-1 of q->f. */
static void query_network(const Query *q, size_t n, bool tangents)
{
    size_t depth = (size_t)q->net->shape.depth, rows = tangents ? (1 + NET_TANGENTS) * n : n;
    const Activation bend = q->net->shape.activation;
    const float *x = q->input;
    float *value = q->value, *earlier = q->earlier;
    for (size_t l = 0; l < depth; l++) {
        Dense d = net_layer(q->net, l);
        if (l == 0) {
            d.in = net_place_inputs(q->net->shape);
            d.bias = q->bias;
        }
        dense_multiply(&d, x, rows, value);
        if (tangents) {
            float *slope = earlier; /* the previous layer's values are used up */
            memcpy(slope, value, n * d.out * sizeof(float));
            activation_forward(bend, d.bias, n, d.out, slope, value);
            scale_tangents(slope, n * d.out, value);
        } else {
            activation_value(bend, d.bias, n, d.out, value);
        }
        x = value;
        float *swap = value;
        value = earlier;
        earlier = swap;
    }
    static const float no_bias[DENSE_OUTPUTS] = {0};
    Dense output = net_layer(q->net, depth);
    dense_output(&output, x, n, q->f);
    output.bias = no_bias;
    dense_output(&output, x + n * output.in, rows - n, q->f + n * DENSE_OUTPUTS);
}

static void query_score(const Query *q, size_t n, float *score)
{
    float place = (float)(q->precond.place / q->frame->std), output = (float)(q->precond.output / q->frame->std);
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = place * q->place[i] + output * q->f[i];
}

void net_score(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n, float *score)
{
    if (beyond_training(frame, sigma)) {
        normal_score(frame, x, sigma, n, score);
        return;
    }
    Query q = query_begin(net, frame, w, sigma);
    size_t inputs = net_place_inputs(net->shape);
    for (size_t at = 0; at < n; at += NET_TILE) {
        size_t rows = n - at < NET_TILE ? n - at : NET_TILE;
        net_frame(frame, x + 2 * at, rows, q.place);
        net_see(net->shape, q.place, q.level, rows, inputs, q.input);
        query_network(&q, rows, false);
        query_score(&q, rows, score + 2 * at);
    }
}

static void query_divergence(const Query *q, size_t n, float *divergence)
{
    double scale = 1.0 / (q->frame->std * q->frame->std);
    for (size_t i = 0; i < n; i++) {
        float trace = q->f[2 * (n + i)] + q->f[2 * (2 * n + i) + 1];
        divergence[i] = (float)(scale * (2.0 * q->precond.place + q->precond.output * (double)trace));
    }
}

void net_score_divergence(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n,
                          float *score, float *divergence)
{
    if (beyond_training(frame, sigma)) {
        float trace = (float)(2.0 * normal_score(frame, x, sigma, n, score));
        for (size_t i = 0; i < n; i++)
            divergence[i] = trace;
        return;
    }
    Query q = query_begin(net, frame, w, sigma);
    size_t inputs = net_place_inputs(net->shape);
    for (size_t at = 0; at < n; at += NET_TILE) {
        size_t rows = n - at < NET_TILE ? n - at : NET_TILE, tangent = rows * inputs;
        net_frame(frame, x + 2 * at, rows, q.place);
        net_see(net->shape, q.place, q.level, rows, inputs, q.input);
        for (size_t axis = 0; axis < NET_TANGENTS; axis++)
            net_see_tangent(net->shape, q.input, q.level, q.axis[axis], rows, inputs, q.input + (1 + axis) * tangent);
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

static void learned_diverge(void *context, const float *x, float sigma, size_t n, float *score, float *divergence)
{
    const FieldLearned *f = context;
    net_score_divergence(f->net, f->frame, f->workspace, x, sigma, n, score, divergence);
}

FieldSource field_learned(FieldLearned *f)
{
    return (FieldSource){.evaluate = learned_evaluate, .diverge = learned_diverge, .context = f};
}
