/* offscreen.h - pictures of an offscreen window to ask about. */
#ifndef TESTS_GFX_OFFSCREEN_H
#define TESTS_GFX_OFFSCREEN_H

#include "gfx/offscreen_window.h"

typedef struct Image {
    int w, h;
    unsigned char *rgba;
} Image;

static inline Image capture(Gfx *g, int w, int h)
{
    Image image = {w, h, gfx_capture(g, w, h)};
    assert_non_null(image.rgba);
    assert_int_equal(gfx_errors(g), 0);
    return image;
}

static inline const unsigned char *pixel_at(const Image *image, int x, int y)
{
    return image->rgba + 4 * ((size_t)y * (size_t)image->w + (size_t)x);
}

/* Largest difference of a channel from a colour 0xRRGGBBAA. */
static inline int away_from(const Image *image, int x, int y, Colour c)
{
    const unsigned char *p = pixel_at(image, x, y);
    int worst = 0;
    for (int i = 0; i < 3; i++)
        worst = SDL_max(worst, abs(p[i] - (int)(c >> (24 - 8 * i) & 255)));
    return worst;
}

/* Where two pictures of one size differ, and by how many pixels. */
typedef struct Change {
    int left, top, right, bottom; /* outermost pixels */
    size_t count;
    double x, y; /* their middle */
} Change;

static inline Change change_between(const Image *a, const Image *b)
{
    Change c = {a->w, a->h, -1, -1, 0, 0.0, 0.0};
    for (int y = 0; y < a->h; y++) {
        for (int x = 0; x < a->w; x++) {
            if (memcmp(pixel_at(a, x, y), pixel_at(b, x, y), 4) == 0)
                continue;
            c.left = SDL_min(c.left, x);
            c.right = SDL_max(c.right, x);
            c.top = SDL_min(c.top, y);
            c.bottom = SDL_max(c.bottom, y);
            c.count++;
            c.x += x + 0.5;
            c.y += y + 0.5;
        }
    }
    c.x /= (double)SDL_max(c.count, 1);
    c.y /= (double)SDL_max(c.count, 1);
    return c;
}

#endif
