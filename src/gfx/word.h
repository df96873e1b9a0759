/* word.h - a text in any installed face as a density: what its letters cover, on a grid of square cells.
 *
 * Letters are shaped by SDL_ttf and HarfBuzz, script by script (script_runs.h), and drawn about twice as large as the
 * grid; a cell's level is the mean over what it covers. Needs neither window nor display. Only the main thread.
 */
#ifndef GFX_WORD_H
#define GFX_WORD_H

#include "gfx/faces.h"

enum { WORD_CELLS = 256, WORD_LINES = 16 };

/* {0} before the first use: faces are looked for when the first word is set. */
typedef struct Words {
    Faces faces;
} Words;

void words_free(Words *w);

/* The faces that there are; NULL with one line when memory is short. */
const Faces *words_faces(Words *w, Error *e);

/* Sets a text: UTF-8 of less than BULK_TEXT bytes, in up to WORD_LINES lines, which are centred. face: by its name, ""
 * for the program's own. The raster is cropped to the ink and has WORD_CELLS cells along its longer side; text and face
 * are noted in it. On success *out is the caller's. False with one line when nothing of the text is to be seen, there
 * is no such face, it lacks a character, or memory is short. */
bool words_set(Words *w, const char *text, const char *face, Raster **out, Error *e);

#endif
