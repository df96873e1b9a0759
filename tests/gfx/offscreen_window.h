/* offscreen_window.h - a window without a display to draw into. */
#ifndef TESTS_GFX_OFFSCREEN_WINDOW_H
#define TESTS_GFX_OFFSCREEN_WINDOW_H

#include "gfx/gfx.h"

#include <SDL.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDE = 320, HIGH = 240 };

static inline int open_window(void **state)
{
    (void)state;
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return -1;
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_Window *window = SDL_CreateWindow("test", 0, 0, WIDE, HIGH, SDL_WINDOW_OPENGL);
    return window && SDL_GL_CreateContext(window) ? 0 : -1;
}

static inline int close_window(void **state)
{
    (void)state;
    SDL_Quit();
    return 0;
}

static inline Gfx *new_gfx(void)
{
    Error e = {""};
    Gfx *g = gfx_create(NULL, &e);
    if (!g)
        fail_msg("%s", e.text);
    return g;
}

#endif
