/* hill_mesh.h - draws the surface of a hill in the place of the plane's ground. Only the main thread.
 *
 * The density's tint as on the flat plane and, as far as the plane is tilted, light from the upper left of the window,
 * lines of equal height and a hatched floor where the surface is cut off. Needs no depth buffer: rows and columns are
 * drawn from the far end, which is right for any surface seen from above.
 */
#ifndef GFX_HILL_MESH_H
#define GFX_HILL_MESH_H

#include "gfx/program.h"
#include "scene/hill_view.h"

typedef struct HillMesh {
    GLuint program, texture, array;
    float *texel; /* [grid][grid][4]: height, nats below the top, slope along columns and rows */
    int grid;     /* of texel and the texture */
    const Hill *held;
    uint64_t build; /* of what is in the texture */
} HillMesh;

typedef struct HillStyle {
    const Palette *palette;
    double scale; /* pixels a unit */
} HillStyle;

/* False with the shader's error. hill_mesh_free is legal either way. */
bool hill_mesh_init(HillMesh *m, const char *shaders, Error *e);
void hill_mesh_free(HillMesh *m);

/* Draws the hill within what the camera shows; nothing when there is none. Uploads only another build. */
void hill_mesh_draw(HillMesh *m, Canvas canvas, const Hill *hill, HillView view, const Camera *camera, HillStyle style);

#endif
