/* renderer.h - one frame: interface laid out, plane and interface drawn. The window, figures, golden pictures and ./dev
 * shot all go through renderer_frame.
 */
#ifndef APP_RENDERER_H
#define APP_RENDERER_H

#include "app/layers.h"
#include "scene/map_work.h"
#include "scene/readings.h"
#include "ui/interface.h"

typedef struct Renderer {
    Gfx *gfx;
    Ui ui;
    Layers layers;
    Readings readings;
    uint64_t read_tick;    /* of the frame that they were read from */
    const HillSight *hill; /* as it was laid out over; NULL for the flat plane */
    PathSight sight;       /* of the paths that are shown */
    Units units;           /* of the file that alone is studied; scale 0: there is none */
    DrawingView drawing;   /* of the frame that was laid out last */
    bool card_left;        /* where the card under the pointer stands */
    Settings settings;     /* as the frame's viewer sees them, of the one that was laid out last */
    Lecture lecture;       /* the same */
    Layout layout;
    Camera camera;
    NetWorkspace workspace; /* for the card under the pointer */
    double draw_ms;         /* the last frame's time in OpenGL's hands */
} Renderer;

/* Needs a current OpenGL context. shaders: folder to read them from, NULL for the embedded ones. False with the reason;
 * renderer_free is legal either way. */
bool renderer_init(Renderer *r, const char *shaders, Error *e);
void renderer_free(Renderer *r);

/* Whom a frame is for. An audience sees plane and lesson alone, without bars, lists and numbers; a presenter what the
 * lesson hides from the audience, and notes. */
typedef enum Viewer { VIEWER_ALONE, VIEWER_PRESENTER, VIEWER_AUDIENCE } Viewer;

typedef struct FrameInput {
    int width, height;  /* pixels of the drawable */
    double pixel_ratio; /* pixels a window unit */
    double elapsed_s;   /* since the last frame; 0 for a picture by itself */
    Input input;
    bool grabbed; /* a hand holds the noise handle: settings carry the newest sigma */
    FrameNumbers numbers;
    DrawingView drawing;   /* what the hand is about to do: renderer_layout knows the rest */
    const KeyLog *key_log; /* NULL: none is kept */
    WordEntry *word;       /* the card on which one is typed; NULL: none can be */
    Prompt *prompt;        /* the line on which commands are typed; NULL: none can be */
    const Loaded *loaded;  /* what came in with a file; NULL: nothing to say */
    const char *toast;     /* NULL for none */
    bool toast_warning;
    Viewer viewer;
    double presenting_s; /* since a presenter began */
} FrameInput;

/* Lays the interface out. What buttons and sliders want is in ui.outbox afterwards: the caller runs it, and then lays
 * out again, so that the frame that is drawn already answers. */
void renderer_layout(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in);

/* Draws plane and interface as they were laid out last. */
void renderer_draw(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in);

/* The map that the settings want of a part of the plane, data units. */
MapAsk renderer_map(const Session *session, Rect seen);
/* The likelihood of the learned field that they want in the place of the exact density, and a little beyond. */
MapAsk renderer_likelihood(const Session *session, Rect seen);

/* Where the plane stands in a frame of this size, before the first one as well. */
Camera renderer_camera(const Session *session, const FrameInput *in, Layout *layout);

#endif
