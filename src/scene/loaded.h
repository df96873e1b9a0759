/* loaded.h - what came in with a file, for the person who opened it: how it was understood, what was left out, and what
 * became of its numbers. Plain values. */
#ifndef SCENE_LOADED_H
#define SCENE_LOADED_H

#include "io/image_levels.h"
#include "io/points.h"
#include "scene/drawing_bulk.h"

typedef enum LoadedKind {
    LOADED_NOTHING,
    LOADED_READING, /* it is on its way, and nothing is known but its name */
    LOADED_POINTS,
    LOADED_PICTURE,
    LOADED_DRAWING
} LoadedKind;

typedef struct Loaded {
    LoadedKind kind;
    uint64_t version;     /* of the desk, as it was left: with the next change there is something newer to see */
    char name[BULK_NAME]; /* the last part of the file's path */
    PointTable table;     /* points: all about them but themselves */
    Units units;          /* points: what was done to them */
    size_t rows, columns; /* a picture's cells */
    ImagePolarity polarity;
    size_t parts; /* of a drawing */
} Loaded;

Loaded loaded_reading(const char *name);
Loaded loaded_points(const char *name, const PointTable *table, const PointSet *points);
Loaded loaded_picture(const char *name, const ImageLevels *levels);
Loaded loaded_drawing(const char *name, size_t parts);

/* The same in one line, into text [size]: for notices. */
void loaded_print(const Loaded *l, char *text, size_t size);

#endif
