#include "gfx/shapes.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Half the width of a strip whose other edge is out of sight; larger would cost the distances their precision. */
static const float far_px = 8192.0f;
/* How far a mitre may reach, in half widths: sharper corners are cut off. */
static const float mitre_limit = 2.5f;

static bool make_indices(Shapes *s)
{
    static const uint16_t corner[6] = {0, 1, 2, 2, 1, 3};
    uint16_t *index = malloc(SHAPES_QUADS * sizeof corner);
    if (!index)
        return false;
    for (size_t i = 0; i < (size_t)SHAPES_QUADS * 6; i++)
        index[i] = (uint16_t)(i / 6 * 4 + corner[i % 6]);
    glBindVertexArray(s->buffer.array);
    glGenBuffers(1, &s->indices);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, s->indices);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, SHAPES_QUADS * sizeof corner, index, GL_STATIC_DRAW);
    free(index);
    return true;
}

bool shapes_init(Shapes *s, const char *shaders, Error *e)
{
    *s = (Shapes){0};
    s->program = program_create(shaders, "shapes", e);
    if (!s->program)
        return false;
    buffer_init(&s->buffer);
    s->vertex = malloc((size_t)SHAPES_QUADS * 4 * sizeof *s->vertex);
    if (!s->vertex || !make_indices(s))
        return error_set(e, "out of memory for the interface");
    return true;
}

void shapes_free(Shapes *s)
{
    glDeleteProgram(s->program);
    glDeleteBuffers(1, &s->indices);
    buffer_free(&s->buffer);
    free(s->vertex);
    *s = (Shapes){0};
}

void shapes_begin(Shapes *s, Viewport viewport)
{
    s->viewport = viewport;
    s->quads = 0;
}

void shapes_flush(Shapes *s)
{
    const size_t stride = sizeof(ShapeVertex);
    if (s->quads == 0)
        return;
    program_use(s->program, s->viewport);
    program_set_integer(s->program, "atlas", 0);
    buffer_fill(&s->buffer, 1, (const void *[]){s->vertex}, s->quads * 4 * stride);
    buffer_attribute(0, 2, stride, offsetof(ShapeVertex, x), 0);
    buffer_attribute(1, 4, stride, offsetof(ShapeVertex, place), 0);
    buffer_attribute(2, 3, stride, offsetof(ShapeVertex, kind), 0);
    buffer_attribute(3, -4, stride, offsetof(ShapeVertex, fill), 0);
    buffer_attribute(4, -4, stride, offsetof(ShapeVertex, border), 0);
    glDrawElements(GL_TRIANGLES, (GLsizei)(s->quads * 6), GL_UNSIGNED_SHORT, NULL);
    s->quads = 0;
}

void shapes_quad(Shapes *s, const ShapeVertex corner[4])
{
    if (s->quads == SHAPES_QUADS)
        shapes_flush(s);
    for (size_t i = 0; i < 4; i++)
        s->vertex[s->quads * 4 + i] = corner[i];
    s->quads++;
}

void shapes_box(Shapes *s, Rect r, double radius, Colour left, Colour right, Colour border, double border_width)
{
    ShapeVertex v[4];
    float half_w = (float)(0.5 * r.w), half_h = (float)(0.5 * r.h);
    float x = (float)r.x + half_w, y = (float)r.y + half_h;
    float round = fmaxf(0.0f, fminf((float)radius, fminf(half_w, half_h)));
    /* A border one pixel outside shows nowhere. */
    float width = (border & 255) ? (float)border_width : -1.0f;

    if (!(r.w > 0.0 && r.h > 0.0))
        return;
    for (size_t i = 0; i < 4; i++) {
        float across = (i & 1) ? half_w + 1.0f : -half_w - 1.0f, down = (i & 2) ? half_h + 1.0f : -half_h - 1.0f;
        v[i] = (ShapeVertex){x + across, y + down, {across, down, half_w, half_h}, SHAPE_BOX,
                             round,      width,    (i & 1) ? right : left,         border};
    }
    shapes_quad(s, v);
}

void shapes_veil(Shapes *s, Rect r, Rect hole, double radius, Colour c)
{
    ShapeVertex v[4];
    float half_w = (float)(0.5 * hole.w), half_h = (float)(0.5 * hole.h);
    float x = (float)hole.x + half_w, y = (float)hole.y + half_h;
    float round = fmaxf(0.0f, fminf((float)radius, fminf(half_w, half_h)));
    for (size_t i = 0; i < 4; i++) {
        float across = (float)(r.x + ((i & 1) ? r.w : 0.0)), down = (float)(r.y + ((i & 2) ? r.h : 0.0));
        v[i] = (ShapeVertex){across, down, {across - x, down - y, half_w, half_h}, SHAPE_VEIL, round, 0.0f, c, 0};
    }
    shapes_quad(s, v);
}

typedef struct Vector {
    float x, y;
} Vector;

static Vector at(const float *point, size_t i)
{
    return (Vector){point[2 * i], point[2 * i + 1]};
}

/* Left of the way from a to b, of length one; zero when they are one point. */
static Vector normal(Vector a, Vector b)
{
    float x = b.x - a.x, y = b.y - a.y, size = hypotf(x, y);
    return size > 1e-6f ? (Vector){y / size, -x / size} : (Vector){0.0f, 0.0f};
}

/* From a corner to where the two sides' outlines at distance one meet. */
static Vector mitre(Vector before, Vector after)
{
    Vector sum = {before.x + after.x, before.y + after.y};
    float square = sum.x * sum.x + sum.y * sum.y;
    if (square < 1e-6f)
        return after;
    float reach = 2.0f / square, size = reach * sqrtf(square);
    if (size > mitre_limit)
        reach *= mitre_limit / size;
    return (Vector){sum.x * reach, sum.y * reach};
}

/* The outline's direction at point i of a polyline: repeated points take the next direction there is. */
static Vector joint(const float *point, size_t n, size_t i)
{
    Vector before = i > 0 ? normal(at(point, i - 1), at(point, i)) : (Vector){0.0f, 0.0f};
    Vector after = i + 1 < n ? normal(at(point, i), at(point, i + 1)) : (Vector){0.0f, 0.0f};
    if (before.x == 0.0f && before.y == 0.0f)
        return after;
    return after.x == 0.0f && after.y == 0.0f ? before : mitre(before, after);
}

/* Of a strip around a line: across is how far out the vertex lies, half how far the strip is filled. */
static ShapeVertex strip_vertex(Vector p, Vector out, float across, float half, Colour c)
{
    return (ShapeVertex){
        p.x + out.x * across, p.y + out.y * across, {across, 0.0f, half, 0.0f}, SHAPE_STRIP, 0.0f, 0.0f, c, c};
}

void shapes_segment(Shapes *s, const float a[2], const float b[2], double width, Colour from, Colour to)
{
    Vector start = at(a, 0), end = at(b, 0), out = normal(start, end);
    float half = (float)(0.5 * width), side = half + 0.5f;
    shapes_quad(s,
                (ShapeVertex[]){strip_vertex(start, out, side, half, from), strip_vertex(end, out, side, half, to),
                                strip_vertex(start, out, -side, half, from), strip_vertex(end, out, -side, half, to)});
}

void shapes_line(Shapes *s, const float *point, size_t n, double width, Colour c)
{
    Colour colour = colour_thinned(c, width); /* thinner than a pixel is a pixel, as much fainter */
    float half = (float)fmax(0.5, 0.5 * width), side = half + 1.0f;
    Vector out = n > 1 ? joint(point, n, 0) : (Vector){0.0f, 0.0f};

    for (size_t i = 0; i + 1 < n; i++) {
        Vector a = at(point, i), b = at(point, i + 1), next = joint(point, n, i + 1);
        shapes_quad(
            s, (ShapeVertex[]){strip_vertex(a, out, side, half, colour), strip_vertex(b, next, side, half, colour),
                               strip_vertex(a, out, -side, half, colour), strip_vertex(b, next, -side, half, colour)});
        out = next;
    }
}

/* Of a strip with one edge in sight: beyond is the distance to it, negative inside. */
static ShapeVertex edge_vertex(float x, float y, float beyond, Colour c)
{
    return (ShapeVertex){x, y, {beyond + far_px, 0.0f, far_px, 0.0f}, SHAPE_STRIP, 0.0f, 0.0f, c, c};
}

/* Columns; only the polyline's side is soft. A distance along y counts less on a slope. */
void shapes_area(Shapes *s, const float *point, size_t n, double base, Colour c)
{
    float foot = (float)base;
    for (size_t i = 0; i + 1 < n; i++) {
        Vector a = at(point, i), b = at(point, i + 1);
        float slope = fabsf(normal(a, b).y), rise_a = a.y < foot ? -1.0f : 1.0f, rise_b = b.y < foot ? -1.0f : 1.0f;
        float inside_a = -fabsf(foot - a.y) * slope, inside_b = -fabsf(foot - b.y) * slope;
        shapes_quad(s,
                    (ShapeVertex[]){edge_vertex(a.x, a.y + rise_a, slope, c), edge_vertex(b.x, b.y + rise_b, slope, c),
                                    edge_vertex(a.x, foot, inside_a, c), edge_vertex(b.x, foot, inside_b, c)});
    }
}

/* Twice the area, positive when the way round is clockwise on the screen. */
static float turning(const float *point, size_t n)
{
    float sum = 0.0f;
    for (size_t i = 0; i < n; i++) {
        Vector a = at(point, i), b = at(point, (i + 1) % n);
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}

/* A triangle an edge from the middle, its outline moved out by a pixel; there the distance to the edge is linear. */
void shapes_polygon(Shapes *s, const float *point, size_t n, Colour c)
{
    float side = turning(point, n) > 0.0f ? 1.0f : -1.0f;
    Vector middle = {0.0f, 0.0f};
    for (size_t i = 0; i < n; i++) {
        middle.x += point[2 * i] / (float)n;
        middle.y += point[2 * i + 1] / (float)n;
    }
    for (size_t i = 0; i < n && n > 2; i++) {
        Vector before = at(point, (i + n - 1) % n), a = at(point, i), b = at(point, (i + 1) % n),
               after = at(point, (i + 2) % n);
        Vector edge = normal(a, b), out_a = mitre(normal(before, a), edge), out_b = mitre(edge, normal(b, after));
        float inside = side * (edge.x * (middle.x - a.x) + edge.y * (middle.y - a.y));
        float beyond_a = edge.x * out_a.x + edge.y * out_a.y, beyond_b = edge.x * out_b.x + edge.y * out_b.y;
        ShapeVertex centre = edge_vertex(middle.x, middle.y, inside, c);
        shapes_quad(s, (ShapeVertex[]){centre, edge_vertex(a.x + side * out_a.x, a.y + side * out_a.y, beyond_a, c),
                                       edge_vertex(b.x + side * out_b.x, b.y + side * out_b.y, beyond_b, c), centre});
    }
}
