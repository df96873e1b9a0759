/* gfx.h - everything OpenGL: one context, its programs and textures, and the layers of the plane.
 *
 * Only the main thread. gfx_create needs a current OpenGL 3.3 core context; gfx_destroy and gfx_create again rebuild
 * all of it from nothing (lost contexts).
 */
#ifndef GFX_GFX_H
#define GFX_GFX_H

#include "scene/arrows.h"
#include "scene/contours.h"
#include "scene/data_points.h"
#include "scene/drawing.h"
#include "scene/hill_axes.h"
#include "scene/map.h"
#include "scene/paths.h"
#include "scene/simulation.h"
#include "scene/streamlines.h"
#include "ui/draw.h"

typedef struct Gfx Gfx;

/* NULL with the reason: which shader, which font. shaders: folder to read them from, NULL for the embedded ones. */
Gfx *gfx_create(const char *shaders, Error *e);
void gfx_destroy(Gfx *g);

/* Width of a line of text in pixels: the MeasureText of ui/widgets.h; context is the Gfx. */
double gfx_measure(void *context, Face face, double size, bool tabular, const char *text);
/* The MeasureInk. */
TextInk gfx_measure_ink(void *context, Face face, const char *text);

/* What the plane shows in one frame. Layers are switched by settings (show.*). */
typedef struct PlaneView {
    const Settings *settings;
    const Palette *palette;
    Camera camera;
    const Units *units;     /* that the axes tell; NULL: the plane's own */
    double scale;           /* pixels a unit: sizes of dots and lines */
    Rect part;              /* of the plane that is drawn, pixels */
    int side;               /* 0, or 1 for a second picture in the same frame: each keeps what it uploaded */
    FieldKind field;        /* whose arrows and streamlines these are */
    const float *opacity;   /* [SETTING_COUNT] 0 .. 1, of layers by what shows them; NULL: all are drawn in full */
    double sigma, std;      /* the noise level; the standard deviation of the data */
    const Stack *density;   /* log p_sigma; uploaded when its versions grow */
    const MapView *flowed;  /* log p_sigma by a field's own flow, in the place of density; NULL: there is none */
    const HillSight *hill;  /* in the place of the ground; NULL for the flat plane */
    const Drawing *drawing; /* painted over the ground; NULL while none is being drawn */
    bool blank;             /* a canvas without anything on it: nothing but the axes is shown */
    const MapView *map;     /* drawn when it is of the kind that settings ask for */
    Arrows *arrows;
    const Streamlines *streamlines;
    double
        flow_px; /* how far along the streamlines their dashes have moved; they stand still with the motion reduced */
    const Contours *contours;
    const Paths *paths;
    const SimFrame *frame;
    double between;       /* 0 .. 1: how far the display is from frame->previous to frame->x */
    bool others;          /* frame is that of the second sampler, and has its colour */
    const SimFrame *over; /* the second sampler's above the first's; NULL: it is not there */
    double over_between;
    const DataPoints *data;
} PlaneView;

/* Clears a window of w x h pixels to the ground; what follows is drawn into it. */
void gfx_clear(Gfx *g, int w, int h, const Palette *palette);

/* Draws a part of the plane, its layers back to front. */
void gfx_plane(Gfx *g, const PlaneView *v);

/* Draws the interface over it. */
void gfx_interface(Gfx *g, int w, int h, const DrawList *list);

/* The pixels drawn so far, rgba [h][w][4], top row first; the caller frees. NULL when memory is short. */
unsigned char *gfx_capture(Gfx *g, int w, int h);

/* A frame buffer of any size to draw into instead of the window's; w = 0 goes back to the window's. False when the
 * driver refuses the size. */
bool gfx_target(Gfx *g, int w, int h, Error *e);

/* GL errors since the last call (0 in a healthy program): tests assert it. */
unsigned gfx_errors(Gfx *g);

#endif
