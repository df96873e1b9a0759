/* density.h - the glow: log p_sigma of the stack as a tint of the ground. Only the main thread.
 *
 * The two levels around sigma are mixed on the processor, a tenth of a millisecond and only when they or sigma changed:
 * one flat texture is half the work of a solid one on software OpenGL, and nothing on any other.
 */
#ifndef GFX_DENSITY_H
#define GFX_DENSITY_H

#include "gfx/program.h"
#include "scene/stack.h"

/* What the texture was mixed from; versions of a stack never come twice. */
typedef struct DensityMix {
    uint64_t version[2];
    int level[2];
    int grid;
    float towards; /* how far from the first level to the second, 0 .. 1 */
} DensityMix;

typedef struct Density {
    GLuint program, texture, array;
    DensityMix held; /* in the texture */
    float *mixed;    /* [grid][grid] log p_sigma minus its maximum */
    int grid;        /* of mixed and the texture */
} Density;

/* False with the shader's error. density_free is legal either way. */
bool density_init(Density *d, const char *shaders, Error *e);
void density_free(Density *d);

/* Draws the plane's ground with the density at sigma; nothing when no level was ever filled. std: of the data. */
void density_draw(Density *d, Canvas canvas, const Stack *s, const Camera *camera, double sigma, double std,
                  const Palette *palette);

#endif
