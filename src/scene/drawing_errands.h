/* drawing_errands.h - what commands ask of files for the drawing: opening, pasting, saving, exporting, keeping.
 *
 * Each is an errand (scene/errand.h): false with one line where it failed at once; what a host runs in its own time
 * tells later. Main.
 */
#ifndef SCENE_DRAWING_ERRANDS_H
#define SCENE_DRAWING_ERRANDS_H

#include "io/points.h"
#include "scene/drawing_export.h"
#include "scene/session.h"

/* Reads a file and takes it into the drawing: with the tools at hand on top of what is there, else alone. */
bool drawing_open(Session *s, const char *path, const PointsChoice *choice, Error *e);
/* The same from text, which this frees. */
bool drawing_paste(Session *s, char *text, Error *e);
/* The drawing of a tile replaces what is there. */
bool drawing_open_tile(Session *s, const char *name, Error *e);

/* path "" : the next free name in the current folder. */
bool drawing_write(Session *s, const char *path, Error *e);
/* The same of its points; samples 0: those it has, else DRAWING_SAMPLES. */
bool drawing_write_points(Session *s, const DrawingExport *what, const char *path, Error *e);
enum { DRAWING_SAMPLES = 10000 };
/* As a tile; name "": by what it holds. */
bool drawing_keep_tile(Session *s, const char *name, Error *e);
/* Any drawing to a file of the program's own, whose folders it makes. Sets *fails when it is delivered, and tells of a
 * failure where *fails was not set before, of nothing else. */
bool drawing_keep(Session *s, const Drawing *d, const char *path, bool *fails, Error *e);

#endif
