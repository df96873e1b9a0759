/* marks.h - what stands on the ground of the plane: arrows, data, trails and particles, anti-aliased in the shaders.
 *
 * Sizes are in scaled pixels and measured from the reference pictures. Only the main thread.
 */
#ifndef GFX_MARKS_H
#define GFX_MARKS_H

#include "gfx/shapes.h"
#include "scene/arrows.h"
#include "scene/settings.h"
#include "scene/simframe.h"

typedef struct Marks {
    GLuint arrows, points; /* programs */
    Buffer arrow, data, particle;
} Marks;

/* How the marks of one frame are seen. */
typedef struct MarkView {
    Canvas canvas;
    const Camera *camera;
    const Palette *palette;
    double scale; /* pixels a unit */
} MarkView;

/* False with the shader's error. marks_free is legal either way. */
bool marks_init(Marks *m, const char *shaders, Error *e);
void marks_free(Marks *m);

void marks_arrows(Marks *m, const MarkView *v, const Arrows *arrows, FieldKind kind);
/* data [n][2], data units; a fixed number of them is shown. */
void marks_data(Marks *m, const MarkView *v, const float *data, size_t n);
void marks_trails(Shapes *shapes, const MarkView *v, const SimFrame *frame, double between);
void marks_particles(Marks *m, const MarkView *v, const SimFrame *frame, double between);

#endif
