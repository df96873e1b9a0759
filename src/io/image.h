/* image.h - a picture in memory: eight bits a channel, sRGB. Pure functions on memory: any thread. */
#ifndef IO_IMAGE_H
#define IO_IMAGE_H

#include "io/error.h"

#include <stddef.h>

typedef struct Image {
    size_t width, height;
    unsigned char *rgba; /* [height][width][4], top row first, alpha not premultiplied */
} Image;

/* The most pixels of a picture: a few hundred bytes can claim one of gigabytes. */
#define IMAGE_MAX_PIXELS ((size_t)1 << 26)

/* Whether there is at least one pixel and at most IMAGE_MAX_PIXELS. */
bool image_fits(size_t width, size_t height);

/* A picture whose pixels are not yet set. False with a line, and empty, when it does not fit or memory is short; name
 * is for messages. On success image_free it. */
bool image_init(Image *image, const char *name, size_t width, size_t height, Error *e);

/* Turns a picture that was stored in one of Exif's orientations, 1 to 8, the right way up. False with a line, the
 * picture unchanged, when memory is short. */
bool image_turn(Image *image, const char *name, int orientation, Error *e);

/* Always legal on what image_init or a decoder has seen; leaves an empty picture. */
void image_free(Image *image);

#endif
