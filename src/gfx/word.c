#include "gfx/word.h"

#include "gfx/fonts.h"
#include "gfx/script_runs.h"

#include <embedded.h>
#include <hb.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RULER_PX = 64, LONGER_PX = 2 * WORD_CELLS, SMALLEST_PX = 16, LARGEST_PX = 640 };

static const char own_file[] = "Inter-SemiBold.otf";

/* A run as it is drawn: 8 bits of coverage a pixel. */
typedef struct Piece {
    SDL_Surface *picture;
    int x, y; /* of its upper left corner; y down */
} Piece;

typedef struct Setting {
    TTF_Font *font;
    Piece piece[SCRIPT_RUN_CHARACTERS];
    size_t pieces;
} Setting;

/* The part of the plane of pixels that ink covers; empty: right <= left. */
typedef struct Ink {
    int left, top, right, bottom;
} Ink;

void words_free(Words *w)
{
    faces_free(&w->faces);
}

const Faces *words_faces(Words *w, Error *e)
{
    if (w->faces.count == 0 && !faces_init(&w->faces, e)) {
        faces_free(&w->faces);
        return NULL;
    }
    return &w->faces;
}

/* What a text is checked for */

static hb_unicode_general_category_t category(uint32_t code)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code);
}

static bool is_blank(uint32_t code)
{
    hb_unicode_general_category_t c = category(code);
    return c == HB_UNICODE_GENERAL_CATEGORY_CONTROL || c == HB_UNICODE_GENERAL_CATEGORY_FORMAT ||
           c == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR || c == HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR ||
           c == HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR;
}

/* These choose among the forms of the letter before them: a face that has none of them still has the letter. */
static bool is_selector(uint32_t code)
{
    return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef) || code == 0x34f;
}

static bool check_text(const char *text, Error *e)
{
    size_t bytes = strlen(text), lines = 1;
    bool seen = false;
    for (const char *at = text, *before = at; *at; before = at) {
        uint32_t code = utf8_next(&at);
        if (code == 0xfffd && at - before == 1)
            return error_set(e, "expected a word in UTF-8, found the byte 0x%02x at byte %td", (unsigned char)*before,
                             before - text);
        lines += code == '\n';
        seen |= !is_blank(code) && !is_selector(code);
    }
    if (!seen)
        return error_set(e, "expected a word, got nothing but blanks");
    if (bytes >= BULK_TEXT || lines > WORD_LINES)
        return error_set(e, "a word has at most %d bytes in %d lines, got %zu in %zu", BULK_TEXT - 1, WORD_LINES, bytes,
                         lines);
    return true;
}

static bool check_glyphs(const Faces *f, TTF_Font *font, const char *face, const char *text, Error *e)
{
    char other[BULK_NAME];
    for (const char *at = text, *from = at; *at; from = at) {
        uint32_t code = utf8_next(&at);
        if (is_blank(code) || is_selector(code) || TTF_GlyphIsProvided32(font, code))
            continue;
        int length = (int)(at - from);
        if (faces_with(f, code, other))
            return error_set(e, "the face %s has no \"%.*s\" (U+%04X), but %s has it", face, length, from, code, other);
        return error_set(e, "no face that is installed has \"%.*s\" (U+%04X)", length, from, code);
    }
    return true;
}

/* Setting */

static TTF_Font *open_face(const InstalledFace *face, Error *e)
{
    size_t size = 0;
    const void *bytes = face->file ? NULL : embedded_find(own_file, &size);
    TTF_Font *font = face->file ? TTF_OpenFontIndex(face->file, RULER_PX, face->index)
                                : TTF_OpenFontRW(SDL_RWFromConstMem(bytes, (int)size), 1, RULER_PX);
    if (!font)
        error_set(e, "the face %s cannot be opened: %s", face->name, TTF_GetError());
    else
        TTF_SetFontHinting(font, TTF_HINTING_NONE);
    return font;
}

static void unset(Setting *s)
{
    for (size_t i = 0; i < s->pieces; i++)
        SDL_FreeSurface(s->piece[i].picture);
    s->pieces = 0;
}

/* How far the highest letter stands out above the ascent, at which pictures begin otherwise. */
static int rise_of(TTF_Font *font, const char *text)
{
    int highest = TTF_FontAscent(font), maxy;
    while (*text)
        if (TTF_GlyphMetrics32(font, utf8_next(&text), NULL, NULL, NULL, &maxy, NULL) == 0)
            highest = SDL_max(highest, maxy);
    return highest - TTF_FontAscent(font);
}

/* Runs of a line side by side; returns its width. What has no width has no picture. */
static int set_line(Setting *s, const char *line, size_t bytes, int y)
{
    const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    ScriptRun run[SCRIPT_RUN_CHARACTERS];
    size_t runs = script_runs(line, bytes, run);
    int width = 0;
    for (size_t i = 0; i < runs && s->pieces < SDL_arraysize(s->piece); i++) {
        char text[BULK_TEXT];
        SDL_snprintf(text, sizeof text, "%.*s", (int)run[i].bytes, line + run[i].first);
        TTF_SetFontDirection(s->font, run[i].leftwards ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        TTF_SetFontScriptName(s->font, run[i].script);
        SDL_Surface *picture = TTF_RenderUTF8_Shaded(s->font, text, white, black);
        if (!picture)
            continue;
        s->piece[s->pieces++] = (Piece){picture, width, y - rise_of(s->font, text)};
        width += picture->w;
    }
    return width;
}

/* Sets all lines, centred about x = 0. */
static void set_lines(Setting *s, const char *text)
{
    int y = 0;
    for (const char *at = text;; y += TTF_FontLineSkip(s->font)) {
        size_t first = s->pieces, bytes = strcspn(at, "\n");
        int width = set_line(s, at, bytes, y);
        for (size_t i = first; i < s->pieces; i++)
            s->piece[i].x -= width / 2;
        if (!at[bytes])
            return;
        at += bytes + 1;
    }
}

static const unsigned char *row_of(const SDL_Surface *picture, int y)
{
    return (const unsigned char *)picture->pixels + (ptrdiff_t)y * picture->pitch;
}

static void include(Ink *ink, const Piece *p)
{
    for (int y = 0; y < p->picture->h; y++) {
        const unsigned char *row = row_of(p->picture, y);
        for (int x = 0; x < p->picture->w; x++) {
            if (!row[x])
                continue;
            ink->left = SDL_min(ink->left, p->x + x);
            ink->right = SDL_max(ink->right, p->x + x + 1);
            ink->top = SDL_min(ink->top, p->y + y);
            ink->bottom = SDL_max(ink->bottom, p->y + y + 1);
        }
    }
}

static Ink ink_of(const Setting *s)
{
    Ink ink = {INT_MAX, INT_MAX, INT_MIN, INT_MIN};
    for (size_t i = 0; i < s->pieces; i++)
        include(&ink, &s->piece[i]);
    return ink.left < ink.right ? ink : (Ink){0};
}

static int longer_side(const Ink *ink)
{
    return SDL_max(ink->right - ink->left, ink->bottom - ink->top);
}

/* Cells */

typedef struct Grid {
    Ink ink;
    double px; /* pixels a cell */
    size_t rows, columns;
    float *level; /* [rows][columns], row 0 at the bottom */
} Grid;

/* Shares of one pixel for the one or two cells in a row of cells that it lies in: the first and what is over for the
 * next. */
static double first_share(double at, double px, size_t *cell)
{
    *cell = (size_t)(at / px);
    return fmin(1, (double)(*cell + 1) * px - at);
}

static void spread(Grid *g, double x, double y, float coverage)
{
    size_t column, row;
    double a = first_share(x, g->px, &column), b = first_share(y, g->px, &row);
    for (size_t i = 0; i < 4; i++) {
        size_t c = column + i % 2, r = row + i / 2;
        double share = (i % 2 ? 1 - a : a) * (i / 2 ? 1 - b : b);
        if (c < g->columns && r < g->rows)
            g->level[(g->rows - 1 - r) * g->columns + c] += coverage * (float)share;
    }
}

static void spread_piece(Grid *g, const Piece *p)
{
    for (int y = 0; y < p->picture->h; y++) {
        const unsigned char *row = row_of(p->picture, y);
        for (int x = 0; x < p->picture->w; x++)
            if (row[x])
                spread(g, p->x + x - g->ink.left, p->y + y - g->ink.top, row[x]);
    }
}

/* The strongest cell is full: thin letters of a long text keep all their shades. */
static void scale_to_full(Grid *g)
{
    float most = 0;
    for (size_t i = 0; i < g->rows * g->columns; i++)
        most = fmaxf(most, g->level[i]);
    for (size_t i = 0; i < g->rows * g->columns; i++)
        g->level[i] /= most;
}

static Raster *rasterise(const Setting *s, Ink ink, Error *e)
{
    Grid g = {.ink = ink, .px = fmax(1, (double)longer_side(&ink) / WORD_CELLS)};
    g.rows = (size_t)fmax(1, ceil((ink.bottom - ink.top) / g.px - 1e-9));
    g.columns = (size_t)fmax(1, ceil((ink.right - ink.left) / g.px - 1e-9));
    g.level = calloc(g.rows * g.columns, sizeof *g.level);
    Raster *r = NULL;
    if (g.level) {
        for (size_t i = 0; i < s->pieces; i++)
            spread_piece(&g, &s->piece[i]);
        scale_to_full(&g);
        r = raster_of_levels(g.level, g.rows, g.columns);
    }
    free(g.level);
    if (!r)
        error_set(e, "out of memory for a word");
    return r;
}

/* Once small, to know the size at which it comes out as large as is wanted. */
static Raster *draw(TTF_Font *font, const char *text, Error *e)
{
    Setting s = {.font = font};
    set_lines(&s, text);
    Ink ink = ink_of(&s);
    if (longer_side(&ink) > 0) {
        unset(&s);
        int px = RULER_PX * LONGER_PX / longer_side(&ink);
        TTF_SetFontSize(font, SDL_clamp(px, SMALLEST_PX, LARGEST_PX));
        set_lines(&s, text);
        ink = ink_of(&s);
    }
    Raster *r = NULL;
    if (longer_side(&ink) > 0)
        r = rasterise(&s, ink, e);
    else
        error_set(e, "nothing of \"%.100s\" is to be seen in that face", text);
    unset(&s);
    return r;
}

static Raster *set_in_face(const Faces *f, const InstalledFace *face, const char *text, Error *e)
{
    TTF_Font *font = open_face(face, e);
    Raster *r = font && check_glyphs(f, font, face->name, text, e) ? draw(font, text, e) : NULL;
    if (font)
        TTF_CloseFont(font);
    if (r) {
        SDL_strlcpy(r->text, text, sizeof r->text);
        SDL_strlcpy(r->face, face->name, sizeof r->face);
    }
    return r;
}

bool words_set(Words *w, const char *text, const char *face, Raster **out, Error *e)
{
    const Faces *faces = check_text(text, e) ? words_faces(w, e) : NULL;
    const InstalledFace *found = faces ? faces_find(faces, face, e) : NULL;
    if (!found)
        return false;
    if (TTF_Init() != 0)
        return error_set(e, "fonts: %s", TTF_GetError());
    *out = set_in_face(faces, found, text, e);
    TTF_Quit();
    return *out != NULL;
}
