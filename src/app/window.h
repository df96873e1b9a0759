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
} Window;

typedef enum WindowPlace { WINDOW_ON_SCREEN, WINDOW_OFF_SCREEN } WindowPlace;

/* width, height: 0 for the usual size, or the screen's where that is smaller. False with one line that says what is
 * missing and what to do; window_close is legal either way. */
bool window_open(Window *w, WindowPlace place, int width, int height, Error *e);
/* Another one on the screen with the same context, on another screen than the first one's where there is one. Its
 * frames wait for no vertical sync: the first one's do. Its context is current afterwards. */
bool window_open_beside(Window *w, const Window *first, Error *e);
void window_close(Window *w);

/* Pixels of the drawable, and drawable pixels a window unit (HiDPI). */
void window_pixels(const Window *w, int *width, int *height);
double window_pixel_ratio(const Window *w);

#endif
