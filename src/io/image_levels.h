/* image_levels.h - a picture as a density: levels on a grid of square cells, 0 on the ground and 1 where ink is
 * strongest.
 *
 * A cell is the mean over the pixels it covers of luma Y' = 0.2126 R' + 0.7152 G' + 0.0722 B' (ITU-R BT.709), as
 * encoded: a grey that looks half as strong counts half, and the mean keeps the mass of thin lines. The border says
 * what the ground is: its median luma. Ink is what departs from it, to the side on which most of the picture does;
 * what the ground itself varies by, paper's grain, is no ink. The largest level is then 1.
 *
 * Where a picture is transparent there is no density: the level is alpha times the ink's. If the border is mostly
 * transparent the picture lies on white. A shape on transparency that has nearly one tone, or nothing dark in it, is
 * all ink, whatever its colours.
 *
 * Pure functions of their arguments: any thread. */
#ifndef IO_IMAGE_LEVELS_H
#define IO_IMAGE_LEVELS_H

#include "io/image.h"

typedef enum ImagePolarity {
    IMAGE_DARK_ON_LIGHT,
    IMAGE_LIGHT_ON_DARK,
    IMAGE_OPAQUE_SHAPE,
    IMAGE_POLARITY_COUNT
} ImagePolarity;

/* "dark on light" and so on, for messages. */
extern const char *const image_polarity_names[IMAGE_POLARITY_COUNT];

typedef struct ImageLevels {
    size_t rows, columns;
    float *levels; /* [rows][columns], row 0 at the bottom */
    float aspect;  /* width over height of the picture: columns / rows but for what is lost by whole cells */
    ImagePolarity polarity;
} ImageLevels;

/* Levels on at most `most` x `most` cells, fewer along the shorter side; one cell a pixel where the picture is no
 * larger than that. False with a line, and empty, when the picture is even, so that there is nothing to learn, or
 * memory is short; name is for messages. On success image_levels_free it. */
bool image_levels_init(ImageLevels *l, const char *name, const Image *image, size_t most, Error *e);
void image_levels_free(ImageLevels *l);

#endif
