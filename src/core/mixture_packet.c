#include "core/mixture_packet.h"

/* Vectors by name, where loops over lanes would have their invariants spread over lanes again and again. They go by
 * address, because how to pass them depends on the instruction set. */
typedef float Vector __attribute__((vector_size(LANES * sizeof(float)), may_alias));
typedef int32_t VectorBits __attribute__((vector_size(LANES * sizeof(int32_t))));

typedef struct LaneSums {
    Vector weight, x, y, trace;
} LaneSums;

/* A point's coordinates and their products, in all lanes. */
typedef struct Powers {
    Vector x, y, xx, xy, yy, xxx, xxy, xyy, yyy;
} Powers;

void packet_start(Packet *p, float top)
{
    p->top = top;
    p->steep = false;
    p->components.count = p->nodes.count = 0;
    for (size_t i = 0; i < p->count; i++)
        p->weight[i] = p->score_x[i] = p->score_y[i] = p->trace[i] = 0.0f;
}

/* Fills the last sixteen up with what weighs nothing. */
static void pad(List *l)
{
    for (; l->count % LANES; l->count++) {
        for (size_t k = 0; k < CUBIC; k++)
            l->block[l->count / LANES][k][l->count % LANES] = 0.0f;
        l->block[l->count / LANES][P_1][l->count % LANES] = -1e30f;
    }
}

/* x becomes 2^x to 2e-7 for x < 127, next to nothing below -126. */
CORE_INLINE void raise_two(Vector *x)
{
    VectorBits low = *x < -126.0f;
    Vector least = (Vector){0} - 126.0f;
    *x = (Vector)((low & (VectorBits)least) | (~low & (VectorBits)*x));
    Vector shifted = *x + 12582912.0f; /* 1.5 * 2^23: adding it leaves the integer part in the low bits */
    Vector r = *x - (shifted - 12582912.0f);
    Vector p = r * 1.33908633e-3f + 9.67603177e-3f; /* through 2^r at Chebyshev's nodes */
    p = p * r + 5.55035695e-2f;
    p = p * r + 2.40221068e-1f;
    p = p * r + 6.93147182e-1f;
    p = p * r + 1.00000012f;
    *x = (Vector)((VectorBits)p + ((VectorBits)shifted << 23));
}

/* Sixteen polynomials with their gradients and Laplacians at one point. */
CORE_INLINE void add_sixteen(const Vector *f, const Powers *p, float top, bool cubic, bool trace, LaneSums *s)
{
    Vector value = f[P_1] - top + f[P_X] * p->x + f[P_Y] * p->y + f[P_XX] * p->xx + f[P_XY] * p->xy + f[P_YY] * p->yy;
    Vector score_x = f[P_X] + f[P_XX] * (2.0f * p->x) + f[P_XY] * p->y;
    Vector score_y = f[P_Y] + f[P_XY] * p->x + f[P_YY] * (2.0f * p->y);
    Vector laplacian = 2.0f * (f[P_XX] + f[P_YY]);
    if (cubic) {
        value += f[P_XXX] * p->xxx + f[P_XXY] * p->xxy + f[P_XYY] * p->xyy + f[P_YYY] * p->yyy;
        score_x += f[P_XXX] * (3.0f * p->xx) + f[P_XXY] * (2.0f * p->xy) + f[P_XYY] * p->yy;
        score_y += f[P_XXY] * p->xx + f[P_XYY] * (2.0f * p->xy) + f[P_YYY] * (3.0f * p->yy);
        laplacian += (3.0f * f[P_XXX] + f[P_XYY]) * (2.0f * p->x) + (f[P_XXY] + 3.0f * f[P_YYY]) * (2.0f * p->y);
    }
    Vector weight = value * 1.44269504f;
    raise_two(&weight);
    s->weight += weight;
    s->x += weight * score_x;
    s->y += weight * score_y;
    if (trace)
        s->trace += weight * (score_x * score_x + score_y * score_y + laplacian);
}

CORE_INLINE void add_list(const List *l, bool cubic, bool trace, Packet *p)
{
    for (size_t i = 0; i < p->count; i++) {
        LaneSums s = {0};
        Vector x = (Vector){0} + p->x[i], y = (Vector){0} + p->y[i], xx = x * x, xy = x * y, yy = y * y;
        Powers powers = {x, y, xx, xy, yy, x * xx, y * xx, x * yy, y * yy};
        for (size_t at = 0; at < l->count / LANES; at++)
            add_sixteen((const Vector *)l->block[at], &powers, p->top, cubic, trace, &s);
        p->weight[i] += lane_sum((const float *)&s.weight);
        p->score_x[i] += lane_sum((const float *)&s.x);
        p->score_y[i] += lane_sum((const float *)&s.y);
        if (trace)
            p->trace[i] += lane_sum((const float *)&s.trace);
    }
}

CORE_INLINE void add_lists(bool trace, Packet *p)
{
    add_list(&p->components, false, trace, p);
    add_list(&p->nodes, true, trace, p);
}

CORE_CLONES
void packet_add(Packet *p)
{
    if (p->steep) { /* then nobody asks for the sums, and a weight may be beyond what a float holds */
        p->components.count = p->nodes.count = 0;
        return;
    }
    pad(&p->components);
    pad(&p->nodes);
    p->pairs += (uint32_t)(p->components.count + p->nodes.count);
    if (p->wants_trace)
        add_lists(true, p);
    else
        add_lists(false, p);
    p->components.count = p->nodes.count = 0;
}
