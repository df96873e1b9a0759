/* fuzz_picture.h - what must hold for any bytes that a decoder of pictures is given: refused with a line, or a picture
 * whose levels of density are refused with a line or lie between 0 and 1, with 1 reached. */
#ifndef FUZZ_PICTURE_H
#define FUZZ_PICTURE_H

#include "io/image_levels.h"

#include <stdint.h>
#include <stdlib.h>

typedef bool (*PictureDecoder)(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);

static inline void fuzz_levels(const Image *image)
{
    ImageLevels l;
    Error e = {0};
    float most = 0;
    if (!image_levels_init(&l, "input", image, 32, &e)) {
        if (l.levels || !e.text[0])
            abort();
        return;
    }
    for (size_t i = 0; i < l.rows * l.columns; i++) {
        if (!(l.levels[i] >= 0 && l.levels[i] <= 1))
            abort();
        most = l.levels[i] > most ? l.levels[i] : most;
    }
    if (most < 1)
        abort();
    image_levels_free(&l);
}

static inline void fuzz_picture(PictureDecoder decode, const uint8_t *data, size_t size)
{
    Error e = {0};
    Image image;
    if (decode("input", data, size, &image, &e))
        fuzz_levels(&image);
    else if (image.rgba || !e.text[0])
        abort();
    image_free(&image);
}

#endif
