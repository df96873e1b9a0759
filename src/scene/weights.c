#include "scene/weights.h"

bool weights_shape(Weights *w, NetShape shape)
{
    Net net;
    if (w->net.parameter && net_same_shape(w->net.shape, shape))
        return true;
    if (!net_init(&net, shape, 0)) {
        net_free(&net);
        return false;
    }
    net_free(&w->net);
    w->net = net;
    return true;
}

bool weights_copy(Weights *to, const Weights *from)
{
    if (!weights_shape(to, from->net.shape))
        return false;
    Net net = to->net;
    net_copy(&net, &from->net);
    *to = *from;
    to->net = net;
    return true;
}

void weights_free(Weights *w)
{
    net_free(&w->net);
    *w = (Weights){0};
}
