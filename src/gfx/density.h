/* density.h - the glow: log p_sigma as a tint of the ground, of the exact field from the stack or of the learned one
 * from a map. Only the main thread.
 *
 * The two levels around sigma are mixed on the processor, a tenth of a millisecond and only when they or sigma changed:
 * one flat texture is half the work of a solid one on software OpenGL, and nothing on any other.
 */
#ifndef GFX_DENSITY_H
#define GFX_DENSITY_H

#include "gfx/program.h"
#include "scene/map.h"
#include "scene/stack.h"

/* What a texture was mixed from; versions of a stack never come twice, nor those of a map. */
typedef struct DensityMix {
    uint64_t version[2];
    int level[2];
    int grid;
    float towards; /* how far from the first level to the second, 0 .. 1 */
} DensityMix;

typedef struct DensityTexture {
    GLuint name;
    DensityMix held;
    float *mixed; /* [grid][grid] log p_sigma minus its maximum */
    int grid;     /* of mixed and the texture */
} DensityTexture;

typedef struct Density {
    GLuint program, array;
    DensityTexture stack, map; /* both are drawn in one frame where two fields stand side by side */
} Density;

/* False with the shader's error. density_free is legal either way. */
bool density_init(Density *d, const char *shaders, Error *e);
void density_free(Density *d);

/* Draws the plane's ground with the density at sigma; nothing when no level was ever filled. std: of the data. */
void density_draw(Density *d, Viewport viewport, const Stack *s, const Camera *camera, double sigma, double std,
                  const Palette *palette);

/* The same of a map of log p at the noise level sigma, whose outermost values go on beyond it; the ground where it has
 * none. */
void density_draw_map(Density *d, Viewport viewport, const MapView *v, const Camera *camera, double sigma, double std,
                      const Palette *palette);

/* For a program in use: the ground's and the glow's colours, gamma, and the strength at sigma: whatever draws the
 * ground tints it alike. */
void density_set_glow(GLuint program, double sigma, double std, const Palette *palette);

#endif
