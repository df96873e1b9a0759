/* shapes.h - a batch of quads for everything flat: boxes, strips, polygons, text. One program, one draw call a batch.
 *
 * Pixels with y down. Quads are drawn in order. Edges are anti-aliased in the shader from distances that the vertices
 * carry. Only the main thread.
 */
#ifndef GFX_SHAPES_H
#define GFX_SHAPES_H

#include "gfx/program.h"

enum { SHAPES_QUADS = 8192 };

typedef enum ShapeKind {
    SHAPE_BOX,   /* place: pixels from the box's middle, half its size */
    SHAPE_STRIP, /* place[0]: pixels from the middle of a strip, place[2]: half its width */
    SHAPE_TEXT,  /* place: texel of the atlas */
    SHAPE_VEIL   /* place: as of a box, which is left out */
} ShapeKind;

typedef struct ShapeVertex {
    float x, y;
    float place[4];
    float kind, radius, border_width; /* of the box, pixels */
    Colour fill, border;
} ShapeVertex;

typedef struct Shapes {
    GLuint program, indices;
    Buffer buffer;
    Viewport viewport;
    ShapeVertex *vertex; /* [SHAPES_QUADS][4] */
    size_t quads;
} Shapes;

/* False with the shader's error or for want of memory. shapes_free is legal either way. */
bool shapes_init(Shapes *s, const char *shaders, Error *e);
void shapes_free(Shapes *s);

void shapes_begin(Shapes *s, Viewport viewport);
/* Draws what was added. Needed before anything else is drawn, before the clip or the atlas changes, and at the end. */
void shapes_flush(Shapes *s);

/* Four corners: left upper, right upper, left lower, right lower, or what is like them. */
void shapes_quad(Shapes *s, const ShapeVertex corner[4]);

/* A rounded box filled from left to right; a border of alpha 0 is none. */
void shapes_box(Shapes *s, Rect r, double radius, Colour left, Colour right, Colour border, double border_width);
/* What of r lies outside of a rounded hole. */
void shapes_veil(Shapes *s, Rect r, Rect hole, double radius, Colour c);
/* One piece of a line of at least a pixel, fading from one colour to another. */
void shapes_segment(Shapes *s, const float a[2], const float b[2], double width, Colour from, Colour to);
/* A polyline through point [n][2]. */
void shapes_line(Shapes *s, const float *point, size_t n, double width, Colour c);
/* Between a polyline and the horizontal at base. */
void shapes_area(Shapes *s, const float *point, size_t n, double base, Colour c);
/* Convex, either way round. */
void shapes_polygon(Shapes *s, const float *point, size_t n, Colour c);

#endif
