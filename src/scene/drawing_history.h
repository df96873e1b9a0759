/* drawing_history.h - undo and redo of whole drawings, each with the name of the step that made it.
 *
 * There are as many steps as fit a budget of memory, in which everything that steps share counts once; beyond it the
 * oldest go, a sixteenth of the budget at once. What shows the drawing keeps its own copy. The main thread's.
 */
#ifndef SCENE_DRAWING_HISTORY_H
#define SCENE_DRAWING_HISTORY_H

#include "scene/drawing.h"

enum { DRAWING_HISTORY_BYTES = 256 << 20, DRAWING_LABEL = 96 };

typedef struct DrawingStep {
    char label[DRAWING_LABEL]; /* "stroke", "load points.csv": what led here */
    Drawing drawing;
} DrawingStep;

typedef struct DrawingHistory {
    size_t budget;
    size_t bytes;      /* at least what steps take; counted when it comes to the budget */
    DrawingStep *step; /* [count], the oldest first; present < count is where we are */
    size_t count, capacity, present;
} DrawingHistory;

/* Begins with an empty drawing. After it drawing_history_free is always legal. */
bool drawing_history_init(DrawingHistory *h, size_t budget);
void drawing_history_free(DrawingHistory *h);

/* A copy of the drawing becomes the present; what could be redone is gone. The present stays however large it is. False
 * when memory is short: the history is as before. */
bool drawing_history_push(DrawingHistory *h, const char *label, const Drawing *d);

/* The drawing one step back or forward, for drawing_copy, valid until the next push; NULL at the end. */
const Drawing *drawing_history_undo(DrawingHistory *h);
const Drawing *drawing_history_redo(DrawingHistory *h);

/* The step that undo would take back and redo bring again; NULL when there is none. */
const char *drawing_history_undo_label(const DrawingHistory *h);
const char *drawing_history_redo_label(const DrawingHistory *h);

#endif
