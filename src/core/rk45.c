#include "core/rk45.h"

#include <math.h>

enum { STAGES = 7, SLOTS = 6 };

static const double FIRST_PIECE = 0.5;         /* in lambda, at most: what the first try is */
static const double FINEST_PIECE = 1.0 / 1024; /* at least */
static const double EASY = 0.02;               /* twice the step has 2^5 times the error */

/* The last stage's row is the step itself, so the slope there is the next step's first. */
static const double node[STAGES] = {0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1};
static const double tableau[STAGES][SLOTS] = {
    {0},
    {1. / 5},
    {3. / 40, 9. / 40},
    {44. / 45, -56. / 15, 32. / 9},
    {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
    {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
    {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
};

/* The second slope has no part in the step or its error: the last one takes its place. */
enum { LAST_SLOT = 1 };
static const double error_weight[SLOTS] = {-71. / 57600, 1. / 40,         71. / 16695,
                                           -71. / 1920,  17253. / 339200, -22. / 525};

typedef struct Point {
    double place[2], log_volume;
    float slope[SLOTS][3]; /* of place and log_volume in lambda */
    uint32_t index;        /* of x */
    int32_t level;         /* the piece it is ready for: the whole way halved so often */
} Point;

typedef struct Solver {
    const Rk45 *r;
    bool diverge;
    Point *point;      /* [n] */
    float *x, *score;  /* [n][2], what the field is asked and answers */
    float *divergence; /* [n] */
    uint64_t evaluations;
} Solver;

_Static_assert(sizeof(Point) + 5 * sizeof(float) <= RK45_SCRATCH * sizeof(float), "a point fits its scratch");

typedef struct Piece {
    double begin, width; /* in lambda; negative downwards */
    int32_t level;
} Piece;

static void combine(const Point *p, const double *weight, double width, double sum[3])
{
    for (size_t k = 0; k < 3; k++) {
        sum[k] = 0;
        for (size_t slot = 0; slot < SLOTS; slot++)
            sum[k] += weight[slot] * (double)p->slope[slot][k];
        sum[k] *= width;
    }
}

static void ask(Solver *s, size_t n, float sigma, bool diverge)
{
    const FieldSource *field = s->r->field;
    if (diverge)
        field->diverge(field->context, s->x, sigma, n, s->score, s->divergence);
    else
        field->evaluate(field->context, s->x, sigma, n, s->score);
    s->evaluations += n;
}

static void keep_slopes(const Solver *s, Point *p, size_t n, float sigma, size_t slot, bool diverge)
{
    float factor = -sigma * sigma;
    for (size_t i = 0; i < n; i++) {
        float *slope = p[i].slope[slot];
        slope[0] = factor * s->score[2 * i];
        slope[1] = factor * s->score[2 * i + 1];
        slope[2] = diverge ? factor * s->divergence[i] : 0;
    }
}

static void take_stage(Solver *s, Point *p, size_t n, const Piece *piece, size_t stage)
{
    float sigma = (float)exp(piece->begin + node[stage] * piece->width);
    bool diverge = s->diverge && stage != LAST_SLOT; /* the second slope only leads to the third */
    for (size_t i = 0; i < n; i++) {
        double step[3];
        combine(&p[i], tableau[stage], piece->width, step);
        s->x[2 * i] = (float)(p[i].place[0] + step[0]);
        s->x[2 * i + 1] = (float)(p[i].place[1] + step[1]);
    }
    ask(s, n, sigma, diverge);
    keep_slopes(s, p, n, sigma, stage == STAGES - 1 ? LAST_SLOT : stage, diverge);
}

/* In tolerances. */
static double error_of(const Solver *s, const Point *p, const Piece *piece)
{
    const Frame *frame = s->r->frame;
    double error[3], length;
    combine(p, error_weight, piece->width, error);
    if (frame)
        length = frame->std + hypot(p->place[0] - frame->mean[0], p->place[1] - frame->mean[1]);
    else
        length = exp(piece->begin);
    return (hypot(error[0], error[1]) / length + fabs(error[2])) / s->r->tolerance;
}

static void accept(Point *p, const Piece *piece)
{
    double step[3];
    combine(p, tableau[STAGES - 1], piece->width, step);
    p->place[0] += step[0];
    p->place[1] += step[1];
    p->log_volume += step[2];
    for (size_t k = 0; k < 3; k++)
        p->slope[0][k] = p->slope[LAST_SLOT][k];
}

/* No number is not above 1: smaller pieces would not help it. */
static void settle(const Solver *s, Point *p, const Piece *piece)
{
    double error = error_of(s, p, piece);
    if (error > 1 && fabs(piece->width) >= 2 * FINEST_PIECE) {
        p->level = piece->level + 1;
        return;
    }
    accept(p, piece);
    p->level = error < EASY ? piece->level - 1 : piece->level;
}

static void swap_points(Point *a, Point *b)
{
    Point c = *a;
    *a = *b;
    *b = c;
}

/* Moves the points that want shorter pieces to the front; how many. */
static size_t set_aside(Point *p, size_t n, int32_t level)
{
    size_t finer = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i].level > level)
            swap_points(&p[i], &p[finer++]);
    return finer;
}

/* The piece in one step for points [n]; those for which it was too long stand in front afterwards: how many. */
static size_t try_piece(Solver *s, Point *p, size_t n, const Piece *piece)
{
    if (n == 0)
        return 0;
    for (size_t stage = 1; stage < STAGES; stage++)
        take_stage(s, p, n, piece, stage);
    for (size_t i = 0; i < n; i++)
        settle(s, &p[i], piece);
    return set_aside(p, n, piece->level);
}

static void travel(Solver *s, Point *p, size_t n, Piece piece)
{
    size_t finer = set_aside(p, n, piece.level);
    finer += try_piece(s, p + finer, n - finer, &piece);
    if (finer == 0)
        return;
    Piece half = {piece.begin, piece.width / 2, piece.level + 1};
    travel(s, p, finer, half);
    half.begin += half.width;
    travel(s, p, finer, half);
}

static void begin_points(Solver *s, size_t n, const float *x, double width)
{
    float sigma = (float)s->r->from;
    int32_t level = (int32_t)ceil(log2(fmax(fabs(width) / FIRST_PIECE, 1)));
    for (size_t i = 0; i < n; i++) {
        s->point[i] = (Point){.place = {(double)x[2 * i], (double)x[2 * i + 1]}, .index = (uint32_t)i, .level = level};
        s->x[2 * i] = x[2 * i];
        s->x[2 * i + 1] = x[2 * i + 1];
    }
    ask(s, n, sigma, s->diverge);
    keep_slopes(s, s->point, n, sigma, 0, s->diverge);
}

static void end_points(const Solver *s, size_t n, float *x, double *log_volume)
{
    for (size_t i = 0; i < n; i++) {
        const Point *p = &s->point[i];
        x[2 * p->index] = (float)p->place[0];
        x[2 * p->index + 1] = (float)p->place[1];
        if (log_volume)
            log_volume[p->index] = p->log_volume;
    }
}

uint64_t rk45_solve(const Rk45 *r, size_t n, float *x, double *log_volume)
{
    Solver s = {.r = r, .diverge = log_volume != NULL, .point = (Point *)(void *)r->scratch};
    Piece whole = {log(r->from), log(r->to / r->from), 0};
    s.x = (float *)(void *)(s.point + n);
    s.score = s.x + 2 * n;
    s.divergence = s.score + 2 * n;
    begin_points(&s, n, x, whole.width);
    travel(&s, s.point, n, whole);
    end_points(&s, n, x, log_volume);
    return s.evaluations;
}
