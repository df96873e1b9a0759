/* layers.h - what the plane shows, made from the newest of everything and drawn: one picture, two beside a wipe's line,
 * or one with a lens in it. Main thread, with OpenGL's context.
 */
#ifndef APP_LAYERS_H
#define APP_LAYERS_H

#include "app/draped.h"
#include "scene/session.h"

/* The newest of everything that workers made. */
typedef struct Shown {
    const SimFrame *frame;
    const Stack *field, *density;
    const Stack *other; /* the field right of a wipe's line */
    const Weights *weights;
    const MapView *map; /* NULL where there is none */
    double between;     /* 0 .. 1: the display's place between the last two ticks */
} Shown;

typedef struct Layers {
    struct Side {
        Arrows arrows;
        Streamlines streamlines;
        Contours contours;
    } side[2]; /* the plane; what is right of the wipe's line or in the lens */
    DataPoints data;
    Paths paths;
    struct {
        uint64_t version, epoch, steps;
        size_t target;
        FieldKind field;
    } traced; /* what the paths were traced of */
    Draped draped;
    bool easing; /* it is on its way from flat to tilted, or back */
    NetWorkspace workspace;
} Layers;

/* False when memory is short; layers_free is legal either way. */
bool layers_init(Layers *l);
void layers_free(Layers *l);

typedef struct LayersView {
    const Session *session;
    const Shown *shown;
    const Palette *palette;
    Camera camera;
    double scale;          /* pixels a unit */
    double time_s;         /* moves the streamlines' dashes */
    double elapsed_s;      /* since the last frame; 0 for a picture by itself, which has everything that is due */
    const double *pointer; /* pixels, where the lens is; NULL away from the plane */
} LayersView;

/* What is pointed at and drawn alike: the data of these settings. */
void layers_follow(Layers *l, const Session *session);
/* Builds what changed. */
void layers_build(Layers *l, const LayersView *v);
/* The place of the plane, data units, that is seen at a pixel; false where none is. */
bool layers_pick(const Layers *l, const Camera *camera, const double pixel[2], double data[2]);
/* Draws it; the plane alone. */
void layers_draw(Layers *l, Gfx *gfx, const LayersView *v);

#endif
