#include "scene/streamlines.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the spacing. Seeds of the build before may have come closer since; they go only when they are much too close, or
 * lines would come and go with every small change. */
static const double SEED_APART = 0.9, OLD_SEED_APART = 0.7, MARGIN = 1;

enum {
    HALF_STEPS_MAX = 1024, /* of a line, to one side of its seed */
    LOOP_STEPS = 9,        /* so far back along itself a line is another line to its tip */
    SEED_STEPS = 3,        /* from one seed beside a line to the next */
    /* Squares of one spacing a side in the plane, and spacings along half its border. */
    SQUARES_MAX = 6144,
    BORDER_MAX = 512,
    CELLS_MAX = 32768,
    NO_POINT = -1
};

/* A cell is CLEAR, over half a spacing, wide; with the margin the plane has at most (2w + 5)(2h + 5) of them. */
static_assert(4 * SQUARES_MAX + 10 * BORDER_MAX + 25 <= CELLS_MAX, "every plane has its cells");

/* Every other point of a line, and its ends, stand in the buckets. What is this far from all of them, of the spacing,
 * is STREAMLINES_APART from the points between as well: those are a step from one to either side along the line. */
static const double CLEAR = 0.53;

static const float STILL = 1e-3f;     /* of 1/sigma: a field so weak has no direction */
static const float TURN_COSINE = 0.5; /* half a step turns further only across a critical point */

struct StreamlinesPoint {
    float x, y;
    int32_t line, step; /* step: along the line, from its seed */
    int32_t next;       /* in the same bucket */
};

bool streamlines_init(Streamlines *s, int grid)
{
    *s = (Streamlines){.seed = malloc(STREAMLINES_LINES_MAX * 2 * sizeof *s->seed),
                       .point = malloc(STREAMLINES_POINTS_MAX * sizeof *s->point),
                       .bucket = malloc(CELLS_MAX * sizeof *s->bucket),
                       .path = malloc((2 * HALF_STEPS_MAX + 1) * 2 * sizeof *s->path)};
    bool lines = lines_init(&s->lines, STREAMLINES_POINTS_MAX, STREAMLINES_LINES_MAX);
    bool field = slice_init(&s->field, grid, 2);
    return lines && field && s->seed && s->point && s->bucket && s->path;
}

void streamlines_free(Streamlines *s)
{
    lines_free(&s->lines);
    slice_free(&s->field);
    free(s->seed);
    free(s->point);
    free(s->bucket);
    free(s->path);
    *s = (Streamlines){0};
}

/* What a build reads and never changes: the field in pixels, the lengths. */
typedef struct Tracer {
    const Slice *field;
    float first[2], per_pixel[2];   /* column and row of the field's grid, of pixel 0, 0 and a pixel on */
    float left, top, right, bottom; /* pixels: the plane with its margin */
    float step, clear;              /* pixels; clear is the width of a cell as well */
} Tracer;

static Tracer tracer_of(const Streamlines *s)
{
    const Camera *c = &s->camera;
    const Rect *extent = &s->field.extent, *plane = &c->plane;
    double origin[2] = {0, 0}, at[2], margin = MARGIN * s->apart;
    double columns = (s->field.grid - 1) / extent->w, rows = (s->field.grid - 1) / extent->h;
    camera_to_data(c, origin, at);
    return (Tracer){
        .field = &s->field,
        .first = {(float)((at[0] - extent->x) * columns), (float)((at[1] - extent->y) * rows)},
        .per_pixel = {(float)(columns / c->scale), (float)(-rows / c->scale)},
        .left = (float)(plane->x - margin),
        .top = (float)(plane->y - margin),
        .right = (float)(plane->x + plane->w + margin),
        .bottom = (float)(plane->y + plane->h + margin),
        .step = (float)(s->apart / STREAMLINES_STEPS),
        .clear = (float)(s->apart * CLEAR),
    };
}

static int grid_cell(float place, int grid, float *within)
{
    float last = (float)(grid - 1), clamped = place > 0 ? place < last ? place : last : 0;
    int cell = clamped < (float)(grid - 2) ? (int)clamped : grid - 2;
    *within = clamped - (float)cell;
    return cell;
}

/* Unit vector of the field in the window, y down. False where it has none. */
static bool direction(const Tracer *t, const float at[2], float out[2])
{
    int grid = t->field->grid;
    float u, v;
    int column = grid_cell(t->first[0] + t->per_pixel[0] * at[0], grid, &u);
    int row = grid_cell(t->first[1] + t->per_pixel[1] * at[1], grid, &v);
    const float *low = t->field->value + (size_t)(2 * (row * grid + column)), *high = low + 2 * grid;
    for (int c = 0; c < 2; c++) {
        float bottom = low[c] + u * (low[c + 2] - low[c]), top = high[c] + u * (high[c + 2] - high[c]);
        out[c] = bottom + v * (top - bottom);
    }
    float length = sqrtf(out[0] * out[0] + out[1] * out[1]);
    if (!isfinite(length) || length < STILL)
        return false;
    out[0] /= length;
    out[1] /= -length;
    return true;
}

/* By too much, or one of them is not finite. */
static bool turns(const float a[2], const float b[2])
{
    return !(a[0] * b[0] + a[1] * b[1] > TURN_COSINE);
}

static void move(const float from[2], const float along[2], float length, float to[2])
{
    to[0] = from[0] + length * along[0];
    to[1] = from[1] + length * along[1];
}

static bool inside(const Tracer *t, const float at[2])
{
    return at[0] > t->left && at[0] < t->right && at[1] > t->top && at[1] < t->bottom;
}

/* The midpoint rule: a segment points where the field at its middle does. */
static bool advance(const Tracer *t, const float from[2], int way, float to[2])
{
    float length = (float)way * t->step, begin[2], middle[2], between[2];
    if (!direction(t, from, begin))
        return false;
    move(from, begin, length / 2, between);
    if (!direction(t, between, middle) || turns(begin, middle))
        return false;
    move(from, middle, length, to);
    return inside(t, to);
}

static int clamped_cell(float offset, float cell, int count)
{
    float place = offset / cell;
    return place <= 0 ? 0 : place < (float)(count - 1) ? (int)place : count - 1;
}

static int32_t *bucket_at(const Streamlines *s, const Tracer *t, const float at[2])
{
    int column = clamped_cell(at[0] - t->left, t->clear, s->columns);
    int row = clamped_cell(at[1] - t->top, t->clear, s->rows);
    return s->bucket + row * s->columns + column;
}

static void put_point(Streamlines *s, const Tracer *t, const float at[2], int step)
{
    int32_t *bucket = bucket_at(s, t, at);
    s->point[s->points] = (StreamlinesPoint){at[0], at[1], (int32_t)s->lines.lines, step, *bucket};
    *bucket = (int32_t)s->points++;
}

static void put_end(Streamlines *s, const Tracer *t, const float at[2], int step)
{
    if (step % 2 != 0)
        put_point(s, t, at, step);
}

/* The youngest points stand first in their buckets. */
static void take_back_points(Streamlines *s, const Tracer *t, size_t points)
{
    while (s->points > points) {
        const StreamlinesPoint *p = &s->point[--s->points];
        *bucket_at(s, t, (float[2]){p->x, p->y}) = p->next;
    }
}

static bool bucket_is_clear(const Streamlines *s, int32_t bucket, const float at[2], float apart, int step)
{
    for (int32_t i = bucket; i != NO_POINT; i = s->point[i].next) {
        const StreamlinesPoint *p = &s->point[i];
        float x = p->x - at[0], y = p->y - at[1];
        bool neighbour = p->line == (int32_t)s->lines.lines && abs(p->step - step) < LOOP_STEPS;
        if (x * x + y * y < apart * apart && !neighbour)
            return false;
    }
    return true;
}

/* Whether no point of another line is closer, nor one far back on the line that is growing. */
static bool is_clear(const Streamlines *s, const Tracer *t, const float at[2], float apart, int step)
{
    int left = clamped_cell(at[0] - apart - t->left, t->clear, s->columns);
    int right = clamped_cell(at[0] + apart - t->left, t->clear, s->columns);
    int top = clamped_cell(at[1] - apart - t->top, t->clear, s->rows);
    int bottom = clamped_cell(at[1] + apart - t->top, t->clear, s->rows);
    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++)
            if (!bucket_is_clear(s, s->bucket[row * s->columns + column], at, apart, step))
                return false;
    return true;
}

/* Points from the seed on, one way. Returns how many steps there were. */
static int trace(Streamlines *s, const Tracer *t, float *seed, int way)
{
    for (int steps = 1; steps <= HALF_STEPS_MAX; steps++) {
        float *to = seed + 2 * way * steps;
        bool grows = advance(t, to - 2 * way, way, to) && is_clear(s, t, to, t->clear, way * steps);
        if (!grows || s->points + 1 >= STREAMLINES_POINTS_MAX) {
            put_end(s, t, to - 2 * way, way * (steps - 1));
            return steps - 1;
        }
        if (steps % 2 == 0)
            put_point(s, t, to, way * steps);
    }
    return HALF_STEPS_MAX;
}

static bool in_plane(const Rect *plane, const double pixel[2])
{
    return pixel[0] >= plane->x && pixel[0] <= plane->x + plane->w && pixel[1] >= plane->y &&
           pixel[1] <= plane->y + plane->h;
}

/* A seed that has left the plane would soon be lost, and its line with it: the middle of the line replaces it. */
static void remember_seed(Streamlines *s, const double data[2], const double pixel[2])
{
    size_t line = s->lines.lines - 1, middle = (lines_first(&s->lines, line) + s->lines.end[line]) / 2;
    const float *point = s->lines.point + 2 * middle;
    double *seed = s->seed + 2 * line;
    memcpy(seed, data, 2 * sizeof *seed);
    if (!in_plane(&s->camera.plane, pixel))
        camera_to_data(&s->camera, (double[2]){(double)point[0], (double)point[1]}, seed);
}

/* Adds the line through a seed (data units) that is `apart` spacings from every line, when it grows long enough. */
static bool add_line(Streamlines *s, const Tracer *t, const double data[2], double apart)
{
    float *seed = s->path + 2 * HALF_STEPS_MAX;
    double pixel[2];
    size_t before = s->points;
    camera_to_pixel(&s->camera, data, pixel);
    seed[0] = (float)pixel[0];
    seed[1] = (float)pixel[1];
    if (before + 2 >= STREAMLINES_POINTS_MAX || !inside(t, seed) || !is_clear(s, t, seed, (float)(apart * s->apart), 0))
        return false;
    put_point(s, t, seed, 0);
    int on = trace(s, t, seed, 1), back = trace(s, t, seed, -1);
    if (on + back < STREAMLINES_STEPS_MIN || !lines_add(&s->lines, seed - 2 * back, (size_t)(on + back + 1), 0)) {
        take_back_points(s, t, before);
        return false;
    }
    remember_seed(s, data, pixel);
    return true;
}

static void add_line_at(Streamlines *s, const Tracer *t, double x, double y)
{
    double data[2];
    camera_to_data(&s->camera, (double[2]){x, y}, data);
    add_line(s, t, data, SEED_APART);
}

/* In place: the lines that are kept are never more than the seeds that were tried. */
static void follow_old_seeds(Streamlines *s, const Tracer *t, size_t seeds)
{
    for (size_t i = 0; i < seeds; i++) {
        double seed[2] = {s->seed[2 * i], s->seed[2 * i + 1]};
        add_line(s, t, seed, OLD_SEED_APART);
    }
}

/* Seeds on both sides of every line from *line on, those that this adds included. */
static void spread(Streamlines *s, const Tracer *t, size_t *line)
{
    for (; *line < s->lines.lines; ++*line) {
        for (size_t i = lines_first(&s->lines, *line); i + 1 < s->lines.end[*line]; i += SEED_STEPS) {
            const float *p = s->lines.point + 2 * i;
            double x = (double)p[0], y = (double)p[1], dx = (double)p[2] - x, dy = (double)p[3] - y;
            double beside = s->apart / hypot(dx, dy);
            add_line_at(s, t, x - beside * dy, y + beside * dx);
            add_line_at(s, t, x + beside * dy, y - beside * dx);
        }
    }
}

/* 0, 1, -1, 2, -2 ... */
static int outwards(int i)
{
    return i % 2 ? (i + 1) / 2 : -i / 2;
}

/* Where no line has spread to, those through a lattice's points, from the plane's middle. */
static void fill_gaps(Streamlines *s, const Tracer *t, size_t *line)
{
    const Rect *plane = &s->camera.plane;
    int columns = (int)(plane->w / s->apart) + 2, rows = (int)(plane->h / s->apart) + 2;
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            add_line_at(s, t, plane->x + plane->w / 2 + outwards(j) * s->apart,
                        plane->y + plane->h / 2 + outwards(i) * s->apart);
            spread(s, t, line);
        }
    }
}

static double least_spacing(const Rect *plane)
{
    return fmax(sqrt(plane->w * plane->h / SQUARES_MAX), (plane->w + plane->h) / BORDER_MAX);
}

static void clear_buckets(Streamlines *s, const Tracer *t)
{
    s->columns = (int)((t->right - t->left) / t->clear) + 1;
    s->rows = (int)((t->bottom - t->top) / t->clear) + 1;
    for (int i = 0; i < s->columns * s->rows; i++)
        s->bucket[i] = NO_POINT;
}

static bool same_camera(const Camera *a, const Camera *b)
{
    static_assert(sizeof *a == 7 * sizeof(double), "no padding to compare");
    return memcmp(a, b, sizeof *a) == 0;
}

void streamlines_build(Streamlines *s, const Stack *field, const Camera *camera, double sigma, double spacing)
{
    bool changed = slice_take(&s->field, field, sigma);
    if (!changed && same_camera(&s->camera, camera) && s->spacing == spacing)
        return;
    size_t seeds = s->lines.lines, line = 0;
    s->camera = *camera;
    s->spacing = spacing;
    s->apart = fmax(spacing, least_spacing(&camera->plane));
    s->builds++;
    s->points = 0;
    lines_clear(&s->lines);
    if (s->field.levels == 0 || !(camera->plane.w > 0 && camera->plane.h > 0))
        return;
    Tracer t = tracer_of(s);
    clear_buckets(s, &t);
    follow_old_seeds(s, &t, seeds);
    spread(s, &t, &line);
    fill_gaps(s, &t, &line);
}
