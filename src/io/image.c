#include "io/image.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool image_fits(size_t width, size_t height)
{
    return width > 0 && height > 0 && width <= IMAGE_MAX_PIXELS && height <= IMAGE_MAX_PIXELS / width;
}

bool image_init(Image *image, const char *name, size_t width, size_t height, Error *e)
{
    *image = (Image){0};
    if (!image_fits(width, height))
        return error_set(e, "%s: expected 1 to %zu pixels, found %zu x %zu (nothing was loaded)", name,
                         IMAGE_MAX_PIXELS, width, height);
    unsigned char *rgba = malloc(width * height * 4);
    if (!rgba)
        return error_set(e, "%s: out of memory for %zu x %zu pixels (nothing was loaded)", name, width, height);
    *image = (Image){width, height, rgba};
    return true;
}

/* How the place in the stored picture follows from the place in the upright one: whether rows and columns are swapped,
 * then whether stored columns and rows count from their far end. */
static const struct Turn {
    bool swap, from_right, from_bottom;
} turns[] = {
    {false, false, false}, {false, true, false}, {false, true, true}, {false, false, true},
    {true, false, false},  {true, false, true},  {true, true, true},  {true, true, false},
};

bool image_turn(Image *image, const char *name, int orientation, Error *e)
{
    assert(orientation >= 1 && orientation <= 8);
    struct Turn turn = turns[orientation - 1];
    Image upright;
    if (orientation == 1)
        return true;
    if (!image_init(&upright, name, turn.swap ? image->height : image->width, turn.swap ? image->width : image->height,
                    e))
        return false;
    unsigned char *to = upright.rgba;
    for (size_t y = 0; y < upright.height; y++) {
        for (size_t x = 0; x < upright.width; x++, to += 4) {
            size_t column = turn.swap ? y : x, row = turn.swap ? x : y;
            column = turn.from_right ? image->width - 1 - column : column;
            row = turn.from_bottom ? image->height - 1 - row : row;
            memcpy(to, image->rgba + 4 * (row * image->width + column), 4);
        }
    }
    image_free(image);
    *image = upright;
    return true;
}

void image_free(Image *image)
{
    free(image->rgba);
    *image = (Image){0};
}
