/* shelf.h - drawings that are kept as tiles: files NAME.json of one folder (scene/drawing_file.h), each with some of
 * its samples beside it, NAME.npy, for a small picture.
 *
 * A tile that is removed goes to the folder "removed" in it, from where it can be brought back. Names are those that a
 * file can have; what it cannot have becomes "-". Main owns a shelf; what takes only a folder is for any thread.
 */
#ifndef SCENE_SHELF_H
#define SCENE_SHELF_H

#include "scene/drawing.h"

#include <stdint.h>

enum { TILE_NAME = 64, TILE_SAMPLES = 200, SHELF_FOLDER = 4096 };

typedef struct Tile {
    char name[TILE_NAME];
    int64_t kept_ns;               /* when, since 1970: the oldest come first */
    bool removed;                  /* it is not shown, but can come back */
    bool drawn;                    /* there are samples */
    float sample[TILE_SAMPLES][2]; /* from the mean, in standard deviations, of the drawing's frame */
} Tile;

typedef struct Shelf {
    char folder[SHELF_FOLDER]; /* "": there is none, and no tiles */
    bool read;
    Tile *tile; /* [count] */
    size_t count, capacity;
} Shelf;

void shelf_free(Shelf *s);

/* Lists the folder, once. False with one line when memory is short. */
bool shelf_read(Shelf *s, Error *e);
/* The tile of a name, removed or not; NULL when there is none. */
Tile *shelf_find(const Shelf *s, const char *name);
/* Adds a tile, or replaces the one of its name. False with one line when memory is short. */
bool shelf_put(Shelf *s, const Tile *t, Error *e);
/* Takes a tile away, or brings one back. False with one line when there is none, or its files can't be moved. */
bool shelf_remove(Shelf *s, const char *name, bool removed, Error *e);

/* Where a tile's drawing is, into path [size]. */
void tile_path(const char *folder, const char *name, char *path, size_t size);
/* Writes a drawing and what is shown of it. name "": by what it holds. Where the name is taken it gets a number. False
 * with one line: the drawing is empty, or can't be written. */
bool tile_keep(const char *folder, const char *name, const Drawing *d, Tile *t, Error *e);

#endif
