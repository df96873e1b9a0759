#include "gfx/strokes.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* A run of n >= 2 points takes 2 n vertices and 2 that part it from the last run. */
enum { VERTICES_PER_POINT = 6 }; /* where every corner is sharp, each segment is a run of its own */

/* How far a mitre may reach, in half widths: sharper corners are cut off. */
static const float mitre_limit = 2.5f;
static const float sharpest = -0.68f; /* cosine of the turn where the mitre reaches its limit */
/* Multiples of it, modulo one, spread evenly however many there are. */
static const double golden_ratio = 0.6180339887498949;

void strokes_init(Strokes *s, GLuint program)
{
    *s = (Strokes){.program = program};
    buffer_init(&s->buffer);
}

void strokes_free(Strokes *s)
{
    buffer_free(&s->buffer);
    free(s->vertex);
    *s = (Strokes){0};
}

typedef struct Vector {
    float x, y;
} Vector;

/* hypotf is a call, which this is not; squares of what a window shows are far from either end of the range. */
static float length_of(float x, float y)
{
    return sqrtf(x * x + y * y);
}

/* Left of the way from a point of a run to the next, of length one. */
static Vector normal(const StrokeVertex *point)
{
    float x = point[2].x - point[0].x, y = point[2].y - point[0].y, size = length_of(x, y);
    return (Vector){y / size, -x / size};
}

/* From a corner to where the two sides' outlines at distance one meet; there is none where the line turns back. */
static Vector mitre(Vector before, Vector after)
{
    Vector sum = {before.x + after.x, before.y + after.y};
    float size = length_of(sum.x, sum.y);
    if (size < 1e-3f)
        return after;
    float reach = fminf(2.0f / size, mitre_limit) / size;
    return (Vector){sum.x * reach, sum.y * reach};
}

/* Of a run of n >= 2 points, no two neighbours the same. */
static void set_mitres(StrokeVertex *run, size_t n)
{
    const StrokeVertex *end = run + 2 * (n - 1);
    bool closed = n > 3 && run->x == end->x && run->y == end->y;
    Vector first = normal(run), last = normal(end - 2), before = closed ? last : first;
    for (size_t i = 0; i < n; i++) {
        StrokeVertex *pair = run + 2 * i;
        Vector after = i + 1 < n ? normal(pair) : closed ? first : last, to = mitre(before, after);
        for (size_t side = 0; side < 2; side++) {
            pair[side].mitre[0] = to.x;
            pair[side].mitre[1] = to.y;
        }
        before = after;
    }
}

/* The run that is being appended. */
typedef struct Run {
    StrokeVertex point; /* the last one, which the next takes over */
    size_t first;       /* vertex */
} Run;

static size_t points_of(const Strokes *s, const Run *r)
{
    return (s->count - r->first) / 2;
}

static void append(Strokes *s, Run *r)
{
    for (int side = 1; side >= -1; side -= 2) {
        s->vertex[s->count] = r->point;
        s->vertex[s->count++].side = (float)side;
    }
}

/* Leaves room for the two vertices between this run and the next. */
static void begin_run(Strokes *s, Run *r)
{
    r->first = s->count == 0 ? 0 : s->count + 2;
    s->count = r->first;
}

/* A single point is no line. */
static void end_run(Strokes *s, const Run *r)
{
    if (points_of(s, r) < 2) {
        s->count = r->first == 0 ? 0 : r->first - 2;
        return;
    }
    set_mitres(s->vertex + r->first, points_of(s, r));
    if (r->first > 0) {
        s->vertex[r->first - 2] = s->vertex[r->first - 3];
        s->vertex[r->first - 1] = s->vertex[r->first];
    }
}

/* Behind the last point of a run the line turns back so far that no mitre holds its width. */
static bool turns_back(const Strokes *s, const Run *r, float x, float y)
{
    if (points_of(s, r) < 2)
        return false;
    const StrokeVertex *last = s->vertex + s->count - 2, *before = last - 2;
    float ax = last->x - before->x, ay = last->y - before->y, bx = x - last->x, by = y - last->y;
    return ax * bx + ay * by < sharpest * length_of(ax, ay) * length_of(bx, by);
}

static void append_line(Strokes *s, const Lines *l, size_t line)
{
    double turns = golden_ratio * (double)line;
    Run run = {.point = {.value = isfinite(l->value[line]) ? l->value[line] : -FLT_MAX,
                         .shift = (float)(turns - floor(turns))}};
    StrokeVertex *p = &run.point;
    begin_run(s, &run);
    for (size_t i = lines_first(l, line); i < l->end[line]; i++) {
        float x = l->point[2 * i], y = l->point[2 * i + 1];
        if (!isfinite(x) || !isfinite(y)) {
            end_run(s, &run);
            begin_run(s, &run);
            continue;
        }
        bool fresh = points_of(s, &run) == 0;
        if (!fresh && x == p->x && y == p->y)
            continue;
        if (turns_back(s, &run, x, y)) {
            end_run(s, &run);
            begin_run(s, &run);
            append(s, &run);
        }
        /* The way is unknown behind a missing point: it goes on from where it was. */
        float step = fresh ? 0.0f : length_of(x - p->x, y - p->y);
        p->along = isfinite(l->along[i]) ? l->along[i] : p->along + step;
        p->x = x;
        p->y = y;
        append(s, &run);
    }
    end_run(s, &run);
}

static bool reserve(Strokes *s, size_t vertices)
{
    if (vertices <= s->capacity)
        return true;
    StrokeVertex *vertex = realloc(s->vertex, vertices * sizeof *vertex);
    if (!vertex)
        return false;
    s->vertex = vertex;
    s->capacity = vertices;
    return true;
}

static void upload(Strokes *s)
{
    const size_t stride = sizeof(StrokeVertex);
    buffer_fill(&s->buffer, 1, (const void *[]){s->vertex}, s->count * stride);
    buffer_attribute(0, 2, stride, offsetof(StrokeVertex, x), 0);
    buffer_attribute(1, 2, stride, offsetof(StrokeVertex, mitre), 0);
    buffer_attribute(2, 4, stride, offsetof(StrokeVertex, side), 0);
}

/* Room for all the points that ever fit: what is rebuilt often allocates once. */
static void follow(Strokes *s, const Lines *lines, uint64_t build)
{
    if (s->held && s->build == build)
        return;
    s->count = 0;
    s->held = lines->points == 0 || reserve(s, VERTICES_PER_POINT * lines->points_max);
    s->build = build;
    for (size_t line = 0; s->held && line < lines->lines; line++)
        append_line(s, lines, line);
    if (s->count > 0)
        upload(s);
}

static void set_place(const Strokes *s, const StrokeView *v, StrokeUnits units)
{
    double origin[2] = {0.0, 0.0}, pixel[2];
    if (units == STROKE_PIXELS) {
        program_set(s->program, "place", 4, (double[]){1.0, 1.0, 0.0, 0.0});
        return;
    }
    camera_to_pixel(v->camera, origin, pixel);
    program_set(s->program, "place", 4, (double[]){v->camera->scale, -v->camera->scale, pixel[0], pixel[1]});
}

static void set_colours(const Strokes *s, const StrokeStyle *style)
{
    double faint = style->opacity * fmin(style->width_px, 1.0);
    double steps = style->colours - 1, range = style->high - style->low, rise = range > 0.0 ? steps / range : 0.0;
    for (int i = 0; i < style->colours; i++) {
        char name[] = "colours[0]";
        name[8] = (char)('0' + i);
        program_set_colour(s->program, name, style->colour[i], faint);
    }
    program_set(s->program, "span", 3, (double[]){rise, -style->low * rise, rise > 0.0 ? steps : 0.0});
}

static void set_dashes(const Strokes *s, const StrokeStyle *style)
{
    double a_pixel = style->period_px > 0.0 ? 1.0 / style->period_px : 0.0;
    double gone = a_pixel * style->phase_px;
    program_set(s->program, "dash", 3, (double[]){a_pixel, gone - floor(gone), 0.5 * style->duty});
    program_set_number(s->program, "period", style->period_px);
    program_set_number(s->program, "duty", fmax(style->duty, DBL_EPSILON));
    program_set_number(s->program, "tail", style->tail);
}

void strokes_draw(Strokes *s, const StrokeView *v, const Lines *lines, uint64_t build, StrokeStyle style)
{
    double radius = 0.5 * fmax(style.width_px, 1.0);
    follow(s, lines, build);
    if (s->count == 0)
        return;
    program_use(s->program, v->viewport);
    set_place(s, v, style.units);
    set_colours(s, &style);
    set_dashes(s, &style);
    program_set_number(s->program, "radius", radius);
    program_set_number(s->program, "reach", radius + 0.5);
    glBindVertexArray(s->buffer.array);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, (GLsizei)s->count);
}
