#include "gfx/fonts.h"

#include <embedded.h>
#include <math.h>

enum {
    RULER_PX = 512,
    QUARTER_POINTS = 18, /* at this many points, a dot an inch is a quarter of a pixel an em */
    DOUBLE_BAR = 0x2016  /* Inter's is far too tall */
};

static const char *const font_file[FONT_COUNT] = {
    [FONT_TEXT] = "Inter-Regular.otf",
    [FONT_STRONG] = "Inter-SemiBold.otf",
    [FONT_CODE] = "JetBrainsMono-Regular.ttf",
    [FONT_MATHS] = "NotoSansMath-Regular.ttf",
    [FONT_REST] = "DejaVuSans.ttf",
    [FONT_FORMULA] = "STIXGeneral-Regular.otf",
    [FONT_FORMULA_LARGE] = "STIXSizeOneSym-Regular.otf",
    [FONT_FORMULA_LARGER] = "STIXSizeTwoSym-Regular.otf",
    [FONT_FORMULA_LARGEST] = "STIXSizeThreeSym-Regular.otf",
    [FONT_FORMULA_INTEGRAL] = "STIXIntegralsD-Regular.otf",
};

static const Font font_of_face[] = {
    [FACE_TEXT] = FONT_TEXT,
    [FACE_STRONG] = FONT_STRONG,
    [FACE_CODE] = FONT_CODE,
    [FACE_FORMULA] = FONT_FORMULA,
    [FACE_FORMULA_LARGE] = FONT_FORMULA_LARGE,
    [FACE_FORMULA_LARGER] = FONT_FORMULA_LARGER,
    [FACE_FORMULA_LARGEST] = FONT_FORMULA_LARGEST,
    [FACE_FORMULA_INTEGRAL] = FONT_FORMULA_INTEGRAL,
};

static TTF_Font *open_font(const char *file, int quarters, int hinting, Error *e)
{
    size_t size;
    const void *bytes = embedded_find(file, &size);
    SDL_RWops *stream = bytes ? SDL_RWFromConstMem(bytes, (int)size) : NULL;
    TTF_Font *font =
        stream ? TTF_OpenFontDPIRW(stream, 1, QUARTER_POINTS, (unsigned)quarters, (unsigned)quarters) : NULL;

    if (!font)
        error_set(e, "%s: cannot open the font: %s", file, bytes ? TTF_GetError() : "it is not in the program");
    else
        TTF_SetFontHinting(font, hinting);
    return font;
}

static float widest_digit(const Fonts *f, Font font)
{
    float widest = 0.0f;
    for (char digit = '0'; digit <= '9'; digit++)
        widest = SDL_max(widest, fonts_advance(f, font, (char[]){digit, 0}));
    return widest;
}

bool fonts_init(Fonts *f, Error *e)
{
    *f = (Fonts){0};
    if (TTF_Init() != 0)
        return error_set(e, "fonts: %s", TTF_GetError());
    for (Font font = 0; font < FONT_COUNT; font++) {
        f->drawn[font] = open_font(font_file[font], 64, TTF_HINTING_LIGHT_SUBPIXEL, e);
        f->ruler[font] = open_font(font_file[font], 4 * RULER_PX, TTF_HINTING_NONE, e);
        if (!f->drawn[font] || !f->ruler[font])
            return false;
        f->digit[font] = widest_digit(f, font);
    }
    return true;
}

void fonts_free(Fonts *f)
{
    for (Font font = 0; font < FONT_COUNT; font++) {
        if (f->drawn[font])
            TTF_CloseFont(f->drawn[font]);
        if (f->ruler[font])
            TTF_CloseFont(f->ruler[font]);
    }
    if (TTF_WasInit())
        TTF_Quit();
    *f = (Fonts){0};
}

Font fonts_choose(const Fonts *f, Face face, uint32_t code_point)
{
    const Font order[] = {font_of_face[face], FONT_MATHS, FONT_REST};
    if (code_point < 0x80)
        return order[0];
    if (code_point == DOUBLE_BAR && face < FACE_FORMULA)
        return FONT_REST;
    for (size_t i = 0; i < SDL_arraysize(order); i++)
        if (TTF_GlyphIsProvided32(f->ruler[order[i]], code_point))
            return order[i];
    return order[0];
}

static int measure(const Fonts *f, Font font, const char *text)
{
    int width = 0;
    TTF_SizeUTF8(f->ruler[font], text, &width, NULL);
    return width;
}

/* A width also counts ink that sticks out; bars on both sides hold it in, and their own width is taken off again. */
float fonts_advance(const Fonts *f, Font font, const char *text)
{
    char held[72];
    SDL_snprintf(held, sizeof held, "|%s|", text);
    return (float)(measure(f, font, held) - measure(f, font, "||")) / RULER_PX;
}

TextInk fonts_ink(const Fonts *f, Face face, const char *text)
{
    TextInk ink = {.left = INFINITY, .right = -INFINITY, .above = -INFINITY, .below = -INFINITY};
    while (*text) {
        const char *from = text;
        Font font = fonts_choose(f, face, utf8_next(&text));
        int left = 0, right = 0, bottom = 0, top = 0, advance = 0;
        TTF_GlyphMetrics32(f->ruler[font], utf8_next(&from), &left, &right, &bottom, &top, &advance);
        ink.left = fmin(ink.left, ink.advance + (double)left / RULER_PX);
        ink.right = fmax(ink.right, ink.advance + (double)right / RULER_PX);
        ink.above = fmax(ink.above, (double)top / RULER_PX);
        ink.below = fmax(ink.below, (double)-bottom / RULER_PX);
        ink.advance += (double)advance / RULER_PX;
    }
    return ink.right < ink.left ? (TextInk){0} : ink;
}

/* SDL_ttf starts a picture at the pen and the ascent, or further out when a glyph needs it. */
static void find_corner(TTF_Font *font, const char *text, int *left, int *top)
{
    int minx = 0, highest = TTF_FontAscent(font);
    *left = 0;
    for (const char *at = text; *at;) {
        bool first = at == text;
        int maxy = 0;
        if (TTF_GlyphMetrics32(font, utf8_next(&at), &minx, NULL, NULL, &maxy, NULL) != 0)
            continue;
        highest = SDL_max(highest, maxy);
        if (first)
            *left = SDL_min(0, minx);
    }
    *top = -highest;
}

SDL_Surface *fonts_picture(Fonts *f, Font font, int quarters, const char *text, int *left, int *top)
{
    const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    if (f->quarters[font] != quarters) {
        TTF_SetFontSizeDPI(f->drawn[font], QUARTER_POINTS, (unsigned)quarters, (unsigned)quarters);
        f->quarters[font] = quarters;
    }
    find_corner(f->drawn[font], text, left, top);
    return TTF_RenderUTF8_Shaded(f->drawn[font], text, white, black);
}
