/* hill_mesh.h - draws the surface of a hill in the place of the plane's ground. Only the main thread.
 *
 * The density's tint as on the flat plane, a map and the plane's grid where they are shown and, as far as the plane is
 * tilted, light from the upper left of the window, lines of equal height and a hatched floor where the surface is cut
 * off. Needs no depth buffer: rows and columns are drawn from the far end, which is right for any surface seen from
 * above.
 */
#ifndef GFX_HILL_MESH_H
#define GFX_HILL_MESH_H

#include "gfx/program.h"
#include "scene/hill_axes.h"

typedef struct HillMesh {
    GLuint program, texture, array;
    float *texel; /* [grid][grid][4]: height, nats below the top, slope along columns and rows */
    int grid;     /* of texel and the texture */
    const Hill *held;
    uint64_t build; /* of what is in the texture */
} HillMesh;

typedef struct HillStyle {
    const Palette *palette;
    double scale;         /* pixels a unit */
    const HillAxes *axes; /* what the lines of equal height and the grid agree with */
    bool grid;
    const Rect *map;    /* extent of the map whose textures are bound, data units; NULL: there is none */
    double map_opacity; /* 0 .. 1 */
} HillStyle;

/* False with the shader's error. hill_mesh_free is legal either way. */
bool hill_mesh_init(HillMesh *m, const char *shaders, Error *e);
void hill_mesh_free(HillMesh *m);

/* Draws the hill within what the camera shows. Uploads only another build. */
void hill_mesh_draw(HillMesh *m, Viewport viewport, const HillSight *sight, const HillStyle *style);

#endif
