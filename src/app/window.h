/* window.h - one SDL window with an OpenGL 3.3 core context, on a screen or off it.
 *
 * Main thread only. Deals with what was met on Debian 12: SDL choosing its offscreen driver silently when there is no
 * display, drivers that end the process inside Xlib (EGL is asked for instead), screens without vertical sync.
 */
#ifndef APP_WINDOW_H
#define APP_WINDOW_H

#include "io/error.h"

#include <SDL2/SDL.h>

typedef struct Window {
    SDL_Window *window;
    SDL_GLContext context;
    bool video;
    bool vsync;
    bool beside; /* another window's context */
} Window;

typedef enum WindowPlace { WINDOW_ON_SCREEN, WINDOW_OFF_SCREEN } WindowPlace;

/* width, height: 0 for the usual size, or the screen's where that is smaller. False with one line that says what is
 * missing and what to do; window_close is legal either way. */
bool window_open(Window *w, WindowPlace place, int width, int height, Error *e);
/* Another one with the context of the first, on another screen where there is one. It never waits for a screen: the
 * first does. */
bool window_open_beside(Window *w, const Window *first, const char *title, Error *e);
void window_close(Window *w);

/* What is drawn from now on is drawn into this window. */
void window_use(const Window *w);

/* Pixels of the drawable, and drawable pixels a window unit (HiDPI). */
void window_pixels(const Window *w, int *width, int *height);
double window_pixel_ratio(const Window *w);

#endif
