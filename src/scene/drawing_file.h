/* drawing_file.h - a drawing as one JSON file.
 *
 *     {"format": "scorefield drawing", "version": 1, "fit": false, "parts": [
 *     {"kind": "canvas", "name": "painted", "weight": 1, "place": [0, 0], "size": 1, "angle": 0, "shown": true,
 *      "levels": "eAHt..."}, ...]}
 *
 * Levels are deflated base64 of the arrays in canvas.h and drawing_bulk.h, points and their weights plain base64 of
 * 32-bit floats, all in little-endian order (drawing_packed.h); Gaussians are lists of mean, std, angle and weight.
 * Writing what was read gives the same bytes again. Pure functions of their arguments: any thread.
 */
#ifndef SCENE_DRAWING_FILE_H
#define SCENE_DRAWING_FILE_H

#include "io/bytes.h"
#include "scene/drawing.h"

#define DRAWING_FORMAT "scorefield drawing"
enum { DRAWING_VERSION = 1 };

/* Appends the file. Like everything of Bytes it fails only there, when memory is short. */
void drawing_append(Bytes *b, const Drawing *d);

/* Reads a file in memory into *d, which may hold something and is as before on failure. name is for messages, which say
 * where in the file, what was expected and what was found. Memory is taken only for points that the bytes hold; for
 * levels, and for JSON values, there are limits: 150 MB in all. */
bool drawing_parse(const char *name, const unsigned char *bytes, size_t size, Drawing *d, Error *e);

/* Written whole or not at all (io/file.h). */
bool drawing_save(const Drawing *d, const char *path, Error *e);
bool drawing_load(Drawing *d, const char *path, Error *e);

#endif
