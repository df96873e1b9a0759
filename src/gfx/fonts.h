/* fonts.h - the embedded faces: which one has a code point, how wide a piece of text is, and its picture.
 *
 * SDL2_ttf has no fall-back, so texts are cut into pieces of one font. Widths are linear: those of a large size,
 * scaled, so that layout stays true at every scale of the interface. Only the main thread.
 */
#ifndef GFX_FONTS_H
#define GFX_FONTS_H

#include "io/error.h"
#include "io/text.h"
#include "ui/draw.h"

#include <SDL_ttf.h>

typedef enum Font {
    FONT_TEXT,
    FONT_STRONG,
    FONT_CODE,
    FONT_MATHS,
    FONT_REST,
    FONT_FORMULA,
    FONT_FORMULA_LARGE,
    FONT_FORMULA_LARGER,
    FONT_FORMULA_LARGEST,
    FONT_FORMULA_INTEGRAL,
    FONT_COUNT
} Font;

typedef struct Fonts {
    TTF_Font *drawn[FONT_COUNT]; /* at the size of the last picture */
    TTF_Font *ruler[FONT_COUNT]; /* large and unhinted: widths */
    int quarters[FONT_COUNT];    /* size of drawn, quarter pixels an em */
    float digit[FONT_COUNT];     /* the widest digit, ems */
} Fonts;

/* False with the font's name. fonts_free is legal either way. */
bool fonts_init(Fonts *f, Error *e);
void fonts_free(Fonts *f);

/* The first of the face itself, Noto Sans Math and DejaVu Sans that has the code point; the face itself when none has.
 */
Font fonts_choose(const Fonts *f, Face face, uint32_t code_point);

/* From the pen to where the next piece starts, ems. text: UTF-8. */
float fonts_advance(const Fonts *f, Font font, const char *text);

/* What a text covers, each of its letters in the font that has it. */
TextInk fonts_ink(const Fonts *f, Face face, const char *text);

/* Coverage of a piece at a size in quarter pixels: 8 bits a pixel, the caller frees the surface; NULL when nothing is
 * to be seen. left, top: from the pen on the base line to the picture's upper left corner. */
SDL_Surface *fonts_picture(Fonts *f, Font font, int quarters, const char *text, int *left, int *top);

#endif
