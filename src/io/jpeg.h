/* jpeg.h - photographs and scans: JPEG, by libjpeg-turbo. Pure functions on memory: any thread. */
#ifndef IO_JPEG_H
#define IO_JPEG_H

#include "io/error.h"
#include "io/image.h"

/* Whether the bytes begin as a JPEG file does. */
bool jpeg_recognised(const unsigned char *bytes, size_t size);

/* Any JPEG of eight bits a channel and at most IMAGE_MAX_PIXELS, baseline or progressive, grey, colour or CMYK, as
 * opaque RGBA, the way up that its Exif orientation says. Embedded colour profiles are not applied. Truncated and
 * damaged files are refused, and progressive ones that need over 256 MiB. name is for messages. On success image_free
 * it; on failure it is empty. */
bool jpeg_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);

#endif
