/* kept_drawing.h - the drawing that stays for the next start of the window: one file in the user's data folder.
 * Main thread. */
#ifndef APP_KEPT_DRAWING_H
#define APP_KEPT_DRAWING_H

#include "app/user_folder.h"
#include "scene/session.h"

typedef struct KeptDrawing {
    char path[USER_PATH]; /* "": the user has no folder, and nothing is kept */
    uint64_t version;     /* of the desk, as it is in the file, or would be */
    bool fails;           /* writing it, when last tried */
    double due_s;         /* when a change is to be in it; 0: none waits */
} KeptDrawing;

/* Finds the file and, where there is one, brings its drawing to the desk, without showing it. A file that can't be read
 * is put aside under another name: false with one line that says so. */
bool kept_drawing_load(KeptDrawing *k, Session *s, Error *e);

/* A change waits so long that it should be saved, lest a crash cost it; or what failed should be tried again. */
bool kept_drawing_due(KeptDrawing *k, const Desk *desk, double now_s);

/* Writes the drawing of a desk when it changed since or could not be written, whole or not at all: an errand. False
 * with one line for the first failure; those that follow it are told of no more until it was written again. */
bool kept_drawing_save(KeptDrawing *k, Session *s, const Desk *desk, Error *e);

#endif
