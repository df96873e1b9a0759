/* text.h - lines of text as pictures in one atlas texture.
 *
 * A line is cut into pieces: words, single digits where they are tabular, single characters of the code face. Each
 * piece is shaped and rasterised once for a size (to a quarter pixel) and stays in the atlas; when that or the table is
 * full, all pieces are forgotten and those that are needed come back. Changing numbers use the same ten digits again
 * and again. Pieces start at whole pixels, so that text is sharp. Only the main thread.
 */
#ifndef GFX_TEXT_H
#define GFX_TEXT_H

#include "gfx/fonts.h"

#include <epoxy/gl.h>

enum { ATLAS_SIZE = 2048, TEXT_PIECES = 4096, PIECE_BYTES = 24, ATLAS_SHELVES = 128 };

typedef struct TextImage {
    int x, y, w, h; /* pixels of the window, y down */
    int u, v;       /* upper left texel */
} TextImage;

/* Takes one image. NULL: what it took before must be drawn now, for the atlas is about to be emptied. */
typedef void (*TextSink)(void *context, const TextImage *image);

typedef struct TextPiece {
    char text[PIECE_BYTES + 1]; /* empty: a free slot */
    uint8_t font;
    int16_t quarters; /* size */
    bool placed;      /* rasterised and in the atlas */
    float advance;    /* ems */
    int16_t left, top, w, h, u, v;
} TextPiece;

/* A row of the atlas, filled from the left. */
typedef struct Shelf {
    int y, h, filled;
} Shelf;

typedef struct Text {
    Fonts fonts;
    GLuint texture;
    TextPiece *piece; /* [TEXT_PIECES], hashed with open addressing */
    size_t pieces;
    Shelf shelf[ATLAS_SHELVES];
    size_t shelves;
    int below; /* where the next shelf goes */
} Text;

/* False with the reason. text_free is legal either way. */
bool text_init(Text *t, Error *e);
void text_free(Text *t);

/* Lays one line out with the left end of its base line at x, y and gives its images to the sink (NULL only measures).
 * Returns its width in pixels. Bytes that are no UTF-8 show as U+FFFD. */
double text_lay(Text *t, Face face, double size, bool tabular, const char *text, double x, double y, TextSink sink,
                void *context);

#endif
