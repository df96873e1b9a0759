/* mixture_packet.h - neighbouring points that go through a mixture's tree together.
 *
 * The tree is walked once, for the middle of the packet. Each lane that counts somewhere in it becomes a polynomial
 * about the middle, which is all that a Gaussian's logarithm is, and so is a node's with its third cumulant; the
 * reference's is taken off, whose size would eat the digits. Then every polynomial meets every point. Unit coordinates.
 * Internal to the mixture's own files.
 */
#ifndef CORE_MIXTURE_PACKET_H
#define CORE_MIXTURE_PACKET_H

#include "core/mixture_terms.h"

enum { PACKET = 64, LIST = 512 };

/* Of a polynomial: the factors of 1, x, y, x^2, xy, y^2, x^3, x^2 y, x y^2, y^3. Components have no cubic ones. */
enum { P_1, P_X, P_Y, P_XX, P_XY, P_YY, QUADRATIC, P_XXX = QUADRATIC, P_XXY, P_XYY, P_YYY, CUBIC };

typedef struct List {
    size_t count;
    _Alignas(64) float block[LIST / LANES][CUBIC][LANES];
} List;

typedef struct Packet {
    size_t count;
    float x[PACKET], y[PACKET]; /* from the middle */
    List components, nodes;
    float weight[PACKET], score_x[PACKET], score_y[PACKET], trace[PACKET]; /* sums, relative to the reference */
    float top;                                                             /* and to e^top */
    bool wants_trace;
    bool steep;     /* single precision may not do for the sums */
    uint32_t pairs; /* polynomials that each point met, sixteen at a time */
} Packet;

static const float MOST_EXPONENT = 80.0f; /* nats by which a term may outweigh the reference */

/* Empties both lists, and makes the sums 0, relative to e^top. */
void packet_start(Packet *p, float top);

/* Adds what is in the lists to the sums and empties them. */
void packet_add(Packet *p);

/* How far a logarithm may climb against the floor on the way from the middle, given its score there, less the
 * reference's: nats. */
CORE_INLINE float reach(const Query *q, float score_x, float score_y)
{
    return fabsf(score_x - q->climb_x) * q->half_x + fabsf(score_y - q->climb_y) * q->half_y + q->sag;
}

/* By the axes of a lane, (c, s) and (-s, c). */
typedef struct Axial {
    float aa, ab, bb;         /* factors of along^2, along across, across^2 */
    float aaa, aab, abb, bbb; /* and so on */
} Axial;

/* The cumulants' part, but for the fourth power, which is next to nothing within a packet; t has what they add to value
 * and score at the middle. */
CORE_INLINE void add_cumulants(const Extent *e, const Terms *t, size_t lane, float inverse_major, float inverse_minor,
                               Axial *a)
{
    float u = t->along[lane], v = t->across[lane];
    Bend bend = bend_of(e, lane, u, v, inverse_major, inverse_minor);
    float third[4];
    for (int i = 0; i < 4; i++)
        third[i] = e->skew[i][lane] + e->tail[i][lane] * u + e->tail[i + 1][lane] * v;
    float square_major = inverse_major * inverse_major, square_minor = inverse_minor * inverse_minor;
    a->aa += 0.5f * square_major * (bend.by_third[0] + bend.by_fourth[0]);
    a->ab += inverse_major * inverse_minor * (bend.by_third[1] + bend.by_fourth[1]);
    a->bb += 0.5f * square_minor * (bend.by_third[2] + bend.by_fourth[2]);
    a->aaa = (1.0f / 3.0f) * third[0] * square_major * inverse_major;
    a->aab = third[1] * square_major * inverse_minor;
    a->abb = third[2] * inverse_major * square_minor;
    a->bbb = (1.0f / 3.0f) * third[3] * square_minor * inverse_minor;
}

/* e: NULL for components. */
CORE_INLINE void find_polynomials(const Query *q, const Block *b, const Extent *e, const Terms *t,
                                  float f[CUBIC][LANES])
{
    const Reference *r = &q->reference;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float inverse_major = (b->minor[lane] + q->variance) * t->inverse[lane];
        float inverse_minor = (b->major[lane] + q->variance) * t->inverse[lane];
        float c = b->axis_x[lane], s = b->axis_y[lane], cc = c * c, ss = s * s, cs = c * s;
        Axial a = {.aa = -0.5f * inverse_major, .bb = -0.5f * inverse_minor};
        if (e) {
            add_cumulants(e, t, lane, inverse_major, inverse_minor, &a);
            f[P_XXX][lane] = cc * (a.aaa * c - a.aab * s) + ss * (a.abb * c - a.bbb * s);
            f[P_XXY][lane] =
                3.0f * cs * (a.aaa * c + a.bbb * s) + a.aab * c * (cc - 2.0f * ss) + a.abb * s * (ss - 2.0f * cc);
            f[P_XYY][lane] =
                3.0f * cs * (a.aaa * s - a.bbb * c) + a.aab * s * (2.0f * cc - ss) + a.abb * c * (cc - 2.0f * ss);
            f[P_YYY][lane] = ss * (a.aaa * s + a.aab * c) + cc * (a.abb * s + a.bbb * c);
        }
        f[P_1][lane] = t->exponent[lane] + 0.5f * vector_log(t->inverse[lane]);
        f[P_X][lane] = t->score_x[lane];
        f[P_Y][lane] = t->score_y[lane];
        f[P_XX][lane] = a.aa * cc - a.ab * cs + a.bb * ss - r->bend[0];
        f[P_XY][lane] = 2.0f * (a.aa - a.bb) * cs + a.ab * (cc - ss) - r->bend[1];
        f[P_YY][lane] = a.aa * ss + a.ab * cs + a.bb * cc - r->bend[2];
    }
}

/* Appends those of the lanes asked for that may reach `least`, and what the floor climbs from there, somewhere in the
 * packet. e: NULL for components. */
CORE_INLINE void packet_append(Packet *p, const Query *q, const Block *b, const Extent *e, const Terms *t,
                               uint32_t asked, float least)
{
    float f[CUBIC][LANES];
    find_polynomials(q, b, e, t, f);
    uint32_t flags = 0;
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        float most = f[P_1][lane] + reach(q, t->score_x[lane], t->score_y[lane]);
        float rise = fabsf(t->score_x[lane]) * q->half_x + fabsf(t->score_y[lane]) * q->half_y + q->sag;
        flags |= most > least ? LANE_BIT[lane] : 0u;
        flags |= f[P_1][lane] + rise > p->top + MOST_EXPONENT ? LANE_BIT[lane] << LANES : 0u;
    }
    List *l = e ? &p->nodes : &p->components;
    if (l->count > LIST - LANES)
        packet_add(p);
    p->steep |= (flags >> LANES & asked) != 0;
    for (uint32_t counts = flags & asked; counts; counts &= counts - 1, l->count++)
        for (size_t k = 0; k < (e ? CUBIC : QUADRATIC); k++)
            l->block[l->count / LANES][k][l->count % LANES] = f[k][__builtin_ctz(counts)];
}

#endif
