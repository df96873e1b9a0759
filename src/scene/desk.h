/* desk.h - the drawing at hand: what it is now, what is under way, what it was before, and the part that is chosen.
 *
 * Every edit is a step of the history, with a label; what comes in many pieces is one: a stroke, a Gaussian that is
 * dragged, a slider that goes through many values. An edit that fails, or changes nothing, makes no step and leaves the
 * drawing as it was. Places are in the drawing's plane, which is data space.
 *
 * The main thread's. {0} is an empty drawing. How the hand paints is in desk_tools.h, files in desk_files.h.
 */
#ifndef SCENE_DESK_H
#define SCENE_DESK_H

#include "scene/canvas_tools.h"
#include "scene/drawing_gaussians.h"
#include "scene/drawing_history.h"
#include "scene/loaded.h"

/* What the hand holds. */
typedef struct DeskHand {
    enum { HAND_FREE, HAND_STROKE, HAND_SPRAY, HAND_GAUSSIAN } holds;
    uint32_t part; /* its id */
    bool changed;  /* something, since it was taken up */
    CanvasStroke stroke;
    Brush brush; /* of a spray, in the part's units */
    GaussianHit gaussian;
} DeskHand;

typedef struct Desk {
    Drawing drawing;  /* with what is under way */
    uint64_t version; /* grows with every change of it: the revision of its subject */
    uint64_t steps;   /* of the history, so far: undo and redo count for none */
    uint32_t chosen;  /* id of a part, to which hands add where they can; 0: none */
    DeskHand hand;
    uint64_t dabs;           /* of the spray, so far */
    DrawingHistory history;  /* takes no memory before the first step */
    const char *last_change; /* what desk_change_part did last, and to which part: NULL when another step came since */
    uint32_t last_part;
    Loaded loaded; /* of the file that was opened last, if what it brought is the newest */
} Desk;

void desk_free(Desk *d);

/* What came in with the file whose opening was the last change; NULL when there is none, or it was read. */
const Loaded *desk_loaded(const Desk *d);

/* Ends what is under way: it is a step. */
void desk_rest(Desk *d);

/* Of a step: what was done, with a blank at its end, and to what. */
void desk_label(char label[DRAWING_LABEL], const char *what, const char *name);
/* Makes a step of what was done to the drawing. False with one line when memory is short: it is undone. */
bool desk_step(Desk *d, const char *label, Error *e);
/* Gives up what was done to the drawing since the last step. */
void desk_give_up(Desk *d);
/* What comes next is another step, even where it does the same as the last to the same part. */
void desk_part_steps(Desk *d);

/* One step back or forth: its label, valid until the next step, NULL where there is none. */
const char *desk_undo(Desk *d);
const char *desk_redo(Desk *d);

/* Adds a part, alone or on top of the others, and chooses it; takes over what it holds, also when it fails. */
bool desk_add(Desk *d, Part part, bool alone, const char *label, Error *e);
/* Another drawing; takes over what it holds, also when it fails. */
bool desk_replace(Desk *d, Drawing *with, const char *label, Error *e);
/* No parts, but the same frame. */
bool desk_clear(Desk *d, Error *e);
/* Seen in the frame of its own mixture, or of the canvas. */
bool desk_fit(Desk *d, bool fit, Error *e);

/* Part i takes over weight, place, size, angle and shown of another. `what`, a constant, says which of them: one step
 * where the last one changed the same of the same part. */
bool desk_change_part(Desk *d, size_t i, const Part *to, const char *what, Error *e);
bool desk_remove(Desk *d, size_t i, Error *e);
bool desk_duplicate(Desk *d, size_t i, Error *e);
/* Part `from` becomes part `to`. */
bool desk_reorder(Desk *d, size_t from, size_t to, Error *e);

#endif
