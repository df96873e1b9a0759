/* marks.h - what stands on the ground of the plane: arrows, data, trails and particles, anti-aliased in the shaders.
 *
 * Sizes are in scaled pixels and measured from the reference pictures. Only the main thread.
 */
#ifndef GFX_MARKS_H
#define GFX_MARKS_H

#include "gfx/shapes.h"
#include "scene/arrows.h"
#include "scene/data_points.h"
#include "scene/simframe.h"

typedef struct Marks {
    GLuint arrows, points; /* programs */
    Buffer arrow, data, particle;
    uint64_t data_version; /* of what `data` holds */
} Marks;

/* How the marks of one frame are seen. */
typedef struct MarkView {
    Viewport viewport;
    const Camera *camera;
    const Palette *palette;
    double scale; /* pixels a unit */
} MarkView;

/* False with the shader's error. marks_free is legal either way. */
bool marks_init(Marks *m, const char *shaders, Error *e);
void marks_free(Marks *m);

void marks_arrows(Marks *m, const MarkView *v, const Arrows *arrows, FieldKind kind);
/* With noise of standard deviation sigma, data units; 0 for the data themselves. */
void marks_data(Marks *m, const MarkView *v, const DataPoints *data, double sigma);
void marks_trails(Shapes *shapes, const MarkView *v, const SimFrame *frame, double between);
void marks_particles(Marks *m, const MarkView *v, const SimFrame *frame, double between);

#endif
