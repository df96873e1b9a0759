#include "gfx/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECES_USED = TEXT_PIECES * 3 / 4, /* fuller, and looking up gets slow */
    GAP = 1,                           /* between pictures */
    LARGEST_PX = 512
};

static void make_atlas(Text *t)
{
    glGenTextures(1, &t->texture);
    glBindTexture(GL_TEXTURE_2D, t->texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, ATLAS_SIZE, ATLAS_SIZE, 0, GL_RED, GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

bool text_init(Text *t, Error *e)
{
    *t = (Text){0};
    make_atlas(t);
    t->piece = calloc(TEXT_PIECES, sizeof *t->piece);
    if (!t->piece)
        return error_set(e, "out of memory for texts");
    return fonts_init(&t->fonts, e);
}

void text_free(Text *t)
{
    fonts_free(&t->fonts);
    glDeleteTextures(1, &t->texture);
    free(t->piece);
    *t = (Text){0};
}

static void forget(Text *t)
{
    memset(t->piece, 0, TEXT_PIECES * sizeof *t->piece);
    t->pieces = 0;
    t->shelves = 0;
    t->below = 0;
}

/* FNV-1a over what makes a piece. */
static size_t hash(const TextPiece *key)
{
    uint32_t h = 2166136261u ^ (uint32_t)key->font << 16 ^ (uint32_t)key->quarters;
    for (const char *at = key->text; *at; at++)
        h = (h ^ (unsigned char)*at) * 16777619u;
    return (h ^ h >> 15) % TEXT_PIECES;
}

static bool same(const TextPiece *a, const TextPiece *b)
{
    return a->font == b->font && a->quarters == b->quarters && strcmp(a->text, b->text) == 0;
}

/* The piece, new when it wasn't there. The table must have room. */
static TextPiece *find(Text *t, const TextPiece *key)
{
    size_t slot = hash(key);
    while (t->piece[slot].text[0] && !same(&t->piece[slot], key))
        slot = (slot + 1) % TEXT_PIECES;
    TextPiece *piece = &t->piece[slot];
    if (!piece->text[0]) {
        *piece = *key;
        piece->advance = fonts_advance(&t->fonts, (Font)key->font, key->text);
        t->pieces++;
    }
    return piece;
}

/* A shelf with room for w x h that isn't much too high; NULL when the atlas is full. */
static Shelf *find_shelf(Text *t, int w, int h)
{
    for (size_t i = 0; i < t->shelves; i++) {
        Shelf *s = &t->shelf[i];
        if (h <= s->h && s->h <= h + h / 4 + 2 && s->filled + w <= ATLAS_SIZE)
            return s;
    }
    if (t->shelves == ATLAS_SHELVES || w > ATLAS_SIZE || t->below + h > ATLAS_SIZE)
        return NULL;
    t->shelf[t->shelves] = (Shelf){.y = t->below, .h = h};
    t->below += h;
    return &t->shelf[t->shelves++];
}

static void upload(Text *t, TextPiece *p, const SDL_Surface *picture)
{
    glBindTexture(GL_TEXTURE_2D, t->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, picture->pitch);
    glTexSubImage2D(GL_TEXTURE_2D, 0, p->u, p->v, p->w, p->h, GL_RED, GL_UNSIGNED_BYTE, picture->pixels);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

/* False when the atlas has no room. A piece that is nowhere to be seen has w = 0. */
static bool place(Text *t, TextPiece *p)
{
    int left = 0, top = 0;
    SDL_Surface *picture = fonts_picture(&t->fonts, (Font)p->font, p->quarters, p->text, &left, &top);
    Shelf *shelf = picture ? find_shelf(t, picture->w + GAP, picture->h + GAP) : NULL;
    if (shelf) {
        p->left = (int16_t)left;
        p->top = (int16_t)top;
        p->w = (int16_t)picture->w;
        p->h = (int16_t)picture->h;
        p->u = (int16_t)shelf->filled;
        p->v = (int16_t)shelf->y;
        shelf->filled += picture->w + GAP;
        upload(t, p, picture);
    }
    p->placed = shelf || !picture;
    SDL_FreeSurface(picture);
    return p->placed;
}

/* A placed piece. When there is no room all are forgotten, which the sink hears first; what has no room even then is
 * not drawn. */
static const TextPiece *placed(Text *t, TextPiece *p, TextSink sink, void *context)
{
    TextPiece key = {.font = p->font, .quarters = p->quarters};
    if (p->placed || place(t, p))
        return p;
    memcpy(key.text, p->text, sizeof key.text);
    sink(context, NULL);
    forget(t);
    p = find(t, &key);
    place(t, p);
    return p;
}

/* How a line is cut. */
typedef struct Cutter {
    const Fonts *fonts;
    Face face;
    bool tabular;
    const char *at;
} Cutter;

static bool stands_alone(const Cutter *c, uint32_t code)
{
    return code == ' ' || c->face == FACE_CODE || (c->tabular && code >= '0' && code <= '9');
}

/* Control characters have no picture. */
static uint32_t next_visible(const char **at)
{
    uint32_t code = utf8_next(at);
    return code > 0 && code < ' ' ? ' ' : code;
}

static void append(TextPiece *key, uint32_t code, const char *from, const char *to)
{
    if (code == ' ' || code == 0xfffd)
        strcat(key->text, code == ' ' ? " " : "\xef\xbf\xbd");
    else
        strncat(key->text, from, (size_t)(to - from));
}

/* The next piece: as many characters as one font has, up to one that stands alone. False at the end of the line. */
static bool cut(Cutter *c, TextPiece *key)
{
    key->text[0] = 0;
    while (*c->at) {
        const char *after = c->at;
        uint32_t code = next_visible(&after);
        Font font = fonts_choose(c->fonts, c->face, code);
        bool alone = stands_alone(c, code), first = key->text[0] == 0;
        if (!first && (alone || font != (Font)key->font || strlen(key->text) + 4 > PIECE_BYTES))
            return true;
        key->font = (uint8_t)font;
        append(key, code, c->at, after);
        c->at = after;
        if (alone)
            return true;
    }
    return key->text[0] != 0;
}

/* Width of the cell that a character of equal widths stands in, whole pixels; 0 for any other piece. */
static double cell_width(const Text *t, const Cutter *c, const TextPiece *p, double size)
{
    bool digit = c->tabular && p->text[0] >= '0' && p->text[0] <= '9';
    bool equal = c->face == FACE_CODE || digit;
    return equal ? round((double)t->fonts.digit[p->font] * size) : 0.0;
}

static void give(Text *t, TextPiece *p, double x, double y, TextSink sink, void *context)
{
    const TextPiece *shown = placed(t, p, sink, context);
    if (shown->w > 0)
        sink(context, &(TextImage){(int)lround(x) + shown->left, (int)lround(y) + shown->top, shown->w, shown->h,
                                   shown->u, shown->v});
}

double text_lay(Text *t, Face face, double size, bool tabular, const char *text, double x, double y, TextSink sink,
                void *context)
{
    int quarters = (int)lround(4.0 * fmin(fmax(size, 1.0), LARGEST_PX));
    Cutter cutter = {&t->fonts, face, tabular, text};
    TextPiece key = {.quarters = (int16_t)quarters};
    double px = quarters / 4.0, pen = 0.0;
    while (cut(&cutter, &key)) {
        if (t->pieces >= PIECES_USED) {
            if (sink)
                sink(context, NULL);
            forget(t);
        }
        TextPiece *piece = find(t, &key);
        double advance = (double)piece->advance * px, cell = cell_width(t, &cutter, piece, px);
        if (sink && key.text[0] != ' ')
            give(t, piece, round(x) + pen + (cell > 0.0 ? 0.5 * (cell - advance) : 0.0), y, sink, context);
        pen += cell > 0.0 ? cell : advance;
    }
    return pen;
}
