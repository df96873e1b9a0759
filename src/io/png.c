#include "io/png.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* A few hundred bytes can claim a picture of gigabytes. */
static const size_t MAX_PIXELS = (size_t)1 << 26;

static bool fits(size_t width, size_t height)
{
    return width > 0 && height > 0 && width <= MAX_PIXELS && height <= MAX_PIXELS / width;
}

bool png_encode(const unsigned char *pixels, size_t width, size_t height, int channels, Bytes *out, Error *e)
{
    png_image header = {.version = PNG_IMAGE_VERSION, .format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB};
    if (!fits(width, height))
        return error_set(e, "a picture of %zu x %zu pixels cannot be written: 1 to %zu are possible", width, height,
                         MAX_PIXELS);
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

static bool decode_pixels(const char *name, png_image *header, Image *image, Error *e)
{
    header->format = PNG_FORMAT_RGBA;
    if (!fits(header->width, header->height))
        return error_set(e, "%s: expected at most %zu pixels, found %u x %u (nothing was loaded)", name, MAX_PIXELS,
                         header->width, header->height);
    image->rgba = malloc(PNG_IMAGE_SIZE(*header));
    if (!image->rgba)
        return error_set(e, "%s: out of memory (nothing was loaded)", name);
    if (!png_image_finish_read(header, NULL, image->rgba, 0, NULL))
        return error_set(e, "%s: expected a whole PNG picture: %s (nothing was loaded)", name, header->message);
    image->width = header->width;
    image->height = header->height;
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

void image_free(Image *image)
{
    free(image->rgba);
    *image = (Image){0};
}
