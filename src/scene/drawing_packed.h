/* drawing_packed.h - arrays as text: base64 (RFC 4648) of the bytes, or of zlib's deflate of them (RFC 1950). Texts
 * come without quotes. Pure functions: any thread. */
#ifndef SCENE_DRAWING_PACKED_H
#define SCENE_DRAWING_PACKED_H

#include "io/bytes.h"

void base64_append(Bytes *b, const void *data, size_t size);
void packed_append(Bytes *b, const void *data, size_t size);

/* Fills out [size] with what a text stands for. False when it is no such text, or stands for more or fewer bytes. */
bool base64_read(const char *text, void *out, size_t size);
/* The same deflated; false also when memory is short. */
bool packed_read(const char *text, void *out, size_t size);

/* Whether a text is as long as that of `size` bytes, or long enough for so many deflated ones: to be asked before
 * memory is taken for them. */
bool base64_fits(const char *text, size_t size);
bool packed_fits(const char *text, size_t size);

#endif
