/* net.h - a multilayer perceptron that stands for the score of the smoothed data.
 *
 *     D(y; s) = skip y + out F(features(c_in y), features(ln s))
 *
 * in the frame's units, y = (x - mean)/std and s = sigma/std; skip and out are the prediction's (precond.h). The
 * parameters stand in one block of floats, so that a copy, an average or a file is one loop. A Net that nobody changes
 * may be asked by any thread, each with its own NetWorkspace.
 */
#ifndef CORE_NET_H
#define CORE_NET_H

#include "core/activation.h"
#include "core/field.h"
#include "core/precond.h"
#include "core/target.h"

/* The noise levels that are trained, frame units. */
#define NET_SIGMA_MIN 0.01
#define NET_SIGMA_MAX 10.0

typedef struct NetShape {
    int width; /* of each hidden layer, 16 .. 512 */
    int depth; /* hidden layers, 1 .. 6 */
    Activation activation;
    Prediction prediction; /* what F stands for */
    bool plain;            /* F sees the place alone, without its Fourier features */
} NetShape;
bool net_same_shape(NetShape a, NetShape b);

typedef struct Net {
    NetShape shape;
    size_t count;     /* parameters */
    float *parameter; /* [count]; layout in net.c */
} Net;

/* A network with the first weights of a seed. False when memory is short; net_free is legal either way. */
bool net_init(Net *net, NetShape shape, uint64_t seed);
void net_free(Net *net);
/* The first weights of a seed in a block that is there already. */
void net_reset(Net *net, uint64_t seed);
/* Copies parameters between two networks of one shape. */
void net_copy(Net *to, const Net *from);
size_t net_parameter_count(NetShape shape);

/* Where layer l <= depth stands among the parameters: weights from `weight` on, then its bias [out]. Those of a hidden
 * layer are [in][out], those of the last one [out][in]. */
typedef struct NetLayer {
    size_t in, out, weight, bias;
    bool by_input; /* [in][out] */
} NetLayer;
NetLayer net_layer_info(NetShape shape, size_t layer);

/* Scratch memory for one thread; grows to the batch it is asked for. */
typedef struct NetWorkspace {
    float *memory;
    size_t capacity;
} NetWorkspace;
void net_workspace_free(NetWorkspace *w);

/* Data units to the frame's: y [n][2] = (x - mean) / std; y may be x. */
void net_frame(const Frame *frame, const float *x, size_t n, float *y);

/* For training: F [n][2] at y [n][2] and sigma [n] in the frame's units, n <= NET_TILE, so that a pass through all
 * layers stays in cache. Keeps in w what net_backward needs. */
enum { NET_TILE = 128 };
void net_forward(const Net *net, NetWorkspace *w, const float *y, const float *sigma, size_t n, float *f);
/* Adds to gradient [count] that of a loss whose gradient at the last net_forward's output is df [n][2]. */
void net_backward(const Net *net, NetWorkspace *w, const float *df, size_t n, float *gradient);

/* The same with derivatives of F along directions in y, for objectives that ask for its Jacobian: forward mode, and
 * the reverse of both. At least twice the work of the passes above. */
enum { NET_TANGENTS = 2 }; /* at most */
typedef struct NetPoints {
    const float *y, *sigma;               /* [n][2] and [n] */
    const float *direction[NET_TANGENTS]; /* [n][2] each, of which `tangents` count */
    size_t n, tangents;                   /* n <= NET_TILE */
} NetPoints;
/* f [1 + tangents][n][2]: F, then dF/dy times each direction. */
void net_forward_tangent(const Net *net, NetWorkspace *w, const NetPoints *p, float *f);
/* df [1 + tangents][n][2]: the loss's gradient at all of them. */
void net_backward_tangent(const Net *net, NetWorkspace *w, const NetPoints *p, const float *df, float *gradient);
/* direction [NET_TANGENTS][n][2]: either axis again and again, whose two derivatives make the exact divergence. */
void net_axes(size_t n, float *const direction[NET_TANGENTS]);

/* Learned score at x [n][2], data units, one sigma > 0 for all. score [n][2] = (D - x) / sigma^2, 1/data units.
 * Below the trained range sigma is held at its end, in D and in the division alike. Above it F is not asked: the score
 * is that of a normal with the frame's moments, -(x - mean) / (sigma^2 + std^2), which is EDM's with F = 0. What F
 * would add is of the order of (std / sigma)^2, below a percent there. */
void net_score(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n,
               float *score);

/* The same with the exact divergence [n] of the learned score, by forward mode in both directions. */
void net_score_divergence(const Net *net, const Frame *frame, NetWorkspace *w, const float *x, float sigma, size_t n,
                          float *score, float *divergence);

/* A learned field source; all three must outlive it. */
typedef struct FieldLearned {
    const Net *net;
    const Frame *frame;
    NetWorkspace *workspace;
} FieldLearned;
FieldSource field_learned(FieldLearned *f);

#endif
