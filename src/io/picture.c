#include "io/picture.h"

#include "io/jpeg.h"
#include "io/png.h"

static const struct PictureFormat {
    bool (*recognised)(const unsigned char *bytes, size_t size);
    bool (*decode)(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);
} formats[] = {
    {png_recognised, png_decode},
    {jpeg_recognised, jpeg_decode},
};

static const struct PictureFormat *find_format(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].recognised(bytes, size))
            return &formats[i];
    return NULL;
}

bool picture_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e)
{
    const struct PictureFormat *format = find_format(bytes, size);
    *image = (Image){0};
    if (!format)
        return error_set(e, "%s: expected a PNG or JPEG picture, found other bytes (nothing was loaded)", name);
    return format->decode(name, bytes, size, image, e);
}

bool picture_load(const char *name, const unsigned char *bytes, size_t size, size_t most, ImageLevels *l, Error *e)
{
    Image image;
    *l = (ImageLevels){0};
    bool loaded = picture_decode(name, bytes, size, &image, e) && image_levels_init(l, name, &image, most, e);
    image_free(&image);
    return loaded;
}
