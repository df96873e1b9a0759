/* picture.h - picture files, whichever kind they are: told apart by their first bytes, not by their name. Pure
 * functions on memory: any thread. */
#ifndef IO_PICTURE_H
#define IO_PICTURE_H

#include "io/image.h"
#include "io/image_levels.h"

/* A PNG or JPEG picture (io/png.h, io/jpeg.h) as RGBA. name is for messages. On success image_free it; on failure it
 * is empty and e says what was expected and what was found. */
bool picture_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);

/* The same as levels of density on at most `most` x `most` square cells (io/image_levels.h). On success
 * image_levels_free them; on failure they are empty. */
bool picture_load(const char *name, const unsigned char *bytes, size_t size, size_t most, ImageLevels *l, Error *e);

#endif
