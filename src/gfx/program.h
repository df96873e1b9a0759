/* program.h - shader pairs by name, sampling, and buffers that are rewritten every frame. Only the main thread. */
#ifndef GFX_PROGRAM_H
#define GFX_PROGRAM_H

#include "io/error.h"
#include "ui/draw.h"

#include <epoxy/gl.h>

/* Compiles and links NAME.vert and NAME.frag from a folder, or the embedded ones when shaders is NULL. 0 with the
 * file's name and the compiler's first line when that fails. */
GLuint program_create(const char *shaders, const char *name, Error *e);

/* Size of what is drawn into, pixels: every program has the uniform `viewport`. */
typedef struct Viewport {
    int w, h;
} Viewport;
void program_use(GLuint program, Viewport viewport);

/* Uniforms of the program in use. A name that the compiler dropped is ignored. */
void program_set(GLuint program, const char *name, int n, const double *value); /* float, vec2, vec3 or vec4 */
void program_set_number(GLuint program, const char *name, double value);
void program_set_integer(GLuint program, const char *name, int value);
/* vec4, not premultiplied; alpha times `opacity`. */
void program_set_colour(GLuint program, const char *name, Colour c, double opacity);

/* Alpha times opacity, 0 .. 1. */
Colour colour_thinned(Colour c, double opacity);

/* Draws stay inside r, pixels with y down; GL counts rows from below. */
void viewport_clip(Viewport viewport, Rect r);
/* Everything inside the clip becomes this opaque colour: much cheaper than drawing it. */
void viewport_clear(Colour c);

/* Of the bound texture, which ends at its edges. */
void texture_sampling(GLint filter);

/* A vertex array with one vertex buffer of its own. */
typedef struct Buffer {
    GLuint array, vertices;
    size_t capacity; /* bytes */
} Buffer;
void buffer_init(Buffer *b);
void buffer_free(Buffer *b);
/* Binds both, and replaces the whole content by `parts` blocks of `size` bytes each, one behind the other: the driver
 * keeps the old content for draws that still read it. */
void buffer_fill(Buffer *b, size_t parts, const void *const *part, size_t size);
/* Vertex attribute `index`: n floats (bytes when n is negative, scaled to 0 .. 1), stride and offset in bytes. divisor
 * 1: one per instance. */
void buffer_attribute(GLuint index, int n, size_t stride, size_t offset, GLuint divisor);

#endif
