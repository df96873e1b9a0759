#include "io/png.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

bool png_encode(const unsigned char *pixels, size_t width, size_t height, int channels, Bytes *out, Error *e)
{
    png_image header = {.version = PNG_IMAGE_VERSION, .format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB};
    if (!image_fits(width, height))
        return error_set(e, "a picture of %zu x %zu pixels cannot be written: 1 to %zu are possible", width, height,
                         IMAGE_MAX_PIXELS);
    header.width = (png_uint_32)width;
    header.height = (png_uint_32)height;
    /* Room for the worst case, so that the picture is compressed once and not a first time to learn its size. */
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(header);
    unsigned char *end = bytes_reserve(out, size);
    if (!end)
        return error_set(e, "out of memory for a picture of %zu x %zu pixels", width, height);
    if (!png_image_write_to_memory(&header, end, &size, 0, pixels, 0, NULL))
        return error_set(e, "the picture could not be compressed: %s", header.message);
    out->size += size;
    return true;
}

bool png_recognised(const unsigned char *bytes, size_t size)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    return size >= sizeof signature && memcmp(bytes, signature, sizeof signature) == 0;
}

static bool decode_pixels(const char *name, png_image *header, Image *image, Error *e)
{
    header->format = PNG_FORMAT_RGBA;
    header->flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* what does not say is sRGB with 16 bits as it is with 8 */
    if (!image_init(image, name, header->width, header->height, e))
        return false;
    if (!png_image_finish_read(header, NULL, image->rgba, 0, NULL))
        return error_set(e, "%s: expected a whole PNG picture: %s (nothing was loaded)", name, header->message);
    return true;
}

bool png_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e)
{
    png_image header = {.version = PNG_IMAGE_VERSION};
    *image = (Image){0};
    if (!png_image_begin_read_from_memory(&header, bytes, size))
        return error_set(e, "%s: expected a PNG picture: %s (nothing was loaded)", name, header.message);
    bool decoded = decode_pixels(name, &header, image, e);
    png_image_free(&header);
    if (!decoded)
        image_free(image);
    return decoded;
}
