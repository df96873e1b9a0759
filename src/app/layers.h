/* layers.h - what the plane shows, made from the newest of everything and drawn: one picture, two beside a wipe's line,
 * or one with a lens in it. Main thread, with OpenGL's context.
 */
#ifndef APP_LAYERS_H
#define APP_LAYERS_H

#include "app/draped.h"
#include "scene/path_apart.h"
#include "scene/path_hit.h"
#include "scene/session.h"

/* The newest of everything that workers made. */
typedef struct Shown {
    const SimFrame *frame;
    const SimFrame *second; /* of a second sampler; NULL where there is none */
    const Stack *field, *density;
    const Stack *other; /* the field right of a wipe's line */
    const Weights *weights;
    const MapView *map;        /* NULL where there is none */
    const MapView *likelihood; /* of the learned field; NULL or of MAP_NONE where there is none */
    double between;            /* 0 .. 1: the display's place between the last two ticks */
    double second_between;
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
        uint64_t id[PATHS_MAX]; /* of the asks */
        uint64_t epoch, steps;
        FieldKind field;
    } traced; /* what the paths were traced of */
    PathApart apart;
    Draped draped;
    PlaneView view[2]; /* what was built for each side */
    size_t views;
    bool easing;                  /* on its way from flat to tilted, or back, or to another dimming */
    float opacity[SETTING_COUNT]; /* of layers by what shows them, while a lesson dims all but one */
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
    const Units *units;    /* that the axes tell; NULL: the plane's own */
    double scale;          /* pixels a unit */
    double time_s;         /* moves the streamlines' dashes */
    double elapsed_s;      /* since the last frame; 0 for a picture by itself, which has everything that is due */
    const double *pointer; /* pixels, where the lens is; NULL away from the plane */
} LayersView;

/* What is pointed at and drawn alike: the data of these settings. */
void layers_follow(Layers *l, const Session *session);
/* The paths that the session asks for: traces what is due of them, some at a time in a window, and takes the step that
 * is looked at apart. */
void layers_trace(Layers *l, const LayersView *v);
/* The paths as the picture shows them, on a hill as it showed them last; false where it shows none. */
bool layers_paths(const Layers *l, const LayersView *v, PathSight *sight);
/* The hill as the picture will show it, for what is laid out over it; NULL for the flat plane. */
const HillSight *layers_raise(Layers *l, const LayersView *v);
/* Whose density a side shows: true for the learned field's. That of the exact field is shown until there is one, beside
 * an exact field, and where the noise level is another. */
bool layers_density_learned(const LayersView *v, int side);
/* Builds what changed. */
void layers_build(Layers *l, const LayersView *v);
/* The place of the plane, data units, that is seen at a pixel; false where none is. */
bool layers_pick(const Layers *l, const Camera *camera, const double pixel[2], double data[2]);
/* The noise level of what is seen at a pixel: left or right of a wipe's line. */
double layers_sigma(const Settings *s, const Camera *camera, const double pixel[2]);
/* Draws what was built last; the plane alone. */
void layers_draw(const Layers *l, Gfx *gfx);

#endif
