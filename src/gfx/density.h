/* density.h - the glow: log p_sigma of the stack as a tint of the ground. Only the main thread. */
#ifndef GFX_DENSITY_H
#define GFX_DENSITY_H

#include "gfx/program.h"
#include "scene/stack.h"

/* What the texture's levels hold: a level that was never filled is drawn as a copy of the nearest one that was. */
typedef struct DensityLevel {
    int source;       /* level of the stack */
    uint64_t version; /* of that level; 0: nothing yet */
} DensityLevel;

typedef struct Density {
    GLuint program, texture, array;
    DensityLevel held[STACK_LEVELS];
    float *clamped; /* [grid][grid], one level on its way up */
    int grid;
    Rect extent; /* of the stack that is held */
    double sigma_min, sigma_max;
} Density;

/* False with the shader's error. density_free is legal either way. */
bool density_init(Density *d, const char *shaders, Error *e);
void density_free(Density *d);

/* Draws the plane's ground with the density at sigma; the bare ground when no level was ever filled. Uploads what the
 * two levels around sigma lack. */
void density_draw(Density *d, Canvas canvas, const Stack *s, const Camera *camera, double sigma,
                  const Palette *palette);

#endif
