/* desk_files.h - what comes into the drawing from outside: points, pictures, saved drawings, words. */
#ifndef SCENE_DESK_FILES_H
#define SCENE_DESK_FILES_H

#include "io/points.h"
#include "scene/desk.h"

/* How finely pictures are seen, in cells along the longer side: as finely as a canvas. */
enum { PICTURE_CELLS = CANVAS_SIDE };

/* What a file or a text holds, on its way into a drawing. {0} holds nothing. */
typedef struct Opened {
    Loaded loaded; /* what it is */
    Part part;     /* points, a picture */
    Drawing drawing;
} Opened;

/* Reads a file, whatever its content shows it to be, into *o, which holds nothing. choice (NULL: by themselves) names
 * columns of a table. False with one line that names the file. Any thread. */
bool opened_read(Opened *o, const char *path, const PointsChoice *choice, Error *e);
/* The same from text, such as two columns of numbers from a spreadsheet. */
bool opened_paste(Opened *o, const char *text, Error *e);
void opened_free(Opened *o);

/* Takes over what was opened, also when it fails: points and pictures become one part, `alone` or on top of the others;
 * a saved drawing replaces all. */
bool desk_take(Desk *d, Opened *o, bool alone, Error *e);

/* A word as a raster, which it takes over, also when it fails. */
bool desk_word(Desk *d, Raster *raster, const char *text, const char *face, Error *e);

#endif
