/* audience.h - the window that the audience sees beside the presenter's: the plane and what a lesson says, no controls.
 *
 * It shares OpenGL's context with the first window, which stays the one that hands work in. Main thread.
 */
#ifndef APP_AUDIENCE_H
#define APP_AUDIENCE_H

#include "app/renderer.h"
#include "app/window.h"

typedef struct Audience {
    Window window; /* none: nobody asked for it */
    Renderer renderer;
    double x, y; /* where the pointer is on it, pixels; -1: elsewhere */
} Audience;

/* On another screen than the first window's, where there is one. False with one line; audience_close is legal either
 * way, before the first window is closed. */
bool audience_open(Audience *a, const Window *first, const char *shaders, Error *e);
void audience_close(Audience *a, const Window *first);

static inline bool audience_is_there(const Audience *a)
{
    return a->window.window;
}

/* The part of the plane that both windows together show, data units. */
Rect audience_extent(const Audience *a, const Camera *presenters);
/* True for what the mouse does over this window, which is nobody else's: there it shows, and moves nothing. */
bool audience_takes(Audience *a, const SDL_Event *e);
/* Draws and shows a frame of what the presenter's window was laid out with; the context is the first window's again
 * afterwards. */
void audience_frame(Audience *a, const Window *first, const Renderer *presenters, const Session *session,
                    const Shown *shown, const FrameInput *in);

#endif
