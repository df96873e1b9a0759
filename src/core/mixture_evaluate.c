#include "core/mixture_box_terms.h"
#include "core/mixture_deep.h"
#include "core/mixture_search.h"

/* A packet pays while its points are many for the lanes that only some of them need: its longer side, in widths of the
 * sharpest component, against the root of their number, and in all. Fewer than four go through the tree one by one. */
static const double SIDE_PER_ROOT = 0.6;
static const double MOST_SIDE = 1.5;

/* Few components that are not all round are summed in double beyond so many widths across an axis from the middle along
 * it, and where is_deep says so. From fewer nats down they meet points one by one. */
static const double MOST_WIDTHS = 2000.0;
static const float APART = -100.0f;

/* From the middle, in unit coordinates: squares of what is farther would not be numbers in single precision. */
static const double FARTHEST = 1e9;

enum { LEAST_PACKET = 4, ORDERED = 4096 };

/* What was asked for, and of whom. */
typedef struct Request {
    const Mixture *mixture;
    double sigma, variance; /* data units; unit coordinates */
    double log_area;        /* ln of unit^2 */
    double width;           /* of the sharpest component, unit coordinates */
    double reach;           /* as far from the middle as single precision tells across a thin component's axis */
    MixtureOutput out;
} Request;

/* A point asked for, in unit coordinates. */
typedef struct Asked {
    double at[2];
    size_t index;
} Asked;

/* Starts the sums anew from a box that outweighs all of them by far: differences of scores from one that weighs nothing
 * would cancel. */
CORE_INLINE void refer_to_box(Query *q, Terms *t, size_t box)
{
    float x = t->score_x[box], y = t->score_y[box];
    q->top = t->exponent[box];
    q->reference.score[0] += x;
    q->reference.score[1] += y;
    q->sums = (Sums){0};
    EACH_LANE for (size_t lane = 0; lane < LANES; lane++)
    {
        t->score_x[lane] -= x;
        t->score_y[lane] -= y;
    }
}

CORE_INLINE void add_boxes(const MixtureTree *t, Query *q)
{
    for (size_t block = 0; block < t->box_blocks; block++) {
        Terms terms;
        fill_box_terms(q, &t->box_block[block], &terms);
        q->pairs += LANES;
        size_t best = lane_of_max(terms.exponent);
        if ((block == 0 && t->levels == 0) || terms.exponent[best] > q->top + LIGHT)
            refer_to_box(q, &terms, best);
        else if (terms.exponent[best] > q->top)
            raise_top(q, terms.exponent[best]);
        add_terms(&terms, q->top, ALL, &q->sums);
    }
}

CORE_INLINE Query query_at(const MixtureTree *t, double variance, const double at[2])
{
    Query q = {.x = (float)at[0], .y = (float)at[1], .variance = (float)variance, .deviation = (float)sqrt(variance)};
    q.demand = demand_of(t->count);
    q.excess = q.demand->excess;
    q.x_rest = (float)(at[0] - (double)q.x);
    q.y_rest = (float)(at[1] - (double)q.y);
    return q;
}

static CORE_CLONES
void evaluate_point(const MixtureTree *t, double variance, const double at[2], PointValue *out)
{
    Query q = query_at(t, variance, at);
    if (t->levels > 0)
        search(t, &q, false, NULL);
    add_boxes(t, &q);
    float sum = lane_sum(q.sums.weight);
    float ex = lane_sum(q.sums.x) / sum, ey = lane_sum(q.sums.y) / sum;
    out->log_density = (double)q.reference.exponent + (double)(q.top + vector_log(sum));
    out->score[0] = q.reference.score[0] + ex;
    out->score[1] = q.reference.score[1] + ey;
    out->divergence = lane_sum(q.sums.trace) / sum - ex * ex - ey * ey;
    out->far = q.reference.exponent < 0.0f;
    out->deep = is_deep(t, &q);
    out->pairs = q.pairs;
}

static CORE_CLONES
void search_packet(const MixtureTree *t, Query *q, Packet *p)
{
    search(t, q, true, p);
}

/* Puts back what the polynomials were relative to: the reference's own. */
static PointValue packet_value(const Query *q, const Packet *p, size_t i)
{
    const Reference *r = &q->reference;
    float x = p->x[i], y = p->y[i], sum = p->weight[i], ex = p->score_x[i] / sum, ey = p->score_y[i] / sum;
    float rise = (r->score[0] + r->bend[0] * x + r->bend[1] * y) * x + (r->score[1] + r->bend[2] * y) * y;
    return (PointValue){
        .log_density = (double)r->exponent + (double)rise + (double)(p->top + vector_log(sum)),
        .score = {ex + r->score[0] + 2.0f * r->bend[0] * x + r->bend[1] * y,
                  ey + r->score[1] + r->bend[1] * x + 2.0f * r->bend[2] * y},
        .divergence = p->trace[i] / sum - ex * ex - ey * ey + 2.0f * (r->bend[0] + r->bend[2]),
        .far = r->exponent < 0.0f,
        .pairs = p->pairs + (q->pairs + (uint32_t)p->count - 1) / (uint32_t)p->count,
    };
}

/* Boxes are not taken relative to a reference. */
static bool beyond_boxes(const Request *r, const PointValue *v)
{
    return r->mixture->tree->box_blocks > 0 && (r->variance < 2.5e-5 || v->far || !(v->log_density > -600.0));
}

/* An axis is a direction in single precision, and so is what tells one covariance from another far out. */
static bool beyond_axes(const Request *r, const double at[2])
{
    return r->mixture->tree->deep_blocks > 0 && hypot(at[0], at[1]) > r->reach;
}

/* In data units. Of boxes the plain sum. */
static MixtureValue value_of(const Request *r, PointValue *v, const double at[2], const double place[2])
{
    const MixtureTree *t = r->mixture->tree;
    bool deep = v->deep || beyond_axes(r, at);
    if (beyond_boxes(r, v) || (deep && t->box_blocks > 0))
        return mixture_at(r->mixture, r->sigma, place);
    if (deep)
        deep_value(t, r->variance, at, v);
    return (MixtureValue){.log_density = v->log_density - r->log_area,
                          .score = {(double)v->score[0] / t->unit, (double)v->score[1] / t->unit},
                          .divergence = (double)v->divergence / (t->unit * t->unit)};
}

static void put(const Request *r, const Asked *asked, PointValue *v)
{
    const MixtureTree *t = r->mixture->tree;
    size_t i = asked->index;
    double place[2];
    for (size_t axis = 0; axis < 2; axis++)
        place[axis] = t->centre[axis] + t->unit * asked->at[axis];
    MixtureValue value = value_of(r, v, asked->at, place);
    if (r->out.pairs)
        r->out.pairs[i] = v->pairs;
    if (r->out.log_density)
        r->out.log_density[i] = (float)value.log_density;
    if (r->out.divergence)
        r->out.divergence[i] = (float)value.divergence;
    for (size_t axis = 0; axis < 2; axis++) {
        if (r->out.score)
            r->out.score[2 * i + axis] = (float)value.score[axis];
        if (r->out.denoiser)
            r->out.denoiser[2 * i + axis] = (float)(place[axis] + r->sigma * r->sigma * value.score[axis]);
    }
}

static void put_points(const Request *r, const Asked *place, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        PointValue v;
        if (beyond_axes(r, place[i].at))
            v = (PointValue){.far = true, .deep = true};
        else
            evaluate_point(r->mixture->tree, r->variance, place[i].at, &v);
        put(r, &place[i], &v);
    }
}

typedef struct Bounds {
    double low[2], high[2];
} Bounds;

static void put_packet(const Request *r, const Asked *place, size_t n, const Bounds *b)
{
    double middle[2] = {0.5 * (b->low[0] + b->high[0]), 0.5 * (b->low[1] + b->high[1])};
    Query q = query_at(r->mixture->tree, r->variance, middle);
    q.half_x = (float)(0.5 * (b->high[0] - b->low[0]));
    q.half_y = (float)(0.5 * (b->high[1] - b->low[1]));
    q.sag = 0.5f * (q.half_x * q.half_x + q.half_y * q.half_y) / (float)(r->width * r->width);
    Packet p;
    p.count = n;
    p.pairs = 0;
    p.wants_trace = r->out.divergence;
    for (size_t i = 0; i < n; i++) {
        p.x[i] = (float)(place[i].at[0] - middle[0]);
        p.y[i] = (float)(place[i].at[1] - middle[1]);
    }
    search_packet(r->mixture->tree, &q, &p);
    if (p.steep || (r->mixture->tree->deep_blocks > 0 && q.top + q.reference.exponent < APART)) {
        put_points(r, place, n);
        return;
    }
    packet_add(&p);
    for (size_t i = 0; i < n; i++) {
        PointValue v = packet_value(&q, &p, i);
        put(r, &place[i], &v);
    }
}

/* Of those coordinates that are numbers. */
static Bounds bounds_of(const Asked *place, size_t n)
{
    Bounds b = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}};
    for (size_t i = 0; i < n; i++)
        for (size_t axis = 0; axis < 2; axis++) {
            b.low[axis] = place[i].at[axis] < b.low[axis] ? place[i].at[axis] : b.low[axis];
            b.high[axis] = place[i].at[axis] > b.high[axis] ? place[i].at[axis] : b.high[axis];
        }
    return b;
}

/* Moves places below the middle to the front and returns their number; half of all where that parts none. */
static size_t part(Asked *place, size_t n, size_t axis, double middle)
{
    size_t below = 0;
    for (size_t i = 0; i < n; i++)
        if (place[i].at[axis] < middle) {
            Asked kept = place[i];
            place[i] = place[below];
            place[below++] = kept;
        }
    return below == 0 || below == n ? n / 2 : below;
}

/* Parts the places across their longer side until neighbours are near enough for a packet. */
static void put_patch(const Request *r, Asked *place, size_t n)
{
    if (n < LEAST_PACKET) {
        put_points(r, place, n);
        return;
    }
    Bounds b = bounds_of(place, n);
    double side[2] = {b.high[0] - b.low[0], b.high[1] - b.low[1]};
    size_t axis = side[1] > side[0];
    if (n <= PACKET && !(side[axis] > r->width * fmin(SIDE_PER_ROOT * sqrt((double)n), MOST_SIDE))) {
        put_packet(r, place, n, &b);
        return;
    }
    size_t below = part(place, n, axis, b.low[axis] + 0.5 * side[axis]);
    put_patch(r, place, below);
    put_patch(r, place + below, n - below);
}

/* What is too far out counts as the place on its way to the middle that is just near enough. */
static Asked asked_of(const MixtureTree *t, const float *x, size_t index)
{
    Asked a = {.index = index};
    for (size_t axis = 0; axis < 2; axis++)
        a.at[axis] = ((double)x[2 * index + axis] - t->centre[axis]) / t->unit;
    double away = hypot(a.at[0], a.at[1]);
    for (size_t axis = 0; axis < 2 && away > FARTHEST; axis++)
        a.at[axis] *= FARTHEST / away;
    return a;
}

void mixture_evaluate(const Mixture *m, float sigma, const float *x, size_t n, MixtureOutput out)
{
    const MixtureTree *t = m->tree;
    Request r = {.mixture = m, .sigma = (double)sigma, .log_area = 2.0 * log(t->unit), .out = out};
    r.variance = r.sigma * r.sigma / (t->unit * t->unit);
    r.width = sqrt(r.variance + (double)t->narrowest);
    r.reach = MOST_WIDTHS * r.width * fmax(1.0, r.variance / (double)t->stretch);
    for (size_t first = 0; first < n; first += ORDERED) {
        Asked place[ORDERED];
        size_t size = n - first < ORDERED ? n - first : ORDERED;
        for (size_t i = 0; i < size; i++)
            place[i] = asked_of(t, x, first + i);
        if (t->box_blocks > 0)
            put_points(&r, place, size);
        else
            put_patch(&r, place, size);
    }
}
