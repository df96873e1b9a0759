/* canvas_layer.h - what is painted, over the ground of the plane: canvases, words and pictures of a drawing as
 * textures.
 *
 * Paint shows in the frame in which it is laid on; the density follows when it is known. Of the two a pixel keeps what
 * is farther from the ground, so that nothing is seen twice. Only the main thread.
 */
#ifndef GFX_CANVAS_LAYER_H
#define GFX_CANVAS_LAYER_H

#include "gfx/program.h"
#include "scene/drawing.h"

/* One part's levels, and what they were taken from. */
typedef struct CanvasTexture {
    GLuint texture; /* 0: the slot is free */
    uint32_t part;  /* its id */
    Canvas canvas;
    Raster *raster; /* held; NULL for a canvas */
} CanvasTexture;

typedef struct CanvasLayer {
    GLuint program, array;
    CanvasTexture slot[DRAWING_PARTS_MAX];
    size_t uploaded; /* tiles and rasters so far */
} CanvasLayer;

/* False with the shader's error. canvas_layer_free is legal either way. */
bool canvas_layer_init(CanvasLayer *l, const char *shaders, Error *e);
void canvas_layer_free(CanvasLayer *l);

/* Draws the shown parts of a drawing that are painted, pictures without weight as something to trace. Uploads the tiles
 * that changed since the last call. */
void canvas_layer_draw(CanvasLayer *l, Viewport viewport, const Drawing *d, const Camera *camera,
                       const Palette *palette);

#endif
