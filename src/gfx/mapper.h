/* mapper.h - a map as a translucent layer on the ground of the plane. Only the main thread.
 *
 * Colours are those of ui/colourmap.h. Between the middles of its cells a map is interpolated; of categories the one
 * that most of the cells around a place belong to is shown there. Where it has no value, and outside its extent, the
 * ground stays as it is.
 */
#ifndef GFX_MAPPER_H
#define GFX_MAPPER_H

#include "gfx/program.h"
#include "scene/map.h"

typedef struct MapStyle {
    Theme theme;
    double opacity; /* 0 .. 1, where the map is fully known */
    bool fade;      /* towards the ground where `known` is small */
} MapStyle;

typedef struct MapCell {
    float entry;  /* in the table of colours */
    float weight; /* 0: the ground .. 1 */
} MapCell;

/* What the textures were made from. */
typedef struct MapHeld {
    uint64_t version;
    MapColours colours;
    Theme theme;
    bool fade, filled;
} MapHeld;

typedef struct Mapper {
    GLuint program, values, colours, array;
    MapCell *cell;  /* [MAP_GRID * MAP_GRID] */
    MapCell *texel; /* what goes into the texture of values, entries multiplied by their weights */
    int side;       /* texels of that texture */
    MapHeld held;
} Mapper;

/* False with the shader's error or for want of memory. mapper_free is legal either way. */
bool mapper_init(Mapper *m, const char *shaders, Error *e);
void mapper_free(Mapper *m);

/* Texture units of a map. */
enum { MAPPER_VALUES = 1, MAPPER_COLOURS = 2 };

/* Brings the textures up to date and binds them to their units, for a shader that reads the map by itself. False when
 * the view is of no kind or has no extent. What mapper_draw says holds here as well. */
bool mapper_bind(Mapper *m, const MapView *view, MapStyle style);

/* Draws the view within the camera's plane; nothing when it is of no kind or has no extent. Uploads only what has
 * another version or style. Views of different maps must not share version numbers. */
void mapper_draw(Mapper *m, Viewport viewport, const Camera *camera, const MapView *view, MapStyle style);

#endif
