/* png.h - pictures as PNG, eight bits a channel, sRGB. Pure functions on memory: any thread. */
#ifndef IO_PNG_H
#define IO_PNG_H

#include "io/bytes.h"
#include "io/error.h"
#include "io/image.h"

/* Appends a picture. pixels [height][width][channels], top row first, without padding; channels 3 (RGB) or 4 (RGBA,
 * alpha not premultiplied). False with a line when it is empty, too large or memory is short; then nothing was
 * appended. */
bool png_encode(const unsigned char *pixels, size_t width, size_t height, int channels, Bytes *out, Error *e);

/* Whether the bytes begin as a PNG file does. */
bool png_recognised(const unsigned char *bytes, size_t size);

/* Any PNG of at most IMAGE_MAX_PIXELS as RGBA. name is for messages. On success image_free it; on failure it is empty.
 */
bool png_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);

#endif
