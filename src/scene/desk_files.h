/* desk_files.h - what comes into the drawing from outside: points, pictures, saved drawings, words. */
#ifndef SCENE_DESK_FILES_H
#define SCENE_DESK_FILES_H

#include "io/points.h"
#include "scene/desk.h"

/* How finely pictures are seen, in cells along the longer side: as finely as a canvas. */
enum { PICTURE_CELLS = CANVAS_SIDE };

/* Opens a file, whatever its content shows it to be. Points and pictures become one part, `alone` or on top of the
 * others; a saved drawing replaces all. choice (NULL: by themselves) names columns of a table. notice says what came
 * in, how it was scaled and what was left out. False with one line that names the file. */
bool desk_open(Desk *d, const char *path, const PointsChoice *choice, bool alone, char *notice, size_t size, Error *e);

/* The same from text, such as two columns of numbers from a spreadsheet. */
bool desk_paste(Desk *d, const char *text, bool alone, Error *e);

/* A word as a raster, which it takes over, also when it fails. */
bool desk_word(Desk *d, Raster *raster, const char *text, const char *face, Error *e);

#endif
